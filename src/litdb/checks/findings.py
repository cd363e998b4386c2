"""What `litdb check` finds: one value for every fault, whatever judged it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from litdb.checks.codes import BY_CODE, Code
from litdb.checks.conflicts import Conflict, conflicts
from litdb.checks.duplicates import Likely
from litdb.checks.health import Health, State
from litdb.checks.lone import lone_claims
from litdb.checks.titles import suspicion
from litdb.checks.why import says, value_text, where
from litdb.keys import VALID
from litdb.merge import Aliases
from litdb.model import TOLD, Identifier, Record, Work
from litdb.text.times import later

STALE_DAYS = 365
"""A work that was last read so many days ago is stale."""

PAPERS = frozenset("preprint article-journal paper-conference report thesis chapter".split())
POSTS = frozenset("post post-weblog".split())
KINDS = (PAPERS, POSTS)
"""Types that can be one work twice; a page of which little is known (`webpage`) can be anything."""

OF_STATE: Mapping[State, str] = {
    "dead": "L001",
    "dying": "L002",
    "soft-404": "L003",
    "home-redirect": "L004",
    "moved": "L005",
    "walled": "L006",
    "unchecked": "L007",
}
"""The code of each state of an address but `alive`."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands in a note; lines and columns count from 1, 0 where there is none."""

    note: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.note, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: its code, where it stands, what it is about, a sentence, and what to do.

    `key` and `identifier` name the work, `url` the link. `health` is there for links.
    """

    code: Code
    sentence: str
    do: str
    place: Spot | None = None
    key: str = ""
    identifier: str = ""
    url: str = ""
    health: Health | None = None
    archived: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A mention with the work that it means: its link, the address's own identifier, and the state of that address.

    `problem` says in words why it means no work. `found` is how it was found.
    """

    place: Spot
    target: str
    url: str = ""
    found: str = ""
    problem: str = ""
    work: Work | None = None
    health: Health | None = None


def of_links(cited: Iterable[Cited]) -> Iterator[Finding]:
    """What is wrong with the links, mention by mention: L001 to L008."""
    for each in cited:
        if each.work is None:
            sentence = f"{each.target}: {each.problem or 'it means no work'}"
            yield _finding("L008", sentence, each.place, url=each.url)
        elif each.health and each.health.state != "alive":
            code = OF_STATE[each.health.state]
            sentence = f"{each.url}{_of_health(each.health)}"
            copy = each.work.archived
            yield _finding(code, sentence, each.place, each.work, url=each.url, health=each.health, archived=copy)


def of_works(works: Iterable[Work], places: Mapping[Identifier, Spot], now: str) -> Iterator[Finding]:
    """What each work lacks or shows: undated, authorless, a suspicious title, stale, withdrawn."""
    year_ago = later(now, -STALE_DAYS)[:10]
    for work in works:
        place, name = places.get(work.identifier), _name(work)
        if not work.date and work.type != "website":
            yield _finding("W001", f"{name} has no date", place, work)
        if not (work.authors or work.editors):
            yield _finding("W002", f"{name} has no authors", place, work)
        if why := suspicion(work):
            yield _finding("W005", f"{name} is titled “{work.title}”: {why}", place, work)
        if work.accessed and work.accessed[:10] < year_ago and work.outcome in TOLD:
            yield _finding("W007", f"{name} was last read on {work.accessed[:10]}", place, work)
        if work.status:
            yield _finding("W009", f"{name} was {work.status}", place, work)


def of_evidence(
    works: Iterable[Work],
    records: Mapping[Identifier, Sequence[Record]],
    places: Mapping[Identifier, Spot],
    people: Aliases,
) -> Iterator[Finding]:
    """What the voices about a work say: that one of them is alone and weak, that two contradict each other."""
    for work in works:
        said, place, name = records.get(work.identifier, ()), places.get(work.identifier), _name(work)
        for statement, why in lone_claims(said):
            value = value_text(statement, people)
            sentence = f"the {statement.claim.field} of {name}, “{value}”, {why}"
            yield _finding("W006", sentence, place, work)
        for each in conflicts(said, people):
            of_a_file = each.own_word or (each.other if each.other.record.source == "bib" else None)
            spot = _place(of_a_file.record.place) if of_a_file else place
            yield _finding("W010", f"{name}: {_contradiction(each, people)}", spot, work)


def of_duplicates(pairs: Iterable[Likely], places: Mapping[Identifier, Spot]) -> Iterator[Finding]:
    """Pairs of works that may be one, where both are of one kind: a paper and a post about it are two."""
    for each in pairs:
        one, other = each.one, each.other
        if _can_be_one(one, other):
            sentence = f"{_name(one)} and {_name(other)} may be one: {each.reason}"
            do = f"One work: `litdb same {one.key} {other.key}`. Two: `litdb split {one.key} {other.key}`."
            yield _finding("W003", sentence, places.get(one.identifier), one, do=do)


