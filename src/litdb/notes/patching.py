"""Changing a note by edits at offsets, and showing the change as a patch that git takes. Pure: text in, text out."""

from __future__ import annotations

import codecs
import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from litdb.errors import NoteError
from litdb.model import Mention
from litdb.notes.lines import Lines, one_character_line_ends

_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_QUOTED = re.compile(r'[\x00-\x1f"\\\x7f]')


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """The text from `start` up to `end` becomes `text`; an insertion where the two are equal."""

    start: int
    end: int
    text: str


class Text:
    """A note's content as text that can be edited and becomes bytes again.

    Offsets are those of its `plain` text: without a byte-order mark, every line end one character.
    """

    def __init__(self, path: str, content: bytes) -> None:
        self.mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
        try:
            self.written = content[len(self.mark) :].decode("utf-8")
        except UnicodeDecodeError as error:
            raise NoteError(f"{path} is not UTF-8, so it is left alone. Save it as UTF-8 and run again.") from error
        self.plain = one_character_line_ends(self.written)
        self._lines = Lines(self.plain)

    @property
    def line_end(self) -> str:
        """How the note ends its lines, mostly."""
        counts = Counter(_LINE_ENDS.findall(self.written)).most_common(1)
        return counts[0][0] if counts else "\n"

    def span(self, mention: Mention) -> tuple[int, int]:
        """Where a mention begins and ends."""
        starts = self._lines.starts
        return starts[mention.line - 1] + mention.column - 1, starts[mention.end_line - 1] + mention.end_column - 1

    def line_of(self, offset: int) -> int:
        """The line of an offset, from 1."""
        return self._lines.place(offset)[0]

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The note's bytes with the edits made; new lines end as the note's do, and nothing else changes."""
        text, line_end = self.written, self.line_end
        pieces, done = [], 0
        for edit in sorted(edits):
            if edit.start < done:
                raise ValueError(f"two edits meet at {edit.start}")
            pieces += [text[done : edit.start], edit.text.replace("\n", line_end)]
            done = edit.end
        return self.mark + "".join([*pieces, text[done:]]).encode("utf-8")


def unified_diff(name: str, before: bytes, after: bytes) -> bytes:
    r"""The change of a file as a patch with three lines of context, byte by byte; empty where nothing changes.

    `name` is the path to apply it at. Names are written as git does (git-diff(1), "Generating patch text").

    >>> print(unified_diff("a.md", b"x\ny", b"x\nz\n").decode(), end="")
    --- a/a.md
    +++ b/a.md
    @@ -1,2 +1,2 @@
     x
    -y
    \ No newline at end of file
    +z
    """
    if before == after:
        return b""
    head = [_header("---", f"a/{name}"), _header("+++", f"b/{name}")]
    return b"".join([*head, *_hunks(before, after)])


def _hunks(before: bytes, after: bytes) -> Iterator[bytes]:
    old, new = (_lines(content) for content in (before, after))
    for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(3):
        first, last = group[0], group[-1]
        yield f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@\n".encode()
        for kind, i, j, k, m in group:
            if kind == "equal":
                yield from (_line(b" ", line) for line in old[i:j])
                continue
            yield from (_line(b"-", line) for line in old[i:j])
            yield from (_line(b"+", line) for line in new[k:m])


def _lines(content: bytes) -> list[bytes]:
    """The lines as a patch counts them: only a line feed ends one."""
    lines = content.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _line(sign: bytes, line: bytes) -> bytes:
    return sign + line if line.endswith(b"\n") else sign + line + b"\n\\ No newline at end of file\n"


def _range(start: int, end: int) -> str:
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _header(sign: str, name: str) -> bytes:
    if _QUOTED.search(name):
        escaped = _QUOTED.sub(lambda found: f"\\{ord(found[0]):03o}", name)
        return f'{sign} "{escaped}"\n'.encode("utf-8", "surrogateescape")
    return f"{sign} {name}{chr(9) if ' ' in name else ''}\n".encode("utf-8", "surrogateescape")
