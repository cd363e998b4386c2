"""Addresses that carry another: archives, redirectors, reading services. What they lead to is what is cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote

from litdb.errors import InvalidUrl
from litdb.sources.encoded import base_64, object_in_base_64, proofpoint_2, proofpoint_3
from litdb.text.urls import Url, read_url


@dataclass(frozen=True, slots=True)
class Wrapper:
    """Where a family of wrappers carries its URL: in the first of these query keys, else behind the path's beginning.

    `path` is matched at the beginning of the path; with `keys` it has to be the whole of it. Of what is found there
    the URL is the group of `form`, as `decode` reads it.
    """

    hosts: tuple[str, ...]
    path: str = "/"
    keys: tuple[str, ...] = ()
    form: str = "(.*)"
    decode: Callable[[str], str] = str


_PROOFPOINT = ("urldefense.com", "urldefense.proofpoint.com")
_FORUMS = ("lesswrong.com", "alignmentforum.org", "forum.effectivealtruism.org")
_ARCHIVE_TODAY = tuple(f"archive.{domain}" for domain in "ph today is li vn fo md".split())
_GOOGLE = tuple(
    f"google.{domain}"
    for domain in "com de fr it es nl be at ch pl ca se no dk fi pt ie ru co.uk co.in co.jp co.kr com.au com.br".split()
)

WRAPPERS = (
    Wrapper(("web.archive.org", "wayback.archive.org"), r"/web/(?:\d{1,14}\*?(?:[a-z]{2}_)?/|\*/)?"),
    Wrapper(("web.archive.org",), "/save/"),
    Wrapper(_ARCHIVE_TODAY, r"/(?:(?:newest|oldest|\d[\d.-]{3,20})/)?"),
    Wrapper(("arquivo.pt",), r"/(?:noFrame/replay|wayback)/\d{14}(?:[a-z]{2}_)?/"),
    Wrapper(("wayback.archive-it.org",), r"/\w+/(?:\d{4,14}(?:[a-z]{2}_)?|\*)/"),
    Wrapper(("webarchive.org.uk",), r"/(?:[a-z-]+/)?(?:archive|wayback/archive)/\d{4,14}(?:[a-z]{2}_)?/"),
    Wrapper(("webarchive.nationalarchives.gov.uk",), r"/(?:ukgwa/)?\d{4,14}(?:[a-z]{2}_)?/"),
    Wrapper(("timetravel.mementoweb.org",), r"/(?:memento|list)/\d{4,14}/"),
    Wrapper((".cdn.ampproject.org", "cdn.ampproject.org"), r"/[civ]/(?:s/)?"),
    Wrapper(_GOOGLE, "/amp/(?:s/)?"),
    Wrapper(_GOOGLE, "/url", ("q", "url")),
    Wrapper(("scholar.google.com",), "/scholar_url", ("url",)),
    Wrapper(("docs.google.com", "drive.google.com"), "/(?:viewer|viewerng/viewer|gview)", ("url",)),
    Wrapper(("view.officeapps.live.com",), r"/op/(?:view|embed)\.aspx", ("src",)),
    Wrapper(("consent.youtube.com", "consent.google.com"), "/m[ls]?", ("continue",)),
    Wrapper(("twitframe.com",), "/show", ("url",)),
    Wrapper(("fermatslibrary.com",), "/arxiv_comments", ("url",)),
    Wrapper(("idp.nature.com", "idp.springer.com"), "/authorize.*", ("redirect_uri",)),
    Wrapper(("mozilla.github.io",), r"/pdf\.js/web/viewer\.html", ("file",)),
    Wrapper(("translate.google.com",), "/(?:translate)?", ("u",)),
    Wrapper(_FORUMS, "/out", ("url",)),
    Wrapper(("l.facebook.com", "lm.facebook.com", "facebook.com"), r"/l\.php", ("u",)),
    Wrapper(("l.instagram.com",), "/", ("u",)),
    Wrapper(("slack-redir.net",), "/link", ("url",)),
    Wrapper(("t.umblr.com",), "/redirect", ("z",)),
    Wrapper(("youtube.com",), "/redirect", ("q",)),
    Wrapper(("steamcommunity.com",), "/linkfilter/?", ("url", "u")),
    Wrapper(("linkedin.com",), "/(?:redir/redirect|safety/go)/?", ("url",)),
    Wrapper(("out.reddit.com",), "/.*", ("url",)),
    Wrapper(("disq.us",), "/url", ("url",), r"(.*?):[\w-]{20,}"),
    Wrapper(("medium.com",), r"/m/global-identity(?:-\d)?", ("redirectUrl",)),
    Wrapper(("duckduckgo.com",), "/l/?", ("uddg",)),
    Wrapper(("vk.com",), r"/away(?:\.php)?", ("to",)),
    Wrapper((".safelinks.protection.outlook.com",), r"/(?:ap/[\w-]+/)?", ("url",)),
    Wrapper(("12ft.io",), "/(?:api/)?proxy", ("q",)),
    Wrapper(("getpocket.com",), "/redirect", ("url",)),
    Wrapper(("removepaywall.com",), "/search", ("url",)),
    Wrapper(("webcache.googleusercontent.com",), "/search", ("q",), r"cache:(?:[\w-]+:(?!/))?([^\s+]+).*"),
    Wrapper(_PROOFPOINT, "/v1/url", ("u",)),
    Wrapper(_PROOFPOINT, "/v2/url", ("u",), decode=proofpoint_2),
    Wrapper(_PROOFPOINT, "/v3/__", decode=proofpoint_3),
    Wrapper(("linkprotect.cudasvc.com",), "/url", ("a",)),
    Wrapper(("secure-web.cisco.com",), r"/[\w-]{20,}/"),
    Wrapper((".fireeye.com", "clicktime.symantec.com"), "/.*", ("u",)),
    Wrapper(("bing.com",), "/ck/a", ("u",), "a1(.*)", base_64),
    Wrapper(("substack.com",), "/redirect/2/", form=r"([\w.-]+).*", decode=object_in_base_64),
    Wrapper(("researchgate.net",), "/deref/"),
    Wrapper(("hyp.is",), r"/[\w-]{22}/"),
    Wrapper(("hyp.is",), "/go", ("url",)),
    Wrapper(("href.li", "anonym.to"), r"/\?"),
    Wrapper(("12ft.io", "r.jina.ai", "via.hypothes.is", "freedium.cfd", "outline.com", "txtify.it"), "/"),
)
"""Every wrapper known. The address of the capture or of the redirector stays in the mention, as written."""

_ANY = Wrapper(())
_PROXIED = re.compile(r"/https?(?::/|%3a%2f)", re.IGNORECASE)
_ENCODED = re.compile(r"/(aHR0c(?:HM6Ly|DovL)[\w-]{4,}={0,2})/?\Z")
"""`https://` or `http://` in base64, as the last part of a path."""

_LEAVING = re.compile(
    r"(?:link|links|exit|leave|jump|redirect)\.[^/]+/?"
    r"|[^/]+/(?:.*/)?(?:away|deref|exit|goto|go-wild|jump|leave|link2?|linkfilter|outgoing|redir|redirect|sinaurl)(?:\.php)?/?",
    re.IGNORECASE | re.DOTALL,
)
"""Host and path of pages that only ask whether a reader wants to leave their site."""

_TRANSLATED = ".translate.goog"
_PROXY = re.compile(
    r"(?:(?P<site>.+?)\.)?(?:[\w-]*(?:ez|lib|web)-?proxy[\w-]*|proxy\d*|ezp[\w-]*|[\w-]+(?=\.idm\.oclc\.org\Z))(?:\.[\w-]+){2,}"
)
"""The host of a page that a library reads for its members: the page's own host (its dots may have become hyphens),
then the library's proxy."""

