"""One request in, one answer or one named failure out."""

from __future__ import annotations

import gzip
import pickle
import time
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest

from litdb.errors import UsageError
from litdb.model import Answer, Failure, Hop, Request
from litdb.web.client import Client
from litdb.web.retry_after import seconds_between
from web_client.servers import always, answer, dripping, serving, site, unused_port

ME = frozenset({"127.0.0.1"})


def fetch(script, client, path="/", **request):
    with serving(script) as server:
        ended = client.fetch(Request("test", server.url(path), (), **request))
    return ended, server


class TestAnswers:
    def test_an_answer_has_status_headers_and_body(self, client):
        ended, server = fetch(always(answer(200, b"\xff\xfeH", Content_Type="text/html", X_Two="1")), client, "/a?b=c")
        assert isinstance(ended, Answer)
        assert (ended.status, ended.body, ended.url) == (200, b"\xff\xfeH", server.url("/a?b=c"))
        assert ended.headers == {"content-length": "3", "content-type": "text/html", "x-two": "1"}
        assert ended.hops == ()

    @pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 410, 418, 451, 500, 502])
    def test_every_status_but_the_busy_ones_is_an_answer(self, client, status):
        ended, _ = fetch(always(answer(status)), client)
        assert isinstance(ended, Answer)
        assert ended.status == status

    def test_a_request_says_who_asks_and_what_it_takes(self):
        client = Client(contact="ada@example.org", allow_private=ME)
        _, server = fetch(always(answer()), client)
        sent = server.asked[0].headers
        assert sent["user-agent"].startswith("litdb/")
        assert sent["user-agent"].endswith("(+https://pypi.org/project/litdb-notes/; mailto:ada@example.org)")
        assert "gzip" in sent["accept-encoding"]
        assert "cookie" not in sent

    @pytest.mark.parametrize(
        ("contact", "end"),
        [
            ("", "litdb-notes/)"),
            ("https://example.org/@ada", "; https://example.org/@ada)"),
            ("mailto:ada@example.org", "; mailto:ada@example.org)"),
        ],
    )
    def test_contact_is_a_mail_address_a_url_or_nothing(self, contact, end):
        assert Client(contact=contact).user_agent.endswith(end)

    @pytest.mark.parametrize("contact", ["a\r\nX: y", "Ada Lovelace", "ada@exämple.org", "a)b"])
    def test_a_contact_that_breaks_the_header_is_refused(self, contact):
        with pytest.raises(UsageError, match="contact"):
            Client(contact=contact)

    def test_a_post_sends_its_body_and_headers(self, client):
        headers = (("Content-Type", "application/json"), ("X-Api-Key", "k"))
        _, server = fetch(always(answer()), client, method="POST", body='{"ä": 1}', headers=headers)
        asked = server.asked[0]
        assert (asked.method, asked.body.decode()) == ("POST", '{"ä": 1}')
        assert (asked.headers["content-type"], asked.headers["x-api-key"]) == ("application/json", "k")

    def test_cookies_are_neither_kept_nor_sent(self, client):
        pages = {"/": answer(302, location="/in", Set_Cookie="a=b; Path=/"), "/in": answer(200, b"x", Set_Cookie="c=d")}
        with serving(site(pages)) as server:
            ended = client.fetch(Request("test", server.url("/"), ()))
            client.fetch(Request("test", server.url("/in"), ()))
        assert "set-cookie" not in ended.headers
        assert not any("cookie" in asked.headers for asked in server.asked)

    def test_a_packed_body_comes_unpacked(self, client):
        ended, _ = fetch(always(answer(200, gzip.compress(b"page"), Content_Encoding="gzip")), client)
        assert ended.body == b"page"

    def test_a_client_travels_to_other_machines(self):
        client = Client("ada@example.org", 3, 1000, ME)
        assert pickle.loads(pickle.dumps(client)) == client


class TestConditions:
    @pytest.mark.parametrize(
        ("kept", "sent"),
        [
            ({"etag": 'W/"1"', "content-type": "x"}, {"if-none-match": 'W/"1"'}),
            (
                {"last-modified": "Sat, 21 Nov 2026 04:00:00 GMT"},
                {"if-modified-since": "Sat, 21 Nov 2026 04:00:00 GMT"},
            ),
            ({}, {}),
        ],
    )
    def test_the_validators_of_a_kept_answer_are_sent(self, client, kept, sent):
        with serving(always(answer(304, length=None))) as server:
            ended = client.fetch(Request("test", server.url("/"), ()), kept)
        asked = server.asked[0].headers
        assert {name: asked[name] for name in ("if-none-match", "if-modified-since") if name in asked} == sent
        assert (ended.status, ended.body) == (304, b"")

    def test_what_cannot_be_a_header_is_not_sent(self, client):
        kept = {"etag": '"1"\r\nX: y', "last-modified": "caf\u20ac"}
        with serving(always(answer())) as server:
            client.fetch(Request("test", server.url("/"), ()), kept)
        assert not {"if-none-match", "if-modified-since", "x"} & set(server.asked[0].headers)


