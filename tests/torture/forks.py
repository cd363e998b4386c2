"""litdb in processes that are forked from one: a run costs what it does, and not a second of imports before.

What a run that ends by itself has imported, all later ones find imported. A fork may be held before its first step,
until strace has taken hold of it. What it prints on stderr is kept.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

SECONDS = 120
"""After which a litdb is ended by SIGALRM."""

PR_SET_PTRACER, ANY = 0x59616D61, -1
"""By which a process lets others watch it that are not its parents (prctl(2); ptrace(2), `ptrace_scope`)."""


class Forks:
    """The process that is forked, to which orders are given, a line of JSON each. Use as a context manager."""

    def __enter__(self) -> Forks:
        self._folder = tempfile.TemporaryDirectory(prefix="litdb-forks-")
        self._told = Path(self._folder.name) / "stderr"
        words = [sys.executable, __file__, str(self._told), str(self._told.with_name("modules"))]
        self._forked = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._forked.communicate()
        self._folder.cleanup()

    def start(self, words: Sequence[str], folder: Path, environment: Mapping[str, str], is_held: bool = False) -> int:
        """The process id of a litdb that has begun in a folder, or is held until it gets SIGCONT."""
        order = {"words": [*words], "folder": str(folder), "environment": dict(environment), "is_held": is_held}
        return self._ask({"begin": order})

    def wait(self, process: int) -> tuple[int, str]:
        """How a litdb ended, as `Popen.returncode` has it, and what it said on stderr: once for each, one at a time."""
        return self._ask({"wait": process}), self._told.read_text("utf-8", "replace")

    def _ask(self, order: Mapping[str, object]) -> int:
        print(json.dumps(order), file=self._forked.stdin, flush=True)
        return int(self._forked.stdout.readline())


def _serve(told: Path, modules: Path) -> None:
    """Do what is ordered on stdin until it ends."""
    for line in sys.stdin:
        order = json.loads(line)
        if "begin" in order:
            gc.freeze()
            done = os.fork() or _become(**order["begin"], told=told, modules=modules)
            if order["begin"]["is_held"]:
                os.waitpid(done, os.WUNTRACED)
        else:
            done = os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1])
            _import_all(modules)
        os.write(1, f"{done}\n".encode())


def _import_all(modules: Path) -> None:
    with suppress(FileNotFoundError):
        for name in modules.read_text("utf-8").split():
            with suppress(ImportError):
                importlib.import_module(name)
        modules.unlink()


def _become(
    words: list[str], folder: str, environment: Mapping[str, str], is_held: bool, told: Path, modules: Path
) -> NoReturn:
    """Be a litdb with these words."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for descriptor, path in enumerate((os.devnull, os.devnull, told)):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), descriptor)
    signal.alarm(SECONDS)
    if is_held:
        ctypes.CDLL(None).prctl(PR_SET_PTRACER, ctypes.c_ulong(ANY), 0, 0, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
    from litdb.commands import main

    try:
        sys.exit(main(words))
    finally:
        if not is_held:
            modules.write_text("\n".join(sys.modules), "utf-8")


if __name__ == "__main__":
    _serve(*map(Path, sys.argv[1:]))
