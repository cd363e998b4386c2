"""Substack: posts, their comments, notes, and the homes of publications, also those with a domain of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from urllib.parse import parse_qs, quote, urlsplit

from litdb.model import (
    Answer,
    Identifier,
    Identity,
    Json,
    Outcome,
    Policy,
    Reading,
    Record,
    Reference,
    Request,
    Rung,
    Target,
)
from litdb.sources import substack_urls
from litdb.sources.objects import Object, data, part, parts, text
from litdb.sources.protocol import OWN_PAGE, Source
from litdb.sources.substack_page import is_substack, read_own_page
from litdb.sources.substack_reading import (
    Publication,
    comment_record,
    home_record,
    post_outcome,
    post_record,
    publication_of,
)
from litdb.sources.substack_urls import place_of
from litdb.text.urls import Url

BATCH = 50
"""Posts that one answer of an archive can hold."""

SHORT_PAGE = 12
"""An answer with fewer posts than the site's own pages ask for is the archive's last."""

MOST_PAGES = 3
"""Pages of an archive that are asked for; whoever is older is asked for alone."""

_HEADERS = (("Accept", "application/json"),)
_PLATFORM = "https://substack.com"

Ending = tuple[Outcome, str]
Told = tuple[Target, "Record | None", Ending]


class Substack(Source):
    """Posts as `publication/slug` or `p-123`, notes as `note/123`, the home of a publication as its name.

    The interface is not documented, but is what the sites' own pages use, and `robots.txt` leaves it open. All
    publications are one lane. That a domain belongs to one is only seen on its page: this is read where it is, costs
    no request to Substack, and waits in the lane of its own host.
    """

    name = "substack"
    policies: Sequence[Policy] = (
        Policy(("substack.com", ".substack.com"), "substack", interval=3.0, batch=BATCH, fresh_days=7),
    )

    def identify(self, url: Url) -> Identity | None:
        """What a Substack URL means; profiles, archives and tags are no works.

        >>> from litdb.text.urls import read_url
        >>> SUBSTACK.identify(read_url("https://open.substack.com/pub/aligned/p/what-is-alignment?r=1")).url
        'https://aligned.substack.com/p/what-is-alignment'
        >>> str(SUBSTACK.identify(read_url("https://aligned.substack.com/?s=r")).identifier)
        'substack:aligned'
        """
        return substack_urls.identify(url)

    def rung(self, identifier: Identifier) -> Rung | None:
        """The site's own interface, for all that it has.

        >>> SUBSTACK.rung(Identifier("substack", "note/123")).name
        'API'
        """
        return Rung.API if place_of(identifier) else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for a publication of which several works are wanted, or its home; else one a work."""
        publications: dict[str, list[Target]] = defaultdict(list)
        for target in wanted:
            place = place_of(target.identifier)
            if place and place.kind in ("home", "post"):
                publications[place.publication].append(target)
            elif place:
                yield _ask(target)
        for publication, targets in publications.items():
            if len(targets) > 1 or not _slug(targets[0]):
                yield _archive(publication, targets)
            else:
                yield _ask(targets[0])

    def read(self, answer: Answer) -> Reading:
        """The works of an answer; a refusal, and what is no data, is an outcome for all that were asked for."""
        if answer.request.step == OWN_PAGE:
            return read_own_page(answer)
        document, refusal = data(answer, "Substack")
        if refusal:
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, refusal))
        return _READERS[answer.request.step](answer.request, document)

    def references(self, answer: Answer) -> Iterator[Reference]:
        """The links in the text of a post; what only subscribers see of it is not among them."""
        if answer.request.step != "post":
            return
        from litdb.pages.links import links_of

        whole, _ = data(answer, "Substack")
        post = (part(whole, "post") or whole) if isinstance(whole, Mapping) else {}
        subject = answer.request.asked[0].identifier
        here = text(post, "canonical_url") or answer.request.url
        for link in links_of(text(post, "body_html").encode(), {"content-type": "text/html; charset=utf-8"}, here):
            yield Reference(subject, link.url, "substack:body_html", link.text, link.words)

    def owns(self, page: Answer) -> bool:
        """Whether a page is one of Substack's, on whatever domain."""
        return is_substack(page)


SUBSTACK = Substack()


def _slug(target: Target) -> str:
    place = place_of(target.identifier)
    return place.slug if place else ""


def _ask(target: Target) -> Request:
    """The request for one work alone."""
    place = place_of(target.identifier)
    if place and place.kind == "post":
        return _request(
            f"https://{place.publication}.substack.com/api/v1/posts/{quote(place.slug, safe='')}", "post", [target]
        )
    number = place.number if place else ""
    if place and place.kind == "comment":
        return _request(f"{_PLATFORM}/api/v1/reader/comment/{number}", "comment", [target])
    return _request(f"{_PLATFORM}/api/v1/posts/by-id/{number}", "post", [target])


