"""litdb refs: lists in notes, nothing else in them, and nothing of it heard as the user's word."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings

from conftest import SEEDS, Litdb
from litdb.commands import changing
from litdb.errors import LitdbError
from litdb.files.place import place_of
from litdb.notes.marked import marked_lists
from litdb.notes.markers import BEGIN, END
from litdb.notes.patching import Text
from oddities import notes

MARKED = "See [a](https://arxiv.org/abs/2209.00626).\n\n<!-- litdb:refs -->\n<!-- /litdb:refs -->\n\nafter\n"
LISTED = "1. [The Alignment Problem from a Deep Learning Perspective](https://arxiv.org/abs/2209.00626) (Richard Ngo, Lawrence Chan, Sören Mindermann) (30.08.2022)"  # fmt: skip


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """A folder with the seeds, crawled without a network, and a copy of it in which one more note has markers."""
    plain, marked = (tmp_path_factory.mktemp(name) for name in ("plain", "marked"))
    for folder in (plain, marked):
        shutil.copytree(SEEDS, folder / "seeds")
        if folder == marked:
            (folder / "seeds" / "marked.md").write_text(MARKED)
        Litdb(folder / "db" / "litdb.db")("crawl", str(folder / "seeds"), "--offline")
    return plain, marked


@pytest.fixture
def seeds(litdb, crawled, tmp_path, monkeypatch):
    """The seeds, crawled without a network, and the program standing beside them."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(crawled[0], tmp_path, dirs_exist_ok=True)
    return tmp_path / "seeds"


@pytest.fixture
def note(litdb, crawled, seeds, tmp_path):
    """A note with markers, crawled."""
    shutil.copytree(crawled[1], tmp_path, dirs_exist_ok=True)
    return seeds / "marked.md"


# The marked list


