"""The forums of the little web answer and refuse as the real ones do."""

from __future__ import annotations

import pytest

LESSWRONG = "https://www.lesswrong.com/graphql"

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


def graphql(ask, query, url=LESSWRONG, **variables):
    return ask(url, "POST", json={"query": query, "variables": variables})


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
