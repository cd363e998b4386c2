"""The words of litdb as values: what passes between its rooms.

Everything here is frozen and compares by value. Times are ISO 8601 text in UTC (`2026-11-21T03:54:00Z`);
dates of works are ISO 8601 text as precise as they were found (`2022`, `2022-08`, `2022-08-30`,
`2022-08-30T17:59:09Z`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Literal, NamedTuple, TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

Outcome = Literal[
    "ok",
    "partial",
    "paywalled",
    "not-found",
    "gone",
    "forbidden",
    "challenged",
    "rate-limited",
    "timeout",
    "unreachable",
    "unsupported",
    "not-a-work",
]
"""How an attempt ended, the best first. Data, never an exception."""

SILENCE: frozenset[Outcome] = frozenset(("unreachable", "timeout"))
"""Outcomes in which a host said nothing: that may come from our own line."""

TOLD: frozenset[Outcome] = frozenset(("ok", "partial", "paywalled"))
"""Outcomes in which somebody told of the work."""

Field = Literal[
    "title",
    "authors",
    "editors",
    "date",
    "container",
    "publisher",
    "type",
    "abstract",
    "language",
    "url",
    "volume",
    "issue",
    "pages",
    "number",
    "archive_class",
    "version",
    "note",
    "archived",
    "status",
]
"""What a claim can be about.

`container` is the site, blog or journal, `archive_class` arXiv's primary class, `version` what is there now (`v3`),
`archived` the address of a copy that an archive keeps, `status` what became of the work: `withdrawn` or `retracted`.
"""

DateKind = Literal[
    "",
    "posted",
    "first-version",
    "this-version",
    "modified",
    "accessed",
    "created",
    "asserted-by-note",
    "not-later-than",
]
"""What a date says about the work; empty for claims that are no dates."""

Precision = Literal["", "year", "month", "day", "second"]

WorkType = Literal[
    "article-journal",
    "book",
    "chapter",
    "collection",
    "comment",
    "dataset",
    "motion_picture",
    "paper-conference",
    "post",
    "post-weblog",
    "preprint",
    "report",
    "sequence",
    "software",
    "thesis",
    "tweet",
    "entry-encyclopedia",
    "webpage",
    "website",
]
"""CSL's item types, with `comment`, `preprint`, `sequence`, `tweet` and `website` where CSL is too coarse."""

RelationKind = Literal["version-of", "comment-on", "part-of", "linkpost-of", "crosspost-of", "about", "cites"]

CorrectionKind = Literal["set", "key", "same", "split", "person"]
"""What the user can say: a field, a citation key, one work or two, who stands behind a name."""

Markup = Literal["plain", "tex"]
"""`tex`: accents are already Unicode, but `$…$` is mathematics and backslash commands are TeX."""


class Identifier(NamedTuple):
    """What names a work for good. A tuple, because it is what everything is looked up and sorted by.

    >>> str(Identifier("arxiv", "2209.00626"))
    'arxiv:2209.00626'
    """

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"

    @classmethod
    def parse(cls, text: str) -> Identifier:
        """The identifier that `str` wrote.

        >>> Identifier.parse("doi:10.1000/a:b")
        Identifier(scheme='doi', value='10.1000/a:b')
        """
        scheme, _, value = text.partition(":")
        return cls(scheme, value)


@dataclass(frozen=True, slots=True)
class Name:
    """A person by CSL's name parts, or (only `literal`) an organisation, a handle, a name that cannot be split.

    `orcid` is who it is, where a registry or the user says so: `0000-0002-1825-0097`.

    >>> Name(family="Merwijk", given="Chris", particle="van").display
    'Chris van Merwijk'
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""
    orcid: str = ""

    @property
    def display(self) -> str:
        """The name as one reads it aloud."""
        return self.literal or " ".join(part for part in (self.given, self.particle, self.family, self.suffix) if part)

    @property
    def bare(self) -> Name:
        """The name as it is written, without who it is."""
        return replace(self, orcid="") if self.orcid else self

    def as_json(self) -> dict[str, Json]:
        """CSL-JSON's name object, without empty parts; an ORCID beside them, as Crossref's has it."""
        parts = {
            "family": self.family,
            "given": self.given,
            "non-dropping-particle": self.particle,
            "suffix": self.suffix,
            "literal": self.literal,
            "ORCID": self.orcid,
        }
        return {key: value for key, value in parts.items() if value}

    @classmethod
    def from_json(cls, value: Mapping[str, Json]) -> Name:
        """The name that `as_json` wrote.

        >>> Name.from_json({"family": "Leike", "given": "Jan"})
        Name(family='Leike', given='Jan', particle='', suffix='', literal='', orcid='')
        """
        return cls(
            family=str(value.get("family", "")),
            given=str(value.get("given", "")),
            particle=str(value.get("non-dropping-particle", "")),
            suffix=str(value.get("suffix", "")),
            literal=str(value.get("literal", "")),
            orcid=str(value.get("ORCID", "")),
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement about one field of a work, and how it was read (`atom:published`, `json-ld:headline`).

    `value` is text, except for `authors` and `editors`: a list of CSL name objects, in order.
    """

    field: Field
    value: Json
    how: str
    kind: DateKind = ""
    precision: Precision = ""
    markup: Markup = "plain"

    @property
    def people(self) -> tuple[Name, ...]:
        """The people that it names; nobody where it is about anything else."""
        named = self.value if isinstance(self.value, (list, tuple)) else ()
        return tuple(Name.from_json(each) for each in named if isinstance(each, Mapping))


