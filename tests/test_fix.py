"""litdb fix: links that moved for good, tracked links, files instead of pages, dead links with a copy."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from litdb.demo.sites.blogs import Article, jekyll
from litdb.demo.sites.wayback import Capture, wayback
from litdb.demo.wire import at, moved, page

LATER = Article("https://new.example/later/", "A later address", ("Ada Invented",), "2021-03-04T12:00:00+00:00", "New")
DEAD = "https://dead.example/gone"
COPY = f"https://web.archive.org/web/20200102030405/{DEAD}"

NOTE = f"""---
source: http://old.example/later
---
See [a](http://old.example/later "http://old.example/later") and [b](<http://old.example/later#part>), http://old.example/later.
[for now](http://for-now.example/later) [c][l] [tracked](https://plain.example/2021/03/an-invented-post/?utm_source=x&amp;utm_medium=y)
`http://old.example/later` <http://old.example/later> [[http://old.example/later|d]]

- [paper](https://arxiv.org/pdf/2204.06974.pdf) [page 3](https://arxiv.org/pdf/2204.06974.pdf#page=3)
- [gone]({DEAD}) (Ada Invented) (2020)

[l]: http://old.example/later 'title'
"""
FIXED = f"""---
source: https://new.example/later/
---
See [a](https://new.example/later/ "http://old.example/later") and [b](<https://new.example/later/#part>), https://new.example/later/.
[for now](http://for-now.example/later) [c][l] [tracked](https://plain.example/2021/03/an-invented-post/)
`http://old.example/later` <https://new.example/later/> [[https://new.example/later/|d]]

- [paper](https://arxiv.org/abs/2204.06974) [page 3](https://arxiv.org/pdf/2204.06974.pdf#page=3)
- [gone]({DEAD}) (Ada Invented) (2020) ([archived]({COPY}))

[l]: https://new.example/later/ 'title'
"""


@pytest.fixture
def note(litdb, tmp_path, monkeypatch, little_web):
    """A note with links of every kind, crawled."""
    monkeypatch.chdir(tmp_path)
    captured = "<html><head><title>Gone</title><meta name=author content='Ada Invented'></head><body><h1>Gone</h1></body></html>"
    little_web.sites |= {
        "old.example": (at({"/later": moved(LATER.url)}),),
        "for-now.example": (at({"/later": moved(LATER.url, 302)}),),
        "new.example": jekyll(LATER),
        "dead.example": (at({"/gone": page("<title>Not found</title>", 404)}),),
        **wayback([Capture(DEAD, "20200102030405", captured)]),
    }
    path = tmp_path / "notes" / "n.md"
    path.parent.mkdir()
    path.write_text(NOTE)
    litdb("crawl", "notes")
    return path


def patch(litdb, folder):
    program = [sys.executable, "-c", "from litdb.commands import main; main()", "fix", "--db", str(litdb.library)]
    return subprocess.run(program, cwd=folder, capture_output=True, check=True).stdout


def test_the_patch_applies_with_git(litdb, note, tmp_path):
    if not shutil.which("git"):
        pytest.skip("git is not there")
    made = patch(litdb, tmp_path)
    assert note.read_text() == NOTE
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    done = subprocess.run(["git", "apply", "-v", "-"], cwd=tmp_path, input=made, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert note.read_text() == FIXED


def test_apply_writes_the_same_and_then_there_is_nothing_left(litdb, note):
    assert litdb("fix", "--apply") == "Written: notes/n.md\n"
    assert note.read_text() == FIXED
    assert litdb("fix") == ""
    assert litdb.data("fix") == []


def test_notes_of_other_kinds_are_left_alone_without_a_word(litdb, note):
    (note.parent / "page.html").write_text("<a href='http://old.example/later'>x</a>")
    litdb("crawl", "notes")
    patched = litdb("fix")
    assert "page.html" not in patched + litdb.told
    assert "+++ b/notes/n.md" in patched


def test_what_is_mended_is_told_by_line(litdb, note):
    litdb("fix")
    assert "notes/n.md:4: http://old.example/later → https://new.example/later/ (moved)" in litdb.told
    assert f"notes/n.md:9: {DEAD} is dead; a copy is {COPY}." in litdb.told
    assert litdb.data("fix")[0] == {
        "note": "notes/n.md", "line": 2, "column": 9, "kinds": ["moved"],
        "old": "http://old.example/later", "new": "https://new.example/later/",
    }  # fmt: skip


def test_old_addresses_stay_aliases_and_keys_stay_as_they_are(litdb, note):
    keys = sorted(work["key"] for work in litdb.data("list"))
    key = litdb.data("show", "http://old.example/later")["key"]
    litdb("fix", "--apply")
    litdb("crawl", "notes", "--offline")
    assert litdb.data("show", "http://old.example/later")["key"] == key
    assert sorted(work["key"] for work in litdb.data("list")) == keys


def test_crlf_a_bom_and_a_missing_last_line_end_stay(litdb, note):
    note.write_bytes(b"\xef\xbb\xbf" + NOTE.strip().replace("\n", "\r\n").encode())
    litdb("fix", "--apply")
    assert note.read_bytes() == b"\xef\xbb\xbf" + FIXED.strip().replace("\n", "\r\n").encode()


def test_a_note_changed_meanwhile_is_left_alone_and_the_exit_code_says_so(litdb, note, monkeypatch):
    from litdb.files import notes

    dress = notes._dress

    def meddle(written, target):
        dress(written, target)
        target.write_text("theirs")

    monkeypatch.setattr(notes, "_dress", meddle)
    litdb("fix", "--apply", code=1)
    assert "notes/n.md was changed" in litdb.told
    assert note.read_text() == "theirs"
