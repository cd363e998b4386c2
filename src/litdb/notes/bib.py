"""BibTeX and biblatex files as notes: every entry is a mention, and a record of what it says."""

from __future__ import annotations

import re

from litdb.model import Identify, Json, Note
from litdb.notes.bib_claims import bare_doi, container_of, entry_claims, plain_url
from litdb.notes.bib_entries import BibEntry, other_keys, read_entries
from litdb.notes.entries import Entries, Entry
from litdb.notes.entry_names import EPRINT, IN_TEXT, Given, bare_isbn, is_venue, name
from litdb.notes.lines import one_character_line_ends
from litdb.text.tex import from_tex

PREPRINT_TYPES = frozenset("electronic misc online preprint unpublished www".split())
"""Entry types whose eprint is the thing cited, whatever else is given."""

BOOK_TYPES = frozenset("book booklet collection manual mvbook mvcollection mvproceedings proceedings report".split())
"""Entry types that an ISBN names; elsewhere it names the book that the entry is part of."""

PRINTED_TYPES = frozenset("article conference incollection inproceedings".split())
"""Entry types of what appears on the pages of something."""

_DBLP = re.compile(rf"abs/({EPRINT.pattern})", re.IGNORECASE)


def read_bib(path: str, text: str, identify: Identify) -> Note:
    """The entries of a `.bib`: a mention (found `bib-entry`, target `@key`) and a record each, and what the keys name.

    Of two entries with one key, the key names the first.
    """
    text = one_character_line_ends(text)
    bibliography = read_entries(text)
    entries = Entries(path, "bib", text)
    for each in bibliography.entries:
        named = name(_given(each), identify)
        title = from_tex(each.fields.get("title", ""))
        says: dict[str, Json] = {"type": each.type, "fields": each.fields}
        claims = entry_claims(each, named.identifier.scheme)
        entries.add(Entry(each.start, each.key_end, each.key, title, claims, says, other_keys(each.fields)), named)
    return entries.note(bibliography.problems)


def _given(entry: BibEntry) -> Given:
    """What of an entry can name its work."""
    fields = entry.fields
    return Given(
        key=entry.key,
        title=from_tex(fields.get("title", "")),
        year=fields.get("year") or fields.get("date", "")[:4],
        eprint=_arxiv_id(entry),
        doi=bare_doi(fields.get("doi", "")),
        url=plain_url(entry)[1],
        isbn=bare_isbn(fields.get("isbn", "")),
        is_preprint=entry.type in PREPRINT_TYPES,
        is_printed=_is_printed(entry),
        is_book=entry.type in BOOK_TYPES,
    )


def _is_printed(entry: BibEntry) -> bool:
    """Whether the entry says in what the work was printed."""
    _, container = container_of(entry)
    return entry.type in PRINTED_TYPES and is_venue(container, entry.first("volume", "pages")[1])


def _arxiv_id(entry: BibEntry) -> str:
    """The arXiv id of an entry: its eprint, or what authors and catalogues write into other fields."""
    fields = entry.fields
    archive = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").lower()
    eprint = EPRINT.fullmatch(fields.get("eprint", "")) if archive == "arxiv" else None
    if eprint:
        return eprint[1]
    texts = (fields.get(name, "") for name in ("journal", "journaltitle", "note", "number", "howpublished"))
    found = next(filter(None, map(IN_TEXT.search, texts)), None) or _DBLP.fullmatch(fields.get("volume", ""))
    return found[1] if found else ""
