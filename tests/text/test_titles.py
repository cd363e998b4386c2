import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.text.titles import clean_title, fold, without_site


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("  A\n  title\t", "A title"),
        ("AT&amp;amp;T", "AT&T"),
        ("Tom &#38; Jerry&nbsp;&#8211;&nbsp;x", "Tom & Jerry – x"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("soft\u00adhyphen\u202e \x07bell", "softhyphen bell"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("", ""),
    ],
)
def test_a_title_is_cleaned(text, title):
    assert clean_title(text) == title


@given(st.text())
def test_a_clean_title_can_be_stored(text):
    clean_title(text).encode("utf-8")


@pytest.mark.parametrize(
    ("one", "other"),
    [("The “Problem”", "the problem"), ("ﬁrst ½", "First 1⁄2"), ("Straße", "STRASSE"), ("a_b-c", "abc")],
)
def test_folded_texts_compare_equal(one, other):
    assert fold(one) == fold(other)


@given(st.text())
def test_a_folded_text_is_letters_and_digits(text):
    assert fold(text) == "" or fold(text).isalnum()


@pytest.mark.parametrize(
    ("title", "site", "freed"),
    [
        ("AGI safety — LessWrong", "LessWrong", "AGI safety"),
        ("X | Some Site", "some site", "X"),
        ("Site: X", "Site", "X"),
        ("Foo|Bar", "bar", "Foo"),
        ("Why: because - Part 2 - The Blog", "The Blog", "Why: because - Part 2"),
        ("LessWrong", "LessWrong", "LessWrong"),
        ("On LessWrong", "LessWrong", "On LessWrong"),
        ("AC/DC", "DC", "AC/DC"),
        ("X | ", "", "X | "),
        ("X: ...", "...", "X: ..."),
    ],
)
def test_the_site_s_name_is_taken_off(title, site, freed):
    assert without_site(title, site) == freed
