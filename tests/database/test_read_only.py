"""A library in a folder where nothing can be written: it is read as it lies, and its journal too."""

import os

import pytest

from litdb.database.connection import SQLITE_SUFFIXES

NOTE = "[a](https://arxiv.org/abs/2209.00626) (30.08.2022)\n"


@pytest.fixture
def at_rest(litdb, tmp_path, monkeypatch):
    """A crawled library of which the system says that nothing can be written beside it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "n.md").write_text(NOTE)
    litdb("crawl", "n.md", "--offline")
    for path in (litdb.library, litdb.library.with_suffix(".journal")):
        for end in SQLITE_SUFFIXES[1:]:
            path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
    monkeypatch.setattr(os, "access", lambda *_args, **_more: False)
    return litdb


@pytest.mark.parametrize(
    "words", [["list"], ["log"], ["check"], ["fix"], ["show", "arxiv:2209.00626", "--why"], ["backup", "copies"]]
)
def test_nothing_is_made_beside_a_library_that_is_only_read(at_rest, words):
    folder = at_rest.library.parent
    before = sorted(folder.iterdir())
    at_rest(*words)
    assert sorted(folder.iterdir()) == before
