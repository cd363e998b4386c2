"""Watching a program's system calls with strace, and killing it in the middle of one.

The manual: strace(1), sections "Filtering" and "Tampering". strace counts the calls of each thread by itself
(`inject=…:when=N`), so the counting is done here: every call of the kind that is waited for is held for a moment at its
end (`delay_exit`), and the watcher, who reads the trace as it is written, kills the program before it can go on.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "ftruncate", "connect", "sendto")
"""The system calls that leave something behind, or tell somebody something."""

HELD_MICROSECONDS = 4000

_PLAIN = {"renameat": "rename", "renameat2": "rename", "unlinkat": "unlink"}
_LINE = re.compile(r"^(?P<thread>\d+) +(?P<call>\w+)\((?P<arguments>.*)")
_PHASES = (
    ("asking", re.compile(r"^connect")),
    ("projecting", re.compile(r"litdb\.db-wal")),
    ("exporting", re.compile(r"(references|metadata|datasette)\.")),
    ("closing", re.compile(r"^unlink.*(-wal|-shm)")),
)


@dataclass(frozen=True)
class Call:
    """A system call: its name, how many of them there were, what the program was about, and the line of the trace."""

    name: str
    number: int
    phase: str
    process: int
    text: str


def can_trace() -> bool:
    """Whether strace is there and may trace."""
    strace = shutil.which("strace")
    return bool(strace) and subprocess.run([strace, "-o", os.devnull, "true"], check=False).returncode == 0


def under_strace(descriptor: int, held: str = "") -> Sequence[str]:
    """The words to run a program under strace, which writes to a descriptor and holds the calls of one name."""
    words = ["strace", "-f", "-y", "-qq", "-s", "0", "-e", "signal=none", "-o", f"/dev/fd/{descriptor}"]
    words += ["-e", "trace=" + ",".join(f"?{name}" for name in (*CALLS, *_PLAIN))]
    if held:
        kinds = ",".join(f"?{name}" for name in (held, *(each for each, plain in _PLAIN.items() if plain == held)))
        words += ["-e", f"inject={kinds}:delay_exit={HELD_MICROSECONDS}"]
    return words


def watch(start: Callable[[int, str], subprocess.Popen[str]], name: str = "", number: int = 0) -> list[Call]:
    """The calls of a program from its start to its end, or to its death in the call of this name and number.

    `start` begins the program, given a descriptor for strace and the name of the calls to hold.
    """
    reading, writing = os.pipe()
    running = start(writing, name)
    os.close(writing)
    seen: list[Call] = []
    with os.fdopen(reading) as trace:
        for call in calls(trace):
            seen.append(call)
            if (call.name, call.number) == (name, number):
                os.kill(call.process, signal.SIGKILL)
                break
        trace.read()
    running.communicate(timeout=120)
    return seen


def calls(trace: TextIO) -> Iterator[Call]:
    """The calls that a trace tells of, in the order of their beginnings: those to files, folders and sockets."""
    counts = dict.fromkeys(CALLS, 0)
    phase, process = "opening", 0
    for line in trace:
        found = _LINE.match(line)
        if not found or re.match(r"\d+<(pipe|anon_inode|/dev)", found["arguments"]):
            continue
        process = process or int(found["thread"])
        name = _PLAIN.get(found["call"], found["call"])
        counts[name] += 1
        text = f"{name}({found['arguments']}".strip()
        phase = _later(phase, text)
        yield Call(name, counts[name], phase, process, text)


def _later(phase: str, text: str) -> str:
    names = [name for name, _ in _PHASES]
    further = _PHASES[names.index(phase) + 1 :] if phase in names else _PHASES
    return next((name for name, sign in further[:1] if sign.search(text)), phase)