class TestRedirects:
    def test_hops_are_listed_with_their_status(self, client):
        pages = {"/a": answer(301, location="/b?x=1"), "/b?x=1": answer(307, location="c"), "/c": answer(200, b"end")}
        ended, server = fetch(site(pages), client, "/a")
        assert (ended.body, ended.url) == (b"end", server.url("/c"))
        assert ended.hops == (Hop(301, server.url("/a")), Hop(307, server.url("/b?x=1")))

    @pytest.mark.parametrize(
        ("status", "method"), [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")]
    )
    def test_what_a_post_becomes(self, client, status, method):
        pages = {"/a": answer(status, location="/b"), "/b": answer()}
        _, server = fetch(site(pages), client, "/a", method="POST", body="x", headers=(("Content-Type", "text/plain"),))
        last = server.asked[-1]
        assert (last.method, last.body) == (method, b"x" if method == "POST" else b"")
        assert ("content-type" in last.headers) == (method == "POST")

    def test_a_post_may_come_back_to_where_it_was_sent(self, client):
        def script(asked, send):
            send(answer(303, location="/a") if asked.method == "POST" else answer(200, b"done"))

        ended, _ = fetch(script, client, "/a", method="POST", body="x")
        assert ended.body == b"done"

    def test_headers_of_a_request_stay_with_its_host(self, client):
        with serving(always(answer())) as other, serving(site({"/": answer(302, location=other.url("/"))})) as first:
            client.fetch(Request("test", first.url("/"), (), headers=(("X-Api-Key", "secret"),)))
        assert first.asked[0].headers["x-api-key"] == "secret"
        assert "x-api-key" not in other.asked[0].headers

    @pytest.mark.parametrize(
        "location",
        ["file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "javascript:alert(1)", "http://u:p@example.org/",
         "http://127.0.0.1\\@example.org/", "http://[/", "http://example.org:99999/"],
    )  # fmt: skip
    def test_only_what_can_be_asked_is_followed(self, client, location):
        ended, server = fetch(always(answer(302, location=location)), client)
        assert isinstance(ended, Failure)
        assert (ended.outcome, len(server.asked)) == ("unsupported", 1)
        assert "redirects to" in ended.reason

    def test_a_circle_is_left_where_it_closes(self, client):
        pages = {"/a": answer(302, location="/b"), "/b": answer(302, location="/a")}
        ended, server = fetch(site(pages), client, "/a")
        assert (ended.outcome, server.targets) == ("unsupported", ["/a", "/b"])
        assert "circles" in ended.reason

    def test_eight_redirects_are_followed_and_no_more(self, client):
        def script(asked, send):
            send(answer(302, location=f"/{int(asked.target[1:]) + 1}"))

        ended, server = fetch(script, client, "/0")
        assert (ended.outcome, len(server.asked)) == ("unsupported", 9)

    def test_the_body_of_a_redirect_is_not_read(self, client):
        bomb = answer(302, gzip.compress(bytes(30_000_000)), Content_Encoding="gzip", location="/b")
        ended, _ = fetch(site({"/a": bomb, "/b": answer(200, b"end")}), client, "/a")
        assert ended.body == b"end"

    def test_a_redirect_to_nowhere_is_an_answer(self, client):
        ended, _ = fetch(always(answer(302)), client)
        assert (ended.status, ended.hops) == (302, ())

    def test_a_location_in_utf8_is_read_as_such(self, client):
        pages = {"/a": answer(302, location="/gödel".encode().decode("latin-1")), "/g%C3%B6del": answer(200, b"end")}
        assert fetch(site(pages), client, "/a")[0].body == b"end"


class TestBusySites:
    @pytest.mark.parametrize("status", [429, 503])
    def test_busy_is_a_failure_that_keeps_its_answer(self, client, status):
        ended, _ = fetch(always(answer(status, b"Rate exceeded.", Retry_After="7")), client)
        assert isinstance(ended, Failure)
        assert (ended.outcome, ended.answer.status, ended.answer.body) == ("rate-limited", status, b"Rate exceeded.")
        assert seconds_between(ended.at, ended.retry_at) == 7

    def test_retry_after_may_be_a_date(self, client):
        later = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(hours=2)
        ended, _ = fetch(always(answer(503, Retry_After=format_datetime(later, usegmt=True))), client)
        assert ended.retry_at == later.strftime("%Y-%m-%dT%H:%M:%S.000Z")

    @pytest.mark.parametrize("value", ["", "soon", "-5", "1.5", "²"])
    def test_what_is_no_moment_is_left_out(self, client, value):
        ended, _ = fetch(always(answer(429, Retry_After=value)), client)
        assert (ended.outcome, ended.retry_at) == ("rate-limited", "")

    def test_an_absurd_wait_is_a_year(self, client):
        ended, _ = fetch(always(answer(429, Retry_After="9" * 400)), client)
        assert seconds_between(ended.at, ended.retry_at) == 366 * 86400


class TestBrokenAnswers:
    @pytest.mark.parametrize(
        "wire",
        {
            "length": answer(200, b"half", length=9),
            "chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf",
            "last chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
            "gzip": answer(200, gzip.compress(bytes(5000), mtime=0)[:-3], length=None, Content_Encoding="gzip"),
            "head": b"HTTP/1.1 200 OK\r\nContent-",
            "nothing": b"",
        }.values(),
    )
    def test_an_answer_cut_short_is_no_page(self, client, wire):
        ended, _ = fetch(always(wire), client)
        assert isinstance(ended, Failure)
        assert ended.outcome == "unreachable"

    @pytest.mark.parametrize("wire", [b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 200 + b"\r\n",
                                      b"HTTP/1.1 200 OK\r\nx: " + b"y" * 100_000 + b"\r\n\r\n"])  # fmt: skip
    def test_what_is_no_http_is_said_so(self, client, wire):
        ended, _ = fetch(always(wire), client)
        assert (ended.outcome, ended.reason) == ("unreachable", "127.0.0.1 sent no valid HTTP answer")

    def test_a_body_that_never_ends_is_capped(self):
        client = Client(max_bytes=100_000, allow_private=ME)
        ended, _ = fetch(dripping(b"HTTP/1.1 200 OK\r\n\r\n", bytes(50_000), every=0), client)
        assert (ended.outcome, ended.reason) == ("unsupported", "127.0.0.1 sent more than 0.1 MB")

    @pytest.mark.parametrize("coding", ["gzip, chunked", "chunked, chunked", "xchunked", "gzip", "chunked "])
    def test_a_transfer_coding_that_is_not_undone_is_named(self, client, coding):
        """The page would hold its marks."""
        wire = f"HTTP/1.1 200 OK\r\nTransfer-Encoding: {coding}\r\n\r\n4\r\nhalf\r\n0\r\n\r\n".encode()
        ended, _ = fetch(always(wire), client)
        assert (ended.outcome, coding in ended.reason) == ("unsupported", True)

    def test_a_part_that_nobody_asked_for_is_no_page(self, client):
        ended, _ = fetch(always(answer(206, b"<html>", Content_Range="bytes 0-5/90")), client)
        assert (ended.outcome, "a part of its answer" in ended.reason) == ("unreachable", True)

    def test_a_chunked_body_is_whole_with_its_last_chunk(self, client):
        wire = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwhol\r\n1\r\ne\r\n0\r\n\r\n"
        assert fetch(always(wire), client)[0].body == b"whole"


SLOW = {
    "nothing": (b"", b""),
    "status": (b"", b"H"),
    "headers": (b"HTTP/1.1 200 OK\r\n", b"x"),
    "header after header": (b"HTTP/1.1 200 OK\r\n", b"x: y\r\n"),
    "continue": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "body": (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
    "length": (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"x"),
    "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "gzip": (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"x", mtime=0)[:10], b""),
}


class TestDeadline:
    @pytest.mark.parametrize("where", SLOW)
    def test_a_server_that_drips_is_left_in_time(self, where):
        began = time.monotonic()
        ended, _ = fetch(dripping(*SLOW[where]), Client(deadline=0.4, allow_private=ME))
        assert (ended.outcome, "0.4 s" in ended.reason or "in time" in ended.reason) == ("timeout", True)
        assert time.monotonic() - began < 10

    def test_redirects_share_one_deadline(self):
        def script(asked, send):
            time.sleep(0.15)
            send(answer(302, location=f"/{int(asked.target[1:]) + 1}"))

        began = time.monotonic()
        ended, _ = fetch(script, Client(deadline=0.4, allow_private=ME), "/0")
        assert ended.outcome == "timeout"
        assert time.monotonic() - began < 10


class TestNobodyThere:
    def test_a_closed_port_refuses(self, client):
        ended = client.fetch(Request("test", f"http://127.0.0.1:{unused_port()}/", ()))
        assert (ended.outcome, ended.reason) == ("unreachable", "127.0.0.1 refused the connection")

    def test_an_unknown_name_is_not_found(self, client):
        ended = client.fetch(Request("test", "http://no-such-host.invalid/", ()))
        assert ended.outcome == "unreachable"
        assert ended.reason.startswith("no-such-host.invalid could not be")

    @pytest.mark.parametrize("url", ["", "mailto:x@y", "https://", "ftp://example.org/x", "http://a\\@b/"])
    def test_what_is_no_url_is_a_failure_too(self, client, url):
        assert client.fetch(Request("test", url, ())).outcome == "unsupported"
