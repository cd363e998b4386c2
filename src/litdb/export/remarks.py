r"""What an entry says in words: that a work is withdrawn, what it comments on, where a copy of it is kept.

It stands in `note`, the one field that every style prints and every reader of `.bib` keeps: pandoc glues a
`titleaddon` onto the title, citation-js drops an `addendum`, and no style prints a field that it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping

from litdb.export.escape import escape, one_line
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
    sentences = _sentences(work, inside, link)
    return ". ".join([each.removesuffix(".") for each in sentences[:-1]] + sentences[-1:])


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
    ties = list(_ties(work, inside, link)) if work.related else []
    kind, note = KINDS.get(work.type, ""), work.note and escape(one_line(work.note))
    if kind and (ties or note) and any(each.casefold().startswith(kind.casefold()) for each in (*ties, note)):
        kind = ""
    status = work.status and escape(one_line(work.status).capitalize())
    accessed = f"Accessed {cited_day(work.accessed)}" if work.accessed and not work.date else ""
    archived = f"Archived at {link(work.archived)}" if work.archived else ""
    return [each for each in (status, kind, *ties, accessed, note, archived) if each]


def _ties(work: Work, inside: Collection[str], link: Callable[[str], str]) -> Iterable[str]:
    """Each relation once; not what stands in the place of the title."""
    _, keys = tied(work, inside)
    shown = "" if work.title else escape(one_line(work.label))
    others = [
        (words, each)
        for kind, words in TIES.items()
        for each in work.related
        if each.kind == kind and each.key not in keys
    ]
    said = (f"{words}{named}" for words, each in others if (named := _named(each, link)))
    return dict.fromkeys(each for each in said if each != shown)


def _named(other: Related, link: Callable[[str], str]) -> str:
    """The other work by its name, or by its address where it has no name of its own."""
    if other.kind == "version-of" or _ADDRESS.match(other.label):
        return other.url and f": {link(other.url)}"
    return f" “{escape(one_line(other.label))}”"
