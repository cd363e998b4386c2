"""CSL-JSON as notes: what Zotero, Better BibTeX, Mendeley and pandoc write, every item a mention and a record.

The schema is csl-data.json of CSL 1.0.2; real exports have years as text, keys in `citation-key` or in Zotero's
“Extra” (`Citation Key: …` in `note`), and addresses of the Zotero library as `id`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from litdb.model import Claim, Field, Identify, Json, Name, Note, WorkType
from litdb.notes.entries import Entries, Entry
from litdb.notes.entry_names import EPRINT, IN_TEXT, Given, bare_isbn, is_venue, name
from litdb.notes.lines import one_character_line_ends
from litdb.text.dates import date_claim, read_iso, read_written
from litdb.text.others import are_others
from litdb.text.titles import clean_title

Item: TypeAlias = Mapping[str, Json]

TYPES: Mapping[str, WorkType] = {
    "article": "preprint",
    "article-journal": "article-journal",
    "article-magazine": "article-journal",
    "article-newspaper": "article-journal",
    "review": "article-journal",
    "book": "book",
    "chapter": "chapter",
    "collection": "collection",
    "dataset": "dataset",
    "entry": "entry-encyclopedia",
    "entry-dictionary": "entry-encyclopedia",
    "entry-encyclopedia": "entry-encyclopedia",
    "motion_picture": "motion_picture",
    "paper-conference": "paper-conference",
    "post": "post",
    "post-weblog": "post-weblog",
    "report": "report",
    "software": "software",
    "standard": "report",
    "thesis": "thesis",
    "webpage": "webpage",
}
"""What an item's type says of the work; the types of CSL 1.0.2 that are missing here say nothing that litdb knows."""

TEXTS: Mapping[str, Field] = {
    "container-title": "container",
    "publisher": "publisher",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "number": "number",
    "version": "version",
    "language": "language",
    "abstract": "abstract",
    "URL": "url",
}
"""CSL's variables that are fields of a work as they stand."""

PEOPLE: Mapping[str, Field] = {"author": "authors", "editor": "editors"}

_PRINTED = ("article-journal", "chapter", "paper-conference")
_BOOKS = ("book", "collection", "report")
_MARKUP = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span)(?:\s[^<>]*)?>", re.IGNORECASE)
_KEY = re.compile(r"[^\s,{}\"#%'()=~\\]+")
_KEY_IN_EXTRA = re.compile(r"^\s*citation[ -]?key\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ARXIV_PAGE = re.compile(r"https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/", re.IGNORECASE)
_START = re.compile(r"\s*\{?(?:\s*\"items\"\s*:)?\s*\[(?=[^{]*\{|\s*(?:\]|\Z))")
_NO_LIST = "This is no CSL-JSON: that is a list of items, [{…}, …]. Export as “CSL JSON”."
_PART = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]', re.DOTALL)


class _Found(NamedTuple):
    """A stretch of the file that is an item, or why it is none."""

    start: int
    end: int
    item: Item
    problem: str = ""


def read_csl_json(path: str, text: str, identify: Identify) -> Note:
    """The items of a file: a mention (found `bib-entry`, target `@key`) and a record each, and what the keys name.

    An item that cannot be read costs only itself. Of two items with one key, the key names the first.
    """
    text = one_character_line_ends(text.removeprefix("\ufeff"))
    entries = Entries(path, "csl-json", text)
    for found in _items(text):
        if found.problem:
            entries.tell(found.start, found.problem)
            continue
        item, key = found.item, key_of(found.item)
        title = plain_text(_text(item, "title"))
        says = {"item": item}
        entries.add(
            Entry(found.start, found.end, key, title, item_claims(item), says), name(_given(item, key), identify)
        )
    return entries.note()


def key_of(item: Item) -> str:
    """The citation key of an item, or empty: Zotero's address of an item is none.

    >>> key_of({"id": "http://zotero.org/users/1/items/AB12CD34", "note": "Citation Key: ngo2022\\n"})
    'ngo2022'
    >>> key_of({"id": "12/AB", "citation-key": "ngo2022"}), key_of({"id": "http://zotero.org/users/1/items/AB12CD34"})
    ('ngo2022', '')
    """
    extra = _KEY_IN_EXTRA.search(_text(item, "note"))
    key = _text(item, "citation-key") or (extra[1] if extra else _text(item, "id"))
    return key if _KEY.fullmatch(key) and "://" not in key else ""


def item_claims(item: Item) -> tuple[Claim, ...]:
    """Everything that an item says, each claim with its variable as `how` (`csl:container-title`)."""
    claims = []
    if title := plain_text(_text(item, "title")):
        claims.append(Claim("title", clean_title(title), "csl:title"))
    for variable, role in PEOPLE.items():
        if people := [person.as_json() for person in _names(item.get(variable))]:
            claims.append(Claim(role, people, f"csl:{variable}"))
    if day := day_of(item.get("issued")):
        claims.append(date_claim(day, "posted", "csl:issued"))
    if day := day_of(item.get("accessed")):
        claims.append(date_claim(day, "accessed", "csl:accessed"))
    for variable, field in TEXTS.items():
        text = plain_text(_text(item, variable))
        if text and not (variable == "number" and EPRINT.fullmatch(text)):
            claims.append(Claim(field, text, f"csl:{variable}"))
    if kind := TYPES.get(_text(item, "type")):
        claims.append(Claim("type", kind, "csl:type"))
    return tuple(claims)


