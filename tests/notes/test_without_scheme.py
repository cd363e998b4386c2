"""Addresses that people write without `https://`: those of papers, and those that begin with `www.`."""

from __future__ import annotations

import pytest

from litdb.notes.front_matter import read_front_matter
from litdb.notes.html import read_html
from litdb.notes.markdown import read_markdown
from litdb.notes.text import read_text
from litdb.notes.urllist import read_urls

PAPER = "https://arxiv.org/abs/1706.03762"


def urls(text):
    return [each.url for each in read_markdown("a.md", text).mentions]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("See arxiv.org/abs/1706.03762 for it.", PAPER),
        ("See arXiv.org/pdf/1706.03762v5.pdf, p. 3.", PAPER + "v5"),
        ("(arxiv.org/html/1706.03762)", PAPER),
        ("See arxiv.org/abs/hep-th/9901001.", "https://arxiv.org/abs/hep-th/9901001"),
        ("See doi.org/10.1038/nature14539.", "https://doi.org/10.1038/nature14539"),
        ("See dx.doi.org/10.1038/nature14539.", "https://doi.org/10.1038/nature14539"),
        ("[paper](arxiv.org/abs/1706.03762)", PAPER),
        ("[paper](www.example.org/x)", "http://www.example.org/x"),
        ("[paper](doi.org/10.1038/nature14539)", "https://doi.org/10.1038/nature14539"),
        ("[paper][1]\n\n[1]: www.example.org/x", "http://www.example.org/x"),
        ("[a](https://a.example/x) and arxiv.org/abs/1706.03762", PAPER),
        ("[paper](//arxiv.org/abs/1706.03762)", PAPER),
        ("[paper][1]\n\n[1]: //arxiv.org/abs/1706.03762", PAPER),
        ('the <a href="//arxiv.org/abs/1706.03762">paper</a>', PAPER),
        ("see ArXiv 1706.03762.", PAPER),
        ("see Arxiv 1706.03762v5,", PAPER + "v5"),
        ("[arXiv 1706.03762]", PAPER),
        ("in arXiv (1706.03762)", PAPER),
        ("in arXiv (1706.03762, 2017)", PAPER),
        ("arXiv preprint 1706.03762", PAPER),
        ("arXiv preprint arXiv:1706.03762, 2017", PAPER),
        ("Arxiv:1706.03762", PAPER),
    ],
)
def test_address_of_a_paper_needs_no_scheme(text, url):
    assert urls(text)[-1:] == [url]


def test_target_is_what_stands_there():
    (mention,) = read_markdown("a.md", "See arxiv.org/pdf/1706.03762v5.pdf, p. 3.").mentions
    assert (mention.target, mention.column, mention.end_column) == ("arxiv.org/pdf/1706.03762v5.pdf", 5, 35)


@pytest.mark.parametrize(
    "text",
    [
        "README.md, e.g.this, node.js/x and foo.py/bar",
        "anna@arxiv.org/abs/1706.03762",
        "mirror.arxiv.org/abs/1706.03762 and notarxiv.org/abs/1706.03762 and my-arxiv.org/abs/1706.03762",
        "arxiv.org/abs/99999.99 and arxiv.org/list/cs.LG",
        "doi.org and doi.org/about",
        "`arxiv.org/abs/1706.03762`",
        "[a](notes/arxiv.org/abs/1706.03762)",
        "[a](//notes/a.md)",
        "arXiv 2020 and arXiv 2020.12 and arXiv 2020.12345 and arXiv 1706.037621 and arXiv 1706.03762.5",
        "bioarxiv 1706.03762",
        "`arXiv 1706.03762`",
    ],
)
def test_what_only_looks_like_it_is_no_citation(text):
    assert urls(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/?u=arxiv.org/abs/1706.03762",
        "[arXiv 1706.03762](https://arxiv.org/abs/1706.03762)",
        "[arxiv.org/abs/1706.03762](https://arxiv.org/abs/1706.03762)",
    ],
)
def test_it_is_part_of_the_address_or_link_it_stands_in(text):
    assert len(urls(text)) == 1


def test_other_kinds_of_notes_know_it_too():
    assert [each.url for each in read_text("a.tex", "See arxiv.org/abs/1706.03762.").mentions] == [PAPER]
    assert [each.url for each in read_text("a.tex", "See arXiv 1706.03762.").mentions] == [PAPER]
    assert [each.url for each in read_html("a.html", "<a href='//arxiv.org/abs/1706.03762'>").mentions] == [PAPER]
    assert [each.url for each in read_urls("-", "arxiv.org/abs/1706.03762\n").mentions] == [PAPER]
    assert [each.url for each in read_front_matter("---\nsource: arxiv.org/abs/1706.03762\n---\n").found] == [PAPER]
