"""The headings of texts that are no Markdown, and under which of them a place stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from litdb.text.tex import from_tex

TITLE = 0
"""The level of a title that stands above no part of the text; one that does has level 1, and sections go on from 2
where a text may have several of the first."""


class Heading(NamedTuple):
    """Where a heading begins, how deep it is, and its words."""

    start: int
    level: int
    words: str


Read = Callable[[str], Iterator[Heading]]


class Sections:
    """The headings of a text, asked for by place.

    >>> sections = Sections([Heading(0, 0, "T"), Heading(9, 2, "A"), Heading(20, 3, "B"), Heading(30, 2, "C")])
    >>> sections.title, sections.above(5), sections.above(25), sections.above(30)
    ('T', (), ('A', 'B'), ('C',))
    """

    def __init__(self, headings: Iterable[Heading]) -> None:
        self.title = ""
        self._starts: list[int] = [0]
        self._paths: list[tuple[str, ...]] = [()]
        open_: list[Heading] = []
        for each in headings:
            if each.level <= 1 and not self.title:
                self.title = each.words
            if each.level != TITLE:
                open_ = [*(above for above in open_ if above.level < each.level), each]
                self._starts.append(each.start)
                self._paths.append(tuple(above.words for above in open_))

    def above(self, offset: int) -> tuple[str, ...]:
        """The headings over an offset, the outermost first; a heading stands under itself."""
        return self._paths[bisect_right(self._starts, offset) - 1]


def no_headings(_text: str) -> Iterator[Heading]:
    """Those of a text of no known kind."""
    return iter(())


_LATEX_LEVELS = {
    name: level
    for level, name in enumerate("part chapter section subsection subsubsection paragraph subparagraph".split(), 2)
} | {"title": TITLE}
_LATEX = re.compile(
    rf"\\(?P<name>{'|'.join(_LATEX_LEVELS)})\*?\s?(?:\[(?:[^\[\]{{}}]|\{{[^{{}}]{{0,200}}\}}){{0,500}}\]\s?)?\{{"
)
_LONGEST = 1000
_DEEPEST = 10
"""Characters of a heading, and braces within braces."""
_COMMENTED = re.compile(r"(?<!\\)(?:\\\\)*%")
_ASIDE = re.compile(
    r"\\(?:label|footnote|footnotemark|thanks|index|[a-z]*cite[a-z]*)\*?(?:\[[^\[\]]*\])*(?:\{(?:[^{}]|\{[^{}]*\})*\})?"
)
_LATEX_LINK = re.compile(r"\\href\s?\{[^{}]*\}|\\texorpdfstring\s?\{[^{}]*\}|\\\\\*?(?:\[[^\[\]]*\])?")
_MATHEMATICS = re.compile(r"(\$[^$]*\$)")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s?|[{}]")


def latex_headings(text: str) -> Iterator[Heading]:
    r"""The title and the sections of LaTeX, starred and with a short form too.

    >>> [(each.level, each.words) for each in latex_headings(r"\title{A} \section*{B} \subsection[b]{\emph{C}}")]
    [(0, 'A'), (4, 'B'), (5, 'C')]
    """
    for command in _LATEX.finditer(text):
        line = text.rfind("\n", 0, command.start()) + 1
        end = _closing_brace(text, command.end())
        if end and not _COMMENTED.search(text, line, command.start()):
            yield Heading(command.start(), _LATEX_LEVELS[command["name"]], _latex_words(text[command.end() : end]))


def _closing_brace(text: str, start: int) -> int:
    """Where the brace stands that closes the one before an offset, or 0."""
    depth = 1
    for brace in re.finditer(r"\\.|[{}]", text[start : start + _LONGEST], re.DOTALL):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if not 0 < depth <= _DEEPEST:
            return 0 if depth else start + brace.start()
    return 0


def _latex_words(text: str) -> str:
    parts = _MATHEMATICS.split(from_tex(_LATEX_LINK.sub(" ", _ASIDE.sub("", text))))
    return _one_line("".join(part if place % 2 else _COMMAND.sub("", part) for place, part in enumerate(parts)))


_ORG = re.compile(
    r"^(?:#\+title:[ \t]*(?P<title>[^\n]*)|#\+(?:seq_|typ_)?todo:(?P<todo>[^\n]*)"
    r"|(?P<stars>\*+)[ \t]+(?P<words>[^\n]+))$",
    re.MULTILINE | re.IGNORECASE,
)
_ORG_TAGS = re.compile(r"(?:\A|[ \t]):[\w@#%:]+:[ \t]*\Z")
_ORG_STATE = re.compile(r"\[(?:#\w|\d*/\d*|\d*%)\]")
"""A priority, and how much of the tasks below is done."""
_ORG_TASKS = ("TODO", "DONE")
_ORG_LINK = re.compile(r"\[\[([^\[\]]*)\](?:\[((?:[^\[\]]|\[[^\[\]]*\])*)\])?\]")


def org_headings(text: str) -> Iterator[Heading]:
    """The headings of Org without what it keeps of tasks there; all lines `#+TITLE:` are one title.

    >>> [each.words for each in org_headings("* TODO [#A] Read [[http://a.example/][it]] :ai:")]
    ['Read it']
    """
    found = list(_ORG.finditer(text))
    titles = [each for each in found if each["title"] is not None]
    if titles:
        yield Heading(titles[0].start(), TITLE, _org_words(" ".join(each["title"] for each in titles)))
    own = (re.sub(r"\(.*", "", word) for each in found for word in (each["todo"] or "").split())
    tasks = {*_ORG_TASKS, *own}
    for each in found:
        if each["stars"]:
            task, _, rest = each["words"].partition(" ")
            words = _ORG_STATE.sub("", rest if task in tasks else each["words"])
            yield Heading(each.start(), 1 + len(each["stars"]), _org_words(_ORG_TAGS.sub("", words)))


def _org_words(text: str) -> str:
    return _plain(_ORG_LINK.sub(lambda link: link[2] or link[1], text), "*/_=~+")


_RST = re.compile(
    r"^(?:(?P<over>(?P<mark>[!-/:-@\[-`{-~])(?P=mark)*)[ \t]*\n(?P<within>[^\n]*\S[^\n]*)\n(?P=over)[ \t]*$"
    r"|(?P<words>(?!\.\. )\S[^\n]*)\n(?P<under>(?P<line>[!-/:-@\[-`{-~])(?P=line)*)[ \t]*$)",
    re.MULTILINE,
)
_RST_SHORTEST = 4
"""Characters of a line under words that are longer (docutils takes a shorter one for text)."""
_RST_LINK = re.compile(r"`([^`<>]*?)\s*<[^<>`]*>`_{1,2}")


def rst_headings(text: str) -> Iterator[Heading]:
    r"""The section titles of reStructuredText: styles of their lines are deeper in the order in which they come.

    >>> [(each.level, each.words) for each in rst_headings("==\nA\n==\n\nB\n==\n\nC\n--\n\nD\n==\n")]
    [(1, 'A'), (2, 'B'), (3, 'C'), (2, 'D')]
    """
    styles: list[tuple[str, bool]] = []
    for each in _RST.finditer(text):
        written, line = (each["within"] or each["words"]).strip(), each["over"] or each["under"]
        is_over = each["over"] is not None
        if len(line) < min(len(written), _RST_SHORTEST) or not (is_over or _begins_block(text, each.start())):
            continue
        style = (line[0], is_over)
        styles += [style] if style not in styles else []
        words = _plain(_RST_LINK.sub(r"\1", written), "*`")
        yield Heading(each.start("within") if is_over else each.start(), 1 + styles.index(style), words)


def _begins_block(text: str, start: int) -> bool:
    """Whether the line before an offset is blank, or a label."""
    before = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : start].strip()
    return not before or before.startswith(".. ")


def marked_headings(
    text: str, lines: re.Pattern[str], links: re.Pattern[str], emphasis: str, title: re.Pattern[str] | None = None
) -> Iterator[Heading]:
    """The headings of a text whose lines begin with as many `marks` as they are deep; with a `title` of its own, its
    sections may be several of the first level.
    """
    told = title.search(text) if title else None
    if told:
        yield Heading(told.start(), TITLE, _plain(told[1], emphasis))
    for each in lines.finditer(text):
        words = links.sub(lambda link: link[link.lastindex or 0], each["words"])
        yield Heading(each.start(), len(each["marks"]) + (title is not None), _plain(words, emphasis))


asciidoc_headings: Read = partial(
    marked_headings,
    lines=re.compile(
        r"^(?P<marks>={1,6}|#{1,6})[ \t]+(?P<words>\S(?:[^\n]*?\S)??)(?:[ \t]+(?P=marks))?[ \t]*$", re.MULTILINE
    ),
    links=re.compile(r"(?:link:|(?=https?://))[^\s\[\]]{1,2000}\[([^\[\]\n]*?)(?:\^|,[^\[\]\n]*)?\]"),
    emphasis="*_`#",
)
mediawiki_headings: Read = partial(
    marked_headings,
    lines=re.compile(r"^(?P<marks>={1,6})(?!=)(?P<words>[^\n]+?)(?<!=)(?P=marks)[ \t]*$", re.MULTILINE),
    links=re.compile(r"\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]*)\]\]|\[(?:https?:)?//[^\s\[\]]+[ \t]+([^\[\]\n]*)\]"),
    emphasis="'",
)
typst_headings: Read = partial(
    marked_headings,
    lines=re.compile(r"^(?P<marks>={1,6})[ \t]+(?P<words>\S[^\n]*?)(?:[ \t]*<[\w:.-]+>)?[ \t]*$", re.MULTILINE),
    links=re.compile(r"#link\([^()\n]*\)\[([^\[\]\n]*)\]"),
    emphasis="*_`",
    title=re.compile(r"^#set document\((?:[^()]*,)?\s*title:\s*\"([^\"\n]*)\"", re.MULTILINE),
)
tiddlywiki_headings: Read = partial(
    marked_headings,
    lines=re.compile(r"^(?P<marks>!{1,6})[ \t]*(?P<words>[^\s!][^\n]*)$", re.MULTILINE),
    links=re.compile(r"\[(?:ext)?\[([^\[\]|\n]*)(?:\|[^\[\]\n]*)?\]\]"),
    emphasis="'/`",
    title=re.compile(r"\A(?:[^\n]+\n)*?title:[ \t]*([^\n]+)"),
)


def _plain(text: str, emphasis: str) -> str:
    """Words without these marks round them.

    >>> _plain("on *bold* and 2*3 ``x``", "*`")
    'on bold and 2*3 x'
    """
    marks = re.escape(emphasis)
    return _one_line(
        re.sub(
            rf"(?<![^\s(\"'{marks}])(?P<mark>[{marks}])(?P=mark)*(?=\S)([^\n]+?)(?<=\S)(?P=mark)+(?!\w)", r"\2", text
        )
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
