"""The Wayback Machine: what a page said near the day it was cited, where its own site no longer tells.

Two services: the index of captures (CDX, github.com/internetarchive/wayback/tree/master/wayback-cdx-server) and the
captures as they were stored (`…id_/`, without the archive's banner). Both are asked in one lane, 24 times a minute:
the index stands for 30 (edgi-govdata-archiving/wayback 0.5.1). The day of a capture is never a date of the work, only
a day by which it was there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

from litdb.errors import InvalidUrl
from litdb.model import (
    Answer,
    Claim,
    Identifier,
    Identity,
    Outcome,
    Policy,
    Reading,
    Record,
    Reference,
    Request,
    Rung,
    Target,
)
from litdb.pages.addresses import bare_host, path_date
from litdb.pages.walls import wall
from litdb.sources.objects import read_json
from litdb.sources.page import PAGE
from litdb.sources.protocol import KindOfSource, UrlsOnly
from litdb.text.dates import date_claim
from litdb.text.urls import Url, read_url

INDEX = "https://web.archive.org/cdx/search/cdx"
REPLAY = "https://web.archive.org/web"

SCHEMES = frozenset(
    "url medium substack forum forum-sequence eaforum eaforum-sequence openreview acl pmlr neurips jmlr github "
    "youtube".split()
)
"""Schemes whose works have a page of their own to be kept; a comment's page is its post's."""

ROWS = 5
"""Captures that the index is asked for."""

MOST_ADDRESSES = 2
"""Addresses of one work that are looked up: as written, and the canonical one where the index lacks that."""

MOST_DRIFT = timedelta(days=31)
"""Where the archive shows a capture from another day instead, it may be this far from the one that was asked for."""

_CAPTURE = re.compile(r"https?://web\.archive\.org/web/(\d{14})id_/(.+)\Z", re.IGNORECASE | re.DOTALL)
_ORIGINAL = "x-archive-orig-"
_OF_THE_WIRE = frozenset(("content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive"))
_BLOCKED = ("AccessControlException", "RobotAccessControlException", "Blocked Site")
_OWN_WORDS = re.compile(rb"<title>\s*(?:Internet Archive )?Wayback Machine\s*</title>", re.IGNORECASE)
"""The title of what the archive says itself, with status 200 too: excluded, or not archived."""
_ON_A_PAGE = re.compile(r"substack:(?:.*/comment/|note/)")


@dataclass(frozen=True, slots=True)
class Capture:
    """One row of the index: the fourteen digits of its moment in UTC, the address as it was asked then."""

    timestamp: str
    original: str

    @property
    def day(self) -> str:
        """The day of the capture as ISO text."""
        return f"{self.timestamp[:4]}-{self.timestamp[4:6]}-{self.timestamp[6:8]}"

    @property
    def moment(self) -> datetime:
        """The moment of the capture. `ValueError` where the digits are none."""
        return datetime.strptime(self.timestamp, "%Y%m%d%H%M%S")  # noqa: DTZ007 - captures are only compared


class Wayback(UrlsOnly):
    """Captures of pages that their own sites refuse or have lost: the last rung.

    A page takes two requests, one of the index and one of a capture. Where that capture is a wall, the next one is
    tried, and no further. Both are documented interfaces for machines.
    """

    name = "wayback"
    kind: KindOfSource = "capture"
    knows_all = False
    policies: Sequence[Policy] = (Policy(("web.archive.org",), "wayback", interval=2.5, fresh_days=3650, robots=False),)

    def identify(self, url: Url) -> Identity | None:
        """None: the address of a capture means the page in it (`wrappers`)."""
        return None

    def rung(self, identifier: Identifier) -> Rung | None:
        """The archive, for works that have a page of their own.

        >>> WAYBACK.rung(Identifier("url", "https://example.org/post")).name
        'ARCHIVE'
        >>> WAYBACK.rung(Identifier("forum-comment", "CCCCCCCCCCCCCCCC2"))
        """
        if identifier.scheme not in SCHEMES or _ON_A_PAGE.search(str(identifier)):
            return None
        return Rung.ARCHIVE

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """The index is asked about each work, first by the address that the notes wrote."""
        return (request for target in wanted for request in archive_requests(target, _addresses(target)))

    def read(self, answer: Answer) -> Reading:
        """Of the index: the request for the best capture. Of a capture: the page in it, and where it is kept."""
        if answer.request.step.startswith("capture"):
            return _read_capture(answer)
        return _read_index(answer)

    def references(self, answer: Answer) -> Iterable[Reference]:
        """What the page in a capture cites."""
        page = _page_in(answer) if answer.request.step.startswith("capture") else None
        return PAGE.references(page) if page and not _trouble(answer, page) else ()


def archive_requests(target: Target, addresses: Sequence[str], day: str = "") -> list[Request]:
    """The request that asks the archive about a work, for a source's `then`: empty where there is no address.

    `addresses` are what the page was known by, the likeliest to be kept first. `day` is when it appeared, where that
    is known; else the day that its address tells, else the note's day is what a capture should be close to. Where
    nothing is known the oldest captures are taken.
    """
    if not addresses:
        return []
    address, *others = addresses[:MOST_ADDRESSES]
    near = (day or path_date(read_url(address)) or target.note_day).replace("-", "")
    query = {"url": address, "output": "json", "limit": str(ROWS), "fl": "timestamp,original"}
    filters = [("filter", "statuscode:200"), ("filter", "mimetype:text/html")]
    closest = [("closest", near), ("sort", "closest")] if near else []
    url = f"{INDEX}?{urlencode([*query.items(), *filters, *closest], quote_via=quote, safe='')}"
    return [Request("wayback", url, (target,), step=" ".join(("index", *others)))]


def read_index(body: bytes) -> Sequence[Capture] | None:
    """The captures that the index lists, in its order, whether as JSON or as lines; None for what is no index.

    Rows that only repeat an earlier capture (`warc/revisit`) or were no success are left out.

    >>> read_index(b'[["timestamp","original"],["20181121120000","https://x.org/a"]]')
    [Capture(timestamp='20181121120000', original='https://x.org/a')]
    >>> read_index(b"org,x)/a 20181121120000 https://x.org/a text/html 200 DIGEST 123\\n")
    [Capture(timestamp='20181121120000', original='https://x.org/a')]
    >>> read_index(b""), read_index(b"<title>Sorry</title>")
    ([], None)
    """
    text = body.decode("utf-8", "replace").strip()
    rows = _json_rows(text) if text.startswith("[") else _plain_rows(text)
    if rows is None:
        return None
    return [
        Capture(row["timestamp"], row["original"])
        for row in rows
        if _MOMENT.fullmatch(row.get("timestamp", "")) and row.get("original") and _is_page(row)
    ]


def _json_rows(text: str) -> list[Mapping[str, str]] | None:
    table = read_json(text)
    if not isinstance(table, list) or not all(isinstance(row, list) for row in table):
        return None
    names, rows = (table[0], table[1:]) if table else ([], [])
    return [dict(zip(map(str, names), map(str, row), strict=False)) for row in rows]


_MOMENT = re.compile(r"\d{14}", re.ASCII)
_COLUMNS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")


def _plain_rows(text: str) -> list[Mapping[str, str]] | None:
    """Rows of lines; a resumption key behind a blank line is none."""
    rows = [line.split(" ") for line in text.partition("\n\n")[0].splitlines() if line]
    if any(len(row) < len(_COLUMNS) or not _MOMENT.fullmatch(row[1]) for row in rows):
        return None
    return [dict(zip(_COLUMNS, row, strict=False)) for row in rows]


def _is_page(row: Mapping[str, str]) -> bool:
    return row.get("statuscode", "200") == "200" and row.get("mimetype", "text/html") == "text/html"


def _read_index(answer: Answer) -> Reading:
    target = answer.request.asked[0]
    captures = read_index(answer.body)
    if captures is None:
        return Reading(outcomes={target.identifier: _no_index(answer.body)})
    if captures:
        return Reading(then=(_capture_request(target, captures),))
    _, *others = answer.request.step.split(" ")
    if others:
        return Reading(then=tuple(archive_requests(target, others)))
    return Reading(outcomes={target.identifier: ("not-found", "the Wayback Machine has no capture of the page")})


def _no_index(body: bytes) -> tuple[Outcome, str]:
    if any(mark.encode() in body for mark in _BLOCKED):
        return "forbidden", "the Wayback Machine keeps this site from view, as its owner wished"
    return "unreachable", "the index of the Wayback Machine answers with something else"


def _capture_request(target: Target, captures: Sequence[Capture]) -> Request:
    """The request for the first capture; the step names the next one, should it be a wall."""
    first, *others = captures
    return Request(
        "wayback",
        f"{REPLAY}/{first.timestamp}id_/{first.original}",
        (target,),
        step=" ".join(("capture", *(each.timestamp for each in others[:1]))),
    )


def _read_capture(answer: Answer) -> Reading:
    """The page that a capture holds, where it is the one that was asked for and says something."""
    target = answer.request.asked[0]
    page = _page_in(answer)
    trouble = _trouble(answer, page)
    _, *others = answer.request.step.split(" ")
    if trouble and others:
        again = Capture(others[0], _CAPTURE.sub(r"\2", answer.request.url))
        return Reading(then=(_capture_request(target, [again]),))
    if trouble:
        return Reading(outcomes={target.identifier: ("not-found", trouble)})
    shown = _shown(answer.url)
    claims = (Claim("archived", f"{REPLAY}/{shown.timestamp}/{shown.original}", "wayback:capture"),)
    bound = date_claim(shown.day, "not-later-than", "wayback:capture")
    return Reading(records=(Record("wayback", target.identifier, (*claims, bound), at=answer.at),), page=page)


def _shown(url: str) -> Capture:
    """The capture that an address of the archive shows; empty for another address."""
    found = _CAPTURE.match(url)
    return Capture(found[1], found[2]) if found else Capture("", "")


def _page_in(answer: Answer) -> Answer:
    """The page as its own site sent it: its address, its headers, its bytes."""
    original = _shown(answer.url).original or answer.request.asked[0].identifier.value
    headers = {key: value for key, value in answer.headers.items() if key == "content-type"}
    headers |= {
        key.removeprefix(_ORIGINAL): value
        for key, value in answer.headers.items()
        if key.startswith(_ORIGINAL) and key.removeprefix(_ORIGINAL) not in _OF_THE_WIRE
    }
    asked = _shown(answer.request.url).original or original
    request = Request("page", asked, answer.request.asked)
    return Answer(request, answer.status, headers, answer.body, original, answer.at)


def _trouble(answer: Answer, page: Answer) -> str:
    """Why a capture cannot stand for the page, in words; empty where it can."""
    asked, shown = _shown(answer.request.url), _shown(answer.url)
    try:
        drift = abs(asked.moment - shown.moment)
        read_url(shown.original)
    except (ValueError, InvalidUrl):
        return "the Wayback Machine shows something else than a capture"
    if _OWN_WORDS.search(answer.body):
        return "the Wayback Machine does not show its capture, which may be excluded"
    if drift > MOST_DRIFT:
        return f"the Wayback Machine shows a capture of {shown.day} in place of that of {asked.day}"
    refused = wall(page.status, page.headers, page.body, page.url, page.request.url)
    return f"the capture of {shown.day} is no content: {refused[1]}" if refused else ""


def _addresses(target: Target) -> list[str]:
    """The addresses of a work, as the notes wrote them first, each once as the index sees it."""
    canonical = target.urls[:1] or ((target.identifier.value,) if target.identifier.scheme == "url" else ())
    by_key: dict[tuple[str, str, str], str] = {}
    for address in (*target.urls[1:], *canonical):
        by_key.setdefault(_key(address), address)
    return list(by_key.values())


def _key(address: str) -> tuple[str, str, str]:
    """What makes an address another one to the index: scheme, `www.`, capitals and a last slash do not."""
    url = read_url(address)
    query = "&".join(f"{key}={value}" for key, value in url.query)
    return bare_host(url), url.path.rstrip("/").lower(), query.lower()


WAYBACK = Wayback()
