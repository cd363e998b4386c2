"""Hand-written lists: what is missing goes in as the list itself would write it, and nothing else changes."""

from __future__ import annotations

import pytest

from litdb.export.filling import additions, layout_of, new_item
from litdb.export.references import ListStyle
from litdb.model import Identifier, Name, Work
from litdb.notes import read_note
from litdb.notes.handmade import hand_lists
from litdb.notes.patching import Text

JAN, RYAN = Name("Leike", "Jan"), Name("Lowe", "Ryan")


def work(url, date="2022-01-27", people=(JAN,)):
    return Work(Identifier("url", url), (), "key", "post", url, f"Title of {url[-1]}", date=date, authors=people)


WORKS = {
    "http://x.example/a": work("http://x.example/a"),
    "http://x.example/b": work("http://x.example/b", "2018-11-20", (RYAN, JAN)),
    "http://x.example/c": work("http://x.example/c", "", ()),
    "http://x.example/d": work("http://x.example/d", "2017-06", (RYAN,)),
    "http://x.example/e": work("http://x.example/e", people=(Name(literal="invented_commenter_2"),)),
    "http://x.example/f": work("http://x.example/f", people=(Name(literal="🙂"),)),
}
A, B, C, D, E, F = (f"[{name}](http://x.example/{name})" for name in "abcdef")


def found(note):
    text = Text("n.md", note.encode())
    reading = read_note("n.md", note.encode(), lambda _: None)
    return text, hand_lists(text, reading)


def filled(note):
    text, lists = found(note)
    edits = []
    for each in lists:
        works = [WORKS.get(item.mention.url) for item in each.items]
        layout = layout_of(each, works, text.plain, ListStyle())
        edits += [e for i, w in zip(each.items, works, strict=True) if w for e in additions(i, w, layout, text.plain)]
    return text.edited(edits).decode()


@pytest.mark.parametrize(
    ("note", "after"),
    [
        # people before a gloss, a date at the end; what is not known is not invented
        (f"1. {A} (Jan Leike)\n2. {B} (a gloss here) (20.11.2018)\n3. {C}\n",
         f"1. {A} (Jan Leike) (27.01.2022)\n2. {B} (Ryan Lowe, Jan Leike) (a gloss here) (20.11.2018)\n3. {C}\n"),
        # the list's own way of writing dates
        (f"- {A} (2022-01-27)\n- {B}\n- {D}", f"- {A} (Jan Leike) (2022-01-27)\n- {B} (Ryan Lowe, Jan Leike) (2018-11-20)\n- {D} (Ryan Lowe) (2017-06)"),
        (f"- {A} (27 January 2022)\n- {B}", f"- {A} (Jan Leike) (27 January 2022)\n- {B} (Ryan Lowe, Jan Leike) (20 November 2018)"),
        (f"- {A} (Jan 27, 2022)\n- {B}", f"- {A} (Jan Leike) (Jan 27, 2022)\n- {B} (Ryan Lowe, Jan Leike) (Nov 20, 2018)"),
        (f"- {A} (2022)\n- {B}", f"- {A} (Jan Leike) (2022)\n- {B} (Ryan Lowe, Jan Leike) (2018)"),
        # the list's own way of writing people
        (f"- {B} (Lowe & Leike)\n- {A}", f"- {B} (Lowe & Leike) (20.11.2018)\n- {A} (Jan Leike) (27.01.2022)"),
        # people and date in one bracket
        (f"* {A} (Jan Leike, 2022)\n* {B}", f"* {A} (Jan Leike, 2022)\n* {B} (Ryan Lowe, Jan Leike, 2018)"),
        # a date before the link, and one at the end without brackets
        (f"- 27.01.2022: {A} (Jan Leike)\n- {B} (Ryan Lowe, Jan Leike)", f"- 27.01.2022: {A} (Jan Leike)\n- 20.11.2018: {B} (Ryan Lowe, Jan Leike)"),
        (f"- {A} (Jan Leike), 27.01.2022\n- {B} (Ryan Lowe, Jan Leike).", f"- {A} (Jan Leike), 27.01.2022\n- {B} (Ryan Lowe, Jan Leike), 20.11.2018."),
        # an order of its own
        (f"- {A} (27.01.2022) (Jan Leike)\n- {B} (20.11.2018)", f"- {A} (27.01.2022) (Jan Leike)\n- {B} (20.11.2018) (Ryan Lowe, Jan Leike)"),
        # words behind the link stay behind what is put in
        (f"1. {A} – worth a look\n", f"1. {A} (Jan Leike) (27.01.2022) – worth a look\n"),
        (f"1. Leike, J. (2022). {A}.\n", f"1. Leike, J. (2022). {A}.\n"),
        # handles that are no names to a reader
        (f"- {E}\n- {F}\n", f"- {E} (invented_commenter_2) (27.01.2022)\n- {F} (🙂) (27.01.2022)\n"),
        # quotes, tabs, trailing blanks, tasks, emphasis
        (f"> 1. {A}  \n> 2.\t*{B}* (20.11.2018)\t\n", f"> 1. {A} (Jan Leike) (27.01.2022)  \n> 2.\t*{B}* (Ryan Lowe, Jan Leike) (20.11.2018)\t\n"),
        (f"- [x] {A}\n- [ ] {B} (20.11.2018)", f"- [x] {A} (Jan Leike) (27.01.2022)\n- [ ] {B} (Ryan Lowe, Jan Leike) (20.11.2018)"),
    ],
)  # fmt: skip
def test_a_list_is_completed_in_its_own_way(note, after):
    head = "" if note.startswith(">") else "## References\n\n"
    head = head or "## References\n\n"
    assert filled(head + note) == head + after
    assert filled(head + after) == head + after


@pytest.mark.parametrize(
    "note",
    [
        f"My own list:\n\n1. What {A} means, in words.\n2. The same for {B} and {D}.\n",
        f"- {A}\n    - also see {B}\n- text\n",
        f"{A} shows that.\n",
        f"## References\n\n{A}\n",
        f"| a | b |\n|---|---|\n| {A} | {B} |\n",
        f"## References\n\n```\n1. {A}\n```\n",
        f"## References\n\n<!-- litdb:refs -->\n1. {A}\n<!-- /litdb:refs -->\n",
        f"### {A}\n\n### {B}\n",
    ],
)
def test_prose_headings_tables_code_and_litdbs_own_list_are_no_hand_written_list(note):
    assert found(note)[1] == []


def test_a_list_elsewhere_counts_if_it_is_made_as_one():
    assert len(found(f"Then\n\n1. {A} (27.01.2022)\n2. {B}\n")[1][0].items) == 2


def test_a_new_item_looks_like_the_others():
    text, (listed,) = found(f"## References\n\n> 8) {A} (Jan Leike) (2022-01-27)\n")
    layout = layout_of(listed, [WORKS["http://x.example/a"]], text.plain, ListStyle())
    line = new_item(WORKS["http://x.example/b"], 9, listed.items[-1], layout)
    assert line == "> 9) [Title of b](http://x.example/b) (Ryan Lowe, Jan Leike) (2018-11-20)"
