"""The documents say what is true: their examples are run, their tables are held against the program.

`LITDB_WRITE_DOCS=1 python -m pytest tests/test_docs.py` writes docs/commands.md anew.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest
from click import Context
from click.testing import CliRunner

from conftest import SEEDS
from litdb.commands import COMMANDS, main
from litdb.database.canned import QUERIES
from litdb.files.replacing import replace_file
from litdb.model import Identifier, Target
from source_cases import answer_to, plain
from web.zotero import running_zotero

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
WIDTH = 80


def blocks(text, language):
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def table(text):
    """The first column of the tables in a text, without back ticks."""
    return re.findall(r"^\| `([^`|]+)` \|", text, re.MULTILINE)


def sections(text, marks):
    """The texts under the headings of a level, by what the headings say before a colon, without back ticks."""
    parts = re.split(rf"^{marks} (.+)\n", text, flags=re.MULTILINE)[1:]
    return {title.partition(":")[0].strip("`"): body for title, body in zip(parts[::2], parts[1::2], strict=True)}


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with nothing but the seeds, and the program standing in it."""
    shutil.copytree(SEEDS, tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LITDB_DB", raising=False)
    monkeypatch.setenv("LITDB_PACE", "0")
    return tmp_path


def run(*words, **more):
    """What litdb prints on stdout and stderr."""
    result = CliRunner().invoke(main, words, prog_name="litdb", **more)
    assert result.exit_code == 0, result.output
    return result


# What is shown is what is printed


def conversation(document):
    """The commands in the console blocks of a document, each with the output shown below it."""
    shown = "".join(blocks((ROOT / document).read_text("utf-8"), "console"))
    said = re.split(r"^\$ (.+)\n", shown, flags=re.MULTILINE)[1:]
    return list(zip(said[::2], said[1::2], strict=True))


def pattern(shown):
    """Shown output as an expression: a line `…` stands for any lines, `…` at the end of a line for its rest."""
    lines = []
    for line in solid(shown):
        if line == "…":
            lines.append(r"(?:.*\n)*?")
        elif line.endswith("…"):
            lines.append(re.escape(line.removesuffix("…").rstrip()) + r".*\n")
        else:
            lines.append(re.escape(line) + r"\n")
    return "".join(lines)


def solid(text):
    """The lines of an output without blank ones and blanks at their ends."""
    return [line.rstrip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("document", ["docs/tutorial.md", "docs/json.md"])
def test_documents_show_what_litdb_prints(document, project):
    for command, shown in conversation(document):
        name, *words = shlex.split(command)
        assert name == "litdb"
        printed = "\n".join(solid(run(*words).output)) + "\n"
        assert re.fullmatch(pattern(shown), printed), f"$ {command}\n{printed}"


def test_the_tour_shows_the_main_commands():
    shown = {shlex.split(command)[1] for command, _ in conversation("docs/tutorial.md")}
    assert shown >= {"crawl", "list", "show", "search", "export", "identify", "demo"}


# Commands and their help


def test_the_readme_lists_every_command():
    assert [line.removeprefix("litdb ") for line in table(README) if line.startswith("litdb ")] == list(COMMANDS)


def with_their_parts():
    """Every command, and those that stand behind one: `graph cites`."""
    for name in COMMANDS:
        yield name
        yield from (f"{name} {part}" for part in getattr(main.get_command(Context(main), name), "commands", ()))


@pytest.mark.parametrize("command", [*with_their_parts()])
def test_every_command_has_an_example(command):
    printed = run(*command.split(), "--help").output
    assert re.search(rf"Examples?:\n +litdb {command}\b", printed)


def helps():
    """docs/commands.md: what every command says of itself."""
    parts = ["# The commands of litdb\n", "What `--help` prints, written by the tests (see CONTRIBUTING.md).\n"]
    for words in ([], *([command] for command in COMMANDS)):
        printed = run(*words, "--help", terminal_width=WIDTH).output
        parts.append(f"## {' '.join(['litdb', *words])}\n\n```text\n{printed}```\n")
    return "\n".join(parts)


def test_the_page_of_commands_is_what_help_prints(monkeypatch):
    monkeypatch.delenv("LITDB_DB", raising=False)
    path = ROOT / "docs" / "commands.md"
    if os.environ.get("LITDB_WRITE_DOCS"):
        replace_file(path, helps())
    assert path.read_text("utf-8") == helps()


def test_links_between_documents_lead_somewhere():
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name} → {target}"


# JSON

SECTION_OF = {
    "authors": "A name",
    "editors": "A name",
    "fields": "A field",
    "others": "A statement",
    "chosen": "A statement",
    "other": "A statement",
    "changed_since_cited": "A change since it was cited",
    "mentions": "A mention",
    "relations": "A relation",
    "attempts": "An attempt",
    "claims": "A claim",
    "needs_attention": "What needs attention",
    "lanes": "A lane",
    "entries": "A verified entry",
    "arrivals": "An entry taken in",
    "findings": "What came of a field",
    "voices": "A statement",
    "versions": "A statement",
    "words": "An event",
    "crawls": "A crawl",
    "events": "An event",
    "by": "A work of the graph",
    "said": "A citation",
}
"""Where a key holds objects: the section that describes them."""

FULL_BIB = r"""
@article{full, title={A}, author={van der Heide, Jr., Ole and {The Group}}, editor={Fernsby, Ada}, date={2021-03-04},
 journal={J}, publisher={P}, volume={1}, number={2}, pages={3-4}, abstract={Words}, langid={english}, note={N},
 eprint={2103.99001}, eprinttype={arxiv}, eprintclass={cs.AI}, urldate={2022-01-01}, url={https://example.org/a}}
@inproceedings{paper, author={Roe, Ada and others}, title={B}, number={7}, year={2020}, url={https://example.org/b}}
"""
FULL_NOTE = "[c](https://www.lesswrong.com/posts/DemoCompostPost01/x?commentId=DemoCommentOne001) gradient [b](https://example.org/b) [w](https://web.archive.org/web/20230705000000/https://example.org/w)"


def collect(value, section, found):
    """Add the keys of an object, or of every object of a list, to those of its section, and so on below."""
    for each in value if isinstance(value, list) else [value]:
        found.setdefault(section, set()).update(each)
        for key, inner in each.items():
            if key in SECTION_OF and isinstance(inner, list | dict):
                collect(inner, SECTION_OF[key], found)


def collect_graph(project, found):
    """The keys of what is printed of the graph of two saved pages that link to a third."""
    for name in "ab":
        (project / "full" / f"{name}.html").write_text(f"<title>{name}</title><p>{'Words. ' * 99}<a href='/c'>c</a>.")
        run("add-page", f"https://graph.example/{name}", f"full/{name}.html")
    suggested = json.loads(run("next", "--json").stdout)
    collect(suggested, "What to read next", found)
    found["What to read next"] -= found["A work of the graph"]
    found["A work of the graph"] -= {"said"}
    (cited,) = json.loads(run("graph", "cites", "https://graph.example/a", "--json").stdout)["works"]
    assert found["A work of the graph"] == set(cited) - {"said"}
    way = json.loads(run("graph", "path", "https://graph.example/a", "https://graph.example/c", "--json").stdout)
    found["A way"] = set(way)
    found["Who cites whom"] = set(json.loads(run("graph", "cited-by", "https://graph.example/c", "--json").stdout))
    found["The graph for programs"] = set(json.loads(run("graph", "export", "json").stdout))


@pytest.fixture
def printed_keys(project):
    """All keys that `--json` prints on libraries in which every field is filled, by section."""
    (project / "full").mkdir()
    (project / "full" / "full.bib").write_text(FULL_BIB)
    (project / "full" / "note.md").write_text(FULL_NOTE)
    calls = [
        ("The summary of a run", "crawl full --offline"),
        ("The summary of a run", "add https://example.org/added --offline"),
        ("The summary of a run", "demo --db demo/"),
        ("A planned visit", "crawl --dry-run"),
        ("What a URL means", "identify arXiv:2209.00626"),
        ("A work", "list --all"),
        ("A finding", "search gradient"),
        ("The state of the library", "status"),
        ("A source", "sources"),
    ]
    found = {}
    run("crawl", "full", "--offline")
    run("set", "https://example.org/b", "status", "retracted")
    run("person", "Ada Fernsby", "Ada Fernsby 0000-0002-1825-0097")
    for section, words in calls:
        collect(json.loads(run(*words.split(), "--json").stdout), section, found)
    (project / "full" / "old.md").write_text("[p](https://arxiv.org/abs/2203.99001v1)")
    run("crawl", "full/old.md", "--offline", "--db", "demo/")
    collect(json.loads(run("list", "--json", "--db", "demo/").stdout), "A work", found)
    for db in ("db/", "demo/"):
        for work in json.loads(run("list", "--json", "--db", db).stdout):
            shown = run("show", work["key"], "--json", "--db", db).stdout
            collect(json.loads(shown), "A work with its evidence", found)
    (project / "full" / "wrong.md").write_text("- [p](https://arxiv.org/abs/2203.99001) (01.01.2001)\n")
    run("crawl", "full/wrong.md", "--offline", "--db", "demo/")
    for work in json.loads(run("list", "--json", "--db", "demo/").stdout):
        collect(json.loads(run("why", work["key"], "--json", "--db", "demo/").stdout), "Why a work is as it is", found)
    collect(json.loads(run("conflicts", "--json", "--db", "demo/").stdout), "A conflict", found)
    run("crawl", "seeds", "--offline", "--db", "likely/")
    likely = json.loads(run("duplicates", "--json", "--db", "likely/").stdout)
    collect(likely, "Likely the same", found)
    collect([work for each in likely for work in each["works"]], "A work in short", found)
    collect(json.loads(run("rebuild", "--json").stdout), "The library anew", found)
    for words in ("refs full/note.md", "refs full/note.md --diff"):
        collect(json.loads(run(*words.split(), "--json").stdout), "A note and its list", found)
    (project / "full" / "tracked.md").write_text("[t](https://example.org/a?utm_source=x)")
    run("crawl", "full/tracked.md", "--offline")
    collect(json.loads(run("fix", "full/tracked.md", "--json").stdout), "A repair", found)
    collect(json.loads(CliRunner().invoke(main, ["check", "--json"]).stdout), "A fault", found)
    collect(json.loads(run("check", "--explain", "L001", "--json").stdout), "A code", found)
    with running_zotero([{"id": "csl", "type": "book", "title": "C"}]) as zotero:
        taken = run("import", "--zotero", zotero.address, "--dry-run", "--json").stdout
    collect(json.loads(taken), "A file taken in", found)
    verify = ["verify", "full/full.bib", "full/wrong.md", "--json", "--offline", "--db", "demo/"]
    collect(json.loads(CliRunner().invoke(main, verify).stdout), "A verified file", found)
    collect_graph(project, found)
    collect(json.loads(run("log", "--json").stdout), "The past", found)
    collect(json.loads(run("backup", "--json").stdout), "A backup", found)
    forgetting = run("forget", "full/tracked.md", "--dry-run", "--json").stdout
    collect(json.loads(forgetting), "What is forgotten", found)
    collect(json.loads(run("archive", "--warc", "all.warc", "--json").stdout), "An archive written", found)
    collect(json.loads(run("archive", "--read", "all.warc", "--json").stdout), "An archive read", found)
    shared = run("facts", "export", "commons", "--json", "--db", "demo/").stdout
    collect(json.loads(shared), "Facts shared", found)
    collect(json.loads(run("facts", "import", "commons", "--json").stdout), "Facts taken in", found)
    collect(json.loads(run("publish", "site", "--json", "--db", "demo/").stdout), "A site", found)
    refused = CliRunner().invoke(main, ["identify", "nonsense", "--json"]).stdout
    collect(json.loads(refused), "What a URL means", found)
    for section in ("A work with its evidence", "A finding"):
        found[section] -= found["A work"]
    return found


def test_every_key_of_json_is_described_and_no_other(printed_keys):
    text = (ROOT / "docs" / "json.md").read_text("utf-8")
    assert {title: set(table(body)) for title, body in sections(text, "##").items()} == printed_keys


# The library

SHADOWS = re.compile(r"_sqlite_migrations|\w+_fts\w*|sqlite_\w+")


def test_every_table_view_and_column_is_described_and_no_other(litdb, tmp_path):
    (tmp_path / "note.md").write_text("<https://example.org/>")
    litdb("crawl", str(tmp_path / "note.md"), "--offline")
    parts = sections((ROOT / "docs" / "library.md").read_text("utf-8"), "##")
    journal = type(litdb)(litdb.library.with_suffix(".journal"))
    for part, file, kind in (("Tables", litdb, "table"), ("Views", litdb, "view"), ("The journal", journal, "table")):
        described = {name: table(body) for name, body in sections(parts[part], "###").items()}
        names = [name for (name,) in file.rows("SELECT name FROM sqlite_master WHERE type = ?", kind)]
        there = {
            name: [row[1] for row in file.rows(f"PRAGMA table_info({name})")]
            for name in names
            if not SHADOWS.fullmatch(name)
        }
        assert described == there


def test_every_ready_query_is_described():
    part = sections((ROOT / "docs" / "library.md").read_text("utf-8"), "##")["Queries"]
    assert table(part) == list(QUERIES)


# The worked example of a source


def test_the_worked_example_of_a_source_works():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    (code,) = blocks(text, "python")
    answer, expected = blocks(text, "json")
    module = ModuleType("worked_example")
    sys.modules[module.__name__] = module
    exec(compile(code, "CONTRIBUTING.md", "exec"), module.__dict__)
    assert doctest.testmod(module) == (0, 3)
    source, expected = module.RFC, json.loads(expected)
    (request,) = source.plan([Target(Identifier.parse(name), tuple(urls)) for name, urls in expected["asked"].items()])
    assert plain(source.read(answer_to(request, answer.encode(), expected["status"]))) == expected["reading"]
