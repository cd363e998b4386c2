"""What a reader sees near the headline: names and days, and what is no author's name and no day of publication."""

from __future__ import annotations

import pytest

from litdb.model import Name
from litdb.pages.page import read_page

URL = "https://a.example/bridges"


def page(body, head="", lang="en"):
    """A page with the headline “Why bridges hum” and this behind it."""
    text = (
        f'<html lang="{lang}"><head><title>Why bridges hum</title>{head}</head>'
        f"<body><h1>Why bridges hum</h1>{body}<p>Wind makes them hum.</p></body></html>"
    )
    return read_page(text.encode(), {}, URL)


def authors(found):
    claim = found.best("authors")
    return [Name.from_json(name).display for name in claim.value] if claim else []


def day(found):
    claim = found.best("date")
    return claim and (claim.how, claim.value)


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("<p>By Ann Bee</p>", ["Ann Bee"]),
        ("<div>By</div><div><a>Ann Bee</a></div>", ["Ann Bee"]),
        ("<small>WRITTEN BY</small><p><strong>Ann Bee</strong></p>", ["Ann Bee"]),
        ("<h3>Author</h3><p>Ann Bee</p>", ["Ann Bee"]),
        ("<p><time>17 hours ago</time> by <a>annbee7</a></p>", ["annbee7"]),
        ("<p>By: </p><p>The Bridge Team</p><p>Design Style</p>", ["The Bridge Team"]),
        ('<div class="post-author">Ann Bee</div>', ["Ann Bee"]),
        ('<div class="postAuthor__x7">Ann Bee</div>', ["Ann Bee"]),
        ('<span class="byline"><a>Ann Bee</a><span>Senior Reporter</span><span>New York</span></span>', ["Ann Bee"]),
        ('<span class="byline">By <a>Ann Bee</a> and <a>Carl Dee</a></span>', ["Ann Bee", "Carl Dee"]),
        ('<ul class="authors"><li><a>Ann Bee</a></li><li><a>Carl Dee</a></li></ul>', ["Ann Bee", "Carl Dee"]),
        ('<span class="byline">May 5, 2020 · Ann Bee on behalf of the crew</span>', ["Ann Bee"]),
        ('<a href="/authors/ann-bee">Ann Bee</a>', ["Ann Bee"]),
        ('<a rel="author" href="/u/7">Ann Bee</a>', ["Ann Bee"]),
        ('<p itemprop="author" itemscope><span itemprop="name">Ann Bee</span> writes here</p>', ["Ann Bee"]),
        ('<p property="schema:author">Ann Bee</p>', ["Ann Bee"]),
        ("<aside><p>Written by Ann Bee</p></aside>", ["Ann Bee"]),
        ('<article><footer><span class="author">Ann Bee</span></footer></article>', ["Ann Bee"]),
        ('<article><p class="entry-footer">By Ann Bee</p></article>', ["Ann Bee"]),
        (
            "<div>Written by <b>Ann Bee</b>, <b>Carl Dee</b>, and <b>Eve Fee</b></div>",
            ["Ann Bee", "Carl Dee", "Eve Fee"],
        ),
        ('<p>By</p><i>AB</i><a href="/authors/ann-bee">Ann Bee</a>', ["Ann Bee"]),
        ('<div class="author-info"><div>Ann Bee</div><div>Writer</div></div>', ["Ann Bee"]),
        (f'<div class="author-card"><b>Ann Bee</b><p>{"She builds bridges. " * 20}</p></div>', ["Ann Bee"]),
        ("<p>By Ann Bee, Tech Reporter</p>", ["Ann Bee"]),
        ("<p>Propos recueillis par Ann Bee</p>", ["Ann Bee"]),
        ("<p>di Ann Bee</p>", ["Ann Bee"]),
        ("<p>A cura di Ann Bee</p>", ["Ann Bee"]),
        ("<p>Skrevet av Ann Bee</p>", ["Ann Bee"]),
        ("<p>Skriven av Ann Bee den 5 maj 2019</p>", ["Ann Bee"]),
        ("<p>Tekst: Ann Bee</p>", ["Ann Bee"]),
        ("<p>Text: Ann Bee | Fotos: Carl Dee</p>", ["Ann Bee"]),
        ("<p>文/张伟</p>", ["张伟"]),
        ("<p>Yazan: Ann Bee</p>", ["Ann Bee"]),
        ("<p>Kirjoittaja: Ann Bee</p>", ["Ann Bee"]),
        ("<p>Oleh: Ann Bee</p>", ["Ann Bee"]),
        ("<p>Tác giả: Ann Bee</p>", ["Ann Bee"]),
        ("<p>Redactado por: Ann Bee</p>", ["Ann Bee"]),
        ("<p>Eingestellt von Ann Bee um 14:30</p>", ["Ann Bee"]),
        ("<p>Ein Gastbeitrag von Ann Bee</p>", ["Ann Bee"]),
        ("<p>A guest post by Ann Bee of Span Ltd</p>", ["Ann Bee"]),
        ("<p>Words: Ann Bee. Photos: Carl Dee</p>", ["Ann Bee"]),
        ("<p>Ann Bee in Berlin</p>", ["Ann Bee"]),
        ("<p>Submitted by annbee7 on Mon, 05/05/2020 - 14:30</p>", ["annbee7"]),
        ("<p>Ann Bee¹, Carl Dee², Eve Fee¹</p>", ["Ann Bee", "Carl Dee", "Eve Fee"]),
        ("<p>Ann Bee<sup>1</sup>, Carl Dee<sup>2,*</sup></p>", ["Ann Bee", "Carl Dee"]),
        ("<p>João Bee</p>", ["João Bee"]),
        ('<p>Abeera Bee in <a href="/bridges">Bridge Building</a></p>', ["Abeera Bee"]),
        ('<div class="authors"><span>Ann Bee</span><span>Carl Dee</span></div>', ["Ann Bee", "Carl Dee"]),
        ('<div class="byline">Ann Bee <span>·</span> Carl Dee</div>', ["Ann Bee", "Carl Dee"]),
        ('<div class="byline">Ann Bee<br>Carl Dee<br>Span Press</div>', ["Ann Bee", "Carl Dee"]),
        ("<p>Contributors: Ann Bee (lead), Carl Dee</p>", ["Ann Bee", "Carl Dee"]),
        (
            '<table><tr><td><a href="/a">Ann Bee</a></td><td><a href="/b">Carl Dee</a></td></tr></table>',
            ["Ann Bee", "Carl Dee"],
        ),
        ('<a href="/a">Ann Bee</a> <b class="tag">Carl Dee</b>', ["Ann Bee"]),
        ("<p>By Ann (A.J.) Bee</p>", ["Ann (A.J.) Bee"]),
        ("<p>Ann Bee | Senior Writer | May 5, 2020</p>", ["Ann Bee"]),
        (f"<p>{'A summary of it all. ' * 10}</p><div><span>Ann Bee</span></div><i>3 min read</i>", ["Ann Bee"]),
        ('<td><a href="/users/annbee7">annbee7</a></td>', ["annbee7"]),
        ('<td><a href="member.php?u=7">annbee7</a></td>', ["annbee7"]),
        ('<div class="author-bio-text">This post was written by Ann Bee, Head of Spans</div>', ["Ann Bee"]),
        ('<span class="byline">Ann Bee</span><span class="byline">Head Winemaker</span>', ["Ann Bee"]),
        ("<h6>Author(s)</h6><ul><li><a>Ann Bee</a></li><li><a>Carl Dee</a></li></ul>", ["Ann Bee", "Carl Dee"]),
        ('<div class="author_info"><a href="/u/annbee7">annbee7</a><i>Big Board Owner</i></div>', ["annbee7"]),
        ('<td><a href="member.php?action=login">Login</a> <a href="member.php?u=7">annbee7</a></td>', ["annbee7"]),
        ('<div class="left-sidebar"><p>By Ann Bee</p></div>', ["Ann Bee"]),
        ("<p>Von Ann Bee am 3. März 2019</p>", ["Ann Bee"]),
        ("<p>Écrit par Ann Bee le 3 mars 2019</p>", ["Ann Bee"]),
        ("<p>Autorin: Ann Bee</p>", ["Ann Bee"]),
        ("<p>Penulis: Ann Bee</p>", ["Ann Bee"]),
        ("<p>By Ann Bee. Translated by Carl Dee</p>", ["Ann Bee"]),
        ("<p>Interview by Ann Bee</p>", ["Ann Bee"]),
        ("<p>By Ann Bee &lt;ann at a.example&gt;, Carl Dee &lt;carl@a.example&gt;</p>", ["Ann Bee", "Carl Dee"]),
        ("<p>Written by <a>Prince</a></p><p>String Arrangement</p>", ["Prince"]),
        ("<p>by</p><b>Ann Bee</b><sup>1,*</sup><i>and</i><b>Carl Dee</b><sup>2</sup>", ["Ann Bee", "Carl Dee"]),
        ("<h3>Authors</h3><h3>Affiliations</h3><p><a>Ann Bee</a></p>", ["Ann Bee"]),
        ("<p>By <a>Ann Bee</a>, <i class=author-title>Principal Guide</i></p>", ["Ann Bee"]),
        (
            '<ul class="authors"><li>Ann Bee<i class="affiliation">Span Lab</i></li><li>Carl Dee</li></ul>',
            ["Ann Bee", "Carl Dee"],
        ),
        (
            '<p class="authors"><span><i>Ann</i> <i class="surname">Bee</i></span> Show more</p>',
            ["Ann Bee"],
        ),
        ("<dl><dt>From:</dt><dd><a>Department for Spans</a></dd></dl>", ["Department for Spans"]),
        ("<p>Posted by Ann Bee</p><p>A reply</p><p>Posted by Carl Dee</p>", ["Ann Bee"]),
    ],
)
def test_a_byline_names_the_authors(body, names):
    assert authors(page(body)) == names


