"""PDFs: what a file says of itself, what of that is believed, and files that are locked, broken or meant to harm."""

from __future__ import annotations

import zlib

import pytest

from litdb.demo.sites.pdfs import pdf
from litdb.model import Identifier
from litdb.pages import pdf as reading
from litdb.pages.pdf import read_xmp
from litdb.sources.pdf import PDF, is_title
from litdb.sources.protocol import OWN_PAGE
from source_cases import answer_to, request_of

ADDRESS = "https://x.example/files/tea2.pdf"
WITH_PYPDF = pytest.mark.skipif(reading.find_spec("pypdf") is None, reason="the extra `pdf` is not installed")


def read(body):
    """What is read of a PDF at an address that no rule knows."""
    return PDF.read(answer_to(request_of("pdf", f"url:{ADDRESS}", url=ADDRESS, step=OWN_PAGE), body))


def told(body):
    """The claims that can be cited, by field."""
    claims = [claim for record in read(body).records for claim in record.claims if claim.kind in ("", "posted")]
    return {claim.field: claim.value for claim in claims}


def names_of(body):
    return [str(each) for record in read(body).records for each in record.same]


@pytest.mark.parametrize(
    "title",
    [
        "Deep Forest",
        "Concrete Problems in AI Safety",
        "Superintelligence",
        "Word embeddings and their discontents",
        "Latex gloves in surgery",
        "Reports of my death",
        "Über Zeichen",
        "对齐问题的深度学习视角",
        "The ACL injury in footballers",
        "Paper folding for robots",
    ],
)
def test_titles(title):
    assert is_title(title, ADDRESS)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "x",
        "untitled",
        "Untitled-1",
        "Microsoft Word - draft_v7 final.docx",
        "Microsoft PowerPoint - talk",
        "PowerPoint Presentation",
        "main.dvi",
        "Hedges final version.tex",
        "paper",
        "draft 3",
        "LaTeX with hyperref package",
        "arXiv template",
        "Formatting Instructions For NeurIPS 2020",
        "Bare Demo of IEEEtran.cls for Journals",
        "ICML 2021 style template",
        "PII: S0004-3702(94)90041-8",
        "doi:10.1000/182",
        "tmp_12345",
        "C:\\Users\\ann\\tea.doc",
        "(anonymous)",
        "0123456789",
        "\ufffd\ufffd\ufffd\ufffd tea",
        "tea2",
        "Slide 1",
    ],
)
def test_titles_that_are_none(title):
    assert not is_title(title, ADDRESS)


@WITH_PYPDF
@pytest.mark.parametrize(
    ("author", "creator", "people"),
    [
        ("Ann Ek", "LaTeX with hyperref", ["Ek"]),
        ("Ann Ek; Carl Dee", "LaTeX with hyperref", ["Ek", "Dee"]),
        ("Ann Ek", "Microsoft Word 2016", []),
        ("jsmith", "LaTeX with hyperref", []),
        ("Ann Ek, jsmith", "LaTeX with hyperref", []),
        ("Microsoft Office User", "Acrobat", []),
        ("Anonymous Author", "LaTeX with hyperref", []),
    ],
)
def test_people_are_believed_where_persons_wrote_them(author, creator, people):
    said = told(pdf([], {"Title": "On steam and clouds", "Author": author, "Creator": creator}))
    assert [name["family"] for name in said.get("authors", [])] == people


