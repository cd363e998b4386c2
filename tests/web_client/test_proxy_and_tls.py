"""Proxies and certificates come from the environment, and are obeyed."""

from __future__ import annotations

import ssl
from datetime import datetime, timedelta, timezone

import pytest
import trustme

from litdb.errors import UsageError
from litdb.model import Request
from litdb.web.client import Client
from web_client.servers import always, answer, serving, tunnelling

ME = frozenset({"127.0.0.1", "localhost"})
YESTERDAY = datetime.now(timezone.utc) - timedelta(days=1)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def bundle(authority, tmp_path):
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def server_context(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@pytest.fixture
def secure(authority):
    """A server that is www.example.org and 127.0.0.1, as the authority says."""
    with serving(
        always(answer(200, b"secure")), server_context(authority.issue_cert("www.example.org", "127.0.0.1"))
    ) as server:
        yield server


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_a_bundle_of_the_environment_is_trusted(monkeypatch, bundle, secure, name):
    monkeypatch.setenv(name, bundle)
    ended = Client(allow_private=ME).fetch(Request("test", secure.url("/"), ()))
    assert ended.body == b"secure"


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_bundle_that_is_none_is_said_at_once(monkeypatch, tmp_path, content):
    path = tmp_path / "bundle.pem"
    if content:
        path.write_text(content)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))
    with pytest.raises(UsageError, match="REQUESTS_CA_BUNDLE names .*bundle.pem"):
        Client()


BAD_CERTIFICATES = {
    "another authority": lambda good: trustme.CA().issue_cert("127.0.0.1"),
    "another host": lambda good: good.issue_cert("other.example.org"),
    "another address": lambda good: good.issue_cert("127.0.0.2"),
    "expired": lambda good: good.issue_cert("127.0.0.1", not_before=YESTERDAY, not_after=YESTERDAY),
    "not yet": lambda good: good.issue_cert("127.0.0.1", not_before=datetime.now(timezone.utc) + timedelta(days=9)),
}


@pytest.mark.parametrize("what", BAD_CERTIFICATES)
def test_a_certificate_that_is_not_valid_is_refused(monkeypatch, authority, bundle, what):
    monkeypatch.setenv("SSL_CERT_FILE", bundle)
    with serving(always(answer()), server_context(BAD_CERTIFICATES[what](authority))) as server:
        ended = Client(allow_private=ME).fetch(Request("test", server.url("/"), ()))
    assert (ended.outcome, server.asked) == ("unreachable", [])
    assert ended.reason.startswith("the certificate of 127.0.0.1 is not valid: ")


class TestProxies:
    def test_a_page_is_asked_through_the_proxy(self, monkeypatch):
        with serving(always(answer(200, b"by proxy"))) as proxy:
            monkeypatch.setenv("http_proxy", proxy.root)
            ended = Client().fetch(Request("test", "http://www.example.org/x?y", ()))
        assert ended.body == b"by proxy"
        assert proxy.targets == ["http://www.example.org/x?y"]

    def test_https_goes_through_a_tunnel_and_is_verified(self, monkeypatch, bundle, secure):
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", bundle)
        with tunnelling(to=secure) as proxy:
            monkeypatch.setenv("HTTPS_PROXY", proxy.root)
            good = Client().fetch(Request("test", "https://www.example.org/", ()))
            bad = Client().fetch(Request("test", "https://www.example.com/", ()))
        assert good.body == b"secure"
        assert "certificate of www.example.com is not valid" in bad.reason
        assert [(asked.method, asked.target) for asked in proxy.asked] == [
            ("CONNECT", "www.example.org:443"),
            ("CONNECT", "www.example.com:443"),
        ]

    def test_no_proxy_names_what_is_asked_directly(self, monkeypatch, client):
        with serving(always(answer(200, b"direct"))) as server, serving(always(answer(200, b"by proxy"))) as proxy:
            monkeypatch.setenv("HTTP_PROXY", proxy.root)
            monkeypatch.setenv("NO_PROXY", "127.0.0.1")
            ended = client.fetch(Request("test", server.url("/"), ()))
        assert (ended.body, proxy.asked) == (b"direct", [])

    @pytest.mark.parametrize(
        "url", ["http://169.254.169.254/latest", "http://0x7f.1/", "http://[::1]/", "http://intranet/"]
    )
    def test_private_addresses_are_not_asked_through_a_proxy_either(self, monkeypatch, url):
        with serving(always(answer())) as proxy:
            monkeypatch.setenv("HTTP_PROXY", proxy.root)
            ended = Client().fetch(Request("test", url, ()))
        assert (ended.outcome, proxy.asked) == ("unsupported", [])

    def test_a_proxy_that_refuses_is_named(self, monkeypatch):
        with serving(always(answer(403))) as proxy:
            monkeypatch.setenv("HTTPS_PROXY", proxy.root)
            ended = Client().fetch(Request("test", "https://www.example.org/", ()))
        assert ended.outcome == "unreachable"
        assert ended.reason == "the proxy would not connect to www.example.org: Tunnel connection failed: 403 Whatever"

    def test_a_proxy_that_is_not_there_is_named(self, monkeypatch):
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        ended = Client().fetch(Request("test", "http://www.example.org/", ()))
        assert (ended.outcome, ended.reason) == ("unreachable", "the proxy 127.0.0.1 refused the connection")

    def test_socks_is_not_spoken(self, monkeypatch):
        monkeypatch.setenv("ALL_PROXY", "socks5://user:secret@127.0.0.1:9")
        ended = Client().fetch(Request("test", "http://www.example.org/", ()))
        assert ended.outcome == "unsupported"
        assert "SOCKS" in ended.reason
        assert "secret" not in ended.reason

    def test_credentials_of_netrc_are_not_sent(self, monkeypatch, tmp_path, client):
        netrc = tmp_path / "netrc"
        netrc.write_text("machine 127.0.0.1 login ada password secret\n")
        monkeypatch.setenv("NETRC", str(netrc))
        with serving(always(answer())) as server:
            client.fetch(Request("test", server.url("/"), ()))
        assert "authorization" not in server.asked[0].headers
