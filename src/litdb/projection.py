"""From evidence to works: what the notes, the journal and the user say → the works that the library shows.

Pure: the same evidence gives the same works, in whatever order it came.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import groupby

from litdb import keys
from litdb.citations import Citations, Identify, citations, identity_of, place_of
from litdb.citing import Known, placed
from litdb.corrections import Word
from litdb.identity import components, kept_apart
from litdb.labels import label, names_a_work
from litdb.merge import HEARSAY, Aliases, Statement, build, canonical, choose
from litdb.model import Attempt, Claim, Identifier, Identity, Json, Name, Note, Record, Relation, Work
from litdb.notes.front_matter import front_claims, naming
from litdb.text.dates import cited_day, read_iso

_SOME_PAGE = Claim("type", "webpage", "any-page")
Groups = Mapping[Identifier, Sequence[Identifier]]
"""For each identifier all of its work, the most telling first."""
Places = tuple[int, ...]
"""Of some claims of a record their places among all."""

NAMED_BY_NOTES = ("webpage", "website", "post", "post-weblog", "sequence", "motion_picture")
"""Types of works that are shown by the words of the notes while their title is not known."""
TITLED = ("semanticscholar:references",)
"""How references are read whose text is the title of the work and nothing else."""


@dataclass(frozen=True)
class Evidence:
    """All that works are made from: the notes, what was read from the journal, the user's word, and hearsay.

    `facts` are records that commons of facts tell.
    """

    notes: Sequence[Note]
    records: Sequence[Record] = ()
    attempts: Sequence[Attempt] = ()
    keys: Sequence[tuple[str, Identifier]] = ()
    word: Word = field(default_factory=Word)
    facts: Sequence[Record] = ()


@dataclass(frozen=True)
class Shelf:
    """The works, and where everything said about them stands.

    `chosen` are for each record the places of its claims that the work is made of. `superseded` are records that the
    same source has replaced by a later word: nothing is chosen from them. `said` are the people whom the user has
    named, `apart` the identifiers that somebody calls the same and that stay two works.
    """

    notes: Sequence[Note]
    citations: Citations
    records: Sequence[Record]
    attempts: Sequence[Attempt]
    works: Sequence[Work]
    chosen: Sequence[Places]
    new_keys: Mapping[Identifier, str]
    superseded: Sequence[Record] = ()
    problems: Sequence[str] = ()
    said: frozenset[Name] = frozenset()
    apart: Sequence[tuple[Identifier, ...]] = ()

    @cached_property
    def work_of(self) -> Mapping[Identifier, Work]:
        """The work that an identifier names."""
        return {each: work for work in self.works for each in work.identifiers}


def day_of(note: Note) -> str:
    """The day that a note gives itself in its front matter, or empty."""
    for key in ("date", "created"):
        if isinstance(text := note.front_matter.get(key), str) and (value := read_iso(text)):
            return cited_day(value)
    return ""


def records_of_notes(notes: Sequence[Note], cited: Citations) -> list[Record]:
    """What URLs tell by themselves (source `url`), what notes say beside them (`note`), and the `.bib` entries."""
    fronts = {note.path: note.front_matter for note in notes}
    entries = (record for note in notes for record in note.records)
    return in_order([*entries, *_told_by_urls(cited), *_told_by_notes(cited, fronts)])


def shelve(evidence: Evidence, identify: Identify, aliases: Aliases) -> Shelf:
    """The works that the evidence makes."""
    evidence = replace(evidence, notes=sorted(evidence.notes, key=lambda note: note.path))
    assigned = [*evidence.keys, *((key, each) for each, key in evidence.word.keys.items())]
    cited = citations(evidence.notes, assigned, identify)
    word = evidence.word
    told = in_order(evidence.records)
    newest = latest(told)
    facts = _not_said_since(evidence.facts, newest)
    records = [*records_of_notes(evidence.notes, cited), *newest, *word.records, *facts]
    records = in_order([*records, *related(records, identify)])
    mentioned = {each.identifier for each in cited.identities}
    same, hearsay = _same(record for record in records if not record.source.startswith(HEARSAY)), _same(facts)
    named = mentioned | {record.identifier for record in records}
    groups = components(named, same, word.same, word.apart, hearsay)
    attempts = [*evidence.attempts, *_no_works(cited)]
    known_as = {**aliases, **word.aliases}
    works, chosen = _built(records, attempts, groups, known_as, mentioned)
    if any(record.loose for record in records):
        known = Known(works)
        records = [placed(record, known) if record.loose else record for record in records]
    labelled = _labelling(works, records, cited, groups)
    for place, work in enumerate(works):
        works[place] = labelled(work)
    standing = set(map(id, newest))
    older = [each for each in told if id(each) not in standing and each.identifier in groups]
    pinned, moved, problems = _pinned(evidence, groups)
    left = [each for each in evidence.keys if each[0] not in moved]
    keyed, new_keys = _keying(works, replace(evidence, keys=left), pinned)
    for place, work in enumerate(works):
        works[place] = keyed(work)
    said, apart = frozenset(known_as.values()), kept_apart(groups, [*same, *word.same, *hearsay])
    return Shelf(cited.notes, cited, records, attempts, works, chosen, new_keys, older, problems, said, apart)


def _built(
    records: Sequence[Record], attempts: Sequence[Attempt], groups: Groups, aliases: Aliases, cited: Set[Identifier]
) -> tuple[list[Work], list[Places]]:
    """The works without labels and keys, and for each record the places of its claims that they are made of."""
    tried, said = _by_work(attempts, groups), _by_work(records, groups)
    wanted = {groups[each][0] for each in cited}
    works: list[Work] = []
    chosen: list[Places] = [()] * len(records)
    once: dict[Places, Places] = {}
    for first in sorted({group[0] for group in groups.values()}):
        about = [records[place] for place in said[first]]
        best = choose(about)
        endings = [attempts[place] for place in tried[first]]
        works.append(build(groups[first], best, endings, aliases, about, first in wanted))
        for place, record in zip(said[first], about, strict=True):
            places = _taken(record, best.values())
            chosen[place] = once.setdefault(places, places)
    return works, chosen


def _taken(record: Record, best: Iterable[Statement]) -> Places:
    """The places of the claims of a record that are among the best statements of its work."""
    claims = [each.claim for each in best if each.record is record]
    return tuple(place for place, claim in enumerate(record.claims) if claim in claims) if claims else ()


def _by_work(found: Iterable[Record | Attempt], groups: Groups) -> defaultdict[Identifier, list[int]]:
    """The places of what is about each work, by the work's first identifier; what is about none is left out."""
    by_work: defaultdict[Identifier, list[int]] = defaultdict(list)
    for place, each in enumerate(found):
        if each.identifier in groups:
            by_work[groups[each.identifier][0]].append(place)
    return by_work


