"""Pictures: what they show and leave out, where their marks lead, what they are without what draws them."""

import base64
import hashlib
import random
import re
from contextlib import closing
from html import unescape

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from browse.conftest import HOSTILE, Reader, made
from browse.test_pages import BASE, words
from litdb.browse.pictures import pages
from litdb.browse.pictures.charts import COLOURS, packed
from litdb.browse.pictures.drawing import drawn
from litdb.browse.pictures.graph import CITED, RELATED, best
from litdb.browse.pictures.neighbourhood import neighbourhood
from litdb.browse.pictures.network import Node, Place, fitted, labelled
from litdb.database import pictures
from litdb.database.connection import open_for_reading
from litdb.database.pictures import Spot
from litdb.demo.large import make_library

REFERENCE = f"{BASE}/reference/roeHedges2022"


def marks(html):
    """The marks of the picture on a page: what each says, and where it leads."""
    picture = html[html.index("<svg") : html.index("</svg>")]
    found = re.findall(r'<a href="([^"]*)" aria-label="([^"]*)"', picture)
    return {unescape(said): unescape(href) for href, said in found}


def rows(html):
    """The table behind the picture, in words."""
    table = html[html.index('class="behind"') :]
    return [words(row).strip() for row in re.findall(r"<tr>(<td>.*?)</tr>", table)]


# Works by date


def test_every_dated_work_is_a_mark_that_leads_to_its_page(reader):
    html = reader.page(f"{BASE}/timeline")
    found = marks(html)
    assert found["Hedges, observed, 2022-03-14, cited 3 times"] == REFERENCE
    assert found["Soil and patience, 2021-06-01"] == f"{BASE}/reference/oakesSoil2021"
    assert len(found) == 3
    assert "1 work without a date is not shown." in words(html)


def test_the_table_behind_it_has_the_same(reader):
    assert rows(reader.page(f"{BASE}/timeline"))[1:] == [
        "2021-06-01 Soil and patience post 1",
        "2022-03-14 Hedges, observed preprint 3",
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("author=Ada+Roe", 1),
        ("note=notes/reading.md", 3),
        ("type=post&q=patience", 1),
        ("date=2021", 1),
        ("date=2021-06", 1),
        ("date=2021-07", 0),
        ("date=soon", 3),
        ("colour=site&view=nonsense", 3),
        ("type=book", 0),
    ],
)
def test_a_timeline_is_narrowed_as_the_list_is(reader, asked, found):
    html = reader.page(f"{BASE}/timeline?{asked}")
    assert len(rows(html) if found else []) == found
    assert ("There is nothing to draw" in html) == (not found)


def test_a_year_lies_along_all_of_it_and_a_day_is_a_point(tmp_path):
    lines, points = shapes(tmp_path, ["2020", "2022-03-14"])
    assert len(lines) == len(points) == 1
    (line,) = lines
    assert float(line.get("x2")) > 300


def test_a_month_is_shorter_than_a_year(tmp_path):
    lines, _ = shapes(tmp_path, ["2020", "2020-03"])
    year, month = sorted(abs(float(line.get("x2"))) for line in lines)[::-1]
    assert 10 < year / month < 14


def shapes(folder, dates):
    """The lines and the points that stand for works of these dates."""
    reader = Reader(made(folder / "library.db", dated(dates)))
    picture = etree.fromstring(reader(f"{BASE}/timeline.svg").content)
    reader.close()
    links = picture.findall(".//{*}a")
    return [line for each in links for line in each.iter("{*}line")], [
        p for each in links for p in each.iter("{*}path")
    ]


