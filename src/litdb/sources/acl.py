"""The ACL Anthology: papers by their anthology id, and the BibTeX that it keeps of each and of every volume.

Facts: aclanthology.org/faq; a static site, where `<id>.bib` stands beside a paper and `volumes/<id>.bib` beside a
volume. Which digits of an old id are its volume: acl-org/acl-anthology, `bin/anthology/utils.py`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from litdb.model import Answer, Identifier, Identity, Outcome, Policy, Reading, Record, Request, Rung, Target
from litdb.sources.locators import locator
from litdb.sources.protocol import Source
from litdb.sources.venue_bib import Entry, claims_of, doi_of, pieces, read_entry
from litdb.text.urls import Url

HOSTS = (
    "aclanthology.org",
    "preview.aclanthology.org",
    "acl.ldc.upenn.edu",
    "aclanthology.info",
    "aclanthology.coli.uni-saarland.de",
)
"""The Anthology and its former hosts; before them it was a folder of aclweb.org."""

LISTS = frozenset("attachments events people sigs venues volumes".split())
"""First words of paths that lead to no single paper."""

ENOUGH_FOR_A_VOLUME = 3
"""From so many papers of one volume on, the whole volume is asked for: some hundred kilobytes."""

_ID = r"""(?P<id>[A-Z]\d{2}-\d{4,5}             # 1965-2019: P18-1001
    |\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d{1,4})   # since 2020: 2020.acl-main.1
    """
_DOI = re.compile(rf"10\.(?:18653|3115)/v1/{_ID}", re.IGNORECASE | re.ASCII | re.VERBOSE)
_PAPER = re.compile(
    rf"""{_ID}(?:v(?P<version>\d{{1,2}}))?(?:\.(?:pdf|bib|xml|mods|endf))?""",
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)
_TWO_DIGITS = re.compile(r"W\d\d-|C69-|D19-[5-9]")
"""Old ids of workshops and their like: the first two digits are the volume's, elsewhere the first one is."""


class Acl(Source):
    """Papers by either form of anthology id; volumes, venues and people are no works."""

    name = "acl"
    policies: Sequence[Policy] = (Policy(HOSTS, "aclanthology.org", interval=1.0, batch=1000, fresh_days=180),)

    def identify(self, url: Url) -> Identity | None:
        """What a paper's page, PDF or BibTeX URL means.

        >>> from litdb.text.urls import read_url
        >>> found = ACL.identify(read_url("http://www.aclweb.org/anthology/p18-1001v2.pdf"))
        >>> str(found.identifier), found.url, found.locator
        ('acl:P18-1001', 'https://aclanthology.org/P18-1001/', 'v2')
        """
        path = url.segments
        if url.on("aclweb.org") and path[:1] == ("anthology",):
            path = path[1:]
        elif not url.on(*HOSTS):
            return None
        match = _PAPER.fullmatch(path[-1]) if path and path[0] not in LISTS else None
        if not match:
            return None
        paper = _written(match["id"])
        version = f"v{match['version']}" if match["version"] else ""
        return Identity(Identifier("acl", paper), f"https://aclanthology.org/{paper}/", locator(url, version))

    def rung(self, identifier: Identifier) -> Rung | None:
        """The Anthology is the registry of its papers."""
        return Rung.REGISTRY if identifier.scheme == "acl" else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for each paper, or for each volume of which several papers are wanted."""
        by_volume: dict[str, list[Target]] = defaultdict(list)
        for target in wanted:
            by_volume[volume_of(target.identifier.value)].append(target)
        for volume, asked in by_volume.items():
            if len(asked) >= ENOUGH_FOR_A_VOLUME:
                yield _request(f"volumes/{volume}", asked)
            else:
                yield from (_request(target.identifier.value, [target]) for target in asked)

    def read(self, answer: Answer) -> Reading:
        """The papers asked for, by the address that their entries name."""
        asked = answer.request.asked
        entries = dict(_entries(answer.body.decode("utf-8", "replace"), [each.identifier.value for each in asked]))
        records: list[Record] = []
        outcomes: dict[Identifier, tuple[Outcome, str]] = {}
        for identifier in (each.identifier for each in asked):
            if entry := entries.get(identifier.value):
                doi, claims = doi_of(entry), tuple(claims_of(entry))
                records.append(Record(self.name, identifier, claims, same=(doi,) if doi else ()))
                is_titled = any(claim.field == "title" for claim in claims)
                outcomes[identifier] = ("ok", "") if is_titled else ("partial", "the ACL Anthology has no title for it")
            else:
                outcomes[identifier] = _silence(answer.body, identifier)
        return Reading(tuple(records), outcomes)


ACL = Acl()


def paper_of(doi: str) -> str:
    """The id of the paper that a DOI of the Anthology's own kind names; empty for others, and for volumes.

    Such a DOI ends with the id, `v1/` before it, under the prefixes 10.18653 and (for some years) 10.3115. What else is
    under 10.3115 has numbers of the ACM's, which tell nothing.

    >>> [paper_of(doi) for doi in ("10.18653/v1/p19-1001", "10.3115/v1/d14-1162", "10.18653/v1/2020.acl-main.1")]
    ['P19-1001', 'D14-1162', '2020.acl-main.1']
    >>> [paper_of(doi) for doi in ("10.3115/1073083.1073135", "10.18653/v1/p19-1", "10.1162/tacl_a_00343")]
    ['', '', '']
    """
    found = _DOI.fullmatch(doi)
    return _written(found["id"]) if found else ""


def _written(paper: str) -> str:
    """An id with the case that it has in the Anthology."""
    return paper.upper() if paper[0].isalpha() else paper.lower()


def volume_of(paper: str) -> str:
    """The id of the volume that a paper's id names.

    >>> [volume_of(paper) for paper in ("2020.acl-main.1", "P18-1001", "W18-0101", "D19-1001", "D19-5001")]
    ['2020.acl-main', 'P18-1', 'W18-01', 'D19-1', 'D19-50']
    """
    if paper[:1].isdigit():
        return paper.rpartition(".")[0]
    event, _, number = paper.partition("-")
    return f"{event}-{number[: 2 if _TWO_DIGITS.match(paper) else 1]}"


def _request(place: str, asked: Sequence[Target]) -> Request:
    return Request("acl", f"https://aclanthology.org/{place}.bib", tuple(asked))


def _entries(bib: str, papers: Sequence[str]) -> Iterator[tuple[str, Entry]]:
    """The entries of these papers; a volume has hundreds of others, which are not parsed."""
    wanted = {f"aclanthology.org/{paper}": paper for paper in papers}
    for piece in pieces(bib):
        places = [paper for place, paper in wanted.items() if f"{place}/" in piece or f'{place}"' in piece]
        entry = read_entry(piece) if places else None
        if entry:
            address = entry.fields.get("url", "").replace(r"\_", "_").rstrip("/")
            yield address.rpartition("/")[2], entry


def _silence(body: bytes, identifier: Identifier) -> tuple[Outcome, str]:
    if b"@" not in body[:200_000] or b"<html" in body[:1000].lower():
        return "unreachable", "the ACL Anthology answers with something else than BibTeX"
    return "not-found", f"the ACL Anthology lists no {identifier.value} in its volume"
