"""oEmbed: what a site says of one address for those who embed it (oembed.com, version 1.0)."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from litdb.model import Answer
from litdb.sources.objects import Ending, Object, document


def oembed_url(endpoint: str, address: str, **further: str) -> str:
    """The URL that asks an endpoint about an address.

    >>> oembed_url("https://publish.x.com/oembed", "https://x.com/a/status/1", dnt="true")
    'https://publish.x.com/oembed?url=https%3A%2F%2Fx.com%2Fa%2Fstatus%2F1&dnt=true'
    """
    return f"{endpoint}?{urlencode({'url': address, **further}, quote_via=quote, safe='')}"


def read_embedding(answer: Answer) -> tuple[Object, Ending | None]:
    """The object that was answered, or how it is none."""
    found, refusal = document(answer, "the embedding service")
    if not found and not refusal:
        return {}, ("unreachable", "the embedding service answers with nothing about it")
    return found, refusal
