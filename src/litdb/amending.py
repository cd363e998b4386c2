"""A run after a small change: what the change touches is made anew, and all other works stay as they are.

The library comes out as after a whole run. Where that is not certain, or much is touched, it becomes a whole run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from pathlib import Path

from litdb.database.connection import row_id
from litdb.database.neighbours import Neighbours
from litdb.database.standing import Standing, read_standing
from litdb.files.commons import commons_in
from litdb.files.corrections import read_corrections
from litdb.files.own_words import read_rows
from litdb.files.place import Place
from litdb.files.states import content_hash
from litdb.gather import Gathered, gather
from litdb.kept import Kept
from litdb.ladder import nothing_due_before
from litdb.merge import canonical
from litdb.model import Identifier, Json, Note, Record
from litdb.notes import BIBLIOGRAPHIES, kind_of
from litdb.part import Part, about, as_they_were, bare, named, narrowed, orcids_of, speaking_of, together
from litdb.projection import TITLED, Evidence, Shelf, records_of_notes, related, shelve
from litdb.rows import ids_of, tables
from litdb.run import Run, without_collector
from litdb.sources import sources
from litdb.unchanged import Ingredients, manner, ties

MOST_READ = 1_000
"""So many notes and answers are read for a part of the works; with more a whole run is not much slower."""

MOST_ENTRIES = 3_000
"""So many entries of bibliographies are read for the sake of their keys."""

MOST_ROUNDS = 8
"""What a change touches is found in so many rounds, or it is too much."""

Files = tuple[frozenset[str], frozenset[str]]
"""Notes by their paths, answers by their ids in the journal."""


class _TooWideError(Exception):
    """More may be touched than is made anew here."""


class Amending(Run):
    """A run that reads and makes only what changed since the last one, as long as nothing else is due."""

    def __init__(self, place: Place, paths: Sequence[Path], clock: Callable[[], str], *, offline: bool = False) -> None:
        self._offline = offline
        self._was: Standing | None = None
        self._changed: frozenset[str] = frozenset()
        self._then, self._stamp = Ingredients(), ""
        super().__init__(place, paths, clock)

    @property
    def is_short(self) -> bool:
        """Whether it looks at changes only."""
        return self._was is not None

    def _gathered(self, known: Sequence[tuple[str, str]]) -> Gathered:
        hashes = dict(known)
        was = self._last([*hashes])
        if was is None:
            return super()._gathered(known)
        files = self._files(hashes)
        new = {name: path for name, path in files.items() if content_hash(path) != hashes.get(name)}
        found = gather(self.place, new, known, self._identify_or_none)
        others = [(name, sentence) for name, sentence in self.library.note_problems() if name in files.keys() - new]
        found = replace(found, problems=[*found.problems, *(sentence for _, sentence in others)])
        gone = hashes.keys() - files.keys()
        if self._is_wide(was, found, {*new, *gone}):
            return super()._gathered(known)
        self._was, self._then, self._stamp = was, Ingredients.parse(was.made_from), self.journal.stamp()
        self._changed = frozenset({*new, *gone})
        return found

    def _last(self, known: Sequence[str]) -> Standing | None:
        """What the last run left, where this one has to look at nothing but changes of notes and of single fields."""
        if self.was_cut_off or commons_in(self.place.facts):
            return None
        was = read_standing(self.place.library, self.place.journal)
        if was is None or not (self._offline or self._clock() < was.nothing_due_before):
            return None
        then = Ingredients.parse(was.made_from)
        is_same = then.manner == manner(self.place, self._paths, known, self._clock()[:10])
        return was if is_same and then.ties == ties(read_corrections(self.place)[0]) else None

    def _is_wide(self, was: Standing, found: Gathered, changed: Collection[str]) -> bool:
        """Whether what changed may mean anything to notes that did not: keys, words of ours that stray, problems."""
        told = was.told.get("problems")
        problems = set(told if isinstance(told, list) else ()).difference(found.problems)
        return (
            len(changed) > MOST_READ
            or any(kind_of(name) in BIBLIOGRAPHIES for name in changed)
            or (bool(found.vanished or found.renamed) and bool(read_rows(self.place)))
            or bool(problems.difference(sentence for _, sentence in self.library.note_problems()))
        )

    @without_collector()
    def project(self) -> int:
        """Bring the library up to what notes and journal say; how many rows had to change."""
        if self._was:
            try:
                return self._amend()
            except _TooWideError:
                self._was = None
                self.gathered = super()._gathered(self.library.known_notes())
                self.problems = [*self.gathered.problems]
        return super().project()

    def remember(self, told: Mapping[str, Json]) -> None:
        """Keep from what the library was made and until when nothing is due, with what this run told of it."""
        if self._was is None:
            super().remember(told)
            return
        asked = self.journal.attempts(self._asked)
        due = nothing_due_before(self._asked, sources(), asked, self._clock())
        self._keep_standing(min(due, self._was.nothing_due_before), told)

    def _amend(self) -> int:
        near = self.library.neighbours()
        came, asked = self.journal.since(self._stamp)
        part = self._part(near, self._touched(near, came, asked), came)
        shelf = shelve(part.evidence, self._identify, self.settings.aliases)
        if further := _further(near, part, shelf):
            part = self._part(near, part.works | further, came)
            shelf = shelve(part.evidence, self._identify, self.settings.aliases)
            if _further(near, part, shelf):
                raise _TooWideError
        if not _is_certain(near, part, shelf):
            raise _TooWideError
        if shelf.new_keys:
            self.journal.assign(shelf.new_keys, self._clock())
            self._require_unnamed(shelf.new_keys.values())
        self._asked = sorted({each.identifier for each in self.citations.identities if not each.not_a_work})
        self.problems += [*part.problems, *shelf.problems]
        self._answers.keep()
        ids, small = ids_of(shelf.works), narrowed(shelf, part.works)
        rows = part.rows.union(ids[each] for work in small.works for each in work.identifiers)
        notes = {row_id("note", name) for name in self._changed}
        return self.library.amend(tables(small, ids, Kept(self.place.journal).of_link), rows, notes)

    def _touched(self, near: Neighbours, came: Collection[str], asked: Set[Identifier]) -> set[Identifier]:
        """The works of which anything new is said: by notes, answers or the user."""
        found = {each.identifier for each in self.citations.identities} | asked
        found |= near.names(near.mentioned(self._changed)).keys()
        found |= self.journal.asked_about(came) | self.journal.silent_since(self._stamp)
        for record in self._records(came):
            found |= {record.identifier, *record.same}
        return found | self._said_anew(near)

    def _said_anew(self, near: Neighbours) -> set[Identifier]:
        """The works of which the user says anything else than before."""
        if content_hash(self.place.corrections) == self._then.corrections:
            return set()
        word, _ = self._users_word(self._with_keys(near, ()), lambda _: True)
        said = ((record.identifier, record.place, claim) for record in word.records for claim in record.claims)
        now = {(str(each), place, claim.field, _as_kept(claim.value)) for each, place, claim in said}
        return {Identifier.parse(identifier) for identifier, *_ in now ^ near.said()}

    def _part(self, near: Neighbours, touched: Iterable[Identifier], came: Collection[str]) -> Part:
        """The works that hang together with these, with all that is said of them. Raises where that is too much."""
        works = frozenset(touched)
        for _ in range(MOST_ROUNDS):
            rows = near.works(works)
            rows |= near.tied(rows)
            works |= near.names(rows).keys()
            part, grown = self._whole(near, works, frozenset(rows), came)
            if grown == works:
                return part
            works = frozenset(grown)
        raise _TooWideError

    def _whole(
        self, near: Neighbours, works: frozenset[Identifier], rows: frozenset[int], came: Collection[str]
    ) -> tuple[Part, set[Identifier]]:
        """Works with all evidence about them, and all that hangs together with them by it."""
        paths, answers = self._where(near, rows, came)
        notes = self._with_keys(near, self._notes(paths))
        endings = self.journal.endings(self.journal.asked_about(answers) | works)
        records, attempts, problems = self._said_by(partial(self.journal.came_among, answers), endings)
        records = speaking_of(records, works)
        cited = self._cited_in(notes)
        said = [*records, *records_of_notes(cited.notes, cited)]
        said += related(said, self._identify)
        spoken_of = self._is_spoken_of(notes, records)
        word, wrong = self._users_word(notes, lambda each: each not in works or spoken_of(each))
        word, pairs = about(word, works), [*word.same, *word.apart]
        elsewhere = named(said, cited, word) - works
        there = near.names(near.works(elsewhere))
        grown = together(works, said, pairs) | (elsewhere - there.keys())
        if any(record.loose and record.identifier in works for record in records):
            raise _TooWideError
        word = replace(word, same=(*word.same, *as_they_were(there)))
        evidence = Evidence(notes, records, attempts, self.journal.keys(), word)
        return Part(works, rows, evidence, (*wrong, *problems)), grown

    def _where(self, near: Neighbours, rows: frozenset[int], came: Collection[str]) -> Files:
        """The notes and answers that say anything of works. Raises where there are too many."""
        gone = {name for name in self._changed if not self.place.has(name)}
        paths = (self._changed | near.notes(rows)) - gone
        named_by_others = rows - near.works(each.identifier for each in self.citations.identities)
        answers = near.answers(rows).union(came, near.titled_answers(named_by_others, TITLED))
        if len(paths) + len(answers) > MOST_READ:
            raise _TooWideError
        return frozenset(paths), frozenset(answers)

    def _notes(self, paths: Iterable[str]) -> Sequence[Note]:
        files = {name: self.place.path(name) for name in sorted(paths)}
        return gather(self.place, files, self.library.known_notes(), self._identify_or_none).notes

    def _with_keys(self, near: Neighbours, notes: Sequence[Note]) -> Sequence[Note]:
        """These notes, and all bibliographies where these or the user name anything by a key."""
        names = (text for each in read_corrections(self.place)[0] for text in each.works)
        if all(":" in name for name in names) and all(each.url for note in notes for each in note.mentions):
            return notes
        there = near.bibliographies(BIBLIOGRAPHIES)
        if sum(there.values()) > MOST_ENTRIES:
            raise _TooWideError
        return [*notes, *self._notes(there.keys() - {note.path for note in notes})]

    def _records(self, answers: Collection[str]) -> list[Record]:
        endings = self.journal.endings(self.journal.asked_about(answers))
        return self._said_by(partial(self.journal.came_among, answers), endings)[0]

    def _require_unnamed(self, keys: Iterable[str]) -> None:
        """Raises where a note that was not read may use one of these keys, which nobody had until now."""
        texts = [key.encode() for key in keys]
        for name, _ in self.library.known_notes():
            if name not in self._changed and any(text in self.place.path(name).read_bytes() for text in texts):
                raise _TooWideError


def _further(near: Neighbours, part: Part, shelf: Shelf) -> set[Identifier]:
    """Works that no note cites and that others cite now, or do not cite any more."""
    ids = ids_of(shelf.works)
    rows = tables(narrowed(shelf, part.works), ids)["relations"]
    now = {tuple(row.values()) for row in rows if row["kind"] == "cites"}
    ends = {int(str(row[3])) for row in now ^ set(near.cited_by(part.rows))}
    return near.names(near.uncited(ends - part.rows)).keys() - part.works


def _is_certain(near: Neighbours, part: Part, shelf: Shelf) -> bool:
    """Whether no other work can come out otherwise: by a title, by a person's ORCID, by what it cites."""
    ids, small = ids_of(shelf.works), narrowed(shelf, part.works)
    said = orcids_of(shelf.said)
    names = {bare(name) for name in shelf.said}
    signed = orcids_of(name for work in small.works for name in (*work.authors, *work.editors) if bare(name) in names)
    before = orcids_of(near.people(name.display for name in names))
    if any(orcids != said.get(name) for found in (signed, before) for name, orcids in found.items() if name in names):
        return False
    there = near.names(part.rows)
    moved = {row for each, row in there.items() if ids.get(each) != row}
    if moved & near.cites_from_elsewhere(part.rows):
        return False
    titles = {
        (work.title, ", ".join(n.display for n in work.authors or work.editors), work.date, int(work.cited))
        for work in small.works
    }
    changed = titles ^ set(near.titles(part.rows).values())
    return not near.speaks_of(title for title, *_ in changed)


def _as_kept(value: Json) -> str:
    return value if isinstance(value, str) else canonical(value)
