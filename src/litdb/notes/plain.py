"""Markdown as one reads it aloud: the words of a heading or a link text without their marks."""

from __future__ import annotations

import re

from litdb.notes.found import unescape

_MARKS = re.compile(r"[\\`*_\[\]<&~=\n\t]")
_LINK = re.compile(
    r"!?\[(?P<text>[^\[\]]*)\](?:\((?:<[^<>]*>|[^()\s<]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s[^()]*)?\)|\[[^\[\]]*\])"
)
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]*)>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_EMPHASIS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\\)(?P<mark>\*{1,3})(?=[^\s*])(?P<text>[^*]*[^\s*\\])(?P=mark)",
        r"(?<![\w\\])(?P<mark>_{1,3})(?=[^\s_])(?P<text>[^_]*(?:\b_+\b[^_]*)*[^\s_\\])(?P=mark)(?!\w)",
        r"(?P<mark>~~|==)(?=\S)(?P<text>[^~=]*[^\s~=])(?P=mark)",
        r"(?<!`)(?P<mark>`{1,2})(?!`) ?(?P<text>[^`]+?) ?(?P=mark)(?!`)",
    )
)


def plain(text: str) -> str:
    """The words of a piece of Markdown.

    >>> plain("Next : **[What is `x`?](https://a.example/x_(y))** \\\\* [[Note|n]]")
    'Next : What is x? * n'
    """
    if not _MARKS.search(text):
        return " ".join(text.split()) if "  " in text else text.strip()
    text = _WIKI_LINK.sub(r"\1", text)
    for _ in range(2):  # an image within a link
        text = _LINK.sub(r"\g<text>", text)
    text = _TAG.sub("", _AUTOLINK.sub(r"\1", text))
    for emphasis in _EMPHASIS:
        text = emphasis.sub(r"\g<text>", text)
    return " ".join(unescape(text).split())