@WITH_PYPDF
@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["https://doi.org/10.5555/Tea.1."], ["doi:10.5555/tea.1"]),
        (["(doi:10.1016/0004-3702(94)90041-8)"], ["doi:10.1016/0004-3702(94)90041-8"]),
        (["doi:10.5555/a.1", "doi:10.5555/b.2"], []),
        (["A text", "References", "doi:10.5555/b.2"], []),
        (["doi:10.5555/a.1", "again 10.5555/a.1", "REFERENCES", "doi:10.5555/b.2"], ["doi:10.5555/a.1"]),
        (["https://doi.org/10.48550/arXiv.2209.99001"], ["arxiv:2209.99001"]),
        (["arXiv:2209.99001v3 [cs.AI] 19 Mar 2024"], ["arxiv:2209.99001"]),
        (
            ["arXiv:hep-th/9901001v1  4 Jan 1999", "arXiv:hep-th/9901001v1 [hep-th] 4 Jan 1999"],
            ["arxiv:hep-th/9901001"],
        ),
        (["As arXiv:2209.99001 says"], []),
        (["arXiv:2209.99001v3 [cs.AI] 19 Mar 2024", "arXiv:2209.99002v1 [cs.AI] 1 Sep 2022"], []),
        # marked, in a line of the head or the foot
        (["Journal of Tea 7 (2019) 115-127. doi:10.5555/tea.1"], ["doi:10.5555/tea.1"]),
        (["978-1-5386/19 $31.00 (c) 2019 IEEE DOI 10.5555/tea.1"], ["doi:10.5555/tea.1"]),
        (["10.5555/tea.1"], ["doi:10.5555/tea.1"]),
        (["Tea", *["We pour."] * 60, "http://dx.doi.org/10.5555/tea.1"], ["doi:10.5555/tea.1"]),
        (["Article https://doi.org/10.5555/tea.1"], ["doi:10.5555/tea.1"]),
        (["Scientific Data 7 (2020) 115. doi:10.5555/tea.1"], ["doi:10.5555/tea.1"]),
        # how it is cited, wherever that stands
        (
            [
                *["We pour."] * 30,
                "ACM Reference Format:",
                "Ann Ek. 2019. Tea. In TEA '19, 9 pages.",
                "https://doi.org/10.5555/tea.1",
                *["We pour."] * 30,
            ],
            ["doi:10.5555/tea.1"],
        ),
        (
            ["To cite this article: A. Ek, J. Tea 7, doi:10.5555/tea.1", "See also doi:10.5555/b.2"],
            ["doi:10.5555/tea.1"],
        ),
        # another's
        (["Supplementary material for", "https://doi.org/10.5555/b.2"], []),
        (["Supplement to doi:10.5555/b.2"], []),
        (["Erratum: Hot water", "doi:10.5555/b.2"], []),
        (["Comment on C. Dee, J. Tea 6, doi:10.5555/b.2"], []),
        (["A reply to Dee (2018)", "https://doi.org/10.5555/b.2"], []),
        (["The final version is published as doi:10.5555/b.2"], []),
        (["Data: https://doi.org/10.5555/b.2"], []),
        (["1. Dee C. Hot water. J Tea 2018. doi:10.5555/b.2"], []),
        (["[7] C. Dee, Hot water, https://doi.org/10.5555/b.2"], []),
        (["We follow the steps of doi:10.5555/b.2 here."], []),
        (["We use 10.5555/b.2 here."], []),
        ([*["We pour."] * 30, "Each citation counts", "https://doi.org/10.5555/b.2", *["We pour."] * 30], []),
        ([*["We pour."] * 30, "https://doi.org/10.5555/b.2", *["We pour."] * 30], []),
    ],
)
def test_names_on_the_first_page(lines, names):
    assert names_of(pdf(lines)) == names


@WITH_PYPDF
def test_stamped_paper_with_a_doi_is_a_version_of_what_was_published():
    (record,) = read(pdf(["arXiv:2209.99001v3 [cs.AI] 19 Mar 2024", "doi:10.5555/tea.1"])).records
    assert [str(each) for each in record.same] == ["arxiv:2209.99001"]
    assert [(str(each.subject), each.kind, str(each.object)) for each in record.relations] == [
        ("arxiv:2209.99001", "version-of", "doi:10.5555/tea.1")
    ]


@WITH_PYPDF
@pytest.mark.parametrize(
    "line",
    [
        "Published as https://doi.org/10.5555/tea.1",
        "The final version of this paper is available at doi:10.5555/tea.1",
        "This is a preprint. The version of record is at https://doi.org/10.5555/tea.1.",
    ],
)
def test_a_manuscript_is_a_version_of_what_it_says_to_be_published_as(line):
    (record,) = read(pdf(["Tea", line, "We pour."])).records
    assert record.same == ()
    assert [(str(each.subject), str(each.object)) for each in record.relations] == [
        (f"url:{ADDRESS}", "doi:10.5555/tea.1")
    ]


def test_day_of_the_file_is_never_a_date_to_cite():
    described = {"dc:title": "On steam and clouds", "xmp:CreateDate": "2021-02-01", "xmp:ModifyDate": "2022-02-01"}
    body = pdf([], {"CreationDate": "D:20210201080000Z"}, described)
    (record,) = read(body).records
    assert sorted(claim.kind for claim in record.claims if claim.field == "date") == ["created", "modified"]
    assert "date" not in told(body)


