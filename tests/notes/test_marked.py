"""Where the list between the markers stands, and where one begins that is not there yet."""

from __future__ import annotations

import pytest

from litdb.notes.marked import marked_lists, new_section, refreshed, unpaired_marker
from litdb.notes.patching import Text

B, E = "<!-- litdb:refs -->", "<!-- /litdb:refs -->"
LIST = "1. [x](http://a.example)\n"


def written(note, edits):
    return Text("n.md", note.encode()).edited(edits).decode()


@pytest.mark.parametrize(
    ("note", "after"),
    [
        (f"a\n{B}\n{E}\nb", f"a\n{B}\n\n{LIST}\n{E}\nb"),
        (f"{B}{E}", f"{B}\n\n{LIST}\n{E}"),
        (f"{B} old {E} tail", f"{B}\n\n{LIST}\n{E} tail"),
        (f"> {B}\n> old\n> {E}\n> b", f"> {B}\n>\n> {LIST}>\n> {E}\n> b"),
        (f"- a\n\n  {B}\n  {E}\n", f"- a\n\n  {B}\n\n  {LIST}\n  {E}\n"),
        (f"a\r\n{B}\r\n{E}\r\n", f"a\r\n{B}\r\n\r\n{LIST[:-1]}\r\n\r\n{E}\r\n"),
        (f"{B}\n{E}\n{B}\n{E}", f"{B}\n\n{LIST}\n{E}\n{B}\n\n{LIST}\n{E}"),
    ],
)  # fmt: skip
def test_the_list_goes_between_the_markers(note, after):
    assert written(note, refreshed(Text("", note.encode()).plain, LIST)) == after
    assert refreshed(Text("", after.encode()).plain, LIST) == []


@pytest.mark.parametrize(
    "note",
    [
        f"```\n{B}\n{E}\n```\n",
        f"    {B}\n    {E}\n",
        f"`{B}` and `{E}`",
        f"text {B} text {E}",
        f"{B}\nnever closed",
        f"~~~~\n{B}\n~~~\n{E}\n~~~~",
    ],
)
def test_a_marker_in_code_or_without_a_partner_is_none(note):
    assert marked_lists(note) == []


@pytest.mark.parametrize(
    ("note", "offset"), [(f"{B}\n[a](b)", 0), (f"a\n\n{E}", 3), (f"```\n{B}\n```", None), (f"{B}\n{E}\n\n{E}", 42)]
)
def test_a_marker_without_a_partner_is_told(note, offset):
    assert unpaired_marker(note) == offset


SECTION = f"## References\n\n{B}\n\n{LIST}\n{E}\n"


@pytest.mark.parametrize(
    ("note", "after"),
    [
        ("a\n", f"a\n\n{SECTION}"),
        ("a", f"a\n\n{SECTION}"),
        ("a\n\n", f"a\n\n{SECTION}"),
        ("", SECTION),
        ("a[^1]\n\n[^1]: http://b.example\n", f"a[^1]\n\n{SECTION}\n[^1]: http://b.example\n"),
        ("a\n\n[^1]: one\n    more\n\n[b]: http://b.example", f"a\n\n{SECTION}\n[^1]: one\n    more\n\n[b]: http://b.example"),
        ("a\n\n## Sources\n", f"a\n\n## Sources\n\n{SECTION.removeprefix('## References').lstrip()}"),
        ("a\n\n## Sources\n\nhere\n", f"a\n\n## Sources\n\nhere\n\n{SECTION}"),
        ("a\r\n", f"a\n\n{SECTION}".replace("\n", "\r\n")),
    ],
)  # fmt: skip
def test_a_new_section_comes_at_the_end_before_the_footnotes(note, after):
    assert written(note, [new_section(Text("", note.encode()).plain, LIST)]) == after
