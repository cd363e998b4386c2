"""A run after a small change: what the change touches is made anew, and all other works stay as they are.

The library comes out as after a whole run. Where that is not certain, or much is touched, it becomes a whole run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

from litdb.database.connection import row_id
from litdb.database.neighbours import Neighbours
from litdb.database.standing import Standing, read_standing
from litdb.files.corrections import read_corrections
from litdb.files.own_words import read_rows
from litdb.files.place import Place
from litdb.files.reading import any_names
from litdb.files.states import content_hash
from litdb.gather import Gathered, gather
from litdb.identity import SCHEMES
from litdb.kept import Kept
from litdb.ladder import Attempts, nothing_due_before
from litdb.merge import canonical
from litdb.model import Attempt, Identifier, Json, Note, Record, Target, Work
from litdb.notes import BIBLIOGRAPHIES, kind_of
from litdb.notes.others import people_of
from litdb.part import Part, about, as_they_were, named, narrowed, speaking_of, together
from litdb.people import orcids_of
from litdb.projection import Evidence, Shelf, records_of_notes, related, shelve
from litdb.rows import Ids, ids_of, tables
from litdb.run import Run, keys_cited_in, without_collector
from litdb.sources import sources
from litdb.unchanged import Ingredients, corrections, manner, ties

MOST_READ = 1_000
"""So many notes, and so many answers, are read for a part of the works; with more a whole run is not much slower."""

MOST_ENTRIES = 3_000
"""So many entries of bibliographies are read for the sake of their keys."""

MOST_ROUNDS = 8
"""What a change touches is found in so many rounds, or it is too much."""


class _TooWideError(Exception):
    """More may be touched than is made anew here."""


class Amending(Run):
    """A run that makes only what changed since the last one; it reads all notes only where anything is due."""

    def __init__(self, place: Place, paths: Sequence[Path], clock: Callable[[], str], *, offline: bool = False) -> None:
        self._offline = offline
        self._was: Standing | None = None
        self._changed: frozenset[str] = frozenset()
        self._gone: frozenset[str] = frozenset()
        self._stamp = ""
        self._came: Collection[str] = ()
        super().__init__(place, paths, clock)
        self._near = self.library.neighbours()

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
        if self._is_wide(was, found, hashes):
            return super()._gathered(known)
        self._was, self._stamp = was, self.journal.stamp()
        self._changed, self._gone = frozenset({*new, *gone}).difference(found.unread), frozenset(gone)
        return found

    def _last(self, known: Sequence[str]) -> Standing | None:
        """What the last run left, where this one has to look at nothing but changes of notes and of single fields."""
        if self.was_cut_off or self.place.commons:
            return None
        was = read_standing(self.place.library, self.place.journal)
        if was is None:
            return None
        then = Ingredients.parse(was.made_from)
        is_same = then.manner == manner(self.place, self._paths, known, self._clock()[:10])
        return was if is_same and then.ties == ties(read_corrections(self.place)[0]) else None

    def _is_wide(self, was: Standing, found: Gathered, known: Collection[str]) -> bool:
        """Whether what changed may mean anything to notes that did not: keys, words of ours that stray, problems."""
        told, ours = was.told.get("problems"), {name for name, *_ in read_rows(self.place)}
        problems = set(told if isinstance(told, list) else ()).difference(found.problems)
        changed = [note.path for note in found.notes]
        return (
            len(changed) > MOST_READ
            or any(kind_of(name) in BIBLIOGRAPHIES for name in (*changed, *found.vanished, *dict(found.renamed)))
            or bool(ours and (found.vanished or found.renamed or ours & set(changed) - set(known)))
            or (bool(found.lenders) and self._may_borrow(found.notes))
            or bool(problems.difference(sentence for _, sentence in self.library.note_problems()))
        )

    @property
    def held_back(self) -> Sequence[str]:
        """None in a short run, which leaves alone what unread notes say."""
        return () if self.is_short else super().held_back

    def _may_borrow(self, notes: Iterable[Note]) -> bool:
        """Whether a note cites, or waits for, a key that the library does not know."""
        near = self.library.neighbours()
        return near.waits_for_keys() or bool(near.unknown_keys(set(keys_cited_in(notes))))

    def _borrowed(self) -> Sequence[tuple[str, Identifier]]:
        """None in a short run: there every key is known."""
        return () if self.is_short else super()._borrowed()

    def targets(self) -> list[Target]:
        """The works to ask about: all where anything is due, else those of the notes that changed."""
        return self._due if self._due is not None else super().targets()

    @cached_property
    def _due(self) -> list[Target] | None:
        """All works with their URLs, from all notes, where somebody may be asked again; None where nobody is."""
        if self._was is None or self._offline or self._clock() < self._was.nothing_due_before:
            return None
        notes = super()._gathered(self.library.known_notes()).notes
        return self._targets_in(self._cited_in(notes))

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
        due = nothing_due_before(self._asked, sources(), self._attempts(self._asked), self._clock())
        self._keep_standing(due if self._due is not None else min(due, self._was.nothing_due_before), told)

    def _attempts(self, works: Iterable[Identifier]) -> Attempts:
        return self.journal.attempts(works) if self.is_short else super()._attempts(works)

    def _amend(self) -> int:
        """Make anew what changed, and how many rows that changed. Raises where other works may come out otherwise."""
        self._came, asked = self.journal.since(self._stamp)
        part, shelf = self._shelved(self._touched(asked))
        if further := _further(self._near, part, shelf):
            part, shelf = self._shelved(part.works | further)
            if _further(self._near, part, shelf):
                raise _TooWideError
        _require_certain(self._near, part, shelf)
        if shelf.new_keys:
            self.journal.assign(shelf.new_keys, self._clock())
            self._require_unnamed(shelf.new_keys.values())
        self._asked = [each.identifier for each in self.targets()]
        self.problems += [*part.problems, *shelf.problems]
        self._answers.keep()
        return self._write(part, shelf)

    def _write(self, part: Part, shelf: Shelf) -> int:
        ids, small = ids_of(shelf.works), narrowed(shelf, part.works)
        rows = part.rows.union(ids[each] for work in small.works for each in work.identifiers)
        notes = {row_id("note", name) for name in self._changed}
        kept = Kept(self.place.journal, part.works)
        return self.library.amend(tables(small, ids, kept.of_link), rows, notes)

    def _touched(self, asked: Set[Identifier]) -> set[Identifier]:
        """The works of which anything new is said: by notes, answers or the user."""
        found = self._cited_anew() | asked
        found |= self._near.names(self._near.mentioned(self._changed)).keys()
        found |= self.journal.asked_about(self._came) | self.journal.silent_since(self._stamp)
        for record in self._said(self._came)[0]:
            found |= {record.identifier, *record.same}
        return found | self._said_by_user_anew()

    def _cited_anew(self) -> set[Identifier]:
        """The works that the notes cite which changed, by their addresses or by anybody's keys."""
        notes = self._with_keys(self.gathered.notes)
        word, _ = self._users_word(notes, lambda _: True)
        cited = self._cited_in(notes, word)
        return {each.identifier for mention, each, _ in cited if each and mention.note in self._changed}

    def _said_by_user_anew(self) -> set[Identifier]:
        """The works of which the user says anything else than before."""
        if self._was and corrections(self.place) == Ingredients.parse(self._was.made_from).corrections:
            return set()
        word, _ = self._users_word(self._with_keys(()), lambda _: True)
        said = ((record.identifier, record.place, claim) for record in word.records for claim in record.claims)
        now = {(str(each), place, claim.field, _as_kept(claim.value)) for each, place, claim in said}
        return {Identifier.parse(identifier) for identifier, *_ in now ^ self._near.said()}

    def _shelved(self, touched: Iterable[Identifier]) -> tuple[Part, Shelf]:
        """The works that hang together with these, made from all that is said of them."""
        part = self._part(touched)
        return part, shelve(part.evidence, self._identify, self.settings.aliases)

    def _part(self, touched: Iterable[Identifier]) -> Part:
        """The works that hang together with these, with all that is said of them. Raises where that is too much."""
        works = frozenset(touched)
        for _ in range(MOST_ROUNDS):
            rows = self._near.works(works)
            while further := self._near.tied(rows) - rows:
                rows |= further
            works |= self._near.names(rows).keys()
            part, grown = self._evidence_about(works, frozenset(rows))
            if grown == works:
                return part
            works = frozenset(grown)
        raise _TooWideError

    def _evidence_about(self, works: frozenset[Identifier], rows: frozenset[int]) -> tuple[Part, set[Identifier]]:
        """Works with all evidence about them, and all works that hang together with them by it."""
        notes = self._with_keys(self._notes_about(rows))
        cited = self._cited_in(notes, self._users_word(notes, lambda _: True)[0])
        answers = self._answers_about(rows, works.difference(each.identifier for each in cited.identities))
        records, attempts, problems = self._said(answers, works)
        records = self._standing(speaking_of(records, works), works)
        spoken_of = self._is_spoken_of(notes, records)
        word, wrong = self._users_word(notes, lambda each: each not in works or spoken_of(each))
        word = about(word, works)
        said = [*records, *records_of_notes(cited.notes, cited)]
        said += related(said, self._identify)
        elsewhere = named(said, cited, word) - works
        there = self._near.names(self._near.works(elsewhere))
        grown = together(works, said, [*word.same, *word.apart]) | (elsewhere - there.keys())
        word = replace(word, same=(*word.same, *as_they_were(there)))
        evidence = Evidence(notes, records, attempts, self._keys, word)
        return Part(works, rows, evidence, (*wrong, *problems)), grown

    def _notes_about(self, rows: Set[int]) -> Sequence[Note]:
        """The notes that changed and those in which anything stands about works. Raises where there are too many."""
        paths = (self._changed | self._near.notes(rows)) - self._gone
        if len(paths) > MOST_READ:
            raise _TooWideError
        return self._notes(paths)

    def _answers_about(self, rows: Set[int], uncited: Set[Identifier]) -> set[str]:
        """The answers that say anything of works, or by which we know those that no note cites. Raises for too many."""
        by_others = self._near.works(uncited & self._near.addressed(rows))
        answers = self._near.answers(rows).union(self._came, self._near.citing_answers(by_others))
        if len(answers) > MOST_READ:
            raise _TooWideError
        return answers

    def _standing(self, records: Sequence[Record], works: Set[Identifier]) -> list[Record]:
        """These records, but nothing that a source has said of others than these works and since taken back.

        Raises where these works cite in words: which work is meant depends on all.
        """
        if any(record.loose and record.identifier in works for record in records):
            raise _TooWideError
        others = {record.identifier for record in records} - works
        before = self._near.taken_back(self._near.works(others))
        return [
            each
            for each in records
            if each.identifier in works or (each.source, str(each.identifier), each.answer) not in before
        ]

    def _notes(self, paths: Iterable[str]) -> Sequence[Note]:
        files = {name: self.place.path(name) for name in sorted(paths)}
        found = gather(self.place, files, self.library.known_notes(), self._identify_or_none)
        if found.unread:
            raise _TooWideError
        return found.notes

    def _with_keys(self, notes: Sequence[Note]) -> Sequence[Note]:
        """These notes, and all bibliographies where these or the user name anything by a key."""
        names = (name for each in read_corrections(self.place)[0] for name in each.works)
        if all(map(_is_no_key, names)) and all(each.url for note in notes for each in note.mentions):
            return notes
        there = self._near.bibliographies(BIBLIOGRAPHIES)
        if sum(there.values()) > MOST_ENTRIES:
            raise _TooWideError
        return [*notes, *self._notes(there.keys() - {note.path for note in notes})]

    def _said(
        self, answers: Collection[str], works: Set[Identifier] = frozenset()
    ) -> tuple[list[Record], Sequence[Attempt], list[str]]:
        """What answers say, how asking about these works ended, and what is wrong."""
        endings = self.journal.endings(self.journal.asked_about(answers) | works)
        return self._said_by(partial(self.journal.came_among, answers), endings)

    def _require_unnamed(self, keys: Iterable[str]) -> None:
        """Raises where a note that was not read may use one of these keys, which nobody had until now.

        Those that cannot be read now may too, so they will be looked at.
        """
        unread = self.gathered.unread
        others = (name for name, _ in self.library.known_notes() if name not in self._changed.union(unread))
        self.library.read_again(unread)
        if any_names(map(self.place.path, others), keys):
            raise _TooWideError


