"""What `forget` takes away and what it leaves, found out first and then done."""

from __future__ import annotations

import shlex
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from litdb.commands.exports import write_all
from litdb.commands.naming import find, identified, identifier_of, note_path
from litdb.commands.opening import library_of
from litdb.database import browsing, queries
from litdb.database.connection import new_database, take_over
from litdb.database.forgetting import Traces, forget, make_compact, traces
from litdb.database.history import assigned_keys, open_history
from litdb.errors import UnknownWork, UnreadFile
from litdb.files.added import drop_lines, read_lines
from litdb.files.corrections import read_corrections
from litdb.files.own_words import Row, drop_rows, read_rows
from litdb.files.place import Place
from litdb.model import Identifier, Json, Work
from litdb.run import Run
from litdb.text.times import utc_now

_BUSY = (
    "Another program has library or journal open, so old pages of them may stand in the files whose names end in -wal. "
    "They go when it closes them."
)


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What is to be forgotten: the path of a note or empty, works, what the journal holds, lines of litdb's lists.

    `identifiers` are all names of the works, also of one that only the journal knows. `stays` are sentences about what
    stays and why.
    """

    note: str
    works: Sequence[Work]
    identifiers: frozenset[Identifier]
    traces: Traces
    own_words: Sequence[Row]
    added: Sequence[str]
    stays: Sequence[str]

    @property
    def goes(self) -> Iterator[str]:
        """What goes, in lines."""
        if self.note:
            yield f"The note {self.note}{', and what it alone cites:' if self.works else ', which alone cites nothing'}"
        for work in self.works:
            yield f"  {work.key or work.identifier}  {work.title or work.label}"
        if not (self.note or self.works):
            yield f"  {', '.join(map(str, sorted(self.identifiers)))}, which only the journal knows"
        yield f"answers {len(self.traces.answers)}, attempts {self.traces.attempts}, keys {len(self.traces.keys)}"
        if self.own_words or self.added:
            yield f"lines of own-words.jsonl {len(self.own_words)}, of added.txt {len(self.added)}"

    def data(self) -> dict[str, Json]:
        """The same for programs, with what stays."""
        return {
            "note": self.note or None,
            "works": [work.key or str(work.identifier) for work in self.works],
            "answers": len(self.traces.answers),
            "attempts": self.traces.attempts,
            "keys": list(self.traces.keys),
            "own_words": len(self.own_words),
            "added": list(self.added),
            "stays": list(self.stays),
        }


def plan(place: Place, name: str) -> Forgetting:
    """What forgetting a note or a work by this name takes away. Raises `UnknownWork` where it is neither."""
    with closing(open_history(place.library, place.journal)) as connection:
        note = _note(connection, place, name)
        works = _only_in(connection, note) if note else _named(connection, name)
        names = frozenset(each for work in works for each in work.identifiers)
        if not (note or works):
            names = _in_journal(connection, name)
        found = traces(connection, names)
        if not (note or works or found != Traces()):
            raise UnknownWork(f"“{name}” is neither a note nor a work that is kept. “litdb list” shows the works.")
        stays = [*_shared(found), *_standing_note(place, note), *_corrected(place, works)]
        for work in () if note else works:
            stays += [*_still_cited(connection, place, work), *_related(connection, work)]
    rows = [row for row in read_rows(place) if (row[0] == note if note else _means(row[1], names))]
    gone = [row for row in rows if not place.has(row[0])]
    if len(gone) < len(rows):
        stays.append("own-words.jsonl still says which words in the note are litdb's, lest they be taken for yours.")
    added = [line for line in read_lines(place.added) if not note and _means(line, names)]
    return Forgetting(note, works, names, found, gone, added, stays)


def carry_out(place: Place, found: Forgetting) -> list[str]:
    """Forget it; sentences about what could not be cleared. The library comes last: one cut off can be said again."""
    drop_rows(place, set(found.own_words).__contains__)
    drop_lines(place.added, set(found.added).__contains__)
    if found.note and _is_own(place, found.note):
        place.path(found.note).unlink(missing_ok=True)
    is_clear = forget(place.journal, found.identifiers)
    with library_of(place) as connection:
        notes = [place.path(path) for path in queries.note_paths(connection) if path != found.note]
    with new_database(place.library) as made:
        with Run(place, [path for path in notes if path.exists()], utc_now, made) as run:
            if unread := run.gathered.unread:
                raise UnreadFile(f"{', '.join(unread)} cannot be read, so the library is as it was. Say it again then.")
            run.project()
        take_over(place.library, made)
    is_clear &= make_compact(place.library)
    write_all(place, run.settings)
    return [] if is_clear else [_BUSY]


def _note(connection: sqlite3.Connection, place: Place, name: str) -> str:
    """The note that a name means, or empty where it means a work."""
    known = queries.note_paths(connection)
    there = place.name(Path(name))
    fits = name and any(f"/{path}".endswith(f"/{name}") for path in known)
    return there if there in known else note_path(known, name) if fits else ""


def _named(connection: sqlite3.Connection, name: str) -> list[Work]:
    """The work that a key, identifier or URL names, if the library has it."""
    try:
        return [find(connection, name)]
    except UnknownWork:
        return []


def _in_journal(connection: sqlite3.Connection, name: str) -> frozenset[Identifier]:
    """What a key, identifier or URL names, though the library may not have it any more."""
    named = identifier_of(name)
    keyed = {each for key, each, _ in assigned_keys(connection) if key.lower() == name.lower()}
    return frozenset(keyed | ({named} if named.value else set()))


def _only_in(connection: sqlite3.Connection, note: str) -> list[Work]:
    """The works that no other note cites."""
    elsewhere = queries.cited_elsewhere(connection, note)
    return [work for work in queries.works_of_note(connection, note) if work.identifier not in elsewhere]


def _is_own(place: Place, note: str) -> bool:
    """Whether a note is litdb's: the list of what was added by hand, an imported bibliography."""
    return place.path(note).resolve() == place.added.resolve() or _is_imported(place, note)


