"""litdb forget: a work or a note goes with all its traces, and what stays is said."""

import json
import sqlite3
import zlib

import pytest

SECRET = "https://www.engraved.blog/building-a-virtual-machine-inside/"
OTHER = "https://bounded-regret.ghost.io/ml-systems-will-have-weird-failure-modes-2/"
PAPERS = ("https://arxiv.org/abs/1901.03559", "https://arxiv.org/abs/2209.00626")


@pytest.fixture
def notes(tmp_path):
    """A folder for notes: notes("name.md", text) writes one."""
    folder = tmp_path / "notes"
    folder.mkdir()

    def write(name, text):
        (folder / name).write_text(text, "utf-8")
        return folder / name

    return write


@pytest.fixture
def crawled(litdb, notes, little_web, tmp_path):
    """Two notes: one cites two posts, the other the second of them and two papers that one answer tells of."""
    notes("private.md", f"[a machine]({SECRET}) and [failures]({OTHER})")
    notes("public.md", f"[failures]({OTHER}), {PAPERS[0]} and {PAPERS[1]}")
    litdb("crawl", str(tmp_path / "notes"))
    return litdb


def bytes_of(litdb):
    """Everything that lies beside the library, journal and write-ahead logs included."""
    return b"".join(path.read_bytes() for path in sorted(litdb.library.parent.iterdir()))


def journal(litdb, query):
    connection = sqlite3.connect(litdb.library.with_suffix(".journal"))
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def urls(litdb):
    return {work["url"] for work in litdb.data("list", "--all")}


def test_a_note_goes_with_the_works_that_it_alone_cites(crawled, tmp_path):
    (tmp_path / "notes" / "private.md").unlink()
    said = crawled("forget", "private.md", "--yes")
    assert "degraveBuildingVirtualMachine2022" in said
    assert SECRET not in urls(crawled)
    assert OTHER in urls(crawled)
    assert [row[0] for row in crawled.rows("SELECT path FROM notes")] == ["notes/public.md"]


def test_no_byte_of_it_is_left_beside_the_library(crawled, tmp_path):
    (tmp_path / "notes" / "private.md").unlink()
    page = journal(crawled, f"SELECT content FROM answers WHERE url = '{SECRET}'")[0][0]
    assert page in bytes_of(crawled)
    crawled("forget", "private.md", "--yes")
    left = bytes_of(crawled)
    for trace in (page, b"engraved", b"Building A Virtual Machine", b"degrave", b"private.md", b"a machine"):
        assert trace not in left, trace


def test_rebuilding_gives_the_same_library(crawled, tmp_path):
    (tmp_path / "notes" / "private.md").unlink()
    crawled("forget", "private.md", "--yes")
    before = crawled("dump")
    assert "0 changes" in crawled("rebuild")
    assert crawled("dump") == before


def test_a_note_that_still_stands_is_no_longer_known_but_told_of(crawled, tmp_path):
    said = crawled("forget", "notes/private.md", "--yes")
    assert "a crawl of its folder reads it again" in said
    assert ".litdbignore" in said
    assert SECRET not in urls(crawled)
    (tmp_path / "notes" / ".litdbignore").write_text("private.md\n")
    crawled("crawl", str(tmp_path / "notes"), "--offline")
    assert SECRET not in urls(crawled)


def test_a_work_that_a_note_still_cites_is_known_by_that_alone(crawled):
    said = crawled("forget", SECRET, "--yes")
    assert "notes/private.md:1" in said
    assert "<!-- litdb: ignore -->" in said
    work = crawled.data("show", SECRET)
    assert (work["outcome"], work["attempts"]) == ("partial", [])
    assert journal(crawled, f"SELECT * FROM answers WHERE address = '{SECRET}'") == []


def test_an_answer_that_tells_of_others_too_stays_and_no_longer_speaks_of_it(crawled, notes):
    notes("public.md", f"[failures]({OTHER}), {PAPERS[0]}")
    said = crawled("forget", PAPERS[1], "--yes")
    assert "tells of other works too" in said
    assert PAPERS[1] not in urls(crawled)
    assert crawled.data("show", PAPERS[0])["outcome"] == "ok"
    crawled("rebuild")
    assert "2209.00626" not in crawled("dump")


def test_a_work_that_is_no_longer_cited_goes_too(crawled, notes, tmp_path):
    notes("private.md", "nothing any more")
    crawled("crawl", str(tmp_path / "notes"), "--offline")
    crawled("forget", SECRET, "--yes")
    assert b"engraved" not in bytes_of(crawled)


