"""Texts of JSON know where in the file they stand, whatever was escaped."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from litdb.notes.json_places import Joined, member, members, read_json, texts

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(TEXT, max_size=4), st.booleans(), st.sampled_from([None, 1]))
def test_a_text_is_what_was_written_and_every_plain_letter_stands_at_its_place(written, is_ascii, indent):
    source = json.dumps({"a": {"b": written, "c": "d"}}, ensure_ascii=is_ascii, indent=indent)
    found = texts(member(member(read_json("a", source), "a"), "b"))
    joined = Joined(source, [found])
    assert [each.value for each in found] == written
    assert joined.text == "".join(written)
    lines = source.split("\n")
    for offset, letter in enumerate(joined.text):
        if letter.isascii() and letter.isalnum():
            line, column = joined.place(offset)
            assert lines[line - 1][column - 1] == letter


def test_a_key_that_comes_twice_moves_nothing():
    source = '{"a": "x", "a": "y"}'
    (found,) = texts(member(read_json("a", source), "a"))
    assert (found.value, source[found.start : found.end]) == ("y", "y")


def test_a_value_of_another_form_has_nothing():
    value = read_json("a", '[{"a": null}, 1, true]')
    assert [texts(each) for each in members(value)] == [[], [], []]
    assert member(value, "a") is None


def test_a_number_of_any_length_is_one():
    assert read_json("a", "1" * 5_000) == float("inf")
