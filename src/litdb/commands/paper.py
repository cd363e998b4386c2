r"""A paper in LaTeX on disk: the files that `main.tex` is made of, the bibliographies beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from litdb.errors import NoteError, UsageError

_COMMENT = re.compile(r"(?:^|(?<=[\s}]))%.*", re.MULTILINE)
"""A percent sign inside a word is one of an address (`\\url{…%20…}`)."""

_UNREAD = re.compile(
    r"""\\begin\{(?P<name>comment|verbatim\*?|lstlisting|minted)\}.*?\\end\{(?P=name)\}
       |\\(?:verb|lstinline)\*?(?P<sign>[^\w\s*{])[^\n]*?(?P=sign)
       |(?<=\\end\{document\}).*""",
    re.DOTALL | re.VERBOSE,
)
"""What LaTeX sets letter by letter or never reads."""

_FALSE = re.compile(r"\\iffalse(?![A-Za-z])")
_CONDITION = re.compile(r"\\(?:(?P<opens>if(?!f\b|thenelse\b)[A-Za-z]*)|(?P<turns>else)|fi)(?![A-Za-z])")

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
    r"""LaTeX with blanks in the place of what it does not typeset, so that everything else stays where it is.

    These are comments, what stands between `\iffalse` and its `\else` or `\fi`, listings, and what follows the end.

    >>> without_comments(r"\cite{a} % \cite{b}"), without_comments(r"\url{x/%20}")
    ('\\cite{a}           ', '\\url{x/%20}')
    >>> without_comments(r"\iffalse \cite{a} \ifx b \fi c \else d \fi \verb|\cite{e}|").split()
    ['d', '\\fi']
    """
    return _without_false_parts(_UNREAD.sub(_blank, _COMMENT.sub(_blank, text)))


def _without_false_parts(text: str) -> str:
    while false := _FALSE.search(text):
        end = _end_of_false(text, false.end())
        text = text[: false.start()] + _blanked(text[false.start() : end]) + text[end:]
    return text


def _end_of_false(text: str, start: int) -> int:
    """Where a part that begins with `\\iffalse` ends: behind its own `\\else` or `\\fi`, at worst with the text."""
    depth = 0
    for each in _CONDITION.finditer(text, start):
        if not depth and not each["opens"]:
            return each.end()
        depth += 1 if each["opens"] else -1 if not each["turns"] else 0
    return len(text)


def _blank(found: re.Match[str]) -> str:
    return _blanked(found[0])


def _blanked(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


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
