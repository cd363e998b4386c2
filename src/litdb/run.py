"""One run from notes to library: gather → plan → crawl → project. The commands print what it finds."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache, partial
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from sys import intern
from types import TracebackType

from litdb.citations import Citations, citations
from litdb.citing import citing
from litdb.corrections import Word, resolve
from litdb.crawl import Crawl, Event, Web, plan
from litdb.database.connection import discard, take_over
from litdb.database.journal import EMPTY, Journal
from litdb.database.library import Library
from litdb.database.readings import Readings
from litdb.database.standing import Standing, journaled, wants_graph
from litdb.errors import InvalidUrl, NoteError
from litdb.facts.beside import heard
from litdb.facts.hearing import names
from litdb.files.corrections import read_corrections
from litdb.files.place import Place
from litdb.files.reading import library_files, require
from litdb.files.settings import Settings, settings_for
from litdb.gather import Gathered, gather
from litdb.kept import Kept
from litdb.ladder import Attempts, news, nothing_due_before
from litdb.model import Answer, Attempt, Identifier, Identity, Json, Note, Record, Request, Target
from litdb.notes import kind_of
from litdb.outward import Reach, Step, next_step
from litdb.projection import Evidence, Shelf, day_of, shelve
from litdb.replay import as_they_came, references, replay
from litdb.rereading import Cited, Rereading
from litdb.rows import ids_of, tables
from litdb.sources import as_written, identify, sources
from litdb.unchanged import ingredients, readers, ties


@contextmanager
def without_collector() -> Iterator[None]:
    """Nobody looks for values that hold each other: works have none, and going through millions takes time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Outward:
    """A run follows citations: it asks about so many works at a depth now, and `left` are still to be asked there.

    Without works it asks what those at this depth cite. `requests` are those that it begins with.
    """

    depth: int
    works: int
    left: int
    requests: Sequence[Request]


