"""What is killed: a command on a project that was made ready for it, offline except for the first crawl."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlite_utils import Migrations

from litdb.commands.export import FORMATS
from litdb.database.connection import new_database, open_for_writing
from litdb.database.library import PRIMARY_KEYS
from litdb.database.schema import library_schema
from torture.project import Project

TESTS = Path(__file__).parents[1]
SEEDS = TESTS.parent / "seeds"
THEIRS = TESTS / "imports" / "better-bibtex.bib"
MARKED = "Mine: <https://arxiv.org/abs/2209.00626>\n\n<!-- litdb:refs -->\n<!-- /litdb:refs -->\n"
TRACKED = "[a](https://arxiv.org/abs/2209.00626?utm_source=x) [b](https://arxiv.org/pdf/2204.06974.pdf)\n"

COPIES = 24
"""How many notes of each kind a command that writes into notes finds."""


@dataclass(frozen=True)
class Scene:
    """A command, what makes a project ready for it, whether that begins with a crawl, and its part of 2,000 kills."""

    words: tuple[str, ...]
    prepare: Callable[[Project], None]
    kills: int
    is_crawled: bool = True


def nothing(_project: Project) -> None:
    """The project is ready as it is."""


def with_their_bibliography(project: Project) -> None:
    """Somebody's .bib lies beside the notes."""
    (project.folder / THEIRS.name).write_bytes(THEIRS.read_bytes())


def with_an_old_export(form: str, project: Project) -> None:
    """An export that has only a few of the works."""
    project.run("export", form, "--type", "preprint", "-o", "mine.txt")


def with_notes_to_write(project: Project) -> None:
    """Notes whose lists and links can be mended, and which the library knows."""
    listed = (SEEDS / "what-is-alignment.md").read_text("utf-8")
    for number in range(COPIES):
        for name, text in (("marked", MARKED), ("tracked", TRACKED), ("listed", listed)):
            (project.folder / "notes" / f"{name}-{number}.md").write_text(text, "utf-8")
    project.run("crawl", "notes", "--offline")


def of_an_earlier_schema(migrations: int, project: Project) -> None:
    """The library is one that has only so many migrations behind it."""
    before = Migrations("litdb.library")
    for each in library_schema._migrations[:migrations]:
        before(name=each.name)(each.fn)
    with new_database(project.library) as made:
        database = open_for_writing(made, before)
        copy_rows(database.conn, project.library)
        database.close()
        made.replace(project.library)


def copy_rows(connection: sqlite3.Connection, library: Path) -> None:
    """Take over what a library has in the tables and columns that are here too."""
    connection.execute("PRAGMA foreign_keys = off")
    connection.execute("ATTACH ? AS there", (str(library),))
    for table in PRIMARY_KEYS:
        here = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
        names = ", ".join(f'"{name}"' for name in here)
        if here:
            connection.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM there.{table}")
    connection.execute("DETACH there")


SCENES: Mapping[str, Scene] = {
    "crawl": Scene(("crawl", "notes"), nothing, 420, is_crawled=False),
    "rebuild": Scene(("rebuild",), nothing, 367),
    "import": Scene(("import", THEIRS.name), with_their_bibliography, 300),
    "refs": Scene(("refs", "notes", "--write"), with_notes_to_write, 100),
    "fill": Scene(("refs", "notes", "--fill", "--add", "--write"), with_notes_to_write, 160),
    "fix": Scene(("fix", "notes", "--apply"), with_notes_to_write, 120),
    **{
        f"export-{form}": Scene(("export", form, "-o", "mine.txt"), partial(with_an_old_export, form), 12)
        for form in FORMATS
    },
    **{
        f"migration-{number}": Scene(("crawl", "notes", "--offline"), partial(of_an_earlier_schema, number), 85)
        for number in range(1, len(library_schema._migrations))
    },
}
"""Every command that writes, by name; an export by its format, a migration by how many lie behind the library."""
