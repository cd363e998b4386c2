"""litdb archive: the journal as a WARC and back, and the pages of archives that others wrote."""

from __future__ import annotations

import gzip
import json
import resource
import shutil
import sqlite3
import sys
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import SEEDS, Litdb
from litdb.database.journal import Journal
from litdb.model import Answer, Hop, Identifier, Request, Target

pytest.importorskip("warcio", reason="the extra litdb-notes[warc] is not installed")

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from litdb.files import warc
from litdb.files.warc import ATTEMPTS, KEYS, write_warc
from litdb.files.warc_reading import Broken, Page, Passed, read_warc

POST = "https://www.engraved.blog/building-a-virtual-machine-inside/"
PAGE = b"""<!doctype html><html lang="en"><head><title>Building A Virtual Machine</title>
<meta property="og:title" content="Building A Virtual Machine"><meta name="author" content="Jonas Degrave">
<meta property="article:published_time" content="2022-12-03"></head><body><h1>Building A Virtual Machine</h1></body></html>"""
HTML = ("Content-Type", "text/html; charset=utf-8")


@pytest.fixture
def crawled(litdb, tmp_path, crawled_seeds, little_web):
    """The seeds, crawled on the little web."""
    shutil.copytree(crawled_seeds, tmp_path, dirs_exist_ok=True)
    return litdb


@pytest.fixture
def elsewhere(tmp_path):
    """Another project with the same seeds and no library."""
    shutil.copytree(SEEDS, tmp_path / "elsewhere" / "seeds")
    return Litdb(tmp_path / "elsewhere" / "db" / "litdb.db")


@pytest.fixture
def cited(litdb, tmp_path):
    """A library whose one note cites a post that nobody asked about."""
    (tmp_path / "note.md").write_text(f"[machine]({POST})")
    litdb("crawl", str(tmp_path / "note.md"), "--offline")
    return litdb


def rows(litdb):
    """All of a journal."""
    connection = sqlite3.connect(litdb.library.with_suffix(".journal"))
    try:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
            for table in ("answers", "attempts", "assigned_keys")
        }
    finally:
        connection.close()


def archive(path, *records, packed=False):
    """An archive as another tool writes it: (address, body, status line, headers) or more keywords of the record."""
    with path.open("wb") as opened:
        writer = WARCWriter(opened, gzip=packed)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "Wget/1.21"}))
        for url, body, status, headers in records:
            http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
            about = {"WARC-Date": "2024-05-06T07:08:09.123456Z"}
            record = writer.create_warc_record(
                url, "response", payload=BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=about
            )
            writer.write_record(record)
    return str(path)


def ok(url, body=PAGE, *headers):
    return url, body, "200 OK", [HTML, *headers]


# Out and back in


@pytest.mark.parametrize("name", ["all.warc", "all.warc.gz"])
def test_out_into_a_new_journal_and_rebuilt_the_dumps_are_equal(crawled, elsewhere, tmp_path, name):
    crawled("archive", "--warc", str(tmp_path / name))
    elsewhere("archive", "--read", str(tmp_path / name))
    assert rows(elsewhere) == rows(crawled)
    elsewhere("rebuild")
    assert elsewhere("dump") == crawled("dump")


def test_what_was_read_is_the_same_archive_again(crawled, elsewhere, tmp_path):
    crawled("archive", "--warc", str(tmp_path / "one.warc"))
    elsewhere("archive", "--read", str(tmp_path / "one.warc"))
    elsewhere("archive", "--warc", str(tmp_path / "two.warc"))
    one, two = ((tmp_path / name).read_bytes().split(b"WARC/1.1\r\n")[2:] for name in ("one.warc", "two.warc"))
    assert [part for part in one if b"+json" not in part] == [part for part in two if b"+json" not in part]


