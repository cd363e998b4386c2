"""The `.bib` writers beside a bare writer of strings and beside pybtex's, in the same run: ratios count, not seconds.

The bare writer is what one writes by hand: the same fields for the same works in a dict, printed one by one. It escapes
nothing, protects no capital and believes every name. All write the same few works in turns, each of them first as often
as the others, so that a machine which is slow for a second is so for each, and none finds what another has warmed.
`first` is what an export costs, from a writer that knows nothing on; `best`, the best of seven, has met every word and
name of these works before. Memory is that of a process that only writes.

    python bench/export.py [--works N] [--read-back]

A ratio is that of the means of all turns. `--read-back` reads all entries back too, which takes minutes.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from statistics import mean

from figures import Figure, hand_over, options, shown
from litdb.export.biblatex import write_biblatex
from litdb.export.bibtex import MONTHS, write_bibtex
from litdb.export.verify import verify_bib
from litdb.model import Identifier, Name, Work
from measuring import by_turns, seconds

USUAL, TURN, THEIRS_EVERY, ROUNDS, BATCH = 100_000, 50, 100, 7, 1_000
BARE = "bare writer"
MEMORY_MB, OF_BARE, OF_PYBTEX = 60, 1.5, 1 / 40
Write = Callable[[Iterable[Work]], Iterator[str]]
WRITERS: dict[str, Write] = {"bibtex": write_bibtex, "biblatex": write_biblatex}
WORDS = """the of and for in a on from to with is not learning deep networks alignment problem language models scaling
training neural Attention Learning Deep Networks Alignment Problem Language Models Scaling Training Neural GPT-3 AGI
reward human feedback: Risks Optimization gradient descent Brain-Like safety naïve R&D planning Über overview""".split()
FAMILIES = "Leike Ngo Söderström Amodei Hubinger Christiano García Askell Bai Chen Zhang Müller Steinhardt Wu".split()
GIVEN = "Jan Richard Sören Dario Evan Paul F. Amanda Yuntao Wei Ana Chris Jacob Jeff".split()
KINDS = ("preprint", "preprint", "preprint", "post", "post", "article-journal", "paper-conference", "tweet")
VENUES = {"preprint": "arXiv", "post": "LessWrong", "tweet": "Twitter", "article-journal": "Journal of Planning & Risk"}


def made_work(number: int) -> Work:
    """A work of one of the usual kinds, a sixteenth of them undated; no two have the same words or people."""
    kind = KINDS[number % len(KINDS)]
    steps = [(number * step + number // 37 * step * step) % len(WORDS) for step in range(1, 9)]
    paper = Identifier("arxiv", f"{number // 10_000 + 1001:04}.{number % 10_000:05}")
    page = Identifier("url", f"https://example.org/{number}")
    people = [Name(FAMILIES[at % 14] + str(number % 977), GIVEN[at % 13]) for at in steps[: number % 4 + 1]]
    return Work(
        identifier=paper if kind == "preprint" else page,
        identifiers=(paper,) if kind == "preprint" else (page,),
        key=f"work{number:06}",
        type=kind,
        url=f"https://example.org/a_b/{number}?x=1&y=%20z",
        title="" if kind == "tweet" else " ".join(["On", *(WORDS[at] for at in steps)]),
        label=f"Tweet by {people[0].display}" if kind == "tweet" else "",
        authors=(Name(literal=f"@handle{number % 977}"),) if kind == "tweet" else tuple(people),
        date="" if number % 16 == 3 else f"20{number % 25:02}-{number % 12 + 1:02}-{number % 28 + 1:02}",
        container=VENUES.get(kind, f"Advances in Neural Things {number % 40}"),
        volume="3" if kind == "article-journal" else "",
        pages="1-20" if kind == "article-journal" else "",
        markup="tex" if kind == "preprint" else "plain",
        archive_class="cs.LG" if kind == "preprint" else "",
        accessed="2026-11-21",
    )


VENUE_FIELDS = {"article-journal": ("article", "journal"), "paper-conference": ("inproceedings", "booktitle")}


def fields(work: Work) -> dict[str, str]:
    """The fields of the dialect for BibTeX, written as the work has them."""
    names = [f"{name.family}, {name.given}" if name.family else f"{{{name.literal}}}" for name in work.authors]
    year, month, day = work.date.split("-") if work.date else ("", "1", "0")
    arxiv = work.identifier_of("arxiv")
    remarks = ("Tweet" if work.type == "tweet" else "", "" if work.date else work.accessed)
    return {
        "author": " and ".join(names),
        "title": work.title or f"{{{work.label}}}",
        VENUE_FIELDS.get(work.type, ("misc", "howpublished"))[1]: work.container,
        "volume": work.volume,
        "pages": work.pages,
        "year": year,
        "month": MONTHS[int(month) - 1] if year else "",
        "day": day.lstrip("0"),
        "urldate": work.accessed if year else "",
        "eprint": arxiv,
        "archivePrefix": "arXiv" if arxiv else "",
        "primaryClass": work.archive_class,
        "doi": f"10.48550/arXiv.{arxiv}" if arxiv else "",
        "url": work.url,
        "note": ". ".join(filter(None, remarks)),
    }


def bare(works: Iterable[Work]) -> Iterator[str]:
    """The entries with these fields, nothing escaped."""
    for work in works:
        lines = [f"  {name:13} = {{{value}}},\n" for name, value in fields(work).items() if value]
        yield f"\n@{VENUE_FIELDS.get(work.type, ('misc',))[0]}{{{work.key},\n{''.join(lines)}}}\n"


def memory(count: int) -> int:
    """The most memory that this process needs to write works one by one in both dialects, in MB."""
    for write in WRITERS.values():
        written(write, map(made_work, range(count)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak >> 20 if sys.platform == "darwin" else peak >> 10


def read_back(write: Write, all_works: int) -> int:
    """How many works were written and read back by pybtex, a batch at a time."""
    count = 0
    for first in range(0, all_works, BATCH):
        works = [made_work(number) for number in range(first, min(first + BATCH, all_works))]
        verify_bib("".join(write(works)), works)
        count += len(works)
    return count


def written(write: Write, works: Iterable[Work]) -> int:
    """How many characters a writer makes of works."""
    return sum(map(len, write(works)))


def jobs(works: Sequence[Work], *, with_theirs: bool) -> dict[str, Callable[[], object]]:
    """What takes turns with the same works."""
    ours = {name: partial(written, write, works) for name, write in {BARE: bare, **WRITERS}.items()}
    return {**ours, "pybtex": theirs(works)} if with_theirs else ours


def theirs(works: Sequence[Work]) -> Callable[[], object]:
    """The same works, read by pybtex before, written by it."""
    from pybtex.database import parse_string

    return partial(parse_string("".join(write_bibtex(works)), "bibtex").to_string, "bibtex")


def compared(count: int) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Every writer's microseconds for an entry, turn by turn: the first time, and the best of all rounds."""
    firsts, bests = defaultdict(list), defaultdict(list)
    for place, first in enumerate(range(0, count, TURN)):
        works = [made_work(number) for number in range(first, first + TURN)]
        turns = jobs(works, with_theirs=place % THEIRS_EVERY == 0)
        order = list(turns)[place % len(turns) :] + list(turns)[: place % len(turns)]
        rounds = by_turns({name: partial(seconds, turns[name], time.process_time) for name in order}, ROUNDS)
        for name, times in rounds.items():
            firsts[name].append(times[0] / TURN * 1e6)
            bests[name].append(min(times) / TURN * 1e6)
    return firsts, bests


def main(count: int, *, is_read_back: bool) -> Iterator[Figure]:
    """Memory, and the times for one entry."""
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        peak = apart.submit(memory, count).result()
    yield Figure(f"{count} entries one by one, both dialects", "MB", [peak], goal=f"max <= {MEMORY_MB}")
    firsts, bests = compared(count)
    for name in WRITERS:
        yield beside(f"an entry of {name}, first", firsts, name, BARE, OF_BARE)
        yield beside(f"an entry of {name}, best", bests, name, "pybtex", OF_PYBTEX)
    if is_read_back:
        for name, write in WRITERS.items():
            print(f"{name:9} {read_back(write, count)} entries read back")


def beside(what: str, times: Mapping[str, Sequence[float]], name: str, peer: str, most: float) -> Figure:
    """One writer beside another."""
    share = mean(times[name]) / mean(times[peer])
    return Figure(what, "us", times[name], peer, times[peer], share, f"ratio <= {most:g}")


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--works", type=int, default=USUAL)
    parser.add_argument("--read-back", action="store_true")
    given = parser.parse_args()
    hand_over(shown(main(given.works, is_read_back=given.read_back)), given.figures)
