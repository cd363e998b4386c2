"""Text other than Markdown as notes: URLs, bare identifiers, keys, and what each kind of text has of its own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import PurePath

from litdb.model import Note
from litdb.notes.bare import START, find_bare, read_bare
from litdb.notes.dialects import ANY, DIALECTS, Dialect
from litdb.notes.fences import blank_code
from litdb.notes.found import Found, Scan, web_url
from litdb.notes.headings import Sections
from litdb.notes.keys import HANDLE, cite_command, keys_in_brackets
from litdb.notes.lines import Lines, one_character_line_ends
from litdb.notes.markers import blank_lists
from litdb.notes.mentions import Mentions
from litdb.notes.outline import Block
from litdb.notes.shortcodes import address_of

_KEY = re.compile(r"(?:^|,)\s*(?P<key>[^\s,()]+)")
_MARKED_KEY = re.compile(r"&(?P<key>[^\s,;&()]+)")
_NODE_KEY = re.compile(r"(?<![^\s\"\[])(?:cite:@?|@)(?P<key>[^\s@,\"\[\]]+)")
_ESCAPED = re.compile(r"\\([#$%&_~{}])")
_TEX = re.compile(r"\\[A-Za-z]+(?:\s|(?=\{))|[{}]")
"""Commands and brackets in the words of a link."""
_ATTRIBUTES = re.compile(r"\^?(?:,\s*\w+=.*)?\Z", re.DOTALL)
"""What AsciiDoc writes behind the words of a link."""
_QUOTED = re.compile(r'\A"([^"]*)"\Z')


def read_text(path: str, text: str) -> Note:
    r"""A plain-text note with every citation in it; its `sha256` is left to who has the bytes.

    >>> note = read_text("a.tex", r"See \href{http://a.example/x\_y}{this} and \citep{b, c}.")
    >>> [(each.url or each.target, each.text, each.column) for each in note.mentions]
    [('http://a.example/x_y', 'this', 5), ('@b', '', 51), ('@c', '', 54)]
    """
    dialect = DIALECTS.get(PurePath(path).suffix.lower(), ANY)
    source = blank_code(blank_lists(one_character_line_ends(text.removeprefix("\ufeff"))))
    source = dialect.without_code(source) if dialect.without_code else source
    comments = [each.span() for each in dialect.comment.finditer(source)] if dialect.comment else []
    mentions, sections = Mentions(path, source, Lines(source)), Sections(dialect.headings(source))
    for start, block in _blocks(source, dialect):
        scan = scan_text(block, dialect)
        if comments:
            scan.found = [_apart(each, start + each.start, comments) for each in scan.found]
        if scan.found:
            for above, part in _under_headings(start, scan, sections):
                mentions.add_block(Block("text", start, block, above), part)
    return Note(path, "text", "", sections.title, mentions.in_order(), problems=mentions.problems())


def _under_headings(start: int, scan: Scan, sections: Sections) -> Iterator[tuple[tuple[str, ...], Scan]]:
    """What a block cites by the headings over it: LaTeX may have several in one line."""
    for above, found in groupby(scan.found, lambda each: sections.above(start + each.start)):
        yield above, replace(scan, found=[*found])


def scan_text(text: str, dialect: Dialect) -> Scan:
    """The citations of a piece of text that is no Markdown."""
    scan, position, marks = Scan(), 0, _marks(dialect)
    while mark := marks.search(text, position):
        position = mark.end()
        found, end = _read(text, mark.start(), dialect)
        if end:
            scan.found += found
            scan.atoms.append((mark.start(), end))
            position = end
    return scan


def _blocks(text: str, dialect: Dialect) -> Iterator[tuple[int, str]]:
    """The paragraphs, items, headings and lone lines of a text, and where each begins."""
    for block in _block(dialect).finditer(text):
        group = block.lastgroup or 0
        yield block.start(group), block[group]


@cache
def _block(dialect: Dialect) -> re.Pattern[str]:
    heading, item, line = dialect.blocks
    goes_on = rf"\n[ \t]*(?!{heading}|{item}|{line})\S[^\n]*"
    return re.compile(
        rf"(?:{heading})(?P<heading>\S[^\n]*)|(?P<line>(?:{line})[^\n]*)|(?:{item})?(?P<text>\S[^\n]*(?:{goes_on})*)",
        re.MULTILINE,
    )


@cache
def _marks(dialect: Dialect) -> re.Pattern[str]:
    """Where anything may be cited."""
    return re.compile(rf"{dialect.begins}|\\|{START.pattern}", re.IGNORECASE)


def _read(text: str, start: int, dialect: Dialect) -> tuple[list[Found], int]:
    """What is cited at a mark, and where it ends: 0 where nothing is."""
    command = cite_command(text, start) if text[start] == "\\" else None
    if command:
        return command
    if form := next(filter(None, (each.match(text, start) for each in dialect.forms)), None):
        return [*_cited(form)], form.end()
    bare = read_bare(text, start) if START.match(text, start) else None
    return ([bare._replace(url=_ESCAPED.sub(r"\1", bare.url))], bare.end) if bare else ([], 0)


def _cited(form: re.Match[str]) -> Iterator[Found]:
    """What a link, an identifier or a list of keys cites; nothing for code."""
    groups = form.groupdict()
    if groups.get("url") or groups.get("id"):
        url = web_url(_ESCAPED.sub(r"\1", form["url"])) if groups.get("url") else address_of(form["kind"], form["id"])
        words = _QUOTED.sub(r"\1", _ATTRIBUTES.sub("", groups.get("text") or ""))
        text = " ".join(_TEX.sub("", words).split())
        found = "inline-link" if "text" in groups else "bare-url" if groups.get("url") else "bare-id"
        yield from [Found(*form.span(), groups.get("url") or form["id"], url, found, text)] if url else []
    elif groups.get("handle"):
        yield Found(*form.span(), form[0], "", HANDLE)
    elif groups.get("refs"):
        yield from _of_node(form)
    elif groups.get("pandoc"):
        yield from keys_in_brackets(form.string, *form.span("pandoc"))
    elif (named := next((name for name in ("keys", "marked") if groups.get(name)), None)) is not None:
        pattern = _KEY if named == "keys" else _MARKED_KEY
        for key in pattern.finditer(form[named]):
            start, end = (form.start(named) + place for place in key.span("key"))
            yield Found(start, end, f"@{key['key']}", "", "key")


def _of_node(form: re.Match[str]) -> Iterator[Found]:
    """What a node of Org-roam is about: addresses, `@key`, `cite:key` and `[cite:@key]` in any order."""
    for key in _NODE_KEY.finditer(form.string, *form.span("refs")):
        yield Found(*key.span("key"), f"@{key['key']}", "", "key")
    for each in find_bare(form["refs"]):
        yield each._replace(start=form.start("refs") + each.start, end=form.start("refs") + each.end)


def _apart(found: Found, start: int, comments: Sequence[tuple[int, int]]) -> Found:
    """A citation as it is, or as one in a comment where it stands in one of these, which are in order."""
    before = bisect_left(comments, (start + 1,)) - 1
    return found._replace(found="comment") if before >= 0 and start < comments[before][1] else found
