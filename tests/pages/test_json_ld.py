"""JSON-LD as pages really have it: the same article, however its block is written."""

from __future__ import annotations

import html
import json

import pytest

from litdb.model import Name
from litdb.pages.lenient_json import read_values
from litdb.pages.page import read_page

ANN = {"@type": "Person", "name": "Ann Bee"}
ARTICLE = {"@type": "Article", "headline": "Why bridges hum", "datePublished": "2020-05-05", "author": ANN}
AT_ANN = {**ARTICLE, "author": {"@id": "#ann"}}
WRITTEN = json.dumps(ARTICLE)


def read(block, kind="application/ld+json"):
    """Title, authors and day of a page with this block and no other word of them."""
    text = (
        f"<html><head><title>Why bridges hum</title><script type='{kind}'>{block}</script></head><body></body></html>"
    )
    found = read_page(text.encode(), {}, "https://a.example/bridges")
    authors, day = found.best("authors"), found.best("date")
    return [Name.from_json(name).display for name in authors.value] if authors else [], day and day.value


def by(author):
    """The block with this author."""
    return json.dumps({**ARTICLE, "author": author})


@pytest.mark.parametrize(
    "block",
    [
        by("Ann Bee"),
        by([[ANN]]),
        by({"@type": "Person", "name": ["Ann Bee"]}),
        by({"@type": "Person", "name": {"@value": "Ann Bee"}}),
        by({"@type": "Person", "givenName": "Ann", "familyName": "Bee"}),
        by({"@type": "Person", "name": "By Ann Bee"}),
        by({"@type": "Person", "name": "<a href='/ann'>Ann Bee</a>"}),
        json.dumps({"@graph": [AT_ANN, {**ANN, "@id": "#ann"}]}),
        json.dumps({**ARTICLE, "@type": "article"}),
        json.dumps({**ARTICLE, "@type": ["schema:BlogPosting", "Thing"]}),
        WRITTEN.replace('"headline', '"schema:headline').replace('"author', '"schema:author'),
        json.dumps({"@type": "WebPage", "mainEntity": [ARTICLE]}),
        json.dumps([{"@type": "BreadcrumbList"}, ARTICLE]),
        json.dumps({"@type": "Organization", "name": "Span"}) + "\n" + WRITTEN,
        f"{WRITTEN};",
        f"<!-- {WRITTEN} -->",
        f"//<![CDATA[\n{WRITTEN}\n//]]>",
        f"\ufeff{WRITTEN}",
        html.escape(WRITTEN),
        WRITTEN.replace("}}", ",},}"),
        WRITTEN.replace("{", "{\n", 1).replace("Why bridges", "Why\nbridges"),
        WRITTEN.replace('"headline', r'"description": "it\'s", "headline'),
        WRITTEN.replace('"headline', '"description": "It said "hum" to us", "headline'),
    ],
)
def test_an_article_is_read_however_it_is_written(block):
    assert read(block) == (["Ann Bee"], "2020-05-05")


@pytest.mark.parametrize("kind", ["application/ld+json; charset=utf-8", "application/LD+JSON"])
def test_a_block_is_known_by_its_type_however_that_is_written(kind):
    assert read(WRITTEN, kind) == (["Ann Bee"], "2020-05-05")


def test_an_organisation_of_whatever_kind_is_one_author():
    assert read(by({"@type": "NewsMediaOrganization", "name": "Ann Bee and Carl Dee"}))[0] == ["Ann Bee and Carl Dee"]


@pytest.mark.parametrize("block", ["", "{", "[[[", "nothing", '{"a": }', "[" * 100_000, '{"description": "' * 20_000])
def test_what_is_no_json_has_no_values(block):
    assert read_values(block) == []
