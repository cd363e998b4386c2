"""Which identifiers name one work."""

from hypothesis import given
from hypothesis import strategies as st

from litdb.identity import components
from litdb.model import Identifier

PAPER, OTHER_PAPER = Identifier("arxiv", "2209.00626"), Identifier("arxiv", "1901.03559")
JOURNAL = Identifier("doi", "10.1000/x")
POST, COMMENT = Identifier("forum", "KbyRPCAsWv5GtfrbG"), Identifier("forum-comment", "3F8x4m2gbTHJ4evL7")
PAGE, MOVED = Identifier("url", "https://old.example/x"), Identifier("url", "https://new.example/x")


def test_evidence_joins_over_several_steps_and_the_most_telling_comes_first():
    assert components([PAGE], [(PAGE, MOVED), (MOVED, PAPER)])[PAGE] == (PAPER, MOVED, PAGE)


def test_two_works_of_one_scheme_are_never_one():
    found = components([], [(PAGE, PAPER), (PAGE, OTHER_PAPER)])
    assert found[PAPER] != found[OTHER_PAPER]


def test_preprint_and_journal_version_stay_apart():
    assert components([], [(PAPER, JOURNAL)])[PAPER] == (PAPER,)


def test_a_post_and_its_comment_stay_apart_even_through_a_page():
    found = components([], [(PAGE, POST), (PAGE, COMMENT)])
    assert COMMENT not in found[POST]


@given(st.permutations([(PAGE, MOVED), (MOVED, PAPER), (PAGE, OTHER_PAPER), (POST, COMMENT)]), st.randoms())
def test_the_order_of_evidence_does_not_matter(evidence, random):
    turned = [pair if random.random() < 0.5 else pair[::-1] for pair in evidence]
    assert components([], turned) == components(
        [], [(PAGE, MOVED), (MOVED, PAPER), (PAGE, OTHER_PAPER), (POST, COMMENT)]
    )
