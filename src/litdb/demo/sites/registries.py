"""DOIs: Crossref, DataCite, doi.org, which negotiates the form of the answer, and the indexes made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any
from urllib.parse import unquote

from litdb.demo.sites.arxiv import Paper
from litdb.demo.wire import Call, Part, Reply, data, moved, text

_CSL = "application/vnd.citationstyles.csl+json"
_AGENCIES = ("Crossref", "DataCite")
_TYPES = {"journal-article": "article-journal", "proceedings-article": "paper-conference", "posted-content": "article"}


@dataclass(frozen=True, slots=True)
class Registered:
    """A work with a DOI. `authors` are (given, family); `issued` is as precise as it was registered.

    `agency` is `Crossref`, `DataCite`, or another that only doi.org knows; `preprint` is the DOI of its preprint,
    `orcids` are those that Crossref has, by family name.
    """

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
    agency: str = "Crossref"
    retracted: bool = False
    orcids: Mapping[str, str] = field(default_factory=dict)


DEEP_LEARNING = Registered(
    "10.1038/nature14539",
    "Deep learning",
    (("Yann", "LeCun"), ("Yoshua", "Bengio"), ("Geoffrey", "Hinton")),
    "2015-05-27",
    "Nature",
    "Springer Science and Business Media LLC",
    volume="521",
    pages="436-444",
    url="https://www.nature.com/articles/nature14539",
)
MOUSE_MODELS = Registered(
    "10.53731/r294649-6f79289-8cwav",
    "Mouse models of human cancer and the need for more translational research",
    (("Martin", "Fenner"),),
    "2008-07-14",
    "Front Matter",
    type="posted-content",
    url="https://blog.front-matter.de/posts/mouse-models",
    orcids={"Fenner": "0000-0003-1419-2405"},
)
LARGE_N = Paper(
    "hep-th/9711200",
    "The Large N Limit of Superconformal Field Theories and Supergravity",
    ("Juan Maldacena",),
    {1: "1997-11-27T23:55:39Z"},
    ("hep-th",),
)
"""An article, a blog's post and a paper of physics that are always there: what the registries are checked by."""


