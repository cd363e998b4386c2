"""A picture and what it shows in words: a title, a sentence, a table, and what had to be left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element


class Cell(NamedTuple):
    """A cell of a table, with the page that it leads to."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """`draw` makes the picture of what the table `heads` and `rows` say; `remarks` tell what it does not show.

    There is nothing to draw where there are no rows.
    """

    title: str
    sentence: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    draw: Callable[[], _Element]
    remarks: Sequence[str] = ()
