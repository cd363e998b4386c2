"""Recorded answers of registries and interfaces: every parser reads all of its family, refusals included.

What must be read is taken from the raw JSON or XML by a few lines of its own for each family. An answer that no
source of litdb asks for must still break nothing, and be taken for no page.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree

import pytest

from litdb.errors import LitdbError
from litdb.model import Answer, Identifier, Name, Request, Target
from litdb.pages.walls import wall
from litdb.sources import identify, source_named
from litdb.sources.page import PAGE
from litdb.text.urls import read_url

API = Path(__file__).parents[1].parent / "shared" / "corpus" / "api"
INDEX = API / "index.jsonl"
ROWS = [json.loads(line) for line in INDEX.read_text(encoding="utf-8").splitlines()] if INDEX.is_file() else []
TYPES = {".json": "application/json", ".xml": "application/xml", ".txt": "text/plain", ".html": "text/html"}
ATOM = "{http://www.w3.org/2005/Atom}"
NOW = "2026-11-21T04:00:00Z"

pytestmark = pytest.mark.skipif(not ROWS, reason="the recorded answers (../shared/corpus/api) are not here")


@dataclass(frozen=True)
class Case:
    """One question to a source, its recorded answer, and what must be read from it, by identifier.

    The request is the source's own first one, or with a `step` the recorded one. `body` makes the answer to it, where
    that is asked in another shape than it was recorded; `url` is the address that a note has for the work, where that
    matters; `then` is what a further request must have in its address, `cites` the names of what the works cite.
    """

    source: str
    asked: tuple[str, ...]
    expected: dict[str, dict[str, object]] = field(default_factory=dict)
    body: Callable[[Request], bytes] | None = None
    url: str = "https://a.example/"
    step: str = ""
    then: str = ""
    cites: tuple[str, ...] = ()


# --- what each family says, read anew ----------------------------------------------------------------------------


def arxiv(row, raw) -> Iterator[Case]:
    """Atom: the ids of the list that was asked for, or else those of the entries."""
    entries = {}
    for entry in ElementTree.fromstring(raw).iter(f"{ATOM}entry"):
        name = re.sub(r"v\d+$", "", entry.findtext(f"{ATOM}id", "").partition("/abs/")[2])
        entries[f"arxiv:{name}"] = {
            "outcome": "ok",
            "title": entry.findtext(f"{ATOM}title"),
            "authors": [author.findtext(f"{ATOM}name") for author in entry.iter(f"{ATOM}author")],
            "date first-version": entry.findtext(f"{ATOM}published"),
            "date this-version": entry.findtext(f"{ATOM}updated"),
        }
    wanted = parse_qs(urlsplit(row["url"]).query).get("id_list", [""])[0].split(",")
    asked = [f"arxiv:{re.sub(r'v[0-9]+$', '', each)}" for each in wanted if each] or list(entries)
    silent = "rate-limited" if not entries else "not-found"
    missing = "not-found" if row["status"] == 400 else silent
    yield Case("arxiv", tuple(asked), {each: entries.get(each, {"outcome": missing}) for each in asked})


def lesswrong(row, raw) -> Iterator[Case]:
    """Objects of a page's cache, answered as the interface would."""
    cache = json.loads(raw)
    whole = {**cache, **_other_objects(row)}

    def resolved(value, depth=5):
        if isinstance(value, dict) and "__ref" in value and depth:
            return resolved(whole.get(value["__ref"]), depth - 1)
        if isinstance(value, dict):
            return {key: resolved(each, depth) for key, each in value.items()}
        return [resolved(each, depth) for each in value] if isinstance(value, list) else value

    def body(request: Request) -> bytes:
        wanted = json.loads(request.body)["variables"]
        found = {each["_id"]: key for key, each in cache.items() if "_id" in each}
        return json.dumps(
            {"data": {alias: {"result": resolved(cache[found[each]])} for alias, each in wanted.items()}}
        ).encode()

    expected = {}
    for key, value in cache.items():
        kind = {"Post": "forum", "Comment": "forum-comment"}.get(key.partition(":")[0])
        if kind and value.get("postedAt"):
            writers = [value["user"], *(value.get("coauthors") or [])]
            expected[f"{kind}:{value['_id']}"] = {
                "outcome": "ok",
                "title": value.get("title"),
                "authors": [whole[writer["__ref"]]["displayName"] for writer in writers],
                "date posted": value["postedAt"],
            }
    for start in range(0, len(expected), 40):
        some = dict(list(expected.items())[start : start + 40])
        yield Case("forum", tuple(some), some, body)