def test_read_twice_nothing_is_there_twice(crawled, tmp_path):
    before = rows(crawled), crawled("dump")
    crawled("archive", "--warc", str(tmp_path / "all.warc.gz"))
    crawled("archive", "--read", str(tmp_path / "all.warc.gz"))
    assert (rows(crawled), crawled("dump")) == before


def test_redirects_are_records_of_their_own(litdb, tmp_path):
    asked = Request("page", "https://a.example/", (Target(Identifier("url", "https://a.example/")),))
    hops = (Hop(301, "https://a.example/"), Hop(302, "https://b.example/x"))
    answer = Answer(asked, 200, {"content-type": "text/html"}, PAGE, "https://c.example/", "2026-01-02T03:04:05Z", hops)
    with Journal(litdb.library.with_suffix(".journal")) as journal:
        journal.keep(answer)
    said = litdb("archive", "--warc", str(tmp_path / "all.warc"))
    assert "redirects 2" in said
    with (tmp_path / "all.warc").open("rb") as opened:
        seen = [
            (
                each.rec_headers["WARC-Target-URI"],
                each.http_headers.get_statuscode(),
                each.http_headers.get_header("Location"),
            )
            for each in ArchiveIterator(opened)
            if each.rec_type == "response"
        ]
    assert seen == [
        ("https://a.example/", "301", "https://b.example/x"),
        ("https://b.example/x", "302", "https://c.example/"),
        ("https://c.example/", "200", None),
    ]
    assert [each for each in read_warc(tmp_path / "all.warc") if isinstance(each, Answer)] == [answer]


def test_every_record_is_whole_by_its_digests_and_tells_of_one_page(crawled, tmp_path):
    crawled("archive", "--warc", str(tmp_path / "all.warc.gz"))
    with (tmp_path / "all.warc.gz").open("rb") as opened:
        kinds = []
        for record in ArchiveIterator(opened, check_digests=True):
            record.content_stream().read()
            kinds.append(record.rec_type)
            assert record.digest_checker.passed is not False
            assert record.rec_headers.protocol == "WARC/1.1"
            assert (record.rec_headers["WARC-Target-URI"] is None) == (record.rec_type in ("warcinfo", "metadata"))
    answers = len(rows(crawled)["answers"])
    assert (kinds[0], kinds.count("request"), kinds.count("response")) == ("warcinfo", answers, answers)


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_HEADERS = st.dictionaries(st.sampled_from(["content-type", "content-encoding", "etag", "link", "x-y"]), _TEXT)


@given(
    body=st.binary(max_size=300),
    headers=_HEADERS,
    sent=_TEXT,
    status=st.sampled_from([200, 206, 304, 403, 404, 500]),
    day=st.sampled_from(["", "2022-03-04"]),
)
@settings(max_examples=60, deadline=None)
def test_whatever_came_over_the_wire_comes_back(tmp_path_factory, body, headers, sent, status, day):
    target = Target(Identifier("url", "https://a.example/ö"), ("https://a.example/%C3%B6",), day)
    asked = Request("page", "https://a.example/%C3%B6?q=1", (target,), "step", "POST", sent, (("Accept", "text/html"),))
    answer = Answer(asked, status, headers, body, asked.url, "2026-01-02T03:04:05.678Z")
    path = tmp_path_factory.mktemp("w") / "one.warc.gz"
    write_warc(path, "litdb/test", [("id", answer)], [], [])
    assert list(read_warc(path)) == [answer]


