"""Walls: answers that refuse, ask who is there, or say "not found" with status 200, told from content.

The facts behind the tables are in the sites' public issue trackers: Cloudflare's `cf-mitigated`, Vercel's checkpoint,
arXiv's bare `Rate exceeded.`, Substack's `Too Many Requests`, OpenReview's `ChallengeRequiredError`. An article about
such pages is no wall: a title counts only as a whole and, with status 200, only beside the machinery of a wall.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

from litdb.errors import InvalidUrl
from litdb.model import Outcome
from litdb.pages.addresses import bare_host
from litdb.pages.markup import words
from litdb.pages.wall_words import ANY, SAID
from litdb.text.titles import fold
from litdb.text.urls import Url, read_url

Verdict = tuple[Outcome, str]

HEADERS: Sequence[tuple[str, str, Outcome, str]] = (
    ("cf-mitigated", "challenge", "challenged", "Cloudflare asks for a browser"),
    ("x-vercel-mitigated", "challenge", "challenged", "Vercel asks for a browser"),
    ("x-vercel-mitigated", "deny", "forbidden", "Vercel refuses the request"),
    ("x-amzn-waf-action", "challenge", "challenged", "Amazon's firewall asks for a browser"),
    ("x-amzn-waf-action", "captcha", "challenged", "Amazon's firewall asks for a captcha"),
)
"""Header, what it says, outcome, reason."""

BODIES: Sequence[tuple[str, Outcome, str]] = (
    ("rate exceeded.", "rate-limited", "the site says “Rate exceeded.”"),
    ("too many requests", "rate-limited", "the site says “Too Many Requests”"),
    ("forbidden", "forbidden", "the site says “Forbidden”"),
    ("access denied", "forbidden", "the site says “Access denied”"),
)
"""The whole body, folded to lower case."""

TITLES: Sequence[tuple[str, Outcome, str]] = (
    ("Just a moment...", "challenged", "Cloudflare asks for a browser"),
    ("Attention Required! | Cloudflare", "challenged", "Cloudflare asks for a captcha"),
    ("Please Wait... | Cloudflare", "challenged", "Cloudflare asks for a browser"),
    ("Vercel Security Checkpoint", "challenged", "Vercel asks for a browser"),
    ("We're verifying your browser", "challenged", "Vercel asks for a browser"),
    ("DDoS-Guard", "challenged", "DDoS-Guard asks for a browser"),
    ("Making sure you're not a bot!", "challenged", "Anubis asks for a browser"),
    ("Pardon Our Interruption", "challenged", "the site asks for a browser"),
    ("Access to this page has been denied", "challenged", "HUMAN (PerimeterX) asks for a captcha"),
    ("Are you a robot?", "challenged", "the site asks for a captcha"),
    ("Robot or human?", "challenged", "the site asks for a captcha"),
    ("Robot Check", "challenged", "the site asks for a captcha"),
    ("Verify you are human", "challenged", "the site asks for a captcha"),
    ("Human Verification", "challenged", "the site asks for a captcha"),
    ("Security Check", "challenged", "the site asks for a captcha"),
    ("One moment, please...", "challenged", "the site asks for a browser"),
    ("Client Challenge", "challenged", "the site asks for a browser"),
    ("Before you continue to YouTube", "challenged", "YouTube asks for consent"),
    ("Before you continue", "challenged", "the site asks for consent"),
    ("Access Denied", "forbidden", "the site refuses the request"),
    ("403 Forbidden", "forbidden", "the site refuses the request"),
    ("429 Too Many Requests", "rate-limited", "the site says “Too Many Requests”"),
    ("Too Many Requests", "rate-limited", "the site says “Too Many Requests”"),
    ("503 Service Temporarily Unavailable", "unreachable", "the site is not available"),
)
"""Whole titles of walls."""

MARKERS: Sequence[tuple[tuple[bytes, ...], Outcome, str]] = (
    (
        (
            b"_cf_chl_opt",
            b"/cdn-cgi/challenge-platform/h/",
            b"cf-browser-verification",
            b"cf-captcha-container",
        ),
        "challenged",
        "Cloudflare asks for a browser",
    ),
    ((b'"ChallengeRequiredError"',), "challenged", "OpenReview asks for a browser"),
    ((b"captcha-delivery.com/", b"geo.captcha-delivery"), "challenged", "DataDome asks for a captcha"),
    (
        (b'id="px-captcha', b"id='px-captcha", b"window._pxAppId"),
        "challenged",
        "HUMAN (PerimeterX) asks for a captcha",
    ),
    (
        (b"_Incapsula_Resource", b"Incapsula incident ID"),
        "challenged",
        "Imperva (Incapsula) asks for a browser",
    ),
    (
        (b".within.website/x/cmd/anubis", b'id="anubis_challenge', b"id='anubis_challenge"),
        "challenged",
        "Anubis asks for a browser",
    ),
    ((b"/.well-known/sgcaptcha/",), "challenged", "SiteGround asks for a captcha"),
    (
        (b"vercel.link/security-checkpoint", b"/.well-known/vercel/security/"),
        "challenged",
        "Vercel asks for a browser",
    ),
    ((b"awsWafCookieDomainList", b"token.awswaf.com"), "challenged", "Amazon's firewall asks for a browser"),
    ((b"errors.edgesuite.net",), "forbidden", "Akamai refuses the request"),
)
"""The machinery of walls in the source of a page."""

ASKING_HOSTS: Sequence[tuple[str, Outcome, str]] = (
    (r"consent\.(?:youtube|google|yahoo)\.[a-z.]+", "challenged", "the site asks for consent to cookies"),
    (r"(?:accounts|login|signin|sso|auth|idp|passport)\.[a-z0-9.-]+", "forbidden", "the site asks for a login"),
)
"""Hosts to which a redirect leads where the page itself is not for everyone."""

ASKING_PATH = re.compile(
    r"/(?:log-?in|sign-?in|signin|accounts/login|users/sign_in|i/flow/login|wp-login\.php|authwall)/?$", re.IGNORECASE
)

LISTS = frozenset(
    "archive archives articles blog home index journal news posts publications research stories writing".split()
)
"""Names of pages that list others."""

_VIEW = re.compile(r"amp|print|comments|full|index\.\w+|page-?\d*|\d{1,4}|[a-z]{2}", re.IGNORECASE)
"""Last parts of a path that make no other page."""

STATUSES: Mapping[int, Verdict] = {
    401: ("forbidden", "the site asks for a login (401)"),
    402: ("paywalled", "the site asks for money (402)"),
    403: ("forbidden", "the site refuses the request (403)"),
    404: ("not-found", "there is no such page (404)"),
    408: ("timeout", "the site gave up waiting (408)"),
    410: ("gone", "the page was taken away for good (410)"),
    429: ("rate-limited", "the site asks to slow down (429)"),
    451: ("forbidden", "the page is withheld for legal reasons (451)"),
}
"""What a status means by itself; other 4xx are refusals, all 5xx are outages."""

NOT_FOUND = frozenset(
    map(
        fold,
        (
            "404",
            "Error 404",
            "404 Error",
            "404 Not Found",
            "404 Page Not Found",
            "404: Page Not Found",
            "Not Found",
            "Page Not Found",
            "Page not found (404)",
            "File Not Found",
            "Post not found",
            "This page could not be found",
            "404: This page could not be found",
            "The page you were looking for doesn't exist (404)",
            "Page doesn't exist",
            "Page does not exist",
            "Oops! That page can't be found",
            "Nothing found",
            "Seite nicht gefunden",
            "Page non trouvée",
            "Page introuvable",
            "Página no encontrada",
            "Página não encontrada",
            "Pagina non trovata",
            "Pagina niet gevonden",
            "Sidan hittades inte",
            "Sidan kunde inte hittas",
            "Siden ble ikke funnet",
            "Siden blev ikke fundet",
            "Sivua ei löytynyt",
            "Nie znaleziono strony",
            "Strona nie została znaleziona",
            "Stránka nenalezena",
            "Страница не найдена",
            "Сторінку не знайдено",
            "Sayfa bulunamadı",
            "页面不存在",
            "页面未找到",
            "找不到页面",
            "ページが見つかりません",
            "ページが見つかりませんでした",
            "페이지를 찾을 수 없습니다",
        ),
    )
)
"""Titles of pages that are not there, folded; a site's name may stand before or behind."""

