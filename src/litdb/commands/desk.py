"""Corrections and pages from the browser, written as `litdb set`, `key`, `same`, `split` and `add-page` write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, get_args

import click

from litdb.browse.desk import Done, Form, FormField, Relating
from litdb.commands.add_page import SavedPage, keep_page
from litdb.commands.correcting import give_key, relate, set_fields, take_back
from litdb.commands.opening import library_of
from litdb.database import browsing
from litdb.database.works import works_by_id
from litdb.files.corrections import read_corrections
from litdb.files.lock import Lock
from litdb.files.place import Place
from litdb.files.secret import secret_in
from litdb.model import Field, Name, Work, WorkType

LABELS: Mapping[Field, str] = {
    "title": "Title",
    "authors": "Authors",
    "editors": "Editors",
    "date": "Date",
    "container": "Site or journal",
    "publisher": "Publisher",
    "type": "Type",
    "url": "Address",
    "volume": "Volume",
    "issue": "Issue",
    "pages": "Pages",
    "number": "Number",
    "archive_class": "arXiv class",
    "language": "Language",
    "note": "Note",
    "abstract": "Abstract",
}
"""The fields that the form has, in its order."""

BOM = b"\xef\xbb\xbf"
_MOST_CLAIMS = 10_000
_AGAIN = "Wait until you can read the page, then use the bookmarklet again."


class Desk:
    """What the user of `litdb browse` may change in one library."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def form(self, name: str) -> Form | None:
        """The fields of a work, as the user would write them."""
        with library_of(self._place) as connection:
            row = browsing.work_id(connection, name)
            if row is None:
                return None
            work = works_by_id(connection, [row])[row]
            claims = browsing.claims(connection, row, _MOST_CLAIMS)
        mine = {str(claim["field"]) for claim in claims if claim["source"] == "user" and claim["chosen"]}
        fields = [
            FormField(field, label, _written(work, field), field in mine, get_args(WorkType) if field == "type" else ())
            for field, label in LABELS.items()
        ]
        return Form(str(work.identifier), work.key, self._is_key_mine(work), fields)

    def correct(self, work: str, values: Mapping[str, str]) -> Done:
        """As `litdb set`, for several fields at once."""
        with Lock(self._place.library):
            return self._done(work, set_fields(self._place, work, values))

    def give_key(self, work: str, key: str) -> Done:
        """As `litdb key`."""
        with Lock(self._place.library):
            return self._done(work, [give_key(self._place, work, key)])

    def take_back(self, work: str, field: str) -> Done:
        """As `litdb unset`."""
        with Lock(self._place.library):
            return self._done(work, [take_back(self._place, work, field)])

    def relate(self, work: str, relating: Relating, other: str) -> Done:
        """As `litdb same` and `litdb split`."""
        with Lock(self._place.library):
            kind: Literal["same", "split"] = "same" if relating.endswith("same") else "split"
            return self._done(work, [relate(self._place, kind, (work, other), relating.startswith("un"))])

    def take_page(self, url: str, html: bytes) -> Done:
        """As `litdb add-page`."""
        page = SavedPage("The page", BOM + html, _AGAIN)
        with Lock(self._place.library):
            work = keep_page(self._place, url, page)
        return Done([f"Learnt from the page: {work.title}"], work.key or str(work.identifier))

    def page_secret(self) -> str:
        """The one of this user on this machine: bookmarklets outlive a run of `litdb browse`."""
        return secret_in(Path(click.get_app_dir("litdb")) / "bookmarklet")

    def _done(self, name: str, said: Sequence[str]) -> Done:
        with library_of(self._place) as connection:
            row = browsing.work_id(connection, name)
            key = works_by_id(connection, [row])[row].key if row is not None else ""
        return Done(said, key or name)

    def _is_key_mine(self, work: Work) -> bool:
        names = {work.key, *work.former_keys, *map(str, work.identifiers)}
        said, _ = read_corrections(self._place)
        return any(each.kind == "key" and each.works[0] in names for each in said)


def _written(work: Work, field: Field) -> str:
    """A field's value as `litdb set` takes it: names one behind the other, those that are no person's in braces."""
    value = getattr(work, field)
    return "; ".join(map(_name, value)) if isinstance(value, tuple) else str(value)


def _name(name: Name) -> str:
    """A name as `litdb set` takes it.

    >>> _name(Name(literal="OpenAI")), _name(Name("Merwijk", "Chris", "van"))
    ('{OpenAI}', 'Chris van Merwijk')
    """
    return f"{{{name.literal}}}" if name.literal else name.display
