"""Notes of 100 kB made to take for ever: each is read to its end. Nothing is timed here; a slow one hangs the tests."""

from __future__ import annotations

import pytest

from litdb.notes.dialects import DIALECTS
from litdb.notes.markdown import read_markdown
from litdb.notes.text import read_text

SIZE = 100_000
END = "\n\n[t](http://end.example/)"

REPEATED = [
    "<a ", "<a b='<a b=' c='", '<a href="http://x.example/', "<!--", "<!-- a\n", "<?", "<![CDATA[", "<div>", "</a>", "<pre>\n",
    "[", "![", "]", "](", "[](", "[a](b", "[a](<b", '[a](b "', "[a](\t\n", "[a][a]", "[a", "[[", "[@a; ", "[[@a]]", "[^1]: ",
    "[a]: b\n", '[a]: b "\n', "http://", "http://a[", "http://a.example/(", "http://a.example/&amp;", "www.", "doi:10.1000/", "arxiv:",
    "\\", "\\[", "\\cite{", "\\cite[", "`a ", "``` ` ", "*a ", "_a", "~a=", "%%", "%% a\n", "a. ", ".", "(a) ", "|", "|-", "| a |\n|---|\n",
    ">", "> a\nb\n", "- ", "- a\n", "1. ", "- - - x\n", "# [a](b ", "#", "a\n=\n", "````x\n```\n", "```x\n", "~~~\n", "\t", " ", "\n", "\r\n",
    "http://a,", ",;|", "doi:10.1000/a;", "==http://a==", "http://a==", "[[http://a|", "[[http://a|b]]", "—", "'s", "![](http://youtu.be/",
    "{% highlight a %}", "{% highlight ", "{% highlight a %}\n", "{% endhighlight %}", "<iframe src='", "![](http://a/.pdf",
    "<!-- litdb:refs -->\n", "<https://a\n", "<URL:http://a\n>", "arXiv ", "arXiv (", "[[http://a][b]]", "[a]([http://a](", "http://a<1:a",
    "@", "@a", "[@a](", "{{< youtube ", "{% x ", "ISBN 9", "ISBN 9780199678112 ", "PMID: 1234 ", "doi  =  ", "eprint = {", '"",http://a',
    "[t](http://a.example/x) [a, 2020] ", "[a](//a.example/) ", "[t](http://a.example/x) (27.01.2022) ", "[t](http://a.example/x) (03/04/2021)\n",
    "{cite}`", "{cite}`a` ", "{cite}`{", "```{note}\n", "~~~{tip}\n~~~\n", "{/*", "export const a", "import 'a'\n", "\\iffalse",
    "<Link href='http://a.example/' ", "[](doi:10.1000/a",
]  # fmt: skip

SHAPES = {
    "backtick runs of every length": "".join("`" * length + " http://a.example " for length in range(1, 420)),
    "brackets in brackets": "[" * (SIZE // 2) + "a](http://a.example)" + "]" * (SIZE // 2),
    "images in images": "![" * (SIZE // 16) + "](http://a.example)" * (SIZE // 16),
    "links behind open images": "![" * (SIZE // 30) + "[a](http://a.example)" * (SIZE // 30),
    "separators behind a URL": "http://a.example/x" + ",;|" * (SIZE // 3) + "=" * SIZE,
    "genitives behind a URL": "http://a.example/x" + "'s" * (SIZE // 2),
    "URLs without blanks between": "http://a.example/x==," * (SIZE // 21),
    "code of Jekyll behind a backtick": "`" + "{% highlight a %}" * (SIZE // 17) + "{% endhighlight %}",
    "full stops round a link": "." * SIZE + "[a](http://a.example)" + "." * SIZE,
    "closing brackets behind a URL": "http://a.example/x" + ")" * SIZE,
    "lists in lists, then blank lines": "- " * (SIZE // 2) + "a\n" + "\n" * (SIZE // 2),
    "ever deeper lists": "".join("  " * min(depth, 200) + "- a\n" for depth in range(SIZE // 300)),
    "ever shorter fences": "".join("`" * length + "x\n" for length in range(450, 2, -1)),
    "blanks in a link": "[a](http://a.example " + " " * SIZE,
    "blanks in a table's rule": "a|\n-" + " " * SIZE + "x",
    "marks behind a heading": "# a " + "# " * (SIZE // 2) + "x",
    "heading of emphasis": "# " + "_ _a" * (SIZE // 4) + "x",
    "deep YAML": "---\na: " + "[" * 60_000 + "\n---\n",
    "YAML aliases": "---\na: &a [x]\n" + "b: *a\n" * 9_000 + "---\n",
    "blanks in broken YAML": "---\na: b: c" + " " * 60_000 + "x\n---\n",
}


@pytest.mark.parametrize("piece", REPEATED)
def test_a_piece_repeated_is_read_to_its_end(piece):
    text = piece * (SIZE // len(piece))
    read_markdown("n.md", text)
    assert read_markdown("n.md", text + END).path == "n.md"
    assert read_text("n.tex", text + END).path == "n.tex"


@pytest.mark.parametrize("suffix", DIALECTS)
@pytest.mark.parametrize(
    "piece",
    [
        "=a ", "~a", " =", "cite:", "cite:&", "cite:a,", "[[cite:", "[cite:@a", "``a ", ":doi:`", "`a <http://", ".. code::\n  a\n", "a::\n\n ",
        "link:", "image:", "http://a", "++a", "----\n", "{{doi|", "<nowiki>", "<!--", "[http://a ", "\\verb|a", "\\doi{", "http://a[", "  ",
        "* a\n", "- a\n", "#+a\n", "\\item a\n", "\\begin{a}[\n", "| a\n", ":a: b\n", "\n    ", "  *",
    ],
)  # fmt: skip
def test_a_piece_of_other_text_is_read_to_its_end(suffix, piece):
    assert read_text(f"n{suffix}", piece * (SIZE // len(piece)) + END).kind == "text"


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_a_shape_is_read_to_its_end(text):
    assert read_markdown("n.md", text + END).mentions[-1].url == "http://end.example/"
