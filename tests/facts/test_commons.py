"""Commons on disk and the two commands: what is written, merged, taken in and refused."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess

import pytest

from litdb.facts.fact import Fact, to_line
from litdb.files.commons import shard
from litdb.model import Claim, Identifier, Record

PAPER = Identifier("arxiv", "2209.00626")
READ = "https://export.arxiv.org/api/query"


def line(identifier=PAPER, title="A title", at="2026-11-01T00:00:00Z", source="arxiv"):
    claims = (Claim("title", title, "atom:title"),)
    return to_line(Fact(Record(source, identifier, claims, at=at, answer="0" * 64), READ, "ok"))


def commons(folder, *lines):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "some.jsonl").write_text("".join(f"{each}\n" for each in lines), "utf-8")
    return str(folder)


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def crawled(tmp_path, litdb, little_web):
    (tmp_path / "note.md").write_text(
        "[a](https://arxiv.org/abs/2209.00626) [b](https://arxiv.org/abs/1901.03559) "
        "[c](https://www.cold-takes.com/ai-could-defeat-all-of-us-combined/)\n"
    )
    litdb("crawl", str(tmp_path / "note.md"))
    return litdb


@pytest.fixture
def citing(tmp_path, litdb):
    """A library whose only note cites the paper; nobody was asked."""
    (tmp_path / "note.md").write_text("[a](https://arxiv.org/abs/2209.00626)\n")
    litdb("crawl", str(tmp_path / "note.md"), "--offline")
    return litdb


# Out


def test_two_exports_of_one_library_are_the_same_bytes(tmp_path, crawled):
    for name in "ab":
        crawled("facts", "export", str(tmp_path / name))
    assert files(tmp_path / "a") == files(tmp_path / "b")
    again = crawled.data("facts", "export", str(tmp_path / "a"))
    assert again == {"commons": str(tmp_path / "a"), "facts": again["facts"], "changed": 0}


def test_every_fact_lies_in_the_file_of_its_identifier_in_order(tmp_path, crawled):
    crawled("facts", "export", str(tmp_path / "a"))
    for name, content in files(tmp_path / "a").items():
        if name != ".gitattributes":
            lines = content.decode().splitlines()
            assert lines == sorted(set(lines), key=str.encode)
            assert {shard(Identifier.parse(json.loads(each)["about"])) for each in lines} == {name}


def test_a_stream_holds_what_a_folder_holds(tmp_path, crawled):
    crawled("facts", "export", str(tmp_path / "a"))
    inside = [each for name, text in files(tmp_path / "a").items() if name.endswith("l") for each in text.splitlines()]
    assert crawled("facts", "export").encode().splitlines() == sorted(inside)


def test_what_others_put_there_stays_unless_this_library_has_read_it_since(tmp_path, crawled):
    older, newer = line(title="Older"), line(title="Newer", at="2999-01-01T00:00:00Z")
    elsewhere = line(title="Elsewhere", source="openalex")
    path = tmp_path / "a" / shard(PAPER)
    path.parent.mkdir(parents=True)
    path.write_text(f"{older}\n{newer}\n{elsewhere}\n")
    crawled("facts", "export", str(tmp_path / "a"))
    lines = path.read_text("utf-8").splitlines()
    assert older not in lines
    assert {newer, elsewhere} < set(lines)


@pytest.mark.parametrize("name", ["thesis.tex", "data/rows.jsonl"])
def test_a_folder_of_something_else_stays_as_it_is(tmp_path, crawled, name):
    folder = tmp_path / "mine"
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text("mine\n")
    crawled("facts", "export", str(folder), code=1)
    assert f"{folder} is no commons of facts, but holds {name.partition('/')[0]}, so nothing was" in crawled.told
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [name.rpartition("/")[2]]


def test_a_new_repository_can_become_a_commons(tmp_path, crawled):
    folder = tmp_path / "new"
    (folder / ".git").mkdir(parents=True)
    (folder / "README.md").touch()
    crawled("facts", "export", str(folder))
    (folder / "notes.txt").touch()
    crawled("facts", "export", str(folder))


def test_a_library_without_journal_has_nothing_to_tell(litdb):
    litdb("facts", "export", code=1)
    assert "there is no fact to tell" in litdb.told


# Merging

GIT = shutil.which("git")


@pytest.mark.skipif(not GIT, reason="git is not installed")
def test_what_two_people_add_git_merges_without_conflict(tmp_path, crawled):
    crawled("facts", "export", str(tmp_path / "c"))
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

    def git(*words):
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(tmp_path / "c"))
        subprocess.run([GIT, *who, *words], check=True, capture_output=True, env=environment)

    path = tmp_path / "c" / shard(PAPER)
    git("init", "-b", "main")
    git("add", "-A")
    git("commit", "-m", "first")
    for branch, title in (("one", "First"), ("other", "Second")):
        git("checkout", "-b", branch, "main")
        path.write_text(path.read_text("utf-8") + f"{line(title=title)}\n", "utf-8")
        git("commit", "-a", "-m", branch)
    git("merge", "one", "-m", "both")
    assert {line(title="First"), line(title="Second")} < set(path.read_text("utf-8").splitlines())


def test_the_order_of_lines_and_files_means_nothing(tmp_path, crawled, citing):
    crawled("facts", "export", str(tmp_path / "a"))
    lines = crawled("facts", "export").splitlines()
    shuffled = random.Random(7).sample(lines, len(lines)) + lines[:2]
    citing("facts", "import", str(tmp_path / "a"), "--as", "x")
    tidy = files(citing.library.parent / "facts" / "x")
    citing("facts", "import", commons(tmp_path / "b", *shuffled), "--as", "x")
    assert files(citing.library.parent / "facts" / "x") == tidy


# In


def title(litdb):
    return litdb.data("show", "arxiv:2209.00626")["title"]


def test_a_folder_a_file_and_a_pipe_tell_the_same(tmp_path, citing):
    commons(tmp_path / "friends", line())
    first = citing.data("facts", "import", str(tmp_path / "friends"))
    assert first == {
        "source": str(tmp_path / "friends"),
        "name": "friends",
        "kept_in": "db/facts/friends",
        "replaced": False,
        "facts": 1,
        "works": 1,
        "told": 1,
    }
    one_file = citing.data("facts", "import", str(tmp_path / "friends" / "some.jsonl"))
    pipe = citing.data("facts", "import", "-", stdin=f"{line()}\r\n\n")
    assert [each["name"] for each in (one_file, pipe)] == ["some", "stdin"]
    kept = {str(files(citing.library.parent / "facts" / each["name"])) for each in (first, one_file, pipe)}
    assert len(kept) == 1
    assert title(citing) == "A title"


def test_importing_again_replaces_and_deleting_takes_back(tmp_path, citing):
    citing("facts", "import", commons(tmp_path / "a", line(title="Wrong")))
    assert citing.data("facts", "import", commons(tmp_path / "a", line(title="Right")))["replaced"]
    assert title(citing) == "Right"
    shutil.rmtree(citing.library.parent / "facts" / "a")
    citing("crawl", str(tmp_path / "note.md"), "--offline")
    assert "title" not in citing.data("show", "arxiv:2209.00626")


def test_two_commons_that_disagree_are_both_told(tmp_path, citing):
    citing("facts", "import", commons(tmp_path / "a", line(title="One")))
    citing("facts", "import", commons(tmp_path / "b", line(title="Other", at="2026-11-02T00:00:00Z")))
    told = citing("why", "arxiv:2209.00626", "title")
    assert f"title: Other, because facts:arxiv says so (b: {READ}, read 2026-11-02)" in told
    assert f"facts:arxiv says One (a: {READ}, read 2026-11-01): same row, said earlier" in told


def test_a_wrong_line_is_told_with_its_place_and_nothing_is_taken_over(tmp_path, citing):
    citing("facts", "import", commons(tmp_path / "a", line(title="Good")))
    dumped = citing("dump")
    path = commons(tmp_path / "a", line(title="Bad"), '{"facts":7}')
    citing("facts", "import", path, code=1)
    assert f"Error: {path}/some.jsonl, line 2: it is in version 7 of the format" in citing.told
    assert citing.told.rstrip().endswith("Nothing was imported.")
    assert citing("dump") == dumped
    assert [each.name for each in (citing.library.parent / "facts").iterdir()] == ["a"]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["none"], 2, "There is no file or folder none."),
        (["empty"], 1, "empty holds no .jsonl file"),
        (["blank.jsonl"], 1, "blank.jsonl holds no fact."),
        (["some.jsonl", "--as", "../up"], 2, "“../up” cannot be the name of a commons"),
        (["some.jsonl", "--as", ".hidden"], 2, "“.hidden” cannot be the name of a commons"),
        (["-", "--as", "x"], 1, "stdin, line 1: it is no JSON"),
        (["future.jsonl"], 1, "future.jsonl, line 1: it says that it was read at 2999-01-01T00:00:00Z"),
    ],
)
def test_what_cannot_be_taken_in_is_said(tmp_path, monkeypatch, citing, words, code, sentence):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "blank.jsonl").write_text("\n\n")
    (tmp_path / "some.jsonl").write_text(line())
    (tmp_path / "future.jsonl").write_text(line(at="2999-01-01T00:00:00Z"))
    citing("facts", "import", *words, code=code, stdin="no facts")
    assert sentence in citing.told
    assert "x" not in {path.name for path in (citing.library.parent / "facts").glob("*")}


def test_links_and_hidden_files_of_a_commons_are_not_followed(tmp_path, citing):
    folder = tmp_path / "a"
    path = commons(folder, line())
    (tmp_path / "secret.jsonl").write_text("no fact")
    (folder / "link.jsonl").symlink_to(tmp_path / "secret.jsonl")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.jsonl").write_text("no fact")
    assert citing.data("facts", "import", path)["facts"] == 1


def test_a_copy_that_was_damaged_since_is_told_with_its_place(tmp_path, citing):
    citing("facts", "import", commons(tmp_path / "a", line()))
    kept = citing.library.parent / "facts" / "a" / shard(PAPER)
    kept.write_text(line().replace('"ok"', '"well"') + "\n")
    citing("rebuild", code=1)
    assert f"{kept}, line 1: “outcome” cannot be “well”." in citing.told


def test_no_inner_address_is_taken_over(tmp_path, citing):
    bad = line().replace('"outcome"', '"same":["url:http://127.0.0.1/admin"],"outcome"')
    citing("facts", "import", commons(tmp_path / "a", bad), code=1)
    assert "“same” is no address that is open to all" in citing.told


def test_a_commons_cannot_make_two_papers_one(tmp_path, citing):
    (tmp_path / "note.md").write_text("[a](https://arxiv.org/abs/2209.00626) [b](https://arxiv.org/abs/1901.03559)\n")
    citing("crawl", str(tmp_path / "note.md"), "--offline")
    claimed = line().replace('"outcome"', '"same":["arxiv:1901.03559","doi:10.1000/journal"],"outcome"')
    citing("facts", "import", commons(tmp_path / "a", claimed))
    assert [work["identifiers"] for work in citing.data("list")] == [["arxiv:1901.03559"], ["arxiv:2209.00626"]]


def test_a_correction_goes_before_any_commons(tmp_path, citing):
    citing("set", "arxiv:2209.00626", "title", "Mine")
    citing("facts", "import", commons(tmp_path / "a", line()))
    assert title(citing) == "Mine"


def test_backups_hold_the_commons(tmp_path, citing, monkeypatch):
    monkeypatch.chdir(tmp_path)
    citing("facts", "import", commons(tmp_path / "a", line()))
    assert f"db/facts/a/{shard(PAPER)}" in citing.data("backup", "safe")["files"]


def test_more_facts_than_are_held_at_once_are_all_taken_in(tmp_path, citing, monkeypatch):
    monkeypatch.setattr("litdb.commands.sharing._BATCH", 300)
    lines = [line(Identifier("arxiv", f"2209.{number:05}")) for number in range(7)]
    assert citing.data("facts", "import", commons(tmp_path / "a", *lines))["facts"] == 7
