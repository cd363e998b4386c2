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
        ('<article><div class="post-sidebar"><a href="/recent">r</a></div></article>', ()),
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
    assert tuple(link.url for link in links_of(body.encode(), {}, URL)) == links


@pytest.mark.parametrize(
    ("body", "text", "words"),
    [
        ("<p>One. Two has <a href='/x'>a\n <b>link</b></a>, too! Three.</p>", "a link", "Two has a link, too!"),
        ("<p>No full stop <a href='/x'>here</a></p><p>Other.</p>", "here", "No full stop here"),
        ("<ul><li>One</li><li>Two <a href='/x'>x</a></li></ul>", "x", "Two x"),
        ("<p>By Smith et al. 2020 we see <a href='/x'>x</a>.</p>", "x", "By Smith et al. 2020 we see x."),
        ("<div>Above.<p>Inside.</p>Beside <a href='/x'>x</a> this.</div>", "x", "Beside x this."),
        ("<p><a href='/x'><img src='y.png'></a></p>", "", ""),
        ("<a href='/x'>x</a>", "x", "x"),
    ],
)
def test_a_link_has_its_text_and_its_sentence(body, text, words):
    (link,) = links_of(body.encode(), {}, URL)
    assert (link.text, link.words) == (text, words)


def test_words_of_a_link_are_bounded():
    body = f"<p>{'word ' * 5000}<a href='/x'>{'text ' * 500}</a>{' word' * 5000}</p>"
    (link,) = links_of(body.encode(), {}, URL)
    assert len(link.text) <= 300
    assert len(link.words) <= 3200


def test_ten_thousand_links_and_deep_nests_are_read_to_their_end():
    """Nothing is timed: what took the square of a page's length would hang here."""
    many = "<p>" + "".join(f"<a href='/{n}'>{n}</a> and " for n in range(10_000)) + "</p>"
    deep = "<div>x <a href='/d'>d</a>" * 2000 + "</div>" * 2000
    assert len(links_of(many.encode(), {}, URL)) == 10_000
    assert links_of(deep.encode(), {}, URL)
