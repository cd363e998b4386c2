"""How litdb is built: a light start, rooms that know only those below them, pins for all it needs."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import entry_points, requires
from importlib.resources import files
from pathlib import Path
from textwrap import dedent

import pytest

from litdb.commands import COMMANDS

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"

HEAVY = frozenset("arxiv bs4 datasette distributed lxml pybtex pylatexenc requests rich sqlite_utils yaml".split())
"""Libraries that cost time to import: none of them before it is needed."""

WORDS = frozenset({"model", "errors", "text"})
"""What every room may speak of."""

MAY_IMPORT = {
    "model": set(),
    "errors": set(),
    "text": {"model", "errors"},
    # beside each other
    "pages": WORDS,
    "notes": WORDS,
    "sources": WORDS | {"pages"},
    # the pure middle
    "identity": WORDS,
    "keys": WORDS,
    "labels": WORDS,
    "graph": WORDS | {"identity"},
    "citing": WORDS | {"identity", "pages"},
    "citations": WORDS | {"notes"},
    "budget": WORDS,
    "people": WORDS,
    "merge": WORDS | {"people", "sources"},
    "ladder": WORDS | {"sources"},
    "corrections": WORDS | {"identity", "keys"},
    "projection": WORDS | {"notes", "identity", "keys", "labels", "merge", "corrections", "citing", "citations"},
    "part": WORDS | {"corrections", "citations", "projection"},
    "outward": WORDS | {"graph", "ladder", "projection", "sources"},
    "export": WORDS | {"notes"},
    "checks": WORDS | {"pages", "sources", "identity", "keys", "labels", "merge", "projection"},
    # rooms with I/O
    "web": WORDS,
    "database": WORDS,
    "files": WORDS,
    # above all of these: one run
    "replay": WORDS | {"pages", "sources"},
    "facts": WORDS | {"sources", "merge", "ladder", "projection", "replay", "web", "files"},
    "reading": WORDS | {"notes", "files"},
    "gather": WORDS | {"notes", "files", "reading"},
    "rows": WORDS | {"notes", "merge", "people", "citations", "projection", "checks", "database"},
    "kept": WORDS | {"sources", "checks", "database"},
    "crawl": WORDS | {"sources", "ladder", "replay", "database"},
    "asking": WORDS | {"pages", "sources", "web"},
    "rereading": WORDS | {"database", "replay"},
    "unchanged": WORDS | {"notes", "sources", "database", "files"},
    "run": WORDS
    | {"sources", "corrections", "ladder", "projection", "database", "files", "replay", "gather", "rows", "crawl"}
    | {"unchanged", "rereading", "kept", "citations", "citing", "outward", "facts", "notes"},
    "amending": WORDS
    | {"notes", "sources", "identity", "ladder", "merge", "part", "people", "projection", "database", "files", "gather"}
    | {"kept", "rows", "unchanged", "run", "corrections"},
    "zotero": WORDS,
    "canary": WORDS | {"sources", "database", "replay", "crawl"},
    # on top
    "demo": {"database"},
    "browse": WORDS | {"checks", "database", "export", "files", "notes"},
    "publish": WORDS | {"keys", "labels", "projection", "export", "web", "database", "browse"},
}
"""Every room with the rooms that it may import, from the ground up: a room stands above all it imports."""

MAY_IMPORT["commands"] = set(MAY_IMPORT)
MAY_IMPORT["__main__"] = {"commands"}

DOORS = {
    "socket": {"web", "demo"},
    "ssl": {"web", "demo"},
    "http": {"web", "demo", "browse"},
    "requests": {"web"},
    "urllib3": {"web"},
    "sqlite3": {"database", "commands"},
    "sqlite_utils": {"database"},
    "click": {"commands"},
    "distributed": {"web"},
    "warcio": {"files"},
    "rich": {"commands"},
}
"""Modules that open sockets, speak SQL or print, and the rooms that may use them."""


def name_of(path):
    return ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): ast.parse(path.read_text("utf-8")) for path in sorted((SRC / "litdb").rglob("*.py"))}


def room_of(module):
    """`litdb.text.urls` stands in `text`; the package itself is no room."""
    return module.split(".")[1] if "." in module else None


def named_in(cell):
    """The rooms that a cell of CONTRIBUTING's table names."""
    told = {"the words": WORDS, "all": set(MAY_IMPORT), "nothing": set()}
    rooms = {name.rstrip("/") for name in re.findall(r"`([^`]+)`", cell)}
    return rooms.union(*(names for words, names in told.items() if words in re.sub("`[^`]+`", "", cell)))


