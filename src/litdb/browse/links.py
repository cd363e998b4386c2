"""Addresses of pages, under whatever `base_url` Datasette is served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from datasette.utils import tilde_encode

from litdb.browse.asked import Asked
from litdb.browse.rendering import version
from litdb.model import Work

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database


def home_path(database: str) -> str:
    """The first page of a library, below Datasette's own address."""
    return f"/{tilde_encode(database)}/-/home"


def reference_path(database: str, name: str) -> str:
    """The page of a work by key or identifier, below Datasette's own address."""
    return f"/{tilde_encode(database)}/-/reference/{tilde_encode(name)}"


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses in one library: `root` is Datasette's, `base` the library's own."""

    root: str
    base: str

    @classmethod
    def of(cls, datasette: Datasette, database: Database) -> Links:
        """Those of one of Datasette's databases."""
        return cls(str(datasette.urls.path("/")), str(datasette.urls.database(database.name)))

    @property
    def home(self) -> str:
        """The library's first page."""
        return f"{self.base}/-/home"

    @property
    def attention(self) -> str:
        """What is not as good as it should be."""
        return f"{self.base}/-/attention"

    @property
    def notes(self) -> str:
        """All notes."""
        return f"{self.base}/-/notes"

    def asset(self, name: str) -> str:
        """A style sheet or script."""
        return f"{self.root}-/litdb/{name}?v={version(name)}"

    def references(self, asked: Asked = Asked(), form: str = "") -> str:  # noqa: B008 - frozen
        """The reference list as asked, as a page or as a file of this form."""
        return f"{self.base}/-/references{form and f'.{form}'}{asked.query and f'?{asked.query}'}"

    def reference(self, name: str, form: str = "") -> str:
        """A work by key or identifier."""
        return f"{self.base}/-/reference/{tilde_encode(name)}{form and f'.{form}'}"

    def work(self, work: Work, form: str = "") -> str:
        """A work."""
        return self.reference(work.key or str(work.identifier), form)

    def note(self, path: str, line: int = 0, form: str = "") -> str:
        """A note, at a line; `line` in the query finds the page of a long one."""
        place = f"?line={line}#L{line}" if line else ""
        return f"{self.base}/-/note/{tilde_encode(path)}{form and f'.{form}'}{place}"

    def person(self, name: str, form: str = "") -> str:
        """Someone, by name."""
        return f"{self.base}/-/person/{tilde_encode(name)}{form and f'.{form}'}"

    def timeline(self, query: str = "", form: str = "") -> str:
        """Works by date or reading over time, as a page or as a picture alone (`svg`)."""
        return f"{self.base}/-/timeline{form and f'.{form}'}{query and f'?{query}'}"

    def graph(self, note: str = "", of: str = "", n: int = 0, form: str = "") -> str:
        """The `n` nodes nearest to a note or work, as a page or as a picture alone (`svg`)."""
        asked = {"note": note, "of": of, "n": n}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{self.base}/-/graph{form and f'.{form}'}{query and f'?{query}'}"

    @staticmethod
    def page(path: str, number: int) -> str:
        """Another page of a page that goes on."""
        return f"{path}?page={number}"

    def table(self, name: str) -> str:
        """One of Datasette's own pages."""
        return f"{self.base}/{quote(name)}"
