r"""A paper in LaTeX on disk: the files that `main.tex` is made of, the bibliographies beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from litdb.errors import NoteError, UsageError

_COMMENT = re.compile(r"(?:^|(?<=[\s}]))%.*", re.MULTILINE)
"""A percent sign inside a word is one of an address (`\\url{…%20…}`)."""

_INCLUDED = re.compile(r"\\(?:input|include|subfile)\s*\{([^{}]+)\}")
_BIBS = re.compile(r"\\(?:bibliography|addbibresource(?:\[[^\[\]]*\])?)\s*\{([^{}]+)\}")
_ALL = re.compile(r"\\nocite\s*\{\s*\*\s*\}")


def tex_files(main: Path) -> list[Path]:
    r"""The file and all that it takes in by `\input`, `\include` and `\subfile`, each once, in their order.

    LaTeX looks for them from the folder of the main file; what is not there is passed over. Raises `UsageError` where
    the main file is not there.
    """
    if not main.is_file():
        raise UsageError(f"There is no file {main}. Name the main .tex file of your paper.")
    found: dict[Path, None] = {}
    waiting = [main]
    while waiting:
        path = waiting.pop(0)
        if path not in found:
            found[path] = None
            waiting = [*_named(path, _INCLUDED, main.parent, ".tex"), *waiting]
    return list(found)


def bibs_of(files: list[Path]) -> list[Path]:
    r"""The bibliographies that a paper names (`\bibliography`, `\addbibresource`), then those in its folder."""
    folder = files[0].parent
    named = [bib for path in files for bib in _named(path, _BIBS, folder, ".bib")]
    return list(dict.fromkeys([*named, *sorted(folder.glob("*.bib"))]))


def cites_everything(files: list[Path]) -> bool:
    r"""Whether the paper says `\nocite{*}`."""
    return any(_ALL.search(_read(path)) for path in files)


def without_comments(text: str) -> str:
    r"""LaTeX with blanks in the place of comments, so that everything else stays where it is.

    >>> without_comments(r"\cite{a} % \cite{b}"), without_comments(r"\url{x/%20}")
    ('\\cite{a}           ', '\\url{x/%20}')
    """
    return _COMMENT.sub(lambda found: " " * len(found[0]), text)


def _named(path: Path, command: re.Pattern[str], folder: Path, suffix: str) -> Iterator[Path]:
    """The files that a command names in a file, as far as they are there."""
    names = (name.strip() for group in command.findall(_read(path)) for name in group.split(","))
    for name in names:
        candidates = (folder / name, folder / f"{name}{suffix}")
        yield from (each for each in candidates if each.suffix == suffix and each.is_file())


def _read(path: Path) -> str:
    try:
        return without_comments(path.read_text("utf-8", "replace"))
    except OSError as error:
        raise NoteError(f"{path} cannot be read: {error.strerror or error}.") from error
