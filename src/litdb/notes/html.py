"""HTML files as notes: their links, the headings above, the sentence round, the day in a `<time>` beside a link.

The tokeniser is linear whatever the file holds, and knows where everything stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from litdb.model import Claim, Mention, Note
from litdb.notes.found import decode_entities, web_url
from litdb.notes.lines import Lines, one_character_line_ends
from litdb.notes.tags import shows_work
from litdb.text.dates import cited_day, date_claim, read_iso
from litdb.text.titles import clean_title

_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]*)")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
_RAW = frozenset("script style template textarea noscript iframe".split())
_BLOCKS = frozenset(
    """address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer
    form head header hr html li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul""".split()
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[^\sa-z])")
_LONGEST = 1000
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass(frozen=True, slots=True)
class Token:
    """A tag or the text between two: `name` is empty for text, begins with `/` for an end tag."""

    name: str
    start: int
    end: int
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


def tokens(text: str) -> Iterator[Token]:
    """The tags and texts of an HTML file, entities resolved; comments, scripts and styles are left out.

    >>> [token.name or token.text for token in tokens("<p>a &amp; <!-- <b> --><A HREF=x>b</a><script><i></script>")]
    ['p', 'a & ', 'a', 'b', '/a', 'script', '/script']
    """
    at = 0
    while at < len(text):
        start = text.find("<", at)
        start = len(text) if start < 0 else start
        if start > at:
            yield Token("", at, start, unescape(text[at:start]))
        if start == len(text):
            return
        if text.startswith(("<!", "<?"), start):
            at = _declaration_end(text, start)
            continue
        name = _NAME.match(text, start)
        if not name:
            yield Token("", start, start + 1, "<")
            at = start + 1
            continue
        tag = _tag(text, start, name)
        yield tag
        at = _raw_end(text, tag) if tag.name in _RAW else tag.end


def read_html(path: str, text: str) -> Note:
    """The http(s) links of an HTML file and the works that its frames show, as mentions found `html`."""
    reader = _Reader(path, Lines(one_character_line_ends(text)))
    for token in tokens(text):
        reader.take(token)
    reader.end_block()
    return Note(path=path, kind="html", sha256="", title=clean_title(reader.title), mentions=tuple(reader.mentions))


def web_address(attributes: Mapping[str, str]) -> str:
    """The http(s) address in a link's `href`, or empty.

    >>> web_address({"href": " https://example.org/a "}), web_address({"href": "#top"})
    ('https://example.org/a', '')
    """
    return web_url(attributes.get("href", ""))


@dataclass(slots=True)
class _Link:
    address: str
    start: int
    end: int
    first: int
    last: int = -1


@dataclass(slots=True)
class _Reader:
    """Gathers a block of text with its links; when the block ends, the links become mentions."""

    path: str
    lines: Lines
    title: str = ""
    mentions: list[Mention] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    block: str = ""
    links: list[_Link] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    in_title: bool = False

    def take(self, token: Token) -> None:
        name = token.name.removeprefix("/")
        if not token.name:
            self._take_text(token.text)
        elif name == "title":
            self.in_title = token.name == "title" and not self.title
        elif name == "a":
            self._take_link(token)
        elif token.name == "iframe" and shows_work(address := web_url(token.attributes.get("src", ""))):
            self._close_link()
            self.links.append(_Link(address, token.start, token.end, len(self.block), len(self.block)))
        elif name in _HEADINGS:
            self.end_block(_HEADINGS[name] if token.name.startswith("/") else 0)
        elif name in _BLOCKS:
            self.end_block()
        elif token.name == "time" and (day := read_iso(token.attributes.get("datetime", ""))):
            self.days.append(cited_day(day))

    def end_block(self, heading_level: int = 0) -> None:
        """Make mentions of the block's links; the block of a heading is itself above what it holds."""
        self._close_link()
        if heading_level and (heading := " ".join(self.block.split())):
            self.headings = [*(each for each in self.headings if each[0] < heading_level), (heading_level, heading)]
        self.mentions.extend(map(self._mention, self.links))
        self.block, self.links, self.days = "", [], []

    def _take_text(self, text: str) -> None:
        if self.in_title:
            self.title += text
        else:
            self.block += text

    def _take_link(self, token: Token) -> None:
        self._close_link()
        address = web_address(token.attributes)
        if token.name == "a" and address:
            self.links.append(_Link(address, token.start, token.end, len(self.block)))
        elif self.links and self.links[-1].end < token.start and self.links[-1].last == len(self.block):
            self.links[-1].end = token.end

    def _close_link(self) -> None:
        if self.links and self.links[-1].last < 0:
            self.links[-1].last = len(self.block)

    def _mention(self, link: _Link) -> Mention:
        line, column = self.lines.place(link.start)
        end_line, end_column = self.lines.place(link.end)
        return Mention(
            note=self.path,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            target=link.address,
            found="html",
            url=link.address,
            text=" ".join(self.block[link.first : link.last].split()),
            headings=tuple(heading for _, heading in self.headings),
            sentence=_sentence_round(self.block, link.first, link.last),
            asserted=self._asserted(),
        )

    def _asserted(self) -> tuple[Claim, ...]:
        """The day beside a link, where one link and one day stand together and nothing has to be guessed."""
        if len(self.links) == 1 and len(self.days) == 1:
            return (date_claim(self.days[0], "asserted-by-note", "html:time"),)
        return ()


def _tag(text: str, start: int, name: re.Match[str]) -> Token:
    attributes: dict[str, str] = {}
    at = name.end()
    while attribute := _ATTRIBUTE.match(text, at):
        value = next((part for part in attribute.groups()[1:] if part is not None), "")
        attributes.setdefault(attribute[1].lower(), decode_entities(value))
        at = attribute.end()
    while at < len(text) and text[at] not in "<>":
        following = _ATTRIBUTE.match(text, at + 1)
        at = following.end() if following else at + 1
    end = at + 1 if text[at : at + 1] == ">" else at
    slash = "/" if text[start + 1] == "/" else ""
    return Token(slash + name[1].lower(), start, end, attributes=attributes)


def _declaration_end(text: str, start: int) -> int:
    mark = "-->" if text.startswith("<!--", start) else ">"
    end = text.find(mark, start + 2)
    return len(text) if end < 0 else end + len(mark)


def _raw_end(text: str, tag: Token) -> int:
    """Where the end tag of a script or the like begins; all that is left where it has none."""
    end = re.compile(rf"</{tag.name}\b", re.IGNORECASE).search(text, tag.end)
    return end.start() if end else len(text)


def _sentence_round(text: str, start: int, end: int) -> str:
    """The sentence of a paragraph in which the part from `start` to `end` stands, at most 1,000 characters a side.

    >>> _sentence_round("First one. See the paper (2017). Then more.", 15, 24)
    'See the paper (2017).'
    """
    before, after = text[max(0, start - _LONGEST) : start], text[end : end + _LONGEST]
    begins = max((found.end() for found in _SENTENCE_END.finditer(before)), default=0)
    closing = _SENTENCE_END.search(after)
    stops = closing.end() if closing else len(after)
    return " ".join((before[begins:] + text[start:end] + after[:stops]).split())
