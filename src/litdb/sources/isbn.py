"""Books by ISBN: catalogues that have it in their address, and book shops whose article number is one."""

from __future__ import annotations

from itertools import pairwise

from litdb.model import Claim, Identifier, Identity
from litdb.sources.protocol import UrlsOnly
from litdb.text.isbn import isbn13
from litdb.text.urls import Url

CATALOGUES = ("openlibrary.org", "worldcat.org", "search.worldcat.org", "isbnsearch.org", "goodreads.com")
"""Hosts with `/isbn/<number>`."""

SHOPS = tuple(
    f"{name}.{domain}"
    for name in ("amazon", "smile.amazon")
    for domain in "com co.uk de fr it es nl se pl ca in co.jp com.au com.br com.mx com.be com.tr sg ae".split()
)
"""Hosts with `/dp/<number>`, which for a printed book is its ISBN-10."""

WORDS = (
    (CATALOGUES, ("isbn",)),
    (SHOPS, ("dp", "product", "product-reviews", "d", "ASIN")),
    ((".wikipedia.org",), ("Special:BookSources",)),
)
"""Hosts, and the words of their paths behind which the number stands."""


class Isbn(UrlsOnly):
    """Books by ISBN-13. The check digit decides: a shop's own article numbers are left alone."""

    name = "isbn"

    def identify(self, url: Url) -> Identity | None:
        """What a catalogue's or shop's URL means.

        >>> from litdb.text.urls import read_url
        >>> found = ISBN.identify(read_url("https://www.amazon.co.uk/C-Programming-Language/dp/0131103628/ref=sr_1"))
        >>> str(found.identifier), found.url
        ('isbn:9780131103627', 'https://openlibrary.org/isbn/9780131103627')
        >>> ISBN.identify(read_url("https://www.amazon.com/dp/B000FC11A6"))
        """
        book = isbn13(_number(url))
        if not book:
            return None
        address = f"https://openlibrary.org/isbn/{book}"
        return Identity(Identifier("isbn", book), address, "", (Claim("type", "book", "url"),))


def _number(url: Url) -> str:
    """What stands where a number is expected: behind the word of a catalogue or shop, in the query of Google Books."""
    if url.host.startswith("books.google."):
        return url.get("vid").upper().removeprefix("ISBN") or url.get("isbn")
    words = next((words for hosts, words in WORDS if url.on(*hosts)), ())
    path = url.segments
    return next((number for word, number in pairwise(path) if word in words), "")


ISBN = Isbn()
