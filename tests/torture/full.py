"""Fill the disk to many levels while litdb writes, and see that it says so, keeps what was there, and goes on later.

    python tests/torture/full.py --levels 50

At each level the disk of the library has room for a part of what an undisturbed run writes. The run ends well or in a
sentence; nothing is lost or half; with room again, the same command leaves what an undisturbed one leaves. Where this
user may not mount a disk, files may not grow beyond the level instead.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parents[1]))

from torture.kill import Torture, Victim
from torture.project import PAGE, Project
from torture.scenes import SCENES

WRITING = ("crawl", "rebuild", "import", "migration-1")
"""The scenes that write beside the library, where the small disk is."""


def limit_files(size: int) -> None:
    """Let no file of this process grow beyond so many bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def mount(folder: Path, options: str) -> bool:
    """Make a folder a disk of its own, or give that other options; whether this user may."""
    words = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


@contextmanager
def small_disk(project: Project, size: int) -> Iterator[bool]:
    """The project's `db/` on a disk of so many bytes while the context lasts; False where that cannot be."""
    folder = project.library.parent
    folder.mkdir(exist_ok=True)
    there = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    is_mounted = mount(folder, "size=100m")
    if is_mounted:
        for name, content in there.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
        mount(folder, f"remount,size={max(size, PAGE)}")
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


def fill(victim: Victim, part: float) -> tuple[str, list[str]]:
    """Run with room for a part of what the command writes: how it ended, and what is wrong."""
    project = victim.project()
    before = project.size()
    room = round(before + part * (victim.size - before)) if before else round(part * victim.size)
    with small_disk(project, room) as is_mounted:
        limit = None if is_mounted else partial(limit_files, max(PAGE, room // 2))
        running = project.start(*victim.words, preexec_fn=limit)
        _, told = running.communicate(timeout=120)
        if is_mounted:
            mount(project.library.parent, "remount,size=100m")
        is_said = running.returncode == 1 and told.startswith("Error: ") and "damaged" not in told
        problems = [] if running.returncode == 0 or is_said else [f"ended with {running.returncode}: {told[-300:]}"]
        problems += victim.problems_after(project)
    shutil.rmtree(project.folder)
    return told.strip().rpartition("\n")[2] or "done", problems


def levels(many: int) -> Iterator[tuple[str, float]]:
    """So many scenes and parts of the room that they need, each scene from next to nothing to nearly all."""
    rounds = -(-many // len(WRITING))
    for number in range(many):
        yield WRITING[number % len(WRITING)], (number // len(WRITING) + 0.5) / rounds


@click.command()
@click.option("--levels", "many", default=50, show_default=True, help="To how many levels.")
def main(many: int) -> None:
    """Fill the disk, tell what was said, and end with 1 where anything went wrong."""
    wrong, refused = 0, 0
    with Torture() as torture:
        victims = {name: Victim(torture, SCENES[name]) for name in WRITING}
        for name, part in levels(many):
            said, problems = fill(victims[name], part)
            refused += said.startswith("Error: ")
            wrong += bool(problems)
            for problem in problems:
                click.echo(f"{name}, room for {part:.0%}: {problem}")
    click.echo(f"{many} levels, {refused} ended in a sentence, {wrong} went wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
