"""Markdown notes (Obsidian, Jekyll, plain) read into mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from litdb.model import Mention, Note
from litdb.notes.blocks import read_blocks
from litdb.notes.front_matter import read_front_matter
from litdb.notes.inline import scan_inline, words_in
from litdb.notes.keys import HANDLE
from litdb.notes.lines import Lines, one_character_line_ends
from litdb.notes.markers import blank_lists
from litdb.notes.mentions import Mentions
from litdb.notes.myst import roles
from litdb.notes.outline import Block
from litdb.notes.own_references import with_references
from litdb.notes.pandoc import with_bibliography, without_cross_references
from litdb.notes.properties import identifiers_in, read_properties, with_properties
from litdb.notes.references import Definitions
from litdb.notes.signs import Signs
from litdb.notes.tags import scan_html

_UNCITED = frozenset(("comment", "ignored", HANDLE))
_BIBLIOGRAPHIES = frozenset(("bibliography", "references"))
"""What front matter says of the works that keys lead to."""
_LITERAL = re.compile(r"<(?:pre|textarea)\b", re.IGNORECASE)
"""Blocks of HTML whose text stands as it is; elsewhere people write Markdown in HTML, whatever becomes of it."""


def read_markdown(path: str, text: str, lines: Lines | None = None) -> Note:
    r"""A Markdown note with every citation in it. The `sha256` is left to who has the bytes.

    Citations in comments are mentions too, marked `comment`; what stands in code, or between litdb's own markers, is
    no citation. `lines` are those of the file where that holds the Markdown in another form.

    >>> note = read_markdown("a.md", "# Title\nSee [x](https://a.example/y) (27.01.2022).")
    >>> note.title, [(each.url, each.line, each.column, each.asserted[0].value) for each in note.mentions]
    ('Title', [('https://a.example/y', 2, 5, '2022-01-27')])
    """
    source = blank_lists(one_character_line_ends(text.removeprefix("\ufeff")))
    front = read_front_matter(source)
    lines = lines or Lines(source)
    signs = Signs(source)
    outline = read_blocks(source, lines, signs.between, front.end)
    mentions, words = Mentions(path, source, lines), words_in(source, signs.held)
    properties = read_properties(source, front.end)
    for found in (*front.found, *identifiers_in(source, properties)):
        mentions.add(found)
    for block in outline.blocks:
        _add_block(block, outline.definitions, words, mentions)
    _add_definitions(outline.definitions, mentions)
    cited = without_cross_references(path, mentions.in_order())
    if not _BIBLIOGRAPHIES.isdisjoint(front.values):
        cited = with_bibliography(cited)
    if "references" in front.values:
        cited = with_references(cited, source[: front.end], lines)
    title = front.values.get("title")
    return Note(
        path=path,
        kind="markdown",
        sha256="",
        title=title if isinstance(title, str) else outline.title,
        mentions=with_properties(cited, properties, lines) if properties else cited,
        front_matter=front.values,
        problems=mentions.problems([*front.problems, *outline.problems]),
    )


def is_cited(mention: Mention) -> bool:
    """Whether a mention cites its work where readers see it: not in a comment, and not where the writer says no.

    A handle is no citation until some bibliography knows it (`litdb.notes.keys.settled`).
    """
    return mention.found not in _UNCITED


def _add_block(block: Block, definitions: Definitions, words: Sequence[str], mentions: Mentions) -> None:
    is_literal = block.kind == "html" and _LITERAL.match(block.text)
    scan = scan_html(block.text) if is_literal else scan_inline(block.text, definitions, words)
    scan.found += roles(block.text, scan.atoms)
    if block.kind == "html":
        scan.found = [
            each if each.found == "html" else each._replace(found=f"{each.found}:in-html") for each in scan.found
        ]
    if block.kind == "cell":
        scan.found = [each._replace(url=each.url.replace("\\|", "|")) for each in scan.found]
    elif block.kind == "comment":
        block = block._replace(trust="")
        scan.found = [each._replace(found="comment") for each in scan.found if each.found != HANDLE]
    mentions.add_block(block, scan)
    for start, end in scan.comments:
        opening, closing = (2, 2) if block.text[start] == "%" else (4, 3)
        inside = block.text[start + opening : end - closing]
        comment = block._replace(kind="comment", start=block.start + start + opening, text=inside)
        _add_block(comment, definitions, words, mentions)


def _add_definitions(definitions: Definitions, mentions: Mentions) -> None:
    for definition in definitions.unused():
        mentions.add(definition.as_found(), headings=definition.headings)
    for definition in definitions.repeated:
        mentions.tell(definition.start, f"[{definition.label}] is defined again; {definition.url} is never used")
