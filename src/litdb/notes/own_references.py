"""The works that front matter lists under `references`, as Pandoc and Quarto read them: keys of the note lead to them.

An item has CSL's variables, `id` among them, which is its key (pandoc.org/MANUAL, "Specifying bibliographic data").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from litdb.model import Mention
from litdb.notes.lines import Lines

FOUND = "front-matter:references"
"""How what stands there is found."""

_LIST = re.compile(r"^references:[ \t]*\n(?P<items>(?:(?:[ \t-][^\n]*)?\n)*)", re.MULTILINE)
_ITEM = re.compile(r"^(?P<indent>[ \t]*)-[ \t][^\n]*\n(?:(?:(?P=indent)[ \t]+[^\n]*|[ \t]*)\n)*", re.MULTILINE)
_FIELD = re.compile(
    r"(?:^[ \t]*(?:-[ \t]+)?(?:\{[ \t]*)?|,[ \t]*)[\"']?(?P<key>id|type|DOI|URL|ISBN)[\"']?:[ \t]+"
    r"[\"']?(?P<value>[^\s\"',{}]+)",
    re.MULTILINE | re.IGNORECASE,
)
_NAMING = ("doi", "url", "isbn")
"""The surest first; an ISBN names only a book."""

Fields = Mapping[str, "re.Match[str]"]


def with_references(mentions: Sequence[Mention], front: str, lines: Lines) -> tuple[Mention, ...]:
    """The mentions of a note with such front matter: keys have the address of their item, and of several addresses of
    one item the surest is cited.
    """
    listed: dict[int, list[Mention]] = defaultdict(list)
    for each in mentions:
        if each.found == FOUND:
            listed[each.line].append(each)
    urls: dict[str, str] = {}
    lesser: set[tuple[int, int]] = set()
    for fields in _items(front):
        named = [each for key in _naming(fields) for each in _within(fields[key], listed, lines)]
        lesser.update((each.line, each.column) for each in named[1:])
        if named and "id" in fields:
            urls.setdefault(f"@{fields['id']['value']}", named[0].url)
    kept = (replace(each, found="ignored") if (each.line, each.column) in lesser else each for each in mentions)
    return tuple(replace(each, url=urls.get(each.target, "")) if each.found == "key" else each for each in kept)


def _items(front: str) -> Iterator[Fields]:
    """The fields of every item, each by its key in small letters; of two the first."""
    found = _LIST.search(front)
    for item in _ITEM.finditer(front, *found.span("items")) if found else ():
        yield {each["key"].lower(): each for each in reversed([*_FIELD.finditer(front, *item.span())])}


def _naming(fields: Fields) -> Iterable[str]:
    is_book = "type" in fields and fields["type"]["value"] == "book"
    return (key for key in _NAMING if key in fields and (key != "isbn" or is_book))


def _within(field: re.Match[str], listed: Mapping[int, Sequence[Mention]], lines: Lines) -> Iterator[Mention]:
    """What a field cites, by itself or together with its key."""
    (line, start), (_, end) = lines.place(field.start("key")), lines.place(field.end())
    return (each for each in listed.get(line, ()) if start <= each.column < end)
