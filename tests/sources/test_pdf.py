"""PDFs: what a file says of itself, what of that is believed, and files that are locked, broken or meant to harm."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest

from litdb.demo.sites.pdfs import pdf
from litdb.model import Identifier
from litdb.pages import pdf as reading
from litdb.pages.pdf import read_moment, read_xmp
from litdb.pages.pdf_links import links_of_pdf
from litdb.sources.pdf import PDF
from litdb.sources.pdf_titles import is_title
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
        "Scanned brains",
        "Presentation attack detection",
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
        "Scanned Document",
        "Adobe Scan Jan 2, 2020",
        "CamScanner 01-02-2020 13.45",
        "Scanned by CamScanner",
        "Présentation PowerPoint",
        "PowerPoint-Präsentation",
        "Presentación de PowerPoint",
        "PowerPoint 演示文稿",
        "Diapositive 1",
        "幻灯片 1",
        "Sin título",
        "Sans titre 2",
        "Unbenannt-1",
        "Без названия",
        "Dokument1",
        "文档1",
        "無題",
        "Title of thesis",
        "Paper Title (use style: paper title)",
        "Conference Paper Title*",
        "Insert title here",
        "[Type the document title]",
        "Submission and Formatting Instructions for International Conference on Machine Learning (ICML 2021)",
        "Preparation of Papers for IEEE Sponsored Conferences & Symposia",
        "teabook",
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
        ("Ann Ek", "", ["Ek"]),
        ("Ann Ek", "Microsoft Word 2016", []),
        ("jsmith", "LaTeX with hyperref", []),
        ("Ann Ek, jsmith", "LaTeX with hyperref", []),
        ("Microsoft Office User", "Acrobat", []),
        ("Anonymous Author", "LaTeX with hyperref", []),
        ("Ben Trovato", "LaTeX with acmart", []),
        ("Ann Ek1, Carl Dee2,*, and Eve Fee1,", "LaTeX with hyperref", ["Ek", "Dee", "Fee"]),
        ("Ann Ek1[0000-0002-1825-0097] ; Carl Dee2", "LaTeX with hyperref", ["Ek", "Dee"]),
        ("Ann Ek <ann@x.example>, Carl Dee (Kettle Lab)", "LaTeX with hyperref", ["Ek", "Dee"]),
        ("Ann Ek, Carl Dee", "Arbortext Advanced Print Publisher 9.1 Acrobat Distiller 10.0", ["Ek", "Dee"]),
        ("Ann Ek", "Springer", []),
        ("Ann Ek et al.", "LaTeX with hyperref", []),
        ("Ann Ek Carl Dee", "LaTeX with hyperref", []),
        ("J. R. R. Ek", "LaTeX with hyperref", ["Ek"]),
        ("Ann Ek", "Microsoft® Publisher 2010", []),
        ("Ann Ek", "Preview macOS Version 12.1 Quartz PDFContext", []),
        ("Ann Ek", "WPS Office", []),
        ("Ann Ek", "Canva", []),
    ],
)
def test_people_are_believed_where_persons_wrote_them(author, creator, people):
    said = told(pdf([], {"Title": "On steam and clouds", "Author": author, "Creator": creator}))
    assert [name["family"] for name in said.get("authors", [])] == people


@WITH_PYPDF
@pytest.mark.parametrize(
    ("author", "lines", "people"),
    [
        ("Ann Ek; Carl Dee", ["On steam", "Ann Ek and Carl Dee", "Kettle Lab"], ["Ek", "Dee"]),
        ("Ann Ek; Carl Dee", ["On steam", "ANN EK1", "CARL DEE2"], ["Ek", "Dee"]),
        ("Tina Typist", ["On steam", "Ann Ek and Carl Dee"], []),
        ("Ann Ek", ["On steam", "Ann Ek and Carl Dee"], []),
        ("Ann Ek", [], []),
    ],
)
@pytest.mark.parametrize("creator", ["Adobe InDesign CC 13.0", "QuarkXPress 9", "PDFCreator 1.7"])
def test_other_programs_are_believed_with_all_people_of_the_page(creator, author, lines, people):
    said = told(pdf(lines, {"Title": "On steam and clouds", "Author": author, "Creator": creator}))
    assert [name["family"] for name in said.get("authors", [])] == people


@WITH_PYPDF
def test_whole_list_goes_before_the_first_author_alone():
    described = {"dc:creator": "Ann Ek", "prism:publicationName": "Journal of Tea"}
    body = pdf(["Ann Ek and Carl Dee"], {"Author": "Ann Ek, Carl Dee", "Creator": "Springer"}, described)
    assert [name["family"] for name in told(body)["authors"]] == ["Ek", "Dee"]


@WITH_PYPDF
@pytest.mark.parametrize(
    ("charset", "title", "meant"),
    [
        ("utf-8", "Größen von Übersicht", "Größen von Übersicht"),
        ("cp1252", "“Steam” – it’s für alle", "“Steam” – it’s für alle"),
        ("latin-1", "Dampf für alle", "Dampf für alle"),
        ("cp1251", "О паре и облаках", ""),
        ("gbk", "大茶壶中的蒸汽与云", ""),
        ("shift_jis", "蒸気と雲について", ""),
    ],
)
def test_charsets_of_the_info_dictionary(charset, title, meant):
    body = pdf(["x"], {"Title": title.encode(charset).decode("latin-1")})
    assert told(body).get("title", "") == meant


@WITH_PYPDF
@pytest.mark.parametrize(
    ("title", "shown", "markup"),
    [
        ("Tea &amp; <i>Camellia sinensis</i>", "Tea & Camellia sinensis", "plain"),
        (r"Bounds of $\alpha$ for J{\"u}rgen", r"Bounds of $\alpha$ for Jürgen", "tex"),
        ("Costs of $5 and $7", "Costs of $5 and $7", "plain"),
    ],
)
def test_marks_in_titles(title, shown, markup):
    (record,) = read(pdf(["x"], {"Title": title})).records
    assert [(each.value, each.markup) for each in record.claims] == [(shown, markup)]


def test_ligatures_are_letters():
    assert told(pdf([], {}, {"dc:title": "Eﬃcient ﬂow"}))["title"] == "Efficient flow"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("D:20200102030405+01'00", "2020-01-02T03:04:05+01:00"),
        ("D:20200102030405Z00'00'", "2020-01-02T03:04:05Z"),
        ("D:20200102030405", "2020-01-02"),
        ("D:202001020304Z", "2020-01-02"),
        ("2020-01-02T03:04:05Z", "2020-01-02T03:04:05Z"),
        ("D:191020102030405", ""),
        ("D:20201302030405Z", ""),
        ("D:20200102250405Z", ""),
        ("D:19700101000000Z", ""),
        ("1/2/2020 3:04:05 AM", ""),
    ],
)
def test_moments_of_a_file(written, read_as):
    assert read_moment(written) == read_as


@WITH_PYPDF
@pytest.mark.parametrize(
    ("info", "names"),
    [
        ({"doi": "10.5555/tea.1"}, ["doi:10.5555/tea.1"]),
        ({"WPS-ARTICLEDOI": "10.5555/tea.1", "WPS-JOURNALDOI": "10.5555/(ISSN)1234-5678"}, ["doi:10.5555/tea.1"]),
        ({"DOI": "https://doi.org/10.48550/arXiv.2209.99001"}, ["arxiv:2209.99001"]),
        ({"arXivID": "https://arxiv.org/abs/2209.99001v2"}, ["arxiv:2209.99001"]),
        ({"Subject": "Journal of Tea, 7 (2019) 115-127. doi:10.5555/tea.1"}, ["doi:10.5555/tea.1"]),
        ({"Subject": "Comment on doi:10.5555/b.2"}, []),
        ({"Title": "doi:10.5555/tea.1"}, ["doi:10.5555/tea.1"]),
        ({"Keywords": "tea, doi:10.5555/b.2"}, []),
    ],
)
def test_names_in_the_info_dictionary(info, names):
    assert names_of(pdf(["x"], info)) == names


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
        (
            ["teaRxiv preprint doi: https://doi.org/10.5555/2020.01.02.8923; this version posted January 2, 2020."],
            ["doi:10.5555/2020.01.02.8923"],
        ),
        (["This was a teaRxiv preprint doi: https://doi.org/10.5555/2020.01.02.8923"], []),
        (["arXiv:hep-th/9901001v1  4 Jan 1999"], ["arxiv:hep-th/9901001"]),
        (["www.tea.example/cgi/doi/10.5555/tea.1 TEA | March 5, 2019 | vol. 116 | 115-127"], ["doi:10.5555/tea.1"]),
        (["0004-3702/$ - see front matter (c) 2009 Tea Press", "doi:10.5555/tea.1"], ["doi:10.5555/tea.1"]),
        # broken by the end of a line
        (["https://doi.org/10.5555/", "journal.tea.0212345"], ["doi:10.5555/journal.tea.0212345"]),
        (["https://doi.org/10.5555/journal.tea.", "0212345"], ["doi:10.5555/journal.tea.0212345"]),
        (["https://doi.org/10.5555/s10618-", "019-00619-1"], ["doi:10.5555/s10618-019-00619-1"]),
        (["https://doi.org/", "10.5555/tea.1"], ["doi:10.5555/tea.1"]),
        (["doi:10.5555/tea.1.", "2 Introduction"], ["doi:10.5555/tea.1"]),
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
        (["Preregistration: https://doi.org/10.5555/b.2"], []),
        (["Book review", "Carl Dee, Hot water. Tea Press, 2018. https://doi.org/10.5555/b.2"], []),
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
        "To appear in Journal of Tea. doi:10.5555/tea.1",
        "Accepted for publication in Journal of Tea, doi:10.5555/tea.1",
        "Postprint of: Ek, A. (2019). On steam. Journal of Tea. https://doi.org/10.5555/tea.1",
        "The final authenticated version is available online at: https://doi.org/10.5555/tea.1",
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


def test_a_name_with_half_a_character_is_no_xml():
    rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    packet = f'<rdf:RDF {rdf}><rdf:Description xmlns:dc="dc/&#xD800;"><dc:title>On tea</dc:title></rdf:Description></rdf:RDF>'
    assert read_xmp(packet.encode()) == {}


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


def without_catalog():
    """Two megabytes of objects among which a catalogue is looked for."""
    objects = b"".join(b"%d 0 obj\n<< /A 1 >>\nendobj\n" % number for number in range(8, 70_000))
    body = pdf(["x"]).replace(b"/Type /Catalog", b"/Type /Folder").replace(b"/Size 7", b"/Size 70000")
    return body.replace(b"/Root 1 0 R", b"/Root 3 0 R").replace(b"xref\n", objects + b"xref\n", 1)


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
        without_catalog(),
        bomb(),
        b"%PDF-1.4\n" + b"1 0 obj\n<<" * 20_000,
        b"%PDF-1.4\n" + b"[" * 100_000,
        b"%PDF-1.4 " + b"<x:xmpmeta " * 200_000,
        b"%PDF-1.4 /Type /Catalog " + b"/Metadata 1 0 R " * 50_000,
        pdf(["x " * 100] * 60_000),
        pdf([], {"Title": "acl " * 50_000, "Author": "Ann Ek1, [" * 50_000}),
        pdf([], {"CreationDate": "D:00000000", "Title": "\x00\x01", "Author": ";;;,,"}),
    ],
    ids="magic zeros cut no-start wrong-root locked filter circle no-catalog bomb objects brackets packets catalog long long-title odd".split(),
)
def test_any_file_ends_in_an_outcome(body):
    """Nothing is timed: what took the square of a file's length would hang here."""
    found = read(body)
    assert [ending for ending, _ in found.outcomes.values()] in (["unsupported"], ["partial"])
    assert all(reason for _, reason in found.outcomes.values())
    assert "title" not in told(body)


@WITH_PYPDF
def test_bibliography_at_the_end_of_a_long_thesis_is_read():
    from pypdf import PdfWriter
    from pypdf.annotations import Link

    written, writer = BytesIO(), PdfWriter()
    for _ in range(600):
        writer.add_blank_page(100, 100)
    writer.add_annotation(599, Link(rect=(0, 0, 9, 9), url="https://y.example/cited"))
    writer.write(written)
    assert links_of_pdf(written.getvalue()) == ("https://y.example/cited",)


def test_pdf_is_owned_by_its_bytes_whatever_its_type_says():
    page = answer_to(request_of("page", f"url:{ADDRESS}", url=ADDRESS), b"\n\n" + pdf(["x"]))
    assert PDF.owns(page)
    assert not PDF.owns(answer_to(page.request, b"<p>%PDF-1.4</p>"))
    assert PDF.rung(Identifier("url", ADDRESS)) is None
