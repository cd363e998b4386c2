"""The user's word on works and people: what corrections.toml says, checked, as evidence that counts before all other.

Pure: what is said about works that are not there, or cannot be, becomes a sentence; everything else still counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TypeAlias, get_args

from litdb.errors import InvalidUrl, UsageError
from litdb.identity import SCHEMES, components
from litdb.keys import VALID
from litdb.model import Claim, Correction, Field, Identifier, Json, Name, Record, WorkType
from litdb.text.dates import date_claim, read_iso, read_written
from litdb.text.names import read_name, read_names, read_orcid
from litdb.text.urls import read_url

HOW = "corrections"
FIELDS: tuple[Field, ...] = get_args(Field)
TYPES: tuple[WorkType, ...] = get_args(WorkType)

_BRACED = re.compile(r"\{([^{}]*)\}")
_AT_EDGES = re.compile(r"\A(?:\s|[,;&]|and\b)+|(?:\s|[,;&]|\band)+\Z")
_ORCID_BEHIND = re.compile(
    r"\(?(?:https?://orcid\.org/|orcid:\s*)?(?P<orcid>(?:\d{4}-){3}\d{3}[\dX])\)?\Z", re.IGNORECASE
)
_SCHEME = re.compile(r"([a-z-]+):(?=\S)")

Pair: TypeAlias = tuple[Identifier, Identifier]
_Named: TypeAlias = tuple[Correction, tuple[Identifier, ...]]


@dataclass(frozen=True, slots=True)
class Word:
    """What the user says.

    `records` are of the source `user`, one claim each; a claim with an empty value says that the field is empty on
    purpose. The works of `same` are one and those of `apart` are two, whatever else is known. `keys` are the citation
    keys of works, `aliases` the people behind names as sites spell them (`tweet:@x` only on one kind of site).
    `problems` are sentences about what cannot count.
    """

    records: tuple[Record, ...] = ()
    same: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    keys: Mapping[Identifier, str] = field(default_factory=dict)
    aliases: Mapping[str, Name] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def resolve(corrections: Sequence[Correction], find: Callable[[str], Identifier | None]) -> Word:
    """What these corrections come to. `find` gives the identifier that a text names: an identifier, URL or key.

    Where two blocks exclude each other the later one counts, and a sentence says so.
    """
    problems: list[str] = []
    named = list(_named(corrections, find, problems))
    same, apart = _pairs(named, problems)
    return Word(
        records=_records(named, problems),
        same=same,
        apart=apart,
        keys=_keys(named, problems),
        aliases=_aliases(corrections, problems),
        problems=tuple(problems),
    )


def claim_of(field: str, value: str) -> Claim:
    """The claim that sets a field of a work. Raises `UsageError` for what the field cannot be.

    An empty value says that the field is empty on purpose. Names stand as people write them; braces keep one whole.

    >>> claim_of("date", "30 August 2022").value, claim_of("date", "").value
    ('2022-08-30', '')
    >>> claim_of("authors", "A. Bee and C. Dee; {OpenAI}").value
    [{'family': 'Bee', 'given': 'A.'}, {'family': 'Dee', 'given': 'C.'}, {'literal': 'OpenAI'}]
    """
    known = field_named(field)
    text = " ".join(value.split())
    if known == "date":
        return _date(text)
    if known in ("authors", "editors"):
        return Claim(known, _people(text), HOW)
    return Claim(known, _CHECKS.get(known, str)(text), HOW)


def field_named(text: str) -> Field:
    """The field of works that is called so. Raises `UsageError`."""
    known = next((each for each in FIELDS if each == text), None)
    if known is None:
        raise UsageError(f"A work has no field “{text}”. It has: {', '.join(FIELDS)}.")
    return known


def checked_key(text: str) -> str:
    """The citation key, or `UsageError` where BibTeX, biber and pandoc would not all take it."""
    if not VALID.match(text):
        raise UsageError(f"“{text}” cannot be a citation key: letters, digits and :_+./- are, a letter or digit first.")
    return text


def person(spelled: str, full: str) -> Name:
    """The person behind a name as a site spells it. Raises `UsageError` where one of the two is no name.

    An ORCID may stand behind the full name, or alone for whoever is called so.

    >>> person("tweet:@goodside", "Riley Goodside")
    Name(family='Goodside', given='Riley', particle='', suffix='', literal='', orcid='')
    """
    scheme = _SCHEME.match(spelled)
    if scheme and scheme[1] not in {each.partition("-")[0] for each in SCHEMES}:
        raise UsageError(f"“{scheme[1]}” is no kind of site. Before the colon can stand: {', '.join(SCHEMES)}.")
    name = _identified(full.strip(), spelled[scheme.end() :] if scheme else spelled)
    if not spelled.strip() or not name.display:
        raise UsageError(
            f"“{spelled}” and “{full}” are no two names: a name as the site spells it, then the full name."
        )
    return name


def _identified(full: str, spelled: str) -> Name:
    """The full name with the ORCID behind it, where there is one; as it is spelled, where there is nothing else."""
    behind = _ORCID_BEHIND.search(full)
    orcid = read_orcid(behind["orcid"]) if behind else ""
    if behind and not orcid:
        raise UsageError(f"“{behind['orcid']}” is no ORCID: its last digit does not fit the others.")
    written = (full[: behind.start()].rstrip(" ,;") or spelled) if behind else full
    braced = _BRACED.fullmatch(written)
    return Name(literal=braced[1].strip(), orcid=orcid) if braced else replace(read_name(written), orcid=orcid)


def _date(text: str) -> Claim:
    if not text:
        return Claim("date", "", HOW, kind="posted")
    value = read_iso(text) or read_written(text)
    if value is None:
        raise UsageError(f"“{text}” is no date. Write 2022, 2022-08, 2022-08-30 or 30 August 2022.")
    return date_claim(value, "posted", HOW)


def _people(text: str) -> Sequence[Json]:
    names: list[Name] = []
    for place, piece in enumerate(_BRACED.split(text)):
        if place % 2:
            names.append(Name(literal=piece.strip()))
            continue
        if "{" in piece or "}" in piece:
            raise UsageError(f"In “{text}” a brace has no partner. Braces keep a name whole: {{Google DeepMind}}.")
        names += read_names(_AT_EDGES.sub("", piece))
    said = [name.as_json() for name in names if name.display]
    if text and not said:
        raise UsageError(f"“{text}” names nobody. Write names as you read them: A. Bee, C. Dee and {{OpenAI}}.")
    return said


def _type(text: str) -> str:
    if text not in TYPES:
        raise UsageError(f"“{text}” is no type of work. It can be: {', '.join(TYPES)}.")
    return text


def _url(text: str) -> str:
    try:
        return str(read_url(text)) if text else ""
    except InvalidUrl as error:
        raise UsageError(str(error)) from error


_CHECKS: Mapping[Field, Callable[[str], str]] = {"type": _type, "url": _url}
"""The fields whose text has to be of a kind."""


def _named(
    corrections: Iterable[Correction], find: Callable[[str], Identifier | None], problems: list[str]
) -> Iterator[_Named]:
    """The corrections of works with the identifiers that they name. A key that is given here names its work too."""
    corrections = list(corrections)
    given = {each.value: find(each.works[0]) for each in corrections if each.kind == "key"}
    for correction in corrections:
        found = {text: find(text) or given.get(text) for text in correction.works}
        unknown = [text for text, identifier in found.items() if identifier is None]
        problems += [_told(correction, f"the library has no work “{text}”, so this does not count") for text in unknown]
        if not unknown and correction.kind != "person":
            yield correction, tuple(each for each in found.values() if each)


def _records(named: Iterable[_Named], problems: list[str]) -> tuple[Record, ...]:
    records: dict[tuple[Identifier, str], Record] = {}
    for correction, (identifier, *_) in named:
        if correction.kind != "set":
            continue
        try:
            claim = claim_of(correction.field, correction.value)
        except UsageError as error:
            problems.append(_told(correction, str(error)))
            continue
        older = records.pop((identifier, claim.field), None)
        if older:
            problems.append(
                _told(correction, f"{claim.field} of {identifier} is set already at {older.place}; this counts")
            )
        records[identifier, claim.field] = Record("user", identifier, (claim,), place=correction.place)
    return tuple(records.values())


def _keys(named: Iterable[_Named], problems: list[str]) -> dict[Identifier, str]:
    keys: dict[Identifier, str] = {}
    for correction, (identifier, *_) in named:
        if correction.kind != "key":
            continue
        try:
            key = checked_key(correction.value)
        except UsageError as error:
            problems.append(_told(correction, str(error)))
            continue
        if identifier in keys:
            problems.append(_told(correction, f"{identifier} has the key {keys[identifier]} already; this counts"))
        holder = next(
            (each for each, taken in keys.items() if taken.lower() == key.lower() and each != identifier), None
        )
        if holder:
            problems.append(_told(correction, f"the key {key} is given to {holder} already, so this does not count"))
        else:
            keys[identifier] = key
    return keys


def _pairs(named: Iterable[_Named], problems: list[str]) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """The pairs that are one work, and those that are two."""
    said: dict[Pair, Correction] = {}
    for correction, identifiers in named:
        if correction.kind not in ("same", "split"):
            continue
        if len(set(identifiers)) < len(correction.works):
            problems.append(_told(correction, "these names mean one and the same thing, so there is nothing to say"))
        for one, other in combinations(sorted(set(identifiers)), 2):
            older = said.get((one, other))
            if older and older.kind != correction.kind:
                text = (
                    f"{one} and {other} are “{older.kind}” at {older.place} and “{correction.kind}” here; this counts"
                )
                problems.append(_told(correction, text))
            said[one, other] = correction
    same = tuple(pair for pair, each in said.items() if each.kind == "same")
    apart = tuple(pair for pair, each in said.items() if each.kind == "split")
    joined = components((), (), same)
    for one, other in apart:
        if other in joined.get(one, ()):
            text = f"{one} and {other} are split here, but “same” by way of others; they stay apart"
            problems.append(_told(said[one, other], text))
    return same, apart


def _aliases(corrections: Iterable[Correction], problems: list[str]) -> dict[str, Name]:
    """The name behind every spelling, chains followed to their end."""
    said: dict[str, Correction] = {}
    for each in corrections:
        if each.kind == "person":
            if each.field in said and said[each.field].value != each.value:
                problems.append(_told(each, f"“{each.field}” is “{said[each.field].value}” already; this counts"))
            said[each.field] = each
    aliases: dict[str, Name] = {}
    for spelled, correction in said.items():
        end, passed = correction.value, {spelled}
        while end in said and end not in passed and said[end].value != end:
            passed.add(end)
            end = said[end].value
        if end in passed and said[end].value != end:
            problems.append(_told(correction, f"“{spelled}” leads back to “{end}”, so this does not count"))
            continue
        try:
            aliases[spelled] = person(spelled, end)
        except UsageError as error:
            problems.append(_told(correction, str(error)))
    return aliases


def _told(correction: Correction, text: str) -> str:
    return f"{correction.place}: {text.removesuffix('.')}."