@pytest.mark.parametrize(
    "body",
    [
        "<p>Reviewed by Carl Dee</p>",
        "<p>Photo by <a>Carl Dee</a></p>",
        '<div class="comments"><p class="author">Carl Dee</p></div>',
        '<div itemprop="comment"><p itemprop="author">Carl Dee</p></div>',
        '<div class="author">Admin</div>',
        '<div class="author-bio">Carl Dee</div>',
        '<nav><a href="/authors/carl-dee">Carl Dee</a></nav>',
        "<p>By using this site you agree to all of it and more.</p>",
        "<div><span>Bridge Coach</span></div>",
        4 * f"<p>{'Wind makes them hum. ' * 10}</p>" + "<div><span>Ann Bee</span></div>",
        '<td><a href="/users/login">Log In</a></td>',
        '<article itemscope itemtype="https://schema.org/Comment"><meta itemprop="parentItem"><p itemprop="author">Carl Dee</p></article>',
        "<p>By continuing, you agree to our</p><p>terms</p>",
        "<p>Last edited May 5, 2020 by carl7</p>",
        "<p>Edited</p><time>May 5, 2020</time><p>by</p><a>Carl Dee</a>",
        "<p>Opened on 5 May 1920 by Carl Dee, the bridge began to hum at once.</p>",
        '<p class="author">Super User</p>',
        '<p class="byline">Span Admin</p>',
        "<p><em>The Long Span</em> by Anna Dee. Span Press.</p>",
        "<p>by a friend</p>",
        "<p>Par exemple</p>",
        "<p>Por favor, inicie sesión</p>",
        "<p>Von der Brücke spricht man</p>",
        "<p>Bridge Building</p>",
        "<p>Featuring Carl Dee</p>",
        "<p>Ann Bee, Carl Dee, the long bridge and the wind that makes it hum at night.</p>",
        "<p>By Hooded Horse and released in <a>2020</a></p>",
        "<blockquote>It hums!<cite>Anna Dee</cite></blockquote>",
        "<dl><dt>Contact</dt><dd>Anna Dee</dd></dl>",
        '<div class="reviews"><p class="review-author">Anna Dee</p></div>',
        4 * "<p>Wind.</p>" + 70 * "<i></i>" + "<p><a href='/map'>A map</a> by Anna Dee</p>",
    ],
)
def test_others_are_no_authors(body):
    assert authors(page(body)) == []


