"""MyST, Markdown for Sphinx and Jupyter Book: what it has of its own (mystmd.org/guide, myst-parser.readthedocs.io)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from litdb.notes.found import Found
from litdb.notes.shortcodes import address_of
from litdb.notes.urllist import address

_NAMES = """admonition aside attention blockquote card caution compound container danger deprecated details dropdown
    epigraph error exercise figure glossary grid grid-item grid-item-card highlights hint important list-table margin
    note pull-quote quote seealso sidebar solution tab-item tab-set table tip topic versionadded versionchanged
    warning"""
"""Directives whose body is Markdown; that of others is code, data or nothing."""
_FENCE = re.compile(
    rf"^[ \t>]*(?:[-*+][ \t]+)?(?P<fence>(?P<run>`{{3,}}|~{{3,}})"
    rf"(?:[ \t]*(?P<directive>\{{(?:{'|'.join(_NAMES.split())}|prf:[a-z]+)\}})?(?P<info>[^`\n]*)))$",
    re.MULTILINE,
)
_TITLE_BLOCK = re.compile(r"(?:%[^\n]*(?:\n|\Z)){0,3}")
"""Pandoc's title, authors and date at the head of a note."""
_NUMBER = re.compile(r"\d[ \t]*\Z")
_ROLE = re.compile(r"\{(?P<role>(?:foot|full)?cite(?::[a-z]+)*|doi|arxiv)\}(?P<run>`+)(?P<said>[^`\n]+)(?P=run)(?!`)")
_ASIDE = re.compile(r"\{[^{}]*\}")
"""What stands before a key and behind it: `{see}key{p. 3}`."""
_PART = re.compile(r"[^\s,;][^,;]*")


def open_directives(text: str) -> str:
    r"""The text with the fences blanked out round every directive whose body is Markdown; offsets and lines stay.

    >>> open_directives("```{note} Title\na\n```")
    '               \na\n   '
    """
    if "{" not in text or ("```{" not in text and "~~~{" not in text):
        return text
    pieces, done = [], 0
    for start, end in sorted(_fences(text)):
        pieces += [text[done:start], " " * (end - start)]
        done = end
    return "".join([*pieces, text[done:]])


def begins_remark(text: str, start: int, before: Iterable[tuple[int, int]] = ()) -> bool:
    """Whether the `%` at an offset, the first of its line, makes that a comment.

    Obsidian's `%%` does not, nor does Pandoc's title block, nor the percents of a number that ends the line `before`.

    >>> begins_remark("a\\n% b", 2), begins_remark("% Title", 0), begins_remark("30\\n% of all", 3, [(0, 2)])
    (True, False, False)
    """
    head = _TITLE_BLOCK.match(text)
    is_head = head is not None and start < head.end()
    return not (is_head or text.startswith("%%", start) or any(_NUMBER.search(text, *line) for line in before))


def roles(text: str, code: Iterable[tuple[int, int]] = ()) -> Iterator[Found]:
    """What the roles of a piece of text cite, keys or identifiers in place of them; those within `code` nothing.

    >>> [each.target for each in roles("{cite:p}`a, b` and {doi}`10.1000/a`")]
    ['@a', '@b', '10.1000/a']
    """
    spans = sorted(code, reverse=True)
    code_end = 0
    for role in _ROLE.finditer(text) if "}`" in text else ():
        while spans and spans[-1][0] < role.start():
            code_end = max(code_end, spans.pop()[1])
        if role.start() < code_end:
            continue
        said = _ASIDE.sub(lambda aside: " " * len(aside[0]), role["said"])
        for part in _PART.finditer(said):
            named = part[0].strip()
            url = address(named) if "cite" in role["role"] else address_of(role["role"], named)
            start = role.start("said") + part.start()
            if url or "cite" in role["role"]:
                yield Found(start, start + len(named), named if url else f"@{named}", url, "bare-id" if url else "key")


def _fences(text: str) -> Iterator[tuple[int, int]]:
    """Both lines of the fence of every such directive that is closed and stands in no code."""
    directives: list[re.Match[str]] = []
    code: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if code:
            code = None if _closes(fence, code) else code
        elif directives and _closes(fence, directives[-1]):
            yield directives.pop().span("fence")
            yield fence.span("fence")
        elif fence["directive"]:
            directives.append(fence)
        else:
            code = fence


def _closes(fence: re.Match[str], opening: re.Match[str]) -> bool:
    is_bare = not fence["directive"] and not fence["info"].strip()
    return is_bare and fence["run"].startswith(opening["run"])
