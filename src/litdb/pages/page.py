"""Reading a page: from its bytes to everything that it claims, the best claim of every field first."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import filterfalse
from urllib.parse import urljoin

from litdb.errors import InvalidUrl
from litdb.model import Claim, Field, Identifier, Name
from litdb.pages import json_ld, meta
from litdb.pages.addresses import is_home, is_same_site, path_date
from litdb.pages.agreement import SHOWN, weighed
from litdb.pages.charset import decode
from litdb.pages.head import Head, read_head
from litdb.pages.headline import LONGEST_TITLE
from litdb.pages.kinds import kind_claims
from litdb.pages.mails import mail_claims
from litdb.pages.markup import parted
from litdb.pages.owner import owner_claims
from litdb.pages.posts import post_claims
from litdb.pages.shown_dates import changed_claims, published_claims
from litdb.pages.shown_people import LOOSE
from litdb.pages.sitename import bare_title, brands
from litdb.pages.visible import Body, read_shown
from litdb.text.dates import cited_day, date_claim, is_day_of
from litdb.text.given_names import has_given_name
from litdb.text.names import is_organisation
from litdb.text.titles import clean_title, fold
from litdb.text.urls import Url, clean, read_url

RANKS: Mapping[Field, tuple[str, ...]] = {
    "title": tuple(
        "citation:title title:post headline json-ld:headline og:title json-ld:name twitter:title parsely:title "
        "sailthru:title dc:title meta:title title h1".split()
    ),
    "authors": tuple(
        "citation:author citation:authors title:post json-ld:author meta:author parsely:author sailthru:author "
        "dc:creator twitter:written-by article:author meta:creator itemprop:author rel:author username site:owner "
        "written-under written-by byline author-link author-links written-below beneath user-link".split()
    ),
    "date": tuple(
        "json-ld:datePublished json-ld:uploadDate citation:publication_date citation:date citation:online_date "
        "article:published_time itemprop:datePublished itemprop:uploadDate dc:issued dc:date prism:publicationDate "
        "parsely:pub-date sailthru:date meta:pubdate time text:date meta:date "
        "url:path text:month text:published time:below text:below text:prose".split()
    ),
    "container": tuple(
        "citation:journal_title citation:conference_title citation:inbook_title prism:publicationName og:site_name "
        "json-ld:isPartOf json-ld:publisher json-ld:WebSite meta:application-name".split()
    ),
}
"""The order of the claims of a field by how they were read, best first; what is not named here comes last."""

PASSING = frozenset("itemprop:author username user-link written-below beneath".split())
"""Ways that mark the writers of comments and of other posts too: no reason to doubt what a page declares."""

LANGUAGE_TAGS = tuple("citation_language dc.language dcterms.language content-language language og:locale".split())
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8}){0,3}")
"""A language as BCP 47 or `og:locale` writes it."""

OF_A_SITE = frozenset(("authors", "abstract", "publisher", "language"))
"""What a front page can claim of its site besides its name."""

SCHOLARLY_DATES = tuple("citation:publication_date citation:cover_date citation:date citation:online_date".split())
"""On a page of a journal the publisher's own tags come first; on a blog they are written carelessly."""


SHOWN_DATES = frozenset(("text:published", "text:date", "text:below", "text:prose", "time:below"))
"""Days that a page shows somewhere: neighbours of the declared one may be those of other things."""

OWN_DAYS = ("text:published", "time", "text:date")
"""Ways to read the day that a page shows as its own, the most telling first."""

CHANGED = frozenset(("text:changed", "json-ld:dateModified"))
"""Ways to read a day of change that the publisher shows or vouches for: one cites it where no other day is known."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says about itself.

    `claims` are all candidates, the best of a field first. `canonical` is the address that the page gives itself
    where that can be believed, else its own. `identifiers` are a DOI or an arXiv id that name this very page.
    `refresh` is where the page sends its reader at once, `language` a BCP 47 tag, `site` the site's name, `generator`
    the program that made the page, as it names itself.
    """

    claims: tuple[Claim, ...]
    canonical: str
    site: str = ""
    identifiers: tuple[Identifier, ...] = ()
    language: str = ""
    refresh: str = ""
    generator: str = ""

    def best(self, field: Field) -> Claim | None:
        """The first claim of a field; of a date, the first that says when the work appeared, else was changed last."""
        claims = [claim for claim in self.claims if claim.field == field]
        changed = (claim for claim in claims if claim.kind == "modified" and claim.how in CHANGED)
        return next((claim for claim in claims if claim.kind in ("", "posted")), next(changed, None))


