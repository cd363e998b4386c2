"""What the line pass over a Markdown note finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from litdb.notes.references import Definitions

Kind = Literal["text", "heading", "cell", "html", "comment"]


class Block(NamedTuple):
    """A stretch of a note. `start` is the offset of its text; `trust` says when a fence made its reading doubtful."""

    kind: Kind
    start: int
    text: str
    headings: tuple[str, ...] = ()
    trust: str = ""


@dataclass
class Outline:
    """What the line pass found: the blocks in order, the reference definitions, and problems by their offset."""

    blocks: list[Block] = field(default_factory=list)
    definitions: Definitions = field(default_factory=Definitions)
    problems: list[tuple[int, str]] = field(default_factory=list)
    title: str = ""
