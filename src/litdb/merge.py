"""Choosing: the claims of a work → one value per field, by a ranking that is a table. The losers stay visible."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from typing import get_args

from litdb.model import TOLD, Attempt, Claim, Field, Identifier, Name, Outcome, Record, Work, WorkType
from litdb.people import with_orcids
from litdb.sources import kind_of, knows_all
from litdb.text.dates import cited_day
from litdb.text.times import later

USUAL = ("user/*", "site/*", "page/*", "capture/*", "index/*", "bib/*", "in-doubt/*", "note/*", "url/*")
_IN_DOUBT = frozenset({"title", "h1", "url:path", "text:date", "text:month", "text:below", "meta:date"})
"""What the generic reader takes where the page marks nothing: a bibliography among the notes knows better."""

RANKING: Mapping[Field, tuple[str, ...]] = {
    "title": USUAL,
    "authors": USUAL,
    "date": ("user/*", "url/url:snowflake", *USUAL[1:]),
    "type": ("user/*", "site/*", "url/url*", "page/*", "capture/*", "index/*", "bib/*", "url/any-page"),
    "container": ("user/*", "site/*", "page/*", "capture/*", "index/*", "bib/*", "url/*"),
    "url": ("user/*", "site/*", "page/*", "capture/*", "url/*"),
    "note": ("user/*", "site/*", "bib/*"),
}
"""Best first: `kind of source/how it was read`; what no pattern takes is never chosen. Other fields: as usual.

Kinds: `user` (corrections), `site` (a source that knows the site), `page` (the generic reader), `capture` (a page that
an archive kept), `index` (who has it from others and guesses), `in-doubt` (pages and captures where the page marks
nothing), `bib` (a bibliography among the notes), `note` (what the note says beside the link), `url` (what the URL
itself says).
"""

HEARSAY = "facts:"
"""What stands before the name of a source when only a commons of facts tells what it said: `facts:arxiv`.

Such a claim ranks as the source's own would, and is heard for a field only where nobody that was asked here, and no
correction, says anything about it.
"""

REFUSED = ("forbidden", "challenged", "rate-limited")
"""Outcomes by which a site that is there will not tell."""

CITED_KINDS = ("first-version", "posted", "asserted-by-note")
"""The only kinds of date that may be cited. A day of editing, of access or of a draft is never one."""

_NO_SOURCES = frozenset({"user", "bib", "note", "url"})
"""Who speaks without being asked: corrections, bibliographies, notes, addresses."""
_UNASKED = _NO_SOURCES - {"user"}
_OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_TYPES: Mapping[str, WorkType] = {each: each for each in get_args(WorkType)}
_TEXTS = frozenset(
    "url title container publisher abstract language volume issue pages number archive_class version note "
    "archived status".split()
)
_CHECKED = frozenset({"page", "capture", "index", "bib", "note"})

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

Aliases = Mapping[str, Name]
"""Who stands behind a name as a site spells it: `evhub`, or only on one kind of site `forum:Jan`, → full name."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim and the record it stands in."""

    record: Record
    claim: Claim

    @property
    def origin(self) -> str:
        """`kind of source/how`, what the ranking's patterns are held against."""
        return _origin(self.record.source, self.claim.how)

    @property
    def is_hearsay(self) -> bool:
        """Whether only a commons of facts tells that the source says so."""
        return self.record.source.startswith(HEARSAY)


def statements(records: Iterable[Record]) -> dict[Field, list[Statement]]:
    """The claims of a work by field, the best first, those that may not be chosen left out."""
    by_field: dict[Field, list[Statement]] = {}
    for record in records:
        for claim in record.claims:
            if _is_eligible(record, claim) and _rank(claim.field, record.source, claim.how) is not None:
                by_field.setdefault(claim.field, []).append(Statement(record, claim))
    return {field: sorted(_heard(each), key=_order) if len(each) > 1 else each for field, each in by_field.items()}


