"""RIS as rispy reads it, and nothing in a value that begins a line of its own."""

from __future__ import annotations

import re

import pytest
import rispy

from export.made_works import Maker
from litdb.export.escape import one_line
from litdb.export.ris import ris_record, write_ris
from litdb.export.shown import plain_title
from litdb.model import Identifier, Name, Work

LINE = re.compile(r"[A-Z][A-Z0-9]  - [^\r\n]*\Z")


def work(**fields) -> Work:
    usual = {
        "identifier": Identifier("url", "u"),
        "identifiers": (),
        "key": "k",
        "type": "post",
        "url": "https://a.example/",
    }
    return Work(**usual | fields)


def read(works):
    return rispy.loads("".join(write_ris(works)).replace("\r\n", "\n"))


def test_every_work_reads_back(every_work):
    read_back = {each["id"]: each for each in read(every_work)}
    assert len(read_back) == len(every_work)
    for each in every_work:
        entry = read_back[each.key]
        assert entry["title"] == (plain_title(each) or each.label)
        assert entry["urls"] == [each.url.replace(";", "%3B")]
        assert entry.get("year", "") == each.date[:4]
        assert len(entry.get("authors", [])) == len(each.authors)


def test_500_hostile_works_are_500_records_of_whole_lines():
    works = Maker(7).works(500)
    text = "".join(write_ris(works))
    head, *lines = [line for line in text.split("\r\n") if line]
    assert head == "Provider: litdb"
    assert all(map(LINE.match, lines))
    assert [line[:2] for line in lines].count("TY") == [line[:2] for line in lines].count("ER") == 500
    assert "\x1b" not in text
    assert [each["title"] for each in read(works)] == [plain_title(each) or one_line(each.label) for each in works]


def test_a_line_break_in_a_title_begins_no_tag():
    (entry,) = read([work(title="A\r\nER  - \r\nTY  - JOUR\u2028TI  - B")])
    assert entry["title"] == "A ER - TY - JOUR TI - B"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (Name("Merwijk", "Chris", "van"), "van Merwijk, Chris"),
        (Name("King", "M.", suffix="Jr."), "King, M., Jr."),
        (Name(literal="OpenAI"), "OpenAI"),
        (Name("Plato"), "Plato"),
    ],
)
def test_names(name, written):
    assert f"AU  - {written}\r\n" in ris_record(work(authors=(name,)))


@pytest.mark.parametrize(
    ("pages", "tags"), [("1-20", ["SP  - 1", "EP  - 20"]), ("7–8", ["SP  - 7", "EP  - 8"]), ("e5", ["SP  - e5"])]
)
def test_pages(pages, tags):
    assert [line for line in ris_record(work(pages=pages)).splitlines() if line[:2] in ("SP", "EP")] == tags


@pytest.mark.parametrize(
    ("date", "written"), [("2019", "2019///"), ("2019-12", "2019/12//"), ("2019-12-06", "2019/12/06/")]
)
def test_dates_are_as_precise_as_known(date, written):
    assert f"DA  - {written}\r\n" in ris_record(work(date=date))


def test_every_line_ends_as_the_format_says():
    text = "".join(write_ris([work(title="A")]))
    assert text.count("\n") == text.count("\r\n")
