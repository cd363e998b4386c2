"""What in a URL points inside the work that it names."""

from __future__ import annotations

import re
from urllib.parse import unquote

from litdb.text.urls import Url

_SAYS_NOTHING = re.compile(
    r"comments?|comments?-section|respond|disqus_thread|top|main|content|readme(?:-ov-file)?|fn\w{0,4}|footnotes?|[!/].*",
    re.IGNORECASE | re.DOTALL,
)


def locator(url: Url, version: str = "") -> str:
    """The cited version and the fragment of a URL: one, both with `#` between them, or neither.

    A fragment is decoded where it can be shown. One that names no place in the text (the comments, the top, a route
    of a script) says nothing; a text fragment keeps its directive.

    >>> from litdb.text.urls import read_url
    >>> locator(read_url("https://x.org/p#A_spectrum_of_%C3%A9tale")), locator(read_url("https://x.org/p#comments"))
    ('A_spectrum_of_étale', '')
    >>> locator(read_url("https://x.org/p#:~:text=is%20needed"), version="v2")
    'v2#text=is needed'
    """
    fragment = url.fragment.removeprefix(":~:")
    if _SAYS_NOTHING.fullmatch(fragment):
        fragment = ""
    decoded = unquote(fragment)
    return "#".join(part for part in (version, decoded if decoded.isprintable() else fragment) if part)
