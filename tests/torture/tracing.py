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
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "ftruncate", "connect", "sendto")
"""The system calls that leave something behind, or tell somebody something."""

HELD_MICROSECONDS = 4000

_PLAIN = {"renameat": "rename", "renameat2": "rename", "unlinkat": "unlink"}
_LINE = re.compile(r"^\d+ +(?P<call>\w+)\((?P<arguments>.*)")
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
    text: str


def can_trace() -> bool:
    """Whether strace is there and may trace."""
    strace = shutil.which("strace")
    return bool(strace) and subprocess.run([strace, "-o", os.devnull, "true"], check=False).returncode == 0


def strace(process: int, descriptor: int, held: str = "") -> Sequence[str]:
    """The words to have strace watch a process, write to a descriptor and hold the calls of one name."""
    words = ["strace", "-f", "-y", "-qq", "-s", "0", "-e", "signal=none", "-p", str(process)]
    words += ["-o", f"/dev/fd/{descriptor}", "-e", "trace=" + ",".join(f"?{name}" for name in (*CALLS, *_PLAIN))]
    if held:
        kinds = ",".join(f"?{name}" for name in (held, *(each for each, plain in _PLAIN.items() if plain == held)))
        words += ["-e", f"inject={kinds}:delay_exit={HELD_MICROSECONDS}"]
    return words


def watch(process: int, name: str = "", number: int = 0) -> list[Call]:
    """The calls of a stopped process from here to its end, or to its death in the call of this name and number."""
    reading, writing = os.pipe()
    watching = subprocess.Popen(strace(process, writing, name), pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    _wait_until_traced(process, watching)
    os.kill(process, signal.SIGCONT)
    seen: list[Call] = []
    with os.fdopen(reading) as trace:
        for call in calls(trace):
            seen.append(call)
            if (call.name, call.number) == (name, number):
                os.kill(process, signal.SIGKILL)
                break
        trace.read()
    watching.wait(timeout=120)
    return seen


def _wait_until_traced(process: int, watching: subprocess.Popen[bytes]) -> None:
    """Until strace has taken hold of a process (proc(5), `TracerPid`)."""
    while f"TracerPid:\t{watching.pid}\n" not in Path(f"/proc/{process}/status").read_text():
        if watching.poll() is not None:
            raise OSError(f"strace ended with {watching.returncode} before it took hold")
        time.sleep(0.002)


def calls(trace: TextIO) -> Iterator[Call]:
    """The calls that a trace tells of, in the order of their beginnings: those to files, folders and sockets."""
    counts = dict.fromkeys(CALLS, 0)
    phase = "opening"
    for line in trace:
        found = _LINE.match(line)
        if not found or re.match(r"[012]<|\d+<(pipe|anon_inode|/dev)", found["arguments"]):
            continue
        name = _PLAIN.get(found["call"], found["call"])
        counts[name] += 1
        text = f"{name}({found['arguments']}".strip()
        phase = _later(phase, text)
        yield Call(name, counts[name], phase, text)


def _later(phase: str, text: str) -> str:
    names = [name for name, _ in _PHASES]
    further = _PHASES[names.index(phase) + 1 :] if phase in names else _PHASES
    return next((name for name, sign in further[:1] if sign.search(text)), phase)