def test_secrets_are_never_in_it(litdb, tmp_path):
    def kept(url, headers=(), sent=(), arrived=""):
        target = Target(Identifier("url", url), (url,))
        request = Request("page", url, (target,), headers=sent)
        return Answer(request, 200, dict(headers), PAGE, arrived or url, "2026-01-02T03:04:05Z", (Hop(302, url),))

    with Journal(litdb.library.with_suffix(".journal")) as journal:
        journal.keep(kept("https://a.example/", sent=(("Authorization", "Bearer S3CRET"), ("X-Api-Key", "S3CRET"))))
        journal.keep(kept("https://b.example/", headers=(("set-cookie", "sid=S3CRET"), ("x-auth-token", "S3CRET"))))
        journal.keep(kept("https://c.example/", arrived="https://files.example/c?X-Amz-Signature=S3CRET&page=1"))
        linked = (("link", "</next?token=S3CRET>; rel=next"), ("refresh", "0; url=/x;jsessionid=S3CRET#token=S3CRET"))
        journal.keep(kept("https://e.example/", headers=linked, arrived="https://e.example/x;jsessionid=S3CRET"))
        journal.keep(kept("https://d.example/?api_key=S3CRET"))
        journal.assign({Identifier("url", "https://d.example/?api_key=S3CRET"): "key2020"}, "2026-01-02T03:04:05Z")
    said = litdb("archive", "--warc", str(tmp_path / "all.warc"))
    assert b"S3CRET" not in (tmp_path / "all.warc").read_bytes()
    assert b"files.example/c?X-Amz-Signature=hidden&page=1" in (tmp_path / "all.warc").read_bytes()
    assert "answers 4" in said
    assert "Left out: 1 of d.example" in litdb.told


def test_memory_holds_no_more_than_the_largest_answer(tmp_path):
    def answers(count):
        for number in range(count):
            request = Request("page", f"https://a.example/{number}", ())
            body = str(number).encode() * 400_000
            yield str(number), Answer(request, 200, {}, body, request.url, "2026-01-02T03:04:05Z")

    def peak():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    write_warc(tmp_path / "few.warc.gz", "litdb/test", answers(15), [], [])
    assert sum(isinstance(each, Answer) for each in read_warc(tmp_path / "few.warc.gz")) == 15
    before = peak()
    write_warc(tmp_path / "many.warc.gz", "litdb/test", answers(120), [], [])
    assert sum(isinstance(each, Answer) for each in read_warc(tmp_path / "many.warc.gz")) == 120
    assert peak() - before < 20


def test_cut_off_while_writing_the_old_archive_stays(crawled, tmp_path, monkeypatch):
    path = tmp_path / "all.warc"
    crawled("archive", "--warc", str(path))
    before = path.read_bytes()

    def cut(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("litdb.files.warc._attempt", cut)
    crawled("archive", "--warc", str(path), code=130)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob(".*.new"))


@pytest.mark.parametrize("content", [b"my notes", b"", gzip.compress(b"my notes", mtime=0)])
def test_a_file_that_is_no_warc_is_never_overwritten(crawled, tmp_path, content):
    for name in ("mine.warc", "mine.warc.gz"):
        (tmp_path / name).write_bytes(content)
        crawled("archive", "--warc", str(tmp_path / name), code=2)
        assert "no WARC" in crawled.told
        assert (tmp_path / name).read_bytes() == content


# What others wrote


def test_a_page_of_a_known_work_is_learnt_from(cited, tmp_path):
    cited("archive", "--read", archive(tmp_path / "a.warc.gz", ok(POST), packed=True))
    work = cited.data("show", POST)
    assert (work["title"], work["date"], work["outcome"]) == ("Building A Virtual Machine", "2022-12-03", "ok")
    assert work["accessed"] == "2024-05-06"
    cited("rebuild")
    assert cited.data("show", POST)["title"] == "Building A Virtual Machine"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE), [("Content-Encoding", "gzip")]),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), [("Transfer-Encoding", "chunked")]),
    ],
    ids=["gzip", "chunked"],
)
def test_a_page_is_unpacked(cited, tmp_path, body, headers):
    cited("archive", "--read", archive(tmp_path / "a.warc", ok(POST, body, *headers)))
    assert cited.data("show", POST)["title"] == "Building A Virtual Machine"


