"""Titles and abstracts as publishers deposit them: marks of face, MathML and JATS, as one reads them.

Facts: crossref.org/documentation, "Face markup" and "MathML" (both are allowed in titles); jats.nlm.nih.gov.
"""

from __future__ import annotations

import html
import re

from litdb.text.titles import clean_title

_MATH = re.compile(
    r"<(?P<tag>(?:mml:|m:)?math)\b[^<>]*>(?P<inside>(?:(?!<(?:mml:|m:)?math\b).)*?)</(?P=tag)>", re.DOTALL
)
_SOURCE_OF_MATH = re.compile(
    r"<(?P<tag>(?:jats:)?tex-math|(?:mml:|m:)?annotation(?:-xml)?)\b[^<>]*>[^<]*</(?P=tag)>", re.DOTALL
)
_TAG_IN_MATH = re.compile(r"<[^<>]*>\s*")
_HEADING = re.compile(
    r"<(?P<tag>(?:jats:)?title)\b[^<>]*>\s*(?:abstract|summary)\s*(?:[.:]\s*)?</(?P=tag)>", re.IGNORECASE
)
_BLOCK = re.compile(
    r"</?(?:jats:)?(?:p|sec|title|list|list-item|disp-formula|break|br)\b[^<>]*>(?!\s*[,.;:])", re.IGNORECASE
)
_MARK = re.compile(
    r"""</?(?:(?:jats|mml|m|xhtml|xref):[a-z-]+
        |i|b|u|em|strong|sub|sup|sc|scp|small|italic|bold|underline|ovl|strike|tt|monospace|font|span|sec|p|title
        |inf|inline-formula|alternatives|math|tex-math|named-content|styled-content|break|br|a|ext-link|xref)\b[^<>]*>""",
    re.IGNORECASE | re.VERBOSE,
)


_UNKNOWN = re.compile(r"\(?:(?:unac|unal|unap|unas|unav|unkn|none|null|tba|etal)\)?(?:[\s:;,].*)?", re.IGNORECASE)
"""DataCite's codes for what is not known, with a remark behind them or none (metadata schema 4.6, appendix 3)."""


def plain(text: str) -> str:
    """A deposited text without its marks; letters keep their case, and what is no mark (`a < b`) stays.

    >>> plain("The &lt;i&gt;p&lt;/i&gt; &lt; .05 of <scp>DNA</scp> &amp; H<sub>2</sub>O")
    'The p < .05 of DNA & H2O'
    >>> plain("Bounds of <mml:math><mml:mn>2</mml:mn>\\n <mml:mi>n</mml:mi></mml:math> steps")
    'Bounds of 2n steps'
    >>> plain("(:unav) untitled"), plain(":unkn")
    ('', '')
    """
    unescaped = html.unescape(text) if "&lt;" in text else text
    if "<" not in unescaped:
        told = clean_title(unescaped)
        return "" if _UNKNOWN.fullmatch(told) else told
    once = _SOURCE_OF_MATH.sub("", unescaped) if _MATH.search(unescaped) else unescaped
    told = _MATH.sub(lambda math: _TAG_IN_MATH.sub("", math["inside"]).strip(), once)
    return clean_title(_MARK.sub("", _BLOCK.sub(" ", told)))


def abstract(text: str) -> str:
    """A deposited abstract as one paragraph, without the heading that only says so.

    >>> abstract("<jats:title>Abstract</jats:title><jats:p>We bound it.</jats:p><jats:p>Twice.</jats:p>")
    'We bound it. Twice.'
    """
    return plain(_HEADING.sub(" ", text, count=1))
