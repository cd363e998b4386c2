"""What became of addresses: where they have moved for good."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from litdb.database.connection import reading_address

PERMANENT = frozenset({301, 308})
"""RFC 9110, sections 15.4.2 and 15.4.9: the old address is to be replaced."""


def moved_for_good(library: sqlite3.Connection, journal: Path) -> dict[str, str]:
    """The new address by the one that was asked: where the latest good answer came by permanent redirects only.

    The journal is read beside an open library; one that is not there knows of none.
    """
    if not journal.exists():
        return {}
    moved: dict[str, str] = {}
    library.execute("ATTACH ? AS journal", (reading_address(journal),))
    for asked, url, hops in library.execute(
        "SELECT address, url, hops FROM journal.answers WHERE method = 'GET' AND status = 200 ORDER BY at, id"
    ):
        statuses = {status for status, _ in json.loads(hops)}
        if statuses and statuses <= PERMANENT:
            moved[asked] = url
        else:
            moved.pop(asked, None)
    return moved
