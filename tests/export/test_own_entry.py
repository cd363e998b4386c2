import json
import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from litdb.export.biblatex import BIBLATEX, write_biblatex
from litdb.export.bibtex import write_bibtex
from litdb.export.shown import remarks
from litdb.export.verify import verify_bib
from litdb.model import Identifier, Name, Related, Work


def work(kind="misc", fields=None, **known):
    """A work with an entry of the user's."""
    entry = json.dumps({"form": "bib", "type": kind, "fields": fields or {}})
    known = {"type": "webpage", "url": "https://a.example/x", "title": "A Title", **known}
    return Work(Identifier("url", "u"), (Identifier("url", "u"),), "k", entries=(entry,), **known)


def fields_of(text):
    return dict(re.findall(r"^  (\S+)\s+= (.*),$", text, re.MULTILINE))


def bibtex(*works):
    text = "".join(write_bibtex(works))
    verify_bib(text, works)
    return fields_of(text)


def biblatex(*works):
    text = "".join(write_biblatex(works))
    verify_bib(text, works, BIBLATEX)
    return fields_of(text)


def test_a_field_that_says_the_same_stays_as_the_user_wrote_it():
    assert bibtex(work(fields={"title": "{A} {{Title}}"}))["title"] == "{{A} {{Title}}}"
    assert bibtex(work(fields={"title": "Another"}))["title"] == "{A Title}"


@pytest.mark.parametrize(
    "url", [f"http{s}://arxiv.org/{x}" for s, x in (("s", "abs/1706.1"), ("", "pdf/1706.1v2.pdf"))]
)
def test_a_version_at_the_entry_s_own_url_is_no_remark(url):
    preprint = Related("version-of", "T", "https://arxiv.org/abs/1706.1")
    paper = work(
        "article", {"url": url}, type="article-journal", url="", container="J", date="2019", related=(preprint,)
    )
    assert "note" not in bibtex(paper) | biblatex(paper)
    assert remarks(paper) == []
    other = replace(paper, related=(Related("version-of", "T", "https://arxiv.org/abs/1706.2"),))
    assert bibtex(other)["note"] == "{Another version: https://arxiv.org/abs/1706.2}"


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ({"year": "2021"}, {"year": "{2021}"}),
        ({"year": "2021", "month": "11"}, {"year": "{2021}", "month": "{11}"}),
        ({"year": "2021", "month": "nov"}, {"date": "{2021-11}"}),
        ({"year": "2021", "month": "10~jan"}, {"date": "{2021-01-10}"}),
    ],
)
def test_biber_gets_no_month_in_words(given, written):
    date = written.get("date", given["year"] + (f"-{given['month']}" if "month" in given else "")).strip("{}")
    said = biblatex(work("article", given, type="article-journal", container="J", date=date))
    assert {name: said[name] for name in ("year", "month", "date") if name in said} == written


def test_a_field_without_a_place_in_litdb_stands_behind_the_others():
    text = "".join(write_bibtex([work(fields={"keywords": "one, two", "title": "A Title"})]))
    assert text.index("keywords") > text.index("url")


@pytest.mark.parametrize(
    ("field", "value", "written"),
    [
        ("annote", r"\input{x} 50% & #1", r"\textbackslash{}input\{x\} 50\% \& \#1"),
        ("annote", r"\emph{fine} {\"o} $x_1$ \& more", r"\emph{fine} {\"o} $x_1$ \& more"),
        ("annote", r"$\input{x}$", r"\$\textbackslash{}input\{x\}\$"),
        ("annote", r"\url{https://a.example/b_c}", r"https://a.example/b\_c"),
        ("annote", "^^5cinput", r"\textasciicircum{}\textasciicircum{}5cinput"),
        ("annote", "é", r"{\'e}"),
        ("file", r":C\:\\Müller.pdf:PDF", r":C\:\\Müller.pdf:PDF"),
        ("eprint", r"\input{x}", "%5Cinput%7Bx%7D"),
        ("eprint", r"a\_b", "a_b"),
        ("annote", "https://me:secret@a.example/", "https://…@a.example/"),
    ],
)
def test_what_a_field_is_written_as(field, value, written):
    expected = written.replace(r"\{", r"\textbraceleft{}").replace(r"\}", r"\textbraceright{}")
    assert bibtex(work(fields={field: value}))[field] == f"{{{expected}}}"


@pytest.mark.parametrize(
    ("kind", "known", "name"),
    [
        ("unpublished", "webpage", "unpublished"),
        ("mastersthesis", "thesis", "mastersthesis"),
        ("mastersthesis", "book", "misc"),
        ("online", "webpage", "misc"),
        ("video", "motion_picture", "misc"),
    ],
)
def test_the_users_type_stays_where_it_is_right_and_bibtex_knows_it(kind, known, name):
    assert "".join(write_bibtex([work(kind, type=known)])).partition("{")[0].endswith(f"@{name}")


def test_fields_of_the_other_dialect_are_said_in_this_one():
    given = {"journaltitle": "J", "date": "2020-05", "eprinttype": "arXiv", "eprint": "1", "location": "Here"}
    found = bibtex(work("article", given, type="article-journal", container="J", date="2020-05"))
    assert (found["journal"], found["year"], found["month"]) == ("{J}", "{2020}", "may")
    assert not {"journaltitle", "date"} & found.keys()


def test_a_range_of_days_and_a_subtitle_come_back_in_biblatex():
    given = {"date": "1999/2000", "title": "A", "subtitle": "Title", "month": "jan"}
    found = biblatex(work(fields=given, title="A: Title", date="1999"))
    assert (found["date"], found["title"], found["subtitle"]) == ("{1999/2000}", "{A}", "{Title}")


def test_others_are_kept_and_the_authors_counted():
    people = (Name("Bee", "Ann"),)
    assert bibtex(work(fields={"author": "Bee, Ann and others"}, authors=people))["author"] == "{Bee, Ann and others}"
    for careless in (r"Bee, Ann \& Cee, Bo", "Bee, Ann and Cee, Bo and"):
        two = work(fields={"author": careless}, authors=(*people, Name("Cee", "Bo")))
        assert bibtex(two)["author"] == "{Bee, Ann and Cee, Bo}"
    extended = {"author": "family=Brink, given=Jo, prefix=van"}
    assert bibtex(work(fields=extended, authors=(Name("Brink", "Jo", "van"),)))["author"] == "{van Brink, Jo}"


TEX = st.lists(
    st.sampled_from([*r"""\ { } $ % & # _ ^ ~ " ' = , @ - a é""".split(), " ", r"\input", r"\emph{", "}"])
).map("".join)
NAMES = st.sampled_from("title author note annote file eprint doi keywords journal url howpublished type date".split())


def is_balanced(text):
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


@settings(max_examples=300, deadline=None)
@example({"title": "\\", "note": "\\\\input"})
@given(st.dictionaries(NAMES, TEX.filter(lambda text: text.strip() and is_balanced(text))))
def test_whatever_a_field_says_the_file_reads_back_and_nothing_dangerous_lives(fields):
    for found in (bibtex(work(fields=fields)), biblatex(work(fields=fields))):
        shown = " ".join(value for name, value in found.items() if name != "file")
        assert r"\input" not in shown.replace(r"\textbackslash{}input", "")
