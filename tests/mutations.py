"""Answers of the cases with something changed in them, as careless sites send them, and what must hold of any reading.

`mutants` gives as many as one likes of an answer, always the same ones: parts of JSON are dropped, doubled, nested, of
another type or enormous; of other texts tags, quoted values and pieces are.
"""

from __future__ import annotations

import copy
import json
import random
import re
from dataclasses import replace

from litdb.model import Answer, Identifier, Name, Request, Target
from litdb.sources import identify, source_named
from litdb.text.dates import precision, read_iso
from source_cases import CASES, answer_to, expected_of

UNKNOWN = "https://a.example/x"
HUGE = "x " * 20_000
ODD = (
    *(None, "", " \n ", 0, -1, True, False, 10**30, 10**400, 1.5, float("nan"), [], {}, [None], {"a": None}, [[[[]]]]),
    *("x", "\ud800", "10.1000/\ud800", "<b>", "\0", "&amp;amp;lt;i&gt;", "null", HUGE, ["a", "b"], {"value": None}),
    *("2019-02-30", "0000-00-00", "1970-01-01T00:00:00Z", "http://[::1", "https://x.example/\0"),
)
"""What stands where something else belongs."""

BYTES = (b"", b"x", b"&amp;lt;", b"1970-01-01", b"\0", b"\xff\xfe", b"2019-13-45", b"&#0;", b"&#xD800;", b"9" * 400)
BYTES += (b"null", b"\\ud800", b"2019-02-30", b"http://[", b"\xc3", b"&quot;")
STRAY = (b"<![CDATA[", b"-->", b"<!--", b"}", b"{", b'"', b"\x0c", b"@", b"<x:y z=''>")
_TAG = re.compile(rb"<[^<>]{1,300}>")
_VALUE = re.compile(rb'"[^"<>]{0,200}"|: [^\n]{1,200}|\{[^{}]{1,100}\}')


def answers():
    """Every answer of the cases with its question, by the names of source, case and file."""
    for case in sorted(CASES.glob("*/*/expected.json")):
        for path in sorted(case.parent.iterdir()):
            if path != case and (request := _question(case.parent, path.name)):
                body = path.read_bytes()
                status = expected_of(case.parent).get("status", 200)
                yield str(path.relative_to(CASES)), answer_to(request, body, status)


def _question(case, name):
    """The question to which a file of a case is the answer; None for a page of which the case tells no address."""
    expected = expected_of(case)
    if name == "page.html" and (address := expected.get("page")):
        return Request("page", address, (Target(identify(address).identifier, (address,)),))
    if name == "page.html" and case.parent.name != "page":
        return None
    asked = expected.get("asked") or {str(identify(expected.get("page", UNKNOWN)).identifier): [UNKNOWN]}
    urls = asked if isinstance(asked, dict) else dict.fromkeys(asked, ())
    targets = tuple(Target(Identifier.parse(each), tuple(urls[each])) for each in urls)
    source = source_named(case.parent.name)
    planned = next(iter(source.plan(targets)), Request(source.name, UNKNOWN, targets))
    return replace(planned, asked=targets, step=expected.get("step", planned.step))


def mutants(name, body, count):
    """So many changed forms of a body, the same ones for the same name."""
    rng = random.Random(name)
    try:
        value = json.loads(body)
    except ValueError:
        value = None
    for _ in range(count):
        if value is None or rng.random() < 0.1:
            yield _text(rng, body)
        else:
            yield json.dumps(_json(rng, copy.deepcopy(value))).encode()


def _json(rng, value):
    places = [place for place in _places([value]) if place]
    for _ in range(rng.choice((1, 1, 2, 4))):
        holder, key = rng.choice(places)
        try:
            _change(rng, holder, key)
        except (KeyError, IndexError):
            continue  # an earlier change took it away
    return value


def _places(value):
    for key in value if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])


def _change(rng, holder, key):
    kind = rng.choice(("drop", "odd", "odd", "odd", "double", "other type", "nest", "enlarge"))
    part = holder[key]
    if kind == "drop":
        del holder[key]
    elif kind == "double" and isinstance(holder, list):
        holder.insert(key, copy.deepcopy(part))
    elif kind == "double":
        holder[key] = [part, part]
    elif kind == "other type":
        holder[key] = str(part) if type(part) in (int, float) else {"x": part}
    elif kind == "nest":
        for _ in range(40):
            holder[key] = [holder[key]]
    elif kind == "enlarge":
        holder[key] = part * 500 if isinstance(part, str | list) else 7
    else:
        holder[key] = rng.choice(ODD)


def _text(rng, body):
    for _ in range(rng.choice((1, 1, 2, 4))):
        start = rng.randrange(len(body) + 1)
        end = min(len(body), start + rng.randrange(200))
        tags, values = list(_TAG.finditer(body)), list(_VALUE.finditer(body))
        kind = rng.choice(
            ("cut", "lose", "repeat", "stray", *(("tag", "between") if tags else ()), *(["value"] if values else ()))
        )
        if kind == "cut":
            body = body[:start]
        elif kind == "lose":
            body = body[:start] + body[end:]
        elif kind == "repeat":
            body = body[:end] + body[start:end] * rng.choice((1, 50)) + body[end:]
        elif kind == "stray":
            body = body[:start] + rng.choice(STRAY) + body[start:]
        elif kind == "value":
            found = rng.choice(values)
            body = body[: found.start() + 1] + rng.choice(BYTES) + body[found.end() - 1 :]
        else:
            found = rng.choice(tags)
            body = body[: found.end()] + (found[0] if kind == "tag" else rng.choice(BYTES)) + body[found.end() :]
    return body


def check(answer: Answer, reading):
    """What must hold of any reading: nothing empty or of another type, real dates, text that a file can hold."""
    told = {*reading.outcomes, *(target.identifier for request in reading.then for target in request.asked)}
    assert set(answer.request.identifiers) <= told
    said = [f"{identifier} {' '.join(ending)}" for identifier, ending in reading.outcomes.items()]
    said += [request.url + request.body for request in reading.then]
    for record in reading.records:
        said += map(str, record.same)
        said += [f"{tie.subject} {tie.object} {tie.url} {tie.text}" for tie in record.relations]
        assert all(tie.subject != tie.object for tie in record.relations)
        for claim in record.claims:
            said.append(json.dumps(claim.value, ensure_ascii=False))
            _check_claim(claim)
    "".join(said).encode()


def check_references(found):
    """What must hold of what a work cites: words or an address, and no words that only Python would write."""
    for _, each in found:
        assert each.url or each.text
        assert not any(mark in each.text for mark in ("{'", "['", "None", "True"))
        f"{each.url}{each.text}{each.words}".encode()


def _check_claim(claim):
    if claim.field in ("authors", "editors"):
        assert claim.value
        assert all(Name.from_json(each).display.strip() for each in claim.value)
        assert all(isinstance(part, str) for each in claim.value for part in each.values())
        return
    assert isinstance(claim.value, str)
    assert claim.value == claim.value.strip() != ""
    assert not claim.value.startswith(("{'", "['"))
    assert claim.value not in ("None", "True", "False", "nan")
    if claim.field == "date":
        assert read_iso(claim.value) == claim.value
        assert (claim.precision, bool(claim.kind)) == (precision(claim.value), True)
