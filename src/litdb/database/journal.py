"""The journal: answers, attempts and assigned keys. It only ever grows."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from sys import intern
from types import TracebackType
from typing import Any

from litdb.database.connection import content_id, open_for_writing, transaction
from litdb.database.refusals import damaged
from litdb.database.schema import journal_schema
from litdb.database.standing import JOURNALED
from litdb.model import Answer, Attempt, Hop, Identifier, Request, Target

_ATTEMPT = "scheme, value, source, outcome, reason, at, answer, retry_at, fresh_until"
_ANSWER = "id, source, step, method, address, sent, sent_headers, asked, status, headers, content, url, hops, at"
_HEAD = _ANSWER.replace("content", "NULL")
IDENTIFIERS = "(SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))"
"""The identifiers that a query is given as JSON: pairs of scheme and value."""
_PACKED = 2
"""zlib's level for bodies: two fifths of the time of its usual one, for a seventh more room with pages of the web."""

EMPTY = "0/0/0"
"""The stamp of a journal that nothing was kept in yet."""


class Journal:
    """The journal file. Use as a context manager; every method is one transaction."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = open_for_writing(path, journal_schema).conn
        self._assigned: Sequence[tuple[str, Identifier]] | None = None

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def keep(self, answer: Answer) -> str:
        """Keep an answer for good; its id. The same answer again is the same row."""
        row = _answer_row(answer)
        marks = ", ".join("?" * len(row))
        with transaction(self._connection, self.path) as connection:
            connection.execute(f"INSERT OR IGNORE INTO answers ({_ANSWER}) VALUES ({marks})", row)  # noqa: S608
        return str(row[0])

    def settle(self, attempts: Iterable[Attempt]) -> None:
        """Keep how attempts ended."""
        rows = [_attempt_row(each) for each in attempts]
        with transaction(self._connection, self.path) as connection:
            connection.executemany(
                f"INSERT OR IGNORE INTO attempts (id, {_ATTEMPT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                rows,
            )

    def assign(self, keys: Mapping[Identifier, str], at: str) -> None:
        """Keep citation keys; a key that is taken stays whose it was."""
        rows = sorted((key, each.scheme, each.value, at) for each, key in keys.items())
        with transaction(self._connection, self.path) as connection:
            connection.executemany("INSERT OR IGNORE INTO assigned_keys VALUES (?, ?, ?, ?)", rows)
        self._assigned = None

    def answers(self) -> Iterator[tuple[str, Answer]]:
        """All answers with their ids, the oldest first."""
        for row in self._connection.execute(f"SELECT {_ANSWER} FROM answers ORDER BY at, id"):  # noqa: S608
            yield self._read(row)

    def came(self) -> Iterator[tuple[str, Answer]]:
        """The same without their bodies."""
        for row in self._connection.execute(f"SELECT {_HEAD} FROM answers ORDER BY at, id"):  # noqa: S608
            yield self._parsed(row)

    def came_among(self, idents: Iterable[str]) -> Iterator[tuple[str, Answer]]:
        """Those with these ids."""
        query = f"SELECT {_HEAD} FROM answers WHERE id IN (SELECT value FROM json_each(?)) ORDER BY at, id"  # noqa: S608
        for row in self._connection.execute(query, (json.dumps(sorted(idents)),)):
            yield self._parsed(row)

    def since(self, stamp: str) -> tuple[set[str], set[Identifier]]:
        """What was kept since the journal had a stamp: the answers that came, be it again, and whom was asked about."""
        answers, attempts, _ = map(int, stamp.split("/"))
        came = self._connection.execute("SELECT id FROM answers WHERE rowid > ?", (answers,)).fetchall()
        ended = self._connection.execute(
            "SELECT scheme, value, answer FROM attempts WHERE rowid > ?", (attempts,)
        ).fetchall()
        again = {answer for _, _, answer in ended if answer}
        return again.union(ident for (ident,) in came), {Identifier(*named) for *named, _ in ended}

    def asked_about(self, answers: Iterable[str]) -> set[Identifier]:
        """Those about whom asking ended with these answers."""
        query = "SELECT DISTINCT scheme, value FROM attempts WHERE answer IN (SELECT value FROM json_each(?))"
        rows = self._connection.execute(query, (json.dumps(sorted(answers)),))
        return {Identifier(scheme, value) for scheme, value in rows}

    def silent_since(self, stamp: str) -> set[Identifier]:
        """Those about whom nobody said anything when asked on a day on which anything was kept since then."""
        query = (
            "SELECT DISTINCT scheme, value FROM attempts WHERE coalesce(answer, '') = '' "
            "AND substr(at, 1, 10) IN (SELECT substr(at, 1, 10) FROM attempts WHERE rowid > ?)"
        )
        rows = self._connection.execute(query, (int(stamp.split("/")[1]),))
        return {Identifier(scheme, value) for scheme, value in rows}

    def answer(self, ident: str) -> Answer:
        """The answer with an id."""
        query = f"SELECT {_ANSWER} FROM answers WHERE id = ?"  # noqa: S608
        return self._read(self._connection.execute(query, (ident,)).fetchone())[1]

    def unsettled(self) -> Iterator[tuple[str, Answer]]:
        """Answers that were kept when the run was cut off before they were read."""
        query = f"SELECT {_ANSWER} FROM answers WHERE id NOT IN (SELECT answer FROM attempts) ORDER BY at, id"  # noqa: S608
        for row in self._connection.execute(query).fetchall():
            yield self._read(row)

    def latest(self, request: Request) -> Answer | None:
        """The newest full answer to the same request, for asking whether it has changed."""
        query = (
            f"SELECT {_ANSWER} FROM answers WHERE method = ? AND address = ? AND sent = ? AND status = 200 "  # noqa: S608
            "ORDER BY at DESC, id LIMIT 1"
        )
        row = self._connection.execute(query, (request.method, request.url, request.body)).fetchone()
        return self._read(row)[1] if row else None

    def attempts(self, works: Iterable[Identifier] | None = None) -> dict[tuple[Identifier, str], Attempt]:
        """The latest attempt at each identifier (of some, or all) with each source: what says when to ask again."""
        return self._attempts(works, "at, rowid")

    def endings(self, works: Iterable[Identifier] | None = None) -> dict[tuple[Identifier, str], Attempt]:
        """How learning from each source ended: an answer once had is not undone by a later failure."""
        return self._attempts(works, "outcome = 'ok', outcome IN ('ok', 'partial', 'paywalled'), at, rowid")

    def _attempts(self, works: Iterable[Identifier] | None, order: str) -> dict[tuple[Identifier, str], Attempt]:
        where = "" if works is None else f"WHERE (scheme, value) IN {IDENTIFIERS}"
        given = () if works is None else (json.dumps(sorted(works)),)
        rows = self._connection.execute(
            f"SELECT id, {_ATTEMPT} FROM attempts {where} ORDER BY {order}",  # noqa: S608
            given,
        )
        attempts = (self._kept(ident, attempt_of(values)) for ident, *values in rows)
        return {(each.identifier, each.source): each for each in attempts}

    def _kept(self, ident: str, attempt: Attempt) -> Attempt:
        """An attempt that is what was kept, which its id tells. Raises `NotALibrary` for one that is not."""
        if not all(isinstance(value, str) for value in _attempt_values(attempt)) or _attempt_row(attempt)[0] != ident:
            raise damaged(self.path, f"the attempt {ident} is not what was kept")
        return attempt

    def _read(self, row: tuple[object, ...]) -> tuple[str, Answer]:
        """An answer that is what was kept, which its id tells. Raises `NotALibrary` for one that is not."""
        ident, answer = self._parsed(row)
        if ident not in (_answer_id(answer), _early_id(answer)):
            raise damaged(self.path, f"the answer {ident} is not what was kept")
        return ident, answer

    def _parsed(self, row: tuple[object, ...]) -> tuple[str, Answer]:
        """An answer with its id. Raises `NotALibrary` for one that cannot be read."""
        try:
            return _answer(row)
        except (ValueError, TypeError, zlib.error) as error:
            raise damaged(self.path, f"the answer {row[0]} cannot be read") from error

    def keys(self) -> Sequence[tuple[str, Identifier]]:
        """All assigned keys, the oldest first."""
        if self._assigned is None:
            rows = self._connection.execute("SELECT key, scheme, value FROM assigned_keys ORDER BY at, key")
            self._assigned = [(key, Identifier(scheme, value)) for key, scheme, value in rows]
        return self._assigned

    def stamp(self) -> str:
        """How far the journal has grown, in a few characters: equal stamps, equal content."""
        return str(self._connection.execute(f"SELECT {JOURNALED.format(schema='')}").fetchone()[0])


def attempt_of(values: Iterable[Any]) -> Attempt:
    """The attempt of a row: scheme, value and the rest in its order. Many say the same words, which are held once."""
    shared: list[Any] = [intern(each) if type(each) is str else each for each in values]
    scheme, value, *rest = shared
    return Attempt(Identifier(scheme, value), *rest)


def _answer_row(answer: Answer) -> tuple[object, ...]:
    request = answer.request
    asked = [[str(each.identifier), list(each.urls), each.note_day] for each in request.asked]
    return (
        _answer_id(answer),
        request.source,
        request.step,
        request.method,
        request.url,
        request.body,
        _json(request.headers),
        _json(asked),
        answer.status,
        _json(dict(answer.headers)),
        zlib.compress(answer.body, _PACKED),
        answer.url,
        _hops(answer),
        answer.at,
    )


def _answer_id(answer: Answer) -> str:
    """The name of an answer, made from the way to it and its content: the same answer again has the same."""
    request = answer.request
    way = (request.source, request.step, request.method, request.url, request.body, _hops(answer), answer.url)
    return content_id(*way, str(answer.status), sha256(answer.body).hexdigest())


def _early_id(answer: Answer) -> str:
    """What the first journals called an answer: without the way that its redirects took."""
    request = answer.request
    way = (request.source, request.step, request.method, request.url, request.body)
    return content_id(*way, str(answer.status), sha256(answer.body).hexdigest())


def _hops(answer: Answer) -> str:
    return _json([[hop.status, hop.url] for hop in answer.hops])


def _answer(row: tuple[object, ...]) -> tuple[str, Answer]:
    (ident, source, step, method, address, sent, sent_headers, asked, status, headers, content, url, hops, at) = row
    targets = tuple(Target(_identifier(name), tuple(urls), day) for name, urls, day in json.loads(str(asked)))
    request = Request(
        source=str(source),
        url=str(address),
        asked=targets,
        step=str(step),
        method="POST" if method == "POST" else "GET",
        body=str(sent),
        headers=tuple((name, value) for name, value in json.loads(str(sent_headers))),
    )
    answer = Answer(
        request=request,
        status=int(str(status)),
        headers=json.loads(str(headers)),
        body=zlib.decompress(content) if isinstance(content, bytes) else b"",
        url=str(url),
        at=intern(str(at)),
        hops=tuple(Hop(status, url) for status, url in json.loads(str(hops))),
    )
    return intern(str(ident)), answer


def _identifier(text: str) -> Identifier:
    """The identifier that a text is. Many answers and attempts name the same ones, whose parts are held once."""
    return Identifier(*map(intern, Identifier.parse(text)))


def _attempt_row(attempt: Attempt) -> tuple[str, ...]:
    values = _attempt_values(attempt)
    return (content_id(*values), *values)


def _attempt_values(attempt: Attempt) -> tuple[str, ...]:
    return (
        attempt.identifier.scheme,
        attempt.identifier.value,
        attempt.source,
        attempt.outcome,
        attempt.reason,
        attempt.at,
        attempt.answer,
        attempt.retry_at,
        attempt.fresh_until,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