_H1 = re.compile(rb"<h1\b[^>]{0,300}>(?:\s*<[^<>]{1,200}>)*([^<]{1,200})", re.IGNORECASE)
_TITLES: Mapping[str, Verdict] = {fold(whole): (outcome, reason) for whole, outcome, reason in reversed(TITLES)}
_TITLE = re.compile(rb"<title\b[^>]{0,300}>([^<]{0,300})", re.IGNORECASE)
_PARTS = re.compile(r"\s+[-–—|·•:»«~›/]{1,2}\s+|\s*[|»«]\s*")
_SENTENCE_END = re.compile(r"(?<=[.!?。…])\s+")
_REFRESH = re.compile(rb"http-equiv=[\"']?refresh", re.IGNORECASE)
"""Where a page sends its reader on, it is not judged by its words."""
_PUBLISHED = b"datePublished", b"article:published_time", b"citation_publication_date"
_TOLD = b"citation_title", b'"headline"'
"""What a page that shows nothing without scripts may tell of itself all the same."""
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?", re.IGNORECASE)
_SHORT_TEXT = 200
_TINY = 400
"""Characters of a page whose sentences are looked at one by one."""
_SHORT_PAGE = 60_000
"""Bytes that a page of nothing but a wall has at most."""


def wall(status: int, headers: Mapping[str, str], body: bytes, url: str, asked_url: str) -> Verdict | None:
    """Whether an answer is a refusal rather than content: the outcome and the reason in words, or None for content.

    `headers` have lower-case names; `url` is where the body came from, `asked_url` what was asked before redirects.

    >>> wall(200, {}, b"Rate exceeded.", "https://export.arxiv.org/api/query", "https://export.arxiv.org/api/query")
    ('rate-limited', 'the site says “Rate exceeded.”')
    >>> wall(200, {}, b"<title>How captchas work</title>", "https://a.org/captcha", "https://a.org/captcha") is None
    True

    A capture that an archive sends (RFC 7089) is the archive's answer; what was captured is judged where it is read.
    """
    if "memento-datetime" in headers and status < 400:
        return None
    return (
        _by_header(headers)
        or _by_body(body)
        or _by_page(status, body)
        or _by_status(status, headers)
        or _by_address(url, asked_url)
        or _soft_not_found(body)
        or _by_heading(body)
    )


