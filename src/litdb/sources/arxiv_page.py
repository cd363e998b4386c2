"""arXiv's page of a paper, for days when its interfaces refuse: the tags for scholars, and the mark of a withdrawal.

Facts: `citation_date` is the day of the first version in UTC and `citation_online_date` that of the version shown
(arXiv/arxiv-browse, `browse/formatting/metatags.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from litdb.model import Answer, Claim
from litdb.pages.markup import words
from litdb.text.dates import date_claim, read_iso
from litdb.text.titles import clean_title

_TAG = rb"""<meta\s+name=["']%s["']\s+content=["']([^"'<>]*)["']"""
_FIRST = re.compile(_TAG % b"citation_date")
_SHOWN = re.compile(_TAG % b"citation_online_date")
_ID = re.compile(_TAG % b"citation_arxiv_id")
_COMMENT = re.compile(rb"""class=["']tablecell comments[^>]*>((?:[^<]|<(?!/td))*)""", re.IGNORECASE)
_WITHDRAWN = re.compile(
    r"\bwithdrawn\b(?!\s+(?:from|version|paper|submission|manuscript|preprint|article|arxiv)\b)", re.IGNORECASE
)
_OTHERS_STATE = re.compile(
    r"\b(?:earlier|previous(?:ly)?|former(?:ly)?|not|never|replac\w+|supersed\w+)\b[^.;]*\bwithdrawn\b", re.IGNORECASE
)
_SUBJECT = re.compile(rb"""class=["']primary-subject["']>[^<]*\(([a-z-]+(?:\.[A-Za-z-]+)?)\)""")


def is_abstract_page(page: Answer) -> bool:
    """Whether a page is arXiv's about one paper."""
    return bool(_ID.search(page.body))


def claims_of(page: Answer) -> Iterator[Claim]:
    """What the page says that the generic reader cannot tell apart: which date is which, and what became of it."""
    yield Claim("container", "arXiv", "abs:site")
    yield Claim("type", "preprint", "abs:site")
    if first := _day(_FIRST, page.body):
        yield date_claim(first, "first-version", "abs:citation_date")
    shown = _day(_SHOWN, page.body)
    if shown and shown != first:
        yield date_claim(shown, "this-version", "abs:citation_online_date")
    if subject := _SUBJECT.search(page.body):
        yield Claim("archive_class", subject[1].decode(), "abs:primary-subject")
    comment = _COMMENT.search(page.body)
    if comment and tells_withdrawal(words(comment[1].decode("utf-8", "replace"))):
        yield Claim("status", "withdrawn", "abs:comments")


def tells_withdrawal(comment: str) -> bool:
    """Whether a comment says that the paper is withdrawn, and not another version of it or from elsewhere.

    >>> [tells_withdrawal(text) for text in ("Withdrawn by the author", "9 pages. This paper has been withdrawn")]
    [True, True]
    >>> [tells_withdrawal(text) for text in ("An earlier version was withdrawn", "replaces the withdrawn 0704.0001")]
    [False, False]
    """
    return bool(_WITHDRAWN.search(comment)) and not _OTHERS_STATE.search(comment)


def _day(tag: re.Pattern[bytes], body: bytes) -> str | None:
    found = tag.search(body)
    return read_iso(clean_title(found[1].decode("utf-8", "replace"))) if found else None
