"""What litdb itself wrote into a note is no evidence: it must not be read back as the user's word."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from litdb.model import Json, Mention, Note

LINK = "link"
FRONT_MATTER = "front-matter:"


class OwnWord(NamedTuple):
    """A word of litdb's in a note: beside the link with this target, or the link itself, or in the front matter.

    `field` is `link` (its `value` is the link's text), `front-matter:KEY`, or the field of what stands beside the link
    (`date`, `authors`).
    """

    note: str
    target: str
    field: str
    value: str = ""


def words_between(before: Note, after: Note) -> list[OwnWord]:
    """What a note says after litdb wrote into it and did not say before: links, dates and people beside them, keys."""
    return [*(Counter(_words(after)) - Counter(_words(before)))]


def without_own_words(notes: Sequence[Note], words: Iterable[OwnWord], there: Container[str]) -> list[Note]:
    """The notes without what litdb wrote into them; `there` are the names of all notes.

    A word that was written into a note counts there; one whose note is gone (renamed, moved) counts in every note. Of
    links that are alike the last is litdb's: it adds behind what there is.
    """
    strayed, by_note = sorted_by_note(words, there.__contains__)
    return [_without(note, by_note.get(note.path, frozenset()) | strayed) for note in notes]


def sorted_by_note(
    words: Iterable[OwnWord], is_there: Callable[[str], bool]
) -> tuple[frozenset[OwnWord], dict[str, frozenset[OwnWord]]]:
    """The words whose note is gone, and the others by their note; all without its name."""
    by_note: dict[str, set[OwnWord]] = {}
    for word in words:
        by_note.setdefault(word.note if is_there(word.note) else "", set()).add(word._replace(note=""))
    found = {note: frozenset(said) for note, said in by_note.items()}
    return found.pop("", frozenset()), found


def word_beside(target: str, field: str, value: Json) -> OwnWord:
    """A word beside a link, without the name of its note."""
    return OwnWord("", target, field, _text(value))


def _without(note: Note, words: frozenset[OwnWord]) -> Note:
    if not words:
        return note
    ours = {_link(each, ""): place for place, each in enumerate(note.mentions) if _link(each, "") in words}
    theirs = [_heard(each, words) for place, each in enumerate(note.mentions) if place not in ours.values()]
    values = {
        key: value
        for key, value in note.front_matter.items()
        if OwnWord("", "", FRONT_MATTER + key, _text(value)) not in words
    }
    return replace(note, mentions=tuple(theirs), front_matter=values)


def _heard(mention: Mention, words: frozenset[OwnWord]) -> Mention:
    """The mention with what the user asserts beside it."""
    if not mention.asserted:
        return mention
    said = ((claim, word_beside(mention.target, claim.field, claim.value)) for claim in mention.asserted)
    return replace(mention, asserted=tuple(claim for claim, word in said if word not in words))


def _words(note: Note) -> list[OwnWord]:
    words = [OwnWord(note.path, "", FRONT_MATTER + key, _text(value)) for key, value in note.front_matter.items()]
    for mention in note.mentions:
        words.append(_link(mention, note.path))
        words += [OwnWord(note.path, mention.target, each.field, _text(each.value)) for each in mention.asserted]
    return words


def _link(mention: Mention, note: str) -> OwnWord:
    return OwnWord(note, mention.target, LINK, mention.text)


def _text(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
