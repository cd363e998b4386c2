"""The sentence round a citation, as it is written, without splitting inside of links."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from litdb.notes.found import Scan
from litdb.notes.signs import places

Span = tuple[int, int]

LONGEST = 2_000
"""A longer sentence is no sentence: only the words near the citation are kept."""
_NEAR = 300

_FULL_STOPS = ".!?…。！？"
_ASCII_STOPS = ".!?"
_TAIL = frozenset(_FULL_STOPS + ")]\"'”’»*_」』）")
_MARK = rf"[{re.escape(''.join(sorted(_TAIL)))}]"
_FULL_STOP = re.compile(rf"[{_FULL_STOPS}](?:(?=[\s{_MARK[1:]})|\Z|(?<=[。！？]))")
"""A full stop that may end a sentence: what follows is a blank or another mark."""
_STOP = re.compile(rf"{_MARK}(?<!{_MARK}{{2}}){_MARK}*(?:(?=\s+([^\sa-z]|\Z))|(?<=[。！？])|(?<=[。！？][”’」』）]))")
"""A whole run of closing marks before a blank: only from its beginning on, or a page of dots would take for ever."""
_OPENING_MARKS = "([\"'“‘«*_¿¡"
_OPENING = re.compile(r"\s*[(\[\"'“‘«*_¿¡]*(\S?)")
_ABBREVIATIONS = frozenset(
    "e.g. i.e. eg. ie. etc. al. cf. vs. viz. resp. approx. ca. fig. figs. eq. eqs. sec. ch. no. nr. vol. pp. p. ed. "
    "eds. dr. prof. mr. mrs. ms. st. jr. sr. inc. z.b. d.h. bzw. usw. vgl.".split()
)
_LONGEST = max(map(len, _ABBREVIATIONS))
_INITIAL = re.compile(r"(?:[^\W\d_]\.)+\Z")
_LINE_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_AROUND_LINK = " \t*_~"
_WIDEST_INDENT = 40
_LINE_TAIL = re.compile(rf"[{_AROUND_LINK}]{{0,{_WIDEST_INDENT}}}(?=\n|\Z)")


class Sentences:
    """The sentences of one block, as far as it cites. No sentence ends within an atom, and comments are not shown.

    Whether a stop ends a sentence is only judged next to a citation. Citations are best asked for in order.
    """

    def __init__(self, text: str, scan: Scan, *, is_one: bool = False) -> None:
        self._shown = _veil(text, scan.comments, " ") if scan.comments else text
        self._veiled = _veil(self._shown, scan.atoms, "X")
        self._full_stops = _ASCII_STOPS if text.isascii() else _FULL_STOPS
        self._lone = sorted(_lone_lines(self._shown, scan.atoms)) if "\n" in text and not is_one else ()
        self._is_one = is_one
        self._start = self._end = 0
        """The last span asked for."""
        self._begin, self._finish = 0, len(text) if is_one else 0
        """Its sentence: nothing ends between its beginning and the span, nor between the span and its finish."""
        self._known: dict[Span, str] = {}

    def around(self, start: int, end: int) -> str:
        """The sentence, or the run of sentences, that holds a span; line breaks are blanks."""
        if not self._is_one:
            self._begin, self._finish = self._begin_of(start), self._finish_of(end)
            self._start, self._end = start, end
        begin, finish = self._begin, self._finish
        if finish - begin > LONGEST:
            begin, finish = max(begin, start - _NEAR), min(finish, max(start + _NEAR, min(end, start + LONGEST)))
        if (begin, finish) not in self._known:
            sentence = self._shown[begin:finish].strip()
            self._known[begin, finish] = _LINE_BREAK.sub(" ", sentence) if "\n" in sentence else sentence
        return self._known[begin, finish]

    def _begin_of(self, start: int) -> int:
        if self._begin <= start <= self._start:
            return self._begin
        if self._start < start < self._finish:
            return self._last_end(self._start, min(start, self._end)) or self._begin
        floor = self._finish if self._finish <= start else 0
        return self._last_end(floor, start) or floor

    def _finish_of(self, end: int) -> int:
        if self._end <= end <= self._finish:
            return self._finish
        lone = bisect_left(self._lone, end)
        last = self._lone[lone] if lone < len(self._lone) else len(self._shown)
        position = _run_start(self._veiled, end)
        while found := _FULL_STOP.search(self._veiled, position, last):
            stop = _STOP.match(self._veiled, _run_start(self._veiled, found.start()))
            if stop and end <= stop.end() < last and _is_end(self._veiled, stop):
                return stop.end()
            position = _run_end(self._veiled, found.start())
        return last

    def _last_end(self, floor: int, start: int) -> int:
        """The last end of a sentence behind one offset and not behind another; 0 where there is none."""
        lone = bisect_right(self._lone, start)
        least = max(floor, self._lone[lone - 1] if lone else 0)
        run = start
        for place in reversed(places(self._veiled[least:start], self._full_stops)):
            if least + place >= run:
                continue
            run = _run_start(self._veiled, least + place)
            stop = _STOP.match(self._veiled, run)
            if stop and least < stop.end() <= start and _is_end(self._veiled, stop):
                return stop.end()
        return least if least > floor else 0


def _run_start(text: str, place: int) -> int:
    """Where the closing marks begin that a full stop stands among."""
    while place and text[place - 1] in _TAIL:
        place -= 1
    return place


def _run_end(text: str, place: int) -> int:
    """Where they end."""
    while place < len(text) and text[place] in _TAIL:
        place += 1
    return place


def _is_end(text: str, stop: re.Match[str]) -> bool:
    following = stop[1] or ""
    if following in _OPENING_MARKS and (opening := _OPENING.match(text, stop.end())):
        following = opening[1]
    if following.islower():
        return False
    place = stop.start()
    if text[place] != "." or (place >= _LONGEST and text[place - _LONGEST : place].isalpha()):
        return True
    word = text[max(0, place - 20) : place + 1].rsplit(maxsplit=1)[-1].lstrip(_OPENING_MARKS).lower()
    return word not in _ABBREVIATIONS and not (word[1:2] == "." and _INITIAL.match(word))


def _lone_lines(text: str, atoms: Sequence[Span]) -> Iterator[int]:
    """Both ends of every line that an atom has to itself: there it stands as a title over what follows."""
    for start, end in atoms:
        if tail := _LINE_TAIL.match(text, end):
            before = text[max(0, start - _WIDEST_INDENT) : start]
            head = before.rstrip(_AROUND_LINK)
            if head[-1:] in ("", "\n"):
                yield from (start - len(before) + len(head), tail.end())


def _veil(text: str, spans: Sequence[Span], filler: str) -> str:
    """The text with every span filled up, so that nothing is found in it; offsets stay."""
    pieces, done = [], 0
    for start, end in sorted(spans):
        if end > done:
            begin = max(start, done)
            pieces += [text[done:begin], filler * (end - begin)]
            done = end
    return "".join([*pieces, text[done:]])
