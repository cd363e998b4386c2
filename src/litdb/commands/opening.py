"""The library of a place, opened to be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from litdb.files.place import Place

if TYPE_CHECKING:
    from sqlite3 import Connection


@contextmanager
def library_of(place: Place) -> Iterator[Connection]:
    """A connection whose rows go by name, closed in the end. Raises `LibraryError` where there is no library."""
    from litdb.database.connection import open_for_reading

    with closing(open_for_reading(place.library)) as connection:
        yield connection
