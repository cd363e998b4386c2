"""News feeds of every kind, as they are: what their entries are about, where and when; what is no whole feed is none."""

from __future__ import annotations

import json

import pytest

from litdb.sources.feeds import read_feed

FEED = "https://x.example/news/feed.xml"
PAGE = "https://x.example/tea"
DAY = "2019-12-05T08:00:00Z"
WRITTEN = "Thu, 05 Dec 2019 08:00:00 GMT"
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'
OTHERS = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)


def told(body, headers=None):
    """Link, title and date of every entry."""
    entries = read_feed(body if isinstance(body, bytes) else body.encode(), headers or {}, FEED)
    return None if entries is None else [(entry.link, entry.title, entry.date) for entry in entries]


def item(title="Tea", link=f"<link>{PAGE}</link>", date=f"<pubDate>{WRITTEN}</pubDate>", before=""):
    return f"<item>{before}<title>{title}</title>{link}{date}</item>"


def rss(*items, head='<?xml version="1.0" encoding="UTF-8"?>', of=""):
    channel = "<title>News</title><link>https://x.example/</link><pubDate>Mon, 01 Jan 2001 00:00:00 GMT</pubDate>"
    return f'{head}<rss version="2.0" {OTHERS} {of}><channel>{channel}{"".join(items)}</channel></rss>'


def atom(title="<title>Tea</title>", link=f'<link href="{PAGE}"/>', date=f"<published>{DAY}</published>", of=""):
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {of}><entry>{title}{link}{date}</entry></feed>'


def json_feed(**changes):
    entry = {"id": "1", "url": PAGE, "title": "Tea", "date_published": DAY, "date_modified": "2021-01-01T00:00:00Z"}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{**entry, **changes}]})


@pytest.mark.parametrize(
    "body",
    [
        rss(item()),
        rss(item(title="<![CDATA[Tea]]>", link=f"<link><![CDATA[ {PAGE} ]]></link>")),
        f'<rdf:RDF {RDF} xmlns="http://purl.org/rss/1.0/">{item(date=f"<dc:date>{DAY}</dc:date>")}</rdf:RDF>',
        f'<rdf:RDF {RDF} xmlns="http://my.netscape.com/rdf/simple/0.9/">{item()}</rdf:RDF>',
        atom(),
        atom(date=f"<issued>{DAY}</issued><modified>2021-01-01T00:00:00Z</modified>").replace(
            "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"
        ),
        atom().replace("<", "<a:").replace("<a:/", "</a:").replace("xmlns=", "xmlns:a="),
        json_feed(),
        json_feed(id=PAGE, url=""),
    ],
    ids="rss cdata rss1 rss090 atom atom03 prefix json json-id".split(),
)
def test_feeds_of_every_kind(body):
    assert told(body) == [(PAGE, "Tea", DAY)]


@pytest.mark.parametrize(
    "body",
    [
        rss(item(link="<link>/tea</link>")),
        rss(item(link="<link>tea</link>"), of='xml:base="https://x.example/"'),
        rss(item(link=f"<guid>{PAGE}</guid>")),
        rss(item(link=f"<link>https://y.example/~r/1</link><feedburner:origLink>{PAGE}</feedburner:origLink>")),
        rss(item(before='<atom:link rel="self" href="https://x.example/self"/>')),
        rss(item(before='<enclosure url="https://x.example/tea.mp3"/><itunes:title>Other</itunes:title>')),
        rss("<image><title>Logo</title><link>https://x.example/logo</link></image>", item()),
        atom(link='<link href="../tea"/>'),
        atom(link='<link href="tea"/>', of='xml:base="https://x.example/"'),
        atom(link=f'<link rel="self" href="https://x.example/e.atom"/><link rel="alternate" href="{PAGE}"/>'),
        atom(link=f'<link type="application/json" href="https://x.example/e.json"/><link href="{PAGE}"/>'),
        atom(link=f"<id>{PAGE}</id>"),
        atom(link=f'<source><title>Other</title><link href="https://y.example/"/></source><link href="{PAGE}"/>'),
        json_feed(url="/tea", external_url="https://y.example/"),
    ],
)
def test_link_leads_to_the_page_of_the_entry(body):
    assert told(body) == [(PAGE, "Tea", DAY)]


