"""The little web is believable: real TLS through the standard variables, answers and refusals as the sites give them."""

from __future__ import annotations

import json
import time
from datetime import datetime, timezone
from importlib.resources import as_file

import arxiv
import pytest
import requests

from litdb.demo.faults import FAULTS, LINE_FAULTS
from litdb.demo.library import demo_notes, demo_web
from litdb.demo.server import LittleWeb
from litdb.demo.wire import at, page
from litdb.files.settings import read_settings
from web.facts import INVENTED, PAPERS, seed_web

LESSWRONG = "https://www.lesswrong.com/graphql"
TAKES = "https://www.cold-takes.com/ai-could-defeat-all-of-us-combined/"


@pytest.fixture
def ask(little_web):
    """One session that asks the little web and follows nothing."""
    with requests.Session() as session:
        session.max_redirects = 10
        yield lambda url, method="GET", **more: session.request(
            method, url, **{"timeout": 5, "allow_redirects": False, **more}
        )


def graphql(ask, query, url=LESSWRONG, **variables):
    return ask(url, "POST", json={"query": query, "variables": variables})


# The line


def test_a_host_is_itself_over_tls(ask, little_web):
    answer = ask(TAKES)
    assert answer.status_code == 200
    assert answer.url == TAKES
    assert [call.path for call in little_web.asked("www.cold-takes.com")] == ["/ai-could-defeat-all-of-us-combined/"]


def test_plain_http_goes_through_the_same_proxy(ask, little_web):
    assert ask("http://www.cold-takes.com/").status_code == 200
    assert little_web.log[-1].scheme == "http"


def test_one_line_serves_many_requests(ask, little_web, monkeypatch):
    minted = []
    monkeypatch.setattr(little_web, "line", lambda host, line=little_web.line: minted.append(host) or line(host))
    for _ in range(5):
        ask(TAKES)
    assert minted == ["www.cold-takes.com"]
    assert len(little_web.log) == 5


def test_an_unknown_host_is_not_reached_and_is_logged(ask, little_web):
    with pytest.raises(requests.exceptions.ProxyError, match="502"):
        ask("https://somewhere-else.example/")
    assert [(call.method, call.host) for call in little_web.log] == [("CONNECT", "somewhere-else.example")]
    assert little_web.asked() == []


def test_nobody_else_trusts_the_certificates(ask):
    import certifi

    with pytest.raises(requests.exceptions.SSLError, match="CERTIFICATE_VERIFY_FAILED"):
        ask(TAKES, verify=certifi.where())


def test_the_log_keeps_headers_and_body(ask, little_web):
    ask(LESSWRONG, "POST", data=b'{"query": "{__typename}"}', headers={"X-Word": "yes"})
    (call,) = little_web.asked("www.lesswrong.com")
    assert (call.method, call.headers["x-word"], json.loads(call.body)) == ("POST", "yes", {"query": "{__typename}"})
    assert call.at <= time.monotonic()


def test_the_lower_case_variables_that_would_win_lead_here_too(little_web):
    environment = little_web.environment()
    assert environment["https_proxy"] == environment["HTTPS_PROXY"]
    assert environment["LITDB_PACE"] == "0"


def test_two_webs_at_once_do_not_clash():
    def fetch(web, host):
        environment = web.environment()
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(
                f"https://{host}/",
                proxies={"https": environment["HTTPS_PROXY"]},
                verify=environment["SSL_CERT_FILE"],
                timeout=2,
            )
        return answer.text

    with LittleWeb({"a.example": (at({"/": page("one")}),)}) as one:
        with LittleWeb({"a.example": (at({"/": page("two")}),)}) as two:
            assert [fetch(one, "a.example"), fetch(two, "a.example"), fetch(one, "a.example")] == ["one", "two", "one"]
        assert (len(one.log), len(two.log)) == (2, 1)
        assert fetch(one, "a.example") == "one"


# Keeping what has not changed


