"""Which work a PDF says to be: by its description, by arXiv's stamp in the margin, by the DOI that its first page has.

A page names other works too: what it answers, corrects, supplements or cites. A DOI is the paper's own where the
description has it, where the page says how the paper is cited, or where it stands marked as one (`doi:`, an address of
doi.org) in a line at the head or foot of the page and not in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from litdb.model import Identifier, Relation
from litdb.pages.pdf import Pdf
from litdb.sources.arxiv import read_id
from litdb.sources.registered import PREFIX

PROPERTIES = ("prism:doi", "pdfx:doi", "crossmark:DOI", "pdfx:WPS-ARTICLEDOI", "dc:identifier")
ENTRIES = ("doi", "wps-articledoi")
"""Where publishers put a paper's DOI: properties of XMP, and entries of the Info dictionary in lower case."""

HEAD, FOOT = 15, 10
"""Lines at the head and the foot of a page where publishers put a paper's DOI."""

CITED_AS = re.compile(
    r"""\b(?:reference\ format | cite\ (?:this|as) | to\ cite | citation\s*: | link\ to\ this\ article
        | digital\ object\ identifier)(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words behind which a page says how the paper itself is cited."""

PUBLISHED_AS = re.compile(
    r"""\b(?:published\ (?:in|as|under) | version\ of\ record
        | (?:final|journal|official|published)(?:\ \w+)?\ (?:version|publication))\b [^.]*\Z
        | \b(?:to\ appear\ in | accepted\ for\ publication\ in | (?:pre|post)print\ of)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words right before the DOI under which the paper was published, of which this file is an earlier version."""

OF_OTHERS = re.compile(
    r"""\b(?:supplement(?:ary|al|s)?\b.*\b(?:to|for) | (?:erratum|errata|corrigendum|correction|addendum)\b
        | retract(?:ion|ed)\b | comment(?:ary|s)?\ on | (?:reply|response|rejoinder)\ to | review(?:ed)?\ of
        | discussion\ of | see(?!\ front\ matter)(?:\ also)? | book\ review | pre-?registration | cf\.?
        | (?:data(?:set)?s?|code|software|materials?|appendix)\b[^.\d]{0,40}(?:at|from|:)\s*\Z
        | (?:revised|original|extended|earlier)\ version | adapted\ from | based\ on
        | et\ al
        )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words that tell of another work, before a DOI in the same line or at the end of the one before."""

_STAMP = re.compile(
    r"arXiv:\s?(?P<id>(?P<new>\d{4}\.\d{4,5})|[a-z-]{2,10}(?:\.[A-Z]{2})?/\d{7})(?P<version>v\d{1,3})"
    r"(?:\s*\[\s?[\w.-]{2,20}\s?\]\s*|(?(new)(?!)|\s+))(?P<day>\d{1,2}\s+[A-Z][a-z]{2}\s+\d{4})"
)
"""The stamp in the margin; before 2007 it had no class in brackets."""
_ARXIV = re.compile(r"\b(?:\d{4}\.\d{4,5}|[a-z-]{2,10}/\d{7})(?!\d)")
_DOI = re.compile(
    r"(?P<mark>(?:\bdoi\b\s?:?\s?)?"
    r"(?:\b(?:https?://)?(?:(?:dx\.|www\.)?doi\.org|[\w.-]{4,40}(?:/cgi)?/doi(?:/(?:abs|full|pdf))?)/\s?)?)"
    r"\b(?P<doi>10\.\d{4,9}/[^\s\"<>{}|\\^`]+)",
    re.ASCII | re.IGNORECASE,
)
_BROKEN = re.compile(
    r"(\bdoi\.org/|\b10\.\d{4,9}/(?:\S{0,80}[-_/])?)\n\s*(?=\w)|(\b10\.\d{4,9}/[^\s\d]{1,80}\.)\n\s*(?=[\da-z])",
    re.ASCII,
)
"""A DOI that goes on in the next line: it ends in a sign that joins, or in a full stop before any number."""
_REFERENCES = re.compile(
    r"^\s*(?:\d+\.?\s+)?(?:references|bibliography|literature cited)\s*$", re.IGNORECASE | re.MULTILINE
)
_ITEM = re.compile(r"\s*(?:\[\w{1,8}\]|\(?\d{1,3}[.)]|[*†‡§¶]|\d{1,3}\s+[A-Z][a-z]+,)\s*\S")
_IN_A_SENTENCE = re.compile(r"(?<!\barticle)(?<!\bpaper)(?<!\bonline)\b[a-z]+[,:]?\s*\(?\Z")
_PREPRINT = re.compile(r"\s*\w+rxiv preprint\s*", re.IGNORECASE)
"""What the servers that are named after arXiv put before the DOI in the line that they stamp on every page."""
_BEFORE, _LINES = 60, 4
"""Characters at the end of a line that can belong to what stands on the next; lines that a way of citing takes."""

Meaning = Literal["own", "published", ""]
"""What a DOI on a page is: the paper's own, that of its published version, another's."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a file says the work is: the stamp of arXiv, its id, the DOI; and the DOI of its published version."""

    stamp: re.Match[str] | None = None
    arxiv: Identifier | None = None
    doi: Identifier | None = None
    published: Identifier | None = None

    def relations(self, identifier: Identifier) -> tuple[Relation, ...]:
        """That the file's work is a version of what was published: a preprint's DOI is that of the published one."""
        published = self.published or (self.doi if self.arxiv else None)
        work = self.arxiv or self.doi or identifier
        return (Relation(work, "version-of", published, "pdf:doi"),) if published and published != work else ()


def named(pdf: Pdf) -> Named:
    """Which work the file says to be: once and clearly, or not at all."""
    first = _BROKEN.sub(lambda broken: broken[1] or broken[2], _REFERENCES.split(pdf.words)[0])
    stamps = {found["id"]: found for found in _STAMP.finditer(first)}
    stamp = next(iter(stamps.values())) if len(stamps) == 1 else None
    doi, published = _only(_described(pdf) or dois_of(first, "own")), _only(dois_of(first, "published"))
    number = stamp["id"] if stamp else doi.removeprefix(PREFIX) if doi.startswith(PREFIX) else _arxiv_id(pdf)
    paper = read_id(number) if number else None
    return Named(
        stamp if paper else None,
        Identifier("arxiv", paper.value) if paper else None,
        Identifier("doi", doi) if doi and not doi.startswith(PREFIX) else None,
        Identifier("doi", published) if published and not published.startswith(PREFIX) else None,
    )


def _described(pdf: Pdf) -> set[str]:
    """The DOIs of the description: where publishers put them, else where it says what the file is."""
    entries = _entries(pdf)
    stated = f"{pdf.first(*PROPERTIES)} {' '.join(entries.get(name, '') for name in ENTRIES)}"
    told = f"{entries.get('title', '')}\n{entries.get('subject', '')}"
    return {_whole(found["doi"]) for found in _DOI.finditer(stated)} or dois_of(told, "own")


def _arxiv_id(pdf: Pdf) -> str:
    """The id that arXiv writes into the files that it makes."""
    found = _ARXIV.search(_entries(pdf).get("arxivid", ""))
    return found[0] if found else ""


def _entries(pdf: Pdf) -> dict[str, str]:
    return {name.lower(): text for name, text in pdf.info.items()}


def dois_of(words: str, meaning: Meaning) -> set[str]:
    """The DOIs that mean this on a page.

    >>> dois_of("On Tea\\nJournal of Tea 7 (2019) 12. doi:10.5555/Tea.1\\nWe follow doi:10.5555/b.2.", "own")
    {'10.5555/tea.1'}
    >>> dois_of("Published as doi:10.5555/tea.1", "published"), dois_of("Supplement to\\ndoi:10.5555/tea.1", "own")
    ({'10.5555/tea.1'}, set())
    """
    lines = words.split("\n")
    edges = {*range(HEAD), *range(len(lines) - FOOT, len(lines))}
    return {
        _whole(found["doi"])
        for number, line in enumerate(lines)
        for found in _DOI.finditer(line)
        if _meaning(found, " ".join(lines[max(0, number - _LINES) : number]), is_edge=number in edges) == meaning
    }


def _meaning(doi: re.Match[str], above: str, *, is_edge: bool) -> Meaning:
    """What a DOI means in its line, which stands below these lines."""
    said = doi.string[: doi.start()]
    before = f"{above[-_BEFORE:]} {said}"
    is_marked = bool(doi["mark"]) or doi.string.strip(" .()[]") == doi[0]
    if _is_cited_so(f"{above} {said}"):
        return "own"
    if not (is_edge and is_marked) or OF_OTHERS.search(before) or _ITEM.match(said):
        return ""
    if PUBLISHED_AS.search(before):
        return "published"
    return "" if _IN_A_SENTENCE.search(said) and not _PREPRINT.fullmatch(said) else "own"


def _is_cited_so(before: str) -> bool:
    """Whether what stands before a DOI says that the paper is cited by it, and there is no other in between."""
    introduced = [found.end() for found in CITED_AS.finditer(before)]
    return bool(introduced) and not _DOI.search(before, introduced[-1])


def _only(dois: Collection[str]) -> str:
    return next(iter(dois)) if len(dois) == 1 else ""


def _whole(doi: str) -> str:
    """The DOI without what a text has behind it: a full stop, a bracket that it did not open."""
    bare = doi.lower().rstrip(".,;:'")
    return bare[: bare.rfind(")")] if bare.count(")") > bare.count("(") else bare
