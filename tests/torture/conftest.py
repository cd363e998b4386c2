"""A project in a folder of its own, on one little web for all tests of this folder."""

from __future__ import annotations

import pytest

from torture.project import Project, little_web


@pytest.fixture(scope="session")
def torture_web():
    """The web of the torture project."""
    with little_web() as web:
        yield web


@pytest.fixture
def project(torture_web, tmp_path):
    """A project that nobody has crawled, on a web without faults."""
    yield Project(tmp_path / "project", torture_web)
    torture_web.mend()


@pytest.fixture(scope="session")
def whole(torture_web, tmp_path_factory):
    """What an undisturbed crawl leaves."""
    made = Project(tmp_path_factory.mktemp("whole") / "project", torture_web)
    assert made.run("crawl", "notes")[0] == 0
    return made.state()
