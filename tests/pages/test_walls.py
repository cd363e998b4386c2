"""Refusals told from content, and articles about refusals left alone."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.pages.walls import wall

ASKED = "https://example.org/blog/a-long-post"
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "pages"
CLOUDFLARE = (
    b"<title>Just a moment...</title><script>window._cf_chl_opt={}</script><p>Enable JavaScript and cookies</p>"
)
ARTICLE = b"<p>" + b"Many words about how machines are told from people on the web. " * 60


def page(title, body="short"):
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("status", "headers", "body", "outcome"),
    [
        (403, {"cf-mitigated": "challenge"}, b"", "challenged"),
        (200, {"cf-mitigated": "challenge"}, page("A post"), "challenged"),
        (403, {}, CLOUDFLARE, "challenged"),
        (503, {}, CLOUDFLARE, "challenged"),
        (200, {}, CLOUDFLARE, "challenged"),
        (403, {}, page("Attention Required! | Cloudflare"), "challenged"),
        (429, {}, page("Vercel Security Checkpoint"), "challenged"),
        (200, {}, page("Vercel Security Checkpoint", "We&#39;re verifying your browser"), "challenged"),
        (200, {}, page("We're verifying your browser"), "challenged"),
        (202, {"x-amzn-waf-action": "challenge"}, b"", "challenged"),
        (200, {}, b"Rate exceeded.", "rate-limited"),
        (429, {}, b"Rate exceeded.", "rate-limited"),
        (200, {}, b"Too Many Requests\n", "rate-limited"),
        (200, {}, b"Forbidden", "forbidden"),
        (403, {}, b'{"name":"ChallengeRequiredError","message":"Challenge required","status":403}', "challenged"),
        (403, {}, page("example.org", '<script src="https://ct.captcha-delivery.com/c.js"></script>'), "challenged"),
        (403, {}, page("Access to this page has been denied", '<div id="px-captcha"></div>'), "challenged"),
        (403, {}, page("Access Denied", "Reference #18. https://errors.edgesuite.net/18"), "forbidden"),
        (200, {}, page("", '<iframe src="/_Incapsula_Resource?x=1">Request unsuccessful.</iframe>'), "challenged"),
        (200, {}, page("Making sure you&#39;re not a bot!", '<script id="anubis_challenge">{}</script>'), "challenged"),
        (401, {}, b"", "forbidden"),
        (402, {}, b"", "paywalled"),
        (403, {}, b"", "forbidden"),
        (404, {}, page("A post"), "not-found"),
        (405, {}, b"", "forbidden"),
        (408, {}, b"", "timeout"),
        (410, {}, b"", "gone"),
        (429, {}, b"", "rate-limited"),
        (451, {}, b"", "forbidden"),
        (500, {}, b"", "unreachable"),
        (503, {}, b"", "unreachable"),
        (503, {"retry-after": "120"}, b"", "rate-limited"),
        (522, {}, b"", "unreachable"),
        (999, {}, b"", "unreachable"),
        (200, {}, page("Page not found"), "not-found"),
        (200, {}, page("404 Not Found"), "not-found"),
        (200, {}, page("Page Not Found | The Rope Yard"), "not-found"),
        (200, {}, page("The Rope Yard – Page not found"), "not-found"),
        (200, {}, page("Oops! That page can’t be found."), "not-found"),
        (200, {}, page("Страница не найдена - Мосты", ARTICLE.decode()), "not-found"),
        (200, {}, page("ページが見つかりません", ARTICLE.decode()), "not-found"),
    ],
)
def test_answer_is_a_refusal(status, headers, body, outcome):
    found, reason = wall(status, headers, body, ASKED, ASKED)
    assert found == outcome
    assert reason


@pytest.mark.parametrize(
    ("url", "outcome", "reason"),
    [
        ("https://consent.youtube.com/m?continue=x", "challenged", "consent"),
        ("https://consent.google.com/ml", "challenged", "consent"),
        ("https://accounts.google.com/v3/signin", "forbidden", "login"),
        ("https://login.example.org/?next=/blog", "forbidden", "login"),
        ("https://example.org/login?next=%2Fblog", "forbidden", "login"),
        ("https://www.example.org/", "not-found", "home-redirect"),
        ("https://example.org/en/", "not-found", "home-redirect"),
        ("https://elsewhere.example/", "not-found", "home-redirect"),
    ],
)
def test_redirect_leads_away_from_the_page(url, outcome, reason):
    found = wall(200, {}, page("Welcome"), url, ASKED)
    assert found is not None
    assert found[0] == outcome
    assert reason in found[1]


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://www.example.org/blog/a-long-post/", ASKED),
        ("https://example.org/", "http://example.org"),
        ("https://example.org/", "https://short.example/abc"),
        ("https://docs.example.org/login", "https://docs.example.org/login"),
        ("https://login.example.org/manual", "https://login.example.org/manual"),
    ],
)
def test_other_redirects_are_content(url, asked):
    assert wall(200, {}, page("A post"), url, asked) is None


@pytest.mark.parametrize(
    "body",
    [
        page("Just a moment: how captchas work", ARTICLE.decode()),
        page("Just a moment...", ARTICLE.decode()),
        page("Attention required", "An essay."),
        page("Solving CAPTCHA with nets", 'We quote "Just a moment..." and _cf_chl_opt here.' + ARTICLE.decode()),
        page("404 | The Rope Yard", '<meta property="article:published_time" content="2020-01-01">'),
        page("HTTP 404 - Encyclopedia"),
        page("Access denied: a history of doors"),
        b"The essay \xe2\x80\x9cToo Many Requests\xe2\x80\x9d is short.",
        b"",
        b"%PDF-1.7",
    ],
    ids=lambda body: repr(body[:50]),
)
def test_page_about_walls_is_content(body):
    assert wall(200, {}, body, ASKED, ASKED) is None


@given(st.integers(100, 999), st.binary(max_size=400), st.text(max_size=40))
def test_any_answer_is_judged_without_an_error(status, body, url):
    wall(status, {}, body, url, ASKED)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real pages (../shared/corpus/pages) is not here")
def test_real_pages_are_content():
    rows = [json.loads(line) for line in (CORPUS / "index.jsonl").read_text(encoding="utf-8").splitlines()][::10]
    bodies = ((row["url"], gzip.decompress((CORPUS / row["html_path"]).read_bytes())) for row in rows)
    assert [url for url, body in bodies if wall(200, {}, body, url, url)] == []


WORDS = [
    ("challenged", "Checking your browser before accessing example.org"),
    ("challenged", "Verifying your connection..."),
    ("challenged", "Checking you are not a bot"),
    ("challenged", "Validate User"),
    ("challenged", "Human verification required"),
    ("challenged", "whoa there, pardner!"),
    ("challenged", "安全验证"),
    ("forbidden", "Log in to Teamspace"),
    ("forbidden", "Sign in"),
    ("forbidden", "Join to view this post"),
    ("forbidden", "You need access"),
    ("challenged", "We value your privacy"),
    ("paywalled", "Subscribe to read"),
    ("paywalled", "This post is for paying subscribers"),
    ("not-found", "We can't find that page"),
    ("not-found", "Oops!"),
    ("unreachable", "We'll be right back"),
    ("forbidden", "451: Unavailable due to legal reasons"),
    ("gone", "example.org is for sale"),
    ("challenged", "Are you a robot?"),
    ("challenged", "Unusual Traffic Detected"),
    ("challenged", "Bitte bestätigen Sie, dass Sie kein Roboter sind"),
    ("challenged", "Cookies are disabled"),
    ("challenged", "Wir verwenden Cookies"),
    ("unsupported", "You need to enable JavaScript to run this app."),
    ("unsupported", "JavaScript is not available."),
    ("unsupported", "This app requires JavaScript"),
    ("unsupported", "Loading..."),
    ("forbidden", "Private site"),
    ("forbidden", "You've been blocked by network security."),
    ("forbidden", "Request Rejected"),
    ("forbidden", "You must be 18+ to view this community"),
    ("forbidden", "This content is not available in your region"),
    ("paywalled", "Access through your organization"),
    ("not-found", "Sorry, this page isn't available."),
    ("not-found", "The video you are looking for does not exist"),
    ("not-found", "Question not found"),
    ("gone", "This article has been removed"),
    ("gone", "Sorry, the blog at span.example has been removed."),
    ("gone", "410 Gone"),
    ("gone", "This domain is parked free"),
    ("unreachable", "500 Internal Server Error"),
    ("unreachable", "Error establishing a database connection"),
    ("unreachable", "This account has been suspended"),
    ("unreachable", "There has been a critical error on this website."),
    ("unreachable", "Coming Soon"),
    ("unreachable", "Welcome to nginx!"),
]


@pytest.mark.parametrize(("outcome", "said"), WORDS)
@pytest.mark.parametrize("place", ["title", "heading"])
def test_a_page_of_few_words_is_what_it_calls_itself(outcome, said, place):
    body = page(f"{said} | A site") if place == "title" else page("A site", f"<h1>{said}</h1>")
    assert wall(200, {}, body, ASKED, ASKED)[0] == outcome


@pytest.mark.parametrize(("outcome", "said"), WORDS)
def test_a_page_of_one_sentence_is_what_that_says(outcome, said):
    assert wall(200, {}, page("A site", f"<div id=app></div><noscript>{said}</noscript>"), ASKED, ASKED)[0] == outcome


@pytest.mark.parametrize(
    "body",
    [
        page("Redirecting...", '<meta http-equiv="refresh" content="0; url=/b">Loading...'),
        page(
            "Span", '<script type="application/ld+json">{"headline": "Why bridges hum"}</script><div>Loading...</div>'
        ),
        page("Blocked drains and other poems", "<p>It rains.</p>"),
    ],
)
def test_a_page_that_tells_more_is_content(body):
    assert wall(200, {}, body, ASKED, ASKED) is None


@pytest.mark.parametrize(("_", "said"), WORDS)
def test_an_article_may_be_called_the_same(_, said):
    assert wall(200, {}, page(said, ARTICLE.decode()), ASKED, ASKED) is None


@pytest.mark.parametrize(
    ("asked", "arrived", "is_lost"),
    [
        ("/blog/on-cats", "/blog", True),
        ("/2019/05/on-cats", "/home", True),
        ("/posts/on-cats/comments", "/posts/on-cats", False),
        ("/on-cats/amp", "/on-cats", False),
        ("/blog/on-cats", "/essays/on-cats", False),
        ("/blog/on-cats/2", "/blog/on-cats", False),
        ("/blog/on-cats", "/cats", False),
    ],
)
def test_a_redirect_to_a_list_has_lost_the_page(asked, arrived, is_lost):
    found = wall(
        200, {}, page("A title", ARTICLE.decode()), f"https://example.org{arrived}", f"https://example.org{asked}"
    )
    assert (found is not None and found[0] == "not-found") is is_lost
