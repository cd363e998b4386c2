"""Issues, pull requests and discussions on GitHub, by their pages: who opened one, and when.

The generic reader meets the repository's owner first, whom every page calls its author, and of a pull request the
moment at which it was merged. Who began stands over the first comment, whose link names the thread itself
(`#issue-151`, where a comment's is `#issuecomment-9`). GitHub's interface is not asked: it answers sixty questions an
hour, and about discussions none without a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from litdb.model import Answer, Claim, Identity, Name, Reading, Record
from litdb.sources.protocol import UrlsOnly
from litdb.text.dates import date_claim, read_iso
from litdb.text.names import authors_claim
from litdb.text.titles import clean_title
from litdb.text.urls import Url, read_url

_THREAD = re.compile(r"/[\w-]+/[\w.-]+/(?:issues|pull|discussions)/\d+(?:/.*)?", re.ASCII)
_MARK = re.compile(rb"js-issue-title|data-testid=[\"']issue-title")
_FIRST = re.compile(r"#(?:issue|pullrequest|discussion)-\d+\Z", re.ASCII)


class GithubThreads(UrlsOnly):
    """Issues, pull requests and discussions on GitHub: their pages say who opened them and when."""

    name = "github-threads"

    def identify(self, url: Url) -> Identity | None:
        """None: a thread is a page among others, with an address that every reader understands."""
        return None

    def owns(self, page: Answer) -> bool:
        """Whether a page is one of GitHub's about a thread."""
        url = read_url(page.url)
        return url.on("github.com") and bool(_THREAD.fullmatch(url.path)) and bool(_MARK.search(page.body))

    def read(self, answer: Answer) -> Reading:
        """The thread's own title, the account that opened it, and the moment; nothing where the page does not tell."""
        from litdb.sources.elements import root_of

        root = root_of(answer)
        claims = () if root is None else tuple(_claims(root))
        records = (Record(self.name, answer.request.asked[0].identifier, claims),) if claims else ()
        return Reading(records)


GITHUB_THREADS = GithubThreads()


def _claims(page: _Element) -> Iterator[Claim]:
    if title := _title(page):
        yield Claim("title", title, "github:title")
    yield Claim("type", "post", "github:thread")
    account, moment = _opening(page)
    if account := account or _tag(page, "og:author:username"):
        yield authors_claim([Name(literal=account)], "github:opener")
    if day := read_iso(moment):
        yield date_claim(day, "posted", "github:opened")


def _title(page: _Element) -> str:
    marked = (each for each in page.iter("bdi", "span", "h1") if _is_title(each))
    return next(filter(None, (clean_title(" ".join(map(str, each.itertext()))) for each in marked)), "")


def _is_title(element: _Element) -> bool:
    return "js-issue-title" in (element.get("class") or "").split() or element.get("data-testid") == "issue-title"


def _opening(page: _Element) -> tuple[str, str]:
    """The account that opened the thread and the moment, from the header of its first comment; empty without one."""
    account = ""
    for link in page.iter("a"):
        if "author" in (link.get("class") or "").split() or link.get("data-testid") == "issue-body-header-author":
            account = clean_title("".join(map(str, link.itertext())))
        if _FIRST.search(link.get("href") or ""):
            times = (each.get("datetime") or "" for each in link.iter("relative-time", "time", "time-ago"))
            if moment := next(filter(None, times), ""):
                return account, moment
    return "", ""


def _tag(page: _Element, name: str) -> str:
    tags = (each for each in page.iter("meta") if each.get("property") == name)
    return clean_title(next((each.get("content") or "" for each in tags), ""))