@pytest.mark.parametrize(
    "link",
    ['<guid isPermaLink="false">https://x.example/?p=1</guid>', "<guid>1234</guid>", "<link>http://[</link>", ""],
)
def test_what_is_no_address_is_no_link(link):
    assert told(rss(item(link=link))) == [("", "Tea", DAY)]


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (rss(item("Tea &amp;amp; milk")), "Tea & milk"),
        (rss(item("Tea &amp; milk")), "Tea & milk"),
        (rss(item("T&eacute;a&nbsp;&ndash; R&D")), "Téa – R&D"),
        (rss(item("Tea\x0b and &#11;milk")), "Tea and milk"),
        (rss(item("On &lt;em&gt;tea&lt;/em&gt;")), "On tea"),
        (rss(item("On <em>tea</em> and milk")), "On tea and milk"),
        (rss(item("Vec&lt;T&gt; of tea")), "Vec<T> of tea"),
        (rss(item("")), ""),
        (atom('<title type="html">On &lt;b&gt;tea&lt;/b&gt; &amp;amp; milk</title>'), "On tea & milk"),
        (atom('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">On <b>tea</b></div></title>'), "On tea"),
    ],
)
def test_titles_as_one_reads_them(body, title):
    assert told(body) == [(PAGE, title, DAY)]


@pytest.mark.parametrize(
    ("charset", "declared", "header", "title"),
    [
        ("utf-8-sig", "UTF-8", "", "Größe"),
        ("utf-16", "UTF-16", "", "Größe"),
        ("latin-1", "ISO-8859-1", "", "Größe"),
        ("utf-8", "ISO-8859-1", "", "Größe"),
        ("cp1251", "windows-1251", "text/xml; charset=utf-8", "Тень"),
        ("latin-1", "", "text/xml; charset=iso-8859-1", "Größe"),
        ("utf-8", "foo-8", "", "Größe"),
        ("cp1252", "UTF-8", "", ""),
    ],
)
def test_charsets(charset, declared, header, title):
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    body = rss(item("Größe" if charset != "cp1251" else "Тень"), head=head).encode(charset)
    assert told(body, {"content-type": header}) == [(PAGE, title, DAY)]


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("<pubDate>Thu, 5 Dec 2019 08:00:00 +0100</pubDate>", "2019-12-05T08:00:00+01:00"),
        ("<pubDate>Thu, 05 Dec 19 08:00:00 EST</pubDate>", "2019-12-05T08:00:00-05:00"),
        ("<pubDate>Thu, 05 Dec 2019 08:00:00 CEST</pubDate>", "2019-12-05"),
        ("<pubDate>Thu, 05 December 2019 08:00:00 GMT</pubDate>", "2019-12-05"),
        ("<pubDate>2019-12-05T08:00:00Z</pubDate>", DAY),
        ("<pubDate>12/05/2019</pubDate>", ""),
        ("<pubDate>Thu, 32 Dec 2019 08:00:00 GMT</pubDate>", ""),
        ("<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>", ""),
        ("<atom:updated>2021-01-01T00:00:00Z</atom:updated>", ""),
        ("", ""),
    ],
)
def test_days_on_which_entries_came_out(date, day):
    assert told(rss(item(date=date))) == [(PAGE, "Tea", day)]


def test_an_edit_is_no_publication():
    assert told(atom(date="<updated>2021-01-01T00:00:00Z</updated>")) == [(PAGE, "Tea", "")]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<!doctype html><html><title>News</title><item></item></html>",
        '<br /><b>Warning</b>: no database<?xml version="1.0"?><rss></rss>',
        rss(item(), item())[:-40],
        rss(item()) + "<script>x</script>",
        rss("<item><title>Tea</title><description><p>We<br></description></item>"),
        rss("<a>" * 100_000),
        json_feed()[:-20],
        '{"items": []}',
        rss(item("&x;"), head='<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
        rss(item("&b;"), head='<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'),
    ],
    ids="empty page warning cut behind unclosed deep json-cut json outside bomb".split(),
)
def test_what_is_no_whole_feed_is_none(body):
    assert told(body) is None


def test_a_long_feed_is_read_whole():
    text = f"<description><![CDATA[{'<p>R&D of tea. <![CDATA[ </p>' * 200_000}]]></description>"
    assert told(rss(*[item()] * 500, item(before=text))) == [(PAGE, "Tea", DAY)] * 501
