"""One reader of pages in a process of its own: a page a line on standard input, what it says of it on standard output.

    python serve.py litdb|trafilatura|newspaper4k|goose3|metadata_parser

In: `{"path": "page.html.gz", "url": ...}`. Out: first `{"version": ...}`, then for each page
`{"title", "authors", "date", "cpu_ms"}`, or `{"failed", "cpu_ms"}` where the reader raised. Each is called as its
own documentation shows it; the time is that of the call, on bytes in memory.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

Said = dict[str, object]
Reader = Callable[[bytes, str], Said]


def litdb() -> Reader:
    """The first claim of each field."""
    from litdb.model import Name
    from litdb.pages.page import read_page
    from litdb.text.dates import cited_day

    def read(body: bytes, url: str) -> Said:
        page = read_page(body, {}, url)
        title, authors, date = (page.best(field) for field in ("title", "authors", "date"))
        return {
            "title": title.value if title else None,
            "authors": [Name.from_json(name).display for name in authors.value] if authors else [],
            "date": cited_day(date.value) if date else None,
            "how": {"title": title and title.how, "authors": authors and authors.how, "date": date and date.how},
        }

    return read


def trafilatura() -> Reader:
    """Its metadata call, which asks htmldate for the day of publication."""
    from trafilatura import extract_metadata

    def read(body: bytes, url: str) -> Said:
        found = extract_metadata(body, default_url=url)
        return {"title": found.title, "authors": (found.author or "").split("; "), "date": found.date}

    return read


def newspaper4k() -> Reader:
    """An article that is given its page, and fetches no images."""
    from newspaper import Article

    def read(body: bytes, url: str) -> Said:
        article = Article(url, fetch_images=False)
        article.download(input_html=body.decode(errors="replace"))
        article.parse()
        return {"title": article.title, "authors": article.authors, "date": _day(article.publish_date)}

    return read


def goose3() -> Reader:
    """An article from raw HTML."""
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})

    def read(body: bytes, url: str) -> Said:
        article = goose.extract(raw_html=body.decode(errors="replace"))
        return {"title": article.title, "authors": article.authors, "date": _day(article.publish_date)}

    return read


def metadata_parser() -> Reader:
    """The first value of the tags that hold a title, an author, a date."""
    from metadata_parser import MetadataParser

    def read(body: bytes, url: str) -> Said:
        found = MetadataParser(html=body.decode(errors="replace"), url=url, search_head_only=False).parsed_result

        def first(*keys: str) -> str | None:
            return next(filter(None, (found.select_first_match(key) for key in keys)), None)

        author = first("author", "article:author", "creator")
        return {
            "title": first("title"),
            "authors": [author] if author else [],
            "date": _day(first("article:published_time", "date", "pubdate")),
        }

    return read


READERS: dict[str, tuple[Callable[[], Reader], tuple[str, ...]]] = {
    "litdb": (litdb, ("litdb-notes",)),
    "trafilatura": (trafilatura, ("trafilatura", "htmldate")),
    "newspaper4k": (newspaper4k, ("newspaper4k",)),
    "goose3": (goose3, ("goose3",)),
    "metadata_parser": (metadata_parser, ("metadata_parser",)),
}
"""How each reader is made ready, and the packages whose versions are told."""


def _day(value: object) -> str | None:
    return str(value)[:10] if value else None


def answer(read: Reader, path: str, url: str) -> Said:
    """What a reader says of one page, with the CPU time that it took; whatever it raises is written down."""
    body = gzip.decompress(Path(path).read_bytes())
    start = time.process_time()
    try:
        said = read(body, url)
    except Exception as error:  # noqa: BLE001 - a reader that fails on a page has said nothing of it
        said = {"failed": f"{type(error).__name__}: {error}"[:300]}
    return {**said, "cpu_ms": round((time.process_time() - start) * 1000, 3)}


def main(name: str) -> None:
    """Answer until the input ends."""
    warnings.simplefilter("ignore")
    ready, packages = READERS[name]
    read = ready()
    print(json.dumps({"version": " + ".join(f"{each} {version(each)}" for each in packages)}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(read, **json.loads(line)), default=str), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
