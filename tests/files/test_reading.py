"""Which files are notes."""

import os

import pytest

from litdb.errors import NoteError, UsageError
from litdb.files.reading import note_files, read_file
from litdb.notes import kind_of


def is_note(name):
    return kind_of(name) is not None


@pytest.fixture
def vault(tmp_path):
    for name in (
        "b.md", "a.txt", "sub/c.bib", "image.png", ".obsidian/x.md", ".git/y.md", ".trash/z.md", "_site/s.md",
        "node_modules/n.md", ".ipynb_checkpoints/n.md", "drafts/d.md", "sub/private.md",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / ".gitignore").write_text("drafts/\n")
    (tmp_path / "sub" / ".litdbignore").write_text("private.md\n")
    return tmp_path


def names(root, files):
    return [path.relative_to(root).as_posix() for path in files]


def test_notes_are_found_in_order_and_what_is_ignored_is_left_out(vault):
    assert names(vault, note_files([vault], is_note)) == ["a.txt", "b.md", "sub/c.bib"]


def test_patterns_of_the_settings_are_ignored_too(vault):
    assert names(vault, note_files([vault], is_note, ["*.bib"])) == ["a.txt", "b.md"]


def test_a_file_named_outright_is_taken(vault):
    assert names(vault, note_files([vault / "drafts" / "d.md"], is_note)) == ["drafts/d.md"]


def test_a_missing_path_is_told(tmp_path):
    with pytest.raises(UsageError, match="no file or folder"):
        note_files([tmp_path / "none"], is_note)


def test_links_that_lead_in_circles_end(vault):
    (vault / "loop").symlink_to(vault, target_is_directory=True)
    assert len(note_files([vault], is_note)) == 3


def test_a_note_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(NoteError, match="gone.md"):
        read_file(tmp_path / "gone.md")


def test_a_pipe_is_no_note(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "note.md").write_text("x")
    assert [path.name for path in note_files([tmp_path], lambda name: name.endswith(".md"))] == ["note.md"]