def _other_objects(row):
    """The users are in the other file of the same page."""
    others = [each for each in ROWS if each["url"] == row["url"]]
    return {key: value for each in others for key, value in json.loads((API / each["file"]).read_bytes()).items()}


def oembed(row, raw) -> Iterator[Case]:
    """The address that was embedded, by the source that knows it."""
    address = parse_qs(urlsplit(row["url"]).query)["url"][0]
    named = identify(address).identifier
    source = {"tweet": "twitter", "youtube": "youtube"}.get(named.scheme)
    if source is None:
        return
    said = json.loads(raw)
    titled = {} if source == "twitter" else {"title": said["title"]}
    yield Case(source, (str(named),), {str(named): {**titled, "author in": said["author_name"]}})


def substack(_row, raw) -> Iterator[Case]:
    """A post by its number, and a publication's posts as its archive lists them."""
    document = json.loads(raw)
    if "post" in document:
        name = f"substack:p-{document['post']['id']}"
        yield Case("substack", (name,), {name: _substack_post(document["post"])})
        return
    posts = {str(identify(post["canonical_url"]).identifier): post for post in document["posts"]}
    expected = {name: _substack_post(post) for name, post in posts.items()}
    yield Case("substack", tuple(posts), expected, lambda _request: json.dumps(document["posts"]).encode())


def _substack_post(post):
    return {
        "outcome": "paywalled" if post["audience"] == "only_paid" else "ok",
        "title": post["title"],
        "author in": post["publishedBylines"][0]["name"].partition(" (")[0],
        "date posted": post["post_date"],
    }


def openalex(row, raw) -> Iterator[Case]:
    """Works by DOI, one or a list, under their own and under the DOIs of papers of arXiv."""
    works = []
    if row["status"] == 200:
        document = json.loads(raw)
        works = [work for work in document.get("results", [document]) if "title" in work and "authorships" in work]
    papers = [f"2101.{number:05}" for number, _ in enumerate(works or [None], start=1)]
    renamed = [
        {**work, "doi": f"https://doi.org/10.48550/arXiv.{name}"} for work, name in zip(works, papers, strict=False)
    ]

    def body(request: Request) -> bytes:
        if not renamed:
            return raw
        return json.dumps({"results": renamed} if "filter=" in request.url else renamed[0]).encode()

    names = [f"arxiv:{paper}" for paper in papers]
    expected = [_openalex_work(work) for work in works] or [{"outcome": "not-found"}]
    yield Case("openalex", tuple(names), dict(zip(names, expected, strict=True)), body)
    if works:
        own = {_doi(work["doi"]): {**_openalex_work(work), **_openalex_place(work)} for work in works if work["doi"]}
        yield Case("openalex", tuple(own), own, lambda _request: raw)
        yield from _openalex_references(works, raw)


def _openalex_references(works, raw):
    """Whether there are any, and that their names are asked for."""
    listed = {
        _doi(work["doi"]): work["referenced_works"] for work in works if work["doi"] and "referenced_works" in work
    }
    if listed:
        expected = {name: {} if ids else {"outcome": "partial"} for name, ids in listed.items()}
        first = next((ids[0].rpartition("/")[2] for ids in listed.values() if ids), "")
        yield Case("openalex-references", tuple(listed), expected, lambda _request: raw, then=first)


