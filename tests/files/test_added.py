"""The list of what was added by hand."""

from __future__ import annotations

import pytest

from litdb.files.added import add_lines


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("https://me:secret@a.example/x", "https://…@a.example/x"),
        ("a remark on https://0a1b2c@a.example/x", "a remark on https://…@a.example/x"),
        ("https://a.example/?next=https%3A%2F%2Fme%3Asecret%40b.example%2F", "https://a.example/?next=https%3A%2F%2F…@b.example%2F"),
        ("https://a.example/me@b.example", "https://a.example/me@b.example"),
        ("https://a.example/?token=0a1b", "https://a.example/?token=0a1b"),
    ],
)  # fmt: skip
def test_no_login_is_kept_and_an_address_stays_the_same_address(tmp_path, line, kept):
    assert add_lines(tmp_path / "added.txt", [line, line]) == 1
    assert (tmp_path / "added.txt").read_text("utf-8").splitlines()[1:] == [kept]
