"""What stands in the place of a title where a work has none: made for display, never stored as a title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from textwrap import shorten

from litdb.model import Work
from litdb.text.readable import readable

KINDS: Mapping[str, str] = {
    "tweet": "Tweet",
    "comment": "Comment",
    "sequence": "Sequence",
    "motion_picture": "Video",
    "post": "Post",
    "preprint": "Preprint",
    "software": "Software",
}
"""How a kind of work is called in words."""


_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d{1,2}")

POINTING = frozenset(
    "a af also an and another anthology archived article arxiv at bibtex blog blogpost browser click code comment "
    "continue copy cross crosspost crossposted data dataset demo discussion docs documentation doi download eaf forum "
    "full github google here highlight html huggingface in it leave link links listen lw mirror mirrored more note on "
    "online open openreview original page paper pdf permalink podcast post posted poster preprint project publication "
    "pubmed read reading reply repo report repository restack same scholar see semanticscholar share site slides "
    "source subscribe summary supplement talk text that the their these they this thread transcript tweet twitter url "
    "version via vid video view watch web webpage website wiki wikipedia youtube "
    "artikel dieser dieses hier lesen quelle seite siehe weiter weiterlesen aquí este enlace fuente leer ici lien lire "
    "cet article qui un "
    "这里 此处 链接 原文 全文 来源 论文 論文 記事 こちら リンク здесь тут ссылка статья источник".split()
)
"""Words with which people point at a work without saying which it is."""

LONGEST_WORDS = 100
"""So many characters of a tweet are shown, as citation managers do."""


def names_a_work(words: str) -> bool:
    """Whether the text of a link says what it leads to; else any other link could have it.

    >>> names_a_work("Gradient hacking"), names_a_work("this post"), names_a_work("(PDF)"), names_a_work("[2]")
    (True, False, False, False)
    >>> names_a_work("same on AF"), names_a_work("cross-posted here")
    (False, False)
    """
    said = _WORD.findall(words.casefold())
    return any(word not in POINTING and not _NUMBER.fullmatch(word) for word in said)


def label(work: Work, parent: str = "") -> str:
    """What to show for a titleless work: its first words, its kind, who wrote it, what it comments on, its address.

    A work that only the user's own entry names shows the key of that.

    >>> from litdb.model import Identifier, Name
    >>> tweet = Work(Identifier("tweet", "1603862969276051457"), (), "", "tweet", "", authors=(Name("Ngo", "Richard"),))
    >>> label(tweet)
    'Tweet by Richard Ngo'
    >>> label(Work(Identifier("forum-comment", "c"), (), "", "comment", ""), "Some post")
    'Comment on “Some post”'
    >>> label(Work(Identifier("url", "u"), (), "", "webpage", "https://de.example/K%C3%BCnste"))
    'de.example/Künste'
    >>> label(Work(Identifier("bib", "ode2020-73a2af88"), (), "", "webpage", ""))
    'ode2020'
    """
    kind = KINDS.get(work.type, "")
    if kind and parent and work.type == "comment":
        return f"{kind} on “{parent}”"
    if work.identifier.scheme == "arxiv":
        return f"arXiv:{work.identifier.value}"
    if work.type == "tweet" and work.abstract:
        return shorten(work.abstract, LONGEST_WORDS, placeholder=" …")
    if kind and work.authors:
        return f"{kind} by {work.authors[0].display}"
    own_key = work.identifier.value.rpartition("-")[0] if work.identifier.scheme == "bib" else ""
    return readable(work.url.partition("://")[2].rstrip("/")) or own_key or str(work.identifier)
