"""The Wayback Machine: the index of captures (CDX) and the captures themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import format_datetime

from litdb.demo.wire import Call, Part, Reply, data, moved, page

_FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as it was kept: its address, 14 digits of time, and the HTML."""

    url: str
    timestamp: str
    html: str
    status: int = 200


def wayback(captures: Iterable[Capture]) -> dict[str, Sequence[Part]]:
    """web.archive.org with these captures and no others."""
    kept = sorted(captures, key=lambda capture: capture.timestamp)
    return {"web.archive.org": (_index(kept), _replay(kept))}


def _same(one: str, other: str) -> bool:
    """Whether two addresses have one key in the index: scheme, `www.` and a final slash do not count."""
    first, second = (re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/").lower() for url in (one, other))
    return first == second


def _index(kept: Sequence[Capture]) -> Part:
    def part(call: Call) -> Reply | None:
        if call.path.rstrip("/") != "/cdx/search/cdx":
            return None
        found = [capture for capture in kept if _same(capture.url, call.get("url"))]
        if "statuscode:200" in call.query.replace("%3A", ":"):
            found = [capture for capture in found if capture.status == 200]
        if closest := call.get("closest"):
            found.sort(key=lambda capture: abs(int(capture.timestamp) - int(closest.ljust(14, "0"))))
        names = [name for name in call.get("fl").split(",") if name] or list(_FIELDS)
        rows = [_row(capture, names) for capture in found[: int(call.get("limit") or "1000")]]
        if call.get("output") != "json":
            return Reply(200, "".join(" ".join(row) + "\n" for row in rows).encode())
        return data([names, *rows] if rows else [])

    return part


def _row(capture: Capture, names: Sequence[str]) -> list[str]:
    values = {
        "urlkey": re.sub(r"^https?://", "", capture.url),
        "timestamp": capture.timestamp,
        "original": capture.url,
        "mimetype": "text/html",
        "statuscode": str(capture.status),
        "digest": "LITTLEWEB",
        "length": str(len(capture.html)),
    }
    return [values[name] for name in names]


def _replay(kept: Sequence[Capture]) -> Part:
    """A capture, or a redirect to the one nearest in time, which may be months away."""

    def part(call: Call) -> Reply | None:
        match = re.fullmatch(r"/web/(\d{4,14})(id_)?/(.+)", call.url.partition(call.host)[2])
        near = [capture for capture in kept if match and _same(capture.url, match[3])]
        if not match or not near:
            return None
        wanted = match[1].ljust(14, "0")
        best = min(near, key=lambda capture: abs(int(capture.timestamp) - int(wanted)))
        if best.timestamp != wanted:
            return moved(f"https://web.archive.org/web/{best.timestamp}{match[2] or ''}/{best.url}", 302)
        taken = datetime.strptime(wanted, "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
        return page(best.html, best.status).with_headers(
            ("Memento-Datetime", format_datetime(taken, usegmt=True)),
            ("Link", f'<{best.url}>; rel="original"'),
            ("x-archive-orig-content-type", "text/html; charset=utf-8"),
        )

    return part
