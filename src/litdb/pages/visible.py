"""What a reader sees: the headline, the byline and the date beside it, found in the body of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.etree import _Element

from litdb.model import Claim, DateKind, Name
from litdb.pages.bylines import people, read_people
from litdb.text.dates import date_claim, read_iso, read_written
from litdb.text.names import authors_claim
from litdb.text.titles import clean_title, fold


def _word(pattern: str) -> re.Pattern[str]:
    """The pattern as a whole word of a class list: between blanks, hyphens and underscores."""
    return re.compile(rf"(?:^|[\s_-])(?:{pattern})(?:$|[\s_-])", re.IGNORECASE)


_SKIPPED = frozenset(
    "script style nav footer aside form svg noscript iframe template select button head textarea".split()
)
_WHOLES = frozenset("html body main article".split())
_TEXTUAL = frozenset("p div span em i small li strong b address h2 h3 h4 h5 h6 a td".split())
_NOISE = _word(
    r"comments?|comment-?list|related|sidebar|footer|recommend\w*|newsletter|menu|nav|navbar|breadcrumbs?|cookies?|popular"
    r"|trending|promo|next|prev|previous|teaser|carousel|recirc\w*|more-?(?:posts|stories)"
)
_HEADLINE = _word("entry-title|post-title|p-name|headline|article-title|topic-title")
_BYLINE = re.compile(
    rf"authorname|bylinename|{_word('by-?lines?|authors?|writer|contributors?').pattern}", re.IGNORECASE
)
_AUTHOR_LINK = re.compile(
    r"/(?:authors?|staff|people|contributors?|editors|writers?|reporters?|by|profiles?)/[^/?#]{3,}/?\Z", re.IGNORECASE
)
_HOME_LINK = re.compile(r"(?:https?://[^/]*)?/?(?:index\.html?)?\Z|\.\./?\Z|\./\Z", re.IGNORECASE)
_BESIDE_NAMES = _word("title|role|position|job|bio|description|avatar|image|photo|date|social")
_DATED = re.compile(r"date|time|publish|posted|meta|byline|info", re.IGNORECASE)
_CHANGED = re.compile(
    r"updated?|modified|edited|revised|reviewed|changed|accessed|joined|registered|since|expires|copyright|©",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\s*(?:(?:written|posted|published|words|story)\s+by|by|author\s*:)\s*:?\s*\S.{2,100}$", re.IGNORECASE | re.DOTALL
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"\b(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\s?,?\s+\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\.?[\s-]+(?:of\s+)?{_MONTH},?[\s-]+\d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4})(?!\d)",
    re.IGNORECASE,
)
LONGEST_TITLE = 500
"""Characters; what is longer is no title."""
_MOST_HEADINGS = 30
_LONGEST = 160
"""Characters of a byline or of a text with a date."""
_NEARLY = 40
"""Characters beside a date in a text that is about nothing else."""
_FAR = 600
"""Elements from the headline within which its date and authors stand."""
_BESIDE = 12
"""Elements between two authors of one list."""

BYLINES: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("itemprop:author", "itemprop", _word("author|creator")),
    ("rel:author", "rel", _word("author")),
    ("byline", "class", _BYLINE),
    ("microformat:author", "class", _word("[pu]-author")),
    ("author-link", "href", _AUTHOR_LINK),
    ("username", "class", _word(r"user-?name|nickname|poster")),
)
"""How names are marked: the claim's `how`, the attribute, what it says."""

PERSONS_ONLY = frozenset(("byline", "written-by", "author-link"))
"""Ways so loose that only a person's full name counts."""

STAMPS: tuple[tuple[str, DateKind, re.Pattern[str]], ...] = (
    ("itemprop:datePublished", "posted", _word("datePublished")),
    ("text:changed", "modified", _CHANGED),
    ("time:published", "posted", _word(r"publish(?:ed)?(?:-?(?:date|time|on))?|pubdate|entry-date|post-date")),
    ("time", "posted", re.compile("")),
)
"""What the class, the itemprop or the words before a date say that it is; the first that fits."""


