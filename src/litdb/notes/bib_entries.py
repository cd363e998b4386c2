"""The entries of a BibTeX file with their places, so that one broken entry never costs the others.

Entries are cut out by counting braces; each is then parsed alone by pybtex.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from litdb.text.months import MONTHS

if TYPE_CHECKING:
    from pybtex.scanner import PybtexSyntaxError
    from pybtex.utils import CaseInsensitiveDict

_COMMAND = re.compile(r"(?<![\w.@])@\s*(?P<type>[A-Za-z][\w-]*)\s*(?P<open>[{(])")
_SPACED_KEY = re.compile(
    r"(?P<before>@[^{(@]*[{(]\s*)(?P<key>[^\s,={}()\"#]+(?:[ \t]+[^\s,={}()\"#]+)+)(?P<after>\s*,)"
)
"""How an entry begins whose key has blanks in it."""
_OF_THE_CHILD = frozenset(
    "title subtitle shorttitle titleaddon doi url urldate eprint crossref abstract file keywords isbn ids".split()
)
"""Fields of a parent that say nothing about the entries that refer to it."""


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry of a `.bib`: lower-case type and field names, values as written (TeX), macros resolved.

    `start` is the offset of its `@`, `key_end` that behind its key.
    """

    type: str
    key: str
    fields: Mapping[str, str]
    start: int
    key_end: int

    def first(self, *names: str) -> tuple[str, str]:
        """Name and value of the first of these fields that is there, or two empty texts."""
        return next(((name, self.fields[name]) for name in names if self.fields.get(name)), ("", ""))


