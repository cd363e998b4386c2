"""The workers of a Dask cluster as a crew: a lane's share goes to one of them and to no other."""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import pickle
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, wait
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from litdb import __version__
from litdb.errors import LitdbError, UsageError
from litdb.web.crew import AT_ONCE, Crew
from litdb.web.threads import DaemonThreads

if TYPE_CHECKING:
    from distributed import Client

P = ParamSpec("P")
T = TypeVar("T")

SHARE_SECONDS = 5.0
"""For so long a worker goes on with a lane before its answers come back: so much a kill may lose."""

CONNECT_SECONDS = 10.0
"""How long a scheduler may take to answer, and its workers to say who they are."""

PATIENCE = 30.0
"""How many seconds a cluster may take until anything has answered: jobs wait behind those of others."""

ALONE_SECONDS = 60.0
"""For so long a run waits without any worker: one that was killed is usually started again."""

_CALL_SECONDS = 2.0
"""How often it is looked who has joined and who has left."""

_SILENCE = (OSError, asyncio.TimeoutError, concurrent.futures.TimeoutError)
"""What is raised where nobody answers: one and the same from Python 3.11 on."""

_log = logging.getLogger("distributed.worker.litdb")
"""Below the name that Dask's own configuration shows in a worker's log."""


@contextmanager
def cluster(address: str) -> Iterator[Crew]:
    """The workers of the scheduler at an address like `tcp://scheduler:8786`, those that join later too.

    Raises `LitdbError` without Dask, where no scheduler or no worker answers, or one with another litdb, and later
    where the cluster is lost; `UsageError` for what is no address.
    """
    try:
        from distributed import Client, Security
    except ImportError as error:
        raise LitdbError("--cluster needs Dask. Install it with: pip install 'litdb-notes[cluster]'") from error
    _require_address(address)
    security = Security()
    if address.startswith("tls:") and not security.get_connection_args("client")["ssl_context"]:
        raise UsageError(f"{address} needs the certificates that Dask's settings name (docs/cluster.md).")
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what went wrong is in the sentences here
    settings = {"security": security, "timeout": CONNECT_SECONDS, "set_as_default": False, "name": "litdb"}
    try:
        with DaemonThreads() as threads:
            client = threads.submit(Client, address, **settings).result(2 * CONNECT_SECONDS)
    except _SILENCE as error:
        raise LitdbError(f"What answers at {address} is no Dask scheduler that this Dask can talk to.") from error
    with closing(client), Workers(client, address) as workers:
        yield Crew(workers, AT_ONCE * workers.assemble(), SHARE_SECONDS, PATIENCE)


def _require_address(address: str) -> None:
    """Raise a sentence for what is no address, and where nobody listens: Dask would go on trying."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or parts.scheme not in ("tcp", "tls"):
        raise UsageError(f"--cluster wants the address of a scheduler, tcp://HOST:8786 or tls://…, not “{address}”.")
    try:
        socket.create_connection((host, port), CONNECT_SECONDS).close()
    except OSError as error:
        raise LitdbError(f"No scheduler answers at {address}. Start one there with `dask scheduler`.") from error


@dataclass(frozen=True, slots=True)
class Greeting:
    """Who a worker is, and its litdb. One that was started again at the same address is another."""

    worker: str
    version: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """A job for one worker, and what it is called. Nothing else can be seen: what Dask logs may be read by others."""

    worker: str
    name: str
    packed: bytes = field(repr=False)


def greet() -> Greeting:
    """Who I am: asked of a worker, which gets ready to ask by the way."""
    from distributed import get_worker

    from litdb.web import client

    client.Client()
    return Greeting(get_worker().id, __version__)


def open_parcel(parcel: Parcel) -> object:
    """Do on a worker what is for it; an empty list where it is for another: Dask gives the jobs of a lost one away.

    The job leaves the worker's threads for calculations at once, because it mostly waits.
    """
    from distributed import get_worker, secede

    if get_worker().id != parcel.worker:
        return []
    secede()
    _log.info("%s", parcel.name)
    return pickle.loads(parcel.packed)()  # noqa: S301 - whoever reaches a scheduler may run anything on its workers


class Roll:
    """The workers that have said who they are and have the litdb of this process, and why others do not count."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._greeted: dict[str, Future[Greeting]] = {}
        self.changed = threading.Condition()
        """To be held by whoever looks at the rest or changes it; notified when somebody may have joined."""
        self.workers: dict[str, str] = {}
        """Who is at an address."""
        self.refused: dict[str, str] = {}
        """A sentence for each address whose worker cannot be used."""

    def call(self, patience: float = 0.0) -> None:
        """Ask those who have joined who they are, hear who has answered, and forget those who have left."""
        there = self._client.nthreads()
        for address in there.keys() - self._greeted.keys():
            self._greeted[address] = self._executor.submit(greet, workers=[address])
        wait(list(self._greeted.values()), patience)
        with self.changed:
            for address, greeted in list(self._greeted.items()):
                if address not in there:
                    self.strike(address)
                elif address not in self.workers and greeted.done() and not greeted.cancelled():
                    self._hear(address, greeted)
            self.changed.notify_all()

    def strike(self, address: str) -> None:
        """Leave a worker out until it has said again who it is."""
        self.workers.pop(address, None)
        self._greeted.pop(address, None)

    def _hear(self, address: str, greeted: Future[Greeting]) -> None:
        error = greeted.exception()
        if not error and greeted.result().version == __version__:
            self.workers[address] = greeted.result().worker
            return
        found = str(error) if error else f"it has {greeted.result().version}"
        same = f"The scheduler and all workers need litdb {__version__}, as it is here"
        self.refused[address] = f"{same}, and the worker at {address} has not: {found}."


