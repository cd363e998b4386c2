"""What LaTeX, Org, reStructuredText, AsciiDoc and MediaWiki write in ways of their own."""

from __future__ import annotations

import pytest

from litdb.notes.markdown import read_markdown
from litdb.notes.text import read_text

X, PAPER, DOI = "https://example.org/x", "https://arxiv.org/abs/1706.03762", "https://doi.org/10.1000/a"
VIDEO, ARTICLE = "https://youtu.be/rPh1ggO3FsE", "https://pubmed.ncbi.nlm.nih.gov/26017442/"

CITED = [
    # LaTeX
    ("tex", rf"\href{{{X}}}{{the words}}", [(X, "the words")]),
    ("tex", rf"\href{{{X}}}{{\texttt{{arXiv:1706.03762}} \emph{{a}} b}}", [(X, "arXiv:1706.03762 a b")]),
    ("tex", rf"\url{{{X}}} \path{{{X}}}", [(X, ""), (X, "")]),
    ("tex", r"\doi{10.1000/a}", [(DOI, "")]),
    ("tex", rf"\verb|{X}| \lstinline{{{X}}} \lstinline[style=a]!{X}! a", []),
    ("tex", rf"a \verb|b| {X}", [(X, "")]),
    # Org, and org-ref in both of its versions
    ("org", f"[[{X}][the words]] [[{X}]]", [(X, "the words"), (X, "")]),
    ("org", f"[[{X}][A [2020] paper]] [[{X}][[b]]] [[{X}][c", [(X, "A [2020] paper"), (X, "[b]"), (X, "")]),
    ("org", "[[doi:10.1000/a][the words]] [[doi:10.1000/a]]", [(DOI, "the words"), (DOI, "")]),
    ("org", "[cite:@a; see @b p. 3] [cite/t:@c]", [("@a", ""), ("@b", ""), ("@c", "")]),
    ("org", "a cite:a,b-2. citep:c; (autocite:d)", [("@a", ""), ("@b-2", ""), ("@c", ""), ("@d", "")]),
    ("org", "citet:&a;&b, parencite:&c.", [("@a", ""), ("@b", ""), ("@c.", "")]),
    ("org", "[[cite:&a][A]] [[citep:see &b p. 3;&c]] [[cite:d,e]]", [(f"@{each}", "") for each in "abcde"]),
    ("org", f":ROAM_REFS: @a2019 {X}\n:roam_refs: @b", [("@a2019", ""), (X, ""), ("@b", "")]),
    ("org", f":ROAM_REFS: {X} @a2019 \"{X}y\" cite:b [cite:@c]", [(X, ""), ("@a2019", ""), (f"{X}y", ""), ("@b", ""), ("@c", "")]),
    ("org", f"a\n: {X}\n  : {X}\n:\n: b\n:ID: {X}y", [(f"{X}y", "")]),
    ("org", "thanks @bob", []),
    ("org", "to cite: a paper, website:x, http-cite:x a:cite:x", []),
    ("org", f"={X}= ~{X}~ [[file:x.org]] [[id:a][b]] [[mailto:a@b.org]]", []),
    ("org", f"{X}?a=b a=b ~ {X} ~", [(f"{X}?a=b", ""), (X, "")]),
    # reStructuredText
    ("rst", f"`the words <{X}>`_ `other <{X}>`__", [(X, "the words"), (X, "other")]),
    ("rst", ":cite:`a,b` :cite:p:`c` :footcite:t:`d`", [(f"@{each}", "") for each in "abcd"]),
    ("rst", ":doi:`10.1000/a` :arxiv:`words <1706.03762>` :pmid:`26017442`", [(DOI, ""), (PAPER, "words"), (ARTICLE, "")]),
    ("rst", ":rfc:`2822` :doi:`nothing` :ref:`a`", []),
    ("rst", f"``{X}`` {X}y", [(f"{X}y", "")]),
    ("rst", f".. code-block:: sh\n\n   curl {X}\n\n   b\n\n{X}y", [(f"{X}y", "")]),
    ("rst", f"see {X}z ::\n\n   curl {X}\n\n{X}y", [(f"{X}z", ""), (f"{X}y", "")]),
    ("rst", f".. note:: {X}\n\n   {X}y\n\n  .. tip::\n\n     {X}z", [(X, ""), (f"{X}y", ""), (f"{X}z", "")]),
    ("rst", f".. image:: {X}\n   :target: {X}y\n\n.. |a| image:: {X}\n\n.. youtube:: rPh1ggO3FsE", [(f"{X}y", ""), (VIDEO, "")]),
    # AsciiDoc
    ("adoc", f"{X}[the words] link:{X}[other^] {X}", [(X, "the words"), (X, "other"), (X, "")]),
    ("adoc", f'{X}["a, b"] {X}["a, b",role=x] {X}["a" b]', [(X, "a, b"), (X, "a, b"), (X, '"a" b')]),
    ("adoc", f"{X}[a, b,window=_blank] link:++{X}++[c]", [(X, "a, b"), (X, "c")]),
    ("adoc", "cite:[a, b(3)] citenp:[c]", [("@a", ""), ("@b", ""), ("@c", "")]),
    ("adoc", f"image::{X}[a] include::{X}[] image:{X}[b] `{X}` ++{X}++", []),
    ("adoc", f"[source]\n----\n{X}\n\n{X}\n----\n{X}y", [(f"{X}y", "")]),
    ("adoc", f"----\n{X}", [(X, "")]),
    ("adoc", "video::rPh1ggO3FsE[youtube,width=1] video::a.mp4[]", [(VIDEO, "")]),
    ("adoc", f"footnote:[See {X}.]", [(X, "")]),
    # Typst
    ("typ", f'#link("{X}")[the words] #link("{X}") {X}', [(X, "the words"), (X, ""), (X, "")]),
    ("typ", "@ek2020[p. 3] #cite(<doe>, form: \"prose\") a@b.org", [("@ek2020", ""), ("@doe", "")]),
    ("typ", f"`{X}` ```sh\ncurl {X}\n``` {X}y", [(f"{X}y", "")]),
    # TiddlyWiki
    ("tid", f"title: A\nsource: {X}y\n\n[[the words|{X}]] [[{X}]] {X}", [(f"{X}y", ""), (X, "the words"), (X, ""), (X, "")]),
    ("tid", f"[ext[the words|{X}]] [img[{X}]] [[Page|Other]] `{X}` {{{{Other}}}}", [(X, "the words")]),
    ("tid", f"```\n{X}\n```\n{X}y", [(f"{X}y", "")]),
    # MediaWiki
    ("wiki", f"[{X} the words] [{X}] ''{X}''", [(X, "the words"), (X, ""), (X, "")]),
    ("wiki", "[//example.org/x words]", [(X, "words")]),
    ("wiki", f"[[{X}|the words]] [[{X}]] [[Page|words]]", [(X, "the words"), (X, "")]),
    ("wiki", f"{{{{cite journal|url={X}|doi=10.1000/a|date=2020}}}} {{{{cite|DOI = 10.1000/a\n|b}}}}", [(X, ""), (DOI, ""), (DOI, "")]),
    ("wiki", f"{{{{{{sh\n{X}\n}}}}}}\n{{{{{{1|{X}y}}}}}}", [(f"{X}y", "")]),
    ("wiki", "{{doi|10.1000/a}} {{arXiv|id=1706.03762}} [[doi:10.1000/a]]", [(DOI, ""), (PAPER, ""), (DOI, "")]),
    ("wiki", "{{cite arXiv |eprint=1706.03762 |class=cs.CL}}", [(PAPER, "")]),
    ("wiki", f"{{{{cite web|url={X}|title=A}}}} <ref>{X}</ref>", [(X, ""), (X, "")]),
    ("wiki", f"<nowiki>{X}</nowiki> <syntaxhighlight lang=sh>\n{X}\n</syntaxhighlight> {X}y", [(f"{X}y", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("suffix", "text", "expected"), CITED)
def test_a_text_cites_in_its_own_way(suffix, text, expected):
    mentions = read_text(f"n.{suffix}", text).mentions
    assert [(each.url or each.target, each.text) for each in mentions] == expected


def test_places_are_those_of_the_source():
    (one, two) = read_text("n.org", "a\n[[citep:see &b p. 3;&cd]]").mentions
    assert [(each.line, each.column, each.end_column) for each in (one, two)] == [(2, 14, 15), (2, 22, 24)]


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        ("wiki", "<!-- {} -->"),
        ("wiki", "%% {}"),
        ("mediawiki", "<!-- {} -->"),
        ("tid", "<!-- {} -->"),
        ("typ", "// {}"),
        ("typ", "/* {} */"),
    ],
)
def test_a_remark_is_a_comment(suffix, text):
    (mention,) = read_text(f"n.{suffix}", text.format(X)).mentions
    assert mention.found == "comment"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("{{< youtube rPh1ggO3FsE >}}", VIDEO),
        ('{{< youtube id="rPh1ggO3FsE" autoplay="true" />}}', VIDEO),
        ("{{% youtube 'rPh1ggO3FsE' %}}", VIDEO),
        ("a {% youtube rPh1ggO3FsE %} b", VIDEO),
        ("- {%- vimeo 146022717 -%}", "https://vimeo.com/146022717"),
        ('{{< tweet user="a" id="1603862969276051457" >}}', "https://twitter.com/i/status/1603862969276051457"),
        ('{{< x id="1603862969276051457" user="a" >}}', "https://twitter.com/i/status/1603862969276051457"),
        ("{{< tweet 1603862969276051457 >}}", "https://twitter.com/i/status/1603862969276051457"),
    ],
)
def test_a_shortcode_shows_a_work_by_its_number(text, url):
    assert [(each.url, each.found) for each in read_markdown("n.md", text).mentions] == [(url, "shortcode")]


