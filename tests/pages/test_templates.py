"""What common programs for blogs, documentation, forums, journals and news write by default is read right.

`templates/<program>.html` has the shape of that program's own pages, with invented people and works;
`templates/expected.json` says what each page is. `-bare` ones lack the tags in the head that the program can write.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from litdb.model import Name
from litdb.pages.page import read_page
from litdb.text.dates import cited_day

TEMPLATES = Path(__file__).parent / "templates"
EXPECTED = json.loads((TEMPLATES / "expected.json").read_text(encoding="utf-8"))


def test_every_template_has_its_truth():
    assert {page.stem for page in TEMPLATES.glob("*.html")} == set(EXPECTED)


@pytest.mark.parametrize("template", EXPECTED)
def test_template_is_read(template):
    expected = dict(EXPECTED[template])
    page = read_page((TEMPLATES / f"{template}.html").read_bytes(), {}, expected.pop("url"))
    title, authors, date = page.best("title"), page.best("authors"), page.best("date")
    assert {
        "title": title and title.value,
        "authors": [Name.from_json(name).display for name in authors.value] if authors else [],
        "date": date and cited_day(date.value),
    } == expected