def test_a_page_that_is_known_is_not_sent_again(ask):
    first = ask(TAKES)
    again = ask(TAKES, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert ask(TAKES, headers={"If-None-Match": '"another"'}).status_code == 200


def test_a_day_of_last_change_serves_as_well():
    day = "Wed, 01 Feb 2023 12:00:00 GMT"
    with LittleWeb({"a.example": (at({"/": page("one", last_modified=day)}),)}) as web, requests.Session() as session:
        session.trust_env = False
        session.proxies = {"https": web.environment()["HTTPS_PROXY"]}
        session.verify = web.environment()["SSL_CERT_FILE"]
        assert session.get("https://a.example/", headers={"If-Modified-Since": day}, timeout=2).status_code == 304


# Faults

STATUSES = {
    "rate-limit-hour": 429,
    "rate-limit-second": 429,
    "bad-request": 400,
    "forbidden": 403,
    "not-found": 404,
    "gone": 410,
    "rate-limit": 429,
    "rate-limit-unsaid": 429,
    "rate-exceeded": 200,
    "server-error": 500,
    "unavailable": 503,
    "cloudflare": 403,
    "cloudflare-200": 200,
    "vercel": 429,
    "openreview": 403,
    "paywall": 200,
    "soft-404": 200,
    "empty": 200,
    "empty-feed": 200,
    "home": 302,
    "login": 302,
    "loop": 302,
    "to-loopback": 302,
    "to-file": 302,
}
BROKEN = {
    "truncated": requests.exceptions.ChunkedEncodingError,
    "timeout": requests.exceptions.ReadTimeout,
    "drop": requests.exceptions.ConnectionError,
    "unreachable": requests.exceptions.ProxyError,
    "bad-certificate": requests.exceptions.SSLError,
}
WORDS = {
    "rate-exceeded": "Rate exceeded.",
    "cloudflare-200": "Just a moment...",
    "vercel": "Vercel Security Checkpoint",
    "soft-404": "Page not found",
    "openreview": "ChallengeRequiredError",
    "empty-feed": "<opensearch:totalResults>0<",
}
LOCATIONS = {
    "home": "https://www.cold-takes.com/",
    "login": "https://www.cold-takes.com/login?next=/ai-could-defeat-all-of-us-combined/",
    "loop": TAKES,
    "to-loopback": "http://127.0.0.1/secret",
    "to-file": "file:///etc/hostname",
}


@pytest.mark.parametrize("name", STATUSES)
def test_a_fault_gives_its_status(name, ask, little_web):
    little_web.fault("www.cold-takes.com", name)
    answer = ask(TAKES)
    assert answer.status_code == STATUSES[name]
    assert WORDS.get(name, "") in answer.text
    assert answer.headers.get("Location") == LOCATIONS.get(name)


@pytest.mark.parametrize("name", BROKEN)
def test_a_fault_breaks_the_line(name, ask, little_web):
    little_web.fault("www.cold-takes.com", name)
    with pytest.raises(BROKEN[name]):
        ask(TAKES, timeout=0.3)


@pytest.mark.parametrize("name", ["bomb", "endless"])
def test_a_fault_sends_more_than_anyone_wants(name, ask, little_web):
    little_web.fault("www.cold-takes.com", name)
    with ask(TAKES, stream=True) as answer:
        assert sum(len(answer.raw.read(1_000_000, decode_content=True)) for _ in range(3)) == 3_000_000


def test_a_fault_sends_a_byte_now_and_then(ask, little_web):
    little_web.fault("www.cold-takes.com", "drip")
    begun = time.monotonic()
    with ask(TAKES, stream=True) as answer:
        assert answer.raw.read(4) == b"<!DO"
    assert time.monotonic() - begun > 0.25


def test_every_fault_is_shown_above():
    assert set(FAULTS) == {*STATUSES, *BROKEN, "bomb", "endless", "drip"} - LINE_FAULTS


def test_a_fault_says_when_to_come_back(ask, little_web):
    little_web.fault("www.cold-takes.com", "rate-limit")
    assert ask(TAKES).headers["Retry-After"] == "120"


def test_a_fault_can_be_for_one_path_and_for_some_answers(ask, little_web):
    little_web.fault("www.cold-takes.com", "gone", path="/ai-could", times=2)
    assert [ask(TAKES).status_code for _ in range(3)] == [410, 410, 200]
    assert ask("https://www.cold-takes.com/").status_code == 200


def test_a_fault_is_mended(ask, little_web):
    little_web.fault("www.cold-takes.com", "gone")
    little_web.fault("aligned.substack.com", "gone")
    little_web.mend("www.cold-takes.com")
    assert ask(TAKES).status_code == 200
    assert ask("https://aligned.substack.com/").status_code == 410


def test_a_fault_that_does_not_exist_is_refused(little_web):
    with pytest.raises(KeyError, match="no fault; there are bad-certificate"):
        little_web.fault("arxiv.org", "tired")


def test_leaving_does_not_wait_for_those_who_hang():
    with seed_web() as web, requests.Session() as session:
        web.fault("arxiv.org", "timeout")
        session.trust_env = False
        with pytest.raises(requests.exceptions.ReadTimeout):
            session.get(
                "https://arxiv.org/",
                proxies={"https": web.environment()["HTTPS_PROXY"]},
                verify=web.environment()["SSL_CERT_FILE"],
                timeout=0.05,
            )
        begun = time.monotonic()
    assert time.monotonic() - begun < 1


# arXiv


def results(ids, size=None):
    client = arxiv.Client(page_size=size or len(ids), delay_seconds=0, num_retries=0)
    found = list(client.results(arxiv.Search(id_list=ids, max_results=size or len(ids))))
    client._session.close()
    return found


def test_the_arxiv_package_reads_every_paper(little_web):
    papers = {paper.id: paper for paper in PAPERS}
    found = {result.get_short_id().partition("v")[0]: result for result in results(list(papers))}
    assert set(found) == set(papers)
    for key, paper in papers.items():
        assert found[key].title == paper.title
        assert [author.name for author in found[key].authors] == list(paper.authors)
        assert found[key].published.isoformat() == paper.versions[1].replace("Z", "+00:00")
        assert (found[key].primary_category, found[key].categories) == (paper.categories[0], list(paper.categories))


def test_a_version_asked_for_is_the_version_given(little_web):
    (result,) = results(["1712.05812v5"])
    assert (result.entry_id, result.updated) == (
        "http://arxiv.org/abs/1712.05812v5",
        datetime(2018, 10, 29, 12, tzinfo=timezone.utc),
    )


def test_unknown_ids_are_silently_missing_and_the_order_is_another(little_web):
    found = [result.get_short_id() for result in results(["1712.05812", "2204.06974", "2203.00001"])]
    assert found == ["2204.06974v2", "1712.05812v6"]


def test_one_malformed_id_refuses_all(ask):
    answer = ask("https://export.arxiv.org/api/query?id_list=2209.00626,abc")
    assert answer.status_code == 400
    assert "incorrect_id_format_for_abc" in answer.text


@pytest.mark.parametrize(("asked", "given"), [("", 6), ("&max_results=2", 2), ("&start=5&max_results=9", 1)])
def test_what_exceeds_max_results_is_cut(asked, given, ask):
    ids = ",".join(paper.id for paper in PAPERS)
    answer = ask(f"https://export.arxiv.org/api/query?id_list={ids}{asked}")
    assert answer.text.count("<entry>") == given
    assert "<opensearch:totalResults>6<" in answer.text


def test_the_ids_may_be_posted(ask):
    answer = ask("https://export.arxiv.org/api/query", "POST", data={"id_list": "2209.00626", "max_results": "1"})
    assert "2209.00626v7" in answer.text


def test_the_abstract_page_has_both_dates(ask):
    html = ask("https://arxiv.org/abs/2106.01345v2").text
    assert '<meta name="citation_date" content="2021/06/02">' in html
    assert '<meta name="citation_online_date" content="2021/06/24">' in html
    assert '<meta name="citation_author" content="Chen, Lili">' in html


def test_a_version_that_never_was_is_not_found(ask):
    assert ask("https://arxiv.org/abs/2106.01345v3").status_code == 404
    assert ask("https://arxiv.org/pdf/2106.01345v2.pdf").content.startswith(b"%PDF-")


# The forums

BATCH = """
fragment U on User { _id slug displayName fullName deleted }
fragment P on Post { _id slug title postedAt modifiedAt createdAt pageUrl url linkUrl postCategory draft shortform af
  hideAuthor author user { ...U } coauthors { ...U } coauthorUserIds tags { _id name slug }
  fmCrosspost { isCrosspost hostedHere foreignPostId } podcastEpisode { title podcast { title } } pingbacks
  contents { version plaintextDescription } }
query Batch($p0: String, $c0: String!, $s0: String = "x") {
  p0: post(selector: {_id: $p0}, allowNull: true) { result { ...P } }
  c0: comment(selector: {_id: $c0}, allowNull: true) { result { _id postedAt user { ...U } post { ...P } } }
  s0: sequence(selector: {_id: $s0}, allowNull: true) {
    result { title createdAt user { ...U } chapters { number posts { ...P } } } } }
"""


def test_one_document_answers_a_batch(ask):
    answer = graphql(ask, BATCH, p0="ebYiodG3MAEqskCDG", c0="3F8x4m2gbTHJ4evL7", s0="r9tYkB2a8Fp4DN8yB")
    data = answer.json()["data"]
    post, comment, sequence = (data[alias]["result"] for alias in ("p0", "c0", "s0"))
    assert post["user"]["displayName"] == "Logan Riggs"
    assert [user["displayName"] for user in post["coauthors"]] == ["Jan", "janus", "jacquesthibs"]
    assert (comment["user"]["displayName"], comment["post"]["_id"]) == ("invented_commenter_2", "KbyRPCAsWv5GtfrbG")
    members = sequence["chapters"][0]["posts"]
    assert sequence["user"]["displayName"] == "evhub"
    assert members[0]["postedAt"] == "2019-05-31T23:44:53.000Z"
    assert len({user["displayName"] for member in members for user in (member["user"], *member["coauthors"])}) == 5


def test_created_and_modified_are_other_days_than_posted(ask):
    query = '{ post(selector: {_id: "27AWRKbKyXuzQoaSk"}) { result { postedAt createdAt modifiedAt } } }'
    dates = graphql(ask, query).json()["data"]["post"]["result"]
    assert dates["postedAt"] == "2022-08-25T22:51:33.478Z"
    assert len({value[:10] for value in dates.values()}) == 3


def test_the_alignment_forum_shows_other_names(ask):
    query = '{ post(selector: {_id: "ebYiodG3MAEqskCDG"}) { result { user { displayName } pageUrl } } }'
    result = graphql(ask, query, "https://www.alignmentforum.org/graphql").json()["data"]["post"]["result"]
    assert result["user"]["displayName"] == "Logan Riggs Smith"
    assert result["pageUrl"].startswith("https://www.alignmentforum.org/posts/")


def test_a_missing_document_is_an_error_of_its_alias_alone(ask):
    query = """{ gone: post(selector: {_id: "nobody"}) { result { _id } }
                 none: post(selector: {_id: "nobody"}, allowNull: true) { result { _id } }
                 there: post(selector: {_id: "27AWRKbKyXuzQoaSk"}) { result { __typename _id } } }"""
    answer = graphql(ask, query).json()
    assert answer["data"] == {
        "gone": None,
        "none": {"result": None},
        "there": {"result": {"__typename": "Post", "_id": "27AWRKbKyXuzQoaSk"}},
    }
    assert answer["errors"] == [{"message": "app.missing_document", "path": ["gone"]}]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ('{ post(selector: {_id: "x"}) { result { birthday } } }', 'Cannot query field "birthday" on type "Post".'),
        ('{ post(selector: {_id: "x"}) { result } }', 'Field "result" must have a selection of subfields.'),
        ('{ post(id: "x") { result { _id } } }', 'Unknown argument "id" on field "Query.post".'),
        ('{ post(selector: {_id: "x"}) { result { ...P } } }', 'Unknown fragment "P".'),
        ("{ post", "Syntax Error: Expected 'more', found '<EOF>'."),
        ("mutation { post { result { _id } } }", "Only queries are answered here."),
    ],
)
def test_a_document_that_does_not_fit_is_refused_as_a_whole(query, message, ask):
    answer = graphql(ask, query)
    assert (answer.status_code, answer.json()["errors"][0]["message"]) == (400, message)


