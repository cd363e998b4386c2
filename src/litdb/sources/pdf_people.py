"""Who wrote a PDF, by its description: what is believed depends on the program that made it.

What typesets (TeX) has the authors from the manuscript, and a file that names no program has them from no account.
Office programs and printers put the owner of the machine down, who may be a typist or one author of five: they are not
believed. Any other program is, where the first page names all of them and nobody else beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from litdb.model import Claim, Name
from litdb.pages.pdf import Pdf
from litdb.text.names import authors_claim, read_names
from litdb.text.titles import fold

NO_AUTHORS = frozenset(
    map(
        fold,
        """Author; Authors; Administrator; Admin; Owner; User; Root; Guest; Unknown; Anonymous; Microsoft Office User;
        Microsoft Corporation; Office User; Valued Customer; Default User; Anonymous Author; Anonymous Authors;
        Your Name; First Last; Author Name; Preferred Customer; Registered User; Windows User; First Author;
        Second Author; Firstname Lastname; First Name Last Name; Ben Trovato; Utilisateur Windows; Usuario de Windows;
        用户; 微软用户; 管理员; 作者; 匿名; 作成者""".split(";"),
    )
)
"""Whom programs and templates name."""

TYPESETTERS = re.compile(r"TeX|[Dd]vips|dvipdf|[Tt]ypst|[Pp]andoc|roff\b|GenPDF")
"""Programs that have the authors from the manuscript."""

PUBLISHERS = re.compile(r"Arbortext|\b3B2\b|Springer|Elsevier|Antenna House")
"""Systems of publishers, which often tell of the first author alone."""

OFFICE = re.compile(
    r"word|powerpoint|excel|office|writer|microsoft|wps|pscript|pages|keynote|quartz|docs|canva|distiller|print|scan",
    re.IGNORECASE,
)
"""Programs that put the owner of the machine down as the author."""

_MARKS = re.compile(
    r"(?<=[^\W\d_])(?:\s?(?:<[^<>]*>|\[[^\[\]]*\]|\([^()]*\)|[\d*∗†‡§¶]{1,4}(?:\s?,\s?[\d*∗†‡§¶]{1,4})*))+"
    r"(?=\s*(?:[,;&]|\band\b|$))"
)
"""What stands behind a name in a list: the number of a footnote, an ORCID in brackets, an address, an affiliation."""
_CUT = re.compile(r"\bet\.?\s+al\b|\bothers\b", re.IGNORECASE)
MANY = 3
"""Given names, but for initials, that are too many for one person."""
_EASTERN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,8}")
"""A whole name in the scripts of China, Japan and Korea, which is not taken apart."""


def people_of(pdf: Pdf) -> Iterator[Claim]:
    """The authors that a file's description names, one claim at most."""
    for how, written in (
        ("pdf.xmp:creator", pdf.xmp.get("dc:creator", ())),
        ("pdf.info:Author", (pdf.info.get("Author", ""),)),
    ):
        names = _people(written, pdf.words)
        if names and _is_believed(names, pdf):
            yield authors_claim(names, how)
            return


def _is_believed(names: Sequence[Name], pdf: Pdf) -> bool:
    """Whether the program that made the file knew the authors, or its first page bears it out."""
    made_with = f"{pdf.info.get('Creator', '')} {pdf.first('xmp:CreatorTool')}".strip()
    made_by = f"{made_with} {pdf.info.get('Producer', '')}".strip()
    if TYPESETTERS.search(made_with) or not made_by:
        return True
    if PUBLISHERS.search(made_with) or pdf.first("prism:doi", "prism:publicationName"):
        return len(names) > 1 or are_all_of(names, pdf.words)
    return not OFFICE.search(made_by) and are_all_of(names, pdf.words)


def are_all_of(names: Sequence[Name], words: str) -> bool:
    """Whether a page names all these people, and nobody else in the same lines.

    >>> [are_all_of(read_names("Ann Ek"), page) for page in ("On Tea\\nANN EK1", "Ann Ek and Carl Dee", "On Tea")]
    [True, False, False]
    """
    known = {fold(name.display) for name in names}
    lines = [_MARKS.sub("", line) for line in words.splitlines() if any(each in fold(line) for each in known)]
    there = {fold(name.display) for line in lines for name in read_names(line) if name.family}
    return bool(known) and there <= known and all(any(each in fold(line) for line in lines) for each in known)


def _people(written: Iterable[str], words: str) -> tuple[Name, ...]:
    """The names, where all of them are persons' and none is left out."""
    texts = [_MARKS.sub("", text) for text in written]
    names = tuple(name for text in texts for name in read_names(text))
    are_persons = all(_is_person(name, words) and fold(name.display) not in NO_AUTHORS for name in names)
    return names if are_persons and not any(map(_CUT.search, texts)) else ()


def _is_person(name: Name, words: str) -> bool:
    """Whether this is one person's name; one that cannot be taken apart has to stand on the page.

    Two people between whom nothing is written look like one with many given names.
    """
    if name.family:
        return sum(len(word.rstrip(".")) > 1 for word in name.given.split()) < MANY
    return bool(_EASTERN.fullmatch(name.literal) and name.literal in words)
