"""The markers between which litdb writes a reference list into a note, and never reads."""

from __future__ import annotations

import re

BEGIN = "<!-- litdb:refs -->"
END = "<!-- /litdb:refs -->"

_LINE_BEGIN = re.compile(rf"^[ \t>]*{BEGIN}", re.MULTILINE)
_VISIBLE = re.compile(r"[^\n]")


def blank_lists(text: str) -> str:
    r"""The text with all that stands between the markers blanked out; offsets and lines stay.

    A marker that is never closed is left alone: what follows it is the user's.

    >>> blank_lists("a\n<!-- litdb:refs -->\nb\n<!-- /litdb:refs -->\nc").split()
    ['a', 'c']
    """
    if BEGIN not in text:
        return text
    pieces, done = [], 0
    while begin := _LINE_BEGIN.search(text, done):
        end = text.find(END, begin.end())
        if end < 0:
            break
        end += len(END)
        pieces += [text[done : begin.start()], _VISIBLE.sub(" ", text[begin.start() : end])]
        done = end
    return "".join([*pieces, text[done:]])
