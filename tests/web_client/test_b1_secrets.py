"""What is nobody else's business: passwords in addresses, keys in headers, cookies, where we come from."""

from __future__ import annotations

import pytest

from litdb.model import Answer, Request
from litdb.sources.page import PAGE
from litdb.web.client import Client
from web_client.figures import tell
from web_client.servers import always, answer, serving, site, tunnelling

SECRET = "s3cr3t"
KEYS = (("Authorization", f"Bearer {SECRET}"), ("X-Api-Key", SECRET), ("Cookie", f"a={SECRET}"))

WITH_USER = [
    f"http://ada:{SECRET}@{{there}}/",
    f"http://{SECRET}@{{there}}/",
    f"http://ada:{SECRET}%40x@{{there}}/",
    f"HTTP://ada:{SECRET}@{{there}}/",
    f"http://ada:{SECRET}:x@{{there}}/",
    f"http://ada:{SECRET}\\@{{there}}/",
    f"http://:{SECRET}@{{there}}/",
    f"http://ada:{SECRET}<x@{{there}}/",
    f"http://ada:{SECRET} x@{{there}}/",
    f"http://a(da:{SECRET}@{{there}}/",
]


@pytest.fixture
def there():
    with serving(always(answer(200, b"page"))) as server:
        yield server


@pytest.mark.parametrize("url", WITH_USER)
@pytest.mark.parametrize("way", ["asked", "redirected"])
def test_a_password_in_an_address_is_neither_sent_nor_said(client, there, url, way):
    url = url.format(there=f"127.0.0.1:{there.port}")
    with serving(always(answer(302, location=url))) as first:
        ended = client.fetch(Request("test", first.url("/") if way == "redirected" else url, ()))
    assert there.asked == []
    assert SECRET not in ended.reason


def told(server):
    return any(SECRET in value for asked in server.asked for value in asked.headers.values())


class TestKeys:
    """The headers of a request are for the server asked, as long as nobody else has a say."""

    def test_they_are_sent_to_the_server_asked(self, client, there):
        client.fetch(Request("test", there.url("/"), (), headers=KEYS))
        assert told(there)

    def test_and_along_its_own_redirects(self, client):
        with serving(site({"/": answer(302, location="/x"), "/x": answer()})) as server:
            client.fetch(Request("test", server.url("/"), (), headers=KEYS))
        assert [asked.headers["x-api-key"] for asked in server.asked] == [SECRET, SECRET]

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_never_to_another_server(self, client, there, status, method):
        with serving(always(answer(status, location=there.url("/")))) as first:
            client.fetch(Request("test", first.url("/"), (), method=method, body="", headers=KEYS))
        assert told(first)
        assert there.asked
        assert not told(there)

    def test_nor_to_another_name_of_the_same_server(self, there):
        client = Client(deadline=5, allow_private=frozenset({"127.0.0.1", "localhost"}))
        pages = {"/": answer(302, location=f"http://localhost:{there.port}/")}
        with serving(site(pages)) as first:
            client.fetch(Request("test", first.url("/"), (), headers=KEYS))
        assert len(there.asked) == 1
        assert not told(there)

    def test_nor_where_another_server_sends_us_back(self, client):
        """It would choose what is done with the key."""
        pages = {"/": answer(302), "/delete": answer()}
        with serving(site(pages)) as first, serving(always(answer(302, location=first.url("/delete")))) as other:
            pages["/"] = answer(302, location=other.url("/"))
            client.fetch(Request("test", first.url("/"), (), headers=KEYS))
        assert first.targets == ["/", "/delete"]
        assert "x-api-key" not in first.asked[1].headers

    def test_nor_unencrypted_what_was_to_be_encrypted(self, monkeypatch, there):
        """The proxy of plain requests hears them."""
        monkeypatch.setenv("HTTP_PROXY", there.root)
        client = Client(deadline=5)
        leg = _after_redirect("https://www.example.org/", "http://www.example.org/")
        client.step(leg)
        assert there.targets == ["http://www.example.org/"]
        assert not told(there)


def _after_redirect(asked, to):
    from litdb.web.leg import Leg

    return Leg.first(Request("test", asked, (), headers=KEYS)).onward(302, to, 0.0)


