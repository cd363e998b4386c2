"""Threads that never keep the program from ending."""

from __future__ import annotations

import heapq
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import partial
from itertools import count
from queue import SimpleQueue
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class DaemonThreads(Executor):
    """An executor with as many threads as there are jobs at once.

    `ThreadPoolExecutor` waits for its threads when the program ends, and a socket or a name server that hangs would
    keep a user waiting who pressed Ctrl-C.
    """

    def __init__(self) -> None:
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._idle = threading.Semaphore(0)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """A future for the job, which begins at once."""
        future: Future[T] = Future()
        self._jobs.put(partial(_run, future, partial(fn, *args, **kwargs)))
        if not self._idle.acquire(blocking=False):
            threading.Thread(target=self._work, daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let every thread end that is done; nobody waits for one that hangs, whatever the arguments say."""
        self._jobs.put(None)

    def _work(self) -> None:
        while job := self._jobs.get():
            job()
            del job
            self._idle.release()
        self._jobs.put(None)


def _run(future: Future[T], job: Callable[[], T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(job())
    except BaseException as error:  # noqa: BLE001 - handed to whoever waits for the result
        future.set_exception(error)


@contextmanager
def prompt_turns() -> Iterator[None]:
    """Let threads that wake up have their turn within half a millisecond, in place of Python's usual five."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


class Alarms:
    """Calls that are made when their time has come, by one thread for all of them."""

    def __init__(self) -> None:
        self._calls: dict[int, Callable[[], None]] = {}
        self._times: list[tuple[float, int]] = []
        self._numbers = count()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def set(self, seconds: float, call: Callable[[], None]) -> int:
        """Make a call after so many seconds, unless its number is cancelled before."""
        with self._changed:
            number = next(self._numbers)
            self._calls[number] = call
            heapq.heappush(self._times, (time.monotonic() + seconds, number))
            if self._times[0][1] == number:
                self._changed.notify()
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._watch, daemon=True)
                self._thread.start()
        return number

    def cancel(self, number: int) -> None:
        """Forget a call; one that is being made is not waited for."""
        with self._changed:
            self._calls.pop(number, None)

    def _watch(self) -> None:
        while True:
            call = self._next()
            if call is not None:
                call()

    def _next(self) -> Callable[[], None] | None:
        """The call that is due, if there is one after some waiting."""
        with self._changed:
            now = time.monotonic()
            while self._times and (self._times[0][0] <= now or self._times[0][1] not in self._calls):
                call = self._calls.pop(heapq.heappop(self._times)[1], None)
                if call is not None:
                    return call
            self._changed.wait(self._times[0][0] - now if self._times else None)
        return None


ALARMS = Alarms()
"""Those of this process."""
