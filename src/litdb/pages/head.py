"""The head of a page: its title, meta tags and links, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer

_END_OF_HEAD = re.compile(r"</head\b|<body\b", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"<html\b[^>]{0,1000}?\blang\s*=\s*[\"']?\s*([A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})*)", re.IGNORECASE
)
_REFRESH = re.compile(r"^\s*[0-5]?\s*[;,]?\s*url\s*=\s*[\"']?([^\"']+)", re.IGNORECASE)
_INSTRUCTION = re.compile(r"<\?[^<>]*>")
_MOST = 400_000
"""Characters of a head that are read, where it does not end."""
_BEGINNING = 10_000


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in the head.

    Names of `metas` are lower case; `links` are (rel, href); `language` is `<html lang>`; `refresh` is the address
    that a `<meta http-equiv=refresh>` sends the reader to.
    """

    title: str
    metas: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    language: str
    refresh: str

    def all(self, *names: str) -> tuple[str, ...]:
        """The contents of the meta tags with one of these names, in the order of the page."""
        return tuple(content for name, content in self.metas if name in names)

    def first(self, *names: str) -> str:
        """The first content by the order of these names, or empty."""
        return next((content for name in names for content in self.all(name)), "")

    def link(self, rel: str) -> str:
        """The address of the first link of this kind, or empty."""
        return next((href for each, href in self.links if rel in each.split()), "")


def read_head(text: str) -> Head:
    """The head of a page given without its scripts; a page without a head has an empty one."""
    end = _END_OF_HEAD.search(text)
    cut = _INSTRUCTION.sub("", text[: end.start() if end else _MOST][:_MOST])
    soup = BeautifulSoup(f"<head>{cut}", "lxml", parse_only=SoupStrainer(["title", "meta", "link"]))
    language = _LANGUAGE.search(text[:_BEGINNING])
    metas = tuple(pair for tag in soup.find_all("meta") for pair in _meta(tag))
    return Head(
        title=soup.title.get_text() if soup.title else "",
        metas=metas,
        links=tuple((_value(tag, "rel").lower(), _value(tag, "href").strip()) for tag in soup.find_all("link")),
        language=language[1] if language else "",
        refresh=next(
            (found[1].strip() for name, content in metas if name == "refresh" if (found := _REFRESH.match(content))), ""
        ),
    )


def _meta(tag: Tag) -> Iterator[tuple[str, str]]:
    content = _value(tag, "content").strip()
    names = {_value(tag, key).strip().lower() for key in ("property", "name", "itemprop", "http-equiv")}
    return ((name, content) for name in sorted(names - {""}) if content)


def _value(tag: Tag, key: str) -> str:
    value = tag.get(key) or ""
    return value if isinstance(value, str) else " ".join(value)
