"""The source of a page as text: without its scripts, without its tags; and the scripts that hold data."""

from __future__ import annotations

import re

_SCRIPT = re.compile(r"<([sS](?i:cript|tyle))\b")
_SCRIPT_END = {name: re.compile(rf"</[sS](?i:{name[1:]})\s*>?") for name in ("script", "style")}
"""A class of two letters is tried faster than one letter in either case."""
_TAG = re.compile(r"<[^<>]*>")
_LONGEST_TAG = 800
"""Characters of the tag of a script that says what it holds."""


def parted(source: str) -> tuple[str, tuple[str, ...]]:
    """The page without its scripts and style sheets, and the JSON-LD in its scripts; linear in the length of the page.

    >>> parted("a<script>b</script>c<STYLE x>d</style>e<script type='application/ld+json'>{}</script>f<script>g")
    ('acef', ('{}',))
    """
    plain: list[str] = []
    data: list[str] = []
    start = 0
    while found := _SCRIPT.search(source, start):
        plain.append(source[start : found.start()])
        end = _SCRIPT_END[found[1].lower()].search(source, found.end())
        start = end.end() if end else len(source)
        opened = source.find(">", found.end(), found.end() + _LONGEST_TAG)
        if opened >= 0 and "ld+json" in source[found.end() : opened].lower():
            data.append(source[opened + 1 : end.start() if end else start])
    plain.append(source[start:])
    return "".join(plain), tuple(data)


def without_scripts(source: str) -> str:
    """The page without its scripts and style sheets."""
    return parted(source)[0]


def words(source: str) -> str:
    """The words of a page, roughly: without scripts, styles and tags.

    >>> words("<p>Just a <b>moment</b>...<script>wait()</script>")
    'Just a moment ...'
    """
    return " ".join(_TAG.sub(" ", without_scripts(source)).split())
