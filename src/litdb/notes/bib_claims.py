"""What the fields of a BibTeX entry claim."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from litdb.model import Claim, Field, Markup, WorkType
from litdb.notes.bib_entries import BibEntry
from litdb.notes.bib_names import read_tex_names
from litdb.notes.entry_names import ARXIV
from litdb.text.dates import date_claim, read_iso, read_written
from litdb.text.months import MONTHS
from litdb.text.tex import from_tex, read_tex
from litdb.text.titles import clean_title, fold

TYPES: dict[str, WorkType] = {
    "article": "article-journal",
    "review": "article-journal",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "incollection": "chapter",
    "inbook": "chapter",
    "suppbook": "chapter",
    "inreference": "entry-encyclopedia",
    "book": "book",
    "mvbook": "book",
    "booklet": "book",
    "collection": "book",
    "proceedings": "book",
    "techreport": "report",
    "report": "report",
    "manual": "report",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "dataset": "dataset",
    "software": "software",
    "video": "motion_picture",
    "movie": "motion_picture",
    "preprint": "preprint",
}
"""What an entry's type says of the work; `@misc` says nothing."""

WEB_TYPES = frozenset("online electronic www".split())
"""Entry types that say no more than that something is on the web."""

_IN_A_BOOK = ("booktitle", "journaltitle", "journal")
_IN_A_JOURNAL = ("journaltitle", "journal", "booktitle")
_ON_A_SITE = ("organization", "howpublished", "journaltitle", "journal", "booktitle")
CONTAINERS = {
    "article": _IN_A_JOURNAL,
    "review": _IN_A_JOURNAL,
    **dict.fromkeys("inproceedings conference incollection inbook suppbook inreference".split(), _IN_A_BOOK),
    **dict.fromkeys("misc online electronic www unpublished video movie software dataset".split(), _ON_A_SITE),
}
"""The fields that name what an entry's work stands in, by type, best first."""

PUBLISHERS = ("publisher", "institution", "school", "organization")

TEXT_FIELDS: tuple[tuple[Field, tuple[str, ...]], ...] = (
    ("abstract", ("abstract",)),
    ("language", ("langid", "language")),
    ("note", ("note",)),
    ("pages", ("pages",)),
    ("archive_class", ("eprintclass", "primaryclass")),
)
"""Fields of a record, and the fields of an entry that hold them."""

_BRACED = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
_ADDRESS = re.compile(
    rf"\\(?:url|path|nolinkurl)\s*{_BRACED}|\\href\s*{_BRACED}\s*{_BRACED}|(https?://(?:[^\s{{}}]|\{{[^{{}}]*\}})+)"
)
_PLACE = "\ue000"
"""Stands for an address while the TeX round it is read."""

_SAYS_NOTHING = frozenset(("", "accessed", "availableat", "online", "url", "web", "webpage", "website"))
_VISIT = re.compile(r"\s*(?:last\s+)?(?:accessed|visited|retrieved)\b(?:\s+on)?\s*:?", re.IGNORECASE)
_UNCERTAIN = re.compile(r"[~?%]+\Z")
_YEAR = re.compile(r"(?:c\.|ca\.)?\s*(\d{4})[a-z]?", re.ASCII)


def entry_claims(entry: BibEntry, scheme: str) -> tuple[Claim, ...]:
    """Everything that an entry says, each claim with its field as `how`; `scheme` is that of the work's identifier.

    Numbers mean an issue in an article and a number elsewhere.
    """
    return (
        *_titles(entry),
        *_people(entry),
        *_dates(entry),
        *_places(entry),
        *_numbers(entry),
        *_texts(entry),
        *_types(entry, scheme),
        *_urls(entry),
    )


def claimed_type(entry: BibEntry, scheme: str) -> WorkType | None:
    """The kind of work: an arXiv paper is a preprint whatever its entry is called; `@online` tells nothing new."""
    if scheme == "arxiv":
        return "preprint"
    is_page = entry.type in WEB_TYPES and scheme in ("bib", "url")
    return TYPES.get(entry.type, "webpage" if is_page else None)


def plain_url(entry: BibEntry) -> tuple[str, str]:
    """The field that holds the entry's URL, and the URL without TeX; two empty texts where there is none.

    >>> plain_url(BibEntry("misc", "k", {"howpublished": r"\\url{https://example.org/a\\_b}"}, 0, 0))
    ('howpublished', 'https://example.org/a_b')
    """
    fields = entry.fields
    for name in ("url", "howpublished", "note"):
        found = _ADDRESS.search(fields.get(name, ""))
        if found and (name != "note" or _says_nothing(_ADDRESS.sub("", fields[name]))):
            return name, _without_tex(found[1] or found[2] or found[4].rstrip(".,;"))
    return "", ""


def bare_doi(value: str) -> str:
    """A DOI without its resolver and TeX.

    >>> bare_doi("https://doi.org/10.1000/a\\\\_b"), bare_doi("doi: 10.1000/x"), bare_doi("none")
    ('10.1000/a_b', '10.1000/x', '')
    """
    doi = re.search(r"10\.\d{4,9}/\S+", _without_tex(value))
    return doi[0] if doi else ""


def container_of(entry: BibEntry) -> tuple[str, str]:
    """The field that names what the entry's work stands in, and that name; two empty texts where there is none.

    >>> container_of(BibEntry("article", "k", {"journal": "Mind and Machines"}, 0, 0))
    ('journal', 'Mind and Machines')
    """
    named = ((name, _container(entry.fields.get(name, ""))) for name in CONTAINERS.get(entry.type, _IN_A_JOURNAL))
    return next((each for each in named if each[1]), ("", ""))


