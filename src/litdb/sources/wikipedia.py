"""Wikipedia: articles by language and title, fifty at a time, with the revision that is cited.

Facts: www.mediawiki.org/wiki/API:Query (`titles`, `redirects`, `normalized`). An article has no day on which it was
published: the day of its last change is kept as that, and the revision's number is what names the text for good.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote, unquote, urlencode

from litdb.model import Answer, Claim, Identifier, Identity, Outcome, Policy, Reading, Record, Request, Rung, Target
from litdb.sources.locators import locator
from litdb.sources.objects import Object, document, part, parts, text, words
from litdb.sources.protocol import Source
from litdb.text.dates import date_claim, read_iso
from litdb.text.titles import fold
from litdb.text.urls import Url, read_url

NAMESPACES = frozenset(
    """special talk user user_talk wikipedia wikipedia_talk wp wt project project_talk file file_talk image image_talk
    mediawiki mediawiki_talk template template_talk help help_talk category category_talk portal portal_talk draft
    draft_talk module module_talk timedtext timedtext_talk book book_talk media
    spezial diskussion benutzer benutzer_diskussion benutzerin datei vorlage hilfe kategorie wikipedia_diskussion
    spécial discussion utilisateur utilisatrice discussion_utilisateur fichier modèle aide catégorie portail projet
    especial discusión usuario usuario_discusión archivo plantilla ayuda categoría
    speciale discussione utente discussioni_utente aiuto categoria progetto
    speciaal overleg gebruiker overleg_gebruiker bestand sjabloon categorie
    служебная обсуждение участник участница файл шаблон справка категория""".split()
)
"""What stands before the colon of a page that is no article, folded, in the languages most met."""

_HOST = re.compile(r"(?P<language>[a-z]{2,3}(?:-[a-z]+){0,2}|simple)(?:\.m)?\.wikipedia\.org")
_WIKIWAND = re.compile(r"/([a-z]{2,3}(?:-[a-z]+){0,2}|simple)/(?:articles/)?([^/]+)")
_ARTICLE = re.compile(r"/(?:wiki|zh(?:-(?:cn|hans|hant|hk|mo|my|sg|tw))?|sr-e[cl])/")
"""Where an article's title begins; Chinese and Serbian ones are shown in more than one script."""

_REVISION = re.compile(r"[1-9][0-9]{0,14}")
_NO_TITLE = re.compile(r"[#<>\[\]{}|\ufffd\x00-\x1f\x7f]")


LONGEST_QUERY = 6000
"""Characters of an address; titles outside of ASCII take nine for a letter."""


