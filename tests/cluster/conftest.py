"""The client of the web's own tests, and the word for a machine without Dask."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from litdb.web.client import Client


@pytest.fixture
def client():
    return Client()


@pytest.fixture(scope="session")
def dask():
    """Leaves out what needs a cluster where there is none."""
    if find_spec("distributed") is None:
        pytest.skip("Dask is not installed: pip install 'litdb-notes[cluster]'")
