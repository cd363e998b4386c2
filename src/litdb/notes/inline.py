"""Links inside a block of Markdown: one pass from left to right, after CommonMark 0.31 (6.3-6.6 and appendix).

Brackets are kept on a stack and are looked at again only when they close, backticks are matched by a table of their
runs, so the time is linear in the block's length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass

from litdb.notes.bare import SICI, read_bare
from litdb.notes.found import Found, Scan, decode_entities, encode_marks, unescape, web_url
from litdb.notes.keys import HANDLE, cite_command, handle_at, keys_in_brackets
from litdb.notes.plain import plain
from litdb.notes.references import LONGEST_LABEL, Definitions
from litdb.notes.shortcodes import shortcode_at
from litdb.notes.signs import places
from litdb.notes.tags import TAG, embed_of, link_of, shows_work, until

_MARKS = ("\\", "`", "<", "[", "]", "%", ":", "@")
_BARE = frozenset(("bare-url", "bare-id", "key", HANDLE))
_WORDS = {
    "10.": ("doi ", "DOI ", "Doi ", "doi=", "doi：", "DOI：", "doi.org/10."),
    "www.": ("www.",),
    "WWW.": ("WWW.",),
    "rxiv": ("arxiv.org/", "arxiv ", "Arxiv ", "arxiv="),
    "arXiv": ("arXiv.org/", "arXiv ", "arXiv："),
    "ArXiv": ("ArXiv ",),
    "ARXIV": ("ARXIV ",),
    "ISBN": ("ISBN",),
    "PMID": ("PMID",),
    "PMCID": ("PMCID",),
    "eprint": ("eprint",),
    "{{<": ("{{<",),
    "{%": ("{%",),
}
"""What begins a citation without any of the marks, by the sign of it that the text then holds (`litdb.notes.signs`)."""
_ID = re.compile(r"(?:doi|arxiv)\s?:", re.IGNORECASE)
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_BACKTICKS = re.compile(r"`+")
_BEFORE_COLON = re.compile(r"(?:https?|doi|arxiv)\s?\Z", re.IGNORECASE)
_SIMPLE_LINK = re.compile(r"\[(?P<text>[^\[\]\\`<%]*)\]\((?P<url>https?://[^\s()\\<>&]+)\)")
_WIKI_LINK = re.compile(r"\[\[(?P<url>https?://[^\s\[\]|\\<>]+)(?:\\?\||\]\[)(?P<text>[^\[\]]*)\]\](?![(\[])")
"""Obsidian's link to a URL under another name, whose bar is escaped in a table; and Org's, which Logseq has too."""
_LINKED_URL = re.compile(r"(?:\[[^\[\]]*\]\(|\[\[)(?P<url>https?://\S+?)(?:\)|\]\])\Z")
"""What Roam and Logseq have where the address of a link stands."""
_NAMED_AUTOLINK = re.compile(r"<(?P<url>https?://[^\s<>|]+)\|(?P<text>[^<>|\n]+)>")
"""Slack's link with a text (api.slack.com/reference/surfaces/formatting)."""
_AUTOLINK = re.compile(rf"<(?:[Uu][Rr][Ll]:)?(?P<target>[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^\s<>]*(?:{SICI}[^\s<>]*)?)>")
_BROKEN_AUTOLINK = re.compile(
    r"<(?:url:)?(?P<target>https?://[^\s<>]+(?:[ \t]*\n[ \t]*(?!https?://)[^\s<>]+){1,3})>", re.IGNORECASE
)
"""One that a mail program broke into lines: RFC 3986, appendix C, which also knows `<URL:…>`."""
_DECLARATIONS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>", "<!": ">"}
_POINTED = re.compile(r"<(?P<target>[^<>\\\n]*(?:\\.[^<>\\\n]*)*)>")
_DESTINATION_PIECE = re.compile(r"[^\s()\\]+|\\.|\\|[()]")
_DEEPEST_PARENTHESES = 8
_BLANK = re.compile(r"\s*")
_LINK_END = re.compile(
    r"""(?:\s+(?:"[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*'|\([^()\\]*(?:\\.[^()\\]*)*\)))?\s*\)""", re.DOTALL
)
_LABEL = re.compile(r"\[(?P<label>[^\[\]\\]*(?:\\.[^\[\]\\]*)*)\]", re.DOTALL)
_FAILED_LINK = re.compile(r"(?:(?<!\])\] ?\(\s?<?|<)\Z")
_NO_LINK_TEXT = re.compile(r"\[(?:[ xX]|[\^@][^\[\]]*)\] ?\(\s?\Z")