def test_who_wrote_comes_before_who_reviewed():
    found = page("<div class='byline'>Written by <a>Ann Bee</a> Reviewed by <a>Carl Dee</a></div>")
    assert authors(found) == ["Ann Bee"]


def test_the_authors_of_a_paper_that_latexml_made_are_named_without_what_joins_them():
    one = '<span class="ltx_creator ltx_role_author"><span class="ltx_personname">{}</span></span>'
    joint = '<span class="ltx_author_before"> and </span>'
    found = page(f'<div class="ltx_authors">{one.format("Ann Bee")}{joint}{one.format("Carl Dee")}</div>')
    assert authors(found) == ["Ann Bee", "Carl Dee"]


@pytest.mark.parametrize(
    ("moment", "found"),
    [
        ("2020-05-06T14:13:00Z", "2020-05-05"),
        ("2020-05-06T00:00:00Z", "2020-05-06T00:00:00Z"),
        ("2020-05-06", "2020-05-06"),
    ],
)
def test_a_day_shown_before_a_moment_is_the_works_own_unless_a_program_made_it_of_midnight(moment, found):
    declared = f'<meta property="article:published_time" content="{moment}">'
    assert day(page("<p>May 5, 2020</p>", declared))[1] == found


def test_who_wrote_it_right_under_the_headline_comes_before_the_account_that_posted():
    account = '<meta name="author" content="Carl Dee">'
    assert authors(page("<p>By Ann Bee</p>", account)) == ["Ann Bee"]
    assert authors(page(20 * "<i></i>" + "<p>By Ann Bee</p>", account)) == ["Carl Dee"]


