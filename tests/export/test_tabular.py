"""CSV that spreadsheets do not calculate, and JSON lines as documented."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from export.made_works import Maker
from litdb.commands.printing import work_json
from litdb.export.escape import one_line
from litdb.export.shown import plain_title
from litdb.export.tabular import COLUMNS, defused, write_csv, write_jsonl
from litdb.model import Identifier, Name, Work

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "＝1", "x;=1", "x; @y", '"=1']


def work(title: str, **fields) -> Work:
    return Work(Identifier("url", "u"), (), "k", "post", "https://a.example/", title=title, **fields)


def rows(works):
    return list(csv.DictReader(io.StringIO("".join(write_csv(works)), newline="")))


def is_live(cell: str) -> bool:
    return bool(re.match(r"[=+\-@\t\r＝＋－＠]", cell)) or bool(re.search(r";\s*[=+\-@＝＋－＠]", cell))


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_begins_a_formula(formula):
    (row,) = rows([work(formula, authors=(Name(literal=formula),), container=formula, note=formula)])
    assert not any(map(is_live, row.values()))


def test_500_hostile_works_are_500_rows_without_a_formula():
    works = Maker(11).works(500)
    found = rows(works)
    assert len(found) == 500
    for each, row in zip(works, found, strict=True):
        assert list(row) == list(COLUMNS)
        assert not any(map(is_live, row.values()))
        assert row["title"].replace("'", "") == plain_title(each).replace("'", "")


def test_every_work_reads_back(every_work):
    for each, row in zip(every_work, rows(every_work), strict=True):
        assert row["key"] == each.key
        assert row["url"] == each.url
        assert row["title"] == defused(plain_title(each))
        assert row["date"] == each.date[:10]


def test_lines_end_as_rfc_4180_says_and_only_rows_have_ends():
    text = "".join(write_csv([work('a "quoted", title\nof two lines')]))
    assert text.count("\r\n") == text.count("\n") == 2
    assert '"a ""quoted"", title of two lines"' in text


def test_what_is_no_formula_is_as_it_was():
    (row,) = rows([work("GPT-4 costs $20–$200 (a+b=c)")])
    assert row["title"] == "GPT-4 costs $20–$200 (a+b=c)"


def test_json_lines_are_the_documented_shape(every_work):
    lines = "".join(write_jsonl(every_work, work_json)).splitlines()
    assert [json.loads(line) for line in lines] == [json.loads(json.dumps(work_json(each))) for each in every_work]


def test_json_lines_are_intact_and_steer_no_terminal():
    works = Maker(13).works(500)
    text = "".join(write_jsonl(works, work_json))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028]", text)
    assert [json.loads(line)["label"] for line in text.split("\n")[:-1]] == [each.label for each in works]


def test_rows_come_one_by_one():
    works = iter([work("a"), work("b")])
    written = write_csv(works)
    next(written)
    assert next(works).title == "b"


def test_a_text_of_one_line_stays_it(hostile):
    assert "\n" not in one_line(hostile)
    assert "".join(write_csv([work(hostile)])).count("\r\n") == 2
