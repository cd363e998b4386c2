"""Edits by offset, and patches that git takes byte for byte."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litdb.errors import NoteError
from litdb.notes import read_note
from litdb.notes.patching import Edit, Text, unified_diff

LINES = st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=6), max_size=8)
CONTENT = st.builds(lambda lines, end: end.join(lines).encode(), LINES, st.sampled_from(["\n", "\r\n", "\r"]))


@pytest.mark.parametrize(
    ("content", "edits", "after"),
    [
        (b"ab\r\ncd", [Edit(2, 2, "\nx")], b"ab\r\nx\r\ncd"),
        (b"\xef\xbb\xbfab", [Edit(1, 2, "c")], b"\xef\xbb\xbfac"),
        (b"a \tb", [Edit(4, 4, "!"), Edit(0, 0, "?")], b"?a \tb!"),
        (b"", [Edit(0, 0, "x\n")], b"x\n"),
        (b"a\rb", [Edit(1, 1, "\nx")], b"a\rx\rb"),
    ],
)
def test_edits_change_nothing_beside_them(content, edits, after):
    assert Text("n.md", content).edited(edits) == after


@given(CONTENT)
def test_no_edits_are_no_change(content):
    assert Text("n.md", content).edited([]) == content


def test_edits_that_meet_are_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="meet"):
        Text("n.md", b"abc").edited([Edit(0, 2, ""), Edit(1, 3, "")])


def test_what_is_no_utf8_is_left_alone():
    with pytest.raises(NoteError, match=r"n\.md is not UTF-8"):
        Text("n.md", b"caf\xe9")


def test_mentions_are_found_again_by_offset():
    content = "\ufeffä [x](http://a.example)\r\n\tsee http://b.example.\r".encode()
    text, note = Text("n.md", content), read_note("n.md", content, lambda _: None)
    spans = [text.span(each) for each in note.mentions]
    assert [text.plain[start:end] for start, end in spans] == ["[x](http://a.example)", "http://b.example"]


@pytest.fixture
def repository(tmp_path):
    if not shutil.which("git"):
        pytest.skip("git is not there")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def applied(repository, name, before, after):
    path = repository / name
    path.write_bytes(before)
    done = subprocess.run(
        ["git", "-c", "core.autocrlf=false", "apply", "-"], cwd=repository, input=unified_diff(name, before, after), capture_output=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return path.read_bytes()


@pytest.mark.parametrize("name", ["a.md", "my note.md", "Größe.md", 'q"uote.md', "tab\there.md", "back\\slash.md"])
def test_git_applies_a_patch_whatever_the_file_is_called(repository, name):
    assert applied(repository, name, b"a\nb\n", b"a\nc\n") == b"a\nc\n"


@settings(max_examples=40, deadline=None)
@given(CONTENT.filter(bool), CONTENT.filter(bool))
def test_git_makes_one_text_of_the_other(tmp_path_factory, before, after):
    if not shutil.which("git"):
        pytest.skip("git is not there")
    if before == after:
        assert unified_diff("n.md", before, after) == b""
        return
    folder = tmp_path_factory.mktemp("patch")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    assert applied(folder, "n.md", before, after) == after