def test_a_bare_key_is_listed_where_a_bibliography_has_it(litdb, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refs.bib").write_text("@misc{bee2020, title={Folios}, author={Bee, Ann}, url={https://a.example/f}}\n")
    (tmp_path / "paper.md").write_text("@bee2020 says so, and thanks to @somebody.\n")
    litdb("crawl", ".", "--offline")
    assert litdb("refs", "paper.md") == "1. [Folios](https://a.example/f) (Ann Bee)\n"


def test_the_list_is_printed(litdb, note):
    assert litdb("refs", str(note)) == LISTED + "\n"
    assert note.read_text() == MARKED
    assert litdb.data("refs", str(note)) == [{"note": str(note), "list": [LISTED]}]


def test_write_puts_the_list_between_the_markers_and_the_second_time_nothing(litdb, note):
    assert LISTED in litdb("refs", "seeds/marked.md", "--diff")
    assert litdb("refs", "seeds/marked.md", "--write") == "Written: seeds/marked.md\n"
    assert note.read_text() == MARKED.replace(f"{BEGIN}\n", f"{BEGIN}\n\n{LISTED}\n\n")
    there = note.stat()
    assert litdb("refs", "seeds/marked.md", "--diff") == ""
    assert litdb("refs", "seeds/marked.md", "--write") == ""
    assert (note.stat().st_mtime_ns, note.stat().st_ino) == (there.st_mtime_ns, there.st_ino)


def test_check_ends_with_1_where_a_list_is_stale(litdb, note):
    assert litdb("refs", "seeds", "--check", code=1) == "seeds/marked.md is not up to date.\n"
    assert litdb.data("refs", "seeds", "--check", code=1)[0]["changes"]
    litdb("refs", "--write")
    assert litdb("refs", "seeds", "--check") == ""


def test_in_folders_only_notes_with_markers_are_written(litdb, note, seeds):
    before = {path.name: path.read_bytes() for path in seeds.iterdir() if path != note}
    litdb("refs", "seeds", "--write")
    assert {path.name: path.read_bytes() for path in seeds.iterdir() if path != note} == before


def test_a_note_named_outright_gets_a_section(litdb, seeds):
    path = seeds / "deep-learning-perspective.md"
    before = path.read_text().rstrip()
    litdb("refs", str(path), "--write")
    assert path.read_text().startswith(f"{before}\n\n## References\n\n{BEGIN}\n\n1. [The Alignment")
    assert litdb("refs", str(path), "--diff") == ""


def test_a_list_written_by_hand_is_not_doubled(litdb, seeds):
    path = seeds / "what-is-alignment.md"
    before = path.read_bytes()
    litdb("refs", str(path), "--write", code=1)
    assert "what-is-alignment.md:36: here is a list written by hand" in litdb.told
    assert path.read_bytes() == before


def test_a_marker_without_its_partner_is_named(litdb, note):
    note.write_text(MARKED.replace(END, ""))
    litdb("refs", str(note), "--write", code=1)
    assert "marked.md:3: this marker has no partner" in litdb.told


def test_a_note_that_ends_in_open_code_is_left_alone(litdb, note):
    content = "[a](https://arxiv.org/abs/2209.00626)\n\n- a\n\n  ```\n  code"
    note.write_text(content)
    litdb("refs", str(note), "--write")
    assert note.read_text().startswith(content)
    assert LISTED in note.read_text()


def test_what_is_no_utf8_is_left_alone_and_named(litdb, note):
    note.write_bytes(MARKED.encode() + b"caf\xe9")
    litdb("refs", str(note), "--write", code=1)
    assert "marked.md is not UTF-8" in litdb.told
    assert note.read_bytes() == MARKED.encode() + b"caf\xe9"


def test_what_litdb_writes_is_remembered_once_for_all_notes(litdb, note, seeds, monkeypatch):
    shutil.copy(note, seeds / "more.md")
    remembered = []
    monkeypatch.setattr(changing, "add_rows", lambda *words: remembered.append(words))
    assert len(litdb("refs", "seeds", "--write").splitlines()) == 2
    assert len(remembered) == 1


def test_where_nothing_can_be_remembered_no_note_is_written(litdb, note, seeds, monkeypatch):
    def refuse(*_args):
        raise LitdbError("own-words.jsonl cannot be written: Permission denied.")

    monkeypatch.setattr(changing, "add_rows", refuse)
    litdb("refs", str(note), "--write", code=1)
    assert litdb.told == "Error: own-words.jsonl cannot be written: Permission denied.\n"
    assert note.read_text() == MARKED


def test_a_read_only_note_is_named_and_the_others_are_written(litdb, note, seeds):
    shutil.copy(note, seeds / "more.md")
    note.chmod(0o444)
    assert litdb("refs", "seeds", "--write", code=1) == "Written: seeds/more.md\n"
    assert "marked.md is read-only" in litdb.told


def test_a_work_the_library_does_not_know_is_told(litdb, note):
    note.write_text(MARKED + "[new](https://new.example/x)\n")
    litdb("refs", str(note), "--diff")
    assert "marked.md:7: https://new.example/x is not in the library yet; crawl first." in litdb.told


def test_what_is_no_work_is_not_waited_for(litdb, note):
    note.write_text(MARKED + "[a picture](https://new.example/x.png)\n")
    litdb("refs", str(note), "--diff")
    assert "crawl first" not in litdb.told


def test_crawl_write_crawl_finds_no_new_mention(litdb, note):
    mentions = litdb.rows("SELECT line, target, sentence FROM mentions ORDER BY 1, 2")
    claims = litdb.rows("SELECT field, value, how FROM claims ORDER BY 1, 2, 3")
    litdb("refs", "--write")
    litdb("crawl", "seeds", "--offline")
    assert litdb.rows("SELECT line, target, sentence FROM mentions ORDER BY 1, 2") == mentions
    assert litdb.rows("SELECT field, value, how FROM claims ORDER BY 1, 2, 3") == claims


# The list written by hand


def test_note_002_is_completed_and_its_three_dates_agree(litdb, seeds):
    path = seeds / "what-is-alignment.md"
    before = path.read_text()
    litdb("refs", str(path), "--fill", "--write")
    assert "3 dates and 1 name of its list agree with what others say." in litdb.told
    after = path.read_text()
    assert without(after, "(Ryan Lowe, Jan Leike)", "(Jan Leike, Miljan Martic, Shane Legg)", "(Logan Riggs Smith, Jan Hendrik Kirchner, janus et al.)", "(23.03.2022)") == before.replace("(20.11.2018)", "(Jan Leike) (20.11.2018)")  # fmt: skip
    instruct = "2. [InstructGPT](https://openai.com/blog/instruction-following/)"
    assert f"{instruct} (Ryan Lowe, Jan Leike) (RLHF to align GPT-3 with human intent) (27.01.2022)\n" in after
    assert litdb("refs", str(path), "--fill") == ""


def without(text, *words):
    for word in words:
        assert text.count(word) == 1, word
        text = text.replace(f" {word}", "")
    return text


def test_what_the_list_lacks_is_offered_and_added_only_on_request(litdb, seeds):
    path = seeds / "what-is-alignment.md"
    litdb("refs", str(path), "--fill", "--write")
    offer = "6. [What is the alignment problem?](https://aligned.substack.com/p/what-is-alignment) (Jan Leike)"
    assert offer in litdb.told
    assert offer not in path.read_text()
    litdb("refs", str(path), "--fill", "--add", "--write")
    assert path.read_text().splitlines()[-2] == offer
    assert litdb("refs", str(path), "--fill", "--add") == ""
    assert "its list lacks" not in litdb.told


def test_a_wrong_date_is_told_and_stays(litdb, seeds):
    path = seeds / "what-is-alignment.md"
    path.write_text(path.read_text().replace("12.06.2017", "13.06.2017"))
    litdb("crawl", "seeds", "--offline")
    litdb("refs", str(path), "--fill", "--write")
    assert re.search(r"what-is-alignment\.md:38: the list says 13\.06\.2017, .* 2017-06-12", litdb.told)
    assert "2 dates" in litdb.told
    assert "(13.06.2017)" in path.read_text()


def test_filled_words_confirm_nothing(litdb, seeds):
    said = "SELECT line, target, asserted_date, asserted_people FROM mentions ORDER BY 1, 2"
    claims = "SELECT source, field, value FROM claims JOIN records ON records.id = record ORDER BY 1, 2, 3"
    before, claimed = litdb.rows(said), litdb.rows(claims)
    litdb("refs", "seeds/what-is-alignment.md", "--fill", "--add", "--write")
    litdb("crawl", "seeds", "--offline")
    assert litdb.rows(said) == before
    assert litdb.rows(claims) == claimed
    litdb("refs", "seeds/what-is-alignment.md", "--fill")
    assert "3 dates" in litdb.told


def test_front_matter_is_filled_only_on_request(litdb, seeds):
    path = seeds / "research-projects.md"
    before = path.read_text()
    litdb("refs", str(path), "--fill", "--write")
    assert path.read_text() == before
    litdb("refs", str(path), "--front-matter", "--write")
    assert path.read_text() == before.replace("author: null", "author: Richard Ngo")
    about_nothing = seeds / "inner-misalignment.md"
    before = about_nothing.read_text()
    litdb("refs", str(about_nothing), "--front-matter", "--write")
    assert about_nothing.read_text() == before


def test_front_matter_about_several_works_is_not_filled(litdb, note):
    text = "---\ntitle:\nurl: [https://arxiv.org/abs/2209.00626, https://arxiv.org/abs/1706.03762]\n---\n"
    note.write_text(text)
    litdb("crawl", str(note), "--offline")
    litdb("refs", str(note), "--front-matter", "--write")
    assert note.read_text() == text


def test_bare_links_and_footnotes_get_titles_only_on_request(litdb, note):
    bare = "https://arxiv.org/abs/2209.00626"
    text = f"See <{bare}>.[^1] And {bare}.\n\n| {bare} |\n|---|\n\n`{bare}` [kept]({bare})\n\n[^1]: {bare}\n"
    note.write_text(text)
    litdb("refs", str(note), "--titles", "--write")
    title = f"[The Alignment Problem from a Deep Learning Perspective]({bare})"
    assert note.read_text() == (
        f"See {title}.[^1] And {title}.\n\n| {title} |\n|---|\n\n`{bare}` [kept]({bare})\n\n[^1]: {title}\n"
    )
    assert litdb("refs", str(note), "--titles") == ""


def test_a_link_that_was_given_its_title_is_still_the_users(litdb, note):
    note.write_text("See https://arxiv.org/abs/2209.00626 and <https://arxiv.org/abs/1706.03762>.\n")
    litdb("crawl", str(note), "--offline")
    cited = litdb("list", "--note", "marked.md")
    litdb("refs", str(note), "--titles", "--write")
    litdb("crawl", str(note), "--offline")
    assert "[The Alignment Problem from a Deep Learning Perspective](" in note.read_text()
    assert litdb("list", "--note", "marked.md") == cited


def test_add_needs_fill(litdb, note):
    litdb("refs", str(note), "--add", code=2)


# Bytes


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes)
def test_bytes_outside_the_markers_are_as_they_were(litdb_once, content):
    call, path = litdb_once
    path.write_bytes(content)
    call("refs", str(path), "--write", code=None)
    after = path.read_bytes()
    assert outside(after, content) == outside(content, content)
    call("refs", str(path), "--write", code=None)
    assert path.read_bytes() == after


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes)
def test_filling_only_puts_in(litdb_once, content):
    call, path = litdb_once
    path.write_bytes(content)
    call("refs", str(path), "--fill", "--add", "--front-matter", "--write", code=None)
    after = path.read_bytes()
    rest = iter(after.replace(b"null", b"") if b"author: null" in content else after)
    assert all(byte in rest for byte in content.replace(b"author: null", b"author: "))
    call("refs", str(path), "--fill", "--add", "--front-matter", "--write", code=None)
    assert path.read_bytes() == after


def outside(content, original):
    """What stands outside of the markers; of a note without them that got a section, what is left without it."""
    there = marked_lists(Text("", content).plain)
    if not marked_lists(Text("", original).plain):
        start = next(
            (i for i, pair in enumerate(zip(content, original, strict=False)) if pair[0] != pair[1]), len(original)
        )
        end = len(original) - start
        return content[:start] + (content[-end:] if end else b"")
    written = Text("", content).written
    edges = [0, *(edge for each in there for edge in (each.start, each.end)), len(written)]
    return [written[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


@pytest.fixture(scope="module")
def litdb_once(tmp_path_factory):
    """One library for many notes."""
    from click.testing import CliRunner

    from litdb.commands import main

    folder = tmp_path_factory.mktemp("vault")
    shutil.copytree(SEEDS, folder / "seeds")
    db = ["--db", str(folder / "db" / "litdb.db")]

    def call(*words, code=0):
        result = CliRunner().invoke(main, [*words, *db])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        assert result.exit_code in ((0, 1) if code is None else (code,)), result.output
        return result

    call("crawl", str(folder / "seeds"), "--offline")
    return call, folder / "seeds" / "odd.md"


def test_git_applies_what_diff_shows(litdb, note, tmp_path):
    if not shutil.which("git"):
        pytest.skip("git is not there")
    note.write_bytes(MARKED.replace("\n", "\r\n").encode().removesuffix(b"\r\n"))
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    patch = subprocess.run(
        [sys.executable, "-c", "from litdb.commands import main; main()", "refs", "seeds/marked.md", "--diff", "--db", str(litdb.library)],
        cwd=tmp_path, capture_output=True, check=True,
    ).stdout  # fmt: skip
    litdb("refs", str(note), "--write")
    due = note.read_bytes()
    note.write_bytes(MARKED.replace("\n", "\r\n").encode().removesuffix(b"\r\n"))
    subprocess.run(["git", "apply", "-"], input=patch, cwd=tmp_path, check=True)
    assert note.read_bytes() == due


def test_own_words_that_cannot_be_read_are_told(litdb, seeds):
    (place_of(str(litdb.library)).folder / "own-words.jsonl").write_text("no JSON")
    litdb("refs", "seeds/what-is-alignment.md", "--fill", "--write", code=1)
    assert "own-words.jsonl cannot be read" in litdb.told
