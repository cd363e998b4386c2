"""What stands in code or in a comment cites nothing, in whatever way the kind of note marks it."""

from __future__ import annotations

import pytest

from litdb.notes import read_note
from litdb.notes.markdown import is_cited, read_markdown
from litdb.notes.text import read_text

CODE, CITED = "https://example.org/code", "https://example.org/cited"

IN_MARKDOWN = {
    "comment of Jekyll": f"{{% comment %}}\n{CODE}\n{{%- endcomment -%}}",
    "comment of Jekyll in a line": f"a {{% comment %}}{CODE}{{% endcomment %}} b",
    "code of Org in Markdown, as Logseq has it": f"- #+BEGIN_SRC python\n  {CODE}\n  #+END_SRC",
    "example of Org": f"#+begin_example\n{CODE}\n#+end_example",
    "LaTeX within Markdown": f"\\begin{{verbatim}}\n{CODE}\n\\end{{verbatim}}",
}
IN_TEXT = {
    "a.tex": {
        "verbatim": f"\\begin{{verbatim}}\n\\url{{{CODE}}}\n\\end{{verbatim}}",
        "listing": f"\\begin{{lstlisting}}[language=sh]\ncurl {CODE}\n\\end{{lstlisting}}",
        "starred": f"\\begin{{Verbatim*}}\n{CODE}\n\\end{{Verbatim*}}",
        "left out": f"\\begin{{comment}}\n\n{CODE}\n\n\\end{{comment}}",
        "a line of comment": f"  % {CODE}",
        "a comment behind text": f"100\\% sure % {CODE} \\cite{{a}}",
    },
    "a.org": {
        "source": f"#+begin_src sh\ncurl {CODE}\n\n{CODE}\n#+end_src",
        "a line of comment": f"# {CODE}",
        "a block of comment": f"#+BEGIN_COMMENT\n{CODE}\n#+END_COMMENT",
    },
    "a.rst": {"a comment": f".. {CODE}"},
    "a.adoc": {"a line of comment": f"// {CODE}"},
}
CITING = {
    "a.tex": [f"100\\% \\url{{{CITED}}}", f"\\url{{{CITED}%20x}}", f"\\begin{{quote}}\n{CITED}\n\\end{{quote}}"],
    "a.org": [f"#+LINK: {CITED}", f"#+begin_quote\n{CITED}\n#+end_quote", f"#+begin_src sh\n{CITED}", f"#{CITED}"],
    "a.rst": [f".. _a: {CITED}", f".. [1] {CITED}", f".. image:: x.png\n   :target: {CITED}", f"... {CITED}"],
    "a.adoc": [CITED],
}


def cited(note) -> list[str]:
    return [mention.url for mention in note.mentions if is_cited(mention)]


@pytest.mark.parametrize("text", IN_MARKDOWN.values(), ids=IN_MARKDOWN)
def test_code_of_other_languages_in_markdown_cites_nothing(text):
    assert cited(read_markdown("a.md", f"{text}\n\n{CITED}")) == [CITED]


@pytest.mark.parametrize(("path", "text"), [(path, text) for path, texts in IN_TEXT.items() for text in texts.values()])
def test_code_and_comments_of_text_cite_nothing(path, text):
    assert cited(read_text(path, f"{text}\n\n{CITED}")) == [CITED]


@pytest.mark.parametrize(("path", "text"), [(path, text) for path, texts in CITING.items() for text in texts])
def test_what_only_looks_like_code_or_a_comment_cites(path, text):
    assert [url.removesuffix("%20x") for url in cited(read_text(path, text))] == [CITED]


def test_a_link_in_a_line_of_comment_is_kept_apart():
    (mention,) = read_text("a.org", f"# {CODE}").mentions
    assert mention.found == "comment"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.mdx", "a {{/* {} */}} b"),
        ("a.mdx", "import A from 'a';\n\nexport const x = '{}';\n"),
        ("a.mdx", "import A from '{}';\nimport {{ b, C }} from \"{}\""),
        ("a.mdx", "export default function A() {{\n  return '{}';\n}}\n\nb"),
        ("a.tex", "\\iffalse\n{}\n\\fi\na"),
    ],
)
def test_code_of_mdx_and_what_tex_leaves_out_is_no_text(path, text):
    assert (
        read_note(
            path, text.format("https://example.org/x", "https://example.org/y").encode(), lambda _url: None
        ).mentions
        == ()
    )


@pytest.mark.parametrize(
    "text",
    [
        "We export const https://example.org/x",
        "import it from https://example.org/x",
        "{/* https://example.org/x",
        "\\iffalse https://example.org/x",
    ],
)
def test_what_is_none_of_it_is_text(text):
    assert len(read_note("a.mdx", text.encode(), lambda _url: None).mentions) == 1


@pytest.mark.parametrize("tag", ["LinkCard", "Card", "Link"])
def test_a_component_of_mdx_leads_where_its_href_says(tag):
    text = f'<{tag} href="https://example.org/x" title="A" />\n\nand <{tag} href="https://example.org/y">y</{tag}>.'
    assert [each.url[-1] for each in read_note("a.mdx", text.encode(), lambda _url: None).mentions] == ["x", "y"]


@pytest.mark.parametrize("tag", ["link", "LINK", "base", "area"])
def test_other_tags_lead_nowhere(tag):
    assert read_note("a.md", f'<{tag} href="https://example.org/x">'.encode(), lambda _url: None).mentions == ()
