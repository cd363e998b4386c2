"""litdb archive: the kept answers as a web archive, and web archives as answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litdb.commands.options import json_option, own_db_option
from litdb.commands.printing import print_json, say, tell
from litdb.errors import LitdbError, UsageError
from litdb.files.place import Place

if TYPE_CHECKING:
    from litdb.commands.taking import Taken


@click.command("archive")
@click.option("--warc", "target", metavar="FILE", help="Write a WARC, packed where the name ends in .gz.")
@click.option("--read", "files", metavar="FILE", multiple=True, help="Read a WARC, ARC or WACZ; may be repeated.")
@own_db_option
@json_option
def command(target: str | None, files: tuple[str, ...], place: Place, as_json: bool) -> None:
    """Write the kept answers as a web archive (WARC), or take web archives in.

    A WARC plays in pywb and ReplayWeb.page. Read back, it is the same journal; “litdb rebuild” makes the library of it.
    Of archives that other tools wrote, the HTML pages of works that the library knows are kept as answers of the web.
    Keys and passwords in addresses and headers are never written.

    \b
    Examples:
      litdb archive --warc answers.warc.gz
      litdb archive --read answers.warc.gz --db elsewhere/
      litdb archive --read browsed.wacz --read wget.warc.gz
    """
    from litdb.files.warc import require_warcio

    if bool(target) == bool(files):
        raise UsageError("Say either --warc FILE, to write a web archive, or --read FILE, to take one in.")
    require_warcio()
    if target:
        _write(place, Path(target), as_json)
    else:
        _read(place, [Path(name) for name in files], as_json)


def _write(place: Place, target: Path, as_json: bool) -> None:
    from litdb import __version__
    from litdb.database.history import all_attempts, assigned_keys, open_journal
    from litdb.database.journal import Journal
    from litdb.files.warc import require_archive, write_warc

    require_archive(target)
    with closing(open_journal(place.journal)) as history, Journal(place.journal) as journal:
        software = f"litdb/{__version__} (https://pypi.org/project/litdb-notes/)"
        written = write_warc(target, software, journal.answers(), all_attempts(history), assigned_keys(history))
    if as_json:
        counts = {name: getattr(written, name) for name in ("answers", "redirects", "attempts", "keys", "left_out")}
        print_json({"file": str(target), **counts, "bytes": target.stat().st_size})
        return
    for host, count in Counter(written.left_out).items():
        tell(f"Left out: {count} of {host}, because a key or password stands in what was asked.")
    said = ", ".join(f"{name} {getattr(written, name)}" for name in ("answers", "redirects", "attempts", "keys"))
    say(f"Written: {target} ({target.stat().st_size / 1e6:.1f} MB): {said}")


def _read(place: Place, files: Sequence[Path], as_json: bool) -> None:
    from litdb.commands.session import update
    from litdb.commands.taking import take

    taken = take(place, files)
    update(place)
    if as_json:
        print_json([asdict(each) for each in taken])
    else:
        for each in taken:
            _print(each)
    problems = [problem for each in taken for problem in each.problems]
    if problems:
        raise LitdbError(" ".join(problems))


def _print(taken: Taken) -> None:
    say(
        f"{taken.file}: answers {taken.answers}, attempts {taken.attempts}, keys {taken.keys}, pages {len(taken.pages)}"
    )
    for url in taken.pages:
        say(f"  page: {url}")
    for reason, count in taken.passed.most_common():
        say(f"  passed over: {reason}: {count}")