@dataclass(frozen=True, slots=True)
class Body:
    """The visible part of a page: its h1 headings, and what headline, byline and dates claim."""

    headings: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """An element and how far it is from the headline: elements behind it, or three times those before it."""

    element: _Element
    distance: int


@dataclass(frozen=True, slots=True)
class _Date:
    """A date found at a distance from the headline."""

    value: str
    how: str
    kind: DateKind
    distance: int


def read_body(text: str, titles: Sequence[str]) -> Body:
    """What the body shows, given the page without its scripts and the titles that its head claims."""
    root = _parse(text)
    if root is None:
        return Body()
    headings = [element for element in root.iter("h1") if 0 < len(_text(element)) < LONGEST_TITLE][:_MOST_HEADINGS]
    folded = {fold(title) for title in titles} - {""}
    headline = _headline(root, headings, folded)
    places = _places(root, headings, headline)
    found = (*_title(headline, folded), *_authors(places), *_dates(places))
    return Body(tuple(map(_text, headings)), found)


def _parse(text: str) -> _Element | None:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _headline(root: _Element, headings: Sequence[_Element], titles: set[str]) -> _Element | None:
    """The heading that shares most with a title of the head, else the only h1; never the site's name with its link."""
    others = (element for element in root.iter("h2", "h3") if _HEADLINE.search(_marks(element)))
    able = [element for element in (*headings, *islice(others, _MOST_HEADINGS)) if not _leads_home(element)]
    shared = {element: _shared(fold(_text(element)), titles) for element in able}
    best = max(able, key=lambda element: shared[element], default=None)
    if best is not None and shared[best]:
        return best
    return able[0] if len(headings) == 1 and able[:1] == list(headings) else None


def _shared(heading: str, titles: set[str]) -> int:
    """How many letters a heading and a title have in common, where one holds the other."""
    within = (min(len(heading), len(title)) for title in titles if heading in title or title in heading)
    return max(within, default=0) if len(heading) > 3 else 0


def _leads_home(heading: _Element) -> bool:
    links = (*heading.iterancestors("a"), *heading.iter("a"))
    return any(_HOME_LINK.match(link.get("href") or "#") for link in links)


def _title(headline: _Element | None, titles: set[str]) -> Iterator[Claim]:
    if headline is None:
        return
    text = _text(headline)
    agreed = _shared(fold(text), titles) or _words_shared(text, titles)
    yield Claim("title", text, "headline" if agreed else "h1")


def _words_shared(text: str, titles: set[str]) -> bool:
    """Whether most words of a heading stand in one title, in whatever order."""
    words = [folded for word in text.split() if len(folded := fold(word)) > 2]
    return any(2 * sum(word in title for word in words) > len(words) for title in titles)


def _places(root: _Element, headings: Sequence[_Element], headline: _Element | None) -> list[_Place]:
    """The elements that can say something of the headline, in the order of the page."""
    kept = {above for heading in headings for above in (heading, *heading.iterancestors())}
    elements = list(_walk(root, kept))
    start = elements.index(headline) if headline in kept else 0
    distances = (at - start if at >= start else 3 * (start - at) for at in range(len(elements)))
    return [_Place(element, distance) for element, distance in zip(elements, distances, strict=True) if distance < _FAR]


def _walk(root: _Element, kept: set[_Element]) -> Iterator[_Element]:
    """The elements in the order of the page, without the parts that belong to the site or to other works."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element in kept or not _is_noise(element):
            yield element
            stack.extend(reversed(element))


def _is_noise(element: _Element) -> bool:
    if element.tag == "footer" and next(element.iterancestors("article"), None) is not None:
        return False
    return element.tag in _SKIPPED or (element.tag not in _WHOLES and bool(_NOISE.search(_marks(element))))


def _marks(element: _Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _text(element: _Element) -> str:
    return clean_title(" ".join(map(str, element.itertext())))


def _short_text(element: _Element) -> str:
    """The element's text, or nothing where it is too long for a byline; a long one is not read to its end."""
    text = ""
    for count, piece in enumerate(map(str, element.itertext())):
        text = f"{text} {piece.strip()}" if text else piece.strip()
        if len(text) > _LONGEST or count > _LONGEST:
            return ""
    return text


