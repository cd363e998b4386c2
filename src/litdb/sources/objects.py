"""JSON as sites send it: objects that may lack what one expects, and answers that are no JSON at all."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from litdb.model import Answer, Json, Outcome
from litdb.text.titles import clean_title

Object: TypeAlias = "Mapping[str, Json]"
Ending: TypeAlias = "tuple[Outcome, str]"

_BY_STATUS: Mapping[int, Ending] = {
    400: ("unsupported", "{} could not make sense of the question (400)"),
    401: ("forbidden", "{} wants a key (401)"),
    403: ("forbidden", "{} denies access (403)"),
    404: ("not-found", "{} does not know it (404)"),
    410: ("gone", "{} has taken it away (410)"),
    429: ("rate-limited", "{} asks to be asked less often (429)"),
}


_MARKS = re.compile(
    r"</?(?:[a-z]{1,5}:)?(?:i|b|u|em|strong|sub|sup|sc|scp|italic|bold|p|title|sec|span)\b[^<>]*>", re.IGNORECASE
)
_ESCAPED = re.compile(
    r"\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(?P<half>u[dD][89a-fA-F][\da-fA-F]{2})|.)", re.DOTALL
)
"""An escape of JSON: two that make one character, one that is the half of such a pair, another one."""
_LONGEST_NUMBER = 20
_COMPLAINTS = ("error", "errors", "exception")
_BY_WORDS: Sequence[tuple[re.Pattern[str], Outcome]] = (
    (re.compile(r"rate.?limit|too many|throttl|maxlag|try again", re.IGNORECASE), "rate-limited"),
    (re.compile(r"timeout|timed out", re.IGNORECASE), "timeout"),
    (re.compile(r"not.?found|does(?:n.t| not) exist|no such|no status", re.IGNORECASE), "not-found"),
)
"""What the words of a complaint mean; others mean that the question was not understood."""


def text(value: Object, key: str) -> str:
    """The text under a key; empty where there is none.

    >>> text({"title": " On trees "}, "title"), text({"title": None}, "title")
    ('On trees', '')
    """
    found = value.get(key)
    return found.strip() if isinstance(found, str) else ""


def number(value: Object, key: str) -> str:
    """The whole number under a key as a text, however it stands there; empty where there is none.

    >>> [number({"year": year}, "year") for year in (2019, "2019", None, True, [2019], 2019.5)]
    ['2019', '2019', '', '', '', '']
    """
    found = value.get(key)
    written = str(found) if type(found) in (int, str) else ""
    return written if written.isdecimal() and len(written) < _LONGEST_NUMBER else ""


def words(value: Object, key: str) -> str:
    """The text under a key as one reads it: registries keep titles with the publisher's marks in them.

    >>> words({"title": "On <i>E. coli</i> &amp; H<sub>2</sub>O "}, "title")
    'On E. coli & H2O'
    """
    return clean_title(_MARKS.sub("", text(value, key)))


def part(value: Object, key: str) -> Object:
    """The object under a key; empty where there is none."""
    found = value.get(key)
    return found if isinstance(found, Mapping) else {}


def parts(value: Object, key: str) -> tuple[Object, ...]:
    """The objects of the list under a key; none where there is no list."""
    found = value.get(key)
    return tuple(each for each in found if isinstance(each, Mapping)) if isinstance(found, list) else ()


def document(answer: Answer, service: str) -> tuple[Object, Ending | None]:
    """The object that a service answered with, or how it ended otherwise. `service` is its name for the reason."""
    found, refusal = data(answer, service)
    if refusal:
        return {}, refusal
    if not isinstance(found, Mapping):
        return {}, ("unsupported", f"{service} answers with something else than an object")
    told = complaint(found, service)
    return ({}, told) if told else (found, None)


def complaint(found: Object, service: str) -> Ending | None:
    """How an answer ended that is nothing but a complaint, whatever its status; None for every other.

    >>> complaint({"error": {"code": "maxlag", "info": "Waiting for a server"}}, "Wikipedia")
    ('rate-limited', 'Wikipedia complains: “maxlag: Waiting for a server”')
    >>> complaint({"error": None, "title": "On tea"}, "Substack")
    """
    said = next((found[key] for key in _COMPLAINTS if found.get(key)), None)
    if said is None:
        return None
    first = said[0] if isinstance(said, list) else said
    texts = first.values() if isinstance(first, Mapping) else (first,)
    told = ": ".join(each for each in texts if isinstance(each, str)) or "an error"
    outcome: Outcome = next((outcome for words, outcome in _BY_WORDS if words.search(told)), "unsupported")
    return outcome, f"{service} complains: “{clean_title(told)[:200]}”"


def data(answer: Answer, service: str) -> tuple[Json, Ending | None]:
    """The JSON that a service answered with, or how it ended otherwise.

    A page where JSON belongs asks for a browser; what is cut off or empty may be whole another time.
    """
    if refusal := refused(answer.status, service):
        return None, refusal
    if answer.body.lstrip()[:1] == b"<":
        return None, ("challenged", f"{service} sends a page where data belongs")
    try:
        return json.loads(without_halves(_decoded(answer.body))), None
    except (ValueError, RecursionError):
        return None, ("unreachable", f"the answer of {service} is empty or broken: it is no JSON")


def refused(status: int, service: str) -> Ending | None:
    """What a status says, or None where it says nothing against an answer.

    >>> refused(403, "Crossref"), refused(200, "Crossref")
    (('forbidden', 'Crossref denies access (403)'), None)
    """
    if status in _BY_STATUS:
        outcome, reason = _BY_STATUS[status]
        return outcome, reason.format(service)
    return ("unreachable", f"{service} failed ({status})") if status >= 500 else None


def read_json(text: str | bytes) -> Json:
    """The JSON that a text is; None for what is none.

    >>> read_json('{"a": [1]}'), read_json("{a")
    ({'a': [1]}, None)
    """
    try:
        found: Json = json.loads(without_halves(_decoded(text) if isinstance(text, bytes) else text))
    except (ValueError, RecursionError):
        return None
    return found


def without_halves(written: str) -> str:
    r"""JSON in which escaped halves of a pair stand for what they are: no character, which no file can hold.

    >>> print(without_halves(r'"\ud83c\udf75 \ud83c \\ud83c"'))
    "\ud83c\udf75 \ufffd \\ud83c"
    """
    return (
        _ESCAPED.sub(lambda found: r"\ufffd" if found["half"] else found[0], written) if "\\u" in written else written
    )


def _decoded(body: bytes) -> str:
    """JSON as text, by the rule of RFC 4627, section 3."""
    return body.decode(json.detect_encoding(body))
