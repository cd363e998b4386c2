"""Files that are not UTF-8: read where they say in their first lines what they are, refused in a sentence elsewhere."""

from __future__ import annotations

import pytest

from litdb.errors import NoteError
from litdb.notes import read_note

ENTRY = "@misc{a, title = {Über Flüsse}, url = {https://a.example/}}\n"

SAYING = {
    "JabRef": ("a.bib", f"% Encoding: ISO-8859-1\n\n{ENTRY}", "latin-1"),
    "JabRef with Windows' line ends": ("a.bib", f"% Encoding: Cp1252\r\n\r\n{ENTRY}", "cp1252"),
    "JabRef of old": ("a.bib", f"This file was created with JabRef 2.3.1.\nEncoding: MacRoman\n\n{ENTRY}", "mac-roman"),
    "JabRef, a name of Windows": ("a.bib", f"% Encoding: windows-1250\n{ENTRY}", "cp1250"),
    "BibDesk": ("a.bib", f"%% Created for A\n\n%% Saved with string encoding Western (ISO Latin 1)\n\n{ENTRY}", "latin-1"),
    "Emacs": ("a.bib", f"%% -*- mode: bibtex; coding: latin-1 -*-\n{ENTRY}", "latin-1"),
    "TeXShop": ("a.bib", f"% !TEX encoding = IsoLatin9\n{ENTRY}", "iso8859-15"),
    "LaTeX": ("a.tex", "\\usepackage[ansinew]{inputenc}\n\\href{https://a.example/}{Über Flüsse}", "cp1252"),
    "a page": ("a.html", "<meta charset=iso-8859-1><a href='https://a.example/'>Über Flüsse</a>", "cp1252"),
    "an older page": (
        "a.html",
        "<meta http-equiv=Content-Type content='text/html; charset=windows-1252'><a href='https://a.example/'>Über Flüsse</a>",
        "cp1252",
    ),
    "RIS": (
        "a.ris",
        'Content: text/plain; charset="windows-1252"\n\nTY  - ELEC\nTI  - Über Flüsse\nUR  - https://a.example/\nER  - \n',
        "cp1252",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "text", "encoding"), SAYING.values(), ids=SAYING)
def test_a_file_is_read_as_it_says_that_it_is_encoded(path, text, encoding):
    (mention,) = read_note(path, text.encode(encoding), lambda _url: None).mentions
    assert mention.text == "Über Flüsse"


@pytest.mark.parametrize(
    "first", ["", "% Encoding: UTF-8\n", "% Encoding: Klingon\n", "% Encoding: punycode\n", "% Encoding: zip\n"]
)
def test_what_names_no_encoding_that_fits_is_refused(first):
    with pytest.raises(NoteError, match=r"a\.bib is not UTF-8: byte \d+ \(0xdc, in line \d\).*Save the file as UTF-8"):
        read_note("a.bib", (first + ENTRY).encode("latin-1"), lambda _url: None)


def test_what_is_utf_8_is_read_so_whatever_it_says():
    (mention,) = read_note("a.bib", f"% Encoding: Cp1252\n{ENTRY}".encode(), lambda _url: None).mentions
    assert mention.text == "Über Flüsse"
