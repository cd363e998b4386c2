"""How a request ends without an answer, in words: the errors of the network libraries become outcomes here."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator

import urllib3.exceptions

from litdb.model import Outcome
from litdb.text.secrets import without_secrets

Kinds = type[BaseException] | tuple[type[BaseException], ...]


class Ended(Exception):
    """A request brought no answer: the outcome, the reason in words, and when to try again if that is known.

    It never leaves this room: `Client.fetch` makes a `Failure` of it. No reason says a password, of a proxy neither.
    """

    def __init__(self, outcome: Outcome, reason: str, retry_at: str = "") -> None:
        self.outcome = outcome
        self.reason = without_secrets(reason)
        super().__init__(self.reason)
        self.retry_at = retry_at


_HUNG_UP = "{peer} hung up before its answer was complete"

_EXCHANGE: tuple[tuple[Kinds, Outcome, str], ...] = (
    (ssl.SSLCertVerificationError, "unreachable", "the certificate of {peer} is not valid: {detail}"),
    (ssl.SSLEOFError, "unreachable", _HUNG_UP),
    (ssl.SSLError, "unreachable", "{peer} could not agree on an encrypted connection: {detail}"),
    (urllib3.exceptions.ProxyError, "unreachable", "the proxy would not connect to {peer}: {detail}"),
    ((TimeoutError, urllib3.exceptions.TimeoutError), "timeout", "{peer} did not answer in time"),
    ((http.client.IncompleteRead, urllib3.exceptions.IncompleteRead), "unreachable", _HUNG_UP),
    (ConnectionError, "unreachable", _HUNG_UP),
    ((http.client.HTTPException, urllib3.exceptions.InvalidHeader), "unreachable", "{peer} sent no valid HTTP answer"),
)
"""What goes wrong after the connection stands, the most telling cause first."""

_CONNECTING: tuple[tuple[Kinds, Outcome, str], ...] = (
    (TimeoutError, "unreachable", "{peer} did not take the connection"),
    (ConnectionRefusedError, "unreachable", "{peer} refused the connection"),
    (OSError, "unreachable", "{peer} could not be reached: {detail}"),
)


def unconnected(error: OSError, peer: str) -> Ended:
    """The ending of a connection that never stood.

    >>> unconnected(ConnectionRefusedError(111, "Connection refused"), "example.org").reason
    'example.org refused the connection'
    """
    return _first(_CONNECTING, (error,), peer) or Ended("unreachable", f"{peer} could not be reached")


def not_found(error: OSError | UnicodeError, peer: str) -> Ended:
    """The ending of a name that could not be looked up: unknown, or nobody there to tell."""
    if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
        return Ended("unreachable", f"{peer} could not be looked up: no name server answered")
    return Ended("unreachable", f"{peer} could not be found")


def broken_off(error: BaseException, peer: str) -> Ended:
    """The ending of an exchange that went wrong after the connection stood.

    >>> broken_off(http.client.BadStatusLine("SSH-2.0"), "example.org").reason
    'example.org sent no valid HTTP answer'
    """
    causes = tuple(_causes(error))
    return _first(_EXCHANGE, causes, peer) or Ended("unsupported", f"{peer} cannot be asked: {error}")


def _first(rows: tuple[tuple[Kinds, Outcome, str], ...], causes: tuple[BaseException, ...], peer: str) -> Ended | None:
    for kinds, outcome, words in rows:
        for cause in causes:
            if isinstance(cause, kinds):
                return Ended(outcome, words.format(peer=peer, detail=_detail(cause)))
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    yield error
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)
    if error.__context__ is not None and error.__context__ is not error.__cause__:
        yield from _causes(error.__context__)


def _detail(cause: BaseException) -> str:
    inner = getattr(cause, "original_error", cause)
    telling = (getattr(inner, name, None) for name in ("verify_message", "reason", "strerror"))
    return next((text for text in telling if isinstance(text, str) and text), str(inner))
