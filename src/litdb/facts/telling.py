"""What a library can tell others: what public sources said to it, and nothing of its owner.

Notes, corrections and bibliographies are not among the answers of the web, so nothing of them can be told. Of the
answers those stay at home that were saved by hand, or that a key of the owner's may have opened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Literal

from litdb.facts.fact import Fact, says_something
from litdb.facts.reading import OUTCOMES, is_sound
from litdb.ladder import Attempts
from litdb.model import Answer, Attempt, Identifier, Outcome, Record
from litdb.projection import latest
from litdb.replay import replay
from litdb.sources import kind_of
from litdb.web.public import is_public, names_public


def facts_of(
    answers: Iterable[tuple[str, Answer]], endings: Attempts, attempts: Attempts, keyed: Collection[str] = ()
) -> list[Fact]:
    """What the answers of a journal say, as facts.

    `endings` and `attempts` are how asking ended at best and at last, as the journal has them, `keyed` the hosts that
    the owner has keys for. Of what nobody could say anything about, nothing is told: its address may be a secret.
    """
    evidence: dict[str, tuple[str, str]] = {}
    replayed = replay(_public(answers, keyed, evidence), dict(endings))
    records = [_shared(each, keyed) for each in latest(replayed.records)]
    known = {each.identifier for each in records if each.claims or each.same}
    outcomes = {
        _asked(each): each.outcome
        for each in (*attempts.values(), *replayed.attempts)
        if each.outcome in OUTCOMES and kind_of(each.source) != "references"
    }
    silent = outcomes.keys() - set(map(_asked, records))
    records += [Record(source, each, at=at, answer=answer) for each, source, answer, at in sorted(silent)]
    told = [
        _fact(each, evidence[each.answer], outcomes.get(_asked(each), ""))
        for each in records
        if each.answer in evidence and each.identifier in known and names_public(each.identifier, keyed)
    ]
    return [each for each in told if each.outcome or says_something(each.record)]


def _fact(record: Record, evidence: tuple[str, str], outcome: Outcome | Literal[""]) -> Fact:
    read, digest = evidence
    return Fact(replace(record, answer=digest), read, outcome)


def _public(
    answers: Iterable[tuple[str, Answer]], keyed: Collection[str], evidence: dict[str, tuple[str, str]]
) -> Iterator[tuple[str, Answer]]:
    """The answers that everybody would have got; of each, by its id, where it was read and the hash of its body."""
    for ident, answer in answers:
        way = (answer.request.url, answer.url, *(hop.url for hop in answer.hops))
        if answer.request.step != "saved" and all(is_public(each, keyed) for each in way):
            evidence[ident] = _endpoint(answer), sha256(answer.body).hexdigest()
            yield ident, answer


def _endpoint(answer: Answer) -> str:
    """Where to read it again; without the query where many works were asked for at once."""
    url = answer.request.url
    return url if len(answer.request.asked) == 1 else url.partition("?")[0]


def _shared(record: Record, keyed: Collection[str]) -> Record:
    """What of a record is for everybody."""
    ties = (each for each in record.relations if each.kind != "cites")
    return replace(
        record,
        claims=tuple(filter(is_sound, record.claims)),
        same=tuple(each for each in record.same if names_public(each, keyed)),
        relations=tuple(
            each for each in ties if names_public(each.subject, keyed) and names_public(each.object, keyed)
        ),
        loose=(),
    )


def _asked(ended: Record | Attempt) -> tuple[Identifier, str, str, str]:
    return ended.identifier, ended.source, ended.answer, ended.at
