"""The little web for the tests of this folder."""

import pytest
import requests

from web.fixtures import little_web

__all__ = ["little_web"]


@pytest.fixture
def ask(little_web):
    """One session that asks the little web and follows nothing."""
    with requests.Session() as session:
        session.max_redirects = 10
        yield lambda url, method="GET", **more: session.request(
            method, url, **{"timeout": 5, "allow_redirects": False, **more}
        )
