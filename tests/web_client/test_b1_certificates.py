"""A server that cannot prove who it is hears no request."""

from __future__ import annotations

import socket
import ssl
from datetime import datetime, timedelta, timezone

import pytest
import trustme

from litdb.model import Failure, Request
from litdb.web.client import Client
from web_client.figures import tell
from web_client.servers import always, answer, serving, site, tunnelling

NAME = "www.example.org"
DAY = timedelta(days=1)
NOW = datetime.now(timezone.utc)
CLIENT_OF = {"allow_private": frozenset({NAME, "127.0.0.1"}), "deadline": 5}

BAD = {
    "an unknown authority": lambda good: trustme.CA().issue_cert(NAME),
    "an unknown authority of the same name": lambda good: trustme.CA(organization_name="trustme").issue_cert(NAME),
    "another host": lambda good: good.issue_cert("www.example.com"),
    "the host above": lambda good: good.issue_cert("example.org"),
    "a star for one label less": lambda good: good.issue_cert("*.www.example.org"),
    "a star for two labels": lambda good: good.issue_cert("*.org"),
    "an address instead of the name": lambda good: good.issue_cert("127.0.0.1"),
    "a name in the old place alone": lambda good: good.issue_cert(common_name=NAME),
    "expired": lambda good: good.issue_cert(NAME, not_before=NOW - 9 * DAY, not_after=NOW - DAY),
    "not valid yet": lambda good: good.issue_cert(NAME, not_before=NOW + DAY, not_after=NOW + 9 * DAY),
}


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(autouse=True)
def trusted(authority, tmp_path, monkeypatch):
    """The authority is trusted, and the name leads to loopback."""
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *args, **more: real("127.0.0.1" if host == NAME else host, *args, **more)
    )


def context_of(certificate, newest=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    if newest:
        context.set_ciphers("DEFAULT@SECLEVEL=0")
        context.minimum_version, context.maximum_version = ssl.TLSVersion.MINIMUM_SUPPORTED, newest
    return context


def asked_of(context):
    """How a fetch ends, and what the server was asked."""
    with serving(always(answer(200, b"secure")), context) as server:
        ended = Client(**CLIENT_OF).fetch(Request("test", f"https://{NAME}:{server.port}/", ()))
    return ended, server.asked


def test_no_bad_certificate_is_accepted(authority, record_property):
    accepted = []
    for what, certificate in BAD.items():
        ended, asked = asked_of(context_of(certificate(authority)))
        if asked or not isinstance(ended, Failure) or ended.outcome != "unreachable":
            accepted.append(what)
    tell(record_property, f"certificates: {len(BAD)} bad ones, {len(accepted)} accepted")
    assert len(BAD) >= 6
    assert accepted == []


def test_a_good_one_is(authority):
    ended, _ = asked_of(context_of(authority.issue_cert("*.example.org")))
    assert ended.body == b"secure"


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_no_outdated_encryption_is(authority):
    ended, asked = asked_of(context_of(authority.issue_cert(NAME), ssl.TLSVersion.TLSv1_1))
    assert (ended.outcome, asked) == ("unreachable", [])


@pytest.mark.parametrize("what", ["expired", "another host", "an unknown authority"])
def test_nor_is_one_that_a_redirect_leads_to(authority, what):
    with serving(always(answer()), context_of(BAD[what](authority))) as secure:
        pages = {"/": answer(302, location=f"https://{NAME}:{secure.port}/")}
        with serving(site(pages)) as server:
            ended = Client(**CLIENT_OF).fetch(Request("test", server.url("/"), ()))
    assert (ended.outcome, secure.asked) == ("unreachable", [])


@pytest.mark.parametrize("what", ["expired", "another host", "an unknown authority"])
def test_nor_one_behind_a_proxy(authority, monkeypatch, what):
    with serving(always(answer()), context_of(BAD[what](authority))) as secure, tunnelling(to=secure) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.root)
        ended = Client(**CLIENT_OF).fetch(Request("test", f"https://{NAME}/", ()))
    assert (ended.outcome, secure.asked) == ("unreachable", [])


@pytest.mark.parametrize("name", ["PYTHONHTTPSVERIFY", "CURL_INSECURE", "REQUESTS_VERIFY", "GIT_SSL_NO_VERIFY"])
def test_no_word_in_the_environment_turns_it_off(authority, monkeypatch, name):
    monkeypatch.setenv(name, "0" if name != "GIT_SSL_NO_VERIFY" else "1")
    ended, asked = asked_of(context_of(BAD["an unknown authority"](authority)))
    assert (ended.outcome, asked) == ("unreachable", [])
