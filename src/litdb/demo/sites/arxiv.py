"""arXiv: the query interface (Atom), the abstract pages, the PDF.

As arXiv's own server does (arXiv/arxiv-search, `search/controllers/classic_api`): ids are checked all or nothing,
unknown ids are silently missing, the order is not the one asked for, and ten entries are the default.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from litdb.demo.sites.markup import document
from litdb.demo.wire import Call, Part, Reply, page, robots, text

_WELL_FORMED = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7})(v\d+)?")
_NOW = "2026-11-21T00:00:00Z"
_FEED = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" '
    'xmlns="http://www.w3.org/2005/Atom">\n'
    "  <id>{id}</id>\n  <title>{title}</title>\n  <updated>{now}</updated>\n"
    "  <opensearch:itemsPerPage>{size}</opensearch:itemsPerPage>\n"
    "  <opensearch:totalResults>{total}</opensearch:totalResults>\n"
    "  <opensearch:startIndex>{start}</opensearch:startIndex>\n{entries}</feed>\n"
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: `versions` are the instants of submission by number; the largest number is the current version.

    `cites` are the papers of arXiv that an index has found among its references.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    versions: Mapping[int, str]
    categories: tuple[str, ...] = ("cs.AI",)
    abstract: str = "An abstract stands here on the real site."
    comment: str = ""
    journal_ref: str = ""
    doi: str = ""
    withdrawn: bool = False
    cites: tuple[str, ...] = ()

    def versioned(self, version: str) -> tuple[Paper, int] | None:
        """The paper with the number of a version (`v2`, or empty for the current one), if there is such a version."""
        number = int(version[1:]) if version else max(self.versions)
        return (self, number) if number in self.versions else None


def hosts(papers: Iterable[Paper]) -> dict[str, Sequence[Part]]:
    """arXiv's hosts with these papers."""
    known = {paper.id: paper for paper in papers}
    rules = robots("User-agent: *\nCrawl-delay: 15\nAllow: /abs\nAllow: /pdf\nAllow: /html\n")
    query, pages = _query(known), _pages(known)
    return {"export.arxiv.org": (query, rules, pages), "arxiv.org": (rules, pages), "www.arxiv.org": (rules, pages)}


def _query(papers: Mapping[str, Paper]) -> Part:
    def part(call: Call) -> Reply | None:
        if call.path != "/api/query":
            return None
        asked = [identifier for identifier in call.get("id_list").split(",") if identifier]
        malformed = next((identifier for identifier in asked if not _WELL_FORMED.search(identifier)), "")
        if malformed:
            return text(_error(malformed), 400, "application/atom+xml")
        start, size = int(call.get("start", "0")), int(call.get("max_results", "10"))
        found = [paper for identifier in sorted(asked, reverse=True) if (paper := _find(papers, identifier))]
        body = _FEED.format(
            id="https://arxiv.org/api/little-web",
            title=escape(f"arXiv Query: search_query=&id_list={call.get('id_list')}&start={start}&max_results={size}"),
            now=_NOW,
            size=size,
            total=len(found),
            start=start,
            entries="".join(_entry(paper, version) for paper, version in found[start : start + size]),
        )
        return text(body, kind="application/atom+xml")

    return part


def _find(papers: Mapping[str, Paper], identifier: str) -> tuple[Paper, int] | None:
    match = re.fullmatch(r"(.+?)(v\d+)?", identifier)
    paper = papers.get(match[1]) if match else None
    return paper.versioned(match[2] or "") if match and paper else None


def _entry(paper: Paper, version: int) -> str:
    address = f"{paper.id}v{version}"
    optional = {"comment": paper.comment, "journal_ref": paper.journal_ref, "doi": paper.doi}
    lines = [
        f"<id>http://arxiv.org/abs/{address}</id>",
        f"<title>{escape(paper.title)}</title>",
        f"<updated>{paper.versions[version]}</updated>",
        f'<link href="https://arxiv.org/abs/{address}" rel="alternate" type="text/html"/>',
        f'<link href="https://arxiv.org/pdf/{address}" rel="related" type="application/pdf" title="pdf"/>',
        f"<summary>{escape(paper.abstract)}</summary>",
        *(f'<category term="{term}" scheme="http://arxiv.org/schemas/atom"/>' for term in paper.categories),
        f"<published>{paper.versions[1]}</published>",
        *(f"<arxiv:{name}>{escape(value)}</arxiv:{name}>" for name, value in optional.items() if value),
        f'<arxiv:primary_category term="{paper.categories[0]}"/>',
        *(f"<author>\n      <name>{escape(name)}</name>\n    </author>" for name in paper.authors),
    ]
    return "  <entry>\n" + "".join(f"    {line}\n" for line in lines) + "  </entry>\n"


def _error(identifier: str) -> str:
    where = f"https://arxiv.org/api/errors#incorrect_id_format_for_{escape(identifier)}"
    entry = (
        f"  <entry>\n    <id>{where}</id>\n    <title>Error</title>\n    <updated>{_NOW}</updated>\n"
        f'    <link href="{where}" rel="alternate" type="text/html"/>\n'
        f"    <summary>incorrect id format for {escape(identifier)}</summary>\n"
        "    <author>\n      <name>arXiv api core</name>\n    </author>\n  </entry>\n"
    )
    return _FEED.format(
        id="https://arxiv.org/", title="arXiv Search Results", now=_NOW, size=1, total=1, start=0, entries=entry
    )


_PDF = (("Content-Type", "application/pdf"),)


def _pages(papers: Mapping[str, Paper]) -> Part:
    def part(call: Call) -> Reply | None:
        match = re.fullmatch(r"/(abs|pdf)/(.+?)(?:\.pdf)?", call.path)
        found = _find(papers, match[2]) if match else None
        if not match or not found:
            return None
        return _abstract(*found) if match[1] == "abs" else Reply(200, b"%PDF-1.5\n%%EOF\n", _PDF)

    return part


def _abstract(paper: Paper, version: int) -> Reply:
    """The abstract page with Google Scholar's tags: `citation_date` is the first version's, the other this one's."""
    tags = {
        "citation_title": paper.title,
        "citation_date": paper.versions[1][:10].replace("-", "/"),
        "citation_online_date": paper.versions[version][:10].replace("-", "/"),
        "citation_pdf_url": f"https://arxiv.org/pdf/{paper.id}",
        "citation_arxiv_id": paper.id,
        "citation_abstract": paper.abstract,
        "citation_doi": paper.doi,
    }
    authors = ("{1}, {0}".format(*name.rsplit(" ", 1)) if " " in name else name for name in paper.authors)
    withdrawn = "<p>This paper has been withdrawn by its authors</p>" if paper.withdrawn else ""
    return page(
        document(
            f"[{paper.id}] {paper.title}",
            [*tags.items(), *(("citation_author", author) for author in authors)],
            body=f'<h1 class="title mathjax">{escape(paper.title)}</h1>{withdrawn}',
        )
    )
