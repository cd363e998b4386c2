"""A little web of lanes that are alike: eight hosts with pages, each with one that has moved to the next host."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from litdb.demo.server import LittleWeb
from litdb.demo.sites.markup import document
from litdb.demo.wire import Call, Reply, moved, page

HOSTS, PAGES = 8, 6


def web() -> LittleWeb:
    """The hosts `h0.example` to `h7.example`."""
    return LittleWeb({f"h{number}.example": (partial(_site, number),) for number in range(HOSTS)})


def note() -> str:
    """A note that cites all their pages."""
    paths = ("moved", *(f"post/{number}" for number in range(1, PAGES)))
    return "\n".join(f"- <https://h{host}.example/{path}>" for path in paths for host in range(HOSTS))


def arrivals(calls: Iterable[Call]) -> Mapping[str, Sequence[float]]:
    """When each host was asked."""
    found = defaultdict(list)
    for call in calls:
        if call.method != "CONNECT":
            found[call.host].append(call.at)
    return found


def _site(number: int, call: Call) -> Reply | None:
    if call.path == "/moved":
        return moved(f"https://h{(number + 1) % HOSTS}.example/post/from-{number}")
    if call.path.startswith("/post/"):
        return page(document(f"Post {call.path[6:]} of host {number}", [("author", "Ada Lovelace")]))
    return None
