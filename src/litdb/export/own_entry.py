"""The user's own entries: what they wrote comes back out as they wrote it, unless litdb knows it better.

A field that litdb writes too stays as the user wrote it where both say the same; one that litdb has no place for
(`keywords`, `file`, `annote`) is written behind the others. Nothing in them can do harm: TeX that no table knows is
shown as its source (see `litdb.export.tex`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from litdb.export.escape import escape, one_line, verbatim
from litdb.export.tex import Piece, pieces
from litdb.model import Related, Work
from litdb.notes.bib_claims import TYPES, claimed_type, day_said, plain_url
from litdb.notes.bib_entries import BibEntry, other_keys
from litdb.notes.bib_names import are_listed, read_tex_names
from litdb.text.dates import read_iso
from litdb.text.others import as_bibtex_says
from litdb.text.secrets import without_secrets
from litdb.text.tex import from_tex, read_tex

MACHINES = frozenset("url doi eprint archiveprefix primaryclass eprintclass urldate year month day ids".split())
"""Fields that machines read: litdb's spelling stands where it writes them."""

ADDRESSES = frozenset("url urlraw doi eprint pmid pmcid".split())
"""Fields that styles print letter by letter."""

FILES = frozenset("file pdf ps localfile".split())
"""Fields with paths, which no style prints (the biblatex manual, 2.2.1: verbatim fields)."""

VENUES = frozenset("journal journaltitle booktitle howpublished organization institution publisher school".split())
"""Fields that say where a work appeared: where two say the same, the user's choice stands."""

OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "journal": ("journaltitle",),
    "journaltitle": ("journal",),
    "date": ("year",),
    "year": ("date",),
    "month": ("date",),
    "day": ("date",),
    "archiveprefix": ("eprinttype",),
    "eprinttype": ("archiveprefix",),
    "primaryclass": ("eprintclass",),
    "eprintclass": ("primaryclass",),
}
"""Fields that the other dialect calls otherwise."""

INHERITED = frozenset("crossref xref xdata entryset execute".split())
"""Fields about other entries: what these say was taken in, and the other entry may not be in the file."""

PEOPLE = ("author", "editor")

RESOLVERS = ("https://doi.org/", "https://openlibrary.org/isbn/")
"""How addresses begin that litdb makes of identifiers."""

_RESOLVING_HOSTS = ("doi.org", "dx.doi.org", "openlibrary.org")

