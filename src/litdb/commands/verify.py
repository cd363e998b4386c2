"""litdb verify: which entries of a file the sources confirm, and which they contradict."""

from __future__ import annotations

import re
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litdb.commands import INTERRUPTED
from litdb.commands.options import db_option, json_option
from litdb.errors import UsageError
from litdb.files.place import Place

if TYPE_CHECKING:
    from litdb.checks.verdicts import Ending
    from litdb.commands.passing import Passing
    from litdb.commands.verifying import Judged, Verified

DISAGREES = 1
UNCHECKED = 3

GROUPS: tuple[tuple[Ending, str], ...] = (
    ("confirmed", "Confirmed"),
    ("unchecked", "Could not be checked"),
    ("disagrees", "Disagrees"),
)
"""The endings in the order in which they are told, the most important next to the summary."""


@click.command("verify")
@click.argument("files", metavar="FILE|-…", nargs=-1, required=True)
@click.option("--contact", metavar="MAIL-OR-URL", default="", help="Whom a site can reach; goes into the User-Agent.")
@click.option("--offline", is_flag=True, help="Ask nobody; judge by what the library at --db has kept.")
@click.option("--keep", is_flag=True, help="Keep the answers at --db, so that the next run need not ask again.")
@click.option("--allow-private", metavar="HOST", multiple=True, help="A private host that may be asked, by name.")
@click.option("--strict", is_flag=True, help=f"Exit with {UNCHECKED} when something could not be checked.")
@click.option("-q", "--quiet", is_flag=True, help="Only what disagrees, and no progress.")
@db_option
@json_option
def command(
    files: tuple[str, ...],
    contact: str,
    offline: bool,
    keep: bool,
    allow_private: tuple[str, ...],
    strict: bool,
    quiet: bool,
    place: Place,
    as_json: bool,
) -> None:
    """Check the entries of a file that litdb did not write against what the sources say.

    FILE is a .bib, a note of any kind, or a paper (its main .tex file, or Markdown whose front matter names a
    bibliography), of which the entries are checked that it cites; “-” is a .bib or a note on stdin. The library is
    never changed; what it has kept is not asked again.

    Exits with 1 when an entry disagrees with its sources. A source that refuses or is silent never speaks against an
    entry.

    \b
    Examples:
      litdb verify paper.bib
      litdb verify main.tex --strict
      litdb verify paper.bib --quiet --keep --db .litdb/
    """
    from litdb.commands import verifying
    from litdb.commands.entries import take_own_exports
    from litdb.commands.manner import Manner
    from litdb.commands.passing import passing
    from litdb.commands.printing import print_json, tell

    texts, papers = _sorted(files)
    manner = Manner(contact, frozenset(allow_private), offline, quiet or as_json)
    with passing(texts, papers) as made:
        take_own_exports(made)
        if "-" in files:
            _take_stdin(made)
        verified = verifying.verify(made, manner, place)
        told = [*made.missing, *_nothing_to_check(made, verified)]
        if keep and not offline:
            verifying.keep(made, place)
    for sentence in told:
        tell(sentence)
    verified = replace(verified, problems=(*verified.problems, *told))
    if as_json:
        print_json(_as_json(verified))
    else:
        _print(verified, quiet)
    raise click.exceptions.Exit(_status(verified, strict))


def _sorted(files: Sequence[str]) -> tuple[list[str], list[Path]]:
    """The files to take as they are, and the papers among them: one in LaTeX, manuscripts with bibliographies."""
    from litdb.commands.manuscript import bibliographies, is_markdown

    named = [Path(file) for file in files if file != "-"]
    missing = next((path for path in named if not path.is_file()), None)
    if missing:
        fault = f"{missing} is a folder" if missing.is_dir() else f"There is no file {missing}"
        raise UsageError(f"{fault}. Name a .bib, a note, or the main .tex file of a paper.")
    tex = [path for path in named if path.suffix.lower() in (".tex", ".ltx")]
    if len(tex) > 1:
        raise UsageError(f"One paper at a time: {tex[0]} and {tex[1]} may cite by the same keys.")
    papers = [*tex, *(path for path in named if is_markdown(path) and bibliographies(path))]
    return [str(path) for path in named if path not in papers], papers


