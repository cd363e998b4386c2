"""Kill litdb while it writes into notes, and see that every note is the old one or the new one, whole.

    python tests/torture/kill_writes.py --points 200

A point is a system call, drawn by a seeded generator from those that an undisturbed run makes. After each kill the same
command runs again, undisturbed, and has to leave what a run leaves that nobody killed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parents[1]))

from torture.kill import SEED, Point, draw
from torture.tracing import Call, can_trace, under_strace, watch

SEEDS = Path(__file__).parents[2] / "seeds"
LITDB = (sys.executable, "-c", "from litdb.commands import main; main()")
MARKED = "Mine: <https://arxiv.org/abs/2209.00626>\n\n<!-- litdb:refs -->\n<!-- /litdb:refs -->\n"
TRACKED = "[a](https://arxiv.org/abs/2209.00626?utm_source=x) [b](https://arxiv.org/pdf/2204.06974.pdf)\n"

COPIES = 14
"""How many notes of each kind are written in one run."""

WRITERS: Mapping[str, tuple[str, ...]] = {
    "write": ("refs", "notes", "--write"),
    "fill": ("refs", "notes", "--fill", "--add", "--write"),
    "apply": ("fix", "notes", "--apply"),
}
"""The commands that write into notes."""


class Vault:
    """Notes and their library, which every kill finds as they were. Use as a context manager."""

    def __init__(self, writer: str) -> None:
        self._words = WRITERS[writer]
        self._temporary = tempfile.TemporaryDirectory(prefix="litdb-torture-")
        self.folder = Path(self._temporary.name) / "vault"

    def __enter__(self) -> Vault:
        whole = self.folder.with_name("whole")
        shutil.copytree(SEEDS, whole / "notes")
        listed = (SEEDS / "what-is-alignment.md").read_text("utf-8")
        for number in range(COPIES):
            for name, text in (("marked", MARKED), ("tracked", TRACKED), ("listed", listed)):
                (whole / "notes" / f"{name}-{number}.md").write_text(text, "utf-8")
        shutil.copytree(whole, self.folder)
        self._run("crawl", "notes", "--offline")
        shutil.copytree(self.folder, whole, dirs_exist_ok=True)
        self.before = self._notes()
        self.counts = Counter(call.name for call in self._traced())
        self.after = self._notes()
        return self

    def __exit__(self, *_: object) -> None:
        self._temporary.cleanup()

    def kill(self, point: Point) -> tuple[Call, list[str]]:
        """Run until the point, kill, look, run again, compare: the last call, and what is wrong."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.folder.with_name("whole"), self.folder)
        struck = self._traced(*point)[-1]
        problems = [
            f"{name} is neither the old note nor the new one"
            for name, content in self._notes().items()
            if content not in (self.before.get(name), self.after.get(name))
        ]
        self._run(*self._words)
        problems += [
            f"{name} differs in the end" for name, content in self._notes().items() if content != self.after[name]
        ]
        return struck, problems

    def _notes(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.folder / "notes").iterdir() if path.suffix == ".md"}

    def _run(self, *words: str) -> None:
        subprocess.run([*LITDB, *words], cwd=self.folder, capture_output=True, check=False, timeout=120)

    def _traced(self, name: str = "", number: int = 0) -> list[Call]:
        def start(descriptor: int, held: str) -> subprocess.Popen[str]:
            return subprocess.Popen(
                [*under_strace(descriptor, held), *LITDB, *self._words],
                cwd=self.folder, pass_fds=(descriptor,), text=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )  # fmt: skip

        return watch(start, name, number)


@click.command()
@click.option("--points", default=200, show_default=True, help="How many kills, over all commands that write.")
@click.option("--seed", default=SEED, show_default=True, help="What the points are drawn by.")
def main(points: int, seed: int) -> None:
    """Kill litdb while it writes, print where, and end with 1 where a note was harmed."""
    if not can_trace():
        raise click.ClickException("strace is not there, or may not trace here.")
    wrong, struck = 0, Counter[tuple[str, str]]()
    for writer in WRITERS:
        with Vault(writer) as vault:
            drawn = draw(vault.counts, -(-points // len(WRITERS)), seed)
            for point in drawn:
                call, problems = vault.kill(point)
                struck[writer, call.name] += 1
                wrong += bool(problems)
                for problem in problems:
                    click.echo(f"{writer} {point[0]} {point[1]}: {problem}")
            click.echo(f"{writer}: {len(drawn)} kills of {sum(vault.counts.values())} calls: {dict(vault.counts)}")
    click.echo(f"{struck.total()} kills, {wrong} went wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