def _same(records: Iterable[Record]) -> list[tuple[Identifier, Identifier]]:
    return [(record.identifier, each) for record in records for each in record.same]


def _not_said_since(facts: Iterable[Record], newest: Iterable[Record]) -> list[Record]:
    """What commons tell of sources that were not asked here: what a source says itself takes its place."""
    said = {(record.source, record.identifier) for record in newest if record.claims}
    return [each for each in facts if (each.source.removeprefix(HEARSAY), each.identifier) not in said]


def latest(records: Iterable[Record]) -> list[Record]:
    """The newest word of each source about each identifier; what it said in passing counts apart."""
    records = in_order(records)
    newest: dict[tuple[str, Identifier, bool, str], Record] = {}
    for record in records:
        in_passing = all("." in claim.how for claim in record.claims)
        told = "claims" if record.claims else "ties" if record.relations or record.loose else "names"
        subject = record.source, record.identifier, in_passing, told
        kept = newest.get(subject)
        if kept is None or record.at >= kept.at:
            newest[subject] = record
    standing = set(map(id, newest.values()))
    return [each for each in records if id(each) in standing]


def in_order(records: Iterable[Record]) -> list[Record]:
    """Records in their natural order; of those that say the same at one place and time the last."""
    found: list[Record] = []
    for _, group in groupby(sorted(records, key=_whence), key=_whence):
        several = list(group)
        found += several if len(several) == 1 else _by_words(several)
    return found


def record_order(record: Record) -> tuple[str, ...]:
    """A natural order of records, whatever order they came in."""
    return *_whence(record), *_said(record)


