"""What is fuzzed: a reader for every kind of input that strangers write, with what must hold of what it reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from litdb.errors import InvalidUrl, LitdbError
from litdb.model import Answer, Identifier, Note, Request, Target
from litdb.notes import KINDS, read_note
from litdb.replay import read, references
from litdb.sources import identify, policy_for, source_named
from litdb.text.dates import cited_day, precision, read_iso, read_written, render_date
from litdb.text.urls import clean, read_url
from pages.hostile import Page, read_everything

TESTS = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases"
"""Inputs that once broke something, a folder for each target."""

SUFFIXES = tuple(suffix for suffix in KINDS if suffix != ".bib")
UNKNOWN = Identifier("url", "https://a.example/x")
NOW = "2026-11-21T04:00:00Z"
DATES = b"2022-08-30T12:00:00+02:00 03/04/2021 3. Mai 2021 May 3rd, 2021 2021 2021-W03 20210503 vor 3 Tagen".split(b" ")
URLS = ("identities.tsv", "different.tsv", "same.txt", "no_works.txt")


@dataclass(frozen=True)
class Fuzzed:
    """A reader of bytes, which may only raise `LitdbError`, and inputs to begin with."""

    read: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]


def read_any_note(data: bytes) -> None:
    """A note, whose kind its first byte tells."""
    _read_note(f"n{SUFFIXES[data[0] % len(SUFFIXES)] if data else '.md'}", data[1:])


def read_bib(data: bytes) -> None:
    """A bibliography in BibTeX."""
    _read_note("n.bib", data)


def _read_note(path: str, data: bytes) -> None:
    note = read_note(path, data, identify)
    _check_places(note, data)
    json.dumps(_plain(note), ensure_ascii=False).encode()


def _check_places(note: Note, data: bytes) -> None:
    """Every mention lies in the text, and ends behind its beginning."""
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for each in note.mentions:
        assert 1 <= each.line <= each.end_line <= 2 * lines + 2, each
        assert (each.line, each.column) < (each.end_line, each.end_column), each


def _plain(note: Note) -> object:
    """All that a note says and the library keeps, as JSON."""
    mentions = [(each.target, each.url, each.text, each.sentence, each.headings) for each in note.mentions]
    claims = [[claim.value, claim.how] for record in note.records for claim in record.claims]
    return [note.title, dict(note.front_matter), note.problems, mentions, claims]


def read_page(data: bytes) -> None:
    """A page of HTML."""
    read_everything(Page("fuzzed", data, "https://a.example/2020/01/02/a-post"))


def read_json(data: bytes) -> None:
    """An answer in JSON: the first byte tells to which question."""
    _read_answer("json", data)


def read_atom(data: bytes) -> None:
    """An answer in XML, most often Atom: the first byte tells to which question."""
    _read_answer("xml", data)


def _read_answer(kind: str, data: bytes) -> None:
    questions = [answer.request for answer in answers(kind)]
    if not data:
        return
    request = questions[data[0] % len(questions)]
    answer = Answer(request, 200, {}, data[1:], request.url, NOW)
    reading = read(answer, "a")
    references(answer)
    said = [[claim.value, claim.how] for record in reading.records for claim in record.claims]
    said += [[str(each), *outcome] for each, outcome in reading.outcomes.items()]
    json.dumps([*said, [each.url for each in reading.then]], ensure_ascii=False).encode()


@cache
def answers(kind: str) -> tuple[Answer, ...]:
    """The kept answers of this kind among the cases of the sources, with the question that each was one to."""
    beginning = {"json": (b"{", b"["), "xml": (b"<?xml", b"<feed", b"<rss")}[kind]
    found = []
    for case in sorted((TESTS / "sources").glob("*/*/expected.json")):
        for path in sorted(case.parent.iterdir()):
            if path != case and (body := path.read_bytes()).lstrip().startswith(beginning):
                found += [_answer(case, body)]
    return tuple(found)


def _answer(case: Path, body: bytes) -> Answer:
    expected = json.loads(case.read_text("utf-8"))
    targets = [Target(Identifier.parse(name)) for name in expected.get("asked", ())] or [Target(UNKNOWN)]
    source = source_named(case.parents[1].name)
    request = next(iter(source.plan(targets)), Request(source.name, UNKNOWN.value, tuple(targets)))
    request = replace(request, step=expected.get("step", request.step))
    return Answer(request, 200, {}, body, request.url, NOW)


def read_address(data: bytes) -> None:
    """An address: what was read once reads back as the same, and its work is that of its canonical address."""
    url = read_url(data.decode("utf-8", "replace"))
    assert str(read_url(str(url))) == str(url)
    assert clean(clean(url)) == clean(url)
    policy_for(url)
    found = identify(str(url))
    with suppress(InvalidUrl):
        again = identify(found.url)
        assert found.not_a_work or (again.identifier, again.url) == (found.identifier, found.url), (found, again)


def read_date(data: bytes) -> None:
    """A date as somebody wrote it: what is read is ISO, and can be written again."""
    text = data.decode("utf-8", "replace")
    for found in (read_iso(text), read_written(text), read_written(text, day_first=True)):
        if found is not None:
            assert precision(found)
            assert render_date(found, "%-d %B %Y")
            assert read_iso(cited_day(found)) == cited_day(found)


def _note_seeds() -> Iterable[bytes]:
    seeds = [*sorted((TESTS.parent / "seeds").glob("*.md")), *sorted((TESTS / "imports").glob("*.[jr]*"))]
    yield from (bytes([SUFFIXES.index(path.suffix)]) + path.read_bytes() for path in seeds)


def _page_seeds() -> Iterable[bytes]:
    yield from (path.read_bytes() for path in sorted((TESTS / "sources").glob("*/*/*.html")))


def _url_seeds() -> Iterable[bytes]:
    for name in URLS:
        for line in (TESTS / "sources" / name).read_bytes().splitlines():
            yield from (word for word in line.split(b"\t") if b"/" in word)


def _answer_seeds(kind: str) -> Iterable[bytes]:
    yield from (bytes([number % 256]) + answer.body for number, answer in enumerate(answers(kind)))


TARGETS: Mapping[str, Fuzzed] = {
    "notes": Fuzzed(read_any_note, _note_seeds),
    "html": Fuzzed(read_page, _page_seeds),
    "json": Fuzzed(read_json, lambda: _answer_seeds("json")),
    "atom": Fuzzed(read_atom, lambda: _answer_seeds("xml")),
    "bibtex": Fuzzed(read_bib, lambda: (path.read_bytes() for path in sorted((TESTS / "imports").glob("*.bib")))),
    "urls": Fuzzed(read_address, _url_seeds),
    "dates": Fuzzed(read_date, lambda: DATES),
}
"""Every target by name."""


def broken_by(name: str, data: bytes) -> Exception | None:
    """What reading an input raises that it must not."""
    try:
        TARGETS[name].read(data)
    except LitdbError:
        return None
    except Exception as error:  # noqa: BLE001 - whatever escapes is what this looks for
        return error
    return None
