"""The watch page of YouTube: the day of a video, where the site itself shows it.

Three places have it: the player's own data (`ytInitialPlayerResponse`), microdata, and a `VideoObject` in JSON-LD. The
last is never searched in depth: it carries the days of comments (microlinkhq/metascraper, pull request 869). Days are
in the offset of US/Pacific, as the site writes them, and the day of publishing counts before that of the upload: for
streams and premieres the two differ.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from litdb.model import Answer, Claim, Identifier, Identity, Outcome, Reading, Record, Request, Rung, Target
from litdb.pages.bylines import organisation
from litdb.pages.charset import decode
from litdb.sources.objects import Object, part, read_json, text
from litdb.sources.protocol import UrlsOnly
from litdb.sources.youtube import YOUTUBE, watch_url
from litdb.text.dates import date_claim, read_iso, read_written
from litdb.text.names import authors_claim
from litdb.text.titles import clean_title
from litdb.text.urls import Url, read_url

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLAYER = "ytInitialPlayerResponse"
_ROBOT = ("not a bot", "unusual traffic")

UNPLAYABLE: Mapping[str, tuple[Outcome, str]] = {
    "ERROR": ("gone", "YouTube no longer shows the video"),
    "LOGIN_REQUIRED": ("forbidden", "YouTube shows the video only to those it lets in"),
    "UNPLAYABLE": ("forbidden", "YouTube does not show the video here"),
}
"""What the player says in place of a video, where nothing else is told."""


class YoutubePage(UrlsOnly):
    """Watch pages, for the day that the embedding service does not give, and for videos that must not be embedded."""

    name = "youtube-page"

    def identify(self, url: Url) -> Identity | None:
        """None: what a URL of YouTube means is told by `youtube`."""
        return None

    def rung(self, identifier: Identifier) -> Rung | None:
        """The page, for videos."""
        return Rung.PAGE if identifier.scheme == "youtube" else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One page for each video."""
        return (Request(self.name, watch_url(each.identifier.value), (each,)) for each in wanted)

    def owns(self, page: Answer) -> bool:
        """Whether this is a watch page: of YouTube, with a video's data."""
        url = read_url(page.url)
        found = YOUTUBE.identify(url)
        return found is not None and found.identifier.scheme == "youtube"

    def read(self, answer: Answer) -> Reading:
        """Title, channel and day of the video, or why the page shows none."""
        identifier = answer.request.asked[0].identifier
        source = decode(answer.body, answer.headers)
        player = _player(source)
        if text(part(player, "videoDetails"), "videoId") not in ("", identifier.value):
            player = {}
        claims = (*_player_claims(player), *_markup_claims(source))
        if not any(claim.field == "title" for claim in claims):
            return Reading(outcomes={identifier: _refusal(player)})
        dated = any(claim.field == "date" for claim in claims)
        ending: tuple[Outcome, str] = ("ok", "") if dated else ("partial", "the page of the video tells no day")
        return Reading((Record(self.name, identifier, claims, at=answer.at),), {identifier: ending})


def _player(source: str) -> Object:
    """What the page hands to its player; empty where that cannot be read."""
    at = source.find(_PLAYER)
    while at >= 0:
        start = source.find("{", at, at + len(_PLAYER) + 20)
        if start >= 0:
            try:
                found, _ = json.JSONDecoder().raw_decode(source, start)
            except (ValueError, RecursionError):
                return {}
            return found if isinstance(found, dict) else {}
        at = source.find(_PLAYER, at + 1)
    return {}


def _player_claims(player: Object) -> Iterator[Claim]:
    shown = part(part(player, "microformat"), "playerMicroformatRenderer")
    details = part(player, "videoDetails")
    if title := clean_title(text(details, "title")):
        yield Claim("title", title, "player:title")
    if channel := organisation(text(details, "author") or text(shown, "ownerChannelName")):
        yield authors_claim(channel, "player:author")
    yield from _day_claim({name: text(shown, name) for name in ("publishDate", "uploadDate")}, "player")


def _markup_claims(source: str) -> Iterator[Claim]:
    """What the markup tells: microdata of the video, what old pages showed below the player, JSON-LD."""
    from litdb.pages.tree import parse

    root = parse(source)
    if root is None:
        return
    yield from _item_claims(_items(root))
    yield from _old_claims(root)
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json":
            yield from _thing_claims(script.text or "")


def _items(root: _Element) -> dict[str, str]:
    """The values of microdata by the property of their scope and their own: ` name`, `author name`."""
    items: dict[str, str] = {}
    for element in root.iter("meta", "link"):
        scopes = (each for each in element.iterancestors() if each.get("itemscope") is not None)
        scope = next((each.get("itemprop") or "" for each in scopes), "")
        items.setdefault(f"{scope} {element.get('itemprop')}", element.get("content") or element.get("href") or "")
    return items


def _old_claims(root: _Element) -> Iterator[Claim]:
    """Channel and day as pages until 2017 showed them (`yt-user-name`, `eow-date`, `watch-time-text`)."""
    named = [_words(link) for link in root.iter("a") if "yt-user-name" in (link.get("class") or "").split()]
    if channel := organisation(next(filter(None, named), "")):
        yield authors_claim(channel, "watch:user-name")
    for element in root.iter("strong", "span"):
        is_line = {"watch-time-text", "eow-date"} & {element.get("class"), element.get("id")}
        if is_line and (day := _shown_day(_words(element))):
            yield date_claim(day, "posted", "watch:published-on")


def _words(element: _Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _item_claims(items: Mapping[str, str]) -> Iterator[Claim]:
    if title := clean_title(items.get(" name", "")):
        yield Claim("title", title, "microdata:name")
    if channel := organisation(items.get("author name", "")):
        yield authors_claim(channel, "microdata:author")
    yield from _day_claim({name: items.get(f" {name}", "") for name in ("datePublished", "uploadDate")}, "microdata")


def _day_claim(written: Mapping[str, str], place: str) -> Iterator[Claim]:
    """The first of the days that one place writes, by the names that they have there."""
    for name, text_of_day in written.items():
        if day := read_iso(text_of_day):
            yield date_claim(day, "posted", f"{place}:{name}")
            return


def _thing_claims(script: str) -> Iterator[Claim]:
    thing = read_json(script)
    if not isinstance(thing, dict) or thing.get("@type") != "VideoObject":
        return
    if title := clean_title(text(thing, "name")):
        yield Claim("title", title, "json-ld:name")
    if channel := organisation(text(thing, "author")):
        yield authors_claim(channel, "json-ld:author")
    if day := read_iso(text(thing, "uploadDate")):
        yield date_claim(day, "posted", "json-ld:uploadDate")


def _shown_day(line: str) -> str | None:
    """The day in the line below an old player: “Published on Apr 29, 2011”, “Streamed live on …”, “Premiered …”.

    >>> _shown_day("Streamed live on Apr 29, 2011")
    '2011-04-29'
    """
    return read_written(line.rpartition(" on ")[2].removeprefix("Premiered "))


def _refusal(player: Object) -> tuple[Outcome, str]:
    """Why a page has no video: by what its player says, else that it is empty."""
    status = part(player, "playabilityStatus")
    said = text(status, "reason")
    if any(words in said for words in _ROBOT):
        return "challenged", "YouTube asks whether there is a human"
    outcome, reason = UNPLAYABLE.get(text(status, "status"), ("partial", "the page shows no video"))
    return outcome, f"{reason}: {said}" if said else reason


YOUTUBE_PAGE = YoutubePage()
