"""JSON as sites send it: objects that may lack what one expects, and answers that are no JSON at all."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
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


def text(value: Object, key: str) -> str:
    """The text under a key; empty where there is none.

    >>> text({"title": " On trees "}, "title"), text({"title": None}, "title")
    ('On trees', '')
    """
    found = value.get(key)
    return found.strip() if isinstance(found, str) else ""


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
    return found, None


def data(answer: Answer, service: str) -> tuple[Json, Ending | None]:
    """The JSON that a service answered with, or how it ended otherwise.

    A page where JSON belongs asks for a browser; what is cut off or empty may be whole another time.
    """
    if refusal := refused(answer.status, service):
        return None, refusal
    if answer.body.lstrip()[:1] == b"<":
        return None, ("challenged", f"{service} sends a page where data belongs")
    try:
        return json.loads(answer.body), None
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
        found: Json = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found
