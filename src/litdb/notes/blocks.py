"""The line pass over Markdown: which stretches of a note are text, headings, table cells, HTML, comments or code.

After CommonMark 0.31 (appendix, phase 1) with GFM's tables and footnotes and Obsidian's `%% comments %%`. Every line
is looked at once. Code is left out. What a block's text holds besides content (quote marks, indentation) is blanked,
so an offset in a block is an offset in the note.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from litdb.notes.cursor import Cursor
from litdb.notes.fences import Fence, FenceEnds, blank_code
from litdb.notes.lines import Lines, blanked_between
from litdb.notes.myst import begins_remark, open_directives
from litdb.notes.outline import Block, Kind, Outline
from litdb.notes.plain import plain
from litdb.notes.tables import cells, table_start
from litdb.notes.tags import HtmlStart, html_start

DEEPEST_NESTING = 100
"""Lists and quotes deeper than this are read as text: no note has them, only an attack."""

_WORDS = r"(?:[^\s#`~<%=*_+>\[0-9-]|\[(?!\^)|\*{1,3}[^\s*]|_{1,3}[^\s_]|[0-9]{1,9}[^\s0-9.)])"
"""How a line begins that is text and begins nothing else."""
_USUAL = re.compile(
    rf"""(?P<text>{_WORDS}[^\n]*(?:\n{_WORDS}[^\n]*)*)(?P<gap>\n*)
       | (?P<blank>\n+)
       | (?P<indent>[ ]*)(?P<marker>[-+*]|(?P<number>[0-9]{{1,9}})[.)])[ ](?={_WORDS})(?P<item>[^\n]*)\n?
       | (?P<level>\#{{1,6}})[ \t]+(?P<heading>[^\n]*)\n?""",
    re.VERBOSE,
)
"""What most of a note is: lines of text and nothing else, blank lines, an item of text, a heading."""
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_HEADING_END = re.compile(r"(?:\A|[ \t])#+\Z")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
_RULE = re.compile(r"([-_*])(?:[ \t]*\1){2,}[ \t]*$")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_BARE_RUN = re.compile(r"(`+|~+)[ \t]*$")
_ITEM = re.compile(r"(?!([-*])(?:[ \t]*\1){2,}[ \t]*$)(?:[-+*]|(?P<number>[0-9]{1,9})[.)])(?=[ \t]|$)")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
_COMMENTS = {"<!--": "-->", "%%": "%%"}

Wanted = Callable[[int, int], bool]
"""Whether a stretch of the note, from one offset to another, is to be a block of the outline."""


def read_blocks(text: str, lines: Lines, wanted: Wanted, start: int = 0) -> Outline:
    """The outline of a note, given its lines, from the offset of a line end on, with the blocks that are wanted."""
    text = open_directives(blank_code(text))
    reader = _Reader(text, lines, wanted)
    while start < len(text):
        usual = _USUAL.match(text, start) if reader.leaf is None else None
        start = usual.end() if usual and _TAKERS[usual.lastgroup](reader, usual) else reader.read_line(start)
    reader.truncate(0)
    return reader.outline


