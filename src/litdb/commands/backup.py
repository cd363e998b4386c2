"""litdb backup: all that cannot be had again, in one place."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import click

from litdb.commands.opening import library_of
from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, say, tell
from litdb.errors import LibraryError
from litdb.files.place import Place


@click.command("backup")
@click.argument("target", metavar="[DIR|FILE.zip]", default="backups")
@db_option
@json_option
def command(target: str, place: Place, as_json: bool) -> None:
    """Copy journal, library, corrections and settings to a safe place, also while a crawl writes.

    In DIR every backup gets a new folder, named by the moment; a FILE.zip is replaced when the new one is whole. It is
    read back before it counts. To restore, stop litdb and copy the backup over the project: cp -a BACKUP/. PROJECT/

    \b
    Examples:
      litdb backup
      litdb backup /mnt/disk/litdb
      litdb backup litdb.zip
    """
    from litdb.files.backup import backup_path, hide_from_crawls, made_whole
    from litdb.text.times import utc_now

    if not place.journal.exists():
        raise LibraryError(f"There is no journal at {place.journal}, so there is nothing to back up.")
    path = backup_path(target, utc_now())
    with made_whole(path) as folder:
        copied = [name for file in _files(place) if (name := _copied(place, file, folder))]
    if path.is_dir():
        hide_from_crawls(path.parent)
    if as_json:
        print_json({"backup": str(path), "files": copied})
        return
    say(f"Backed up to {path}, read back and found whole: {', '.join(copied)}")


def _files(place: Place) -> list[Path]:
    """What a library cannot do without; the library before the journal, so that it says nothing that is not kept."""
    from litdb.database import queries
    from litdb.files.own_words import FILE as OWN_WORDS
    from litdb.files.settings import settings_files

    folders = []
    with suppress(LibraryError), library_of(place) as connection:
        folders = sorted({place.path(name).parent for name in queries.note_paths(connection)})
    imports = sorted(path for path in place.imports.glob("*") if path.is_file())
    facts = sorted(place.facts.rglob("*.jsonl"))
    own = [place.library, place.journal, place.added, place.folder / OWN_WORDS, *imports, *facts]
    told = [place.corrections, *settings_files(place, folders)]
    return [file for file in dict.fromkeys([*own, *told]) if file.exists()]


def _copied(place: Place, file: Path, folder: Path) -> str:
    """Copy a file into a backup under its name in the project; the name, or empty where it lies outside."""
    from litdb.database.backup import copy_database
    from litdb.files.backup import copy_file

    name = Path(os.path.relpath(file, place.project)).as_posix()
    if name.startswith("../"):
        tell(f"{file} lies outside the project {place.project.resolve()}, so it is not in the backup.")
        return ""
    if file in (place.library, place.journal):
        copy_database(file, folder / name)
    else:
        copy_file(file, folder / name)
    return name
