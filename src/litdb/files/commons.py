"""A commons of facts on disk: JSON lines in files by identifier, small enough to differ in few places.

`SCHEME/XX.jsonl` holds the lines about the identifiers of a scheme whose SHA-256 begins with those two digits.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from litdb.errors import FactsError, UsageError
from litdb.files.replacing import replace_bytes, replaced_folder
from litdb.model import Identifier

Lines = Iterator[tuple[int, bytes]]
"""Lines with their numbers, counted from 1."""

ATTRIBUTES = "*.jsonl text eol=lf merge=union\n"
"""What git has to know: lines of both sides stay, in any order (git-scm.com/docs/gitattributes, “union”)."""

_SHARD = re.compile(r"[0-9a-f]{2}\.jsonl")

LONGEST = 1_000_000
"""Bytes of a line: a paper of three thousand authors takes 300,000."""


def shard(identifier: Identifier) -> str:
    """The file of a commons that tells about an identifier.

    >>> shard(Identifier("arxiv", "2209.00626"))
    'arxiv/3e.jsonl'
    """
    return f"{identifier.scheme}/{sha256(str(identifier).encode()).hexdigest()[:2]}.jsonl"


def by_shard(lines: Iterable[tuple[Identifier, str]]) -> Mapping[str, set[str]]:
    """Lines by the file that they belong in."""
    found: dict[str, set[str]] = defaultdict(set)
    for identifier, line in lines:
        found[shard(identifier)].add(line)
    return found


def text_of(lines: Iterable[str]) -> str:
    """The content of a file: lines in the order of their bytes, each once."""
    return "".join(f"{line}\n" for line in sorted(set(lines) - {""}, key=str.encode))


def lines_about(folder: Path, identifiers: Collection[Identifier]) -> Iterator[tuple[Path, int, bytes]]:
    """The lines of a commons about some identifiers: file, number, line; only the files that may have some are read."""
    wanted: dict[str, set[bytes]] = defaultdict(set)
    for each in identifiers:
        wanted[shard(each)].add(f'{{"about":{json.dumps(str(each), ensure_ascii=False)}'.encode())
    for name, beginnings in sorted(wanted.items()):
        path = folder / name
        if path.is_file():
            for number, line in numbered(path):
                if line.partition(b',"answer":')[0] in beginnings:
                    yield path, number, line


def require_own(folder: Path) -> None:
    """Nothing, if facts can be put into a folder: it is new, a commons, or holds but what git and readers are told.

    Raises `FactsError`.
    """
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    is_commons = any(_SHARD.fullmatch(each.name) for each in folder.glob("*/*.jsonl"))
    other = next((each.name for each in inside if not each.name.startswith((".", "README", "LICENSE"))), "")
    if other and not is_commons:
        raise FactsError(
            f"{folder} is no commons of facts, but holds {other}, so nothing was written. Name a new folder, or a "
            "commons."
        )


def files_of(path: Path) -> list[Path]:
    """The files of a commons, or the one file that it is. Raises `UsageError` or `FactsError`."""
    if path.is_dir():
        inside = (each.relative_to(path) for each in path.rglob("*.jsonl") if each.is_file() and not each.is_symlink())
        files = [path / each for each in sorted(inside) if not any(part.startswith(".") for part in each.parts)]
        if not files:
            raise FactsError(f"{path} holds no .jsonl file, so it is no commons of facts.")
        return files
    if not path.is_file():
        raise UsageError(f"There is no file or folder {path}.")
    return [path]


def numbered(path: Path) -> Lines:
    """The lines of a file with their numbers, empty ones left out. Raises `FactsError` where it cannot be read."""
    try:
        with path.open("rb") as opened:
            yield from numbered_lines(opened)
    except OSError as error:
        raise FactsError(f"{path} cannot be read: {error.strerror or error}.") from error


def numbered_lines(opened: BinaryIO) -> Lines:
    """The same of what is open; of a line that is longer than any fact only the beginning."""
    number = 0
    while line := opened.readline(LONGEST + 1):
        number += 1
        if line.strip():
            yield number, line.rstrip(b"\r\n")


def add_lines(folder: Path, lines: Mapping[str, Iterable[str]]) -> None:
    """Put lines behind those that are in the files of a folder, in any order."""
    for name, those in lines.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8", newline="\n") as opened:
            opened.write(text_of(those))


def put_in_order(folder: Path) -> int:
    """Bring the lines of every file in order, each once; how many there are."""
    count = 0
    for path in folder.rglob("*.jsonl"):
        content = text_of(path.read_text("utf-8").split("\n"))
        path.write_bytes(content.encode())
        count += content.count("\n")
    return count


def write_shard(folder: Path, name: str, lines: Iterable[str]) -> bool:
    """Make a file of a commons say exactly these lines; whether that changed anything."""
    return replace_bytes(folder / name, text_of(lines).encode())


def write_attributes(folder: Path) -> None:
    """Tell git how to merge, unless it was told already."""
    path = folder / ".gitattributes"
    if not path.exists():
        replace_bytes(path, ATTRIBUTES.encode())


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """A folder to fill, which takes the place of the one that is there when all is in it; else that stays."""
    try:
        with replaced_folder(folder) as made:
            yield made
    except OSError as error:
        raise FactsError(f"{folder} cannot be written: {error.strerror or error}.") from error
