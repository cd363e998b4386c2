"""Identifiers without an address: `arXiv:2209.00626`, `doi:10.1000/x`, `ISBN 978-…`, `DBLP:conf/…`, `PMID 31452104`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

FORMS = (
    (
        re.compile(
            r"(?:arxiv(?::?\s*|\.org/abs/))?(\d{4}\.\d{4,5}(?:v\d{1,3})?)(?:\s*\[[\w.-]+\])?", re.ASCII | re.IGNORECASE
        ),
        "https://arxiv.org/abs/{}",
    ),
    (
        re.compile(r"(?:arxiv:\s*)?([a-z]+(?:-[a-z]+)?(?:\.[a-z-]+)?/\d{7}(?:v\d{1,3})?)", re.ASCII | re.IGNORECASE),
        "https://arxiv.org/abs/{}",
    ),
    (
        re.compile(
            r"(?:(?:info:|urn:)?doi(?:[:/]?\s*|\.org/)(?:https?://(?:dx\.)?doi\.org/)?)?(10\.\d{4,9}(?:\.\d+)*/\S+)",
            re.ASCII | re.IGNORECASE,
        ),
        "https://doi.org/{}",
    ),
    (
        re.compile(r"(?:urn:)?isbn(?:-1[03])?:?\s*([\d -]{0,20}[\dx])", re.ASCII | re.IGNORECASE),
        "https://openlibrary.org/isbn/{}",
    ),
    (re.compile(r"(97[89](?:[ -]?\d){10})", re.ASCII), "https://openlibrary.org/isbn/{}"),
    (
        re.compile(r"(?:git@|(?:git\+(?:https?|ssh)|git|ssh)://(?:git@)?)github\.com[:/]([\w-]+/[\w.-]+)", re.ASCII),
        "https://github.com/{}",
    ),
    (re.compile(r"dblp:\s*([a-z]+/\S+)", re.ASCII | re.IGNORECASE), "https://dblp.org/rec/{}"),
)
"""How each is written, with or without its prefix, and the address that it stands for."""

PAGES = (
    (re.compile(r"(?:pmid|pubmed):?\s*(\d{4,9})", re.ASCII | re.IGNORECASE), "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    (
        re.compile(r"(?:pmc(?:id)?:?\s*)?(PMC\d{4,9})", re.ASCII | re.IGNORECASE),
        "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    ),
)
"""The same of those that have no scheme: a work goes by the address of its page."""


def address_of(text: str) -> str:
    """The address that a bare identifier stands for, or empty where the text is none.

    >>> address_of("arXiv:2209.00626v2"), address_of("10.1000/A#b")
    ('https://arxiv.org/abs/2209.00626v2', 'https://doi.org/10.1000/A%23b')
    >>> address_of("math.GT/0309136"), address_of("hello")
    ('https://arxiv.org/abs/math.GT/0309136', '')
    """
    return _address(text, FORMS)


def page_of(text: str) -> str:
    """The address of the page that a number without a scheme stands for, or empty.

    >>> page_of("PMID: 31452104"), page_of("31452104")
    ('https://pubmed.ncbi.nlm.nih.gov/31452104/', '')
    """
    return _address(text, PAGES)


def _address(text: str, forms: Sequence[tuple[re.Pattern[str], str]]) -> str:
    for form, address in forms:
        if match := form.fullmatch(text.strip()):
            return address.format(quote(match[1]))
    return ""
