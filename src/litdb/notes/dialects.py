"""How text other than Markdown writes links, keys and code: LaTeX, Org, reStructuredText, AsciiDoc, MediaWiki, Typst,
TiddlyWiki.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from litdb.notes.fences import blank_all, blank_between, blank_blocks
from litdb.notes.headings import (
    Heading,
    asciidoc_headings,
    latex_headings,
    mediawiki_headings,
    no_headings,
    org_headings,
    rst_headings,
    tiddlywiki_headings,
    typst_headings,
)


class Blocks(NamedTuple):
    """How lines begin, behind their indentation, that go on with no paragraph before them; patterns without groups.

    `heading` and `item` are marks that are no part of the text; an item may have further lines, a heading is one.
    `line` begins one that is a block as it stands.
    """

    heading: str = "(?!)"
    item: str = "(?!)"
    line: str = "(?!)"


class Dialect(NamedTuple):
    """What a kind of text writes in a way of its own.

    Forms begin at `begins`, and the first that fits has the place. Its groups tell what it is: a `url` with its `text`,
    an `id` of a `kind`, `keys` between commas, keys `marked` by `&`, keys as `pandoc` has them, `refs` of all kinds
    between blanks, the name of a `handle`; without any of these it is code or a picture. `comment` are remarks;
    `without_code` blanks out whole blocks of code, which cite nothing; `headings` reads the title and the headings.
    """

    begins: str
    forms: tuple[re.Pattern[str], ...]
    comment: re.Pattern[str] | None = None
    without_code: Callable[[str], str] | None = None
    blocks: Blocks = Blocks()
    headings: Callable[[str], Iterator[Heading]] = no_headings


def _forms(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


_HREF = r"\\href(?:\[[^\[\]{}]*\])?\s?\{(?P<url>[^{}]*)\}\s?\{(?P<text>(?:[^{}]|\{[^{}]*\})*)\}"
_LATEX = Dialect(
    r"\\",
    _forms(
        _HREF,
        r"\\(?P<kind>doi|eprint)\s?\{(?P<id>[^{}]*)\}",
        r"\\(?:verb|lstinline)\*?(?:\[[^\[\]\n]*\])?(?:(?P<quote>[^\w\s{*\[])[^\n]{0,500}?(?P=quote)|\{[^{}\n]*\})",
    ),
    re.compile(r"(?<!\S)%[^\n]*"),
    blocks=Blocks(
        item=r"\\item\b[ \t]*",
        line=r"\\(?:begin|end)\{[^{}\n]*\}(?:[\[{][^\n]*)?$|\\(?:part|chapter|[a-z]{0,6}section|[a-z]{0,3}paragraph)\*?[\[{]",
    ),
    headings=latex_headings,
)
_ORG_LINK = r"\](?:\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\])?\]"
_ORG_URL = rf"\[\[(?P<url>https?://[^\[\]]*){_ORG_LINK}"
_ORG_CITE = r"\[cite[^\[\]:]*:(?P<pandoc>[^\[\]]*)\]"
_ORG = Dialect(
    r":roam_refs:|\[|(?<![^\s\-({'\"])[=~](?=\S)|(?<![\w:\\/&@.-])[a-z]{0,8}[cC]ite[a-z]{0,10}\*?:",
    _forms(
        _ORG_URL,
        rf"\[\[(?P<kind>doi|arxiv):(?P<id>[^\[\]\s]*){_ORG_LINK}",
        rf"\[\[\w*[cC]ite\w*\*?:(?P<marked>[^\[\]]*&[^\[\]]*){_ORG_LINK}",
        rf"\[\[\w*[cC]ite\w*\*?:(?P<keys>[^\[\]]*){_ORG_LINK}",
        _ORG_CITE,
        r"(?i::roam_refs:)(?P<refs>[^\n]*)",
        r"(?P<quote>[=~])(?=\S)[^\n]{1,500}?(?<=\S)(?P=quote)(?=[\s\-.,;:!?'\")}\[]|\Z)",
        r"[a-z]{0,8}[cC]ite[a-z]{0,10}\*?:(?P<marked>&[^\s,&;\[\]()]+(?:;&[^\s,&;\[\]()]+)*)",
        r"[a-z]{0,8}[cC]ite[a-z]{0,10}\*?:(?P<keys>\w(?:[\w:.+/-]*\w)?(?:,\w(?:[\w:.+/-]*\w)?)*)",
    ),
    re.compile(r"^[ \t]*#[ \t][^\n]*", re.MULTILINE),
    partial(blank_all, blocks=re.compile(r"^[ \t]*:[ \t][^\n]*", re.MULTILINE)),
    Blocks(
        heading=r"^\*+[ \t]+",
        item=r"(?:[-+]|\d{1,9}[.)]|(?<=[ \t])\*)[ \t]+|(?=:[\w-]+:(?:[ \t]|$))",
        line=r"#\+|\||-{5,}[ \t]*$",
    ),
    headings=org_headings,
)
"""With org-ref's links in both of its versions (github.com/jkitchin/org-ref), Org's own `[cite:@key]`, and the key that
a note of Org-roam is about (orgroam.com/manual.html, "Refs")."""

_RST_URL = r"`(?P<text>[^`<>]*)<(?P<url>https?://[^<>`\s]*)>`_{1,2}"
_RST_CITE = r":[a-z]{0,8}cite[a-z]{0,10}(?::[a-z]{1,20}){0,2}:`(?P<keys>[^`]*)`"
_RST = Dialect(
    r"`|:[a-z]{1,20}(?::[a-z]{1,20}){0,2}:`|\.\. ",
    _forms(
        r"``[^`\n]{1,500}``",
        _RST_URL,
        r":(?P<kind>doi|arxiv|pmid|isbn):`(?:(?P<text>[^`<>]+)<)?(?P<id>[^`<>\s]+)>?`",
        _RST_CITE,
        r"\.\. (?P<kind>youtube|vimeo)::[ \t]{1,4}(?P<id>[\w-]+)",
        r"\.\. (?:\|[^|\n]*\| )?(?:image|figure|include|literalinclude)::[^\n]*",
    ),
    re.compile(r"^[ \t]*\.\.[ \t](?![\[_|]|[\w:-]+::)[^\n]*", re.MULTILINE),
    partial(
        blank_blocks,
        blocks=re.compile(
            r"^(?P<indent>[ \t]{0,40})(?:\.\. (?:code|code-block|sourcecode|math|parsed-literal)::[^\n]*"
            r"|(?![ \t]{0,40}\.\. )[^\n]*::[ \t]*)\n(?:[ \t]*\n|(?P=indent)[ \t]+[^\n]*\n?)*",
            re.MULTILINE,
        ),
    ),
    Blocks(item=r"(?:[-*+•]|(?:\d{1,9}|#)[.)])[ \t]+|(?=:[\w-]+:[ \t])", line=r"[=~^\"'`#*+.:_-]{3,}[ \t]*$"),
    rst_headings,
)
_ASCIIDOC = Dialect(
    r"`|\+|link:|https?://|(?:video|image|include)::?|cite(?:np)?:",
    _forms(
        r"(?:link:)?(?:\+\+)?(?P<url>https?://[^\s\[\]<>]{1,2000}?)(?:\+\+)?\[(?P<text>[^\[\]\n]*)\]",
        r"video::(?P<id>[\w-]+)\[(?P<kind>youtube|vimeo)\b[^\]\n]*\]",
        r"(?:image|include|video)::?[^\s\[\]]{1,500}\[[^\[\]\n]*\]",
        r"cite(?:np)?:[\w-]*\[(?P<keys>[^\[\]\n]*)\]",
        r"`[^`\n]{1,500}`|\+\+[^\n]{1,500}?\+\+",
    ),
    re.compile(r"^//(?!/)[^\n]*", re.MULTILINE),
    partial(
        blank_blocks,
        blocks=re.compile(
            r"^(?P<fence>-{4,}|\.{4,}|/{4,}|`{3,})[ \t]*\n(?:.*?\n)??(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL
        ),
    ),
    Blocks(
        heading=r"={1,6}[ \t]+",
        item=r"(?:\*{1,5}|\.{1,5}|-|\d{1,9}\.)[ \t]+|(?=\||:[\w-]+:(?:[ \t]|$))",
        line=r"[=*_+.-]{4,}[ \t]*$",
    ),
    asciidoc_headings,
)
_WIKI_CODE = "(?:nowiki|pre|syntaxhighlight|source|code)"
_MEDIAWIKI = Dialect(
    r"\[|\||\{\{|https?://",
    _forms(
        r"(?P<url>https?://[^\s\[\]<>|{}]+)(?=\s?(?:\||\}\}))",
        r"\[\[(?P<url>https?://[^\[\]|\n]+)(?:\|(?P<text>[^\[\]\n]*))?\]\]",
        r"\[(?P<url>(?:https?:)?//[^\s\[\]<>]+)(?:[ \t]+(?P<text>[^\[\]\n]*))?\]",
        r"\|\s?(?i:(?P<kind>doi))\s?=\s?(?P<id>10\.[^\s|{}]+)",
        r"\[\[(?P<kind>doi|arxiv|pmid):(?P<id>[^\[\]|\s]+)(?:\|(?P<text>[^\[\]\n]*))?\]\]",
        r"(?i:\{\{\s?(?P<kind>doi|arxiv|isbn|pmid)\s?\|\s?(?:(?:1|id)\s?=\s?)?(?P<id>[^{}|\s]+)[^{}]*\}\})",
    ),
    re.compile(r"<!--.*?(?:-->|\Z)|^[ \t]*%%[^\n]*", re.DOTALL | re.MULTILINE),
    partial(
        blank_between,
        begins=re.compile(rf"<{_WIKI_CODE}\b[^<>]*(?<!/)>|^\{{\{{\{{[^{{}}|\n]*$", re.IGNORECASE | re.MULTILINE),
        ends=re.compile(rf"</{_WIKI_CODE}\s*>|^\}}\}}\}}[ \t]*$", re.IGNORECASE | re.MULTILINE),
    ),
    Blocks(item=r"[*#:;]+[ \t]*", line="={1,6}[^=\n]"),
    mediawiki_headings,
)
"""With what Vimwiki writes in files of the same name: links, code between lines of braces, remarks behind `%%`."""

_FENCED = partial(
    blank_all,
    blocks=re.compile(r"^[ \t]*(?P<fence>`{3,})[^`\n]*\n(?:.*?\n)??[ \t]*(?P=fence)", re.MULTILINE | re.DOTALL),
)
_TYPST = Dialect(
    r"#link\(|#cite\(|@|`",
    _forms(
        r"#link\(\s?\"(?P<url>[^\"\n]*)\"\s?\)(?:\[(?P<text>[^\[\]]*)\])?",
        r"#cite\(\s?<(?P<keys>[^<>,\s]+)>[^()\n]*\)",
        r"(?<![\w.])@(?P<handle>\w(?:[\w:./+-]*\w)?)",
        r"```[^`]{1,2000}```|`[^`\n]{1,500}`",
    ),
    re.compile(r"(?<![:\w])//[^\n]*|/\*.*?\*/", re.DOTALL),
    _FENCED,
    Blocks(heading="={1,6}[ \t]+", item=r"(?:[-+/]|\d{1,9}\.)[ \t]+", line="#(?:set|show|import|let|bibliography)\\b"),
    typst_headings,
)
"""A bare `@name` is a key, or leads to a figure or section (typst.app/docs/reference/model/ref)."""

_TIDDLYWIKI = Dialect(
    r"\[|`",
    _forms(
        r"\[\[(?:(?P<text>[^\[\]|\n]*)\|)?(?P<url>https?://[^\[\]|\n]*)\]\]",
        r"\[ext\[(?:(?P<text>[^\[\]|\n]*)\|)?(?P<url>https?://[^\[\]|\n]*)\]\]",
        r"\[img[^\[\]\n]*\[[^\[\]\n]*\]\]",
        r"`[^`\n]{1,500}`",
    ),
    re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL),
    _FENCED,
    Blocks(heading="!{1,6}[ \t]*", item=r"[*#>;:]+[ \t]*|(?=[a-z][\w.-]*:[ \t])"),
    tiddlywiki_headings,
)
"""A file of a tiddler begins with lines of its fields (tiddlywiki.com/#TiddlerFiles)."""

DIALECTS = {
    ".tex": _LATEX,
    ".ltx": _LATEX,
    ".org": _ORG,
    ".rst": _RST,
    ".adoc": _ASCIIDOC,
    ".wiki": _MEDIAWIKI,
    ".mediawiki": _MEDIAWIKI,
    ".typ": _TYPST,
    ".tid": _TIDDLYWIKI,
}
"""By the suffix of a note."""

ANY = Dialect(r"\\|\[|`|:[a-z]{0,8}cite", _forms(_HREF, _ORG_URL, _ORG_CITE, _RST_URL, _RST_CITE))
"""What is read in text of no known kind."""
