"""What a reader asks of the timeline, from the address's query and back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urlencode

from litdb.browse.asked import Asked

View = Literal["works", "reading"]
Colour = Literal["type", "site"]

VIEWS: dict[View, str] = {"works": "Works by date", "reading": "Reading over time"}
COLOURS: dict[Colour, str] = {"type": "Type", "site": "Site"}
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Look:
    """A look at the works that the reference list would show.

    `date` and `read` are years, months or days to look at alone: when the works are from, when notes cite them.
    """

    asked: Asked = field(default_factory=Asked)
    view: View = "works"
    colour: Colour = "type"
    date: str = ""
    read: str = ""

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Look:
        """What the pairs of a query say; what nobody knows is passed over.

        >>> Look.of([("type", "post"), ("view", "reading"), ("date", "2022-03"), ("read", "soon")]).query
        'type=post&view=reading&date=2022-03'
        """
        given = list(pairs)
        last = dict(given)
        asked = replace(Asked.of(given).selecting, whole="")
        return cls(
            asked,
            next((each for each in VIEWS if each == last.get("view")), "works"),
            next((each for each in COLOURS if each == last.get("colour")), "type"),
            *(text if _DATE.match(text := last.get(name, "").strip()) else "" for name in ("date", "read")),
        )

    @property
    def query(self) -> str:
        """The query of an address that asks the same."""
        usual = Look()
        parts = {name: getattr(self, name) for name in ("view", "colour", "date", "read")}
        own = urlencode({name: value for name, value in parts.items() if value != getattr(usual, name)})
        return "&".join(filter(None, (self.asked.query, own)))

    def at(self, **changes: str) -> Look:
        """The same with another view, colour, date or day of reading.

        >>> Look(date="2022").at(date="2022-03").query
        'date=2022-03'
        """
        return replace(self, **changes)  # type: ignore[arg-type]

    def among(self, asked: Asked) -> Look:
        """The same of other works."""
        return replace(self, asked=asked)
