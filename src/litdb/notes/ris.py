"""RIS as notes: what EndNote, Zotero, Mendeley, JabRef and publishers write, every record a mention and a record.

A line is a tag of two characters, blanks, a hyphen and a value; `TY` begins a record and `ER` ends it (Reference
Manager's specification of 2011). Older tags of the specification of 2001 (`T1 A1 Y1 JO N2`) are still written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from litdb.model import Claim, Field, Identify, Name, Note, WorkType
from litdb.notes.entries import Entries, Entry
from litdb.notes.entry_names import IN_TEXT, Given, bare_isbn, is_venue, name
from litdb.notes.lines import one_character_line_ends
from litdb.text.dates import date_claim, read_iso, read_written
from litdb.text.names import read_name
from litdb.text.others import are_others
from litdb.text.titles import clean_title

TYPES: Mapping[str, WorkType] = {
    **dict.fromkeys("JOUR EJOUR JFULL ABST MGZN NEWS INPR".split(), "article-journal"),
    **dict.fromkeys("BOOK EBOOK EDBOOK WHOLE".split(), "book"),
    **dict.fromkeys("CHAP ECHAP".split(), "chapter"),
    **dict.fromkeys("CONF CPAPER".split(), "paper-conference"),
    **dict.fromkeys("RPRT GOVDOC STAND".split(), "report"),
    **dict.fromkeys("DATA AGGR".split(), "dataset"),
    **dict.fromkeys("ENCYC DICT".split(), "entry-encyclopedia"),
    **dict.fromkeys("VIDEO MPCT ADVS MULTI".split(), "motion_picture"),
    "UNPB": "preprint",
    "THES": "thesis",
    "COMP": "software",
    "BLOG": "post-weblog",
    "ELEC": "webpage",
    "WEB": "webpage",
}
"""What a record's type says of the work."""

TEXTS: Mapping[Field, Sequence[str]] = {
    "publisher": ("PB",),
    "volume": ("VL",),
    "issue": ("IS",),
    "number": ("M1",),
    "language": ("LA",),
    "abstract": ("AB", "N2"),
    "url": ("UR",),
}
"""Fields of a work and the tags that hold them, the best first."""

TITLES = ("TI", "T1", "CT")
CONTAINERS = ("T2", "JO", "JF", "JA", "J2", "BT")
DATES = ("DA", "Y1", "PY")
AUTHORS = ("AU", "A1")

_EDITORS = {**dict.fromkeys(("book", "report"), ("ED", "A3")), "": ("ED", "A2")}
_PRINTED = ("article-journal", "chapter", "paper-conference")
_BEGINNING = re.compile(r"^\s*TY {0,2}- ?", re.MULTILINE)
_LINE = re.compile(r"\s*(?P<tag>[A-Z][A-Z0-9])\s{0,2}-(?:\s+(?P<value>.*))?", re.DOTALL)
_DAY = re.compile(r"(?P<year>\d{4})(?:/(?P<month>\d{1,2})?(?:/(?P<day>\d{1,2})?(?:/.*)?)?)?", re.ASCII)
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ASIDE = re.compile(r"\d+\.?|(?:Provider|Database|Content):.*")
"""What stands between records: their numbers, and whose they are."""
_KEY = re.compile(r"(?!\d+\Z)[^\s,{}\"#%'()=~\\]+")

Tags = Sequence[tuple[str, str]]


@dataclass(slots=True)
class _Raw:
    """The tags of a record in their order, and the offsets where it begins and where its first line ends."""

    start: int
    end: int
    tags: list[tuple[str, str]] = field(default_factory=list)


def read_ris(path: str, text: str, identify: Identify) -> Note:
    """The records of a file: a mention (found `bib-entry`) and a record each, and what the keys (`ID`, `LB`) name."""
    text = one_character_line_ends(text.removeprefix("\ufeff"))
    entries = Entries(path, "ris", text)
    if text.strip() and not _BEGINNING.search(text):
        entries.tell(0, "This is no RIS: no line begins a record with “TY  - ”.")
        return entries.note()
    for raw in _records(text, entries):
        key = key_of(raw.tags)
        title = first(raw.tags, *TITLES)
        says = {"tags": raw.tags}
        entry = Entry(raw.start, raw.end, key, title, record_claims(raw.tags), says)
        entries.add(entry, name(_given(raw.tags, key), identify))
    return entries.note()


def first(tags: Tags, *names: str) -> str:
    """The value of the first of these tags that is there, or empty.

    >>> first([("TY", "JOUR"), ("T1", "A title")], "TI", "T1")
    'A title'
    """
    return next((value for each in names for tag, value in tags if tag == each and value), "")


def key_of(tags: Tags) -> str:
    """The citation key: the label or the ID; a mere number counts records and is no key.

    >>> key_of([("ID", "ngo2022")]), key_of([("ID", "17")])
    ('ngo2022', '')
    """
    return next((text for text in (first(tags, "LB"), first(tags, "ID")) if _KEY.fullmatch(text)), "")


