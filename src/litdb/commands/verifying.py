"""Verifying: ask about the works that files name, and judge each entry by what the sources say."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from litdb.checks.telling import notice
from litdb.checks.verdicts import Heard, Verdict, Version, heard_from, judge
from litdb.commands.entries import Entry, entries
from litdb.commands.manner import Manner
from litdb.commands.naming import known_people
from litdb.commands.opening import library_of
from litdb.commands.passing import Passing, look_up
from litdb.commands.session import ask
from litdb.database import browsing, evidence, queries
from litdb.database.backup import copy_database
from litdb.database.journal import Journal
from litdb.files.place import Place
from litdb.merge import Aliases, ending
from litdb.model import Attempt, Identifier, Target, Work
from litdb.run import Run
from litdb.text.times import utc_now

OFFLINE = "nothing is kept about it, and nobody was asked (--offline)"


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry and what became of it; `notice` says that the work was retracted."""

    entry: Entry
    verdict: Verdict
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """All entries with their verdicts, sentences about what could not be read, files of which nothing could."""

    judged: Sequence[Judged]
    aliases: Aliases
    problems: Sequence[str]
    unread: Sequence[str]
    interrupted: bool


def verify(made: Passing, manner: Manner, kept: Place) -> Verified:
    """Ask about every entry, begin with what the library at `kept` has already, and judge.

    Before an entry is blamed its other versions are asked about too.
    """
    listing = entries(made)
    _lend(kept, made, {each.identifier for each in listing.entries if each.identifier})
    was_cut_off = _ask(made, manner)
    judged = _judged(listing.entries, made, manner)
    asked: set[Identifier] = set()
    while not was_cut_off and (further := _to_ask_too(judged, made) - asked):
        asked |= further
        _lend(kept, made, further)
        was_cut_off = _ask_about(further, made, manner)
        judged = _judged(listing.entries, made, manner)
    with library_of(made.place) as connection:
        aliases = known_people(made.place, connection)
    return Verified(judged, aliases, listing.problems, listing.unread, was_cut_off)


def _ask(made: Passing, manner: Manner) -> bool:
    """Ask about what the files cite; whether the run was cut off."""
    return look_up(made, manner).summary.interrupted


def _ask_about(wanted: Iterable[Identifier], made: Passing, manner: Manner) -> bool:
    """Ask about works that the files do not cite; whether the run was cut off."""
    with _Further(made, wanted) as run:
        return ask(run, manner).interrupted


def hand_over(source: Journal, target: Journal, wanted: Set[Identifier] | None = None) -> None:
    """Give what one journal has learnt, of all works or of some, to another."""
    for _, answer in source.answers():
        if wanted is None or any(each.identifier in wanted for each in answer.request.asked):
            target.keep(answer)
    for attempts in (source.attempts(), source.endings()):
        target.settle(each for each in attempts.values() if wanted is None or each.identifier in wanted)


def keep(made: Passing, kept: Place) -> None:
    """Keep what was learnt in the journal of a library, for the next run and for the library itself."""
    from litdb.files.lock import Lock

    kept.folder.mkdir(parents=True, exist_ok=True)
    with Lock(kept.library), Journal(made.place.journal) as learnt, Journal(kept.journal) as journal:
        hand_over(learnt, journal)


def _lend(kept: Place, made: Passing, wanted: Set[Identifier]) -> None:
    """Begin with what is kept about these works. The journal is read from a copy, so that nothing is changed there."""
    if not kept.journal.is_file():
        return
    copy = made.place.folder / "lent.journal"
    copy_database(kept.journal, copy)
    with Journal(copy) as lent, Journal(made.place.journal) as journal:
        hand_over(lent, journal, wanted)