def _is_imported(place: Place, note: str) -> bool:
    return place.path(note).resolve().parent == place.imports.resolve()


def _means(text: str, works: frozenset[Identifier]) -> bool:
    identity = identified(text)
    return identity is not None and identity.identifier in works


def _shared(found: Traces) -> Iterator[str]:
    for address in found.shared:
        yield f"the answer of {address[:100]}, which tells of other works too; litdb no longer reads this work in it."


def _standing_note(place: Place, note: str) -> Iterator[str]:
    if note and place.has(note) and not _is_own(place, note):
        yield (
            f"{note} itself, so a crawl of its folder reads it again. "
            "To leave it out, write its name into a .litdbignore beside it, or “ignore” it in litdb.toml."
        )


def _still_cited(connection: sqlite3.Connection, place: Place, work: Work) -> Iterator[str]:
    rows = browsing.mentions(connection, browsing.row_of(connection, work.identifier))
    if places := _places(row for row in rows if _stands(place, str(row["path"]))):
        yield (
            f"what {places} says of it, and the next crawl asks again. To prevent that, put <!-- litdb: ignore --> "
            "behind the link, or name its address under “not-a-work” in litdb.toml."
        )
    imported = [row for row in rows if _is_imported(place, str(row["path"]))]
    if imported:
        yield (
            f"what {_places(imported)} says of it, so it is in the library still. Take the entry out there and forget "
            f"it again, or forget all of the file: litdb forget {shlex.quote(str(imported[0]['path']))}"
        )


def _places(rows: Iterable[queries.Row]) -> str:
    return ", ".join(f"{row['path']}:{row['line']}" for row in rows)


def _stands(place: Place, note: str) -> bool:
    """Whether a note of the user's is still there."""
    return place.has(note) and not _is_own(place, note)


def _related(connection: sqlite3.Connection, work: Work) -> Iterator[str]:
    for row in queries.relations_of(connection, work.identifier):
        yield f"what others say of it: {row['subject']} — {row['kind']} — {row['object']} (by {row['source']})."


def _corrected(place: Place, works: Sequence[Work]) -> Iterator[str]:
    names = {name.lower() for work in works for name in (*map(str, work.identifiers), work.key, *work.former_keys)}
    identifiers = frozenset(each for work in works for each in work.identifiers)
    for each in read_corrections(place)[0]:
        if any(text.lower() in names or _means(text, identifiers) for text in each.works):
            yield f"what you say in {each.place}; take it out there, or with “litdb unset”."
