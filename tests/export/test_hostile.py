"""What a page calls its title may not break the file, hide in it, or run when somebody's TeX reads it."""

from __future__ import annotations

import os
import re

import pytest
from pybtex.database import parse_string

from export.made_works import Maker
from litdb.export.biblatex import write_biblatex
from litdb.export.bibtex import write_bibtex
from litdb.export.escape import one_line
from litdb.export.tex import DECLARATIONS, MATHEMATICS, WITH_ARGUMENT
from litdb.export.verify import verify_bib
from litdb.model import Identifier, Name, Work
from litdb.text.tex import read_tex

CHARACTERS = set("$&#%_") | {f"text{name}" for name in ("backslash", "braceleft", "braceright", "less", "greater")}
CHARACTERS |= {"textasciitilde", "textasciicircum"}
ACCENTS = set("`'^~=.\"uvHcdbkrlLoO") | {"ss", "ae", "AE", "oe", "OE"}
OURS = {"url", "textrm"}
MARK_UP = WITH_ARGUMENT | DECLARATIONS | MATHEMATICS | set(",;:!| ")


def commands(field: str) -> set[str]:
    return set(re.findall(r"\\([A-Za-z]+|.)", field))


def work(title: str = "", **fields) -> Work:
    return Work(Identifier("url", "u"), (), "key", "post", "https://example.org/x", title=title, **fields)


def entry(written: Work):
    text = "".join(write_bibtex([written]))
    verify_bib(text, [written])
    (only,) = parse_string(text, "bibtex").entries.values()
    return only


def decoded(field: str) -> str:
    return read_tex(re.sub(r"\\textrm\{(.)\}", r"\1", field))[0]


def printed(text: str) -> str:
    """The text as TeX prints it, where a lone back quote is an opening one and a doubled one opens twice."""
    return one_line(text).replace("`", "‘")


def test_a_plain_title_reads_back_as_the_same_text(hostile):
    assert decoded(entry(work(hostile)).fields["title"]) == printed(hostile)


def test_nothing_in_a_plain_title_is_a_command(hostile):
    title = entry(work(hostile)).fields["title"]
    assert commands(title) <= CHARACTERS | ACCENTS
    assert "^^" not in title
    assert not re.search(r"(?<!\\)[%#&$]", title)


def test_only_known_commands_live_in_a_tex_title(hostile):
    title = entry(work(hostile, markup="tex")).fields["title"]
    assert commands(title) <= CHARACTERS | ACCENTS | MARK_UP
    assert "^^" not in title
    assert not re.search(r"(?<!\\)[%#&]", title)


def test_a_name_stays_one_name(hostile):
    people = entry(work("t", authors=(Name(literal=hostile), Name(family="Bee", given="A.")))).persons["author"]
    assert [str(person) for person in people][1:] == ["Bee, A."]
    assert decoded(" ".join(people[0].last_names)) == printed(hostile)


def test_parts_of_a_name_stay_where_they_are(hostile):
    (person,) = entry(work("t", authors=(Name(family=hostile, given=f"Jo {hostile}"),))).persons["author"]
    assert decoded(" ".join((*person.prelast_names, *person.last_names))) == printed(hostile)
    assert decoded(" ".join((*person.first_names, *person.middle_names))) == printed(f"Jo {hostile}")


@pytest.mark.parametrize("field", ["container", "note", "label"])
def test_other_fields_read_back_as_the_same_text(hostile, field):
    name = {"container": "howpublished", "note": "note", "label": "title"}[field]
    value = entry(work(**{field: f"x {hostile} x"})).fields[name]
    assert decoded(value) == printed(f"x {hostile} x")
    assert commands(value) <= CHARACTERS | ACCENTS


@pytest.mark.parametrize("write", [write_bibtex, write_biblatex])
def test_all_of_them_in_one_file_are_as_many_entries(hostile_works, write):
    verify_bib("".join(write(hostile_works)), hostile_works)


@pytest.mark.parametrize("url", ["https://example.org/{a", "https://example.org/}", "https://example.org/a\\b c"])
def test_even_a_broken_address_does_not_break_the_file(url):
    odd = Work(Identifier("url", "u"), (), "key", "post", url, title="t")
    verify_bib("".join(write_bibtex([odd])), [odd])


@pytest.mark.parametrize("write", [write_bibtex, write_biblatex])
def test_fuzzed_works_are_one_entry_each_without_a_live_command(write):
    """A share of them; all ten thousand with LITDB_FUZZ=10000."""
    bibtexparser = pytest.importorskip("bibtexparser")
    works = Maker(seed=7).works(int(os.environ.get("LITDB_FUZZ", "300")))
    text = "".join(write(works))
    entries = parse_string(text, "bibtex").entries
    others = bibtexparser.parse_string(text)
    assert not others.failed_blocks
    assert list(entries) == [entry.key for entry in others.entries] == [each.key for each in works]
    for found in entries.values():
        texts = [value for name, value in found.fields.items() if name not in ("url", "doi")]
        people = [str(person) for each in found.persons.values() for person in each]
        for written in (*texts, *people):
            assert commands(written) <= CHARACTERS | ACCENTS | OURS
            assert "^^" not in re.sub(r"\\url\{[^{}]*\}", "", written)
