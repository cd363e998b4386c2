"""What is to be mended about the links of a note: moved for good, tracked, to the file instead of the page, dead."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from litdb.errors import InvalidUrl
from litdb.model import Mention, Work
from litdb.pages.addresses import is_home
from litdb.sources import as_written
from litdb.text.urls import Url, clean, is_tracking, read_url

Kind = Literal["moved", "tracker", "pdf", "dead"]

Leads = Callable[[str, Work], bool]
"""Whether an address is known to lead to a work."""

_PAIR_MARK = re.compile(r"(&amp;|&)")
_PDF = re.compile(r"(?P<host>https?://(?:www\.|export\.)?arxiv\.org)/pdf/(?P<id>[^?#]+?)(?:\.pdf)?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Repair:
    """One link and what is better: `new` takes the place of the mention's target, or for a dead link stands beside it.

    `new` is empty where a dead link has no copy.
    """

    mention: Mention
    kinds: tuple[Kind, ...]
    new: str


def repair(
    mention: Mention, work: Work, moved: Mapping[str, str], leads: Leads, *, is_lost: bool = False
) -> Repair | None:
    """What is to be mended about a mention, or None. `moved` says where addresses went for good, `is_lost` whether the
    work is no longer found at this one.

    A link is only led elsewhere where that is known to be the very same work.
    """
    if not mention.url or not _is_itself(mention.url):
        return None
    kinds: list[Kind] = []
    new = mention.target
    for kind, mend in (("moved", _Moved(moved)), ("tracker", without_trackers), ("pdf", abstract_page)):
        better = mend(new)
        if better != new and leads(better, work):
            new = better
            kinds.append(kind)  # type: ignore[arg-type]
    if kinds:
        return Repair(mention, tuple(kinds), new)
    return Repair(mention, ("dead",), work.archived) if is_lost else None


def without_trackers(target: str) -> str:
    """An address as it is written, without the keys of its query that name the way to a page.

    >>> without_trackers("https://a.example/x?utm_source=y&amp;id=3&fbclid=z#part")
    'https://a.example/x?id=3#part'
    """
    before, mark, rest = target.partition("?")
    if not mark or "#" in before:
        return target
    query, fragment_mark, fragment = rest.partition("#")
    first, *others = _PAIR_MARK.split(query)
    pairs = [("", first), *zip(others[::2], others[1::2], strict=True)]
    kept = [(joint, pair) for joint, pair in pairs if not _is_tracking(pair)]
    if len(kept) == len(pairs):
        return target
    query = "".join(joint + pair for joint, pair in kept)
    query = query.removeprefix(kept[0][0]) if kept else ""
    return f"{before}{'?' if query else ''}{query}{fragment_mark}{fragment}"


def abstract_page(target: str) -> str:
    """The page of a paper of arXiv instead of its file; one that points into the file stays.

    >>> abstract_page("http://arxiv.org/pdf/2204.06974v2.pdf"), abstract_page("https://arxiv.org/pdf/2204.06974#page=3")
    ('http://arxiv.org/abs/2204.06974v2', 'https://arxiv.org/pdf/2204.06974#page=3')
    """
    found = _PDF.match(target)
    return f"{found['host']}/abs/{found['id']}" if found else target


def is_move(old: str, new: str) -> bool:
    """Whether a page that lies elsewhere now can be the old one: not where all is sent to a front page.

    >>> is_move("http://a.example/x", "https://b.example/x"), is_move("http://a.example/x", "https://b.example/")
    (True, False)
    """
    try:
        return old != new and (is_home(read_url(old)) or not is_home(read_url(new)))
    except InvalidUrl:
        return False


@dataclass(frozen=True, slots=True)
class _Moved:
    """Where addresses went for good."""

    to: Mapping[str, str]

    def __call__(self, target: str) -> str:
        """The address that a target has now, with the target's own fragment; the target where it has not moved."""
        try:
            written = read_url(target.replace("&amp;", "&"))
        except InvalidUrl:
            return target
        address = str(clean(written))
        new = self.to.get(address, "")
        if not new or not is_move(address, new):
            return target
        found: Url = clean(read_url(new))
        fragment = f"#{written.fragment}" if written.fragment and not found.fragment else ""
        return f"{found}{fragment}"


def _is_itself(url: str) -> bool:
    """Whether an address is one litdb can read and no wrapper (an archive, a redirector) round another."""
    try:
        return as_written(url) == str(clean(read_url(url)))
    except InvalidUrl:
        return False


def _is_tracking(pair: str) -> bool:
    key, _, value = pair.partition("=")
    return is_tracking(key, value)