_MOST_COMMAS = 2
_BRACE = re.compile(r"[{}]")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([_%&#])")
_URL_IN_TEXT = re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}")
_BARE = re.compile(r"(?<!\\)[%&#_^]|\^\^|\\\\")
_MATHEMATICS = re.compile(r"\$(?:\\.|[^$\\])*\$")
_RANGE = re.compile(r"\s*[-–—]+\s*")
_FIELD = re.compile(r"  (?P<name>\w+)\s+= (?P<value>.*),\Z")


def owns(work: Work) -> Iterator[Mapping[str, Any]]:
    """What the user's entries of a work say."""
    return map(_said, work.entries)


def own(work: Work, form: str) -> Mapping[str, Any] | None:
    """What the user's first entry of a work in one form (`bib csl-json ris`) says, or None."""
    return next((said for said in owns(work) if said["form"] == form), None)


def own_bib(work: Work) -> BibEntry | None:
    """The user's entry of a work in a `.bib`, or None."""
    said = own(work, "bib")
    return BibEntry(said["type"], work.key, said["fields"], 0, 0) if said else None


def aliases(work: Work) -> tuple[str, ...]:
    """The keys beside its own that the user's entry of a work goes by."""
    entry = own_bib(work) if work.entries else None
    return other_keys(entry.fields) if entry else ()


def is_of_type(entry: BibEntry, work: Work, *, on_the_web: bool) -> bool:
    """Whether the entry's own type is right by what is known now; `on_the_web` says that litdb has no better one."""
    claimed = claimed_type(entry, work.identifier.scheme)
    return claimed == work.type or (entry.type not in TYPES and on_the_web)


def is_untitled(work: Work) -> bool:
    """Whether only the user's entry tells of a work, and gives it no title: the key that is shown for one is none."""
    return work.identifier.scheme == "bib" and not work.title


def own_url(work: Work) -> str:
    """The address that the user gives a work where litdb has none but what it made of a DOI or ISBN, or empty.

    Every other address of litdb's is the one to cite, whatever the user calls it.

    >>> from litdb.model import Identifier
    >>> said = '{"form": "bib", "type": "misc", "fields": {"url": "https://a.example/x"}}'
    >>> own_url(Work(Identifier("doi", "10.1/x"), (), "k", "book", "https://doi.org/10.1/x", entries=(said,)))
    'https://a.example/x'
    """
    if work.url and not work.url.startswith(RESOLVERS):
        return ""
    address = next(filter(None, map(_given_url, owns(work))), "")
    return "" if urlsplit(address).hostname in _RESOLVING_HOSTS else address


def named_already(work: Work, entry: BibEntry) -> tuple[Related, ...]:
    """The preprint and the book that the entry names by its eprint and ISBN, so that no remark has to."""
    eprint = re.sub(r"v\d+\Z", "", entry.fields.get("eprint", ""))
    signs = {"version-of": eprint, "part-of": "/isbn/" if "isbn" in entry.fields else ""}
    return tuple(each for each in work.related if (sign := signs.get(each.kind, "")) and sign in each.url)


def completed(written: str, entry: BibEntry, letters: Callable[[str], str], *, is_biblatex: bool) -> str:
    """An entry as litdb wrote it, with the fields of the user's own.

    `letters` are those of the dialect, `is_biblatex` says that it has biblatex's fields beside BibTeX's.
    """
    head, *lines, _, end = written.split("\n")
    ours = {found["name"]: found["value"] for found in map(_FIELD.match, lines) if found}
    if head.startswith(f"@{entry.type}{{"):
        ours = _without_twins(ours, entry, is_biblatex=is_biblatex)
    theirs = dict(_kept(ours, entry, is_biblatex=is_biblatex))
    texts = {name: f"{{{_safe(name, value, letters)}}}" for name, value in theirs.items()}
    made = {**{name: texts.pop(name, value) for name, value in ours.items()}, **texts}
    return "\n".join([head, *(f"  {name:13} = {value}," for name, value in made.items()), "}", end])


def _without_twins(ours: Mapping[str, str], entry: BibEntry, *, is_biblatex: bool) -> dict[str, str]:
    """Our fields without those that the user says in fields of other names, which the dialect knows."""
    given = entry.fields
    names = VENUES if is_biblatex else VENUES - {"journaltitle"}
    said = {(name, from_tex(value)) for name, value in given.items() if name in names}
    gone = {
        name for name in VENUES & ours.keys() for other, text in said if other != name and _text(ours[name]) == text
    }
    if {"issue", "number"} <= given.keys() and _text(ours.get("number", "")) == from_tex(given["issue"]):
        gone.add("number")
    has_words = not given.get("month", "1").isdigit()  # which biber cannot sort by
    if is_biblatex and not has_words and "date" not in given and ours.get("date", "") == f"{{{day_said(entry)}}}":
        gone.add("date")
    return {name: value for name, value in ours.items() if name not in gone}


def _kept(ours: Mapping[str, str], entry: BibEntry, *, is_biblatex: bool) -> Iterator[tuple[str, str]]:
    """The user's fields that are to be written, whether litdb has them too or not."""
    left_out = _said_otherwise(ours, entry, is_biblatex=is_biblatex)
    for name, value in entry.fields.items():
        if name in left_out:
            continue
        is_new = name not in ours and name not in PEOPLE
        if is_new or name in ("type", *_titles(entry)) or _says_same(name, ours.get(name, "")[1:-1], value):
            yield name, value


def _said_otherwise(ours: Mapping[str, str], entry: BibEntry, *, is_biblatex: bool) -> set[str]:
    """The user's fields that ours say in another field or in a machine's spelling, or know better as a whole."""
    there = {name.lower() for name in ours}
    given = entry.fields
    found = set(INHERITED) | (MACHINES & there)
    found |= {name for name, others in OTHER_NAMES.items() if there.intersection(others)}
    in_text, _ = plain_url(entry)
    if in_text != "url" and "url" in there:
        found.add(in_text)
    venues = {_text(value) for name, value in ours.items() if name in VENUES}
    found |= {name for name in (VENUES & given.keys()) - ours.keys() if from_tex(given[name]) in venues}
    whole = ": ".join(given[name] for name in _titles(entry))
    if not is_biblatex or _text(ours.get("title", "")) != from_tex(whole):
        found.update(_titles(entry))
    return found


def _titles(entry: BibEntry) -> tuple[str, ...]:
    """Title and subtitle, where there are both: one of them says nothing without the other."""
    return ("title", "subtitle") if {"title", "subtitle"} <= entry.fields.keys() else ()


def _says_same(name: str, ours: str, theirs: str) -> bool:
    """Whether two values of a field mean the same, and other readers take theirs as we do."""
    if name in PEOPLE and (not ours or not _is_usual(theirs)):
        return False
    meaning = _MEANINGS.get(name, _plain)
    return ours == theirs or meaning(ours) == meaning(theirs)


def _is_usual(people: str) -> bool:
    """Whether names are written as BibTeX parses them: no `family=…, given=…` of biblatex's, an `and` between all."""
    is_known = "=" not in people and as_bibtex_says(people) == people and are_listed(people)
    return is_known and all(name.count(",") <= _MOST_COMMAS for name in _AND.split(people))


def _plain(value: str) -> str:
    return " ".join(from_tex(value).split())


_MEANINGS: Mapping[str, Callable[[str], object]] = {
    "author": read_tex_names,
    "editor": read_tex_names,
    "date": lambda value: read_iso(value.partition("/")[0].rstrip("~?%")),
    "eprinttype": str.lower,
    "isbn": lambda value: re.sub(r"[-\s]", "", value),
    "pages": lambda value: _RANGE.sub("-", from_tex(value)),
}
"""What the value of a field means, where that is more than its text."""


def _text(braced: str) -> str:
    return _plain(braced[1:-1])


def _safe(name: str, value: str, letters: Callable[[str], str]) -> str:
    """A value as the user wrote it where nothing in it lives that could do harm, else as the text it is."""
    line = without_secrets(one_line(value))
    if name in ADDRESSES:
        return verbatim(_ESCAPED.sub(r"\1", line))
    if _is_balanced(line) and name in FILES:
        return line
    if _is_balanced(line) and _is_harmless(line):
        return letters(line)
    text, markup = read_tex(_URL_IN_TEXT.sub(r"\1", line))
    if markup == "plain":
        return letters(escape(text))
    return letters("".join(_piece(piece) for piece in pieces(text)))


def _piece(piece: Piece) -> str:
    return escape(piece.value) if piece.kind == "text" else piece.value


def _is_harmless(line: str) -> bool:
    """Whether all TeX in a line is known to be mark-up, a letter or a formula, and no sign stands for itself."""
    if _BARE.search(_MATHEMATICS.sub("", line)):
        return False
    text, markup = read_tex(line)
    return markup == "plain" or not any(piece.kind == "text" and "\\" in piece.value for piece in pieces(text))


def _is_balanced(line: str) -> bool:
    """Whether BibTeX, which does not look at back slashes, finds every brace closed."""
    depth = 0
    for brace in _BRACE.findall(line):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0 and not line.endswith("\\")


def _given_url(said: Mapping[str, Any]) -> str:
    if said["form"] == "bib":
        address = plain_url(BibEntry(said["type"], "", said["fields"], 0, 0))[1]
    elif said["form"] == "csl-json":
        address = str(said["item"].get("URL") or "")
    else:
        address = next((value.split(";")[0] for tag, value in said["tags"] if tag == "UR"), "")
    address = without_secrets(address.strip())
    return address if re.match(r"https?://[^\s{}\\^]+\Z", address) else ""


@lru_cache(1 << 12)
def _said(entry: str) -> Mapping[str, Any]:
    said: Mapping[str, Any] = json.loads(entry)
    return said
