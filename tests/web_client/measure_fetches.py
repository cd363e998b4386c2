"""Fetches URLs in a process of its own, and prints what each cost: a JSON list of [url, MB of memory, s of CPU, ending].

The memory is the most that was resident at any moment, above what was resident when nothing but one small page had
been fetched; the kernel of Linux keeps it. A number before the URLs fetches each so many times at once.
"""

from __future__ import annotations

import json
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

from litdb.model import Failure, Request
from litdb.web.client import Client
from litdb.web.robots import SOURCE, rules_from

STATUS = Path("/proc/self/status")
CLIENT = Client(deadline=20, allow_private=frozenset({"127.0.0.1"}))


def resident(what: str) -> int:
    """Kilobytes of memory: `VmRSS` now, `VmHWM` the most since the count began."""
    found = re.search(rf"{what}:\s+(\d+)", STATUS.read_text())
    return int(found[1]) if found else 0


def cost(url: str, before: int = 0, times: int = 1) -> tuple[str, float, float, str]:
    """What asking for a URL takes, so many times at once."""
    Path("/proc/self/clear_refs").write_text("5")  # begin to count anew
    busy_before = time.process_time()
    source = SOURCE if url.endswith("/robots.txt") else "test"
    with ThreadPoolExecutor(max(1, times - 1)) as threads:
        others = [threads.submit(CLIENT.fetch, Request(source, url, ())) for _ in range(times - 1)]
        ended = CLIENT.fetch(Request(source, url, ()))
        wait(others)
    if source == SOURCE:
        rules_from(ended).allows(url)
    busy = time.process_time() - busy_before
    words = ended.reason if isinstance(ended, Failure) else f"{ended.status}, {len(ended.body):,} bytes"
    return url, (resident("VmHWM") - before) / 1024, busy, words


def main() -> None:
    times, first, *urls = int(sys.argv[1]), *sys.argv[2:]
    cost(first)  # what is imported and read once is no page's cost
    before = resident("VmRSS")
    sys.stdout.write(json.dumps([cost(url, before, times) for url in urls]))


if __name__ == "__main__":
    main()
