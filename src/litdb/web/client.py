"""The client: one request in, an answer or a named failure out."""

from __future__ import annotations

import http.client
import os
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from ssl import SSLContext
from urllib.parse import urljoin

import requests
import urllib3
from requests.structures import CaseInsensitiveDict
from requests.utils import DEFAULT_CA_BUNDLE_PATH, get_environ_proxies, select_proxy
from urllib3.util.ssl_ import create_urllib3_context

from litdb import __version__
from litdb.errors import InvalidUrl, UsageError
from litdb.model import Answer, Failure, Request
from litdb.text.times import utc_now
from litdb.text.urls import Url, read_url
from litdb.web.codings import ACCEPTED
from litdb.web.content import read_body, read_start
from litdb.web.endings import Ended, broken_off
from litdb.web.guard import refusal
from litdb.web.leg import Leg
from litdb.web.line import Line, LineAdapter
from litdb.web.moments import Moments
from litdb.web.retry_after import read_retry_after
from litdb.web.robots import ENOUGH_BYTES, SOURCE, Rules

MOST_HOPS = 8
"""How many redirects are followed."""

PROJECT = "https://pypi.org/project/litdb-notes/"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = {429: "asks to be asked less often", 503: "is too busy to answer"}
_CONDITIONS = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")

Reader = Callable[[urllib3.BaseHTTPResponse, int, str], bytes]
"""Takes the body of a response in, at most so many bytes, and says whose it is where that goes wrong."""


