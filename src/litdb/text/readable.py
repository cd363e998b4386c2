"""Addresses as people read them."""

from __future__ import annotations

import re

_BEYOND_ASCII = re.compile(r"(?:%[89A-F][0-9A-F])+", re.IGNORECASE)


def readable(address: str) -> str:
    """A host and path in the letters that they stand for (RFC 3987, section 3.2; RFC 3490), where these can be seen.

    >>> readable("xn--mnchen-3ya.example/K%C3%BCnstliche_Intelligenz%20a")
    'münchen.example/Künstliche_Intelligenz%20a'
    >>> readable("a.example/%FF%E2%80%AE"), readable("xn--a.example")
    ('a.example/%FF%E2%80%AE', 'xn--a.example')
    """
    host, slash, path = address.partition("/")
    return f"{'.'.join(map(_label, host.split('.')))}{slash}{_BEYOND_ASCII.sub(_letters, path)}"


def _label(label: str) -> str:
    """A part of a host's name; one that is no good Punycode stays as it is."""
    if not label.startswith("xn--"):
        return label
    try:
        return _seen(label.encode("ascii").decode("idna"), label)
    except UnicodeError:
        return label


def _letters(escaped: re.Match[str]) -> str:
    try:
        return _seen(bytes.fromhex(escaped[0].replace("%", "")).decode(), escaped[0])
    except UnicodeDecodeError:
        return escaped[0]


def _seen(letters: str, otherwise: str) -> str:
    """Nothing that is unseen, a blank or a mark of direction: `str.isprintable` knows them."""
    return letters if letters.isprintable() else otherwise
