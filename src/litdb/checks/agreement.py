"""Whether two values say the same: dates, names and titles compared as a reader would, not letter by letter."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from litdb.checks.nicknames import nicknames
from litdb.model import Name
from litdb.text.dates import cited_day
from litdb.text.names import PARTICLES
from litdb.text.titles import without_site

WEST, EAST = timedelta(hours=-12), timedelta(hours=14)
"""The offsets between which all local times of the earth lie."""

_FONTS = re.compile(r"\\(?:(?:math|text|operatorname|bf|it|rm|sc|sf|tt)[a-z]*|(?:em|emph|ensuremath)\b)")
_SIGNS = ((r"\times", "x"), ("×", "x"), (r"\ell", "l"), ("√", "sqrt"), ("∞", "infty"), ("&", " and "))
_GREEK = {"lamda": "lambda"}
"""Names of letters that Unicode spells otherwise than everybody."""

_LETTER_NAME = re.compile(r"(?:LATIN|GREEK) SMALL LETTER (?:DOTLESS |FINAL )?(\w+)")
_SUBTITLE = re.compile(r":\s|\s[-–—|·•:»]{1,3}\s|—|(?<=[?!.])\s")
_CUT = re.compile(r"\s*(?:…|\.\.\.)\Z")
_NUMBER_BEFORE = re.compile(r"\A\[[\w./-]+\]\s*")
_UMLAUT = re.compile("([aou])e|(a)a")
_SOUNDS = str.maketrans("kwyz", "cvjs")
"""Initials that one name may have in two spellings: Karl and Carl, Yan and Jan."""

_APOSTROPHES = re.compile("['’ʼ`]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def dates_agree(one: str, other: str) -> bool:
    """Whether two dates can be the same day, compared at the coarser precision.

    An instant (a time with its offset) has other days in other places: it agrees with each of them.

    >>> dates_agree("2022-08", "2022-08-30"), dates_agree("2022-08-30", "2022-08-31")
    (True, False)
    >>> dates_agree("2022-03-30T06:30:00Z", "2022-03-29"), dates_agree("2022-03-30T13:30:00Z", "2022-03-29")
    (True, False)
    """
    first, second = _instant(one), _instant(other)
    if first and second:
        zones = (first.tzinfo, second.tzinfo)
        return any(first.astimezone(zone).date() == second.astimezone(zone).date() for zone in zones)
    return any(_begins_alike(a, b) for a in _days(one) for b in _days(other))


def fits_month_of_number(value: str, month: str) -> bool:
    """Whether a date can be that of an arXiv paper whose number was given out in `month`: sent then or just before.

    >>> [fits_month_of_number(value, "2022-09") for value in ("2022-08-31", "2022-09", "2022", "2022-10-01")]
    [True, True, True, False]
    """
    year, number = int(month[:4]), int(month[5:7])
    before = f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02}"
    return dates_agree(value, month) or dates_agree(value, before)


def people_agree(one: Sequence[Name], other: Sequence[Name]) -> bool:
    """Whether two lists name the same people: in another order too, and where one list only begins like the other.

    >>> ngo, chan, leike = Name("Ngo", "Richard"), Name("Chan", "Lawrence"), Name("Leike", "Jan")
    >>> people_agree([ngo, chan], [chan, ngo]), people_agree([ngo, chan], [ngo]), people_agree([ngo, chan], [chan])
    (True, True, False)
    """
    if all(is_same_person(a, b) for a, b in zip(one, other, strict=False)):
        return True
    return len(one) == len(other) and Counter(map(family, one)) == Counter(map(family, other))


def is_same_person(one: Name, other: Name) -> bool:
    """Whether two names can be one person's: initials, nicknames, missing middle names, accents and particles aside.

    >>> is_same_person(Name("Müller", "Karl Heinz"), Name("Mueller", "K.")), is_same_person(Name("Ngo"), Name("Chan"))
    (True, False)
    >>> is_same_person(Name("Vinh", "N. X."), Name("Nguyen", "Xuan Vinh"))
    True
    """
    first, second = _words(one.display), _words(other.display)
    if "".join(first) == "".join(second):
        return True
    shorter, longer = sorted((set(first), set(second)), key=len)
    if shorter <= longer and (len(shorter) > 1 or (one.literal and other.literal)):
        return True
    if one.literal or other.literal:
        literal, person = (first, other) if one.literal else (second, one)
        return set(literal) == _family_words(person)
    is_one_family = _family_words(one) <= set(second) and _family_words(other) <= set(first)
    return (is_one_family and _share_an_initial(one, other)) or _stands_for(first, second) or _stands_for(second, first)


def family(name: Name) -> str:
    """The letters of a family name (or of a name that is not split), without particles and accents.

    >>> family(Name("Merwijk", "Chris", "van")), family(Name("Racanière", "Sébastien")), family(Name(literal="OpenAI"))
    ('merwijk', 'racaniere', 'openai')
    """
    return "".join(sorted(_family_words(name)))


def titles_agree(one: str, other: str, sites: Iterable[str] = ()) -> bool:
    """Whether two titles are the same but for case, punctuation, TeX, a subtitle left out, a name of the site, a cut.

    >>> titles_agree("Shard Theory: An Overview", "Shard theory"), titles_agree("Shard Theory", "Shard Practice")
    (True, False)
    >>> titles_agree("LessWrong: AI safety", "AI Safety", ["LessWrong"]), titles_agree("On $α$", r"On $\\alpha$")
    (True, True)
    """
    sites = tuple(sites)
    first, second = _freed(one, sites), _freed(other, sites)
    return (
        title_letters(first) == title_letters(second)
        or title_letters(second) in _beginnings(first)
        or title_letters(first) in _beginnings(second)
        or _is_cut(first, second)
        or _is_cut(second, first)
    )


@lru_cache(maxsize=32_768)
def title_letters(title: str) -> str:
    """What of a title counts when two are compared: its letters and digits, accents off, Greek letters spelled out.

    >>> title_letters(r"An $\\mathcal{O}(n^2)$ Étude — 16×16"), title_letters("Σ & α")
    ('anon2etude16x16', 'sigmaandalpha')
    """
    return _letters(_FONTS.sub("", title))


def main_title(title: str) -> str:
    """The title up to its subtitle.

    >>> main_title("Shard Theory: An Overview"), main_title("What? Why?"), main_title("Plain")
    ('Shard Theory', 'What?', 'Plain')
    """
    return _SUBTITLE.split(title, maxsplit=1)[0]


def _instant(value: str) -> datetime | None:
    """The moment that a date with time and offset names."""
    if "T" not in value:
        return None
    moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
    return moment if moment.tzinfo else None


def _days(value: str) -> list[str]:
    """The days that a date is, anywhere on earth."""
    moment = _instant(value)
    if moment is None:
        return [cited_day(value)]
    utc = (moment - (moment.utcoffset() or timedelta())).replace(tzinfo=None)
    first, last = (utc + WEST).date(), (utc + EAST).date()
    return [str(first + timedelta(days=count)) for count in range((last - first).days + 1)]


def _begins_alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _share_an_initial(one: Name, other: Name) -> bool:
    """Whether a given name of one can be one of the other: Bob is Robert, so R. and B. can be one."""
    first, second = (set(_words(name.given)) for name in (one, other))
    called = (_initials(words | nicknames(words)) for words in (first, second))
    written = (_initials(words) for words in (second, first))
    return not (first and second) or any(ours & theirs for ours, theirs in zip(called, written, strict=True))


def _initials(words: Iterable[str]) -> set[str]:
    return {word[0].translate(_SOUNDS) for word in words}


def _stands_for(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether each word of a name is one of the other or its initial, whichever of them is the family's."""
    left = [*long]
    initials = []
    for word in short:
        if word in left:
            left.remove(word)
        else:
            initials.append(word)
    if not any(len(word) > 1 for word in short if word not in initials):
        return False
    for initial in initials:
        begun = next((word for word in left if word.startswith(initial) and len(initial) == 1), "")
        if not begun:
            return False
        left.remove(begun)
    return True