def _openalex_work(work):
    return {
        "outcome": "ok" if work["title"] else "partial",
        "title": work["title"],
        "authors": [each.get("raw_author_name") or each["author"]["display_name"] for each in work["authorships"]],
        "day": work["publication_date"],
    }


def _openalex_place(work):
    """Volume and journal, where it stands in one."""
    source = (work.get("primary_location") or {}).get("source") or {}
    journal = {"container": source["display_name"]} if source.get("type") == "journal" else {}
    volume = (work.get("biblio") or {}).get("volume")
    return {**journal, **({"volume": volume} if volume else {})}


def crossref(row, raw) -> Iterator[Case]:
    """Works by DOI, one or a list, and as CSL-JSON; other styles, funders, journals and agencies are not asked for."""
    path = urlsplit(row["url"]).path
    if "/transform/" in path and raw[:1] == b"{":
        name = _doi(unquote(path).partition("/transform")[0])
        yield Case("doi-negotiation", (name,), {name: _csl_item(json.loads(raw))})
    if not re.match(r"/works(?:/[^?]*)?$", path) or "/transform" in path or path.endswith("/agency"):
        return
    if row["status"] == 404 and "/10." in path:
        yield Case("crossref", (_doi(path),), {_doi(path): {"outcome": "not-found"}})
    if row["status"] != 200 or not raw:
        return
    document = json.loads(raw)
    message = document.get("message", document)
    works = message.get("items", [message])
    whole = [work for work in works if work.get("DOI") and work.get("title") and work.get("issued")]

    def body(request: Request) -> bytes:
        if re.search(r"/works\?", request.url):
            message = {"items": whole, "total-results": len(whole)}
            return json.dumps({"status": "ok", "message-type": "work-list", "message": message}).encode()
        return json.dumps({"status": "ok", "message-type": "work", "message": whole[0]}).encode()

    if whole:
        expected = {_doi(work["DOI"]): _crossref_work(work) for work in whole}
        cited = [each["DOI"] for work in whole for each in work.get("reference", ()) if each.get("DOI")]
        yield Case("crossref", tuple(expected), expected, body, cites=tuple(f"doi:{doi}" for doi in cited))


def _crossref_work(work):
    people = [" ".join(filter(None, (each.get("given"), each.get("family")))) for each in work.get("author", [])]
    names = [name or each.get("name", "") for name, each in zip(people, work.get("author", []), strict=True)]
    names = [name for name in names if name]
    parts = work["issued"]["date-parts"][0]
    day = "-".join(f"{part:02}" for part in parts if part) if parts else ""
    return {"title": _crossref_title(work), "authors": names, "day": day}


def _crossref_title(work):
    """With the subtitle, where that is one: not a code, a summary, or what the title has already."""
    title, subtitle = work["title"][0], (work.get("subtitle") or [""])[0]
    is_one = len(re.findall(r"[^\W\d_]{2,}", subtitle)) > 1 and not subtitle.endswith(".")
    return f"{title}: {subtitle}" if is_one and subtitle not in title else title


def _csl_item(item):
    """Crossref's CSL-JSON has its own type and lists where CSL has texts."""
    people = [f"{each.get('given', '')} {each['family']}" for each in item["author"]]
    title = item["title"][0] if isinstance(item["title"], list) else item["title"]
    day = "-".join(f"{part:02}" for part in item["issued"]["date-parts"][0])
    return {"outcome": "ok", "title": title, "authors": people, "day": day, "volume": item["volume"]}


def doi_content_negotiation(row, _raw) -> Iterator[Case]:
    """What doi.org itself sends is no data: a page about an error, or one about where it leads on to."""
    if re.search(r"/10[.]", row["url"]):
        outcome = "not-found" if row["status"] == 404 else "unsupported"
        yield Case("doi-negotiation", (_doi(row["url"]),), {_doi(row["url"]): {"outcome": outcome}})


