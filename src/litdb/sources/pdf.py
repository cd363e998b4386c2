"""PDFs, wherever they lie: what the file says of itself, weighed, where its address leads to no better page.

An arXiv stamp and a DOI of the paper's own name the work (`pdf_names`), and the registries tell the rest. What the
description says is believed where a person wrote it: names of files, of templates and of accounts are refused, and the
day on which a file was made is never one of publication. All of it is said in passing (`pdf.…`): a registry that knows
the work is believed first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from litdb.model import Answer, Claim, DateKind, Field, Identifier, Identity, Outcome, Reading, Record, Reference
from litdb.pages.pdf import MAGIC, Pdf, read_moment, read_pdf
from litdb.sources.pdf_names import named
from litdb.sources.pdf_people import people_of
from litdb.sources.pdf_titles import is_title, title_claim
from litdb.sources.protocol import KindOfSource, UrlsOnly
from litdb.text.dates import date_claim, read_iso, read_written
from litdb.text.titles import clean_title
from litdb.text.urls import Url

PLACES: Sequence[tuple[str, Field]] = (
    ("prism:publicationName", "container"),
    ("dc:publisher", "publisher"),
    ("prism:volume", "volume"),
    ("prism:number", "issue"),
)
"""Values of a description that become fields: publishers write them."""

PUBLISHED = ("prism:publicationDate", "prism:coverDate", "prism:onlineDate")
MADE: Sequence[tuple[str, str, DateKind]] = (
    ("xmp:CreateDate", "CreationDate", "created"),
    ("xmp:ModifyDate", "ModDate", "modified"),
)
"""The days of the file, in the description and in the Info dictionary: kept, never cited."""


class PdfFile(UrlsOnly):
    """A PDF that a page's address leads to: by what identifies it, else by its own description."""

    name = "pdf"
    kind: KindOfSource = "index"

    def identify(self, url: Url) -> Identity | None:
        """None: a PDF is known by its bytes; addresses with a page of their own are known to `pdf_landing`."""
        return None

    def owns(self, page: Answer) -> bool:
        """Whether the answer is a PDF, whatever its type says."""
        return page.body[:1024].lstrip().startswith(MAGIC)

    def read(self, answer: Answer) -> Reading:
        """What the file says, and other names of the work; an outcome in words for what it keeps to itself."""
        identifier = answer.request.asked[0].identifier
        pdf = read_pdf(answer.body)
        work = named(pdf)
        claims = (*_claims(pdf, answer.url), *(_stamped(work.stamp) if work.stamp else ()))
        same = tuple(each for each in (work.arxiv or work.doi,) if each and each != identifier)
        outcomes = {identifier: _ending(pdf, claims, same)}
        if not (claims or same or work.published):
            return Reading(outcomes=outcomes)
        return Reading(
            (Record(self.name, identifier, claims, same, work.relations(identifier), at=answer.at),), outcomes
        )

    def references(self, answer: Answer) -> Iterator[Reference]:
        """The addresses that the file links to; which words of it lead there is not told."""
        from litdb.pages.pdf_links import links_of_pdf

        return (Reference(answer.request.asked[0].identifier, url, "pdf:uri") for url in links_of_pdf(answer.body))


PDF = PdfFile()


def _claims(pdf: Pdf, address: str) -> Iterator[Claim]:
    for how, written in (("pdf.xmp:title", pdf.first("dc:title")), ("pdf.info:Title", pdf.info.get("Title", ""))):
        title = title_claim(written, how)
        if is_title(str(title.value), address):
            yield title
            break
    yield from people_of(pdf)
    if day := next((day for name in PUBLISHED if (day := read_iso(pdf.first(name)))), ""):
        yield date_claim(day, "posted", "pdf.xmp:publicationDate")
    for name, field in PLACES:
        if told := clean_title(pdf.first(name)):
            yield Claim(field, told, f"pdf.{name}")
    first, last = pdf.first("prism:startingPage"), pdf.first("prism:endingPage")
    if first:
        yield Claim("pages", f"{first}-{last}" if last not in ("", first) else first, "pdf.prism:startingPage")
    for described, entry, kind in MADE:
        if day := read_iso(pdf.first(described)) or read_moment(pdf.info.get(entry, "")):
            yield date_claim(day, kind, f"pdf.{described}" if pdf.first(described) else f"pdf.info:{entry}")


def _stamped(stamp: re.Match[str]) -> Iterator[Claim]:
    """The stamp's day is that of its version."""
    yield Claim("version", stamp["version"], "pdf.stamp:version")
    if day := read_written(" ".join(stamp["day"].split())):
        yield date_claim(day, "this-version", "pdf.stamp:day")


def _ending(pdf: Pdf, claims: Sequence[Claim], same: Sequence[Identifier]) -> tuple[Outcome, str]:
    fields: Mapping[str, Claim] = {claim.field: claim for claim in claims}
    if "title" in fields and (same or "authors" in fields):
        return "ok", ""
    if same:
        return "partial", f"the PDF says that it is {same[0]}, and no title"
    if "title" in fields:
        return "partial", "the PDF tells a title, and nobody who wrote it"
    if not pdf.is_looked_into:
        return "unsupported", 'the PDF tells no title; `pip install "litdb-notes[pdf]"` lets litdb look for more in it'
    if pdf.trouble:
        return "unsupported", pdf.trouble
    return "partial", "the PDF tells neither a title nor a DOI that can be trusted"
