"""On somebody's own site the site tells who wrote a page; a firm's name tells nobody."""

from __future__ import annotations

import pytest

from litdb.model import Name
from litdb.pages.page import read_page


def authors(body, head="", url="https://juliaweaver.example/bridges"):
    source = f"<head><title>Why bridges hum{head}</head><body>{body}<h1>Why bridges hum</h1><p>Wind makes them hum.</p>"
    claim = read_page(source.encode(), {}, url).best("authors")
    return [(claim.how, Name.from_json(name).display) for name in claim.value] if claim else []


OWNER = [("site:owner", "Julia Weaver")]


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("", " | Julia Weaver</title>"),
        ("", '</title><meta property="og:site_name" content="Julia Weaver\'s blog">'),
        ('<a class="logo" href="/">Julia Weaver</a>', "</title>"),
        ("<footer>© 2019-2024 Julia Weaver. All rights reserved.</footer>", "</title>"),
        ("<footer>Copyright &copy; <a href='/me'>Julia Weaver</a></footer>", "</title>"),
    ],
    ids=["title", "site-name", "home-link", "copyright", "copyright-link"],
)
def test_a_site_with_the_name_of_its_owner(body, head):
    assert authors(body, head) == OWNER


def test_on_another_host_two_ways_have_to_agree():
    elsewhere = "https://spans.example/bridges"
    footer = "<footer>© 2024 Julia Weaver</footer>"
    assert authors(footer, "</title>", elsewhere) == []
    assert authors(footer, " | Julia Weaver</title>", elsewhere) == OWNER


@pytest.mark.parametrize(
    "name", ["Bridge Coach", "JULIA WEAVER", "Julia Weaver Bridge Works", "Julia", "The Weaver Company"]
)
def test_a_firm_is_nobody(name):
    url = f"https://{name.replace(' ', '').lower()}.example/bridges"
    assert authors("", f" | {name}</title>", url) == []


def test_a_byline_of_somebody_goes_before_the_owner():
    assert authors('<p class="byline">By Carl Dee</p>', " | Julia Weaver</title>")[0][1] == "Carl Dee"


def test_a_declared_author_who_owns_the_site_goes_before_names_in_the_text():
    head = ' | Julia Weaver</title><meta name="author" content="Julia Weaver">'
    assert authors("", head) == [("meta:author", "Julia Weaver")]
