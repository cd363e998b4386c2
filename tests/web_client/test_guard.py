from __future__ import annotations

import pytest

from litdb.model import Failure, Request
from litdb.web.client import Client
from litdb.web.guard import is_public, refusal
from web_client.servers import always, answer, serving, site

NOT_PUBLIC = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.1.2.3 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1
239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1
100::1 2001::1 2001:0:4136:e378:8000:63bf:80ff:fffe 2001:10::1 2001:db8::1 2002:7f00:1:: 2002:c0a8:101::1 3fff::1
5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%1 fec0::1 ff02::1
""".split()

PUBLIC = """
1.1.1.1 93.184.216.34 100.63.255.255 172.15.255.255 172.32.0.1 192.0.1.1 223.255.255.255
2606:2800:220:1:248:1893:25c8:1946 2a00:1450:4001:80b::200e ::ffff:93.184.216.34 64:ff9b::5db8:d822 2002:5db8:d822::1
""".split()

REFUSED_HOSTS = """
127.0.0.1 ::1 10.1.2.3 localhost foo.localhost router printer.local vault.internal box.lan wiki.corp nas.home.arpa
2130706433 0x7f000001 0x7f.1 017700000001 127.1 127.0.1 0177.0.0.1 10.0.0.256 1.2.3.4.5 example.0x7f
""".split()


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_special_addresses_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_the_rest_is(address):
    assert is_public(address)


@pytest.mark.parametrize("host", REFUSED_HOSTS)
def test_hosts_that_are_private_or_oddly_spelt_are_refused(host):
    assert host in refusal(host)


@pytest.mark.parametrize("host", REFUSED_HOSTS)
def test_unless_the_user_allows_them(host):
    assert refusal(host, allowed={host.upper()}) == ""


@pytest.mark.parametrize(
    "host", ["example.org", "1.1.1.1", "2606:2800::1", "xn--gdel-5qa.org", "a.local.org", "4chan.org"]
)
def test_public_hosts_are_not(host):
    assert refusal(host) == ""


def test_loopback_is_refused_and_never_connected_to():
    with serving(always(answer())) as server:
        ended = Client().fetch(Request("test", server.url("/"), ()))
    assert isinstance(ended, Failure)
    assert (ended.outcome, ended.reason) == (
        "unsupported",
        "127.0.0.1 is a private address; allow it with --allow-private 127.0.0.1",
    )
    assert server.asked == []


def test_a_name_that_leads_to_loopback_is_refused_when_connecting(monkeypatch):
    with serving(always(answer())) as server:
        monkeypatch.setattr("socket.getaddrinfo", _resolving({"public.example.org": "127.0.0.1"}))
        ended = Client().fetch(Request("test", f"http://public.example.org:{server.port}/", ()))
    assert (ended.outcome, server.asked) == ("unsupported", [])


@pytest.mark.parametrize(
    "target", ["http://127.0.0.2:{port}/", "http://[::1]:{port}/", "http://2130706433:{port}/", "//localhost:{port}/x"]
)
def test_an_allowed_host_cannot_redirect_to_a_private_one(client, target):
    with (
        serving(always(answer())) as inner,
        serving(site({"/": answer(302, location=target.format(port=inner.port))})) as outer,
    ):
        ended = client.fetch(Request("test", outer.url("/"), ()))
    assert (ended.outcome, inner.asked) == ("unsupported", [])


def test_only_the_public_addresses_of_a_host_are_tried(monkeypatch, client):
    """A name with a private address beside a public one is asked at the public one."""
    tried = []
    monkeypatch.setattr("socket.getaddrinfo", _resolving({"both.example.org": "10.0.0.1 192.0.3.1"}))
    monkeypatch.setattr("litdb.web.line._connect_one", lambda address, _: tried.append(address[4][0]) or _refuse())
    ended = client.fetch(Request("test", "http://both.example.org/", ()))
    assert tried == ["192.0.3.1"]
    assert (ended.outcome, ended.reason) == ("unreachable", "both.example.org refused the connection")


def test_a_number_is_connected_to_without_looking_it_up(monkeypatch, client):
    monkeypatch.setattr("litdb.web.line._LOOKING_UP", None)
    with serving(always(answer(200))) as server:
        ended = client.fetch(Request("test", server.url("/"), ()))
    assert ended.status == 200


def _refuse():
    raise ConnectionRefusedError


def _resolving(names):
    def getaddrinfo(host, port, **_):
        return [(2, 1, 6, "", (address, port)) for address in names[host].split()]

    return getaddrinfo
