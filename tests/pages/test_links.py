"""The links of an article and not those round it."""

from __future__ import annotations

import pytest

from litdb.pages.links import links_of

URL = "https://a.example/post"
WORDS = "<p>" + "many words about bridges " * 20 + "</p>"


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ('<article><a href="https://b.example/x">x</a></article>', ("https://b.example/x",)),
        ('<article><a href="/y">y</a><a href="/y">again</a></article>', ("https://a.example/y",)),
        ('<article><a href="#n">1</a><a href="/post#n">2</a></article>', ()),
        ('<article><a href="mailto:a@b.example">m</a><a href="javascript:x()">j</a></article>', ()),
        ('<article><a href="http://[broken">b</a><a href="ftp://b.example/">f</a></article>', ()),
        ('<article><nav><a href="/menu">m</a></nav><div class="tags"><a href="/t">t</a></div></article>', ()),
        ('<article><a rel="author" href="/ann">Ann Bee</a></article>', ()),
        (
            '<head><base href="https://c.example/d/"></head><body><article><a href="e">e</a></article>',
            ("https://c.example/d/e",),
        ),
        (
            f'<div class="entry-content">{WORDS}<a href="/in">i</a></div><div class="related"><a href="/out">o</a></div>',
            ("https://a.example/in",),
        ),
        (f'<main>{WORDS}<a href="/in">i</a></main><a href="/out">o</a>', ("https://a.example/in",)),
        ("", ()),
    ],
)
def test_links_of_the_text(body, links):
    assert links_of(body.encode(), {}, URL) == links
