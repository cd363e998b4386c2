"""Disagreements that matter: another day, another name, another title. Spelling and precision are no disagreement."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from litdb.checks.agreement import dates_agree, fits_month_of_number, people_agree, titles_agree
from litdb.checks.fields import COMPARISONS, Known, compare
from litdb.checks.own_entries import own_of
from litdb.checks.verdicts import Heard, is_of_a_version
from litdb.merge import Aliases, Statement, canonical, choose, people, statements, type_of
from litdb.model import Field, Record
from litdb.text.dates import read_written

_BESIDE = re.compile(r"\(([^()]{1,200})\)")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements about one field of a work that cannot both be right: the one chosen, and another."""

    field: Field
    chosen: Statement
    other: Statement

    @property
    def own_word(self) -> Statement | None:
        """The one of the two that a note says, where a note is one of them."""
        return next((each for each in (self.other, self.chosen) if each.record.source == "note"), None)


def conflicts(records: Sequence[Record], aliases: Aliases) -> list[Conflict]:
    """Where the chosen value of a work is contradicted by a statement that could have been chosen, each voice once.

    The user's own word in corrections settles what sources say; what a note says is compared all the same, and so is
    what the user said otherwise of the same work by another name.
    """
    ranked, chosen = statements(records), choose(records)
    sites = dict.fromkeys(str(each.claim.value) for each in ranked.get("container", ()))
    known = Known(aliases, tuple(sites), type_of(chosen))
    found: dict[tuple[str, ...], Conflict] = {}
    for field, agree in _AGREE.items():
        for other in ranked.get(field, ()):
            if _is_settled(chosen[field], other) or agree(chosen[field], other, known):
                continue
            if field in COMPARISONS and _is_cited_so(chosen[field], other, records, known):
                continue
            voice = (field, other.record.source, other.record.place, canonical(other.claim.value))
            found.setdefault(voice, Conflict(field, chosen[field], other))
    return list(found.values())


def as_written(value: str, sentence: str) -> str:
    """A date as the parentheses in a sentence write it, or its ISO text where none does.

    >>> as_written("2017-06-12", "[RLHF](https://x.org) (12.06.2017)"), as_written("2017-06-12", "on Monday")
    ('12.06.2017', '2017-06-12')
    """
    inside = [text.strip() for text in _BESIDE.findall(sentence)]
    written = [*inside, *(text.rpartition(",")[2].strip() for text in inside)]
    return next((text for text in written if _reads_as(text, value)), value)


def _reads_as(text: str, value: str) -> bool:
    return any(read_written(text, day_first) == value for day_first in (None, True, False))


def _is_cited_so(chosen: Statement, other: Statement, records: Sequence[Record], known: Known) -> bool:
    """Whether an entry of a bibliography says the same as a source, in a way in which people write entries.

    That is the year alone of what was printed, a list of people cut short, the year of a later version or a conference.
    """
    if other.record.source != "bib" or chosen.record.source == "url":
        return False
    own = own_of(other.record)
    is_abridged = own.is_abridged or not other.record.entry
    seen = replace(known, is_abridged=is_abridged, until=own.until)
    if compare(other.claim, chosen, seen) is not False:
        return True
    heard = Heard(chosen.record.identifier, tuple(records), known.type)
    return is_of_a_version(other.claim, chosen, own, heard, seen)


def _is_settled(chosen: Statement, other: Statement) -> bool:
    return not chosen.claim.value or (chosen.record.source == "user" and other.record.source not in ("note", "user"))


def _say_same_day(one: Statement, other: Statement, _known: Known) -> bool:
    first, second = str(one.claim.value), str(other.claim.value)
    for statement, value in ((one, second), (other, first)):
        if statement.record.source == "url" and statement.claim.precision == "month":
            return fits_month_of_number(value, str(statement.claim.value))
    return dates_agree(first, second)


def _say_same_people(one: Statement, other: Statement, known: Known) -> bool:
    """A voice may name an account beside its people; what an address names, a house or a handle, its site explains."""
    if one.record == other.record or _is_of_the_address(one, other) or _is_of_the_address(other, one):
        return True
    return people_agree(people(one, known.aliases), people(other, known.aliases))


def _is_of_the_address(address: Statement, other: Statement) -> bool:
    if address.record.source != "url":
        return False
    is_handle = any(name.literal.startswith("@") for name in people(address, {}))
    return not is_handle or other.origin.startswith("site/")


def _say_same_title(one: Statement, other: Statement, known: Known) -> bool:
    return titles_agree(str(one.claim.value), str(other.claim.value), known.sites)


_AGREE: Mapping[Field, Callable[[Statement, Statement, Known], bool]] = {
    "date": _say_same_day,
    "authors": _say_same_people,
    "editors": _say_same_people,
    "title": _say_same_title,
}
"""The fields whose values are held against each other, and how."""