def plain_text(text: str) -> str:
    """A text of CSL without its mark-up (`<i>…</i>`), on one line."""
    return " ".join(_MARKUP.sub("", text).split())


def day_of(value: Json) -> str:
    """The day of a date variable as ISO text, as precise as it says; empty where it says none. Of a range, the first.

    >>> day_of({"date-parts": [["2006", 3]]}), day_of({"raw": "3 March 2019"}), day_of({"literal": "in press"})
    ('2006-03', '2019-03-03', '')
    """
    if not isinstance(value, Mapping):
        return ""
    parts = value.get("date-parts")
    if isinstance(parts, Sequence) and parts and isinstance(parts[0], Sequence) and not isinstance(parts[0], str):
        numbers = [str(part).strip() for part in parts[0]]
        if numbers and all(number.isascii() and number.isdigit() for number in numbers):
            return read_iso("-".join([numbers[0].zfill(4), *(number.zfill(2) for number in numbers[1:3])])) or ""
    written = str(value.get("raw") or value.get("literal") or "")
    return read_iso(written) or read_written(written) or ""


def _given(item: Item, key: str) -> Given:
    """What of an item can name its work."""
    kind = _text(item, "type")
    doi = _DOI.search(_text(item, "DOI"))
    year = day_of(item.get("issued"))[:4]
    return Given(
        key=key,
        title=plain_text(_text(item, "title")),
        year=year,
        eprint=_arxiv_id(item),
        doi=doi[0] if doi else "",
        url=_text(item, "URL"),
        isbn=bare_isbn(_text(item, "ISBN")),
        is_preprint=kind == "article",
        is_printed=kind in _PRINTED and is_venue(plain_text(_text(item, "container-title")), _where(item)),
        is_book=kind in _BOOKS,
    )


def _where(item: Item) -> str:
    return _text(item, "volume") or _text(item, "page")


def _arxiv_id(item: Item) -> str:
    """The arXiv id where Zotero and Better BibTeX put it: the number, the archive's location, “Extra”."""
    for variable in ("number", "archive_location", "archive-id", "note"):
        text = _text(item, variable)
        found = IN_TEXT.search(text) or (EPRINT.fullmatch(text) if _ARXIV_PAGE.match(_text(item, "URL")) else None)
        if found:
            return found[1]
    return ""


def _names(value: Json) -> Iterator[Name]:
    """The people of a name variable; one dropped particle or another stands before the family name."""
    for each in value if isinstance(value, Sequence) and not isinstance(value, str) else ():
        if isinstance(each, Mapping):
            parts = {part: text.strip() for part, text in each.items() if isinstance(text, str) and text.strip()}
            parts.setdefault("non-dropping-particle", parts.get("dropping-particle", ""))
            person = Name.from_json(parts)
            alone = not person.literal and not (person.family and person.given)
            if person.display.strip() and not are_others(person):
                yield Name(literal=person.display) if alone else person


def _text(item: Item, variable: str) -> str:
    value = item.get(variable)
    is_plain = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    return str(value).strip() if is_plain else ""


def _items(text: str) -> Iterator[_Found]:
    """The objects of the list, one by one, so that a broken one is told by its line and the others are read."""
    opened = _START.match(text)
    if not opened:
        if text.strip():
            yield _Found(0, 0, {}, _NO_LIST)
        return
    at = opened.end()
    while (start := text.find("{", at)) >= 0:
        if stray := text[at:start].strip(" \n\t,"):
            yield _Found(at, start, {}, f"“{stray[:20]}” stands between two items and was left out.")
        found = _item(text, start)
        yield found
        if found.end < 0:
            return
        at = found.end
    if not re.match(r"\s*,?\s*\]", text[at:]):
        yield _Found(len(text.rstrip()), at, {}, "The list has no end, “]”: the file may be cut off.")


def _item(text: str, start: int) -> _Found:
    """The object that begins here; `end` is -1 where nobody can say where it ends."""
    try:
        value, end = json.JSONDecoder().raw_decode(text, start)
    except (json.JSONDecodeError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deeply"
        end = _end(text, start)
        rest = "" if end >= 0 else " Nothing behind it could be read either."
        return _Found(start, end, {}, f"This item is no valid JSON and was left out: {reason}.{rest}")
    if not (value.get("type") and any(value.get(each) for each in ("id", "title", "citation-key", "DOI", "URL"))):
        hint = " It is Zotero's own JSON: export as “CSL JSON”." if "itemType" in value else ""
        return _Found(
            start, end, {}, f"This is no item of CSL-JSON (no “type”, or nothing to name it by) and was left out.{hint}"
        )
    return _Found(start, end, _sound(value))


def _sound(value: Item) -> Item:
    r"""The object with `?` for half surrogates (`"\ud83d"` alone), which no database and no file takes."""
    written = json.dumps(value, ensure_ascii=False)
    return value if written.isascii() else json.loads(written.encode("utf-8", "replace"))


def _end(text: str, start: int) -> int:
    """Behind the brace that closes the one at `start`; braces in strings do not count. -1 where there is none."""
    depth = 0
    for part in _PART.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(part[0], 0)
        if depth == 0:
            return part.end()
    return -1