@pytest.mark.parametrize("host", ["forum.effectivealtruism.org", "forum-bots.effectivealtruism.org"])
def test_the_ea_forum_takes_the_older_form_only(host, ask):
    older = "query($id: String) { post(input: {selector: {_id: $id}, allowNull: true}) { result { title } } }"
    newer = "query($id: String) { post(selector: {_id: $id}, allowNull: true) { result { title } } }"
    url = f"https://{host}/graphql"
    assert graphql(ask, older, url, id="InventedEaPost001").json() == {
        "data": {"post": {"result": {"title": "An invented post"}}}
    }
    assert graphql(ask, newer, url, id="InventedEaPost001").status_code == 400


def test_a_view_drops_the_shortform_that_its_id_finds(ask):
    ids = '["FuGfR3jL3sw6r8kB4", "27AWRKbKyXuzQoaSk"]'
    view = f"{{ posts(selector: {{default: {{exactPostIds: {ids}}}}}) {{ results {{ _id }} totalCount }} }}"
    single = '{ post(selector: {_id: "FuGfR3jL3sw6r8kB4"}) { result { shortform } } }'
    assert graphql(ask, view).json()["data"]["posts"] == {"results": [{"_id": "27AWRKbKyXuzQoaSk"}], "totalCount": 1}
    assert graphql(ask, single).json()["data"]["post"]["result"]["shortform"] is True


