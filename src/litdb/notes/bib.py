"""BibTeX and biblatex files as notes: every entry is a mention, and a record of what it says."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from litdb.errors import InvalidUrl
from litdb.model import Identifier, Identity, Mention, Note, Record, Relation
from litdb.notes import Identify
from litdb.notes.bib_claims import bare_doi, entry_claims, plain_url
from litdb.notes.bib_entries import Entry, read_entries
from litdb.notes.lines import Lines, one_character_line_ends
from litdb.text.tex import from_tex
from litdb.text.titles import fold

PREPRINT_TYPES = frozenset("electronic misc online preprint unpublished www".split())
"""Entry types whose eprint is the thing cited, whatever else is given."""

BOOK_TYPES = frozenset("book booklet collection manual mvbook mvcollection mvproceedings proceedings report".split())
"""Entry types that an ISBN names; elsewhere it names the book that the entry is part of."""

_ARXIV_ID = r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
_EPRINT = re.compile(rf"(?:arxiv:\s*)?({_ARXIV_ID})(?:\s*\[[\w.-]+\])?", re.IGNORECASE)
_IN_TEXT = re.compile(rf"\barxiv:\s*({_ARXIV_ID})", re.IGNORECASE)
_DBLP = re.compile(rf"abs/({_ARXIV_ID})")


@dataclass(frozen=True, slots=True)
class _Named:
    """What an entry is about: the identifier, the URL that leads to it, and its ties to others it names."""

    identifier: Identifier
    url: str = ""
    same: tuple[Identifier, ...] = ()
    relations: tuple[Relation, ...] = ()


def read_bib(path: str, text: str, identify: Identify) -> Note:
    """The entries of a `.bib`: a mention (found `bib-entry`, target `@key`) and a record each, and what the keys name.

    The identifier is the arXiv eprint of what is a preprint, else the DOI, the URL, the eprint, the ISBN of a book;
    without any of them it is of the scheme `bib`. Of two entries with one key, the key names the first.
    """
    text = one_character_line_ends(text)
    lines = Lines(text)
    bibliography = read_entries(text)
    mentions, records = [], []
    keys: dict[str, Identifier] = {}
    problems = list(bibliography.problems)
    for entry in bibliography.entries:
        named = _name(entry, identify)
        mentions.append(_mention(path, entry, named.url, lines))
        records.append(_record(path, entry, named, lines))
        if entry.key in keys:
            problems.append((entry.start, f"@{entry.key} is there already; the key names the first one."))
        keys.setdefault(entry.key, named.identifier)
    said = tuple(f"{path}:{lines.place(offset)[0]}: {sentence}" for offset, sentence in sorted(problems))
    return Note(path, "bib", "", "", tuple(mentions), tuple(records), tuple(keys.items()), problems=said)


def _mention(path: str, entry: Entry, url: str, lines: Lines) -> Mention:
    title = from_tex(entry.fields.get("title", ""))
    place = (*lines.place(entry.start), *lines.place(entry.key_end))
    return Mention(path, *place, f"@{entry.key}", "bib-entry", url=url, text=title)


def _record(path: str, entry: Entry, named: _Named, lines: Lines) -> Record:
    place = f"{path}:{lines.place(entry.start)[0]}"
    claims = entry_claims(entry, named.identifier.scheme)
    return Record("bib", named.identifier, claims, named.same, named.relations, place=place)


def _name(entry: Entry, identify: Identify) -> _Named:
    """The identifier of an entry among all that it gives, in their order."""
    given = {
        kind: (address, identity)
        for kind, address in _addresses(entry).items()
        if (identity := _identity(address, identify))
    }
    book = given.pop("isbn", None) if entry.type not in BOOK_TYPES else None
    order = ("eprint", "doi", "url", "isbn") if _is_preprint(entry, given) else ("doi", "url", "eprint", "isbn")
    ranked = [given[kind] for kind in order if kind in given]
    chosen = ranked[0][1].identifier if ranked else _own_identifier(entry)
    others = [identity.identifier for _, identity in ranked[1:] if identity.identifier != chosen]
    versions = [_versions(chosen, other, entry) for other in others]
    wholes = [Relation(chosen, "part-of", book[1].identifier, "bib:isbn")] if book else []
    return _Named(
        chosen,
        ranked[0][0] if ranked else "",
        tuple(other for other in others if other.scheme == "url"),
        (*filter(None, versions), *wholes),
    )


def _addresses(entry: Entry) -> dict[str, str]:
    """The addresses that an entry gives, by kind."""
    doi, isbn = bare_doi(entry.fields.get("doi", "")), entry.fields.get("isbn", "").split(" ")[0]
    eprint = _arxiv_id(entry)
    addresses = {
        "eprint": f"https://arxiv.org/abs/{eprint}" if eprint else "",
        "doi": f"https://doi.org/{doi}" if doi else "",
        "url": plain_url(entry)[1],
        "isbn": f"https://openlibrary.org/isbn/{isbn}" if isbn else "",
    }
    return {kind: address for kind, address in addresses.items() if address}


def _arxiv_id(entry: Entry) -> str:
    """The arXiv id of an entry: its eprint, or what authors and catalogues write into other fields."""
    fields = entry.fields
    archive = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").lower()
    eprint = _EPRINT.fullmatch(fields.get("eprint", "")) if archive == "arxiv" else None
    if eprint:
        return eprint[1]
    texts = (fields.get(name, "") for name in ("journal", "journaltitle", "note", "number", "howpublished"))
    found = next(filter(None, map(_IN_TEXT.search, texts)), None) or _DBLP.fullmatch(fields.get("volume", ""))
    return found[1] if found else ""


def _is_preprint(entry: Entry, given: dict[str, tuple[str, Identity]]) -> bool:
    """Whether the eprint is what is cited: by the entry's type, or because all else that is given is arXiv's too."""
    others = [identity for kind, (_, identity) in given.items() if kind in ("doi", "url")]
    return entry.type in PREPRINT_TYPES or all(other.identifier.scheme == "arxiv" for other in others)


def _versions(chosen: Identifier, other: Identifier, entry: Entry) -> Relation | None:
    """A preprint beside its publication is another work: the tie between them."""
    preprint, published = (chosen, other) if chosen.scheme == "arxiv" else (other, chosen)
    if preprint.scheme != "arxiv" or published.scheme in ("arxiv", "url", "isbn"):
        return None
    return Relation(preprint, "version-of", published, "bib:eprint")


def _identity(address: str, identify: Identify) -> Identity | None:
    try:
        return identify(address)
    except InvalidUrl:
        return None


def _own_identifier(entry: Entry) -> Identifier:
    """The name of an entry that has none in the world: its key, and what tells it from another one of that key."""
    year = entry.fields.get("year") or entry.fields.get("date", "")[:4]
    content = fold(from_tex(entry.fields.get("title", "")) + year)
    return Identifier("bib", f"{entry.key}-{hashlib.sha256(content.encode()).hexdigest()[:8]}")