def of_keys(cited: Iterable[Cited], holders: Mapping[str, str]) -> Iterator[Finding]:
    """Keys that bibliographies give to one work, and the library or another of them to another; and to none.

    `holders` are the works of the library (identifiers as text) by their keys in lower case.
    """
    for key, by_work in sorted(_entries(cited).items()):
        first, last = next(iter(by_work.values())), list(by_work.values())[-1]
        others = [f"{_means(there.work)} in {there.place}" for there in by_work.values() if there.work]
        written, holder = first.target.removeprefix("@"), holders.get(key)
        if len(by_work) > 1:
            yield _finding("W004", f"{written} is {others[0]}, and {others[1]}", last.place, first.work)
        elif holder and Identifier.parse(holder) not in by_work:
            yield _finding("W004", f"{written} is {others[0]}, and {holder} in the library", last.place, first.work)
        elif first.work and not holder:
            sentence = f"{written} is {first.work.key} in exports: {_why_not(written)}"
            yield _finding("W011", sentence, first.place, first.work)


def _entries(cited: Iterable[Cited]) -> dict[str, dict[Identifier, Cited]]:
    """The entries of bibliographies by their keys in lower case, the first for each work."""
    entries: dict[str, dict[Identifier, Cited]] = {}
    for each in cited:
        if each.found == "bib-entry" and each.work and each.target.startswith("@"):
            entries.setdefault(each.target[1:].lower(), {}).setdefault(each.work.identifier, each)
    return entries


def _means(work: Work) -> str:
    return work.url or f"“{work.label}”"


def _why_not(key: str) -> str:
    """Why a work does not go by a key that a bibliography gives it."""
    if VALID.match(key):
        return "the work has that key already"
    return "BibTeX, biber and pandoc do not all take it as it is"


def of_changes(changes: Iterable[Mapping[str, object]], by_key: Mapping[str, Work]) -> Iterator[Finding]:
    """Works that are not what they were when a note cited them, by the rows of that view."""
    for row in changes:
        work = by_key.get(str(row["key"]))
        sentence = f"{row['key']}: {row['change']}: cited {row['cited']}, now {row['now']}"
        yield _finding("W008", sentence, Spot(str(row["note"]), int(str(row["line"] or 0))), work)


def of_notes(problems: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """What could not be read in the notes: path and sentence, which may begin with the place."""
    for path, sentence in problems:
        before, _, rest = sentence.partition(": ")
        place = _place(before) if before.startswith(f"{path}:") else None
        yield _finding("N001", rest if place else sentence, place or Spot(path))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By note, line and column, then by code; what has no place comes last."""

    def order(each: Finding) -> tuple[object, ...]:
        place = each.place
        spot = (0, place.note, place.line, place.column) if place else (1, "", 0, 0)
        return *spot, each.code.code, each.key, each.sentence

    return sorted(findings, key=order)


def _finding(
    code: str,
    sentence: str,
    place: Spot | None,
    work: Work | None = None,
    *,
    do: str = "",
    url: str = "",
    health: Health | None = None,
    archived: str = "",
) -> Finding:
    key, identifier = (work.key, str(work.identifier)) if work else ("", "")
    kind = BY_CODE[code]
    return Finding(kind, sentence, do or kind.advice, place, key, identifier, url, health, archived)


def _of_health(health: Health) -> str:
    """What follows the address in a sentence about its health."""
    if health.state == "moved":
        return f" leads to {health.moved_to} for good"
    if health.state == "unchecked":
        return ": no answer that is kept vouches for it"
    reason = health.reason.removeprefix("home-redirect: ")
    days = f", on {health.failed_days} day{'' if health.failed_days == 1 else 's'}" if health.failed_days else ""
    return f": {reason}{days} since {health.since}" if days else f": {reason}"


def _contradiction(conflict: Conflict, people: Aliases) -> str:
    """Who says what, the note first where it speaks, else what was chosen."""
    one, other = conflict.chosen, conflict.other
    if conflict.own_word is other:
        one, other = other, one
    place = "" if conflict.own_word else f" ({where(one)})"
    return f"{says(one)} {value_text(one, people)}{place}, {says(other)} {value_text(other, people)} ({where(other)})"


def _name(work: Work) -> str:
    return work.key or str(work.identifier)


def _place(text: str) -> Spot | None:
    """The place that `note.md:12` names."""
    note, _, line = text.rpartition(":")
    return Spot(note, int(line)) if note and line.isdigit() else None


def _can_be_one(one: Work, other: Work) -> bool:
    types = {one.type, other.type}
    return len(types) == 1 or "webpage" in types or any(types <= kind for kind in KINDS)
