"""What is to be mended about a link: only what is surely better, and only where it is the same work."""

from __future__ import annotations

import pytest

from litdb.checks.repairs import is_move, repair, without_trackers
from litdb.model import Identifier, Mention, Work

WORK = Work(Identifier("url", "u"), (), "k", "post", "https://a.example/x")
MOVED = {"http://a.example/x": "https://b.example/y?utm_source=z", "http://a.example/old": "https://b.example/"}


def mention(target):
    return Mention("n.md", 1, 1, 1, 9, target, "inline-link", url=target.replace("&amp;", "&"))


@pytest.mark.parametrize(
    ("target", "kinds", "new"),
    [
        ("http://a.example/x", ("moved",), "https://b.example/y"),
        ("http://a.example/x?utm_source=q#part", ("moved",), "https://b.example/y#part"),
        ("https://c.example/?id=1&amp;utm_medium=b", ("tracker",), "https://c.example/?id=1"),
        ("https://arxiv.org/pdf/2204.06974v2.pdf?utm_x=1", ("tracker", "pdf"), "https://arxiv.org/abs/2204.06974v2"),
    ],
)
def test_better_addresses(target, kinds, new):
    found = repair(mention(target), WORK, MOVED, lambda *_: True)
    assert (found.kinds, found.new) == (kinds, new)


@pytest.mark.parametrize(
    "target",
    [
        "http://a.example/old",  # everything is sent to a front page
        "http://a.example/never-asked",
        "https://web.archive.org/web/2020/http://a.example/x",
        "https://arxiv.org/pdf/2204.06974.pdf#page=3",
        "not a url",
        "arXiv:2204.06974",
    ],
)
def test_links_that_stay(target):
    assert repair(mention(target), WORK, MOVED, lambda *_: True) is None


def test_an_address_that_is_not_known_to_be_the_same_work_is_never_taken():
    assert repair(mention("http://a.example/x"), WORK, MOVED, lambda *_: False) is None


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("https://a.example/?utm_source=x", "https://a.example/"),
        ("https://a.example/?utm_source=x#part", "https://a.example/#part"),
        ("https://a.example/?fbclid=x&id=1&gclid=2&b", "https://a.example/?id=1&b"),
        ("https://a.example/%7Eäx?id=1", "https://a.example/%7Eäx?id=1"),
        ("https://a.example/#/route?utm_source=x", "https://a.example/#/route?utm_source=x"),
    ],
)
def test_only_trackers_go(written, cleaned):
    assert without_trackers(written) == cleaned


def test_a_move_from_a_front_page_to_a_front_page_is_one():
    assert is_move("http://a.example/", "https://b.example/")