def test_a_slug_and_a_list_of_comments_are_found_by_view(ask):
    query = """{ posts(selector: {slugPost: {slug: "alignment-research-exercises"}}) { results { _id } }
                 comments(selector: {default: {commentIds: ["on7Y4d8pqrdrxLtec"]}}) { results { postId } } }"""
    data = graphql(ask, query).json()["data"]
    assert data["posts"]["results"] == [{"_id": "kj37Hzb2MsALwLqWt"}]
    assert data["comments"]["results"] == [{"postId": "FuGfR3jL3sw6r8kB4"}]


def test_operations_may_come_in_a_list(ask):
    one = {"query": '{ post(selector: {_id: "27AWRKbKyXuzQoaSk"}) { result { slug } } }'}
    assert len(ask(LESSWRONG, "POST", json=[one, one]).json()) == 2


def test_a_renamed_post_leads_from_its_old_address(ask):
    old = "https://www.lesswrong.com/posts/KbyRPCAsWv5GtfrbG/what-misalignment-looks-like-as-capabilities-scale"
    location = ask(old).headers["Location"]
    assert location.endswith("/KbyRPCAsWv5GtfrbG/the-alignment-problem-from-a-deep-learning-perspective")
    html = ask(location).text
    assert '"datePublished": "2022-08-10T22:46:46.752Z"' in html
    assert '<meta name="citation_publication_date" content="2009/09/09">' in html


