"""No stranger's address leads to a private host: every form, asked for, redirected to and rebound to.

The internet of these tests is made of two servers on loopback. Whatever connects to an address that is public here
reaches the one, whatever connects to any other address reaches the canary.
"""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress
from urllib.parse import parse_qs, urlsplit

import pytest

from litdb.errors import InvalidUrl
from litdb.model import Answer, Request
from litdb.text.urls import read_url
from litdb.web.client import Client
from litdb.web.guard import refusal
from web_client.figures import tell
from web_client.servers import answer, serving

OUTSIDE = "93.184.216.34"
BESIDE = "93.184.216.35"
"""A public address where nobody listens."""

ADDRESSES = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.8.8.8 127.255.255.254 168.63.129.16
169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1
198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::a00:1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b::c0a8:101 64:ff9b:1::7f00:1 100::1 2001::1 2001:0:4136:e378:8000:63bf:80ff:fffe
2001:0:7f00:1:0:0:a247:27dd 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a9fe:a9fe::1 2002:c0a8:101::1 3fff::1
5f00::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1 ff0e::1
""".split()

SPELLINGS = [
    *("http://2130706433/", "http://0x7f000001/", "http://0x7F.0x0.0x0.0x1/", "http://017700000001/", "http://0177.0.0.1/"),
    *("http://127.1/", "http://127.0.1/", "http://0/", "http://0x0/", "http://00000000177.0.0.1/", "http://127.0.0.1./"),
    *("http://2852039166/latest/meta-data/", "http://0xa9fea9fe/", "http://0251.0376.0251.0376/", "http://169.254.43518/"),
    *("http://１２７.０.０.１/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://127．0．0．1/", "http://127｡0｡0｡1/"),
    *("http://%31%32%37.0.0.1/", "http://127%2e0%2e0%2e1/", "http://%6c%6f%63%61%6c%68%6f%73%74/", "http://127.0.0.1%00.example.org/"),
    *("http://127.0.0.1\\@outside.example.org/", "http://outside.example.org\\@127.0.0.1/", "http://outside.example.org@127.0.0.1/"),
    *("http://u:p@127.0.0.1/", "http://127.0.0.1:80@127.0.0.1/", "http://outside.example.org%40127.0.0.1/", "http://@127.0.0.1/"),
    *("http://127.0.0.1\t/", "http://127.0\n.0.1/", "http://12\r7.0.0.1/", "ht\ntp://127.0.0.1/", "http://127.0.0.1\u00ad/", "http://\u200b127.0.0.1/"),
    *("HTTP://127.0.0.1/", "hTTp://LOCALHOST/", "http://localhost/", "http://localhost./", "http://LocalHost。/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/"),
    *("http://x.localhost/", "http://localhost.localdomain/", "http://ip6-localhost/", "http://metadata.google.internal/", "http://router/"),
    *("http://printer.local/", "http://nas.lan/", "http://wiki.corp/", "http://box.home.arpa/"),
    *("http://[::1]/", "http://[0:0:0:0:0:0:0:1]/", "http://[::ffff:127.0.0.1]/", "http://[::FFFF:7F00:0001]/", "http://[::1%25lo]/", "http://[fe80::1%25eth0]/"),
    *("http://[::1]./", "http://[127.0.0.1]/", "http://[::1]@outside.example.org/", "http://::1/", "http:///127.0.0.1/", "http:127.0.0.1", "http:/127.0.0.1/"),
    *("//127.0.0.1/", "\\\\127.0.0.1\\x", "http:\\\\127.0.0.1\\", "http://127.0.0.1#@outside.example.org/", "http://127.0.0.1?@outside.example.org/"),
    *("http://127.0.0.1;.example.org/", "http://127.0.0.1,outside.example.org/", "http://127.0.0.1 .example.org/"),
    *("file:///etc/passwd", "file://127.0.0.1/x", "ftp://127.0.0.1/x", "gopher://127.0.0.1/_x", "dict://127.0.0.1/x", "ws://127.0.0.1/"),
    *("data:text/html,x", "javascript:alert(1)", "unix:///run/x.sock", "http+unix://%2frun%2fx.sock/", "jar:http://127.0.0.1/!/", "view-source:http://127.0.0.1/"),
]  # fmt: skip
"""Ways to write a private address, or no address of the web at all, that some parser has been fooled by."""


class Internet:
    """Names and what they lead to, one list of addresses a look-up; and what was looked up and connected to."""

    def __init__(self, outside: int, canary: int) -> None:
        self.names: dict[str, list[str]] = {"outside.example.org": [OUTSIDE]}
        self.looked_up: list[str] = []
        self.inside: list[str] = []
        self.others = "127.0.0.1"
        self._ports = {OUTSIDE: outside, "canary": canary}
        self._connect = socket.socket.connect

    def getaddrinfo(self, host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        """As the resolver does: numbers are their own address, in every spelling that the C library knows."""
        self.looked_up.append(host)
        found = self.names.get(host)
        listed = (
            (found.pop(0) if len(found) > 1 else found[0]) if found else _as_the_c_library_reads(host) or self.others
        )
        return [_entry(address, port) for address in listed.split()]

    def lead(self, opened: socket.socket, where: tuple[str, int]) -> None:
        """Connect a socket to the server outside, or tell the canary."""
        host = where[0]
        if host == BESIDE:
            raise ConnectionRefusedError
        if host == OUTSIDE:
            return self._connect(opened, ("127.0.0.1", self._ports[OUTSIDE]))
        self.inside.append(host)
        with socket.socket() as probe:
            self._connect(probe, ("127.0.0.1", self._ports["canary"]))
            probe.sendall(b"GET /reached HTTP/1.1\r\n\r\n")
            probe.recv(100)
        raise ConnectionRefusedError


def _as_the_c_library_reads(host: str) -> str:
    with suppress(ValueError):
        return str(ipaddress.ip_address(host))
    with suppress(OSError):
        return socket.inet_ntoa(socket.inet_aton(host))
    return ""


def _entry(address: str, port: int) -> tuple[object, ...]:
    if ":" in address:
        return socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, port, 0, 0)
    return socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)


def redirecting(asked, send):
    """Redirects to what its query says, in UTF-8 as a stranger would."""
    to = parse_qs(urlsplit(asked.target).query, keep_blank_values=True).get("to")
    send(answer(302, location=to[0].encode().decode("latin-1")) if to else answer(200, b"outside"))


@pytest.fixture(scope="module")
def outside():
    with serving(redirecting) as server:
        yield server


@pytest.fixture(scope="module")
def canary():
    with serving(lambda _, send: send(answer(200, b"secret"))) as server:
        yield server


@pytest.fixture
def internet(monkeypatch, outside, canary):
    del outside.asked[:], canary.asked[:]
    net = Internet(outside.port, canary.port)
    monkeypatch.setattr(socket, "getaddrinfo", net.getaddrinfo)

    def connect(opened, where):
        net.lead(opened, where)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return net


@pytest.fixture(scope="module")
def client():
    return Client(deadline=5)


def direct(client, _, url):
    return client.fetch(Request("test", url, ()))


def redirected(client, _, url):
    return client.fetch(Request("test", redirect_to(url), ()))


def redirect_to(url):
    escaped = "".join(f"%{byte:02x}" for byte in url.encode())
    return f"http://outside.example.org/?to={escaped}"


def named(client, internet, address):
    """A public name that leads there."""
    internet.names["rebinding.example.org"] = [address]
    return client.fetch(Request("test", "http://rebinding.example.org/", ()))


def rebound(client, internet, address):
    """A name that is public when it is first looked up, and leads there when its redirect to itself is followed."""
    internet.names["rebinding.example.org"] = [OUTSIDE, address]
    return client.fetch(Request("test", "http://rebinding.example.org/?to=/again", ()))


def among_others(client, internet, address):
    """A name with that address between public ones that do not answer."""
    internet.names["rebinding.example.org"] = [f"{BESIDE} {address} {BESIDE}"]
    return client.fetch(Request("test", "http://rebinding.example.org/", ()))


def url_of(address):
    return f"http://[{address}]/" if ":" in address else f"http://{address}/"


WAYS = [
    *((direct, url) for url in [url_of(address) for address in ADDRESSES] + SPELLINGS),
    *((redirected, url) for url in [url_of(address) for address in ADDRESSES] + SPELLINGS),
    *((way, address) for way in (named, rebound, among_others) for address in ADDRESSES),
]


def test_no_form_of_a_private_address_reaches_the_canary(client, internet, canary, record_property):
    taken = {}
    for way, form in WAYS:
        ended = way(client, internet, form)
        if isinstance(ended, Answer) and ended.body != b"outside":
            taken[way.__name__, form] = ended
    tell(
        record_property,
        f"addresses: {len(ADDRESSES)} addresses and {len(SPELLINGS)} spellings, {len(WAYS)} attempts, "
        f"{len(canary.asked)} reached the canary",
    )
    assert len(WAYS) >= 400
    assert (taken, internet.inside, canary.asked) == ({}, [], [])


@pytest.mark.parametrize("way", [direct, redirected, named, rebound, among_others])
def test_the_canary_hears_an_attempt_that_is_allowed(internet, canary, way):
    """So that the test above can fail."""
    names = frozenset({"127.0.0.1", "rebinding.example.org"})
    way(
        Client(allow_private=names),
        internet,
        "127.0.0.1" if way in (named, rebound, among_others) else "http://127.0.0.1/",
    )
    assert internet.inside == ["127.0.0.1"]
    assert [asked.target for asked in canary.asked] == ["/reached"]


def test_a_proxy_is_asked_for_no_private_address(monkeypatch, outside, record_property):
    """The proxy looks names up itself, so addresses in any spelling, names that are private and schemes are what counts."""
    forms = [url_of(address) for address in ADDRESSES] + SPELLINGS
    monkeypatch.setenv("HTTP_PROXY", outside.root)
    monkeypatch.setenv("ALL_PROXY", outside.root)
    client = Client(deadline=5)
    asked_for = []
    for form in forms:
        for url in (form, redirect_to(form)):
            del outside.asked[:]
            client.fetch(Request("test", url, ()))
            asked_for += [urlsplit(target).hostname for target in outside.targets]
    tell(
        record_property,
        f"addresses through a proxy: {2 * len(forms)} attempts, {len(set(asked_for)) - 1} private hosts asked for",
    )
    assert set(asked_for) == {"outside.example.org"}


class TestAllowPrivate:
    """`--allow-private intranet.example.org`: that name, and nothing that leads to the same place."""

    CLIENT = Client(deadline=5, allow_private=frozenset({"Intranet.example.org"}))

    @pytest.fixture(autouse=True)
    def intranet(self, internet):
        for name in ("intranet.example.org", "sub.intranet.example.org", "other.example.org", "example.org"):
            internet.names[name] = ["10.0.0.1"]

    @pytest.mark.parametrize(
        "url", ["http://intranet.example.org/", "https://INTRANET.example.org./", "http://intranet.example.org:8080/"]
    )
    def test_the_name_is_let_in(self, internet, url):
        self.CLIENT.fetch(Request("test", url, ()))
        assert internet.inside == ["10.0.0.1"]

    @pytest.mark.parametrize(
        "url",
        ["http://10.0.0.1/", "http://other.example.org/", "http://sub.intranet.example.org/", "http://example.org/",
         "http://intranet.example.org@10.0.0.1/", "http://localhost/", "http://intranet/"],
    )  # fmt: skip
    @pytest.mark.parametrize("way", [direct, redirected])
    def test_nothing_else_is(self, internet, url, way):
        way(self.CLIENT, internet, url)
        assert internet.inside == []


HOSTS = [
    *("http://example.org", "HTTP://EXAMPLE.ORG/", "http://example.org:80/", "http://example.org:8080/x", "http://example.org:/"),
    *("http://example.org:0080/", "http://example.org./", "http://example.org..../", "http://EXAMPLE.org?x", "http://example.org#x"),
    *("http://example.org/@evil.org/", "http://example.org?@evil.org/", "http://example.org#@evil.org/", "http://example.org/\\@evil.org"),
    *("http://evil.org\\@example.org/", "http://example.org\\.evil.org/", "http://example.org\\/evil.org/", "http:\\\\example.org\\"),
    *("http://evil.org@example.org/", "http://example.org:80@evil.org/", "http://a:b@c:d@example.org/", "http://example.org%40evil.org/"),
    *("http://%65xample.org/", "http://example%2eorg/", "http://example.org%2f.evil.org/", "http://example.org%23.evil.org/"),
    *("http://example.org%3f.evil.org/", "http://example.org%3a80/", "http://example.org%00.evil.org/", "http://example.org%0d%0aX:y/"),
    *("http://example.org\t.evil.org/", "http://exam\nple.org/", "http://example\r.org/", "ht\ttp://example.org/", " http://example.org/ "),
    *("http://example.org\u3002evil.org/", "http://example\uff0eorg/", "http://ｅｘａｍｐｌｅ.org/", "http://exam\u00adple.org/", "http://exa\u200bmple.org/"),
    *("http://gödel.example.org/", "http://xn--gdel-5qa.example.org/", "http://faß.example.org/", "http://пример.example.org/", "http://例え.example.org/"),
    *("http://ex_ample.org/", "http://-example.org/", "http://example-.org/", "http://exa mple.org/", "http://exa+mple.org/", "http://exa!mple.org/"),
    *("http://[2606:2800:220:1::1]/", "http://[2606:2800:220:1:0:0:0:1]:8080/", "http://[2606:2800:220:1::1]x/", "http://[2606:2800::1%25eth0]/"),
    *("http://93.184.216.34/", "http://93.184.216.34:8080/", "http://1.1.1.1.example.org/", "http://example.org,evil.org/", "http://example.org;evil.org/"),
    *("http://example.org//evil.org/", "http://example.org/http://evil.org/", "http://example.org/../../evil.org", "http://a.example.org/?u=http://evil.org#http://evil.org"),
    *("http://" + "a" * 63 + ".example.org/", "http://" + "a" * 64 + ".example.org/", "http://" + "a." * 130 + "org/", "http://example.org:99999/", "http://example.org:8o/"),
]  # fmt: skip


def decided(text):
    """The host that litdb takes a URL to have, or empty where it refuses it."""
    try:
        host = read_url(text).host
    except InvalidUrl:
        return ""
    return "" if refusal(host) else host


@pytest.mark.parametrize("way", [direct, redirected])
def test_the_host_decided_is_the_host_connected_to(internet, outside, record_property, client, way):
    """What a redirect says is read as browsers read it, so there the answer's own address tells what was decided."""
    internet.others = OUTSIDE
    internet.names["2606:2800:220:1::1"] = [OUTSIDE]
    different = {}
    for form in HOSTS:
        del internet.looked_up[:], outside.asked[:]
        ended = way(client, internet, form)
        there = [read_url(ended.url).host] if isinstance(ended, Answer) else []
        expected = ["outside.example.org", *there] if way is redirected else [host for host in [decided(form)] if host]
        spoken_to = [urlsplit(f"//{asked.headers['host']}").hostname for asked in outside.asked]
        if not internet.looked_up == spoken_to == expected or (way is direct and there != expected):
            different[form] = (expected, [*internet.looked_up], spoken_to)
    same = len(HOSTS) - len(different)
    tell(record_property, f"URLs ({way.__name__}): {len(HOSTS)} forms, host decided is host connected to in {same}")
    assert len(HOSTS) >= 60
    assert different == {}


def test_a_port_of_5000_digits_is_no_port(client):
    """Python reads no number of so many digits, and says so with an error of its own."""
    ended = client.fetch(Request("test", f"http://example.org:{'9' * 5000}/", ()))
    assert (ended.outcome, "no valid port" in ended.reason) == ("unsupported", True)


def test_the_host_decided_is_the_host_that_a_proxy_is_asked_for(monkeypatch, outside, record_property):
    monkeypatch.setenv("HTTP_PROXY", outside.root)
    client, different = Client(deadline=5), {}
    for form in HOSTS:
        del outside.asked[:]
        client.fetch(Request("test", form, ()))
        asked_for = [urlsplit(target).hostname for target in outside.targets]
        if asked_for != [name for name in [decided(form)] if name]:
            different[form] = asked_for
    tell(
        record_property,
        f"URLs (by proxy): {len(HOSTS)} forms, host decided is host asked for in {len(HOSTS) - len(different)}",
    )
    assert different == {}
