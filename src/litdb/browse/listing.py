"""The reference list: searched, narrowed, sorted, counted, one page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, compress, islice, repeat
from typing import TYPE_CHECKING, Any

from litdb.browse.asked import BEST, Asked
from litdb.browse.cataloguing import order_of
from litdb.browse.rendering import END, HIT, line, title_of
from litdb.database import browsing, finding
from litdb.database.works import works_by_id

if TYPE_CHECKING:
    from sqlite3 import Connection

    from litdb.browse.catalogue import Catalogue, Selection
    from litdb.model import Work

PER_PAGE = 50
TOP = 10
USUAL = 8
"""So many facets are in sight; the others are a click away."""

WHOLE = 2000
"""So many labels are shown of a facet that is asked for in full."""

MOST_RANKED = 5000
"""So many finds are put in the order of how well they fit; more are sorted as the list is."""

MOST_MARKED = 240
"""So many characters of a title are shown with the words in it marked."""

NOWHERE = -1
"""The place of a work that no note cites."""

ORDER_NAMES = {
    BEST: "best match",
    "newest": "newest",
    "oldest": "oldest",
    "title": "title",
    "author": "author",
    "site": "site",
    "mentions": "most cited",
}


def list_page(connection: Connection, catalogue: Catalogue, asked: Asked) -> dict[str, Any]:
    """One page of the list with its facets, and of a search where the words were found."""
    found = Found(connection, catalogue, asked.words)
    selection = found.among(catalogue.selection(asked.filters))
    places = selection.page(found.order(asked.sort), (asked.page - 1) * PER_PAGE, PER_PAGE)
    rows = [catalogue.ids[place] for place in places]
    works, often = works_by_id(connection, rows), browsing.cited_often(connection, rows)
    where = dict(zip(rows, found.where(places), strict=True))
    return {
        "asked": asked,
        "works": [(work, often.get(row, 0), *_titled(work, where[row])) for row, work in works.items()],
        "count": selection.count,
        "of": len(catalogue.ids),
        "per_page": PER_PAGE,
        "facets": catalogue.once(asked.selecting, lambda: _facets(catalogue, selection, asked.whole)),
        "usual": USUAL,
        "usual_names": ["", *islice(catalogue.facets, USUAL)],
        "orders": {name: title for name, title in ORDER_NAMES.items() if asked.words or name != BEST},
        "order": found.order_name(asked.sort),
    }


def rows_asked(connection: Connection, catalogue: Catalogue, asked: Asked) -> list[int]:
    """The rows of all works of the list, in its order."""
    found = Found(connection, catalogue, asked.words)
    selection = found.among(catalogue.selection(asked.filters))
    return [catalogue.ids[place] for place in selection.sorted(found.order(asked.sort))]


def _titled(work: Work, places: Sequence[dict[str, Any]]) -> tuple[str, Sequence[dict[str, Any]]]:
    """The title with the words marked that were found in it, if all of it was found, and the other places."""
    snippet = str(places[0]["snippet"]) if places else ""
    is_title = line(snippet.replace(HIT, "").replace(END, "")) == title_of(work)
    return (snippet, places[1:]) if is_title and len(snippet) <= MOST_MARKED else ("", places)


def _facets(catalogue: Catalogue, selection: Selection, whole: str) -> list[dict[str, Any]]:
    """Every facet with the labels that most of the selected works have, and how many labels there are."""
    shown = []
    for facet in catalogue.facets.values():
        top, labels = facet.commonest(selection, WHOLE if facet.name == whole else TOP)
        if top:
            shown.append({"facet": facet, "top": top, "labels": labels})
    return shown


class Found:
    """The works in whose own texts, or in a sentence that cites them, all words are found; without words all are."""

    def __init__(self, connection: Connection, catalogue: Catalogue, words: str) -> None:
        self._connection, self._catalogue, self._words = connection, catalogue, words
        self._expression = finding.match_expression(connection, words)
        self._own = set(self._rows("works"))
        self._mentions = self._rows("mentions")
        self._citing = [*map(catalogue.mentioned.get, self._mentions, repeat(NOWHERE))]

    def among(self, selection: Selection) -> Selection:
        """Those of a selection that are found."""
        if not self._words:
            return selection
        own = compress(range(len(self._catalogue.ids)), map(self._own.__contains__, self._catalogue.ids))
        return selection.narrowed(chain(own, set(self._citing) - {NOWHERE}))

    @property
    def are_ranked(self) -> bool:
        """Whether there are words, and few enough finds to say which fit best."""
        return bool(self._expression) and len(self._own) + len(self._citing) <= MOST_RANKED

    def order_name(self, asked: str) -> str:
        """The order that is shown: what was asked for if there is such a one."""
        if asked in finding.ORDERS:
            return asked
        return BEST if self.are_ranked else "newest"

    def order(self, asked: str) -> Sequence[int]:
        """The works in the order asked for; of a search those that fit best come first."""
        name = self.order_name(asked)
        return self._best() if name == BEST else order_of(self._connection, self._catalogue, name)

    def where(self, places: Sequence[int]) -> list[list[dict[str, Any]]]:
        """For each of a few works where the words were found: in its own texts, and in the first mention."""
        shown: dict[int, list[dict[str, Any]]] = {place: [] for place in places}
        if self._expression:
            own = {row: place for place in places if (row := self._catalogue.ids[place]) in self._own}
            for row, snippet in self._snippets("works", own).items():
                shown[own[row]].append({"snippet": snippet})
            here = compress(zip(self._mentions, self._citing, strict=True), map(shown.__contains__, self._citing))
            first = {place: row for row, place in reversed(list(here))}
            citing = {row: place for place, row in first.items()}
            stands = finding.citing(self._connection, list(citing))
            for row, snippet in self._snippets("mentions", citing).items():
                shown[citing[row]].append({"snippet": snippet, **stands[row]})
        return [shown[place] for place in places]

    def _rows(self, table: str) -> Sequence[int]:
        return finding.matching(self._connection, table, self._expression) if self._expression else ()

    def _best(self) -> list[int]:
        ranks: dict[int, float] = {}
        for row, rank in finding.best_matching(self._connection, "works", self._expression, MOST_RANKED):
            if (place := self._catalogue.place(row)) is not None:
                ranks[place] = rank
        for row, rank in finding.best_matching(self._connection, "mentions", self._expression, MOST_RANKED):
            if (place := self._catalogue.mentioned.get(row)) is not None:
                ranks[place] = min(rank, ranks.get(place, 0.0))
        return sorted(ranks, key=lambda place: (ranks[place], place))

    def _snippets(self, table: str, rows: Iterable[int]) -> dict[int, str]:
        return finding.snippets(self._connection, table, self._expression, list(rows), (HIT, END))