def test_robots_slow_down_and_leave_comments_alone(ask):
    rules = ask("https://www.lesswrong.com/robots.txt").text.splitlines()
    assert {"Crawl-Delay: 3", "Disallow: /*?commentId=*"} <= set(rules)
    assert not any("graphql" in rule for rule in rules)


# Blogs, firms, media, registries, the archive

PAGES = {
    "https://aligned.substack.com/p/what-is-alignment": '"datePublished": "2022-03-29T23:30:00-07:00"',
    "https://aligned.substack.com/": "Musings on the Alignment Problem | Jan Leike | Substack",
    "https://bounded-regret.ghost.io/ml-systems-will-have-weird-failure-modes-2/": 'content="Ghost 5.87"',
    "https://www.engraved.blog/building-a-virtual-machine-inside": '"name": "Jonas Degrave"',
    "https://twitter.com/goodside/status/1598890043975774208": "JavaScript is not available.",
    "https://www.youtube.com/watch?v=zkbPdEHEyEI": 'itemprop="uploadDate" content="2021-10-10T12:00:00-07:00"',
    "https://jekyll.example/2021/03/an-invented-post/": '"@type": "BlogPosting"',
    "https://wordpress.example/2021/03/an-invented-post/": "https://wordpress.example/#/schema/person/1",
    "https://plain.example/2021/03/an-invented-post/": "By Ada Invented, <time datetime='2021-03-04'>",
}


