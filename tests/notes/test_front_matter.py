"""Front matter: its values, its citations and their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.notes.front_matter import LARGEST, read_front_matter
from litdb.notes.markdown import read_markdown
from litdb.projection import Evidence, shelve
from litdb.sources import identify

A, B = "http://a.example/x", "http://b.example/"


def mentions(yaml: str) -> list[tuple[str, str, int, int]]:
    note = read_markdown("n.md", f"---\n{yaml}\n---\n")
    return [(mention.found, mention.url, mention.line, mention.column) for mention in note.mentions]


CITED = {
    "plain": (f"source: {A}", [("front-matter:source", A, 2, 9)]),
    "quoted": (f"'source':   \"{A}\"", [("front-matter:source", A, 2, 14)]),
    "folded": (f"a: b\nhref: >-\n  {A}\nc: d", [("front-matter:href", A, 4, 3)]),
    "list": (f"links:\n  - {A}\n  - {B}", [("front-matter:links", A, 3, 5), ("front-matter:links", B, 4, 5)]),
    "list in brackets": (f"links: [{A}, {B}]", [("front-matter:links", A, 2, 9), ("front-matter:links", B, 2, 29)]),
    "nested": (f"paper:\n  url: {A}", [("front-matter:paper", A, 3, 8)]),
    "within text": (f"note: see <{A}>, too", [("front-matter:note", A, 2, 12)]),
    "commented out": (f"a: b\n# old: {A}", [("comment", A, 3, 8)]),
    "fragment is no comment": (f"a: {A}#b", [("front-matter:a", f"{A}#b", 2, 4)]),
    "DOI": ("doi: 10.1000/xyz", [("front-matter:doi", "https://doi.org/10.1000/xyz", 2, 1)]),
    "DOI in quotes": ('doi: "10.1000/xyz"', [("front-matter:doi", "https://doi.org/10.1000/xyz", 2, 7)]),
    "DOI under a key in capitals": ("DOI: 10.1000/xyz", [("front-matter:DOI", "https://doi.org/10.1000/xyz", 2, 1)]),
    "arXiv": ("arxiv: 2209.00626", [("front-matter:arxiv", "https://arxiv.org/abs/2209.00626", 2, 1)]),
    "arXiv in quotes": ("arxiv: '2209.00626v2'", [("front-matter:arxiv", "https://arxiv.org/abs/2209.00626v2", 2, 9)]),
    "eprint": ("eprint: 2209.00626", [("front-matter:eprint", "https://arxiv.org/abs/2209.00626", 2, 9)]),
    "eprint elsewhere": ("eprint: 12345", []),
    "ISBN": ("isbn: 978-0-13-110362-7", [("front-matter:isbn", "https://openlibrary.org/isbn/9780131103627", 2, 1)]),
    "ISBN in quotes": (
        "isbn: '978-0-13-110362-7'",
        [("front-matter:isbn", "https://openlibrary.org/isbn/9780131103627", 2, 8)],
    ),
    "PMID": ("pmid: 26017442", [("front-matter:pmid", "https://pubmed.ncbi.nlm.nih.gov/26017442/", 2, 1)]),
    "ISBN of ten": (
        'isbn: "013110362X" # old',
        [("front-matter:isbn", "https://openlibrary.org/isbn/013110362X", 2, 8)],
    ),
    "no ISBN": ("isbn: 12345", []),
    "pictures": (
        f"cover: {A}\ncoverUrl: {A}\nfeatured_image: {A}\nbanner:\n  src: {A}\ncsl: {A}\nicon-src: {A}",
        [("ignored", A, *place) for place in ((2, 8), (3, 11), (4, 17), (6, 8), (7, 6), (8, 11))],
    ),
    "no pictures": (
        f"image_source: {A}\nrecovered: {A}",
        [("front-matter:image_source", A, 2, 15), ("front-matter:recovered", A, 3, 12)],
    ),
    "broken": (f"title: a: b\nsource: {A}", [("front-matter:source", A, 3, 9)]),
}


@pytest.mark.parametrize(
    ("yaml", "keys"),
    [
        ('related: "[[@doe2020]]"', [("front-matter:related", "@doe2020", 2, 13)]),
        (
            "up:\n  - \"[[@a-b|that one]]\"\n  - '[[@c#Part|c]]'",
            [("front-matter:up", "@a-b", 3, 8), ("front-matter:up", "@c", 4, 8)],
        ),
        ("nocite: '[[@doe]]'", [("front-matter:nocite", "@doe", 2, 12)]),
        ('author: "[[@bob]]"\nauthors: ["[[@bob]]"]', []),
        ('up: "[[@bob on tea]]"\nx: "[[Refs]] @doe"\ny: me@[[a.b]]', []),
    ],
)
def test_a_link_to_a_key_cites_in_properties_as_in_the_text(yaml, keys):
    found = read_markdown("n.md", f"---\n{yaml}\n---\n").mentions
    assert [(each.found, each.target, each.line, each.column) for each in found] == keys


@pytest.mark.parametrize(("yaml", "expected"), CITED.values(), ids=CITED)
def test_every_url_of_the_front_matter_is_cited(yaml, expected):
    assert mentions(yaml) == expected


VALUES = {
    "text stays text": (
        "date: 2023-05-05 12:12:12 -0400\nn: 012\nyes: no",
        {"date": "2023-05-05 12:12:12 -0400", "n": "012", "yes": "no"},
    ),
    "nothing": ("author: null\ntags:\nq: 'null'", {"author": None, "tags": None, "q": "null"}),
    "lists of scalars": ("tags: [a, b]\nmore:\n  - c", {"tags": ["a", "b"], "more": ["c"]}),
    "what is deeper is passed over": ("a: {b: c}\nd: [[e], f]\ng: h", {"d": ["f"], "g": "h"}),
    "no tags": ("a: !!python/object:os.system x", {"a": "x"}),
    "no merge keys": ("<<: {a: b}\nc: d", {"c": "d"}),
}


@pytest.mark.parametrize(("yaml", "values"), VALUES.values(), ids=VALUES)
def test_values_are_read_as_they_are_written(yaml, values):
    front = read_front_matter(f"---\n{yaml}\n---\n")
    assert front.values == values
    assert front.problems == ()


@pytest.mark.parametrize(
    ("yaml", "reason"),
    [
        ("title: a: b\nx: y", "mapping values are not allowed"),
        ("a: &x [b]\nc: *x", "anchors or aliases"),
        ("a: " + "[" * 100, "nested too deeply"),
        ("? [a]\n: b\nc: d", "a key of it is no text"),
    ],
)
def test_broken_yaml_is_a_problem_and_simple_lines_are_read(yaml, reason):
    note = read_markdown("n.md", f"---\nfirst: 'one'\n{yaml}\n---\n{A}")
    assert note.front_matter["first"] == "one"
    assert [mention.url for mention in note.mentions] == [A]
    (problem,) = note.problems
    assert problem.startswith("n.md:1: the front matter cannot be read")
    assert reason in problem


def test_huge_front_matter_is_read_for_its_links_only():
    front = read_front_matter(f"---\na: {A}\nb: {'x' * LARGEST}\n---\n")
    assert (front.values, len(front.found), len(front.problems)) == ({}, 1, 1)


def test_toml_between_plus_signs():
    front = read_front_matter(f'+++\ntitle = "T"\ndate = 2023-05-05\ntags = ["a"]\nurl = "{A}"\n[x]\ny = 1\n+++\n')
    assert front.values == {"title": "T", "date": "2023-05-05", "tags": ["a"], "url": A}
    assert [each.found for each in front.found] == ["front-matter:url"]


@pytest.mark.parametrize(
    "text",
    ["text\n---\na: b\n---", "---\na: b\n", "---\njust text\n---\n", f"---\n\n[t]({A})\n\n---\n", "--- a: b\n---"],
)
def test_what_is_no_front_matter(text):
    assert read_front_matter(text).end == 0


def test_lines_are_those_of_the_file():
    note = read_markdown("n.md", f"\ufeff---\r\nsource: {A}\r\n---\r\n\r\n{B}\r\n")
    assert [(mention.line, mention.column) for mention in note.mentions] == [(2, 9), (5, 1)]


@given(st.text(alphabet=st.sampled_from("ab:-#[]{}'\"&*!|> \n\t=\ufeffhttp/.x")))
def test_no_front_matter_raises(yaml):
    for fence in ("---", "+++"):
        read_front_matter(f"{fence}\nkey: value\n{yaml}\n{fence}\n")


def works(yaml: str) -> dict[str, tuple[str, list[str], str]]:
    """Title, people and date of every work that a note with this front matter makes."""
    note = read_markdown("n.md", f"---\n{yaml}\n---\n")
    made = shelve(Evidence([note]), identify, {}).works
    return {each.url: (each.title, [name.display for name in each.authors], each.date) for each in made}


PEOPLE = {
    "plain": ("author: Bob Smith", ["Bob Smith"]),
    "several": ("authors: Bob Smith, Ada Fernsby and Jo Bo", ["Bob Smith", "Ada Fernsby", "Jo Bo"]),
    "wiki link": ('author: "[[Bob Smith]]"', ["Bob Smith"]),
    "list of wiki links": ('author:\n  - "[[Bob Smith]]"\n  - "[[Fernsby, Ada]]"', ["Bob Smith", "Ada Fernsby"]),
    "wiki links in a line": ('author: "[[Bob Smith]], [[People/Ada Fernsby]]"', ["Bob Smith", "Ada Fernsby"]),
    "wiki link with words": ('author: "[[bob-smith|Bob Smith]]"', ["Bob Smith"]),
    "wiki link to a heading": ('author: "[[Bob Smith#Papers]]"', ["Bob Smith"]),
    "link": (f'author: "[Bob Smith]({B}bob)"', ["Bob Smith"]),
    "organisation": ("author: OpenAI", ["OpenAI"]),
    "only an address": (f"author: {B}bob", []),
    "nobody": ('author:\nauthors: ["", null]', []),
    "a list of lists": ("author: [[Bob Smith]]", []),
}


@pytest.mark.parametrize(("yaml", "people"), PEOPLE.values(), ids=PEOPLE)
def test_who_wrote_the_work_that_a_note_is_about(yaml, people):
    assert works(f"title: Clip\nsource: {A}\n{yaml}")[A] == ("Clip", people, "")


@pytest.mark.parametrize(
    ("yaml", "date"),
    [
        ("published: 2020-05-06", "2020-05-06"),
        ("published: 2020-05-06T07:08:09+00:00", "2020-05-06"),
        ("published: 2020", "2020"),
        ("published: true", ""),
        ("published:", ""),
        ("date: 2020-05-06\ncreated: 2020-05-07", ""),
    ],
)
def test_the_day_it_was_published_is_the_works_and_the_note_has_its_own(yaml, date):
    assert works(f"source: {A}\n{yaml}")[A] == ("", [], date)


C, D = "https://arxiv.org/abs/1706.03762", "https://arxiv.org/abs/2209.00626"
WEEK = "title: Reading week 12\nauthor: Bob Smith\npublished: 2020-05-06\n"


@pytest.mark.parametrize("yaml", [f"url:\n  - {C}\n  - {D}", f"source: {A}\nhref: {C}\nurl: {D}", f"link: {A} {B}x"])
def test_front_matter_about_several_works_speaks_of_none(yaml):
    assert {(title, *people) for title, people, _ in works(WEEK + yaml).values()} == {("",)}
    assert "2020-05-06" not in [date for _, _, date in works(WEEK + yaml).values()]


@pytest.mark.parametrize("yaml", [f"url: [{C}, {C}v2]", f"source: {C}\nimage: {B}cover", f"source: {C}\n# url: {D}"])
def test_front_matter_with_several_addresses_of_one_work_speaks_of_that(yaml):
    title, people, _ = works(WEEK + yaml)[C]
    assert (title, people) == ("Reading week 12", ["Bob Smith"])


@pytest.mark.parametrize(
    ("yaml", "url"),
    [
        ("doi: 10.1000/xyz", "https://doi.org/10.1000/xyz"),
        ('arxiv: "2209.00626"', D),
        ("eprint: 2209.00626", D),
        ("isbn: 978-0-13-110362-7", "https://openlibrary.org/isbn/9780131103627"),
        (f"doi: 10.1000/xyz\nurl: {A}", "https://doi.org/10.1000/xyz"),
        ("doi: 10.1000/xyz\narxiv: 2209.00626\nisbn: 9780131103627", "https://doi.org/10.1000/xyz"),
    ],
)
def test_an_identifier_of_the_front_matter_says_what_the_note_is_about(yaml, url):
    title, people, _ = works(f"title: Clip\nauthor: Bob Smith\n{yaml}")[url]
    assert (title, people) == ("Clip", ["Bob Smith"])
