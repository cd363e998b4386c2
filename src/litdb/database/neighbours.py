"""What of a library hangs together with some works: their names, and where the evidence about them lies."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from litdb.database.journal import IDENTIFIERS
from litdb.model import Identifier, Name
from litdb.text.titles import fold

_NAMED = f"""
    SELECT DISTINCT work FROM identifiers
     WHERE (scheme, value) IN {IDENTIFIERS}"""  # noqa: S608
_NAMES = "SELECT scheme, value, work FROM identifiers WHERE work IN (SELECT value FROM json_each(?))"
_TIED = """
    SELECT object FROM relations WHERE subject IN (SELECT value FROM json_each(:these)) AND kind <> 'cites' UNION
    SELECT subject FROM relations WHERE object IN (SELECT value FROM json_each(:these)) AND kind <> 'cites' UNION
    SELECT other_work FROM kept_apart WHERE work IN (SELECT value FROM json_each(:these)) UNION
    SELECT work FROM kept_apart WHERE other_work IN (SELECT value FROM json_each(:these))"""
_MENTIONED = """
    SELECT work FROM mentions JOIN notes ON notes.id = mentions.note
     WHERE notes.path IN (SELECT value FROM json_each(?)) AND work IS NOT NULL"""
_NOTES = """
    SELECT path FROM mentions JOIN notes ON notes.id = mentions.note
     WHERE work IN (SELECT value FROM json_each(?)) GROUP BY path"""
_PLACES = "SELECT DISTINCT place FROM records WHERE work IN (SELECT value FROM json_each(?)) AND place IS NOT NULL"
_ANSWERS = """
    SELECT answer FROM records WHERE work IN (SELECT value FROM json_each(:these)) AND answer IS NOT NULL UNION
    SELECT answer FROM attempts WHERE work IN (SELECT value FROM json_each(:these)) AND answer IS NOT NULL"""
_CITING = """
    SELECT DISTINCT answer FROM relations JOIN records ON records.work = subject AND records.source = relations.source
     WHERE object IN (SELECT value FROM json_each(?)) AND kind = 'cites' AND answer IS NOT NULL"""
_ADDRESSED = """
    SELECT identifier FROM records WHERE source = 'url' AND work IN (SELECT value FROM json_each(?))"""
_NAMED_BY_OTHERS = """
    SELECT id FROM works WHERE id IN (SELECT value FROM json_each(:these)) AND NOT cited UNION
    SELECT work FROM records WHERE work IN (SELECT value FROM json_each(:these)) AND source = 'url' AND place IS NULL"""
_TAKEN_BACK = """
    SELECT source, identifier, answer FROM records
     WHERE superseded AND work IN (SELECT value FROM json_each(?))
           AND NOT EXISTS (SELECT 1 FROM claims WHERE record = records.id)"""
_CITED = """
    SELECT id, subject, kind, object, source, how, address, text, words, at FROM relations
     WHERE subject IN (SELECT value FROM json_each(?)) AND kind = 'cites'"""
_SAID = """
    SELECT identifier, place, field, value FROM records JOIN claims ON claims.record = records.id
     WHERE source = 'user'"""
_IN_WORDS = (
    "SELECT text FROM references_in_words UNION ALL SELECT text FROM relations WHERE how GLOB '*:title+year+author'"
)
_ORCIDS = """
    SELECT family, given, particle, suffix, literal, orcid FROM people
     WHERE orcid IS NOT NULL AND name IN (SELECT value FROM json_each(?))"""


class Neighbours:
    """A library, asked for what is near. `works` are rows of works; what the library does not know is passed over."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def works(self, identifiers: Iterable[Identifier]) -> set[int]:
        """The works that these name."""
        return set(self._firsts(_NAMED, json.dumps(list(identifiers))))

    def names(self, works: Iterable[int]) -> dict[Identifier, int]:
        """All identifiers of works, each with the row of its work."""
        rows = self._connection.execute(_NAMES, (json.dumps(list(works)),))
        return {Identifier(scheme, value): work for scheme, value, work in rows}

    def tied(self, works: Iterable[int]) -> set[int]:
        """The works that relate to these otherwise than by citing, and those that somebody takes for the same."""
        return set(self._firsts(_TIED, {"these": json.dumps(list(works))}))

    def mentioned(self, notes: Iterable[str]) -> set[int]:
        """The works that notes cite."""
        return set(self._firsts(_MENTIONED, json.dumps(list(notes))))

    def notes(self, works: Collection[int]) -> set[str]:
        """The notes in which anything stands about works."""
        these = json.dumps(list(works))
        places = (place.rsplit(":", parts) for place in self._firsts(_PLACES, these) for parts in (1, 2))
        known = set(self._firsts("SELECT path FROM notes", None)) if works else set()
        return {*self._firsts(_NOTES, these), *(known & {path for path, *_ in places})}

    def bibliographies(self, kinds: Iterable[str]) -> dict[str, int]:
        """The notes of these kinds, each with how many mentions it has."""
        query = "SELECT path, mentions FROM notes WHERE kind IN (SELECT value FROM json_each(?))"
        return dict(self._connection.execute(query, (json.dumps(list(kinds)),)).fetchall())

    def waits_for_keys(self) -> bool:
        """Whether a note cites by a key that nobody knows."""
        query = "SELECT 1 FROM mentions WHERE work IS NULL AND url IS NULL"
        return next(self._firsts(query, None), None) is not None

    def unknown_keys(self, keys: Collection[str]) -> set[str]:
        """Those of these keys by which no work goes or went."""
        query = "SELECT key FROM keys WHERE key IN (SELECT value FROM json_each(?))"
        return {*keys}.difference(self._firsts(query, json.dumps(list(keys))))

    def answers(self, works: Iterable[int]) -> set[str]:
        """The journal's ids of the answers that say anything of works, or by which asking about them ended."""
        return set(self._firsts(_ANSWERS, {"these": json.dumps(list(works))}))

    def cited_by(self, works: Iterable[int]) -> list[tuple[int | str | None, ...]]:
        """The rows that say what works cite: `relations` in the order of its columns."""
        return [tuple(row) for row in self._connection.execute(_CITED, (json.dumps(list(works)),))]

    def cites_from_elsewhere(self, works: Collection[int]) -> set[int]:
        """Those of some works that others than these cite."""
        these = json.dumps(list(works))
        query = (
            "SELECT DISTINCT object FROM relations WHERE object IN (SELECT value FROM json_each(:these)) "
            "AND subject NOT IN (SELECT value FROM json_each(:these))"
        )
        return set(self._firsts(query, {"these": these}))

    def citing_answers(self, works: Iterable[int]) -> set[str]:
        """The answers of the sources that say that these are cited, about whoever cites them."""
        return set(self._firsts(_CITING, json.dumps(list(works))))

    def addressed(self, works: Iterable[int]) -> set[Identifier]:
        """Those names of works of which an address tells."""
        return set(map(Identifier.parse, self._firsts(_ADDRESSED, json.dumps(list(works)))))

    def named_by_others(self, works: Iterable[int]) -> set[int]:
        """Those of some works that are known, by one of their names at least, only from what others say of them."""
        return set(self._firsts(_NAMED_BY_OTHERS, {"these": json.dumps(list(works))}))

    def taken_back(self, works: Iterable[int]) -> set[tuple[str, str, str]]:
        """What sources said before of what works cite: source, identifier and answer."""
        return {tuple(row) for row in self._connection.execute(_TAKEN_BACK, (json.dumps(list(works)),))}

    def said(self) -> set[tuple[str, ...]]:
        """What the user has set: identifier, place, field and value."""
        return {tuple(row) for row in self._connection.execute(_SAID)}

    def speaks_of(self, titles: Iterable[str]) -> bool:
        """Whether a reference in words has one of these titles."""
        folded = [fold(title) for title in titles if title]
        texts = (fold(text) for text in self._firsts(_IN_WORDS, None) if text) if folded else ()
        return any(title in text for text in texts for title in folded)

    def titles(self, works: Iterable[int]) -> dict[int, tuple[str, str, str, int]]:
        """Of works what a reference in words is told by, and whether they are cited: title, people, date."""
        query = (
            "SELECT id, coalesce(title, ''), coalesce(people, ''), coalesce(date, ''), cited FROM works "
            "WHERE id IN (SELECT value FROM json_each(?))"
        )
        return {row: tuple(said) for row, *said in self._connection.execute(query, (json.dumps(list(works)),))}

    def people(self, names: Iterable[str]) -> list[Name]:
        """The people with an ORCID who are called so."""
        rows = self._connection.execute(_ORCIDS, (json.dumps(list(names)),))
        return [Name(*(part or "" for part in row)) for row in rows]

    def _firsts(self, query: str, given: str | Mapping[str, str] | None) -> Iterator[Any]:
        values = () if given is None else (given,) if isinstance(given, str) else given
        return (row[0] for row in self._connection.execute(query, values))
