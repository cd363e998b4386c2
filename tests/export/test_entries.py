"""Which entry type, which fields: one decision a test."""

from __future__ import annotations

import pytest

from litdb.export.biblatex import BIBLATEX
from litdb.export.bibtex import BIBTEX
from litdb.export.entries import doi, entry
from litdb.model import Identifier, Name, Work

ARXIV = Identifier("arxiv", "2209.00626")
PUBLISHED = Identifier("doi", "10.1000/x")
ARXIV_DOI = Identifier("doi", "10.48550/arxiv.2209.00626")


def work(kind="post", **fields) -> Work:
    identifiers = fields.pop("identifiers", ())
    return Work(Identifier("url", "u"), identifiers, "key", kind, "https://example.org", **fields)


def fields(text: str) -> dict[str, str]:
    lines = (line.split(" = ", 1) for line in text.splitlines() if " = " in line)
    return {name.strip(): value.rstrip(",") for name, value in lines}


@pytest.mark.parametrize(
    ("kind", "venue", "bibtex", "biblatex"),
    [
        ("post", {"container": "LessWrong"}, "misc", "online"),
        ("preprint", {"container": "arXiv"}, "misc", "online"),
        ("motion_picture", {"container": "YouTube"}, "misc", "online"),
        ("article-journal", {"container": "Nature"}, "article", "article"),
        ("article-journal", {"publisher": "Springer"}, "misc", "online"),
        ("paper-conference", {"container": "ICLR"}, "inproceedings", "inproceedings"),
        ("paper-conference", {}, "misc", "online"),
        ("chapter", {"container": "Handbook"}, "incollection", "incollection"),
        ("book", {"publisher": "MIT Press"}, "book", "book"),
        ("report", {"publisher": "RAND"}, "techreport", "report"),
        ("thesis", {"publisher": "ETH"}, "phdthesis", "thesis"),
        ("thesis", {}, "misc", "online"),
    ],
)
def test_an_entry_type_is_taken_only_with_its_venue(kind, venue, bibtex, biblatex):
    assert entry(work(kind, **venue), BIBTEX).startswith(f"@{bibtex}{{key,")
    assert entry(work(kind, **venue), BIBLATEX).startswith(f"@{biblatex}{{key,")


@pytest.mark.parametrize(
    ("date", "bibtex", "biblatex"),
    [
        ("2022", ["{2022}", None, None], "{2022}"),
        ("2022-08", ["{2022}", "aug", None], "{2022-08}"),
        ("2022-08-03", ["{2022}", "aug", "{3}"], "{2022-08-03}"),
        ("2022-08-30T23:30:00-07:00", ["{2022}", "aug", "{30}"], "{2022-08-30}"),
    ],
)
def test_a_date_is_as_precise_as_known(date, bibtex, biblatex):
    classic = fields(entry(work(date=date), BIBTEX))
    assert [classic.get(part) for part in ("year", "month", "day")] == bibtex
    assert fields(entry(work(date=date), BIBLATEX))["date"] == biblatex


def test_the_day_of_reading_is_a_urldate_only_beside_a_date():
    dated, undated = work(date="2022", accessed="2026-11-21T03:54:00Z"), work(accessed="2026-11-21T03:54:00Z")
    assert fields(entry(dated, BIBLATEX))["urldate"] == "{2026-11-21}"
    assert "note" not in fields(entry(dated, BIBLATEX))
    assert "urldate" not in fields(entry(undated, BIBLATEX))
    assert fields(entry(undated, BIBLATEX))["note"] == fields(entry(undated, BIBTEX))["note"] == "{Accessed 2026-11-21}"


def test_arxiv_is_said_in_the_words_of_each_dialect():
    paper = work("preprint", identifiers=(ARXIV,), archive_class="cs.AI")
    classic, modern = fields(entry(paper, BIBTEX)), fields(entry(paper, BIBLATEX))
    assert [classic[name] for name in ("eprint", "archivePrefix", "primaryClass")] == [
        "{2209.00626}",
        "{arXiv}",
        "{cs.AI}",
    ]
    assert [modern[name] for name in ("eprint", "eprinttype", "eprintclass")] == ["{2209.00626}", "{arxiv}", "{cs.AI}"]


