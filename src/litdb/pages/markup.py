"""The source of a page as text: without its scripts, without its tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SCRIPT = re.compile(r"<(script|style)\b", re.IGNORECASE)
_SCRIPT_END = {name: re.compile(rf"</{name}\s*>?", re.IGNORECASE) for name in ("script", "style")}
_TAG = re.compile(r"<[^<>]*>")


def without_scripts(source: str) -> str:
    """The page without its scripts and style sheets; linear in the length of the page.

    >>> without_scripts("a<script>b</script>c<STYLE x>d</style>e<script>never closed")
    'ace'
    """
    return "".join(_between_scripts(source))


def words(source: str) -> str:
    """The words of a page, roughly: without scripts, styles and tags.

    >>> words("<p>Just a <b>moment</b>...<script>wait()</script>")
    'Just a moment ...'
    """
    return " ".join(_TAG.sub(" ", without_scripts(source)).split())


def _between_scripts(source: str) -> Iterator[str]:
    start = 0
    while found := _SCRIPT.search(source, start):
        yield source[start : found.start()]
        end = _SCRIPT_END[found[1].lower()].search(source, found.end())
        if not end:
            return
        start = end.end()
    yield source[start:]
