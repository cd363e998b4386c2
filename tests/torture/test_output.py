"""What strangers wrote steers no terminal, whichever command prints it, and runs in no spreadsheet and no page."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from contextlib import closing

import pytest

from litdb.commands import COMMANDS
from litdb.commands.export import FORMATS
from torture.scenes import SEEDS

STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]|\r(?!\n)")
HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07 \x9b31m C1\x85 \u202eturned\u2066 \u200fround\x00 \x08\x08 \r over [/b] [red] "
    '<script>alert(1)</script> "><img src=x onerror=alert(2)> & \\input{/etc/passwd} ^^5cwrite18{id} % # $ { } ~'
)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(“x”)", "＝1+1")
NAME = "n\x1b[31m\u202e.md"
KEY = "christiano2019"
TEXTS = {
    "works": "title label people container publisher abstract note reason version status language",
    "mentions": "text sentence headings problem target",
    "notes": "title problems",
    "people": "name family given",
    "records": "place source",
    "claims": "value how",
    "attempts": "reason",
    "addresses": "reason",
}
"""The columns that a stranger's words can come to stand in."""

ARGUMENT = HOSTILE.replace("\x00", "")
"""What can be said to a command: no system passes a NUL on."""

WORDS = [
    *([name] for name in ("list", "next", "check", "conflicts", "duplicates", "log", "status", "dump", "sources")),
    ["list", "--outcome", "partial"], ["show", "{work}"], ["why", "{work}"], ["search", "owned"], ["search", ARGUMENT],
    *(["export", each] for each in FORMATS), ["refs", "{note}"], ["refs", "{note}", "--diff"], ["fix", "{note}"],
    ["show", ARGUMENT], ["identify", f"https://x.example/{ARGUMENT}"], ["add", f"https://x.example/{ARGUMENT}", "--offline"],
    ["set", "{work}", "title", ARGUMENT], ["set", ARGUMENT, "title", "x"], ["key", "{work}", ARGUMENT], ["person", ARGUMENT, "B"],
    ["same", "{work}", ARGUMENT], ["split", ARGUMENT, "{work}"], ["unset", "{work}", ARGUMENT], ["forget", ARGUMENT],
    ["crawl", "{note}", "--dry-run"], ["crawl", "{note}", "--offline"], ["crawl", ARGUMENT], ["rebuild"],
    ["verify", "{note}"], ["bib", "{note}", "--offline"], ["import", "{note}"], ["add-page", ARGUMENT, "{note}"],
    ["export", "bibtex", "--keys", ARGUMENT], ["export", "references", "--date", ARGUMENT], ["open", ARGUMENT],
    ["archive", "--read", "{note}"], ["backup", "{note}/x"], ["graph", ARGUMENT], ["facts", ARGUMENT], ["publish", "{note}"],
    ["import", ARGUMENT],
]  # fmt: skip
ALONE = {"browse", "demo"}
"""Commands that print nothing but their own address."""


@pytest.fixture
def hostile(litdb, tmp_path, monkeypatch):
    """A library whose every text is hostile, of a note that is, and is called so."""
    monkeypatch.chdir(tmp_path)
    note = tmp_path / NAME
    text = (SEEDS / "what-is-alignment.md").read_text("utf-8")
    shown = HOSTILE.replace("\x00", "").replace("\r", "").replace("]", "").replace("[", "")
    note.write_text(f"# {shown}\n\n[{shown}](https://plain.example/x{shown[:4]}) {shown} `{shown}\n\n{text}", "utf-8")
    litdb("crawl", str(note), "--offline")
    with closing(sqlite3.connect(litdb.library)) as connection:
        for table, columns in TEXTS.items():
            for column in columns.split():
                value = json.dumps([{"literal": HOSTILE}]) if (table, column) == ("claims", "value") else HOSTILE
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE {column} IS NOT NULL", (value,))
        connection.execute("UPDATE works SET title = ?, label = ?", (HOSTILE, HOSTILE))
        connection.commit()
        (work,) = connection.execute("SELECT identifier FROM works WHERE cited ORDER BY identifier LIMIT 1").fetchone()
    return lambda word: word.replace("{note}", str(note)).replace("{work}", work)


def told_by(litdb, words):
    """Everything that a command prints, however it ends."""
    from click.testing import CliRunner

    from litdb.commands import main

    place = [] if words[0] in ("identify", "sources", "bib", "facts") else ["--db", str(litdb.library)]
    ended = CliRunner().invoke(main, [*words, *place])
    assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
    assert "Traceback" not in ended.output
    return ended


@pytest.mark.parametrize("words", WORDS, ids=lambda words: ascii(" ".join(words))[1:40])
def test_no_command_prints_what_steers_a_terminal(litdb, hostile, words):
    ended = told_by(litdb, [hostile(word) for word in words])
    assert STEERING.findall(ended.stdout + ended.stderr) == []


@pytest.mark.parametrize("words", [["list"], ["show", "{work}"], ["why", "{work}"], ["conflicts"], ["check"]], ids=str)
def test_json_steers_nothing_either(litdb, hostile, words):
    ended = told_by(litdb, [*map(hostile, words), "--json"])
    assert STEERING.findall(ended.stdout) == []
    json.loads(ended.stdout)


def test_every_command_is_tried():
    assert {words[0] for words in WORDS} == {*COMMANDS} - ALONE


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_table_is_a_formula(litdb, hostile, formula):
    with closing(sqlite3.connect(litdb.library)) as connection:
        connection.execute("UPDATE works SET title = ?, label = ?, container = ?, people = ?", (formula,) * 4)
        connection.commit()
    cells = [cell for row in csv.reader(io.StringIO(litdb("export", "csv"))) for cell in row]
    assert [cell for cell in cells if cell.lstrip("\t\r\n ")[:1] in ("=", "+", "@", "-", "＝")] == []
