"""Meta tags by all the names that they go by: whatever a program calls its authors and its day, they are read."""

from __future__ import annotations

import pytest

from litdb.model import Name
from litdb.pages.page import read_page


def read(*tags):
    """Authors and day of a page with these meta tags and no other word of them."""
    metas = "".join(f"<meta name='{name}' content='{content}'>" for name, content in tags)
    found = read_page(f"<head><title>Why bridges hum</title>{metas}".encode(), {}, "https://a.example/bridges")
    authors, day = found.best("authors"), found.best("date")
    return [Name.from_json(name).display for name in authors.value] if authors else [], day and day.value


@pytest.mark.parametrize(
    "name",
    "author Author byl dc.creator DC.Creator dcterms.creator article:author og:article:author citation_author "
    "bepress_citation_author eprints.creators_name parsely-author sailthru.author cXenseParse:author vr:author "
    "shareaholic:article_author_name article_author authors creator writer og:author book:author rbauthors".split(),
)
def test_the_author_by_any_name(name):
    assert read((name, "Ann Bee")) == (["Ann Bee"], None)


@pytest.mark.parametrize(
    "name",
    "date pubdate pdate publish-date published-date publication_date OriginalPublicationDate article:published_time "
    "article.published article:date og:pubdate DC.date.issued dcterms.date prism.publicationDate parsely-pub-date "
    "sailthru.date bt:pubDate vr:published eprints.date bepress_citation_date citation_online_date release_date "
    "video:release_date book:release_date analyticsAttributes.articleDate shareaholic:article_published_time "
    "cXenseParse:recs:publishtime".split(),
)
def test_the_day_of_publication_by_any_name(name):
    assert read((name, "2020-05-05")) == ([], "2020-05-05")


@pytest.mark.parametrize("name", "last-modified revised article:modified_time event-date expiry-date copyright".split())
def test_other_days_are_not_that_of_publication(name):
    assert read((name, "2020-05-05")) == ([], None)


def test_the_first_form_of_parsely_is_one_object():
    tag = '{"title": "Why bridges hum", "author": "Ann Bee", "pub_date": "2020-05-05T10:00:00Z"}'
    assert read(("parsely-page", tag)) == (["Ann Bee"], "2020-05-05T10:00:00Z")


def test_the_owner_of_an_address_in_brackets_is_the_author():
    assert read(("author", "ann@a.example (Ann Bee)")) == (["Ann Bee"], None)


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ("<meta http-equiv='content-language' content='de'>", "de"),
        ("<meta name='dcterms.language' content='de-AT'>", "de-AT"),
        ("<meta name='language' content='German'><meta property='og:locale' content='de_DE'>", "de-DE"),
        ("<meta name='language' content='German'>", ""),
    ],
)
def test_the_language_is_a_tag_of_bcp_47(head, language):
    assert (
        read_page(f"<head>{head}<title>Why bridges hum</title>".encode(), {}, "https://a.example/b").language
        == language
    )


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("<meta name='dcterms.identifier' content='https://doi.org/10.5555/1'>", ["doi:10.5555/1"]),
        ("<meta name='bepress_citation_doi' content='10.5555/1'>", ["doi:10.5555/1"]),
        (
            '<script type="application/ld+json">{"@type": "Article", "sameAs": "https://doi.org/10.5555/1"}</script>',
            ["doi:10.5555/1"],
        ),
        (
            '<script type="application/ld+json">{"@type": "Article", "identifier": {"value": "10.5555/1"}}</script>',
            ["doi:10.5555/1"],
        ),
        (
            '<script type="application/ld+json">{"@type": "Article", "citation": "https://doi.org/10.5555/1"}</script>',
            [],
        ),
        ('<script type="application/ld+json">{"@type": "WebPage", "sameAs": "https://doi.org/10.5555/1"}</script>', []),
        (
            "<meta name='dc.relation' content='10.5555/1'><meta name='citation_reference' content='citation_doi=10.5555/1'>",
            [],
        ),
    ],
)
def test_identifiers_are_those_of_the_page_itself(head, names):
    found = read_page(f"<head>{head}<title>Why bridges hum</title>".encode(), {}, "https://a.example/b")
    assert [str(each) for each in found.identifiers] == names
