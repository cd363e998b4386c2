"""The texts of an entry as one dialect writes them: escaped, in its letters, names as BibTeX parses them.

Venues, the parts of names and the words of titles come back from work to work, so what was made of one is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from litdb.export.casing import as_headline, as_name, as_sentence, as_word, vote
from litdb.export.escape import escape, group, one_line, words
from litdb.export.tex import tex_title
from litdb.model import Name, Work
from litdb.text.others import OTHERS

MOST_KNOWN = 1 << 14
"""So many texts of one sort are remembered."""

_SYNTAX = re.compile(r"[,=]|(?:\A|\s)and(?:\s|\Z)|[#$%&_]\Z", re.IGNORECASE)
"""What would be read as syntax in a name: `=` by biber and pandoc (`family=…`), an escaped sign before ` and ` too."""

_FIRST_LETTER = re.compile(r"[^\W\d_]")
_RANGE = re.compile(r"(?<=\d)\s*[-–—]+\s*(?=\d)")

Made = TypeVar("Made")


class Known(dict[str, Made], Generic[Made]):
    """What a function makes of texts, remembered; all is forgotten when it is too much.

    >>> sizes = Known(len)
    >>> sizes["four"], dict(sizes)
    (4, {'four': 4})
    """

    def __init__(self, function: Callable[[str], Made]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, text: str) -> Made:
        if len(self) >= MOST_KNOWN:
            self.clear()
        made = self[text] = self._function(text)
        return made


_votes = Known(vote).__getitem__


class Writing:
    """How texts are written with certain `letters`, and given names with certain `initials`.

    Both are functions from escaped text to the same text.
    """

    def __init__(self, letters: Callable[[str], str] = str, initials: Callable[[str], str] = str) -> None:
        self.letters = letters
        self.text = Known(lambda text: letters(escape(one_line(text)))).__getitem__
        self.pages = Known(lambda text: "--".join(map(self.text, _RANGE.split(one_line(text))))).__getitem__
        self._part = Known(lambda text: initials(letters(_part(one_line(text)))))
        self._family = Known(lambda text: text if _is_plain(text) else letters(_family(one_line(text))))
        self._word = Known(lambda token: letters(as_word(token))).__getitem__
        self._name = Known(lambda token: letters(as_name(token))).__getitem__

    def people(self, names: Sequence[Name]) -> str:
        r"""Names as BibTeX parses them, `Family, Given`; what has no such parts in braces of its own.

        >>> write = Writing()
        >>> print(write.people([Name("Merwijk", "Chris", "van"), Name(literal="Center for AI and Safety")]))
        van Merwijk, Chris and {Center for AI and Safety}
        >>> print(write.people([Name(family="King", given="M.", suffix="Jr."), Name(literal="@a_b")]))
        King, Jr., M. and {@a\_b}
        >>> print(write.people([Name("Knuth", "Donald"), OTHERS]))
        Knuth, Donald and others
        """
        written: list[str] = []
        families, parts = self._family, self._part
        for each in names:
            family, given = families[each.family], parts[each.given]
            if written and each == OTHERS:
                written.append("others")
            elif family and given and not (each.particle or each.suffix):
                written.append(f"{family}, {given}")
            elif person := self._unusual(each):
                written.append(person)
        return " and ".join(written)

    def title(self, work: Work) -> str:
        """The title with its capitals protected, or the label of a titleless work, which no style may touch."""
        title = words(work.title)
        if not title:
            label = self.letters(escape(one_line(work.label)))
            return group(label) if label else ""
        sentence_case = sum(map(_votes, title)) > _votes(title[0]) or is_foreign(work.language)
        if work.markup == "tex" and _has_tex(work.title):
            return self.letters(tex_title(" ".join(title), sentence_case=sentence_case))
        if sentence_case:
            return as_sentence(title, self._word, self._name)
        return as_headline(work.title, title, self._word, self._name)

    def _unusual(self, name: Name) -> str:
        family, given = self._family[name.family], self._part[name.given]
        if not (family and given):
            whole = self.text(name.display)
            return group(whole) if whole else ""
        before = " ".join(filter(None, (self.text(name.particle), family)))
        return ", ".join(filter(None, (before, self._part[name.suffix], given)))


def is_foreign(language: str) -> bool:
    """Whether a text is known not to be English: there, capitals inside a title are always meant.

    >>> is_foreign("de"), is_foreign("en-US"), is_foreign("")
    (True, False, False)
    """
    return bool(language) and language[:2].lower() != "en"


def _has_tex(title: str) -> bool:
    return "$" in title or "\\" in title or "{" in title or "}" in title


def _is_plain(text: str) -> bool:
    """Whether a family name surely stays as it is: one word of ASCII letters and digits with a capital."""
    return text.isalnum() and text.isascii() and text[0].isupper() and text.lower() != "and"


def _part(line: str) -> str:
    """A part of a name, in braces where something in it would be read as syntax."""
    return group(escape(line)) if _SYNTAX.search(line) else escape(line)


def _family(line: str) -> str:
    """A family name, in braces where a small word in it would be read as a particle: Ortega y Gasset, boyd."""
    initials = filter(None, map(_FIRST_LETTER.search, line.split()))
    is_read_apart = any(initial[0].islower() for initial in initials)
    return group(escape(line)) if is_read_apart else _part(line)