def _further(near: Neighbours, part: Part, shelf: Shelf) -> set[Identifier]:
    """Works that no note cites and that others cite now, or do not cite any more."""
    ids = ids_of(shelf.works)
    rows = tables(narrowed(shelf, part.works), ids)["relations"]
    now = {tuple(row.values()) for row in rows if row["kind"] == "cites"}
    ends = {int(str(row[3])) for row in now ^ set(near.cited_by(part.rows))}
    return near.names(near.named_by_others(ends - part.rows)).keys() - part.works


def _require_certain(near: Neighbours, part: Part, shelf: Shelf) -> None:
    """Raises where others come out otherwise: by a person's ORCID, by which work they cite, by a title in words."""
    small = narrowed(shelf, part.works)
    if not _are_known_as_before(near, small) or _names_moved(near, part, ids_of(shelf.works)):
        raise _TooWideError
    changed = set(map(_told_by, small.works)) ^ set(near.titles(part.rows).values())
    if near.speaks_of(title for title, *_ in changed):
        raise _TooWideError


def _are_known_as_before(near: Neighbours, shelf: Shelf) -> bool:
    """Whether nobody whom the user has named has another ORCID in any work than the user gave."""
    said, names = orcids_of(shelf.said), {name.bare for name in shelf.said}
    signed = (name for work in shelf.works for name in (*work.authors, *work.editors))
    there = near.people(name.display for name in names)
    found = orcids_of(name for name in (*signed, *there) if name.bare in names)
    return all(orcids == said.get(name) for name, orcids in found.items())


def _names_moved(near: Neighbours, part: Part, ids: Ids) -> bool:
    """Whether an identifier by which others may cite a work names another work now."""
    moved = {row for each, row in near.names(part.rows).items() if ids.get(each) != row}
    return not moved.isdisjoint(near.cites_from_elsewhere(part.rows))


def _told_by(work: Work) -> tuple[str, str, str, int]:
    """What a reference in words is told by, and whether that is preferred."""
    return work.title, people_of(work), work.date, int(work.cited)


def _is_no_key(name: str) -> bool:
    return "://" in name or name.partition(":")[0] in SCHEMES


def _as_kept(value: Json) -> str:
    return value if isinstance(value, str) else canonical(value)
