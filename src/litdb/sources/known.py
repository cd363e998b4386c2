"""Works that are known for good, one for each source that asks: what its site says of it, and where it says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A work at `url`, and by field what `source` says of it and by what that is read.

    `ask` is the source that is asked where that is another one: pages are asked for by `page`.
    """

    source: str
    url: str
    facts: Mapping[str, tuple[str, str]]
    ask: str = ""


KNOWN: tuple[Known, ...] = ()
"""The table of all of them."""
