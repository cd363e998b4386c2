"""What is a citation in Markdown, how it is found, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.notes.markdown import is_cited, read_markdown
from litdb.notes.text import read_text

A, B = "http://a.example/x", "http://b.example/"


def seen(text: str) -> list[tuple[str, str]]:
    """How each mention was found, and its URL or (of a key) its target."""
    return [(mention.found, mention.url or mention.target) for mention in read_markdown("n.md", text).mentions]


KINDS = {
    "inline link": (f"[t]({A})", [("inline-link", A)]),
    "inline link with title": (f'[t]({A} "a (title")', [("inline-link", A)]),
    "link text that is the URL counts once": (f"[{A}]({A})", [("inline-link", A)]),
    "link text with a key": (f"[@key]({A})", [("inline-link", A)]),
    "full reference": (f"[t][r]\n\n[r]: {A}", [("reference-link", A)]),
    "shortcut reference, used twice": (f"[r] [R]\n\n[r]: {A}", [("reference-link", A)] * 2),
    "definition never used": (f"[r]: {A}", [("reference-definition", A)]),
    "definition within a quote": (f"> [r]: {A}\n\n[r]", [("reference-link", A)]),
    "definition used by an image only": (f"![r]\n\n[r]: {A}", []),
    "autolink": (f"<{A}>", [("autolink", A)]),
    "bare URL": (f"see {A}, then", [("bare-url", A)]),
    "bare URL in quotes": (f"“{A}”", [("bare-url", A)]),
    "bare URL in Chinese": (f"见{A}。好", [("bare-url", A)]),
    "bare URL with entity": (f"{A}?a=1&amp;b=2&amp;", [("bare-url", A + "?a=1&b=2")]),
    "bare URL in brackets": (f"[see {A}]", [("bare-url", A)]),
    "bare URL before a link": (f"{A}[t]({B})", [("bare-url", A), ("inline-link", B)]),
    "www name": ("(www.example.org/x)", [("bare-url", "http://www.example.org/x")]),
    "www within a word": ("awww.example.org", []),
    "HTML link": (f"a <a class=q\nhref='{A}'>t</a>", [("html", A)]),
    "HTML link in a block": (f"<div>\n<p><a href={A}>t</a></div>", [("html", A)]),
    "HTML link around its URL counts once": (f'x <a href="{A}">{A}</a> y', [("html", A)]),
    "HTML link in a script": (f'<script>\n"<a href={A}>"\n</script>', []),
    "data-href": (f"a <a data-href='{A}'>t</a>", []),
    "image": (f"![a]({A})", []),
    "image within a link": (f"[![a]({B}i.png)]({A})", [("inline-link", A)]),
    "link within an image": (f"![a [t]({A})]({B}i.png)", [("inline-link", A)]),
    "wiki links and embeds": ("[[Note]] [[Note|n]] ![[Embed]]", []),
    "link, then a URL in parentheses": (f"[r] ({A})\n\n[r]: {B}", [("reference-link", B), ("bare-url", A)]),
    "task, then a URL in parentheses": (f"- [x] ({A})", [("bare-url", A)]),
    "wiki link, then a URL in parentheses": (f"[[Note]] ({A})", [("bare-url", A)]),
    "footnote": (f"a[^1]\n\n[^1]: see [t]({A})\n\n    and {B}", [("inline-link", A), ("bare-url", B)]),
    "table": (f"| a | b |\n|---|---|\n| [t]({A}\\|y) | {B} |", [("inline-link", A + "|y"), ("bare-url", B)]),
    "no link over table cells": (f"| a | b |\n|---|---|\n| [t | u]({A}) |", []),
    "mail, relative and other schemes": ("[a](mailto:a@b.example) [b](../x.md) <ftp://c.example> [d](#e)", []),
    "code span": (f"`[t]({A})` ``{A} ` ``", []),
    "fence": (f"~~~ py\n{A}\n~~~\n{B}", [("bare-url", B)]),
    "fence closed in the next line": (f"```\n```\n{B}", [("bare-url", B)]),
    "fence within an item ends with it": (f"- ```\n  {A}\n- {B}", [("bare-url", B)]),
    "indented code": (f"a\n\n    {A}", []),
    "indented text of a list": (f"- a\n\n    {A}", [("bare-url", A)]),
    "tabs indent a list": (f"-\ta\n\n\t- {A}", [("bare-url", A)]),
    "comments": (
        f"<!-- {A} --> b %% [t]({B}) %%\n\n%%\n\n{A}\n%%",
        [("comment", A), ("comment", B), ("comment", A)],
    ),
    "text behind a comment": (f"<!-- c --> {A}", [("bare-url", A)]),
    "comment sign that is never closed": (f"%% {A}", [("bare-url", A)]),
    "arXiv": (
        "arXiv:2209.00626v2, arxiv:hep-th/9901001.",
        [("bare-id", "https://arxiv.org/abs/2209.00626v2"), ("bare-id", "https://arxiv.org/abs/hep-th/9901001")],
    ),
    "DOI": (
        "doi:10.1000/x(y)z. DOI 10.1000/a#b;",
        [("bare-id", "https://doi.org/10.1000/x(y)z"), ("bare-id", "https://doi.org/10.1000/a%23b")],
    ),
    "no identifiers": ("arxiv:foo doi:11.1/x 10.1000/xyz todoi:10.1000/x", []),
    "keys": (
        "[@a; see @b:1, p. 3; -@c] [[@d|text]] \\citep[see][p. 3]{e, f}",
        [("key", "@a"), ("key", "@b:1"), ("key", "@c"), ("key", "@d"), ("key", "@e"), ("key", "@f")],
    ),
    "no keys": ("a@b.example [mail a@b.example] \\nocite{*}", []),
    "handles": ("@a [by @b] @c: (@d.)", [("handle", f"@{each}") for each in "abcd"]),
    "identifier in Pandoc's brackets": ("[@doi:10.1000/x]", [("bare-id", "https://doi.org/10.1000/x")]),
    "escaped brackets": (f"\\[t\\]: {A}", [("bare-url", A)]),
}


@pytest.mark.parametrize(("text", "expected"), KINDS.values(), ids=KINDS)
def test_what_is_found(text, expected):
    assert seen(text) == expected


PLACES = {
    "inline link": (f"é\U0001f600\u00a0[t]({A})", (1, 4, 1, 27)),
    "link over lines": (f"> a [t\n> u]({A})", (1, 5, 2, 25)),
    "reference at its use": (f"[r]: {A}\n\nx [t][r]", (3, 3, 3, 9)),
    "after a byte-order mark": (f"\ufeff{A}", (1, 1, 1, 19)),
    "CRLF": (f"a\r\n\r\n- {A}\r\n", (3, 3, 3, 21)),
    "lone CR": (f"a\r\r{A}\r", (3, 1, 3, 19)),
    "tab": (f"-\t{A}", (1, 3, 1, 21)),
    "zero-width": (f"\u200b{A}\u200b", (1, 2, 1, 20)),
    "HTML to its end tag": (f'<b><a href="{A}">t</a>', (1, 4, 1, 38)),
    "comment": (f"a <!-- {A} -->", (1, 8, 1, 26)),
    "key": ("a [see @key, p. 3]", (1, 8, 1, 12)),
    "no final newline": (f"a\n{A}", (2, 1, 2, 19)),
}


@pytest.mark.parametrize(("text", "place"), PLACES.values(), ids=PLACES)
def test_where_it_stands(text, place):
    (mention,) = read_markdown("n.md", text).mentions
    assert (mention.line, mention.column, mention.end_line, mention.end_column) == place


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"````\n{B}\n```\n{A}", [("bare-url:after-unclosed-fence", A)]),
        (f"~~~~\n{B}\n~~~\n\n<!-- {A} -->", [("comment", A)]),
        (f"```\n{B}\n    ```\n{A}", [("bare-url:after-unclosed-fence", A)]),
        (f"```\n[t]({A})", [("inline-link:in-unclosed-fence", A)]),
        (f"````\n{B}\n```\n{B}\n````\n{A}", [("bare-url", A)]),
        (f"- ````\n  {B}\n  ```\n  {A}\n\n{B}", [("bare-url:after-unclosed-fence", A), ("bare-url", B)]),
        (f"> ```\n> {B}\n\n{A}", [("bare-url", A)]),
    ],
)
def test_a_fence_that_is_never_closed_swallows_nothing(text, found):
    assert seen(text) == found


def test_an_unclosed_fence_is_a_problem_with_its_line():
    assert read_markdown("n.md", f"a\n\n```\n{A}").problems == (
        "n.md:3: the fence ``` is never closed; what follows it is read as text.",
    )


@pytest.mark.parametrize("text", [f"[t] ({A})", f"[t]({A} y)", f"\\[t]({A})", f"<{A} y>"])
def test_a_url_meant_as_a_link_that_is_none_is_told(text):
    note = read_markdown("n.md", text)
    assert note.mentions == ()
    assert note.problems == (f"n.md:1: {A} stands where a link would have it, but is none.",)


def test_a_second_definition_of_a_label_is_told():
    note = read_markdown("n.md", f"[r]\n\n[r]: {A}\n[R]: {B}")
    assert [mention.url for mention in note.mentions] == [A]
    assert note.problems == (f"n.md:4: [R] is defined again; {B} is never used.",)


def test_a_comment_that_is_never_closed_is_told():
    note = read_markdown("n.md", f"a\n\n<!-- b\n\n{A}")
    assert [mention.found for mention in note.mentions] == ["comment"]
    assert note.problems == ("n.md:3: a comment begins here that is never closed.",)


def test_only_comments_are_not_cited():
    note = read_markdown("n.md", f"<!-- {A} -->\n\n{B}")
    assert [is_cited(mention) for mention in note.mentions] == [False, True]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_list_between_litdbs_markers_is_never_read(end):
    lines = [A, "<!-- litdb:refs -->", f"- {B}", "", f"1. [t]({B})", "<!-- /litdb:refs -->", A]
    assert [mention.line for mention in read_markdown("n.md", end.join(lines)).mentions] == [1, 7]


def test_markers_that_are_never_closed_hide_nothing():
    assert seen(f"<!-- litdb:refs -->\n{A}") == [("bare-url", A)]


def test_markers_named_in_prose_hide_nothing():
    assert seen(f"Between `<!-- litdb:refs -->` and {A}\n\n`<!-- /litdb:refs -->`") == [("bare-url", A)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: T\n---\n# H", "T"),
        ("## a\n\n# The *first* [one](http://a.example)\n\n# b", "The first one"),
        ("Title\n===\n", "Title"),
        ("> # quoted", ""),
        ("text", ""),
    ],
)
def test_the_title_is_the_front_matters_or_the_first_heading(text, title):
    assert read_markdown("n.md", text).title == title


TEXTS = {
    "tex": (
        r"See \href{http://a.example/x\%20y}{this}, \url{http://b.example/\_z} and \textcite[p.~3]{k1,k2}.",
        ["http://a.example/x%20y", "http://b.example/_z", "@k1", "@k2"],
    ),
    "ltx": ("http://a.example/x\\\\\narXiv:2209.00626", [A, "https://arxiv.org/abs/2209.00626"]),
    "org": ("* [[http://a.example/x][text]] [[file:x.org]] [cite:@k; @l]", [A, "@k", "@l"]),
    "rst": (
        "`text <http://a.example/x>`_ :cite:p:`k,l` doi:10.1000/x",
        [A, "@k", "@l", "https://doi.org/10.1000/x"],
    ),
}


@pytest.mark.parametrize(("suffix", "text", "expected"), [(suffix, *case) for suffix, case in TEXTS.items()])
def test_other_text_is_read(suffix, text, expected):
    note = read_text(f"n.{suffix}", text)
    assert [mention.url or mention.target for mention in note.mentions] == expected
    assert note.kind == "text"


def test_a_latex_line_commented_out_is_a_comment():
    note = read_text("n.tex", f"a\n% {A}\n{B}")
    assert [mention.found for mention in note.mentions] == ["comment", "bare-url"]


MARKS = r"[ ] ( ) ! < > ` ``` ~~~ * _ \ % %% | # - + 1. : ; & @ . ? --- a B é </a> <!-- --> [@k] \cite{".split()
BLANKS = ["\n", "\n\n", "\r", "\t", " ", "    ", "\u00a0", "\ufeff", "\u200b", "\U0001f600"]
LINKS = [A, B, f"[t]({A})", f"<a href='{A}'>", "[r]: ", "doi:10.1000/x"]
MARKDOWN = st.lists(st.sampled_from([*MARKS, *BLANKS, *LINKS])).map("".join)


@given(st.one_of(st.text(), MARKDOWN))
def test_no_text_raises_and_every_place_is_in_the_text(text):
    note = read_markdown("n.md", text)
    lines = text.removeprefix("\ufeff").replace("\r\n", " \n").replace("\r", "\n").split("\n")
    for mention in note.mentions:
        assert (mention.line, mention.column) < (mention.end_line, mention.end_column)
        assert mention.end_column <= len(lines[mention.end_line - 1]) + 1
        if mention.found.startswith(("bare", "key")):
            assert lines[mention.line - 1][mention.column - 1 : mention.end_column - 1] in (
                mention.target,
                mention.target[1:],
            )


@given(st.text())
def test_no_other_text_raises(text):
    assert read_text("n.tex", text).kind == "text"