@dataclass(slots=True)
class _Bracket:
    start: int  # of `[` or `![`
    inside: int
    is_image: bool
    holds_bracket: bool = False


def words_in(text: str, signs: Container[str]) -> tuple[str, ...]:
    """What begins citations of a note that holds these signs without any mark, and does not only stand in URLs."""
    held = (word for sign, words in _WORDS.items() if sign in signs for word in words)
    return tuple(word for word in held if any(text[place - 1 : place] != "/" for place in places(text, (word,))))


def scan_inline(text: str, definitions: Definitions, words: Sequence[str] = ()) -> Scan:
    """Every citation of a block, with positions in the block's text, given the note's definitions and `words_in` it.

    >>> [each.url for each in scan_inline("[a [b](http://b.example) c](http://a.example) `[`", Definitions()).found]
    ['http://b.example']
    """
    return _scan_simple(text, definitions, words) or _Scanner(text, definitions).scan(words)


def _scan_simple(text: str, definitions: Definitions, words: Sequence[str]) -> Scan | None:
    """The links of a block in which nothing but `[text](http…)` can cite or hide anything; else None."""
    if words or "<" in text or "`" in text or "\\" in text or "%" in text or "@" in text or "!" in text:
        return None
    links = [*_SIMPLE_LINK.finditer(text)]
    count = len(links)
    if text.count("[") != count and (definitions or text.count("](") != count):
        return None
    if text.count(":") != count and (text.count("://") != count or _ID.search(text)):
        return None
    found = [Found(*link.span(), link[2], link[2], "inline-link", plain(link[1])) for link in links]
    return Scan(found, [link.span() for link in links])


