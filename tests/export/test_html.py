"""HTML in which nothing from the web lives."""

from __future__ import annotations

import re

import pytest
from lxml import html

from export.made_works import Maker
from litdb.export.html import item, write_fragment, write_html
from litdb.export.shown import shown_title
from litdb.model import Identifier, Name, Work

ALLOWED = {"html", "head", "meta", "title", "body", "h1", "ul", "li", "cite", "a", "time"}


def work(**fields) -> Work:
    usual = {
        "identifier": Identifier("url", "u"),
        "identifiers": (),
        "key": "k",
        "type": "post",
        "url": "https://a.example/",
    }
    return Work(**usual | fields)


def elements(text):
    return [each for each in html.document_fromstring(text).iter() if isinstance(each.tag, str)]


def test_500_hostile_works_are_500_items_of_plain_text():
    works = Maker(17).works(500)
    text = "".join(write_html(works))
    found = elements(text)
    assert {each.tag for each in found} <= ALLOWED
    assert "\x1b" not in text
    assert not [name for each in found for name in each.attrib if name.startswith("on")]
    titles = [each.text_content() for each in found if each.tag == "cite"]
    assert titles == [shown_title(each) for each in works]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " javascript:x", "vbscript:x", ""])
def test_only_the_web_is_linked(url):
    assert "href" not in item(work(url=url, title="x"))


def test_an_address_cannot_leave_its_attribute():
    (link,) = html.fragment_fromstring(item(work(url='https://a.example/"onclick="x', title="x"))).iter("a")
    assert dict(link.attrib) == {"href": 'https://a.example/"onclick="x'}


@pytest.mark.parametrize("date", ["2019", "2019-12", "2019-12-06"])
def test_a_day_is_as_precise_as_known(date):
    assert f'<time datetime="{date}">{date}</time>' in item(work(date=date))


def test_an_undated_work_has_no_time():
    assert "<time" not in item(work(title="x"))


def test_a_fragment_is_the_page_without_the_page(every_work):
    fragment = "".join(write_fragment(every_work))
    assert fragment in "".join(write_html(every_work))
    assert re.match(r"<ul\b[^>]*><li id=", fragment)


def test_people_and_copies_are_named():
    text = item(
        work(title="x", authors=(Name("Leike", "Jan"),), archived="https://web.archive.org/web/2022/https://a.example/")
    )
    assert "Jan Leike" in text
    assert '<a href="https://web.archive.org/web/2022/https://a.example/">Wayback Machine</a>' in text
