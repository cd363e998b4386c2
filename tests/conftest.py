"""Fixtures for all rooms: the little web, a clock that stands still, litdb as a user calls it."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings

from litdb.commands import main
from web.facts import seed_web
from web.fixtures import little_web

__all__ = ["little_web"]

settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")

SHARED = Path(__file__).parents[1].parent / "shared"
SEEDS = Path(__file__).parents[1] / "seeds"

SLOW = (
    "browse/test_large.py",
    "chromium/",
    "cluster/",
    "export/test_tools.py",
    "graph/test_following.py",
    "notes/test_markdown_hostile.py",
    "publish/",
    "test_corpus_floors.py",
    "test_docs_site.py",
    "test_forget.py",
    "torture/",
)
"""Tests that start browsers, LaTeX, schedulers, or litdb hundreds of times: `make quick` leaves them out."""


def pytest_configure() -> None:
    """A shell lets what it starts in the background ignore Ctrl-C, and a child inherits that (pubs.opengroup.org, sh)."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow by where it stands."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and str(item.path.relative_to(here)).startswith(SLOW):
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def shared() -> Path:
    """The reference material beside the checkout; tests that measure against it are left out where it is not."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared is not beside this checkout")
    return SHARED


@dataclass
class Litdb:
    """The command line on a library of its own."""

    library: Path

    def __call__(self, *words: str, code: int = 0, stdin: str | None = None) -> str:
        """What a command prints on stdout; it has to end with `code`."""
        command, *rest = words
        takes_db = command not in ("identify", "sources", "--help", "--version")
        db = ["--db", str(self.library)] if takes_db else []
        result = CliRunner().invoke(main, [command, *rest, *db], input=stdin)
        said = f"{result.stdout}\n{result.stderr}"
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert result.exit_code == code, said
        assert "Traceback" not in said
        self.told = result.stderr
        return result.stdout

    def data(self, *words: str, **more: str) -> object:
        """What a command prints with `--json`."""
        return json.loads(self(*words, "--json", **more))

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """What SQL answers."""
        connection = sqlite3.connect(self.library)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()


@pytest.fixture
def litdb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Litdb:
    """litdb in an empty project."""
    monkeypatch.delenv("LITDB_DB", raising=False)
    monkeypatch.setenv("LITDB_PACE", "0")
    return Litdb(tmp_path / "db" / "litdb.db")


@pytest.fixture(scope="session")
def crawled_seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose seeds were crawled on the little web: tests work on a copy of it."""
    folder = tmp_path_factory.mktemp("crawled-seeds")
    shutil.copytree(SEEDS, folder / "seeds")
    with seed_web() as web, pytest.MonkeyPatch.context() as patch:
        for name, value in {**web.environment(), "LITDB_PACE": "0"}.items():
            patch.setenv(name, value)
        Litdb(folder / "db" / "litdb.db")("crawl", str(folder / "seeds"))
    return folder
