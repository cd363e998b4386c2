"""HTML files as notes: their links, addresses in their text, the headings above, the sentence round, what is beside.

The tokeniser is linear whatever the file holds, and knows where everything stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from operator import attrgetter

from litdb.model import Claim, Mention, Note
from litdb.notes.bare import find_bare
from litdb.notes.beside import claims_of, day_comes_first, groups_beside
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
_CODE = frozenset("code kbd pre samp tt".split())
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
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
    """The http(s) links of an HTML file and the works that its frames show (found `html`), and what its text cites."""
    reader = _Reader(path, text, Lines(one_character_line_ends(text)))
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
    found: str = "html"
    target: str = ""


@dataclass
class _Reader:
    """Gathers a block of text with its links; when the block ends, the links become mentions."""

    path: str
    source: str
    lines: Lines
    title: str = ""
    mentions: list[Mention] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    block: str = ""
    links: list[_Link] = field(default_factory=list)
    texts: list[tuple[int, Token]] = field(default_factory=list)
    """The texts of the block that may cite by themselves, each with its place in the block."""
    ends: dict[int, tuple[list[int], list[int]]] = field(default_factory=dict)
    anchor: bool = False
    code: int = 0
    days: list[str] = field(default_factory=list)
    in_title: bool = False
    in_heading: bool = False

    def take(self, token: Token) -> None:
        name = token.name.removeprefix("/")
        if name in _CODE:
            self.code = max(0, self.code + (1 if token.name == name else -1))
        if not token.name:
            self._take_text(token)
        elif name == "title":
            self.in_title = token.name == "title" and not self.title
        elif name == "a":
            self._take_link(token)
            self.anchor = token.name == "a"
        elif token.name == "iframe" and shows_work(address := web_url(token.attributes.get("src", ""))):
            self._close_link()
            self.links.append(_Link(address, token.start, token.end, len(self.block), len(self.block)))
        elif name in _HEADINGS:
            self.in_heading = not token.name.startswith("/")
            self.end_block(0 if self.in_heading else _HEADINGS[name])
        elif name == "br" and self.in_heading:
            self.block += " "
        elif name in _BLOCKS:
            self.end_block()
        elif token.name == "time" and (day := read_iso(token.attributes.get("datetime", ""))):
            self.days.append(cited_day(day))

    def end_block(self, heading_level: int = 0) -> None:
        """Make mentions of the block's links; the block of a heading is itself above what it holds."""
        self._close_link()
        if heading_level and (heading := " ".join(self.block.split())):
            self.headings = [*(each for each in self.headings if each[0] < heading_level), (heading_level, heading)]
        links = sorted([*self.links, *self._bare()], key=attrgetter("start"))
        starts = {link.first for link in links}
        self.mentions.extend(self._mention(link, starts) for link in links)
        self.block, self.links, self.texts, self.ends, self.days = "", [], [], {}, []

    def _take_text(self, token: Token) -> None:
        if self.in_title:
            self.title += token.text
            return
        if not self.anchor and not self.code:
            self.texts.append((len(self.block), token))
        self.block += token.text

    def _bare(self) -> Iterator[_Link]:
        """What the text of the block cites without a link, wherever tags part it."""
        starts = [start for start, _ in self.texts]
        for found in find_bare(self.block) if starts else ():
            first, last = (bisect_right(starts, place) - 1 for place in (found.start, found.end - 1))
            if first >= 0 and found.start < starts[first] + len(self.texts[first][1].text):
                start, end = (self._place(at, place) for at, place in ((first, found.start), (last, found.end)))
                yield _Link(found.url, start, end, found.start, found.end, found.found, found.target)

    def _place(self, at: int, place: int) -> int:
        """Where a place of the block is in the file, given the text that it stands in."""
        start, token = self.texts[at]
        if at not in self.ends:
            self.ends[at] = _entity_ends(self.source[token.start : token.end])
        in_text, in_source = self.ends[at]
        before = bisect_right(in_text, place - start) - 1
        return token.start + in_source[before] + place - start - in_text[before]

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

    def _mention(self, link: _Link, starts: Container[int]) -> Mention:
        line, column = self.lines.place(link.start)
        end_line, end_column = self.lines.place(link.end)
        return Mention(
            note=self.path,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            target=link.target or link.address,
            found=link.found,
            url=link.address,
            text="" if link.target else " ".join(self.block[link.first : link.last].split()),
            headings=tuple(heading for _, heading in self.headings),
            sentence=_sentence_round(self.block, link.first, link.last),
            asserted=self._asserted(link, starts),
        )

    def _asserted(self, link: _Link, starts: Container[int]) -> tuple[Claim, ...]:
        """What brackets behind a link say, else the day where one link and one day stand together."""
        groups = groups_beside(self.block, link.last, starts)
        claims = claims_of(groups, day_first=self._day_first if any("/" in group for group in groups) else None)
        if not claims and len(self.links) == 1 and len(self.days) == 1:
            return (date_claim(self.days[0], "asserted-by-note", "html:time"),)
        return claims

    @cached_property
    def _day_first(self) -> bool | None:
        return day_comes_first(self.source)


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


def _entity_ends(source: str) -> tuple[list[int], list[int]]:
    """Where the entities of a source without tags end: in the text that it stands for, and in the source itself.

    >>> _entity_ends("a&amp;b&nbsp;c")
    ([0, 2, 4], [0, 6, 13])
    """
    in_text, in_source = [0], [0]
    for entity in _ENTITY.finditer(source):
        in_text.append(in_text[-1] + entity.start() - in_source[-1] + len(unescape(entity[0])))
        in_source.append(entity.end())
    return in_text, in_source


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