class _Scanner:
    def __init__(self, text: str, definitions: Definitions) -> None:
        self.text, self.definitions = text, definitions
        self.result = Scan()
        self.brackets: list[_Bracket] = []
        self.dead = 0
        """How many of the open brackets hold a link already and so can be none themselves."""
        self.anchor: Found | None = None
        self.floor = 0
        """The end of what was last taken: nothing looks back behind it."""
        self._runs: dict[int, list[int]] | None = None
        self._missing: set[str] = set()

    def scan(self, words: Sequence[str]) -> Scan:
        """Go through the text once."""
        text, position = self.text, 0
        for start in places(text, (*_MARKS, *words)):
            if start >= position:
                position = _READERS[text[start]](self, start)
        if self.anchor:
            self.result.found.append(self.anchor)
        return self.result

    def read_backslash(self, start: int) -> int:
        command = cite_command(self.text, start)
        if command:
            self.result.found += command[0]
            self.floor = command[1]
        else:
            self.floor = start + (2 if self.text[start + 1 : start + 2] in _ESCAPABLE else 1)
        return self.floor

    def read_backticks(self, start: int) -> int:
        run = _BACKTICKS.match(self.text, start)
        length = len(run[0]) if run else 1
        starts = self._run_starts(length)
        closing = bisect_left(starts, start + length)
        if closing == len(starts):
            return start + length
        return self._pass_atom(start, starts[closing] + length)

    def read_angle(self, start: int) -> int:
        if named := _NAMED_AUTOLINK.match(self.text, start):
            url = encode_marks(decode_entities(named["url"]))
            return self._take_link(Found(start, named.end(), named["url"], url, "autolink", plain(named["text"])))
        if autolink := _AUTOLINK.match(self.text, start) or _BROKEN_AUTOLINK.match(self.text, start):
            target = "".join(autolink["target"].split())
            if url := web_url(encode_marks(decode_entities(target))):
                self.result.found.append(Found(start, autolink.end(), target, url, "autolink"))
            return self._pass_atom(start, autolink.end())
        if tag := TAG.match(self.text, start):
            return self._read_tag(tag)
        for opening, closing in _DECLARATIONS.items():
            if self.text.startswith(opening, start):
                return self._read_declaration(start, opening, closing)
        return start + 1

    def read_percent(self, start: int) -> int:
        if not self.text.startswith("%%", start):
            return start + 1
        return self._read_declaration(start, "%%", "%%")

    def read_opening(self, start: int) -> int:
        is_image = start > self.floor and self.text[start - 1] == "!"
        simple = None if is_image else _SIMPLE_LINK.match(self.text, start)
        if simple:
            text, url = simple.groups()
            return self._take_link(Found(start, simple.end(), url, url, "inline-link", plain(text)))
        if self.text.startswith("[[http", start) and (wiki := _WIKI_LINK.match(self.text, start)):
            url, alias = wiki.groups()
            text = "" if is_image else plain(alias)
            return self._take_link(Found(start, wiki.end(), url, decode_entities(url), "inline-link", text))
        if self.brackets:
            self.brackets[-1].holds_bracket = True
        self.brackets.append(_Bracket(start - is_image, start + 1, is_image))
        return start + 1

    def read_closing(self, start: int) -> int:
        if not self.brackets:
            return start + 1
        bracket = self.brackets.pop()
        is_dead = len(self.brackets) < self.dead and not bracket.is_image
        self.dead = min(self.dead, len(self.brackets))
        if is_dead:
            return start + 1
        link = self._inline_link(bracket, start) or self._reference_link(bracket, start)
        if not link:
            if not bracket.is_image and self.text.find("@", bracket.inside, start) >= 0:
                self._take_keys([*keys_in_brackets(self.text, bracket.inside, start)], bracket)
            return start + 1
        self._drop_since(bracket.start, _BARE)
        if bracket.is_image:
            if shows_work(link.url):
                self.result.found.append(link)
            return self._pass_atom(link.start, link.end)
        return self._take_link(link)

    def read_at(self, start: int) -> int:
        handle = handle_at(self.text, start)
        if handle and not self.anchor:
            self.result.found.append(handle)
        return handle.end if handle else start + 1

    def read_colon(self, start: int) -> int:
        scheme = _BEFORE_COLON.search(self.text, max(self.floor, start - 6), start)
        return self._read_bare(scheme.start(), start + 1) if scheme else start + 1

    def read_brace(self, start: int) -> int:
        shortcode = shortcode_at(self.text, start)
        if not shortcode:
            return start + 1
        self.result.found.append(shortcode)
        return self._pass_atom(start, shortcode.end)

    def read_letter(self, start: int) -> int:
        return self._read_bare(start, start + 1)

    def _read_bare(self, start: int, otherwise: int) -> int:
        bare = read_bare(self.text, start)
        if not bare:
            return otherwise
        if bare.found == "bare-url" and self._is_failed_link(start):
            self.result.failed.append(bare)
        elif not self.anchor:
            self.result.found.append(bare)
        return self._pass_atom(start, bare.end)

    def _is_failed_link(self, start: int) -> bool:
        """Whether a URL stands where a link would have it, though there is none: `[t] (u)`, `[t](u v)`, `<u v>`."""
        link_end = self.result.atoms[-1][1] if self.result.atoms else 0
        before = self.text[max(link_end, start - 80) : start]
        return bool(_FAILED_LINK.search(before)) and not _NO_LINK_TEXT.search(before)

    def _read_tag(self, tag: re.Match[str]) -> int:
        if self.anchor and (tag["closed"] or "").lower() == "a":
            self.result.found.append(until(self.anchor, tag, self.text))
            self.anchor = None
        elif link := link_of(tag):
            if self.anchor:
                self.result.found.append(self.anchor)
            self.anchor = link
        elif embed := embed_of(tag):
            self.result.found.append(embed)
        return self._pass_atom(*tag.span())

    def _read_declaration(self, start: int, opening: str, closing: str) -> int:
        """Go past a comment or another declaration; where it is never closed, past its first character only."""
        if closing in self._missing:
            return start + 1
        end = self.text.find(closing, start + 2)
        if end < 0:
            self._missing.add(closing)
            return start + 1
        self.floor = end + len(closing)
        if opening in {"<!--", "%%"}:
            self.result.comments.append((start, self.floor))
        return self.floor

    def _inline_link(self, bracket: _Bracket, closing: int) -> Found | None:
        if not self.text.startswith("(", closing + 1):
            return None
        begin = closing + 2 + len(_blank(self.text, closing + 2))
        destination = _destination(self.text, begin)
        if destination is None:
            return None
        target, end = destination
        if linked := _LINKED_URL.match(target):
            target = linked["url"]
        rest = _LINK_END.match(self.text, end)
        return (
            self._link(bracket, closing, rest.end(), target, web_url(unescape(target)), "inline-link") if rest else None
        )

    def _reference_link(self, bracket: _Bracket, closing: int) -> Found | None:
        if not self.definitions:
            return None
        written = self.text[bracket.inside : min(closing, bracket.inside + LONGEST_LABEL + 1)]
        full = _LABEL.match(self.text, closing + 1)
        end = full.end() if full else closing + 1
        if full and full["label"].strip():
            definition = self.definitions.named(full["label"])
        else:
            definition = None if bracket.holds_bracket else self.definitions.named(written)
        if not definition:
            return None
        definition.used = True
        return self._link(bracket, closing, end, definition.target, definition.url, "reference-link")

    def _link(self, bracket: _Bracket, closing: int, end: int, target: str, url: str, found: str) -> Found:
        text = "" if bracket.is_image else plain(self.text[bracket.inside : closing])
        return Found(bracket.start, end, target, url, found, text)

    def _take_link(self, link: Found) -> int:
        self.dead = len(self.brackets)
        if link.url:
            self.result.found.append(link)
        return self._pass_atom(link.start, link.end)

    def _pass_atom(self, start: int, end: int) -> int:
        self.result.atoms.append((start, end))
        self.floor = end
        return end

    def _take_keys(self, keys: list[Found], bracket: _Bracket) -> None:
        if keys:
            self._drop_since(bracket.start, (HANDLE,))
            self.result.found += keys

    def _drop_since(self, start: int, kinds: Container[str]) -> None:
        """Forget what was found so behind an offset, as within a link's own text: `[u](u)` counts once."""
        found = self.result.found
        first = len(found)
        while first and found[first - 1].start > start:
            first -= 1
        found[first:] = [each for each in found[first:] if each.found not in kinds]

    def _run_starts(self, length: int) -> list[int]:
        if self._runs is None:
            self._runs = defaultdict(list)
            for run in _BACKTICKS.finditer(self.text):
                self._runs[len(run[0])].append(run.start())
        return self._runs.get(length, [])


_READERS = {
    "\\": _Scanner.read_backslash,
    "`": _Scanner.read_backticks,
    "<": _Scanner.read_angle,
    "%": _Scanner.read_percent,
    "[": _Scanner.read_opening,
    "]": _Scanner.read_closing,
    ":": _Scanner.read_colon,
    "@": _Scanner.read_at,
    "{": _Scanner.read_brace,
    **dict.fromkeys("wWdDaAeIP", _Scanner.read_letter),
}


def _blank(text: str, position: int) -> str:
    match = _BLANK.match(text, position)
    return match[0] if match else ""


def _destination(text: str, position: int) -> tuple[str, int] | None:
    """The link destination at an offset as it is written, and where it ends (CommonMark 0.31, 6.3)."""
    if text.startswith("<", position):
        pointed = _POINTED.match(text, position)
        return (pointed["target"], pointed.end()) if pointed else None
    end, depth = position, 0
    while piece := _DESTINATION_PIECE.match(text, end):
        if piece[0] == "(":
            depth += 1
        elif piece[0] == ")":
            if not depth:
                break
            depth -= 1
        if depth > _DEEPEST_PARENTHESES:
            return None
        end = piece.end()
    return None if depth else (text[position:end], end)
