"""Values for the empty keys of a note's front matter, as YAML that says just that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litdb.export.escape import one_line
from litdb.export.references import people
from litdb.model import Work
from litdb.notes.others import authors
from litdb.notes.patching import Edit

_EMPTY = re.compile(
    r"""^(?P<key>author|authors|date|published|title):(?P<blank>[ \t]?)[ \t]*(?P<null>(?<=[ \t])(?:null|Null|NULL|~))?
        (?=[ \t]*\r?\n(?![ \t-]))""",
    re.MULTILINE | re.VERBOSE,
)
"""A key without a value, and without a block of values below it."""

_PLAIN = re.compile(r"[^\W\d_][\w ,.'’()/-]*\Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_WORDS = frozenset("yes no on off true false null y n".split())
"""What means something else in YAML when it stands without quotes (YAML 1.1, bool and null)."""


def filled_keys(written: str, end: int, work: Work) -> Iterator[Edit]:
    r"""What fills the empty keys up to an offset, where the work has a value for them.

    >>> from litdb.model import Identifier, Name
    >>> work = Work(Identifier("url", "u"), (), "k", "post", "u", "On: [x]", authors=(Name("Ngo", "Richard"),))
    >>> front = "---\nauthor: null\ntitle:\ndate:\n---"
    >>> [(front[each.start : each.end], each.text) for each in filled_keys(front, len(front), work)]
    [('null', 'Richard Ngo'), ('', " 'On: [x]'")]
    """
    known = {"author": people(authors(work), "full"), "date": work.date, "title": one_line(work.title)}
    known |= {"authors": known["author"], "published": work.date}
    for found in _EMPTY.finditer(written, 0, end):
        value = known[found["key"]]
        if value and found["null"]:
            yield Edit(*found.span("null"), yaml_scalar(value))
        elif value:
            place = found.end("blank")
            yield Edit(place, place, f"{'' if found['blank'] else ' '}{yaml_scalar(value)}")


def yaml_scalar(value: str) -> str:
    """A text as YAML: plain where it can mean nothing else, a day as it is, the rest in single quotes.

    >>> yaml_scalar("Richard Ngo"), yaml_scalar("2022-08-30"), yaml_scalar("No"), yaml_scalar("it's: so")
    ('Richard Ngo', '2022-08-30', "'No'", "'it''s: so'")
    """
    is_plain = _PLAIN.match(value) and value.lower() not in _WORDS and not value.endswith(" ")
    return value if is_plain or _DAY.match(value) else "'" + value.replace("'", "''") + "'"
