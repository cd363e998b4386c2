"""Whether files are as they were: by name, size and time, or by what is in them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from hashlib import sha256
from os import DirEntry, scandir
from pathlib import Path


def states(files: Iterable[DirEntry[str] | Path]) -> list[str]:
    """The name, size and time of each file, in order."""
    found = ((each.name, each.stat()) for each in files)
    return sorted(f"{name}:{state.st_size}:{state.st_mtime_ns}" for name, state in found)


def modules(folder: str) -> Iterator[DirEntry[str]]:
    """The Python modules in a folder and below; `Path.rglob` takes four times as long, at the start of every crawl."""
    for each in scandir(folder):
        if each.is_dir():
            yield from modules(each.path)
        elif each.name.endswith(".py"):
            yield each


def inside(folder: Path, but: Container[str]) -> Iterator[DirEntry[str]]:
    """What lies in a folder, but for some names."""
    return (each for each in scandir(folder) if each.name not in but)


def content_hash(path: Path) -> str:
    """The SHA-256 of what a file holds; empty where it cannot be read."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