def other_keys(fields: Mapping[str, str]) -> tuple[str, ...]:
    """The keys beside its own by which biblatex lets an entry be cited (manual, 2.2.3, `ids`).

    >>> other_keys({"ids": "smith99, smith"}), other_keys({})
    (('smith99', 'smith'), ())
    """
    return tuple(key for part in fields.get("ids", "").split(",") if (key := part.strip()))


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The entries in the order of the file, and what could not be read: (offset, sentence)."""

    entries: tuple[BibEntry, ...]
    problems: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class _Parsing:
    """What later entries need of earlier ones, and what went wrong so far."""

    macros: CaseInsensitiveDict
    problems: list[tuple[int, str]] = field(default_factory=list)


def read_entries(text: str) -> Bibliography:
    """Every entry that can be read, with `@string` macros, `xdata` and `crossref` resolved.

    Comments, preambles and `@xdata`, which is no entry but gives some their fields, are left out; so are sets of
    entries, which is told.
    """
    from pybtex.utils import CaseInsensitiveDict

    parsing = _Parsing(CaseInsensitiveDict({name: name for name in MONTHS}))
    read = [entry for start, end in _cut(text, parsing) if (entry := _parse(text, start, end, parsing))]
    data = {entry.key.lower(): entry.fields for entry in reversed(read) if entry.type == "xdata"}
    told = "@{} is a set of other entries and was left out; cite those."
    parsing.problems += [(each.start, told.format(each.key)) for each in read if each.type == "set"]
    works = (each for each in read if each.type not in ("xdata", "set"))
    entries = [replace(each, fields=_with_data(each.fields, data)) for each in works]
    parents = {entry.key.lower(): entry for entry in reversed(entries)}
    inherited = tuple(_inherit(entry, parents.get(entry.fields.get("crossref", "").lower())) for entry in entries)
    return Bibliography(inherited, tuple(sorted(parsing.problems)))


def _cut(text: str, parsing: _Parsing) -> Iterator[tuple[int, int]]:
    """Start and end of every command but comments and preambles; one without an end is a problem, and passed over."""
    closing = _matching_braces(text)
    last = text.rfind(")")
    at = 0
    while command := _COMMAND.search(text, at):
        opened = command.start("open")
        end = closing.get(opened) if command["open"] == "{" else _closing_bracket(text, opened, last, closing)
        kind = command["type"].lower()
        if end is None:
            at = command.end()
            parsing.problems.append((command.start(), f"@{command['type']} has no closing brace and was left out."))
            continue
        at = end + 1
        if kind not in ("comment", "preamble"):
            yield command.start(), end + 1


def _matching_braces(text: str) -> dict[int, int]:
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for brace in re.finditer(r"[{}]", text):
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            pairs[opened.pop()] = brace.start()
    return pairs


def _closing_bracket(text: str, opened: int, last: int, closing: Mapping[int, int]) -> int | None:
    """Where the `)` of `@article(` stands: the first outside braces."""
    at: int | None = opened + 1
    while at is not None and at <= last:
        found = re.compile(r"[{)]").search(text, at)
        if found is None:
            return None
        if found[0] == ")":
            return found.start()
        end = closing.get(found.start())
        at = None if end is None else end + 1
    return None


def _parse(text: str, start: int, end: int, parsing: _Parsing) -> BibEntry | None:
    """The entry of a stretch of text, as far as it can be read; None for macros and for what has no key."""
    from pybtex.database.input.bibtex import LowLevelParser

    errors: list[PybtexSyntaxError] = []
    spaced = _SPACED_KEY.match(text, start, end)
    whole = _SPACED_KEY.sub(_with_whole_key, text[start:end]) if spaced else text[start:end]
    parser = LowLevelParser(whole, macros=parsing.macros, handle_error=errors.append)
    command = next(iter(parser), None)
    kind = command[0].lower() if command else ""
    if kind == "string":
        return None
    key, pairs = command[1] if command else (None, [])
    if key and spaced:
        key = spaced["key"]
        parsing.problems.append((start, f"The key “{key}” has blanks in it, which LaTeX does not take."))
    key_end = _key_end(text, start, key) if key else end
    if not key or text[key_end:end].lstrip().startswith("="):
        parsing.problems.append((start, "An entry without a key was left out: write @misc{key, ...}."))
        return None
    last = pairs[-1][0] if pairs else ""
    parsing.problems.extend((start + _offset(error), f"In @{key}: {_words(error, whole, last)}.") for error in errors)
    return BibEntry(kind, key, _fields(key, pairs, start, parsing), start, key_end)


def _with_whole_key(spaced: re.Match[str]) -> str:
    return spaced["before"] + re.sub(r"[ \t]", "_", spaced["key"]) + spaced["after"]


def _key_end(text: str, start: int, key: str) -> int:
    body = re.compile(r"[{(]").search(text, start)
    return text.index(key, body.end() if body else start) + len(key)


def _offset(error: PybtexSyntaxError) -> int:
    _, _, offset = error.error_context_info or (0, 0, 0)
    return offset


def _fields(key: str, pairs: list[tuple[str, list[str]]], start: int, parsing: _Parsing) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name, parts in pairs:
        value = " ".join("".join(parts).split())
        if name.lower() in fields:
            parsing.problems.append((start, f"@{key} has {name} twice; the first one counts."))
        elif value:
            fields[name.lower()] = value
    return fields


def _words(error: PybtexSyntaxError, entry: str, field: str) -> str:
    """What pybtex says of an entry whose last field read is `field`, in words: an undefined macro by its name, a value
    that a quotation mark in it has cut short (as BibTeX does), other faults as `'=' expected`.
    """
    what = error.args[0] if error.args else str(error)
    if error.error_type == "undefined string":
        return f"the macro {what} is not defined, so its value is missing"
    if field and entry[: _offset(error)].endswith('"'):
        mark = 'a quotation mark within quotation marks ends it (write {"}, or the value in braces)'
        return f"{field} is cut short, as BibTeX does: {mark}; the fields behind it were not read"
    return f"{what}; the fields before it were read"


def _with_data(
    fields: Mapping[str, str], data: Mapping[str, Mapping[str, str]], seen: frozenset[str] = frozenset()
) -> Mapping[str, str]:
    """The fields with what they lack from those that `xdata` names, of several the first (biblatex manual, 3.13.6)."""
    names = [name.strip().lower() for name in fields.get("xdata", "").split(",")]
    for name in names:
        if name in data and name not in seen:
            fields = {**_with_data(data[name], data, seen | {name}), **fields}
    return fields


def _inherit(entry: BibEntry, parent: BibEntry | None) -> BibEntry:
    """The entry with what it lacks from the entry that its `crossref` names (one step, as BibTeX does)."""
    if parent is None or parent is entry:
        return entry
    inherited = {name: value for name, value in parent.fields.items() if name not in _OF_THE_CHILD}
    _, whole = parent.first("booktitle", "title")
    if whole:
        inherited["booktitle"] = whole
    return replace(entry, fields={**inherited, **entry.fields})