def read_page(body: bytes, headers: Mapping[str, str], url: str) -> Page:
    """Everything that the page at `url` claims about itself; no body raises. `url` is where the body came from."""
    address = read_url(url)
    plain, data = parted(decode(body, headers))
    head = read_head(plain)
    graph = json_ld.graph_of((*data, *head.all(*json_ld.META_TAGS)))
    canonical = _canonical(head, address)
    node = json_ld.main_node(graph, _is_one_of(address, canonical))
    said = [*meta.claims(head), *json_ld.claims(node, graph, head.first("generator")), *_title_tag(head)]
    said = [claim for claim in said if claim.field != "title" or len(str(claim.value)) < LONGEST_TITLE]
    seen = read_shown(plain, said, address, _language(head), _missing)
    seen = _without_stamps(head, json_ld.event_days(graph, node), seen)
    said += [*kind_claims(head, json_ld.types(node)), *_site_claims(graph), *seen.claims, *_path_date(address)]
    said += [*_new_days(published_claims(plain), said), *changed_claims(plain), *mail_claims(plain, head.title)]
    said += [Claim("language", language, "html:lang") for language in [_language(head)] if language]
    sites = _sites(said, head, address)
    said += post_claims(said, sites)
    if not any(_is_of_somebody(claim, sites) for claim in said if claim.field == "authors"):
        said += owner_claims(head, sites, plain, address)
    return Page(
        claims=tuple(
            _as_home(said, address) if is_home(address) else _ranked(said, sites, seen, address.segments[:-1])
        ),
        canonical=canonical,
        site=sites[0],
        identifiers=meta.identifiers(head, json_ld.names_of(node)),
        language=_language(head),
        refresh=_joined(address, head.refresh),
        generator=clean_title(head.first("generator")),
    )


def _new_days(found: Iterable[Claim], said: Sequence[Claim]) -> list[Claim]:
    """The dates with a day that neither the head nor the neighbourhood of the headline said."""
    sure = (claim for claim in said if claim.field == "date" and not claim.how.endswith((":below", ":prose")))
    known = {cited_day(str(claim.value)) for claim in sure}
    return [claim for claim in found if cited_day(str(claim.value)) not in known]


def _without_stamps(head: Head, days: Collection[str], seen: Body) -> Body:
    """The body without the dates of what the page tells of: of the `days` of an event that it announces.

    Where it lists a folder, as Apache and nginx do, all are of the files in it.
    """
    is_folder = head.title.lstrip().startswith("Index of /")

    def is_stamp(claim: Claim) -> bool:
        return claim.field == "date" and (is_folder or cited_day(str(claim.value)) in days)

    return replace(seen, claims=tuple(filterfalse(is_stamp, seen.claims))) if is_folder or days else seen


def _missing(said: Sequence[Claim]) -> tuple[Field, ...]:
    """What of day and authors is not known well enough to leave the rest of the page alone."""
    known: Mapping[Field, bool] = {
        "date": any(claim.kind == "posted" and len(str(claim.value)) >= 10 for claim in said if claim.field == "date"),
        "authors": any(
            claim.how not in SHOWN or _persons_first(claim, ()) < 2 for claim in said if claim.field == "authors"
        ),
    }
    return tuple(field for field, is_known in known.items() if not is_known)


def _is_of_somebody(claim: Claim, sites: Sequence[str]) -> bool:
    """Whether an author claim is beyond doubt: the page declares somebody, or shows who has a common given name."""
    is_sure = claim.how not in SHOWN or any(map(has_given_name, _people(claim)[:1]))
    return is_sure and _persons_first(claim, sites) < 2


def _people(claim: Claim) -> list[Name]:
    return [Name.from_json(name) for name in claim.value] if isinstance(claim.value, list) else []


def _title_tag(head: Head) -> Iterator[Claim]:
    if title := clean_title(head.title):
        yield Claim("title", title, "title")


def _language(head: Head) -> str:
    """The page's language as it says itself, `en_US` written as BCP 47 does."""
    said = (written.strip() for written in (head.language, *head.all(*LANGUAGE_TAGS)))
    return next(filter(_TAG.fullmatch, said), "").replace("_", "-")


def _path_date(address: Url) -> Iterator[Claim]:
    if value := path_date(address):
        yield date_claim(value, "posted", "url:path")