def dated(dates):
    """A library with a work of each date, all cited in one note."""
    works = [
        {"id": n, "key": f"key{n}", "title": f"Title {n}", "label": f"Title {n}", "type": "post", "cited": 1, "date": date,
         "year": int(date[:4]), "url": f"https://a.example/{n}", "outcome": "ok", "mentions": 1, "markup": "plain",
         "container": f"Site {n % 12}", "identifier": f"url:https://a.example/{n}"}
        for n, date in enumerate(dates, 1)
    ]  # fmt: skip
    return {
        "works": works,
        "notes": [{"id": 1, "path": "n.md", "kind": "markdown", "date": "2023-05", "mentions": len(works), "sha256": "c"}],
        "mentions": [
            {"id": each["id"], "note": 1, "work": each["id"], "line": each["id"], "column": 1, "end_line": 1,
             "end_column": 2, "target": "t", "found": "inline-link"}
            for each in works
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A reader of 900 works: 600 of 2021 (of these 90 without a month), 300 of one day in 2022."""
    dates = [f"2021-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(510)] + ["2021"] * 90 + ["2022-07-07"] * 300
    reader = Reader(made(tmp_path_factory.mktemp("many") / "library.db", dated(dates)))
    yield reader
    reader.close()


def test_of_many_works_there_is_a_bar_for_every_year(many):
    html = many.page(f"{BASE}/timeline")
    assert rows(html) == ["2021 600 600", "2022 300 300"]
    assert marks(html) == {
        "2021, post: 600 works": f"{BASE}/timeline?type=post&date=2021",
        "2022, post: 300 works": f"{BASE}/timeline?type=post&date=2022",
    }


def test_of_many_in_a_year_there_is_a_bar_for_every_month_and_what_has_none_is_told(many):
    html = many.page(f"{BASE}/timeline?date=2021")
    assert len(marks(html)) == 12
    assert "90 works of 2021 name no month." in words(html)
    assert f"{BASE}/timeline?type=post&date=2021-01" in marks(html).values()


def test_sites_beyond_the_usual_ones_are_put_together(many):
    heads = re.findall(r'<th scope="col"><bdi>(.*?)</bdi>', many.page(f"{BASE}/timeline?colour=site"))
    assert len(heads) == len(COLOURS) + 2
    assert heads[-2:] == ["other", "All"]


def test_many_works_of_a_day_have_a_mark_each(many):
    found = many.page(f"{BASE}/timeline?date=2022-07")
    assert found.count("<path d=") >= 300 or len(rows(found)) == 300


@pytest.mark.parametrize(
    "dates",
    [
        ("2020-11-18", "2022-08-30"),
        ("2021-12-01", "2022-03-14"),
        ("2022-03-01", "2022-05-02"),
        ("2022-03-01", "2022-03-09"),
    ],
)
def test_every_name_on_the_axis_has_its_year(tmp_path, dates):
    reader = Reader(made(tmp_path / "library.db", dated(dates)))
    picture = etree.fromstring(reader(f"{BASE}/timeline.svg").content)
    reader.close()
    texts = ["".join(each.itertext()) for each in picture.iter("{*}text")]
    named = [text for text in texts if text != "post"]
    assert len(named) > 1
    assert [text for text in named if not re.search(r"20\d\d$", text)] == []


# Reading over time


def test_reading_shows_when_notes_cite_and_when_works_are_from(reader):
    html = reader.page(f"{BASE}/timeline?view=reading")
    assert "2022-05-01 notes/reading.md 2022-03-14 Hedges, observed" in rows(html)
    assert marks(html)["Hedges, observed, 2022-03-14, cited in notes/reading.md, 2022-05-01"] == REFERENCE
    assert "Notes without a day of their own, 1 in all, are not shown." in words(html)


def test_an_axis_of_few_days_names_no_hours(reader):
    html = reader.page(f"{BASE}/timeline?view=reading&read=2022-05-01")
    picture = html[html.index("<svg") : html.index("</svg>")]
    assert re.findall(r">\d{1,2} [A-Z][a-z]{2} 2022<", picture)
    assert not re.findall(r"\d [AP]M|:\d\d<", picture)


def test_much_reading_is_put_together_by_years(many):
    html = many.page(f"{BASE}/timeline?view=reading")
    assert rows(html) == ["2023 2021 600", "2023 2022 300"]
    narrower = marks(html)["Cited 2023, of 2021: 600 citations"]
    assert narrower == f"{BASE}/timeline?view=reading&date=2021&read=2023"
    assert len(rows(many.page(narrower))) == 12


# The file


@pytest.mark.parametrize("path", ["timeline.svg", "timeline.svg?view=reading", "graph.svg", "graph.svg?of=hostile&n=9"])
def test_a_picture_alone_is_a_file_that_runs_nothing(reader, path):
    answer = reader(f"{BASE}/{path}")
    assert answer.headers["content-type"] == "image/svg+xml; charset=utf-8"
    picture = etree.fromstring(answer.content)
    style = picture.findtext("{*}style")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert answer.headers["content-security-policy"].startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    tags = {etree.QName(each).localname for each in picture.iter()}
    assert tags <= set("svg title desc style rect g a line path text circle defs marker".split())
    assert all(href.startswith("/library/-/") for href in picture.xpath("//@href"))
    assert not [name for name in picture.xpath("//@*") if str(name).startswith("javascript")]
    assert "\u202e" not in answer.text


def test_a_picture_says_what_it_is(reader):
    picture = etree.fromstring(reader(f"{BASE}/timeline.svg").content)
    assert picture.get("role") == "group"
    assert picture.findtext("{*}title") == "Works by date"
    assert picture.findtext("{*}desc").startswith("3 works from 2020 to 2022-03-14")
    assert all(link.get("aria-label") == link.findtext("{*}title") for link in picture.iter("{*}a"))


def test_the_same_library_gives_the_same_picture(reader):
    for path in ("timeline.svg", "graph.svg"):
        assert reader(f"{BASE}/{path}").content == reader(f"{BASE}/{path}").content


def test_what_a_chart_says_stays_text():
    said = HOSTILE[:100] + "]]>&amp;"
    chart = {
        "data": {"values": [{"a": said, "href": "/x", "b": 1}, {"a": "two", "href": "//other.example/", "b": 2}]},
        "mark": {"type": "bar", "color": "k1"},
        "encoding": {"y": {"field": "a", "type": "nominal"}, "x": {"field": "b", "type": "quantitative"},
                     "href": {"field": "href"}, "description": {"field": "a"}},
    }  # fmt: skip
    picture = drawn(chart, said, said)
    assert {each.tag for each in picture.iter()} <= {"svg", "title", "desc", "g", "a", "path", "line", "text"}
    assert [link.get("href") for link in picture.iter("a")] == ["/x", "//other.example/"]


# Without what draws


@pytest.fixture
def undrawn(library, monkeypatch):
    """A reader where the extra is not installed."""
    for name in ("charts_are_there", "graphs_are_there"):
        monkeypatch.setattr(pages, name, lambda: False)
        monkeypatch.setattr(
            f"litdb.browse.pictures.{'drawing' if 'charts' in name else 'network'}.{name}", lambda: False
        )
    reader = Reader(library)
    yield reader
    reader.close()


@pytest.mark.parametrize("path", ["timeline", "timeline?view=reading", "graph", "graph?of=roeHedges2022"])
def test_without_what_draws_there_is_the_table_and_a_word(undrawn, path):
    html = undrawn.page(f"{BASE}/{path}")
    assert "pip install 'litdb-notes[pictures]'" in words(html)
    assert "<svg" not in html
    assert '<details class="behind" id="table" open>' in html
    assert rows(html)


def test_without_what_draws_no_file_and_no_small_picture(undrawn):
    assert undrawn(f"{BASE}/timeline.svg").status_code == 404
    assert "<img" not in undrawn.page(REFERENCE)
    assert f"{BASE}/graph?of=roeHedges2022" in undrawn.page(REFERENCE)


# Small ones in place


@pytest.mark.parametrize(
    ("path", "picture"),
    [
        ("reference/roeHedges2022", "graph.svg?of=roeHedges2022&amp;n=12"),
        ("note/notes~2Freading~2Emd", "timeline.svg?note=notes%2Freading.md"),
    ],
)
def test_a_page_has_a_small_picture_that_leads_to_the_whole(reader, path, picture):
    html = reader.page(f"{BASE}/{path}")
    small = re.search(r'data-small><a href="([^"]*)"><img src="([^"]*)"', html)
    assert small[2] == f"{BASE}/{picture}"
    assert reader(unescape(small[2])).status_code == 200
    assert reader(unescape(small[1])).status_code == 200


def test_the_works_of_a_person_have_a_small_picture_if_there_are_several(reader, tmp_path):
    make_library(tmp_path / "library.db", 60, 100)
    with closing(open_for_reading(tmp_path / "library.db")) as connection:
        often = "SELECT name FROM people JOIN authorships ON person = people.id GROUP BY person ORDER BY count(*) DESC"
        (name,) = connection.execute(often).fetchone()
    invented = Reader(tmp_path / "library.db")
    assert "/timeline.svg?author=" in invented.page(f"{BASE}/person/{name.replace(' ', '+')}")
    invented.close()
    assert "/timeline.svg" not in reader.page(f"{BASE}/person/Ada+Roe")


# The graph


def test_the_graph_begins_with_the_best_connected(reader):
    html = reader.page(f"{BASE}/graph")
    said = words(html)
    assert "Notes that cite most Reading 4" in said
    assert "Works cited most often Hedges, observed 3" in said
    assert "Works with most relations" in said
    assert marks(html)["Note: Reading, 2022-05-01"] == f"{BASE}/graph?note=notes%2Freading.md"


def test_where_the_best_connected_have_no_ties_it_begins_near_one_of_them(woven):
    listed = [Spot("work", row) for (row,) in woven.execute("SELECT id FROM works ORDER BY mentions DESC LIMIT 8")]
    shown = best(woven, {CITED: [(spot, 1) for spot in listed], RELATED: []})
    assert shown.centre == listed[0]
    assert len(shown.steps) > len(listed)
    assert set(listed) <= set(shown.facts)


def test_near_a_work_are_notes_and_works_with_how_they_are_tied(reader):
    html = reader.page(f"{BASE}/graph?of=roeHedges2022")
    assert "Hedges, observed another version, says crossref Hedges, printed" in rows(html)
    assert "Reading cites Hedges, observed" in rows(html)
    assert marks(html)["Hedges, observed (Ada Roe, Ole van der Heide), 2022-03-14"] == REFERENCE
    assert "Hedges, printed (Ada Roe), 2023-01-05, cited by no note" in marks(html)


@pytest.mark.parametrize("name", ["oldHedges", "ROEHEDGES2022", "arxiv:2203.00001"])
def test_a_work_is_found_by_its_other_names(reader, name):
    assert "Near “Hedges, observed”" in words(reader.page(f"{BASE}/graph?of={name}"))


@pytest.mark.parametrize("asked", ["of=nobody", "note=none.md", "of=%00", "of=" + "x" * 3000])
def test_what_is_not_there_is_said_with_404(reader, asked):
    answer = reader(f"{BASE}/graph?{asked}")
    assert answer.status_code == 404
    assert "The library has no note or reference" in words(answer.text)


@pytest.mark.parametrize(("n", "found"), [("6", 6), ("0", 6), ("x", 24), ("48", 48), ("99999", 100)])
def test_a_graph_has_as_many_nodes_as_asked_within_bounds(many, n, found):
    html = many.page(f"{BASE}/graph?note=n.md&n={n}")
    assert len(set(marks(html))) == found
    assert "900 are directly beside it" in words(html)
    assert (">More<" in html) == (found < 100)
    assert (">Fewer<" in html) == (found >= 12)


@pytest.fixture(scope="module")
def woven(tmp_path_factory):
    """A connection to an invented library in which much is tied."""
    path = tmp_path_factory.mktemp("woven") / "litdb.db"
    make_library(path, 300, 900)
    connection = open_for_reading(path)
    yield connection
    connection.close()


def everything(connection):
    """The whole graph, by the simplest queries."""
    graph = networkx.Graph()
    for one, other in connection.execute("SELECT subject, object FROM relations"):
        graph.add_edge(Spot("work", one), Spot("work", other))
    for note, work in connection.execute("SELECT note, work FROM mentions WHERE work IS NOT NULL"):
        graph.add_edge(Spot("note", note), Spot("work", work))
    return graph


@pytest.mark.parametrize("number", range(6))
def test_what_is_shown_is_what_is_nearest(woven, number):
    whole = everything(woven)
    centre = random.Random(number).choice(sorted(whole))
    shown = neighbourhood(woven, centre, 40)
    far = networkx.single_source_shortest_path_length(whole, centre)
    assert dict(shown.steps) == {spot: far[spot] for spot in shown.steps}
    assert max(shown.steps.values()) <= min((far[spot] for spot in far if spot not in shown.steps), default=99)
    assert shown.beside == whole.degree(centre)
    within = whole.subgraph(shown.steps)
    assert {frozenset((link.source, link.target)) for link in shown.links} == {frozenset(edge) for edge in within.edges}


def test_questions_of_the_graph_use_indexes(woven):
    said = []
    woven.set_trace_callback(said.append)
    centre = min(everything(woven))
    said.clear()
    neighbourhood(woven, centre, 24)
    pictures.dated(woven, [1, 2])
    woven.set_trace_callback(None)
    plans = [row[3] for query in said for row in woven.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert plans
    assert not [plan for plan in plans if re.match(r"SCAN (relations|mentions|works|notes)", plan)]


# Places


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 30)).map(lambda pair: (pair[0], sum(pair))), max_size=60))
def test_nothing_that_is_packed_covers_another(stretches):
    stretches.sort()
    placed = list(zip(packed(stretches), stretches, strict=True))
    for place, (row, (start, _)) in enumerate(placed):
        assert all(end <= start for other, (_, end) in placed[:place] if other == row)


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=1, max_size=30))
def test_labels_that_are_shown_cover_no_node(points):
    places = fitted({str(n): Place(*point) for n, point in enumerate(points)}, 300)
    nodes = [Node(name, "cited", "A label", "", "") for name in places]
    for name, side in labelled(nodes, places).items():
        x, y = places[name]
        inside = [p for other, p in places.items() if other != name and abs(p.y - y) < 7]
        reach = 7.4 * len("A label")
        assert not [
            p for p in inside if (x + 9 < p.x < x + 9 + reach if side == "right" else x - 9 - reach < p.x < x - 9)
        ]
