"""Works in any CSL style, as text or as HTML, through citeproc-py (the extra `csl`).

citeproc-py 0.11 warns of variables newer than CSL 1.0.1, takes `<span class="nocase">` in a title for mark-up, finds
works by keys without case, and writes “. danah .” where it shall abbreviate a name without capitals. So it gets what it
knows, numbers for keys, such names in one piece, and letters of a private area in the place of `<`, `>` and `&`, which
come back when all is written.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from litdb.errors import ExportError, UsageError
from litdb.export.csl_json import csl_item
from litdb.export.shown import web_address
from litdb.model import Json, Work

if TYPE_CHECKING:
    from lxml.etree import _Element

Output = Literal["text", "html"]

_CSL = "{http://purl.org/net/xbiblio/csl}"
_HIDDEN = {ord(sign): 0xE000 + place for place, sign in enumerate("<>&")}
_SHOWN = {hidden: chr(sign) for sign, hidden in _HIDDEN.items()}
_BARE = re.compile(r"&(?!\#?\w+;)")
"""What a term of a locale may hold: “&” for “and”."""

_FAULTS = (ArithmeticError, AttributeError, LookupError, NotImplementedError, RecursionError, TypeError, ValueError)
"""What citeproc-py raises where a style asks for what it does not know.

It has no error of its own, so this is whatever its code meets; only its own calls are guarded so.
"""


@dataclass(frozen=True, slots=True)
class Style:
    """A CSL style: what the file holds, and how it is called in sentences."""

    name: str
    content: bytes


def write_styled(works: Sequence[Work], style: Style, output: Output) -> Iterator[str]:
    """The bibliography in the order of the style: a line for each work, or HTML.

    Raises `UsageError` where citeproc-py is missing or the file is no style with a bibliography.
    """
    entries = _entries(works, style, output)
    if output == "text":
        yield from (f"{text.translate(_SHOWN)}\n" for _, text in entries)
        return
    yield '<div class="csl-bib-body">'
    for work, text in entries:
        shown = _BARE.sub("&amp;", text).translate({hidden: escape(sign) for hidden, sign in _SHOWN.items()})
        name = f' id="{escape(work.key)}"' if work.key else ""
        yield f'\n<div class="csl-entry"{name}>{_linked(shown, work)}</div>'
    yield "\n</div>\n"


def _entries(works: Sequence[Work], style: Style, output: Output) -> list[tuple[Work, str]]:
    citeproc = _citeproc()
    content = _checked(style)
    items = [_item(work, place, citeproc) for place, work in enumerate(works)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = _bibliography(citeproc, items, content, output)
    except (*_FAULTS, citeproc.source.VariableError) as error:
        raise ExportError(
            f"citeproc-py cannot write this list in the style {style.name} ({type(error).__name__}: {error}). "
            "Try another style, or pandoc with “litdb export csl-json”."
        ) from error
    return [(works[place], text) for place, text in made]


def _bibliography(citeproc: Any, items: list[dict[str, Json]], style: bytes, output: Output) -> list[tuple[int, str]]:  # noqa: ANN401
    """The place of each item and its entry, in the order of the style: nothing but calls of the library."""
    source = citeproc.source.json.CiteProcJSON(items)
    formatter = citeproc.formatter.html if output == "html" else citeproc.formatter.plain
    read = citeproc.CitationStylesStyle(BytesIO(style), validate=False)
    made = citeproc.CitationStylesBibliography(read, source, formatter)
    made.register(citeproc.Citation([citeproc.CitationItem(key) for key in source]))
    made.sort()
    return [(int(key), " ".join(str(text).split())) for key, text in zip(made.keys, made.bibliography(), strict=True)]


def _item(work: Work, place: int, citeproc: Any) -> dict[str, Json]:  # noqa: ANN401
    known = {name.replace("_", "-") for name in citeproc.VARIABLES} | {*citeproc.VARIABLES, "type"}
    item = {name: _hidden(value) for name, value in csl_item(work).items() if name in known}
    people = {
        role: [_whole(name) for name in names] for role in ("author", "editor") if (names := _list(item.get(role)))
    }
    return item | people | {"id": str(place)}


def _whole(name: Json) -> Json:
    """A name whose given names have no capital to be abbreviated to, in one piece."""
    if not isinstance(name, dict) or not name.get("given") or str(name["given"])[0].isupper():
        return name
    return {"family": f"{name.get('family', '')}, {name['given']}"}


def _list(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list) else ()


def _hidden(value: Json) -> Json:
    """The value without what could be taken for mark-up, in all its texts."""
    if isinstance(value, str):
        return "".join(sign for sign in value if ord(sign) not in _SHOWN).translate(_HIDDEN)
    if isinstance(value, list):
        return [_hidden(each) for each in value]
    if isinstance(value, dict):
        return {name: _hidden(each) for name, each in value.items()}
    return value


def _linked(shown: str, work: Work) -> str:
    """The entry with its address as a link."""
    address = escape(web_address(str(csl_item(work).get("URL", ""))), quote=False)
    link = f'<a href="{address.replace(chr(34), "%22")}">{address}</a>'
    return shown.replace(address, link, 1) if address else shown


def _citeproc() -> Any:  # noqa: ANN401 - the library has no types
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import citeproc
            import citeproc.formatter.html
            import citeproc.formatter.plain
            import citeproc.source.json
    except ImportError as error:
        raise UsageError("CSL styles need citeproc-py. Install it: pip install 'litdb-notes[csl]'.") from error
    return citeproc


def _checked(style: Style) -> bytes:
    """The style, whose own signs are hidden as those of works are: citeproc-py writes `<` of a prefix as it is."""
    from lxml import etree

    root = _root(style)
    if root.tag != f"{_CSL}style":
        raise UsageError(f"{style.name} is no CSL style: it begins with <{root.tag}>. Styles are at zotero.org/styles.")
    parent = root.find(f"{_CSL}info/{_CSL}link[@rel='independent-parent']")
    if parent is not None:
        raise UsageError(f"{style.name} only points to another style. Take that one: {parent.get('href')}")
    if root.find(f"{_CSL}bibliography") is None:
        raise UsageError(f"The style {style.name} has no bibliography, so there is no list to write.")
    for element in root.iter(f"{_CSL}*"):
        for name, value in element.items():
            element.set(name, str(value).translate(_HIDDEN))
    written: bytes = etree.tostring(root)
    return written


def _root(style: Style) -> _Element:
    from lxml import etree

    try:
        return etree.fromstring(style.content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise UsageError(f"{style.name} is no CSL style: it is not valid XML ({error}).") from error
