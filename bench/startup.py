"""How long `litdb --help`, `litdb --version` and the completion of commands take, against a bare click program.

    python bench/startup.py [--rounds N]

The bare program has the same commands as empty functions and does the same: prints its help, its version, the words
that bash offers behind `program `. The runs alternate, each in a Python of its own, so that a busy machine slows both
down; times are those on the wall, the ratio is the median of those of neighbouring runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from figures import Figure, hand_over, options, shown
from litdb.commands import COMMANDS
from measuring import by_turns, ratio, seconds

ROUNDS, WARMING = 40, 2
GOAL = "ratio <= 1.2"
START = "import sys; from {module} import main; sys.argv = ['{name}', *sys.argv[1:]]; main()"
BARE = '''
import click

@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option("0.1", prog_name="bare")
def main():
    """A bare click program."""
'''
COMMAND = """
@main.command("{name}", help="{help}")
def _():
    pass
"""


def calls(name: str) -> dict[str, tuple[list[str], dict[str, str]]]:
    """What is timed: the words behind a program's name, and what it finds in its environment."""
    completing = {f"_{name.upper()}_COMPLETE": "bash_complete", "COMP_WORDS": f"{name} ", "COMP_CWORD": "1"}
    return {"--help": (["--help"], {}), "--version": (["--version"], {}), "completion": ([], completing)}


def milliseconds(module: str, name: str, what: str, folder: str) -> float:
    """The wall time of one run."""
    words, more = calls(name)[what]
    environment: Mapping[str, str] = {**os.environ, **more, "PYTHONPATH": folder}
    program: Sequence[str] = (sys.executable, "-c", START.format(module=module, name=name), *words)
    return seconds(partial(subprocess.run, program, check=True, capture_output=True, env=environment)) * 1000


def main(rounds: int) -> Iterator[Figure]:
    """Each of the calls."""
    with tempfile.TemporaryDirectory() as folder:
        commands = "".join(COMMAND.format(name=name, help=text) for name, text in COMMANDS.items())
        (Path(folder) / "bare.py").write_text(BARE + commands)
        for what in calls("litdb"):
            programs = {"litdb": "litdb.commands", "bare": "bare"}
            jobs = {name: partial(milliseconds, module, name, what, folder) for name, module in programs.items()}
            mine, bare = (times[WARMING:] for times in by_turns(jobs, WARMING + rounds).values())
            yield Figure(what, "ms", mine, "bare click", bare, ratio(mine, bare), GOAL)


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    hand_over(shown(main(given.rounds)), given.figures)
