"""A library of any size, invented: for figures and pictures of how litdb holds up, made in seconds without a crawl.

Words and people are as uneven as in life (Zipf), so that some are everywhere and most are rare. The first works are
hostile: their titles, names and addresses try what a page on the web may try.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

from litdb.database.connection import row_id
from litdb.database.library import Library, Row

HOSTILE = (
    "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\"> & other titles",
    "A title that \u202eturns round\u202c, blinks \x1b[31mred\x1b[0m and has a \u200b\ufeffhidden\u2066 part",
    "Unbroken" + "andalongwordwithoutanyroomtobreak" * 30,
    "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd, a title in two directions, \u0645\u0631\u062d\u0628\u0627",
    "Z" + "\u0301\u0327\u0334\u0336\u0338" * 40 + "algo climbs out of its line",
    "'; DROP TABLE works; -- {{ 7 * 7 }} ${alert(1)} %s {% raw %}",
    "Long: " + "a title of very many words that nobody would call a title any more " * 20,
)
"""Titles that have to be shown as text, whole, and without breaking a page."""

HOSTILE_URL = "javascript:document.title='run'"
NOTES_EVERY, CLAIMS = 250, ("title", "authors", "date", "container")
SITES = (
    ("preprint", "arXiv", "arxiv"),
    ("post", "LessWrong", "forum"),
    ("post-weblog", "Notes from the Greenhouse", "url"),
    ("article-journal", "Journal of Invented Gardening", "doi"),
    ("paper-conference", "Invented Proceedings", "doi"),
    ("comment", "LessWrong", "forum-comment"),
    ("motion_picture", "YouTube", "youtube"),
    ("webpage", "almanac.example", "url"),
)
OUTCOMES = ("ok",) * 17 + ("partial", "challenged", "not-found")
FOUND = ("inline-link",) * 6 + ("autolink", "bare-url", "key", "reference-link")
TAGS = "alignment gardens reading later agents oversight scaling honesty draft evals survey hedges".split()
_SYLLABLES = "al be co di en for ga hu in ka li mo nu or pe qui ra so ta ul ve wi xe yo zan".split()


class Zipf:
    """Draws places of a list, the earlier the more often (the n-th 1/n as often as the first)."""

    def __init__(self, size: int) -> None:
        self._steps = list(accumulate(1 / rank for rank in range(1, size + 1)))

    def draw(self, dice: Random) -> int:
        """One place."""
        return bisect_left(self._steps, dice.random() * self._steps[-1])


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what there is to draw from."""

    words: Sequence[str]
    people: Sequence[tuple[str, str]]

    @classmethod
    def of(cls, size: int, dice: Random) -> Cast:
        """As many words and people as so many works have."""
        words = ["".join(dice.choices(_SYLLABLES, k=dice.choice((1, 2, 2, 3)))) for _ in range(5_000)]
        given = ["".join(dice.choices(_SYLLABLES, k=2)).title() for _ in range(400)]
        family = ["".join(dice.choices(_SYLLABLES, k=3)).title() for _ in range(max(20, size // 3))]
        return cls(words, [(dice.choice(given), each) for each in dict.fromkeys(family)])


def make_library(path: Path, works: int = 100_000, mentions: int = 500_000) -> None:
    """Write an invented library of so many works and mentions. The same figures give the same library."""
    dice = Random(20221216)  # noqa: S311 - no secret
    cast = Cast.of(works, dice)
    cited = list(_works(works, cast, dice))
    notes = [_note(number, dice) for number in range(max(1, mentions // NOTES_EVERY))]
    tables: dict[str, list[Row]] = {
        "notes": notes,
        "works": [row for row, _ in cited],
        "keys": [{"key": row["key"], "work": row["id"], "current": 1} for row, _ in cited],
        "people": [_person(given, family) for given, family in cast.people],
        "identifiers": [_identifier(row) for row, _ in cited],
        "authorships": [each for row, people in cited for each in _authorships(row, people)],
        "mentions": list(_mentions(mentions, notes, [row for row, _ in cited], cast, dice)),
        "relations": list(_relations([row for row, _ in cited], dice)),
        "records": [_record(row, source) for row, _ in cited for source in _sources(row)],
        "claims": [each for row, _ in cited for source in _sources(row) for each in _claims(row, source)],
        "attempts": [_attempt(row) for row, _ in cited],
    }
    counts: dict[object, int] = {}
    for mention in tables["mentions"]:
        counts[mention["work"]] = counts.get(mention["work"], 0) + 1
    tables["works"] = [{**row, "mentions": counts.get(row["id"], 0)} for row in tables["works"]]
    with Library(path) as library:
        library.replace({name: sorted(rows, key=_place) for name, rows in tables.items()})


def _place(row: Row) -> tuple[int, str]:
    """Where a row comes to stand in its table: SQLite is much faster at appending than at putting rows in between."""
    return int(row.get("id") or 0), str(row.get("work", ""))


def _works(size: int, cast: Cast, dice: Random) -> Iterator[tuple[Row, Sequence[tuple[str, str]]]]:
    word, person, site = Zipf(len(cast.words)), Zipf(len(cast.people)), Zipf(len(SITES))
    for number in range(size):
        people = list(dict.fromkeys(cast.people[person.draw(dice)] for _ in range(dice.choice((1, 1, 2, 3, 4, 8)))))
        kind, container, scheme = SITES[site.draw(dice)]
        drawn = [cast.words[word.draw(dice)] for _ in range(dice.randrange(3, 12))]
        title = HOSTILE[number] if number < len(HOSTILE) else " ".join(drawn).capitalize()
        year = 2024 - min(24, int(dice.expovariate(0.25)))
        date = "" if number % 40 == 39 else f"{year}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
        value = f"https://made.example/{number}" if scheme == "url" else f"{year % 100:02}01.{number:06}"
        outcome = dice.choice(OUTCOMES)
        yield _work(number, title, people, date, (kind, container, f"{scheme}:{value}"), outcome, dice, cast), people


def _work(
    number: int,
    title: str,
    people: Sequence[tuple[str, str]],
    date: str,
    where: tuple[str, str, str],
    outcome: str,
    dice: Random,
    cast: Cast,
) -> Row:
    kind, container, identifier = where
    return {
        "id": row_id("work", identifier),
        "key": f"{people[0][1].lower()}{number}",
        "title": title,
        "label": title,
        "people": ", ".join(f"{given} {family}" for given, family in people),
        "date": date or None,
        "year": int(date[:4]) if date else None,
        "type": kind,
        "container": container,
        "url": HOSTILE_URL if number < len(HOSTILE) else f"https://made.example/{number}",
        "outcome": outcome,
        "reason": None if outcome == "ok" else "an invented reason",
        "cited": 1,
        "markup": "plain",
        "abstract": " ".join(dice.choices(cast.words, k=80)) if number % 2 else None,
        "identifier": identifier,
    }


def _note(number: int, dice: Random) -> Row:
    path = f"notes/{TAGS[number % len(TAGS)]}/note-{number:05}.md"
    matter = {"tags": dice.sample(TAGS, k=dice.randrange(1, 4)), "status": dice.choice(("draft", "done", "open"))}
    return {
        "id": row_id("note", path),
        "path": path,
        "title": f"Note {number}",
        "kind": "markdown",
        "date": f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "mentions": NOTES_EVERY,
        "front_matter": json.dumps(matter),
        "sha256": f"{number:064x}",
    }


def _mentions(size: int, notes: Sequence[Row], works: Sequence[Row], cast: Cast, dice: Random) -> Iterator[Row]:
    often = Zipf(len(works))
    for number in range(size):
        note, line = notes[number // NOTES_EVERY % len(notes)], number % NOTES_EVERY + 1
        work = works[number] if number < len(works) else works[often.draw(dice)]
        words = dice.choices(cast.words, k=12)
        yield {
            "id": row_id("mention", str(number)),
            "note": note["id"],
            "work": work["id"],
            "line": line,
            "column": 3,
            "end_line": line,
            "end_column": 40,
            "target": work["url"],
            "url": work["url"],
            "text": " ".join(words[:3]),
            "found": dice.choice(FOUND),
            "headings": '["Reading"]',
            "sentence": f"{str(work['label'])[:200]} says {' '.join(words)}.",
        }


def _person(given: str, family: str) -> Row:
    return {"id": _person_id(given, family), "name": f"{given} {family}", "family": family, "given": given}


def _person_id(given: str, family: str) -> int:
    return row_id("person", given, family)


def _identifier(work: Row) -> Row:
    scheme, _, value = str(work["identifier"]).partition(":")
    return {"scheme": scheme, "value": value, "work": work["id"]}


def _authorships(work: Row, people: Sequence[tuple[str, str]]) -> Iterator[Row]:
    for position, person in enumerate(people, 1):
        yield {"work": work["id"], "role": "author", "position": position, "person": _person_id(*person)}


def _relations(works: Sequence[Row], dice: Random) -> Iterator[Row]:
    for number, work in enumerate(works[1::10]):
        kind = ("version-of", "comment-on", "about", "cites")[number % 4]
        other = dice.choice(works)
        if other is not work:
            row = {"subject": work["id"], "kind": kind, "object": other["id"], "source": "invented", "how": "made"}
            yield row | {"id": row_id("relation", str(work["id"]), kind, str(other["id"]))}


def _sources(work: Row) -> tuple[str, ...]:
    return ("registry", "page") if isinstance(work["id"], int) and work["id"] % 3 == 0 else ("page",)


def _record(work: Row, source: str) -> Row:
    return {
        "id": row_id("record", source, str(work["identifier"])),
        "work": work["id"],
        "source": source,
        "identifier": work["identifier"],
        "at": "2026-11-21T03:54:00Z",
        "superseded": 0,
    }


def _claims(work: Row, source: str) -> Iterator[Row]:
    is_believed = source == _sources(work)[0]
    for position, field in enumerate(CLAIMS):
        value = work["people"] if field == "authors" else work[field]
        if value is not None:
            yield {
                "id": row_id("claim", source, str(work["identifier"]), field),
                "record": row_id("record", source, str(work["identifier"])),
                "work": work["id"],
                "field": field,
                "kind": "posted" if field == "date" else None,
                "value": json.dumps([{"literal": value}]) if field == "authors" else value,
                "how": f"{source}:{field}",
                "markup": "plain",
                "position": position,
                "chosen": int(is_believed),
            }


def _attempt(work: Row) -> Row:
    return {
        "id": row_id("attempt", str(work["identifier"]), "page"),
        "work": work["id"],
        "identifier": work["identifier"],
        "source": "page",
        "outcome": work["outcome"],
        "reason": work["reason"],
        "at": "2026-11-21T03:54:00Z",
    }
