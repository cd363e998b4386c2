"""litdb browse and litdb open: where they lead, how they begin and end, what bad input gets."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import webbrowser
from http.cookiejar import CookieJar
from threading import Timer
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

import pytest

from conftest import Litdb
from litdb.browse import server
from litdb.browse.local import local_of
from litdb.commands import browse
from litdb.files.editors import EDITORS
from litdb.web.ports import is_free

LITDB = (sys.executable, "-c", "from litdb.commands import main; main()")
WAIT = 60
"""Seconds after which a server that says nothing is ended."""


@pytest.fixture
def library(library, tmp_path, monkeypatch):
    """The small library, copied into a project of its own with its first note."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "reading.md").write_text("a note")
    (tmp_path / "db").mkdir()
    return Litdb(shutil.copy(library, tmp_path / "db" / "library.db"))


@pytest.fixture
def started(monkeypatch):
    """How the server was started, without starting it: library, port, what is told when it answers."""
    calls = []

    def serve(library, port, plugins, ready):
        calls.append((library, port, plugins))
        ready("http://127.0.0.1:1")

    monkeypatch.setattr(server, "serve", serve)
    return calls


@pytest.fixture
def opened(monkeypatch):
    """The addresses that the browser was to open."""
    addresses = []
    monkeypatch.setattr(webbrowser, "open", addresses.append)
    monkeypatch.setattr(browse, "open_address", addresses.append)
    return addresses


@pytest.fixture
def taken():
    """A port of this machine at which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_browse_serves_this_machine_until_it_is_ended(library):
    call = [*LITDB, "browse", "--no-open", "--port", "0", "--db", str(library.library)]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        watch = Timer(WAIT, process.kill)
        watch.start()
        address = re.search(r"running on (http://127\.0\.0\.1:\d+/\S+)", process.stdout.readline())[1]
        browser = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
        with browser.open(address, timeout=WAIT) as answer:
            html, where = answer.read().decode(), answer.geturl()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate()
        watch.cancel()
    assert where.endswith("/library/-/home")
    assert "4 works" in html
    assert told.splitlines() == ["It answers on this machine only. Ctrl-C ends it.", "Ended."]
    assert process.returncode == 0


@pytest.mark.parametrize(("words", "opens"), [([], True), (["--no-open"], False)])
def test_the_browser_opens_unless_told_otherwise(library, started, opened, words, opens):
    said = library("browse", *words)
    assert bool(opened) == opens
    assert re.fullmatch(r"litdb browse is running on http://127\.0\.0\.1:1/\S*token=\S+home\n", said)
    assert opened in ([], [said.split()[-1]])


def test_browse_writes_what_datasette_is_told_and_changes_nothing_else(library, started):
    before = library("dump")
    library("browse", "--no-open", "--port", "0")
    assert {file.name for file in library.library.parent.iterdir()} >= {"metadata.json", "datasette.json"}
    assert started[0][:2] == (library.library, 0)
    assert library("dump") == before


def test_without_a_port_the_usual_one_or_a_free_one_is_taken(library, started, monkeypatch, taken):
    monkeypatch.setattr(browse, "PORT", taken)
    library("browse", "--no-open")
    assert started[0][1] == 0
    assert not is_free(taken)


def test_a_port_that_is_asked_for_and_taken_is_told(library, started, taken):
    library("browse", "--no-open", "--port", str(taken), code=1)
    assert f"Port {taken} is taken. Leave out --port" in library.told
    assert not started


def test_without_a_library_there_is_nothing_to_browse(litdb, started):
    litdb("browse", "--no-open", code=1)
    assert "litdb crawl" in litdb.told
    assert not started


def test_a_file_of_somebody_else_is_told(tmp_path, started):
    other = tmp_path / "other.db"
    other.write_bytes(b"no database at all" * 100)
    litdb = Litdb(other)
    litdb("browse", "--no-open", code=1)
    assert "is not a litdb library" in litdb.told
    assert not started


@pytest.mark.parametrize("editor", [None, *EDITORS])
def test_lines_of_notes_open_in_an_editor(library, started, editor):
    library("browse", "--no-open", *(["--editor", editor] if editor else []))
    local = local_of(str(library.library))
    note = library.library.parents[1] / "notes" / "reading.md"
    link = local.editor_link("notes/reading.md", 4, 2)
    assert link.startswith(EDITORS[editor or "vscode"].partition("{")[0])
    assert note.name in link
    assert local.editor_link("notes/gone.md", 1, 1) == ""


def test_notes_of_a_vault_open_in_obsidian(library, started):
    (library.library.parents[1] / ".obsidian").mkdir()
    library("browse", "--no-open")
    link = local_of(str(library.library)).editor_link("notes/reading.md", 4, 2)
    assert link.startswith("obsidian://open?path=%2F")


def test_open_opens_the_work_on_the_web(library, opened):
    assert library("open", "roeHedges2022") == "https://arxiv.org/abs/1\n"
    assert opened == ["https://arxiv.org/abs/1"]


def test_open_takes_other_names_and_the_archive(library, opened):
    library("open", "oldHedges", "--archived")
    assert opened == ["https://web.archive.org/web/2022/https://arxiv.org/abs/1"]


def test_open_can_only_print(library, opened):
    assert library("open", "oakesSoil2021", "--print") == "https://tide.example/soil\n"
    assert not opened


def test_open_shows_the_page_in_litdb_browse(library, started, opened):
    library("open", "roeHedges2022", "--page")
    assert opened[0].endswith("then=%2Flibrary%2F-%2Freference%2FroeHedges2022")


def test_open_can_only_print_the_address_of_the_page(library, started, opened):
    said = library("open", "roeHedges2022", "--page", "--print")
    assert said.rstrip().endswith("then=%2Flibrary%2F-%2Freference%2FroeHedges2022")
    assert started
    assert not opened


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "The library has no work “nothing”."),
        (["hostile"], "“hostile” has no address on the web."),
        (["walled", "--archived"], "“walled” has no copy in an archive that is known."),
    ],
)
def test_open_says_why_it_opens_nothing(library, opened, words, said):
    library("open", *words, code=1)
    assert said in library.told
    assert not opened
