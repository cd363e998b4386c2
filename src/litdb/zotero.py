"""The library of a Zotero that runs on this machine, through its local API: only ever read.

The API is that of zotero.org (version 3) at port 23119, without a key, for user 0, who sits before the machine
(zotero.org/support/dev/web_api/v3/local_api). It answers 403 until it is allowed in Zotero's settings. Older versions
send everything at once; others say in `Link` where the next page is, as the web API does (RFC 8288).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from litdb.errors import InvalidUrl, NoteError, UsageError
from litdb.model import Answer, Failure, Request
from litdb.text.urls import read_url

ADDRESS = "http://127.0.0.1:23119"
"""Where Zotero listens unless it was told otherwise."""

HOSTS = ("127.0.0.1", "localhost", "::1")
"""This machine: the only private hosts that may be asked, and only for this."""

ITEMS = "/api/users/0/items/top?format=csljson&limit=100&itemType=-attachment&itemType=-note"

MOST_BYTES = 500_000_000
LONGEST_SECONDS = 300.0
"""Limits for one answer: a whole library may come at once, made item by item."""

_HEADERS = (("Zotero-API-Version", "3"),)
_NEXT = re.compile(r"<([^<>]+)>\s*;\s*rel=\"?next\"?")
_MOST_PAGES = 10_000
_HOW_TO_ALLOW = "Settings → Advanced → “Allow other applications on this computer to communicate with Zotero”"

Fetch = Callable[[Request], "Answer | Failure"]


def local_host(address: str) -> str:
    """The host of an address on this machine. Raises `UsageError` for any other.

    >>> local_host("http://localhost:23119")
    'localhost'
    """
    try:
        host = read_url(address).host
    except InvalidUrl as error:
        raise UsageError(f"--zotero takes the address of a Zotero: {error}") from error
    if host not in HOSTS:
        raise UsageError(f"{address} is not on this machine; Zotero's local API is, at {ADDRESS}.")
    return host


def library(address: str, fetch: Fetch) -> str:
    """All items as CSL-JSON, one a line. Raises `NoteError` with what to do where Zotero does not answer so."""
    items: list[object] = []
    url = address.rstrip("/") + ITEMS
    for _ in range(_MOST_PAGES):
        answer = _answer(address, fetch(Request("zotero", url, (), headers=_HEADERS)))
        items += _items(address, answer)
        url = _next_page(address, answer)
        if not url:
            return "[\n " + ",\n ".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]\n"
    raise NoteError(f"Zotero at {address} has more than {_MOST_PAGES} pages of items, so something is wrong with it.")


def _answer(address: str, ended: Answer | Failure) -> Answer:
    if isinstance(ended, Failure):
        raise NoteError(
            f"No Zotero answers at {address}: {ended.reason}. Start Zotero, and allow it there: {_HOW_TO_ALLOW}."
        )
    if ended.status == 403:
        raise NoteError(f"Zotero at {address} does not let other programs read. Allow it: {_HOW_TO_ALLOW}.")
    if ended.status != 200:
        raise NoteError(
            f"What answers at {address} is no Zotero with a local API (status {ended.status}); Zotero 7 or newer is."
        )
    return ended


def _items(address: str, answer: Answer) -> list[object]:
    """The items of a page: a list, or an object that holds it, as the web API writes."""
    try:
        said = json.loads(answer.body)
    except ValueError as error:
        raise NoteError(f"What answers at {address} is no Zotero: its answer is no JSON.") from error
    items = said.get("items") if isinstance(said, dict) else said
    if not isinstance(items, list):
        raise NoteError(f"What answers at {address} is no Zotero: its answer is no list of items.")
    return items


def _next_page(address: str, answer: Answer) -> str:
    """The address of the next page, or empty; never one of another server."""
    found = _NEXT.search(answer.headers.get("link", ""))
    if not found:
        return ""
    here, there = read_url(address), read_url(found[1])
    return found[1] if (here.host, here.port) == (there.host, there.port) else ""
