"""Works as CSL-JSON, for pandoc, Zotero and every CSL processor: the schema of CSL 1.0.2 (csl-data.json)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from litdb.export.entries import doi
from litdb.export.escape import one_line, verbatim
from litdb.export.own_data import with_own_item
from litdb.export.own_entry import own_url
from litdb.export.shown import archive, json_line, plain_title, remarks
from litdb.model import Json, Name, Work, WorkType
from litdb.notes.others import authors, editors
from litdb.text.dates import cited_day

TYPES: Mapping[WorkType, tuple[str, str]] = {
    "comment": ("post", "Comment"),
    "preprint": ("article", "Preprint"),
    "sequence": ("collection", "Sequence"),
    "tweet": ("post", "Tweet"),
    "website": ("webpage", ""),
}
"""Type and genre where ours is finer than CSL's; all others are CSL's own types."""

TEXTS = {
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "number": "number",
    "version": "version",
    "status": "status",
    "language": "language",
    "abstract": "abstract",
    "archive_location": "archived",
}
"""CSL's variables that are attributes of a work as they stand."""


def csl_item(work: Work) -> dict[str, Json]:
    """One work as a CSL-JSON item: only what is known, dates as precise as they are known.

    >>> from litdb.model import Identifier
    >>> csl_item(Work(Identifier("tweet", "1"), (), "k", "tweet", "https://x.com/a/status/1", label="Tweet by A",
    ...     date="2022-12"))["issued"]
    {'date-parts': [[2022, 12]]}
    """
    type_, genre = TYPES.get(work.type, (work.type, ""))
    item: dict[str, Json] = {
        "id": work.key or str(work.identifier),
        "type": type_,
        "title": plain_title(work) or one_line(work.label),
        "genre": genre,
        "author": _names(authors(work)),
        "editor": _names(editors(work)),
        "issued": _date(work.date),
        "accessed": _date(work.accessed),
        **_venue(work),
        **{name: one_line(getattr(work, attribute)) for name, attribute in TEXTS.items()},
        "archive": archive(work),
        "DOI": doi(work),
        "ISBN": work.identifier_of("isbn"),
        "URL": verbatim(own_url(work) or work.url),
        "note": ". ".join(each.removesuffix(".") for each in remarks(work)),
    }
    if arxiv := work.identifier_of("arxiv"):
        item["number"] = f"arXiv:{arxiv}"
    item = {name: value for name, value in item.items() if value}
    return with_own_item(work, item) if work.entries else item


def write_csl_json(works: Iterable[Work]) -> Iterator[str]:
    """A CSL-JSON file, one item a line, piece by piece.

    Blank and tab behind the bracket are how litdb knows its own file: JSON has no room for a remark, and nobody else
    ends a line so.
    """
    before = "[ \t"
    for work in works:
        yield f"{before}\n{json_line(csl_item(work))}"
        before = ","
    yield "[]\n" if before == "[ \t" else "\n]\n"


def _venue(work: Work) -> dict[str, Json]:
    """Where it appeared: an archive of preprints publishes them, everything else appears in its container."""
    container, publisher = one_line(work.container), one_line(work.publisher)
    if work.type == "preprint":
        return {"publisher": publisher or container}
    return {"container-title": container, "publisher": publisher}


def _names(names: Sequence[Name]) -> list[Json]:
    parts = ({part: one_line(str(text)) for part, text in name.as_json().items() if part != "ORCID"} for name in names)
    return [known for each in parts if (known := {part: text for part, text in each.items() if text})]


def _date(value: str) -> Json:
    return {"date-parts": [[int(part) for part in cited_day(value).split("-")]]} if value else None