def _heard(said: Sequence[Statement]) -> Sequence[Statement]:
    """What counts of all that is said about a field: whoever was asked here goes before any commons of facts."""
    at_first_hand = [each for each in said if not each.is_hearsay]
    is_told = any(each.record.source not in _UNASKED for each in at_first_hand)
    return at_first_hand if is_told else said


def choose(records: Iterable[Record]) -> dict[Field, Statement]:
    """The statement chosen for every field that anything is said about."""
    chosen = {}
    for field, ranked in statements(records).items():
        chosen[field] = _consistent(ranked) if field == "date" else _most_used(ranked) if field == "url" else ranked[0]
    return chosen


def build(
    identifiers: Sequence[Identifier],
    chosen: Mapping[Field, Statement],
    attempts: Iterable[Attempt],
    aliases: Aliases,
    said: Sequence[Record] = (),
    is_cited: bool = True,
) -> Work:
    """The work that the chosen statements make, without key, its title as label. `identifiers` come the most telling
    first; `said` is all that is said about it.
    """
    texts = {"url": "", "title": ""}
    texts |= {field: str(each.claim.value) for field, each in chosen.items() if field in _TEXTS}
    outcome, reason = _told(ending(attempts), chosen)
    if not is_cited:
        reason = reason and "known only through a work that relates to it"
    return Work(
        identifier=identifiers[0],
        identifiers=tuple(identifiers),
        key="",
        type=type_of(chosen),
        label=texts["title"],
        markup=chosen["title"].claim.markup if "title" in chosen else "plain",
        authors=_signed(people(chosen.get("authors"), aliases), said),
        editors=_signed(people(chosen.get("editors"), aliases), said),
        date=cited_day(str(chosen["date"].claim.value)) if "date" in chosen else "",
        accessed=_last_read(said),
        outcome=outcome,
        reason=reason,
        cited=is_cited and outcome != "not-a-work",
        entries=tuple(record.entry for record in said if record.entry),
        **texts,  # type: ignore[arg-type]
    )


def type_of(chosen: Mapping[Field, Statement]) -> WorkType:
    """The type that the chosen statements give a work; a page of the web where they tell none."""
    return _TYPES.get(str(chosen["type"].claim.value), "webpage") if "type" in chosen else "webpage"


def people(statement: Statement | None, aliases: Aliases) -> tuple[Name, ...]:
    """The names of a statement, with the full name for those that have an alias."""
    if statement is None:
        return ()
    return tuple(_known_as(name, statement.record.identifier.scheme, aliases) for name in statement.claim.people)


def ending(attempts: Iterable[Attempt]) -> tuple[Outcome, str]:
    """How learning about a work ended: the best of its attempts, and why it is no better.

    >>> ending([])
    ('partial', 'known only from its URL and the notes')
    """
    known = [each for each in attempts if kind_of(each.source) != "references"]
    speak = [each for each in known if each.outcome in TOLD or knows_all(each.source)] or known
    ranked = sorted(speak, key=lambda each: (_OUTCOMES.index(each.outcome), each.source))
    if not ranked:
        return "partial", "known only from its URL and the notes"
    best = ranked[0]
    return best.outcome, "" if best.outcome == "ok" else best.reason


def _told(ended: tuple[Outcome, str], chosen: Mapping[Field, Statement]) -> tuple[Outcome, str]:
    """`partial`, where its site refuses and others tell when a work appeared and what or whose it is; and why."""
    outcome, reason = ended
    sources = {field: chosen[field].record.source for field in ("title", "authors", "date") if field in chosen}
    told = {field: source for field, source in sources.items() if source != "note"}
    if outcome not in REFUSED or "date" not in told or len(told) == 1:
        return ended
    return "partial", f"{reason}; what is known comes from: {', '.join(sorted(set(told.values())))}"