def _by_header(headers: Mapping[str, str]) -> Verdict | None:
    found = (row for row in HEADERS if headers.get(row[0], "").strip().lower() == row[1])
    return next(((outcome, reason) for _, _, outcome, reason in found), None)


def _by_body(body: bytes) -> Verdict | None:
    if len(body) > _SHORT_TEXT:
        return None
    text = body.decode("utf-8", "replace").strip().lower()
    return next(((outcome, reason) for whole, outcome, reason in BODIES if text.rstrip(".") == whole.rstrip(".")), None)


def _by_page(status: int, body: bytes) -> Verdict | None:
    """By title and machinery: with an error status one is enough, with status 200 both or a short page of machinery."""
    if len(body) > _SHORT_PAGE or _is_published(body):
        return None
    titled = _TITLES.get(fold(_title(body)))
    marked = _marked(body)
    if not (titled or marked):
        return None
    if status >= 400:
        return titled or marked
    text = words(body.decode("latin-1"))
    if titled and (marked or len(text) < _SHORT_TEXT * 5):
        return titled
    return marked if len(text) < _SHORT_TEXT else None


def _by_heading(body: bytes) -> Verdict | None:
    """By what a page of few words calls itself, or says: the ways in which sites say that this is not the page."""
    if len(body) > _SHORT_PAGE or _is_published(body):
        return None
    title, heading = _title(body), _H1.search(body)
    parts = _PARTS.split(title)
    said = [title, parts[0], parts[-1], *([_plain(heading[1])] if heading else [])]
    text = words(body.decode("utf-8", "replace"))
    if len(text) < _TINY:
        said += _SENTENCE_END.split(html.unescape(text).removeprefix(title).strip())
    walled = [text.strip() for text in said if ANY.fullmatch(text.strip())]
    if not walled or len(text) >= _SHORT_TEXT * 5 or _REFRESH.search(body):
        return None
    verdict = next(verdict for text in walled for form, verdict in SAID if form.fullmatch(text))
    return None if verdict[0] == "unsupported" and any(mark in body for mark in _TOLD) else verdict


