"""CSL-JSON as CSL 1.0.2 defines it, and as pandoc reads it."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import get_args

import pytest
from jsonschema import Draft7Validator

from litdb.export.csl_json import csl_item, write_csl_json
from litdb.model import Identifier, Name, Work, WorkType

TYPES = (
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset "
    "document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation "
    "manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software song speech standard thesis "
    "treaty webpage"
).split()
NAMES = "author editor".split()
DATES = "issued accessed".split()
TEXTS = (
    "abstract archive archive_location container-title DOI genre ISBN language note publisher status title URL version"
).split()
NUMBERS = "issue number page volume".split()
"""The types of CSL 1.0.2, and of its variables those that a work has."""

TEXT, NUMBER = {"type": "string", "minLength": 1}, {"type": ["string", "number"]}
PARTS = dict.fromkeys("family given dropping-particle non-dropping-particle suffix literal".split(), TEXT)
NAME: dict = {"type": "object", "properties": PARTS, "additionalProperties": False, "minProperties": 1}
PEOPLE = {"type": "array", "items": NAME}
PART = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}
DATE = {
    "type": "object",
    "properties": {"date-parts": {"type": "array", "items": PART, "minItems": 1, "maxItems": 2}},
    "additionalProperties": False,
}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": TEXT,
            "type": {"enum": TYPES},
            **dict.fromkeys(NAMES, PEOPLE),
            **dict.fromkeys(DATES, DATE),
            **dict.fromkeys(TEXTS, TEXT),
            **dict.fromkeys(NUMBERS, NUMBER),
        },
        "required": ["id", "type"],
        "additionalProperties": False,
    },
}


def work(**fields) -> Work:
    usual = {
        "identifier": Identifier("url", "u"),
        "identifiers": (),
        "key": "k",
        "type": "post",
        "url": "https://a.example/",
    }
    return Work(**usual | fields)


def test_every_work_is_valid(every_work, hostile_works):
    items = json.loads("".join(write_csl_json([*every_work, *hostile_works])))
    assert len(items) == len(every_work) + len(hostile_works)
    Draft7Validator(SCHEMA).validate(items)


@pytest.mark.parametrize("type_", get_args(WorkType))
def test_every_type_is_one_of_csl(type_):
    assert csl_item(work(type=type_))["type"] in TYPES


@pytest.mark.parametrize(
    ("type_", "csl", "genre"),
    [("preprint", "article", "Preprint"), ("tweet", "post", "Tweet"), ("comment", "post", "Comment"),
     ("sequence", "collection", "Sequence"), ("website", "webpage", None), ("post-weblog", "post-weblog", None)],
)  # fmt: skip
def test_what_is_finer_than_csl_has_a_genre(type_, csl, genre):
    item = csl_item(work(type=type_))
    assert (item["type"], item.get("genre")) == (csl, genre)


@pytest.mark.parametrize(
    ("date", "parts"),
    [
        ("2022", [2022]),
        ("2022-08", [2022, 8]),
        ("2022-08-30", [2022, 8, 30]),
        ("2022-08-30T23:30:00-07:00", [2022, 8, 30]),
    ],
)
def test_dates_are_as_precise_as_known(date, parts):
    assert csl_item(work(date=date))["issued"] == {"date-parts": [parts]}


def test_what_is_not_known_is_not_there():
    assert csl_item(work()) == {"id": "k", "type": "post", "URL": "https://a.example/"}


def test_an_arxiv_paper_has_its_number_and_its_archive():
    paper = Identifier("arxiv", "2209.00626")
    item = csl_item(work(identifier=paper, identifiers=(paper,), type="preprint", container="arXiv"))
    assert (item["number"], item["publisher"], item["DOI"]) == (
        "arXiv:2209.00626",
        "arXiv",
        "10.48550/arXiv.2209.00626",
    )


def test_organisations_are_literal_and_a_copy_has_its_archive():
    item = csl_item(
        work(authors=(Name(literal="OpenAI"),), archived="https://web.archive.org/web/2022/https://a.example/")
    )
    assert item["author"] == [{"literal": "OpenAI"}]
    assert item["archive"] == "Wayback Machine"
    assert item["archive_location"] == "https://web.archive.org/web/2022/https://a.example/"


def test_items_come_one_by_one():
    works = iter([work(key="a"), work(key="b")])
    written = write_csl_json(works)
    next(written)
    assert next(works).key == "b"


def test_no_works_are_an_empty_list():
    assert json.loads("".join(write_csl_json([]))) == []


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
def test_pandoc_reads_every_title_and_day(every_work, tmp_path):
    (tmp_path / "r.json").write_text("".join(write_csl_json(every_work)), "utf-8")
    ran = subprocess.run(
        ["pandoc", tmp_path / "r.json", "-f", "csljson", "-t", "csljson"], capture_output=True, check=True
    )
    read = {item["id"]: item for item in json.loads(ran.stdout)}
    assert set(read) == {each.key for each in every_work}
    for each in every_work:
        sent = csl_item(each)
        got = read[each.key]
        assert got["type"] == sent["type"]
        assert got.get("URL") == sent.get("URL")
        assert got.get("issued", {}).get("date-parts") == sent.get("issued", {}).get("date-parts")
