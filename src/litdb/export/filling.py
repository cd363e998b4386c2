"""Completing a hand-written list: its own way of writing dates and people is learnt, and what is missing is put in.

Nothing that stands there is changed: every edit is an insertion.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal, TypeVar

from litdb.export.escape import one_line
from litdb.export.list_dates import shown_date
from litdb.export.references import ListStyle, People, markdown, people
from litdb.export.references import item as list_item
from litdb.model import Work
from litdb.notes.beside import claims_of
from litdb.notes.handmade import Group, HandList, Item
from litdb.notes.others import authors
from litdb.notes.patching import Edit
from litdb.text.dates import read_written
from litdb.text.titles import fold

DATE_FORMATS = (
    "DD.MM.YYYY YYYY-MM-DD YYYY/MM/DD YYYY.MM.DD %-d.%-m.%Y %-d._%-m._%Y DD/MM/YYYY MM/DD/YYYY %-d/%-m/%Y "
    "%-m/%-d/%Y D_Month_YYYY Month_D,_YYYY Month_D_YYYY %-d_%b_%Y %b_%-d,_%Y %d_%b_%Y Month_YYYY %b_%Y %b_%d,_%Y "
    "YYYY-MM MM/YYYY MM.YYYY YYYY"
).replace(" ", "\n").replace("_", " ").split("\n")  # fmt: skip
"""The ways to write a date that a list is held against, the fullest first."""

PEOPLE: tuple[People, ...] = ("all", "full", "first", "short")
"""The ways to write people that a list is held against."""

_Choice = TypeVar("_Choice", bound=str)

Part = Literal["people", "gloss", "date", "both"]
_USUAL_ORDER: tuple[Part, ...] = ("people", "both", "gloss", "date")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LEAD = re.compile(r"[\s,;:–—|-]*[*_]{0,2}[(\[]?\Z")
_TRAIL = re.compile(r"[)\]]?[*_]{0,2}")
_BETWEEN = re.compile(r"[)\]]?[*_]{0,2}[\s,;:–—|.-]*")
_LINE_STOP = re.compile(r"[.\s]*\Z")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a list writes dates and people, and in which order its brackets come.

    `lead` and `trail` stand round a date; `leads_link` says that it stands before the link. `together` is set where
    people and date share a pair of brackets.
    """

    date_format: str
    people: People
    order: tuple[Part, ...] = _USUAL_ORDER
    lead: str = " ("
    trail: str = ")"
    leads_link: bool = False
    together: bool = False

    @property
    def has_brackets(self) -> bool:
        """Whether a date stands in brackets behind the link, where it can be put among the others."""
        return not self.leads_link and self.lead.endswith("(") and self.trail.startswith(")")


def layout_of(found: HandList, works: Sequence[Work | None], plain: str, style: ListStyle) -> Layout:
    """How a list is written, learnt from its items and the works they mean; `style` says what they leave open."""
    dates = [(each.date.text, each.date.date) for each in found.items if each.date]
    learnt = _most_fitting(DATE_FORMATS, [_writes(text, date) for text, date in dates], style.date_format)
    pairs = [(_named(each), work) for each, work in zip(found.items, works, strict=True) if work and _named(each)]
    usual: People = "all" if style.people == "none" else style.people
    who = _most_fitting(PEOPLE, [_people_test(text, work) for text, work in pairs], usual)
    parts = [[part_of(group) for group in each.groups] for each in found.items]
    together = sum("both" in each for each in parts) > sum("date" in each for each in parts)
    layout = Layout(learnt, who, _learnt_order(parts), together=together)
    rounds = Counter(
        _round_date(each, plain) for each in found.items if each.date and "both" not in map(part_of, each.groups)
    )
    if rounds:
        lead, trail, leads_link = rounds.most_common(1)[0][0]
        layout = replace(layout, lead=lead, trail=trail, leads_link=leads_link)
    return layout


def additions(item: Item, work: Work, layout: Layout, plain: str) -> list[Edit]:
    """What puts the missing date and people of a work into its item; nothing where both are there, or not known."""
    date = "" if item.date or not work.date else markdown(shown_date(work.date, layout.date_format))
    names = "" if has_people(item, work, plain) else markdown(people(authors(work), layout.people))
    if layout.together and date and names:
        return [_in_brackets(item, "both", f"{names}, {date}", layout)]
    edits = [_in_brackets(item, "people", names, layout)] if names else []
    if date and layout.has_brackets:
        edits.append(_in_brackets(item, "date", date, layout))
    elif date:
        edits.append(_as_learnt(item, date, layout, plain))
    return _merged(edits)


def has_people(item: Item, work: Work, plain: str) -> bool:
    """Whether an item names people: in a bracket of its own, or the first author's family or handle beside the link."""
    if any(part_of(group) in ("people", "both") for group in item.groups):
        return True
    if not work.authors:
        return False
    beside = plain[item.content : item.link] + " " + plain[item.link_end : item.end]
    first = work.authors[0]
    family = fold((first.family or first.display).rpartition(" ")[2])
    return family in map(fold, [*_WORD.findall(beside), *beside.split()]) if family else first.display in beside


