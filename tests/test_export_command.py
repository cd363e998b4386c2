"""litdb export: every format, which works, into which file."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from conftest import SEEDS, Litdb

FORMATS = ("bibtex", "biblatex", "csl-json", "ris", "csv", "jsonl", "markdown", "html", "references")
CSL = Path(__file__).parent / "export" / "styles" / "author-year.csl"

NOTE = """
- [P](https://arxiv.org/abs/2203.99001) and [@journal2021], see [@tweeted]
"""
BIB = r"""
@article{journal2021, title={A journal paper}, author={Ngo, Ada}, journal={J}, date={2021-03-04}, doi={10.1000/two},
 url={https://doi.org/10.1000/two}}
@online{tweeted, title={A post}, author={Bee, B.}, date={2019-12}, url={https://example.org/post}}
@online{undated, title={No day}, author={Cee, C.}, url={https://example.org/undated}}
"""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """A folder with notes and their library of four works."""
    folder = tmp_path_factory.mktemp("crawled")
    (folder / "notes").mkdir()
    (folder / "notes" / "n.md").write_text(NOTE)
    (folder / "notes" / "r.bib").write_text(BIB)
    Litdb(folder / "db" / "litdb.db")("crawl", str(folder / "notes"), "--offline")
    return folder


@pytest.fixture
def library(litdb, crawled, tmp_path):
    """A library of four works."""
    shutil.copytree(crawled, tmp_path, dirs_exist_ok=True)
    return litdb


def keys(library, *words):
    return [json.loads(line)["key"] for line in library("export", "jsonl", *words).splitlines()]


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_printed_and_written_the_same_and_may_be_written_again(library, tmp_path, kind):
    printed = library("export", kind)
    path = tmp_path / f"out.{kind}"
    library("export", kind, "-o", str(path))
    first = path.read_bytes()
    library("export", kind, "-o", str(path))
    assert path.read_bytes() == first
    assert first.decode().replace("<!-- litdb export: references -->\n", "").replace("\r\n", "\n") == printed
    assert "A journal paper" in printed


def test_no_folder_is_made_for_an_export(library, tmp_path):
    library("export", "bibtex", "-o", str(tmp_path / "new" / "refs.bib"), code=1)
    assert f"There is no folder {tmp_path / 'new'} for refs.bib. Make it, or choose another place." in library.told
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("kind", FORMATS)
def test_somebody_elses_file_stays(library, tmp_path, kind):
    path = tmp_path / "mine"
    path.write_text('{"mine": 1}')
    library("export", kind, "-o", str(path), code=1)
    assert path.read_text() == '{"mine": 1}'


@pytest.mark.parametrize("kind", FORMATS)
def test_no_works_are_no_error(library, kind):
    library("export", kind, "--type", "software")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), ["preprint", "journal2021", "tweeted", "undated"]),
        (("--note", "n.md"), ["preprint", "journal2021", "tweeted"]),
        (("--type", "article-journal"), ["journal2021"]),
        (("--type", "article-journal", "--type", "preprint"), ["preprint", "journal2021"]),
        (("--since", "2020"), ["preprint", "journal2021"]),
        (("--since", "2019-12-20"), ["preprint", "journal2021", "tweeted"]),
        (("--query", "journal"), ["journal2021"]),
        (("--keys", "tweeted, @journal2021"), ["tweeted", "journal2021"]),
        (("--note", "n.md", "--since", "2021"), ["preprint", "journal2021"]),
    ],
)
def test_which_works(library, words, found):
    assert [each.replace("arxiv220399001", "preprint") for each in keys(library, *words)] == found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("keys.txt", "# mine\njournal2021\n@tweeted\n"),
        ("keys.csv", "journal2021, tweeted\n"),
        ("main.tex", r"\cite{journal2021} and \textcite[p.~3]{tweeted}"),
        ("note.md", "as in [@journal2021; @tweeted]"),
        ("paper.md", "@journal2021 says what @tweeted and @somebody say"),
        ("sub.bib", "@misc{journal2021, title={x}}\n@misc{tweeted, title={y}}"),
    ],
)
def test_keys_from_a_file(library, tmp_path, name, text):
    (tmp_path / name).write_text(text)
    assert keys(library, "--keys", str(tmp_path / name)) == ["journal2021", "tweeted"]


def test_a_key_that_nobody_has_is_an_error(library):
    library("export", "bibtex", "--keys", "nobody2020", code=1)
    assert "nobody2020" in library.told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("bibtex", "--since", "soon"), "--since wants a day"),
        (("csv", "--target", "acl"), "--target is for bibtex"),
        (("bibtex", "--style", "x.csl"), "--style is for html and references"),
        (("csv", "--order", "date"), "--order is for references"),
        (("references", "--date", "%Q"), "%Q is no directive"),
        (("references", "--headings", "month"), "none, year, type"),
        (("references", "--template", "nowhere.md"), "nowhere.md cannot be read"),
        (("html", "--style", "nowhere.csl"), "nowhere.csl cannot be read"),
    ],
)
def test_a_wrong_call_is_a_sentence(library, words, told):
    library("export", *words, code=2)
    assert told in library.told


def test_a_bib_for_a_family_of_styles(library):
    assert "n.d." in library("export", "bibtex", "--target", "natbib")
    assert library("export", "bibtex", "--target", "biblatex") == library("export", "biblatex")


@pytest.fixture
def versions(litdb, tmp_path):
    """A library of a preprint and the paper that came of it."""
    (tmp_path / "a.bib").write_text(
        "@online{preprint, title={One}, author={Ngo, A.}, eprint={2203.99001}, eprinttype={arxiv}, date={2022}}\n"
        "@article{published, title={One}, author={Ngo, A.}, journal={J}, date={2023}, doi={10.1000/one}}\n"
    )
    (tmp_path / "n.md").write_text("[@preprint]")
    litdb("crawl", str(tmp_path), "--offline")
    with closing(sqlite3.connect(litdb.library)) as connection, connection:
        connection.execute(
            "INSERT INTO relations (id, subject, kind, object, source, how) SELECT 1, one.id, 'version-of', other.id, "
            "'test', 'test' FROM works one, works other WHERE one.key = 'published' AND other.key = 'preprint'"
        )
    return litdb


@pytest.mark.parametrize(("version", "key"), [("published", "published"), ("preprint", "preprint")])
@pytest.mark.parametrize("words", [(), ("--note", "n.md")])
def test_of_versions_one_is_preferred(versions, version, key, words):
    assert keys(versions, "--prefer", version, *words) == [key]
    assert "2203.99001" in versions("export", "bibtex", "--prefer", version, *words)


def test_lists_in_any_form(library, tmp_path):
    words = (
        "--headings",
        "year",
        "--order",
        "newest",
        "--date",
        "%B %Y",
        "--undated",
        "n.d.",
        "--cite-keys",
        "--people",
        "short",
    )
    text = library("export", "references", *words)
    assert re.findall(r"^### (.*)$", text, re.MULTILINE) == ["2022", "2021", "2019", "Undated"]
    assert "3. [A post](https://example.org/post) (Bee) (December 2019) [@tweeted]" in text
    assert "(n.d.) [@undated]" in text


def test_a_template_of_ones_own(library, tmp_path):
    (tmp_path / "t.md").write_text("{% for w in works %}\n{{ w.day or '?' }} {{ w.key }}\n{% endfor %}\n")
    text = library("export", "references", "--template", str(tmp_path / "t.md"), "--order", "date", "--since", "2021")
    assert text.startswith("2021-03-04 journal2021\n")


def test_litdb_toml_says_how_the_written_lists_look(litdb, tmp_path):
    (tmp_path / "n.md").write_text("[a](https://example.org/a) (01.02.2020)")
    (tmp_path / "t.md").write_text(
        "{% for n in notes %}{{ n.path }}: {{ n.works|length }}{% endfor %}, {{ works|length }}\n"
    )
    (tmp_path / "litdb.toml").write_text('[lists]\ntemplate = "t.md"\ndate = "%Y"\narchived = true\n')
    litdb("crawl", str(tmp_path / "n.md"), "--offline")
    written = (litdb.library.parent / "references.md").read_text()
    assert written == "<!-- litdb export: references -->\nn.md: 1, 1\n"
    litdb("crawl", str(tmp_path / "n.md"), "--offline", "--refresh")


def test_a_setting_that_lists_do_not_know_is_told(litdb, tmp_path):
    (tmp_path / "n.md").write_text("[a](https://example.org/a)")
    (tmp_path / "litdb.toml").write_text('[lists]\nsize = "big"\n')
    litdb("crawl", str(tmp_path / "n.md"), "--offline", code=2)
    assert "“size”" in litdb.told


def test_a_csl_style_as_text_and_as_html(library):
    text = library("export", "references", "--style", str(CSL))
    assert "Ngo, A. (2021). A journal paper, J <https://doi.org/10.1000/two>." in text
    html = library("export", "html", "--style", str(CSL))
    assert '<div class="csl-entry" id="journal2021">Ngo, A. (2021). <i>A journal paper</i>' in html


def test_a_fragment_has_no_page(library):
    assert library("export", "html", "--fragment").startswith('<ul class="references">')


def test_all_works_have_rows(library):
    rows = list(csv.DictReader(io.StringIO(library("export", "csv", "--all"), newline="")))
    assert len(rows) >= 4


def test_the_seeds_go_through_every_format(litdb, tmp_path):
    shutil.copytree(SEEDS, tmp_path / "seeds")
    litdb("crawl", str(tmp_path / "seeds"), "--offline")
    counted = {
        "csl-json": lambda text: len(json.loads(text)),
        "ris": lambda text: len(re.findall(r"^TY  - ", text, re.MULTILINE)),
        "jsonl": lambda text: len(text.splitlines()),
        "markdown": lambda text: len(re.findall(r"\[@[^\]]+\]$", text, re.MULTILINE)),
        "html": lambda text: text.count("<li "),
    }
    assert {kind: count(litdb("export", kind)) for kind, count in counted.items()} == dict.fromkeys(counted, 35)


def test_every_writer_has_its_format():
    from litdb.commands.exports import writers

    assert set(writers()) == set(FORMATS)


@pytest.mark.parametrize("empty", ["", " , "])
def test_an_empty_list_of_keys_is_an_error(library, empty):
    library("export", "bibtex", "--keys", empty, code=2)
    assert "--keys wants keys (a,b) or a file with them" in library.told


def test_a_file_that_cites_nothing_exports_nothing(library, tmp_path):
    (tmp_path / "main.tex").write_text("Nothing is cited.")
    assert keys(library, "--keys", str(tmp_path / "main.tex")) == []
