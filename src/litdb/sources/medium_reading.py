"""What Medium's pages and feeds say of a story: who wrote it, where it appeared.

Facts: an organisation's account is the author by its page, its feed and its JSON-LD; the people who wrote stand in the
first lines of the text, as "By …". Titles end in "| by the account | the publication | Medium".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from litdb.model import Answer, Claim, Name, Record
from litdb.pages.bylines import read_people
from litdb.pages.charset import decode
from litdb.pages.head import read_head
from litdb.pages.json_ld import named, read_graph
from litdb.pages.markup import without_scripts
from litdb.sources.elements import root_of, text_of
from litdb.sources.feeds import Entry, read_feed
from litdb.text.dates import date_claim, read_written
from litdb.text.names import authors_claim, is_person
from litdb.text.titles import clean_title, fold

if TYPE_CHECKING:
    from lxml.etree import _Element

_BY = re.compile(r"(?:written\s+)?by\b\s*:?\s*(?P<names>\S.{2,300})", re.IGNORECASE)
_BAR = re.compile(r"(?:^|\s)[|–—]\s")
_LEADING = 8
"""Paragraphs among which the line stands that says who wrote."""
_MEDIUM = "Medium"


def own_claims(page: Answer) -> Iterator[Claim]:
    """The people behind an organisation's account, and the publication or the organisation as the container."""
    source = decode(page.body, page.headers)
    head = read_head(without_scripts(source))
    root = root_of(page)
    account = clean_title(head.first("author"))
    people = _people(account, [] if root is None else [text_of(each) for each in _first(root.iter("p"))])
    if people:
        yield authors_claim(people, "medium:by")
    publishers = [named(node.get("publisher")) for node in read_graph(source).top]
    behind = clean_title(head.title).removeprefix(clean_title(head.first("og:title")))
    container = _publication((*publishers, *_BAR.split(behind)[1:]), account) or (account if people else "")
    if container:
        yield Claim("container", container, "medium:publication")
    yield Claim("type", "post-weblog", "medium:story")


def feed_records(answer: Answer) -> tuple[Record, ...]:
    """The stories of a feed that were asked for; none where it is no feed."""
    entries = read_feed(answer.body, answer.headers, answer.url) or ()
    stories = {entry.own_id.rstrip("/").rpartition("/")[2]: entry for entry in entries}
    asked = (each for each in answer.request.identifiers if each.value in stories)
    return tuple(Record("medium", each, tuple(_entry_claims(stories[each.value]))) for each in asked)


def _entry_claims(entry: Entry) -> Iterator[Claim]:
    people = _people(entry.account, _paragraphs(entry.content))
    yield Claim("type", "post-weblog", "rss:item")
    if entry.title:
        yield Claim("title", entry.title, "rss:title")
    if people or entry.account:
        yield authors_claim(people or read_people(entry.account), "rss:content" if people else "rss:creator")
    if people:
        yield Claim("container", entry.account, "rss:creator")
    if entry.date:
        yield date_claim(entry.date, "posted", "rss:pubDate")


def _paragraphs(markup: str) -> list[str]:
    from lxml import html

    return [text_of(each) for each in _first(html.fromstring(f"<div>{markup}</div>").iter("p"))]


def _first(paragraphs: Iterable[_Element]) -> list[_Element]:
    return [each for each, _ in zip(paragraphs, range(_LEADING), strict=False)]


def _people(account: str, paragraphs: Iterable[str]) -> tuple[Name, ...]:
    """Who wrote by a line of their own at the top of the text, where the account is no person's.

    >>> [name.display for name in _people("Tea Safety Research", ["3 min read", "By Ann Bee, Carl Dee, and Eve Fee"])]
    ['Ann Bee', 'Carl Dee', 'Eve Fee']
    >>> _people("Ann Bee", ["By Carl Dee"]), _people("Tea Safety Research", ["By tea we mean what is green."])
    ((), ())
    """
    if not account or is_person(account):
        return ()
    for paragraph in paragraphs:
        found = _BY.fullmatch(paragraph)
        names = read_people(found["names"]) if found else ()
        if names and all(name.family for name in names):
            return names
    return ()


def _publication(named: Iterable[str], account: str) -> str:
    """The publication among what JSON-LD and the end of a title name: not Medium, not the account, not a day.

    >>> _publication(["Medium", "by Ann Bee", "The Teapot", "Mar, 2022", "Medium"], "Ann Bee")
    'The Teapot'
    """
    others = {fold(each) for each in (_MEDIUM, account, "")}
    told = (each for each in named if fold(each) not in others and not each.lower().startswith("by "))
    return next((each for each in told if not read_written(each.replace(",", ""))), "")
