"""Dated reference lists in Markdown, as people write them: `1. [Title](url) (Author) (27.01.2022)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from litdb.export.escape import one_line, verbatim
from litdb.export.tex import pieces
from litdb.model import Name, Work
from litdb.text.dates import cited_day, render_date
from litdb.text.titles import fold

Order = Literal["note", "date", "title", "key"]
People = Literal["all", "first", "none"]
Marker = Literal["1.", "1)", "-", "*"]

MOST_NAMES = 3
"""So many names are written before `et al.`"""

_MARKDOWN = re.compile(
    r"""[\\\[\]*`$]|\A\^               # what a link text cannot hold, a footnote
       |(?<![^\W_])_|_(?![^\W_])      # emphasis, but not snake_case
       |~(?=~)|=(?==)                 # struck out, highlighted""",
    re.VERBOSE,
)
_HTML = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=\#?\w+;)")


@dataclass(frozen=True, slots=True)
class ListStyle:
    """How a reference list looks. `date_format` is a pattern of `litdb.text.dates.render_date`.

    `order` "note" keeps the order given; by "date" the undated come last. `people` "all" are three names at most.
    """

    date_format: str = "DD.MM.YYYY"
    order: Order = "note"
    marker: Marker = "1."
    people: People = "all"


def reference_list(works: Sequence[Work], style: ListStyle) -> str:
    """One line for each work, or an empty text. A date is as precise as it is known.

    >>> from litdb.model import Identifier
    >>> work = Work(Identifier("url", "u"), (), "k", "post", "https://example.org/a_(b)", "On [x]", date="2022-01",
    ...     authors=(Name("Leike", "Jan"),))
    >>> print(reference_list([work], ListStyle()), end="")
    1. [On \\[x\\]](<https://example.org/a_(b)>) (Jan Leike) (01.2022)
    """
    ordered = _ORDERS[style.order](works)
    return "".join(f"{_line(work, number, style)}\n" for number, work in enumerate(ordered, 1))


def references_document(
    overall: Sequence[Work], by_note: Sequence[tuple[str, Sequence[Work]]], style: ListStyle
) -> str:
    """The reference file: a list for every note, then all works by date, then those without one."""
    by_date = ListStyle(style.date_format, "date", style.marker, style.people)
    sections = [(note, reference_list(works, style)) for note, works in by_note]
    sections.append(("All works by date", reference_list([work for work in overall if work.date], by_date)))
    sections.append(("Undated works", reference_list([work for work in overall if not work.date], by_date)))
    parts = [f"## {_markdown(heading)}\n\n{lines}" for heading, lines in sections if lines]
    return "\n".join(("<!-- litdb export: references -->\n# References\n", *parts))


def write_references(works: Iterable[Work]) -> Iterator[str]:
    """The reference file without notes, in the default style."""
    yield references_document(list(works), (), ListStyle())


def _by_date(works: Sequence[Work]) -> Sequence[Work]:
    return sorted(works, key=lambda work: (not work.date, cited_day(work.date), _shown(work).casefold(), work.key))


def _by_title(works: Sequence[Work]) -> Sequence[Work]:
    return sorted(works, key=lambda work: (fold(_shown(work)), work.key))


def _by_key(works: Sequence[Work]) -> Sequence[Work]:
    return sorted(works, key=lambda work: work.key)


_ORDERS: Mapping[Order, Callable[[Sequence[Work]], Sequence[Work]]] = {
    "note": tuple,
    "date": _by_date,
    "title": _by_title,
    "key": _by_key,
}


def _line(work: Work, number: int, style: ListStyle) -> str:
    people = _markdown(_people(work.authors, style.people))
    date = render_date(work.date, style.date_format) if work.date else ""
    parts = (
        style.marker.replace("1", str(number)),
        f"[{_title(work)}]({_target(work.url)})",
        _round(people),
        _round(date),
    )
    return " ".join(filter(None, parts))


def _shown(work: Work) -> str:
    return one_line(work.title or work.label or work.url)


def _round(text: str) -> str:
    return f"({text})" if text else ""


def _people(names: Sequence[Name], people: People) -> str:
    most = {"all": MOST_NAMES, "first": 1, "none": 0}[people]
    shown = ", ".join(one_line(name.display) for name in names[:most])
    return f"{shown} et al." if shown and len(names) > most else shown


def _target(url: str) -> str:
    """The address in a link: in angle brackets where a round one would end it too early (CommonMark 0.31, 6.3)."""
    address = _ENTITY.sub("&amp;", verbatim(url).replace("<", "%3C").replace(">", "%3E"))
    return f"<{address}>" if "(" in address or ")" in address else address


def _title(work: Work) -> str:
    """The title in Markdown; of TeX the formulas stay, and groups and their commands go."""
    if work.markup == "plain" or not work.title:
        return _markdown(_shown(work))
    return "".join(_WRITTEN[piece.kind](piece.value) for piece in pieces(one_line(work.title)))


def _markdown(text: str) -> str:
    """A text that Markdown prints letter by letter.

    >>> print(_markdown("[x] *now* <!-- a --> snake_case _b_ &amp; $5 and $6"))
    \\[x\\] \\*now\\* &lt;!-- a --> snake_case \\_b\\_ &amp;amp; \\$5 and \\$6
    """
    return _HTML.sub("&lt;", _ENTITY.sub("&amp;", _MARKDOWN.sub(r"\\\g<0>", text)))


_WRITTEN: Mapping[str, Callable[[str], str]] = {"text": _markdown, "math": str, "live": lambda _: ""}
