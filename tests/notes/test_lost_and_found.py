"""Citations that were once lost or cut, each found by somebody with real notes."""

import pytest

from litdb.notes.markdown import read_markdown
from litdb.notes.text import read_text


def cited(note):
    return [(each.url or each.target, each.found) for each in note.mentions]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<div>\n[in](https://a.example/x)\n</div>", [("https://a.example/x", "inline-link:in-html")]),
        ("<details>\n- https://b.example\n</details>", [("https://b.example", "bare-url:in-html")]),
        ('<p>\n<a href="https://d.example">q</a>\n</p>', [("https://d.example", "html")]),
        ("<pre>\nhttps://no.example\n</pre>", []),
        (
            "DOI: 10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O.",
            [("https://doi.org/10.1002/(SICI)1097-4571(199806)49:8%3C693::AID-ASI4%3E3.0.CO;2-O", "bare-id")],
        ),
        ("doi:10.1000/x<br> y", [("https://doi.org/10.1000/x", "bare-id")]),
        (r"\autocites[12]{knuth}{gsch}", [("@knuth", "key"), ("@gsch", "key")]),
    ],
)
def test_in_markdown(text, found):
    assert cited(read_markdown("n.md", text)) == found


def test_a_doi_ends_where_tex_begins():
    note = read_text("n.tex", r"doi:10.1145/3442188.3445922\end{thebibliography}")
    assert cited(note) == [("https://doi.org/10.1145/3442188.3445922", "bare-id")]