def test_a_page_is_found_by_the_address_that_led_to_it(cited, tmp_path):
    moved = (POST, b"", "301 Moved Permanently", [("Location", "https://moved.example/machine")])
    cited("archive", "--read", archive(tmp_path / "a.warc", moved, ok("https://moved.example/machine")))
    assert cited.data("show", POST)["title"] == "Building A Virtual Machine"
    assert cited.rows("SELECT count(*) FROM works WHERE cited") == [(1,)]


def test_the_rest_is_counted_and_said(cited, tmp_path):
    wall = b"<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"
    said = cited(
        "archive",
        "--read",
        archive(
            tmp_path / "a.warc",
            ok("https://unknown.example/"),
            ok("https://unknown.example/2"),
            ("https://unknown.example/a.png", b"\x89PNG", "200 OK", [("Content-Type", "image/png")]),
            (POST, b"", "404 Not Found", [HTML]),
            ok(POST, wall),
            ("dns:example.org", b"1.2.3.4", "200 OK", []),
        ),
    )
    for line in (
        "pages of works that the library does not know: 2",
        "files of type image/png: 1",
        "answers with status 404: 1",
        "pages that tell nothing: Cloudflare asks for a browser: 1",
        "records named dns:…: 1",
    ):
        assert f"passed over: {line}" in said
    assert cited.data("show", POST)["attempts"] == []


def test_a_wacz_is_read_and_so_is_an_old_arc(cited, tmp_path):
    archive(tmp_path / "data.warc.gz", ok(POST), packed=True)
    with zipfile.ZipFile(tmp_path / "browsed.wacz", "w") as packed:
        packed.write(tmp_path / "data.warc.gz", "archive/data.warc.gz")
        packed.writestr("pages/pages.jsonl", "{}")
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    head = b"1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n\n"
    (tmp_path / "old.arc").write_bytes(
        b"filedesc://old.arc 0.0.0.0 20010203040506 text/plain %d\n%s\n" % (len(head), head)
        + b"%s 1.2.3.4 20010203040506 text/html %d\n%s\n" % (POST.encode(), len(http), http)
    )
    told = cited.data("archive", "--read", str(tmp_path / "browsed.wacz"), "--read", str(tmp_path / "old.arc"))
    assert [(each["pages"], each["problems"]) for each in told] == [([POST], []), ([POST], [])]


def test_what_follows_a_packed_page_is_no_damage(cited, tmp_path):
    cited(
        "archive",
        "--read",
        archive(tmp_path / "a.warc", ok(POST, gzip.compress(PAGE) + b"\n\n", ("Content-Encoding", "gzip"))),
    )
    assert cited.data("show", POST)["title"] == "Building A Virtual Machine"


def test_answers_of_a_source_that_is_not_installed_are_passed_over(cited, tmp_path):
    request = Request("plugin", POST, (Target(Identifier("url", POST)),))
    answer = Answer(request, 200, {}, b"{}", POST, "2026-01-02T03:04:05Z")
    write_warc(tmp_path / "a.warc", "litdb/test", [("id", answer)], [], [])
    assert "the source plugin, which is not installed here: 1" in cited("archive", "--read", str(tmp_path / "a.warc"))
    cited("rebuild")


def test_a_key_that_is_taken_stays_and_that_is_said(cited, tmp_path):
    key = cited.data("list")[0]["key"]
    other = Identifier("arxiv", "2209.00626")
    write_warc(tmp_path / "a.warc", "litdb/test", [], [], [(key, other, "2020-01-01T00:00:00Z")])
    cited("archive", "--read", str(tmp_path / "a.warc"), code=1)
    assert f"The key {key} was not given to {other}" in cited.told
    assert cited.data("list")[0]["key"] == key


# What is broken


