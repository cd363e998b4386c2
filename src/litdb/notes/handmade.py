"""The reference list that somebody wrote by hand: which lines of a note are its items, and what each of them says.

An item begins with its link, or with a few words (a date, a name) before it; what a note shows in itself (`![](u)`) is
no item. A list is a run of such items under a heading that lists are called by; elsewhere it takes two items or more,
with nothing behind their links but brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from litdb.model import Mention, Note
from litdb.notes.beside import LONGEST, day_comes_first, is_other_day
from litdb.notes.keys import HANDLE
from litdb.notes.marked import REFERENCE_HEADINGS
from litdb.notes.patching import Text
from litdb.text.dates import precision, read_written
from litdb.text.titles import fold

LINKS = ("inline-link", "reference-link", "autolink", "bare-url", "bare-id")
"""How the citation of an item is found."""

_ITEM = re.compile(
    r"(?P<indent>[ \t>]*)(?:(?P<marker>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+)(?:\[[ xX]\][ \t]+)?)?(?P<before>.{0,120}?)\Z"
)
_GROUP = re.compile(rf"[*_~]{{0,3}},?[^\S\n]{{0,4}}\((?P<inside>[^()\n]{{1,{LONGEST}}})\)")
_MARKS = re.compile(r"[*_~]+\Z")
_AROUND_LINK = "*_~\"'“”‘’ \t"
_REST = re.compile(r"[*_~.,;\s]*\Z")
_DATE = re.compile(
    r"""(?<![\w/-])(?:
        \d{1,2}\.\s?\d{1,2}\.\s?\d{4} | \d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})? | \d{1,2}[/-]\d{1,2}[/-]\d{4}
      | (?:\d{1,2}(?:st|nd|rd|th|\.)?\ )?[^\W\d_]{3,10}\.?(?:\ \d{1,2}(?:st|nd|rd|th)?)?,?\ \d{4}
      | \d{1,2}[./]\d{4} | \d{4})(?![\w/-])""",
    re.VERBOSE,
)
_OPENS = re.compile(r"(?:\A|[(（\[,;:–—|-]|\.\s)[\s*_]*\Z")
_CLOSES = re.compile(r"[\s*_]*(?:\Z|[)）\],;:.–—|-]|\n)")


@dataclass(frozen=True, slots=True)
class Group:
    """What a pair of round brackets behind a link holds, with the blank before them; offsets in the note."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """A date in an item as it is written (offsets in the note), and the ISO date it is."""

    start: int
    end: int
    text: str
    date: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its lines (`start` to `end`), where its content begins, where its link begins and ends.

    `marker` is `1.`, `-` or its like, empty for a line without one. `groups` are the brackets right behind the link.
    """

    start: int
    end: int
    content: int
    link: int
    link_end: int
    indent: str
    marker: str
    gap: str
    mention: Mention
    groups: tuple[Group, ...] = ()
    date: Written | None = None

    @property
    def line_end(self) -> int:
        """Where the brackets behind the link end."""
        return self.groups[-1].end if self.groups else self.link_end


@dataclass(frozen=True, slots=True)
class HandList:
    """The items of one hand-written list, in order."""

    items: tuple[Item, ...]


def hand_lists(text: Text, note: Note) -> list[HandList]:
    """The hand-written lists of a note; what stands between litdb's markers is never one."""
    day_first = day_comes_first(text.plain)
    items = list(_items(text, note.mentions, day_first))
    return [HandList(run) for run in _runs(text, items) if _is_list(text, run)]


