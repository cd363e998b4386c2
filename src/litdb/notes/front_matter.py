"""Front matter: YAML between `---` lines or TOML between `+++` lines at the head of a note.

Its citations are found line by line, so that they have a place and are found in broken YAML too; its values are read
from YAML's events: no aliases, no tags, no dates made, nothing deeper than a list of scalars.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from litdb.model import Claim, Json, Name
from litdb.notes.bare import find_bare
from litdb.notes.found import Found
from litdb.notes.keys import handle_at
from litdb.notes.signs import places
from litdb.text.dates import date_claim, read_written
from litdb.text.names import authors_claim, read_names

if TYPE_CHECKING:
    from yaml import YAMLError
    from yaml.events import ScalarEvent

LARGEST = 64_000
"""Characters. A larger front matter is read for its links only."""

HOW = "note:front-matter"
"""How its claims were read."""

_DEEPEST = 32
_BEGIN = re.compile(r"(?P<fence>---|\+\+\+)[ \t]*\n")
_END = {"---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE), "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)}
_KEY = re.compile(
    r"(?:\"(?P<double>[^\"\n]+)\"|'(?P<single>[^'\n]+)'|(?P<plain>[^\s:#\-\[{\"'=][^:=\n]*?))[ \t]*[:=](?=\s|$)"
)
_SIGNS = ("//", "www.", "10.", "rxiv", "eprint", "isbn", "pmid", "pmcid", "nocite", "[[@")
"""One of these is in all front matter that cites anything."""
_COMMENT = re.compile(r"(?:^|\s)#")
_NOT_PLAIN = frozenset("[{&*!|>%@`#")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_PREFIXES = {"doi": "doi:", "arxiv": "arXiv:", "eprint": "arXiv:", "isbn": "https://openlibrary.org/isbn/"}
"""Keys that say what kind of identifier stands behind them, and what makes a citation of it."""
_VALUE = re.compile(r"\s*[\"']?(?P<value>[^\s\"'#](?:[^\"'#\n]*[^\s\"'#])?)[\"']?\s*(?:#|$)")
_ISBN = re.compile(r"(?:97[89])?\d{9}[\dXx]", re.ASCII)
NAMING = {"doi": 0, "arxiv": 1, "eprint": 1, "isbn": 2, "href": 3, "url": 3, "source": 3, "link": 3}
"""Keys whose work is the one that the note itself is about, the surest first."""

_OF_ITSELF = "citation"
"""The key of how the note itself is to be cited (quarto.org/docs/authoring/create-citeable-articles.html)."""
_PART = re.compile(r"[ \t]+(?P<key>\w+):(?=\s|$)")

PICTURE = re.compile(
    r"(?:.*[\s_-])?(?:avatar|banner|cover|favicon|icon|image|logo|picture|thumb|thumbnail)s?(?:[\s_-]?(?:image|img|link|src|url))?"
    r"|csl|(?:custom_)?edit_?url"
)
"""Keys in small letters of pictures and styles, and of the door to the note itself: what it is shown with, and no
citation."""

_WORD = r"(?!null\b)[a-z0-9/][\w./?&=%+-]*"
_SIMPLE_YAML = re.compile(
    rf"(?:(?!null\b)[a-z]\w{{0,99}}: (?:{_WORD}(?:(?:,?[ ]|[,:]){_WORD})*|\[{_WORD}(?:(?:,?[ ]|,){_WORD})*\])\n)+",
    re.ASCII | re.IGNORECASE,
)
"""Front matter that needs no reader of YAML: words, addresses, lists of words, none of them `null`."""
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\||(?:[^\[\]|#]*/)?)([^\[\]|#]*)[^\[\]]*\]\]")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_LINKED_KEY = re.compile(r"\[\[(?=@[^\s\[\]|#]+(?:[|#][^\[\]]*)?\]\])")
"""What stands before a key in a link to a note that is called so, as properties of Obsidian have it."""
_PEOPLE = ("author", "authors")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Where front matter ends, its values, its citations, and what could not be read (with its line)."""

    end: int = 0
    values: Mapping[str, Json] = field(default_factory=dict)
    found: tuple[Found, ...] = ()
    problems: tuple[tuple[int, str], ...] = ()