class Workers(Executor):
    """An executor that gives each job to the worker with the fewest of them, to run there or nowhere.

    A job whose worker is lost brings an empty list.
    """

    def __init__(self, client: Client, address: str) -> None:
        self._client = client
        self._address = address
        self._executor = client.get_executor(pure=False, allow_other_workers=True)
        self._roll = Roll(client)
        self._under_way: dict[Future[Any], str] = {}
        self._lost = ""
        self._closed = threading.Event()

    def assemble(self) -> int:
        """How many workers there are, once all have said who they are, or time is over. Raises `LitdbError`."""
        with suppress(*_SILENCE):
            self._client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        self._roll.call(patience=CONNECT_SECONDS)
        for reason in self._roll.refused.values():
            raise LitdbError(reason)
        if not self._roll.workers:
            start = f"Start one with `dask worker {self._address}`."
            raise LitdbError(f"No worker of the scheduler at {self._address} answers. {start}")
        threading.Thread(target=self._watch, daemon=True).start()
        return len(self._roll.workers)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """A future for a job that can be packed. Waits while there is no worker; raises `LitdbError` if that lasts."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        packed = pickle.dumps(partial(fn, *args, **kwargs))
        with self._roll.changed:
            self._roll.changed.wait_for(lambda: self._roll.workers or self._lost)
            if self._lost:
                raise LitdbError(self._lost)
            address, worker = self._least_busy()
            self._under_way[future] = address
        sent = self._executor.submit(open_parcel, Parcel(worker, str(fn), packed), workers=[address])
        sent.add_done_callback(partial(self._came_back, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Give nothing more away, whatever the arguments say; a worker ends what it is at."""
        self._closed.set()

    def _least_busy(self) -> tuple[str, str]:
        """Where the next job goes, and to whom: of several with as few jobs to the one that got none for longest."""
        jobs = Counter(self._under_way.values())
        workers = self._roll.workers
        address = min(workers, key=jobs.__getitem__)
        workers[address] = worker = workers.pop(address)
        return address, worker

    def _came_back(self, future: Future[Any], sent: Future[Any]) -> None:
        from distributed import KilledWorker

        with self._roll.changed:
            address = self._under_way.pop(future, "")
        if not address:
            return
        error = LitdbError(self._gone) if sent.cancelled() else sent.exception()
        if error and not isinstance(error, KilledWorker):
            future.set_exception(error)
            return
        results = [] if error else sent.result()
        if not results:
            with self._roll.changed:
                self._roll.strike(address)
        future.set_result(results)

    def _watch(self) -> None:
        """Keep the roll until the run ends, or nobody has been on it for too long."""
        seen = time.monotonic()
        while not self._closed.wait(_CALL_SECONDS):
            with suppress(*_SILENCE):
                self._roll.call()
            if self._roll.workers:
                seen = time.monotonic()
            elif time.monotonic() - seen > ALONE_SECONDS:
                self._give_up()
                return

    def _give_up(self) -> None:
        with self._roll.changed:
            self._lost = self._gone
            waiting, self._under_way = self._under_way, {}
            self._roll.changed.notify_all()
        for future in waiting:
            future.set_exception(LitdbError(self._lost))

    @property
    def _gone(self) -> str:
        return f"The cluster at {self._address} is lost. What was learnt is kept: run again to go on."
