"""Where addresses have moved for good, as the journal's answers say."""

from __future__ import annotations

import json
import sqlite3

PERMANENT = frozenset({301, 308})
"""RFC 9110, sections 15.4.2 and 15.4.9: the old address is to be replaced."""


def moved_for_good(journal: sqlite3.Connection) -> dict[str, str]:
    """The new address by the one that was asked: where the latest good answer came by permanent redirects only."""
    moved: dict[str, str] = {}
    for asked, url, hops in journal.execute(
        "SELECT address, url, hops FROM answers WHERE method = 'GET' AND status = 200 ORDER BY at, id"
    ):
        statuses = {status for status, _ in json.loads(hops)}
        if statuses and statuses <= PERMANENT:
            moved[asked] = url
        else:
            moved.pop(asked, None)
    return moved
