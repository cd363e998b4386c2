"""A small project on the little web: what a crawl leaves, read from its files, and what the web was asked for."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from litdb.database.library import dump
from litdb.demo.server import LittleWeb
from litdb.demo.sites.markup import document
from litdb.demo.wire import Call, at, moved, page
from torture.forks import Forks
from web.facts import seed_web

LITDB = (sys.executable, "-c", "from litdb.commands import main; main()")
NOTES = Path(__file__).parent / "notes"

PAGE = 4096
"""Bytes of a page of a disk."""

_TIMES = ("at", "retry_at", "fresh_until", "headers")
_READ = (".md", ".bib", ".json", ".toml", ".txt")
_JOURNAL = ("answers", "attempts", "assigned_keys")


def little_web() -> LittleWeb:
    """The web of the seed notes, and pages behind which stand works of other sites: a mover, a journal, a refresh."""
    web = seed_web()
    web.sites |= {
        "short.example": (at({"/planting": moved("https://arxiv.org/abs/2204.06974")}),),
        "journal.example": (
            at({"/starvation": page(document("Gradient Starvation", [("citation_doi", "10.48550/arXiv.2011.09468")]))}),
        ),
        "sends-on.example": (at({"/old": page('<meta http-equiv="refresh" content="0; url=/new">')}),),
    }
    return web


@dataclass(frozen=True)
class State:
    """What a run leaves: the library as its dump has it, files to read, and the rows of the journal, without times."""

    dumped: Sequence[str]
    files: dict[str, bytes]
    journal: frozenset[tuple[object, ...]]

    def lost(self, before: frozenset[tuple[object, ...]]) -> list[str]:
        """Rows of an earlier journal that are not here any more."""
        return [str(row[:5]) for row in sorted(before - self.journal, key=str)]

    def differences(self, other: State) -> list[str]:
        """What another state has that this one has not, and the other way round."""
        found = [f"- {row}" for row in sorted({*self.dumped} - {*other.dumped})]
        found += [f"+ {row}" for row in sorted({*other.dumped} - {*self.dumped})]
        found += [
            f"{name} differs"
            for name in sorted({*self.files, *other.files})
            if self.files.get(name) != other.files.get(name)
        ]
        found += [f"journal: {str(row)[:300]}" for row in sorted(self.journal ^ other.journal, key=str)]
        return found


class Project:
    """A folder with notes and, after a crawl, a library; `web` is what litdb meets on its way out.

    It begins with the notes of this folder, or as a copy of the folder `like`.
    """

    def __init__(self, folder: Path, web: LittleWeb, like: Path | None = None) -> None:
        self.folder = folder
        self.web = web
        self.library = folder / "db" / "litdb.db"
        shutil.copytree(like or NOTES, folder if like else folder / "notes")

    def environment(self) -> dict[str, str]:
        """What a program needs to find this web and nothing else."""
        return {**os.environ, **self.web.environment(), "LITDB_DB": str(self.library), "PYTHONDONTWRITEBYTECODE": "1"}

    def start(self, *words: str, **more: object) -> subprocess.Popen[str]:
        """A litdb that has begun."""
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen([*LITDB, *words], cwd=self.folder, env=self.environment(), text=True, **pipes, **more)

    def run(self, *words: str) -> tuple[int, str]:
        """How a litdb ended that nobody disturbed, and what it said on stderr."""
        running = self.start(*words)
        _, told = running.communicate(timeout=120)
        return running.returncode, told

    def asked(self, since: int) -> Counter[str]:
        """The requests that the web got since a place in its log, robots.txt aside (it is read once a run)."""
        return Counter(
            _name(call) for call in self.web.log[since:] if call.method != "CONNECT" and "robots.txt" not in call.path
        )

    def state(self) -> State:
        """What is there now."""
        rows = [json.loads(line) for line in dump(self.library)]
        dumped = [json.dumps({key: value for key, value in row.items() if key != "at"}) for row in rows]
        return State(dumped, self.files(), self.journal())

    def files(self) -> dict[str, bytes]:
        """Everything that people read: notes, exports, what was imported. Not what is being written."""
        there = (path for path in self.folder.rglob("*") if path.suffix in _READ and not path.name.startswith("."))
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in there}

    def journal(self) -> frozenset[tuple[object, ...]]:
        """The rows of the journal without times, read from a copy: opening it would mend it."""
        with self._copied() as connection:
            found: set[tuple[object, ...]] = set()
            for table in _tables(connection):
                names = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
                kept = [name for name in names if name not in _TIMES and (table, name) != ("attempts", "id")]
                columns = ", ".join(kept)
                found |= {(table, *row) for row in connection.execute(f"SELECT {columns} FROM {table}")}
            return frozenset(found)

    def answered(self) -> Counter[str]:
        """How often each request was answered, redirects on the way too, as far as the journal knows."""
        return Counter(name for names in self._answers() for name in names)

    def beginnings(self) -> dict[str, str]:
        """Every request of the journal with the one that began what led to it."""
        return {name: names[0] for names in self._answers() for name in names}

    def _answers(self) -> list[list[str]]:
        """For each answer the requests that led to it."""
        with self._copied() as connection:
            if "answers" not in _tables(connection):
                return []
            rows = connection.execute("SELECT method, address, sent, url, hops FROM answers")
            return [list(_names_of(*row)) for row in rows]

    def size(self) -> int:
        """The bytes beside the library, in whole pages."""
        files = (path for path in self.library.parent.rglob("*") if path.is_file())
        return sum(-(-path.stat().st_size // PAGE) * PAGE for path in files)

    def damage(self) -> list[str]:
        """What SQLite finds wrong with the files."""
        found = []
        for path in (self.library, self.library.with_suffix(".journal")):
            connection = sqlite3.connect(path)
            found += [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            connection.close()
        return found

    def litter(self) -> list[str]:
        """Files beside the library that no run leaves that ends well."""
        return sorted(path.name for path in self.library.parent.iterdir() if path.name.startswith("."))

    def _copied(self) -> _Copied:
        return _Copied(self.library.with_suffix(".journal"))


class ForkedProject(Project):
    """A project whose commands run in processes that cost no imports."""

    def __init__(self, forks: Forks, folder: Path, web: LittleWeb, like: Path | None = None) -> None:
        super().__init__(folder, web, like)
        self._forks = forks

    def run(self, *words: str) -> tuple[int, str]:
        """How a litdb ended that nobody disturbed, and what it said on stderr."""
        return self._forks.wait(self._forks.start(words, self.folder, self.environment()))

    @contextmanager
    def held(self, *words: str) -> Iterator[int]:
        """The process of a litdb that is stopped before its first step; it ends with the context."""
        process = self._forks.start(words, self.folder, self.environment(), is_held=True)
        try:
            yield process
        finally:
            os.kill(process, signal.SIGKILL)
            self._forks.wait(process)


class _Copied:
    """A connection to a copy of a database and its write-ahead log, which goes when the context ends."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> sqlite3.Connection:
        self._folder = tempfile.TemporaryDirectory(prefix="litdb-torture-")
        for path in self._path.parent.glob(f"{self._path.name}*"):
            shutil.copy(path, self._folder.name)
        self._connection = sqlite3.connect(Path(self._folder.name) / self._path.name)
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        self._folder.cleanup()


def _tables(connection: sqlite3.Connection) -> list[str]:
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return [name for name in _JOURNAL if name in there]


def _name(call: Call) -> str:
    return " ".join(filter(None, (call.method, call.url, call.body.decode())))


def _names_of(method: str, address: str, sent: str, url: str, hops: str) -> Iterable[str]:
    """Every request that led to an answer; those after a redirect are without a body."""
    yield " ".join(filter(None, (method, address, sent)))
    later = {address for _, address in json.loads(hops)} | {url}
    yield from (f"GET {each}" for each in sorted(later - {address}))
