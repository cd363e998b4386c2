"""The library becomes what the rows say: only what differs is written."""

from __future__ import annotations

import json

import pytest

from litdb.database.library import Library, dump

ANN, BEA = {"id": 1, "identifier": "url:a", "cited": 1}, {"id": 2, "identifier": "url:b", "cited": 1}


@pytest.fixture
def replaced(tmp_path):
    """Make the library say that these are its works; how many rows changed, and the works as they are then."""
    path = tmp_path / "litdb.db"

    def replace(*works):
        with Library(path) as library:
            changed = library.replace({"works": works})
        rows = [json.loads(line) for line in dump(path)]
        return changed, [(row["id"], row["key"]) for row in rows]

    return replace


def test_rows_that_stay_are_not_counted(replaced):
    assert replaced(ANN, BEA) == (2, [(1, None), (2, None)])
    assert replaced(ANN, BEA) == (0, [(1, None), (2, None)])


def test_of_a_row_that_changes_one_that_comes_and_one_that_goes_each_counts_once(replaced):
    replaced(ANN, BEA)
    assert replaced(ANN | {"key": "ann2020"}, {"id": 3, "identifier": "url:c"}) == (3, [(1, "ann2020"), (3, None)])


def test_user_names_in_addresses_are_left_out_and_make_no_row_differ(tmp_path):
    addresses = [{"url": f"https://me:{word}@example.org/", "work": 1, "state": "alive"} for word in ("one", "other")]
    with Library(tmp_path / "litdb.db") as library:
        assert library.replace({"works": [ANN], "addresses": addresses[:1]}) == 2
        assert library.replace({"works": [ANN], "addresses": addresses[1:]}) == 0
        assert library._connection.execute("SELECT url FROM addresses").fetchall() == [("https://…@example.org/",)]


def test_a_table_that_is_filled_has_its_indexes_as_before(tmp_path):
    schema = "SELECT name, sql FROM sqlite_master ORDER BY name"
    with Library(tmp_path / "litdb.db") as library:
        empty = library._connection.execute(schema).fetchall()
        assert library.replace({"works": [ANN, BEA]}) == 2
        assert library._connection.execute(schema).fetchall() == empty


def test_works_may_exchange_their_keys(replaced):
    replaced(ANN | {"key": "one"}, BEA | {"key": "other"})
    assert replaced(ANN | {"key": "other"}, BEA | {"key": "one"}) == (2, [(1, "other"), (2, "one")])


@pytest.mark.parametrize("before", [(), (ANN,), (ANN | {"key": "b"},)])
def test_of_several_rows_with_one_key_the_last_counts(replaced, before):
    replaced(*before)
    several = ANN | {"key": "a"}, ANN | {"key": "b"}
    assert replaced(*several)[1] == [(1, "b")]
    assert replaced(*several) == (0, [(1, "b")])


def test_what_is_found_by_its_words_follows(replaced, tmp_path):
    replaced(ANN | {"title": "Hedges"})
    replaced(ANN | {"title": "Gardens"})
    with Library(tmp_path / "litdb.db") as library:
        found = library._connection.execute("SELECT rowid FROM works_fts WHERE works_fts MATCH 'hedges OR gardens'")
        assert found.fetchall() == [(1,)]
        library._connection.execute("INSERT INTO works_fts (works_fts) VALUES ('integrity-check')")