def _is_published(body: bytes) -> bool:
    """Whether the page says when it was published, as no wall does."""
    return any(mark in body for mark in _PUBLISHED)


def _marked(body: bytes) -> Verdict | None:
    """What the first machinery says that is there."""
    found = ((outcome, reason) for markers, outcome, reason in MARKERS if any(marker in body for marker in markers))
    return next(found, None)


def _by_status(status: int, headers: Mapping[str, str]) -> Verdict | None:
    if status < 400:
        return None
    if status in STATUSES:
        return STATUSES[status]
    if status < 500:
        return "forbidden", f"the site refuses the request ({status})"
    if status == 503 and headers.get("retry-after"):
        return "rate-limited", "the site is busy and says when to come back (503)"
    return "unreachable", f"the site is out of order ({status})"


def _by_address(url: str, asked_url: str) -> Verdict | None:
    """By where a redirect led: to a login, to a question about cookies, or home instead of to the page."""
    try:
        here, asked = read_url(url), read_url(asked_url)
    except InvalidUrl:
        return None
    if (here.host, here.path) == (asked.host, asked.path):
        return None
    rows = ASKING_HOSTS if here.host != asked.host else ()
    if asking := next((row[1:] for row in rows if re.fullmatch(row[0], here.host)), None):
        return asking
    if ASKING_PATH.search(here.path) and not ASKING_PATH.search(asked.path):
        return "forbidden", "the site asks for a login"
    if _is_front(here) and not _is_front(asked) and _is_deep(asked, here):
        return "not-found", "home-redirect: the site sends to its front page instead"
    return ("not-found", f"home-redirect: the site sends to {here.path} instead") if _is_above(here, asked) else None


def _is_above(here: Url, asked: Url) -> bool:
    """Whether a redirect cut the page's own name off: `/blog/on-cats` leads to `/blog`, or to a list by such a name."""
    lost = [segment for segment in asked.segments[len(here.segments) :] if not _VIEW.fullmatch(segment)]
    if not lost or here.query or not any("-" in segment or len(segment) > 9 for segment in lost):
        return False
    is_list = len(here.segments) == 1 and here.segments[0].lower() in LISTS
    return is_list or asked.segments[: len(here.segments)] == here.segments


def _is_front(url: Url) -> bool:
    return not url.query and (
        not url.segments or (len(url.segments) == 1 and bool(_LANGUAGE.fullmatch(url.segments[0])))
    )


def _is_deep(asked: Url, here: Url) -> bool:
    """Whether the asked URL named a page: on another host a single short word may be a short link to a front page."""
    same = bare_host(asked) == bare_host(here)
    return same or len(asked.segments) > 1 or any("-" in segment for segment in asked.segments)


def _soft_not_found(body: bytes) -> Verdict | None:
    title = _title(body)
    parts = {fold(title), *map(fold, _PARTS.split(title)[:1]), *map(fold, _PARTS.split(title)[-1:])}
    if parts & NOT_FOUND and not _is_published(body):
        return "not-found", f"the page is titled “{title}”"
    return None


def _title(body: bytes) -> str:
    found = _TITLE.search(body[:_SHORT_PAGE])
    return _plain(found[1]) if found else ""


def _plain(text: bytes) -> str:
    return " ".join(html.unescape(text.decode("utf-8", "replace")).split())
