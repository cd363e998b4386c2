"""What is seen of a run while it goes on, and what ends it."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from litdb.commands.printing import plain
from litdb.crawl import Event, Planned

Show: TypeAlias = Callable[[Event], None]
"""What is told of every event."""


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """A request to end (SIGTERM) and a closed terminal (SIGHUP) stop a run as Ctrl-C does: what was learnt is saved."""
    names = [each for each in ("SIGTERM", "SIGHUP") if hasattr(signal, each)]
    usual = [each for each in map(signal.Signals.__getitem__, names) if signal.getsignal(each) is signal.SIG_DFL]
    if threading.current_thread() is not threading.main_thread():
        usual = []  # only the main thread may say what becomes of signals
    for each in usual:
        signal.signal(each, signal.default_int_handler)
    try:
        yield
    finally:
        for each in usual:
            signal.signal(each, signal.SIG_DFL)


@contextmanager
def progress(silent: bool) -> Iterator[Show]:
    """A line on stderr that counts, where a terminal looks."""
    if silent or not sys.stderr.isatty():
        yield lambda _event: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=0)
        planned = done = 0

        def show(event: Event) -> None:
            nonlocal planned, done
            if isinstance(event, Planned):
                planned += len(event.request.asked)
            else:
                done += 1
            host = event.request.url if isinstance(event, Planned) else str(event.attempt.identifier)
            bar.update(task, total=planned, completed=done, description=plain(host)[:60])

        yield show