def pieces(path):
    """An archive of five pages, cut into its parts: warcinfo and the pages."""
    archive(path, *(ok(f"https://a.example/{number}") for number in range(5)), packed=path.suffix == ".gz")
    content = path.read_bytes()
    start = b"\x1f\x8b\x08" if path.suffix == ".gz" else b"WARC/1.0"
    return [start + part for part in content.split(start)[1:]]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_damaged_record_is_told_with_its_place_and_the_rest_read(tmp_path, name):
    parts = pieces(tmp_path / name)
    place = sum(map(len, parts[:3]))
    parts[3] = parts[3][:40] + b"\xff" * 60 + parts[3][100:]
    (tmp_path / name).write_bytes(b"".join(parts))
    found = list(read_warc(tmp_path / name))
    assert [each.url[-1] for each in found if isinstance(each, Page)] == ["0", "1", "3", "4"]
    (problem,) = (each.problem for each in found if isinstance(each, Broken))
    assert f"{name}: the record at byte {place} was left out" in problem


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("cut", [10, 200, 400])
def test_an_archive_that_was_cut_short_is_read_up_to_there(tmp_path, name, cut):
    parts = pieces(tmp_path / name)
    place = sum(map(len, parts[:4]))
    (tmp_path / name).write_bytes(b"".join(parts)[: place + cut])
    found = list(read_warc(tmp_path / name))
    assert [each.url[-1] for each in found if isinstance(each, Page)] == ["0", "1", "2"]
    (problem,) = (each.problem for each in found if isinstance(each, Broken))
    assert problem.startswith(f"{tmp_path / name}: the record at byte {place} was left out: it")


def test_content_that_is_not_what_its_digest_says_is_left_out(cited, tmp_path):
    path = tmp_path / "a.warc"
    archive(path, ok(POST))
    path.write_bytes(path.read_bytes().replace(b"Jonas", b"Janos"))
    cited("archive", "--read", str(path), code=1)
    assert "not what its digest says" in cited.told
    assert cited.data("show", POST)["outcome"] == "partial"


@pytest.mark.parametrize(
    "content", [b"", b"Some words.\n", b"\x00" * 2000, b"GIF89a", gzip.compress(b"words", mtime=0), b"%PDF-1.7"]
)
def test_something_else_is_said_by_name_and_the_next_file_read(cited, tmp_path, content):
    (tmp_path / "other.warc").write_bytes(content)
    good = archive(tmp_path / "good.warc", ok(POST))
    said = cited("archive", "--read", str(tmp_path / "other.warc"), "--read", good, code=1)
    assert "other.warc does not begin as a WARC, ARC or WACZ file" in cited.told
    assert f"page: {POST}" in said


def test_a_zip_without_an_archive_is_said_so(cited, tmp_path):
    with zipfile.ZipFile(tmp_path / "x.wacz", "w") as packed:
        packed.writestr("readme", "words")
    cited("archive", "--read", str(tmp_path / "x.wacz"), code=1)
    assert "without an archive in it" in cited.told


@given(st.integers(0, 6000), st.binary(min_size=1, max_size=40), st.booleans())
@settings(max_examples=150, deadline=None)
def test_no_damage_ends_in_anything_but_sentences(tmp_path_factory, place, noise, packed):
    path = tmp_path_factory.mktemp("w") / ("a.warc.gz" if packed else "a.warc")
    archive(path, *(ok(f"https://a.example/{number}") for number in range(5)), packed=packed)
    content = bytearray(path.read_bytes())
    content[place : place + len(noise)] = noise
    path.write_bytes(bytes(content))
    assert {type(each) for each in read_warc(path)} <= {Page, Passed, Broken}


# What somebody else's hands changed


def told(path, kind, said):
    """An archive with a metadata record as litdb writes them, saying anything."""
    with path.open("wb") as opened:
        content, writer = json.dumps(said).encode(), WARCWriter(opened, gzip=False)
        record = writer.create_warc_record(
            "", "metadata", payload=BytesIO(content), length=len(content), warc_content_type=kind
        )
        writer.write_record(record)
    return path


AT = "2026-01-02T03:04:05Z"
ENDED = ["url:https://a.example/", "page", "ok", "", AT, "", "", ""]