def _whence(record: Record) -> tuple[str, ...]:
    return record.source, str(record.identifier), record.place, record.at, record.answer


def _said(record: Record) -> tuple[str, ...]:
    claims = canonical([[claim.field, claim.value, claim.how, claim.kind] for claim in record.claims])
    ties = [*map(str, record.same), *("\x1f".join(_relation_order(each)) for each in record.relations)]
    return claims, "\n".join(ties)


def _by_words(records: Iterable[Record]) -> list[Record]:
    return [record for _, record in sorted({_said(record): record for record in records}.items())]


def _told_by_urls(cited: Citations) -> list[Record]:
    """What a URL says is said once, at the first place where a note has it."""
    subjects: dict[tuple[Identifier, str] | None, int] = {None: 0}
    identities = [each.identity for each in cited.meanings]
    told = ((each.identifier, _address(each)) if each else None for each in identities)
    numbers = [subjects.setdefault(each, len(subjects)) for each in told]
    said: dict[int, tuple[str, int]] = {}
    for mention, meant in cited.placed():
        if subject := numbers[meant]:
            place = place_of(mention)
            if subject not in said or place < said[subject][0]:
                said[subject] = place, meant
    return [_url_record(identity, place=place) for place, meant in said.values() if (identity := identities[meant])]


def _address(identity: Identity) -> str:
    return next((str(claim.value) for claim in identity.claims if claim.field == "url"), identity.url)


def _told_by_notes(cited: Citations, fronts: Mapping[str, Mapping[str, Json]]) -> Iterator[Record]:
    """What notes say of what they cite. `fronts` is their front matter, which speaks of one work or of none."""
    telling = [
        (mention, identity)
        for mention, identity, _ in cited
        if identity and (mention.asserted or mention.found.startswith("front-matter:"))
    ]
    found: dict[str, set[str]] = defaultdict(set)
    for mention, _ in telling:
        found[mention.note].add(mention.found)
    names = {note: naming(each) for note, each in found.items()}
    about: dict[str, set[Identifier]] = defaultdict(set)
    for mention, identity in telling:
        if mention.found in names[mention.note]:
            about[mention.note].add(identity.identifier)
    for mention, identity in telling:
        claims = mention.asserted
        if mention.found in names[mention.note] and len(about[mention.note]) == 1:
            claims = (*claims, *front_claims(fronts[mention.note]))
        if claims:
            yield Record("note", identity.identifier, claims, place=place_of(mention))


def _url_record(identity: Identity, *, place: str = "", answer: str = "") -> Record:
    """What an address tells by itself: what it leads to, and that this is some page at least."""
    claims = list(identity.claims)
    if identity.url:
        claims.append(Claim("url", identity.url, "url:canonical"))
    if not any(claim.field == "type" for claim in claims):
        claims.append(_SOME_PAGE)
    return Record(
        "url", identity.identifier, tuple(claims), identity.same, identity.relations, place=place, answer=answer
    )


def related(records: Iterable[Record], identify: Identify) -> list[Record]:
    """What the addresses of works tell that no note links to, so that both ends of a relation are works with one.

    Such an address may relate to a further work: that of a comment to its post.
    """
    new = list(records)
    known = {record.identifier for record in new if record.source == "url"}
    told: dict[Identifier, Record] = {}
    urls: dict[Identifier, str] = {}
    found: list[Record] = []
    while new:
        for record in new:
            for each in record.relations:
                told.setdefault(each.subject, record)
                told.setdefault(each.object, record)
                urls.setdefault(each.object, each.url)
        ends = sorted(told.keys() - known)
        new = [
            _url_record(identity_of(end, identify, urls.get(end, "")), place=told[end].place, answer=told[end].answer)
            for end in ends
        ]
        known.update(ends)
        found += new
    return found


def _no_works(cited: Citations) -> list[Attempt]:
    """An ending for every address that is known to be no work, by its form or by the user's word."""
    told = {each.identifier: each.not_a_work for each in cited.identities}
    return [Attempt(each, "url", "not-a-work", reason, at="") for each, reason in sorted(told.items()) if reason]


