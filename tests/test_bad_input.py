"""What bad input gets: one clear sentence, the right exit code, nothing lost and nothing half-written."""

import os
import shutil
import sqlite3

import pytest

from conftest import Litdb
from litdb.errors import ExportError

NOTE = "# Reading\n\nThe [paper](https://arxiv.org/abs/2209.00626) and <https://example.org/a>.\n"
READ = (["list"], ["show", "arxiv:2209.00626"], ["search", "paper"], ["status"], ["dump"], ["export", "bibtex"])
WRITE = (["crawl", "n.md", "--offline"], ["set", "arxiv:2209.00626", "title", "T"], ["rebuild"])


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """A folder with a crawled note."""
    folder = tmp_path_factory.mktemp("crawled")
    (folder / "n.md").write_text(NOTE)
    Litdb(folder / "db" / "litdb.db")("crawl", str(folder / "n.md"), "--offline")
    return folder


@pytest.fixture
def project(litdb, crawled, tmp_path, monkeypatch):
    """A crawled note in the folder where litdb is called."""
    shutil.copytree(crawled, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(litdb, *words, code=1, stdin=None):
    """The one sentence that a refusal is."""
    assert litdb(*words, code=code, stdin=stdin) == ""
    *_, sentence = litdb.told.strip().splitlines()
    assert sentence.startswith("Error: "), litdb.told
    assert code == 2 or litdb.told.strip() == sentence
    return sentence


def kept(folder):
    """Every file below a folder with its content, but for SQLite's own beside a database."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".db-wal", ".db-shm", ".journal-wal", ".journal-shm")
    }


# Notes


def test_a_path_that_is_not_there_is_a_wrong_call_and_makes_nothing(litdb, tmp_path):
    assert "no file or folder" in refused(litdb, "crawl", str(tmp_path / "none"), "--offline", code=2)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_said_to_be_empty(litdb, tmp_path):
    (tmp_path / "notes").mkdir()
    assert "There are no notes: litdb reads Markdown" in litdb("crawl", str(tmp_path / "notes"), "--offline")
    assert litdb("list") == ""
    assert "no cited work" in litdb.told


def test_a_note_without_a_citation_is_said_to_have_none(litdb, tmp_path):
    (tmp_path / "n.md").write_text("Nothing is cited here.\n")
    assert "There is no citation in these notes." in litdb("crawl", str(tmp_path / "n.md"), "--offline")


def test_a_broken_bibliography_is_told_by_line_and_its_whole_entries_count(litdb, tmp_path):
    (tmp_path / "b.bib").write_text("@misc{a, title = {Open\n\n@misc{b, title={Whole}, url={https://example.org/b}}\n")
    litdb("crawl", str(tmp_path / "b.bib"), "--offline")
    assert "b.bib:1: @misc has no closing brace" in litdb.told
    assert [work["title"] for work in litdb.data("list")] == ["Whole"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"caf\xe9 <https://example.org/latin1>\n", "bad.md is not UTF-8: byte 3 (0xe9, in line 1)"),
        (b"<https://example.org/x>\n\0\1\2", "bad.md is not text: byte 24 is NUL"),
        (b"\xff\xfe<\0h\0t", "bad.md is not UTF-16-LE"),
    ],
)
def test_a_note_that_is_no_text_is_named_and_the_others_count(project, litdb, content, says):
    (project / "bad.md").write_bytes(content)
    litdb("crawl", "bad.md", "n.md", "--offline")
    assert says in litdb.told
    assert len(litdb.data("list")) == 2


def test_a_note_that_vanished_is_told_and_its_works_are_no_longer_cited(project, litdb):
    (project / "m.md").write_text("<https://example.org/m>\n")
    litdb("crawl", "m.md", "--offline")
    (project / "m.md").unlink()
    assert "Gone: m.md, with what it cited\n" in litdb("crawl", "n.md", "--offline")
    assert len(litdb.data("list")) == 2
    assert litdb.data("crawl", "n.md", "--offline")["vanished"] == []


def test_a_note_that_was_renamed_is_told_and_nothing_else_changes(project, litdb):
    works = litdb.data("list")
    (project / "n.md").rename(project / "new.md")
    summary = litdb.data("crawl", ".", "--offline")
    assert (summary["renamed"], summary["vanished"]) == ({"n.md": "new.md"}, [])
    assert litdb.data("list") == works


def test_a_note_that_cannot_be_read_any_more_is_not_said_to_be_gone(project, litdb):
    (project / "n.md").write_bytes(b"\0")
    summary = litdb.data("crawl", ".", "--offline")
    assert (summary["vanished"], summary["renamed"]) == ([], {})
    assert "n.md is not text" in summary["problems"][0]


# URLs


@pytest.mark.parametrize(
    "url",
    [
        "http:///x",
        "https://-bad-.example/x",
        "https://host.example:99999/",
        "https://a\\b.example/",
    ],
)
def test_a_malformed_link_is_kept_with_the_reason_and_never_dropped(litdb, tmp_path, url):
    (tmp_path / "n.md").write_text(f"# T\n\n[x]({url}) and <https://example.org/a>\n")
    assert litdb.data("crawl", str(tmp_path / "n.md"), "--offline")["works"] == 1
    work, row = sorted(litdb.data("status")["needs_attention"], key=lambda row: row["key"] is None)
    assert (row["note"], row["line"], row["outcome"]) == ("n.md", 3, "unsupported")
    assert row["reason"]
    assert (work["note"], work["line"]) == ("n.md", 3)


@pytest.mark.parametrize("url", ["nonsense", "ftp://example.org/x", "javascript:alert(1)", "https://a b.example/", ""])
def test_what_is_no_url_is_neither_identified_nor_added(litdb, tmp_path, url):
    litdb("identify", url, code=1)
    assert litdb.told.strip()
    refused(litdb, "add", "https://example.org/fine", url, "--offline")
    assert list(tmp_path.iterdir()) == []


# Libraries


def other_program(path):
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()


def truncated(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def bit_flipped(path):
    content = bytearray(path.read_bytes())
    for place in range(200, len(content), 97):
        content[place] ^= 0x55
    path.write_bytes(content)


def plain_text(path):
    path.write_text("# Not a library at all, only a note that bears its name.\n" * 50)


def newer(path):
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {connection.execute('PRAGMA user_version').fetchone()[0] + 1}")
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
        "SELECT migration_set, 'm999_of_tomorrow', applied_at FROM _sqlite_migrations LIMIT 1"
    )
    connection.commit()
    connection.close()


SPOILT = {
    plain_text: "not a litdb library",
    other_program: "no litdb library",
    truncated: "damaged",
    bit_flipped: "damaged",
    newer: "newer litdb",
}


@pytest.mark.parametrize(
    ("spoil", "words"),
    [pytest.param(spoil, words, id=f"{spoil.__name__}-{words[0]}") for spoil in SPOILT for words in (*READ, *WRITE)],
)
def test_a_library_that_cannot_be_used_is_refused_and_left_as_it_is(project, litdb, spoil, words):
    spoil(litdb.library)
    before = kept(litdb.library.parent)
    sentence = refused(litdb, *words)
    assert SPOILT[spoil] in sentence
    assert "litdb.db" in sentence
    assert kept(litdb.library.parent) == before


@pytest.mark.parametrize("words", WRITE, ids=" ".join)
@pytest.mark.parametrize("spoil", SPOILT)
def test_a_journal_that_cannot_be_used_is_refused_and_left_as_it_is(project, litdb, spoil, words):
    journal = litdb.library.with_suffix(".journal")
    spoil(journal)
    before = kept(litdb.library.parent)
    sentence = refused(litdb, *words)
    assert SPOILT[spoil] in sentence
    assert "litdb.journal" in sentence
    assert kept(litdb.library.parent) == before


@pytest.mark.parametrize("words", READ, ids=" ".join)
def test_what_only_reads_needs_a_library_and_makes_none(litdb, tmp_path, words):
    assert "Run “litdb crawl” first" in refused(litdb, *words)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", WRITE[:2], ids=" ".join)
def test_a_library_that_another_process_writes_is_told_and_can_still_be_read(project, litdb, monkeypatch, words):
    monkeypatch.setattr("litdb.database.connection.WAIT_SECONDS", 0)
    (project / "n.md").write_text("<https://example.org/new>\n")
    holder = sqlite3.connect(litdb.library, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    exports = {name: content for name, content in kept(litdb.library.parent).items() if name.startswith("references")}
    assert "another process" in refused(litdb, *words)
    assert len(litdb.data("list")) == 2
    holder.close()
    assert exports.items() <= kept(litdb.library.parent).items()


def test_a_read_only_library_is_told(project, litdb, monkeypatch):
    before = kept(litdb.library.parent)

    def refuse(*_args, **_kwargs):
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(sqlite3, "connect", refuse)
    assert "read-only" in refused(litdb, "crawl", "n.md", "--offline")
    assert kept(litdb.library.parent) == before


def test_a_read_only_folder_keeps_the_old_exports(project, litdb, monkeypatch):
    (project / "n.md").write_text("<https://example.org/new>\n")
    before = {name: content for name, content in kept(litdb.library.parent).items() if name.startswith("references")}

    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("litdb.files.replacing.os.fsync", refuse)
    sentence = refused(litdb, "crawl", "n.md", "--offline")
    assert "cannot be written: Permission denied. The old file is as it was." in sentence
    assert before.items() <= kept(litdb.library.parent).items()


def test_a_folder_that_cannot_be_made_is_told(project, litdb):
    litdb.library = project / "n.md" / "litdb.db"
    assert "cannot be written" in refused(litdb, "crawl", "n.md", "--offline")


@pytest.mark.parametrize(
    ("library", "code", "says"),
    [("db/litdb.journal", 2, "name the library beside it: db/litdb.db"), ("n.md", 1, "not a litdb library")],
)
def test_a_file_that_is_no_library_is_refused_as_one(project, litdb, library, code, says):
    before = kept(project)
    for words in (["list"], ["crawl", "n.md", "--offline"]):
        litdb.library = library
        assert says in refused(litdb, *words, code=code)
    assert kept(project).items() >= before.items()


# Exports


@pytest.mark.parametrize("name", ["references.bib", "references.biblatex.bib", "references.md"])
def test_a_file_of_somebody_else_is_never_overwritten(project, litdb, name):
    mine = litdb.library.parent / name
    mine.write_text("% mine\n")
    assert f"{name} was not written by litdb" in refused(litdb, "crawl", "n.md", "--offline")
    assert f"{name} was not written by litdb" in refused(litdb, "export", "bibtex", "-o", str(mine))
    assert mine.read_text() == "% mine\n"


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("ris", b"TY  - JOUR\r\nID  - a\r\nTI  - A\r\nER  - \r\n"),
        ("csl-json", b'[\n{"id": "a", "type": "book"}]'),
        ("jsonl", b'{"key": "a", "value": 1}\n'),
    ],
)
def test_data_of_somebody_else_is_never_overwritten(project, litdb, tmp_path, form, content):
    mine = tmp_path / "mine"
    mine.write_bytes(content)
    litdb("crawl", "n.md", "--offline")
    assert "mine was not written by litdb" in refused(litdb, "export", form, "-o", str(mine))
    assert mine.read_bytes() == content


def test_an_export_that_does_not_read_back_leaves_the_old_one(project, litdb, monkeypatch):
    def refuse(*_args):
        raise ExportError("The export could not be read back, so the old file was kept.")

    before = kept(litdb.library.parent)["references.bib"]
    monkeypatch.setattr("litdb.export.verify.verify_bib", refuse)
    (project / "n.md").write_text("<https://example.org/new>\n")
    refused(litdb, "crawl", "n.md", "--offline")
    refused(litdb, "export", "bibtex", "-o", "db/references.bib")
    assert kept(litdb.library.parent)["references.bib"] == before


def test_only_entries_that_do_not_stand_in_the_file_are_read_back(project, litdb, monkeypatch):
    read = []
    monkeypatch.setattr("litdb.export.verify.verify_bib", lambda _text, works, _dialect: read.append(works))
    (project / "new.md").write_text("<https://example.org/new>\n")
    litdb("crawl", "new.md", "--offline")
    assert [[work.url for work in works] for works in read] == [["https://example.org/new"]] * 2
    read.clear()
    litdb("set", "https://example.org/new", "title", "A new title")
    assert [[work.title for work in works] for works in read] == [["A new title"]] * 2


def test_a_folder_is_no_file_to_export_to(project, litdb):
    assert "is a folder" in refused(litdb, "export", "bibtex", "-o", str(project))


# Words on the command line


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["nonsense"], 2, "No such command 'nonsense'"),
        (["serch"], 2, "No such command 'serch'. Did you mean 'search'?"),
        (["crawl", "n.md", "--nonsense"], 2, "No such option '--nonsense'"),
        (["list", "--year", "soon"], 2, "not a valid integer"),
        (["list", "--type", "blog"], 2, "'preprint'"),
        (["list", "--outcome", "fine"], 2, "'challenged'"),
        (["list", "--note", "none.md"], 2, "“none.md” is no note of the library: n.md."),
        (["show", "nobody2022"], 1, "no work “nobody2022”"),
        (["show", "https://nowhere.example/"], 1, "no work “https://nowhere.example/”"),
        (["show", ""], 1, "no work “”"),
        (["search"], 2, "Missing argument"),
        (["search", "paper", "-n", "0"], 2, "0 is not in the range"),
        (["export", "pdf"], 2, "'pdf' is not one of 'bibtex'"),
        (["export", "bibtex", "--note", "none.md"], 2, "“none.md” is no note of the library: n.md."),
        (["export", "references", "--order", "up"], 2, "it can be: note, date, title, key"),
        (["export", "references", "--marker", "x"], 2, "it can be: 1., 1), -, *"),
        (["export", "references", "--people", "some"], 2, "it can be: all, first, none"),
        (["export", "references", "--date", "day"], 2, "YYYY is missing"),
        (["identify"], 2, "Missing argument"),
        (["browse", "--port", "99999"], 2, "99999 is not in the range"),
        (["set", "nobody2022", "title", "T"], 1, "no work “nobody2022”"),
        (["set", "arxiv:2209.00626", "titel", "T"], 2, "no field “titel”"),
        (["key", "arxiv:2209.00626", "two words"], 2, "cannot be a citation key"),
        (["rebuild", "none.md"], 2, "no file or folder"),
        (["set", "arxiv:2209.00626"], 2, "Missing argument 'FIELD'"),
        (["crawl", "", "--offline"], 2, "A PATH is empty"),
        (["rebuild", ""], 2, "A PATH is empty"),
        (["person", "evhub"], 2, "“evhub” and “” are no two names"),
    ],
)
def test_a_wrong_word_is_told_with_what_would_be_right(project, litdb, words, code, says):
    before = kept(project)
    assert says in refused(litdb, *words, code=code)
    assert kept(project) == before


def test_of_many_notes_only_some_are_named(project, litdb):
    for number in range(20):
        (project / f"note-{number}.md").write_text("https://example.org/a")
    litdb("crawl", ".", "--offline")
    for words in (["list", "--note", "note-31.md"], ["check", "note-31.md"]):
        assert "and 9 others" in refused(litdb, *words, code=2)


def test_words_that_find_nothing_are_no_error(project, litdb):
    assert litdb("search", "***", "xyzzy") == ""
    assert "No cited work has “*** xyzzy”" in litdb.told
    assert litdb("list", "--year", "1850") == ""
    assert "no such work" in litdb.told
    assert litdb.data("list", "--year", "1850") == []


@pytest.mark.parametrize("pace", ["fast", "-1", "inf", "nan"])
def test_a_pace_that_is_none_is_a_wrong_call(project, litdb, monkeypatch, pace):
    monkeypatch.setenv("LITDB_PACE", pace)
    assert f"LITDB_PACE is '{pace}'" in refused(litdb, "crawl", "n.md", code=2)


@pytest.mark.parametrize("contact", ["two words", "a\nb", "<me@example.org>"])
def test_a_contact_that_is_none_is_a_wrong_call(project, litdb, contact):
    assert "neither a mail address nor a URL" in refused(litdb, "crawl", "n.md", "--contact", contact, code=2)


# Files of the user


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"contact = 3", 1, "“contact” is no str"),
        (b"colour = 'red'", 1, "“colour”, which litdb does not know. It knows: aliases"),
        (b"x = [", 1, "not valid TOML"),
        (b"contact = '\xff'", 1, "litdb.toml is not UTF-8 (byte 12)"),
        (b"[lists]\norder = 'up'", 2, "it can be: note, date, title, key"),
    ],
)
def test_settings_that_cannot_be_are_told(project, litdb, content, code, says):
    exports = kept(litdb.library.parent)
    (project / "litdb.toml").write_bytes(content)
    assert says in refused(litdb, "crawl", "n.md", "--offline", code=code)
    assert kept(litdb.library.parent)["references.md"] == exports["references.md"]


def test_corrections_that_are_no_text_are_told(project, litdb):
    (project / "corrections.toml").write_bytes(b"\xff")
    assert "corrections.toml is not UTF-8 text" in refused(litdb, "crawl", "n.md", "--offline")
    assert "corrections.toml is not UTF-8 text" in refused(litdb, "set", "arxiv:2209.00626", "title", "T")
    assert (project / "corrections.toml").read_bytes() == b"\xff"


def test_an_added_list_that_is_no_text_is_told_and_kept(project, litdb):
    added = litdb.library.parent / "added.txt"
    added.write_bytes(b"\xff\n")
    assert "added.txt" in refused(litdb, "add", "https://example.org/z", "--offline")
    assert added.read_bytes() == b"\xff\n"


# How a run ends


def test_an_interruption_before_the_crawl_says_130(project, litdb, monkeypatch):
    def interrupt(*_args):
        raise KeyboardInterrupt

    (project / "n.md").write_text(f"{NOTE}<https://example.org/new>\n")
    before = kept(project)
    monkeypatch.setattr("litdb.reading.read_note", interrupt)
    litdb("crawl", "n.md", "--offline", code=130)
    assert litdb.told == "Interrupted. What was learnt is kept; run again to go on.\n"
    assert kept(project) == before


def test_unresolved_links_say_3_only_when_asked(project, litdb):
    litdb("crawl", "n.md", "--offline", "--strict", code=3)
    litdb("crawl", "n.md", "--offline")


# Passwords

SECRET = "hunter2"
SECRET_URL = f"https://me:{SECRET}@host.example/x"
WITH_SECRET = {
    "inline.md": f"See [it]({SECRET_URL}) here.",
    "text-of-a-link.md": f"See [{SECRET_URL}](https://example.org/fine).",
    "autolink.md": f"<{SECRET_URL}>",
    "bare.md": f"See {SECRET_URL} here.",
    "reference.md": f"See [it][1].\n\n[1]: {SECRET_URL}",
    "comment.md": f"<!-- {SECRET_URL} -->",
    "beside.md": f"See {SECRET_URL} and <https://example.org/fine>.",
    "heading.md": f"# At {SECRET_URL}\n\n<https://example.org/fine>",
    "front-matter.md": f'---\ntitle: "At {SECRET_URL}"\nhref: {SECRET_URL}\n---\n<https://example.org/fine>',
    "archived.md": f"<https://web.archive.org/web/2020/{SECRET_URL}>",
    "sent-on.md": f"<https://www.google.com/url?q=https%3A%2F%2Fme%3A{SECRET}%40host.example%2Fx>",
    "query.md": f"<https://example.org/?next={SECRET_URL}>",
    "path.md": f"<https://example.org/{SECRET_URL}>",
    "html.html": f'<a href="{SECRET_URL}">{SECRET_URL}</a>',
    "bookmarks.html": f'<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF="{SECRET_URL}">x</A></DL>',
    "tex.tex": rf"\url{{{SECRET_URL}}} \href{{{SECRET_URL}}}{{x}}",
    "list.urls": SECRET_URL,
    "url.bib": f"@misc{{a, title={{T}}, url={{{SECRET_URL}}}}}",
    "note.bib": f"@misc{{a, title={{T}}, url={{https://example.org/fine}}, note={{see {SECRET_URL}}}}}",
}


@pytest.mark.parametrize("name", WITH_SECRET)
def test_a_password_in_a_url_is_neither_kept_nor_printed(litdb, tmp_path, name):
    (tmp_path / name).write_text(WITH_SECRET[name] + "\n")
    said = [litdb("crawl", str(tmp_path / name), "--offline"), litdb.told]
    for words in (["crawl", str(tmp_path / name), "--dry-run"], ["list"], ["status"], ["dump"], ["export", "bibtex"]):
        said += [litdb(*words), litdb.told]
    said += [line for path in (litdb.library, litdb.library.with_suffix(".journal")) for line in everything(path)]
    said += [content.decode("utf-8", "replace") for content in kept(litdb.library.parent).values()]
    assert [text for text in said if SECRET in text] == []


def everything(path):
    """All that an SQLite file says."""
    connection = sqlite3.connect(path)
    lines = list(connection.iterdump())
    connection.close()
    return lines


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["identify"], 1),
        (["identify", "--json"], 1),
        (["add", "--offline"], 1),
        (["show"], 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_a_password_on_the_command_line_is_not_said_again(project, litdb, words, code):
    said = litdb(words[0], SECRET_URL, *words[1:], code=code)
    assert SECRET not in said + litdb.told
    assert all(SECRET.encode() not in content for content in kept(project).values())


def test_a_password_on_stdin_is_not_kept(project, litdb):
    litdb("crawl", "-", "--offline", stdin=f"{SECRET_URL}\n")
    assert all(SECRET.encode() not in content for content in kept(project).values())


def test_bytes_on_stdin_that_are_no_text_cost_their_line(project, litdb):
    listed = b"\xff\xe9\nhttps://arxiv.org/abs/1706.03762\n"
    assert "1706.03762" in litdb("identify", "-", code=1, stdin=listed)
    litdb("crawl", "-", "--offline", stdin=listed)
    assert "https://arxiv.org/abs/1706.03762" in {work["url"] for work in litdb.data("list")}


@pytest.mark.parametrize("command", ["refs", "check"])
def test_a_name_too_long_for_a_path_is_told(project, litdb, command):
    litdb("crawl", "n.md", "--offline")
    assert litdb(command, "x" * 300, code=2) == ""
    assert "xxx" in litdb.told


def test_a_dry_run_takes_no_list_on_stdin(project, litdb):
    litdb("crawl", "-", "--dry-run", code=2, stdin="https://a.example/x\n")
    assert "--dry-run keeps nothing" in litdb.told
    assert not litdb.library.with_name("added.txt").exists()


def test_half_a_character_costs_the_entry_its_letter_and_no_crawl(project, litdb):
    item = '{"id": "a", "type": "article", "title": "Half \\ud83d", "URL": "https://a.example/\\ud83d", "publisher": "\\ud83d"}'
    (project / "refs.json").write_text(f"[{item}]")
    litdb("crawl", "refs.json", "--offline")
    assert litdb.data("list")[0]["title"] == "Half ?"


@pytest.fixture
def shut(project, litdb):
    """A crawled folder that nobody may look into any more."""
    folder = project / "shut"
    folder.mkdir()
    (folder / "s.md").write_text("https://a.example/shut\n")
    litdb("crawl", ".", "--offline")
    folder.chmod(0)
    if os.access(folder, os.R_OK):
        folder.chmod(0o755)
        pytest.skip("this user may look into every folder")
    yield folder
    folder.chmod(0o755)


@pytest.mark.parametrize("path", [".", "shut", "shut/s.md"])
def test_a_folder_that_cannot_be_looked_into_is_told_and_its_notes_are_not_gone(shut, litdb, path):
    litdb("crawl", path, "--offline", code=1)
    assert "shut/s.md cannot be read: Permission denied." in litdb.told
    assert "Gone" not in litdb.told


def test_a_new_folder_that_cannot_be_looked_into_is_told(shut, litdb, tmp_path):
    told = Litdb(tmp_path / "other" / "litdb.db")
    told("crawl", ".", "--offline", code=1)
    assert "shut cannot be read: Permission denied." in told.told


def test_many_keys_on_the_command_line_are_no_path(project, litdb):
    litdb("crawl", "n.md", "--offline")
    keys = ",".join(f"someVeryLongKey{number}OfAWork2020" for number in range(40))
    litdb("export", "bibtex", "--keys", keys, code=1)
    assert "No work that would be exported goes by" in litdb.told


def test_a_line_on_stdin_that_is_no_address_is_told_and_left_out(project, litdb):
    litdb("crawl", "-", "--offline", stdin="# tonight\nhttps://a.example/x\nnonsense\narXiv:1706.03762\n")
    assert "Line 3 of the list has no URL, arXiv id or DOI, so it is left out: nonsense" in litdb.told
    added = litdb.library.with_name("added.txt").read_text().splitlines()
    assert added[1:] == ["# tonight", "https://a.example/x", "arXiv:1706.03762"]


def test_a_password_in_corrections_is_not_said_again(project, litdb):
    (project / "corrections.toml").write_text(f'[[set]]\nwork = "{SECRET_URL}"\nfield = "title"\nvalue = "T"\n')
    litdb("crawl", "n.md", "--offline")
    assert "corrections.toml:1" in litdb.told
    assert SECRET not in litdb.told
