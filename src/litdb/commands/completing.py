"""What `litdb refs` changes in a note: the list between the markers, or what a hand-written list lacks."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from litdb.checks.agreement import dates_agree, people_agree
from litdb.commands.changing import Change, Opened, Works, read_again
from litdb.database.evidence import records_of
from litdb.errors import NoteError
from litdb.export.filling import Layout, additions, clean_title, layout_of, new_item
from litdb.export.front_matter import filled_keys
from litdb.export.references import ListStyle, people, reference_list, target
from litdb.merge import Aliases, Statement, choose
from litdb.merge import people as people_of
from litdb.model import Field, Name, Note, Work
from litdb.notes.front_matter import naming, read_front_matter
from litdb.notes.handmade import HandList, Item, hand_lists
from litdb.notes.keys import settled
from litdb.notes.markdown import is_cited
from litdb.notes.marked import marked_lists, new_section, outline_of, refreshed, unpaired_marker
from litdb.notes.own_words import OwnWord, word_beside, words_between
from litdb.notes.patching import Edit, Text


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asks to complete beside or instead of the marked list."""

    fill: bool = False
    add: bool = False
    titles: bool = False
    front_matter: bool = False


@dataclass(frozen=True)
class Desk:
    """What completing needs: the library, its works, who is who, how lists look, what litdb wrote into which note."""

    connection: sqlite3.Connection
    works: Works
    aliases: Aliases
    style: ListStyle
    own_words: Callable[[str], frozenset[OwnWord]]


def works_cited(opened: Opened, works: Works) -> tuple[list[Work], list[str]]:
    """The works of a note in its order, each once, and sentences about mentions the library does not know."""
    found: dict[str, Work] = {}
    unknown = []
    for mention in filter(is_cited, settled(opened.note, works).mentions):
        work = works.of(mention)
        if work is not None:
            found.setdefault(str(work.identifier), work)
        elif mention.url and not works.is_none(mention.url):
            unknown.append(f"{opened.path}:{mention.line}: {mention.target} is not in the library yet; crawl first.")
    return list(found.values()), unknown


def marked(opened: Opened, desk: Desk) -> Change | None:
    """The marked lists of a note brought up to date, a section with one where a note named outright has none.

    None for a note that was only found in a folder and has no markers. Raises `NoteError` where a list cannot go in.
    """
    plain = opened.text.plain
    lone = unpaired_marker(plain)
    if lone is not None:
        raise NoteError(
            f"{opened.path}:{opened.text.line_of(lone)}: this marker has no partner, so the note is left alone."
        )
    if not marked_lists(plain) and not opened.is_named:
        return None
    works, told = works_cited(opened, desk.works)
    lines = reference_list(works, desk.style)
    edits = refreshed(plain, lines)
    if not marked_lists(plain):
        _require_no_list(opened)
        edits = [new_section(plain, lines)] if works else []
    after = opened.text.edited(edits)
    _require_same_reading(opened, after, bool(works))
    return Change(opened, after, (), told)


def completed(opened: Opened, desk: Desk, wishes: Wishes) -> Change:
    """What the user wishes, put into a note: every edit is an insertion, or fills what is empty."""
    edits: list[Edit] = []
    told: list[str] = []
    if wishes.fill:
        edits, told = _filled(opened, desk, add=wishes.add)
    if wishes.front_matter:
        edits += _front_matter(opened, desk)
    titled = _titled(opened, desk) if wishes.titles else []
    after = opened.text.edited([*edits, *titled])
    return Change(opened, after, _own_words(opened, opened.text.edited(titled), after) if edits else [], told)


def _own_words(opened: Opened, before: bytes, after: bytes) -> list[OwnWord]:
    """What a note says after the edits and did not say before, dates outside of brackets too.

    Before, the user's links have their titles already: a link that is written otherwise is still the user's.
    """
    was, now = (read_again(opened.note.path, content) for content in (before, after))
    dates = Counter(_listed_dates(after, now)) - Counter(_listed_dates(before, was))
    return [*dict.fromkeys([*words_between(was, now), *dates])]


def _listed_dates(content: bytes, note: Note) -> list[OwnWord]:
    items = (item for found in hand_lists(Text(note.path, content), note) for item in found.items)
    return [OwnWord(note.path, each.mention.target, "date", each.date.date) for each in items if each.date]


def _require_no_list(opened: Opened) -> None:
    found = hand_lists(opened.text, opened.note)
    if found:
        raise NoteError(
            f"{opened.path}:{found[0].items[0].mention.line}: here is a list written by hand, so none is added. "
            "--fill completes it; markers say where litdb's own would go."
        )


def _require_same_reading(opened: Opened, after: bytes, has_list: bool) -> None:
    """Nothing, if the written note cites what it did before and shows its list; else the list would fall into code."""
    note = read_again(opened.note.path, after)
    cites = [(each.target, each.found, each.asserted) for each in note.mentions]
    before = [(each.target, each.found, each.asserted) for each in opened.note.mentions]
    text = Text(str(opened.path), after)
    if cites != before or (has_list and not marked_lists(text.plain)):
        raise NoteError(
            f"{opened.path}: a list at its end would be read as part of something else; put markers into it."
        )


