"""Where a note may cite anything: cheap to find in a whole note, so that only what holds such a place is looked at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

_SIGNS: dict[str, tuple[str, ...]] = {
    "": ("//", "@", "10.", "www.", "rxiv", "ISBN"),
    "PM": ("PMID", "PMCID"),
    "X": ("arXiv", "ArXiv", "ARXIV"),
    "W": ("WWW.",),
    "\\": ("cite", "Cite"),
    "{": ("{{<", "{%", "eprint"),
    "}`": ("{cite", "{footcite", "{fullcite"),
    "]:": ("[",),
}
"""What every citation holds: a URL, a key, a DOI, … or a bracket where references are defined. Those of a line are only
looked for in a note that holds what the line begins with."""


def places(text: str, signs: Iterable[str]) -> list[int]:
    """Where any of these stands in a text, in order. Many times as fast as one regular expression, for few signs.

    >>> places("[a](b)", "()[]")
    [0, 2, 3, 5]
    """
    found: list[int] = []
    for sign in signs:
        _add_places(text, sign, found)
    found.sort()
    return found


def _add_places(text: str, sign: str, found: list[int]) -> None:
    place = text.find(sign)
    while place >= 0:
        found.append(place)
        place = text.find(sign, place + 1)


class Signs:
    """The places of a text without which nothing in it is a citation.

    >>> signs = Signs("One. See https://a.example/.")
    >>> signs.between(0, 4), signs.between(4, 28)
    (False, True)
    """

    def __init__(self, text: str) -> None:
        self._places: list[int] = []
        self.held: set[str] = set()
        """The signs that the text has somewhere."""
        for sign in (sign for gate, gated in _SIGNS.items() if gate in text for sign in gated):
            before = len(self._places)
            _add_places(text, sign, self._places)
            if len(self._places) > before:
                self.held.add(sign)
        self._places.sort()

    def between(self, start: int, end: int) -> bool:
        """Whether there is one in this stretch of the text."""
        index = bisect_left(self._places, start)
        return index < len(self._places) and self._places[index] < end
