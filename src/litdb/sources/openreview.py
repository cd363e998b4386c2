"""OpenReview: submissions by the id of their forum, asked in batches; and the note that its pages carry along.

Facts: `GET /notes?ids=a,b` of api2.openreview.net for venues since 2023, of api.openreview.net for those before
(docs.openreview.net; openreview/openreview-py); openreview/openreview-web, `app/forum/page.js`, writes one author into
the page's tags, whoever was last. Since 2026 both interfaces refuse strangers with a challenge, which is an outcome as
any other; who has an account sets the headers of these hosts in litdb.toml.

Three days: `cdate` is that of the submission and is never cited, `odate` that on which all could see it, `pdate` that
of the publication by a venue.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timezone

from litdb.model import (
    Answer,
    Claim,
    DateKind,
    Identifier,
    Identity,
    Json,
    Name,
    Outcome,
    Policy,
    Reading,
    Record,
    Request,
    Rung,
    Target,
)
from litdb.sources.locators import locator
from litdb.sources.objects import Object, document, part, parts, text
from litdb.sources.protocol import OWN_PAGE, Source
from litdb.sources.venue_bib import claims_of, date_of, read_entry
from litdb.text.dates import date_claim
from litdb.text.names import authors_claim, read_name
from litdb.text.times import utc_text
from litdb.text.titles import clean_title
from litdb.text.urls import Url, read_url

PAGES = (("forum",), ("pdf",), ("attachment",))
"""Paths whose `id` is that of a forum; under `references` and `revisions` it is that of a revision."""

HOSTS = {"ask": "api2.openreview.net", "old-venues": "api.openreview.net"}
"""Where the notes are asked for, by the step: venues since 2023 first."""

DAYS: Sequence[tuple[str, DateKind]] = (
    ("pdate", "posted"),
    ("odate", "posted"),
    ("cdate", "created"),
    ("mdate", "modified"),
)
"""A note's moments (milliseconds since 1970), the best to cite first."""

_ID = re.compile(r"[A-Za-z0-9_-]{5,40}")
_WITHDRAWN = re.compile(r"\bwithdrawn\b", re.IGNORECASE)
_PUSHED = re.compile(r'self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*")\]\)')
_NOTE = re.compile(r'"forumNote"\s*:\s*(?=\{)')
_MARK = b"forumNote"
_LARGEST_NOTE = 1_000_000


class Openreview(Source):
    """Submissions; groups, profiles and revisions are no works. A review or reply is a place in its forum."""

    name = "openreview"
    policies: Sequence[Policy] = (
        Policy(tuple(HOSTS.values()), lane="openreview", interval=2.0, batch=50, robots=False),
        Policy(("openreview.net",), lane="openreview", interval=2.0),
    )

    def identify(self, url: Url) -> Identity | None:
        """What a forum, PDF or attachment URL means.

        >>> found = OPENREVIEW.identify(read_url("https://openreview.net/pdf?id=rJl-b3RcF7&noteId=abc12"))
        >>> str(found.identifier), found.url, found.locator
        ('openreview:rJl-b3RcF7', 'https://openreview.net/forum?id=rJl-b3RcF7', 'noteId=abc12')
        """
        forum, reply = url.get("id"), url.get("noteId")
        if not url.on("openreview.net") or url.segments not in PAGES or not _ID.fullmatch(forum):
            return None
        place = f"noteId={reply}" if _ID.fullmatch(reply) and reply != forum else ""
        address = f"https://openreview.net/forum?id={forum}"
        return Identity(Identifier("openreview", forum), address, locator(url, place))

    def rung(self, identifier: Identifier) -> Rung | None:
        """Its interface, for submissions."""
        return Rung.API if identifier.scheme == "openreview" else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for every fifty submissions."""
        size = self.policies[0].batch
        return [_request(wanted[start : start + size], "ask") for start in range(0, len(wanted), size)]

    def owns(self, page: Answer) -> bool:
        """Whether a page of a forum carries its note along: live, saved or from an archive."""
        return self.identify(read_url(page.url)) is not None and _MARK in page.body

    def read(self, answer: Answer) -> Reading:
        """The notes asked for; those that one interface lacks are looked for in the one for older venues."""
        if answer.request.step == OWN_PAGE:
            return _read_page(answer)
        found, refusal = document(answer, "OpenReview")
        if refusal:
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, refusal))
        notes = {text(note, "id"): note for note in parts(found, "notes")}
        records: list[Record] = []
        outcomes: dict[Identifier, tuple[Outcome, str]] = {}
        missing: list[Target] = []
        for target in answer.request.asked:
            if note := notes.get(target.identifier.value):
                records.append(Record("openreview", target.identifier, tuple(note_claims(note))))
                outcomes[target.identifier] = _ending(note)
            elif answer.request.step == "ask":
                missing.append(target)
            else:
                outcomes[target.identifier] = "not-found", f"OpenReview shows nobody a note {target.identifier.value}"
        return Reading(tuple(records), outcomes, (_request(missing, "old-venues"),) if missing else ())


OPENREVIEW = Openreview()


def note_claims(note: Object) -> Iterator[Claim]:
    """What a note says, in the shape of either interface: values as they are, or each inside `{"value": …}`."""
    content = part(note, "content")
    if title := clean_title(_said(content, "title")):
        yield Claim("title", title, "openreview:title", markup="tex" if "$" in title else "plain")
    if names := tuple(_people(_value(content, "authors"))):
        yield authors_claim(names, "openreview:authors")
    entry = read_entry(_said(content, "_bibtex"))
    yield from _days(note)
    if entry and (year := date_of(entry)):
        yield date_claim(year, "posted", "openreview.bibtex:year")
    told = (
        [claim for claim in claims_of(entry, "openreview:bibtex") if claim.field in ("type", "container")]
        if entry
        else []
    )
    venue = clean_title(_said(content, "venue"))
    yield from told or _unpublished(venue)
    if venue:
        yield Claim("note", venue, "openreview:venue")
    if abstract := clean_title(_said(content, "abstract")):
        yield Claim("abstract", abstract, "openreview:abstract", markup="tex" if "$" in abstract else "plain")
    if _is_withdrawn(note):
        yield Claim("status", "withdrawn", "openreview:venue")


def _request(asked: Sequence[Target], step: str) -> Request:
    ids = ",".join(each.identifier.value for each in asked)
    return Request("openreview", f"https://{HOSTS[step]}/notes?ids={ids}", tuple(asked), step)


def _read_page(page: Answer) -> Reading:
    """What the note in a forum's page says; nothing where it cannot be found."""
    identifier = page.request.asked[0].identifier
    note = _carried(page.body.decode("utf-8", "replace"))
    if text(note, "id") != identifier.value:
        return Reading()
    return Reading(
        (Record("openreview", identifier, tuple(note_claims(note)), at=page.at),), {identifier: _ending(note)}
    )