@pytest.mark.parametrize("url", PAGES)
def test_a_page_has_the_shape_of_its_system(url, ask):
    assert PAGES[url] in ask(url).text


def test_substack_answers_for_a_post_and_for_its_archive(ask):
    post = ask("https://aligned.substack.com/api/v1/posts/what-is-alignment").json()
    assert (post["title"], post["post_date"]) == ("What is the alignment problem?", "2022-03-30T06:30:00.000Z")
    assert post["publishedBylines"][0]["name"] == "Jan Leike"
    archive = ask("https://aligned.substack.com/api/v1/archive?sort=new&offset=1&limit=12").json()
    assert [row["slug"] for row in archive] == ["what-is-alignment"]


def test_ghost_names_the_second_author_a_contributor_and_escapes_inside_json():
    html = demo_web().sites["tidepool.example"][0](_call("/slow-growth/")).body.decode()
    assert '"headline": "Slow growth &amp; other virtues"' in html
    assert '"contributor": [{"@type": "Person", "name": "Bram Oakes"}]' in html


def _call(path):
    from litdb.demo.wire import Call

    return Call("GET", "https", "x.example", path, "", {}, b"", 0.0)


def test_wordpress_finds_a_post_by_slug(ask):
    rows = ask("https://wordpress.example/wp-json/wp/v2/posts?slug=an-invented-post").json()
    assert [(row["title"]["rendered"], row["date"]) for row in rows] == [("An invented post", "2021-03-04T12:00:00")]


def test_openai_moves_refuses_and_feeds(ask):
    moved = ask("https://openai.com/blog/introducing-superalignment")
    assert moved.headers["Location"] == "https://openai.com/index/introducing-superalignment/"
    wall = ask(moved.headers["Location"])
    assert (wall.status_code, wall.headers["cf-mitigated"]) == (403, "challenge")
    assert "<pubDate>Thu, 05 Dec 2019 08:00:00 +0000</pubDate>" in ask("https://openai.com/news/rss.xml").text


def test_deepmind_moves_twice_and_loses_its_date(ask):
    answer = ask("https://www.deepmind.com/blog/learning-through-human-feedback", allow_redirects=True)
    assert [hop.status_code for hop in answer.history] == [301, 301]
    assert answer.url == "https://deepmind.google/blog/learning-through-human-feedback/"
    assert "Miljan Martic" in answer.text
    assert "2017" not in answer.text


def test_medium_challenges_and_the_archive_has_it(ask):
    url = "https://deepmindsafetyresearch.medium.com/scalable-agent-alignment-via-reward-modeling-bf4ab06dfd84"
    assert "cf-mitigated" in ask(url).headers
    index = "https://web.archive.org/cdx/search/cdx"
    rows = ask(
        index, params={"url": url, "output": "json", "fl": "timestamp,original", "filter": "statuscode:200"}
    ).json()
    assert rows == [["timestamp", "original"], ["20181121120000", url]]
    near = ask(f"https://web.archive.org/web/20190101id_/{url}")
    assert near.headers["Location"] == f"https://web.archive.org/web/20181121120000id_/{url}"
    kept = ask(near.headers["Location"])
    assert kept.headers["Memento-Datetime"] == "Wed, 21 Nov 2018 12:00:00 GMT"
    assert "By Jan Leike" in kept.text
    assert ask(index, params={"url": "https://never.example/", "output": "json"}).json() == []


