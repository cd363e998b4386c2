"""Wikipedia: articles by language and title."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote

from litdb.model import Claim, Identifier, Identity
from litdb.sources.locators import locator
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url

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
_REVISION = re.compile(r"[1-9][0-9]{0,14}")
_NO_TITLE = re.compile(r"[#<>\[\]{}|\ufffd\x00-\x1f\x7f]")


class Wikipedia(UrlsOnly):
    """Articles in any language; the pages of the other namespaces are no works."""

    name = "wikipedia"

    def identify(self, url: Url) -> Identity | None:
        """What an article's URL means, with the cited revision and section as locator.

        >>> from litdb.text.urls import read_url
        >>> found = WIKIPEDIA.identify(read_url("https://en.m.wikipedia.org/wiki/attention_(machine%20learning)#Uses"))
        >>> str(found.identifier), found.locator
        ('wikipedia:en/Attention_(machine_learning)', 'Uses')
        >>> found.url
        'https://en.wikipedia.org/wiki/Attention_(machine_learning)'
        >>> WIKIPEDIA.identify(read_url("https://en.wikipedia.org/wiki/Talk:Attention"))
        """
        host = _HOST.fullmatch(url.host)
        title = _title(url) if host or url.on("wikipedia.org") else ""
        if not title:
            return None
        language = host["language"] if host else "en"
        revision = f"oldid={url.get('oldid')}" if _REVISION.fullmatch(url.get("oldid")) else ""
        claims = (Claim("type", "entry-encyclopedia", "url"), Claim("container", "Wikipedia", "url"))
        address = f"https://{language}.wikipedia.org/wiki/{quote(title, safe='/:@!$()*,;~')}"
        return Identity(Identifier("wikipedia", f"{language}/{title}"), address, locator(url, revision), claims)


def _title(url: Url) -> str:
    """The article's title as MediaWiki writes it (blanks as underscores, first letter upper case), or empty."""
    written = unquote(url.path.removeprefix("/wiki/")) if url.path.startswith("/wiki/") else url.get("title")
    title = re.sub(r"[_\s]+", "_", unicodedata.normalize("NFC", written)).strip("_")
    first = title[:1].upper()
    title = first + title[1:] if len(first) == 1 else title
    namespace = title.partition(":")[0].strip("_").casefold() if ":" in title else ""
    if namespace in NAMESPACES or title in ("", "Main_Page") or _NO_TITLE.search(title):
        return ""
    return title


WIKIPEDIA = Wikipedia()