def read_front_matter(text: str) -> FrontMatter:
    r"""The front matter that a note begins with; nothing where it begins otherwise.

    >>> front = read_front_matter("---\nhref: >-\n  http://a.example/x\n---\nText")
    >>> front.values, front.found[0].found, front.end
    ({'href': 'http://a.example/x'}, 'front-matter:href', 37)
    """
    begin = _BEGIN.match(text)
    end = _END[begin["fence"]].search(text, begin.end()) if begin else None
    if not begin or not end or not _has_key(text[begin.end() : end.start()]):
        return FrontMatter()
    source = text[begin.end() : end.start()]
    found = tuple(_citations(source, begin.end()))
    if len(source) > LARGEST:
        problem = f"the front matter is longer than {LARGEST:,} characters, so only its links are read"
        return FrontMatter(end.end(), {}, found, ((0, problem),))
    read = _read_toml if begin["fence"] == "+++" else _read_yaml
    try:
        return FrontMatter(end.end(), read(source), found)
    except _UnreadableError as error:
        problem = f"the front matter cannot be read ({error}); its links and simple lines are"
        return FrontMatter(end.end(), _simple_lines(source), found, ((0, problem),))


def naming(found: Iterable[str]) -> frozenset[str]:
    """Which of a note's citations say what work the note itself is about, by how they were found.

    An identifier says it more surely than an address, which may be that of a copy.

    >>> sorted(naming(["front-matter:url", "bare-url"])), sorted(naming(["front-matter:url", "front-matter:doi"]))
    (['front-matter:url'], ['front-matter:doi'])
    """
    keys = {each: each.removeprefix("front-matter:").lower() for each in found if each.startswith("front-matter:")}
    ranks = {each: NAMING[key] for each, key in keys.items() if key in NAMING}
    return frozenset(each for each, rank in ranks.items() if rank == min(ranks.values()))


def front_claims(values: Mapping[str, Json]) -> tuple[Claim, ...]:
    """What front matter says of the one work that it is about: `title`, `author` or `authors`, `published`.

    People may be links, as Obsidian's Web Clipper writes them. `date` and `created` are the note's own.

    >>> [claim.value for claim in front_claims({"author": ["[[Bob Smith]]"], "published": "2020-05-06"})]
    [[{'family': 'Smith', 'given': 'Bob'}], '2020-05-06']
    """
    claims = [Claim("title", title, HOW) for title in _texts(values.get("title"))[:1]]
    texts = next(filter(None, (_texts(values.get(key)) for key in _PEOPLE)), [])
    if people := people_in(map(without_links, texts)):
        claims.append(authors_claim(people, HOW))
    days = filter(None, map(read_written, _texts(values.get("published"))[:1]))
    return (*claims, *(date_claim(day, "asserted-by-note", HOW) for day in days))


def without_links(text: str) -> str:
    """A value with the words of its links in place of them.

    >>> without_links("[[People/Bob Smith]] and [Ada](http://a.example/)")
    'Bob Smith and Ada'
    """
    return _LINK.sub(r"\1", _WIKI_LINK.sub(r"\1", text))


def people_in(texts: Iterable[str]) -> list[Name]:
    """The people that values name; an address is nobody."""
    return [name for text in texts for name in read_names(text) if "://" not in name.display]


def named_identifier(line: str, start: int, key: str) -> Found | None:
    """What a line cites only because a key in small letters says what its value is, which begins at an offset.

    >>> named_identifier("doi:: 10.1000/xyz", 5, "doi").url
    'https://doi.org/10.1000/xyz'
    """
    value = _VALUE.match(line, start) if key in _PREFIXES and next(find_bare(line), None) is None else None
    if not value:
        return None
    start, end = value.span("value")
    prefix = _PREFIXES[key]
    if key == "isbn":
        digits = re.sub(r"[ -]", "", value["value"])
        return Found(start, end, value["value"], prefix + digits, "bare-id") if _ISBN.fullmatch(digits) else None
    whole = (each for each in find_bare(prefix + value["value"]) if each.start == 0)
    named = next((each for each in whole if each.end == len(prefix) + end - start), None)
    return named._replace(start=start, end=end, target=value["value"]) if named else None


def _texts(value: Json) -> list[str]:
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str) and each.strip()]


class _UnreadableError(Exception):
    """What is wrong with front matter, in words."""


def _has_key(source: str) -> bool:
    return any(_KEY.match(line) for line in source.split("\n"))


def _citations(source: str, offset: int) -> Iterator[Found]:
    """Every citation, named after the outermost key it stands under, or what that says of the note itself."""
    folded = source.lower()
    if not any(sign in folded for sign in _SIGNS):
        return
    key = outermost = ""
    for line in source.split("\n"):
        if named := _KEY.match(line):
            outermost = key = named[named.lastgroup or 0]
        elif outermost == _OF_ITSELF and (part := _PART.match(line)) and part["key"] in NAMING:
            key = part["key"]
        else:
            key = outermost
        for each in _cited(line, named, key.lower()):
            comment = _COMMENT.search(line, 0, each.start)
            found = "comment" if comment else "ignored" if PICTURE.fullmatch(key.lower()) else f"front-matter:{key}"
            yield each._replace(start=offset + each.start, end=offset + each.end, found=found)
        offset += len(line) + 1