def _filled(opened: Opened, desk: Desk, *, add: bool) -> tuple[list[Edit], list[str]]:
    lists = hand_lists(opened.text, opened.note)
    if not lists:
        return [], [f"{opened.path}: there is no list written by hand."] if opened.is_named else []
    edits, told = [], []
    for found in lists:
        works = [desk.works.of(item.mention) for item in found.items]
        layout = layout_of(found, works, opened.text.plain, desk.style)
        for item, work in zip(found.items, works, strict=True):
            if work is not None:
                edits += additions(item, work, layout, opened.text.plain)
        told += _compared(opened, desk, found, works)
    lacking = _lacking(opened, desk, lists)
    new = _new_items(lists[-1], lacking, layout)
    if add and new:
        end = lists[-1].items[-1].end
        edits = [*(each for each in edits if each.start != end), _after(end, edits, new)]
    elif new:
        told += [f"{opened.path}: the note cites what its list lacks:", *new]
    return edits, told


def _after(end: int, edits: Sequence[Edit], lines: Sequence[str]) -> Edit:
    """New lines behind what else goes in at an offset."""
    there = "".join(each.text for each in edits if each.start == end)
    return Edit(end, end, there + "".join(f"\n{line}" for line in lines))


def _lacking(opened: Opened, desk: Desk, lists: Sequence[HandList]) -> list[Work]:
    lines = {item.mention.line for each in lists for item in each.items}
    listed = {work.identifier for each in opened.note.mentions if each.line in lines and (work := desk.works.of(each))}
    cited, _ = works_cited(opened, desk.works)
    return [work for work in cited if work.identifier not in listed]


def _new_items(found: HandList, works: Sequence[Work], layout: Layout) -> list[str]:
    last = found.items[-1]
    number = int(re.sub(r"\D", "", last.marker) or 0)
    return [new_item(work, number + place, last, layout) for place, work in enumerate(works, 1)]


def _compared(opened: Opened, desk: Desk, found: HandList, works: Sequence[Work | None]) -> list[str]:
    """How what a list says stands to what others say than notes: each disagreement, and how many agree."""
    told: list[str] = []
    agreeing, own = {"date": 0, "name": 0}, desk.own_words(opened.note.path)
    for item, work in zip(found.items, works, strict=True):
        for what, agrees, sentence in _verdicts(item, work, desk, own) if work else ():
            agreeing[what] += agrees
            if not agrees:
                told.append(f"{opened.path}:{item.mention.line}: {sentence}")
    said = [f"{count} {what}{'s' if count > 1 else ''}" for what, count in agreeing.items() if count]
    verb = "agrees" if sum(agreeing.values()) == 1 else "agree"
    return [*told, f"{opened.path}: {' and '.join(said)} of its list {verb} with what others say."] if said else told


def _verdicts(item: Item, work: Work, desk: Desk, own: frozenset[OwnWord]) -> Iterator[tuple[str, bool, str]]:
    """What an item says, whether another source says so too, and a sentence where it does not."""
    chosen = _heard(work, desk)
    target = item.mention.target
    is_dated = item.date and word_beside(target, "date", item.date.date) not in own
    if item.date and is_dated and (other := chosen.get("date")):
        value = str(other.claim.value)
        says = f"the list says {item.date.text}, {_who(other)} {value[:10]}; the list stays as it is."
        yield "date", dates_agree(item.date.date, value), says
    named = _names(item, own)
    if named and (other := chosen.get("authors")):
        others = people_of(other, desk.aliases)
        says = f"the list says {people(named, 'full')}, {_who(other)} {people(others, 'all')}; the list stays as it is."
        yield "name", people_agree(others, named), says


def _heard(work: Work, desk: Desk) -> dict[Field, Statement]:
    """What is chosen where no note is asked: a note cannot confirm itself."""
    return choose([each for each in records_of(desk.connection, work.identifier) if each.source != "note"])


def _who(statement: Statement) -> str:
    from litdb.checks.why import says

    return says(statement)


def _names(item: Item, own: frozenset[OwnWord]) -> tuple[Name, ...]:
    """The people that the user names in an item."""
    for claim in item.mention.asserted:
        is_own = word_beside(item.mention.target, claim.field, claim.value) in own
        if claim.field == "authors" and not is_own:
            return claim.people
    return ()


def _front_matter(opened: Opened, desk: Desk) -> list[Edit]:
    """Values for the empty keys of a note that says which one work it is about."""
    names = naming(each.found for each in opened.note.mentions)
    about = {desk.works.of(each) for each in opened.note.mentions if each.found in names}
    work = about.pop() if len(about) == 1 else None
    if work is None or not opened.text.plain.startswith("---"):
        return []
    return list(filled_keys(opened.text.written, read_front_matter(opened.text.plain).end, work))


def _titled(opened: Opened, desk: Desk) -> list[Edit]:
    """Bare addresses made into links with the title of their work."""
    edits = []
    cells = [block for block in outline_of(opened.text.plain).blocks if block.kind == "cell"]
    for mention in opened.note.mentions:
        work = desk.works.of(mention) if mention.found in ("bare-url", "autolink") else None
        if work is None or not work.title:
            continue
        start, end = opened.text.span(mention)
        title = clean_title(work)
        if any(block.start <= start < block.start + len(block.text) for block in cells):
            title = title.replace("|", "\\|")
        edits.append(Edit(start, end, f"[{title}]({target(mention.url)})"))
    return edits
