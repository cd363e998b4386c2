"""DOIs: Crossref, DataCite, and doi.org, which negotiates the form of the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from litdb.demo.sites.arxiv import Paper
from litdb.demo.wire import Call, Part, Reply, data, moved, text

_CSL = "application/vnd.citationstyles.csl+json"
_TYPES = {"journal-article": "article-journal", "proceedings-article": "paper-conference", "posted-content": "article"}


@dataclass(frozen=True, slots=True)
class Registered:
    """A work with a DOI. `authors` are (given, family); `issued` is as precise as it was registered."""

    doi: str
    title: str
    authors: tuple[tuple[str, str], ...]
    issued: str
    container: str = ""
    publisher: str = ""
    type: str = "journal-article"
    volume: str = ""
    pages: str = ""
    url: str = ""
    preprint: str = ""


def doi_hosts(crossref: Iterable[Registered], papers: Iterable[Paper]) -> dict[str, Sequence[Part]]:
    """The agencies and the resolver: Crossref with these works, DataCite with the papers of arXiv."""
    works = {work.doi.lower(): work for work in crossref}
    preprints = {f"10.48550/arxiv.{paper.id.lower()}": paper for paper in papers}
    return {
        "api.crossref.org": (_crossref(works),),
        "api.datacite.org": (_datacite(preprints),),
        "api.openalex.org": (_openalex(preprints),),
        "doi.org": (_resolver(works, preprints),),
        "dx.doi.org": (lambda call: moved(f"https://doi.org{call.path}"),),
    }


def _crossref(works: Mapping[str, Registered]) -> Part:
    def part(call: Call) -> Reply | None:
        first, _, doi = unquote(call.path).strip("/").partition("/")
        if first != "works":
            return None
        if doi:
            found = works.get(doi.lower())
            return data(_message("work", _work(found))) if found else text("Resource not found.", 404)
        asked = [rule.removeprefix("doi:").lower() for rule in call.get("filter").split(",")]
        items = [_work(works[doi]) for doi in asked if doi in works][: int(call.get("rows", "20"))]
        return data(_message("work-list", {"total-results": len(items), "items": items}))

    return part


def _message(kind: str, message: object) -> dict[str, Any]:
    return {"status": "ok", "message-type": kind, "message-version": "1.0.0", "message": message}


def _work(work: Registered) -> dict[str, Any]:
    parts = {"date-parts": [[int(part) for part in work.issued.split("-")]]}
    relation = {"has-preprint": [{"id-type": "doi", "id": work.preprint, "asserted-by": "subject"}]}
    return {
        "DOI": work.doi,
        "type": work.type,
        "title": [work.title],
        "author": [{"given": given, "family": family, "sequence": "additional"} for given, family in work.authors],
        "issued": parts,
        "published": parts,
        "container-title": [work.container] if work.container else [],
        "publisher": work.publisher,
        "volume": work.volume,
        "page": work.pages,
        "URL": f"https://doi.org/{work.doi}",
        "relation": relation if work.preprint else {},
    }


def _datacite(papers: Mapping[str, Paper]) -> Part:
    def part(call: Call) -> Reply | None:
        first, _, doi = unquote(call.path).strip("/").partition("/")
        if first != "dois":
            return None
        if doi:
            found = papers.get(doi.lower())
            missing = {"errors": [{"status": "404", "title": "The resource you are looking for doesn't exist."}]}
            return data({"data": _doi(doi, found)}) if found else data(missing, 404)
        asked = [doi.lower() for doi in call.get("ids").split(",")]
        rows = [_doi(doi, papers[doi]) for doi in asked if doi in papers][: int(call.get("page[size]", "25"))]
        return data({"data": rows, "meta": {"total": len(rows)}}, kind="application/vnd.api+json")

    return part


def _openalex(papers: Mapping[str, Paper]) -> Part:
    """OpenAlex, which knows only the year and calls the repository by another name."""

    def part(call: Call) -> Reply | None:
        first, _, doi = unquote(call.path).strip("/").partition("/")
        if first != "works":
            return None
        if doi:
            found = papers.get(doi.lower().removeprefix("doi:"))
            return data(_indexed(doi.removeprefix("doi:"), found)) if found else data({"error": "404"}, 404)
        asked = [doi.lower() for doi in call.get("filter").removeprefix("doi:").split("|")]
        return data({"meta": {"count": len(asked)}, "results": [_indexed(d, papers[d]) for d in asked if d in papers]})

    return part


def _indexed(doi: str, paper: Paper) -> dict[str, Any]:
    return {
        "doi": f"https://doi.org/{doi}",
        "title": paper.title,
        "publication_date": paper.versions[1][:4] + "-01-01",
        "authorships": [{"author": {"display_name": name}, "raw_author_name": name} for name in paper.authors],
        "primary_location": {"source": {"display_name": "arXiv (Cornell University)"}},
        "is_retracted": False,
    }


def _split(name: str) -> tuple[str, str]:
    given, _, family = name.rpartition(" ")
    return given, family


def _doi(doi: str, paper: Paper) -> dict[str, Any]:
    """DataCite's record of a preprint: a Submitted date for each version, the first being the work's."""
    creators = [
        {"name": f"{family}, {given}" if given else family, "givenName": given, "familyName": family}
        for given, family in map(_split, paper.authors)
    ]
    submitted = [
        {"date": date, "dateType": "Submitted" if number == 1 else "Updated", "dateInformation": f"v{number}"}
        for number, date in sorted(paper.versions.items())
    ]
    attributes = {
        "doi": doi.lower(),
        "creators": [{**creator, "nameType": "Personal"} for creator in creators],
        "titles": [{"title": paper.title}],
        "publisher": "arXiv",
        "publicationYear": int(paper.versions[1][:4]),
        "dates": [*submitted, {"date": paper.versions[1][:7], "dateType": "Available", "dateInformation": "v1"}],
        "types": {"resourceTypeGeneral": "Preprint", "bibtex": "misc", "citeproc": "article"},
        "descriptions": [{"description": paper.abstract, "descriptionType": "Abstract"}],
        "relatedIdentifiers": [],
        "url": f"https://arxiv.org/abs/{paper.id}",
    }
    return {"id": doi.lower(), "type": "dois", "attributes": attributes}


def _resolver(works: Mapping[str, Registered], papers: Mapping[str, Paper]) -> Part:
    """doi.org: the landing page, or CSL-JSON where the caller accepts it."""
    described = {
        **{doi: (work.url, _published(work)) for doi, work in works.items()},
        **{doi: (f"https://arxiv.org/abs/{paper.id}", _preprint(doi, paper)) for doi, paper in papers.items()},
    }

    def part(call: Call) -> Reply | None:
        address, csl = described.get(unquote(call.path).strip("/").lower(), ("", {}))
        if not address:
            return text("DOI Not Found", 404)
        return data(csl, kind=_CSL) if _CSL in call.headers.get("accept", "") else moved(address, 302)

    return part


def _published(work: Registered) -> dict[str, Any]:
    csl = _csl(work.doi, work.title, work.type, work.authors, work.issued)
    return {**csl, "container-title": work.container, "publisher": work.publisher}


def _preprint(doi: str, paper: Paper) -> dict[str, Any]:
    authors = tuple(_split(name) for name in paper.authors)
    return _csl(doi, paper.title, "posted-content", authors, paper.versions[1][:10])


def _csl(doi: str, title: str, kind: str, authors: Iterable[tuple[str, str]], issued: str) -> dict[str, Any]:
    return {
        "DOI": doi,
        "title": title,
        "type": _TYPES[kind],
        "author": [{"given": given, "family": family} for given, family in authors],
        "issued": {"date-parts": [[int(part) for part in issued.split("-")]]},
    }
