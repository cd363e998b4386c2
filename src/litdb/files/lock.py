"""One writer at a time: a lock beside the library that ends with the process that holds it, however it ends."""

from __future__ import annotations

import errno
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path
from types import TracebackType

from litdb.errors import LockedLibrary, ReadOnlyLibrary

WAIT_SECONDS = 5.0
"""How long a writer waits for its turn: longer than a correction takes, shorter than a user's patience."""

_POLL_SECONDS = 0.05
_TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # locked bytes cannot be read there, and the text at the beginning has to be

    def _try_to_lock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_to_lock(descriptor: int) -> None:
        # flock(2): the lock goes with the open file, and thus with the process
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock: the process, its machine, and since when (ISO, UTC)."""

    process: int
    host: str
    since: str


class Lock:
    """The right to write a library. Use as a context manager, once a process: a second one waits for the first.

    Entering waits up to `wait` seconds and raises `LockedLibrary` with who holds it, or `ReadOnlyLibrary` where the
    folder cannot be written or its file system knows no locks. Where it has to wait it says so to `tell`. The lock is
    advisory and readers never ask for it. The file `litdb.lock` is there as long as somebody holds it; one that a kill
    left behind is nobody's.
    """

    def __init__(
        self, library: Path, wait: float = WAIT_SECONDS, *, tell: Callable[[str], object] = lambda _sentence: None
    ) -> None:
        self.path = library.resolve().with_suffix(".lock")
        self._library = library
        self._wait = wait
        self._tell = tell
        self._descriptor = -1
        self._is_first_there = False

    def __enter__(self) -> Lock:
        if not self._try_to_take():
            self._wait_for_turn()
        with suppress(OSError):  # on a full disk nobody is told who holds it, and SQLite says what is wrong
            self._write(Holder(os.getpid(), platform.node(), datetime.now(timezone.utc).isoformat(timespec="seconds")))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if sys.platform != "win32":  # an open file cannot be removed there
            self.path.unlink(missing_ok=True)
        os.close(self._descriptor)
        if self._is_first_there:
            with suppress(OSError):  # something was written there
                self.path.parent.rmdir()

    def _wait_for_turn(self) -> None:
        until = time.monotonic() + self._wait
        if self._wait:
            self._tell(f"Waiting: {_taken(self._library, self._holder())}.")
        while time.monotonic() < until:
            time.sleep(_POLL_SECONDS)
            if self._try_to_take():
                return
        taken = _taken(self._library, self._holder())
        raise LockedLibrary(f"{taken[0].upper()}{taken[1:]}. Try again when it has ended.")

    def _try_to_take(self) -> bool:
        """Take the lock if it is free; whether that went well."""
        try:
            self._is_first_there |= not self.path.parent.exists()
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise ReadOnlyLibrary(f"{self._library} cannot be written: {self.path}: {error.strerror}.") from error
        try:
            _try_to_lock(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            if error.errno in _TAKEN:
                return False
            raise ReadOnlyLibrary(
                f"{self._library} cannot be locked ({error.strerror}), as on some network folders. Keep the library on "
                "a disk of this machine."
            ) from error
        if self._is_there():
            return True
        os.close(self._descriptor)
        return False

    def _is_there(self) -> bool:
        """Whether the file that is locked is the one with its name: its last holder may just have removed it."""
        try:
            return os.path.samestat(os.fstat(self._descriptor), self.path.stat())
        except FileNotFoundError:
            return False

    def _write(self, holder: Holder) -> None:
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, json.dumps(asdict(holder)).encode())

    def _holder(self) -> Holder | None:
        """Who holds the lock, or None where that cannot be read (yet)."""
        try:
            return Holder(**json.loads(self.path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None


def _taken(library: Path, holder: Holder | None) -> str:
    who = f" ({_who(holder)})" if holder else ""
    return f"another litdb{who} is writing {library}"


def _who(holder: Holder) -> str:
    since = datetime.fromisoformat(holder.since).astimezone()
    is_today = since.date() == datetime.now(timezone.utc).astimezone().date()
    where = "" if holder.host == platform.node() else f" on {holder.host}"
    return f"process {holder.process}{where}, since {since:{'%H:%M' if is_today else '%Y-%m-%d %H:%M'}}"
