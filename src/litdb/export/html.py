"""Works as HTML: a list with `<cite>` and `<time>`, alone or as a page. Everything from the web is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from litdb.export.escape import one_line
from litdb.export.shown import archive, people, remarks, shown_title, web_address
from litdb.model import Work
from litdb.notes.others import authors
from litdb.text.dates import cited_day

MARK = "<!-- litdb export: html -->"

_HEAD = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>References</title></head><body><h1>References</h1>"
)


def write_html(works: Iterable[Work]) -> Iterator[str]:
    """A page with the list, item by item."""
    yield f"{MARK}{_HEAD}"
    yield from write_fragment(works)
    yield "</body></html>\n"


def write_fragment(works: Iterable[Work]) -> Iterator[str]:
    """The list alone, to stand in another page."""
    yield '<ul class="references">'
    for work in works:
        yield f"{item(work)}\n"
    yield "</ul>\n"


def item(work: Work) -> str:
    """One work as a list item; its `id` is its key.

    >>> from litdb.model import Identifier
    >>> print(item(Work(Identifier("url", "u"), (), "k", "post", "https://a.example/?b&c", "A <b>", date="2019")))
    <li id="k"><cite><a href="https://a.example/?b&amp;c">A &lt;b&gt;</a></cite>, <time datetime="2019">2019</time></li>
    """
    parts = (
        f"<cite>{_link(work.url, shown_title(work))}</cite>",
        escape(", ".join(people(authors(work)))),
        escape(one_line(work.container)),
        _time(work.date),
        *(escape(each) for each in remarks(work)),
        _link(work.archived, archive(work)) if web_address(work.archived) else "",
    )
    name = f' id="{escape(work.key)}"' if work.key else ""
    return f"<li{name}>{', '.join(filter(None, parts))}</li>"


def _link(url: str, text: str) -> str:
    address = web_address(url)
    return f'<a href="{escape(address)}">{escape(text)}</a>' if address else escape(text)


def _time(value: str) -> str:
    day = cited_day(value)
    return f'<time datetime="{day}">{day}</time>' if day else ""
