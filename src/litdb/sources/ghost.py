"""Ghost: blogs whose heads say what a search engine should read, and whose bodies say what people do.

Facts from Ghost's own `frontend/meta/title.js` and `schema.js`: a title for search engines stands in `<title>`,
`og:title` and the JSON-LD alike, and the post's own only in its heading. The further authors, under `contributor`, and
strings that are escaped inside the JSON are known to the generic reader.
"""

from __future__ import annotations

import re

from litdb.model import Answer, Claim, Identity, Reading, Record
from litdb.pages.addresses import is_home
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url, read_url

_GENERATOR = re.compile(rb"""<meta\b[^<>]{0,200}\bcontent=["']?Ghost\b""", re.IGNORECASE)
_POST = re.compile(rb"""\bproperty=["']og:type["'][^<>]{0,40}\bcontent=["']article""", re.IGNORECASE)
_TITLE = re.compile(r"(?:^|[\s-])(?:post|article|content|single|entry)[\w-]{0,20}-title\b")


class Ghost(UrlsOnly):
    """Posts on blogs by Ghost, known by their `generator`: only the heading has the post's own title."""

    name = "ghost"

    def identify(self, url: Url) -> Identity | None:
        """None: a post by Ghost is known by its page, not by its address."""
        return None

    def owns(self, page: Answer) -> bool:
        """Whether Ghost wrote the page, and it is a post."""
        return bool(_GENERATOR.search(page.body) and _POST.search(page.body)) and not is_home(read_url(page.url))

    def read(self, answer: Answer) -> Reading:
        """The title that the post has for its readers; everything else the generic reader tells."""
        from litdb.sources.elements import marked, root_of, text_of

        root = root_of(answer)
        headings = [] if root is None else [text_of(heading) for heading in marked(root, _TITLE, "h1")]
        if not any(headings):
            return Reading()
        claims = (Claim("title", next(filter(None, headings)), "ghost:heading"),)
        return Reading((Record(self.name, answer.request.asked[0].identifier, claims),))


GHOST = Ghost()