def semanticscholar(row, raw) -> Iterator[Case]:
    """Papers by DOI; authors, releases and searches are not asked for."""
    found = re.search(r"/paper/DOI:([^?]+)\?", row["url"])
    if not found:
        return
    name = f"doi:{found[1].lower()}"
    if row["status"] != 200:
        yield Case("semanticscholar", (name,), {name: {"outcome": "not-found"}})
        return
    paper = json.loads(raw)
    if "authors" not in paper:
        return
    people = [each["name"] for each in paper["authors"]]
    expected = {name: {"title": paper["title"], "authors": people, **_semanticscholar_day(paper)}}

    def body(request: Request) -> bytes:
        return raw if request.method == "GET" else json.dumps([paper]).encode()

    yield Case("semanticscholar", (name,), expected, body)


def _semanticscholar_day(paper):
    """None for what it met as a preprint first: the day is the preprint's, whatever DOI it goes by now."""
    names = paper["externalIds"]
    if "arxiv" not in names["DOI"].lower() and ("ArXiv" in names or paper["venue"] == "bioRxiv"):
        return {"date posted": None}
    return {"day": paper["publicationDate"] or str(paper["year"])}


def rogue_scholar(_row, raw) -> Iterator[Case]:
    """A post by its DOI: whole names, the day, the blog, the ORCIDs."""
    post = json.loads(raw)
    people = [each.get("name") or f"{each['given']} {each['family']}" for each in post["authors"]]
    expected = {
        "outcome": "ok",
        "title": post["title"],
        "authors": people,
        "day": datetime.fromtimestamp(post["published_at"], timezone.utc).date().isoformat(),
        "container": post["blog"]["title"],
        "orcids": [each.get("url", "").removeprefix("https://orcid.org/") for each in post["authors"]],
    }
    yield Case("rogue-scholar", (_doi(post["doi"]),), {_doi(post["doi"]): expected})


def wayback_cdx(row, raw) -> Iterator[Case]:
    """Rows of an index: the first that is a page and was there leads to the capture."""
    rows = [line.split(" ") for line in raw.decode().splitlines() if line.count(" ") == 6]
    kept = [each for each in rows if each[3:5] == ["text/html", "200"]]
    identity = identify(f"https://{parse_qs(urlsplit(row['url']).query)['url'][0].removeprefix('https://')}")
    name = str(identity.identifier)
    if kept:
        yield Case("wayback", (name,), then=f"/{kept[0][1]}id_/{kept[0][2]}", url=identity.url)
    else:
        outcome = "not-found" if row["status"] == 200 else "forbidden"
        yield Case("wayback", (name,), {name: {"outcome": outcome}}, url=identity.url)


def wayback_memento(row, raw) -> Iterator[Case]:
    """A capture is the page that was there, under its own address; a page of the archive's own is none."""
    moment = re.search(r"/web/(\d{14})id_/", row["url"])[1]
    title = re.search(rb"<title[^>]*>(.*?)</title>", raw, re.DOTALL | re.IGNORECASE)
    identity = identify(row["url"])
    name = str(identity.identifier)
    if b"Internet Archive's Wayback Machine" in raw:
        yield Case("wayback", (name,), {name: {"outcome": "not-found"}}, url=identity.url, step="capture")
        return
    yield Case("page", (name,), {name: {"title in": title[1].decode()} if title else {}}, url=identity.url)
    kept = {"archived in": f"/{moment}/", "date not-later-than": f"{moment[:4]}-{moment[4:6]}-{moment[6:8]}"}
    yield Case("wayback", (name,), {name: kept}, url=identity.url, step="capture")


def _doi(text):
    return f"doi:{re.search(r'10[.][0-9]{4,9}/[^?]+', unquote(text))[0].lower()}"


