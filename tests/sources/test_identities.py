"""Which work a URL means: a table, groups that must be one, pairs that must not, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from identity_tables import ADDRESSES, GROUPS, NO_WORKS, PAIRS, TABLE
from litdb.errors import InvalidUrl
from litdb.model import Identity
from litdb.sources import identify, sources
from litdb.text.urls import read_url


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["url"])
def test_url_means_this_work(row):
    found = identify(row["url"])
    assert (found.identifier.scheme, found.identifier.value) == (row["scheme"], row["value"])
    assert (found.url, found.locator) == (row["canonical"], row["locator"])


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group[0])
def test_all_of_a_group_are_one_work(group):
    assert len({identify(text).identifier for text in group}) == 1


@pytest.mark.parametrize("pair", PAIRS, ids=" | ".join)
def test_pair_is_two_works(pair):
    one, other = pair
    assert identify(one).identifier != identify(other).identifier


@pytest.mark.parametrize("url", NO_WORKS)
def test_page_of_a_known_site_is_no_work_of_its_scheme(url):
    assert identify(url).identifier.scheme == "url"


@pytest.mark.parametrize("group", GROUPS[:1] + GROUPS[2:3], ids=["arxiv", "forum"])
def test_capture_of_any_form_is_the_same_work(group):
    captured = [f"https://web.archive.org/web/2023/{text}" for text in group if "://" in text]
    assert {identify(text).identifier for text in captured} == {identify(group[0]).identifier}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "www.example.org/x",
        "ftp://example.org/",
        "mailto:a@example.org",
        "https://",
        "doi:10.1",
    ],
)
def test_text_that_is_no_url_is_refused_in_a_sentence(text):
    with pytest.raises(InvalidUrl, match=r"\w+ .*\.$"):
        identify(text)


@pytest.mark.parametrize(
    "text", ["isbn:9780131103628", "isbn:978", "ISBN 0131103629", "9780131103628", "arXiv:2213.00626"]
)
def test_identifier_that_cannot_be_is_refused(text):
    with pytest.raises(InvalidUrl, match="not a valid one"):
        identify(text)


def facts(identity: Identity):
    return {(claim.field, claim.how): claim for claim in identity.claims}


def test_tweet_tells_its_author_and_its_second():
    found = facts(identify("https://twitter.com/ProfNoahGian/status/1710633967911583994"))
    date = found["date", "url:snowflake"]
    assert (date.value, date.kind, date.precision) == ("2023-10-07T12:31:34Z", "posted", "second")
    assert found["authors", "url:handle"].value == [{"literal": "@ProfNoahGian"}]
    assert found["type", "url"].value == "tweet"
    assert found["container", "url"].value == "Twitter"


@pytest.mark.parametrize(
    ("url", "absent"),
    [
        ("https://twitter.com/jack/status/20", ("date", "url:snowflake")),
        ("https://x.com/i/web/status/1598890043975774208", ("authors", "url:handle")),
    ],
)
def test_what_a_tweets_url_does_not_say_is_not_claimed(url, absent):
    assert absent not in facts(identify(url))


def test_substack_comment_is_tied_to_its_post():
    found = identify("https://aligned.substack.com/p/what-is-alignment/comment/5871237")
    (relation,) = found.relations
    assert (relation.kind, str(relation.object)) == ("comment-on", "substack:aligned/what-is-alignment")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://aligned.substack.com/", "website"),
        ("https://youtu.be/zkbPdEHEyEI", "motion_picture"),
        ("https://github.com/openai/gym", "software"),
        ("https://en.wikipedia.org/wiki/Computer", "entry-encyclopedia"),
        ("isbn:9780131103627", "book"),
        ("https://jmlr.org/papers/v3/blei03a.html", "article-journal"),
        ("https://proceedings.mlr.press/v97/guez19a.html", "paper-conference"),
    ],
)
def test_address_tells_the_type(url, kind):
    assert facts(identify(url))["type", "url"].value == kind


def mangled(text: str, start: int, end: int, put: str) -> str:
    return text[: start % (len(text) + 1)] + put + text[end % (len(text) + 1) :]


INNARDS = st.text(alphabet="aZ09/?#&=%.:-_~ +@!\\\x00éß\u200b２٣v10dcpt", max_size=12)
MANGLED = st.builds(mangled, st.sampled_from(ADDRESSES), st.integers(0, 200), st.integers(0, 200), INNARDS)
TAILED = st.builds("{}{}".format, st.sampled_from(ADDRESSES), INNARDS)
DOIS = st.builds("https://doi.org/10.1000/{}".format, st.text(min_size=1))


@given(st.one_of(st.text(), MANGLED, TAILED, DOIS))
def test_any_text_means_a_work_for_good_or_is_no_url(text):
    try:
        found = identify(text)
    except InvalidUrl:
        return
    again = identify(found.url)
    assert (again.identifier, again.url) == (found.identifier, found.url)


@given(st.one_of(MANGLED, TAILED))
def test_canonical_url_is_clean(text):
    try:
        found = identify(text)
    except InvalidUrl:
        return
    if found.identifier.scheme != "url":
        assert found.url.startswith("https://")
        assert "#" not in found.url
        assert "utm_" not in found.url


@given(st.sampled_from([row["url"] for row in TABLE if "://" in row["url"] and "#" not in row["url"]]))
def test_tracking_and_case_of_the_host_change_nothing(text):
    tracked = f"{text}{'&' if '?' in text else '?'}utm_source=newsletter&utm_medium=email"
    scheme, _, rest = tracked.partition("://")
    host, slash, path = rest.partition("/")
    assert identify(f"{scheme}://{host.upper()}{slash}{path}").identifier == identify(text).identifier


@given(MANGLED)
def test_no_two_sources_claim_a_url(text):
    try:
        url = read_url(text)
    except InvalidUrl:
        return
    assert len([source.name for source in sources()[:-1] if source.identify(url)]) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "https://dl.acm.org/doi/10.1145/x" + "/full" * 50_000 + "%0A",
        "https://www.nature.com/articles/" + "a." * 50_000 + "%0A",
        "https://12ft.io/" + "a." * 50_000 + "!",
        "https://medium.com/x/" + "-deadbeef" * 50_000 + "z",
        "https://papers.nips.cc/paper/1" + "-supplemental" * 50_000 + "!",
        "https://en.wikipedia.org/wiki/" + "_%20" * 50_000 + "%7C",
        "https://drops.dagstuhl.de/storage/" + "a.b/" * 50_000 + "!",
        "https://academic.oup.com" + "/doi/10.1093/a" * 10_000,
        "https://doi.org/10.1000/" + "(" * 50_000 + ")" * 50_001,
    ],
    ids=lambda text: text[:24],
)
def test_a_hostile_length_is_read_to_its_end(text):
    """Nothing is timed: what took the square of its length would hang here."""
    assert identify(text).identifier


@pytest.mark.parametrize(
    ("doi", "name"),
    [
        ("10.18653/v1/P19-1001", "acl:P19-1001"),
        ("10.3115/v1/D14-1162", "acl:D14-1162"),
        ("10.18653/V1/2020.ACL-MAIN.1", "acl:2020.acl-main.1"),
        ("10.5281/zenodo.3332808", identify("https://zenodo.org/record/3332808").identifier),
        ("10.5555/2969033.2969125", identify("https://dl.acm.org/citation.cfm?id=2969033.2969125").identifier),
        ("10.2307/2346178", identify("https://www.jstor.org/stable/pdf/2346178.pdf").identifier),
        ("10.1609/aaai.v32i1.11694", identify("https://ojs.aaai.org//index.php/AAAI/article/view/11694").identifier),
        ("10.17605/OSF.IO/EZCUJ", identify("https://osf.io/ezcuj/").identifier),
        ("10.21203/rs.3.rs-125013/v1", identify("https://www.researchsquare.com/article/rs-125013/v1.pdf").identifier),
        (
            "10.1016/S0140-6736(97)11096-0",
            identify("https://www.thelancet.com/pdfs/journals/lancet/PIIS0140-6736(97)11096-0.pdf").identifier,
        ),
    ],
)
def test_a_doi_that_holds_another_name_of_the_work_tells_it(doi, name):
    assert [str(each) for each in identify(f"https://doi.org/{doi}").same] == [str(name)]


@pytest.mark.parametrize(
    "doi", ["10.3115/1073083.1073135", "10.18653/v1/P19-1", "10.1609/aaai.v33i01.33014780", "10.1038/nature14539"]
)
def test_a_doi_without_another_name_in_it_tells_none(doi):
    assert identify(f"doi:{doi}").same == ()