def _signed(names: tuple[Name, ...], records: Sequence[Record]) -> tuple[Name, ...]:
    """People with their ORCIDs, whoever gives them; hearsay cannot make unclear what others say."""
    for is_hearsay in (False, True) if names else ():
        names = with_orcids(names, [each for each in records if each.source.startswith(HEARSAY) == is_hearsay])
    return names


def _last_read(records: Sequence[Record]) -> str:
    """The day a work was last read here, else the last on which a note says so."""
    read = max((record.at[:10] for record in records if record.at and record.claims), default="")
    said = (str(c.value)[:10] for r in records for c in r.claims if c.field == "date" and c.kind == "accessed")
    return read or max(said, default="")


def canonical(value: object) -> str:
    """A value as canonical JSON, so that equal values are equal text."""
    return _CANONICAL.encode(value)


def _is_eligible(record: Record, claim: Claim) -> bool:
    """Only the user can say that a field is empty, and only a day of appearing that had come can be cited."""
    if record.source == "user" or claim.field != "date":
        return record.source == "user" or bool(claim.value)
    is_to_come = bool(record.at) and str(claim.value)[:10] > later(record.at, 1)[:10]
    return bool(claim.value) and claim.kind in CITED_KINDS and not is_to_come


@cache
def _kind(source: str) -> str:
    return source if source in _NO_SOURCES else kind_of(source)


def _origin(source: str, how: str) -> str:
    kind = _kind(source.removeprefix(HEARSAY))
    return f"in-doubt/{how}" if kind in ("page", "capture") and how in _IN_DOUBT else f"{kind}/{how}"


@lru_cache(maxsize=4096)
def _rank(field: Field, source: str, how: str) -> int | None:
    origin, patterns = _origin(source, how), RANKING.get(field, USUAL)
    return next((place for place, pattern in enumerate(patterns) if fnmatchcase(origin, pattern)), None)


def _order(statement: Statement) -> tuple[object, ...]:
    """Better first: rank, said of the work itself rather than in passing (a dot in `how`), newest.

    Sorting keeps what is equal in place: a record's claims come best first.
    """
    claim, record = statement.claim, statement.record
    return _rank(claim.field, record.source, claim.how), "." in claim.how, _Newest(record.at)


class _Newest(str):
    """Text that sorts the greatest first."""

    __slots__ = ()

    def __lt__(self, other: str) -> bool:
        return str.__gt__(self, other)


def _consistent(ranked: Sequence[Statement]) -> Statement:
    """The first date that the URL's own month does not contradict.

    An arXiv number carries the month it was given in; the first version was sent in that month or the one before.
    The user and the site itself are believed all the same.
    """
    months = [each for each in ranked if each.record.source == "url" and each.claim.precision == "month"]
    if not months or not (ranked[0].is_hearsay or _kind(ranked[0].record.source) in _CHECKED):
        return ranked[0]
    month = _months(str(months[0].claim.value))
    fitting = (each for each in ranked if each.claim.precision in ("day", "second"))
    return next((each for each in fitting if month - _months(str(each.claim.value)) in (0, 1)), months[0])


def _months(value: str) -> int:
    return int(value[:4]) * 12 + int(value[5:7])


def _most_used(ranked: Sequence[Statement]) -> Statement:
    """Among addresses of equal rank the one the notes use most, https before http, then the shortest."""
    ranks = [_rank("url", each.record.source, each.claim.how) for each in ranked]
    equal = [each for each, rank in zip(ranked, ranks, strict=True) if rank == ranks[0]]
    uses = Counter(str(each.claim.value) for each in equal)

    def order(each: Statement) -> tuple[object, ...]:
        address = str(each.claim.value)
        return -uses[address], not address.startswith("https:"), len(address), address

    return min(equal, key=order)


def _known_as(name: Name, scheme: str, aliases: Aliases) -> Name:
    family = scheme.partition("-")[0]
    alias = aliases.get(f"{family}:{name.display}") or aliases.get(name.display)
    return replace(alias, orcid=alias.orcid or name.orcid) if alias else name
