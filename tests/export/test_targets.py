"""What the files for natbib and for the ACL say otherwise, because of what those styles print."""

from __future__ import annotations

import pytest

from litdb.export.bibtex import ACL, BIBTEX, NATBIB, write_bibtex
from litdb.export.entries import entry, url
from litdb.export.verify import verify_bib
from litdb.model import Identifier, Work

ARXIV, DOI = Identifier("arxiv", "2209.00626"), Identifier("doi", "10.1000/x")


def work(kind="post", *identifiers: Identifier, **fields) -> Work:
    fields = {"date": "2022", "title": "T", "container": "Venue", "url": "https://doi.org/10.1000/x", **fields}
    return Work(identifiers[0] if identifiers else DOI, identifiers, "key", kind, **fields)


@pytest.mark.parametrize("dialect", [NATBIB, ACL])
def test_the_undated_get_a_year_to_be_cited_by(dialect):
    assert "year          = {n.d.}," in entry(work(date=""), dialect)
    assert "year" not in entry(work(date=""), BIBTEX)


def test_natbib_prints_doi_and_url_so_one_of_them_goes():
    article = work("article-journal", DOI)
    assert url(article, NATBIB) == ""
    assert url(article, ACL) == url(article, BIBTEX) == "https://doi.org/10.1000/x"
    assert url(work("article-journal", DOI, url="https://elsewhere.example"), NATBIB) == "https://elsewhere.example"


def test_natbib_prints_no_doi_of_what_is_on_the_web_so_its_url_stays():
    assert url(work("dataset", DOI), NATBIB) == "https://doi.org/10.1000/x"


def test_natbib_prints_no_eprint_so_a_published_paper_has_it_in_the_note():
    article = work("article-journal", DOI, ARXIV)
    assert "note          = {arXiv:2209.00626}," in entry(article, NATBIB)
    assert "note" not in entry(article, BIBTEX)


def test_acl_prints_the_eprint_in_the_place_of_the_venue():
    preprint = work("preprint", ARXIV, container="arXiv")
    assert "howpublished" not in entry(preprint, ACL)
    assert "howpublished  = {arXiv}," in entry(preprint, NATBIB)


def test_arxivs_doi_is_not_printed_for_a_published_paper():
    assert "10.48550" in entry(work("preprint", ARXIV), BIBTEX)
    assert "10.48550" not in entry(work("paper-conference", ARXIV), BIBTEX)


@pytest.mark.parametrize("dialect", [BIBTEX, NATBIB, ACL])
def test_the_files_of_all_targets_are_proven_to_read_back(every_work, dialect):
    verify_bib("".join(write_bibtex(every_work, dialect)), every_work, dialect)
