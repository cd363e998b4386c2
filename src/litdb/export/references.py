"""Dated reference lists in Markdown, as people write them: `1. [Title](url) (Author) (27.01.2022)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from litdb.export.escape import one_line, verbatim
from litdb.export.list_dates import shown_date
from litdb.export.tex import pieces
from litdb.model import Identifier, Name, Work, WorkType
from litdb.notes.others import authors
from litdb.text.dates import cited_day
from litdb.text.others import named
from litdb.text.titles import fold

Order = Literal["note", "date", "title", "key", "newest", "author", "type"]
People = Literal["all", "first", "none", "full", "short"]
Marker = Literal["1.", "1)", "-", "*"]
Headings = Literal["none", "year", "type"]

MARK = "<!-- litdb export: references -->"
"""How a file of references begins, so that it is never taken for a note."""

MOST_NAMES = 3
"""So many names are written before `et al.`"""

TYPE_HEADINGS: Mapping[WorkType, str] = {
    "book": "Books",
    "chapter": "Chapters",
    "article-journal": "Articles",
    "paper-conference": "Conference papers",
    "preprint": "Preprints",
    "report": "Reports",
    "thesis": "Theses",
    "dataset": "Datasets",
    "software": "Software",
    "entry-encyclopedia": "Encyclopedia entries",
    "sequence": "Sequences",
    "collection": "Collections",
    "post": "Posts",
    "post-weblog": "Blog posts",
    "comment": "Comments",
    "tweet": "Tweets",
    "motion_picture": "Videos",
    "webpage": "Web pages",
    "website": "Websites",
}
"""What a group of works of one type is called, in the order of such groups."""

_MARKDOWN = re.compile(
    r"""[\\\[\]*`$]|\A\^               # what a link text cannot hold, a footnote
       |(?<![^\W_])_|_(?![^\W_])      # emphasis, but not snake_case
       |~(?=~)|=(?==)                 # struck out, highlighted""",
    re.VERBOSE,
)
_HTML = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=\#?\w+;)")
_HANDLE = re.compile(r"(?<![\w\\])@(?=[\w{])")
"""What pandoc would read as a citation: a handle."""

_PLAIN_KEY = re.compile(r"\w+(?:[:.+/-]\w+)*\Z")


@dataclass(frozen=True, slots=True)
class ListStyle:
    """How a reference list looks. `date_format` is a pattern of `litdb.export.list_dates.shown_date`.

    `order` "note" keeps the order given; by date the undated come last. `people` "all" are three names at most, "full"
    every one, "short" family names. `undated` stands in the place of a date that is not known, `today` is the ISO day
    that relative dates count from. `archived` adds a link to an archive's copy, `cite_keys` the key for pandoc.
    """

    date_format: str = "DD.MM.YYYY"
    order: Order = "note"
    marker: Marker = "1."
    people: People = "all"
    headings: Headings = "none"
    undated: str = ""
    archived: bool = False
    cite_keys: bool = False
    today: str = ""


def reference_list(works: Sequence[Work], style: ListStyle) -> str:
    """One line for each work, or an empty text. A date is as precise as it is known.

    >>> from litdb.model import Identifier
    >>> work = Work(Identifier("url", "u"), (), "k", "post", "https://example.org/a_(b)", "On [x]", date="2022-01",
    ...     authors=(Name("Leike", "Jan"),))
    >>> print(reference_list([work], ListStyle()), end="")
    1. [On \\[x\\]](<https://example.org/a_(b)>) (Jan Leike) (01.2022)
    """
    return _list(works, style, partial(_line, style=style))


def _list(works: Sequence[Work], style: ListStyle, line: Callable[[Work], str]) -> str:
    """The works in the order and under the headings of a style; `line` has what is said of one."""
    groups = _grouped(ordered(works, style.order), style)
    number, parts = 0, []
    for heading, group in groups:
        lines = "".join(f"{_item(line(work), number + place, style)}\n" for place, work in enumerate(group, 1))
        parts.append(f"### {heading}\n\n{lines}" if heading else lines)
        number += len(group)
    return "\n".join(parts)


def references_document(
    overall: Sequence[Work], by_note: Iterable[tuple[str, Sequence[Work]]], style: ListStyle
) -> Iterator[str]:
    """The reference file, list by list: one for every note, then all works by date, then those without one.

    The lists differ in order and headings; what is said of a work is made once for all of them.
    """
    said: dict[Identifier, str] = {}

    def line(work: Work) -> str:
        if work.identifier not in said:
            said[work.identifier] = _line(work, style)
        return said[work.identifier]

    by_date = replace(style, order="newest" if style.order == "newest" else "date")
    undated = replace(by_date, headings="none")
    sections = (
        *((note, works, style) for note, works in by_note),
        ("All works by date", [work for work in overall if work.date], by_date),
        ("Undated works", [work for work in overall if not work.date], undated),
    )
    yield f"{MARK}\n# References\n"
    for heading, works, its_style in sections:
        if lines := _list(works, its_style, line):
            yield f"\n## {markdown(heading)}\n\n{lines}"


def write_references(works: Iterable[Work]) -> Iterator[str]:
    """The reference file without notes, in the default style."""
    return references_document(list(works), (), ListStyle())


def ordered(works: Sequence[Work], order: Order) -> Sequence[Work]:
    """The works in an order."""
    return _ORDERS[order](works)


def item(work: Work, number: int, style: ListStyle) -> str:
    """One line of a list, without its end."""
    return _item(_line(work, style), number, style)


def _item(line: str, number: int, style: ListStyle) -> str:
    return " ".join(filter(None, (style.marker.replace("1", str(number)), line)))


def _line(work: Work, style: ListStyle) -> str:
    """What an item says behind its number."""
    date = shown_date(work.date, style.date_format, style.today) if work.date else style.undated
    texts = (people(authors(work), style.people), one_line(date), one_line(work.status))
    title, *remarks = _title(work), *(_round(markdown(text)) for text in texts)
    if style.cite_keys:
        title, *remarks = (_HANDLE.sub(r"\\@", text) for text in (title, *remarks))
    parts = (
        f"[{title}]({target(work.url)})" if work.url else title,
        *remarks,
        f"[archived]({target(work.archived)})" if style.archived and work.archived else "",
        citation(work.key) if style.cite_keys else "",
    )
    return " ".join(filter(None, parts))


def people(names: Sequence[Name], who: People) -> str:
    """The names of a work in a list.

    >>> names = (Name("Ngo", "Richard"), Name("Merwijk", "Chris", "van"), Name(literal="OpenAI"))
    >>> people(names, "full"), people(names, "short"), people(names[:2], "short")
    ('Richard Ngo, Chris van Merwijk, OpenAI', 'Ngo et al.', 'Ngo & van Merwijk')
    >>> from litdb.text.others import OTHERS
    >>> people((names[0], OTHERS), "full"), people((names[0], OTHERS), "short")
    ('Richard Ngo et al.', 'Ngo et al.')
    """
    if who == "short":
        return _short(names)
    known = named(names)
    most = {"all": MOST_NAMES, "full": len(known), "first": 1, "none": 0}[who]
    shown = ", ".join(one_line(name.display) for name in known[:most])
    return f"{shown} et al." if shown and len(names) > min(most, len(known)) else shown


def citation(key: str) -> str:
    """The citation of a key as pandoc reads it; in braces where punctuation would end it (manual, “Citation syntax”).

    >>> citation("ngo2022"), citation("a--b"), citation("")
    ('[@ngo2022]', '[@{a--b}]', '')
    """
    if not key:
        return ""
    return f"[@{key}]" if _PLAIN_KEY.match(key) else f"[@{{{key}}}]"


def target(url: str) -> str:
    """The address in a link: in angle brackets where a round one would end it too early (CommonMark 0.31, 6.3)."""
    address = _ENTITY.sub("&amp;", verbatim(url).replace("<", "%3C").replace(">", "%3E"))
    return f"<{address}>" if "(" in address or ")" in address else address


def markdown(text: str) -> str:
    """A text that Markdown prints letter by letter.

    >>> print(markdown("[x] *now* <!-- a --> snake_case _b_ &amp; $5 and $6"))
    \\[x\\] \\*now\\* &lt;!-- a --> snake_case \\_b\\_ &amp;amp; \\$5 and \\$6
    """
    return _HTML.sub("&lt;", _ENTITY.sub("&amp;", _MARKDOWN.sub(r"\\\g<0>", text)))


def _by_date(works: Sequence[Work]) -> Sequence[Work]:
    return sorted(works, key=lambda work: (not work.date, cited_day(work.date), _shown(work).casefold(), work.key))


def _by_newest(works: Sequence[Work]) -> Sequence[Work]:
    dated = sorted((work for work in works if work.date), key=lambda work: cited_day(work.date), reverse=True)
    return [*dated, *_by_date([work for work in works if not work.date])]


def _by_author(works: Sequence[Work]) -> Sequence[Work]:
    """By the first name, without its particle; works without people by what is shown, as bibliographies do."""
    return sorted(_by_date(works), key=lambda work: fold(_first_name(work.authors) or _shown(work)))


def _by_type(works: Sequence[Work]) -> Sequence[Work]:
    types = list(TYPE_HEADINGS)
    return sorted(_by_date(works), key=lambda work: types.index(work.type))


def _by_title(works: Sequence[Work]) -> Sequence[Work]:
    return sorted(works, key=lambda work: (fold(_shown(work)), work.key))


def _by_key(works: Sequence[Work]) -> Sequence[Work]:
    return sorted(works, key=lambda work: work.key)


_ORDERS: Mapping[Order, Callable[[Sequence[Work]], Sequence[Work]]] = {
    "note": tuple,
    "date": _by_date,
    "newest": _by_newest,
    "author": _by_author,
    "type": _by_type,
    "title": _by_title,
    "key": _by_key,
}

UNDATED = "Undated"

_HEADINGS: Mapping[Headings, Callable[[Work], str]] = {
    "none": lambda _: "",
    "year": lambda work: work.date[:4] or UNDATED,
    "type": lambda work: TYPE_HEADINGS[work.type],
}


def _grouped(works: Sequence[Work], style: ListStyle) -> list[tuple[str, list[Work]]]:
    """The works under their headings: years rise (or fall, the newest first) with the undated last, types as listed."""
    groups: dict[str, list[Work]] = {}
    for work in works:
        groups.setdefault(_HEADINGS[style.headings](work), []).append(work)
    if style.headings == "type":
        return [(heading, groups[heading]) for heading in TYPE_HEADINGS.values() if heading in groups]
    years = sorted((year for year in groups if year != UNDATED), reverse=style.order == "newest")
    return [(year, groups[year]) for year in [*years, UNDATED] if year in groups]


def _first_name(names: Sequence[Name]) -> str:
    return (names[0].family or one_line(names[0].display)) if names else ""


def _short(names: Sequence[Name]) -> str:
    families = [one_line(f"{name.particle} {name.family}" if name.family else name.display) for name in names]
    is_cut = len(names) > 2 or len(names) > len(named(names))
    return f"{families[0]} et al." if is_cut else " & ".join(families)


def _shown(work: Work) -> str:
    return one_line(work.title or work.label or work.url)


def _round(text: str) -> str:
    return f"({text})" if text else ""


def _title(work: Work) -> str:
    """The title in Markdown; of TeX the formulas stay, and groups and their commands go."""
    if work.markup == "plain" or not work.title:
        return markdown(_shown(work))
    return "".join(_WRITTEN[piece.kind](piece.value) for piece in pieces(one_line(work.title)))


_WRITTEN: Mapping[str, Callable[[str], str]] = {"text": markdown, "math": str, "live": lambda _: ""}
