"""What must not leave this machine: logins and keys in addresses, and headers that may hold one."""

from __future__ import annotations

import re

HIDDEN = "hidden"
"""What stands in place of a secret in an address."""

_KEYS = frozenset(
    """access_key access_token api_key api-key apikey auth auth_token authtoken client_secret jwt key passwd password
    private_token pwd resourcekey secret session session_id sessionid sid sig signature subscription-key token
    x-amz-credential x-amz-security-token x-amz-signature x-goog-credential x-goog-signature""".split()
)
"""Query keys whose value opens a door; they are compared in lower case."""

_NAMES = "|".join(map(re.escape, sorted(_KEYS)))
_IN_QUERY = re.compile(rf"""([?&#](?:{_NAMES})=)[^&#\s"'<>]+""", re.IGNORECASE)
_IN_PATH = re.compile(r"""(;(?:jsessionid|phpsessid|sessionid|sid)=)[^/;?#\s"'<>]+""", re.IGNORECASE)
_LOGIN = re.compile(r"(?<=://)[^/?#\s@<>()\[\]]+@|(?<=%3A%2F%2F)[^/\s&%]+(?:%3A[^/\s&%]*)?%40", re.IGNORECASE)
_HEADERS = re.compile(r"auth|cookie|key|password|secret|session|token", re.IGNORECASE)


def is_secret_header(name: str) -> bool:
    """Whether a header may hold what nobody else is to see.

    >>> [name for name in ("Accept", "Authorization", "X-Api-Key", "Cookie") if is_secret_header(name)]
    ['Authorization', 'X-Api-Key', 'Cookie']
    """
    return bool(_HEADERS.search(name))


def without_keys(text: str) -> str:
    """A text in whose addresses the value of no key stands: in queries, in fragments, in session ids of paths.

    >>> without_keys("https://files.example/a.pdf?page=2&X-Amz-Signature=0a1b")
    'https://files.example/a.pdf?page=2&X-Amz-Signature=hidden'
    >>> without_keys("</next?token=0a1b>; rel=next, </a;jsessionid=0a1b?page=2>; rel=prev")
    '</next?token=hidden>; rel=next, </a;jsessionid=hidden?page=2>; rel=prev'
    >>> without_keys("https://files.example/a.pdf?monkey=2")
    'https://files.example/a.pdf?monkey=2'
    """
    return _IN_PATH.sub(rf"\g<1>{HIDDEN}", _IN_QUERY.sub(rf"\g<1>{HIDDEN}", text))


def without_secrets(text: str) -> str:
    """A text in which no URL says a user name or a password.

    >>> without_secrets("see https://me:secret@example.org/x")
    'see https://…@example.org/x'
    >>> without_secrets("https://example.org?mail=a@b.org")
    'https://example.org?mail=a@b.org'
    """
    return _LOGIN.sub("…@", text) if "@" in text or "%40" in text else text
