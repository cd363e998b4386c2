"""What the door in the browser hands on to, and what comes back: `litdb browse` brings the one who does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from litdb.model import Field, WorkType

Relating = Literal["same", "split", "unsame", "unsplit"]
"""What can be said of two works: one work, two works, and each of the two taken back."""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a work in the form: its value as the user would write it, and whether it is the user's own word."""

    name: Field
    label: str
    value: str
    is_mine: bool = False
    choices: Sequence[WorkType] = ()

    @property
    def is_long(self) -> bool:
        """Whether it wants more than a line."""
        return self.name in ("abstract", "authors", "title")


@dataclass(frozen=True, slots=True)
class Form:
    """What the user may correct of a work. `work` is its identifier, which no correction changes."""

    work: str
    key: str
    is_key_mine: bool
    fields: Sequence[FormField]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it, in sentences, and what the work goes by now: its key, or an identifier."""

    said: Sequence[str]
    name: str


class Desk(Protocol):
    """The user's corrections and pages, written as litdb's commands write them.

    Every method that writes has the library to itself meanwhile, may take seconds, and raises `LitdbError` with a
    sentence where it cannot.
    """

    def form(self, name: str) -> Form | None:
        """What can be corrected of the work of a key or identifier; None where there is no such work."""

    def correct(self, work: str, values: Mapping[str, str]) -> Done:
        """Set fields; an empty value leaves a field empty on purpose."""

    def give_key(self, work: str, key: str) -> Done:
        """Give a work a citation key."""

    def take_back(self, work: str, field: str) -> Done:
        """Take back what was set of a field, or “key”."""

    def relate(self, work: str, relating: Relating, other: str) -> Done:
        """Say whether two works are one."""

    def take_page(self, url: str, html: bytes) -> Done:
        """Learn about a work from its page, as UTF-8."""

    def page_secret(self) -> str:
        """What a bookmarklet of this user knows, and no web page does."""
