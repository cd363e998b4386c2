r"""Titles that are TeX (arXiv's): mathematics and mark-up stay alive, everything else is shown as the text it is.

A title comes from the web, and `\input` or `\write18` in a bibliography runs on the reader's machine. So a command
lives only if one of the tables here knows it; a formula with any other command is shown as its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from litdb.export.casing import is_sentence_case, protect
from litdb.export.escape import escape, group

WITH_ARGUMENT = frozenset(
    "emph textit textbf texttt textsc textsf textrm textsl textup textsuperscript textsubscript underline mbox".split()
)
"""Mark-up that takes a group: `\\emph{…}`."""

DECLARATIONS = frozenset("em bf it tt sc sf rm sl bfseries itshape scshape ttfamily".split())
"""Mark-up that opens a group: `{\\em …}`."""

LITERALS = {"textbackslash": "\\", "textdollar": "$", "textbraceleft": "{", "textbraceright": "}"}
"""Names of characters that mean something to TeX."""

MATHEMATICS = frozenset(
    """alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho
    sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
    mathbb mathbf mathcal mathfrak mathit mathrm mathscr mathsf mathtt mathop operatorname boldsymbol bm rm bf cal it
    text textrm textbf textit textsf textsc texttt mbox frac dfrac tfrac sqrt binom overline underline widehat widetilde
    hat bar tilde vec dot ddot check breve acute grave sum prod coprod int iint oint bigcup bigcap bigoplus bigotimes
    pm mp times div cdot ast star circ bullet cap cup setminus wedge vee oplus ominus otimes odot dagger ddagger
    leq le geq ge neq ne lesssim gtrsim ll gg equiv sim simeq approx cong propto asymp prec succ preceq succeq
    subset supset subseteq supseteq in ni notin vdash dashv models perp parallel mid nmid
    leftarrow rightarrow to gets leftrightarrow Leftarrow Rightarrow Leftrightarrow mapsto longrightarrow longleftarrow
    longmapsto uparrow downarrow hookrightarrow rightsquigarrow rightleftharpoons implies iff
    infty partial nabla forall exists neg emptyset varnothing ell hbar Re Im aleph wp angle triangle square Box diamond
    prime ldots cdots dots vdots ddots colon quad langle rangle lfloor rfloor lceil rceil lbrace rbrace lVert rVert
    vert Vert log ln lg exp sin cos tan cot sinh cosh tanh arcsin arccos arctan min max sup inf lim limsup liminf arg
    argmin argmax deg det dim gcd hom ker Pr bmod not limits displaystyle textstyle scriptstyle""".split()
)
"""Control words that a formula may have."""

_MATHEMATICAL_SYMBOLS = frozenset(r"$%&#_{},;:!| ")
_DEEPEST = 20
_TOKEN = re.compile(
    r"""(?P<math>\$\$(?P<display>[^$]+)\$\$|\$(?P<inline>(?:\\.|[^$\\])+)\$|\\\((?P<round>(?:(?!\\\)).){0,500})\\\))
       |\\(?P<word>[A-Za-z]+)\s*
       |\\(?P<symbol>[$%&#_{}])
       |(?P<open>\{)|(?P<close>\})
       |(?P<text>[^\\${}]+|.)""",
    re.VERBOSE | re.DOTALL,
)
_COMMAND = re.compile(r"\\([A-Za-z]+|.|\Z)", re.DOTALL)
_BRACES = {r"\{": r"\lbrace ", r"\}": r"\rbrace "}


class Piece(NamedTuple):
    """A part of a title: text to be escaped, a formula, or living mark-up; `depth` counts the groups round it."""

    kind: Literal["text", "math", "live"]
    value: str
    depth: int


def tex_title(title: str, *, sentence_case: bool = False) -> str:
    r"""A title with TeX in it as it may stand in a `.bib` file, its capitals protected where no group does it.

    `sentence_case` says that it is known to be written like a sentence.

    >>> print(tex_title(r"The $O(n)$ of \emph{GPT}: \$5 and \input{x}"))
    The {$O(n)$} of \emph{GPT}: \$5 and \textbackslash{}input\textbraceleft{}x\textbraceright{}
    """
    sentence_case = sentence_case or is_sentence_case(title)
    found = list(pieces(title))
    return "".join(_written(each, sentence_case=sentence_case, begun=at > 0) for at, each in enumerate(found))


def pieces(title: str) -> Iterator[Piece]:
    r"""The parts of a title, neighbouring texts as one.

    >>> list(pieces(r"a\%{$x$\par}"))  # doctest: +NORMALIZE_WHITESPACE
    [Piece(kind='text', value='a%', depth=0), Piece(kind='live', value='{', depth=0), Piece(kind='math', value='$x$',
     depth=1), Piece(kind='text', value='\\par', depth=1), Piece(kind='live', value='}', depth=0)]
    """
    text, depth_of_text = "", 0
    for piece in _single(title):
        if piece.kind == "text" and (not text or piece.depth == depth_of_text):
            text, depth_of_text = text + piece.value, piece.depth
            continue
        if text:
            yield Piece("text", text, depth_of_text)
        text, depth_of_text = (piece.value, piece.depth) if piece.kind == "text" else ("", 0)
        if piece.kind != "text":
            yield piece
    if text:
        yield Piece("text", text, depth_of_text)


def formula(source: str) -> str:
    r"""The body of a formula that is safe to keep, or empty where it is not: unknown commands, `^^`, stray braces.

    >>> print(formula(r"\mathcal{O}(50%)"))
    \mathcal{O}(50\%)
    >>> formula(r"\input{x}"), formula("^^5cinput x"), formula("{x")
    ('', '', '')
    """
    commands = _COMMAND.findall(source)
    known = all(each in MATHEMATICS or each in _MATHEMATICAL_SYMBOLS for each in commands)
    body = re.sub(r"\\[{}]", lambda found: _BRACES[found[0]], source)
    if not known or "^^" in body or not body.strip() or not _is_balanced(body):
        return ""
    return re.sub(r"(?<!\\)[%&#]", r"\\\g<0>", body)


def _written(piece: Piece, *, sentence_case: bool, begun: bool) -> str:
    if piece.kind == "text":
        return escape(piece.value) if piece.depth else protect(piece.value, sentence_case=sentence_case, begun=begun)
    return piece.value if piece.kind == "live" or piece.depth else group(piece.value)


def _single(title: str) -> Iterator[Piece]:
    tokens = list(_TOKEN.finditer(title))
    groups = _groups(tokens)
    depth = 0
    for at, token in enumerate(tokens):
        side = groups.get(at)
        depth -= side == "close"
        if side:
            yield Piece("live", token[0], depth)
        else:
            yield _piece(token, depth, opened=groups.get(at - 1) == "open", opens=groups.get(at + 1) == "open")
        depth += side == "open"


def _piece(token: re.Match[str], depth: int, *, opened: bool, opens: bool) -> Piece:
    """One token: `opened` if a living brace opens before it, `opens` if one does behind it."""
    word = token["word"]
    if token["math"]:
        body = formula(token["display"] or token["inline"] or token["round"] or "")
        return Piece("math", f"${body}$", depth) if body else Piece("text", token[0], depth)
    if (word in WITH_ARGUMENT and opens) or (word in DECLARATIONS and opened):
        return Piece("live", token[0], depth)
    if word in LITERALS:
        return Piece("text", LITERALS[word], depth)
    return Piece("text", token["symbol"] or token[0], depth)


def _groups(tokens: Sequence[re.Match[str]]) -> dict[int, str]:
    """The braces that make a group, by position: matched, not too deep for BibTeX, not behind an unknown command."""
    sides: dict[int, str] = {}
    opened: list[int] = []
    for at, token in enumerate(tokens):
        if token["open"]:
            opened.append(at)
        elif token["close"] and opened:
            start = opened.pop()
            if len(opened) < _DEEPEST and not _is_unknown(tokens[start - 1] if start else None):
                sides |= {start: "open", at: "close"}
    return sides


def _is_unknown(token: re.Match[str] | None) -> bool:
    return token is not None and token["word"] is not None and token["word"] not in WITH_ARGUMENT | DECLARATIONS


def _is_balanced(source: str) -> bool:
    depth = 0
    for character in source:
        depth += (character == "{") - (character == "}")
        if not 0 <= depth <= _DEEPEST:
            return False
    return depth == 0
