"""Posts, publications and comments as Substack gives them, in its interface and inside its pages alike.

Nothing of it is documented; the keys are those that its own pages use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from litdb.errors import InvalidUrl
from litdb.model import Claim, Identifier, Json, Name, Outcome, Record, WorkType
from litdb.pages.addresses import is_home
from litdb.pages.bylines import people, read_people
from litdb.sources import substack_urls
from litdb.sources.objects import Object, part, parts, text
from litdb.sources.page import PAGE
from litdb.text.dates import date_claim, read_iso
from litdb.text.names import authors_claim
from litdb.text.titles import clean_title, fold, without_site
from litdb.text.urls import Url, clean, read_url

TYPES: Mapping[str, WorkType] = {"video": "motion_picture", "thread": "post"}
"""Kinds of posts that are no posts of a weblog."""

NOTES: Mapping[str, str] = {"podcast": "Podcast episode", "thread": "Discussion thread"}
"""What a reader of a reference should know of a post's kind."""

PAID = frozenset(("only_paid", "founding"))
"""Audiences that pay. What others see of such a post is cut off, never missing: only `audience` tells."""

_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{1,200})[)\]]\Z")


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication: its number, name, subdomain, own domain (or empty), and the account that owns it."""

    number: Json
    name: str
    subdomain: str
    domain: str
    owner: Json
    owner_name: str = ""

    @classmethod
    def read(cls, found: Object) -> Publication:
        """The publication that an object describes; one on Substack's own domain has no other that counts."""
        return cls(
            number=found.get("id"),
            name=clean_title(text(found, "name")),
            subdomain=text(found, "subdomain").lower(),
            domain="" if found.get("custom_domain_optional") is True else text(found, "custom_domain").lower(),
            owner=found.get("primary_user_id") or found.get("author_id"),
            owner_name=text(found, "author_name"),
        )


def publication_of(posts: Iterable[Object], number: Json) -> Publication | None:
    """The publication of this number, by what any author of these posts has to do with it.

    An author has several publications, and the first of them is often another one.
    """
    for post in posts:
        for byline in parts(post, "publishedBylines"):
            for role in parts(byline, "publicationUsers"):
                if number is not None and role.get("publication_id") == number and part(role, "publication"):
                    return Publication.read({"id": number, **part(role, "publication")})
    return None


def authors(post: Object, publication: Publication | None) -> tuple[Name, ...]:
    """Who wrote a post, guests too, each by the name that the account has now, without the publication's own name.

    >>> post = {"publishedBylines": [{"name": "Ann Bee (The Hive)", "previous_name": "Bee"}, {"name": "Carl Dee, PhD"}]}
    >>> [name.display for name in authors(post, Publication(1, "The Hive", "hive", "", 2))]
    ['Ann Bee', 'Carl Dee']
    """
    site = publication.name if publication else ""
    named = (_without_publication(text(byline, "name"), site) for byline in parts(post, "publishedBylines"))
    return people(name for each in named for name in read_people(each))


def post_record(asked: Identifier, post: Object, publication: Publication | None, how: str) -> Record:
    """What a post says of itself; `how` is where it was found (`api`, `preloads`).

    The time of publication is in UTC, whatever offset the post's page writes.
    """
    kind = text(post, "type")
    claims = [Claim("type", TYPES.get(kind, "post-weblog"), f"{how}:type")]
    if title := clean_title(text(post, "title")):
        claims.append(Claim("title", title, f"{how}:title"))
    if names := authors(post, publication):
        claims.append(authors_claim(names, f"{how}:publishedBylines"))
    claims += _dates(post, how)
    if publication and publication.name:
        claims.append(Claim("container", publication.name, f"{how}:publication.name"))
    if kind in NOTES:
        claims.append(Claim("note", NOTES[kind], f"{how}:type"))
    if summary := clean_title(text(post, "subtitle") or text(post, "description")):
        claims.append(Claim("abstract", summary, f"{how}:subtitle"))
    address = _address(text(post, "canonical_url"))
    if address and not address.on("substack.com"):
        claims.append(Claim("url", str(clean(address)), f"{how}:canonical_url"))
    return Record("substack", asked, tuple(claims), same=_others(asked, post, publication, address))