def _site_claims(graph: json_ld.Graph) -> Iterator[Claim]:
    if name := json_ld.named(dict(graph.first("WebSite"))):
        yield Claim("container", name, "json-ld:WebSite")


def _sites(claims: Iterable[Claim], head: Head, address: Url) -> tuple[str, ...]:
    """The names that the site goes by, best first, the host last."""
    said = _in_order("container", claims)
    names = [str(claim.value) for claim in said if not claim.how.startswith(("citation:", "prism:"))]
    names += [str(claim.value) for claim in claims if claim.field == "publisher"]
    names += [head.first("apple-mobile-web-app-title"), head.first("twitter:site").lstrip("@")]
    return (*(name for name in map(clean_title, names) if 0 < len(name) < LONGEST_TITLE), *brands(address))


def _ranked(claims: Sequence[Claim], sites: Sequence[str], body: Body, sections: Sequence[str]) -> Iterator[Claim]:
    scholarly = any(claim.how in ("citation:journal_title", "citation:conference_title") for claim in claims)
    for field in dict.fromkeys(claim.field for claim in claims):
        ranked = _in_order(field, claims, SCHOLARLY_DATES if field == "date" and scholarly else ())
        if field == "title":
            names = (*sites, *body.sites, *_writers(claims))
            written = {str(claim.value) for claim in ranked}
            bare = {title: bare_title(title, names, body.headings, sections) for title in written}
            ranked = [replace(claim, value=bare[str(claim.value)]) for claim in ranked]
            ranked = _whole_first(sorted(ranked, key=lambda claim: _is_of_site(claim, sites)))
        elif field == "authors":
            ranked = weighed(sorted(ranked, key=lambda claim: _persons_first(claim, sites)))
        elif field == "date":
            ranked = _own_day(_first_shown(_to_the_day(ranked)))
        yield from ranked


def _writers(claims: Sequence[Claim]) -> Iterator[str]:
    """The names that the page itself declares: personal sites add them to their titles."""
    said = next(iter(_in_order("authors", claims)), None)
    yield from (name.display for name in (_people(said) if said else ()) if name.family)


def _is_of_site(title: Claim, sites: Sequence[str]) -> bool:
    """Whether a title that the head declares is but the site's name."""
    return title.how != "headline" and fold(str(title.value)) in map(fold, sites)


def _whole_first(ranked: list[Claim]) -> list[Claim]:
    """The titles, with one first that adds its subtitle to the best: "On graphs: a survey" to "On graphs".

    What `<title>` adds may as well be the site's name.
    """
    beginning = f"{ranked[0].value}:".casefold()
    adding = (claim for claim in ranked if claim.how != "title" and str(claim.value).casefold().startswith(beginning))
    whole = next(adding, None)
    return [whole, *(claim for claim in ranked if claim is not whole)] if whole else ranked


def _to_the_day(ranked: list[Claim]) -> list[Claim]:
    """The dates, with a declared day first where the best is but a month or a year, and the day in it or before.

    Journals tell the month of the issue into which they put what was online before; `issued` of Crossref is the
    earlier one too.
    """
    declared = [claim for claim in ranked if claim.kind == "posted" and claim.how not in SHOWN_DATES]
    first = str(declared[0].value) if declared else ""
    days = (claim for claim in declared if len(str(claim.value)) >= 10)
    day = next((claim for claim in days if len(first) < 10 and str(claim.value)[: len(first)] <= first), None)
    return [day, *(claim for claim in ranked if claim is not day)] if day else ranked


def _first_shown(ranked: list[Claim]) -> list[Claim]:
    """The dates, with the day that the page shows first where it is before what the page declares.

    That is the day beside the headline, or of which the page says in words that it was published then. Programs stamp
    a page anew when it is changed or moved; nobody shows a day before the page was there. But where a `time` element
    shows the declared day too, the other one is something else's.
    """
    to_the_day = [claim for claim in ranked if len(str(claim.value)) >= 10]
    declared = next((claim for claim in to_the_day if claim.kind == "posted"), None)
    shown = next((claim for how in OWN_DAYS for claim in to_the_day if claim.how == how), None)
    if not declared or not shown or not _is_before(str(shown.value), str(declared.value)):
        return ranked
    if not any(claim.how.startswith("time") and _days(claim.value) == _days(declared.value) for claim in to_the_day):
        return [shown, *(claim for claim in ranked if claim is not shown)]
    return ranked