def test_a_post_is_titled_by_what_it_says():
    said = '<meta property="og:site_name" content="Span Social"><meta property="og:title" content="Ann Bee on Span: “It hums.”">'
    found = read_page(f"<head>{said}</head>".encode(), {}, "https://span.example/ann/1")
    assert (found.best("title").value, authors(found)) == ("It hums.", ["Ann Bee"])
    elsewhere = page("", '<meta property="og:title" content="Ann Bee on Bridges: “Why they hum.”">')
    assert authors(elsewhere) == []


def test_a_declared_handle_gives_way_to_a_name_beside_the_headline():
    assert authors(page("<p>By Ann Bee</p>", '<meta name="author" content="abee">')) == ["Ann Bee"]


def test_a_declared_organisation_does_not_give_way_to_a_passing_name():
    far = "<p>word</p>" * 70 + "<p>By Carl Dee</p>"
    assert authors(page(far, '<meta name="author" content="The Bridge Team">')) == ["The Bridge Team"]


BYLINE = '<div class="byline">By <a href="/authors/ann-bee">Ann Bee</a></div>'


def test_a_byline_names_all_to_whose_pages_it_leads():
    ann, carl = '<a href="/authors/ann-bee">Ann Bee</a>', '<a href="/authors/carl-dee">Carl Dee</a>'
    byline = f'<p class="byline">{ann} <i>Head of Spans</i> {carl}</p>'
    assert authors(page(byline)) == ["Ann Bee", "Carl Dee"]


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ('<meta name="author" content="Carl Dee">', ["Ann Bee"]),
        ('<meta name="author" content="Carl Dee"><meta name="parsely-author" content="Carl Dee">', ["Ann Bee"]),
        ('<meta name="citation_author" content="Carl Dee">', ["Carl Dee"]),
    ],
    ids=["account", "account-twice", "journal"],
)
def test_a_byline_outvotes_the_account_that_posted(head, names):
    assert authors(page(BYLINE, head)) == names


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>May 5, 2020</p>", ("text:date", "2020-05-05")),
        ("<p>First published Tue May 5, 2020; substantive revision Mon June 7, 2021</p>", ("text:date", "2020-05-05")),
        ("<p>Updated: June 7, 2021 Published: May 5, 2020</p>", ("text:date", "2020-05-05")),
        ("<p>Aktualisiert am 7. Juni 2021, veröffentlicht am 5. Mai 2020</p>", ("text:date", "2020-05-05")),
        ("<p>Mis à jour le 7 juin 2021, publié le 5 mai 2020</p>", ("text:date", "2020-05-05")),
        ("<p>Обновлено: 7 июня 2021. Опубликовано: 5 мая 2020</p>", ("text:date", "2020-05-05")),
        ("<p>更新：2021年6月7日 公開：2020年5月5日</p>", ("text:date", "2020-05-05")),
        ("<p>Received: 1 Nov 2019 / Accepted: 7 Dec 2019 / Published: 5 May 2020</p>", ("text:date", "2020-05-05")),
        ("<p>Posted in Bridges on 5 May 2020 by annbee7</p>", ("text:date", "2020-05-05")),
        ('<div class="date"><i>May</i><b>5</b><span>2020</span></div>', ("time", "2020-05-05")),
        ('<span class="published" title="2020-05-05">May 5</span>', ("time", "2020-05-05")),
        ("<p>\n  Published on\n   5 May 2020\n  </p>", ("text:date", "2020-05-05")),
        ("<p>Ann Bee | Writer | May 5, 2020</p>", ("text:date", "2020-05-05")),
        ("<p>Started by The Bridge Forums, May 05, 2020, 11:23:55 AM</p>", ("text:date", "2020-05-05")),
        ("<p>11-29-2024,&nbsp;<b>09:03 AM</b></p>", ("text:date", "2024-11-29")),
        ("<p>Updated June 7, 2021</p><p>May 5, 2020</p>", ("text:date", "2020-05-05")),
        ("<p>Last updated:</p><p>June 7, 2021</p>", ("text:changed", "2021-06-07")),
        ('<time datetime="2020-05-05T10:00:00Z">a year ago</time>', ("time", "2020-05-05T10:00:00Z")),
        ('<local-time datetime="2020-05-05">then</local-time>', ("time", "2020-05-05")),
        ('<time-ago ts="2020-05-05T10:00:00.754000+0000"></time-ago>', ("time", "2020-05-05T10:00:00+00:00")),
        ('<span property="dc:date" content="2020-05-05">then</span>', ("itemprop:datePublished", "2020-05-05")),
        ("<p>2020年5月5日</p>", ("text:date", "2020-05-05")),
        ("<p>As of May 5, 2020, nobody has found out why they hum.</p>", None),
        ("<p>Copyright 2020-05-05</p>", ("text:changed", "2020-05-05")),
        ('<div class="related"><p>May 5, 2020</p></div>', None),
        (
            "<dl><dd><b>Founded:</b> Dec 11, 2018</dd></dl><p>by Ann &raquo; Tue May 5, 2020 1:47 am</p>",
            ("text:date", "2020-05-05"),
        ),
        ('<dd>Joined: <time datetime="2018-12-11">then</time></dd>', None),
        ('<time datetime="2020-05-06T04:13:00Z">May 5, 2020</time>', ("time", "2020-05-05")),
        ('<time datetime="2020-05-06T14:13:00Z">May 5, 2020</time>', ("time", "2020-05-06T14:13:00Z")),
        ("<i>Last updated</i> <i>on</i> <b>June 7, 2021</b>", ("text:changed", "2021-06-07")),
        ('<time datetime="2021-06-07"><b>Updated June 7, 2021</b></time>', ("text:changed", "2021-06-07")),
        ('<time datetime="2020-05-05">Posted May 5, 2020 | Last updated an hour ago</time>', ("time", "2020-05-05")),
        ("<p>Updated <time datetime='2021-06-07'>then</time></p>", ("text:changed", "2021-06-07")),
        ("<table><tr><td>5/15/2013</td><td>13 %</td></tr></table>", ("text:below", "2013-05-15")),
        ("<p>5. Mai 2020</p>", ("text:date", "2020-05-05")),
        ("<p>5.März 2020</p>", ("text:date", "2020-03-05")),
        ("<p>Publié le 1er août 2020</p>", ("text:date", "2020-08-01")),
        ("<p>5 de março de 2020</p>", ("text:date", "2020-03-05")),
        ("<p>5 września 2020</p>", ("text:date", "2020-09-05")),
        ("<p>5 мая 2020</p>", ("text:date", "2020-05-05")),
        ("<p>Vloženo: 5. 5. 2020</p>", ("text:date", "2020-05-05")),
        ("<p>Zuletzt aktualisiert: 7. Juni 2021</p>", ("text:changed", "2021-06-07")),
        ("<p>Abgerufen am 7. Juni 2021</p>", None),
        ("<p>5. května 2020</p>", ("text:date", "2020-05-05")),
        ("<p>05 Mayıs 2020, 12:10</p>", ("text:date", "2020-05-05")),
        ("<p>2020. május 5.</p>", ("text:date", "2020-05-05")),
        ("<p>4 d'octubre de 2020</p>", ("text:date", "2020-10-04")),
        ("<p>Part 12 of 2020</p>", None),
        ("<p>最終更新日：2021年6月7日</p>", ("text:changed", "2021-06-07")),
        ('<span title="Friday, May 5th, 2020 at 3:43:10 PM GMT+03:00">1 year ago</span>', ("time", "2020-05-05")),
        ('<p>Added <a title="05/25/2020 02:11 pm">4 years</a> ago</p>', ("time", "2020-05-25")),
        ('<p>Updated <a title="2021-06-07">3 years ago</a></p>', ("text:changed", "2021-06-07")),
        ("<p>Joined: Feb 2015</p><b>#1</b><p>2020-05-05, 07:22 PM</p>", ("text:date", "2020-05-05")),
        ("<li><a>7 June 2021 - Another bridge</a></li><p>5 May 2020</p>", ("text:date", "2020-05-05")),
        ("<p>Received on 1 May 2020</p><p>Published on 5 May 2020</p>", ("text:date", "2020-05-05")),
        ("<time><a>2020</a>-<a>05</a>-<a>05</a> 10:22:00</time>", ("time", "2020-05-05")),
        ("<dl><dt>Accession</dt><dd>1921.4.7</dd></dl>", None),
        ('<p class="event-date">5 May 2020</p>', None),
        ("<dl><dt>Closing date</dt><dd>5 May 2020</dd></dl>", None),
        ("<p>Retrieved 5 May 2020</p>", None),
        ("<p>Apply by 5 May 2020</p>", None),
        ("<p>From 5 May 1920 it hummed until 7 June 1921.</p>", None),
    ],
)
def test_a_day_near_the_headline(body, found):
    assert day(page(body)) == found


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ("Thursday, December 22, 2016, 06:47 PM", "2016-12-22"),
        ("December 24, 2016", "2016-12-23T00:47:31Z"),
    ],
)
def test_the_writers_own_day_goes_before_that_of_utc(declared, found):
    utc = '<meta property="article:published_time" content="2016-12-23T00:47:31Z">'
    assert day(page("", f'{utc}<meta name="sailthru.date" content="{declared}">'))[1] == found