def _family_words(name: Name) -> set[str]:
    words = set(_words(name.literal or name.family or name.given))
    return words - PARTICLES or words


def _words(text: str) -> list[str]:
    """The words of a name in plain letters; `ü` and `ue` come out alike."""
    pieces = (_letters(piece) for piece in _BETWEEN_WORDS.split(_APOSTROPHES.sub("", text)))
    return [_UMLAUT.sub(r"\1\2", piece) for piece in pieces if piece]


def _letters(text: str) -> str:
    for sign, spelled in _SIGNS:
        text = text.replace(sign, spelled)
    return "".join(_spelled(character) for character in unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=4096)
def _spelled(character: str) -> str:
    """A letter without its accent, a Greek one by its name, as Unicode names them; nothing for a mark."""
    if character.isascii() or not character.isalpha():
        return character if character.isalnum() else ""
    named = _LETTER_NAME.match(unicodedata.name(character, ""))
    name = named[1].lower() if named else character
    return _GREEK.get(name, name)


def _freed(title: str, sites: Iterable[str]) -> str:
    """The title without a number before it and without the names of sites."""
    freed = _NUMBER_BEFORE.sub("", title) or title
    for site in sites:
        freed = without_site(freed, site)
    return freed


def _beginnings(title: str) -> Iterator[str]:
    """The letters of the title up to each place where a subtitle or the name of a site may begin."""
    return (title_letters(title[: found.start()]) for found in _SUBTITLE.finditer(title) if title[: found.start()])


def _is_cut(one: str, whole: str) -> bool:
    letters = title_letters(_CUT.sub("", one))
    return bool(_CUT.search(one) and letters) and title_letters(whole).startswith(letters)