class Run:
    """A library opened for a run, or another file that is to become it (`made`). Use as a context manager."""

    def __init__(self, place: Place, paths: Sequence[Path], clock: Callable[[], str], made: Path | None = None) -> None:
        require(paths)
        self.place = place
        self._paths = paths
        self._clock = clock
        with ExitStack() as stack:
            self.journal = stack.enter_context(Journal(place.journal))
            self.library = stack.enter_context(Library(made or place.library))
            self.was_cut_off = self.journal.stamp() not in (EMPTY, journaled(place.library))
            if made and wants_graph(place.library):
                self.library.want_graph()
            known = self.library.known_notes()
            self.settings = self._settings(name for name, _ in known)
            self.settings = self._settings(self._files(name for name, _ in known))
            self._identify = cache(partial(_identified, self.settings.not_a_work))
            self._heard = cache(partial(heard, place.commons))
            if made:
                discard(place.readings)
            kept = Readings(place.readings, f"{readers()} {self.settings.not_a_work}")
            self._answers = Rereading(self.journal, stack.enter_context(kept), self._cites)
            self.gathered: Gathered = self._gathered(known)
            self.problems: list[str] = [*self.gathered.problems]
            self._lent = self._borrowed()
            self._known = dict(known).keys()
            self._asked: Sequence[Identifier] = ()
            self._stack = stack.pop_all()

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def held_back(self) -> Sequence[str]:
        """The notes of the library that cannot be read now, for whose sake it stays as it is."""
        return [name for name in self.gathered.unread if name in self._known]

    @property
    def citations(self) -> Citations:
        """What the notes cite. Made anew, since they would fill the memory that the works of many notes need."""
        return self._cited_in(self.gathered.notes)

    def targets(self) -> list[Target]:
        """The works to ask about, each with its URLs, the canonical ones first, and the day of the oldest note."""
        return self._targets_in(self.citations)

    def _targets_in(self, cited: Citations) -> list[Target]:
        days = _first_days(cited)
        meant = ((each, cited.meanings[each].identity) for each in set(cited.meant))
        works = sorted((identity.identifier, each) for each, identity in meant if identity and not identity.not_a_work)
        return [
            _target(identifier, cited, [each for _, each in group], days)
            for identifier, group in groupby(works, itemgetter(0))
        ]

    def requests(self, refresh: frozenset[Identifier] = frozenset()) -> list[Request]:
        """What a crawl would ask first, without asking."""
        targets = self.targets()
        asked = self._attempts([each.identifier for each in targets])
        attempts = {key: each for key, each in asked.items() if key[0] not in refresh}
        return plan(targets, sources(), attempts, self._clock())

    def crawl(self, web: Web) -> Crawl:
        """The crawl over a web, ready to run."""
        return Crawl(self.journal, web, sources(), self._clock, was_cut_off=self.was_cut_off, told=self._told)

    def outward(self, crawl: Crawl, reach: Reach, room: Callable[[], int]) -> Iterator[Event | Outward]:
        """Follow what the works cite, the nearest first and of these what most cite, as far as there is `room`.

        `room` tells how many works may be asked about now. All that is learnt is kept in the journal, so a run that is
        cut off goes on where it was.
        """
        self.library.want_graph()
        done: set[Identifier | Request] = set()
        while not crawl.is_alone:
            step, attempts = self._next_step(reach, done)
            most = room()
            if step is None:
                return
            targets = step.targets[:most]
            first = [*step.questions, *plan(targets, sources(), attempts, self._clock())]
            yield Outward(step.depth, len(targets), len(step.targets) - len(targets), first)
            if step.targets and not targets:
                return
            done |= {*step.questions, *(each.identifier for each in targets)}
            yield from crawl.run_outward(targets, step.questions)

    def _next_step(self, reach: Reach, done: Collection[object]) -> tuple[Step | None, Attempts]:
        """What to ask next of what works cite, and how asking ended until now."""
        shelf = self.shelf()
        attempts = self._attempts(shelf.work_of)
        return next_step(shelf, reach, sources(), attempts, self._clock(), done), attempts

    def shelf(self) -> Shelf:
        """The works as notes, corrections and journal have them now."""
        evidence, problems = self._evidence()
        shelf = shelve(evidence, self._identify, self.settings.aliases)
        return replace(shelf, problems=[*problems, *shelf.problems])

    def _gathered(self, known: Sequence[tuple[str, str]]) -> Gathered:
        """The notes to make works from; `known` are those of the library, with their content hashes."""
        return gather(self.place, self._files(name for name, _ in known), known, self._identify_or_none)

    @property
    def _keys(self) -> Sequence[tuple[str, Identifier]]:
        """The keys that were assigned, the oldest first, and those that are borrowed."""
        return [*self.journal.keys(), *self._lent]

    def _borrowed(self) -> Sequence[tuple[str, Identifier]]:
        """The keys that notes cite by and nobody else has, from exports of litdb's among them."""
        wanted = self._unknown_keys() if self.gathered.lenders else frozenset()
        found: dict[str, Identifier] = {}
        for lender in self.gathered.lenders if wanted else ():
            try:
                found = {key: each for key, each in lender.keys(self._identify_or_none) if key in wanted} | found
            except NoteError as error:
                self.problems.append(str(error))
        return sorted(found.items())

    def _unknown_keys(self) -> frozenset[str]:
        """The keys by which notes cite that no journal, bibliography or user's word has."""
        given = [each.value for each in read_corrections(self.place)[0] if each.kind == "key"]
        taken = {key.lower() for key in (*given, *dict(self.journal.keys()))}
        known = {key for note in self.gathered.notes for key, _ in note.keys}
        cited = set(keys_cited_in(self.gathered.notes))
        return frozenset(key for key in cited - known if key.lower() not in taken)

    def _settings(self, notes: Iterable[str]) -> Settings:
        """What holds for these notes; a new one may bring a folder with settings of its own."""
        folders = sorted({self.place.path(name).parent for name in notes})
        return settings_for(self.place, [*self._paths, *folders])

    def _files(self, known: Iterable[str]) -> dict[str, Path]:
        return library_files(self.place, self._paths, known, kind_of, self.settings.ignore)

    @without_collector()
    def project(self) -> int:
        """Bring the library up to what notes and journal say; how many rows had to change.

        It stays as it is where it is held back: what a note says that cannot be read must not be taken out.
        """
        if self.held_back:
            return 0
        for key, identifier in self._lent:
            self.journal.assign({identifier: key}, self._clock())
        self._lent = ()
        shelf = self.shelf()
        if shelf.new_keys:
            self.journal.assign(shelf.new_keys, self._clock())
            if _names_any(self.gathered.notes, frozenset(shelf.new_keys.values())):
                shelf = self.shelf()
        self._asked = sorted({each.identifier for each in shelf.citations.identities if not each.not_a_work})
        self.problems += shelf.problems
        self._answers.keep()
        self._identify.cache_clear()
        return self.library.replace(tables(shelf, ids_of(shelf.works), Kept(self.place.journal).of_link))

    def take_place(self) -> None:
        """Put the library that was made in the place of the one that is there."""
        self.library.close()
        take_over(self.place.library, self.library.path)
        self.library = self._stack.enter_context(Library(self.place.library))

    def put_notes_away(self) -> None:
        """Drop the notes, of which `remember` knows enough: exports may want the memory of a million mentions."""
        self.gathered = replace(self.gathered, notes=())

    def remember(self, told: Mapping[str, Json]) -> None:
        """Keep from what the library was made and until when nothing is due, with what this run told of it."""
        due = nothing_due_before(self._asked, sources(), self._attempts(self._asked), self._clock())
        self._keep_standing(due, told)

    def _keep_standing(self, due: str, told: Mapping[str, Json]) -> None:
        known = [name for name, _ in self.library.known_notes()]
        made_from = ingredients(self.place, self._paths, known, self._clock()[:10])
        made_from = made_from._replace(ties=ties(read_corrections(self.place)[0]))
        self.library.remember(Standing(str(made_from), due, told), self.journal.stamp())

    def _evidence(self) -> tuple[Evidence, list[str]]:
        """All that works are made from, and what is wrong with it."""
        notes = self.gathered.notes
        records, own, problems = self._said_by(self.journal.came, self.journal.endings())
        heard = self._heard(self._named(records))
        word, said = self._users_word(notes, self._is_spoken_of(notes, [*records, *heard.records]))
        by_source = {(each.identifier, each.source): each for each in own}
        attempts = [*(by_source | news(heard.endings, by_source)).values()]
        return Evidence(notes, records, attempts, self._keys, word, heard.records), [*said, *problems]

    def _said_by(
        self, came: Callable[[], Iterable[tuple[str, Answer]]], endings: Attempts
    ) -> tuple[list[Record], Sequence[Attempt], list[str]]:
        """What answers say of works and of what these cite, how attempts ended, and what is wrong."""
        replayed = replay(came(), dict(endings), self._answers.reading)
        again = as_they_came(came(), endings.values()) if self.library.has_graph() else ()
        cited, problems = self._cited(again)
        return [*replayed.records, *cited], replayed.attempts, problems

    def _cited(self, came: Iterable[tuple[str, Answer]]) -> tuple[list[Record], list[str]]:
        """What answers say that their works cite."""
        found = [self._answers.cited(answer, ident) for ident, answer in came]
        return [each for records, _ in found for each in records], [each for _, told in found for each in told]

    def _cites(self, answer: Answer, ident: str) -> Cited:
        return citing(answer, ident, references(answer), self._identify_or_none)

    def _told(self, works: Iterable[Identifier]) -> Attempts:
        """What commons of facts tell of having asked about works."""
        return self._heard(frozenset(works)).attempts if self.place.commons else {}

    def _attempts(self, works: Iterable[Identifier]) -> Attempts:
        """How asking ended at last: here, or as commons of facts tell of these works."""
        own = self.journal.attempts()
        return own | news(self._told(works), own)

    def _named(self, records: Iterable[Record]) -> frozenset[Identifier]:
        """Whatever notes and records speak of, where a commons may tell of it."""
        if not self.place.commons:
            return frozenset()
        cited = {each.identifier for each in self.citations.identities}
        said = [*records, *(record for note in self.gathered.notes for record in note.records)]
        return frozenset(cited.union(*map(names, said)))

    def _users_word(self, notes: Iterable[Note], is_there: Callable[[Identifier], bool]) -> tuple[Word, list[str]]:
        """What corrections.toml says about works that are there, and what is wrong with it."""
        corrections, problems = read_corrections(self.place)
        keys = dict(self._keys) | {key: each for note in notes for key, each in note.keys}

        def find(text: str) -> Identifier | None:
            found = self._identify_or_none(text)
            identifier = keys.get(text) or (found.identifier if found else Identifier.parse(text))
            return identifier if is_there(identifier) else None

        word = resolve(corrections, find)
        return word, [*problems, *word.problems]

    def _is_spoken_of(self, notes: Sequence[Note], records: Iterable[Record]) -> Callable[[Identifier], bool]:
        """Whether notes or records speak of a work."""

        @cache
        def known() -> set[Identifier]:
            heard = chain(records, (record for note in notes for record in note.records))
            said = {each for record in heard for each in (record.identifier, *record.same)}
            return said.union(each.identifier for each in self._cited_in(notes).identities)

        return lambda identifier: identifier in known()

    def _cited_in(self, notes: Sequence[Note], word: Word | None = None) -> Citations:
        """What notes cite, by addresses and keys: those that were assigned, and those of the user's word."""
        own = [(key, each) for each, key in word.keys.items()] if word else []
        return citations(notes, [*self._keys, *own], self._identify)

    def _identify_or_none(self, text: str) -> Identity | None:
        try:
            return self._identify(text)
        except InvalidUrl:
            return None