@pytest.mark.parametrize(
    ("body", "lang", "found"),
    [
        ("<p>03/04/2021</p>", "en-US", "2021-03-04"),
        ("<p>03/04/2021</p>", "de", "2021-04-03"),
        ("<p>03/04/2021</p><p>Joined 25/12/2019</p>", "en", "2021-04-03"),
        ("<p>03/04/2021</p>", "en", None),
    ],
)
def test_day_and_month_are_told_apart_by_evidence_only(body, lang, found):
    claim = page(body, lang=lang).best("date")
    assert (claim and claim.value) == found


FAR = "<p>word</p>" * 70
DECLARED = '<meta property="article:published_time" content="2023-02-01">'


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("<p>May 5, 2020</p>", "2020-05-05"),
        ("<p>June 6, 2024</p>", "2023-02-01"),
        ("<p>January 31, 2023</p>", "2023-02-01"),
        ("<p>Member</p><p>May 5, 2020</p><time datetime='2023-02-01'>Feb 1</time>", "2023-02-01"),
        ("<time datetime='2019'>2019</time>", "2023-02-01"),
        (f"{FAR}<p>This article was originally published on May 5, 2020, but is often updated.</p>", "2020-05-05"),
        (f"{FAR}<div>Published <time datetime='2020-05-05'>May 5, 2020</time></div>", "2020-05-05"),
        (f"{FAR}<p>The plans were published on May 5, 2020.</p>", "2023-02-01"),
        (f"{FAR}<p>Originally published in The Span on May 5, 2020</p>", "2023-02-01"),
        (f"{FAR}<li>Published May 5, 2020</li><li>Published May 6, 2020</li>", "2023-02-01"),
    ],
    ids="earlier later the-day-before confirmed only-a-year first label in-passing elsewhere several".split(),
)
def test_a_page_was_there_on_the_day_it_shows(body, value):
    assert page(body, DECLARED).best("date").value == value