def _take_stdin(made: Passing) -> None:
    """What comes on standard input: a bibliography, or a note in Markdown."""
    content = sys.stdin.buffer.read()
    text = content.decode("utf-16" if content.startswith((BOM_UTF16_BE, BOM_UTF16_LE)) else "utf-8", "replace")
    name = "stdin.bib" if re.search(r"^\s*@\s*\w+\s*[{(]", text, re.MULTILINE) else "stdin.md"
    (made.root / name).write_bytes(content)
    made.notes.append(name)


def _nothing_to_check(made: Passing, verified: Verified) -> list[str]:
    """Sentences about the files in which there is nothing to check; of a paper about the whole."""
    judged = {each.entry.note for each in verified.judged}
    named = made.paper[:1] if made.paper else made.notes
    empty = [] if made.paper and judged else [name for name in named if name not in {*judged, *verified.unread}]
    return [
        f"{_path(name)}: there is no entry, no citation and no link in it, so nothing was checked." for name in empty
    ]


def _status(verified: Verified, strict: bool) -> int:
    endings = {each.verdict.ending for each in verified.judged}
    if verified.interrupted:
        return INTERRUPTED
    if "disagrees" in endings or verified.unread:
        return DISAGREES
    return UNCHECKED if strict and ("unchecked" in endings or verified.problems) else 0


def _print(verified: Verified, quiet: bool) -> None:
    """The entries by how they ended, one line each, and the summary."""
    from litdb.commands.printing import say

    for ending, heading in GROUPS:
        group = [each for each in verified.judged if each.verdict.ending == ending]
        if group and (not quiet or ending == "disagrees"):
            say(f"{heading}: {len(group)}")
            for judged in group:
                for line in _lines(judged, verified):
                    say(f"  {_place(judged)}: {line}")
    counts = Counter(each.verdict.ending for each in verified.judged)
    entries, wrong = len(verified.judged), counts["disagrees"]
    say(
        f"{entries} {'entry' if entries == 1 else 'entries'}: {counts['confirmed']} confirmed, {wrong} "
        f"disagree{'s' if wrong == 1 else ''}, {counts['unchecked']} could not be checked."
    )


def _lines(judged: Judged, verified: Verified) -> Iterator[str]:
    """What is to be told of an entry."""
    from litdb.checks.telling import evidence, sentence

    verdict = judged.verdict
    if verdict.ending == "confirmed":
        yield evidence(verdict) or "it is there"
    if verdict.ending == "unchecked":
        yield verdict.reason
    for finding in (*verdict.having("disagrees"), *verdict.having("version")):
        yield sentence(finding, verified.aliases)
    if judged.notice:
        yield judged.notice


def _place(judged: Judged) -> str:
    entry = judged.entry
    return f"{_path(entry.note)}:{entry.line} {entry.label}"


def _path(name: str) -> str:
    """A file as one can open it from here: what lies elsewhere is called by its whole path."""
    return name if Path(name).exists() or name.startswith("stdin.") else f"/{name}"


def _as_json(verified: Verified) -> dict[str, object]:
    return {"entries": [_entry_json(each, verified) for each in verified.judged], "problems": [*verified.problems]}


def _entry_json(judged: Judged, verified: Verified) -> dict[str, object]:
    from litdb.checks.telling import field_name, sentence
    from litdb.commands.printing import statement_json

    entry, verdict = judged.entry, judged.verdict
    findings = [
        {
            "field": each.field,
            "name": field_name(each.own) if each.own else each.field,
            "state": each.state,
            "own": each.own.value if each.own else None,
            "voices": [statement_json(voice) for voice in each.voices],
            "versions": [statement_json(voice) for voice in each.elsewhere],
            "sentence": sentence(each, verified.aliases) if each.state in ("disagrees", "version") else None,
        }
        for each in verdict.findings
    ]
    return {
        "note": _path(entry.note),
        "line": entry.line,
        "key": entry.label,
        "identifier": str(entry.identifier) if entry.identifier else None,
        "verdict": verdict.ending,
        "reason": verdict.reason or None,
        "notice": judged.notice or None,
        "findings": findings,
    }
