"""What the address of a page tells: a front page, a day, two addresses of one site."""

from __future__ import annotations

import re

from litdb.text.dates import read_iso
from litdb.text.urls import Url

_FRONT = frozenset(("", "/", "/index.html", "/index.htm", "/index.php"))
_OTHER_DOORS = re.compile(r"^(?:www|m|amp|mobile)\.(?=[^.]+\.)")
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"/(\d{4})/(\d\d?)/(\d\d?)/[^/]",
        r"/(\d{4})/([a-z]{3,9})/(\d\d?)/[^/]",
        r"/(\d{4})-(\d\d)-(\d\d)[-_/]?[^/]",
        r"/(\d{4})/(\d\d)/[^/]*[a-z]",
    )
)
_MONTHS = {name: f"{at:02}" for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}


def is_home(url: Url) -> bool:
    """Whether a URL is a site's front page and so names the site, not a work on it.

    >>> from litdb.text.urls import read_url
    >>> is_home(read_url("https://example.org")), is_home(read_url("https://example.org/?p=3"))
    (True, False)
    """
    return not url.query and not url.fragment and url.path in _FRONT


def bare_host(url: Url) -> str:
    """The host without the label of a door to the same site: `www`, `m`, `mobile`, `amp`.

    >>> from litdb.text.urls import read_url
    >>> bare_host(read_url("https://m.example.org/a")), bare_host(read_url("https://m.org"))
    ('example.org', 'm.org')
    """
    return _OTHER_DOORS.sub("", url.host)


def is_same_site(one: Url, other: Url) -> bool:
    """Whether one host is the other, or stands below it.

    >>> from litdb.text.urls import read_url
    >>> is_same_site(read_url("https://m.example.org/a"), read_url("https://blog.example.org/b"))
    True
    """
    first, second = bare_host(one), bare_host(other)
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")


def path_date(url: Url) -> str:
    """The day (or month) that stands in the path of a URL, or empty; the path has to go on behind it.

    >>> from litdb.text.urls import read_url
    >>> paths = ("/2023/05/05/x", "/2023-05-05-x", "/2023/05/xy", "/2023/05/")
    >>> [path_date(read_url(f"https://a.org{path}")) for path in paths]
    ['2023-05-05', '2023-05-05', '2023-05', '']
    """
    found = next((match for pattern in _DATES if (match := pattern.search(url.path))), None)
    if not found:
        return ""
    year, month, *day = found.groups()
    return read_iso("-".join((year, _MONTHS.get(month[:3].lower(), month), *day))) or ""


def slug_words(url: Url) -> tuple[str, ...]:
    """The words of the last segment of a path, in lower case, without the shortest.

    >>> from litdb.text.urls import read_url
    >>> slug_words(read_url("https://example.org/2023/05/how-to-read-a-page.html"))
    ('how', 'read', 'page')
    """
    last = next((segment for segment in reversed(url.path.split("/")) if segment), "")
    return tuple(word for word in re.split(r"[\W_]+", last.rsplit(".", 1)[0].lower()) if len(word) > 2)
