"""Names of people and organisations: split into CSL's parts where that is safe, otherwise kept whole."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from litdb.model import Claim, Name

PARTICLES = frozenset(
    "van von der den dem de del della delle degli dei di da do dos das du des la las le les lo los ten ter te zu zum "
    "zur vom af av bin ibn ben bint al el abu 't op aan in".split()
)
"""Lower-case words that stand between given and family name."""

_CONNECTORS = frozenset(("y", "e", "i"))
"""What joins two family names: Ortega y Gasset, Costa e Silva."""

_BETWEEN = PARTICLES | _CONNECTORS
"""Words of a full name that need no capital."""

_CAPITAL_PARTICLES = frozenset("Van Von De Del Della Di Da Dos Der Den Du Le La Lo El Al".split())
"""Where these are capitalised (Dick Van Dyke), the family name begins with them."""

SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())

_DEGREES = frozenset(
    "phd dphil md mbbs dvm vmd dds dmd dacvb rn np pa-c mph msc bsc mba ma ms llm llb jd mphil edd psyd scd dsc "
    "frs frcp facs facp cpp cpa cfa pe rd rdn ld ldn lcsw lmft cissp dnp aprn pharmd dpt cscs faap".split()
)
_PLAIN_DEGREES = frozenset("phd dphil md dvm msc mba mph psyd edd".split())
"""Degrees that also count without a comma before them (`MA`, `PE` and the like may be family names)."""

_ADDRESS = frozenset("dr dr. prof prof. professor".split())
_NO_GIVEN_NAMES = frozenset("mr mr. mrs mrs. ms ms. mx mx. rev rev.".split())
_ADDRESS_OF_A_FULL_NAME = _NO_GIVEN_NAMES | {"sir", "dame"}
"""Before a single word these are part of what somebody goes by: Mr. Beast, Sir Nuno."""

ORGANISATION_WORDS = frozenset(
    """academy admin administrator agency ai alliance anthropic anonymous association blog bureau center centre channel
    coalition collaboration college committee community company consortium contributor contributors corp corporation
    council deepmind department desk digest editor editorial editors eleutherai facebook faculty foundation forum
    github gmbh google group guest inc inc. initiative institut institute journal lab laboratories laboratory labs
    lesswrong ltd ltd. llc magazine media microsoft ministry miri network networks news newsletter newsroom
    observatory office online openai organisation organization partnership podcast program programme project publisher
    publishing research review safety school security services society software solutions staff studio studios systems
    team technologies technology times trust universitat université university webmaster wikipedia youtube zentrum
    universität""".split()
)
"""Words that show a name to be no person's."""

_OPENING_WORDS = frozenset("the how why what when where view read share subscribe about from our your this all".split())
_SEPARATOR = re.compile(r"\s*(?:;|\n|\s[&·|•]\s|,?\s(?:and|und|et)\s)\s*", re.IGNORECASE)
_ADDRESS_TEXT = re.compile(
    r"<?(?:mailto:)?[^\s<>()@,;]{1,64}@[^\s<>()@,;]{1,255}\.[a-z]{2,63}>?|<?\bhttps?://[^\s<>()]+>?", re.IGNORECASE
)
_PRONOUNS = re.compile(r"\s*[(\[](?:she|he|they)\b[^()\[\]]{0,20}[)\]]\Z", re.IGNORECASE)
_HANDLE_BEHIND = re.compile(r"\s*[(\[]@[\w.]+[)\]]\Z|(?<=\w)\s+@[\w.]+\Z")
_BY = re.compile(r"\A(?:(?:written|posted|published)\s+)?by\b[\s:]+", re.IGNORECASE)
_PREFIX = re.compile(r"(?:d|l|al|el|'t|dell|ben)['’\-]")
_NO_SPACING_MARKS = re.compile("[^\u00a8\u00af\u00b4\u00b8]+")
_LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-\u00a8\u00af\u00b4\u00b8])*\Z")
_INITIALS = re.compile(r"[^\W\d_](?:\.|\b)(?:[\s-]?[^\W\d_](?:\.|\b))*\Z")
_ABBREVIATION = re.compile(r"[A-Z]{3,6}\Z")
"""What stands behind a full name and a comma in capitals is a degree or a membership: `FAND`, `DABOM`."""
_ORCID = re.compile(r"(?:\d{4}-){3}\d{3}[\dXx]\Z", re.ASCII)
_BADGES = frozenset(("So", "Sk", "Cn", "Co", "Cs", "Cf", "Cc"))


def read_orcid(text: str) -> str:
    """The ORCID that a text ends in, empty where there is none; the last digit decides (ISO/IEC 7064, MOD 11-2).

    >>> read_orcid("https://orcid.org/0000-0002-1825-0097"), read_orcid("0000-0002-1825-0098")
    ('0000-0002-1825-0097', '')
    """
    found = _ORCID.search(text.strip())
    if not found:
        return ""
    total = 0
    for digit in found[0].replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return found[0].upper() if "0123456789X"[(12 - total % 11) % 11] == found[0][-1].upper() else ""


