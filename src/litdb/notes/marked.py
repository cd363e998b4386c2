"""The list between the markers of a note: where it stands, what goes there, and where one begins that is not there yet.

All functions work on a note's `plain` text (see `litdb.notes.patching.Text`) and answer with edits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from litdb.notes.blocks import read_blocks
from litdb.notes.front_matter import read_front_matter
from litdb.notes.lines import Lines
from litdb.notes.markers import BEGIN, END
from litdb.notes.outline import Outline
from litdb.notes.patching import Edit
from litdb.text.titles import fold

HEADING = "## References"

REFERENCE_HEADINGS = frozenset(
    fold(each)
    for each in (
        "References, Reference list, Bibliography, Sources, Works cited, Citations, Cited works, Reading, "
        "Reading list, Further reading, See also, Links, Resources, Literature, Papers, Literatur, "
        "Literaturverzeichnis, Quellen, Références, Bibliographie, Sources et références, Referencias, Bibliografía"
    ).split(", ")
)
"""What people call the section that lists what a note cites."""

_BEGIN = re.compile(rf"^(?P<before>[ \t>]*){BEGIN}", re.MULTILINE)
_END = re.compile(rf"^[ \t>]*{END}", re.MULTILINE)
_DEFINITION = re.compile(r" {0,3}\[[^\[\]\n]+\]:")
_INDENTED = re.compile(r"(?: {4}|\t)")


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands between two markers: its offsets, and what every line of it begins with (quote marks, blanks)."""

    start: int
    end: int
    before: str


def outline_of(text: str) -> Outline:
    """The blocks of a note, its front matter left out."""
    return read_blocks(text, Lines(text), lambda _start, _end: True, read_front_matter(text).end)


def marked_lists(text: str) -> list[Marked]:
    """The places between markers; a marker in code, or one that is never closed, is none.

    >>> text = f"a\\n{BEGIN}\\nold\\n{END}"
    >>> [text[each.start : each.end] for each in marked_lists(text)]
    ['\\nold\\n']
    """
    if BEGIN not in text:
        return []
    comments = {block.start for block in outline_of(text).blocks if block.kind == "comment"}
    found, done = [], 0
    while begin := _BEGIN.search(text, done):
        done = begin.end()
        if done - len(BEGIN) + len("<!--") not in comments:
            continue
        end = text.find(END, done)
        if end < 0:
            break
        found.append(Marked(done, end, begin["before"]))
        done = end + len(END)
    return found


def unpaired_marker(text: str) -> int | None:
    """The offset of a marker that has lost its partner, or None.

    >>> unpaired_marker(f"{BEGIN}\\n"), unpaired_marker(f"a\\n{END}"), unpaired_marker(f"{BEGIN}\\n{END}")
    (0, 2, None)
    """
    if BEGIN not in text and END not in text:
        return None
    paired = marked_lists(text)
    outline = outline_of(text)
    for block in outline.blocks:
        offset = block.start - len("<!--")
        if block.kind != "comment" or any(each.start - len(BEGIN) <= offset <= each.end for each in paired):
            continue
        if f"<!--{block.text}-->" in (BEGIN, END):
            return offset
    return None


def refreshed(text: str, lines: str) -> list[Edit]:
    """What makes every marked list of a note say these lines; nothing where it does."""
    edits = []
    for place in marked_lists(text):
        wanted = _between(lines, place.before)
        if _without_line_ends(text[place.start : place.end]) != _without_line_ends(wanted):
            edits.append(Edit(place.start, place.end, wanted))
    return edits


def new_section(text: str, lines: str) -> Edit:
    """A section with the list between markers at the end of a note, before its footnotes and link definitions.

    Where the note ends in an empty section that is called as such sections are, the list goes there without a heading.
    """
    place = _place_of_section(text)
    before, after = text[:place], text[place:]
    has_heading = _ends_in_heading(before)
    block = f"{BEGIN}{_between(lines, '')}{END}\n"
    heading = "" if has_heading else f"{HEADING}\n\n"
    return Edit(place, place, _gap(before) + heading + block + ("\n" if after.strip() else ""))


def _between(lines: str, before: str) -> str:
    """The lines as they stand between the markers: blank lines round them, so that every Markdown sees a list."""
    bare = before.rstrip()
    body = "".join(f"{before}{line}\n" if line else f"{bare}\n" for line in ["", *lines.splitlines(), ""])
    return f"\n{body if lines else ''}{before}"


def _without_line_ends(text: str) -> list[str]:
    """The lines, whether the note ends them with one character or two (the first is a blank in plain text)."""
    return [line.rstrip() for line in text.split("\n")]


def _gap(before: str) -> str:
    """What parts a new section from what is before it: one blank line."""
    if not before.strip():
        return ""
    lines = before.split("\n")
    return "\n\n" if lines[-1].strip() else "\n" if len(lines) < 2 or lines[-2].strip() else ""


def _place_of_section(text: str) -> int:
    """The offset behind all but the definitions that a note ends in; its end where it ends in none."""
    front = read_front_matter(text).end
    place, offset, seen = len(text), len(text), False
    for line in reversed(text[front:].splitlines(keepends=True)):
        offset -= len(line)
        if _DEFINITION.match(line):
            place, seen = offset, True
        elif line.strip() and not _INDENTED.match(line):
            break
    return place if seen and place > front else len(text)


def _ends_in_heading(text: str) -> bool:
    blocks = outline_of(text).blocks
    last = blocks[-1] if blocks else None
    if (
        last is None
        or last.kind != "heading"
        or fold(last.headings[-1] if last.headings else "") not in REFERENCE_HEADINGS
    ):
        return False
    return "\n" not in text[last.start :].rstrip("\n \t")