def _carried(source: str) -> Object:
    """The note in the data that a page's script starts with: as one JSON, or in pieces inside strings."""
    try:
        whole = "".join(json.loads(piece, strict=False) for piece in _PUSHED.findall(source)) or source
        found = _NOTE.search(whole)
        if not found:
            return {}
        note, _ = json.JSONDecoder().raw_decode(whole[found.end() : found.end() + _LARGEST_NOTE])
    except (ValueError, RecursionError):
        return {}
    return note if isinstance(note, dict) else {}


def _value(content: Object, key: str) -> Json:
    value = content.get(key)
    return value.get("value") if isinstance(value, dict) else value


def _said(content: Object, key: str) -> str:
    value = _value(content, key)
    return value.strip() if isinstance(value, str) else ""


def _people(listed: Json) -> Iterator[Name]:
    """The authors, by name or as objects with a `fullname`; blind submissions say Anonymous."""
    for author in listed if isinstance(listed, list) else ():
        written = text(author, "fullname") if isinstance(author, dict) else author
        if isinstance(written, str) and written.strip() not in ("", "Anonymous"):
            yield read_name(written)


def _days(note: Object) -> Iterator[Claim]:
    for key, kind in DAYS:
        stamp = note.get(key)
        if isinstance(stamp, int | float) and 1e12 < stamp < 4e12:
            moment = datetime.fromtimestamp(int(stamp) // 1000, timezone.utc)
            yield date_claim(utc_text(moment), kind, f"openreview:{key}")


def _unpublished(venue: str) -> Iterator[Claim]:
    """What can be said where no venue has published it: it stands on OpenReview."""
    yield Claim("container", "OpenReview", "openreview:site")
    if venue.lower().startswith("submitted to"):
        yield Claim("type", "preprint", "openreview:venue")


def _is_withdrawn(note: Object) -> bool:
    content = part(note, "content")
    named = note.get("invitations")
    invitations = [each for each in named if isinstance(each, str)] if isinstance(named, list) else []
    told = [_said(content, "venue"), _said(content, "venueid"), text(note, "invitation"), *invitations]
    return any(_WITHDRAWN.search(each.replace("_", " ")) for each in told)


def _ending(note: Object) -> tuple[Outcome, str]:
    forum = text(note, "forum")
    if forum and forum != text(note, "id"):
        return "partial", f"this is a reply in the forum {forum}"
    return ("ok", "") if _said(part(note, "content"), "title") else ("partial", "the note has no title")
