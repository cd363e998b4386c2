from __future__ import annotations

import os

import pytest

from litdb.web.client import Client


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch):
    """The environment of whoever runs the tests decides nothing."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
            monkeypatch.delenv(name)


@pytest.fixture
def client():
    return Client(deadline=5, allow_private=frozenset({"127.0.0.1"}))