def test_embeddings_are_given(ask):
    tweet = "https://publish.x.com/oembed?url=https%3A%2F%2Fx.com%2Fgoodside%2Fstatus%2F"
    assert ">December 3, 2022</a>" in ask(f"{tweet}1598890043975774208").json()["html"]
    assert ask(f"{tweet}1").status_code == 404
    video = ask("https://www.youtube.com/oembed?url=https%3A%2F%2Fyoutu.be%2FzkbPdEHEyEI&format=json").json()
    assert (video["title"], "date" in str(video)) == ("We Were Right! Real Inner Misalignment", False)


def test_datacite_answers_for_a_list_of_preprints(ask):
    ids = "10.48550/arxiv.2106.01345,10.48550/arXiv.1901.03559,10.48550/arxiv.2203.00001"
    rows = ask("https://api.datacite.org/dois", params={"ids": ids, "page[size]": "100"}).json()["data"]
    assert [row["id"] for row in rows] == ["10.48550/arxiv.2106.01345", "10.48550/arxiv.1901.03559"]
    attributes = rows[0]["attributes"]
    assert attributes["creators"][0]["familyName"] == "Chen"
    assert attributes["dates"][0] == {
        "date": "2021-06-02T12:00:00Z",
        "dateType": "Submitted",
        "dateInformation": "v1",
    }


def test_crossref_and_the_resolver_answer_for_the_demo(monkeypatch):
    with demo_web() as web, requests.Session() as session:
        for name, value in web.environment().items():
            monkeypatch.setenv(name, value)
        message = session.get("https://api.crossref.org/works/10.5555%2Fgarden.2021.7", timeout=2).json()["message"]
        landing = session.get("https://doi.org/10.5555/garden.2021.7", allow_redirects=False, timeout=2)
        accept = {"Accept": "application/vnd.citationstyles.csl+json"}
        csl = session.get("https://doi.org/10.48550/arXiv.2203.99001", headers=accept, timeout=2).json()
        assert session.get("https://api.crossref.org/works/10.5555/none", timeout=2).status_code == 404
    assert message["issued"] == {"date-parts": [[2021, 11]]}
    assert message["relation"]["has-preprint"][0]["id"] == "10.48550/arXiv.2106.99017"
    assert landing.headers["Location"] == "https://journal.example/garden/2021/7"
    assert csl["author"][1] == {"given": "Ole van der", "family": "Heide"}


# The facts and the demo


def test_every_seed_host_is_there():
    hosts = (
        "arxiv.org twitter.com www.engraved.blog openai.com aligned.substack.com www.deepmind.com www.lesswrong.com "
        "deepmindsafetyresearch.medium.com www.alignmentforum.org www.youtube.com bounded-regret.ghost.io "
        "www.cold-takes.com"
    )
    assert set(hosts.split()) <= set(seed_web().sites)
    assert "W26" in INVENTED


def test_the_demo_notes_come_with_the_package():
    names = sorted(entry.name for entry in demo_notes().iterdir())
    assert names == ["garden.md", "litdb.toml", "meeting.md", "reading.md"]
    assert "Everything cited here is invented" in (demo_notes() / "reading.md").read_text(encoding="utf-8")


def test_the_demo_settings_are_settings_of_litdb():
    with as_file(demo_notes()) as folder:
        assert read_settings([folder]).aliases["fernsby"].display == "Ada Fernsby"


def test_the_demo_says_different_things_of_one_day():
    html = demo_web().sites["plain.example"][0](_call("/hedge.html")).body.decode()
    assert "2020-04-02" in html
    assert "(04.02.2020)" in (demo_notes() / "reading.md").read_text(encoding="utf-8")
