"""How well and how fast pages are read: predictions for the corpus of real pages, judged by the corpus's own scorer.

    python bench/pages.py [--corpus FOLDER] [--keep FILE] [--wrong title|authors|date] [--by site_type]

FOLDER has `score.py`, `pages/index.jsonl` and `pages/html/*.html.gz` (default: `../shared/corpus`).
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from litdb.model import Name
from litdb.pages.page import Page, read_page
from litdb.text.dates import cited_day

CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus"


def predict(page: Page) -> dict[str, object]:
    """What the first claim of each field says, in the scorer's shape."""
    title, authors, date = (page.best(field) for field in ("title", "authors", "date"))
    return {
        "title": title.value if title else None,
        "authors": [Name.from_json(name).display for name in authors.value] if authors else [],
        "date": cited_day(date.value) if date else None,
        "how": {"title": title and title.how, "authors": authors and authors.how, "date": date and date.how},
    }


def predictions(corpus: Path) -> Iterator[dict[str, object]]:
    """One prediction a page, with the CPU time of reading it in milliseconds."""
    for line in (corpus / "pages" / "index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        body = gzip.decompress((corpus / "pages" / row["html_path"]).read_bytes())
        start = time.process_time()
        page = read_page(body, {}, row["url"])
        spent = (time.process_time() - start) * 1000
        yield {"id": row["id"], **predict(page), "cpu_ms": round(spent, 3)}


def main() -> None:
    """Write the predictions aside and print what the scorer says of them."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--corpus", type=Path, default=CORPUS)
    arguments.add_argument("--keep", type=Path, help="keep the predictions in this file")
    given, scoring = arguments.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        said = given.keep or Path(folder) / "predictions.jsonl"
        said.write_text("".join(f"{json.dumps(each)}\n" for each in predictions(given.corpus)), encoding="utf-8")
        subprocess.run([sys.executable, str(given.corpus / "score.py"), str(said), *scoring], check=True)


if __name__ == "__main__":
    main()
