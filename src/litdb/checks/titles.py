"""Titles that are hardly the work's: by what they consist of, without looking at the work again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from litdb.errors import InvalidUrl
from litdb.model import Work
from litdb.pages.sitename import brands
from litdb.pages.wall_words import WORDINGS
from litdb.pages.walls import NOT_FOUND, TITLES
from litdb.text.titles import fold
from litdb.text.urls import read_url

NO_TITLES = frozenset(
    map(fold, ("untitled", "untitled document", "no title", "title", "home", "home page", "homepage", "index", "blog"))
)
"""What stands in the place of a title where nobody gave one."""

NAMED_ALIKE = ("website", "software", "entry-encyclopedia", "book", "collection")
"""Types of works that may well be called what their site is called."""

_WALLS = frozenset(fold(whole) for whole, _, _ in TITLES)
_WALL_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for (outcome, reason), forms in WORDINGS.items()
    if outcome == "challenged" or reason == "the domain is for sale"
    for form in forms
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.-]+\.(?:com|org|net|io)(?:/\S*)?", re.IGNORECASE)
_FILE = re.compile(r"(?:Microsoft Word - .+|\S+\.(?:pdf|docx?|html?|tex|dvi|ps|pptx?|indd))", re.IGNORECASE)
_CUT = re.compile(r".*(?:…|\.\.\.)")
_MARKUP = re.compile(r"</?(?:i|b|em|strong|sub|sup|span|p|br|a)\b[^<>]{0,80}>|&(?:\w{2,8}|#\d{2,5});")
_MISREAD = re.compile(r"Ã[\x80-\xbf\u201a-\u2122]|â€|Â[\xa0-\xbf]|\ufffd")
_WORD = re.compile(r"[^\W\d_]+")
_SHOUTED_WORDS = 4
_LONG_WORD = 4


def suspicion(work: Work) -> str:
    """Why the title of a work is hardly its own, in words; empty where nothing speaks against it, or it has none."""
    title = " ".join(work.title.split())
    return next((reason for reason, is_so in _SIGNS if is_so(title, work)), "") if title else ""


def is_shouted(title: str) -> bool:
    """Whether a title is written in capitals throughout; a few capitals are names.

    >>> [is_shouted(title) for title in ("THE ALIGNMENT PROBLEM IN DEPTH", "GPT-4 AND BERT", "BERT: Pre-training")]
    [True, False, False]
    """
    words: Sequence[str] = _WORD.findall(title)
    long = [word for word in words if len(word) >= _LONG_WORD]
    return len(words) >= _SHOUTED_WORDS and len(long) >= _SHOUTED_WORDS - 1 and title.isupper()


def _is_wall(title: str, _work: Work) -> bool:
    return fold(title) in _WALLS or any(form.fullmatch(title) for form in _WALL_FORMS)


def _is_site(title: str, work: Work) -> bool:
    return work.type not in NAMED_ALIKE and fold(title) in {fold(name) for name in _sites(work) if name}


def _sites(work: Work) -> Iterator[str]:
    yield work.container
    yield work.publisher
    try:
        yield from brands(read_url(work.url))
    except InvalidUrl:
        return


_SIGNS: Sequence[tuple[str, Callable[[str, Work], bool]]] = (
    ("a wall says that", _is_wall),
    ("a page that is not there says that", lambda title, _: fold(title) in NOT_FOUND),
    ("that is an address", lambda title, _: bool(_ADDRESS.fullmatch(title))),
    ("that is the name of a file", lambda title, _: bool(_FILE.fullmatch(title))),
    ("that is no title", lambda title, _: fold(title) in NO_TITLES or not fold(title)),
    ("that is the name of its site", _is_site),
    ("it is cut off", lambda title, _: bool(_CUT.fullmatch(title))),
    ("it holds markup", lambda title, work: work.markup == "plain" and bool(_MARKUP.search(title))),
    ("its letters were misread", lambda title, _: bool(_MISREAD.search(title))),
    ("it is all capitals", lambda title, _: is_shouted(title)),
)
"""What speaks against a title, the gravest first."""
