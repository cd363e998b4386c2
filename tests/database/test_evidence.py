"""The evidence comes out of the library as it went in."""

import shutil
import sqlite3
from dataclasses import replace

import pytest

from conftest import SEEDS
from litdb.database.connection import open_for_reading
from litdb.database.evidence import asserting_mentions, records_by_work, records_of, related_works
from litdb.database.queries import cited_works
from litdb.files.place import place_of
from litdb.merge import canonical, choose
from litdb.model import Identifier
from litdb.projection import record_order
from litdb.run import Run


@pytest.fixture
def shelf(litdb, tmp_path, little_web):
    """The shelf of the seeds as the little web and a correction make it."""
    seeds = shutil.copytree(SEEDS, tmp_path / "seeds")
    (seeds / "moved.md").write_text("[Weird failures](https://www.engraved.blog/?p=12)\n")
    litdb("crawl", str(seeds))
    litdb("same", "https://www.engraved.blog/?p=12", "https://www.engraved.blog/building-a-virtual-machine-inside/")
    litdb("set", "https://arxiv.org/abs/2209.00626", "publisher", "")
    with Run(place_of(str(litdb.library)), [], lambda: "2026-11-21T00:00:00Z") as run:
        return run.shelf()


@pytest.fixture
def connection(litdb, shelf):
    opened = open_for_reading(litdb.library)
    yield opened
    opened.close()


def kept(records):
    """What the library keeps of records, in an order of its own."""
    bare = (replace(each, same=(), relations=(), entry="") for each in records)
    values = lambda claim: replace(claim, value=canonical(claim.value))  # noqa: E731
    return [replace(each, claims=tuple(map(values, each.claims))) for each in sorted(set_of(bare), key=record_order)]


def set_of(records):
    return {record_order(each): each for each in records}.values()


def test_every_record_comes_back_with_its_claims_in_their_order(shelf, connection):
    said = {work.identifier: [r for r in shelf.records if r.identifier in work.identifiers] for work in shelf.works}
    assert {each: kept(records_of(connection, each)) for each in said} == {
        each: kept(records) for each, records in said.items()
    }
    assert sum(map(len, said.values())) > 100


def test_choosing_again_chooses_the_same(shelf, connection):
    told = list(zip(shelf.records, shelf.chosen, strict=True))
    for work in shelf.works:
        again = choose(records_of(connection, work.identifier))
        said = [(each, taken) for each, taken in told if each.identifier in work.identifiers]
        chosen = [record.claims[place] for record, places in said for place in places]
        assert {field: canonical(each.claim.value) for field, each in again.items()} == {
            each.field: canonical(each.value) for each in chosen
        }


def test_records_come_in_the_order_of_the_projection(connection):
    for records in records_by_work(connection).values():
        assert records == sorted(records, key=record_order)


def test_all_cited_works_at_once_are_the_same_as_each(shelf, connection):
    assert records_by_work(connection) == {
        work.identifier: records_of(connection, work.identifier) for work in shelf.works if work.cited
    }


def test_any_identifier_of_a_work_leads_to_its_records(shelf, connection):
    work = next(each for each in shelf.works if len(each.identifiers) > 1)
    assert records_of(connection, work.identifiers[-1]) == records_of(connection, work.identifier) != []


def test_cited_works_come_in_the_order_of_their_identifiers(shelf, connection):
    found = [work.identifier for work in cited_works(connection)]
    assert found == sorted(work.identifier for work in shelf.works if work.cited)


def test_what_nobody_knows_has_no_records(connection):
    assert records_of(connection, Identifier("arxiv", "9999.99999")) == []


def test_what_a_source_has_taken_back_is_no_evidence(litdb, connection):
    paper = Identifier("arxiv", "2209.00626")
    before = {each.source for each in records_of(connection, paper)}
    with sqlite3.connect(litdb.library) as writing:
        writing.execute("UPDATE records SET superseded = 1 WHERE source = 'arxiv'")
    writing.close()
    assert {each.source for each in records_of(connection, paper)} == before - {"arxiv"} != before


def test_mentions_that_assert_something_are_found_by_work_and_place(connection):
    found = [row for rows in asserting_mentions(connection).values() for row in rows]
    dated = [(row["path"], row["line"], row["column"], row["asserted_date"]) for row in found if row["asserted_date"]]
    assert dated == [
        ("seeds/what-is-alignment.md", 37, 4, "2022-01-27"),
        ("seeds/what-is-alignment.md", 38, 4, "2017-06-12"),
        ("seeds/what-is-alignment.md", 39, 4, "2018-11-20"),
    ]


def test_a_comment_and_its_post_are_related(connection):
    pair = (Identifier("forum-comment", "3F8x4m2gbTHJ4evL7"), Identifier("forum", "KbyRPCAsWv5GtfrbG"))
    assert pair in related_works(connection)
