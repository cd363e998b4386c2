"""The sentence round a citation, as it is written, without splitting inside of links."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from litdb.notes.found import Scan

Span = tuple[int, int]

LONGEST = 2_000
"""A longer sentence is no sentence: only the words near the citation are kept."""
_NEAR = 300

_TAIL = r".!?…)\]\"'”’»*_。！？」』）"
_STOP = re.compile(
    rf"[{_TAIL}](?<![{_TAIL}]{{2}})[{_TAIL}]*(?:(?=\s+([^\sa-z]|\Z))|(?<=[。！？])|(?<=[。！？][”’」』）]))"
)
"""A whole run of closing marks before a blank: tried once, at its beginning, or a page of dots would take for ever."""
_FULL_STOPS = frozenset(".!?…。！？")
_OPENING_MARKS = "([\"'“‘«*_¿¡"
_OPENING = re.compile(r"\s*[(\[\"'“‘«*_¿¡]*(\S?)")
_ABBREVIATIONS = frozenset(
    "e.g. i.e. eg. ie. etc. al. cf. vs. viz. resp. approx. ca. fig. figs. eq. eqs. sec. ch. no. nr. vol. pp. p. ed. "
    "eds. dr. prof. mr. mrs. ms. st. jr. sr. inc. z.b. d.h. bzw. usw. vgl.".split()
)
_INITIAL = re.compile(r"(?:[^\W\d_]\.)+\Z")
_LINE_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_AROUND_LINK = " \t*_~"
_WIDEST_INDENT = 40
_LINE_TAIL = re.compile(rf"[{_AROUND_LINK}]{{0,{_WIDEST_INDENT}}}(?=\n|\Z)")


class Sentences:
    """The sentences of one block, as far as it cites. No sentence ends within an atom, and comments are not shown."""

    def __init__(self, text: str, scan: Scan, *, is_one: bool = False) -> None:
        self._shown = _veil(text, scan.comments, " ") if scan.comments else text
        last = max((found.end for found in scan.found), default=0)
        self._ends = [] if is_one else _ends(self._shown, scan.atoms, last)
        self._known: dict[Span, str] = {}

    def around(self, start: int, end: int) -> str:
        """The sentence, or the run of sentences, that holds a span; line breaks are blanks."""
        first, last = bisect_right(self._ends, start) - 1, bisect_left(self._ends, end)
        begin = self._ends[first] if first >= 0 else 0
        finish = self._ends[last] if last < len(self._ends) else len(self._shown)
        if finish - begin > LONGEST:
            begin, finish = max(begin, start - _NEAR), min(finish, max(start + _NEAR, min(end, start + LONGEST)))
        if (begin, finish) not in self._known:
            sentence = self._shown[begin:finish].strip()
            self._known[begin, finish] = _LINE_BREAK.sub(" ", sentence) if "\n" in sentence else sentence
        return self._known[begin, finish]


def _ends(text: str, atoms: Sequence[Span], last: int) -> list[int]:
    """The offsets where a sentence ends and the next begins, up to the first behind an offset."""
    veiled = _veil(text, atoms, "X")
    ends = []
    for stop in _STOP.finditer(veiled):
        if _is_end(veiled, stop):
            ends.append(stop.end())
            if stop.start() >= last:
                break
    return sorted([*ends, *(end for atom in atoms for end in _lone_line(text, *atom))]) if "\n" in text else ends


def _is_end(text: str, stop: re.Match[str]) -> bool:
    if _FULL_STOPS.isdisjoint(stop[0]):
        return False
    following = stop[1] or ""
    if following in _OPENING_MARKS and (opening := _OPENING.match(text, stop.end())):
        following = opening[1]
    if following.islower():
        return False
    if text[stop.start()] != ".":
        return True
    word = text[max(0, stop.start() - 20) : stop.start() + 1].rsplit(maxsplit=1)[-1].lstrip(_OPENING_MARKS).lower()
    return word not in _ABBREVIATIONS and not _INITIAL.match(word)


def _lone_line(text: str, start: int, end: int) -> Span | tuple[()]:
    """Both ends of the line that an atom has to itself: there it stands as a title over what follows."""
    tail = _LINE_TAIL.match(text, end)
    if not tail:
        return ()
    before = text[max(0, start - _WIDEST_INDENT) : start]
    head = before.rstrip(_AROUND_LINK)
    return (start - len(before) + len(head), tail.end()) if head[-1:] in ("", "\n") else ()


def _veil(text: str, spans: Sequence[Span], filler: str) -> str:
    """The text with every span filled up, so that nothing is found in it; offsets stay."""
    pieces, done = [], 0
    for start, end in sorted(spans):
        if end > done:
            begin = max(start, done)
            pieces += [text[done:begin], filler * (end - begin)]
            done = end
    return "".join([*pieces, text[done:]])
