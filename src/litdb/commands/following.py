"""What `litdb crawl --watch` does after its first crawl: it goes on whenever a note changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from litdb.commands.printing import tell
from litdb.commands.refs import refresh_lists
from litdb.errors import ConfigError, LockedLibrary, NoteError, UsageError
from litdb.files.lock import Lock
from litdb.files.place import Place
from litdb.files.reading import note_files, read_file
from litdb.files.settings import settings_for
from litdb.notes import is_own_export, kind_of

if TYPE_CHECKING:
    from threading import Event

    from litdb.commands.summary import Summary

SETTLED = 500
"""Milliseconds for which nothing more may change before litdb looks: editors write a file in several steps."""

LOOK = 1000
"""Milliseconds after which the watcher comes back even if nothing has changed."""


class Seen:
    """The notes under some paths by what they say: what was seen once is no news, whoever wrote it again."""

    def __init__(self, place: Place, paths: Sequence[Path]) -> None:
        self._place, self._paths = place, paths
        self._hashes: dict[Path, str] = {}

    def news(self) -> list[Path]:
        """The notes that say something else than when they were last seen, new ones and those that are gone too."""
        now = self._look()
        changed = [path for path in {**self._hashes, **now} if self._hashes.get(path) != now.get(path)]
        self._hashes = now
        return changed

    def forget(self, paths: Iterable[Path]) -> None:
        """Have these be news the next time."""
        for path in paths:
            self._hashes.pop(path, None)

    def _look(self) -> dict[Path, str]:
        ignore = settings_for(self._place, self._paths).ignore
        there = [path for path in self._paths if path.exists()]
        hashes = {}
        for path in note_files(there, kind_of, ignore):
            try:
                content = read_file(path)
            except NoteError:
                continue
            if not is_own_export(content):
                hashes[path] = sha256(content).hexdigest()
        return hashes


def follow(
    place: Place, paths: Sequence[Path], crawl: Callable[[], Summary], wakes: Iterable[object] | None = None
) -> Summary:
    """Crawl, bring the marked lists up to date, and again at every wake at which a note has changed; the last summary.

    `wakes` are changes of the file system as they come, and end when the user has had enough. What litdb writes into
    notes itself wakes nothing.
    """
    seen = Seen(place, paths)
    seen.news()
    summary = _round(place, crawl, seen)
    if summary.interrupted:
        return summary
    with suppress(KeyboardInterrupt):
        for _ in file_changes(paths) if wakes is None else wakes:
            summary = _round_after_news(place, crawl, seen) or summary
            if summary.interrupted:
                break
    return summary


def _round_after_news(place: Place, crawl: Callable[[], Summary], seen: Seen) -> Summary | None:
    """A round if any note says something new; at the next wake if another litdb writes, or settings cannot be read."""
    changed: list[Path] = []
    try:
        changed = seen.news()
        if not changed:
            return None
        tell(f"Changed: {', '.join(map(str, changed))}")
        return _round(place, crawl, seen)
    except (LockedLibrary, ConfigError) as error:
        tell(str(error))
        seen.forget(changed)
        return None


def _round(place: Place, crawl: Callable[[], Summary], seen: Seen) -> Summary:
    """One crawl, and the lists after it; the library then learns what its notes say now, without asking anybody."""
    summary = crawl()
    before = seen.news()
    written, problems = refresh_lists(place)
    for problem in problems:
        tell(problem)
    if written:
        from litdb.commands.session import update

        ours = {Path(path).resolve() for path in written}
        others = [path for path in seen.news() if path.resolve() not in ours]
        seen.forget([*before, *others])
        with Lock(place.library):
            update(place)
        tell(f"Written: {', '.join(written)}")
    else:
        seen.forget(before)
    return summary


def file_changes(paths: Sequence[Path], stop: Event | None = None) -> Iterator[object]:
    """A value as soon as changes would be seen, and at every change under these paths, until Ctrl-C.

    Raises `UsageError` without `watchfiles`.
    """
    try:
        from watchfiles import watch
    except ImportError as error:
        raise UsageError("--watch needs the package watchfiles: pip install 'litdb-notes[watch]'.") from error
    is_watching = False
    for changes in watch(
        *paths, stop_event=stop, step=SETTLED, rust_timeout=LOOK, yield_on_timeout=True, raise_interrupt=False
    ):
        if not is_watching:
            tell("Watching the notes; Ctrl-C ends it.")
        if changes or not is_watching:
            is_watching = True
            yield changes
