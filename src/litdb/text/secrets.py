"""What must not leave this machine: keys in addresses and in headers, told by their names."""

from __future__ import annotations

import re
from dataclasses import replace

from litdb.errors import InvalidUrl
from litdb.text.urls import read_url

HIDDEN = "hidden"
"""What stands in place of a secret in an address."""

_KEYS = frozenset(
    """access_key access_token api_key api-key apikey auth auth_token authtoken client_secret jwt key passwd password
    private_token pwd resourcekey secret session session_id sessionid sid sig signature subscription-key token
    x-amz-credential x-amz-security-token x-amz-signature x-goog-credential x-goog-signature""".split()
)
"""Query keys whose value opens a door; they are compared in lower case."""

_HEADERS = re.compile(r"auth|cookie|key|password|secret|session|token", re.IGNORECASE)


def is_secret_header(name: str) -> bool:
    """Whether a header may hold what nobody else is to see.

    >>> [name for name in ("Accept", "Authorization", "X-Api-Key", "Cookie") if is_secret_header(name)]
    ['Authorization', 'X-Api-Key', 'Cookie']
    """
    return bool(_HEADERS.search(name))


def without_keys(address: str) -> str:
    """An address in which the value of no key stands; what is no http(s) address stays as it is.

    >>> without_keys("https://files.example/a.pdf?page=2&X-Amz-Signature=0a1b")
    'https://files.example/a.pdf?page=2&X-Amz-Signature=hidden'
    >>> without_keys("https://files.example/a.pdf?monkey=2")
    'https://files.example/a.pdf?monkey=2'
    """
    try:
        url = read_url(address)
    except InvalidUrl:
        return address
    hidden = tuple((name, HIDDEN if value and name.lower() in _KEYS else value) for name, value in url.query)
    return address if hidden == url.query else str(replace(url, query=hidden))
