"""Distill and its kin (transformer-circuits.pub, many a page on GitHub): the front matter of an article.

Facts from distillpub/template: the article brings a title, its authors and the day of publication as JSON inside
`d-front-matter` (version 2) or as YAML inside `script type="text/front-matter"` (version 1). The tags of a rendered
article cut every name at its last blank; those of one that is not rendered are not there at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from litdb.model import Answer, Claim, Identity, Name, Reading, Record, Reference
from litdb.pages.bylines import people
from litdb.pages.charset import decode
from litdb.sources.objects import Object, read_json, text
from litdb.sources.plain_yaml import read_yaml
from litdb.sources.protocol import UrlsOnly
from litdb.text.dates import date_claim, read_iso, read_written
from litdb.text.names import authors_claim, read_name
from litdb.text.titles import clean_title
from litdb.text.urls import Url

_MARK = re.compile(rb"(?:<dt?-|text/|distill-)front-matter")
_MATTER = re.compile(
    r"""<d-front-matter\b[^<>]{0,300}>\s{0,300}<script\b[^<>]{0,300}>(?P<json>.*?)</script
      |<script\b[^<>]{0,300}\bid=["']distill-front-matter["'][^<>]{0,300}>(?P<by_id>.*?)</script
      |<script\b[^<>]{0,300}\btext/front-matter\b[^<>]{0,300}>(?P<yaml>.*?)</script""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_LONGEST = 100_000
_BIBLIOGRAPHY = re.compile(
    r"<d-bibliography\b[^<>]{0,300}>\s{0,300}<script\b[^<>]{0,300}\bjson\b[^<>]{0,300}>(.*?)</script", re.DOTALL
)
_WORDS = ("author", "title", "journal", "year")


class Distill(UrlsOnly):
    """Articles written with Distill's template, known by the front matter that they bring along."""

    name = "distill"

    def identify(self, url: Url) -> Identity | None:
        """None: such an article is known by its page, not by its address."""
        return None

    def owns(self, page: Answer) -> bool:
        """Whether a page has the front matter of Distill's template."""
        return b"front-matter" in page.body and bool(_MARK.search(page.body))

    def read(self, answer: Answer) -> Reading:
        """Title, people and day of the front matter, with names whole as their owners wrote them."""
        claims = tuple(_claims(_front_matter(decode(answer.body, answer.headers))))
        record = Record(self.name, answer.request.asked[0].identifier, claims)
        return Reading((record,) if claims else ())

    def references(self, answer: Answer) -> Iterator[Reference]:
        """The bibliography that an article brings along, as JSON; what it cites of that stands in its text."""
        found = _BIBLIOGRAPHY.search(decode(answer.body, answer.headers))
        loaded = read_json(found[1]) if found else None
        for row in loaded if isinstance(loaded, list) else ():
            entry = row[1] if isinstance(row, list) and len(row) > 1 and isinstance(row[1], Mapping) else {}
            words = ". ".join(filter(None, (clean_title(text(entry, key)) for key in _WORDS)))
            url = f"doi:{doi}" if (doi := text(entry, "doi")) else text(entry, "url") or text(entry, "URL")
            if words or url:
                yield Reference(answer.request.asked[0].identifier, url, "distill:bibliography", words)


DISTILL = Distill()


def _front_matter(source: str) -> Object:
    found = _MATTER.search(source)
    if not found or found.end() - found.start() > _LONGEST:
        return {}
    written = found["json"] or found["by_id"]
    loaded = read_json(written) if written else read_yaml(found["yaml"])
    return loaded if isinstance(loaded, Mapping) else {}


def _claims(matter: Object) -> Iterator[Claim]:
    if title := clean_title(text(matter, "title")):
        yield Claim("title", title, "distill:title")
    if authors := people(_authors(matter)):
        yield authors_claim(authors, "distill:authors")
    written = text(matter, "published") or text(matter, "date")
    if day := read_iso(written) or read_written(written) or _javascript_day(written):
        yield date_claim(day, "posted", "distill:published")
    if summary := clean_title(text(matter, "description")):
        yield Claim("abstract", summary, "distill:description")


def _authors(matter: Object) -> Iterator[Name]:
    """The authors of version 2 (`{"author": …}`, or two names), and of version 1 (`Name: address`, or `Name`)."""
    listed = matter.get("authors")
    for author in listed if isinstance(listed, list) else ():
        if isinstance(author, str):
            yield read_name(author)
        elif isinstance(author, Mapping):
            whole = text(author, "author") or f"{text(author, 'firstName')} {text(author, 'lastName')}".strip()
            yield read_name(whole or next(iter(author), ""))


def _javascript_day(written: str) -> str | None:
    """The day of a date as JavaScript's programmers write it: `Jan 10, 2017 12:00 GMT-0800`."""
    found = re.match(r"\s*([A-Za-z]{3,9}\.?\s+\d{1,2},?\s+\d{4})\b", written)
    return read_written(found[1]) if found else None
