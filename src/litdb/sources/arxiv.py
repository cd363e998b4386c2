"""arXiv: every URL and id it and its mirrors go by, and its Atom interface, a hundred papers at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from litdb.model import Answer, Claim, Identifier, Identity, Outcome, Policy, Reading, Record, Request, Rung, Target
from litdb.sources import arxiv_atom, arxiv_page
from litdb.sources.dblp_urls import key_of, preprint_of
from litdb.sources.locators import locator
from litdb.sources.protocol import OWN_PAGE, Source
from litdb.text.dates import date_claim
from litdb.text.urls import Url

if TYPE_CHECKING:
    from arxiv import Result

_PREFIX = re.compile(r"arxiv[:.]\s*", re.IGNORECASE)
_NEW = re.compile(r"(?P<yymm>[0-9]{4})\.(?P<number>[0-9]{4,5})(?P<version>v[1-9][0-9]*)?\Z", re.IGNORECASE)
_OLD = re.compile(
    r"(?P<archive>[a-z-]+)(?:\.[a-z-]+)?/(?P<number>(?P<yymm>[0-9]{4})[0-9]{3})(?P<version>v[1-9][0-9]*)?\Z",
    re.IGNORECASE,
)
_ARCHIVES = frozenset(
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga "
    "funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph "
    "q-alg q-bio quant-ph solv-int stat supr-con".split()
)
"""The archives that gave out ids until March 2007."""

_PLACES = (
    (("arxiv.org", ".arxiv.org", "xxx.lanl.gov"), frozenset("abs pdf html src e-print format ps bibtex".split())),
    (("ar5iv.org",), frozenset({"abs", "html"})),
    (("alphaxiv.org",), frozenset({"abs", "pdf", "overview"})),
    (("huggingface.co", "hf.co", "arxiv-vanity.com", "emergentmind.com"), frozenset({"papers"})),
    (("scirate.com", "papers.cool", "inspirehep.net", "deeplearn.org"), frozenset({"arxiv"})),
    (("doi.org", "dx.doi.org"), frozenset({"10.48550"})),
)
"""Hosts, and what stands in their paths before an arXiv id."""

_FTP = _PLACES[0][0]
_FILED = re.compile(r"/ftp/(?P<archive>[a-z-]+)/papers/\d{4}/(?P<name>[\w.]+?)(?:\.pdf)?", re.ASCII)
"""Where papers lie that came in as PDF: `/ftp/arxiv/papers/1811/1811.07871.pdf`, `/ftp/math/papers/0309/0309136.pdf`.
"""

_BIBCODE = re.compile(r"\d{4}arXiv(?P<yymm>\d{4})\.?(?P<number>\d{4,5})[A-Z.]", re.ASCII)
"""How the Astrophysics Data System names a paper at arXiv: `2017arXiv170603762V`, `2008arXiv0801.1234A`."""

_WITNESS = "0704.0001"
"""The first id of the new kind: a paper that is there for sure, to tell "none of these" from an empty feed."""

_REFUSALS: Mapping[int, tuple[Outcome, str]] = {
    403: ("forbidden", "arXiv denies access to its interface."),
    429: ("rate-limited", "arXiv asks to be left in peace for a while."),
    503: ("rate-limited", "arXiv is overloaded."),
}
_ATOM = b"http://www.w3.org/2005/Atom"


class ArxivId(NamedTuple):
    """An arXiv id, its version (`v3` or empty), and the month it was given out (`2022-09`)."""

    value: str
    version: str
    month: str


def read_id(text: str) -> ArxivId | None:
    """The arXiv id that a text is, or None where it cannot be one.

    Ids have four digits behind the dot from April 2007 to December 2014 and five since; before, an archive and seven
    digits, and the subject class in between is no part of the name (arXiv's "Understanding the arXiv identifier").

    >>> read_id("arXiv:2209.00626v3")
    ArxivId(value='2209.00626', version='v3', month='2022-09')
    >>> read_id("math.GT/0309136")
    ArxivId(value='math/0309136', version='', month='2003-09')
    >>> [read_id(text) for text in ("2213.00626", "1412.00001", "1501.0001", "0703.0001", "html/0309136")]
    [None, None, None, None, None]
    """
    bare = _PREFIX.sub("", text.strip(), count=1)
    if found := _NEW.match(bare):
        month = _month(found["yymm"])
        digits = 4 if month < "2015" else 5
        if "2007-04" <= month < "2091" and len(found["number"]) == digits:
            return ArxivId(f"{found['yymm']}.{found['number']}", (found["version"] or "").lower(), month)
    elif found := _OLD.match(bare):
        month, archive = _month(found["yymm"]), found["archive"].lower()
        if "1991" <= month <= "2007-03" and archive in _ARCHIVES:
            return ArxivId(f"{archive}/{found['number']}", (found["version"] or "").lower(), month)
    return None


def _month(yymm: str) -> str:
    """`2022-09` of `2209`; empty where there is no such month."""
    century = "19" if yymm >= "9100" else "20"
    return f"{century}{yymm[:2]}-{yymm[2:]}" if "01" <= yymm[2:] <= "12" else ""


class Arxiv(Source):
    """arXiv.org, its mirrors and readers, and its Atom interface: 3 seconds between requests, all its hosts together.

    Interval and single connection are arXiv's terms of use for its interfaces; pages take 15 seconds (`robots.txt`).
    """

    name = "arxiv"
    policies: Sequence[Policy] = (
        Policy(
            ("export.arxiv.org", "oaipmh.arxiv.org", "rss.arxiv.org"),
            lane="arxiv",
            interval=3.0,
            batch=100,
            fresh_days=7,
            robots=False,
        ),
        Policy(("arxiv.org", ".arxiv.org"), lane="arxiv", interval=15.0),
    )

    explained = frozenset((400,))

    def identify(self, url: Url) -> Identity | None:
        """The paper that a URL means, with version and fragment as the locator; None for lists, authors, help.

        The id tells the month in which it was given out: that of the first version, or the month after where a
        paper came in on the last days.

        >>> from litdb.text.urls import read_url
        >>> found = ARXIV.identify(read_url("http://www.arxiv.org/pdf/2209.00626v3.pdf#page=4"))
        >>> str(found.identifier), found.url, found.locator
        ('arxiv:2209.00626', 'https://arxiv.org/abs/2209.00626', 'v3#page=4')
        >>> str(ARXIV.identify(read_url("https://doi.org/10.48550/arXiv.2209.00626")).identifier)
        'arxiv:2209.00626'
        >>> ARXIV.identify(read_url("https://arxiv.org/a/example_a_1"))
        """
        found = _id_in(url)
        if found is None:
            return None
        return Identity(
            identifier=Identifier("arxiv", found.value),
            url=f"https://arxiv.org/abs/{found.value}",
            locator=locator(url, found.version),
            claims=(
                Claim("type", "preprint", "url:arxiv-id"),
                Claim("container", "arXiv", "url:arxiv-id"),
                date_claim(found.month, "posted", "url:arxiv-id"),
            ),
        )

    def rung(self, identifier: Identifier) -> Rung | None:
        """Best for arXiv ids that are well formed: arXiv is the registry of its papers.

        >>> ARXIV.rung(Identifier("arxiv", "2209.00626")).name, ARXIV.rung(Identifier("arxiv", "abc"))
        ('REGISTRY', None)
        """
        return Rung.REGISTRY if identifier.scheme == "arxiv" and read_id(identifier.value) else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for every hundred papers."""
        size = self.policies[0].batch
        for start in range(0, len(wanted), size):
            yield _request(wanted[start : start + size])

    def read(self, answer: Answer) -> Reading:
        """The papers of a feed; an outcome for every paper asked for, also where arXiv refuses the list or is silent.

        A malformed id has its whole list refused: the others are asked again without it. A feed without any entry
        is a known fault of the server as well as its word for "none of these" (arXiv API group, `DYHxWrtBgbo`): it
        counts as no answer, and the list is asked once more together with a paper that is there for sure.
        """
        asked = answer.request.asked
        if answer.request.step == OWN_PAGE:
            record = Record(self.name, asked[0].identifier, tuple(arxiv_page.claims_of(answer)))
            return Reading((record,), {asked[0].identifier: ("ok", "")})
        if refusal := _refusal(answer):
            return Reading(outcomes=_all(asked, *refusal))
        if refused := arxiv_atom.refused_ids(answer.body):
            return _without(asked, refused)
        try:
            entries = _by_id(arxiv_atom.read_feed(answer.body))
        except ValueError as fault:
            return Reading(outcomes=_all(asked, "unsupported", f"arXiv's feed holds a date nobody can read: {fault}"))
        if not entries:
            again = (_request(asked, "ask-with-witness", [_WITNESS]),) if answer.request.step == "ask" else ()
            reason = "arXiv answered an empty feed, as it does when it is overloaded."
            return Reading(outcomes=_all(asked, "rate-limited", reason), then=again)
        return _read_entries(asked, entries, answer.at)

    def owns(self, page: Answer) -> bool:
        """The page of a paper, which the generic reader asks for where the interfaces refuse."""
        return arxiv_page.is_abstract_page(page)


ARXIV = Arxiv()


def _id_in(url: Url) -> ArxivId | None:
    for hosts, kinds in _PLACES:
        if url.on(*hosts) and len(url.segments) > 1 and url.segments[0].lower() in kinds:
            return read_id("/".join(url.segments[1:]).rstrip(".,;:)]").removesuffix(".pdf"))
    if url.on(*_FTP) and (filed := _FILED.fullmatch(url.path)):
        return read_id(filed["name"]) or read_id(f"{filed['archive']}/{filed['name']}")
    if url.on("adsabs.harvard.edu", ".adsabs.harvard.edu"):
        found = next(filter(None, map(_BIBCODE.fullmatch, url.segments)), None)
        named = next((part for part in url.segments if part.lower().startswith("arxiv:")), "")
        return read_id(f"{found['yymm']}.{found['number']}" if found else named)
    return read_id(preprint_of(key_of(url)))


def _request(asked: Sequence[Target], step: str = "ask", witnesses: Sequence[str] = ()) -> Request:
    ids = [target.identifier.value for target in asked]
    return Request("arxiv", arxiv_atom.query_url([*ids, *witnesses]), tuple(asked), step)


def _refusal(answer: Answer) -> tuple[Outcome, str] | None:
    """Why an answer is no feed of ours, or None where it is one."""
    body = answer.body.strip()
    status = 429 if body.startswith(b"Rate exceeded") else answer.status
    if status in _REFUSALS:
        return _REFUSALS[status]
    if status >= 500:
        return "unreachable", f"arXiv's interface failed with status {answer.status}."
    if _ATOM not in body[:2000]:
        return "challenged", "arXiv answered with something else than Atom."
    if not body.endswith(b"</feed>"):
        return "unreachable", "arXiv's answer broke off in the middle."
    if arxiv_atom.error(body) and not arxiv_atom.refused_ids(body):
        return "unsupported", f"arXiv refused the request: {arxiv_atom.error(body)}."
    return None


def _without(asked: Sequence[Target], refused: frozenset[str]) -> Reading:
    """The refused ids are no papers; the others are asked again, if that would ask for less."""
    named = {target.identifier for target in asked if target.identifier.value in refused}
    others = [target for target in asked if target.identifier not in named]
    if not named:
        strange = f"arXiv refused ids that it was not asked for: {', '.join(sorted(refused))}."
        return Reading(outcomes=_all(asked, "unsupported", strange))
    outcomes: dict[Identifier, tuple[Outcome, str]] = {
        identifier: ("not-found", f"arXiv says that {identifier.value} is not one of its ids.") for identifier in named
    }
    waiting = "arXiv refused the list for another id in it; it is asked again without that."
    return Reading(
        outcomes=outcomes | _all(others, "partial", waiting),
        then=(_request(others),) if others else (),
    )


def _by_id(entries: Iterable[Result]) -> dict[str, Result]:
    """Entries by id with and without version; without it the newest."""
    found = [(read_id(entry.get_short_id()), entry) for entry in entries]
    named = [(each, entry) for each, entry in found if each]
    named.sort(key=lambda pair: int(pair[0].version[1:] or 0))
    return {key: entry for each, entry in named for key in (each.value + each.version, each.value)}


def _read_entries(asked: Sequence[Target], entries: Mapping[str, Result], at: str) -> Reading:
    records: list[Record] = []
    outcomes: dict[Identifier, tuple[Outcome, str]] = {}
    for identifier in (target.identifier for target in asked):
        entry = entries.get(identifier.value)
        if entry is None:
            outcomes[identifier] = "not-found", f"arXiv knows no paper {identifier.value}."
            continue
        withdrawn = arxiv_atom.withdrawal(entry)
        records.append(arxiv_atom.read_entry(entry, identifier, at))
        outcomes[identifier] = "ok", f"Withdrawn: {withdrawn}" if withdrawn else ""
    return Reading(records=tuple(records), outcomes=outcomes)


def _all(asked: Sequence[Target], outcome: Outcome, reason: str) -> dict[Identifier, tuple[Outcome, str]]:
    return {target.identifier: (outcome, reason) for target in asked}
