"""One run from notes to library: gather → plan → crawl → project. The commands print what it finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache, partial
from pathlib import Path
from types import TracebackType

from litdb.corrections import Word, resolve
from litdb.crawl import Crawl, Web, plan
from litdb.database.journal import EMPTY, Journal
from litdb.database.library import Library
from litdb.database.standing import Standing
from litdb.errors import InvalidUrl
from litdb.files.corrections import corrections_path, read_corrections
from litdb.files.place import Place
from litdb.files.reading import require
from litdb.gather import Gathered, gather, settings_for
from litdb.kept import Kept
from litdb.ladder import nothing_due_before
from litdb.model import Identifier, Identity, Json, Record, Request, Target
from litdb.projection import Citation, Evidence, Shelf, citations, day_of, shelve
from litdb.replay import replay
from litdb.rows import tables
from litdb.sources import as_written, identify, sources
from litdb.unchanged import ingredients


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
            self.was_cut_off = self.journal.stamp() not in (EMPTY, self.library.journaled())
            known = self.library.known_notes()
            folders = sorted({place.path(name).parent for name, _ in known})
            self.settings = settings_for(place, [*paths, *folders])
            self._identify = cache(partial(_identified, self.settings.not_a_work))
            self.gathered: Gathered = gather(place, paths, known, self.settings.ignore, self._identify_or_none)
            self.citations: Sequence[Citation] = citations(self.gathered.notes, self.journal.keys(), self._identify)
            self.problems: list[str] = [*self.gathered.problems]
            self._stack = stack.pop_all()

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def targets(self) -> list[Target]:
        """The works to ask about, each with its URLs, the canonical ones first, and the day of the oldest note."""
        canonical: dict[Identifier, set[str]] = defaultdict(set)
        written: dict[Identifier, set[str]] = defaultdict(set)
        days: dict[Identifier, set[str]] = defaultdict(set)
        day_by_note = {note.path: day_of(note) for note in self.gathered.notes}
        for mention, identity in ((each.mention, each.identity) for each in self.citations):
            if identity and not identity.not_a_work:
                canonical[identity.identifier] |= {identity.url} - {""}
                written[identity.identifier] |= {as_written(mention.url)} - {""}
                days[identity.identifier] |= {day_by_note[mention.note]} - {""}
        return [
            Target(each, (*sorted(urls), *sorted(written[each] - urls)), min(days[each], default=""))
            for each, urls in sorted(canonical.items())
        ]

    def requests(self, refresh: frozenset[Identifier] = frozenset()) -> list[Request]:
        """What a crawl would ask first, without asking."""
        attempts = {key: each for key, each in self.journal.attempts().items() if key[0] not in refresh}
        return plan(self.targets(), sources(), attempts, self._clock())

    def crawl(self, web: Web) -> Crawl:
        """The crawl over a web, ready to run."""
        return Crawl(self.journal, web, sources(), self._clock, was_cut_off=self.was_cut_off)

    def project(self) -> tuple[Shelf, int]:
        """Bring the library up to what notes and journal say; the shelf, and how many rows had to change."""
        replayed = replay(self.journal.answers(), self.journal.endings())
        word = self._users_word(replayed.records)
        evidence = Evidence(self.gathered.notes, replayed.records, replayed.attempts, self.journal.keys(), word)
        shelf = shelve(evidence, self._identify, self.settings.aliases)
        self.problems += shelf.problems
        if shelf.new_keys:
            self.journal.assign(shelf.new_keys, self._clock())
        return shelf, self.library.replace(tables(shelf, Kept(self.place.journal).of_link))

    def remember(self, told: Mapping[str, Json]) -> None:
        """Keep from what the library was made and until when nothing is due, with what this run told of it."""
        known = [name for name, _ in self.library.known_notes()]
        asked = [each.identifier for each in self.targets()]
        due = nothing_due_before(asked, sources(), self.journal.attempts(), self._clock())
        made_from = ingredients(self.place, self._paths, known, self._clock()[:10]).hash()
        self.library.remember(Standing(made_from, due, told), self.journal.stamp())

    def _users_word(self, records: Iterable[Record]) -> Word:
        """What corrections.toml says about works that are there; what it says of others joins the problems."""
        path = corrections_path(self.place)
        corrections, problems = read_corrections(path, self.place.name(path))
        notes = self.gathered.notes
        keys = dict(self.journal.keys()) | {key: each for note in notes for key, each in note.keys}
        heard = [*records, *(record for note in notes for record in note.records)]
        known = {each.identity.identifier for each in self.citations if each.identity}
        known |= {each for record in heard for each in (record.identifier, *record.same)}

        def find(text: str) -> Identifier | None:
            found = self._identify_or_none(text)
            identifier = keys.get(text) or (found.identifier if found else Identifier.parse(text))
            return identifier if identifier in known else None

        word = resolve(corrections, find)
        self.problems += [*problems, *word.problems]
        return word

    def _identify_or_none(self, text: str) -> Identity | None:
        try:
            return self._identify(text)
        except InvalidUrl:
            return None


def _identified(no_works: Sequence[str], text: str) -> Identity:
    """What a URL means; one that the user's patterns take is no work."""
    found = identify(text)
    addresses = (found.url, found.url.replace("http://", "https://", 1))
    told = next((pattern for pattern in no_works for each in addresses if fnmatchcase(each, pattern)), "")
    return replace(found, not_a_work=f"litdb.toml says so: {told}") if told else found
