"""Venues of papers: OpenReview with its two interfaces, the ACL Anthology, PMLR, NeurIPS and JMLR."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from litdb.demo.sites.markup import document
from litdb.demo.wire import Call, Part, Reply, at, data, page, text


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper in proceedings or a journal. `id` is its venue's; `authors` are (given, family)."""

    id: str
    title: str
    authors: tuple[tuple[str, str], ...]
    venue: str
    year: str
    month: str = ""
    day: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    publisher: str = ""
    editor: str = ""
    doi: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """A forum of OpenReview: moments in milliseconds since 1970; `is_old` for venues before 2023."""

    id: str
    title: str
    authors: tuple[str, ...]
    venue: str = ""
    venue_id: str = ""
    bibtex: str = ""
    created: int = 0
    opened: int = 0
    published: int = 0
    is_old: bool = False


_CHALLENGE = {"name": "ChallengeRequiredError", "message": "Challenge required", "status": 403}


def openreview(*submissions: Submission, refuses: bool = False) -> dict[str, Sequence[Part]]:
    """The interfaces, which may ask for a browser, and the pages, which carry their notes along."""
    new = [each for each in submissions if not each.is_old]
    old = [each for each in submissions if each.is_old]
    return {
        "api2.openreview.net": (_notes(new, refuses=refuses),),
        "api.openreview.net": (_notes(old, refuses=refuses),),
        "openreview.net": (_forums(submissions),),
    }


def acl(*papers: Printed) -> dict[str, Sequence[Part]]:
    """The Anthology: a file of BibTeX for each paper and each volume. Ids of today's form."""
    volumes: dict[str, list[Printed]] = {}
    for paper in papers:
        volumes.setdefault(paper.id.rpartition(".")[0], []).append(paper)
    known = {f"/{paper.id}.bib": text(_anthology(paper)) for paper in papers}
    known |= {f"/volumes/{key}.bib": text("\n".join(map(_anthology, each))) for key, each in volumes.items()}
    return {"aclanthology.org": (at(known),)}


def pmlr(*papers: Printed) -> dict[str, Sequence[Part]]:
    """Pages of papers with tags and BibTeX; ids are `v97/name19a`."""
    return {"proceedings.mlr.press": (at({f"/{paper.id}.html": page(pmlr_page(paper)) for paper in papers}),)}


def neurips(*papers: Printed) -> dict[str, Sequence[Part]]:
    """Pages of papers and the BibTeX that they lead to; ids are `2017/<hash>`."""
    known: dict[str, Reply] = {}
    for paper in papers:
        year, _, name = paper.id.partition("/")
        root = f"/paper_files/paper/{year}"
        known[f"{root}/hash/{name}-Abstract.html"] = page(neurips_page(paper))
        known[f"{root}/file/{name}-Bibtex.bib"] = text(bibtex(paper, "inproceedings", f"NIPS{year}_{name[:8]}"))
    return {"proceedings.neurips.cc": (at(known),)}


def jmlr(*papers: Printed) -> dict[str, Sequence[Part]]:
    """Pages of articles without tags, as those of the first volumes are; ids are `v3/name03a`."""
    return {"jmlr.org": (at({f"/papers/{paper.id}.html": page(jmlr_page(paper)) for paper in papers}),)}


def bibtex(paper: Printed, kind: str, key: str) -> str:
    """The entry of a paper, without what is not known."""
    fields = {
        "title": paper.title,
        "author": " and ".join(f"{family}, {given}" for given, family in paper.authors),
        "editor": paper.editor,
        "journal" if kind == "article" else "booktitle": paper.venue,
        "year": paper.year,
        "month": paper.month,
        "volume": paper.volume,
        "number": paper.number,
        "pages": paper.pages,
        "publisher": paper.publisher,
        "doi": paper.doi,
    }
    written = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{kind}{{{key},\n{written}\n}}\n"