@pytest.mark.parametrize(
    ("identifiers", "expected"),
    [
        ((ARXIV,), "10.48550/arXiv.2209.00626"),
        ((ARXIV_DOI, ARXIV), "10.48550/arXiv.2209.00626"),
        ((ARXIV, ARXIV_DOI, PUBLISHED), "10.1000/x"),
        ((ARXIV_DOI,), "10.48550/arxiv.2209.00626"),
        ((), ""),
    ],
)
def test_the_published_doi_comes_before_arxivs(identifiers, expected):
    assert doi(work(identifiers=identifiers)) == expected


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (Name("Ngo", "Richard"), "Ngo, Richard"),
        (Name("Merwijk", "Chris", "van"), "van Merwijk, Chris"),
        (Name("King", "M.", suffix="Jr."), "King, Jr., M."),
        (Name(literal="OpenAI"), "{OpenAI}"),
        (Name(literal="Robert Miles AI Safety"), "{Robert Miles AI Safety}"),
        (Name(literal="@a_b"), r"{@a\_b}"),
        (Name(literal="_x_"), r"{{\_x\_}}"),
        (Name("Plato"), "{Plato}"),
        (Name("Ortega y Gasset", "José"), "{Ortega y Gasset}, José"),
        (Name("boyd", "danah"), "{boyd}, danah"),
        (Name("x=y", "Jo#"), r"{x=y}, {Jo\#}"),
        (Name(literal="others"), "{others}"),
        (Name("Salt and Pepper", "Jo"), "{Salt and Pepper}, Jo"),
        (Name(), ""),
    ],
)
def test_names_are_written_as_bibtex_parses_them(name, written):
    assert BIBLATEX.writing.people([name]) == written


def test_bibtex_takes_whole_letters_for_initials():
    assert (
        BIBTEX.writing.people([Name("李", "明"), Name("Þór", "Émile")]) == r"李, {\textrm{明}} and Þ{\'o}r, {\'E}mile"
    )
    assert BIBLATEX.writing.people([Name("李", "明")]) == "李, 明"


def test_a_titleless_work_shows_its_label_untouched_and_its_kind_in_the_note():
    tweet = fields(entry(work("tweet", label="Tweet by Richard Ngo"), BIBTEX))
    assert tweet["title"] == "{{Tweet by Richard Ngo}}"
    assert tweet["note"] == "{Tweet}"


def test_a_note_that_says_the_kind_is_not_said_twice():
    assert fields(entry(work("tweet", note="Tweet by @x"), BIBTEX))["note"] == "{Tweet by @x}"


def test_bibtex_sorts_a_work_without_names_by_its_site():
    assert fields(entry(work(container="OpenAI"), BIBTEX))["key"] == "{OpenAI}"
    assert "key" not in fields(entry(work(container="OpenAI"), BIBLATEX))


def test_pages_get_the_dash_of_tex():
    article = work("article-journal", container="J", pages="12–34, 40")
    assert fields(entry(article, BIBTEX))["pages"] == "{12--34, 40}"


@pytest.mark.parametrize("dialect", [BIBTEX, BIBLATEX])
def test_keys_that_a_work_had_before_stay_usable_where_the_tool_knows_ids(dialect):
    assert fields(entry(work(former_keys=("old", "older")), dialect))["ids"] == "{old,older}"


@pytest.mark.parametrize(("language", "title"), [("de", "Kritik {Der} {Vernunft}"), ("en-GB", "Kritik Der Vernunft")])
def test_capitals_of_other_languages_are_always_meant(language, title):
    written = fields(entry(work(title="Kritik Der Vernunft", language=language), BIBTEX))
    assert written["title"] == f"{{{title}}}"
