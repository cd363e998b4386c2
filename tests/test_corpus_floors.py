"""The page reader stays as exact on the corpus of real pages as it has been: `python bench/pages.py --pin` wrote what
it reached, this reads all pages again.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benches import bench
from litdb.pages.walls import wall

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
FLOORS = json.loads((ROOT / "tests" / "pages" / "floors.json").read_text(encoding="utf-8"))
CASES = [(subset, column) for subset, floors in FLOORS["floors"].items() for column in floors]


@pytest.fixture(scope="module")
def pages():
    return bench("pages")


@pytest.fixture(scope="module")
def corpus(pages):
    if not (CORPUS / "pages").is_dir():
        pytest.skip("the corpus of real pages (../shared/corpus) is not here")
    found = pages.read_corpus(CORPUS)
    if found.sha256 != FLOORS["corpus"]["sha256"]:
        pytest.skip("the corpus is another one than the floors were pinned on: python bench/pages.py --pin")
    return found


@pytest.fixture(scope="module")
def predictions(pages, corpus):
    (reader,) = pages.start(["litdb"])
    said = pages.predict(corpus, [reader])["litdb"]
    reader.close()
    return said


@pytest.fixture(scope="module")
def reached(pages, corpus, predictions):
    return {subset: pages.scores(corpus, predictions, belongs) for subset, belongs in pages.SUBSETS.items()}


@pytest.mark.parametrize(("subset", "column"), CASES)
def test_reader_is_as_exact_as_it_was(reached, subset, column):
    pinned, found = FLOORS["floors"][subset][column], reached[subset][column]
    assert found <= pinned if column.startswith("invented") else found >= pinned


def test_every_page_is_read(predictions):
    assert [each for each in predictions if "failed" in each] == []


def test_no_page_is_taken_for_a_wall(corpus):
    """The pages were recorded because there was something to read."""
    walls = {}
    for row in corpus.rows:
        body = gzip.decompress((corpus.folder / row["html_path"]).read_bytes())
        if told := wall(200, {}, body, row["url"], row["url"]):
            walls[row["id"]] = told
    assert walls == {}
