"""arXiv's programming interface, by the `arxiv` package: its query URLs, and its Atom as records.

The package builds URLs and reads bytes and never opens a socket here: alone it waits for ever, cuts lists at 100 and
takes a wall for "no results". `query_url` and `read_feed` are the only two places that use its less public half; the
tests hold them to the contract.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from litdb.model import Claim, Field, Identifier, Record, Relation
from litdb.sources.arxiv_page import tells_withdrawal
from litdb.text.dates import date_claim, read_iso
from litdb.text.names import authors_claim, read_name
from litdb.text.others import without_others
from litdb.text.tex import from_tex, read_tex

if TYPE_CHECKING:
    from datetime import datetime

    from arxiv import Result

_REFUSED_ID = re.compile(rb"<id>https?://arxiv\.org/api/errors#incorrect_id_format_for_([^<\s]+)</id>")
_ERROR = re.compile(rb"<id>https?://arxiv\.org/api/errors#([^<\s]+)</id>")
_WITHDRAWN_ABSTRACT = re.compile(
    r"(?:withdrawn\b|th(?:is|e) (?:paper|article|manuscript|submission|preprint|work)\b.{0,40}?\bwithdrawn\b)",
    re.IGNORECASE,
)
_ON_BEHALF = re.compile(
    r"\A\(?(?:for|on behalf of)\s+(?=.*\b(?:collaboration|team|group|consortium)s?\b)", re.IGNORECASE
)
"""What a collaboration's name begins with where a few of its members sign for it."""

_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,7}|#x[\da-f]{1,6});", re.IGNORECASE)
"""What authors paste from pages; TeX has no such thing."""

_TILDE = re.compile(r"(?<!\\)~")
_KEPT_TILDE = "\ue000"
"""arXiv shows a tilde as one ("~10 times", addresses) where TeX prints a blank: `read_tex` must not see it."""

_OWN_DOIS = "10.48550/arxiv."


def query_url(ids: Sequence[str]) -> str:
    """The URL that asks for all these ids at once.

    The server orders entries of equal score as it likes, so an id list is never paged (arXiv/arxiv-search,
    `search/domain/base.py`).
    """
    import arxiv

    search = arxiv.Search(id_list=list(ids), max_results=len(ids))
    client = arxiv.Client(page_size=len(ids), delay_seconds=0, num_retries=0)
    return str(client._format_url(search, 0, len(ids)))  # noqa: SLF001


def read_feed(body: bytes) -> tuple[Result, ...]:
    """The entries of a feed that are papers; entries about errors are none. `ValueError` for a malformed date."""
    from arxiv import _feed

    return tuple(_feed.parse(body).results)


def refused_ids(body: bytes) -> frozenset[str]:
    """The ids that arXiv calls malformed. One of them is enough to have the whole list refused.

    >>> sorted(refused_ids(b"<id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id>"))
    ['abc']
    """
    return frozenset(found.decode("utf-8", "replace") for found in _REFUSED_ID.findall(body))


def error(body: bytes) -> str:
    """What else arXiv complains of, in its words, or empty.

    >>> error(b"<id>http://arxiv.org/api/errors#max_results_must_be_non-negative</id>")
    'max results must be non-negative'
    """
    found = _ERROR.search(body)
    return found[1].decode("utf-8", "replace").replace("_", " ") if found else ""


def read_entry(entry: Result, identifier: Identifier, at: str) -> Record:
    """What an entry says of the paper asked for as `identifier`.

    `published` is the submission of the first version, `updated` that of the version shown (arXiv API user's manual).
    A DOI is the author's word for a version published elsewhere: a relation, never the same work.
    """
    paper = Identifier("arxiv", re.sub(r"v\d+\Z", "", identifier.value))
    return Record(
        source="arxiv",
        identifier=identifier,
        claims=tuple(_claims(entry, paper)),
        relations=tuple(
            Relation(identifier, "version-of", Identifier("doi", doi), "atom:doi") for doi in _dois(entry.doi or "")
        ),
        at=at,
    )


def withdrawal(entry: Result) -> str:
    """The sentence by which a paper is withdrawn, or empty. Its PDF link says nothing: every entry has one."""
    comment, abstract = _one_line(entry.comment or ""), _one_line(entry.summary)
    if tells_withdrawal(comment):
        return comment
    return re.split(r"(?<=[.!?]) ", abstract)[0] if _WITHDRAWN_ABSTRACT.match(abstract) else ""


def _claims(entry: Result, paper: Identifier) -> Iterator[Claim]:
    yield Claim("type", "preprint", "atom:id")
    yield Claim("container", "arXiv", "atom:id")
    yield Claim("url", f"https://arxiv.org/abs/{paper.value}", "atom:id")
    if version := re.search(r"v\d+\Z", entry.entry_id):
        yield Claim("version", version[0], "atom:id")
    yield from _tex_claim("title", entry.title, "atom:title")
    signed = (_ON_BEHALF.sub("", _one_line(from_tex(author.name)).strip(" :")) for author in entry.authors)
    if names := without_others(map(read_name, signed)):
        yield authors_claim(names, "atom:author")
    yield from _date_claims(entry)
    yield from _tex_claim("abstract", entry.summary, "atom:summary")
    if entry.primary_category:
        yield Claim("archive_class", entry.primary_category, "atom:primary_category")
    yield from _note_claims(entry)


def _date_claims(entry: Result) -> Iterator[Claim]:
    if first := read_iso(_iso(entry.published)):
        yield date_claim(first, "first-version", "atom:published")
    if this := read_iso(_iso(entry.updated)):
        yield date_claim(this, "this-version", "atom:updated")


def _note_claims(entry: Result) -> Iterator[Claim]:
    comment = _one_line(entry.comment or "")
    withdrawn = withdrawal(entry)
    if withdrawn:
        yield Claim("status", "withdrawn", "atom:comment")
    if withdrawn and withdrawn != comment:
        yield Claim("note", withdrawn, "atom:summary")
    if comment:
        yield Claim("note", comment, "atom:comment")
    if journal := _one_line(entry.journal_ref or ""):
        yield Claim("note", journal, "atom:journal_ref")


def _tex_claim(field: Field, text: str, how: str) -> Iterator[Claim]:
    resolved = _ENTITY.sub(lambda found: html.unescape(found[0]), _one_line(text))
    value, markup = read_tex(_TILDE.sub(_KEPT_TILDE, resolved))
    if value:
        yield Claim(field, value.replace(_KEPT_TILDE, "~"), how, markup=markup)


def _dois(text: str) -> Iterator[str]:
    """DOIs in lower case: authors give several, blanks between; arXiv's own names the preprint and is left out.

    >>> list(_dois("10.1000/ABC https://doi.org/10.1000/x 10.48550/arXiv.2209.99999"))
    ['10.1000/abc', '10.1000/x']
    """
    for word in text.lower().split():
        doi = re.sub(r"\A(?:doi:|https?://(?:dx\.)?doi\.org/)", "", word)
        if re.match(r"10\.\d{4,9}/.", doi) and not doi.startswith(_OWN_DOIS):
            yield doi


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _one_line(text: str) -> str:
    return " ".join(text.split())
