"""WordPress: what the interface of a blog says of a post that its page points to, and what its pages say by their form.

Facts from the REST API Handbook of WordPress: `date` is in the site's own zone and without an offset, `date_gmt` the
same moment in UTC; strings are HTML; a site may close its users or all of it, and then the page's own word stands.
WordPress itself writes the classes of `body` (`single-post`, `postid-12`) and the name of the blog before the name of
its feed, `A Blog » Feed` (wp-includes: `get_body_class`, `feed_links`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from urllib.parse import quote, unquote, urljoin

from litdb.errors import InvalidUrl
from litdb.model import Answer, Claim, Identity, Json, Outcome, Reading, Record, Request
from litdb.pages.addresses import is_home, is_same_site
from litdb.pages.bylines import people, read_people
from litdb.pages.charset import decode
from litdb.pages.head import read_head
from litdb.pages.markup import without_scripts
from litdb.sources.objects import Object, part, parts, read_json, text
from litdb.sources.protocol import OWN_PAGE, UrlsOnly
from litdb.text.dates import date_claim, read_iso
from litdb.text.names import authors_claim
from litdb.text.titles import clean_title
from litdb.text.urls import Url, read_url

_ROOT = "https://api.w.org/"
_FIELDS = "slug,link,date,date_gmt,modified_gmt,title,type,_links,_embedded"
_POSTS, _PAGES = "/wp/v2/posts", "/wp/v2/pages"
_SINGLE = re.compile(rb"""<body\b[^<>]{0,200}\bclass=["'][^"'<>]{0,500}\bsingle-post\b[^"'<>]{0,500}\bpostid-\d""")
_BLOG = re.compile(r"(?P<blog>.{1,100}?) » Feed\Z")
_TAG = re.compile(r"<[^<>]*>")
_OFFSETS = range(-12 * 60, 14 * 60 + 1, 15)
"""Minutes by which a zone can differ from UTC."""


class WordPress(UrlsOnly):
    """Posts on blogs by WordPress, known by the link to its interface, or by their form: a request for each."""

    name = "wordpress"

    def identify(self, url: Url) -> Identity | None:
        """None: a post by WordPress is known by its page, not by its address."""
        return None

    def owns(self, page: Answer) -> bool:
        """Whether a page that is no front page points to an interface of WordPress, or is a post's by its form."""
        points = _ROOT.encode() in page.body or _ROOT in page.headers.get("link", "")
        return bool(points or _SINGLE.search(page.body)) and not is_home(read_url(page.url))

    def read(self, answer: Answer) -> Reading:
        """Of a page the question for its post; of the interface the post. Who wrote is asked if the page is silent."""
        asked = answer.request.asked
        if answer.request.step == OWN_PAGE:
            claims = tuple(_claims_of_page(answer))
            records = (Record(self.name, asked[0].identifier, claims),) if claims else ()
            return Reading(records, then=tuple(_ask(answer.request, question) for question in _questions(answer)))
        document = read_json(answer.body)
        if document == [] and _POSTS in answer.request.url:
            return Reading(then=(_ask(answer.request, answer.request.url.replace(_POSTS, _PAGES)),))
        post = _post(document)
        if not post:
            ending: tuple[Outcome, str] = ("unsupported", "The blog's interface did not answer with the post.")
            return Reading(outcomes={asked[0].identifier: ending})
        record = Record(self.name, asked[0].identifier, tuple(_claims(post)))
        return Reading((record,), {asked[0].identifier: ("ok", "")})


WORDPRESS = WordPress()


def _ask(request: Request, url: str) -> Request:
    return Request("wordpress", url, request.asked, "post", headers=(("Accept", "application/json"),))


def _questions(page: Answer) -> Iterator[str]:
    """The address at which the interface has the page's post, where the page leads there.

    WordPress links a single post to its entry; where that link is missing, the last word of the address is searched.
    """
    from litdb.pages.page import read_page

    head = read_head(without_scripts(decode(page.body, page.headers)))
    claims = read_page(page.body, page.headers, page.url).claims
    embed = "" if any(claim.field == "authors" for claim in claims) else "&_embed=author"
    entry = next((href for rel, href in head.links if rel == "alternate" and "/wp/v2/" in unquote(href)), "")
    root = head.link(_ROOT)
    slug = read_url(page.url).segments[-1:]
    if entry := _joined(page, entry):
        yield f"{entry}{'&' if '?' in entry else '?'}_fields={_FIELDS}{embed}"
    elif (root := _joined(page, root)) and slug:
        search = f"{'&' if '?' in root else '?'}slug={quote(slug[0], safe='')}"
        yield f"{root.rstrip('/')}{_POSTS}{search}&_fields={_FIELDS}{embed}"


def _claims_of_page(page: Answer) -> Iterator[Claim]:
    """What the page is and which blog it stands in, said in passing: the interface knows better what it is."""
    from litdb.sources.elements import root_of

    if _SINGLE.search(page.body):
        yield Claim("type", "post-weblog", "wordpress.body:class")
    root = root_of(page)
    links = () if root is None else root.iter("link")
    named = (_BLOG.match(clean_title(link.get("title") or "")) for link in links)
    if blog := next((found["blog"] for found in named if found), ""):
        yield Claim("container", blog, "wordpress.feed:title")


def _joined(page: Answer, href: str) -> str:
    """The address that a page writes, on its own site; empty where it leads elsewhere."""
    try:
        url = read_url(urljoin(page.url, href)) if href else None
    except (InvalidUrl, ValueError):
        return ""
    return str(url) if url and is_same_site(url, read_url(page.url)) else ""


def _post(document: Json) -> Object:
    """The post of an answer that is one, or a list of one; empty for everything else."""
    if isinstance(document, list) and len(document) == 1:
        document = document[0]
    return document if isinstance(document, Mapping) and text(document, "date") else {}


def _claims(post: Object) -> Iterator[Claim]:
    if title := clean_title(_TAG.sub("", text(part(post, "title"), "rendered"))):
        yield Claim("title", title, "wp-json:title")
    names = (read_people(clean_title(text(author, "name"))) for author in parts(part(post, "_embedded"), "author"))
    if authors := people(name for each in names for name in each):
        yield authors_claim(authors, "wp-json:author")
    if day := read_iso(_with_offset(text(post, "date"), text(post, "date_gmt"))):
        yield date_claim(day, "posted", "wp-json:date")
    if day := read_iso(f"{text(post, 'modified_gmt')}Z"):
        yield date_claim(day, "modified", "wp-json:modified_gmt")
    if text(post, "type") == "post":
        yield Claim("type", "post-weblog", "wp-json:type")


def _with_offset(local: str, utc: str) -> str:
    """The local time with the offset that the same moment in UTC shows; without one where that cannot be.

    >>> _with_offset("2021-03-04T23:30:00", "2021-03-05T07:30:00"), _with_offset("2021-03-04T23:30:00", "")
    ('2021-03-04T23:30:00-08:00', '2021-03-04T23:30:00')
    """
    try:
        ahead = datetime.fromisoformat(local) - datetime.fromisoformat(utc)
    except ValueError:
        return local
    minutes = ahead / timedelta(minutes=1)
    if minutes not in _OFFSETS:
        return local
    hours, rest = divmod(abs(int(minutes)), 60)
    return f"{local}{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