class Wikipedia(Source):
    """Articles in any language; the pages of the other namespaces are no works."""

    name = "wikipedia"
    policies: Sequence[Policy] = (Policy((".wikipedia.org",), "wikipedia", interval=1.0, batch=50, robots=False),)

    def identify(self, url: Url) -> Identity | None:
        """What an article's URL means, with the cited revision and section as locator.

        >>> found = WIKIPEDIA.identify(read_url("https://en.m.wikipedia.org/wiki/attention_(machine%20learning)#Uses"))
        >>> str(found.identifier), found.locator
        ('wikipedia:en/Attention_(machine_learning)', 'Uses')
        >>> found.url
        'https://en.wikipedia.org/wiki/Attention_(machine_learning)'
        >>> WIKIPEDIA.identify(read_url("https://en.wikipedia.org/wiki/Talk:Attention"))
        """
        url = _mirrored(url)
        host = _HOST.fullmatch(url.host)
        title = _title(url) if host or url.on("wikipedia.org") else ""
        if not title:
            return None
        language = host["language"] if host else "en"
        revision = f"oldid={url.get('oldid')}" if _REVISION.fullmatch(url.get("oldid")) else ""
        claims = (Claim("type", "entry-encyclopedia", "url"), Claim("container", "Wikipedia", "url"))
        address = f"https://{language}.wikipedia.org/wiki/{quote(title, safe='/:@!$()*,;~')}"
        return Identity(Identifier("wikipedia", f"{language}/{title}"), address, locator(url, revision), claims)

    def rung(self, identifier: Identifier) -> Rung | None:
        """Its interface, which knows every article."""
        return Rung.API if identifier.scheme == "wikipedia" else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for every fifty articles of a language."""
        by_language: dict[str, list[Target]] = defaultdict(list)
        for target in wanted:
            by_language[target.identifier.value.partition("/")[0]].append(target)
        for language, asked in by_language.items():
            yield from (_request(language, some) for some in _batches(asked, self.policies[0].batch))

    def read(self, answer: Answer) -> Reading:
        """Every article asked for, under the title that it has today."""
        found, refusal = document(answer, "Wikipedia")
        if refusal:
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, refusal))
        if not isinstance(found.get("query"), Mapping):
            strange: tuple[Outcome, str] = "unsupported", "Wikipedia answers with something else than articles"
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, strange))
        query = part(found, "query")
        articles = {text(each, "title"): each for each in parts(query, "pages")}
        steps = {text(each, "from"): each for key in ("normalized", "redirects") for each in parts(query, key)}
        records: list[Record] = []
        outcomes: dict[Identifier, tuple[Outcome, str]] = {}
        for target in answer.request.asked:
            name = _shown(target.identifier)
            title, place = _followed(name, steps)
            article = articles.get(title, {})
            if not title or type(article.get("lastrevid")) is not int:
                outcomes[target.identifier] = "not-found", f"Wikipedia has no article “{name}”"
                continue
            language = target.identifier.value.partition("/")[0]
            today = Identifier("wikipedia", f"{language}/{title.replace(' ', '_')}")
            same = (today,) if today != target.identifier and not place else ()
            records.append(Record(self.name, target.identifier, tuple(_claims(article, target)), same))
            outcomes |= dict.fromkeys((target.identifier, *same), ("ok", ""))
        return Reading(tuple(records), outcomes)


WIKIPEDIA = Wikipedia()


def _request(language: str, asked: Sequence[Target]) -> Request:
    query = {
        "action": "query",
        "format": "json",
        "formatversion": "2",
        "redirects": "1",
        "prop": "info|revisions",
        "inprop": "displaytitle",
        "rvprop": "ids|timestamp",
        "titles": "|".join(_shown(each.identifier) for each in asked),
    }
    address = f"https://{language}.wikipedia.org/w/api.php?{urlencode(query, quote_via=quote, safe='|')}"
    return Request("wikipedia", address, tuple(asked))


def _batches(asked: Sequence[Target], size: int) -> Iterator[Sequence[Target]]:
    """The targets in parts of so many at most, whose titles still fit into an address."""
    batch: list[Target] = []
    length = 0
    for target in asked:
        needed = len(quote(_shown(target.identifier))) + 1
        if batch and (len(batch) == size or length + needed > LONGEST_QUERY):
            yield batch
            batch, length = [], 0
        batch.append(target)
        length += needed
    if batch:
        yield batch


def _shown(identifier: Identifier) -> str:
    """The title in an identifier, as MediaWiki shows it."""
    return identifier.value.partition("/")[2].replace("_", " ")


def _followed(title: str, steps: dict[str, Object]) -> tuple[str, str]:
    """The title that one leads to, and the section where a redirect names one."""
    place = ""
    for _ in range(4):
        if title not in steps:
            break
        place = text(steps[title], "tofragment") or place
        title = text(steps[title], "to")
    return title, place


def _claims(article: Object, target: Target) -> Iterator[Claim]:
    """The article's title as it is shown where only its form differs (`iPhone`), and the revision that is cited."""
    title = text(article, "title")
    shown = words(article, "displaytitle")
    yield Claim("title", shown if shown and fold(shown) == fold(title) else title, "mediawiki:title")
    yield Claim("container", "Wikipedia", "mediawiki:site")
    yield Claim("type", "entry-encyclopedia", "mediawiki:site")
    language = target.identifier.value.partition("/")[0]
    yield Claim("language", "en" if language == "simple" else language, "mediawiki:language")
    cited = {revision for address in target.urls if (revision := read_url(address).get("oldid"))}
    if len(cited) == 1:
        yield Claim("version", cited.pop(), "url:oldid")
        return
    yield Claim("version", str(article["lastrevid"]), "mediawiki:lastrevid")
    for newest in parts(article, "revisions")[:1]:
        if day := read_iso(text(newest, "timestamp")):
            yield date_claim(day, "modified", "mediawiki:timestamp")


def _mirrored(url: Url) -> Url:
    """The address on Wikipedia of an article that Wikiwand shows, with its language in the path; else the same."""
    shown = _WIKIWAND.fullmatch(url.path) if url.on("wikiwand.com") else None
    return replace(url, host=f"{shown[1]}.wikipedia.org", path=f"/wiki/{shown[2]}") if shown else url


def _title(url: Url) -> str:
    """The article's title as MediaWiki writes it (blanks as underscores, first letter upper case), or empty."""
    found = _ARTICLE.match(url.path)
    written = unquote(url.path[found.end() :]) if found else url.get("title")
    title = re.sub(r"[_\s]+", "_", unicodedata.normalize("NFC", written)).strip("_")
    first = title[:1].upper()
    title = first + title[1:] if len(first) == 1 else title
    namespace = title.partition(":")[0].strip("_").casefold() if ":" in title else ""
    if namespace in NAMESPACES or title in ("", "Main_Page") or _NO_TITLE.search(title):
        return ""
    return title