def doi_hosts(registered: Iterable[Registered], papers: Iterable[Paper]) -> dict[str, Sequence[Part]]:
    """The agencies, the resolver and the indexes, with these works and the papers of arXiv."""
    works = {work.doi.lower(): work for work in (DEEP_LEARNING, MOUSE_MODELS, *registered)}
    preprints = {f"10.48550/arxiv.{paper.id.lower()}": paper for paper in papers}
    of = {agency: {doi: work for doi, work in works.items() if work.agency == agency} for agency in _AGENCIES}
    return {
        "api.crossref.org": (_crossref(of["Crossref"]),),
        "api.rogue-scholar.org": (_rogue_scholar(works),),
        "api.datacite.org": (_datacite(of["DataCite"], preprints),),
        "api.openalex.org": (_openalex(works, preprints),),
        "api.semanticscholar.org": (_semantic_scholar(works, preprints),),
        "inspirehep.net": (_inspire((LARGE_N, *preprints.values())),),
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
    notice = {"type": "retraction", "DOI": f"{work.doi}.notice", "source": "retraction-watch"}
    return {
        "DOI": work.doi,
        "type": work.type,
        "title": [work.title],
        "author": [_author(given, family, work.orcids) for given, family in work.authors],
        "issued": parts,
        "published": parts,
        "container-title": [work.container] if work.container else [],
        "publisher": work.publisher,
        "volume": work.volume,
        "page": work.pages,
        "URL": f"https://doi.org/{work.doi}",
        "relation": relation if work.preprint else {},
        "updated-by": [notice] if work.retracted else [],
    }


def _author(given: str, family: str, orcids: Mapping[str, str]) -> dict[str, str]:
    known = {"ORCID": f"https://orcid.org/{orcids[family]}"} if family in orcids else {}
    return {"given": given, "family": family, "sequence": "additional", **known}


def _rogue_scholar(works: Mapping[str, Registered]) -> Part:
    """The archive of blogs, which knows the posts by the moment."""
    posts = {doi: _post(work) for doi, work in works.items() if work.type == "posted-content"}

    def part(call: Call) -> Reply | None:
        first, _, doi = unquote(call.path).strip("/").partition("/")
        if first != "posts":
            return None
        return data(posts[doi]) if doi in posts else data({"error": "Post not found"}, 404)

    return part


def _post(work: Registered) -> dict[str, Any]:
    moment = datetime.fromisoformat(work.issued).replace(tzinfo=timezone.utc)
    return {
        "doi": f"https://doi.org/{work.doi}",
        "title": work.title,
        "authors": [
            {"given": given, "family": family, "url": f"https://orcid.org/{work.orcids.get(family, '')}"}
            for given, family in work.authors
        ],
        "published_at": int(moment.timestamp()),
        "blog": {"title": work.container},
        "url": work.url,
    }


def _datacite(works: Mapping[str, Registered], papers: Mapping[str, Paper]) -> Part:
    rows = {doi: _row(doi, _attributes(work)) for doi, work in works.items()}
    rows |= {doi: _row(doi, _preprint_attributes(paper)) for doi, paper in papers.items()}

    def part(call: Call) -> Reply | None:
        first, _, doi = unquote(call.path).strip("/").partition("/")
        if first != "dois":
            return None
        if doi:
            missing = {"errors": [{"status": "404", "title": "The resource you are looking for doesn't exist."}]}
            return data({"data": rows[doi.lower()]}) if doi.lower() in rows else data(missing, 404)
        asked = [doi.lower() for doi in call.get("ids").split(",")]
        found = [rows[doi] for doi in asked if doi in rows][: int(call.get("page[size]", "25"))]
        return data({"data": found, "meta": {"total": len(found)}}, kind="application/vnd.api+json")

    return part


def _row(doi: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": doi, "type": "dois", "attributes": {"doi": doi, **attributes}}


def _openalex(works: Mapping[str, Registered], papers: Mapping[str, Paper]) -> Part:
    """OpenAlex, which knows only the year and calls the repository by another name."""
    index = {doi: _indexed(doi, paper) for doi, paper in papers.items()}
    index |= {doi: _indexed_work(doi, work) for doi, work in works.items() if work.agency in _AGENCIES}

    def part(call: Call) -> Reply | None:
        first, _, doi = unquote(call.path).strip("/").partition("/")
        if first != "works":
            return None
        if doi:
            found = index.get(doi.lower().removeprefix("doi:"))
            return data(found) if found else data({"error": "404"}, 404)
        asked = [doi.lower() for doi in call.get("filter").removeprefix("doi:").split("|")]
        return data({"meta": {"count": len(asked)}, "results": [index[doi] for doi in asked if doi in index]})

    return part


def _indexed_work(doi: str, work: Registered) -> dict[str, Any]:
    return {
        "doi": f"https://doi.org/{doi}",
        "title": work.title,
        "type": "article",
        "publication_date": (work.issued + "-01-01")[:10],
        "authorships": [{"raw_author_name": " ".join(name)} for name in work.authors],
        "primary_location": {"source": {"display_name": work.container, "type": "journal"}},
        "biblio": {"volume": work.volume or None, "issue": None, "first_page": None, "last_page": None},
        "is_retracted": work.retracted,
    }


def _indexed(doi: str, paper: Paper) -> dict[str, Any]:
    return {
        "doi": f"https://doi.org/{doi}",
        "title": paper.title,
        "publication_date": paper.versions[1][:4] + "-01-01",
        "authorships": [{"author": {"display_name": name}, "raw_author_name": name} for name in paper.authors],
        "primary_location": {"source": {"display_name": "arXiv (Cornell University)"}},
        "is_retracted": False,
    }


def _semantic_scholar(works: Mapping[str, Registered], papers: Mapping[str, Paper]) -> Part:
    """Semantic Scholar, which makes one of a preprint and what it was published as, with the preprint's day."""
    published = {work.preprint.lower(): work for work in works.values() if work.preprint}
    graph = {doi: _node(work.title, work.authors, work.issued, {"DOI": doi}) for doi, work in works.items()}
    for doi, paper in papers.items():
        later = published.get(doi)
        names = {"ArXiv": paper.id, "DOI": later.doi if later else f"10.48550/arXiv.{paper.id}"}
        node = _node(paper.title, map(_split, paper.authors), paper.versions[1][:10], names)
        node["references"] = [_listed(name, papers) for name in paper.cites]
        graph |= {doi: node, **({later.doi.lower(): node} if later else {})}

    def part(call: Call) -> Reply | None:
        if (call.method, call.path) != ("POST", "/graph/v1/paper/batch"):
            return None
        asked = [
            each.replace("ARXIV:", "10.48550/arxiv.").removeprefix("DOI:") for each in json.loads(call.body)["ids"]
        ]
        found = [graph.get(each.lower()) for each in asked]
        return data(found) if any(found) else data({"error": "No valid paper ids given"}, 400)

    return part


def _listed(number: str, papers: Mapping[str, Paper]) -> dict[str, Any]:
    """A paper among the references of another."""
    paper = papers.get(f"10.48550/arxiv.{number}")
    return {
        "paperId": f"invented-{number}",
        "externalIds": {"ArXiv": number},
        "title": paper.title if paper else None,
        "year": int(paper.versions[1][:4]) if paper else None,
        "authors": [{"authorId": None, "name": name} for name in paper.authors] if paper else [],
    }


def _node(title: str, people: Iterable[tuple[str, str]], day: str, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "paperId": f"invented-{names['DOI']}",
        "title": title,
        "authors": [{"authorId": None, "name": " ".join(name).strip()} for name in people],
        "year": int(day[:4]),
        "publicationDate": day if len(day) == 10 else None,
        "venue": "arXiv.org" if "ArXiv" in names else "",
        "journal": None,
        "externalIds": {**names, "CorpusId": 1},
    }


def _inspire(papers: Iterable[Paper]) -> Part:
    known = {paper.id: paper for paper in papers}

    def part(call: Call) -> Reply | None:
        if call.path != "/api/literature":
            return None
        asked = [each.removeprefix("eprint ") for each in call.get("q").split(" or ")]
        hits = [{"metadata": _physics(known[name])} for name in asked if name in known][: int(call.get("size", "10"))]
        return data({"hits": {"hits": hits, "total": len(hits)}})

    return part


def _physics(paper: Paper) -> dict[str, Any]:
    return {
        "titles": [{"title": paper.title, "source": "arXiv"}],
        "authors": [{"full_name": ", ".join(reversed(_split(name)))} for name in paper.authors],
        "arxiv_eprints": [{"value": paper.id, "categories": list(paper.categories)}],
        "dois": [{"value": paper.doi, "material": "publication"}] if paper.doi else [],
        "preprint_date": paper.versions[1][:10],
        "abstracts": [{"value": paper.abstract, "source": "arXiv"}],
    }


def _split(name: str) -> tuple[str, str]:
    given, _, family = name.rpartition(" ")
    return given, family


def _attributes(work: Registered) -> dict[str, Any]:
    """DataCite's record of a work that is no preprint of arXiv."""
    return {
        "creators": [
            {"name": f"{family}, {given}", "givenName": given, "familyName": family, "nameType": "Personal"}
            for given, family in work.authors
        ],
        "titles": [{"title": work.title}],
        "publisher": work.publisher,
        "publicationYear": int(work.issued[:4]),
        "dates": [{"date": work.issued, "dateType": "Issued"}],
        "types": {"resourceTypeGeneral": "Dataset" if work.type == "dataset" else "JournalArticle"},
        "container": {"title": work.container} if work.container else {},
        "relatedIdentifiers": [],
    }


def _preprint_attributes(paper: Paper) -> dict[str, Any]:
    """DataCite's record of a preprint: a Submitted date for each version, the first being the work's."""
    creators = [
        {"name": f"{family}, {given}" if given else family, "givenName": given, "familyName": family}
        for given, family in map(_split, paper.authors)
    ]
    submitted = [
        {"date": date, "dateType": "Submitted" if number == 1 else "Updated", "dateInformation": f"v{number}"}
        for number, date in sorted(paper.versions.items())
    ]
    published = {"relationType": "IsVersionOf", "relatedIdentifier": paper.doi, "relatedIdentifierType": "DOI"}
    return {
        "creators": [{**creator, "nameType": "Personal"} for creator in creators],
        "titles": [{"title": paper.title}],
        "publisher": "arXiv",
        "publicationYear": int(paper.versions[1][:4]),
        "dates": [*submitted, {"date": paper.versions[1][:7], "dateType": "Available", "dateInformation": "v1"}],
        "types": {"resourceTypeGeneral": "Preprint", "bibtex": "misc", "citeproc": "article"},
        "descriptions": [{"description": paper.abstract, "descriptionType": "Abstract"}],
        "relatedIdentifiers": [published] if paper.doi else [],
        "url": f"https://arxiv.org/abs/{paper.id}",
    }


def _resolver(works: Mapping[str, Registered], papers: Mapping[str, Paper]) -> Part:
    """doi.org: the landing page, or CSL-JSON where the caller accepts it."""
    described = {
        **{doi: (work.url, _published(work)) for doi, work in works.items()},
        **{doi: (f"https://arxiv.org/abs/{paper.id}", _preprint(doi, paper)) for doi, paper in papers.items()},
    }

    def part(call: Call) -> Reply | None:
        address, csl = described.get(unquote(call.path).strip("/").lower(), ("", {}))
        if not csl:
            return text("DOI Not Found", 404)
        return data(csl, kind=_CSL) if _CSL in call.headers.get("accept", "") else moved(address, 302)

    return part


def _published(work: Registered) -> dict[str, Any]:
    csl = _csl(work.doi, work.title, work.type, work.authors, work.issued)
    return {**csl, "container-title": work.container, "publisher": work.publisher}


def _preprint(doi: str, paper: Paper) -> dict[str, Any]:
    authors = tuple(map(_split, paper.authors))
    return _csl(doi, paper.title, "posted-content", authors, paper.versions[1][:10])


def _csl(doi: str, title: str, kind: str, authors: Iterable[tuple[str, str]], issued: str) -> dict[str, Any]:
    return {
        "DOI": doi,
        "title": title,
        "type": _TYPES.get(kind, kind),
        "author": [{"given": given, "family": family} for given, family in authors],
        "issued": {"date-parts": [[int(part) for part in issued.split("-")]]},
    }
