"""The codes of `litdb check`: what each means, an example, and what to do. `docs/checks.md` is made from this table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from litdb.errors import UsageError

Level = Literal["error", "warning", "hint"]
"""`error`: a reader is misled or stands before nothing. `warning`: worth mending. `hint`: worth knowing."""


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding. Codes stay what they are for good; one that is no longer used is not given out again."""

    code: str
    name: str
    level: Level
    meaning: str
    example: str
    advice: str


CODES: Sequence[Code] = (
    Code(
        "L001",
        "dead",
        "error",
        "The link leads nowhere: looks on at least three different days found no page, and none since has. A server "
        "that is out of order, does not answer in time or shows a bad certificate is given two weeks.",
        "L001 dead: https://a.example/gone: there is no such page (404), on 3 days since 2026-11-21",
        "`litdb check --archive` looks for a copy and `litdb fix` puts it beside the link; or cite where the work is "
        "now.",
    ),
    Code(
        "L002",
        "dying",
        "warning",
        "The last look at the link failed, but not yet on enough different days to call it dead. It may be back "
        "tomorrow.",
        "L002 dying: https://a.example/x: a.example could not be found, on 1 day since 2026-11-21",
        "Look again on another day with `litdb check --links`; `litdb check --archive` looks for a copy meanwhile.",
    ),
    Code(
        "L003",
        "soft-404",
        "error",
        "The site answers as if all were well, and its page says that there is no such page, or that the domain is "
        "for sale.",
        "L003 soft-404: https://a.example/x: the page is titled “Page not found”, since 2026-11-21",
        "As for a dead link: `litdb check --archive`, then `litdb fix`, or cite where the work is now.",
    ),
    Code(
        "L004",
        "home-redirect",
        "error",
        "The site sends its readers to its front page, or to a list of pages, instead of to the page.",
        "L004 home-redirect: https://a.example/x: the site sends to its front page instead, since 2026-11-21",
        "As for a dead link: `litdb check --archive`, then `litdb fix`, or cite where the work is now.",
    ),
    Code(
        "L005",
        "moved",
        "warning",
        "The page is there, at another address: permanent redirects (301, 308) and nothing else lead to it.",
        "L005 moved: http://a.example/x leads to https://b.example/x for good",
        "`litdb fix` writes the new address into the note, where it is surely the same work.",
    ),
    Code(
        "L006",
        "walled",
        "hint",
        "Somebody is there and does not let machines in: a challenge, a login, a robots.txt, too many requests. That "
        "says nothing about the page, and a wall is never taken for it.",
        "L006 walled: https://a.example/x: Cloudflare asks for a browser",
        "Open it in a browser. `litdb add-page URL saved.html` takes the page as you saved it.",
    ),
    Code(
        "L007",
        "unchecked",
        "hint",
        "Nothing that is kept vouches for the link: nobody was asked about it, or nobody could tell.",
        "L007 unchecked: https://a.example/x: no answer that is kept vouches for it",
        "`litdb check --links` looks.",
    ),
    Code(
        "L008",
        "no-work",
        "error",
        "What stands in the note means no work: an address that cannot be read, a key that nobody knows.",
        "L008 no-work: htp://a.example/x: it needs to begin with https:// or http://",
        "Correct it in the note, or put `<!-- litdb: ignore -->` behind it.",
    ),
    Code(
        "W001",
        "undated",
        "warning",
        "Nobody says when the work appeared. Websites as a whole need no date.",
        "W001 undated: roeNothing has no date",
        "`litdb set KEY date 2022-08-30`, or write the date into parentheses behind the link.",
    ),
    Code(
        "W002",
        "authorless",
        "warning",
        "Nobody says who made the work: it has neither authors nor editors.",
        "W002 authorless: onGraphs2021 has no authors",
        '`litdb set KEY authors "Ada Lovelace; Charles Babbage"`.',
    ),
    Code(
        "W003",
        "duplicate",
        "warning",
        "Two works look like one and the same. A paper and a post about it are two works and are not reported.",
        "W003 duplicate: ngo2022 and ngo2022a may be one: the titles are the same and Ngo wrote both",
        "One work: `litdb same KEY KEY`. Two: `litdb split KEY KEY`, and they are not offered again.",
    ),
    Code(
        "W004",
        "key-clash",
        "error",
        "One citation key means two works: two bibliographies among the notes, or one of them and the library, give "
        "it to different works. A `[@key]` then cites whichever comes first.",
        "W004 key-clash: smith2020 is https://a.example/x here, and https://b.example/y in refs.bib:3",
        "Rename one of the entries, or give the work of the library another key: `litdb key KEY NEW`.",
    ),
    Code(
        "W005",
        "suspicious-title",
        "warning",
        "The title is hardly the work's: the name of its site, the words of a wall or of an error, an address, a name "
        "of a file, markup; or it is cut off, or shouts.",
        "W005 suspicious-title: roe2021 is titled “Just a moment...”: a wall says that",
        '`litdb why KEY title` shows who says so; `litdb set KEY title "…"` corrects it for good.',
    ),
    Code(
        "W006",
        "lone-claim",
        "hint",
        "A title, a date or the authors rest on one weak voice and nothing else: a guess from an unmarked page, an "
        "index of others' works, an address, or the note itself.",
        "W006 lone-claim: the date 2021-03 of roe2021 stands only in its address",
        "Look whether it is right; `litdb set` makes it yours, and then it is no longer reported.",
    ),
    Code(
        "W007",
        "stale",
        "hint",
        "What is known of the work was read more than a year ago.",
        "W007 stale: roe2021 was last read on 2024-02-01",
        "`litdb crawl --refresh` asks again and fetches only what changed.",
    ),
    Code(
        "W008",
        "changed",
        "hint",
        "The work is not what it was when the note cited it: there is a newer version, it was revised after the day "
        "of the note, or it has another title.",
        "W008 changed: roe2021: a newer version: cited v1, now v3",
        "See whether the note still says what the work says; then cite the version that you mean.",
    ),
    Code(
        "W009",
        "withdrawn",
        "error",
        "The work was retracted, or withdrawn by its authors.",
        "W009 withdrawn: roe2021 was retracted",
        "Say so where you cite it, or cite something else.",
    ),
    Code(
        "W010",
        "conflict",
        "warning",
        "The note, or a source, contradicts what was chosen: another day, another name, another title.",
        "W010 conflict: roe2021: note says 04.02.2020, page says 2020-04-02",
        "`litdb why KEY FIELD` shows everybody's word; `litdb set KEY FIELD VALUE` settles it.",
    ),
    Code(
        "W011",
        "other-key",
        "hint",
        "A bibliography among the notes gives a work a key under which no export has it: one that not every tool "
        "takes, or a second one beside the key that the work has already. Notes may cite by it all the same.",
        "W011 other-key: roe&doe2021 is roeNothing in exports: BibTeX, biber and pandoc do not all take it as it is",
        "Papers made with the exports cite by the other key; `litdb key KEY NEW` changes it. `litdb export --keys` "
        "takes both.",
    ),
    Code(
        "N001",
        "note",
        "warning",
        "Something in a note could not be read; the rest of it was.",
        "N001 note: the fence ```` is never closed",
        "Correct it in the note.",
    ),
)

BY_CODE = {each.code: each for each in CODES}


def chosen(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """The codes that are wanted: those selected (all, where nothing is) without those ignored.

    Each is named by its code, its name, or how the code begins. Raises `UsageError` for what means none.

    >>> sorted(chosen(["L00", "undated"], ["L002,moved", "L006", "L007", "L008"]))
    ['L001', 'L003', 'L004', 'W001']
    """
    wanted = _codes(select) or frozenset(BY_CODE)
    return wanted - _codes(ignore)


def code_named(name: str) -> Code:
    """The code that goes by a code or a name. Raises `UsageError`."""
    found = [each for each in CODES if name.lower() in (each.code.lower(), each.name)]
    if not found:
        raise UsageError(f"“{name}” is no code of litdb check. {_known()}")
    return found[0]


def _codes(names: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in (part.strip() for text in names for part in text.split(",")):
        fitting = {each.code for each in CODES if name and (each.code.startswith(name.upper()) or each.name == name)}
        if not fitting:
            raise UsageError(f"“{name}” is no code of litdb check, and none begins so. {_known()}")
        found |= fitting
    return frozenset(found)


def _known() -> str:
    return f"There are {', '.join(f'{each.code} ({each.name})' for each in CODES)}."