class TestProxies:
    def test_the_password_of_a_proxy_is_for_the_proxy(self, monkeypatch, there):
        monkeypatch.setenv("HTTP_PROXY", f"http://ada:{SECRET}@127.0.0.1:{there.port}")
        ended = Client(deadline=5).fetch(Request("test", "http://www.example.org/", ()))
        assert ended.body == b"page"
        assert "proxy-authorization" in there.asked[0].headers

    def test_what_goes_through_a_tunnel_does_not_hold_it(self, monkeypatch, there):
        with tunnelling(to=there) as proxy:
            monkeypatch.setenv("HTTPS_PROXY", f"http://ada:{SECRET}@127.0.0.1:{proxy.port}")
            Client(deadline=0.3).fetch(Request("test", "https://www.example.org/", ()))
        assert "proxy-authorization" in proxy.asked[0].headers
        assert not told(there)

    @pytest.mark.parametrize(
        "proxy",
        [f"http://ada:{SECRET}@127.0.0.1:1", f"http://ada:{SECRET}@127.0.0.1:99999", f"http://ada:{SECRET}@[::1", f"nonsense://ada:{SECRET}@x:1",
         f"ada:{SECRET}@127.0.0.1:1", f"http://ada:{SECRET}@no such host:1", f"socks5://ada:{SECRET}@127.0.0.1:1"],
    )  # fmt: skip
    @pytest.mark.parametrize("scheme", ["http", "https"])
    def test_no_reason_says_it(self, monkeypatch, proxy, scheme):
        monkeypatch.setenv(f"{scheme.upper()}_PROXY", proxy)
        ended = Client(deadline=2).fetch(Request("test", f"{scheme}://www.example.org/", ()))
        assert ended.outcome in ("unreachable", "unsupported")
        assert SECRET not in ended.reason


def test_nobody_is_told_where_we_come_from_or_given_a_cookie(client):
    pages = {
        "/": answer(302, location="/next", Set_Cookie=f"id={SECRET}; Path=/"),
        "/next": answer(200, b"page", Set_Cookie=f"id={SECRET}", Set_Cookie2=f"id={SECRET}"),
    }
    with serving(site(pages)) as server:
        ended = client.fetch(Request("test", server.url("/"), ()))
        client.fetch(Request("test", server.url("/next"), ()))
    sent = {name for asked in server.asked for name in asked.headers}
    assert sent == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert "set-cookie" not in ended.headers


PAGE_BODY = b"<!doctype html><html><head><title>A page</title></head><body><p>Words.</p></body></html>"
RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><title>A feed</title></channel></rss>'

TYPES = {
    "HTML": (PAGE_BODY, "text/html", True),
    "HTML of no type": (PAGE_BODY, "", True),
    "HTML as plain text": (PAGE_BODY, "text/plain", True),
    "HTML as bytes": (PAGE_BODY, "application/octet-stream", True),
    "HTML as PDF": (PAGE_BODY, "application/pdf", True),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "application/pdf", False),
    "PDF as HTML": (b"%PDF-1.7\n<html><title>x</title>", "text/html", False),
    "PNG as HTML": (b"\x89PNG\r\n\x1a\n<title>x</title>", "text/html", False),
    "ZIP as HTML": (b"PK\x03\x04<title>x</title>", "text/html", False),
    "gzip as HTML": (b"\x1f\x8b\x08\x00<title>x</title>", "text/html", False),
    "a feed as HTML": (RSS, "text/html", False),
    "JSON": (b'{"title": "x"}', "application/json", False),
}


def test_the_type_is_told_by_the_content(client, record_property):
    wrong = {}
    for what, (body, kind, is_page) in TYPES.items():
        with serving(always(answer(200, body, **({"Content_Type": kind} if kind else {})))) as server:
            request = next(iter(PAGE.plan([_target(server.url("/x"))])))
            ended = client.fetch(request)
        assert isinstance(ended, Answer)
        (outcome, _), *_ = PAGE.read(ended).outcomes.values()
        if (outcome in ("ok", "partial")) is not is_page:
            wrong[what] = outcome
    tell(record_property, f"types: {len(TYPES)} bodies, {len(wrong)} taken for what they are not")
    assert wrong == {}


def _target(url):
    from litdb.model import Target
    from litdb.text.urls import read_url

    return Target(PAGE.identify(read_url(url)).identifier, (url,))
