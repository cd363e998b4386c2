"""What holds for every source: a walk over the registry."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from importlib.metadata import EntryPoint

import pytest

import litdb.sources as registry
from identity_tables import ADDRESSES, TABLE
from litdb.errors import InvalidUrl, LitdbError
from litdb.model import Identifier, Policy, Target
from litdb.sources import address_of, policy_for, source_named, sources
from litdb.sources.protocol import Source, UrlsOnly
from litdb.text.urls import read_url
from source_cases import cases_of

EVERY = pytest.mark.parametrize("source", sources(), ids=lambda source: source.name)


@EVERY
def test_source_says_in_a_sentence_what_it_is(source):
    assert (type(source).__doc__ or "").strip().partition("\n")[0].endswith(".")


def test_names_are_unique_and_the_page_reader_is_last():
    names = [source.name for source in sources()]
    assert max(Counter(names).values()) == 1
    assert names[-1] == "page"


@EVERY
def test_policies_name_hosts_a_lane_and_a_patient_interval(source):
    for policy in source.policies:
        assert policy.hosts
        assert policy.lane
        assert policy.interval >= 0.5
        assert policy.batch >= 1


def test_hosts_of_a_policy_belong_to_one_lane_only():
    lanes = {}
    for source in sources():
        for policy in source.policies:
            for host in policy.hosts:
                assert lanes.setdefault(host, policy.lane) == policy.lane


@EVERY
def test_source_knows_its_own_canonical_urls(source):
    own = [(row, url) for row in TABLE if (url := readable(row["url"])) and source.identify(url)]
    for row, url in own:
        found = source.identify(url)
        again = source.identify(read_url(found.url))
        assert again is not None, row["url"]
        assert (again.identifier, again.url) == (found.identifier, found.url)


def claimed_by(source):
    written = {*ADDRESSES, *(row["url"] for row in TABLE)}
    return [each for each in sorted(written) if (url := readable(each)) and source.identify(url)]


def is_asked(source):
    return any(source.rung(Identifier(row["scheme"], row["value"])) for row in TABLE)


def owns_pages(source):
    return type(source).owns is not Source.owns


@pytest.mark.parametrize("source", sources()[:-1], ids=lambda source: source.name)
def test_table_has_cases_of_a_source_that_claims_urls(source):
    claimed = claimed_by(source)
    if claimed or not (is_asked(source) or owns_pages(source)):
        assert len(claimed) >= 4


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.name)
def test_source_that_reads_answers_has_cases(source):
    if is_asked(source) or owns_pages(source):
        assert cases_of(source.name)


@EVERY
def test_source_that_is_asked_has_a_question_for_every_work(source):
    """A work without a request would wait at this rung for ever."""
    for row in TABLE:
        target = Target(Identifier(row["scheme"], row["value"]), (row["canonical"],))
        if source.rung(target.identifier) and target.urls[0].startswith("http"):
            asked = [each for request in source.plan([target]) for each in request.asked]
            assert asked == [target]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_url_is_claimed_by_two_sources(address):
    claiming = [source.name for source in sources()[:-1] if source.identify(read_url(address))]
    assert len(claiming) <= 1


@EVERY
def test_source_is_found_by_its_name(source):
    assert source_named(source.name) is source


def test_unknown_source_is_an_error_in_words():
    with pytest.raises(LitdbError, match="no source named 'gone'"):
        source_named("gone")


def test_policy_of_a_host_matches_names_and_suffixes(monkeypatch):
    class Blogs(UrlsOnly):
        policies = (Policy(("example.org", ".blogs.example"), "blogs", 3.0),)

    monkeypatch.setattr(registry, "sources", lambda: (Blogs(),))
    assert (
        policy_for(read_url("https://example.org/")).lane
        == policy_for(read_url("https://a.blogs.example/")).lane
        == "blogs"
    )
    assert policy_for(read_url("https://notexample.org/")) == Policy(("notexample.org",), "notexample.org", 2.0)


def test_plugin_comes_before_the_page_reader(monkeypatch):
    plugin = EntryPoint("extra", "litdb.sources.isbn:ISBN", registry.PLUGINS)
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [plugin] if group == registry.PLUGINS else [])
    assert [source.name for source in sources.__wrapped__()][-2:] == ["isbn", "page"]


def test_plugin_that_cannot_be_loaded_is_named(monkeypatch):
    plugin = EntryPoint("broken", "litdb_no_such_package:SOURCE", registry.PLUGINS)
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [plugin])
    with pytest.raises(LitdbError, match=r"plug-in 'broken' .* cannot be loaded"):
        sources.__wrapped__()


def test_registry_is_lazy():
    code = "import sys, litdb.sources; print([name for name in sys.modules if name in {'litdb.sources.page', 'bs4', 'arxiv'}])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"


def test_urls_only_source_asks_nobody():
    source = source_named("isbn")
    assert source.rung(Identifier("isbn", "9780131103627")) is None
    assert list(source.plan(())) == []


def readable(text):
    try:
        return read_url(address_of(text) or text)
    except InvalidUrl:
        return None
