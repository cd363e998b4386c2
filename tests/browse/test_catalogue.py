"""Narrowing and counting, held against doing it one by one; what is asked, from an address and back."""

from collections import Counter
from unittest.mock import patch
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.browse import catalogue
from litdb.browse.asked import Asked
from litdb.browse.catalogue import Facet, Selection

SIZE = 12
LABELS = st.dictionaries(st.text("abc", min_size=1, max_size=2), st.lists(st.integers(0, SIZE - 1)), max_size=6)
PLACES = st.sets(st.integers(0, SIZE - 1))
TEXT = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=8).filter(
    lambda text: text == text.strip()
)
FILTERS = st.lists(
    st.tuples(st.sampled_from(["type", "site", "note.tags", "note.ключ"]), TEXT), unique=True, max_size=4
)


@pytest.mark.parametrize("few", [0, 64])
@given(by_label=LABELS, chosen=PLACES)
def test_counts_are_those_of_counting_one_by_one(few, by_label, chosen):
    with patch.object(catalogue, "FEW_LABELS", few):
        facet = Facet.of("name", "Title", by_label, SIZE)
    selection = Selection.everything(SIZE).narrowed(chosen)
    counted = facet.counts(selection)
    expected = Counter({label: len(chosen & set(works)) for label, works in by_label.items()})
    assert {facet.labels[place]: count for place, count in counted.items()} == {k: v for k, v in expected.items() if v}


@pytest.mark.parametrize("many", [1, SIZE])
@given(by_label=LABELS, chosen=PLACES, most=st.integers(1, 3))
def test_the_commonest_labels_are_those_of_counting_all(many, by_label, chosen, most):
    with patch.object(catalogue, "FEW_LABELS", 0), patch.object(catalogue, "MANY", many):
        facet = Facet.of("name", "Title", by_label, SIZE)
        found = facet.commonest(Selection.everything(SIZE).narrowed(chosen), most)
    counted = {label: len(chosen & set(works)) for label, works in by_label.items() if chosen & set(works)}
    expected = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    assert found == (expected[:most], len(counted))


@given(LABELS, st.text("abcd", max_size=2))
def test_the_works_of_a_label_are_all_that_have_it(by_label, label):
    facet = Facet.of("name", "Title", by_label, SIZE)
    assert list(facet.works_with(label)) == sorted(set(by_label.get(label, ())))


@given(PLACES, PLACES, st.permutations(range(SIZE)), st.integers(0, SIZE), st.integers(1, SIZE))
def test_a_page_is_a_part_of_the_sorted_selection(one, other, order, after, most):
    selection = Selection.everything(SIZE).narrowed(one).narrowed(other)
    expected = [place for place in order if place in one & other]
    assert selection.count == len(expected)
    assert selection.page(order, after, most) == expected[after : after + most]


@given(TEXT | st.just(""), FILTERS, st.sampled_from(["", "title"]), st.integers(1, 99), TEXT | st.just(""))
def test_what_is_asked_comes_back_from_its_address(words, filters, sort, page, whole):
    asked = Asked(words, tuple(filters), sort, page, whole)
    assert Asked.of(parse_qsl(asked.query)) == asked


def test_a_label_takes_the_place_of_another_where_a_work_has_only_one():
    asked = Asked("", (("year", "2021"), ("note.tags", "a")), page=3)
    assert asked.narrowed("year", "2022", single=True).filters == (("note.tags", "a"), ("year", "2022"))
    assert asked.narrowed("note.tags", "b", single=False).filters == (*asked.filters, ("note.tags", "b"))
    assert asked.widened("year", "2021").query == "note.tags=a"
