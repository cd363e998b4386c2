"""Reading notes: which files are notes, of what kind, and one reader for every kind."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from os.path import splitext
from pkgutil import resolve_name
from typing import TYPE_CHECKING

from litdb.notes.encodings import beginning, decode

if TYPE_CHECKING:
    from litdb.model import Identify, Note

KINDS: dict[str, str] = {
    **dict.fromkeys(".md .markdown .mdown .mkd .mdx .qmd .rmd .txt .text".split(), "markdown"),
    **dict.fromkeys(".tex .ltx .rst .org .adoc .wiki .mediawiki .typ .tid".split(), "text"),
    **dict.fromkeys(".bib .bibtex .biblatex".split(), "bib"),
    ".json": "csl-json",
    ".ris": "ris",
    **dict.fromkeys(".csv .tsv".split(), "csv"),
    **dict.fromkeys(".html .htm .xhtml".split(), "html"),
    **dict.fromkeys(".url .webloc .urls".split(), "urllist"),
    ".ipynb": "notebook",
    ".canvas": "canvas",
    ".opml": "opml",
    ".enex": "enex",
}
"""The kinds of notes by the suffix of their names. Bookmarks are HTML files that say so in their first line, and
Roam's graphs are JSON that begins like one."""

BIBLIOGRAPHIES = ("bib", "csl-json", "ris")
"""The kinds that are lists of works with all that is known of them."""

READERS: dict[str, str] = {
    "markdown": "litdb.notes.markdown:read_markdown",
    "text": "litdb.notes.text:read_text",
    "bib": "litdb.notes.bib:read_bib",
    "csl-json": "litdb.notes.csl_json:read_csl_json",
    "ris": "litdb.notes.ris:read_ris",
    "html": "litdb.notes.html:read_html",
    "bookmarks": "litdb.notes.bookmarks:read_bookmarks",
    "urllist": "litdb.notes.urllist:read_urls",
    "csv": "litdb.notes.reading_list:read_reading_list",
    "notebook": "litdb.notes.notebook:read_notebook",
    "canvas": "litdb.notes.canvas:read_canvas",
    "opml": "litdb.notes.opml:read_opml",
    "enex": "litdb.notes.enex:read_enex",
    "roam": "litdb.notes.roam:read_roam",
}
"""What reads a kind: path and text, and for a bibliography what its URLs mean."""

OWN_EXPORTS = (b"<!-- litdb export", b"% litdb export")
"""How a file begins that litdb wrote."""

_OWN_DATA = re.compile(
    rb'\[ \t\r?\n\{"id": "'
    rb"|Provider: litdb\r?\n"
    rb"|key,type,title,label,authors,editors,[a-z,]+,outcome,reason,identifiers\r?\n"
)
"""How litdb's CSL-JSON, RIS and CSV begin and no others: blank and tab behind the bracket, who provides it, all names
of the columns."""

_CSL_LIST = re.compile(rb'\s*(?:\{\s*"items"\s*:\s*)?\[\s*\{')
_CSL_TYPE = re.compile(rb'"type"\s*:\s*"[a-z_-]+"')
_BEGINNING = 100_000

_BOOKMARKS = "<!doctype netscape-bookmark-file-1"


def kind_of(path: str) -> str | None:
    """The kind of note that a file is by its name, or None where it is none.

    >>> kind_of("notes/Reading.MD"), kind_of("refs.bib"), kind_of("paper.pdf")
    ('markdown', 'bib', None)
    """
    return KINDS.get(splitext(path)[1].lower())  # noqa: PTH122 - asked of every file; a Path costs ten times as much


def is_own_export(content: bytes) -> bool:
    """Whether litdb wrote this file: such files are never read as notes.

    >>> is_own_export(b"% litdb export, dialect bibtex"), is_own_export(b"% my own list")
    (True, False)
    """
    content = content.removeprefix(codecs.BOM_UTF8)
    return content.startswith(OWN_EXPORTS) or bool(_OWN_DATA.match(content))


def is_note(path: str, content: bytes) -> bool:
    """Whether a file with the name of a note is one: what litdb wrote is none, nor is JSON other than CSL's and
    Roam's, nor a CSV that is no list of works.

    >>> is_note("refs.json", b'[{"id": "a", "type": "book"}]'), is_note("package.json", b'{"type": "module"}')
    (True, False)
    """
    if is_own_export(content):
        return False
    content = content.removeprefix(codecs.BOM_UTF8)
    kind = kind_of(path)
    if kind == "csv":
        from litdb.notes.reading_list import is_reading_list

        return is_reading_list(beginning(content, _BEGINNING))
    return kind != "csl-json" or _is_csl(content) or _is_roam(content)


def read_note(path: str, content: bytes, identify: Identify) -> Note:
    """The mentions (and, of a `.bib`, the records) of a note, by its kind; plain text where the name tells none.

    Raises `NoteError` where the content is no text that can be read.
    """
    kind, text = kind_of(path) or "text", decode(path, content)
    if kind == "html" and text.lstrip()[:100].lower().startswith(_BOOKMARKS):
        kind = "bookmarks"
    elif kind == "csl-json" and _is_roam(content.removeprefix(codecs.BOM_UTF8)):
        kind = "roam"
    read = _reader(kind)
    note = read(path, text, identify) if kind in BIBLIOGRAPHIES else read(path, text)
    return replace(note, sha256=hashlib.sha256(content).hexdigest())


def _is_csl(content: bytes) -> bool:
    return bool(_CSL_LIST.match(content) and _CSL_TYPE.search(content, 0, _BEGINNING))


def _is_roam(content: bytes) -> bool:
    from litdb.notes.roam import is_roam

    return is_roam(content[:_BEGINNING])


@cache
def _reader(kind: str) -> Callable[..., Note]:
    """The reader of a kind, imported when the first note of it comes."""
    reader: Callable[..., Note] = resolve_name(READERS[kind])
    return reader
