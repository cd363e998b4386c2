"""Works as RIS, for EndNote, Mendeley, Zotero and RefWorks.

The format: a record begins with `TY`, ends with `ER`, a tag is two characters, two blanks, a hyphen and a blank, a line
ends in CR LF (Reference Manager's specification of 2011). A value has no way to hold a line break, and none gets one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from litdb.export.entries import doi
from litdb.export.escape import one_line, verbatim
from litdb.export.own_data import with_own_tags
from litdb.export.own_entry import own_url
from litdb.export.shown import kind, plain_title, remarks
from litdb.model import Name, Work, WorkType
from litdb.notes.others import authors, editors
from litdb.text.dates import cited_day

TYPES: Mapping[WorkType, str] = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "comment": "ICOMM",
    "dataset": "DATA",
    "entry-encyclopedia": "ENCYC",
    "motion_picture": "VIDEO",
    "paper-conference": "CPAPER",
    "post": "BLOG",
    "post-weblog": "BLOG",
    "preprint": "UNPB",
    "report": "RPRT",
    "software": "COMP",
    "thesis": "THES",
    "tweet": "ICOMM",
}
"""RIS's types by ours; everything else is a web page."""

WEB_PAGE = "ELEC"
PROVIDER = "Provider: litdb\r\n\r\n"

_PAGES = re.compile(r"(?P<first>[^\s–—-]+)\s*[-–—]+\s*(?P<last>[^\s–—-]+)\Z")


def ris_record(work: Work) -> str:
    """One work as a record, without the empty line behind it.

    >>> from litdb.model import Identifier
    >>> work = Work(Identifier("url", "u"), (), "k", "post", "https://a.example/", "On x", date="2019-12")
    >>> ris_record(work).splitlines()
    ['TY  - BLOG', 'ID  - k', 'TI  - On x', 'PY  - 2019', 'DA  - 2019/12//', 'UR  - https://a.example/', 'ER  - ']
    """
    tags = [(tag, value) for tag, value in _fields(work) if value or tag == "ER"]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in (with_own_tags(work, tags) if work.entries else tags))


def write_ris(works: Iterable[Work]) -> Iterator[str]:
    """An RIS file, record by record.

    Before the first stands who provides it, as JSTOR and other catalogues write it there and every reader passes over
    it: so litdb knows its own file.
    """
    before = PROVIDER
    for work in works:
        yield f"{before}{ris_record(work)}\r\n"
        before = ""


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES.get(work.type, WEB_PAGE)
    yield "ID", one_line(work.key or str(work.identifier))
    yield "TI", plain_title(work) or one_line(work.label)
    yield from (("AU", _name(name)) for name in authors(work))
    yield from (("ED", _name(name)) for name in editors(work))
    yield "PY", cited_day(work.date)[:4]
    yield "DA", _date(work.date)
    yield "T2", one_line(work.container)
    yield "PB", one_line(work.publisher)
    yield "VL", one_line(work.volume)
    yield "IS", one_line(work.issue)
    yield from _pages(one_line(work.pages))
    yield "M1", one_line(work.number)
    yield "M3", "Preprint" if work.type == "preprint" else kind(work)
    yield "ET", one_line(work.version)
    yield "SN", one_line(work.identifier_of("isbn"))
    yield "DO", doi(work)
    yield "AN", f"arXiv:{arxiv}" if (arxiv := work.identifier_of("arxiv")) else ""
    yield "UR", _address(own_url(work) or work.url)
    yield "L2", _address(work.archived)
    yield "Y2", _date(work.accessed)
    yield "LA", one_line(work.language)
    yield "AB", one_line(work.abstract)
    yield from (("N1", each) for each in remarks(work))
    yield "ER", ""


def _address(url: str) -> str:
    """The URL; a semicolon would begin another one there.

    >>> _address("https://a.example/b;c")
    'https://a.example/b%3Bc'
    """
    return verbatim(url).replace(";", "%3B")


def _name(name: Name) -> str:
    """`Family, Given, Suffix`; what has no parts as it is."""
    if not name.family:
        return one_line(name.display)
    family = f"{name.particle} {name.family}".strip()
    given = name.given or ("," if name.suffix else "")
    return ", ".join(filter(None, map(one_line, (family, given, name.suffix))))


def _date(value: str) -> str:
    """`YYYY/MM/DD/`, where what is not known stays empty.

    >>> _date("2022-08-30T23:30:00Z"), _date("2022"), _date("")
    ('2022/08/30/', '2022///', '')
    """
    year, month, day = (*cited_day(value).split("-"), "", "")[:3]
    return f"{year}/{month}/{day}/" if year else ""


def _pages(text: str) -> Iterator[tuple[str, str]]:
    span = _PAGES.match(text)
    yield "SP", span["first"] if span else text
    yield "EP", span["last"] if span else ""
