"""Libraries to look at in a real browser, and the `litdb browse` that serves them on this machine."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlsplit

from click.testing import CliRunner

from litdb.commands import main
from web.facts import seed_web

SEEDS = Path(__file__).parents[2] / "seeds"
BROWSE = (sys.executable, "-c", "from litdb.commands import main; main()", "browse", "--no-open", "--port", "0")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
"""Where Chromium is on this machine; None where it is not."""

FLAGS = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost", "--hide-scrollbars"]
"""No name is looked up, so that nothing can leave this machine; pictures have no scroll bars."""

_WAIT = 60
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\S*door/enter\?\S+")


def flags() -> list[str]:
    """Chromium's flags: its sandbox does not start for root, as in containers."""
    return [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def crawl_seeds(project: Path) -> Path:
    """The library of the seeds, crawled on the little web."""
    library = project / "db" / "litdb.db"
    with seed_web() as web, patch.dict(os.environ, {**web.environment(), "LITDB_PACE": "0"}):
        words = ["crawl", str(shutil.copytree(SEEDS, project / "seeds")), "--db", str(library), "--silent"]
        ran = CliRunner().invoke(main, words)
    assert ran.exit_code == 0, f"{ran.output}\n{ran.exception!r}"
    return library


@contextmanager
def browsing(library: Path, settings: Path) -> Iterator[str]:
    """The address that `litdb browse` tells its user, as long as it serves the library."""
    environment = {**os.environ, "XDG_CONFIG_HOME": str(settings), "PYTHONUNBUFFERED": "1"}
    call = [*BROWSE, "--db", str(library)]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment) as server:
        watch = threading.Timer(_WAIT, server.kill)
        watch.start()
        said = []
        told = None
        while not told and (line := server.stdout.readline()):
            said.append(line)
            told = _ADDRESS.search(line)
        watch.cancel()
        drain = threading.Thread(target=lambda: said.extend(server.stdout))
        drain.start()
        try:
            assert told, "".join(said)
            yield told[0]
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(_WAIT)
            drain.join()
        assert "Traceback" not in "".join(said), "".join(said)


def origin(address: str) -> str:
    """The scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
