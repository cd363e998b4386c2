"""Substack's pages, on whatever domain: the data that they bring along for their own script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from litdb.model import Answer, Claim, Identifier, Json, Outcome, Reading, Record
from litdb.pages import json_ld
from litdb.pages.addresses import is_home
from litdb.pages.bylines import read_people
from litdb.pages.charset import decode
from litdb.sources import substack_urls
from litdb.sources.objects import Object, part, text
from litdb.sources.substack_reading import Publication, home_record, post_outcome, post_record
from litdb.text.dates import date_claim, precision, read_iso
from litdb.text.names import authors_claim
from litdb.text.times import read_utc
from litdb.text.urls import read_url

_CDN = b"substackcdn.com"
_DATA = (b"window._preloads", b"SocialMediaPosting")
_PRELOADS = re.compile(r"window\._preloads\s*=\s*JSON\.parse\(\s*(?=\")")


def is_substack(page: Answer) -> bool:
    """Whether a page loads its script from Substack and brings data for it, or is one of its notes."""
    return _CDN in page.body and any(mark in page.body for mark in _DATA)


def read_own_page(page: Answer) -> Reading:
    """The post, the front page or the note that a page of Substack shows, and the name that Substack has for it.

    What it does not tell is left to the generic reader. Substack's own name gets the same outcome, and so is not
    asked about.
    """
    asked = page.request.asked[0].identifier
    source = decode(page.body, page.headers)
    data = _preloads(source)
    publication = Publication.read(part(data, "pub"))
    if post := part(data, "post"):
        record = post_record(asked, post, publication, "preloads")
        local = _local_dates(source, text(post, "post_date"))
        return _reading(replace(record, claims=(*local, *record.claims)), post_outcome(post, record))
    if publication.name and is_home(read_url(page.url)):
        return _reading(home_record(asked, publication, [], "preloads"), ("ok", ""))
    note = _note(asked, source, page.url)
    return _reading(note, ("ok", "")) if note else Reading()


def _reading(record: Record, ending: tuple[Outcome, str]) -> Reading:
    own = [each for each in record.same if each.scheme == "substack"]
    return Reading((record,), dict.fromkeys((record.identifier, *own), ending))


def _preloads(source: str) -> Object:
    """The object that the page hands to its script: JSON, written as a string of JSON."""
    found = _PRELOADS.search(source)
    if not found:
        return {}
    try:
        written, _ = json.JSONDecoder().raw_decode(source, found.end())
        data: Json = json.loads(written)
    except (ValueError, RecursionError, TypeError):
        return {}
    return data if isinstance(data, Mapping) else {}


def _local_dates(source: str, posted: str) -> Iterator[Claim]:
    """The moment of posting as the page writes it for its readers, where that is not UTC: theirs is the day to cite."""
    written = read_iso(text(json_ld.read_graph(source).first("NewsArticle"), "datePublished")) or ""
    moment = read_iso(posted) or ""
    is_local = not written.endswith(("Z", "+00:00"))
    are_moments = written and moment and precision(written) == precision(moment) == "second"
    if is_local and are_moments and read_utc(written) == read_utc(moment):
        yield date_claim(written, "posted", "json-ld:datePublished")


def _note(asked: Identifier, source: str, address: str) -> Record | None:
    """A note: its page calls the moment of posting that of creation, and the account its title."""
    node = json_ld.read_graph(source).first("SocialMediaPosting")
    identity = substack_urls.identify(read_url(address))
    names = read_people(text(part(node, "author"), "name"))
    day = read_iso(text(node, "dateCreated"))
    if not (
        identity
        and names
        and day
        and f"note/{text(node, 'identifier').removeprefix('c-')}" == identity.identifier.value
    ):
        return None
    claims = (
        Claim("type", "post", "json-ld:SocialMediaPosting"),
        authors_claim(names, "json-ld:author"),
        date_claim(day, "posted", "json-ld:dateCreated"),
        Claim("container", "Substack", "json-ld:SocialMediaPosting"),
    )
    same = tuple(each for each in (identity.identifier,) if each != asked)
    return Record("substack", asked, claims, same=same)