@lru_cache(maxsize=1024)
def read_name(text: str) -> Name:
    """The name that a text says, in parts where it is a person's and can be split, else as a literal.

    `By`, degrees, forms of address, badges, pronouns and a handle behind a name are dropped, letters of mathematical
    alphabets made plain. A text without a name gives an empty name.

    >>> read_name("Chris van Merwijk"), read_name("King, Jr., M.").display
    (Name(family='Merwijk', given='Chris', particle='van', suffix='', literal='', orcid=''), 'M. King Jr.')
    >>> [read_name(text).literal for text in ("@RichardMCNgo", "evhub", "Google DeepMind", "John Wentworth, PhD")]
    ['@RichardMCNgo', 'evhub', 'Google DeepMind', '']
    """
    plain = _tidy(text)
    parts = [part.strip() for part in plain.split(",") if part.strip()]
    parts = parts[:1] + [part for part in parts[1:] if not _is_degree(part, _DEGREES)]
    if len(parts) > 1 and _is_full_name(parts[0]):
        parts = parts[:1] + [part for part in parts[1:] if not _ABBREVIATION.match(part)]
    parts = [part for part in (_without_titles(part) for part in parts) if part]
    suffix = next((part for part in parts[1:] if part.lower() in SUFFIXES), "")
    parts = [part for part in parts if part != suffix]
    if len(parts) == 2 and _is_full_name(f"{parts[1]} {parts[0]}"):
        return _inverted(parts[0], parts[1], suffix)
    if len(parts) == 1 and _is_full_name(parts[0]):
        return _in_order(parts[0].split(), suffix)
    return Name(literal=", ".join((*parts, suffix) if suffix else parts))


def read_names(text: str) -> tuple[Name, ...]:
    """The names of a list as people write it: with commas, `and`, `&` or semicolons.

    Addresses (e-mail, URL) are dropped where anything else is there. A comma inside `Family, Given` does not part.

    >>> [name.display for name in read_names("A. Bee, C. Dee and E. Fee")]
    ['A. Bee', 'C. Dee', 'E. Fee']
    >>> [name.display for name in read_names("Ngo, Richard; Leike, Jan")]
    ['Richard Ngo', 'Jan Leike']
    """
    plain = _BY.sub("", html.unescape(text).strip(), count=1)
    plain = re.sub(r",?\s+et\s+al\.?\s*\Z", "", plain)
    pieces = [piece for piece in _pieces(plain) if piece]
    mixed = len(pieces) > 1 and any("," in piece for piece in pieces) and "," not in pieces[-1]
    whole = {piece for piece in pieces if _is_turned(piece)} if ";" in plain else ()
    names = [read_name(part) for piece in pieces for part in _at_commas(piece, mixed and piece not in whole)]
    named = [name for name in names if name.display and not _ADDRESS_TEXT.fullmatch(name.display)]
    return tuple(dict.fromkeys(named or [name for name in names if name.display]))


def is_person(text: str) -> bool:
    """Whether a text looks like a person's full name: two to five capitalised words, particles between them.

    >>> [is_person(text) for text in ("Fons van der Sommen", "By Jo Bo, MD", "OpenAI", "AOL Staff", "user123 Smith")]
    [True, True, False, False, False]
    """
    return bool(read_name(text).family)


def is_organisation(name: Name) -> bool:
    """Whether a name that was kept whole says to be an organisation's.

    >>> [is_organisation(read_name(text)) for text in ("The Upwork Team", "evhub", "Jan Leike")]
    [True, False, False]
    """
    return any(map(_is_organisation_word, name.literal.split()))


def authors_claim(names: Sequence[Name], how: str) -> Claim:
    """One claim for a whole list of authors, in order.

    >>> authors_claim([Name(family="Leike", given="Jan")], "atom:author").value
    [{'family': 'Leike', 'given': 'Jan'}]
    """
    return Claim("authors", [name.as_json() for name in names if name.display], how)


def _tidy(text: str) -> str:
    """One line of plain letters without `By`, badges and addresses, unless an address is all there is."""
    spaced = " ".join(_plain(html.unescape(text)).split())
    named = _BY.sub("", _without_badges(spaced) or spaced, count=1)
    if ("@" in named or "://" in named) and _ADDRESS_TEXT.search(named):
        named = " ".join(_ADDRESS_TEXT.sub(" ", named).split()).strip("()<>,;:- ") or named.strip("<>")
    named = _PRONOUNS.sub("", named) if named[-1:] in ")]" else named
    return ("@" in named and _HANDLE_BEHIND.sub("", named)) or named


def _plain(text: str) -> str:
    """The text in Unicode's form NFKC, but for spacing marks: that form would put blanks before them."""
    if text.isascii():
        return text
    return _NO_SPACING_MARKS.sub(lambda part: unicodedata.normalize("NFKC", part[0]), text)


def _without_badges(text: str) -> str:
    start, end = 0, len(text)
    while end > start and (text[end - 1].isspace() or _is_badge(text[end - 1])):
        end -= 1
    while start < end and (text[start].isspace() or _is_badge(text[start])):
        start += 1
    return text[start:end]


