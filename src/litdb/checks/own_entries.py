"""What an entry of a bibliography says of its work: its claims, that its people are cut, that its date is a span."""

from __future__ import annotations

import json

from litdb.checks.fields import Own
from litdb.model import Record
from litdb.text.dates import read_iso
from litdb.text.others import leaves_out

_OPEN_END = "9999"


def own_of(record: Record) -> Own:
    """What the entry that a record was read from says."""
    is_cut = bool(record.entry) and leaves_out(json.loads(record.entry), "author")
    return Own(record.claims, is_cut, _until(fields_of(record).get("date", "")))


def fields_of(record: Record) -> dict[str, str]:
    """The fields of an entry of a `.bib` as they are written; none of what is written otherwise."""
    says = json.loads(record.entry) if record.entry else {}
    return says.get("fields", {}) if says.get("form") == "bib" else {}


def _until(date: str) -> str:
    """The end of a span of time as biblatex writes it, empty for what is none.

    >>> _until("2022-08/2022-09"), _until("2022/.."), _until("2022")
    ('2022-09', '9999', '')
    """
    _, slash, end = date.partition("/")
    return read_iso(end.strip("~?% ")) or _OPEN_END if slash else ""
