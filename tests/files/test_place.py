"""How notes are called, and found again by it."""

from __future__ import annotations

import pytest

from litdb.files.place import Place


@pytest.mark.parametrize(
    ("note", "name"),
    [
        ("project/n.md", "n.md"),
        ("project/notes/n.md", "notes/n.md"),
        ("project/notes./n.md", "notes./n.md"),
        ("n.md", "../n.md"),
        ("other/n.md", "../other/n.md"),
    ],
)
def test_a_note_is_called_by_its_way_from_the_project_and_found_by_that(tmp_path, note, name):
    place, path = Place(tmp_path / "project" / "db" / "litdb.db"), tmp_path / note
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    place.project.mkdir(exist_ok=True)
    assert list(place.names([path])) == [place.name(path)] == [name]
    assert place.path(name).samefile(path)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("project/n.md", {"n.md"}),
        ("project", {"n.md", "notes/a.md", "notes/deep/b.md", "notes2/c.md"}),
        ("project/notes", {"notes/a.md", "notes/deep/b.md"}),
        ("project/notes/../notes/deep", {"notes/deep/b.md"}),
        (".", {"n.md", "notes/a.md", "notes/deep/b.md", "notes2/c.md", "../other/d.md"}),
        ("/", {"n.md", "notes/a.md", "notes/deep/b.md", "notes2/c.md", "../other/d.md"}),
        ("other", {"../other/d.md"}),
        ("project/note", set()),
    ],
)
def test_notes_are_found_under_a_folder_wherever_that_is(tmp_path, path, names):
    place = Place(tmp_path / "project" / "db" / "litdb.db")
    known = ["n.md", "notes/a.md", "notes/deep/b.md", "notes2/c.md", "../other/d.md"]
    assert place.under(tmp_path / path, known) == names
