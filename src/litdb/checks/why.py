"""Why a field says what it says: the row of the ranking that chose, and why everything else lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from litdb.checks.agreement import fits_month_of_number
from litdb.merge import CITED_KINDS, RANKING, USUAL, Aliases, Statement, choose, people, statements
from litdb.model import Claim, DateKind, Field, Record
from litdb.text.dates import cited_day

NEVER_CITED: Mapping[DateKind, str] = {
    "": "a day that does not say what it is of is never cited",
    "this-version": "the day of a later version is never cited",
    "modified": "a day of editing is never cited",
    "accessed": "a day of access is never cited",
    "created": "a day on which a draft was begun is never cited",
    "not-later-than": "a day that is only a bound is never cited",
}
"""Why a kind of date is out of the question."""

LONGEST = 120
"""Characters of a value that a sentence shows."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the ranking: its pattern and its place, counted from 1."""

    place: int
    pattern: str


@dataclass(frozen=True, slots=True)
class Loser:
    """A statement that was not chosen, and why."""

    statement: Statement
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was chosen for a field by which row of the ranking, and what lost, the best first.

    `chosen` and `row` are None where nothing that is said may be chosen.
    """

    field: Field
    chosen: Statement | None
    row: Row | None
    losers: tuple[Loser, ...]


def explain(records: Sequence[Record], field: Field) -> Explanation:
    """Why the records of a work give this field the value that it has."""
    said = [Statement(record, claim) for record in records for claim in record.claims if claim.field == field]
    ranked = statements(records).get(field, [])
    chosen = choose(records).get(field)
    if chosen is None:
        return Explanation(field, None, None, tuple(Loser(each, _why_out(each)) for each in said))
    ahead = ranked[: ranked.index(chosen)]
    behind = ranked[len(ahead) + 1 :]
    losers = [Loser(each, _why_passed_over(each, chosen, ranked)) for each in ahead]
    losers += [Loser(each, _why_behind(each, chosen)) for each in behind]
    losers += [Loser(each, _why_out(each)) for each in said if each not in ranked]
    return Explanation(field, chosen, row_of(chosen), tuple(losers))


def row_of(statement: Statement) -> Row | None:
    """The row of the ranking that takes a statement."""
    patterns = enumerate(RANKING.get(statement.claim.field, USUAL), 1)
    return next((Row(place, each) for place, each in patterns if fnmatchcase(statement.origin, each)), None)


def sentences(explanation: Explanation, aliases: Aliases) -> list[str]:
    """The explanation in words: first what was chosen and why, then a sentence for each that lost."""
    field, chosen, row = explanation.field, explanation.chosen, explanation.row
    if chosen is None or row is None:
        first = f"{field}: unknown, because {'nothing of this may be used' if explanation.losers else 'nobody says'}."
        shown = ""
    else:
        shown = value_text(chosen, aliases)
        ranking = f"row {row.place} of the ranking for {field if field.endswith('s') else f'{field}s'}"
        first = f"{field}: {shown or 'empty'}, because {says(chosen)} so ({where(chosen)}): {ranking} ({row.pattern})."
    return [first, *(_sentence(each, shown, aliases) for each in explanation.losers)]


def value_text(statement: Statement, aliases: Aliases) -> str:
    """What a statement says, for people: names as one reads them, a date as one cites it, long texts cut."""
    names = ", ".join(name.display for name in people(statement, aliases))
    return shortened(names or claim_text(statement.claim))


def claim_text(claim: Claim) -> str:
    """The same of a claim, whatever aliases say: all of it.

    >>> claim_text(Claim("authors", [{"family": "Ngo", "given": "Richard"}, {"literal": "@x"}], "atom"))
    'Richard Ngo, @x'
    >>> claim_text(Claim("date", "2022-08-30T17:59:09Z", "atom"))
    '2022-08-30'
    """
    if claim.field in ("authors", "editors"):
        return ", ".join(name.display for name in claim.people)
    return cited_day(str(claim.value)) if claim.field == "date" else str(claim.value)


def shortened(text: str) -> str:
    """A text as far as a sentence has room for it."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"


def says(statement: Statement) -> str:
    """Who speaks: `arxiv says`, `you say`."""
    source = statement.record.source
    return "you say" if source == "user" else f"{source} says"


def where(statement: Statement) -> str:
    """Where it stands: the place in a file, or how it was read and when."""
    record = statement.record
    place = record.place if record.place and record.source != "url" else statement.claim.how
    return f"{place}, read {cited_day(record.at)}" if record.at else place


def _sentence(loser: Loser, shown: str, aliases: Aliases) -> str:
    text = value_text(loser.statement, aliases)
    said = "the same" if text == shown else text or "nothing"
    return f"{says(loser.statement)} {said} ({where(loser.statement)}): {loser.reason}."


def _why_out(statement: Statement) -> str:
    """Why a statement may not be chosen at all."""
    claim = statement.claim
    if claim.field == "date" and claim.kind not in CITED_KINDS:
        return NEVER_CITED[claim.kind]
    if statement.is_hearsay and claim.value:
        return "only a commons of facts tells that, and whoever was asked here goes first"
    return "no row of the ranking takes it" if claim.value else "it says nothing"


def _why_passed_over(statement: Statement, chosen: Statement, ranked: Sequence[Statement]) -> str:
    """Why a statement lost to one that the ranking puts behind it."""
    if statement.claim.field == "url":
        return _why_other_address(str(statement.claim.value), str(chosen.claim.value))
    months = (each.claim for each in ranked if each.record.source == "url" and each.claim.precision == "month")
    fits = all(fits_month_of_number(str(statement.claim.value), str(month.value)) for month in months)
    return "less exact than the arXiv number" if fits else "contradicts the month of the arXiv number"


def _why_behind(statement: Statement, chosen: Statement) -> str:
    """Why a statement lost to one that the ranking puts before it."""
    row, best = row_of(statement), row_of(chosen)
    if row and row != best:
        return f"row {row.place}"
    if statement.claim.field == "url":
        return _why_other_address(str(statement.claim.value), str(chosen.claim.value))
    if "." in statement.claim.how and "." not in chosen.claim.how:
        return "same row, said in passing"
    if statement.record.at < chosen.record.at:
        return "same row, said earlier"
    return "same row, further down"


def _why_other_address(address: str, chosen: str) -> str:
    if address == chosen:
        return "same row, further down"
    if chosen.startswith("https:") and not address.startswith("https:"):
        return "same row, not https"
    return "same row, used less or longer"
