"""The library in the real Datasette: every page answers, facets, labels and links are there, nothing inner shows."""

import asyncio
import json
import re
import shutil
import subprocess
import sys
from copy import deepcopy
from threading import Timer
from urllib.request import ProxyHandler, build_opener

import pytest
from datasette.app import Datasette
from datasette.version import __version__

from conftest import SEEDS, Litdb
from litdb.database.canned import QUERIES
from litdb.database.library import PRIMARY_KEYS
from litdb.database.schema import VIEWS

DATASETTE = (sys.executable, "-m", "datasette", "serve")
ASKED = {"words": "alignment", "note": "what-is-alignment", "name": "Leike"}
WAIT = 60
"""Seconds after which a server that says nothing is ended."""
RUNNING = re.compile(r"Uvicorn running on (http://127\.0\.0\.1:\d+)")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """The seeds, crawled once without a network, only to look at."""
    project = tmp_path_factory.mktemp("project")
    litdb = Litdb(project / "db" / "litdb.db")
    litdb("crawl", str(shutil.copytree(SEEDS, project / "seeds")), "--offline")
    return litdb


@pytest.fixture
def library(crawled, tmp_path):
    """The same, to do with as one likes."""
    return Litdb(shutil.copytree(crawled.library.parent, tmp_path / "db") / "litdb.db")


@pytest.fixture(scope="module")
def metadata(crawled):
    return json.loads((crawled.library.parent / "metadata.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def get(crawled, metadata):
    """What Datasette answers in process: get(path, **parameters) → status, text."""
    more = {}
    if not __version__.startswith("0."):
        more = {"config": json.loads((crawled.library.parent / "datasette.json").read_text("utf-8"))}
    datasette = Datasette([str(crawled.library)], metadata=deepcopy(metadata), **more)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(datasette.invoke_startup())

    def asked(path, **parameters):
        answer = loop.run_until_complete(datasette.client.get(path, params=parameters, follow_redirects=True))
        return answer.status_code, answer.text

    yield asked
    for database in datasette.databases.values():
        database.close()
    datasette.executor.shutdown()
    loop.close()


def data(answer):
    status, text = answer
    assert status == 200, text
    return json.loads(text)


def page(answer):
    status, text = answer
    assert status == 200, text
    return text


@pytest.mark.parametrize("name", [*PRIMARY_KEYS, *VIEWS])
def test_every_table_and_view_answers(get, name):
    assert name in page(get(f"/litdb/{name}"))
    assert data(get(f"/litdb/{name}.json", _extra="columns"))["columns"]
    assert get(f"/litdb/{name}.csv")[0] == 200


@pytest.mark.parametrize("name", QUERIES)
def test_every_ready_query_answers_with_and_without_words(get, name):
    asked = {word: ASKED[word] for word in re.findall(r":(\w+)", QUERIES[name]["sql"])}
    assert QUERIES[name]["title"] in page(get(f"/litdb/{name}"))
    assert all(f'name="{word}"' in page(get(f"/litdb/{name}")) for word in asked)
    found = data(get(f"/litdb/{name}.json", _shape="array", **asked))
    assert found


def test_only_what_is_for_readers_is_listed(get):
    tables = data(get("/litdb.json"))["tables"]
    assert {each["name"] for each in tables if not each["hidden"]} == set(PRIMARY_KEYS)


@pytest.mark.parametrize("name", ["reference_list", "note_references", "needs_attention", "provenance", "works"])
def test_facets_show_with_their_counts(get, metadata, name):
    asked = metadata["databases"]["litdb"]["tables"][name]["facets"]
    shown = data(get(f"/litdb/{name}.json", _extra="facet_results"))["facet_results"]
    shown = shown.get("results", shown)  # 1.0
    assert set(shown) == {next(iter(each.values())) if isinstance(each, dict) else each for each in asked}
    assert all(facet["results"] for facet in shown.values())


def test_works_are_narrowed_by_the_notes_that_cite_them(get):
    note = "seeds/what-is-alignment.md"
    found = data(get("/litdb/reference_list.json", notes__arraycontains=note, _shape="array"))
    assert 0 < len(found) < 35
    assert all(note in json.loads(row["notes"]) for row in found)


@pytest.mark.parametrize("name", ["reference_list", "note_references", "needs_attention", "works", "mentions"])
def test_addresses_are_links(get, name):
    cells = re.findall(r'<td class="col-url [^"]*">(.*?)</td>', page(get(f"/litdb/{name}")), re.DOTALL)
    assert any(cells)
    assert all(cell.startswith('<a href="http') for cell in cells if "http" in cell)


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("authorships", {"work": "Learning through human feedback", "person": "Jan Leike"}),
        ("mentions", {"work": "Learning through human feedback", "note": "seeds/what-is-alignment.md"}),
        ("identifiers", {"work": "Learning through human feedback"}),
    ],
)
def test_a_row_that_points_to_another_shows_its_label(get, name, labels):
    html = page(get(f"/litdb/{name}", _size="max"))
    assert all(re.search(rf'<a href="/litdb/{column}s?[^"]*">{label}</a>|<a href="/litdb/people/\d+">{label}</a>', html)
               for column, label in labels.items())  # fmt: skip


def test_full_text_search_is_there(get):
    found = data(get("/litdb/works.json", _search="gradient", _shape="array"))
    assert {row["key"] for row in found} >= {"ngoGradientHackingDefinitions2022"}


def test_both_files_say_the_same_of_tables_and_queries(crawled, metadata):
    configuration = json.loads((crawled.library.parent / "datasette.json").read_text("utf-8"))
    assert configuration["databases"] == metadata["databases"]


def test_all_that_datasette_is_told_is_about_what_is_there(crawled, metadata):
    database = metadata["databases"]["litdb"]
    columns = {
        name: {row[1] for row in crawled.rows(f"PRAGMA table_info({name})")}
        for (name,) in crawled.rows("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    }
    for name, settings in database["tables"].items():
        facets = [next(iter(each.values())) if isinstance(each, dict) else each for each in settings.get("facets", [])]
        named = [settings[each] for each in ("label_column", "sort", "sort_desc", "fts_pk") if each in settings]
        assert {*facets, *named, *settings.get("sortable_columns", [])} <= columns[name], name
    assert set(database["tables"]) >= {*PRIMARY_KEYS, *VIEWS} - {"keys"}


def served(call, cwd):
    """The first page and a query of a Datasette that is started so, at the address that it names; then it is ended."""
    with subprocess.Popen(call, cwd=cwd, stderr=subprocess.PIPE, text=True) as process:
        watch = Timer(WAIT, process.kill)
        watch.start()
        try:
            address = next(found[1] for line in process.stderr if (found := RUNNING.search(line)))
            return fetched(f"{address}/litdb/reference_list"), fetched(f"{address}/litdb/undated.json")
        finally:
            process.terminate()
            process.communicate()
            watch.cancel()


def fetched(address):
    with build_opener(ProxyHandler({})).open(address, timeout=WAIT) as answer:
        return answer.read().decode()


def test_the_folder_itself_can_be_served(library):
    table, query = served([*DATASETTE, str(library.library.parent), "--port", "0"], library.library.parent)
    assert "The works that the notes cite, the newest first." in table
    assert json.loads(query)["rows"]