FAMILIES: dict[str, Callable[[dict, bytes], Iterator[Case]]] = {
    "arxiv": arxiv,
    "crossref": crossref,
    "doi-content-negotiation": doi_content_negotiation,
    "lesswrong": lesswrong,
    "oembed": oembed,
    "openalex": openalex,
    "rogue-scholar": rogue_scholar,
    "semanticscholar": semanticscholar,
    "substack": substack,
    "wayback-cdx": wayback_cdx,
    "wayback-memento": wayback_memento,
}
"""By folder. Not here: what no work is asked by (agencies of DOIs, open copies, feeds that others made of a site)."""


def cases():
    for row in ROWS:
        family = row["file"].partition("/")[0]
        if family in FAMILIES:
            for case in FAMILIES[family](row, (API / row["file"]).read_bytes()):
                yield pytest.param(row, case, id=f"{row['id']}-{case.source}")


# --- the tests ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("row", "case"), list(cases()))
def test_recorded_answer_is_read_by_its_source(row, case):
    assert _problems(row, case) == []


def test_table_of_the_families():
    """With `-s`: answers of each family, questions that a source asks so, works and values that are right in them."""
    sys.stdout.write("\n" + _line("family", COLUMNS))
    total = Counter()
    for family in sorted({row["file"].partition("/")[0] for row in ROWS}):
        counts = Counter()
        for row in (row for row in ROWS if row["file"].partition("/")[0] == family):
            counts += _counts(row, list(FAMILIES.get(family, _nobody)(row, (API / row["file"]).read_bytes())))
        sys.stdout.write(_line(family, [counts[key] for key in COLUMNS]))
        total += counts
    sys.stdout.write(_line("all", [total[key] for key in COLUMNS]))
    assert (total["answers"], total["wrong"]) == (len(ROWS), 0)


COLUMNS = ("answers", "refusals", "not asked", "questions", "works", "values", "wrong")


def _line(family, cells):
    return f"{family:<25}" + "".join(f"{cell:>11}" for cell in cells) + "\n"


def _nobody(_row, _raw):
    return ()


def _counts(row, asked):
    values = [value for case in asked for expected in case.expected.values() for value in expected]
    return Counter(
        {
            "answers": 1,
            "refusals": int(row["status"] >= 400),
            "not asked": int(not asked),
            "questions": len(asked),
            "works": sum(len(case.expected) or 1 for case in asked),
            "values": len(values) + sum(bool(case.then) + len(case.cites) for case in asked),
            "wrong": sum(len(_problems(row, case)) for case in asked),
        }
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_recorded_answer_is_no_page_but_where_it_is_one(row):
    """An address of an interface that somebody cites: nothing breaks, and JSON, feeds and lists are no pages."""
    raw = (API / row["file"]).read_bytes()
    target = Target(PAGE.identify(read_url(row["url"])).identifier, (row["url"],))
    answer = Answer(Request("page", row["url"], (target,)), 200, _headers(row), raw, row["url"], NOW)
    reading = PAGE.read(answer)
    outcome = reading.outcomes[target.identifier][0]
    if raw.lstrip()[:1] in (b"{", b"[") or row["file"].endswith(".xml"):
        assert outcome == "unsupported"
    assert bool(reading.records) or outcome == "unsupported"


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["file"].startswith("derived-feeds/")], ids=lambda row: row["id"]
)
def test_every_item_of_a_feed_is_read(row):
    """The feeds are no site's own, so no source asks for them; they are read as any RSS is."""
    raw = (API / row["file"]).read_bytes()
    expected = [
        (item.findtext("link"), letters(item.findtext("title")), _rfc822_day(item.findtext("pubDate")))
        for item in ElementTree.fromstring(raw).iter("item")
    ]
    found = pytest.importorskip("litdb.sources.feeds").read_feed(raw, _headers(row), row["url"]) or ()
    assert [(item.link, letters(item.title), item.date[:10]) for item in found] == expected


