"""A folder is replaced as a whole or not at all, and what others put into it stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from litdb.errors import LitdbError, UsageError
from litdb.files.site import LIST, Changes, replace_site, require_site


def put(folder: Path, **files: str) -> Changes:
    """Make a site of files, whose names have `_` for `/`."""
    return replace_site(folder, ((name.replace("_", "/"), text.encode()) for name, text in files.items()))


def texts(folder: Path) -> dict[str, str]:
    """What is in a folder, without the list of files."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_text("utf-8") for name, path in found.items() if name != LIST}


def beside(folder: Path) -> list[str]:
    """What lies in the folder that holds a site."""
    return [each.name for each in folder.iterdir()]


@pytest.fixture
def site(tmp_path):
    """A site of two pages."""
    put(tmp_path / "site", index="home", works_a="A")
    return tmp_path / "site"


def test_a_new_folder_is_made(tmp_path):
    assert put(tmp_path / "new" / "site", index="home", works_a="A") == Changes(3, 0, 0)
    assert texts(tmp_path / "new" / "site") == {"index": "home", "works/a": "A"}
    assert beside(tmp_path / "new") == ["site"]


def test_what_is_the_same_keeps_its_file(site):
    before = {name: (site / name).stat() for name in ("index", "works/a", LIST)}
    assert put(site, index="home", works_a="A") == Changes(0, 3, 0)
    for name, stat in before.items():
        after = (site / name).stat()
        assert (after.st_ino, after.st_mtime_ns) == (stat.st_ino, stat.st_mtime_ns)


def test_what_is_gone_goes_and_what_is_new_comes(site):
    assert put(site, index="other", works_b="B") == Changes(3, 0, 1)
    assert texts(site) == {"index": "other", "works/b": "B"}


def test_a_folder_with_nothing_left_in_it_goes(site):
    put(site, index="home")
    assert not (site / "works").exists()


def test_what_the_user_put_there_stays(site):
    (site / "CNAME").write_text("me.example", "utf-8")
    (site / "works" / "mine").write_text("mine", "utf-8")
    (site / ".git" / "refs").mkdir(parents=True)
    (site / ".git" / "HEAD").write_text("ref", "utf-8")
    (site / "link").symlink_to("works")
    put(site, index="new")
    assert texts(site) == {"index": "new", "CNAME": "me.example", "works/mine": "mine", ".git/HEAD": "ref"}
    assert (site / ".git" / "refs").is_dir()
    assert (site / "link").readlink() == Path("works")


def test_a_file_of_the_users_in_the_place_of_a_new_one_stops_everything(site):
    (site / "feed").write_text("mine", "utf-8")
    with pytest.raises(LitdbError, match="feed was not written by litdb, so nothing was changed"):
        put(site, index="new", feed="news")
    assert texts(site) == {"index": "home", "works/a": "A", "feed": "mine"}


@pytest.mark.parametrize("name", ["thesis.tex", "index.html", ".obsidian"])
def test_a_folder_with_something_else_is_refused(tmp_path, name):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / name).write_text("mine", "utf-8")
    with pytest.raises(LitdbError, match=f"holds '{name}' and is no site of litdb's"):
        put(tmp_path / "docs", index="home")
    assert texts(tmp_path / "docs") == {name: "mine"}


def test_a_branch_of_git_without_files_is_taken(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / ".git").write_text("gitdir: elsewhere", "utf-8")
    put(tmp_path / "pages", index="home")
    assert texts(tmp_path / "pages") == {".git": "gitdir: elsewhere", "index": "home"}


def test_a_file_is_no_place_for_a_site(tmp_path):
    (tmp_path / "site").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="is a file"):
        require_site(tmp_path / "site")


@pytest.mark.parametrize("here", [".", ".."])
def test_the_folder_where_one_stands_is_refused(tmp_path, monkeypatch, here):
    (tmp_path / "site" / "works").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "site" / "works" if here == ".." else tmp_path / "site")
    with pytest.raises(UsageError, match="Go one folder up"):
        require_site(Path(here))


def failing():
    """Files of which the second cannot be made."""
    yield "index", b"new"
    raise LitdbError("no second file")


def test_half_a_site_is_none(site):
    with pytest.raises(LitdbError, match="no second file"):
        replace_site(site, failing())
    assert texts(site) == {"index": "home", "works/a": "A"}
    assert beside(site.parent) == ["site"]


@pytest.mark.parametrize("failed", [1, 2])
def test_a_swap_that_fails_leaves_the_old_site(site, monkeypatch, failed):
    rename, calls = Path.rename, []

    def once(path, target):
        calls.append(path)
        if len(calls) == failed:
            raise OSError(16, "Device or resource busy")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", once)
    with pytest.raises(LitdbError, match=r"cannot be written: Device or resource busy\. The old one is as it was"):
        put(site, index="new")
    assert texts(site) == {"index": "home", "works/a": "A"}
    assert beside(site.parent) == ["site"]


def test_a_run_that_was_killed_between_two_renames_is_mended(site):
    site.rename(site.with_name(".site.old"))
    put(site, index="home", works_a="A")
    assert texts(site) == {"index": "home", "works/a": "A"}
    assert beside(site.parent) == ["site"]


def test_without_hard_links_files_keep_their_time(site, monkeypatch):
    def refuse(*_, **__):
        raise OSError(95, "Operation not supported")

    before = (site / "works" / "a").stat().st_mtime_ns
    monkeypatch.setattr(os, "link", refuse)
    assert put(site, index="home", works_a="A").written == 0
    assert (site / "works" / "a").stat().st_mtime_ns == before