def with_one(row, place, value):
    return [*row[:place], value, *row[place + 1 :]]


@pytest.mark.parametrize("value", [None, 7, True, [], {}, "\ud800"], ids=repr)
@pytest.mark.parametrize(("kind", "row"), [(ATTEMPTS, ENDED), (KEYS, ["key2020", "url:https://a.example/", AT])])
def test_a_row_that_holds_anything_but_texts_is_told_and_not_taken(tmp_path, kind, row, value):
    for place in range(len(row)):
        (found,) = read_warc(told(tmp_path / "a.warc", kind, [with_one(row, place, value)]))
        assert isinstance(found, Broken), place
        assert "a.warc: the record at byte 0 was left out" in found.problem


@pytest.mark.parametrize(
    "said",
    [7, None, "words", {}, [7], [{}], ["words"], [[]], [ENDED[:4]], [[*ENDED, "more"]], [with_one(ENDED, 4, "one day")],
     [with_one(ENDED, 0, "nonsense")], [with_one(ENDED, 2, "fine")]],
    ids=str,
)  # fmt: skip
def test_rows_of_another_shape_are_told_and_not_taken(tmp_path, said):
    assert [type(each) for each in read_warc(told(tmp_path / "a.warc", ATTEMPTS, said))] == [Broken]


ANSWERED = Answer(
    Request("page", POST, (Target(Identifier("url", POST), (POST,), "2020"),), headers=(("accept", "text/html"),)),
    200, {"content-type": "text/html"}, PAGE, POST, AT, (Hop(301, POST),),
)  # fmt: skip
ODD = {
    **dict.fromkeys(("source", "step", "method", "address", "sent", "url", "at"), 7),
    "status": "200",
    "headers": {"a": 7},
    "hops": [["301", POST]],
    "asked": [["url:x", [7], ""]],
    "sent_headers": [["a", 7]],
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("is_gone", [False, True])
def test_an_answer_of_which_something_odd_is_told_is_not_taken(tmp_path, monkeypatch, name, is_gone):
    write = warc._told
    odd = {} if is_gone else {name: ODD[name]}
    monkeypatch.setattr(warc, "_told", lambda answer: {k: v for k, v in write(answer).items() if k != name} | odd)
    write_warc(tmp_path / "a.warc", "litdb/test", [("id", ANSWERED)], [], [])
    found = list(read_warc(tmp_path / "a.warc"))
    assert not [each for each in found if isinstance(each, Answer)]
    assert "was left out" in next(each.problem for each in found if isinstance(each, Broken))


def test_a_key_that_no_bibliography_may_have_is_told_and_not_taken(cited, tmp_path):
    told(tmp_path / "a.warc", KEYS, [["}\\input", f"url:{POST}", AT]])
    cited("archive", "--read", str(tmp_path / "a.warc"), code=1)
    assert "}\\input was not given" in cited.told
    assert "}\\input" not in str(rows(cited)["assigned_keys"])


def test_a_missing_file_is_a_usage_error(cited, tmp_path):
    cited("archive", "--read", str(tmp_path / "nowhere.warc"), code=2)
    assert "nowhere.warc" in cited.told


@pytest.mark.parametrize("words", [(), ("--warc", "a.warc", "--read", "b.warc")])
def test_it_writes_or_reads(cited, words):
    cited("archive", *words, code=2)
    assert "either --warc" in cited.told


def test_without_a_journal_there_is_nothing_to_write(litdb, tmp_path):
    litdb("archive", "--warc", str(tmp_path / "a.warc"), code=1)
    assert "no journal" in litdb.told
    assert not (tmp_path / "a.warc").exists()


def test_without_its_package_it_says_what_to_install(cited, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "warcio", None)
    cited("archive", "--warc", str(tmp_path / "a.warc"), code=1)
    assert "pip install 'litdb-notes[warc]'" in cited.told
