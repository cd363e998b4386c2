"""How long `litdb --help`, `litdb --version` and the completion of commands take, against a bare click program.

    python bench/startup.py [ROUNDS]

The bare program has the same commands as empty functions and does the same: prints its help, its version, the words
that bash offers behind `program `. The runs alternate, each in a Python of its own, so that a busy machine slows both
down; a line has the medians of wall time in milliseconds, and the median of the ratios of neighbouring runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from litdb.commands import COMMANDS

ROUNDS = 40
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


def seconds(module: str, name: str, what: str, folder: str) -> float:
    """The wall time of one run."""
    words, more = calls(name)[what]
    environment: Mapping[str, str] = {**os.environ, **more, "PYTHONPATH": folder}
    program: Sequence[str] = (sys.executable, "-c", START.format(module=module, name=name), *words)
    began = time.perf_counter()
    subprocess.run(program, check=True, capture_output=True, env=environment)
    return time.perf_counter() - began


def main(rounds: int) -> None:
    """Print a line for each of the calls."""
    with tempfile.TemporaryDirectory() as folder:
        commands = "".join(COMMAND.format(name=name, help=text) for name, text in COMMANDS.items())
        (Path(folder) / "bare.py").write_text(BARE + commands)
        for what in calls("litdb"):
            pairs = []
            for _ in range(rounds + 2):
                ours = seconds("litdb.commands", "litdb", what, folder)
                pairs.append((ours, seconds("bare", "bare", what, folder)))
            ours, bare = (median(times) * 1000 for times in zip(*pairs[2:], strict=True))
            ratio = median(ours / bare for ours, bare in pairs[2:])
            print(f"{what:<12} litdb {ours:6.1f} ms, bare click {bare:6.1f} ms, ratio {ratio:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
