"""Slips of the hand in what is typed: which word is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    _Choice = click.Choice[str]
else:  # click 8.1 has no choices of a type
    _Choice = click.Choice

MOST = 2
"""So many words are offered for one."""


def near(typed: str, known: Iterable[str]) -> list[str]:
    """The words that are most like the one typed, the best first.

    >>> near("ngo2202", ["roe2020", "ngo2022"])
    ['ngo2022']
    """
    from difflib import get_close_matches

    return get_close_matches(typed, [*known], MOST)


def did_you_mean(words: Sequence[str]) -> str:
    """The question with which a slip is answered; empty where no word is near.

    >>> did_you_mean(["ngo2022", "ngo2023", "ngo2024"]), did_you_mean([])
    ('Did you mean ngo2022 or ngo2023?', '')
    """
    return f"Did you mean {' or '.join(words[:MOST])}?" if words else ""


class OneOf(_Choice):
    """A choice of words; of a slip it says which one is meant."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """The word itself. Raises `click.BadParameter`."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            meant = did_you_mean([f"'{each}'" for each in near(value, self.choices)])
            raise click.BadParameter(f"{error.message} {meant}".rstrip(), ctx, param) from None