def post_outcome(post: Object, record: Record) -> tuple[Outcome, str]:
    """How good the word about a post is."""
    if text(post, "audience") in PAID:
        return "paywalled", "Only paying subscribers can read the whole post."
    known = {claim.field for claim in record.claims if claim.kind in ("", "posted")}
    missing = [field for field in ("title", "authors", "date", "container") if field not in known]
    return ("partial", f"Substack does not tell its {' and '.join(missing)}.") if missing else ("ok", "")


def home_record(asked: Identifier, publication: Publication, posts: Sequence[Object], how: str) -> Record:
    """A publication as a website: its name, who owns it, no date."""
    claims = [
        Claim("type", "website", f"{how}:publication"),
        Claim("title", publication.name, f"{how}:publication.name"),
    ]
    if names := _owners(publication, posts):
        claims.append(authors_claim(names, f"{how}:publishedBylines"))
    same = {Identifier("substack", publication.subdomain)} if publication.subdomain else set()
    if domain := _address(f"https://{publication.domain}/" if publication.domain else ""):
        claims.append(Claim("url", str(domain), f"{how}:publication.custom_domain"))
        same.add(PAGE.identify(domain).identifier)
    return Record("substack", asked, tuple(claims), same=tuple(sorted(same - {asked})))


def comment_record(asked: Identifier, comment: Object) -> Record:
    """A comment or a note: who said it and when; neither has a title."""
    is_note = asked.value.startswith("note/")
    claims = [Claim("type", "post" if is_note else "comment", "api:comment")]
    if names := read_people(clean_title(text(comment, "name"))):
        claims.append(authors_claim(names, "api:comment.name"))
    if day := read_iso(text(comment, "date")):
        claims.append(date_claim(day, "posted", "api:comment.date"))
    if is_note:
        claims.append(Claim("container", "Substack", "api:comment"))
    return Record("substack", asked, tuple(claims))


def _without_publication(name: str, site: str) -> str:
    """An account's name without the name of its publication behind it."""
    name = clean_title(name)
    tail = _IN_BRACKETS.search(name)
    if tail and site and tail.start() and fold(tail[1]) == fold(site):
        return name[: tail.start()]
    return without_site(name, site)


def _dates(post: Object, how: str) -> Iterator[Claim]:
    if day := read_iso(text(post, "post_date")):
        yield date_claim(day, "posted", f"{how}:post_date")
    if day := read_iso(text(post, "updated_at")):
        yield date_claim(day, "modified", f"{how}:updated_at")


def _others(
    asked: Identifier, post: Object, publication: Publication | None, address: Url | None
) -> tuple[Identifier, ...]:
    """The other identifiers of a post: by its slug, and by the address at its publication's own domain."""
    same = set()
    slug = text(post, "slug")
    if publication and publication.subdomain and slug:
        same.add(substack_urls.post(publication.subdomain, slug))
    if address and not is_home(address):
        known = substack_urls.identify(address)
        same.add(known.identifier if known else PAGE.identify(address).identifier)
    return tuple(sorted(same - {asked}))


def _owners(publication: Publication, posts: Sequence[Object]) -> tuple[Name, ...]:
    """Who owns a publication: by the account's number, else by name, else the first author who is no guest."""
    bylines = [byline for post in posts for byline in parts(post, "publishedBylines")]
    members = [byline for byline in bylines if byline.get("is_guest") is not True and _belongs(byline, publication)]
    own = [byline for byline in bylines if publication.owner is not None and byline.get("id") == publication.owner]
    named = [text(byline, "name") for byline in own] + [publication.owner_name]
    named += [text(byline, "name") for byline in members]
    found = (read_people(_without_publication(name, publication.name)) for name in named if name)
    return next(filter(None, found), ())


def _belongs(byline: Object, publication: Publication) -> bool:
    return any(role.get("publication_id") == publication.number for role in parts(byline, "publicationUsers"))


def _address(written: str) -> Url | None:
    try:
        return read_url(written) if written else None
    except InvalidUrl:
        return None
