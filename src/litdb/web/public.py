"""Which addresses may be shown to everybody: public ones, without a key that opens a door."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import unquote

from litdb.errors import InvalidUrl
from litdb.model import Identifier
from litdb.text.secrets import without_keys
from litdb.text.urls import read_url
from litdb.web.guard import refusal


def is_public(address: str, own: Collection[str] = ()) -> bool:
    """Whether an address is for everybody: an http(s) URL of a public host, none of the `own` ones, without a secret.

    >>> is_public("https://arxiv.org/abs/1"), is_public("http://10.0.0.1/"), is_public("https://x.org/?token=a1")
    (True, False, False)
    >>> is_public("https://me:secret@x.org/"), is_public("https://www.x.org/", own={"x.org"})
    (False, False)
    >>> is_public("https://x.org/?t%6Fken=a1"), is_public("https://x.org/?to=https%3A%2F%2Fy.org%3Ftoken%3Da1")
    (False, False)
    """
    try:
        url = read_url(address)
    except InvalidUrl:
        return False
    has_key = any(without_keys(each) != each for each in (address, unquote(address)))
    return not (refusal(url.host) or has_key or url.on(*own))


def names_public(identifier: Identifier, own: Collection[str] = ()) -> bool:
    """The same of what an identifier names; what is no address names something public."""
    return identifier.scheme != "url" or is_public(identifier.value, own)
