"""Which addresses may stand in a commons: public ones, without a key that opens a door."""

from __future__ import annotations

from collections.abc import Collection

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
    """
    try:
        url = read_url(address)
    except InvalidUrl:
        return False
    return not refusal(url.host) and without_keys(address) == address and not url.on(*own)


def names_public(identifier: Identifier, own: Collection[str] = ()) -> bool:
    """The same of what an identifier names; what is no address names something public."""
    return identifier.scheme != "url" or is_public(identifier.value, own)
