"""Many files read by several processes are the same notes, in the same order."""

from pathlib import Path

import pytest

from litdb import reading
from litdb.errors import InvalidUrl
from litdb.sources import identify


def identified(text):
    try:
        return identify(text)
    except InvalidUrl:
        return None


@pytest.fixture
def files(tmp_path) -> dict[str, Path]:
    texts = {f"{n:03}.md": f"# N\n\nSee [x](https://a.example/{n}) (27.01.2022).\n".encode() for n in range(230)}
    texts["bad.md"] = b"\xff\xfe\xff"
    texts["export.md"] = b"<!-- litdb export: references -->\n"
    texts["list.bib"] = b"@misc{a, title={T}, url={https://a.example/1}}"
    for name, content in texts.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in sorted(texts)}


def test_several_processes_read_what_one_reads(files, monkeypatch):
    alone = list(reading.read_files(files, identified))
    monkeypatch.setattr(reading, "MANY", 100)
    assert list(reading.read_files(files, identified)) == alone
    assert sum(isinstance(each, str) for each in alone) == 1


@pytest.mark.parametrize("many", [1, 1_000])
def test_an_address_is_kept_once_however_many_notes_have_it(tmp_path, monkeypatch, many):
    monkeypatch.setattr(reading, "MANY", many)
    files = {f"{n}.md": tmp_path / f"{n}.md" for n in range(2 * reading._BATCH)}
    for path in files.values():
        path.write_text("See [x](https://a.example/everywhere).\n")
    notes = list(reading.read_files(files, identified))
    assert len({id(mention.url) for note in notes for mention in note.mentions}) == 1


def test_other_threads_keep_it_to_one_process(files, monkeypatch):
    monkeypatch.setattr(reading, "MANY", 1)
    monkeypatch.setattr(reading, "_can_fork", lambda: False)
    monkeypatch.setattr(reading, "_read_together", lambda _files: pytest.fail("forked beside a thread"))
    assert len(list(reading.read_files(files, identified))) == len(files)