def _cited(line: str, named: re.Match[str] | None, key: str) -> Iterator[Found]:
    """What a line cites: what every text would cite so, or the bare identifier that its key says it is.

    Keys are what Pandoc is to list though no text cites them (pandoc.org/MANUAL, "Including uncited items").
    """
    yield from find_bare(line)
    keys = places(line, "@") if key == "nocite" else []
    keys += [each.end() for each in _LINKED_KEY.finditer(line) if key not in (*_PEOPLE, "nocite")]
    yield from filter(None, (handle_at(line, place) for place in keys))
    if named and (identifier := named_identifier(line, named.end(), key)):
        yield identifier


def _simple_lines(source: str) -> dict[str, Json]:
    """The values of lines `key: value`, where the whole cannot be read."""
    values: dict[str, Json] = {}
    for line in source.split("\n"):
        named = _KEY.match(line)
        value = line[named.end() :].partition(" #")[0].strip() if named else ""
        if named and value and value[0] not in _NOT_PLAIN:
            values.setdefault(named[named.lastgroup or 0], value.strip("\"'"))
    return values


def _read_toml(source: str) -> dict[str, Json]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        table = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _UnreadableError(str(error)) from error
    values: dict[str, Json] = {}
    for key, value in table.items():
        if isinstance(value, list):
            values[key] = [str(each) for each in value if not isinstance(each, (list, dict))]
        elif not isinstance(value, dict):
            values[key] = str(value)
    return values


def _read_yaml(source: str) -> dict[str, Json]:
    """The scalars and lists of scalars of a YAML mapping, as text; an empty or `null` value is None."""
    if _SIMPLE_YAML.fullmatch(source):
        return dict(map(_simple_value, source.splitlines()))
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return _from_events(yaml.parse(source, Loader=loader))
    except yaml.YAMLError as error:
        raise _UnreadableError(_in_words(error)) from error


def _simple_value(line: str) -> tuple[str, Json]:
    """The key and the value of a line of the simplest YAML."""
    key, _, value = line.partition(": ")
    if value[0] == "[":
        return key, [each.strip() for each in value[1:-1].split(",")]
    return key, value


def _from_events(events: Iterable[object]) -> dict[str, Json]:
    from yaml import events as kinds

    mapping = _Mapping()
    for event in events:
        if isinstance(event, kinds.AliasEvent) or getattr(event, "anchor", None):
            raise _UnreadableError("it uses anchors or aliases")
        if isinstance(event, kinds.CollectionStartEvent):
            mapping.open(is_list=isinstance(event, kinds.SequenceStartEvent))
        elif isinstance(event, kinds.CollectionEndEvent):
            mapping.close()
        elif isinstance(event, kinds.ScalarEvent):
            mapping.add(_scalar(event))
    return mapping.values


class _Mapping:
    """A YAML mapping as its events tell it: what is deeper than a list of scalars is passed over."""

    def __init__(self) -> None:
        self.values: dict[str, Json] = {}
        self._key: str | None = None
        self._items: list[Json] | None = None
        self._depth = 0

    def open(self, *, is_list: bool) -> None:
        self._depth += 1
        if self._depth == 1 and is_list:
            raise _UnreadableError("it is no list of keys and values")
        if self._depth == 2 and self._key is None:
            raise _UnreadableError("a key of it is no text")
        if self._depth > _DEEPEST:
            raise _UnreadableError("it is nested too deeply")
        if self._depth == 2 and is_list:
            self._items = []

    def close(self) -> None:
        self._depth -= 1
        if self._depth == 1 and self._key is not None:
            if self._items is not None:
                self.values[self._key] = self._items
            self._key = self._items = None

    def add(self, value: Json) -> None:
        if self._depth == 2 and self._items is not None:
            self._items.append(value)
        elif self._depth == 1 and self._key is None:
            self._key = str(value or "")
        elif self._depth == 1 and self._key is not None:
            self.values[self._key], self._key = value, None


def _scalar(event: ScalarEvent) -> Json:
    return None if event.implicit[0] and event.value in _NULLS else event.value


def _in_words(error: YAMLError) -> str:
    """YAML's complaint and its line, counted within the front matter's note (the first line is `---`)."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
    return f"line {mark.line + 2}: {problem}" if mark else problem
