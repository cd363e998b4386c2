"""What an entry says in its note, and which relations have a field of their own."""

from __future__ import annotations

import pytest

from litdb.export.biblatex import BIBLATEX
from litdb.export.bibtex import ACL, BIBTEX, NATBIB
from litdb.export.entries import entry
from litdb.export.escape import linked, unlinked
from litdb.export.remarks import remarks, tied
from litdb.model import Identifier, Related, Work

POST = Related("comment-on", "A post", "https://a.example/post", "post2020")
COPY = "https://web.archive.org/web/2022/https://a.example/a_b"


def work(kind="post", **fields) -> Work:
    return Work(
        Identifier("url", "u"), (), "key", kind, "https://a.example", **{"date": "2022", "title": "T", **fields}
    )


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({}, ""),
        ({"kind": "tweet"}, "Tweet"),
        ({"kind": "tweet", "note": "Tweet by @x"}, "Tweet by @x"),
        ({"kind": "comment", "related": (POST,)}, "Comment on “A post”"),
        ({"kind": "comment", "related": (POST,), "title": "", "label": "Comment on “A post”"}, "Comment"),
        ({"status": "retracted"}, "Retracted"),
        ({"status": "withdrawn", "note": "By its author."}, "Withdrawn. By its author."),
        ({"note": "Three pages.", "archived": COPY}, rf"Three pages. Archived at {COPY.replace('_', chr(92) + '_')}"),
        ({"date": "", "accessed": "2026-11-21"}, "Accessed 2026-11-21"),
        ({"related": (Related("part-of", "R&D", "https://a.example/s"),)}, r"Part of “R\&D”"),
        (
            {"related": (Related("part-of", "a.example/s_t", "https://a.example/s_t"),)},
            r"Part of: https://a.example/s\_t",
        ),
        ({"related": (Related("crosspost-of", "forum:x", ""),)}, ""),
        ({"related": (Related("version-of", "T", "https://b.example"),)}, "Another version: https://b.example"),
        ({"related": (Related("version-of", "T", "https://a.example"),)}, ""),
        ({"related": (Related("cites", "Other", "https://b.example"),)}, ""),
        ({"related": (POST, POST)}, "Comment on “A post”"),
    ],
)
def test_a_note_says(fields, note):
    assert remarks(work(**fields), (), unlinked) == note


def test_a_relation_inside_the_file_has_a_field_in_biblatex_only():
    comment = work("comment", related=(POST,))
    inside, outside = entry(comment, BIBLATEX, {"post2020"}), entry(comment, BIBLATEX)
    assert "related       = {post2020},\n  relatedstring = {Comment on}," in inside
    assert "note          = {Comment}," in inside
    assert "note          = {Comment on “A post”}," in outside
    assert "related " not in outside + entry(comment, BIBTEX, {"post2020"})


def test_one_kind_of_relation_has_room_in_the_field_and_the_others_stay_in_the_note():
    part = Related("part-of", "A sequence", "https://a.example/s", "sequence2020")
    both = work("comment", related=(part, POST))
    assert tied(both, {"post2020", "sequence2020"}) == ("Comment on", ["post2020"])
    assert remarks(both, {"post2020", "sequence2020"}, unlinked) == "Comment. Part of “A sequence”"


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://a.example/a_b~c&d", r"\url{https://a.example/a_b~c&d}"),
        ("https://a.example/a%20b", r"https://a.example/a\%20b"),
        ("https://a.example/a#b", r"https://a.example/a\#b"),
        ("https://a.example/$", r"https://a.example/\$"),
        ("https://a.example/}", r"https://a.example/\%7D"),
    ],
)
def test_an_address_in_a_text_is_a_link_where_that_is_safe(address, written):
    assert linked(address) == written


@pytest.mark.parametrize(("dialect", "links"), [(BIBTEX, False), (NATBIB, True), (ACL, True), (BIBLATEX, True)])
def test_styles_that_know_url_get_links(dialect, links):
    assert (r"\url{https://web" in entry(work(archived=COPY), dialect)) == links