def _is_before(shown: str, declared: str) -> bool:
    """Whether a day is more than one before another, or so much before a moment that it was nowhere on it.

    Midnight sharp is no moment: programs show it as the day before where the reader is west of Greenwich.
    """
    days = _days(declared) - _days(shown)
    is_moment = "T" in declared and declared[11:19] != "00:00:00"
    return days > 1 or (days == 1 and is_moment and not is_day_of(shown, declared))


def _own_day(ranked: list[Claim]) -> list[Claim]:
    """The dates, with the writer's own day first where the best is a moment in UTC.

    That is the same moment with an offset, or a day that it was there: declared beside it, or in the path a day before.
    """
    first = next((claim for claim in ranked if claim.kind == "posted"), None)
    if not first or not str(first.value).endswith(("Z", "+00:00")):
        return ranked
    own = next((claim for claim in ranked if _is_own_day(claim, first)), None)
    return [own, *(claim for claim in ranked if claim is not own)] if own else ranked


def _is_own_day(claim: Claim, first: Claim) -> bool:
    if claim.kind != "posted" or cited_day(str(claim.value)) == cited_day(str(first.value)):
        return False
    if "T" in str(claim.value):
        return _at(claim) == _at(first)
    is_before = str(claim.value) < str(first.value)
    is_meant = is_before if claim.how == "url:path" else claim.how not in SHOWN_DATES
    return is_meant and is_day_of(str(claim.value), str(first.value))


def _at(claim: Claim) -> datetime:
    return datetime.fromisoformat(str(claim.value).replace("Z", "+00:00"))


def _days(value: object) -> int:
    """The day of a date to the day, as a number."""
    return date.fromisoformat(str(value)[:10]).toordinal()


def _in_order(field: Field, claims: Iterable[Claim], before: Sequence[str] = ()) -> list[Claim]:
    places = _places(field, before)
    able = [claim for claim in claims if claim.field == field]
    return sorted(able, key=lambda claim: places.get(claim.how, len(places)))


@lru_cache(maxsize=16)
def _places(field: Field, before: Sequence[str]) -> Mapping[str, int]:
    """The place of each way to read a field, those named before all others."""
    return {how: place for place, how in enumerate(dict.fromkeys((*before, *RANKS.get(field, ()))))}


def _persons_first(claim: Claim, sites: Sequence[str]) -> int:
    """How telling an author claim is: a person, a handle, an organisation or a passing mark, the site's own name."""
    names = _people(claim)
    if all(fold(name.display) in map(fold, sites) and not has_given_name(name) for name in names):
        return 3
    is_person = any(name.family for name in names)
    if claim.how in PASSING or any(map(is_organisation, names)) or (claim.how in LOOSE and not is_person):
        return 2
    return 0 if is_person else 1


def _as_home(claims: Sequence[Claim], address: Url) -> Iterator[Claim]:
    """A front page is a website: it has the site's name for a title, and no date.

    Its title may add who writes there and whose platform it is ("Musings | Jan Leike | Substack").
    """
    yield Claim("type", "website", "url")
    added = [
        *address.host.split(".")[1:],
        *(name.display for claim in claims if claim.field == "authors" for name in _people(claim)),
    ]
    titles = [
        replace(claim, value=bare_title(str(claim.value), added, []))
        for claim in _in_order("title", claims)
        if claim.how in ("og:title", "title")
    ]
    names = [replace(claim, field="title") for claim in _in_order("container", claims)]
    yield from [*names, *titles]
    yield from (claim for claim in claims if claim.field in OF_A_SITE and claim.how not in SHOWN)


def _canonical(head: Head, address: Url) -> str:
    for written in (head.link("canonical"), head.first("og:url")):
        canonical = _joined(address, written)
        if canonical and _is_believable(read_url(canonical), address):
            return canonical
    return str(clean(address))


def _is_believable(canonical: Url, address: Url) -> bool:
    """Whether a page's word about its own address can be: on its site, and no front page instead of a page."""
    return is_same_site(canonical, address) and (is_home(address) or not is_home(canonical))


def _joined(address: Url, written: str) -> str:
    """The address that a page writes, made whole and cleaned; empty where it is none."""
    if not written:
        return ""
    try:
        return str(clean(read_url(urljoin(str(address), written))))
    except (InvalidUrl, ValueError):
        return ""


def _is_one_of(address: Url, canonical: str) -> Callable[[str], bool]:
    known = {_folded(str(clean(address))), _folded(canonical)}
    return lambda written: _folded(written) in known or _folded(_joined(address, written)) in known


def _folded(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url).split("#")[0].rstrip("/")