@dataclass(frozen=True, slots=True)
class Relation:
    """`subject` is `kind` `object`: a comment is comment-on a post.

    Of one that `cites`: `url` is the other's address as it stands there, `text` the link's text or the reference,
    `words` the sentence round it; each may be empty.
    """

    subject: Identifier
    kind: RelationKind
    object: Identifier
    how: str
    url: str = ""
    text: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """What an answer says that a work cites, before anybody knows which work that is.

    `url` is whatever identifies it (`https://…`, `arXiv:2209.00626`), empty where only words are known; `text` the
    link's text, the title or the reference as written; `words` the sentence round it.
    """

    subject: Identifier
    url: str
    how: str
    text: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a URL means: the identifier, the URL to cite, and what the URL itself tells.

    `locator` points inside the work (`A_spectrum_of_situational_awareness`, `v3`, `t=42`). `not_a_work` says in words
    what stands there instead (a profile, an image); such an address is never asked about. `same` are other names of
    the work that its identifier holds by rule.
    """

    identifier: Identifier
    url: str
    locator: str = ""
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()
    not_a_work: str = ""
    same: tuple[Identifier, ...] = ()


Identify = Callable[[str], Identity | None]
"""What a URL means; None (or `InvalidUrl`) for what is none."""


@dataclass(frozen=True, slots=True)
class Record:
    """What one source says, at one time, about one identifier it was asked for.

    `same` are other identifiers of the very same work, learnt on the way. `answer` is the journal's id of the
    answer it was read from, `place` the note and line (`seeds/list.bib:12`) where a note is the source. `entry` is the
    whole entry of a bibliography as it stands there, as JSON: its `form` (`bib csl-json ris`) and all its fields.
    `loose` are references of which only words are known.
    """

    source: str
    identifier: Identifier
    claims: tuple[Claim, ...] = ()
    same: tuple[Identifier, ...] = ()
    relations: tuple[Relation, ...] = ()
    at: str = ""
    answer: str = ""
    place: str = ""
    entry: str = ""
    loose: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One citation in a note.

    Lines and columns count from 1, in code points; `end_column` is exclusive. `target` is what stands there (a URL,
    `arXiv:2209.00626`, `@key`), `url` the URL to identify, empty for a key. `found` says how it was found:
    `inline-link reference-link autolink bare-url html front-matter bare-id key handle shortcode bib-entry bookmark
    comment list ignored`, with `:after-unclosed-fence` or `:KEY` (the front-matter key) behind it where that matters.
    """

    note: str
    line: int
    column: int
    end_line: int
    end_column: int
    target: str
    found: str
    url: str = ""
    text: str = ""
    headings: tuple[str, ...] = ()
    sentence: str = ""
    asserted: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A file that cites works, as it was read: its mentions, and the records of a bibliography.

    `problems` are sentences about what could not be read, each with its line; the rest of the note is there.
    `front_matter` holds the scalars and lists of scalars of the front matter.
    """

    path: str
    kind: str
    sha256: str
    title: str = ""
    mentions: tuple[Mention, ...] = ()
    records: tuple[Record, ...] = ()
    keys: tuple[tuple[str, Identifier], ...] = ()
    front_matter: Mapping[str, Json] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


class Rung(IntEnum):
    """How good a source is for an identifier: the ladder, best first."""

    REGISTRY = 1
    API = 2
    FEED = 3
    PAGE = 4
    ARCHIVE = 5


@dataclass(frozen=True, slots=True)
class Policy:
    """How a source wants its hosts to be asked.

    Hosts of one `lane` are asked one at a time, starts at least `interval` seconds apart. An answer stays fresh for
    `fresh_days`. `robots` is off only for documented programming interfaces.
    """

    hosts: tuple[str, ...]
    lane: str
    interval: float
    batch: int = 1
    fresh_days: int = 30
    robots: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """A work to ask about: its identifier, the URLs the notes use for it, the day of the oldest note (or empty)."""

    identifier: Identifier
    urls: tuple[str, ...] = ()
    note_day: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One request to the web and what it is for: all that `Source.read` needs beside the answer."""

    source: str
    url: str
    asked: tuple[Target, ...]
    step: str = "ask"
    method: Literal["GET", "POST"] = "GET"
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """The works that it asks about."""
        return tuple(each.identifier for each in self.asked)


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect on the way: the status and the address it came from."""

    status: int
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came over the wire. Header names are lower case; `url` is where the body came from, after `hops`."""

    request: Request
    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    at: str
    hops: tuple[Hop, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A request that brought no answer that may be read: the outcome, the reason in words, when to try again."""

    request: Request
    outcome: Outcome
    reason: str
    at: str
    retry_at: str = ""
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source made of an answer.

    `outcomes` has one for every identifier asked for, and may have more for other names of the same work; `then` are
    further requests, of whatever source; `page` is a page of the web that the answer holds (a capture in an archive),
    to be read like one that its own site sent.
    """

    records: tuple[Record, ...] = ()
    outcomes: Mapping[Identifier, tuple[Outcome, str]] = field(default_factory=dict)
    then: tuple[Request, ...] = ()
    page: Answer | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """How asking one source about one identifier ended. Not asked again before `fresh_until` or `retry_at`."""

    identifier: Identifier
    source: str
    outcome: Outcome
    reason: str
    at: str
    answer: str = ""
    retry_at: str = ""
    fresh_until: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """The other end of a relation, as seen from one work: this work is `kind` the one called `label`.

    `key` is the other work's citation key, empty where it is not cited.
    """

    kind: RelationKind
    label: str
    url: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A work as the library shows it: one chosen value per field.

    `title` is empty for titleless works; `label` is what stands in its place for display. `date` is the day to cite,
    as precise as known. `outcome` is how learning about it ended, with the `reason`. `former_keys` are keys it had
    before and can still be called by. `archived` is the address of a copy in an archive, `status` is `withdrawn`,
    `retracted` or empty. `entries` are the user's own entries of it in bibliographies (see `Record.entry`).
    """

    identifier: Identifier
    identifiers: tuple[Identifier, ...]
    key: str
    type: WorkType
    url: str
    title: str = ""
    label: str = ""
    markup: Markup = "plain"
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    date: str = ""
    container: str = ""
    publisher: str = ""
    abstract: str = ""
    language: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    number: str = ""
    archive_class: str = ""
    version: str = ""
    note: str = ""
    accessed: str = ""
    outcome: Outcome = "partial"
    reason: str = ""
    cited: bool = True
    former_keys: tuple[str, ...] = ()
    archived: str = ""
    status: str = ""
    related: tuple[Related, ...] = ()
    entries: tuple[str, ...] = ()

    def identifier_of(self, scheme: str) -> str:
        """The value of its first identifier of a scheme, or empty."""
        return next((each.value for each in self.identifiers if each.scheme == scheme), "")


@dataclass(frozen=True, slots=True)
class Correction:
    """One block: what the user says about a work, two works or a name.

    `works` are written as identifiers (`arxiv:2209.00626`), URLs or citation keys. `field` is the field that is set,
    or the name as a site spells it; `value` what it is set to, the citation key, or the full name. `place` is where
    it stands (`corrections.toml:12`).
    """

    kind: CorrectionKind
    works: tuple[str, ...] = ()
    field: str = ""
    value: str = ""
    place: str = ""

    @property
    def subject(self) -> tuple[str, frozenset[str], str]:
        """What it speaks about. The file needs one block for each: the same and split of two works exclude each other.

        >>> Correction("same", ("a", "b")).subject == Correction("split", ("b", "a")).subject
        True
        """
        return "same" if self.kind == "split" else self.kind, frozenset(self.works), self.field
