"""Findings in the blocks of one note made into mentions: places, sentences, what is asserted beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from operator import attrgetter
from sys import intern

from litdb.model import Claim, Mention
from litdb.notes.beside import ATTRIBUTES, claims_of, day_behind, day_comes_first, groups_beside, unclear_day
from litdb.notes.found import Found, Scan
from litdb.notes.lines import Lines
from litdb.notes.outline import Block
from litdb.notes.sentences import Sentences

_IGNORE = re.compile(r"\s*(?:<!--\s*litdb:\s*ignore\s*-->|%%\s*litdb:\s*ignore\s*%%)")
_BEHIND = re.compile(rf"{ATTRIBUTES}[*_~]{{0,3}},?\s*[(（\[<%]")
"""What a bracket or a remark to litdb behind a citation begins with."""


class Mentions:
    """The mentions and problems of one note, gathered block by block; offsets are those of its `source`."""

    def __init__(self, path: str, source: str, lines: Lines) -> None:
        self._path, self._source, self._lines = path, source, lines
        self._mentions: list[Mention] = []
        self._problems: list[tuple[int, str]] = []
        self._is_unclear = False
        """Whether a day was told whose order nobody knows; its note has more of the kind."""

    def add(
        self,
        found: Found,
        *,
        offset: int = 0,
        headings: tuple[str, ...] = (),
        sentence: str = "",
        asserted: tuple[Claim, ...] = (),
    ) -> None:
        """Add one citation whose span counts from an offset."""
        line, column = self._lines.place(offset + found.start)
        end_line, end_column = self._lines.place(offset + found.end)
        self._mentions.append(
            Mention(
                self._path,
                line,
                column,
                end_line,
                end_column,
                intern(found.target),
                found.found,
                intern(found.url),
                intern(found.text),
                headings,
                intern(sentence),
                asserted,
            )
        )

    def add_block(self, block: Block, scan: Scan) -> None:
        """Add what was found in a block, each with its sentence and what is asserted beside it."""
        if not (scan.found or scan.failed):
            return
        sentences = Sentences(block.text, scan, is_one=block.kind == "heading")
        links = {start for start, _ in scan.atoms}
        for found in scan.found:
            has_more = _BEHIND.match(block.text, found.end)
            if has_more and _IGNORE.match(block.text, found.end):
                self.add(found._replace(found="ignored"), offset=block.start, headings=block.headings)
                continue
            groups = (
                groups_beside(block.text, found.end, links)
                if has_more
                else day_behind(block.text, found.start, found.end)
            )
            self.add(
                found._replace(found=f"{found.found}:{block.trust}") if block.trust else found,
                offset=block.start,
                headings=block.headings,
                sentence=sentences.around(found.start, found.end),
                asserted=self._claims(groups, block.start + found.end) if groups else (),
            )
        for failed in scan.failed:
            self.tell(block.start + failed.start, f"{failed.target} stands where a link would have it, but is none")

    def tell(self, offset: int, problem: str) -> None:
        """Note a problem: a sentence without its full stop."""
        self._problems.append((offset, problem))

    def in_order(self) -> tuple[Mention, ...]:
        """All mentions as they come in the note."""
        return tuple(sorted(self._mentions, key=attrgetter("line", "column")))

    def problems(self, others: Iterable[tuple[int, str]] = ()) -> tuple[str, ...]:
        """All problems, each with the note and its line."""
        told = sorted([*self._problems, *others])
        return tuple(f"{self._path}:{self._lines.place(offset)[0]}: {problem}." for offset, problem in told)

    def _claims(self, groups: tuple[str, ...], offset: int) -> tuple[Claim, ...]:
        if not any("/" in group for group in groups):
            return claims_of(groups, day_first=None)
        if self._day_first is None and not self._is_unclear and (day := unclear_day(groups)):
            self._is_unclear = True
            told = f"nobody can tell day and month of “{day}” apart, so it is no date here: write it as YYYY-MM-DD"
            self.tell(offset, told)
        return claims_of(groups, day_first=self._day_first)

    @cached_property
    def _day_first(self) -> bool | None:
        return day_comes_first(self._source)
