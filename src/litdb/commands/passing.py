"""A library for one answer: made in a temporary place from URLs and notes, asked once, gone afterwards."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Container, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from litdb.citations import Citation
from litdb.commands.choosing import cited_keys, preferring
from litdb.commands.manner import Manner
from litdb.commands.manuscript import bibliographies, cites_all, is_markdown
from litdb.commands.naming import identified
from litdb.commands.opening import library_of
from litdb.commands.paper import bibs_of, cites_everything, tex_files, without_comments
from litdb.commands.session import ask
from litdb.commands.summary import Summary
from litdb.database import queries
from litdb.database.journal import Journal
from litdb.errors import InvalidUrl, UsageError
from litdb.files.place import SETTINGS, Place
from litdb.files.reading import names_file, read_stdin
from litdb.model import Identifier, Note, Target, Work
from litdb.notes import BIBLIOGRAPHIES, is_own_export, kind_of
from litdb.run import Run
from litdb.sources import identify
from litdb.text.times import utc_now

if TYPE_CHECKING:
    from litdb.export.versions import Version

LINKS = "links.urls"
"""How the list of the URLs from the command line is called in what is told."""

_BRACED = re.compile(r"\{[^}]*\}")

EARLIER = "earlier.bib"
"""How entries of an earlier export are called."""

STDIN = "stdin.urls"
"""How the list from standard input is called."""


@dataclass(slots=True)
class Passing:
    """What a passing library is made from: `notes` are the names of its files in `root`, `paper` those of a paper.

    `keys` are citation keys that an earlier export gave, `earlier` its entries that have a title. `whole` says that the
    paper cites everything. `missing` are sentences about bibliographies that the paper names and that are not there,
    `told` those about notes that were told already.
    """

    root: Path
    notes: list[str] = field(default_factory=list)
    paper: list[str] = field(default_factory=list)
    keys: dict[Identifier, str] = field(default_factory=dict)
    earlier: dict[Identifier, str] = field(default_factory=dict)
    whole: bool = False
    missing: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)

    @property
    def place(self) -> Place:
        """The library, so that notes are called by their names in `root`."""
        return Place(self.root / "db" / "litdb.db")


@dataclass(frozen=True, slots=True)
class Found:
    """The works for a bibliography, sentences about what is not as it should be, and how the run ended."""

    works: Sequence[Work]
    faults: Sequence[str]
    summary: Summary


@contextmanager
def passing(texts: Sequence[str], papers: Sequence[Path]) -> Iterator[Passing]:
    """The place for URLs, files and `-` (a list on standard input), and for papers with what lies beside them."""
    with TemporaryDirectory(prefix="litdb-") as folder:
        made = Passing(Path(folder))
        files = [Path(text) for text in texts if text != "-" and names_file(text)]
        urls = [text for text in texts if text != "-" and not names_file(text)]
        for url in urls:
            _require_address(url)
        links = [*urls]
        if "-" in texts:
            _write(made, STDIN, read_stdin())
        links += [url for paper in papers for url in _take_paper(made, paper)]
        links += [url for path in files for url in _take(made, path)]
        if links:
            _write(made, LINKS, "\n".join(links))
        _take_settings(made.root, [*files, *papers])
        yield made


def look_up(made: Passing, manner: Manner, prefer: Version | None = None) -> Found:
    """Ask the web about what is cited, and say what came of it; of versions only the one to `prefer`."""
    if made.keys:
        made.place.folder.mkdir(parents=True, exist_ok=True)
        with Journal(made.place.journal) as journal:
            journal.assign(made.keys, utc_now())
    with _PaperRun(made) as run:
        summary = ask(run, manner, said=frozenset(made.told))
        made.told.update(run.problems)
        keys = {key for note in run.citations.notes if note.path in made.paper for key in cited_keys(note, ())}
        no_works = [_no_work(each) for each in run.citations if each.identity and each.identity.not_a_work]
    with library_of(made.place) as connection:
        works = _cited(connection, made, keys)
        faults = [*made.missing, *no_works, *_faults(queries.needing_attention(connection), works, made)]
        return Found(preferring(connection, works, prefer) if prefer else works, faults, summary)


def look_up_again(made: Passing, found: Found, prefer: Version | None = None) -> Found:
    """What was found, where an earlier export knows works that could not be reached now: as that has them."""
    lost = {each for work in found.works if not work.title for each in work.identifiers}
    entries = [text for identifier, text in made.earlier.items() if identifier in lost]
    if not entries:
        return found
    _write(made, EARLIER, "".join(entries))
    return replace(look_up(made, Manner(offline=True, silent=True), prefer), summary=found.summary)


def _cited(connection: sqlite3.Connection, made: Passing, keys: Set[str]) -> list[Work]:
    """All works; with a paper those that it cites by address or by key."""
    works = queries.works(connection)
    if not made.paper or made.whole:
        return works
    cited = {work.identifier for name in made.paper for work in queries.works_of_note(connection, name)}
    return [work for work in works if work.identifier in cited or keys & {work.key, *work.former_keys}]


def _no_work(citation: Citation) -> str:
    mention, identity = citation.mention, citation.identity
    return f"{mention.note}:{mention.line}: {mention.url}: {identity.not_a_work if identity else ''}, nothing to cite"


def _faults(rows: Iterable[queries.Row], works: Iterable[Work], made: Passing) -> list[str]:
    """A sentence for each of these works that is not as it should be, and for each citation that means none."""
    known = {key for work in works for key in (work.key, *work.former_keys)}
    faults = []
    for row in rows:
        is_told = not made.paper or row["note"] in made.paper
        if row["key"] in known:
            address = f" ({row['url']})" if row["url"] else ""
            faults.append(f"{row['key']}: {row['outcome']}, {row['reason']}{address}")
        elif row["key"] is None and is_told and str(row["title"]).removeprefix("@") not in known:
            faults.append(f"{row['note']}:{row['line']}: {row['title']}: {row['reason']}")
    return faults


class _PaperRun(Run):
    """A run that asks only about what a paper cites, not about all that the bibliographies beside it hold."""

    def __init__(self, made: Passing) -> None:
        super().__init__(made.place, [made.root / name for name in made.notes], utc_now)
        self._made = made

    def targets(self) -> list[Target]:
        """The works to ask about."""
        if not self._made.paper or self._made.whole:
            return super().targets()
        outside = [each for each in self.citations if each.mention.found != "bib-entry"]
        named = {each.identity.identifier for each in outside if each.identity}
        return [each for each in super().targets() if each.identifier in named]


def _take_paper(made: Passing, main: Path) -> list[str]:
    """Copy a paper and its bibliographies; the addresses of those that litdb wrote itself."""
    bibs = _take_manuscript(made, main) if is_markdown(main) else _take_tex(made, main)
    return [url for path in bibs for url in _take(made, path)]


def _take_tex(made: Passing, main: Path) -> list[Path]:
    """Copy a paper in LaTeX without what it does not typeset; its bibliographies."""
    files = tex_files(main)
    names = [_copied(path, made.root) for path in files]
    for copy in (made.root / name for name in names):
        copy.write_text(without_comments(copy.read_text("utf-8", "replace")), "utf-8")
    _add_paper(made, names, is_whole=cites_everything(files))
    return bibs_of(files)


def _take_manuscript(made: Passing, main: Path) -> list[Path]:
    """Copy a paper in Markdown; its bibliographies."""
    name = _copied(main, made.root)
    _add_paper(made, [name], is_whole=cites_all(main))
    bibs = bibliographies(main)
    made.missing += [
        f"{name}: there is no file {path}, which its front matter names as its bibliography."
        for path in bibs
        if not path.is_file()
    ]
    return [path for path in bibs if path.is_file()]


def _add_paper(made: Passing, names: Sequence[str], *, is_whole: bool) -> None:
    made.paper += names
    made.notes += names
    made.whole |= is_whole


def _take(made: Passing, path: Path) -> list[str]:
    """Copy a file, and give the links to follow: of a `.bib` that litdb wrote, whose keys stay but not its remarks."""
    name = _copied(path, made.root)
    content = (made.root / name).read_bytes()
    is_own = is_own_export(content)
    if is_own and path.suffix.lower() == ".bib":
        return _lent(made, name, content.decode("utf-8", "replace"))
    if is_own and kind_of(name) not in BIBLIOGRAPHIES:
        (made.root / name).write_bytes(content.partition(b"-->")[2])
    if name not in made.notes:
        made.notes.append(name)
    return []


def _lent(made: Passing, name: str, text: str) -> list[str]:
    """Keys and addresses of an earlier export, of which only those count that the paper cites."""
    from litdb.notes.bib import read_bib

    note = read_bib(name, text, identified)
    own = {key for key, _ in note.keys}
    cited = {key for path in made.paper for key in _keys_in(made.root / path, own)}
    own_first = reversed(note.keys)
    keys = {identifier: key for key, identifier in own_first if key in cited or made.whole or not made.paper}
    made.keys.update(keys)
    made.earlier.update(_titled(text, note, keys))
    entries = zip(note.mentions, note.records, strict=True)
    return [mention.url for mention, record in entries if mention.url and record.identifier in keys]


def _titled(text: str, note: Note, wanted: Container[Identifier]) -> Iterator[tuple[Identifier, str]]:
    """The entries of an earlier export, as they stand there: without those whose title is but a name in its place.

    litdb writes such a name in braces of its own.
    """
    from litdb.notes.bib_entries import read_entries

    entries = read_entries(text).entries
    ends = [*(entry.start for entry in entries[1:]), len(text)]
    for entry, record, end in zip(entries, note.records, ends, strict=True):
        title = entry.fields.get("title")
        if title and not _BRACED.fullmatch(title) and record.identifier in wanted:
            yield record.identifier, text[entry.start : end]


def _keys_in(path: Path, known: Container[str]) -> list[str]:
    from litdb.notes import read_note

    return cited_keys(read_note(path.name, path.read_bytes(), identified), known)


def _require_address(text: str) -> None:
    try:
        identify(text)
    except InvalidUrl as error:
        raise UsageError(f"“{text}” is neither a file nor an address: {error}") from error


def _copied(path: Path, root: Path) -> str:
    """Copy a file under a name that says where it is; the name."""
    whole, here = path.resolve(), Path.cwd()
    name = (whole.relative_to(here) if whole.is_relative_to(here) else whole.relative_to(whole.anchor)).as_posix()
    target = root / name
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(path, target)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}.") from error
    return name


def _take_settings(root: Path, files: Sequence[Path]) -> None:
    """Take the litdb.toml that lies beside the files, else here: it says who asks and who is who."""
    folders = [*(path.parent for path in files), Path(), Path("seeds")]
    there = next((folder / SETTINGS for folder in folders if (folder / SETTINGS).is_file()), None)
    if there:
        shutil.copyfile(there, root / SETTINGS)


def _write(made: Passing, name: str, text: str) -> None:
    (made.root / name).write_text(text, "utf-8")
    made.notes.append(name)
