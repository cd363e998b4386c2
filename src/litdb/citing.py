"""From what answers say that works cite to ties between works: an identifier where one is told, else a known work.

Pure. An address that is no work, a site's own front page and the work itself are no references.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from litdb.errors import InvalidUrl
from litdb.identity import rank
from litdb.model import Answer, Identifier, Identify, Identity, Name, Record, Reference, Relation, Work
from litdb.pages.addresses import is_home, is_same_site
from litdb.text.titles import fold
from litdb.text.urls import read_url

MOST_REFERENCES = 2000
"""So many references of one work by one source are taken in; no article has more that somebody chose by hand."""

SHORTEST_TITLE = 12
"""Letters and digits of a title that can be told from the words round it."""

_NAMED = re.compile(
    r"\b(?P<doi>10\.\d{4,9}/[^\s\"<>{}\\^`]+)"
    r"|\barxiv\s?[:.]\s?(?P<arxiv>\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})"
    r"|arxiv\.org/(?:abs|pdf)/(?P<address>\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})",
    re.IGNORECASE,
)
_BEHIND = ".,;:)]}>'’”\""
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def citing(
    answer: Answer, ident: str, said: Iterable[tuple[str, Reference]], identify: Identify
) -> tuple[list[Record], list[str]]:
    """One record for each source and citing work, with its ties and what it cites in words only; and problems.

    `said` are the references of an answer, each with the name of the source that read it; `ident` is the journal's id
    of the answer.
    """
    by_subject: dict[tuple[str, Identifier], list[Reference]] = defaultdict(list)
    for source, each in said:
        by_subject[source, each.subject].append(each)
    records, problems = [], []
    for (source, subject), several in by_subject.items():
        if len(several) > MOST_REFERENCES:
            problems.append(f"{subject} cites {len(several)} works by {source}; the first {MOST_REFERENCES} are kept.")
        records.append(_record(answer, ident, source, subject, several[:MOST_REFERENCES], identify))
    return [each for each in records if each.relations or each.loose], problems


def _record(
    answer: Answer, ident: str, source: str, subject: Identifier, several: Sequence[Reference], identify: Identify
) -> Record:
    ties: dict[Identifier, Relation] = {}
    loose: list[Reference] = []
    for each in several:
        url = each.url or named_in(each.text)
        if not url:
            loose += [each] if each.text else []
            continue
        identity = identify(url)
        if identity and identity.identifier != subject and _is_work(identity, answer.url):
            how = each.how if each.url else f"{each.how}:text"
            tie = Relation(subject, "cites", identity.identifier, how, identity.url, each.text, each.words)
            ties.setdefault(identity.identifier, tie)
    return Record(source, subject, relations=tuple(ties.values()), at=answer.at, answer=ident, loose=tuple(loose))


def _is_work(identity: Identity, here: str) -> bool:
    """Whether an address names something that can be cited from here: a work, and not the site's own front page."""
    if identity.not_a_work:
        return False
    if identity.identifier.scheme != "url":
        return True
    try:
        url = read_url(identity.url)
        return not (is_home(url) and is_same_site(url, read_url(here)))
    except InvalidUrl:
        return False


def named_in(text: str) -> str:
    """The DOI or the number at arXiv that a reference as written has in it, to be identified; empty without one.

    >>> named_in("Amodei et al. Concrete Problems (2016), arXiv:1606.06565v2."), named_in("doi 10.1000/xyz(2).")
    ('arXiv:1606.06565', 'doi:10.1000/xyz(2)')
    """
    found = _NAMED.search(text)
    if not found:
        return ""
    if found["doi"]:
        bare = found["doi"].rstrip(_BEHIND)
        return f"doi:{bare}{')' * (bare.count('(') - bare.count(')'))}"
    return f"arXiv:{found['arxiv'] or found['address']}"


class Known:
    """The works of a library, to be told from a reference as written.

    Titles are looked up by their first letters, at every place of the reference.
    """

    def __init__(self, works: Iterable[Work]) -> None:
        self._by_beginning: dict[str, list[tuple[str, str, Work]]] = defaultdict(list)
        for work in works:
            title, family = fold(work.title), fold(_family(work.authors[:1]))
            if work.date and family and len(title) >= SHORTEST_TITLE:
                self._by_beginning[title[:SHORTEST_TITLE]].append((family, title, work))

    def work_in(self, text: str) -> Work | None:
        """The work that a reference means: its title, its year and its first author's family name all stand there.

        Of several that fit the longest title is meant; of versions of one work that which the notes cite.
        """
        folded, years = fold(text), frozenset(_YEAR.findall(text))
        beginnings = (folded[place : place + SHORTEST_TITLE] for place in range(len(folded) if years else 0))
        fitting = [
            (len(title), work)
            for beginning in beginnings
            for family, title, work in self._by_beginning.get(beginning, ())
            if work.date[:4] in years and title in folded and family in folded.replace(title, "", 1)
        ]
        best = min(fitting, default=None, key=lambda each: (-each[0], not each[1].cited, rank(each[1].identifier)))
        return best[1] if best else None


def placed(record: Record, known: Known) -> Record:
    """The record with those of its references in words tied to a work that is known."""
    ties, left = list(record.relations), []
    for each in record.loose:
        work = known.work_in(each.text)
        if work:
            how = f"{each.how}:title+year+author"
            ties.append(Relation(record.identifier, "cites", work.identifier, how, text=each.text, words=each.words))
        else:
            left.append(each)
    return replace(record, relations=tuple(ties), loose=tuple(left)) if len(left) < len(record.loose) else record


def _family(names: Sequence[Name]) -> str:
    return next((name.family or name.literal for name in names), "")
