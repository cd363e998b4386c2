"""Titles and abstracts as publishers deposit them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.sources.deposited import abstract, plain
from litdb.sources.registered import date_of_parts, person

MATH = "<mml:math><mml:msup><mml:mi>R</mml:mi>\n  <mml:mn>2</mml:mn></mml:msup></mml:math>"


@pytest.mark.parametrize(
    ("deposited", "read"),
    [
        ("THE INVESTIGATION OF RENAL FUNCTION", "THE INVESTIGATION OF RENAL FUNCTION"),
        ("Lessons from <i>C. elegans</i>", "Lessons from C. elegans"),
        ("Pots &amp;amp; Kettles", "Pots & Kettles"),
        ("if a < b and c > d", "if a < b and c > d"),
        ("one<br/>two<break />three", "one two three"),
        (f"The plane {MATH} of tea", "The plane R2 of tea"),
        (f"The plane <alternatives><tex-math>$$R^2$$</tex-math>{MATH}</alternatives>", "The plane R2"),
        ("<math><semantics><mi>x</mi><annotation encoding='TeX'>x_0</annotation></semantics></math>", "x"),
        ("A <scp>DNA</scp><sup>*</sup> <sc>test</sc>", "A DNA* test"),
        ("<math>left open and <i>on</i>", "left open and on"),
        ("", ""),
    ],
)
def test_titles(deposited, read):
    assert plain(deposited) == read


@pytest.mark.parametrize(
    ("deposited", "read"),
    [
        ("<jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One. Two."),
        ("<jats:title>ABSTRACT</jats:title>\n<jats:p>One.</jats:p>", "One."),
        ("<jats:sec><jats:title>Methods</jats:title><jats:p>We boil.</jats:p></jats:sec>", "Methods We boil."),
        ("<jats:p>It is <jats:italic>Camellia</jats:italic>, boiled.</jats:p>", "It is Camellia, boiled."),
        ("Abstract art", "Abstract art"),
    ],
)
def test_abstracts(deposited, read):
    assert abstract(deposited) == read


@given(st.text(alphabet="ab <>/&;:mathi", max_size=60))
def test_what_is_plain_stays_so(text):
    once = plain(plain(text))
    assert plain(once) == once


def test_marks_that_are_never_closed_are_read_in_no_time():
    assert plain("<math>" * 50_000 + "x") == "x"
    assert abstract("<jats:title>abstract" + " " * 200_000) == "abstract"


@pytest.mark.parametrize(
    ("family", "given_names", "read"),
    [
        ("Smith", "MA", {"family": "Smith", "given": "MA"}),
        ("M. Bran", "Andres", {"family": "M. Bran", "given": "Andres"}),
        ("de la Cruz", "Eva", {"family": "Cruz", "given": "Eva", "non-dropping-particle": "de la"}),
        ("Ai", "Qing", {"family": "Ai", "given": "Qing"}),
        ("Plato", "", {"literal": "Plato"}),
        ("ATLAS Collaboration", "", {"literal": "ATLAS Collaboration"}),
        ("", "", {}),
    ],
)
def test_people_in_parts(family, given_names, read):
    assert person(family, given_names).as_json() == read


@pytest.mark.parametrize("strange", [{"date-parts": x} for x in (None, [], [[]], [None], [["x"]], [[2019, 13]], 7)])
def test_no_date_is_made_of_what_is_none(strange):
    assert date_of_parts(strange) == ""
