"""Other text as notes (LaTeX, reStructuredText, Org): URLs, bare identifiers, keys, and the links of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import PurePath

from litdb.model import Note
from litdb.notes.bare import read_bare
from litdb.notes.fences import blank_code
from litdb.notes.found import Found, Scan, web_url
from litdb.notes.keys import cite_command, keys_in_brackets
from litdb.notes.lines import Lines, one_character_line_ends
from litdb.notes.markers import blank_lists
from litdb.notes.mentions import Mentions
from litdb.notes.outline import Block

_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[ \t]*[^\s][^\n]*)*")
_MARK = re.compile(r"\\|\[|`|:cite|https?://|www\.|doi(?:\s?:?\s?|\.org/)10\.|arxiv(?:[\s:]|\.org/)", re.IGNORECASE)
_LINKS = {
    "\\": re.compile(r"\\href(?:\[[^\[\]{}]*\])?\s?\{(?P<url>[^{}]*)\}\s?\{(?P<text>[^{}]*)\}"),
    "[": re.compile(r"\[\[(?P<url>https?://[^\[\]]*)\](?:\[(?P<text>[^\[\]]*)\])?\]"),
    "`": re.compile(r"`(?P<text>[^`<>]*)<(?P<url>https?://[^<>`\s]*)>`_{1,2}"),
}
"""Links with a text, by their first character: LaTeX, Org, reStructuredText."""
_KEYS = re.compile(r":cite(?::[a-z]+)*:`(?P<inside>[^`]*)`|\[(?P<brackets>cite[^\[\]:]*:[^\[\]]*)\]")
_KEY = re.compile(r"[^\s,]+")
_ESCAPED = re.compile(r"\\([#$%&_~{}])")
_LATEX_COMMENT = re.compile(r"(?<!\S)%[^\n]*")
_COMMENTS = {
    ".tex": _LATEX_COMMENT,
    ".ltx": _LATEX_COMMENT,
    ".org": re.compile(r"^[ \t]*#[ \t][^\n]*", re.MULTILINE),
    ".rst": re.compile(r"^[ \t]*\.\.[ \t](?![\[_|]|[\w:-]+::)[^\n]*", re.MULTILINE),
    ".adoc": re.compile(r"^//(?!/)[^\n]*", re.MULTILINE),
}
"""What is a comment to the end of its line, by the suffix of the note."""


def read_text(path: str, text: str) -> Note:
    r"""A plain-text note with every citation in it; its `sha256` is left to who has the bytes.

    >>> note = read_text("a.tex", r"See \href{http://a.example/x\_y}{this} and \citep{b, c}.")
    >>> [(each.url or each.target, each.text, each.column) for each in note.mentions]
    [('http://a.example/x_y', 'this', 5), ('@b', '', 51), ('@c', '', 54)]
    """
    source = blank_code(blank_lists(one_character_line_ends(text.removeprefix("\ufeff"))))
    comments = _comments(path, source)
    mentions = Mentions(path, source, Lines(source))
    for paragraph in _PARAGRAPH.finditer(source):
        scan = scan_text(paragraph[0])
        if comments:
            scan.found = [_apart(each, paragraph.start() + each.start, comments) for each in scan.found]
        if scan.found:
            mentions.add_block(Block("text", paragraph.start(), paragraph[0]), scan)
    return Note(path=path, kind="text", sha256="", mentions=mentions.in_order(), problems=mentions.problems())


def scan_text(text: str) -> Scan:
    """The citations of a piece of text that is no Markdown."""
    scan, position = Scan(), 0
    while mark := _MARK.search(text, position):
        position = mark.end()
        found, end = _read(text, mark.start())
        if end:
            scan.found += found
            scan.atoms.append((mark.start(), end))
            position = end
    return scan


def _read(text: str, start: int) -> tuple[list[Found], int]:
    """What is cited at a mark, and where it ends: 0 where nothing is."""
    first = text[start]
    command = cite_command(text, start) if first == "\\" else None
    if command:
        return command
    if first in _LINKS and (link := _LINKS[first].match(text, start)):
        url = web_url(_ESCAPED.sub(r"\1", link["url"]))
        found = Found(start, link.end(), link["url"], url, "inline-link", " ".join((link["text"] or "").split()))
        return [found] if url else [], link.end()
    if first in ":[" and (keys := _KEYS.match(text, start)):
        return _keys(text, keys), keys.end()
    bare = read_bare(text, start) if first.isalpha() else None
    return ([bare._replace(url=_ESCAPED.sub(r"\1", bare.url))], bare.end) if bare else ([], 0)


def _keys(text: str, group: re.Match[str]) -> list[Found]:
    if group["brackets"] is not None:
        return list(keys_in_brackets(text, *group.span("brackets")))
    inside = _KEY.finditer(text, *group.span("inside"))
    return [Found(*key.span(), "@" + key[0], "", "key") for key in inside]


def _comments(path: str, source: str) -> list[tuple[int, int]]:
    comment = _COMMENTS.get(PurePath(path).suffix.lower())
    return [each.span() for each in comment.finditer(source)] if comment else []


def _apart(found: Found, start: int, comments: Sequence[tuple[int, int]]) -> Found:
    """A citation as it is, or as one in a comment where it stands in one of these, which are in order."""
    before = bisect_left(comments, (start + 1,)) - 1
    return found._replace(found="comment") if before >= 0 and start < comments[before][1] else found