def _items(text: Text, mentions: Sequence[Mention], day_first: bool | None) -> Iterator[Item]:
    """Every line that could be an item: the first link of a line, with little before it."""
    plain = text.plain
    first_of_line: dict[int, Mention] = {}
    for mention in (each for each in mentions if each.found != HANDLE):
        first_of_line.setdefault(mention.line, mention)
    ends = {line: text.span(mention)[1] for line, mention in first_of_line.items()}
    for line, mention in first_of_line.items():
        link, link_end = text.span(mention)
        start = plain.rfind("\n", 0, link) + 1
        found = _ITEM.match(plain[start:link])
        if mention.found not in LINKS or not found or plain[start:link].lstrip(" \t>").startswith(("#", "|", "[^")):
            continue
        if "!" in plain[max(link - 1, 0) : link + 1]:
            continue
        before = start + found.start("before")
        link_end += _marks_behind(plain, link, link_end)
        groups = tuple(_groups(plain, link_end))
        end = _end(plain, ends[line])
        links = [text.span(each) for each in mentions if each.line == line]
        others = [(each.start, each.end) for each in groups if is_other_day(each.text, day_first)]
        written = _date(plain, (before, end), links + others, day_first)
        marks = found["indent"], found["marker"] or "", found["gap"] or ""
        yield Item(start, end, before, link, link_end, *marks, mention, groups, written)


def _marks_behind(plain: str, link: int, link_end: int) -> int:
    """How many marks of emphasis close behind a link that open before it."""
    marks = _MARKS.search(plain[max(0, link - 3) : link])
    return len(marks[0]) if marks and plain.startswith(marks[0][::-1], link_end) else 0


def _groups(plain: str, end: int) -> Iterator[Group]:
    while found := _GROUP.match(plain, end):
        yield Group(end, found.end(), found["inside"].strip())
        end = found.end()


def _end(plain: str, start: int) -> int:
    """Where the line ends that an offset is in, without blanks."""
    end = plain.find("\n", start)
    return start + len(plain[start : len(plain) if end < 0 else end].rstrip())


def _date(
    plain: str, span: tuple[int, int], left_out: Iterable[tuple[int, int]], day_first: bool | None
) -> Written | None:
    """The first date of an item that stands by itself, some spans left out: its links, brackets with another day."""
    start, end = span
    veiled = plain[start:end]
    for begin, finish in left_out:
        cut = slice(max(begin - start, 0), max(finish - start, 0))
        veiled = veiled[: cut.start] + "," * len(veiled[cut]) + veiled[cut.stop :]
    position = 0
    while found := _DATE.search(veiled, position):
        alone = _OPENS.search(veiled[: found.start()]) and _CLOSES.match(veiled, found.end())
        value = read_written(found[0], day_first)
        if value and alone:
            return Written(start + found.start(), start + found.end(), found[0], value)
        position = found.end() if value and precision(value) == "day" else found.start() + 1
    return None


def _runs(text: Text, items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    """Items that follow each other: under one heading, marked alike, with nothing but blank or deeper lines between."""
    runs: list[list[Item]] = []
    for item in items:
        last = runs[-1][-1] if runs else None
        if last and _go_together(last, item) and not _interrupts(text.plain[last.end : item.start], last):
            runs[-1].append(item)
        else:
            runs.append([item])
    return map(tuple, runs)


def _go_together(one: Item, other: Item) -> bool:
    def kind(item: Item) -> tuple[object, ...]:
        return item.mention.headings, item.indent, item.marker.lstrip("0123456789")

    return kind(one) == kind(other)


def _interrupts(between: str, item: Item) -> bool:
    deeper = item.indent + " "
    lines = [line for line in between.split("\n") if line.strip()]
    return any(not line.expandtabs(4).startswith(deeper.expandtabs(4)) for line in lines) or (
        not item.marker and bool(lines)
    )


def _is_list(text: Text, items: Sequence[Item]) -> bool:
    headings = items[0].mention.headings
    if headings and fold(headings[-1]) in REFERENCE_HEADINGS:
        return bool(items[0].marker) or (len(items) > 1 and all(_says_nothing_else(text, item) for item in items))
    return len(items) > 1 and all(item.marker and _says_nothing_else(text, item) for item in items) and _is_dated(items)


def _is_dated(items: Sequence[Item]) -> bool:
    """Whether a run of links is made as a list of references is: one of them has a date."""
    return any(item.date for item in items)


def _says_nothing_else(text: Text, item: Item) -> bool:
    """Whether an item is its link with brackets behind it, and at most a date before."""
    plain = text.plain
    before = plain[item.content : item.link]
    if item.date and item.date.start < item.link:
        before = before.replace(item.date.text, "").strip("()[]:,–—- ")
    return not before.strip(_AROUND_LINK) and bool(_REST.match(plain[item.line_end : item.end]))