_ROW = re.compile(r"^\| (`.*?) \| .*? \| (.*?) \|$", re.MULTILINE)
ROWS = [tuple(map(named_in, cells)) for cells in _ROW.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8"))]
"""What CONTRIBUTING says of the house: rooms, and what they may import beside each other."""


def imported(tree):
    """The modules that code imports when it runs, at its start or later, but not those for the type checker alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else node.module for name in inner)
        else:
            yield from imported(node)


IMPORTED = {module: frozenset(imported(tree)) for module, tree in MODULES.items()}


def test_every_room_has_its_place_in_the_house():
    assert {room_of(module) for module in MODULES} - {None} == set(MAY_IMPORT)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_room_imports_only_what_is_below_it(room):
    others = {
        f"{module} imports {name}"
        for module, names in IMPORTED.items()
        if room_of(module) == room
        for name in names
        if name.startswith("litdb.") and room_of(name) not in MAY_IMPORT[room] | {room}
    }
    assert not others


def test_contributing_names_every_room_once():
    assert sorted(room for rooms, _ in ROWS for room in rooms) == sorted(MAY_IMPORT)


@pytest.mark.parametrize(("rooms", "below"), ROWS, ids=lambda names: " ".join(sorted(names)[:3]))
def test_contributing_says_what_a_room_may_import(rooms, below):
    assert below - rooms == set().union(*(MAY_IMPORT[room] for room in rooms)) - rooms


def test_in_contributing_a_room_stands_below_all_that_import_it():
    above = set(MAY_IMPORT)
    for rooms, below in ROWS:
        above -= rooms
        assert not below & above


def test_the_table_itself_has_no_circle():
    assert list(TopologicalSorter(MAY_IMPORT).static_order())


def test_no_modules_need_each_other():
    try:
        TopologicalSorter(IMPORTED).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("door", DOORS)
def test_sockets_sql_and_printing_stay_in_their_rooms(door):
    users = defaultdict(list)
    for module, names in IMPORTED.items():
        if any(name.partition(".")[0] == door for name in names):
            users[room_of(module)].append(module)
    assert set(users) <= DOORS[door], dict(users)


LOOKS = frozenset("exists is_dir is_file iterdir glob rglob scandir stat read_bytes read_text write_bytes".split())
"""What asks the file system, by whatever it is called on."""


def test_only_rooms_with_io_look_at_files():
    with_io = {"files", "database", "web", "commands", "demo", "browse", "publish"}
    lookers = {
        module
        for module, tree in MODULES.items()
        if room_of(module) not in with_io
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in LOOKS
    }
    assert not lookers


def said_by(code):
    """What code prints behind the word LOADED in a Python of its own."""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return ran.stdout.rpartition("LOADED")[2]


HELP = ["--help", "--version", *(f"{command} --help" for command in COMMANDS)]


@pytest.fixture(scope="module")
def loaded_by_help():
    """Which heavy libraries each of these loads first, one after the other in a Python of their own."""
    code = f"""
        import json, sys
        from litdb.commands import main
        loaded = {{}}
        for words in {HELP!r}:
            before = set(sys.modules)
            main(words.split(), standalone_mode=False)
            loaded[words] = sorted({set(HEAVY)!r} & (set(sys.modules) - before))
        print("LOADED", json.dumps(loaded))
    """
    return json.loads(said_by(dedent(code)))


@pytest.mark.parametrize("words", HELP)
def test_help_loads_nothing_heavy(words, loaded_by_help):
    assert loaded_by_help[words] == []


def test_importing_litdb_loads_nothing_heavy():
    code = f"import sys, litdb, litdb.model, litdb.sources; print('LOADED', *sorted({set(HEAVY)!r} & set(sys.modules)))"
    assert said_by(code).split() == []


def test_types_are_shipped():
    assert (files("litdb") / "py.typed").is_file()


def test_the_command_is_installed():
    (script,) = (each for each in entry_points(group="console_scripts") if each.name == "litdb")
    assert script.load().name == "main"


PINS = [line for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines() if not line.startswith("#")]


MARKER = r'(python_version (<|>=) "3\.\d+"|sys_platform == "[a-z0-9]+")'
"""Where a pin counts (packaging.python.org, “Dependency specifiers”)."""


@pytest.mark.parametrize("pin", PINS)
def test_a_pin_is_a_name_and_a_version(pin):
    assert re.fullmatch(rf"[a-z0-9-]+==[0-9][\w.]*( ; {MARKER}( and {MARKER})*)?", pin)


def test_datasette_finds_the_plugin():
    (plugin,) = (each for each in entry_points(group="datasette") if each.name == "litdb")
    assert plugin.load().register_routes()


def test_everything_asked_for_is_pinned():
    asked = {re.match(r"[\w.-]+", line)[0].lower().replace("_", "-") for line in requires("litdb-notes") or ()}
    assert asked
    assert asked <= {pin.partition("==")[0] for pin in PINS} | {"litdb-notes"}
