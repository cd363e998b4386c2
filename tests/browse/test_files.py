"""Files of any list: the same as `litdb export`, whole however long, sent while they are written, of works only."""

import asyncio
import json
import re
from functools import partial

import pytest

from browse.conftest import Reader, large, made, tables
from litdb.browse.forms import FORMS
from litdb.browse.stock import only_rows
from litdb.browse.streaming import Streamed
from litdb.database import queries
from litdb.database.connection import open_for_reading
from litdb.export.biblatex import write_biblatex
from litdb.export.bibtex import write_bibtex
from litdb.export.csl_json import write_csl_json

ALL = 2500
LISTS = (
    "/library/-/references",
    "/library/-/references?q=title",
    "/library/-/note/long~2Emd",
    "/library/works",
    "/library/works?_next=key00100&_size=10",
    "/library/works?_search=title",
    "/library/reference_list",
    "/library/reference_list?_next=100",
    "/library/note_references",
    "/library/mentions",
    "/library/keys",
    "/library/notes",
    "/library/notes/1",
    "/library/undated",
    "/library/search?words=title",
)
"""Lists that hold all works of the long library: our own, tables, views, searches, rows, ready queries."""


def formed(path, form):
    """The address of a list as a file."""
    before, mark, query = path.partition("?")
    return f"{before}.{form}{mark}{query}"


def in_number(form, text):
    """How many works a file holds."""
    if form == "csljson":
        return len(json.loads(text))
    return len(re.findall(r"^@" if "bib" in form else r"^\d+\. ", text, re.MULTILINE))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", LISTS)
def test_a_file_of_a_list_is_whole(long_list, path, form):
    answer = long_list(formed(path, form))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == FORMS[form].media_type
    assert in_number(form, answer.text) == ALL


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/library/works.bib?type=preprint", ["roeHedges2022"]),
        ("/library/works/2.bib", ["oakesSoil2021"]),
        ("/library/works.bib?_search=patience&_col=title", ["oakesSoil2021"]),
        ("/library/mentions.bib?line__gt=10&line__lt=20", ["oakesSoil2021"]),
        ("/library/people.bib?name=Ada+Roe", ["roeHedges2022"]),
        ("/library/works_of_a_person.bib?name=Roe", ["roeHedges2022"]),
        ("/library/reference_list.bib?_sort=title&outcome=challenged", ["walled"]),
        ("/library/-/references.bib?year=2021&page=7", ["oakesSoil2021"]),
        ("/library/-/reference/roeHedges2022.bib", ["roeHedges2022"]),
        ("/library/-/reference/oldHedges.bib", ["roeHedges2022"]),
        ("/library/-/person/Bram+Oakes.bib", ["oakesSoil2021"]),
        ("/library/search.bib", []),
    ],
)
def test_a_file_holds_what_the_list_holds(reader, path, found):
    answer = reader(path)
    assert answer.status_code == 200, answer.text
    assert re.findall(r"^@\w+\{(.*),$", answer.text, re.MULTILINE) == found


def test_files_are_what_export_writes(reader, library, monkeypatch):
    with open_for_reading(library) as connection:
        works = [work for work in queries.works(connection) if work.key]
    keys = {work.key for work in works}
    assert reader("/library/-/references.bib").text == "".join(write_bibtex(works))
    assert reader("/library/-/references.biblatex").text == "".join(write_biblatex(works, keys))
    shown = json.loads(reader("/library/-/references.csljson?sort=title").text)
    assert sorted(shown, key=lambda item: item["id"]) == json.loads("".join(write_csl_json(works)))


def test_works_without_a_key_are_in_the_other_files(reader):
    assert "Hedges, printed" in reader("/library/works.csljson?cited=0").text
    assert "@" not in reader("/library/works.bib?cited=0").text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/library/passed_over.bib", "These rows name no works"),
        ("/library/projected.csljson", "These rows name no works"),
    ],
)
def test_rows_that_name_no_works_are_told_so(reader, path, said):
    answer = reader(path)
    assert answer.status_code == 400
    assert said in answer.text


def test_lists_of_works_offer_their_files(reader):
    assert all(f"/library/reference_list.{form}" in reader.page("/library/reference_list") for form in FORMS)
    assert ".biblatex" not in reader.page("/library/passed_over")


def test_arbitrary_sql_can_be_had_as_a_file(reader):
    sql = "select+key+from+works+where+type+%3D+:type;"
    answer = asyncio.run(
        reader.datasette.client.get(f"/library.bib?sql={sql}&type=post", follow_redirects=True)
    )  # Datasette 1.0 has moved queries to another address
    assert "@misc{oakesSoil2021," in answer.text


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/library/reference_list.bib", b"_nofacet=1&_nocount=1"),
        ("/library/reference_list.csljson?type=post", b"type=post&_nofacet=1&_nocount=1"),
        ("/library/reference_list.json", b""),
        ("/library/reference_list?type=post", b"type=post"),
    ],
)
def test_a_file_is_asked_for_without_what_only_its_page_shows(path, query):
    asked = []

    async def app(scope, _receive, _send):
        asked.append(scope["query_string"])

    place, _, text = path.partition("?")
    asyncio.run(only_rows(app)({"type": "http", "path": place, "query_string": text.encode()}, None, None))
    assert asked == [query]


def test_a_file_is_sent_piece_by_piece():
    made_so_far, sent = [], []

    async def send(message):
        sent.append((message["type"], len(message.get("body", b"")), len(made_so_far)))

    pieces = (made_so_far.append(number) or f"{number}\n" for number in range(1000))
    asyncio.run(Streamed(pieces, "text/plain", {}, asyncio.Event().wait).asgi_send(send))
    assert [kind for kind, _, _ in sent] == ["http.response.start", *["http.response.body"] * 6]
    assert [done for _, _, done in sent] == [0, 200, 400, 600, 800, 1000, 1000]


def test_a_file_that_nobody_reads_any_more_is_made_no_further():
    made_so_far, sent, gone = [], [], asyncio.Event()

    async def receive():
        if sent:
            await gone.wait()
        return {"type": "http.disconnect" if sent else "http.request"}

    async def send(message):
        sent.append(message.get("body"))
        if len(sent) == 3:
            gone.set()
        await asyncio.sleep(0)

    pieces = (made_so_far.append(number) or f"{number}\n" for number in range(10_000))
    asyncio.run(Streamed(pieces, "text/plain", {}, receive).asgi_send(send))
    assert 400 <= len(made_so_far) < 1000


def test_works_are_read_in_parts_over_a_connection_of_their_own(tmp_path, monkeypatch):
    reader = Reader(made(tmp_path / "library.db", large(1200)))
    asked = []
    monkeypatch.setattr("litdb.browse.streaming.works_by_id", partial(_counted, asked))
    assert reader("/library/-/references.csljson").text == "[]\n"
    assert asked == [500, 500, 200]
    reader.close()


def _counted(asked, _connection, rows):
    asked.append(len(rows))
    return {}


def test_a_file_says_what_it_is_called(reader):
    header = reader("/library/-/note/notes~2Fa+b~2Fmeeting~2Emd.bib").headers["content-disposition"]
    assert header == "inline; filename*=UTF-8''meeting.md.bib"


def test_the_small_library_has_works_of_every_state():
    assert {work["outcome"] for work in tables()["works"]} == {"ok", "challenged"}
