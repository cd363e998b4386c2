"""Rogue Scholar: the archive of science blogs, which registers DOIs for their posts and knows posts, people and days.

Facts: docs.rogue-scholar.org; github.com/front-matter/commonmeta-py, `readers/jsonfeed_reader.py` (`published_at` and
`updated_at` are seconds since 1970, a person's `url` is the ORCID). One request for each post.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from urllib.parse import quote

from litdb.errors import InvalidUrl
from litdb.model import (
    Answer,
    Claim,
    DateKind,
    Identifier,
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
from litdb.sources.objects import Object, document, part, parts, text, words
from litdb.sources.page import PAGE
from litdb.sources.protocol import Source
from litdb.sources.registered import people_claim, person
from litdb.text.dates import date_claim, read_iso
from litdb.text.times import utc_text
from litdb.text.titles import clean_title
from litdb.text.urls import Url, read_url

PREFIXES = ("10.53731/", "10.54900/", "10.59350/", "10.64000/")
"""What the DOIs of the archive's blogs begin with."""

_DAY, _NEVER = 86_400, 2**32

DATES: Sequence[tuple[str, DateKind]] = (("published_at", "posted"), ("updated_at", "modified"))


class RogueScholar(Source):
    """Rogue Scholar's public interface: of a post's DOI the blog, the moment and the address, which others lack."""

    name = "rogue-scholar"
    knows_all = False
    policies: Sequence[Policy] = (
        Policy(("api.rogue-scholar.org",), lane="api.rogue-scholar.org", interval=1.0, robots=False),
    )
    refusals: Mapping[int, tuple[Outcome, str]] = {404: ("not-found", "Rogue Scholar does not know this DOI (404)")}

    def identify(self, url: Url) -> None:
        """None: a post is known by its DOI, or by its page."""

    def rung(self, identifier: Identifier) -> Rung | None:
        """The registry of its blogs' posts, before Crossref, which has its data from there.

        >>> ROGUE_SCHOLAR.rung(Identifier("doi", "10.59350/50ebs-4zq55")).name
        'REGISTRY'
        """
        is_own = identifier.scheme == "doi" and identifier.value.startswith(PREFIXES)
        return Rung.REGISTRY if is_own else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for each post."""
        for target in wanted:
            address = f"https://api.rogue-scholar.org/posts/{quote(target.identifier.value, safe='/')}"
            yield Request(self.name, address, (target,))

    def read(self, answer: Answer) -> Reading:
        """The post; `partial` without a title."""
        identifier = answer.request.asked[0].identifier
        post, refusal = document(answer, "Rogue Scholar")
        if refusal:
            return Reading(outcomes={identifier: refusal})
        claims = tuple(_claims(post))
        is_titled = any(claim.field == "title" for claim in claims)
        ending: tuple[Outcome, str] = (
            ("ok", "") if is_titled else ("partial", "Rogue Scholar has no title for the post")
        )
        return Reading((Record(self.name, identifier, claims, tuple(_page(post))),), {identifier: ending})


ROGUE_SCHOLAR = RogueScholar()


def _claims(post: Object) -> Iterator[Claim]:
    yield Claim("type", "post-weblog", "rogue-scholar:post")
    if title := words(post, "title"):
        yield Claim("title", title, "rogue-scholar:title")
    yield from people_claim("authors", map(_person, parts(post, "authors")), "rogue-scholar:authors")
    for key, kind in DATES:
        if moment := _moment(post.get(key)):
            yield date_claim(moment, kind, f"rogue-scholar:{key}")
    if blog := clean_title(text(part(post, "blog"), "title") or text(post, "blog_name")):
        yield Claim("container", blog, "rogue-scholar:blog")
    if summary := words(post, "summary"):
        yield Claim("abstract", summary, "rogue-scholar:summary")
    if language := text(post, "language"):
        yield Claim("language", language, "rogue-scholar:language")


def _moment(seconds: Json) -> str:
    """A moment by the seconds since 1970; midnight stands for a day of which no more is known.

    >>> _moment(1215993600), _moment(1215993601), _moment("x"), _moment(10**20)
    ('2008-07-14', '2008-07-14T00:00:01Z', '', '')
    """
    if not isinstance(seconds, int | float) or not 0 < seconds < _NEVER:
        return ""
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    return read_iso(moment.date().isoformat() if seconds % _DAY == 0 else utc_text(moment)) or ""


def _person(author: Object) -> tuple[Name, str]:
    """A person by parts, an organisation by its name; the address of either may be an ORCID."""
    whole = clean_title(text(author, "name"))
    name = Name(literal=whole) if whole else person(text(author, "family"), text(author, "given"))
    return name, text(author, "url")


def _page(post: Object) -> Iterator[Identifier]:
    """The page of the post, which is what the DOI leads to."""
    try:
        url = read_url(text(post, "url"))
    except InvalidUrl:
        return
    yield PAGE.identify(url).identifier