def _is_badge(character: str) -> bool:
    return unicodedata.category(character) in _BADGES or character in "\ufe0e\ufe0f\u20e3"


def _is_degree(text: str, known: frozenset[str]) -> bool:
    return text.lower().replace(".", "").replace(" ", "") in known and sum(map(str.isupper, text)) > 1


def _without_titles(text: str) -> str:
    words = text.split()
    while len(words) > 2 and _is_degree(words[-1], _PLAIN_DEGREES):
        words.pop()
    while len(words) > 1 and words[0].lower() in _ADDRESS:
        words.pop(0)
    if len(words) > 2 and words[0].lower() in _ADDRESS_OF_A_FULL_NAME:
        words.pop(0)
    return " ".join(words)


def _is_full_name(text: str) -> bool:
    """Whether this is a person's name from given to family name."""
    words = _without_nicknames([word for word in text.split() if word.lower() not in SUFFIXES])
    capitalised = [word for word in words if word not in _BETWEEN]
    return (
        2 <= len(capitalised) <= 5
        and all(map(_is_name_word, capitalised))
        and not all(_INITIALS.match(word) for word in capitalised)
        and capitalised[-1] == words[-1]
        and words[0].lower() not in _OPENING_WORDS | _NO_GIVEN_NAMES
        and not any(_is_organisation_word(word) for word in words)
    )


def _without_nicknames(words: list[str]) -> list[str]:
    """The words without those in brackets between others: Richard (R.J.) Eskow."""
    inner = [word for word in words[1:-1] if not (word[0] == "(" and word[-1] == ")")]
    return [*words[:1], *inner, *words[1:][-1:]]


def _inverted(family: str, given: str, suffix: str) -> Name:
    """`van Merwijk, Chris` and `Merwijk, Chris van`."""
    before, after = family.split(), given.split()
    particles: list[str] = []
    while len(before) > 1 and before[0] in PARTICLES:
        particles.append(before.pop(0))
    behind: list[str] = []
    while len(after) > 1 and after[-1] in PARTICLES:
        behind.insert(0, after.pop())
    return Name(" ".join(before), " ".join(after), " ".join((*behind, *particles)), suffix)


def _in_order(words: list[str], suffix: str) -> Name:
    if words[-1].lower() in SUFFIXES:
        suffix = words.pop()
    start = _family_start(words)
    end = start
    while end < len(words) - 1 and words[end] in PARTICLES:
        end += 1
    return Name(" ".join(words[end:]), " ".join(words[:start]), " ".join(words[start:end]), suffix)


def _family_start(words: list[str]) -> int:
    """Where the given names end: at a particle, before `Ortega y`, at a capital `Van`, or before the last word."""
    inner = range(1, len(words) - 1)
    starts = (
        next((at for at in inner if words[at] in PARTICLES), None),
        next((at - 1 for at in inner if at > 1 and words[at] in _CONNECTORS), None),
        next((at for at in inner if words[at] in _CAPITAL_PARTICLES), None),
    )
    return next((start for start in starts if start is not None), len(words) - 1)


def _is_name_word(word: str) -> bool:
    return bool(_LETTERS.match(word)) and _PREFIX.sub("", word, count=1)[:1].isupper()


def _is_organisation_word(word: str) -> bool:
    return word.lower() in ORGANISATION_WORDS or (word[-2:] == "AI" and word[-3:-2].islower())


def _pieces(text: str) -> list[str]:
    """The text at its separators; `and` inside an institution's name (`School of Arts and Sciences`) is none."""
    pieces = [piece.strip(" ,") for piece in _SEPARATOR.split(text)]
    institution = re.search(r"\b(?:of|for)\b", text) and any(_is_organisation_word(word) for word in text.split())
    return [text] if institution and not any(map(_is_full_name, pieces)) and ";" not in text else pieces


def _is_turned(piece: str) -> bool:
    """Whether this is one person, the family name first: `Silver, David`. Semicolons have to part the persons."""
    family, _, given = (part.strip() for part in piece.partition(","))
    return _is_full_name(f"{given} {family}") and not _is_full_name(family) and not _is_full_name(given)


def _at_commas(piece: str, comma_parts: bool) -> list[str]:
    """The names that stand between the commas of a piece."""
    parts = [part.strip() for part in piece.split(",") if part.strip()]
    if len(parts) < 2:
        return parts
    if len(parts) % 2 == 0 and all(_INITIALS.match(part) for part in parts[1::2]):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    parts = _with_their_endings(parts)
    if comma_parts or len(parts) > 2 or all(map(_is_full_name, parts)):
        return parts
    return [", ".join(parts)]


def _with_their_endings(parts: list[str]) -> list[str]:
    """The parts, degrees dropped and `Jr.` put back behind the name it belongs to."""
    joined = parts[:1]
    for part in parts[1:]:
        if part.lower() in SUFFIXES:
            joined[-1] = f"{joined[-1]}, {part}"
        elif not _is_degree(part, _DEGREES):
            joined.append(part)
    return joined