def _authors(places: Sequence[_Place]) -> Iterator[Claim]:
    """The people nearest to the headline, for each way of marking them."""
    found = [(how, place.distance, names) for place in places for how, names in _names_at(place.element)]
    for how in dict.fromkeys(each[0] for each in found):
        nearest = min(distance for each, distance, _ in found if each == how)
        close = (names for each, distance, names in found if each == how and distance <= nearest + _BESIDE)
        yield authors_claim(_without_more(people(name for names in close for name in names)), how)


def _without_more(names: Sequence[Name]) -> list[Name]:
    """The names without those that only add words to another: "Ann Bee Head of Sales", "AB Ann Bee"."""
    shorter = [name.display for name in names]
    return [
        name
        for name in names
        if not any(name.display.startswith(f"{other} ") or name.display.endswith(f" {other}") for other in shorter)
    ]


def _names_at(element: _Element) -> Iterator[tuple[str, tuple[Name, ...]]]:
    ways = [how for how, attribute, pattern in BYLINES if (marks := element.get(attribute)) and pattern.search(marks)]
    if _BESIDE_NAMES.search(element.get("class") or ""):
        return
    text = _short_text(element) if ways or element.tag in _TEXTUAL else ""
    if not ways and _BY.match(text):
        ways = ["written-by"]
    if not ways:
        return
    named = element.find(".//*[@itemprop='name']") if "itemprop:author" in ways else None
    text = element.get("content") or text if named is None else named.get("content") or _short_text(named)
    names = tuple(name for name in read_people(text) if name.family or len(name.literal) < 40)
    for how in ways:
        if names and (how not in PERSONS_ONLY or any(name.family for name in names)):
            yield how, names


def _dates(places: Sequence[_Place]) -> Iterator[Claim]:
    """The date nearest to the headline, for each way of marking it."""
    found = [each for place in places for each in (*_stamps(place), *_written(place))]
    for how in dict.fromkeys(each.how for each in found):
        nearest = min((each for each in found if each.how == how), key=lambda each: each.distance)
        yield date_claim(nearest.value, nearest.kind, nearest.how)


def _stamps(place: _Place) -> Iterator[_Date]:
    """The date of an element made for dates: `time`, `abbr title`, microdata."""
    element = place.element
    itemprop = element.get("itemprop") or ""
    if element.tag not in {"time", "abbr"} and not itemprop.startswith("date"):
        return
    stamp = element.get("datetime") or element.get("content") or element.get("title") or ""
    if value := read_iso(stamp) or read_written(_short_text(element)):
        label = f"{element.get('class') or ''} {itemprop} {_before(element)}"
        how, kind = next((how, kind) for how, kind, pattern in STAMPS if pattern.search(label))
        yield _Date(value, how, kind, place.distance)


def _written(place: _Place) -> Iterator[_Date]:
    """The dates that stand as text directly in an element, alone or nearly so, or where a class says that one does."""
    element = place.element
    own = [(element.text, element, True), *((child.tail, child, False) for child in element)]
    for text, beside, inside in own:
        found = _DATE.search(text) if text and len(text) < _LONGEST else None
        value = read_written(found[0]) if found else None
        if text and found and value and (len(text) - len(found[0]) < _NEARLY or _DATED.search(_marks(element))):
            before = (_before(beside) if inside else _short_text(beside)) + text[: found.start()]
            changed = bool(_CHANGED.search(before))
            yield _Date(
                value, "text:changed" if changed else "text:date", "modified" if changed else "posted", place.distance
            )


def _before(element: _Element) -> str:
    """The last words before an element, inside its parent."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return f"{_short_text(previous)} {previous.tail or ''}"[-40:]
    return (parent.text or "")[-40:] if parent is not None else ""
