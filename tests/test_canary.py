"""The canary: on the little web every source says what is known of it, and what is wrong is said by name."""

import json

import pytest
from click.testing import CliRunner

from litdb.canary import plain
from litdb.commands import main
from litdb.model import Claim
from litdb.sources import sources
from litdb.sources.known import KNOWN, Known
from litdb.sources.protocol import UrlsOnly

WITHOUT = {"deepmind", "eaforum", "medium", "substack-search"}
"""Sources that ask, but have no work known for good: feeds of the newest posts, the other forum, a search for slugs."""


@pytest.fixture
def check(monkeypatch):
    monkeypatch.setenv("LITDB_PACE", "0")
    return lambda *words: CliRunner().invoke(main, ["sources", "--check", *words])


def test_every_source_that_asks_has_a_work_that_is_known():
    telling = [source for source in sources() if source.kind != "references"]
    asking = {source.name for source in telling if type(source).plan is not UrlsOnly.plan}
    assert {known.source for known in KNOWN} == asking - WITHOUT


def test_on_a_web_that_works_all_is_as_known(check, little_web):
    result = check()
    assert result.output.splitlines() == [f"{known.source}: as known" for known in KNOWN]
    assert result.exit_code == 0


@pytest.fixture
def pinned(monkeypatch):
    """Pin other facts of the forum's work."""

    def pin(**facts):
        (known,) = (each for each in KNOWN if each.source == "forum")
        monkeypatch.setattr("litdb.sources.known.KNOWN", (Known("forum", known.url, facts),))

    return pin


def test_a_field_that_is_gone_is_named_with_its_place(check, little_web, pinned):
    pinned(date=("2019-12-06", "graphql:postedOn"), title=("", "graphql:title"))
    result = check()
    places = "graphql:createdAt, graphql:modifiedAt, graphql:postedAt"
    assert result.output == f"forum: `graphql:postedOn` is gone (date); there is {places}\n"
    assert result.exit_code == 1


def test_another_value_is_told_beside_the_known_one(check, little_web, pinned):
    pinned(date=("2019-12-05", "graphql:postedAt"))
    assert check().output == "forum: `graphql:postedAt` says “2019-12-06” instead of “2019-12-05” (date)\n"


def test_a_source_that_refuses_says_how(check, little_web):
    little_web.fault("export.arxiv.org", "rate-limit-hour")
    result = check("arxiv", "datacite")
    assert result.output.splitlines()[0].startswith("arxiv: rate-limited: ")
    assert result.output.splitlines()[1] == "datacite: as known"


def test_cases_are_written_without_headers_and_contact(check, little_web, tmp_path):
    check("openai", "--cases", str(tmp_path), "--contact", "ada@example.org")
    case = json.loads((tmp_path / "openai" / "case.json").read_text())
    assert (case["complaints"], case["asked"][0]["status"]) == ([], 200)
    written = "".join(path.read_text() for path in (tmp_path / "openai").iterdir())
    assert "rss" in written
    assert "ada@example.org" not in written


def test_an_unknown_source_is_an_error_in_words(check):
    result = check("nobody")
    assert (result.exit_code, result.stderr.strip()) == (
        2,
        "Error: There is no source “nobody”. “litdb sources” lists them.",
    )


def test_values_are_compared_as_people_read_them():
    assert plain(Claim("title", "A", "h1")) == "A"
