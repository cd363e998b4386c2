"""A bibliography among the notes, entry by entry: each is a mention, a record, and what its key names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from litdb.model import Claim, Identifier, Json, Mention, Note, Record
from litdb.notes.entry_names import Named
from litdb.notes.lines import Lines


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the offsets of what stands for it, its key (or empty), title and claims, and all that it says.

    `others` are keys that it goes by too.
    """

    start: int
    end: int
    key: str
    title: str
    claims: tuple[Claim, ...]
    says: Mapping[str, Json]
    others: tuple[str, ...] = ()


class Entries:
    """The entries of one bibliography, gathered in their order; `form` is how it is written (`bib csl-json ris`)."""

    def __init__(self, path: str, form: str, text: str) -> None:
        self._path, self._form = path, form
        self._lines = Lines(text)
        self._mentions: list[Mention] = []
        self._records: list[Record] = []
        self._keys: dict[str, tuple[Identifier, int]] = {}
        self._others: dict[str, Identifier] = {}
        self._problems: list[tuple[int, str]] = []
        self._last_line = 0

    def add(self, entry: Entry, named: Named) -> None:
        """Add an entry and the work that it names. Of two entries with one key, the key names the first."""
        line, column = self._lines.place(entry.start)
        end = self._lines.place(entry.end)
        target = f"@{entry.key}" if entry.key else entry.title or named.url or "an entry without a key"
        self._mentions.append(
            Mention(self._path, line, column, *end, target, "bib-entry", url=named.url, text=entry.title)
        )
        place = f"{self._path}:{line}" if line != self._last_line else f"{self._path}:{line}:{column}"
        self._last_line = line
        entire = json.dumps({"form": self._form, **entry.says}, ensure_ascii=False, separators=(",", ":"))
        self._records.append(
            Record("bib", named.identifier, entry.claims, named.same, named.relations, place=place, entry=entire)
        )
        if entry.key in self._keys:
            first = self._keys[entry.key][1]
            self.tell(entry.start, f"@{entry.key} is there already (line {first}); the key names the first one.")
        elif entry.key:
            self._keys[entry.key] = named.identifier, line
        for key in entry.others:
            self._others.setdefault(key, named.identifier)

    def tell(self, offset: int, sentence: str) -> None:
        """Note what could not be read, and where."""
        self._problems.append((offset, sentence))

    def note(self, problems: Iterable[tuple[int, str]] = ()) -> Note:
        """The bibliography as a note, with problems that its parser found beside ours."""
        told = sorted([*self._problems, *problems])
        keys = {key: identifier for key, (identifier, _) in self._keys.items()}
        return Note(
            self._path,
            self._form,
            "",
            mentions=tuple(self._mentions),
            records=tuple(self._records),
            keys=tuple({**keys, **{key: each for key, each in self._others.items() if key not in keys}}.items()),
            problems=tuple(f"{self._path}:{self._lines.place(offset)[0]}: {sentence}" for offset, sentence in told),
        )
