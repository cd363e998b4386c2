"""What `@…` means in notes that Pandoc and Quarto read with a bibliography."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from litdb.model import Mention
from litdb.notes.keys import HANDLE

_CROSS_REFERENCE = re.compile(
    r"@(?:fig|tbl|lst|sec|eq|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|tip|nte|wrn|imp|cau)-.+", re.IGNORECASE
)
"""The prefixes that Quarto reserves (quarto.org/docs/authoring/cross-references.html); it may write them large."""


def with_bibliography(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions of a note that names its bibliography: Pandoc takes every `@name` for a key, and so is it here."""
    return tuple(replace(each, found="key") if each.found == HANDLE else each for each in mentions)


def without_cross_references(path: str, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions of a note without what leads to its own figures, tables and sections, in Quarto's files."""
    if not path.lower().endswith(".qmd"):
        return tuple(mentions)
    return tuple(each for each in mentions if not _CROSS_REFERENCE.fullmatch(each.target))
