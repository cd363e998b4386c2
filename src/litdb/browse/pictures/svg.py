"""SVG as litdb sends it: made by lxml, so that every text is text; coloured by classes, for light and dark.

A picture stands in a page, whose style sheet colours it, or is a file of its own, which brings the same style sheet.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from lxml import etree

from litdb.browse.rendering import asset, line

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "http://www.w3.org/2000/svg"
STYLE = "picture.css"
MOST_LABEL = 200


def root(width: float, height: float, title: str, sentence: str) -> _Element:
    """An empty picture that says what it is; its marks stay within reach of screen readers (w3.org/TR/svg-aam-1.0)."""
    picture = etree.Element(
        "svg",
        {
            "viewBox": f"0 0 {width:.0f} {height:.0f}",
            "width": f"{width:.0f}",
            "height": f"{height:.0f}",
            "role": "group",
            "class": "drawing",
            "aria-labelledby": "picture-title",
            "aria-describedby": "picture-sentence",
        },
        nsmap={None: NAMESPACE},  # type: ignore[dict-item]  # lxml's stubs know no default namespace
    )
    add(picture, "title", line(title), id="picture-title")
    add(picture, "desc", line(sentence), id="picture-sentence")
    return picture


def add(parent: _Element, tag: str, text: str = "", /, **attributes: object) -> _Element:
    """A child; names of attributes are written with `_` for `-`, and `class_` for what Python keeps to itself."""
    said = {name.rstrip("_").replace("_", "-"): str(value) for name, value in attributes.items()}
    child = etree.SubElement(parent, tag, said)
    child.text = text or None
    return child


def add_link(parent: _Element, href: str, label: str, class_: str = "") -> _Element:
    """A mark that leads to a page; the label is what screen readers say and the pointer shows."""
    said = line(label)[:MOST_LABEL]
    link = add(parent, "a", "", href=href, aria_label=said, **({"class": class_} if class_ else {}))
    add(link, "title", said)
    return link


def in_page(picture: _Element) -> str:
    """The picture as a part of a page."""
    return etree.tostring(picture, encoding="unicode")


def as_file(picture: _Element) -> str:
    """The picture as a file of its own, with its colours and its paper."""
    style = etree.Element("style")
    style.text = asset(STYLE)
    paper = etree.Element("rect", {"class": "paper", "width": "100%", "height": "100%"})
    picture[2:2] = [style, paper]
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + in_page(picture)


def file_policy() -> str:
    """The Content-Security-Policy of such a file: its own style and nothing else (w3.org/TR/CSP3, hash-source)."""
    digest = b64encode(sha256(asset(STYLE).encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"
