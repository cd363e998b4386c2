"""The judgement of an entry that litdb did not write: confirmed, in disagreement, or not to be checked, and by whom.

What the file says never confirms itself, and nobody's silence ever speaks against it. A value that another version
of the work has (the preprint of a paper, a later version of a preprint) is told and not blamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Literal

from litdb.checks.fields import COMPARISONS, Known, Own, compare, is_one_work
from litdb.merge import CITED_KINDS, Aliases, Statement, choose, statements
from litdb.model import Attempt, Claim, Field, Identifier, Record, WorkType

Ending = Literal["confirmed", "disagrees", "unchecked"]
State = Literal["agrees", "version", "disagrees", "unclear"]
Weight = Literal["sure", "index", "hint"]

OWN_SOURCES = frozenset(("bib", "note", "user"))
"""Sources that are the file itself, or its author."""

WEIGHTS: Mapping[str, Weight] = {
    "in-doubt/*": "hint",
    "index/pdf*": "hint",
    "index/*": "index",
    "url/url:snowflake": "sure",
    "url/url:arxiv-id": "sure",
    "url/*": "hint",
    "*": "sure",
}
"""By `kind of source/how it was read`, as in the ranking: who is heard first, who only where nobody surer speaks (an
index, which has it from others), and who can agree but never disagree (a guess). The first pattern that fits counts."""

REGISTERS: Mapping[str, tuple[str, ...]] = {"doi": ("doi-negotiation",), "arxiv": ("arxiv", "page")}
"""By scheme who knows every identifier there is (arXiv's pages as well as its interface): what they lack is none."""

YEARS_TO_PRINT = range(-1, 4)
"""The years between a preprint and its publication that nobody is asked to explain."""


@dataclass(frozen=True, slots=True)
class Version:
    """Another version of a work, or another identifier of it; `is_named` where the entry itself gives it."""

    identifier: Identifier
    records: tuple[Record, ...]
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known of the work that an entry names: its records, its type, other versions, how asking ended."""

    identifier: Identifier
    records: tuple[Record, ...] = ()
    type: WorkType = "webpage"
    versions: tuple[Version, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one field: the entry's claim, who agrees or disagrees, and where another version has its value."""

    field: str
    state: State
    own: Claim | None = None
    voices: tuple[Statement, ...] = ()
    elsewhere: tuple[Statement, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an entry ended, with what came of each field; `reason` says why it could not be checked."""

    ending: Ending
    findings: tuple[Finding, ...] = ()
    reason: str = ""

    def having(self, state: State) -> list[Finding]:
        """The findings that ended so."""
        return [each for each in self.findings if each.state == state]


def judge(own: Own, heard: Heard, aliases: Aliases) -> Verdict:
    """What becomes of an entry, by what sources say of the work and its versions."""
    strangers = [*_other_works(own, heard, aliases), *_unregistered(heard)]
    findings = [*_fields(own, replace(heard, versions=_versions(heard)), aliases), *strangers]
    if any(each.state == "disagrees" for each in findings):
        return Verdict("disagrees", tuple(findings))
    if _is_confirmed(own, heard, findings):
        return Verdict("confirmed", tuple(findings))
    return Verdict("unchecked", tuple(findings), heard.reason or "nobody tells its title or its authors")


def is_of_a_version(claim: Claim, said: Statement, own: Own, heard: Heard, known: Known) -> bool:
    """Whether a value that a source contradicts is, or may be, that of another version of the work."""
    is_told = any(compare(claim, each, known) for each in _elsewhere(claim.field, heard))
    return is_told or _may_be_later(claim, (said,), own, heard)


def heard_from(records: Iterable[Record]) -> tuple[Record, ...]:
    """The records that sources made, without those of the files themselves."""
    return tuple(record for record in records if record.source not in OWN_SOURCES)


def weight(statement: Statement) -> Weight:
    """How much a statement counts.

    >>> from litdb.model import Record
    >>> said = Claim("title", "x", "title")
    >>> [weight(Statement(Record(name, Identifier("doi", "1")), said)) for name in ("crossref", "openalex", "page")]
    ['sure', 'index', 'hint']
    """
    return next(WEIGHTS[pattern] for pattern in WEIGHTS if fnmatchcase(statement.origin, pattern))


def _versions(heard: Heard) -> tuple[Version, ...]:
    """The versions that are so by what their sources say too; a file may tie what does not belong together."""
    chosen = choose(heard.records)
    return tuple(each for each in heard.versions if _is_silent(each) or is_one_work(chosen, choose(each.records)))


def _is_silent(version: Version) -> bool:
    return all(record.source == "url" for record in version.records)


def _fields(own: Own, heard: Heard, aliases: Aliases) -> Iterable[Finding]:
    ranked = statements(heard.records)
    sites = tuple(str(each.claim.value) for field in ("container", "publisher") for each in ranked.get(field, ()))
    known = Known(aliases, sites, heard.type, own.is_abridged, own.until)
    for field in COMPARISONS:
        claim = own.first(field)
        if claim:
            yield _finding(claim, ranked.get(field, ()), own, heard, known)


def _finding(claim: Claim, said: Sequence[Statement], own: Own, heard: Heard, known: Known) -> Finding:
    """What came of a field, by the weightiest who speak."""
    answers = [(each, compare(claim, each, known)) for each in said]
    differing: tuple[Statement, ...] = ()
    for level in ("sure", "index", "hint"):
        agreeing = tuple(each for each, answer in answers if answer and weight(each) == level)
        if agreeing:
            return Finding(claim.field, "agrees", claim, agreeing)
        differing = tuple(each for each, answer in answers if answer is False and weight(each) == level)
        if differing:
            break
    if not differing or weight(differing[0]) == "hint":
        return Finding(claim.field, "unclear", claim)
    elsewhere = tuple(each for each in _elsewhere(claim.field, heard) if compare(claim, each, known))
    if elsewhere or _may_be_told_by_nobody(own, heard, known) or _may_be_later(claim, differing, own, heard):
        return Finding(claim.field, "version", claim, differing, elsewhere)
    return Finding(claim.field, "disagrees", claim, differing)


def _elsewhere(field: Field, heard: Heard) -> Iterable[Statement]:
    """What is said of other versions; of a date also the later days of the work itself."""
    for version in heard.versions:
        yield from (each for each in statements(version.records).get(field, ()) if weight(each) != "hint")
    if field == "date":
        for record in heard.records:
            dates = (claim for claim in record.claims if claim.field == "date" and claim.kind not in CITED_KINDS)
            yield from (Statement(record, claim) for claim in dates if claim.kind in ("this-version", "modified"))


def _may_be_told_by_nobody(own: Own, heard: Heard, known: Known) -> bool:
    """Whether there is a version of which nobody tells, and the entry is for this work: its title or people are so."""
    ranked = statements(heard.records)
    names: Sequence[Field] = ("title", "authors")
    is_this = any(
        compare(own_claim, each, known)
        for name in names
        if (own_claim := own.first(name))
        for each in ranked.get(name, ())
    )
    return is_this and any(map(_is_silent, heard.versions))


def _may_be_later(claim: Claim, said: Sequence[Statement], own: Own, heard: Heard) -> bool:
    """Whether a day may be that of a version of which nobody tells: one between others, or the publication."""
    if claim.field != "date":
        return False
    mine = str(claim.value)
    later = (str(each.claim.value) for each in _elsewhere("date", heard) if each.claim.kind == "this-version")
    is_between = any(mine < each[: len(mine)] for each in later)
    is_after = any(mine > str(each.claim.value)[: len(mine)] for each in said)
    return (is_between and is_after) or _may_be_printed(claim, said, own, heard)


def _may_be_printed(claim: Claim, said: Sequence[Statement], own: Own, heard: Heard) -> bool:
    """Whether an entry for a preprint gives the year of the journal or the conference that it names itself."""
    container = own.first("container")
    if heard.type != "preprint" or not container or container.value == "arXiv":
        return False
    return any(int(str(claim.value)[:4]) - int(str(each.claim.value)[:4]) in YEARS_TO_PRINT for each in said)


def _other_works(own: Own, heard: Heard, aliases: Aliases) -> Iterable[Finding]:
    """Identifiers that the entry gives beside its own and that lead to a work of another title by other people."""
    for version in heard.versions:
        if version.is_named:
            about = Heard(version.identifier, version.records, "preprint")
            title, people = (
                [f for f in _fields(own, about, aliases) if f.field == name] for name in ("title", "authors")
            )
            if title and title[0].state == "disagrees" and (not people or people[0].state != "agrees"):
                yield Finding("identifier", "disagrees", None, title[0].voices, said=str(version.identifier))


def _unregistered(heard: Heard) -> Iterable[Finding]:
    """That an identifier is none, where the register of all of them says so and nobody else knows better."""
    registers = REGISTERS.get(heard.identifier.scheme, ())
    refused = (each for each in heard.attempts if each.source in registers and each.outcome == "not-found")
    tells = any(claim.field == "title" for record in heard.records for claim in record.claims)
    if not tells and (attempt := next(refused, None)):
        yield Finding("identifier", "disagrees", said=f"{heard.identifier}: {attempt.reason}")


def _is_confirmed(own: Own, heard: Heard, findings: Iterable[Finding]) -> bool:
    """Whether somebody other than the address itself knows the work as what the entry calls it.

    A link that names nothing is confirmed by whoever knows what stands there, if the day beside it is right.
    """
    agreeing = [each for each in findings if each.state == "agrees" or each.elsewhere]
    if own.first("title") or own.first("authors"):
        return any(each.field in ("title", "authors") and _is_told(each) for each in agreeing)
    answered = any(record.source != "url" and record.claims for record in heard.records)
    return answered and (not own.first("date") or any(each.field == "date" for each in agreeing))


def _is_told(finding: Finding) -> bool:
    return any(each.record.source != "url" for each in finding.elsewhere or finding.voices)
