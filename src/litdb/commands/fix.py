"""litdb fix: links that moved or died, as a patch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from litdb.commands.opening import library_of
from litdb.commands.options import db_option, json_option
from litdb.commands.printing import print_json, say, tell
from litdb.files.place import Place
from litdb.model import Mention, Work

if TYPE_CHECKING:
    from litdb.checks.repairs import Repair
    from litdb.commands.changing import Change, Opened, Works
    from litdb.kept import Kept
    from litdb.notes.patching import Edit

REPLACED = ("inline-link", "autolink", "bare-url", "reference-link", "reference-definition", "front-matter")
"""How the links are found whose address litdb can put another in the place of."""

ARCHIVED = ("inline-link", "autolink", "bare-url", "reference-link")
"""How the links are found that can have another link beside them."""

_CLOSED = re.compile(r"\)")
_LABEL = re.compile(r"\[(?P<label>(?:[^\[\]\\]|\\.)+)\](?:\[\])?\Z", re.DOTALL)


@click.command("fix")
@click.argument("notes", metavar="[NOTE…]", nargs=-1)
@db_option
@click.option("--apply", "is_applied", is_flag=True, help="Write it into the notes instead of printing the patch.")
@json_option
def command(notes: tuple[str, ...], place: Place, is_applied: bool, as_json: bool) -> None:
    """Mend links: propose a patch for what moved for good, is tracked, or is dead and has a copy in an archive.

    Only permanent redirects count, and only where the new address is known to be the same work. A dead link stays;
    its copy goes beside it. NOTE is a file or a folder (default: all notes of the library). The patch is for
    `git apply`, from the folder you are in.

    \b
    Examples:
      litdb fix > links.patch
      litdb fix notes/reading.md
      litdb fix --apply
    """
    from litdb.commands.changing import print_diff, write

    found, problems = _found(place, notes)
    for problem in problems:
        tell(problem)
    written: list[str] = []
    if is_applied:
        written, left = write(place, [change for change, _ in found])
        for problem in left:
            tell(problem)
        problems += left
    if as_json:
        print_json([_as_json(change, each) for change, repairs in found for each in repairs])
    for change, repairs in found if not as_json else ():
        for each in repairs:
            tell(f"{change.opened.path}:{each.mention.line}: {_said(each)}")
        if not is_applied:
            print_diff(change.diff)
    for path in written if not as_json else ():
        say(f"Written: {path}")
    if problems:
        raise click.exceptions.Exit(1)


def _found(place: Place, notes: tuple[str, ...]) -> tuple[list[tuple[Change, list[Repair]]], list[str]]:
    from litdb.commands.changing import Works, open_notes
    from litdb.database import queries
    from litdb.database.links import moved_for_good
    from litdb.kept import Kept

    with library_of(place) as connection:
        opened, problems = open_notes(place, notes, queries.listed_notes(connection))
        works, moved = Works(connection), moved_for_good(connection, place.journal)
    kept = Kept(place.journal)
    found = [(each, list(_repairs(each, works, moved, kept))) for each in opened]
    return [(_change(each, repairs), repairs) for each, repairs in found if repairs], problems


def _repairs(opened: Opened, works: Works, moved: Mapping[str, str], kept: Kept) -> Iterator[Repair]:
    from litdb.checks.health import is_lost
    from litdb.checks.repairs import repair
    from litdb.commands.naming import identified
    from litdb.notes.markdown import is_cited

    def leads(address: str, work: Work) -> bool:
        there = works.at(address)
        return there is not None and there.identifier == work.identifier

    for mention in filter(is_cited, opened.note.mentions):
        work = works.of(mention)
        identity = identified(mention.url) if work else None
        if work is None or identity is None:
            continue
        lost = is_lost(kept.health(identity.identifier))
        found = repair(mention, work, moved, leads, is_lost=lost)
        if found and _can_be_made(found, opened):
            yield found


def _can_be_made(repair: Repair, opened: Opened) -> bool:
    """Whether the link stands where it can be mended, and has not been mended already."""
    if repair.kinds == ("dead",):
        return _kind(repair.mention) in ARCHIVED and not _has_copy(opened, repair.mention)
    return _kind(repair.mention) in REPLACED and any(_replacements(opened, repair))


def _change(opened: Opened, repairs: list[Repair]) -> Change:
    """The repairs made. What is put beside links is litdb's own word; what takes their place stays the user's."""
    from litdb.commands.changing import Change, read_again
    from litdb.notes.own_words import words_between

    led = {edit for each in repairs if each.kinds != ("dead",) for edit in _replacements(opened, each)}
    beside = {_copy(opened, each) for each in repairs if each.kinds == ("dead",) and each.new}
    after = opened.text.edited(led | beside)
    name = opened.note.path
    own = words_between(read_again(name, opened.text.edited(led)), read_again(name, after)) if beside else []
    return Change(opened, after, own)


def _replacements(opened: Opened, repair: Repair) -> Iterator[Edit]:
    """The address of a link, where it is written: in the link, or in the definition that it refers to."""
    from litdb.export.references import target
    from litdb.notes.marked import outline_of
    from litdb.notes.patching import Edit

    mention, plain = repair.mention, opened.text.plain
    start, end = opened.text.span(mention)
    if mention.found.startswith("reference-link"):
        label = _LABEL.search(plain[start:end])
        definition = outline_of(plain).definitions.named(label["label"]) if label else None
        start, end = (definition.start, definition.end) if definition else (start, start)
    is_link = _kind(mention) in ("inline-link", "reference-link", "reference-definition")
    before = r"(?:\]\(|\]:|\[\[)\s*<?" if is_link else ""
    found = [*re.finditer(f"{before}(?P<target>{re.escape(mention.target)})", plain[start:end])]
    if not found:
        return
    at = start + found[-1].start("target")
    is_link = is_link and plain[at - 1] not in "<["
    yield Edit(at, at + len(mention.target), target(repair.new) if is_link else repair.new)


def _copy(opened: Opened, repair: Repair) -> Edit:
    """The archive's copy behind a link and what is said beside it."""
    from litdb.export.references import target
    from litdb.notes.patching import Edit

    place = _end_beside(opened, repair.mention)
    return Edit(place, place, f" ([archived]({target(repair.new)}))")


def _end_beside(opened: Opened, mention: Mention) -> int:
    from litdb.notes.beside import groups_beside

    plain, end = opened.text.plain, opened.text.span(mention)[1]
    for group in groups_beside(plain, end):
        closed = _CLOSED.search(plain, plain.index(group, end) + len(group))
        end = closed.end() if closed else end
    return end


def _has_copy(opened: Opened, mention: Mention) -> bool:
    from litdb.sources.wrappers import is_copy

    end = _end_beside(opened, mention)
    behind = (each for each in opened.note.mentions if 0 <= opened.text.span(each)[0] - end <= len(" ("))
    return any(is_copy(each.url) for each in behind)


def _kind(mention: Mention) -> str:
    return mention.found.partition(":")[0] if ":in-html" not in mention.found else "html"


def _said(repair: Repair) -> str:
    target = repair.mention.target
    if repair.kinds == ("dead",):
        return f"{target} is dead; {'a copy is ' + repair.new if repair.new else 'no archive is known to have a copy'}."
    return f"{target} → {repair.new} ({', '.join(repair.kinds)})"


def _as_json(change: Change, repair: Repair) -> dict[str, object]:
    return {
        "note": str(change.opened.path),
        "line": repair.mention.line,
        "column": repair.mention.column,
        "kinds": list(repair.kinds),
        "old": repair.mention.target,
        "new": repair.new,
    }