@pytest.mark.parametrize(
    ("path", "body", "value"),
    [
        ("/2023/01/31/bridges", "", "2023-01-31"),
        ("/2023/february/01/bridges", "", "2023-02-01T02:30:00Z"),
        ("/2023/01/20/bridges", "", "2023-02-01T02:30:00Z"),
        ("/bridges", "<time datetime='2023-01-31T18:30:00-08:00'>then</time>", "2023-01-31T18:30:00-08:00"),
    ],
    ids=["path-the-day-before", "path-agrees", "path-of-another-day", "same-moment"],
)
def test_the_day_is_the_writers_own(path, body, value):
    head = '<title>Why bridges hum</title><meta property="article:published_time" content="2023-02-01T02:30:00Z">'
    found = read_page(f"{head}<h1>Why bridges hum</h1>{body}".encode(), {}, f"https://a.example{path}")
    assert found.best("date").value == value


def test_a_heading_with_the_words_of_the_address_is_the_headline():
    body = b"<title>Spans that sing: the complete guide</title><h1>How and why old bridges hum</h1>"
    title = read_page(body, {}, "https://a.example/why-old-bridges-hum").best("title")
    assert (title.how, title.value) == ("headline", "How and why old bridges hum")


def test_a_lesser_heading_that_is_the_title_is_the_headline():
    body = b"<title>Why bridges hum | Spans</title><h1>Something quite different</h1><h2>Why bridges hum</h2>"
    title = read_page(body, {}, URL).best("title")
    assert (title.how, title.value) == ("headline", "Why bridges hum")


