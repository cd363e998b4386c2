"""How fast the `.bib` writer is beside pybtex's, in the same run: the ratio counts, not the seconds.

Run: python bench/export.py
"""

from __future__ import annotations

import time
from collections.abc import Callable

from pybtex.database import parse_string

from litdb.export import FORMATS
from litdb.export.verify import verify_bib
from litdb.model import Identifier, Name, Work

OURS, THEIRS, ROUNDS = 20_000, 1_000, 5
WORDS = """alignment problem deep learning perspective GPT-3 reward modelling of the human feedback inner misalignment
brain-like AGI safety Über naïve $100 R&D planning model-free transformers risk overview gradient hacking""".split()


def made_work(number: int) -> Work:
    """A work that differs from its neighbours in every field."""
    words = [WORDS[(number * step + step) % len(WORDS)] for step in range(1, 9)]
    paper = Identifier("arxiv", f"{number // 10_000 + 1001:04}.{number % 10_000:05}")
    return Work(
        identifier=paper,
        identifiers=(paper,),
        key=f"work{number:06}",
        type="preprint",
        url=f"https://example.org/a_b/{number}?x=1&y=%20z",
        title=" ".join((words[0].capitalize(), *words[1:])),
        authors=tuple(Name(f"Söder{number % 977}", f"Jo {step}") for step in range(3)),
        date=f"20{number % 25:02}-{number % 12 + 1:02}-{number % 28 + 1:02}",
        container="arXiv",
        archive_class="cs.LG",
        accessed="2026-11-21T00:00:00Z",
    )


def seconds(job: Callable[[], object]) -> float:
    """Processor time, the median of some rounds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        job()
        taken.append(time.process_time() - start)
    return sorted(taken)[ROUNDS // 2]


def main() -> None:
    """Print both times for one entry and their ratio, for each dialect."""
    works = [made_work(number) for number in range(OURS)]
    for dialect in ("bibtex", "biblatex"):
        ours = seconds(lambda name=dialect: sum(map(len, FORMATS[name](works)))) / OURS
        text = "".join(FORMATS[dialect](works[:THEIRS]))
        verify_bib(text, works[:THEIRS])
        data = parse_string(text, "bibtex")
        theirs = seconds(lambda parsed=data: parsed.to_string("bibtex")) / THEIRS
        print(f"{dialect:9} litdb {ours * 1e6:6.1f} us   pybtex {theirs * 1e6:6.1f} us   ratio {theirs / ours:5.1f}")


if __name__ == "__main__":
    main()