def record_claims(tags: Tags) -> tuple[Claim, ...]:
    """Everything that a record says, each claim with its tag as `how` (`ris:T2`)."""
    kind = TYPES.get(first(tags, "TY"))
    claims = [*_claim(tags, "title", TITLES), *_claim(tags, "container", CONTAINERS)]
    claims += [each for role, names in _people(kind) for each in _names_claim(tags, role, names)]
    day, how = max(((day_of(first(tags, tag)), tag) for tag in DATES), key=lambda each: len(each[0]))
    if day:
        claims.append(date_claim(day, "posted", f"ris:{how}"))
    if day := day_of(first(tags, "Y2")):
        claims.append(date_claim(day, "accessed", "ris:Y2"))
    claims += [each for name_, names in TEXTS.items() for each in _claim(tags, name_, names)]
    if pages := "-".join(filter(None, (first(tags, "SP"), first(tags, "EP")))):
        claims.append(Claim("pages", pages, "ris:SP"))
    if kind:
        claims.append(Claim("type", kind, "ris:TY"))
    return tuple(claims)


def day_of(text: str) -> str:
    """A date as ISO text, as precise as it says; what stands behind the third slash is a remark.

    >>> day_of("2014/01/15/"), day_of("2014///Spring"), day_of("2014-1-5"), day_of("in press")
    ('2014-01-15', '2014', '2014-01-05', '')
    """
    if found := _DAY.fullmatch(text.strip()):
        parts = [part.zfill(2) for part in (found["month"], found["day"]) if part]
        return read_iso("-".join([found["year"], *parts])) or ""
    return read_iso(text.strip()) or read_written(text) or ""


def read_ris_name(text: str) -> Name:
    """A name as RIS writes it: `Family, Given, Suffix`, or a name that has no such parts.

    >>> read_ris_name("van Merwijk, Chris"), read_ris_name("OpenAI").literal
    (Name(family='Merwijk', given='Chris', particle='van', suffix='', literal='', orcid=''), 'OpenAI')
    """
    family, _, given = (part.strip() for part in text.partition(","))
    return Name(literal=family) if family and not given else read_name(text)


def _people(kind: WorkType | None) -> tuple[tuple[Field, Sequence[str]], ...]:
    return ("authors", AUTHORS), ("editors", _EDITORS.get(kind or "", _EDITORS[""]))


def _names_claim(tags: Tags, role: Field, names: Sequence[str]) -> Iterator[Claim]:
    listed = [(tag, read_ris_name(value)) for tag, value in tags if tag in names and value]
    people = [(tag, person) for tag, person in listed if not are_others(person)]
    if people:
        yield Claim(role, [person.as_json() for _, person in people], f"ris:{people[0][0]}")


def _claim(tags: Tags, about: Field, names: Sequence[str]) -> Iterator[Claim]:
    tag = next((tag for tag in names if first(tags, tag)), "")
    if tag:
        text = first(tags, tag)
        yield Claim(about, clean_title(text) if about == "title" else text, f"ris:{tag}")


def _given(tags: Tags, key: str) -> Given:
    """What of a record can name its work."""
    kind = TYPES.get(first(tags, "TY"))
    doi = _DOI.search(first(tags, "DO")) or _DOI.fullmatch(first(tags, "M3"))
    arxiv = next((found for tag in ("AN", "M1", "N1") if (found := IN_TEXT.search(first(tags, tag)))), None)
    return Given(
        key=key,
        title=first(tags, *TITLES),
        year=day_of(first(tags, "PY", "Y1", "DA"))[:4],
        eprint=arxiv[1] if arxiv else "",
        doi=doi[0] if doi else "",
        url=first(tags, "UR").split(";")[0].strip(),
        isbn=bare_isbn(first(tags, "SN")),
        is_preprint=kind == "preprint",
        is_printed=kind in _PRINTED and is_venue(first(tags, *CONTAINERS), first(tags, "VL", "SP")),
        is_book=kind in ("book", "report"),
    )


def _records(text: str, entries: Entries) -> Iterator[_Raw]:
    """The records of a file; a value goes on in lines without a tag. What stands outside of records is told."""
    raw: _Raw | None = None
    for start, line in _lines(text):
        found = _LINE.fullmatch(line)
        if found and found["tag"] == "TY":
            if raw:
                entries.tell(raw.start, "This record has no end (ER); it ends where the next one begins.")
                yield raw
            raw = _Raw(start, start + len(line), [("TY", (found["value"] or "").strip())])
        elif raw and found and found["tag"] == "ER":
            yield raw
            raw = None
        elif raw and found:
            raw.tags.append((found["tag"], (found["value"] or "").strip()))
        elif raw:
            tag, value = raw.tags[-1]
            raw.tags[-1] = tag, f"{value} {line.strip()}".strip()
        elif not _ASIDE.fullmatch(line.strip()):
            entries.tell(start, f"“{line.strip()[:40]}” belongs to no record and was left out.")
    if raw:
        entries.tell(raw.start, "This record has no end (ER): the file may be cut off.")
        yield raw


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, each with its offset."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line.rstrip()
        start += len(line) + 1
