"""The sentence round a citation, as it is written, without splitting inside of links."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from litdb.notes.found import Scan
from litdb.notes.signs import places

Span = tuple[int, int]

LONGEST = 2_000
"""A longer sentence is no sentence: only the words near the citation are kept."""
_NEAR = 300

_FULL_STOPS = ".!?…。！？"
_TAIL = frozenset(_FULL_STOPS + ")]\"'”’»*_」』）")
_MARK = rf"[{re.escape(''.join(sorted(_TAIL)))}]"
_STOP = re.compile(rf"{_MARK}(?<!{_MARK}{{2}}){_MARK}*(?:(?=\s+([^\sa-z]|\Z))|(?<=[。！？])|(?<=[。！？][”’」』）]))")
"""A whole run of closing marks before a blank: only from its beginning on, or a page of dots would take for ever."""
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
    """The sentences of one block, as far as it cites. No sentence ends within an atom, and comments are not shown.

    Whether a stop ends a sentence is only judged next to a citation; one that does not is forgotten.
    """

    def __init__(self, text: str, scan: Scan, *, is_one: bool = False) -> None:
        self._shown = _veil(text, scan.comments, " ") if scan.comments else text
        self._veiled = _veil(self._shown, scan.atoms, "X")
        self._stops = {} if is_one else _stops(self._veiled, max([each.end for each in scan.found], default=0))
        """The stops that have not been judged yet, by their ends."""
        self._ends = [*self._stops]
        if "\n" in text and not is_one:
            self._add_lone_lines(scan.atoms)
        self._known: dict[Span, str] = {}

    def around(self, start: int, end: int) -> str:
        """The sentence, or the run of sentences, that holds a span; line breaks are blanks."""
        begin, finish = self._end_before(start), self._end_after(end)
        if finish - begin > LONGEST:
            begin, finish = max(begin, start - _NEAR), min(finish, max(start + _NEAR, min(end, start + LONGEST)))
        if (begin, finish) not in self._known:
            sentence = self._shown[begin:finish].strip()
            self._known[begin, finish] = _LINE_BREAK.sub(" ", sentence) if "\n" in sentence else sentence
        return self._known[begin, finish]

    def _end_before(self, start: int) -> int:
        index = bisect_right(self._ends, start) - 1
        while index >= 0 and not self._is_end(index):
            del self._ends[index]
            index -= 1
        return self._ends[index] if index >= 0 else 0

    def _end_after(self, end: int) -> int:
        index = bisect_left(self._ends, end)
        while index < len(self._ends) and not self._is_end(index):
            del self._ends[index]
        return self._ends[index] if index < len(self._ends) else len(self._shown)

    def _is_end(self, index: int) -> bool:
        stop = self._stops.pop(self._ends[index], None)
        return stop is None or _is_end(self._veiled, stop)

    def _add_lone_lines(self, atoms: Sequence[Span]) -> None:
        for end in [end for atom in atoms for end in _lone_line(self._shown, *atom)]:
            self._stops.pop(end, None)
            self._ends.append(end)
        self._ends.sort()


def _stops(text: str, last: int) -> dict[int, re.Match[str]]:
    """What may end a sentence, by the offset where the next would begin, up to the first end behind an offset."""
    stops, done = {}, 0
    for place in places(text, _FULL_STOPS):
        if place < done:
            continue
        start, done = _run_start(text, done, place), place + 1
        if stop := _STOP.match(text, start):
            done = stop.end()
            stops[done] = stop
            if start >= last and _is_end(text, stop):
                break
    return stops


def _run_start(text: str, floor: int, place: int) -> int:
    """Where the closing marks begin that a full stop stands among."""
    while place > floor and text[place - 1] in _TAIL:
        place -= 1
    return place


def _is_end(text: str, stop: re.Match[str]) -> bool:
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