def _without_tex(value: str) -> str:
    """An address as it is: TeX's escapes undone, its tilde and braces too, and nothing else."""
    tilde = re.sub(r"\\(?:textasciitilde|~|sim)\s*(?:\{\})?|\$\\sim\$", "~", value)
    return re.sub(r"\\([_%&#$^{}])", r"\1", tilde).replace("{", "").replace("}", "").strip()


def _titles(entry: BibEntry) -> Iterator[Claim]:
    whole = ": ".join(entry.fields[name] for name in ("title", "subtitle") if name in entry.fields)
    title, markup = read_tex(whole)
    if title.strip():
        yield Claim("title", clean_title(title) if markup == "plain" else title.strip(), "bib:title", markup=markup)


def _people(entry: BibEntry) -> Iterator[Claim]:
    roles: tuple[tuple[Field, str], ...] = (("authors", "author"), ("editors", "editor"))
    for role, name in roles:
        people = [person.as_json() for person in read_tex_names(entry.fields.get(name, ""))]
        if people:
            yield Claim(role, people, f"bib:{name}")


def _dates(entry: BibEntry) -> Iterator[Claim]:
    name = "date"
    value = read_iso(_UNCERTAIN.sub("", entry.fields.get("date", "").split("/")[0].strip()))
    if value is None:
        name, value = "year", day_said(entry)
    if value:
        yield date_claim(value, "posted", f"bib:{name}")
    name, visited = entry.first("urldate", "note")
    day = visited if name == "urldate" else _VISIT.sub("", visited) if _VISIT.match(visited) else ""
    accessed = read_iso(day.strip()) or read_written(day)
    if accessed:
        yield date_claim(accessed, "accessed", f"bib:{name}")


def day_said(entry: BibEntry) -> str | None:
    """The date of `year`, `month` and `day`, as far as they go; old files have the day in `month = "10~jan"`."""
    year = _YEAR.fullmatch(from_tex(entry.fields.get("year", "")).strip())
    if not year:
        return None
    month, day = _month(from_tex(entry.fields.get("month", "")))
    day = day or entry.fields.get("day", "")
    if not month:
        return read_iso(year[1])
    full = read_iso(f"{year[1]}-{month:02}-{int(day):02}") if day.isascii() and day.isdigit() else None
    return full or read_iso(f"{year[1]}-{month:02}")


def _month(text: str) -> tuple[int, str]:
    """Month and day of a `month` field; (0, "") for what is none, or more than one month."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = re.findall(r"[^\W\d_]+|\d+", re.sub(r"[\u0300-\u036f]", "", plain))
    months = {MONTHS[word] for word in words if word in MONTHS}
    numbers = [word for word in words if word.isdigit()]
    if len(months) == 1 and len(numbers) <= 1:
        return months.pop(), "".join(numbers)
    if not months and len(words) == len(numbers) == 1 and 1 <= int(numbers[0]) <= 12:
        return int(numbers[0]), ""
    return 0, ""


def _places(entry: BibEntry) -> Iterator[Claim]:
    """The container and the publisher."""
    used, container = container_of(entry)
    if container:
        yield Claim("container", container, f"bib:{used}")
    name, publisher = entry.first(*(name for name in PUBLISHERS if name != used))
    if publisher:
        yield Claim("publisher", from_tex(publisher), f"bib:{name}")


def _container(value: str) -> str:
    """The name of a journal or site; `arXiv preprint arXiv:1706.03762` and DBLP's `CoRR` are arXiv."""
    text = from_tex(_ADDRESS.sub("", value)).strip(" ,.;:")
    if ARXIV.match(text):
        return "arXiv"
    return "" if _says_nothing(text) else text


def _says_nothing(text: str) -> bool:
    """Whether this is no more than an introduction to an address, or the day of a visit."""
    folded = fold(from_tex(text))
    return folded in _SAYS_NOTHING or bool(_VISIT.match(text))


def _numbers(entry: BibEntry) -> Iterator[Claim]:
    volume = entry.fields.get("volume", "")
    if volume and not volume.startswith("abs/"):
        yield Claim("volume", from_tex(volume), "bib:volume")
    name, issue = entry.first("issue", "number") if entry.type in ("article", "review") else entry.first("issue")
    if issue:
        yield Claim("issue", from_tex(issue), f"bib:{name}")
    if "number" in entry.fields and name != "number":
        yield Claim("number", from_tex(entry.fields["number"]), "bib:number")


def _texts(entry: BibEntry) -> Iterator[Claim]:
    for field, names in TEXT_FIELDS:
        name, value = entry.first(*names)
        text, markup = _readable(value)
        if text.strip() and not (field == "note" and _says_nothing(value)):
            yield Claim(field, text.strip(), f"bib:{name}", markup=markup)


def _readable(value: str) -> tuple[str, Markup]:
    r"""The text of a value and its markup; an address stands bare, behind the words that lead to it.

    >>> print(*_readable(r"Code: \url{https://a.example/~bo_b}, \href{https://b.example/\%20}{\'Etude}"))
    Code: https://a.example/~bo_b, Étude (https://b.example/%20) plain
    """
    addresses = iter([_without_tex(found[1] or found[2] or found[4]) for found in _ADDRESS.finditer(value)])
    text, markup = read_tex(_ADDRESS.sub(lambda found: f"{found[3]} ({_PLACE})" if found[3] else _PLACE, value))
    return re.sub(_PLACE, lambda _: next(addresses, ""), text), markup


def _types(entry: BibEntry, scheme: str) -> Iterator[Claim]:
    kind = claimed_type(entry, scheme)
    if kind:
        yield Claim("type", kind, "bib:eprint" if scheme == "arxiv" else "bib:type")


def _urls(entry: BibEntry) -> Iterator[Claim]:
    name, url = plain_url(entry)
    if url:
        yield Claim("url", url, f"bib:{name}")
