"""URLs: one parser, used to decide and to connect, and the cleaning that is right on every site."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from ipaddress import IPv6Address
from urllib.parse import quote, unquote

from litdb.errors import InvalidUrl
from litdb.text.secrets import without_secrets

_PARTS = re.compile(
    r"""(?P<scheme>[a-z][a-z0-9+.-]*)://
        (?P<authority>[^/?\#]*)
        (?P<path>[^?\#]*)
        (?:\?(?P<query>[^\#]*))?
        (?:\#(?P<fragment>.*))?\Z""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\Z")
_LONGEST_HOST = 253
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE = "%/:@!$&'()*+,;=~-._?[]|\""
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)
_HALF = re.compile(r"[\ud800-\udfff]")
_UNSEEN = re.compile(r"[\x00-\x20\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")

TRACKING = frozenset(
    "fbclid gclid gclsrc dclid msclkid yclid igsh igshid smid smtyp cmpid _ga _gl mc_cid mc_eid mkt_tok _hsenc _hsmi "
    "vero_id wickedid oly_anon_id oly_enc_id ref_src ref_url spm share_from spm_id_from vd_source share_source "
    "share_medium midtoken midsig trk trkemail lipi chksm _trms nlid mc_ct ck_subscriber_id "
    "unlocked_article_code replytocom".split()
)
"""Query keys that name the way to a page and never the page (besides every `utm_…`)."""

_TRACKING_VALUES = {
    "ref": re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,24}", re.IGNORECASE),
    "cmp": re.compile(r"(?:share|twt|fb|oth)_\w+", re.IGNORECASE),
    "usp": re.compile(r"sharing|share_link|drivesdk|drive_link"),
    "si": re.compile(r"(?=.*[A-Z0-9])[\w-]{16}(?:[\w-]{6})?", re.ASCII),
}
"""Keys that do so with values of such a form: the host from which the reader comes, as newsletters write it; the mark
of who shared a film or a song, 16 or 22 letters and digits."""


@dataclass(frozen=True, slots=True)
class Url:
    """A parsed http(s) URL. `host` is lower case ASCII (IDNA), `port` only where it is not the scheme's own.

    `query` are the pairs as written (percent-encoding kept), a key without `=` has the value None.
    """

    scheme: str
    host: str
    port: int | None
    path: str
    query: tuple[tuple[str, str | None], ...]
    fragment: str

    def __str__(self) -> str:
        query = "&".join(key if value is None else f"{key}={value}" for key, value in self.query)
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port else ""
        return (
            f"{self.scheme}://{host}{port}{self.path or '/'}"
            f"{'?' + query if self.query else ''}{'#' + self.fragment if self.fragment else ''}"
        )

    @property
    def segments(self) -> tuple[str, ...]:
        """The path's parts, decoded, without empty ones.

        >>> read_url("https://en.wikipedia.org/wiki/G%C3%B6del//").segments
        ('wiki', 'Gödel')
        """
        return tuple(unquote(part) for part in self.path.split("/") if part)

    def get(self, name: str) -> str:
        """The decoded value of a query key, or empty.

        >>> read_url("https://youtube.com/watch?v=zkbPdEHEyEI&t=4s").get("v")
        'zkbPdEHEyEI'
        """
        return next((unquote((value or "").replace("+", " ")) for key, value in self.query if unquote(key) == name), "")

    def on(self, *hosts: str) -> bool:
        """Whether the host is one of these, a leading `www.` or `m.` aside; `.example.org` takes every subdomain.

        >>> read_url("https://www.arxiv.org/abs/1").on("arxiv.org"), read_url("https://notarxiv.org").on("arxiv.org")
        (True, False)
        >>> read_url("https://aligned.substack.com/p/x").on(".substack.com")
        True
        """
        for host in hosts:
            if self.host.endswith(host) if host[0] == "." else self.host in (host, f"www.{host}", f"m.{host}"):
                return True
        return False


@lru_cache(1 << 12)
def read_url(text: str) -> Url:
    """The URL that a text says, or `InvalidUrl` with the reason in words.

    Back slashes, user names, control characters and other schemes are refused: what decides must be what connects.

    >>> str(read_url("HTTPS://Example.ORG:443/./a/../a b?x=1#y"))
    'https://example.org/a%20b?x=1#y'
    """
    cleaned = text.strip().strip("\u200b\ufeff\u2060")
    match = _PARTS.match(cleaned)
    shown = without_secrets(cleaned)
    if _HALF.search(cleaned):
        raise InvalidUrl(f"{shown!r} is not a URL: it holds half of a character.")
    if not match:
        raise InvalidUrl(f"{shown!r} is not a URL: it needs to begin with https:// or http://.")
    scheme = match["scheme"].lower()
    if scheme not in _DEFAULT_PORTS:
        raise InvalidUrl(f"{shown!r} cannot be asked: only http and https are.")
    user, at, rest = match["authority"].rpartition("@")
    if at:
        shown = cleaned.replace(f"{user}@{rest}", f"…@{rest}", 1)
    if "\\" in match["authority"] or shown != cleaned:
        raise InvalidUrl(f"{shown!r} has a user name or a back slash before its host, so its host cannot be trusted.")
    host, port = _authority(match["authority"], shown)
    return Url(
        scheme=scheme,
        host=host,
        port=None if port == _DEFAULT_PORTS[scheme] else port,
        path=_encode(_without_dots(match["path"])),
        query=_pairs(_encode(match["query"] or "")),
        fragment=_encode(match["fragment"] or ""),
    )


def clean(url: Url) -> Url:
    """The URL without what never names a page: tracking keys, session ids in the path, and a fragment (unless it is a
    route, `#!` or `#/`).

    >>> str(clean(read_url("http://Example.org/x;jsessionid=0A1B?utm_source=a&id=3&fbclid=q#part")))
    'http://example.org/x?id=3'
    """
    query = tuple((key, value) for key, value in url.query if not is_tracking(key, value or ""))
    fragment = url.fragment if url.fragment.startswith(("!", "/")) else ""
    return replace(url, path=_SESSION.sub("", url.path), query=query, fragment=fragment)


def is_tracking(key: str, value: str) -> bool:
    """Whether a pair of a query names the way to a page and never the page.

    >>> is_tracking("utm_source", "x"), is_tracking("ref", "news.example.com"), is_tracking("ref", "main")
    (True, True, False)
    """
    folded = unquote(key).lower()
    form = _TRACKING_VALUES.get(folded)
    return folded.startswith("utm_") or folded in TRACKING or bool(form and form.fullmatch(value))


def _authority(text: str, whole: str) -> tuple[str, int | None]:
    host, port = text, ""
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        port = rest.removeprefix(":")
        try:
            return str(IPv6Address(host)), _port(port, whole)
        except ValueError as error:
            raise InvalidUrl(f"{whole!r} has no valid address between its brackets.") from error
    if ":" in text:
        host, _, port = text.rpartition(":")
    return _host(unquote(host), whole), _port(port, whole)


def _host(text: str, whole: str) -> str:
    host = text.rstrip(".").lower()
    if not host.isascii() and len(host) <= _LONGEST_HOST:
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError as error:
            raise InvalidUrl(f"{whole!r} has a host name that cannot be looked up.") from error
    if not _HOST.match(host):
        raise InvalidUrl(f"{whole!r} has no valid host name.")
    return host


def _port(text: str, whole: str) -> int | None:
    if not text:
        return None
    digits = text.lstrip("0")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 5 or int(digits) > 65535:
        raise InvalidUrl(f"{whole!r} has no valid port.")
    return int(digits)


def _pairs(query: str) -> tuple[tuple[str, str | None], ...]:
    pairs = (part.partition("=") for part in query.split("&") if part)
    return tuple((key, value if equals else None) for key, equals, value in pairs)


def _without_dots(path: str) -> str:
    """A path whose `.` and `..` are followed, as whoever asks for it does (RFC 3986, 5.2.4).

    >>> _without_dots("/a/./b/../c"), _without_dots("/a/.."), _without_dots("/../.well-known"), _without_dots("/a..b")
    ('/a/c', '/', '/.well-known', '/a..b')
    """
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in (segments := path.split("/")[1:]):
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return "/".join(("", *kept, *([""] if segments[-1] in (".", "..") else [])))


def _encode(text: str) -> str:
    """Percent-encode what may not stand in a URL; what is encoded already stays as it is."""
    return quote(_UNSEEN.sub(lambda found: "%20" if found[0] == " " else "", text), safe=_SAFE)