class _Reader:
    def __init__(self, text: str, places: Lines, wanted: Wanted) -> None:
        self.text, self.places, self.wanted = text, places, wanted
        self.outline = Outline()
        self.containers: list[int] = []
        """The open lists and footnotes, by the columns that their content is indented by, and quotes (0)."""
        self.lines: list[tuple[int, int]] = []
        """Where the content of each line of the open paragraph or HTML block begins and ends."""
        self.leaf: Fence | HtmlStart | None = None
        self.headings: list[tuple[int, str]] = []
        self.path: tuple[str, ...] = ()
        self.resume = 0
        """The end of the last comment or fence of code, which may be some lines below."""
        self.trust, self.trust_depth = "", 0
        self._fence_ends: FenceEnds | None = None

    def take_text(self, lines: re.Match[str]) -> bool:
        """Take lines of text, which go on in an open paragraph wherever it is, and the blank lines behind them."""
        if self.containers and not self.lines:
            self.truncate(0)
        self.lines.append(lines.span("text"))
        return len(lines["gap"]) < 2 or self.take_blank(lines)

    def take_blank(self, _lines: re.Match[str]) -> bool:
        """Close the open paragraph and the quotes."""
        self.truncate(self.containers.index(0) if 0 in self.containers else len(self.containers))
        return True

    def take_item(self, item: re.Match[str]) -> bool:
        """Open the list item of a line, unless it is one of the cases that want a closer look."""
        indent, depth = len(item["indent"]), 0
        for width in self.containers:
            if not 0 < width <= indent:
                break
            indent, depth = indent - width, depth + 1
        within_paragraph = bool(self.lines) and depth == len(self.containers)
        if indent > 3 or 0 in self.containers or (within_paragraph and item["number"] not in (None, "1")):
            return False
        if depth >= DEEPEST_NESTING:
            return False
        self.truncate(depth)
        self.containers.append(indent + len(item["marker"]) + 1)
        self.lines.append(item.span("item"))
        return True

    def take_heading(self, line: re.Match[str]) -> bool:
        """Take a heading that stands in no list or quote."""
        self.truncate(0)
        self._add_marked_heading(*line.span("heading"), len(line["level"]))
        return True

    def read_line(self, start: int) -> int:
        """Take the line at an offset into account, whatever it is; where to go on."""
        end = self.text.find("\n", start)
        end = len(self.text) if end < 0 else end
        self._read_line(Cursor(self.text, start, end))
        return end + 1 if self.resume <= end else self.resume + self.text.startswith("\n", self.resume)

    def _read_line(self, line: Cursor) -> None:
        matched = self._continue_containers(line)
        if self.leaf is not None:
            if matched == len(self.containers):
                self._continue_leaf(line)
                return
            self._close_leaf()
        if line.at_end:
            self.truncate(matched)
            return
        self._begin_blocks(line, matched)

    def truncate(self, depth: int) -> None:
        """Close what is open inside of the first `depth` containers."""
        if self.leaf is not None:
            self._close_leaf()
        if self.lines:
            self._close_paragraph()
        del self.containers[depth:]
        if depth < self.trust_depth:
            self.trust, self.trust_depth = "", 0

    def _continue_containers(self, line: Cursor) -> int:
        """How many of the open containers go on in this line; the cursor is then past their marks."""
        if line.at_end:
            return self.containers.index(0) if 0 in self.containers else len(self.containers)
        for matched, width in enumerate(self.containers):
            if width:
                if line.indent < width and not line.at_end:
                    return matched
                line.indent -= width
            elif not line.at_end and line.indent < 4 and self.text[line.position] == ">":
                line.pass_quote_mark()
            else:
                return matched
        return len(self.containers)

    def _continue_leaf(self, line: Cursor) -> None:
        if isinstance(self.leaf, Fence):
            run = _BARE_RUN.match(self.text, line.position, line.end)
            if run and self.leaf.ends_at(run[1], line.indent):
                self._close_fence(self.leaf, run)
        elif isinstance(self.leaf, HtmlStart):
            self._continue_html(self.leaf, line)

    def _continue_html(self, leaf: HtmlStart, line: Cursor) -> None:
        if line.at_end and leaf.end is None:
            self._close_leaf()
            return
        self.lines.append((line.position, line.end))
        if leaf.end and leaf.end.search(self.text, line.position, line.end):
            self._close_leaf()

    def _close_leaf(self) -> None:
        leaf, self.leaf = self.leaf, None
        if isinstance(leaf, HtmlStart):
            if leaf.has_links and self.wanted(self.lines[0][0], self.lines[-1][1]):
                self._add("html", self.lines[0][0], self._content())
            self.lines = []

    def _close_fence(self, fence: Fence, run: re.Match[str]) -> None:
        self.leaf = None
        if fence.closable:
            return
        self.trust, self.trust_depth = "after-unclosed-fence", len(self.containers)
        line = self.places.place(run.start())[0]
        written = fence.character * fence.length
        self._tell(
            fence.start,
            f"the fence {written} is never closed; it is taken to end at the {run[1]} in line {line}, "
            "and what follows is read",
        )

    def _begin_blocks(self, line: Cursor, matched: int) -> None:
        """Open the blocks that begin in the rest of a line, then take what is left as text."""
        while not line.at_end:
            if line.indent >= 4:
                if not self.lines:
                    self.truncate(matched)
                    return
                break
            for begin in _BEGINNINGS.get(self.text[line.position], ()):
                if begin(self, line, matched):
                    matched = len(self.containers)
                    break
            else:
                break
        if not line.at_end:
            if not self.lines:
                self.truncate(matched)
            self.lines.append((line.position, line.end))

    def begin_quote(self, line: Cursor, matched: int) -> bool:
        if matched >= DEEPEST_NESTING:
            return False
        self.truncate(matched)
        self.containers.append(0)
        line.pass_quote_mark()
        return True

    def begin_item(self, line: Cursor, matched: int) -> bool:
        marker = _ITEM.match(self.text, line.position, line.end)
        if not marker or matched >= DEEPEST_NESTING:
            return False
        within_paragraph = bool(self.lines) and matched == len(self.containers)
        if within_paragraph and not self._may_interrupt(marker, line):
            return False
        self.truncate(matched)
        self.containers.append(line.pass_list_marker(len(marker[0])))
        return True

    def begin_footnote(self, line: Cursor, matched: int) -> bool:
        marker = _FOOTNOTE.match(self.text, line.position, line.end)
        if not marker or matched >= DEEPEST_NESTING:
            return False
        self.truncate(matched)
        self.containers.append(4)
        line.pass_list_marker(len(marker[0]))
        return True

    def _may_interrupt(self, marker: re.Match[str], line: Cursor) -> bool:
        """Whether a list may begin within a paragraph: not with an empty item, nor with another number than 1."""
        empty = not self.text[marker.end() : line.end].strip(" \t")
        return not empty and marker["number"] in (None, "1")

    def begin_heading(self, line: Cursor, matched: int) -> bool:
        marks = _HEADING.match(self.text, line.position, line.end)
        if not marks:
            return False
        self.truncate(matched)
        self._add_marked_heading(marks.end(), line.end, len(marks[1]))
        line.pass_line()
        return True

    def begin_underline(self, line: Cursor, matched: int) -> bool:
        if not self.lines or matched < len(self.containers):
            return False
        if not _UNDERLINE.match(self.text, line.position, line.end) or table_start(self._content()) is not None:
            return False
        self._close_paragraph(level=1 if self.text[line.position] == "=" else 2)
        line.pass_line()
        return True

    def begin_rule(self, line: Cursor, matched: int) -> bool:
        if not _RULE.match(self.text, line.position, line.end):
            return False
        self.truncate(matched)
        line.pass_line()
        return True

    def begin_fence(self, line: Cursor, matched: int) -> bool:
        opening = _FENCE.match(self.text, line.position, line.end)
        if not opening:
            return False
        self.truncate(matched)
        self._fence_ends = self._fence_ends or FenceEnds(self.text)
        run, nested, start = opening[1] or opening[2], bool(self.containers), line.position
        closable = self._fence_ends.close(run[0], len(run), line.end, nested=nested)
        line.pass_line()
        if closable and not nested:
            self.resume = self._fence_ends.end(run[0], len(run), line.end)
            return True
        if nested or self._fence_ends.nearly_close(run[0], line.end):
            self.leaf = Fence(run[0], len(run), start, closable)
            return True
        self.trust, self.trust_depth = "in-unclosed-fence", 0
        self._tell(start, f"the fence {run} is never closed; what follows it is read as text")
        return True

    def begin_comment(self, line: Cursor, matched: int) -> bool:
        opening = next((each for each in _COMMENTS if self.text.startswith(each, line.position)), None)
        if not opening:
            return False
        start = line.position + len(opening)
        closing = _COMMENTS[opening]
        end = self.text.find(closing, line.position + 2)
        if end < 0 and opening == "%%":
            return False
        if end < 0:
            end = len(self.text)
            self._tell(line.position, "a comment begins here that is never closed")
        self.truncate(matched)
        if self.wanted(start, end):
            self._add("comment", start, self.text[start:end])
        self.resume = end + len(closing)
        line.pass_over(min(self.resume, line.end) - line.position)
        return True

    def begin_remark(self, line: Cursor, matched: int) -> bool:
        start, end = line.position, line.end
        if not begins_remark(self.text, start, self.lines[-1:]):
            return False
        self.truncate(matched)
        if self.wanted(start, end):
            self._add("comment", start + 1, self.text[start + 1 : end])
        line.pass_line()
        return True

    def begin_html(self, line: Cursor, matched: int) -> bool:
        within_paragraph = bool(self.lines)
        start = html_start(self.text, line.position, line.end, in_paragraph=within_paragraph)
        if not start:
            return False
        self.truncate(matched)
        self.leaf = start
        self._continue_html(start, line)
        line.pass_line()
        return True

    def _close_paragraph(self, level: int = 0) -> None:
        start, end = self.lines[0][0], self.lines[-1][1]
        if not level and not self.wanted(start, end):
            self.lines = []
            return
        text = self._content()
        self.lines = []
        if text[0] == "[" and "]:" in text:
            taken = self.outline.definitions.take_from(text, start, self.path)
            start, text = start + taken, text[taken:]
        if level:
            self._add_heading(level, start, text.strip())
        elif (table := table_start(text)) is not None:
            self._add("text", start, text[:table])
            for offset, cell in cells(text, table):
                if self.wanted(start + offset, start + offset + len(cell)):
                    self._add("cell", start + offset, cell)
        else:
            self._add("text", start, text)

    def _content(self) -> str:
        """The open block's text, as long as in the note, with blanks for the marks of quotes."""
        if len(self.lines) == 1 or all(self.containers):
            return self.text[self.lines[0][0] : self.lines[-1][1]]
        return blanked_between(self.text, self.lines)

    def _add_marked_heading(self, start: int, end: int, level: int) -> None:
        content = self.text[start:end].rstrip(" \t")
        if content.endswith("#"):
            content = _HEADING_END.sub("", content).rstrip(" \t")
        self._add_heading(level, start, content)

    def _add_heading(self, level: int, start: int, text: str) -> None:
        if not self.containers:
            words = plain(text)
            self.headings = [each for each in self.headings if each[0] < level] + [(level, words)]
            self.path = tuple(each for _, each in self.headings)
            if level == 1 and not self.outline.title:
                self.outline.title = words
        if self.wanted(start, start + len(text)):
            self._add("heading", start, text)

    def _tell(self, offset: int, problem: str) -> None:
        self.outline.problems.append((offset, problem))

    def _add(self, kind: Kind, start: int, text: str) -> None:
        if text:
            self.outline.blocks.append(Block(kind, start, text, self.path, self.trust))


_TAKERS: dict[str | None, Callable[[_Reader, re.Match[str]], bool]] = {
    "gap": _Reader.take_text,
    "blank": _Reader.take_blank,
    "item": _Reader.take_item,
    "heading": _Reader.take_heading,
}
"""By the last group of `_USUAL` that matched; each takes what was matched, or leaves it to `read_line`."""

_BEGINNINGS = {
    "#": (_Reader.begin_heading,),
    "`": (_Reader.begin_fence,),
    "~": (_Reader.begin_fence,),
    "<": (_Reader.begin_comment, _Reader.begin_html),
    "%": (_Reader.begin_comment, _Reader.begin_remark),
    "=": (_Reader.begin_underline,),
    "-": (_Reader.begin_item, _Reader.begin_underline, _Reader.begin_rule),
    "*": (_Reader.begin_item, _Reader.begin_rule),
    "_": (_Reader.begin_rule,),
    "+": (_Reader.begin_item,),
    ">": (_Reader.begin_quote,),
    "[": (_Reader.begin_footnote,),
    **dict.fromkeys("0123456789", (_Reader.begin_item,)),
}
"""What may begin a block, by its first character. Each either takes the line or goes past a container's mark."""