def new_item(work: Work, number: int, like: Item, layout: Layout) -> str:
    """A line for a work that a list lacks, made as this item of it is, without its line end."""
    marker = re.sub(r"\d+", str(number), like.marker)
    bare = list_item(replace(work, date="", authors=()), 1, ListStyle(marker="-")).removeprefix("- ")
    names = markdown(people(authors(work), layout.people))
    date = markdown(shown_date(work.date, layout.date_format)) if work.date else ""
    parts: dict[Part, str] = {"people": names, "date": date}
    if layout.together and names and date:
        parts = {"both": f"{names}, {date}"}
    if date and not layout.has_brackets:
        parts.pop("date", None)
    line = bare + "".join(f" ({parts[part]})" for part in layout.order if parts.get(part))
    if date and not layout.has_brackets:
        line = (
            f"{layout.lead}{date}{layout.trail}{line}"
            if layout.leads_link
            else f"{line}{layout.lead}{date}{layout.trail}"
        )
    return f"{like.indent}{marker}{like.gap}{line}"


def part_of(group: Group) -> Part:
    """What a bracket holds: people, a date, both, or a gloss (anything else).

    >>> [part_of(Group(0, 0, text)) for text in ("Jan Leike", "27.01.2022", "Jan Leike, 2022", "RLHF explained well")]
    ['people', 'date', 'both', 'gloss']
    """
    fields = {claim.field for day_first in (None, True) for claim in claims_of([group.text], day_first=day_first)}
    if len(fields) > 1:
        return "both"
    return "people" if "authors" in fields else "date" if "date" in fields else "gloss"


def _writes(text: str, date: str) -> Callable[[str], bool]:
    """Whether a pattern writes a date in just this way, and would show no more of one that is known to the day."""
    full = date + "-11-23"[len(date) - 4 :]

    def test(pattern: str) -> bool:
        shown = read_written(shown_date(full, pattern), day_first=True) or ""
        return shown_date(date, pattern) == text and (len(shown) == len(date) or len(date) == 10)

    return test


def _people_test(text: str, work: Work) -> Callable[[People], bool]:
    return lambda who: people(authors(work), who) == text


def _most_fitting(choices: Sequence[_Choice], tests: Sequence[Callable[[_Choice], bool]], usual: _Choice) -> _Choice:
    """The choice that passes most tests; the usual one, then the first, of equals."""
    passed = {choice: sum(test(choice) for test in tests) for choice in (usual, *choices)}
    return max(passed, key=lambda choice: passed[choice])


def _named(item: Item) -> str:
    return next((group.text for group in item.groups if part_of(group) == "people"), "")


def _learnt_order(parts: Iterable[Sequence[Part]]) -> tuple[Part, ...]:
    """The order in which the brackets of a list come, the usual one where it does not say."""
    votes = Counter(pair for each in parts for pair in combinations(each, 2) if pair[0] != pair[1])

    order = [*_USUAL_ORDER]
    for (one, other), count in votes.items():
        if count > votes[other, one] and order.index(one) > order.index(other):
            order.remove(other)
            order.insert(order.index(one) + 1, other)
    return tuple(order)


def _round_date(item: Item, plain: str) -> tuple[str, str, bool]:
    """What stands round the date of an item, and whether that is before the link."""
    if item.date is None:
        return "", "", False
    if item.date.start < item.link:
        lead = plain[item.content : item.date.start]
        between = _BETWEEN.match(plain[item.date.end : item.link])
        return lead, between[0] if between else " ", True
    lead_found = _LEAD.search(plain[item.link_end : item.date.start])
    trail_found = _TRAIL.match(plain, item.date.end)
    return lead_found[0] if lead_found else " ", trail_found[0] if trail_found else "", False


def _in_brackets(item: Item, part: Part, text: str, layout: Layout) -> Edit:
    """A bracket among those behind the link, before the first that comes later in this list."""
    rank = layout.order.index(part)
    place = item.link_end
    for group in item.groups:
        if layout.order.index(part_of(group)) > rank:
            break
        place = group.end
    return Edit(place, place, f" ({text})")


def _as_learnt(item: Item, date: str, layout: Layout, plain: str) -> Edit:
    """A date that stands before the link, or at the end of the item without brackets."""
    if layout.leads_link:
        return Edit(item.content, item.content, f"{layout.lead}{date}{layout.trail}")
    stop = _LINE_STOP.search(plain[item.line_end : item.end])
    place = item.line_end + stop.start() if stop else item.end
    return Edit(place, place, f"{layout.lead}{date}{layout.trail}")


def _merged(edits: Sequence[Edit]) -> list[Edit]:
    """Insertions at one place as one, in their order."""
    merged: dict[int, str] = {}
    for edit in edits:
        merged[edit.start] = merged.get(edit.start, "") + edit.text
    return [Edit(start, start, text) for start, text in merged.items()]


def clean_title(work: Work) -> str:
    """A work's title as the text of a link, on one line."""
    return markdown(one_line(work.title))
