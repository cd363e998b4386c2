import hashlib

import pytest

from litdb.errors import NoteError
from litdb.export import DATA
from litdb.model import Identifier, Work
from litdb.notes import KINDS, is_note, is_own_export, kind_of, read_note


def no_identity(url):
    return None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a.md", "markdown"),
        ("a/B.Markdown", "markdown"),
        ("a.txt", "markdown"),
        ("a.tex", "text"),
        ("a.bib", "bib"),
        ("a.biblatex", "bib"),
        ("a.json", "csl-json"),
        ("a.RIS", "ris"),
        ("a.xhtml", "html"),
        ("a.webloc", "urllist"),
        ("a.urls", "urllist"),
        ("a.ipynb", "notebook"),
        ("a.canvas", "canvas"),
        ("a.csv", "csv"),
        ("a.pdf", None),
        ("README", None),
        (".bib", None),
    ],
)
def test_the_suffix_tells_the_kind(path, kind):
    assert kind_of(path) == kind


@pytest.mark.parametrize("suffix", [suffix for suffix, kind in KINDS.items() if kind not in ("markdown", "text")])
def test_every_kind_of_the_table_has_a_reader(suffix):
    note = read_note(f"a{suffix}", b"", no_identity)
    assert note.kind == KINDS[suffix]
    assert note.mentions == ()


@pytest.mark.parametrize("name", ["a.md", "a.tex"])
def test_texts_go_to_the_markdown_readers(name):
    pytest.importorskip("litdb.notes.markdown")
    note = read_note(name, b"see https://example.org/a for more", no_identity)
    assert [mention.url for mention in note.mentions] == ["https://example.org/a"]


def test_bookmarks_are_told_by_their_first_line():
    content = b"\xef\xbb\xbf\n<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<A HREF='https://example.org/'>x</A>"
    assert read_note("a.html", content, no_identity).kind == "bookmarks"
    assert read_note("a.html", b"<!doctype html><p>x", no_identity).kind == "html"


def test_the_hash_is_that_of_the_bytes():
    content = "https://example.org/ä\r\n".encode("utf-16")
    note = read_note("a.urls", content, no_identity)
    assert note.sha256 == hashlib.sha256(content).hexdigest()
    assert note.mentions[0].url == "https://example.org/ä"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_moves_no_column(encoding):
    note = read_note("a.urls", "https://example.org/".encode(encoding), no_identity)
    assert (note.mentions[0].line, note.mentions[0].column) == (1, 1)


def test_a_binary_file_is_refused_with_the_place():
    with pytest.raises(NoteError, match=r"x/a\.md is not text: byte 3 is NUL"):
        read_note("x/a.md", b"%PD\0F", no_identity)


def test_another_encoding_is_refused_with_place_and_advice():
    with pytest.raises(NoteError, match=r"a\.md is not UTF-8: byte 7 \(0xfc, in line 2\).*Save the file as UTF-8"):
        read_note("a.md", b"one\ntwo\xfc", no_identity)


@pytest.mark.parametrize(
    ("content", "own"),
    [
        (b"% litdb export: bibtex, 3 entries\n@misc{a}", True),
        (b"\xef\xbb\xbf<!-- litdb export -->\n# References", True),
        (b"\n% litdb export", False),
        (b"<!-- litdb:refs -->", False),
        (b"", False),
    ],
)
def test_litdb_knows_its_own_exports_by_their_first_line(content, own):
    assert is_own_export(content) is own


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("a.json", b'[\n\t{"id": "a", "type": "article-journal"}]', True),
        ("a.json", b'\xef\xbb\xbf{"items": [{"id": "a", "type": "book"}]}', True),
        ("a.json", b'[ \n{"id": "a", "type": "book", "title": "A"}\n]\n', True),
        ("a.json", b'{"name": "x", "type": "module"}', False),
        ("a.json", b"[]", False),
        ("a.json", b'[{"type": "FeatureCollection"}]', False),
        ("a.ris", b"TY  - JOUR\r\nID  - a2014\r\nTI  - A\r\nER  - \r\n", True),
        ("a.ris", b"Provider: JSTOR http://www.jstor.org\r\n\r\nTY  - JOUR\r\nER  - \r\n", True),
        ("a.csv", b"key,type,title,label,authors,editors,url\n", True),
        ("a.md", b"[]", True),
    ],
)
def test_which_files_with_the_name_of_a_note_are_notes(path, content, expected):
    assert is_note(path, content) is expected


@pytest.mark.parametrize("line_ends", ["as written", "of Unix", "of Windows"])
@pytest.mark.parametrize("form", DATA)
def test_data_that_litdb_wrote_is_no_note_whatever_became_of_its_line_ends(form, line_ends):
    content = "".join(DATA[form]([Work(Identifier("url", "u"), (), "k", "webpage", "https://a.example/")])).encode()
    unix = content.replace(b"\r\n", b"\n")
    content = {"as written": content, "of Unix": unix, "of Windows": unix.replace(b"\n", b"\r\n")}[line_ends]
    assert not is_note({"csl-json": "a.json", "ris": "a.ris", "csv": "a.csv"}[form], content)