@pytest.mark.parametrize("by", ["url", "key"])
def test_a_work_that_only_the_journal_still_knows_goes_too(litdb, notes, little_web, tmp_path, by):
    little_web.fault("www.engraved.blog", "forbidden")
    notes("private.md", f"[a machine]({SECRET})")
    litdb("crawl", str(tmp_path / "notes"))
    name = SECRET if by == "url" else litdb.data("show", SECRET)["key"]
    notes("private.md", "nothing any more")
    litdb("crawl", str(tmp_path / "notes"), "--offline")
    assert urls(litdb) == set()
    assert "which only the journal knows" in litdb("forget", name, "--yes")
    assert b"engraved" not in bytes_of(litdb)


def test_a_note_is_found_from_the_folder_one_is_in(crawled, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path / "notes")
    assert crawled.data("forget", "./private.md", "--dry-run")["note"] == "notes/private.md"


def test_a_dry_run_says_it_all_and_does_nothing(crawled):
    before = crawled("dump"), journal(crawled, "SELECT count(*) FROM answers")
    said = crawled("forget", SECRET, "--dry-run")
    assert "answers 1, attempts 1, keys 1" in said
    assert "Nothing was forgotten" in crawled.told
    assert (crawled("dump"), journal(crawled, "SELECT count(*) FROM answers")) == before


def test_without_a_terminal_it_needs_a_yes(crawled):
    before = crawled("dump")
    crawled("forget", SECRET, code=2)
    assert "--yes" in crawled.told
    assert crawled("dump") == before


def test_what_is_added_by_hand_goes_from_the_list_too(crawled):
    crawled("add", "https://example.org/by-hand", "--offline")
    crawled("forget", "https://example.org/by-hand", "--yes")
    assert "by-hand" not in (crawled.library.parent / "added.txt").read_text("utf-8")
    assert "by-hand" not in crawled("dump")


def test_words_of_litdbs_in_notes_that_are_gone_go(crawled, tmp_path):
    words = crawled.library.parent / "own-words.jsonl"
    rows = [["notes/private.md", SECRET, "date", "2022"], ["notes/public.md", OTHER, "date", "2021"]]
    words.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    (tmp_path / "notes" / "private.md").unlink()
    crawled("forget", "private.md", "--yes")
    assert [json.loads(line) for line in words.read_text("utf-8").splitlines()] == rows[1:]


def test_a_correction_stays_and_is_named(crawled):
    crawled("set", SECRET, "date", "2022-12-04")
    assert "corrections.toml:3" in crawled("forget", SECRET, "--dry-run")


def test_a_run_that_was_cut_off_in_the_middle_can_be_said_again(crawled, monkeypatch, tmp_path):
    (tmp_path / "notes" / "private.md").unlink()
    with monkeypatch.context() as cut:
        cut.setattr("litdb.run.Run.project", lambda self: 1 / 0)
        with pytest.raises(AssertionError):
            crawled("forget", "private.md", "--yes")
    assert SECRET in urls(crawled)
    crawled("forget", "private.md", "--yes")
    assert SECRET not in urls(crawled)
    assert b"engraved" not in bytes_of(crawled)


def test_programs_get_it_as_data(crawled):
    told = crawled.data("forget", SECRET, "--dry-run")
    assert (told["works"], told["answers"], told["forgotten"]) == (["degraveBuildingVirtualMachine2022"], 1, False)


def test_a_reader_that_holds_the_old_state_is_told_of(crawled):
    reader = sqlite3.connect(crawled.library.with_suffix(".journal"), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM answers").fetchone()
    crawled("forget", SECRET, "--yes")
    reader.close()
    assert "Another program has library or journal open" in crawled.told


@pytest.mark.parametrize("name", ["nothing.md", "nothing2020", "https://example.org/unknown", ""])
def test_what_is_neither_note_nor_work_is_said_so(crawled, name):
    crawled("forget", name, "--yes", code=1)
    assert "neither a note nor a work" in crawled.told


def test_nothing_else_in_the_journal_changes(crawled):
    others = "SELECT id, content, asked FROM answers WHERE url NOT LIKE '%engraved%' ORDER BY id"
    before = journal(crawled, others)
    crawled("forget", SECRET, "--yes")
    assert journal(crawled, others) == before
    assert all(zlib.decompress(row[1]) for row in before if row[1])


def test_a_work_that_an_imported_file_holds_is_said_to_come_back(litdb, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.bib").write_text("@book{kept, title={Kept}}\n@book{gone, title={Gone}}")
    litdb("import", "a.bib")
    said = litdb("forget", "gone", "--yes")
    assert "Stays: what db/imports/a.bib:2 says of it, so it is in the library still." in said
    assert "litdb forget db/imports/a.bib" in said


def test_a_key_that_only_the_journal_knows_is_told_by_what_it_named(litdb, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.bib").write_text("@book{gone, title={Gone}, doi={10.1000/gone}}")
    litdb("import", "a.bib")
    (tmp_path / "db" / "imports" / "a.bib").unlink()
    litdb("rebuild")
    assert litdb("forget", "gone", "--dry-run").startswith("  doi:10.1000/gone, which only the journal knows\n")
