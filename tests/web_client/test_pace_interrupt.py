"""Ctrl-C while sockets hang: what was learnt is kept, and nobody waits for the sockets."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from web_client.servers import answer, dripping, serving

LITDB = (sys.executable, "-c", "from litdb.commands import main; main()")
PAGE = b"<!doctype html><title>A post</title><meta name=author content='Ada Lovelace'>"


def hanging(_asked, _send):
    threading.Event().wait(60)


def after_one_page(script):
    """The script of a host that answers for its rules and its first page, and then does as `script`."""

    def answer_first(asked, send):
        if asked.target == "/robots.txt":
            send(answer(404))
        elif asked.target == "/0":
            send(answer(200, PAGE, Content_Type="text/html"))
        else:
            script(asked, send)

    return answer_first


def moved_to_what_hangs(asked, send):
    if asked.target != "/to":
        send(answer(302, location="/to"))
    else:
        hanging(asked, send)


HANGING = {
    "nothing is said": hanging,
    "headers drip": dripping(b"HTTP/1.1 200 OK\r\nX: ", b"y"),
    "the body drips": dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"y"),
    "it is redirected to what hangs": moved_to_what_hangs,
}


@pytest.mark.parametrize("what", HANGING)
def test_ctrl_c_ends_a_crawl_within_a_second(tmp_path, what):
    with serving(after_one_page(HANGING[what])) as server:
        note = tmp_path / "note.md"
        note.write_text("\n".join(server.url(f"/{n}") for n in range(5)))
        running = crawl(note, tmp_path, {"LITDB_PACE": "0"})
        wait_for(lambda: "/1" in server.targets and (what[:2] != "it" or "/to" in server.targets))
        said, seconds = interrupt(running)
    assert seconds < 1.0
    assert running.returncode == 130, said
    assert json.loads(said[0])["interrupted"]
    assert json.loads(said[0])["outcomes"] != {}
    assert "A post" in (tmp_path / "references.md").read_text()


def test_a_host_that_takes_no_connection_does_not_either(tmp_path):
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        filling = [socket.socket() for _ in range(4)]
        for each in filling:
            each.setblocking(False)
            each.connect_ex(deaf.getsockname())
        note = tmp_path / "note.md"
        note.write_text(f"http://127.0.0.1:{deaf.getsockname()[1]}/x")
        running = crawl(note, tmp_path, {})
        wait_for((tmp_path / "litdb.journal").exists)
        time.sleep(0.5)
        said, seconds = interrupt(running)
        for each in filling:
            each.close()
    assert seconds < 1.0
    assert running.returncode == 130, said


def crawl(note, folder, environment):
    command = [*LITDB, "crawl", str(note), "--db", str(folder / "litdb.db"), "--allow-private", "127.0.0.1", "--json"]
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return subprocess.Popen(
        command, env={**kept, **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder
    )


def interrupt(running):
    """What it said, and the seconds that it took to end."""
    began = time.monotonic()
    running.send_signal(signal.SIGINT)
    said = running.communicate(timeout=20)
    return said, time.monotonic() - began


def wait_for(is_so, seconds=20.0):
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, "it never came to that"
        time.sleep(0.01)
