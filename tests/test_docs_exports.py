"""docs/exports.md names every format, every option of lists and everything that a template sees."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from litdb.commands.export import FORMATS
from litdb.commands.exports import LIST_OPTIONS
from litdb.export.templates import Listed, Template, render
from litdb.model import Identifier, Work

PAGE = (Path(__file__).parents[1] / "docs" / "exports.md").read_text("utf-8")


def first_column(heading: str) -> list[str]:
    """The first cells of the first table behind a text."""
    table = PAGE.partition(heading)[2].partition("\n\n## ")[0].split("\n\n")
    rows = next(part for part in table if part.strip().startswith("|"))
    return re.findall(r"^\| `([^`]+)` \|", rows, re.MULTILINE)


def test_every_format_and_option_is_described():
    assert tuple(first_column("## Formats")) == FORMATS
    assert tuple(first_column("## Dated lists")) == LIST_OPTIONS


def test_every_variable_of_a_template_is_described():
    assert first_column("## Templates") == [field.name for field in fields(Listed)]


def test_the_template_shown_works():
    (text,) = re.findall(r"```jinja\n(.*?)```", PAGE, re.DOTALL)
    work = Work(
        Identifier("url", "u"), (), "k", "post", "https://a.example/b_(c)", "On [x]", date="2019-12", status="retracted"
    )
    assert render(Template("list.md", text), [work]) == "- 2019: On \\[x\\] <https://a.example/b_(c)> (retracted)\n"