_KNOWN_ENDS = frozenset("com org net edu gov press".split())
"""How the hosts end that libraries subscribe to; the rest may be the name of something else before a proxy."""

_CAPTURE = re.compile(r"/web/\d{14}(?:[a-z]{2}_)?/")
_SCHEME = re.compile(r"(https?):/{1,2}(?=[^/])", re.IGNORECASE)
_HOST_FIRST = re.compile(
    r"""[a-z0-9-]+(?:\.[a-z0-9-]+)*
        \.(?!(?:css|html?|ico|js|json|php|png|svg|txt|xml)\b)[a-z]{2,24}  # a host, not a file of the wrapper
        (?::\d+)?(?:[/?\#]|\Z)""",
    re.IGNORECASE | re.VERBOSE,
)


def is_capture(url: Url) -> bool:
    """Whether a URL leads to one capture of a page in an archive.

    >>> is_capture(read_url("https://web.archive.org/web/20230705000000/https://example.org/"))
    True
    """
    return url.on("web.archive.org") and bool(_CAPTURE.match(url.path))


def is_copy(address: str) -> bool:
    """The same of an address as somebody wrote it, which may be none.

    >>> is_copy("https://web.archive.org/web/20230705000000/https://example.org/"), is_copy("http://[foo/")
    (True, False)
    """
    try:
        return is_capture(read_url(address))
    except InvalidUrl:
        return False