@pytest.mark.parametrize(("xmp", "outcome"), [({"dc:title": "On steam and clouds"}, "partial"), ({}, "unsupported")])
def test_without_the_extra_the_description_alone_is_read(monkeypatch, xmp, outcome):
    monkeypatch.setattr(reading, "find_spec", lambda name: None)
    found = read(pdf(["doi:10.5555/tea.1"], {"Title": "Not read"}, xmp))
    (ending,) = found.outcomes.values()
    assert ending[0] == outcome
    assert [claim.value for record in found.records for claim in record.claims] == list(xmp.values())
    assert ("litdb-notes[pdf]" in ending[1]) == (outcome == "unsupported")


def test_description_of_a_figure_is_not_the_documents(monkeypatch):
    monkeypatch.setattr(reading, "find_spec", lambda name: None)
    own, figure = ({"dc:title": title} for title in ("On steam and clouds", "A figure made by Ann"))
    stream = b"9" + pdf([], {}, figure).partition(b"\n7")[2].partition(b"endobj")[0] + b"endobj\nxref\n"
    assert told(pdf([], {}, own).replace(b"xref\n", stream, 1))["title"] == "On steam and clouds"
    assert told(pdf(["x"]).replace(b"/Type /Catalog", b"/Type /Folder").replace(b"xref\n", stream * 2, 1)) == {}


def test_description_cannot_read_files_or_grow(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    packet = (
        f'<!DOCTYPE x [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y "lol">]>'
        f"<rdf:RDF {rdf}><rdf:Description><dc:title>&x;&y;</dc:title></rdf:Description></rdf:RDF>"
    )
    assert "secret" not in str(read_xmp(packet.encode()))
    assert read_xmp(b"<" * 600_000) == {}


def bomb():
    """A page whose contents unpack to a hundred megabytes."""
    body = pdf(["x"])
    packed = zlib.compress(b" " * 100_000_000)
    start, end = body.index(b"4 0 obj"), body.index(b"5 0 obj")
    stream = b"4 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    return body[:start] + stream + body[end:]


def circle():
    """A tree of pages that is its own branch."""
    return pdf(["x"]).replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-",
        b"%PDF-1.7\n" + b"\x00" * 1000,
        pdf(["x"])[:240],
        pdf(["x"]).replace(b"startxref", b"startxxxx"),
        pdf(["x"]).replace(b"/Root 1 0 R", b"/Root 3 0 R"),
        pdf(["x"]).replace(b"/Encrypt", b"").replace(b"/Root 1 0 R", b"/Encrypt 9 0 R /Root 1 0 R"),
        pdf(["x"]).replace(b"/FlateDecode", b"/Fl"),
        circle(),
        bomb(),
        b"%PDF-1.4\n" + b"1 0 obj\n<<" * 20_000,
        b"%PDF-1.4\n" + b"[" * 100_000,
        b"%PDF-1.4 " + b"<x:xmpmeta " * 200_000,
        b"%PDF-1.4 /Type /Catalog " + b"/Metadata 1 0 R " * 50_000,
        pdf(["x " * 100] * 60_000),
        pdf([], {"CreationDate": "D:00000000", "Title": "\x00\x01", "Author": ";;;,,"}),
    ],
    ids="magic zeros cut no-start wrong-root locked filter circle bomb objects brackets packets catalog long odd".split(),
)
def test_any_file_ends_in_an_outcome(body):
    """Nothing is timed: what took the square of a file's length would hang here."""
    found = read(body)
    assert [ending for ending, _ in found.outcomes.values()] in (["unsupported"], ["partial"])
    assert all(reason for _, reason in found.outcomes.values())
    assert "title" not in told(body)


def test_pdf_is_owned_by_its_bytes_whatever_its_type_says():
    page = answer_to(request_of("page", f"url:{ADDRESS}", url=ADDRESS), b"\n\n" + pdf(["x"]))
    assert PDF.owns(page)
    assert not PDF.owns(answer_to(page.request, b"<p>%PDF-1.4</p>"))
    assert PDF.rung(Identifier("url", ADDRESS)) is None