@pytest.mark.parametrize(
    "text",
    [
        "{{</* youtube rPh1ggO3FsE */>}}",
        "`{{< youtube rPh1ggO3FsE >}}`",
        "{{< youtube short >}}",
        "{{< ref rPh1ggO3FsE >}}",
        "{% include youtube.html id=3 %}",
        "{{< youtube rPh1ggO3FsE",
    ],
)
def test_other_shortcodes_cite_nothing(text):
    assert read_markdown("n.md", text).mentions == ()


def test_a_shortcode_with_an_address_cites_it_once():
    text = "{% youtube https://youtu.be/rPh1ggO3FsE %} {{< video https://youtu.be/rPh1ggO3FsE >}}"
    assert [each.url for each in read_markdown("n.md", text).mentions] == [VIDEO, VIDEO]


LINK = "https://example.org/x"

SENTENCES = [
    ("org", "* Heading\nBefore. See [[{}][it]] in\n  two lines. After.", "See [[{}][it]] in two lines."),
    ("org", "- One\n- Another with {}\n  that goes on\n- Third", "Another with {} that goes on"),
    ("org", "Text:\n1. One\n2) Two {}\n  + Three", "Two {}"),
    ("org", "*Bold* text {}\n*bold* again\n#+CAPTION: none", "*Bold* text {} *bold* again"),
    ("org", "** TODO Read {}\nSCHEDULED: <2023-01-01>\n:PROPERTIES:", "TODO Read {}"),
    ("org", ":PROPERTIES:\n:ID: 1\n:URL: {}\n:END:", ":URL: {}"),
    ("org", "| One | {} |\n|-----+---|\n| Two | b |", "| One | {} |"),
    ("org", "#+TITLE: A\n#+FILETAGS: b\nSee {}", "See {}"),
    ("tex", "\\section{{A}}\nSee {}\n\\begin{{itemize}}\n\\item b", "See {}"),
    ("tex", "\\item One {}\n  goes on\n\\item Two", "One {} goes on"),
    ("rst", "A title\n=======\nSee {}\n* One", "See {}"),
    ("rst", "* One\n\n* Two {}\n  goes on\n#. Three", "Two {} goes on"),
    (
        "tex",
        "\\begin{{quote}}See {} and\n\\emph{{more}}. Then.\n\\end{{quote}}",
        "\\begin{{quote}}See {} and \\emph{{more}}.",
    ),
    ("adoc", "== A title\nSee {}\n* One\n** Two", "See {}"),
    ("adoc", "== See {}\nAnd more", "See {}"),
    ("adoc", ". One {}\n. Two", "One {}"),
    ("wiki", "== A title ==\nSee {}\n* One", "See {}"),
    ("typ", "= A title\nSee {}\n+ One", "See {}"),
    ("tid", "title: A\nurl: {}\n\nText", "url: {}"),
    ("tid", "! A title\n* One\n** See {}\n# Two", "See {}"),
    ("wiki", "* One\n** Two {}\n# Three", "Two {}"),
]


@pytest.mark.parametrize(("suffix", "text", "sentence"), SENTENCES)
def test_items_headings_and_rows_are_sentences_of_their_own(suffix, text, sentence):
    note = read_text(f"a.{suffix}", text.format(LINK))
    assert [each.sentence for each in note.mentions] == [sentence.format(LINK)]
