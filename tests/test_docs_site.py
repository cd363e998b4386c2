"""The documentation site: it is built without a warning, holds every page, and loads nothing from a network."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
LOADED = re.compile(r"""<(?:script|img|iframe|link)\b[^>]*?\b(?:src|href)=["'](?:https?:)?//""")
"""What a browser fetches by itself from another host."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site as `make site` builds it: a broken link or a page that no list names fails."""
    pytest.importorskip("furo", reason="Sphinx's theme furo is not installed: pip install 'litdb-notes[docs]'")
    folder = tmp_path_factory.mktemp("site")
    sphinx = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going"]
    ran = subprocess.run([*sphinx, str(DOCS), str(folder)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return folder


def test_every_page_is_there(site):
    assert {page.stem for page in DOCS.glob("*.md")} <= {page.stem for page in site.glob("*.html")}


def test_it_loads_nothing_from_a_network(site):
    for page in site.glob("*.html"):
        assert not LOADED.search(page.read_text("utf-8")), page.name
    for style in site.rglob("*.css"):
        assert not re.search(r"""(?:@import|url\()\s*["']?(?:https?:)?//""", style.read_text("utf-8")), style.name


def test_it_shows_the_first_screen_commands_and_docstrings(site):
    for page, words in [
        ("index", "the list stays as it is"),
        ("commands", "litdb crawl"),
        ("api", "How an attempt ended, the best first"),
    ]:
        assert words in (site / f"{page}.html").read_text("utf-8")


def test_the_example_of_the_api_works():
    result = doctest.testfile(str(DOCS / "api.md"), module_relative=False)
    assert result.attempted > 5
    assert result.failed == 0
