"""MyST, Markdown for Sphinx and Jupyter Book: roles that cite, directives whose body is text, `doi:` as an address."""

from __future__ import annotations

import pytest

from litdb.notes.markdown import is_cited, read_markdown

X = "https://example.org/x"


def cited(text):
    return [each.url or each.target for each in read_markdown("a.md", text).mentions if is_cited(each)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{cite}`ek2020`", ["@ek2020"]),
        ("{cite:p}`ek2020, doe99` and {cite:t}`roe`", ["@ek2020", "@doe99", "@roe"]),
        ("{footcite:t}`ek2020` {cite:ps}`{see}doe99{p. 3}`", ["@ek2020", "@doe99"]),
        ("{cite}`10.1000/a` {cite}`https://doi.org/10.1000/b`", ["https://doi.org/10.1000/a", "https://doi.org/10.1000/b"]),
        ("{doi}`10.1000/a` {arxiv}`1706.03762`", ["https://doi.org/10.1000/a", "https://arxiv.org/abs/1706.03762"]),
        ("{ref}`ek2020` {code}`doi:10.1000/a` `{cite}` ``{cite}`a` ``", []),
        ("| a |\n|---|\n| {cite}`ek2020` |", ["@ek2020"]),
        ("[](doi:10.1000/a) [b](arxiv:1706.03762)", ["https://doi.org/10.1000/a", "https://arxiv.org/abs/1706.03762"]),
    ],
)  # fmt: skip
def test_roles_cite(text, expected):
    assert cited(text) == expected


def test_the_mention_of_a_role_is_its_key():
    (mention,) = read_markdown("a.md", "# A\n\nSo {cite:p}`ek2020` says. More.").mentions
    assert (mention.found, mention.column, mention.end_column) == ("key", 13, 19)
    assert (mention.headings, mention.sentence) == (("A",), "So {cite:p}`ek2020` says.")


@pytest.mark.parametrize(
    "text",
    [
        "```{{note}}\nSee {}.\n```\n\n    {}y",
        "````{{tip}} Title\n:class: a\n\nSee {}\n```sh\n{}y\n```\n````",
        "- a\n\n  ~~~{{seealso}}\n  {}\n  ~~~\n\n```\n{}y\n```",
        "```{{figure}} {}y\n:name: a\n\n[b]({})\n```",
        "```{{prf:theorem}}\n{}\n```\n\n```{{code-cell}} ipython3\n{}y\n```",
    ],
)
def test_the_body_of_a_directive_is_text(text):
    assert cited(text.format(X, X)) == [X]


@pytest.mark.parametrize(
    "name", ["code-cell", "code-block", "r", "python", "mermaid", "math", "literalinclude", "eval-rst"]
)
def test_the_body_of_a_directive_of_code_is_none(name):
    assert cited(f"```{{{name}}}\n{X}\n```") == []


def test_a_directive_that_code_shows_is_code():
    assert cited(f"````md\n```{{note}}\n{X}\n```\n````") == []


def test_a_directive_that_nothing_closes_is_a_fence():
    assert cited(f"```{{note}}\n{X}") == [X]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("% {}", "comment"),
        ("# Heading\n%{}\nText", "comment"),
        ("Text\n  % see {}\nmore", "comment"),
        ("- item\n\n  % see {}", "comment"),
        ("% one\n% [a]({})", "comment"),
        ("% Title\n% Author\n\nText\n\n% {}", "comment"),
        ("% Title, after {}\n% Author\n\nText", "bare-url"),
        ("about 30\n% of {}", "bare-url"),
        ("about 30 % of {}", "bare-url"),
        ("    % {}", None),
        ("```\n% {}\n```", None),
    ],
)
def test_a_line_behind_a_percent_sign_is_a_comment(text, found):
    note = read_markdown("a.md", "\n" * ("Title" not in text) + text.format("https://a.example/x"))
    assert [each.found for each in note.mentions] == ([found] if found else [])


def test_a_comment_parts_what_stands_round_it():
    note = read_markdown("a.md", "One.\n% two https://a.example/x\nThree https://a.example/y")
    assert [each.sentence for each in note.mentions] == ["two https://a.example/x", "Three https://a.example/y"]
