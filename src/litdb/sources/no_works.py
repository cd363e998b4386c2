"""Addresses on known sites that are no works: profiles, searches, lists, log-ins; and files that are no texts.

They are told by their form alone and never asked about. What is only doubtful stays a page: a tag of a forum is an
article too, a playlist may be a course, a film a lecture, and old papers are PostScript in a gzip archive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from litdb.model import Identity
from litdb.pages.addresses import is_home
from litdb.sources.dblp_urls import HOSTS as DBLP
from litdb.sources.github import NO_OWNERS
from litdb.sources.page import PAGE
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url


@dataclass(frozen=True, slots=True)
class Row:
    """On these hosts a path of this form (without its last slash) is what the words say."""

    hosts: tuple[str, ...]
    path: re.Pattern[str]
    words: str


def _row(hosts: str, path: str, words: str) -> Row:
    return Row(tuple(hosts.split()), re.compile(path, re.IGNORECASE), words)


_FORUMS = "lesswrong.com alignmentforum.org greaterwrong.com forum.effectivealtruism.org"
_TWITTER = "twitter.com mobile.twitter.com x.com mobile.x.com"
_LINKEDIN = "linkedin.com .linkedin.com"
_OF_GITHUB = "|".join(sorted(NO_OWNERS))

_A_BUTTON = "a button that shares a page"

ROWS: Sequence[Row] = (
    _row(_TWITTER, r"/intent/.+|/share", _A_BUTTON),
    _row("facebook.com .facebook.com", r"/sharer(?:\.php|/.*)?|/share\.php|/dialog/.+", _A_BUTTON),
    _row(_LINKEDIN, r"/sharearticle|/sharing/.+|/cws/share", _A_BUTTON),
    _row("reddit.com old.reddit.com news.ycombinator.com", r"/submit(?:link)?", _A_BUTTON),
    _row("t.me telegram.me", r"/share(?:/url)?", _A_BUTTON),
    _row("wa.me api.whatsapp.com", r"/(?:send)?", _A_BUTTON),
    _row("pinterest.com", r"/pin/create/.+", _A_BUTTON),
    _row("getpocket.com", r"/(?:save|edit)", _A_BUTTON),
    _row("mail.google.com mail.proton.me mail.yahoo.com .mail.yahoo.com", r"/.*", "somebody's mail"),
    _row("outlook.live.com outlook.office.com outlook.office365.com", r"/.*", "somebody's mail or calendar"),
    _row("calendar.google.com", r"/.*", "somebody's calendar"),
    _row("google.com", r"/calendar/.+", "somebody's calendar"),
    _row("zoom.us .zoom.us", r"/(?:j|my|s|w|wc)/.+|/(?:meeting|webinar)/register/.+", "a meeting"),
    _row("calendly.com cal.com", r"/[\w.-]+/.+", "a meeting"),
    _row("meet.google.com meet.jit.si", r"/.+", "a meeting"),
    _row("teams.microsoft.com teams.live.com", r"/l/meetup-join/.+|/meet/.+", "a meeting"),
    _row("discord.com discordapp.com", r"/(?:channels|invite)/.+", "a conversation on Discord"),
    _row("discord.gg", r"/.+", "a conversation on Discord"),
    _row("app.slack.com", r"/.*", "a conversation on Slack"),
    _row(".slack.com", r"/(?:archives|messages|files|team|client)/.+", "a conversation on Slack"),
    _row("t.me telegram.me", r"/(?:c/.+|\+.+|joinchat/.+)", "a conversation on Telegram"),
    _row("web.telegram.org web.whatsapp.com chat.whatsapp.com messages.google.com", r"/.*", "a conversation"),
    _row("facebook.com messenger.com", r"/(?:messages/)?t/.+", "a conversation on Messenger"),
    _row("read.readwise.io", r"/.+", "somebody's own copy at Readwise"),
    _row(
        "readwise.io",
        r"/(?:open|bookreview|reader|to_kindle|books|articles|tweets)(?:/.*)?",
        "somebody's own copy at Readwise",
    ),
    _row("omnivore.app", r"/me/.+", "somebody's own copy at Omnivore"),
    _row("instapaper.com", r"/read/\d+", "somebody's own copy at Instapaper"),
    _row("app.raindrop.io getpocket.com", r"/(?:my|read|saves|my-list).*", "somebody's own list"),
    _row("feedly.com", r"/i/.+", "somebody's own list"),
    _row("overleaf.com", r"/project/[0-9a-f]{24}(?:/.*)?", "a manuscript that somebody writes at Overleaf"),
    _row("chat.openai.com chatgpt.com", r"(?:/g/[^/]+)?/c/.+", "a conversation with a machine"),
    _row("claude.ai", r"/chat/.+", "a conversation with a machine"),
    _row(
        "zotero.org",
        r"/(?:users/\d+|groups/\d+/[^/]+)/(?:items|collections|library)(?:/.*)?",
        "somebody's library at Zotero",
    ),
    _row("zotero.org", r"/[^/]+/(?:items|collections|library)(?:/.*)?", "somebody's library at Zotero"),
    _row("substack.com .substack.com", r"/(?:subscribe|action/.+|account.*|signup|sign-in)", "a form for subscribers"),
    _row(".list-manage.com", r"/(?:subscribe|unsubscribe|profile|vcard)(?:/.*)?", "a form for subscribers"),
    _row(_TWITTER, r"/(?:search|explore|home|login|signup|settings|messages|hashtag)(?:/.*)?", "a menu of Twitter"),
    _row(_TWITTER, r"/i/(?:lists/\d+|flow/.+)|/\w+/lists/[\w-]+", "a list on Twitter"),
    _row(_TWITTER, r"/\w{1,20}(?:/(?:with_replies|media|likes|following|followers))?", "a profile on Twitter"),
    _row("medium.com", r"/@[\w.-]+(?:/(?:about|followers|following|lists))?|/u/\w+", "a profile on Medium"),
    _row("medium.com", r"/(?:tag|topics?|search|me|m)(?:/.+)?", "a menu of Medium"),
    _row("medium.com .medium.com", r"/@[\w.-]+/list/.+", "a reading list on Medium"),
    _row("substack.com", r"/@[\w.-]+(?:/(?:posts|notes|likes|reads))?|/profile/\d+[\w-]*", "a profile on Substack"),
    _row("substack.com", r"/(?:search|browse|explore|home|inbox|sign-?in)(?:/[\w-]+)?", "a menu of Substack"),
    _row("github.com", rf"/(?!(?:{_OF_GITHUB})\Z)[a-z0-9][a-z0-9-]{{0,38}}|/orgs/.+", "a profile on GitHub"),
    _row("github.com", r"/(?:search|login|join|settings|notifications|trending|pulls)(?:/.*)?", "a menu of GitHub"),
    _row(
        "github.com",
        r"/[\w-]+/[\w.-]+/(?:actions|forks|graphs|network|pulse|stargazers|subscription|watchers)(?:/.*)?",
        "a list of GitHub",
    ),
    _row(_FORUMS, r"/users?/[^/]+(?:/.*)?", "a profile on a forum"),
    _row(_FORUMS, r"/(?:search|login|account|inbox|notifications)(?:/.*)?", "a menu of a forum"),
    _row(_LINKEDIN, r"/(?:in|pub|company|school)/[^/]+(?:/.*)?", "a profile on LinkedIn"),
    _row(_LINKEDIN, r"/(?:feed(?!/update/)|login|authwall|search|jobs|signup)(?:/.*)?", "a menu of LinkedIn"),
    _row("facebook.com", r"/(?:profile\.php|people/.+)", "a profile on Facebook"),
    _row("instagram.com threads.net threads.com", r"/@?[\w.]+", "a profile on Instagram or Threads"),
    _row("bsky.app", r"/profile/[^/]+", "a profile on Bluesky"),
    _row("reddit.com old.reddit.com", r"/u(?:ser)?/[\w-]+(?:/(?:comments|submitted))?", "a profile on Reddit"),
    _row("news.ycombinator.com", r"/(?:user|news|newest|threads|submitted)", "a list of Hacker News"),
    _row("scholar.google.com", r"/citations", "a profile at Google Scholar"),
    _row("scholar.google.com google.com duckduckgo.com bing.com", r"/(?:search|scholar)", "a search"),
    _row("semanticscholar.org", r"/(?:author/.+|search)", "a list of Semantic Scholar"),
    _row("openreview.net", r"/(?:profile|login|search|user/.+)", "a profile or a menu of OpenReview"),
    _row("arxiv.org", r"/(?:a|list|find|search|login|user)(?:/.*)?", "a list of arXiv"),
    _row(" ".join(DBLP), r"/(?:pid|pers|rec/homepages)/.+", "a profile at dblp"),
    _row(" ".join(DBLP), r"/search(?:/.+)?", "a search of dblp"),
    _row("orcid.org", r"/\d{4}-\d{4}-\d{4}-\d{3}[\dX]", "a profile at ORCID"),
    _row("researchgate.net", r"/(?:profile/[^/]+|search.*|login.*)", "a profile or a search of ResearchGate"),
    _row("youtube.com", r"/(?:results|feed/.+|account|hashtag/.+)", "a menu of YouTube"),
    _row("patreon.com ko-fi.com buymeacoffee.com", r"/[\w.-]+", "a page that asks for support"),
)
"""The first row that fits has the address. Sites know their works first, so only the rest of their paths comes here."""

PLATFORMS = (
    *_TWITTER.split(),
    *"bing.com bsky.app duckduckgo.com facebook.com github.com google.com instagram.com linkedin.com".split(),
    *"medium.com open.spotify.com pinterest.com reddit.com substack.com threads.net tiktok.com youtube.com".split(),
)
"""Sites whose front page leads to everything, and is cited for nothing."""

FILES = {
    "an image": "apng avif bmp gif heic ico jpeg jpg png svg tif tiff webp",
    "a sound file": "aac flac m4a mp3 oga ogg opus wav",
    "an archive of files": "7z bz2 gz rar tar tgz xz zip zst",
    "a program": "apk bin deb dmg exe iso jar msi pkg rpm",
}
"""What a file is by the ending of its name."""

_ENDINGS = {ending: words for words, endings in FILES.items() for ending in endings.split()}
_ENDING = re.compile(r"[^/]\.([A-Za-z0-9]{2,5})\Z")
_A_TEXT = re.compile(r"/(?:wiki|blob|tree)/|\.(?:dvi|pdf|ps|tex)\.\w+\Z", re.IGNORECASE)
"""Paths under which a page about a file has the file's name, and papers that are packed."""


class NoWorks(UrlsOnly):
    """Profiles, searches, lists and images: known so that nobody is asked about them."""

    name = "no-works"

    def identify(self, url: Url) -> Identity | None:
        """The address, with words for what stands there; None for what may be a work.

        >>> from litdb.text.urls import read_url
        >>> NO_WORKS.identify(read_url("https://github.com/openai")).not_a_work
        'a profile on GitHub'
        >>> NO_WORKS.identify(read_url("https://example.org/figures/loss.PNG?raw=1")).not_a_work
        'an image'
        >>> NO_WORKS.identify(read_url("https://en.wikipedia.org/wiki/File:Loss.png"))
        """
        words = _words(url)
        return replace(PAGE.identify(url), not_a_work=words) if words else None


def _words(url: Url) -> str:
    if is_home(url) and url.on(*PLATFORMS):
        return "the front page of a platform"
    path = "/" + "/".join(url.segments)
    row = next((row for row in ROWS if url.on(*row.hosts) and row.path.fullmatch(path)), None)
    if row:
        return row.words
    ending = _ENDING.search(path)
    return _ENDINGS.get(ending[1].lower(), "") if ending and not _A_TEXT.search(path) else ""


NO_WORKS = NoWorks()
