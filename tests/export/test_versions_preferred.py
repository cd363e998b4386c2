"""Which of several versions of a work a list of references gets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from litdb.export.versions import preferred
from litdb.model import Identifier, Name, Related, Work

ARXIV, DOI = Identifier("arxiv", "2209.00626"), Identifier("doi", "10.1000/x")
TO_PAPER, TO_PREPRINT = Related("version-of", "T", "paper"), Related("version-of", "T", "preprint")
KNOWN = {"title": "T", "authors": (Name("Ngo", "R."),)}
PREPRINT = Work(
    ARXIV, (ARXIV,), "ngo2022", "preprint", "preprint", date="2022", archive_class="cs.AI", related=(TO_PAPER,), **KNOWN
)
PAPER = Work(DOI, (DOI,), "ngo2024", "paper-conference", "paper", date="2024", related=(TO_PREPRINT,), **KNOWN)
OTHER = Work(Identifier("url", "o"), (), "aaa2020", "post", "other")


@pytest.mark.parametrize(("version", "kept"), [("published", PAPER), ("preprint", PREPRINT)])
def test_one_of_two_cited_versions_stays_with_its_own_key(version, kept):
    other, chosen = preferred([PREPRINT, PAPER, OTHER], version)
    assert other == OTHER
    assert (chosen.url, chosen.key, chosen.date) == (kept.url, kept.key, kept.date)


def test_the_published_paper_keeps_the_eprint_and_the_key_of_the_preprint():
    (chosen,) = preferred([PREPRINT, PAPER], "published")
    assert chosen.identifiers == (DOI, ARXIV)
    assert chosen.archive_class == "cs.AI"
    assert chosen.former_keys == ("ngo2022",)
    assert chosen.related == ()


def test_the_preprint_takes_the_doi_of_the_paper():
    (chosen,) = preferred([PREPRINT, PAPER], "preprint")
    assert chosen.identifiers == (ARXIV, DOI)


def test_an_uncited_version_stands_for_the_cited_one_under_its_key():
    (chosen,) = preferred([PREPRINT, replace(PAPER, key="", cited=False)], "published")
    assert (chosen.url, chosen.key, chosen.former_keys, chosen.cited) == ("paper", "ngo2022", (), True)


@pytest.mark.parametrize("unknown", ["title", "date"])
def test_a_version_of_which_too_little_is_known_stands_for_none(unknown):
    paper = replace(PAPER, key="", cited=False, **{unknown: ""})
    assert [work.url for work in preferred([PREPRINT, paper], "published")] == ["preprint"]


def test_uncited_works_without_a_cited_version_stay_out():
    assert preferred([replace(PREPRINT, cited=False), replace(OTHER, cited=False)], "published") == []


def test_one_side_may_know_of_the_other():
    assert len(preferred([replace(PREPRINT, related=()), PAPER], "published")) == 1


def test_works_with_one_address_both_stay():
    twin = replace(OTHER, key="bbb2020")
    assert preferred([OTHER, twin], "published") == [OTHER, twin]


def test_other_relations_tie_no_versions():
    comment = replace(OTHER, related=(Related("comment-on", "T", "paper"),))
    assert len(preferred([comment, PAPER], "published")) == 2
