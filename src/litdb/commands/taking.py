"""Taking web archives in: what litdb wrote as it was, of others the pages of works that the library knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from litdb.commands.naming import identified
from litdb.commands.opening import library_of
from litdb.commands.saved import keep, learn_from, request_for
from litdb.database import queries
from litdb.errors import UsageError
from litdb.files.place import Place
from litdb.files.warc_reading import Found, Page, Passed, Rows, read_warc
from litdb.keys import VALID
from litdb.model import Answer, Identifier
from litdb.run import Run
from litdb.sources import sources
from litdb.text.times import utc_now

_UNKNOWN = "pages of works that the library does not know"


@dataclass
class Taken:
    """What was taken of a file. `passed` counts by reason what was not, `problems` are sentences about damage."""

    file: str
    answers: int = 0
    attempts: int = 0
    keys: int = 0
    pages: list[str] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def take(place: Place, files: Iterable[Path]) -> list[Taken]:
    """Keep in the journal what archives hold; what was taken of each. Raises `UsageError` for a missing file."""
    files = list(files)
    for path in files:
        if not path.is_file():
            raise UsageError(f"There is no file {path}.")
    with Run(place, [], utc_now) as run:
        taker = _Taker(run, _known(place))
        return [taker.take(str(path), read_warc(path)) for path in files]


def _known(place: Place) -> frozenset[Identifier]:
    """All names of the works that the library has."""
    with library_of(place) as connection:
        return frozenset(each for work in queries.works(connection, "1") for each in work.identifiers)


class _Taker:
    """Keeps what an archive holds in the journal of a run; `known` are the works whose pages are wanted."""

    def __init__(self, run: Run, known: frozenset[Identifier]) -> None:
        self._journal = run.journal
        self._known = known | {each.identifier for each in run.targets()}

    def take(self, file: str, found: Iterable[Found]) -> Taken:
        """Keep all that can be kept."""
        taken = Taken(file)
        for each in found:
            if isinstance(each, Answer):
                self._take_answer(each, taken)
            elif isinstance(each, Rows):
                self._take_rows(each, taken)
            elif isinstance(each, Page):
                self._take_page(each, taken)
            elif isinstance(each, Passed):
                taken.passed[each.what] += 1
            else:
                taken.problems.append(each.problem)
        return taken

    def _take_answer(self, answer: Answer, taken: Taken) -> None:
        """Keep an answer that can be read here: one of an unknown source would be in the way of every rebuilding."""
        name = answer.request.source
        if any(source.name == name for source in sources()):
            self._journal.keep(answer)
            taken.answers += 1
        else:
            taken.passed[f"answers of the source {name}, which is not installed here"] += 1

    def _take_rows(self, rows: Rows, taken: Taken) -> None:
        self._journal.settle(rows.attempts)
        taken.attempts += len(rows.attempts)
        held = dict(self._journal.keys()) if rows.keys else {}
        for key, identifier, at in rows.keys:
            if not VALID.match(key):
                taken.problems.append(f"The key {key} was not given to {identifier}: BibTeX would not take it.")
            elif held.get(key, identifier) == identifier:
                self._journal.assign({identifier: key}, at)
                taken.keys += 1
            else:
                taken.problems.append(f"The key {key} was not given to {identifier}: here it is that of {held[key]}.")

    def _take_page(self, page: Page, taken: Taken) -> None:
        answer = self._answer(page)
        if answer is None:
            taken.passed[_UNKNOWN] += 1
            return
        learnt = learn_from(answer)
        if learnt.refused or not learnt.has_title:
            taken.passed[f"pages that tell nothing: {learnt.refused or 'no title'}"] += 1
            return
        keep(self._journal, answer, learnt.endings)
        taken.pages.append(answer.url)

    def _answer(self, page: Page) -> Answer | None:
        """The page as the answer of the web to a work that is known by its address, or by one that led to it."""
        for place, address in enumerate((page.url, *(hop.url for hop in reversed(page.hops)))):
            identity = identified(address)
            if identity and identity.identifier in self._known and not identity.not_a_work:
                hops = page.hops[len(page.hops) - place :]
                return Answer(request_for(address, identity), 200, page.headers, page.body, page.url, page.at, hops)
        return None
