"""The entries of files that are to be verified: what each of them says of which work, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from litdb.checks.fields import Own
from litdb.checks.own_entries import fields_of, own_of
from litdb.commands.choosing import cited_keys
from litdb.commands.naming import identified
from litdb.commands.passing import LINKS, Passing
from litdb.errors import InvalidUrl, NoteError
from litdb.labels import names_a_work
from litdb.model import Claim, Identifier, Mention, Note, Record
from litdb.notes import BIBLIOGRAPHIES, OWN_EXPORTS, is_own_export, kind_of, read_note
from litdb.notes.bib_entries import other_keys
from litdb.notes.markdown import is_cited
from litdb.sources import identify
from litdb.text.dates import date_claim

IN_A_LIST = "note:list"
"""How the title is read that an item of a hand-written list of references has as the text of its link."""

NOTES = ("note", "annote", "howpublished", "addendum")
"""Fields of an entry in which people put what has no field of its own."""

_BARE_DOI = re.compile(r"\s*(?:doi\s*:?\s*)?(10\.\d{4,9}/\S+?)[.,;]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry or citation: its file and line, what it goes by there, what it says, which work it means.

    `others` are identifiers that it gives beside the first, `keys` all that it can be cited by. Without `identifier`,
    `problem` says why.
    """

    note: str
    line: int
    label: str
    own: Own
    identifier: Identifier | None
    others: tuple[Identifier, ...] = ()
    problem: str = ""
    keys: tuple[str, ...] = ()


def take_own_exports(made: Passing) -> None:
    """Let bibliographies that litdb wrote be read as if somebody else had, not for their addresses alone."""
    made.notes = [name for name in made.notes if name != LINKS]
    for path in sorted(made.root.rglob("*.bib")):
        content = path.read_bytes()
        if is_own_export(content):
            path.write_bytes(content.replace(OWN_EXPORTS[1], b"% export", 1))
            made.notes.append(path.relative_to(made.root).as_posix())


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of files in their order, sentences about what is broken in them, the files that cannot be read."""

    entries: Sequence[Entry]
    problems: Sequence[str]
    unread: Sequence[str]


def entries(made: Passing) -> Listing:
    """The entries of all files; with a paper only what it cites."""
    notes = {name: note for name in made.notes if (note := _read(made, name))}
    bibs = [note for note in notes.values() if note.kind in BIBLIOGRAPHIES]
    others = [note for note in notes.values() if note.kind not in BIBLIOGRAPHIES]
    listed = [each for note in bibs for each in _of_bibliography(note)]
    keys = {key for each in listed for key in each.keys}
    cited = [each for note in others for each in _of_note(note, made, keys)]
    found = [*(_cited(listed, others, made) if made.paper else listed), *cited]
    order = {name: place for place, name in enumerate(made.notes)}
    return Listing(
        sorted(found, key=lambda each: (order[each.note], each.line)),
        [problem for note in notes.values() for problem in note.problems],
        [name for name in made.notes if name not in notes],
    )


def _cited(listed: Sequence[Entry], paper: Iterable[Note], made: Passing) -> list[Entry]:
    """The entries that a paper cites; of several with one key the first."""
    own = {each.label: each for each in reversed(listed)}
    first = {key: each for each in reversed(listed) for key in each.keys} | own
    cited = {first[key].label for note in paper for key in cited_keys(note, first) if key in first}
    return [each for key, each in own.items() if made.whole or key in cited]


def _read(made: Passing, name: str) -> Note | None:
    try:
        return read_note(name, (made.root / name).read_bytes(), identified)
    except NoteError:
        return None


def _of_bibliography(note: Note) -> Iterator[Entry]:
    for mention, record in zip(note.mentions, note.records, strict=True):
        named = _named(record)
        others = tuple(each for each in _tied(record) if each != named)
        problem = "" if named else "no DOI, arXiv number or link"
        label = mention.target.removeprefix("@")
        keys = (label, *other_keys(fields_of(record)))
        yield Entry(note.path, mention.line, label, own_of(record), named, others, problem, keys)


def _named(record: Record) -> Identifier | None:
    """The work that an entry means; its preprint where only that has an identifier."""
    if record.identifier.scheme != "bib":
        return record.identifier
    preprint = next((each for each in _tied(record) if each != record.identifier), None)
    return preprint or _carelessly_named(fields_of(record))


def _tied(record: Record) -> list[Identifier]:
    """The versions that an entry names, the one among them that it is about itself."""
    ties = (each for each in record.relations if each.kind == "version-of")
    return [*dict.fromkeys(end for each in ties for end in (each.subject, each.object))]


def _carelessly_named(fields: Mapping[str, str]) -> Identifier | None:
    """What an entry names by an address without its scheme, or by nothing but a DOI in a note."""
    url = fields.get("url", "")
    texts = [url if "://" in url else f"https://{url}"]
    texts += [f"https://doi.org/{found[1]}" for name in NOTES if (found := _BARE_DOI.fullmatch(fields.get(name, "")))]
    identities = (identity for text in texts if "." in text and (identity := identified(text)))
    return next((each.identifier for each in identities if not each.not_a_work), None)


def _of_note(note: Note, made: Passing, keys: Iterable[str]) -> Iterator[Entry]:
    """The links of a note, each with what stands beside it; the same link that says nothing new is judged once."""
    listed = _listed(note, made)
    seen: set[object] = set()
    for mention in filter(is_cited, note.mentions):
        entry = _of_mention(mention, keys, listed.get((mention.line, mention.column), ()))
        if entry and (said := (entry.identifier or entry.label, repr(entry.own.claims))) not in seen:
            seen.add(said)
            yield entry


def _of_mention(mention: Mention, keys: Iterable[str], listed: tuple[Claim, ...]) -> Entry | None:
    """What a mention says; a key that a bibliography has is judged there."""
    own = Own((*mention.asserted, *listed))
    if not mention.url:
        known = mention.target.removeprefix("@") in keys
        problem = f"no bibliography among the files has {mention.target}"
        return None if known else Entry(mention.note, mention.line, mention.target, own, None, problem=problem)
    try:
        identity = identify(mention.url)
    except InvalidUrl as error:
        return Entry(mention.note, mention.line, mention.url, own, None, problem=str(error))
    problem = f"{identity.not_a_work}, nothing to cite" if identity.not_a_work else ""
    return Entry(mention.note, mention.line, mention.url, own, None if problem else identity.identifier, (), problem)


def _listed(note: Note, made: Passing) -> Mapping[tuple[int, int], tuple[Claim, ...]]:
    """By place, what the items of hand-written lists of references say: the title that is the link, a day before it."""
    from litdb.notes.handmade import hand_lists
    from litdb.notes.patching import Text

    if kind_of(note.path) != "markdown":
        return {}
    try:
        text = Text(note.path, (made.root / note.path).read_bytes())
    except NoteError:  # in UTF-16, which nothing writes into
        return {}
    items = (item for each in hand_lists(text, note) for item in each.items)
    claims = {}
    for item in items:
        mention = item.mention
        title = [Claim("title", mention.text, IN_A_LIST)] if _is_title(mention) else []
        date = [date_claim(item.date.date, "asserted-by-note", "note")] if item.date else []
        claims[mention.line, mention.column] = (*title, *date)
    return claims


def _is_title(mention: Mention) -> bool:
    """Whether the text of a link says what it leads to: no address, no “PDF”."""
    is_link = mention.found in ("inline-link", "reference-link")
    return is_link and "://" not in mention.text and names_a_work(mention.text)
