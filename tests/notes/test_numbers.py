"""Identifiers typed by hand in bibliographies: ISBN, PMID, DOI and arXiv as people and programs write them."""

from __future__ import annotations

import pytest

from litdb.notes.markdown import read_markdown
from litdb.notes.text import read_text

PAPER, DOI = "https://arxiv.org/abs/1706.03762", "https://doi.org/10.1038/nature14539"
BOOK, ARTICLE = "https://openlibrary.org/isbn/9780199678112", "https://pubmed.ncbi.nlm.nih.gov/26017442/"
COPY = "https://pmc.ncbi.nlm.nih.gov/articles/PMC8371605/"


def urls(text: str) -> list[str]:
    return [each.url for each in read_markdown("n.md", text).mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oxford University Press. ISBN 978-0-19-967811-2.", [BOOK]),
        ("ISBN-13: 978-0199678112", [BOOK]),
        ("ISBN-10: 0199678111, ISBN-13: 978-0199678112", [BOOK, BOOK]),
        ("ISBN: 978 0 19 967811 2, 352 pages", [BOOK]),
        ("（ISBN：9780199678112）", [BOOK]),
        ("ISBN 978-0-19-967811-3", ["isbn:978-0-19-967811-3"]),
        ("ISSN 1532-4435, ISBN pending, phone 0-123-45678-9", []),
        ("LeCun Y. Deep learning. Nature. 2015;521:436-44. PMID: 26017442.", [ARTICLE]),
        ("PubMed PMID:26017442; PMCID: PMC8371605", [ARTICLE, COPY]),
        ("10:15 PM ID 2601744", []),
        ("PMID: 26017442; doi:10.1038/nature14539, ISBN 9780199678112", [DOI]),
        ("PMID: 26017442\n\ndoi:10.1038/nature14539", [ARTICLE, DOI]),
        ("LeCun;doi:10.1038/nature14539;2015", [DOI]),
        ("doi = {10.1038/nature14539},", [DOI]),
        ('doi       = "10.1038/nature14539"', [DOI]),
        ("{{cite journal |doi=10.1038/nature14539 |arxiv=1706.03762 }}", [DOI, PAPER]),
        ("  eprint        = {1706.03762},\n  archivePrefix = {arXiv},", [PAPER]),
        ("eprint = {12345}, the eprint 1706.03762", []),
        ("arXiv：1706.03762、doi：10.1038/nature14539。", [PAPER, DOI]),
        ("参见arXiv:1706.03762第三节", [PAPER]),
        ("doi:10.1038/nature14539的作者", [DOI]),
    ],
)
def test_identifier_in_text_is_a_citation(text, expected):
    assert urls(text) == expected


@pytest.mark.parametrize("text", ["isbn 9780199678112", "isbn = {978-0-19-967811-2}", "Isbn:9780199678112"])
def test_other_text_may_write_it_small(text):
    assert [each.url for each in read_text("n.wiki", text).mentions] == [BOOK]