@dataclass(frozen=True)
class Client:
    """How litdb asks the web: who it says it is, how long it waits, how much it takes, whom it may ask.

    `contact` is a mail address or a URL, `deadline` the seconds for a whole fetch with its redirects, `max_bytes` the
    cap for a body, packed and unpacked; `allow_private` names hosts that may be private; `keys` are headers by host,
    which are sent to that host alone and only over TLS, and are kept nowhere. Proxies and certificates
    come from the standard environment variables. Safe to share between threads, and small to send to another machine.
    """

    contact: str = ""
    deadline: float = 30.0
    max_bytes: int = 20_000_000
    allow_private: frozenset[str] = frozenset()
    keys: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False, hash=False)
    robots: dict[str, Rules] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What the robots.txt of each site allows, kept for the run."""
    _known_proxies: dict[str, dict[str, str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The proxies for each site: the environment is gone through once for one, as that takes a millisecond."""
    _context: SSLContext = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.contact.isascii() or not self.contact.isprintable() or set(self.contact) & set(" ()<>"):
            raise UsageError(f"The contact {self.contact!r} is neither a mail address nor a URL.")
        name, bundle = _bundle()
        try:
            context = _context(bundle)
        except OSError as error:
            raise UsageError(f"{name} names {bundle}, which holds no certificates that can be read.") from error
        object.__setattr__(self, "_context", context)

    def __reduce__(self) -> tuple[type[Client], tuple[object, ...]]:
        return Client, (self.contact, self.deadline, self.max_bytes, self.allow_private, self.keys)

    @property
    def user_agent(self) -> str:
        """Who asks, and where to complain (RFC 9110, 10.1.5).

        >>> Client(contact="ada@example.org").user_agent.partition(" ")[2]
        '(+https://pypi.org/project/litdb-notes/; mailto:ada@example.org)'
        """
        is_mail = "@" in self.contact and "/" not in self.contact and not self.contact.startswith("mailto:")
        contact = f"mailto:{self.contact}" if is_mail else self.contact
        return f"litdb/{__version__} (+{PROJECT}{'; ' + contact if contact else ''})"

    def fetch(self, request: Request, validators: Mapping[str, str] | None = None) -> Answer | Failure:
        """The answer to a request, whatever its status, or the failure to get a whole one; nothing is raised.

        `validators` are the headers of the answer kept from last time: with its `etag` or `last-modified` the server
        may say 304, which comes back as an answer without a body. Redirects are followed and listed in `hops`.
        429 and 503 are failures (`rate-limited`) that keep their answer.
        """
        ended = self.step(Leg.first(request), validators)
        while isinstance(ended, Leg):
            ended = self.step(ended, validators)
        return ended

    def step(
        self, leg: Leg, validators: Mapping[str, str] | None = None, moments: Moments | None = None
    ) -> Answer | Failure | Leg:
        """What one exchange brings: an answer or a failure as `fetch` tells them, or the leg a redirect asks for."""
        try:
            return self._exchanged(leg, validators or {}, moments or Moments())
        except Ended as ended:
            return Failure(leg.request, ended.outcome, ended.reason, at=utc_now(), retry_at=ended.retry_at)

    def _exchanged(self, leg: Leg, validators: Mapping[str, str], moments: Moments) -> Answer | Failure | Leg:
        request, url = leg.request, _read(leg.url)
        self._check(url)
        sent = _prepare(request, leg.method, url, self._headers(leg, url, validators))
        status, headers, body = self._exchange(sent, url, self.deadline - leg.spent, moments, _reader(request))
        if not _leads_on(status, headers):
            return _settle(Answer(request, status, headers, body, str(url), utc_now(), leg.hops))
        target = _target(url, headers["location"])
        further = replace(leg, url=str(url)).onward(status, str(target), moments.since or 0.0)
        if further.is_circle or len(further.hops) > MOST_HOPS:
            reason = f"{target.host} redirects in circles, or too often, perhaps for want of a cookie"
            raise Ended("unsupported", reason)
        return further

    def _check(self, url: Url) -> None:
        reason = refusal(url.host, self.allow_private)
        if reason:
            raise Ended("unsupported", reason)

    def _headers(self, leg: Leg, url: Url, validators: Mapping[str, str]) -> CaseInsensitiveDict[str]:
        headers = CaseInsensitiveDict(
            {"User-Agent": self.user_agent, "Accept": "*/*", "Accept-Encoding": ACCEPTED, "Connection": "close"}
        )
        headers.update({sent: validators[kept] for kept, sent in _CONDITIONS if _is_plain(validators.get(kept, ""))})
        if all(_is_for(_read(leg.request.url), each) for each in (*(_read(hop.url) for hop in leg.hops), url)):
            headers.update(leg.request.headers)  # they may hold a key, which is for nobody else to send anywhere
        headers.update({name: value for name, value in leg.request.headers if name.lower() == "accept"})
        if url.scheme == "https":
            headers.update(self.keys.get(url.host, {}))
        return headers

    def _proxies(self, url: Url) -> dict[str, str]:
        site = f"{url.scheme}://{url.host}:{url.port}"
        if site not in self._known_proxies:
            self._known_proxies[site] = _proxies(str(url))
        return self._known_proxies[site]

    def _late(self, url: Url) -> Ended:
        return Ended("timeout", f"{url.host} did not answer in full within {self.deadline:g} s")

    def _exchange(
        self, sent: requests.PreparedRequest, url: Url, seconds: float, moments: Moments, read: Reader
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body, as `read` takes it, of one request; the body of a redirect is not read."""
        if seconds <= 0:
            raise self._late(url)
        proxies = self._proxies(url)
        moments.opens()
        line = Line(seconds, self.allow_private, moments)
        with line, closing(LineAdapter(line, self._context)) as adapter:
            try:
                with closing(adapter.send(sent, stream=True, timeout=seconds, proxies=proxies)) as response:
                    moments.hears()
                    status, headers = response.status_code, _kept_headers(response.headers)
                    body = b"" if _leads_on(status, headers) else read(response.raw, self.max_bytes, url.host)
            except Ended:
                if not line.is_cut:
                    raise
            except (OSError, urllib3.exceptions.HTTPError, http.client.HTTPException) as error:
                if not line.is_cut:
                    raise broken_off(error, url.host) from error
            if line.is_cut:
                raise self._late(url)
        return status, headers, body


def _is_plain(value: str) -> bool:
    """Whether a header that a site once sent can be sent back."""
    return bool(value) and value.isascii() and value.isprintable()


def _is_for(asked: Url, url: Url) -> bool:
    """Whether what is said to the server asked may be said here: at the same server, and never less encrypted."""
    return url.host == asked.host and url.port == asked.port and (url.scheme == "https" or asked.scheme == "http")


def _reader(request: Request) -> Reader:
    """How to take the body in: whole, but of a robots.txt the beginning counts, however long it is."""
    return partial(read_start, enough=ENOUGH_BYTES) if request.source == SOURCE else read_body


def _settle(answer: Answer) -> Answer | Failure:
    words = _BUSY.get(answer.status)
    if answer.status == 206:
        reason = f"{_read(answer.url).host} sent a part of its answer, though all was asked for"
        return Failure(answer.request, "unreachable", reason, answer.at)
    if words is None:
        return answer
    retry_at = read_retry_after(answer.headers.get("retry-after", ""), answer.at, answer.headers.get("date", ""))
    reason = f"{_read(answer.url).host} {words} ({answer.status})"
    return Failure(answer.request, "rate-limited", reason, answer.at, retry_at, answer)


def _bundle() -> tuple[str, str]:
    """The file or folder of trusted certificates, and who named it."""
    named = ((name, os.environ[name]) for name in _BUNDLES if os.environ.get(name))
    return next(named, ("requests", DEFAULT_CA_BUNDLE_PATH))


@lru_cache(maxsize=1)
def _context(bundle: str) -> SSLContext:
    """What verifies certificates: read once, because that takes longer than a fetch."""
    context = create_urllib3_context()
    if Path(bundle).is_dir():
        context.load_verify_locations(capath=bundle)
    else:
        context.load_verify_locations(cafile=bundle)
    return context


def _proxies(url: str) -> dict[str, str]:
    proxies = get_environ_proxies(url)
    if (select_proxy(url, proxies) or "").lower().startswith("socks"):
        raise Ended("unsupported", "the environment names a SOCKS proxy, and litdb goes through HTTP proxies only")
    return proxies


def _prepare(request: Request, method: str, url: Url, headers: CaseInsensitiveDict[str]) -> requests.PreparedRequest:
    is_as_asked = method == request.method
    if not is_as_asked:
        headers.pop("content-type", None)
    data = request.body.encode() if request.body and is_as_asked else None
    try:
        prepared = requests.PreparedRequest()
        prepared.prepare(method, str(url), headers, data=data)
    except (requests.RequestException, UnicodeError) as error:
        raise Ended("unsupported", f"{url} cannot be asked: {error}") from error
    return prepared


def _read(text: str) -> Url:
    try:
        return read_url(text)
    except InvalidUrl as error:
        raise Ended("unsupported", str(error)) from error


def _leads_on(status: int, headers: Mapping[str, str]) -> bool:
    return status in _REDIRECTS and bool(headers.get("location"))


def _kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers to keep, by lower-case name: all but cookies, which nobody asked for."""
    return {name.lower(): value for name, value in headers.items() if name.lower() != "set-cookie"}


def _target(url: Url, location: str) -> Url:
    """Where a redirect leads; `location` as http.client reads headers, its bytes taken for Latin-1."""
    written = location.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return read_url(urljoin(str(url), written))
    except ValueError as error:
        raise Ended("unsupported", f"{url.host} redirects to {written!r}, which is no URL") from error
    except InvalidUrl as error:
        raise Ended("unsupported", f"{url.host} redirects to what cannot be asked. {error}") from error
