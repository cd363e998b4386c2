"""Medium: which feed is asked for which stories, and what feeds and stories say."""

from __future__ import annotations

import pytest

from litdb.model import Identifier, Rung, Target
from litdb.replay import read
from litdb.sources.medium import MEDIUM
from source_cases import answer_to, cases_of, plain_claim

ANN, TEAPOT = "https://medium.com/@ann/tea-0a1b2c3d4e5f", "https://teapot.medium.com/milk-00aa11bb22cc"
FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Stories</title>
<item><title><![CDATA[Tea &amp; milk]]></title><link>https://medium.com/@ann/tea-0a1b2c3d4e5f?source=rss</link>
<guid isPermaLink="false">https://medium.com/p/0a1b2c3d4e5f</guid><dc:creator>{account}</dc:creator>
<pubDate>Tue, 20 Nov 2018 16:00:01 GMT</pubDate><content:encoded><![CDATA[<p>{first}</p><p>Hot.</p>]]></content:encoded>
</item><item><title>Other</title><guid>https://medium.com/p/ffffffffffff</guid></item></channel></rss>"""


def target(url, story="0a1b2c3d4e5f"):
    return Target(Identifier("medium", story), (url,))


@pytest.mark.parametrize(
    ("wanted", "urls"),
    [
        ([target(ANN)], ["https://medium.com/feed/@ann"]),
        ([target(ANN), target("https://medium.com/@ann/b-11aa", "11aa")], ["https://medium.com/feed/@ann"]),
        ([target(TEAPOT, "00aa11bb22cc")], ["https://teapot.medium.com/feed"]),
        ([target("https://medium.com/the-teapot/a-0a1b2c3d4e5f")], ["https://medium.com/feed/the-teapot"]),
        ([target("https://medium.com/p/0a1b2c3d4e5f")], ["https://medium.com/p/0a1b2c3d4e5f"]),
        ([Target(Identifier("medium", "0a1b2c3d4e5f"))], ["https://medium.com/p/0a1b2c3d4e5f"]),
    ],
)
def test_an_account_is_asked_once(wanted, urls):
    assert [request.url for request in MEDIUM.plan(wanted)] == urls


def test_the_feed_stands_above_the_page():
    assert MEDIUM.rung(Identifier("medium", "0a1b2c3d4e5f")) is Rung.FEED
    assert MEDIUM.rung(Identifier("url", "https://a.example")) is None


def told(account, first):
    (request,) = MEDIUM.plan([target(ANN), target("https://medium.com/@ann/old-00aa11bb22cc", "00aa11bb22cc")])
    return MEDIUM.read(answer_to(request, FEED.format(account=account, first=first).encode()))


def test_a_feed_tells_of_the_newest_stories_and_leaves_the_others_to_their_pages():
    reading = told("Ann Bee", "By tea we mean what is hot.")
    assert [outcome for outcome, _ in reading.outcomes.values()] == ["ok", "partial"]
    (record,) = reading.records
    assert [plain_claim(claim) for claim in record.claims] == [
        ["type", "post-weblog", "rss:item"],
        ["title", "Tea & milk", "rss:title"],
        ["authors", [{"family": "Bee", "given": "Ann"}], "rss:creator"],
        ["date posted", "2018-11-20T16:00:01Z", "rss:pubDate"],
    ]


@pytest.mark.parametrize(
    ("account", "first", "authors", "container"),
    [
        ("Teapot Safety Research", "By Ann Bee and Carl Dee", ["Ann Bee", "Carl Dee"], "Teapot Safety Research"),
        ("Teapot Safety Research", "Tea is hot.", ["Teapot Safety Research"], None),
        ("teapot42", "Written by: Ann Bee", ["Ann Bee"], "teapot42"),
    ],
)
def test_behind_an_organisation_stand_the_people_of_the_first_lines(account, first, authors, container):
    (record,) = told(account, first).records
    claims = {claim.field: claim.value for claim in record.claims}
    names = [
        " ".join(filter(None, (each.get("given"), each.get("family"), each.get("literal"))))
        for each in claims["authors"]
    ]
    assert (names, claims.get("container")) == (authors, container)


@pytest.mark.parametrize(
    "body", [b"", b"<html><p>", b"<rss><channel>", b"\xff\xfe", b'<!DOCTYPE r [<!ENTITY e "x">]><rss>&e;</rss>']
)
def test_what_is_no_feed_sends_on_to_the_page(body):
    (request,) = MEDIUM.plan([target(ANN)])
    reading = MEDIUM.read(answer_to(request, body))
    ((outcome, _),) = reading.outcomes.values()
    assert (outcome in ("partial", "unreachable"), reading.records) == (True, ())


def test_a_challenge_is_an_outcome_of_the_feed_too():
    (request,) = MEDIUM.plan([target(ANN)])
    reading = read(answer_to(request, b"<title>Just a moment...</title><script>_cf_chl_opt</script>", 403), "1")
    assert [outcome for outcome, _ in reading.outcomes.values()] == ["challenged"]


def test_a_story_asked_by_its_number_is_read_as_the_page_that_it_is():
    (request,) = MEDIUM.plan([Target(Identifier("medium", "0a1b2c3d4e5f"))])
    case = next(case for case in cases_of("medium") if case.name == "organisation")
    page = MEDIUM.read(answer_to(request, (case / "page.html").read_bytes())).page
    assert (page.request.source, page.request.step, page.request.asked) == ("page", "ask", request.asked)
