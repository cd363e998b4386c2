"""Titles of PDFs: what a person wrote, and what programs, templates and the names of files leave in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from litdb.model import Claim
from litdb.sources.deposited import plain
from litdb.text.tex import read_tex
from litdb.text.titles import fold
from litdb.text.urls import read_url

NO_TITLES: Sequence[re.Pattern[str]] = tuple(
    re.compile(pattern, re.IGNORECASE | re.VERBOSE)
    for pattern in (
        r"microsoft\ (?:word|powerpoint|excel|publisher)\b.*",
        r"""(?:powerpoint|word)[\ -](?:presentation|document|präsentation|演示文稿|プレゼンテーション)
            |(?:présentation|presentación|apresentação|presentazione)(?:\ d[eoi])?\ powerpoint
            |презентация\ powerpoint""",
        r"(?:presentation|slides?|layout|folie|diapositive|diapositiva|dia|幻灯片|スライド|слайд)\ ?\d*",
        r"""(?:adobe\ scan|camscanner)\b.*\d.* | scan(?:ned)?\ (?:documents?|images?|by|from)\b.*
            |(?:full\ page\ photo|photo|image|picture|fax)\W*\d*""",
        r".*\.(?:docx?|dvi|eps|fm|indd|key|md|odt|pages|pdf|pmd|pptx?|ps|qxd|qxp|rtf|tex|tmp|txt|wpd|xlsx?)",
        r"\S*[\d_/\\]\S* | (?-i:[a-z]+)",
        r"[a-z]:\\.* | (?:file|https?)://.* | \(anonymous\) | (?:pii|doi)\s*:.*",
        r"""(?:untitled|unnamed|unknown|no\ title|title|title\ of\ (?:the\ )?paper|your\ title(?:\ here)?|document
            |draft|main|manuscript|paper|article|preprint|output|print|scan|blank|root|template|thesis|report|none|null
            |no\ job\ name|default|copy|cover|elsarticle|ms|job)\W*\d*""",
        r"""(?:sin\ título|sans\ titre|senza\ titolo|sem\ título|ohne\ titel|unbenannt|naamloos|без\ названия
            |无标题|無題|제목\ 없음|dokument|documento?|документ|文档|文書)\W*\d*""",
        r"""\W*(?:(?:insert|type|enter|add|your|conference|article|journal)\ )?(?:the\ |your\ )?
            (?:paper\ |document\ |article\ )?title(?:\ (?:goes\ )?here
            |\ of\ (?:the\ |your\ )?(?:thesis|dissertation|article|report|document|work))?
            \W*(?:\(use\ style:.*)?""",
        r"""latex\ with\ .*|.*\b(?:ieeetran|llncs|elsarticle|acmart|aaai|neurips|nips|iclr|icml|acl)\b.*
            \b(?:template|style|instructions?|demo|sample)\b.*""",
        r"""(?:\S+\ )?(?:template|(?:(?:submission\ and\ )?formatting\ |submission\ )?instructions?|author\ guidelines
            |bare\ demo|sample)\ (?:for|of|to)\b.*|arxiv\ template.*|preparation\ of\ papers\ for\b.*""",
    )
)
"""Titles that programs, templates and the names of files leave behind, in the languages of their users."""

LONGEST = 1000
"""Characters of a title."""

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


def is_title(text: str, address: str = "") -> bool:
    """Whether a text can be the title of a work that lies at an address: no name of a file, of a template.

    >>> [is_title(text) for text in ("Deep Forest", "Microsoft Word - draft_v7 final.docx", "untitled", "main.dvi")]
    [True, False, False, False]
    >>> is_title("hedges final", "https://x.org/Hedges-final.pdf"), is_title("Formatting Instructions For NeurIPS")
    (False, False)
    """
    if len(text) > LONGEST:
        return False
    letters = fold(text)
    stem = read_url(address).segments[-1:] if address else ()
    is_file = any(letters == fold(name.rpartition(".")[0] or name) for name in stem)
    readable = sum(map(str.isalpha, text)) * 2 > len(text) and "\ufffd" not in text
    return len(letters) > 3 and readable and not is_file and not any(each.fullmatch(text) for each in NO_TITLES)


def title_claim(written: str, how: str) -> Claim:
    r"""The title as one reads it: without marks of HTML and ligatures; TeX is read where there is a command of it.

    >>> title_claim("E<sub>8</sub> eﬀects", "pdf.info:Title").value, title_claim(r"$\alpha$-decay", "…").markup
    ('E8 effects', 'tex')
    """
    title = plain(written.translate(_LIGATURES))
    text, markup = read_tex(title) if "\\" in title else (title, "plain")
    return Claim("title", text, how, markup=markup)
