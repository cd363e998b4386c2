"""What litdb wrote into a note is not heard as the user's word."""

from __future__ import annotations

from litdb.notes import read_note
from litdb.notes.own_words import OwnWord, without_own_words, words_between


def note(text, path="n.md"):
    return read_note(path, text.encode(), lambda _: None)


LINK = "[x](http://a.example)"
BEFORE, AFTER = note(LINK), note(f"{LINK} (Jan Leike) (27.01.2022)")


def said(found):
    return [(each.target, [claim.field for claim in each.asserted]) for each in found.mentions]


def test_what_was_not_there_before_is_ours():
    assert {(word.field, word.target) for word in words_between(BEFORE, AFTER)} == {
        ("date", "http://a.example"),
        ("authors", "http://a.example"),
    }
    assert words_between(AFTER, AFTER) == []


def test_our_words_are_no_evidence_and_the_users_are():
    words = words_between(note(f"{LINK} (Jan Leike)"), AFTER)
    (heard,) = without_own_words([AFTER], words, {AFTER.path})
    assert said(heard) == [("http://a.example", ["authors"])]


def test_what_the_user_changes_afterwards_counts():
    (heard,) = without_own_words([note(f"{LINK} (28.01.2022)")], words_between(BEFORE, AFTER), {AFTER.path})
    assert said(heard) == [("http://a.example", ["date"])]


def test_in_another_note_the_same_word_is_the_users():
    there, other = without_own_words(
        [AFTER, note(f"{LINK} (27.01.2022)", "o.md")], words_between(BEFORE, AFTER), {AFTER.path, "o.md"}
    )
    assert said(there) == [("http://a.example", [])]
    assert said(other) == [("http://a.example", ["date"])]


def test_our_words_are_known_again_in_a_note_that_was_renamed():
    (heard,) = without_own_words(
        [note(f"{LINK} (27.01.2022)", "renamed.md")], words_between(BEFORE, AFTER), {"renamed.md"}
    )
    assert said(heard) == [("http://a.example", [])]


def test_a_link_that_we_put_there_is_no_mention():
    after = note(f"{LINK} ([archived](http://web.archive.org/web/20200101000000/http://a.example))")
    (heard,) = without_own_words([after], words_between(BEFORE, after), {after.path})
    assert said(heard) == said(BEFORE)


def test_of_two_links_alike_only_ours_is_passed_over():
    after = note(f"{LINK}\n\n- {LINK}")
    (heard,) = without_own_words([after], words_between(BEFORE, after), {after.path})
    assert [each.line for each in heard.mentions] == [1]


def test_front_matter_that_we_filled_says_nothing():
    before, after = note("---\ndate:\n---\n"), note("---\ndate: 2022-01-27\n---\n")
    words = words_between(before, after)
    assert words == [OwnWord("n.md", "", "front-matter:date", "2022-01-27")]
    assert without_own_words([after], words, {after.path})[0].front_matter == {}