def _labelling(
    works: Sequence[Work], records: Iterable[Record], cited: Citations, groups: Groups
) -> Callable[[Work], Work]:
    """What gives a titleless work what is shown in place of a title: to pages the words that the notes use for them."""
    titles = {work.identifier: work.title for work in works}
    ties = (each for record in records for each in record.relations if each.kind == "comment-on")
    parents = {groups[each.subject][0]: titles[groups[each.object][0]] for each in sorted(ties, key=_relation_order)}
    meant = [each.identity and groups[each.identity.identifier][0] for each in cited.meanings]
    titleless = [None if each and titles[each] else each for each in meant]
    words: dict[Identifier, Counter[str]] = defaultdict(Counter)
    says_which = cache(names_a_work)
    for mention, place in cited.placed():
        if (work := titleless[place]) and (text := mention.text) and "://" not in text and says_which(text):
            words[work][text] += 1
    called = _called(records, groups)

    def named(work: Work) -> Work:
        if work.title:
            return work
        if work.identifier in words and work.type in NAMED_BY_NOTES:
            most = max(words[work.identifier].items(), key=lambda item: (item[1], len(item[0]), item[0]))
            return replace(work, label=most[0])
        if not work.cited and (title := called.get(work.identifier)):
            return replace(work, label=title)
        return replace(work, label=label(work, parents.get(work.identifier, "")))

    return named


def _called(records: Iterable[Record], groups: Groups) -> dict[Identifier, str]:
    """The title by which indexes list a work among the references of others: the first of them has the word."""
    called: dict[Identifier, str] = {}
    for record in records:
        for each in record.relations:
            if each.how in TITLED and each.text:
                called.setdefault(groups[each.object][0], each.text)
    return called


def _relation_order(relation: Relation) -> tuple[str, ...]:
    return str(relation.subject), relation.kind, str(relation.object), relation.how


def _pinned(evidence: Evidence, groups: Groups) -> tuple[dict[Identifier, str], set[str], list[str]]:
    """The keys that the user gave, those of them that another work had, and what cannot be given.

    A key that another work has gone by is given only to what the user split from that.
    """

    def work_of(identifier: Identifier) -> Identifier:
        return groups.get(identifier, (identifier,))[0]

    held = {key.lower(): (key, identifier) for key, identifier in evidence.keys}
    halves = {frozenset(map(work_of, pair)) for pair in evidence.word.apart}
    pinned, moved, problems = {}, set(), []
    for identifier, key in sorted(evidence.word.keys.items()):
        was, holder = held.get(key.lower(), (key, identifier))
        ends = frozenset((work_of(holder), work_of(identifier)))
        if len(ends) > 1 and ends not in halves:
            problems.append(f"The key {key} cannot be given to {identifier}: {holder} has gone by it before.")
            continue
        pinned[identifier] = key
        moved |= {was} if len(ends) > 1 else set()
    return pinned, moved, problems


def _keying(
    works: Sequence[Work], evidence: Evidence, chosen: Mapping[Identifier, str]
) -> tuple[Callable[[Work], Work], dict[Identifier, str]]:
    """What gives cited works their keys, and those that are new.

    A key is the user's, else the oldest assigned to any of a work's identifiers, else a new one.

    Whatever key a work had before still leads to it.
    """
    assigned: dict[Identifier, list[str]] = defaultdict(list)
    for key, identifier in evidence.keys:
        assigned[identifier].append(key)
    wished = {identifier: key for note in reversed(evidence.notes) for key, identifier in reversed(note.keys)}
    without = [work for work in works if work.cited and not any(each in assigned for each in work.identifiers)]
    wishes = {
        work.identifier: next(wished[each] for each in work.identifiers if each in wished)
        for work in without
        if any(each in wished for each in work.identifiers)
    }
    taken = dict(evidence.keys) | {key: each for each, key in chosen.items()}
    new = keys.assign(without, taken, wishes)

    def keyed(work: Work) -> Work:
        old = [key for each in work.identifiers for key in assigned.get(each, ())]
        old += [new[work.identifier]] if work.identifier in new else []
        held = [*(chosen[each] for each in work.identifiers if each in chosen), *sorted(old, key=order.__getitem__)]
        former = tuple(dict.fromkeys(key for key in held if key != held[0]))
        return replace(work, key=held[0], former_keys=former) if held else work

    order = {key: place for place, key in enumerate([*dict(evidence.keys), *sorted(new.values())])}
    return keyed, new
