"""The `.bib` writers beside a bare writer of strings and beside pybtex's, in the same run: ratios count, not seconds.

The bare writer is what one writes by hand: the same fields for the same works in a dict, printed one by one. It escapes
nothing, protects no capital and believes every name. Memory is what a process needs that writes 100,000 works one by
one; then all are read back.

Run: python bench/export.py
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator

from litdb.export.biblatex import write_biblatex
from litdb.export.bibtex import MONTHS, write_bibtex
from litdb.export.verify import verify_bib
from litdb.model import Identifier, Name, Work

ALL, TIMED, THEIRS, ROUNDS, BATCH = 100_000, 10_000, 500, 7, 1_000
WRITERS = {"bibtex": write_bibtex, "biblatex": write_biblatex}
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


def seconds(job: Callable[[], object]) -> float:
    """Processor time of one run."""
    start = time.process_time()
    job()
    return time.process_time() - start


def memory() -> int:
    """The most memory that this process has had, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak >> 20 if sys.platform == "darwin" else peak >> 10


def read_back(write: Callable[[Iterable[Work]], Iterator[str]]) -> int:
    """How many of all works were written and read back by pybtex, a batch at a time."""
    count = 0
    for first in range(0, ALL, BATCH):
        works = [made_work(number) for number in range(first, first + BATCH)]
        verify_bib("".join(write(works)), works)
        count += len(works)
    return count


def main() -> None:
    """Print memory, the times for one entry with their ratios, and how many entries were read back."""
    for write in WRITERS.values():
        sum(map(len, write(map(made_work, range(ALL)))))
    print(f"{ALL} entries one by one, both dialects: {memory()} MB at most")
    from pybtex.database import parse_string

    works = [made_work(number) for number in range(TIMED)]
    data = parse_string("".join(write_bibtex(works[:THEIRS])), "bibtex")
    jobs = {
        "bare": (lambda: sum(map(len, bare(works))), TIMED),
        "bibtex": (lambda: sum(map(len, write_bibtex(works))), TIMED),
        "biblatex": (lambda: sum(map(len, write_biblatex(works))), TIMED),
        "pybtex": (lambda: data.to_string("bibtex"), THEIRS),
    }
    rounds = [{name: seconds(job) / count for name, (job, count) in jobs.items()} for _ in range(ROUNDS)]
    best = {name: min(each[name] for each in rounds) for name in jobs}
    for name, taken in best.items():
        print(
            f"{name:9} {taken * 1e6:6.1f} us an entry, {taken / best['bare']:5.2f} x the bare writer, "
            f"1/{best['pybtex'] / taken:.0f} of pybtex"
        )
    if "--read-back" in sys.argv:
        for name, write in WRITERS.items():
            print(f"{name:9} {read_back(write)} entries read back")


if __name__ == "__main__":
    main()