def test_json_ld_may_stand_in_a_cdata_section():
    block = '<script type="application/ld+json">//<![CDATA[\n{"@type": "Article", "datePublished": "2020-05-05"}\n//]]></script>'
    assert day(page(block)) == ("json-ld:datePublished", "2020-05-05")


def test_a_meta_tag_may_say_value_for_content():
    assert day(page("", '<meta name="article:published_time" value="2020-05-05">')) == (
        "article:published_time",
        "2020-05-05",
    )


@pytest.mark.parametrize(
    "name", ["pubdate", "publish-date", "my-published-date", "date.published", "publication_date", "ms.date"]
)
def test_tags_named_after_publication(name):
    assert day(page("", f'<meta name="{name}" content="2020-05-05">')) == ("meta:pubdate", "2020-05-05")


def test_the_earliest_of_the_tags_named_after_publication_counts():
    tags = '<meta name="published-time" content="2026-03-09"><meta name="published-date" content="2020-05-05">'
    assert day(page("", tags)) == ("meta:pubdate", "2020-05-05")


@pytest.mark.parametrize("name", ["modified-date", "revision_date", "sailthru.expire_date", "event.date"])
def test_tags_of_other_dates_tell_no_publication(name):
    assert day(page("", f'<meta name="{name}" content="2020-05-05">')) is None


@pytest.mark.parametrize(
    ("head", "body", "value"),
    [
        ('<meta property="article:modified_time" content="2020-05-05">', "", None),
        ("", "<p>Updated May 5, 2020</p>", "2020-05-05"),
    ],
    ids=["stamped", "shown"],
)
def test_a_day_of_change_is_cited_only_where_it_is_shown(head, body, value):
    claim = page(body, head).best("date")
    assert (claim and claim.value) == value


def test_a_day_in_the_text_says_nothing_where_the_headline_has_that_of_a_change():
    prose = 5 * f"<p>{'Wind makes them hum. ' * 6}</p>"
    assert day(page(f"<p>Updated June 7, 2021</p>{prose}<p>May 5, 2020</p>")) == ("text:changed", "2021-06-07")
    assert day(page(f"<p>Updated June 7, 2021</p>{prose}<p>Posted on May 5, 2020</p>"))[1] == "2020-05-05"


def test_a_wiki_says_in_its_footer_when_it_was_changed():
    footer = '<footer><ul><li id="footer-info-lastmod">This page was last edited on 7 June 2021, at 09:31.</li></ul></footer>'
    assert day(page(footer)) == ("text:changed", "2021-06-07")


def test_authors_in_one_list_of_links_complete_the_declared_one():
    body = '<a href="/authors/ann">Ann Bee</a>, <a href="/authors/carl">Carl Dee</a> and <a href="/authors/eve">Eve Fee</a>'
    head = '<meta name="author" content="Ann Bee">'
    assert authors(page(body, head)) == ["Ann Bee", "Carl Dee", "Eve Fee"]
    assert authors(page(body.replace(", ", "<p>Reviewed by</p>"), head)) == ["Ann Bee"]


def test_json_ld_may_stand_in_a_meta_tag():
    data = "{&quot;@type&quot;:&quot;Article&quot;,&quot;datePublished&quot;:&quot;2020-05-05&quot;}"
    assert day(page("", f'<meta name="script:ld+json" content="{data}">')) == ("json-ld:datePublished", "2020-05-05")


LETTER = "<pre>From: Ann Bee &lt;ann@a.example&gt;\nSubject: {}\nDate: Tue,  5 May 2020 18:20:12 +0100\n</pre>"


def test_a_letter_with_the_title_for_its_subject_says_who_wrote_it_when():
    letter = page(LETTER.format("Why bridges hum"))
    assert (authors(letter), day(letter)) == (["Ann Bee"], ("mail:date", "2020-05-05T18:20:12+01:00"))
    quoted = page(LETTER.format("Your account"))
    assert (authors(quoted), day(quoted)) == ([], None)


def title(source, url=URL):
    claim = read_page(source.encode(), {}, url).best("title")
    return claim.how, claim.value


def test_a_heading_that_the_head_does_not_know_comes_last():
    assert title("<title>Why bridges hum</title><h1>Original text</h1>") == ("title", "Why bridges hum")


def test_a_title_of_the_site_comes_last():
    head = '<meta property="og:title" content="Spans"><meta property="og:site_name" content="Spans">'
    assert title(f"{head}<h1>Why bridges hum</h1>")[1] == "Why bridges hum"