@pytest.mark.parametrize("row", [row for row in ROWS if row["status"] >= 400], ids=lambda row: row["id"])
def test_recorded_refusal_is_told(row):
    raw = (API / row["file"]).read_bytes()
    outcome, reason = wall(row["status"], _headers(row), raw, row["url"], row["url"])
    assert outcome == {400: "forbidden", 403: "forbidden", 404: "not-found"}[row["status"]]
    assert reason


# --- reading and comparing ---------------------------------------------------------------------------------------


def _problems(row, case):
    """What is wrong in the reading of an answer, in words."""
    source, answer = _asked(row, case)
    reading = source.read(answer)
    said = {name: _said(reading, Identifier.parse(name)) for name in case.expected}
    wrong = [_differs(said[name], key, value) for name, told in case.expected.items() for key, value in told.items()]
    leads = case.then in "".join(further.url for further in reading.then)
    named = [each.url for each in source.references(answer) if each.url] if case.cites else []
    missing = [f"it does not cite {name}" for name in (Counter(case.cites) - Counter(named)).elements()]
    return [*filter(None, wrong), *missing, *([] if leads else [f"it does not lead to {case.then}"])]


def _asked(row, case):
    """The source and the answer to its own request; the test is left out where there is no such source."""
    asked = [Target(Identifier.parse(name), (case.url,)) for name in case.asked]
    try:
        source = source_named(case.source)
    except LitdbError:
        pytest.skip(f"litdb has no source named {case.source!r}")
    recorded = Request(case.source, row["url"], tuple(asked), case.step)
    request = recorded if case.step else next(iter(source.plan(asked)), None)
    if request is None:
        pytest.skip(f"the source {case.source!r} asks nobody about {asked[0].identifier.scheme}")
    raw = case.body(request) if case.body else (API / row["file"]).read_bytes()
    return source, Answer(request, row["status"], _headers(row), raw, request.url, NOW)


def _headers(row):
    return {"content-type": TYPES[Path(row["file"]).suffix]}


def _said(reading, identifier):
    """The first claim of each field (and of each kind of date) about a work, and its outcome."""
    said = {"outcome": reading.outcomes.get(identifier, ("", ""))[0]}
    for record in reading.records:
        if record.identifier == identifier:
            for claim in record.claims:
                said.setdefault(f"{claim.field} {claim.kind}".strip(), claim.value)
    return said


def _differs(said, key, value):
    """What is wrong with a value, or None. Texts are compared by their letters, a day by as much as is said of it."""
    what, _, how = key.partition(" ")
    got = said.get("date posted") if key == "day" else said.get(what if how == "in" else key)
    if key == "orcids":
        got = [name.get("ORCID", "") for name in said.get("authors", [])]
    if what in ("authors", "author"):
        got = [Name.from_json(name).display for name in said.get("authors", [])]
    right = {
        "outcome": lambda: got == value,
        "orcids": lambda: got == value,
        "title": lambda: _same_title(got, value),
        "title in": lambda: letters(got) in letters(value),
        "archived in": lambda: value in got,
        "authors": lambda: [*map(parts_of_name, got)] == [*map(parts_of_name, value)],
        "author in": lambda: any(letters(value) in letters(name) for name in got),
        "day": lambda: str(value).startswith(str(got)) or not value,
    }.get(key, lambda: str(got).rstrip("Z")[:19] == str(value).rstrip("Z")[:19])
    return None if right() else f"{key}: {got!r} instead of {value!r}"


def _same_title(got, value):
    """TeX is left to the tests of its own room."""
    return "\\" in str(value) or "$" in str(value) or letters(got) == letters(value)


def parts_of_name(name):
    """The words of a name in any order: registries write the family name first or last."""
    return sorted(filter(None, map(letters, re.split(r"[\s,]+", unicodedata.normalize("NFKC", name)))))


def _rfc822_day(text):
    return parsedate_to_datetime(text).date().isoformat() if text else ""


def letters(text):
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", re.sub(r"<[^>]+>", "", str(text or ""))).casefold())
