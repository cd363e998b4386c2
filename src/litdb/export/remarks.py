r"""What an entry says in words: that a work is withdrawn, what it comments on, where a copy of it is kept.

It stands in `note`, the one field that every style prints and every reader of `.bib` keeps: pandoc glues a
`titleaddon` onto the title, citation-js drops an `addendum`, and no style prints a field that it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from litdb.export.escape import escape, one_line
from litdb.export.own_entry import own_url
from litdb.model import Related, RelationKind, Work, WorkType
from litdb.text.dates import cited_day

KINDS: Mapping[WorkType, str] = {
    "tweet": "Tweet",
    "comment": "Comment",
    "sequence": "Sequence",
    "motion_picture": "Video",
}
"""What no entry type says."""

TIES: Mapping[RelationKind, str] = {
    "comment-on": "Comment on",
    "part-of": "Part of",
    "linkpost-of": "Link to",
    "crosspost-of": "Crosspost of",
    "about": "About",
    "version-of": "Another version",
}
"""Relations in words, the most telling first. What a work `cites` is no remark."""

_ADDRESS = re.compile(r"\S+[:/]\S+\Z")
_ON_ARXIV = re.compile(r"https?://(?:\w+\.)?arxiv\.org/(?:abs|pdf|html)/(.+?)(?:v\d+)?(?:\.pdf)?/?\Z", re.IGNORECASE)


def has_remarks(work: Work) -> bool:
    """Whether there is anything to say beside the fields."""
    return bool(work.note or work.type in KINDS or work.related or work.archived or work.status or not work.date)


def remarks(work: Work, inside: Collection[str], link: Callable[[str], str]) -> str:
    r"""The text of `note` as TeX: sentences, the last one as it is.

    Relations to works whose keys are `inside` the file are left to the field `related`. `link` writes an address.

    >>> from litdb.model import Identifier
    >>> post = Related("comment-on", "R&D", "https://b.example")
    >>> comment = Work(Identifier("url", "u"), (), "k", "comment", "", status="retracted", related=(post,),
    ...     archived="https://web.archive.org/web/2022/https://a.example/_")
    >>> print(remarks(comment, (), escape))
    Retracted. Comment on “R\&D”. Archived at https://web.archive.org/web/2022/https://a.example/\_
    """
    said = _sentences(work, inside, link)
    if len(said) < 2:
        return said[0] if said else ""
    return ". ".join([*(each.removesuffix(".") for each in said[:-1]), said[-1]])


def ties(work: Work) -> Iterator[tuple[str, Related]]:
    """The relations to remark on, each with its words: not a version that the URL of the entry leads to.

    >>> from litdb.model import Identifier
    >>> preprint = Related("version-of", "T", "https://arxiv.org/abs/1706.03762")
    >>> paper = Work(Identifier("url", "u"), (), "k", "post", "http://arxiv.org/pdf/1706.03762v2", related=(preprint,))
    >>> list(ties(paper))
    []
    """
    here = _paper(own_url(work) or work.url)
    for kind, words in TIES.items():
        for each in work.related:
            if each.kind == kind and not (kind == "version-of" and each.url and _paper(each.url) == here):
                yield words, each


def _paper(url: str) -> str:
    """What tells one address from another: of a paper on arXiv its number, whichever its version and format."""
    return _ON_ARXIV.sub(r"\1", url)


def tied(work: Work, inside: Collection[str]) -> tuple[str, list[str]]:
    """How the work relates to works of the same file, in words, and their keys: only one kind of relation has room.

    >>> from litdb.model import Identifier
    >>> comment = Work(Identifier("url", "u"), (), "k", "comment", "", related=(Related("comment-on", "A", "", "a"),))
    >>> tied(comment, {"a"}), tied(comment, ())
    (('Comment on', ['a']), ('', []))
    """
    for kind, words in TIES.items():
        if keys := [each.key for each in work.related if each.kind == kind and each.key and each.key in inside]:
            return words, list(dict.fromkeys(keys))
    return "", []


def _sentences(work: Work, inside: Collection[str], link: Callable[[str], str]) -> list[str]:
    related = list(_related(work, inside, link)) if work.related else []
    note = work.note and escape(one_line(work.note))
    said = [escape(one_line(work.status).capitalize())] if work.status else []
    if (kind := KINDS.get(work.type)) and not ((related or note) and _begins(kind, (*related, note))):
        said.append(kind)
    said += related
    if work.accessed and not work.date:
        said.append(f"Accessed {cited_day(work.accessed)}")
    if note:
        said.append(note)
    if work.archived:
        said.append(f"Archived at {link(work.archived)}")
    return said


def _begins(kind: str, sentences: Iterable[str]) -> bool:
    return any(each.casefold().startswith(kind.casefold()) for each in sentences)


def _related(work: Work, inside: Collection[str], link: Callable[[str], str]) -> Iterable[str]:
    """Each relation once; not what stands in the place of the title."""
    _, keys = tied(work, inside)
    shown = "" if work.title else escape(one_line(work.label))
    others = (tie for tie in ties(work) if tie[1].key not in keys)
    said = (f"{words}{named}" for words, each in others if (named := _named(each, link)))
    return dict.fromkeys(each for each in said if each != shown)


def _named(other: Related, link: Callable[[str], str]) -> str:
    """The other work by its name, or by its address where it has no name of its own."""
    if other.kind == "version-of" or _ADDRESS.match(other.label):
        return other.url and f": {link(other.url)}"
    return f" “{escape(one_line(other.label))}”"