def test_a_listing_of_files_has_no_date():
    listing = (
        "<title>Index of /pub</title><h1>Index of /pub</h1><pre><a href='x.pdf'>x.pdf</a> 2020-05-05 10:00 1.1M</pre>"
    )
    assert day(read_page(listing.encode(), {}, URL)) is None


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ('<span class="label">News</span><i class="label-append">&nbsp;</i>Why bridges hum', "Why bridges hum"),
        ('<time datetime="2020-05-05">May 5</time> Why bridges hum', "Why bridges hum"),
        ('Why bridges hum<h3 class="date-info">Posted on May 5, 2020</h3>', "Why bridges hum"),
        ("Thread: Why bridges hum", "Why bridges hum"),
        ('<span class="sr-only">Why bridges hum</span>', "Why bridges hum"),
        ("Why <em>bridges</em>, too, h<b>um</b>", "Why bridges, too, hum"),
        ("<span>Why bridges hum</span><span>A survey</span>", "Why bridges hum A survey"),
        ("Why bridges hum<br>A survey", "Why bridges hum A survey"),
    ],
)
def test_a_headline_says_its_own_words(heading, said):
    assert title(f"<title>Why bridges hum</title><h1>{heading}</h1>")[1] == said


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<title>Why bridges hum - Spans</title><a href='/'>Spans</a>", "Why bridges hum"),
        ("<title>Why bridges hum - Spans</title><a href='https://b.example/'>Spans</a>", "Why bridges hum - Spans"),
        ("<title>Spans: Why bridges hum</title><h1><a href='https://a.example/log/'>Spans</a></h1>", "Why bridges hum"),
        ("<title>Why bridges hum [Spans]</title><h1 class='logo'>Spans</h1>", "Why bridges hum"),
        ("<title>Spans • View topic - Why bridges hum</title>", "Why bridges hum"),
        ("<title>Why bridges hum - Ann Bee</title><meta name='author' content='Ann Bee'>", "Why bridges hum"),
        ("<title>Why bridges hum / Talk / All about spans</title><h3>Why bridges hum</h3>", "Why bridges hum"),
    ],
    ids=["link home", "link away", "folder above", "brackets", "phpbb", "author", "path"],
)
def test_a_title_is_freed_from_what_the_page_shows_to_be_added(source, said):
    assert title(source, "https://a.example/log/2020/bridges")[1] == said


def test_a_brand_in_the_host_is_no_part_of_a_title():
    assert title("<title>Why bridges hum | Koia</title>", "https://drinkkoia.example/x")[1] == "Why bridges hum"
    assert title("<title>Why bridges hum | Java</title>", "https://drinkkoia.example/x")[1] == "Why bridges hum | Java"


def test_the_first_post_of_a_thread_counts_as_one():
    post = '<div class="{}"><h2>{}</h2><div class="postleft"><b>{}</b></div><h3>Why bridges hum</h3><p>Wind.</p></div>'
    thread = post.format("blockpost firstpost", "2020-05-05 10:00:00", "annbee7")
    source = f"<title>Why bridges hum / Talk / Spans</title><h1><a href='/'>Spans</a></h1>{thread}"
    found = read_page((source + post.format("blockpost", "2020-05-06 10:00:00", "carl7")).encode(), {}, URL)
    assert (authors(found), day(found)) == (["annbee7"], ("text:date", "2020-05-05"))


def test_a_section_is_no_title():
    assert title("<title>Of wind, rain and bridges: all about why they hum</title><h1>Bridges</h1>")[0] == "title"


def test_a_title_keeps_its_subtitle():
    head = '<meta property="og:title" content="Why bridges hum: a survey">'
    assert title(f"{head}<h1>Why bridges hum</h1>") == ("og:title", "Why bridges hum: a survey")


def test_a_first_heading_with_the_words_of_the_address_goes_before_a_lesser_one():
    source = "<title>Do bridges hum?</title><h1>How old bridges hum in the wind</h1><h2>Do bridges hum?</h2>"
    assert title(source, "https://a.example/old-bridges-hum-wind")[1] == "How old bridges hum in the wind"


def test_a_head_sent_late_is_read():
    late = '<div hidden></div><title>Why bridges hum</title><meta name="citation_author" content="Ann Bee">'
    found = read_page(f"<head><meta charset=utf-8></head><body><svg><title>x</title></svg>{late}".encode(), {}, URL)
    assert found.best("title").value == "Why bridges hum"
    assert authors(found) == ["Ann Bee"]


def test_the_generator_is_told():
    assert page("", '<meta name="generator" content="Ghost 5.1">').generator == "Ghost 5.1"
