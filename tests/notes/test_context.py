"""What stands round a citation: headings, the sentence, dates and names beside it."""

from __future__ import annotations

import pytest

from litdb.notes.markdown import read_markdown
from litdb.notes.plain import plain

A = "http://a.example/x"
LINK = f"[t]({A})"


def only(text: str):
    """The only mention of a note."""
    (mention,) = read_markdown("n.md", text).mentions
    return mention


SENTENCES = {
    "of two": (f"One thing. See {LINK} for more. Last thing.", f"See {LINK} for more."),
    "question": (f"Is it {LINK}? Explain.", f"Is it {LINK}?"),
    "abbreviations": (f"As X et al. (2020) and e.g. Y, cf. Z etc. say, see {LINK}.", None),
    "initials": (f"By J. R. Smith, in {LINK}.", None),
    "numbers": (f"Version 3.5 of {LINK}.", None),
    "stop within the link": (f"[Right! Or. Not? A b]({A}) is read.", None),
    "closing bracket": (f"One. (See {LINK}.) Two.", f"(See {LINK}.)"),
    "closing quote": (f"“A is {LINK}.” Then two.", f"“A is {LINK}.”"),
    "small letter behind": (f"Is it so? i.e. {LINK}", None),
    "list marker and task": (f"1. {LINK} x", f"{LINK} x"),
    "quote marks": (f"> a\n> {LINK} b", f"a {LINK} b"),
    "lines are joined": (f"a\n  {LINK}\tb", f"a {LINK}\tb"),
    "link alone on its line": (f"a\n**{LINK}**\nb", f"**{LINK}**"),
    "heading as a whole": (f"## A. B {LINK} C ##", f"A. B {LINK} C"),
    "table cell": (f"| a |\n|---|\n| b {LINK} |", f"b {LINK}"),
    "comments are not shown": (f"See {LINK} now. %% Not this. %%", f"See {LINK} now."),
    "Chinese": (f"一。见{LINK}。三。", f"见{LINK}。"),
}


@pytest.mark.parametrize(("text", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_the_sentence_round_a_link(text, sentence):
    assert only(text).sentence == (text if sentence is None else sentence)


def test_a_sentence_without_end_is_cut():
    assert len(only("a " * 5000 + LINK + " b" * 5000).sentence) < 1000


def test_links_of_one_sentence_share_it():
    first, second = read_markdown("n.md", f"One. See {LINK} and {LINK}.").mentions
    assert first.sentence == second.sentence == f"See {LINK} and {LINK}."


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"# A\n## B\n### C\n## D\n{LINK}", ("A", "D")),
        (f"### A\n# B\n{LINK}", ("B",)),
        (f"A\n===\nB\n---\n{LINK}", ("A", "B")),
        (f"# A\n## Next: **{LINK}**", ("A", "Next: t")),
        (f"# A\n> # quoted\n\n{LINK}", ("A",)),
        (f"# A\n[r]: {A}", ("A",)),
        (LINK, ()),
    ],
)
def test_the_headings_above(text, path):
    assert only(text).headings == path


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**a** _b_ `c` ~~d~~ ==e==", "a b c d e"),
        ("snake_case A* 2 * 3", "snake_case A* 2 * 3"),
        ("[a](u) [b][c] ![d](e) [[f|g]] <http://h.example>", "a b d g http://h.example"),
        ("\\*a\\* &amp; <b>c</b>", "*a* & c"),
    ],
)
def test_markdown_as_plain_words(text, words):
    assert plain(text) == words


ASSERTED = {
    "date": ("(27.01.2022)", [("date", "2022-01-27")]),
    "month": ("(2019-12)", [("date", "2019-12")]),
    "person": ("(Jan Leike)", [("authors", ["Jan Leike"])]),
    "people and year": (
        "(Jan Leike and Paul Christiano, 2018)",
        [("date", "2018"), ("authors", ["Jan Leike", "Paul Christiano"])],
    ),
    "date behind other parentheses": ("(RLHF to align GPT-3) (27.01.2022)", [("date", "2022-01-27")]),
    "the first date counts": ("(27.01.2022) (28.01.2022)", [("date", "2022-01-27")]),
    "abbreviation": ("(RLHF)", []),
    "remark": ("(see below)", []),
    "date further on": ("is from (27.01.2022)", []),
    "impossible date": ("(31.02.2022)", []),
    "slashes that may be read twice": ("(03/04/2021)", []),
    "slashes that may be read once": ("(25/12/2020)", [("date", "2020-12-25")]),
}


def _values(mention):
    people = lambda claim: [f"{name['given']} {name['family']}" for name in claim.value]  # noqa: E731
    return [(claim.field, people(claim) if claim.field == "authors" else claim.value) for claim in mention.asserted]


@pytest.mark.parametrize(("beside", "claims"), ASSERTED.values(), ids=ASSERTED)
@pytest.mark.parametrize("link", [LINK, f"**{LINK}**", A, f"<{A}>"])
def test_what_the_parentheses_behind_a_link_say(link, beside, claims):
    assert _values(only(f"- {link} {beside}")) == claims


def test_asserted_dates_are_the_notes_own_word():
    (claim,) = only(f"{LINK} (27.01.2022)").asserted
    assert (claim.kind, claim.how, claim.precision) == ("asserted-by-note", "note", "day")


@pytest.mark.parametrize(("other", "value"), [("25/12/2020", "2021-04-03"), ("12/25/2020", "2021-03-04")])
def test_another_date_of_the_note_settles_the_slashes(other, value):
    mention = only(f"- {LINK} (03/04/2021)\n- x ({other})")
    assert [claim.value for claim in mention.asserted] == [value]


def test_dates_that_disagree_settle_nothing():
    assert only(f"- {LINK} (03/04/2021)\n- x (25/12/2020) (12/25/2020)").asserted == ()
