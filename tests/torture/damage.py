"""Damage files in every way a disk may, and see that litdb says so in a sentence and never takes damage for truth.

    python tests/torture/damage.py --files 400

The files are those of a crawled project: library, journal, a note, a bibliography, the corrections. After the damage
people list their works, crawl and rebuild. Each of that ends well or in one sentence; a library that was damaged is
made anew from the journal as it was; of a damaged journal no library is made that says something else without a word.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import click
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1]))

from litdb.commands import main as litdb
from litdb.database.connection import SQLITE_SUFFIXES
from torture.kill import SEED, Torture
from torture.project import Project
from torture.scenes import SEEDS

Damage = Callable[[random.Random, bytes], bytes]

SAID = '[[set]]\nwork = "arxiv:1712.05812"\nfield = "title"\nvalue = "Occam’s razor, äöü"\n' * 20


def flipped(chance: random.Random, content: bytes) -> bytes:
    """Sixteen bits are the other way round."""
    found = bytearray(content)
    for _ in range(16):
        found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
    return bytes(found)


def cut(chance: random.Random, content: bytes) -> bytes:
    """The end is gone."""
    return content[: chance.randrange(len(content))]


def blank(chance: random.Random, content: bytes) -> bytes:
    """A block of 4 kB is all zeros."""
    start = chance.randrange(len(content)) // 4096 * 4096
    return content[:start] + bytes(len(content[start : start + 4096])) + content[start + 4096 :]


def foreign(chance: random.Random, content: bytes) -> bytes:
    """A block of 512 bytes is somebody else's."""
    start = chance.randrange(len(content)) // 512 * 512
    return content[:start] + chance.randbytes(len(content[start : start + 512])) + content[start + 512 :]


def doubled(chance: random.Random, content: bytes) -> bytes:
    """A piece stands there twice."""
    start = chance.randrange(len(content))
    return content[:start] + content[start : start + chance.randrange(1, 5000)] + content[start:]


DAMAGES: tuple[Damage, ...] = (flipped, cut, blank, foreign, doubled)
FILES: Mapping[str, str] = {
    "library": "db/litdb.db",
    "journal": "db/litdb.journal",
    "note": "notes/reading.md",
    "bibliography": "notes/reading-list.bib",
    "corrections": "corrections.toml",
}
COMMANDS = (("list", "--json"), ("crawl", "notes", "--offline"), ("rebuild",))


@dataclass(frozen=True)
class Trial:
    """A damaged file, how often litdb refused in a sentence, and what is wrong."""

    file: str
    damage: str
    refused: int
    problems: tuple[str, ...]


class Patients:
    """A crawled project, and copies of it to be damaged."""

    def __init__(self, torture: Torture) -> None:
        self._torture = torture
        self._whole = torture.project(torture.crawled)
        (self._whole.folder / "corrections.toml").write_text(SAID, "utf-8")
        shutil.copy(SEEDS / "reading-list.bib", self._whole.folder / FILES["bibliography"])
        for words in COMMANDS[1:]:
            run(self._whole, *words)
        self._dumped = self._whole.state().dumped

    def damage(self, name: str, damage: Damage, seed: int) -> Trial:
        """Damage a file, use the project, see what comes of it."""
        project = self._torture.project(self._whole)
        path = project.folder / FILES[name]
        path.write_bytes(damage(random.Random(seed), path.read_bytes()))
        told = {words[0]: run(project, *words) for words in COMMANDS}
        problems = [problem for each in told.values() for problem in wrong_with(*each)]
        if not problems and name == "library":
            problems += self._made_anew(project)
        is_sure = told["rebuild"] == (0, "")
        if name == "journal" and is_sure and project.state().dumped != self._dumped:
            problems.append("a rebuild of what is damaged says something else, and does not say so")
        shutil.rmtree(project.folder)
        return Trial(name, damage.__name__, sum(code == 1 for code, _ in told.values()), tuple(problems))

    def _made_anew(self, project: Project) -> Iterator[str]:
        """What is wrong with the library that a rebuild makes where the damaged one was moved aside."""
        for suffix in SQLITE_SUFFIXES:
            project.library.with_name(project.library.name + suffix).unlink(missing_ok=True)
        code, told = run(project, "rebuild", "notes")
        if code or project.state().dumped != self._dumped:
            yield f"the rebuilding without it ended with {code} {told} and another library"


def run(project: Project, *words: str) -> tuple[int, str]:
    """How a litdb in this process ended, and what it said on stderr, or the traceback."""
    before = Path.cwd()
    os.chdir(project.folder)
    try:
        ended = CliRunner(env={"LITDB_DB": str(project.library)}).invoke(litdb, list(words))
    finally:
        os.chdir(before)
    if ended.exception and not isinstance(ended.exception, SystemExit):
        return 1, f"Traceback: {ended.exception!r}"
    return ended.exit_code, ended.stderr


def wrong_with(code: int, told: str) -> Iterator[str]:
    """Why an ending is none that people understand."""
    last = told.strip().rpartition("\n")[2]
    if "Traceback" in told or code not in (0, 1) or (code == 1 and not last.startswith("Error: ")):
        yield f"ended with {code}: {told.strip()[-300:]}"


def trials(patients: Patients, files: int, seed: int = SEED) -> Iterator[Trial]:
    """So many damaged files: every kind in every way, in turn."""
    pairs = cycle([(name, damage) for damage in DAMAGES for name in FILES])
    for number, (name, damage) in zip(range(files), pairs, strict=False):
        yield patients.damage(name, damage, seed + number)


@click.command()
@click.option("--files", default=400, show_default=True, help="How many damaged files.")
@click.option("--seed", default=SEED, show_default=True, help="What the damage is drawn by.")
def main(files: int, seed: int) -> None:
    """Damage files, tell what litdb makes of them, and end with 1 where anything went wrong."""
    told: Counter[tuple[str, str]] = Counter()
    with Torture() as torture:
        for trial in trials(Patients(torture), files, seed):
            told[trial.file, "damaged"] += 1
            told[trial.file, "refused"] += bool(trial.refused)
            told[trial.file, "wrong"] += bool(trial.problems)
            for problem in trial.problems:
                click.echo(f"{trial.file}, {trial.damage}: {problem}")
    for name in FILES:
        words = (f"{told[name, what]} {what}" for what in ("damaged", "refused", "wrong"))
        click.echo(f"{name}: {', '.join(words)}")
    sys.exit(any(count for (_, what), count in told.items() if what == "wrong"))


if __name__ == "__main__":
    main()
