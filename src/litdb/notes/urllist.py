"""Lists of addresses: one a line, as a file or on standard input, and the links that desktops save as files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import PurePath

from litdb.model import Mention, Note
from litdb.notes.bare import find_bare
from litdb.notes.found import web_url
from litdb.notes.lines import Lines, one_character_line_ends

_SHORTCUT = re.compile(r"^URL=(?P<target>[^\s]+)", re.MULTILINE | re.IGNORECASE)
_WEBLOC = re.compile(r"<key>URL</key>\s*<string>\s*(?P<target>[^<\s]+)\s*</string>")

_BETWEEN = r"[\s,;|]+(?=https?://)"
_ONE = re.compile(rf"(?!{_BETWEEN})\S(?:(?!{_BETWEEN}).)*", re.IGNORECASE)
"""What stands between marks behind which another URL begins."""

_PREFIXES = {"": "", "arXiv:": "", "doi:": "", "PMCID ": "PMC", "ISBN ": "97"}
"""What may be missing before an identifier that stands alone, and how that begins then."""


def read_urls(path: str, text: str) -> Note:
    """The addresses of a list: http(s) URLs, `arXiv:…` or `doi:…` on each line, `#` before remarks.

    A `.url` or `.webloc` file holds one, whose page has the name of the file. What is no address is a problem.
    """
    lines = Lines(one_character_line_ends(text))
    mentions, problems = [], []
    for target, start, end in _targets(path, text):
        line, column = lines.place(start)
        url = address(target)
        if not url:
            problems.append(no_address(path, line, target))
            continue
        end_line, end_column = lines.place(end)
        mentions.append(Mention(path, line, column, end_line, end_column, target, "list", url, _saved_title(path)))
    return Note(path, "urllist", "", mentions=tuple(mentions), problems=tuple(problems))


def no_address(path: str, line: int, target: str) -> str:
    """The sentence about what stands where an address should."""
    return f"{path}:{line}: {target[:100]!r} is neither a URL nor an arXiv id or DOI."


def _targets(path: str, text: str) -> Iterator[tuple[str, int, int]]:
    suffix = PurePath(path).suffix.lower()
    pattern = {".url": _SHORTCUT, ".webloc": _WEBLOC}.get(suffix)
    if not pattern:
        yield from _lines(text)
        return
    found = pattern.search(text)
    if found:
        target = unescape(found["target"]) if suffix == ".webloc" else found["target"]
        yield target, found.start("target"), found.end("target")


def _lines(text: str) -> Iterator[tuple[str, int, int]]:
    """What stands on each line before a blank and `#`: one address, or several URLs."""
    for line in re.finditer(r"[^\r\n]+", text):
        target = re.split(r"(?:^|\s)#", line[0], maxsplit=1)[0].strip()
        start = line.start() + line[0].index(target)
        for each in _ONE.finditer(target):
            yield each[0], start + each.start(), start + each.end()


def address(target: str) -> str:
    """The URL that a line or a cell means, or empty.

    >>> address("www.example.org/x"), address("10.1000/a"), address("my shelf")
    ('http://www.example.org/x', 'https://doi.org/10.1000/a', '')
    """
    if len(target.split()) == 1 and (url := web_url(target)):
        return url
    whole = (prefix + target for prefix, start in _PREFIXES.items() if target.startswith(start))
    found = (next(find_bare(each), None) for each in whole)
    return next((each.url for each in found if each and each.start == 0 and each.target.endswith(target)), "")


def _saved_title(path: str) -> str:
    """The title of the page that a desktop's link names, as the name of its file."""
    name = PurePath(path)
    return name.stem if name.suffix.lower() in (".url", ".webloc") else ""
