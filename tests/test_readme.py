"""README's first screen is what litdb prints, and its promises are kept by tests that are there."""

from __future__ import annotations

import re

import pytest

from chromium.first_screen import LEFT_OUT, MARKED, PICTURE, README, SEEN, WORK, first_screen, run

TEXT = README.read_text("utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of a demo, and the first screen made in it."""
    folder = tmp_path_factory.mktemp("readme")
    return folder, first_screen(folder)


def test_the_first_screen_is_what_litdb_prints(made):
    """“make readme” writes it anew; only the day on which the sources were asked is another."""
    asked = re.compile(r"(urldate *= ){[\d-]+}")
    (shown,) = MARKED.findall(TEXT)
    assert asked.sub(r"\1", shown) == asked.sub(r"\1", made[1])


def test_the_diff_fills_a_list_of_five_lines_and_takes_nothing_away(made):
    lines = made[1].splitlines()
    before = [line[1:] for line in lines if re.match(r"-\d\.", line)]
    after = [line[1:] for line in lines if re.match(r"\+\d\.", line)]
    assert len(re.findall(r"^\d\. ", made[1], re.MULTILINE)) == 5
    for old, new in zip(before, after, strict=True):
        assert re.sub(r" \([^()]*\)", "", new) == re.sub(r" \([^()]*\)", "", old)
        assert len(new) > len(old)


def test_the_picture_shows_what_its_words_say(made):
    """The page is looked at by tests/chromium/; here its facts are held against the words beside the picture."""
    told = run(f"show {WORK} --why --db demo/", made[0]).stdout
    chosen, other = re.findall(r"\d{4}-\d\d-\d\d", SEEN)
    assert re.search(rf"^date +{chosen}$", told, re.MULTILINE)
    assert other in told
    assert PICTURE.read_bytes().startswith(b"\x89PNG")
    assert PICTURE.stat().st_size < 200_000
    assert "#claims" not in LEFT_OUT


def test_every_promise_is_kept_by_a_test_that_is_there():
    promises = re.findall(r"\[`(test_\w+)`\]\(([^)]+)\)", TEXT)
    assert len(promises) == 3
    for name, path in promises:
        assert f"def {name}(" in (README.parent / path).read_text("utf-8")


def test_the_first_screen_is_short():
    assert len(TEXT.splitlines()) < 200
