"""Works as everybody may see them: no private address, no key, name or label with words that only its user knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from litdb.export.shown import people, plain_title, web_address
from litdb.keys import assign, base_key
from litdb.labels import label
from litdb.model import Identifier, Related, Work
from litdb.projection import NAMED_BY_NOTES
from litdb.text.titles import fold
from litdb.web.public import is_public

WRITTEN_BY_USERS = frozenset(("url", "bib"))
"""Schemes of identifiers that hold an address as the notes have it, or the key of the user's own entry."""

_NAMELESS = "work"
"""The scheme of works that have no identifier to show."""

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s<>\"”’]+", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->|%%.*?%%", re.DOTALL)
_HALF_A_COMMENT = re.compile(r"<!--|-->|%%")


def public_address(address: str) -> str:
    """An address as far as it leads others to the same place: no private host, no key in it; else empty.

    >>> public_address("https://example.org/a"), public_address("http://nas.local/a.pdf")
    ('https://example.org/a', '')
    >>> public_address("https://files.example/a.pdf?token=0a1b"), public_address("file:///home/me/a.pdf")
    ('', '')
    """
    found = web_address(address)
    return found if is_public(found) else ""


def public_words(text: str) -> str:
    """A sentence of a published note: without comments, and without addresses that open a door.

    Empty where the sentence begins or ends inside of a comment, as nobody knows which part is the comment.

    >>> public_words("See %%not yet%% https://a.example/x?key=1 and https://b.example.")
    'See  … and https://b.example.'
    >>> public_words("not yet %% but see this")
    ''
    """
    said = _COMMENT.sub("", text)
    if _HALF_A_COMMENT.search(said):
        return ""
    return _ADDRESS.sub(lambda found: found[0] if public_address(found[0]) else "…", said)


def is_private(work: Work) -> bool:
    """Whether a work has an address, but none that others can use."""
    return bool(work.url) and not public_address(work.url) and not _names(work)


def shown(works: Mapping[int, Work], called: Mapping[int, str]) -> dict[int, Work]:
    """The works as everybody may see them, those left out that are private.

    `called` are the words that published notes use for works, by row: what a page without title is shown by.
    """
    seen = {
        row: _without_private(work, row, called.get(row, "")) for row, work in works.items() if not is_private(work)
    }
    kept = {work.key: work.identifier for work in seen.values() if _tells_no_more(work)}
    new = assign((work for work in seen.values() if work.key not in kept), kept, {})
    return {row: replace(work, key=new.get(work.identifier, work.key)) for row, work in seen.items()}


def _without_private(work: Work, row: int, called: str) -> Work:
    url = public_address(work.url)
    names = _names(work)
    first = names[0] if names else Identifier("url", url) if url else Identifier(_NAMELESS, str(row))
    seen = replace(
        work,
        identifier=first,
        identifiers=names or (first,),
        url=url,
        archived=public_address(work.archived),
        related=tuple(_public(work.related)),
    )
    return replace(seen, label=seen.title or (called if work.type in NAMED_BY_NOTES else "") or _label(seen))


def _names(work: Work) -> tuple[Identifier, ...]:
    return tuple(each for each in work.identifiers if each.scheme not in WRITTEN_BY_USERS)


def _public(related: Iterable[Related]) -> Iterable[Related]:
    """The other works whose address all may know; `key` is left to what the site has pages of."""
    return (replace(each, key="") for each in related if each.url == public_address(each.url))


def _label(work: Work) -> str:
    parent = next((each.label for each in work.related if each.kind == "comment-on"), "")
    found = label(work, parent)
    return "Untitled" if found == str(work.identifier) and work.identifier.scheme == _NAMELESS else found


def _tells_no_more(work: Work) -> bool:
    """Whether every word of a work's key stands on its page.

    >>> paper = Identifier("doi", "10.1/x")
    >>> _tells_no_more(Work(paper, (paper,), "hedges2020a", "book", "", "Hedges", date="2020-01-02"))
    True
    >>> _tells_no_more(Work(paper, (paper,), "hedgesForTheBoss", "book", "", "Hedges", date="2020-01-02"))
    False
    """
    names = people((*work.authors, *work.editors))
    texts = (plain_title(work), work.label, *names, work.container, work.publisher, work.date, work.url)
    said = fold(" ".join((base_key(work), *texts, *map(str, work.identifiers))))
    return bool(work.key) and all(len(word) == 1 or word.lower() in said for word in _WORDS.findall(work.key))
