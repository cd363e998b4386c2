"""corrections.toml: the user's word, a block for each statement, for people and for litdb to edit.

Every block is read by itself, so that a slip in one is told by file and line and the others still count. What litdb
writes or takes out is one block; everything else in the file stays as it is, byte for byte.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from litdb.errors import ConfigError
from litdb.files.place import Place
from litdb.files.replacing import replace_file
from litdb.model import Correction, CorrectionKind

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HEADING = (
    "# Your word on works and people, which counts before every source; written by you and by “litdb set” and others.\n"
)

KEYS: Mapping[CorrectionKind, Mapping[str, str]] = {
    "set": {"work": "works", "field": "field", "value": "value"},
    "key": {"work": "works", "key": "value"},
    "same": {"works": "works"},
    "split": {"works": "works"},
    "person": {"name": "field", "is": "value"},
}
"""What each kind of block has to say, and the attribute of `Correction` that holds it."""

_HEADER = re.compile(r"^(?=\ufeff?[ \t]*\[)", re.MULTILINE)
_SILENT = re.compile(r"\s*(?:#.*)?\Z", re.DOTALL)
_VALUE = re.compile(r"""^([ \t]*(?:value|key|is)[ \t]*=[ \t]*)(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*')""", re.MULTILINE)
_LINE_START, _LINE_END = re.compile(r"\A\r?\n"), re.compile(r"\r?\n\Z")
_BLANK_LINE = re.compile(r"(\A|\n)\r?\n\Z")


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of the file from one header to the next (or from the start, before all headers), and where it begins."""

    start: int
    line: int
    text: str

    @property
    def core(self) -> str:
        """The header and its keys, without the line end and the blank lines and comments that follow."""
        lines = self.text.split("\n")
        while lines and _SILENT.match(lines[-1]):
            lines.pop()
        return "\n".join(lines).removesuffix("\r")


def read_corrections(place: Place) -> tuple[list[Correction], list[str]]:
    """The corrections of a library, and a sentence for every block that says none.

    A missing file says nothing. Raises `ConfigError` where the file cannot be read at all.
    """
    path = place.corrections
    corrections, problems = [], []
    for block in _blocks(_content(path)):
        spot = f"{place.name(path)}:{block.line}"
        try:
            said = _said(block)
        except ConfigError as error:
            problems.append(f"{spot}: {error} This block does not count until it is mended.")
        else:
            corrections += [replace(said, place=spot)] if said else []
    return corrections, problems


def add_correction(path: Path, correction: Correction) -> bool:
    """Write a correction down; whether that changed the file.

    It takes the place of the block about the same subject (a field of a work, its key, whether two works are one), or
    becomes a new block at the end. Raises `LitdbError` where the file cannot be read or written.
    """
    text = _content(path) if path.exists() else HEADING
    line_end = "\r\n" if "\r\n" in text else "\n"
    old = [(block, said) for block, said in _readable(text) if said.subject == correction.subject]
    for block, _ in reversed(old[1:]):
        text = _cut(text, block)
    if old:
        first, said = old[0]
        core = first.core if _agree(said, correction) else _changed(first, correction, line_end)
        return replace_file(path, text[: first.start] + core + text[first.start + len(first.core) :])
    return replace_file(path, _appended(text, correction, line_end))


def append_corrections(path: Path, corrections: Sequence[Correction]) -> bool:
    """Write corrections down, at once, on subjects that the file does not speak of yet; whether that changed it."""
    if not corrections:
        return False
    text = _content(path) if path.exists() else HEADING
    line_end = "\r\n" if "\r\n" in text else "\n"
    for each in corrections:
        text = _appended(text, each, line_end)
    return replace_file(path, text)


def remove_corrections(path: Path, kind: CorrectionKind, works: Collection[str], field: str = "") -> int:
    """Take out the blocks of this kind about these works (as written there) and this field; how many there were."""
    text = _content(path)
    unsaid = Correction(kind, tuple(works), field)
    old = [block for block, said in _readable(text) if said.kind == kind and said.subject == unsaid.subject]
    for block in reversed(old):
        text = _cut(text, block)
    if old:
        replace_file(path, text)
    return len(old)


def _content(path: Path) -> str:
    """The text of the file with its line ends as they are; empty where there is none."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{path} is not UTF-8 text ({error.reason} at byte {error.start}). Save it as UTF-8."
        ) from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror or error}.") from error