def _archive(publication: str, targets: Sequence[Target], offset: int = 0) -> Request:
    url = f"https://{publication}.substack.com/api/v1/archive?sort=new&offset={offset}&limit={BATCH}"
    return _request(url, "archive", targets)


def _request(url: str, step: str, targets: Sequence[Target]) -> Request:
    return Request("substack", url, tuple(targets), step, headers=_HEADERS)


def _read_post(request: Request, document: Json) -> Reading:
    (target,) = request.asked
    whole = document if isinstance(document, Mapping) else {}
    post = part(whole, "post") or whole
    if not text(post, "slug"):
        return _strange(request)
    given = part(whole, "publication")
    publication = Publication.read(given) if given else publication_of([post], post.get("publication_id"))
    return _told([_of_post(target, post, publication)])


def _read_comment(request: Request, document: Json) -> Reading:
    (target,) = request.asked
    comment = part(part(document, "item"), "comment") if isinstance(document, Mapping) else {}
    if not comment:
        return _strange(request)
    record = comment_record(target.identifier, comment)
    known = {claim.field for claim in record.claims}
    ending: Ending = ("ok", "") if "date" in known else ("partial", "Substack does not tell its date.")
    if "authors" not in known:
        ending = "gone", "Substack no longer shows who wrote it."
    return _told([(target, record, ending)])


def _read_archive(request: Request, document: Json) -> Reading:
    """The posts of a publication, the newest first: those asked for, and on to the next page for the others."""
    if not isinstance(document, list):
        return _strange(request)
    posts = parts({"posts": document}, "posts")
    by_slug = {slug: post for post in posts if (slug := text(post, "slug"))}
    homes = [target for target in request.asked if not _slug(target)]
    here = [target for target in request.asked if _slug(target) in by_slug]
    missing = [target for target in request.asked if target not in (*homes, *here)]
    found = [_of_listed(target, by_slug[_slug(target)], posts) for target in here]
    reading = _told([*found, *(_of_home(target, posts) for target in homes)])
    return Reading(reading.records, reading.outcomes, tuple(_further(request, missing, len(posts))))


def _further(request: Request, missing: Sequence[Target], count: int) -> Iterator[Request]:
    """Where to look for posts that a page of the archive did not have."""
    offset = int(parse_qs(urlsplit(request.url).query)["offset"][0])
    goes_on = count >= SHORT_PAGE and offset + count < BATCH * MOST_PAGES
    if goes_on and len(missing) > 1 and (place := place_of(missing[0].identifier)):
        yield _archive(place.publication, missing, offset + count)
    else:
        yield from map(_ask, missing)


def _publication(posts: Sequence[Object], publication: str) -> Publication | None:
    """The publication at this subdomain, as the authors of its posts tell of it."""
    told = (publication_of(posts, post.get("publication_id")) for post in posts)
    return next((each for each in told if each and each.subdomain == publication), None)


def _of_listed(target: Target, post: Object, posts: Sequence[Object]) -> Told:
    return _of_post(target, post, publication_of(posts, post.get("publication_id")))


def _of_post(target: Target, post: Object, publication: Publication | None) -> Told:
    record = post_record(target.identifier, post, publication, "api")
    return target, record, post_outcome(post, record)


def _of_home(target: Target, posts: Sequence[Object]) -> Told:
    publication = _publication(posts, target.identifier.value)
    if publication is None or not publication.name:
        return target, None, ("partial", "The publication's posts do not tell its name.")
    return target, home_record(target.identifier, publication, posts, "api"), ("ok", "")


def _told(found: Sequence[Told]) -> Reading:
    """Records and outcomes of what was found; the posts' other names have the same outcome and are not asked about."""
    outcomes: dict[Identifier, Ending] = {}
    for target, record, ending in found:
        others = [each for each in (record.same if record else ()) if each.scheme == "substack"]
        outcomes |= dict.fromkeys((*others, target.identifier), ending)
    return Reading(tuple(record for _, record, _ in found if record), outcomes)


def _strange(request: Request) -> Reading:
    reason = "Substack's answer has another shape than it used to have."
    return Reading(outcomes=dict.fromkeys(request.identifiers, ("unsupported", reason)))


_READERS: Mapping[str, Callable[[Request, Json], Reading]] = {
    "post": _read_post,
    "archive": _read_archive,
    "comment": _read_comment,
}
"""Who reads the answer to which step."""