def _names_any(notes: Iterable[Note], keys: frozenset[str]) -> bool:
    """Whether notes cite anything by one of these keys."""
    return not keys.isdisjoint(keys_cited_in(notes))


def keys_cited_in(notes: Iterable[Note]) -> Iterator[str]:
    """The keys by which notes cite, and the handles that may be some."""
    return (each.target.removeprefix("@") for note in notes for each in note.mentions if not each.url)


def _first_days(cited: Citations) -> dict[int, str]:
    """The earliest day of the notes that mean a thing, by the place of its meaning."""
    days = {note.path: day for note in cited.notes if (day := day_of(note))}
    first: dict[int, str] = {}
    for mention, place in cited.placed() if days else ():
        if mention.note in days:
            first[place] = min(days[mention.note], first.get(place, days[mention.note]))
    return first


def _target(identifier: Identifier, cited: Citations, places: Sequence[int], days: Mapping[int, str]) -> Target:
    """The work that all these meanings are, to be asked about."""
    meanings = [cited.meanings[each] for each in places]
    canonical = {each.identity.url for each in meanings if each.identity} - {""}
    written = {intern(as_written(each.url)) for each in meanings}.difference(canonical, ("",))
    first = min((days[each] for each in places if each in days), default="")
    return Target(identifier, (*sorted(canonical), *sorted(written)), first)


def _identified(no_works: Sequence[str], text: str) -> Identity:
    """What a URL means; one that the user's patterns take is no work. Of equal texts in all of it one is kept."""
    found = identify(text)
    identifier = Identifier(found.identifier.scheme, intern(found.identifier.value))
    addresses = (found.url, found.url.replace("http://", "https://", 1))
    told = next((pattern for pattern in no_works for each in addresses if fnmatchcase(each, pattern)), "")
    no_work = f"litdb.toml says so: {told}" if told else found.not_a_work
    return Identity(identifier, intern(found.url), found.locator, found.claims, found.relations, no_work, found.same)