def _blocks(text: str) -> list[_Block]:
    starts = sorted({0, *(match.start() for match in _HEADER.finditer(text)), len(text)})
    lines = [1]
    for start, end in pairwise(starts):
        lines.append(lines[-1] + text.count("\n", start, end))
    return [_Block(start, line, text[start:end]) for (start, end), line in zip(pairwise(starts), lines, strict=False)]


def _readable(text: str) -> list[tuple[_Block, Correction]]:
    """The blocks that say something, with what they say."""
    found = []
    for block in _blocks(text):
        with suppress(ConfigError):
            said = _said(block)
            found += [(block, said)] if said else []
    return found


def _said(block: _Block) -> Correction | None:
    """What a block says; None for comments and blank lines before all headers. Raises `ConfigError`."""
    try:
        tables = tomllib.loads(block.text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        line = re.sub(r"at line (\d+)", lambda found: f"at line {int(found[1]) + block.line - 1}", str(error))
        raise ConfigError(f"This is not valid TOML: {line}.") from error
    for name, content in tables.items():
        kind = next((each for each in KEYS if each == name), None)
        if kind is None:
            known = ", ".join(f"[[{each}]]" for each in KEYS)
            raise ConfigError(f"litdb does not know “{name}” here. Blocks are: {known}.")
        if not (isinstance(content, list) and content and isinstance(content[0], dict)):
            raise ConfigError(f"The name of a block stands between two pairs of brackets: [[{name}]].")
        return _correction(kind, content[0])
    return None


def _correction(kind: CorrectionKind, table: Mapping[str, object]) -> Correction:
    keys = KEYS[kind]
    for key in table:
        if key not in keys:
            raise ConfigError(f"[[{kind}]] has no “{key}”. It has: {', '.join(keys)}.")
    for key in keys:
        if key not in table:
            raise ConfigError(f"[[{kind}]] needs “{key}”.")
    texts = {attribute: _a_text(key, table[key]) for key, attribute in keys.items() if attribute != "works"}
    return Correction(kind, _works(table), **texts)


def _works(table: Mapping[str, object]) -> tuple[str, ...]:
    if "works" not in table:
        return (_a_text("work", table["work"]),) if "work" in table else ()
    works = table["works"]
    if not isinstance(works, list) or len(works) < 2:
        raise ConfigError('“works” is a list of two or more texts: works = ["…", "…"].')
    return tuple(_a_text("works", each) for each in works)


def _a_text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"What “{key}” says is a text and stands between quotes, which “{value}” does not.")
    return value


def _agree(one: Correction, other: Correction) -> bool:
    return (one.kind, one.subject, one.value) == (other.kind, other.subject, other.value)


def _changed(block: _Block, correction: Correction, line_end: str) -> str:
    """The block's core saying this instead: only the value exchanged where that is all, so that comments survive."""
    value = _quoted(correction.value)
    core = _VALUE.sub(lambda found: found[1] + value, block.core, count=1)
    with suppress(ConfigError):
        said = _said(replace(block, text=core))
        if said and _agree(said, correction):
            return core
    return _rendered(correction, line_end)


def _rendered(correction: Correction, line_end: str) -> str:
    """A block in TOML, without a line end behind it."""
    lines = [f"[[{correction.kind}]]"]
    for key, attribute in KEYS[correction.kind].items():
        value = getattr(correction, attribute)
        if key == "works":
            lines.append(f"works = [{', '.join(map(_quoted, value))}]")
        else:
            lines.append(f"{key} = {_quoted(value[0] if key == 'work' else value)}")
    return line_end.join(lines)


def _quoted(text: str) -> str:
    """A basic string of TOML (toml.io/en/v1.0.0, section String): JSON's escapes, and one for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _appended(text: str, correction: Correction, line_end: str) -> str:
    """The text with a block behind a blank line at its end; it ends in a line end if it did before."""
    block = _rendered(correction, line_end)
    if not text:
        return block + line_end
    return text + line_end + (block + line_end if text.endswith("\n") else line_end + block)


def _cut(text: str, block: _Block) -> str:
    """The text without the core of a block and the blank line before it: the reverse of `_appended`."""
    before, after = _BLANK_LINE.sub(r"\1", text[: block.start]), text[block.start + len(block.core) :]
    return before + _LINE_START.sub("", after) if after else _LINE_END.sub("", before)
