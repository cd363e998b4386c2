"""What was read from answers is kept for the program that read it, and for nobody else."""

import pytest

from litdb.database.readings import Readings

KEY = ("1", "2026-11-21T00:00:00Z", "reading")


@pytest.fixture
def path(tmp_path):
    with Readings(tmp_path / "litdb.readings", "this") as kept:
        kept.keep([(KEY, "said: ü")])
    return tmp_path / "litdb.readings"


def test_the_same_program_finds_it(path):
    with Readings(path, "this") as kept:
        assert kept.get(KEY) == "said: ü"
        assert kept.get((*KEY[:2], "citing")) is None


def test_another_program_reads_anew_and_drops_the_rest(path):
    with Readings(path, "other") as kept:
        assert kept.get(KEY) is None
        kept.drop_others()
    with Readings(path, "this") as kept:
        assert kept.get(KEY) is None


def test_a_damaged_file_is_made_anew(path):
    path.write_bytes(b"no database" * 1000)
    with Readings(path, "this") as kept:
        assert kept.get(KEY) is None