class _Further(Run):
    """A run that asks about works that the files do not cite themselves: other versions of those they do."""

    def __init__(self, made: Passing, wanted: Iterable[Identifier]) -> None:
        super().__init__(made.place, [], utc_now)
        self.gathered = replace(self.gathered, problems=())  # told already
        self.problems = []
        self.settings = replace(self.settings, lists={})
        self._wanted = sorted(wanted)

    def targets(self) -> list[Target]:
        """Those works."""
        return [Target(each) for each in self._wanted]


@dataclass(frozen=True)
class _Library:
    """What a passing library knows."""

    connection: sqlite3.Connection
    by_identifier: Mapping[Identifier, Work]
    by_url: Mapping[str, Work]

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> _Library:
        works = queries.works(connection, "1")
        by_identifier = {each: work for work in works for each in work.identifiers}
        return cls(connection, by_identifier, {work.url: work for work in works})

    def heard(self, entry: Entry, manner: Manner) -> Heard:
        """What sources say of the work that an entry means."""
        work = self.by_identifier.get(entry.identifier) if entry.identifier else None
        if work is None:
            return Heard(
                entry.identifier or Identifier("bib", entry.label), reason=entry.problem or "nothing is known about it"
            )
        attempts = [
            Attempt(work.identifier, str(row["source"]), row["outcome"], str(row["reason"] or ""), str(row["at"] or ""))
            for row in browsing.attempts(self.connection, browsing.row_of(self.connection, work.identifier))
        ]
        return Heard(
            work.identifier,
            heard_from(evidence.records_of(self.connection, work.identifier)),
            work.type,
            tuple(self._versions(work, entry.others)),
            tuple(attempts),
            _reason(attempts, manner),
        )

    def versions_of(self, work: Work, named: Iterable[Identifier]) -> dict[Identifier, Work]:
        """The other versions of a work, those that its entry names among them.

        What has no name but that of an entry is a version for that entry alone.
        """
        tied = (self.by_url.get(each.url) for each in work.related if each.kind == "version-of")
        others = [
            *(each for each in tied if each and each.identifier.scheme != "bib"),
            *(self.by_identifier[each] for each in named if each in self.by_identifier),
        ]
        return {each.identifier: each for each in others if each.identifier != work.identifier}

    def _versions(self, work: Work, named: Sequence[Identifier]) -> Iterator[Version]:
        for identifier, other in self.versions_of(work, named).items():
            records = heard_from(evidence.records_of(self.connection, identifier))
            yield Version(identifier, records, any(each in other.identifiers for each in named))


def _reason(attempts: Sequence[Attempt], manner: Manner) -> str:
    """Why a work could not be learnt about; empty where it was."""
    if not attempts:
        return OFFLINE if manner.offline else "nobody could be asked about it"
    outcome, reason = ending(attempts)
    return "" if outcome == "ok" else f"{outcome}, {reason}"


def _judged(found: Iterable[Entry], made: Passing, manner: Manner) -> list[Judged]:
    with library_of(made.place) as connection:
        library, aliases = _Library.read(connection), known_people(made.place, connection)
        heard = [(each, library.heard(each, manner)) for each in found]
        return [Judged(each, judge(each.own, what, aliases), notice(what)) for each, what in heard]


def _to_ask_too(judged: Iterable[Judged], made: Passing) -> set[Identifier]:
    """What no run over the files asks about by itself.

    Works that an entry names in a way that only verifying reads, or only as its preprint; versions that it names
    beside its work; all versions of a work that it seems to be wrong about.
    """
    with library_of(made.place) as connection:
        library = _Library.read(connection)
        wanted: set[Identifier] = set()
        for entry, is_blamed in ((each.entry, each.verdict.ending == "disagrees") for each in judged):
            work = library.by_identifier.get(entry.identifier) if entry.identifier else None
            versions = library.versions_of(work, entry.others) if work else {}
            wanted |= {name for name in versions if (is_blamed or name in entry.others) and name.scheme != "bib"}
            is_unasked = not work or any(each.scheme == "bib" for each in entry.others)
            wanted |= {entry.identifier} if entry.identifier and is_unasked else set()
        return wanted