def pmlr_page(paper: Printed) -> str:
    """A page whose tags name the conference without its number, and whose BibTeX has the rest."""
    tags = [
        ("citation_title", paper.title),
        *(("citation_author", f"{given} {family}") for given, family in paper.authors),
        ("citation_publication_date", paper.day.replace("-", "/")),
        ("citation_conference_title", paper.venue.partition(" of the ")[2].partition(" ")[2]),
    ]
    code = escape(bibtex(paper, "InProceedings", f"pmlr-{paper.id.replace('/', '-')}"))
    body = f'<h1>{escape(paper.title)}</h1><div><code class="citecode" id="bibtex">{code}</code></div>'
    return document(paper.title, tags, body=body)


def neurips_page(paper: Printed) -> str:
    """A page that knows the year alone, and a link to the BibTeX."""
    year, _, name = paper.id.partition("/")
    tags = [
        ("citation_title", paper.title),
        *(("citation_author", f"{family}, {given}") for given, family in paper.authors),
        ("citation_journal_title", "Advances in Neural Information Processing Systems"),
        ("citation_publication_date", paper.year),
    ]
    link = f'<a class="btn" href="/paper_files/paper/{year}/file/{name}-Bibtex.bib">Bibtex</a>'
    return document(paper.title, tags, body=f"<h4>{escape(paper.title)}</h4>{link}")


def jmlr_page(paper: Printed) -> str:
    """A page with nothing but a headline and the line in which the article is cited."""
    names = ", ".join(f"{given} {family}" for given, family in paper.authors)
    line = f"<b><i>{escape(names)}</i></b>; {paper.volume}({paper.number}):{paper.pages}, {paper.year}."
    return document("Journal page", body=f"<h2>{escape(paper.title)}</h2><p>{line}</p><h3>Abstract</h3><p>Tea.</p>")


def note_of(submission: Submission) -> dict[str, Any]:
    """A note in the shape of its interface: values as they are, or each inside an object."""
    content = {
        "title": submission.title,
        "authors": list(submission.authors),
        "venue": submission.venue,
        "venueid": submission.venue_id,
        "_bibtex": submission.bibtex,
    }
    said = {key: value for key, value in content.items() if value}
    wrapped = said if submission.is_old else {key: {"value": value} for key, value in said.items()}
    moments = {"cdate": submission.created, "odate": submission.opened, "pdate": submission.published}
    known = {key: moment for key, moment in moments.items() if moment}
    return {"id": submission.id, "forum": submission.id, "content": wrapped, **known}


def openreview_page(submission: Submission) -> str:
    """A forum's page, whose tags hold the last author alone, and whose script begins with the note."""
    tags = [("citation_title", submission.title), ("citation_author", submission.authors[-1])]
    pushed = json.dumps(f'5:["$","$L1",null,{{"forumNote":{json.dumps(note_of(submission))}}}]')
    script = f"<script>self.__next_f.push([1,{pushed}])</script>"
    return document(f"{submission.title} | OpenReview", tags, body=f"<h2>{escape(submission.title)}</h2>{script}")


def _notes(submissions: Iterable[Submission], *, refuses: bool) -> Part:
    known = {each.id: each for each in submissions}

    def part(call: Call) -> Reply | None:
        if call.path != "/notes":
            return None
        if refuses:
            return data(_CHALLENGE, 403)
        found = [note_of(known[name]) for name in call.get("ids").split(",") if name in known]
        return data({"notes": found, "count": len(found)})

    return part


def _forums(submissions: Iterable[Submission]) -> Part:
    pages: Mapping[str, str] = {each.id: openreview_page(each) for each in submissions}

    def part(call: Call) -> Reply | None:
        found = pages.get(call.get("id")) if call.path == "/forum" else None
        return page(found) if found else None

    return part


def _anthology(paper: Printed) -> str:
    entry = bibtex(paper, "inproceedings", paper.id.replace(".", "-"))
    return entry.replace("\n}\n", f',\n  url = "https://aclanthology.org/{paper.id}/"\n}}\n')
