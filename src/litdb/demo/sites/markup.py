"""Pages of HTML in the shapes that publishing systems write."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

_PROPERTIES = ("og:", "article:", "profile:")


def document(
    title: str,
    tags: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    linked: Sequence[Mapping[str, Any]] = (),
    head: str = "",
    body: str = "",
) -> str:
    """A page: its `<title>`, meta tags (the empty ones left out), blocks of JSON-LD, further head, body.

    >>> document("A", {"og:title": "A & B", "author": ""}, body="<p>x</p>")
    '<!DOCTYPE html>\\n<html lang="en"><head><meta charset="utf-8"><title>A</title>\
<meta property="og:title" content="A &amp; B"></head><body><p>x</p></body></html>'
    """
    pairs = tags.items() if isinstance(tags, Mapping) else tags
    metas = "".join(
        f'<meta {"property" if name.startswith(_PROPERTIES) else "name"}="{name}" content="{escape(value)}">'
        for name, value in pairs
        if value
    )
    blocks = "".join(
        f'<script type="application/ld+json">{json.dumps(block, ensure_ascii=False)}</script>' for block in linked
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"{metas}{head}{blocks}</head><body>{body}</body></html>"
    )


def canonical(url: str) -> str:
    """The link that names a page's own address."""
    return f'<link rel="canonical" href="{escape(url)}">'
