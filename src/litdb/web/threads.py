"""Threads that never keep the program from ending."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from threading import Thread
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class DaemonThreads(Executor):
    """An executor with a thread for every job.

    `ThreadPoolExecutor` waits for its threads when the program ends, and a socket or a name server that hangs would
    keep a user waiting who pressed Ctrl-C. Jobs are few here (one a lane), so a thread for each is cheap.
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """A future for the job, which begins at once."""
        future: Future[T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(fn(*args, **kwargs))
            except BaseException as error:  # noqa: BLE001 - handed to whoever waits for the result
                future.set_exception(error)

        Thread(target=run, daemon=True).start()
        return future