def unwrap(url: Url) -> Url | None:
    """The URL inside a wrapper, or None where this is none or carries nothing that can be asked.

    >>> str(unwrap(read_url("https://web.archive.org/web/20230705120000id_/https://openai.com/blog/x?a=1")))
    'https://openai.com/blog/x?a=1'
    >>> str(unwrap(read_url("https://www.google.com/url?sa=t&q=https%3A%2F%2Farxiv.org%2Fabs%2F2209.00626")))
    'https://arxiv.org/abs/2209.00626'
    >>> unwrap(read_url("https://archive.ph/AbCdE"))
    """
    for wrapper in _wrappers_on(url.host):
        if inner := _carried(wrapper, url):
            return _read(inner)
    return _translated(url) or _through_a_library(url) or _read(_in_plain_sight(url))


def _in_plain_sight(url: Url) -> str:
    """What an address of any host carries that is made of another: behind its first slash, as its last part in base64,
    or as the only address in the query of a path whose word is one for leaving a site."""
    if proxied := _PROXIED.match(url.path):
        return _completed(_ANY, str(url)[str(url).index(proxied[0]) + 1 :])
    if encoded := _ENCODED.search(url.path):
        return base_64(encoded[1])
    if not _LEAVING.fullmatch(f"{url.host}{url.path}"):
        return ""
    found = [inner for _, value in url.query if _SCHEME.match(inner := unquote(value or ""))]
    return found[0] if len(found) == 1 else ""


def _translated(url: Url) -> Url | None:
    """The page that Google translates under a host of its own: dots in the host's name become hyphens, those double."""
    if not url.on(_TRANSLATED):
        return None
    host = _with_dots(url.host.removesuffix(_TRANSLATED))
    query = tuple(pair for pair in url.query if not pair[0].startswith("_x_tr_"))
    return _read(str(replace(url, host=host, query=query))) if "." in host else None


def _through_a_library(url: Url) -> Url | None:
    """The page that a library's proxy fetches (EZproxy: docs.oclc.org), in its host or behind its log-in.

    >>> str(_through_a_library(read_url("https://www-nature-com.ezproxy.lib.example.edu/articles/x")))
    'https://www.nature.com/articles/x'
    >>> str(_through_a_library(read_url("https://login.ezproxy.example.edu/login?url=https://www.nature.com/articles/x")))
    'https://www.nature.com/articles/x'
    >>> _through_a_library(read_url("https://docs.proxy.example.com/x"))
    """
    if not (found := _PROXY.fullmatch(url.host)):
        return None
    if url.path == "/login":
        return _read(_completed(_ANY, url.get("url") or url.get("qurl")))
    site = found["site"] or ""
    host = site if "." in site else _with_dots(site)
    return _read(str(replace(url, host=host))) if "." in host and host.rpartition(".")[2] in _KNOWN_ENDS else None


def _with_dots(name: str) -> str:
    """A host whose dots were made hyphens, and its hyphens double ones."""
    return "-".join(part.replace("-", ".") for part in name.split("--"))


def _read(text: str) -> Url | None:
    try:
        return read_url(text)
    except InvalidUrl:
        return None


@lru_cache(1 << 12)
def _wrappers_on(host: str) -> Sequence[Wrapper]:
    at = Url("https", host, None, "", (), "")
    return tuple(wrapper for wrapper in WRAPPERS if at.on(*wrapper.hosts))


def _carried(wrapper: Wrapper, url: Url) -> str:
    if wrapper.keys:
        return _in_query(wrapper, url) if re.fullmatch(wrapper.path, url.path or "/") else ""
    _, _, behind_host = str(url).partition("://")[2].partition("/")
    found = re.match(wrapper.path, f"/{behind_host}")
    return _completed(wrapper, f"/{behind_host}"[found.end() :]) if found else ""


def _in_query(wrapper: Wrapper, url: Url) -> str:
    """The first of these keys with a URL behind it. A plus sign stays: no URL has blanks."""
    values = {key: unquote(value or "") for key, value in reversed(url.query)}
    return next((inner for key in wrapper.keys if (inner := _completed(wrapper, values.get(key, "")))), "")


def _completed(wrapper: Wrapper, found: str) -> str:
    """A URL with its scheme, of which paths often lose a slash or all; empty for what does not begin like a URL."""
    formed = re.fullmatch(wrapper.form, found, re.DOTALL)
    text = wrapper.decode(formed[1]) if formed else ""
    if re.match(r"https?%3a", text, re.IGNORECASE):
        text = unquote(text)
    if _SCHEME.match(text):
        return _SCHEME.sub(r"\1://", text, count=1)
    return f"https://{text}" if _HOST_FIRST.match(text) else ""
