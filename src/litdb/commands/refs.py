"""litdb refs: the dated list in the note itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from litdb.commands.opening import library_of
from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, say, tell
from litdb.errors import NoteError, UsageError
from litdb.files.place import Place

if TYPE_CHECKING:
    from litdb.commands.changing import Change, Opened
    from litdb.commands.completing import Desk, Wishes


@click.command("refs")
@click.argument("notes", metavar="[NOTE…]", nargs=-1)
@db_option
@click.option("--write", "manner", flag_value="write", help="Write it into the notes.")
@click.option("--diff", "manner", flag_value="diff", help="Print what --write would change, as a patch.")
@click.option(
    "--check", "manner", flag_value="check", help="Write nothing; exit with 1 where --write would change a note."
)
@click.option("--fill", is_flag=True, help="Complete the list that you wrote by hand: only dates and people it lacks.")
@click.option("--add", is_flag=True, help="With --fill: also works that the note cites and the list lacks.")
@click.option("--titles", is_flag=True, help="Give bare links and footnotes the titles of what they lead to.")
@click.option("--front-matter", is_flag=True, help="Fill empty keys (author, date …) of a note that is about one work.")
@json_option
def command(
    notes: tuple[str, ...],
    place: Place,
    manner: str | None,
    fill: bool,
    add: bool,
    titles: bool,
    front_matter: bool,
    as_json: bool,
) -> None:
    """Put the dated list of what a note cites into the note, or complete the list that is there.

    The list goes between the markers `<!-- litdb:refs -->` and `<!-- /litdb:refs -->`, or into a new section at the
    end of a note that is named here and has none. NOTE is a file or a folder (default: all notes of the library);
    in folders only notes with markers are written. Nothing else in a note changes.

    \b
    Examples:
      litdb refs notes/reading.md            print the list
      litdb refs notes/reading.md --write    put it into the note
      litdb refs notes/ --check              for CI: 1 where a list is stale
      litdb refs notes/mine.md --fill        show what your own list lacks
    """
    from litdb.commands.completing import Wishes

    wishes = Wishes(fill, add, titles, front_matter)
    if add and not fill:
        raise UsageError("--add says what --fill is to do. Name both.")
    completes = fill or titles or front_matter
    if manner is None and not completes:
        _print_lists(place, notes, as_json)
        return
    changes, problems = gathered(place, notes, wishes, _completed if completes else _marked)
    written: list[str] = []
    if manner == "write":
        from litdb.commands.changing import write

        written, left = write(place, changes)
        problems += left
    for problem in problems:
        tell(problem)
    _print(changes, written, manner, as_json)
    if problems or (manner == "check" and any(change.is_one for change in changes)):
        raise click.exceptions.Exit(1)


def gathered(
    place: Place, notes: tuple[str, ...], wishes: Wishes, make: Callable[[Opened, Desk, Wishes], Change | None]
) -> tuple[list[Change], list[str]]:
    """What is to become of each note, and why others are left alone."""
    from litdb.commands.changing import Works, open_notes, own_words
    from litdb.commands.completing import Desk
    from litdb.commands.exports import list_style
    from litdb.commands.naming import known_people
    from litdb.database import queries
    from litdb.files.settings import settings_for
    from litdb.text.times import utc_now

    with library_of(place) as connection:
        opened, problems = open_notes(place, notes, queries.listed_notes(connection))
        style = list_style(settings_for(place, [each.path for each in opened]).lists, utc_now()[:10])
        desk = Desk(connection, Works(connection), known_people(place, connection), style, own_words(place))
        changes = []
        for each in opened:
            try:
                change = make(each, desk, wishes)
            except NoteError as error:
                problems.append(str(error))
            else:
                changes += [change] if change else []
    return changes, problems


def refresh_lists(place: Place) -> tuple[list[str], list[str]]:
    """Bring every marked list of the library's notes up to date: the notes written, and why others were left alone."""
    from litdb.commands.changing import write
    from litdb.commands.completing import Wishes

    changes, problems = gathered(place, (), Wishes(), _marked)
    written, left = write(place, changes)
    return written, [*problems, *left]


def _marked(opened: Opened, desk: Desk, _wishes: Wishes) -> Change | None:
    from litdb.commands.completing import marked

    return marked(opened, desk)


def _completed(opened: Opened, desk: Desk, wishes: Wishes) -> Change:
    from litdb.commands.completing import completed

    return completed(opened, desk, wishes)


def _listed(opened: Opened, desk: Desk, _wishes: Wishes) -> Change:
    """The list itself, as what is told of a note that stays as it is."""
    from litdb.commands.changing import Change
    from litdb.commands.completing import works_cited
    from litdb.export.references import reference_list

    works, unknown = works_cited(opened, desk.works)
    for sentence in unknown:
        tell(sentence)
    return Change(opened, opened.content, (), reference_list(works, desk.style).splitlines())


def _print_lists(place: Place, notes: tuple[str, ...], as_json: bool) -> None:
    from litdb.commands.completing import Wishes

    found, problems = gathered(place, notes, Wishes(), _listed)
    for problem in problems:
        tell(problem)
    if as_json:
        print_json([{"note": str(each.opened.path), "list": list(each.told)} for each in found])
    for each in found if not as_json else ():
        for line in ([f"{each.opened.path}:"] if len(found) > 1 else []) + [*each.told]:
            say(line)
    if problems:
        raise click.exceptions.Exit(1)


def _print(changes: list[Change], written: list[str], manner: str | None, as_json: bool) -> None:
    from litdb.commands.changing import print_diff

    if as_json:
        print_json([_as_json(change, written) for change in changes])
        return
    for change in changes:
        for sentence in change.told:
            tell(sentence)
        if manner in (None, "diff"):
            print_diff(change.diff)
        if manner == "check" and change.is_one:
            say(f"{change.opened.path} is not up to date.")
    for path in written:
        say(f"Written: {path}")


def _as_json(change: Change, written: list[str]) -> dict[str, object]:
    path = str(change.opened.path)
    return {
        "note": path,
        "changes": change.is_one,
        "written": path in written,
        "told": list(change.told),
        "diff": change.diff.decode("utf-8", "replace"),
    }
