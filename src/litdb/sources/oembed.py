"""oEmbed: what a site says of one address for those who embed it (oembed.com, version 1.0)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from litdb.model import Answer, Json, Outcome

Embedding = Mapping[str, Json]


def oembed_url(endpoint: str, address: str, **further: str) -> str:
    """The URL that asks an endpoint about an address.

    >>> oembed_url("https://publish.x.com/oembed", "https://x.com/a/status/1", dnt="true")
    'https://publish.x.com/oembed?url=https%3A%2F%2Fx.com%2Fa%2Fstatus%2F1&dnt=true'
    """
    return f"{endpoint}?{urlencode({'url': address, **further}, quote_via=quote, safe='')}"


def read_embedding(answer: Answer) -> tuple[Embedding, tuple[Outcome, str] | None]:
    """The object that was answered, or how it is none: HTML where JSON belongs asks for a browser, the rest is cut."""
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        if answer.body.lstrip()[:1] == b"<":
            return {}, ("challenged", "the embedding service sends a page where JSON belongs")
        return {}, ("unreachable", "the answer of the embedding service is cut off, or is no JSON")
    if not isinstance(found, dict) or not found:
        return {}, ("unreachable", "the embedding service answers with nothing about it")
    return found, None
