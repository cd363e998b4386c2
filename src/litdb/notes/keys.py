r"""Citation keys in text: Pandoc's `[@key]`, `@key` and `@{key}`, wiki links `[[@key]]`, LaTeX's `\cite{key}`."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import replace

from litdb.model import Note
from litdb.notes.bare import read_bare
from litdb.notes.found import Found

HANDLE = "handle"
"""How a key is found that stands in text without brackets, where it may as well be somebody's name."""

LONGEST_GROUP = 500
"""Brackets with more between them are prose."""

_KEY = r"@(?:(?P<key>[^\W_](?:[\w:.$%&+?~/-]*[\w/])?)|\{(?P<braced>[^\W_][^\s{}]*)\})"
"""Braces hold what the rules for bare keys would cut short (pandoc.org/MANUAL, "Citation syntax")."""
_CITED = re.compile(
    r"\s*(?:cite(?:/[\w/-]+)?:)?\s*"
    r"(?:(?:see|also|cf|e\.g|i\.e|compare|but|and|or|as|in|for|example)[.,]*\s+)*"
    rf"-?(?P<cited>{_KEY})(?=[\s,;|#\]]|\Z)",
    re.IGNORECASE,
)
_HANDLE = re.compile(rf"(?<![\w/@.]){_KEY}")
_NUMBERED = re.compile(r"(?:pmid|pmcid|isbn):", re.IGNORECASE)
_ELSEWHERE = re.compile(rf"(?:doi|arxiv|https?|url:https?):|{_NUMBERED.pattern}", re.IGNORECASE)
"""Keys that are identifiers, as Manubot has them (manubot.org): all but numbers are found wherever they stand."""
_COMMAND = re.compile(
    r"\\(?:(?i:paren|text|auto|foot|footfull|smart|super|full|no|short|online)cite|[cC]ite)[A-Za-z]{0,16}\*?"
    r"(?:\s?\[[^\[\]{}]*\]){0,2}\s?\{(?P<keys>[^{}\\]*)\}"
)
_FURTHER = re.compile(r"(?:\s?\[[^\[\]{}]*\]){0,2}\s?\{(?P<keys>[^{}\\]*)\}")
_PLURAL = re.compile(r"\\[A-Za-z]*[cC]ites\b")
_LISTED = re.compile(r"[^\s,*][^\s,]*")


def keys_in_brackets(text: str, start: int, end: int) -> Iterator[Found]:
    """The keys cited between two brackets: one for each part of `@a; see @b, p. 3`, none when it is no citation.

    The words before a key are few and known, so that a handle in prose is no key.

    >>> [each.target for each in keys_in_brackets("see @a2; -@b, p. 3", 0, 18)]
    ['@a2', '@b']
    >>> list(keys_in_brackets("thanks to @bob", 0, 14)), list(keys_in_brackets("a@b.example", 0, 11))
    ([], [])
    """
    if end - start > LONGEST_GROUP or text.find("@", start, end) < 0:
        return
    for number, part in enumerate(text[start:end].split(";")):
        match = _CITED.match(text, start, start + len(part))
        if match and not _ELSEWHERE.match(_key(match)):
            yield Found(*match.span("cited"), f"@{_key(match)}", "", "key")
        elif not match and not number:
            return
        start += len(part) + 1


def handle_at(text: str, start: int) -> Found | None:
    """The key or the handle at an offset: in Pandoc's text both are written so, and only a bibliography tells.

    A key that is a number of a registry is what that means.

    >>> handle_at("as @doe99: writes", 3).target, handle_at("@{doe.}", 0).target, handle_at("a@b.example", 1)
    ('@doe99', '@doe.', None)
    """
    match = _HANDLE.match(text, start)
    if match and _NUMBERED.match(_key(match)):
        return read_bare(text, text.index(_key(match), start))
    if not match or _ELSEWHERE.match(_key(match)):
        return None
    return Found(start, match.end(), f"@{_key(match)}", "", HANDLE)


def settled(note: Note, known: Container[str]) -> Note:
    """The note with its handles taken for keys where these are known, and without all others."""
    if not any(each.found == HANDLE for each in note.mentions):
        return note
    kept = (each for each in note.mentions if each.found != HANDLE or each.target[1:] in known)
    return replace(note, mentions=tuple(replace(each, found="key") if each.found == HANDLE else each for each in kept))


def cite_command(text: str, start: int) -> tuple[list[Found], int] | None:
    r"""The keys of a LaTeX citation command that begins at an offset, and where it ends.

    >>> found, end = cite_command(r"\citep[see][p. 3]{a, b}", 0)
    >>> [(each.start, each.target) for each in found], end
    ([(18, '@a'), (21, '@b')], 23)
    """
    command = _COMMAND.match(text, start)
    if not command:
        return None
    groups = [command]
    if _PLURAL.match(text, start):
        while further := _FURTHER.match(text, groups[-1].end()):
            groups.append(further)
    return [
        Found(*key.span(), f"@{key[0]}", "", "key")
        for group in groups
        for key in _LISTED.finditer(text, *group.span("keys"))
    ], groups[-1].end()


def _key(match: re.Match[str]) -> str:
    return match["key"] or match["braced"]
