"""A generated web of works that cite one another, with traps, and what a crawl to a depth has to find in it.

    python tests/graph/web_of_works.py                     2,000 works over 60 hosts: depths 0 to 3, budgets
    python tests/graph/web_of_works.py --kills 20          kill -9 at 20 points, then the same command again

What has to be found is told by the plan of the web alone: no line of litdb takes part in it.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parents[1]))

from litdb.demo.server import LittleWeb
from litdb.demo.sites.markup import document
from litdb.demo.wire import Call, Reply, at, data, moved, page, text

SEED = 20261121
LITDB = (sys.executable, "-c", "from litdb.commands import main; main()")
WORDS = "bridge river method result model proof theory measure garden number signal letter winter engine corner".split()
ENDLESS = "endless.example"
"""A host whose every page leads to a new one, for ever."""

Edge = tuple[str, str]


@dataclass
class WebOfWorks:
    """Pages by address (`host/path`), each with the addresses that its article cites, some by another name.

    `aliases` lead by permanent redirects to pages; `missing` are addresses that nothing stands at; `roots` are cited by
    the notes. Cycles, links of a page to itself, to its own front page, to menus, images and junk are among the links.
    """

    works: int
    hosts: int
    notes: int = 25
    seed: int = SEED
    cited: dict[str, list[str]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    roots: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        names = [f"h{n % self.hosts:02}.example/work/{n}" for n in range(self.works)]
        for name in names:
            self.cited[name] = sorted({chance.choice(names) for _ in range(chance.choice((0, 1, 2, 2, 3, 6)))})
        for n in range(0, self.works, 10):
            self.aliases[f"short.example/{n}"] = chance.choice(names)
        for name in chance.sample(names, self.works // 4):
            self.cited[name].append(chance.choice(sorted(self.aliases)))
        for name in chance.sample(names, self.works // 20):
            self.cited[name].append(f"{name.partition('/')[0]}/missing/{chance.randrange(10)}")
        self.roots += sorted(chance.sample(names, self.notes))
        self.cited[self.roots[0]].append(f"{ENDLESS}/page/1")

    def found(self, depth: int) -> tuple[set[str], set[Edge]]:
        """The works to be asked about for a depth, and who cites whom among what is known then.

        An alias that was asked about is the page that it leads to; one that was not stays a work by itself.
        """
        asked: dict[str, int] = {}
        layer = set(self.roots)
        for step in range(depth + 1):
            asked |= dict.fromkeys(layer - asked.keys(), step)
            there = {self._page(name, asked) for name in asked}
            layer = {other for name in there for other in self._cites(name)}
            layer = {other for other in layer if self._page(other, asked) not in there}
        nodes = {self._page(name, asked) for name in asked}
        edges = {(name, self._page(other, asked)) for name in nodes for other in self._cites(name)}
        return nodes, {(one, other) for one, other in edges if one != other}

    def _page(self, name: str, asked: dict[str, int]) -> str:
        return self.aliases[name] if name in self.aliases and name in asked else name

    def _cites(self, name: str) -> list[str]:
        if name.startswith(ENDLESS):
            return [f"{ENDLESS}/page/{int(name.rpartition('/')[2]) + 1}"]
        return self.cited.get(name, [])

    @cached_property
    def little_web(self) -> LittleWeb:
        """The web itself."""
        hosts = {name.partition("/")[0] for name in (*self.cited, *self.aliases)} | {ENDLESS}
        doors = {f"www.{host}" for host in hosts}
        archive = {"web.archive.org": (at({"/cdx/search/cdx": data([])}),)}
        return LittleWeb(dict.fromkeys(hosts | doors, (self._answer,)) | archive)

    def _answer(self, call: Call) -> Reply | None:
        name = f"{call.host}{call.path}".removeprefix("www.").rstrip("/")
        if call.path == "/robots.txt":
            return text("User-agent: *\nAllow: /\n")
        if name in self.aliases:
            return moved(f"https://{self.aliases[name]}")
        if name in self.cited or name.startswith(f"{ENDLESS}/page/"):
            return page(self._written(name))
        return None

    def _written(self, name: str) -> str:
        """The page of a work: its links in the text, by varying names, and many more round it."""
        chance = random.Random(name)
        host = name.partition("/")[0]
        said = [f"<p>{_prose(chance)} See <a href='{_varied(each, chance)}'>{chance.choice(WORDS)}</a>, which is so.</p>"
                for each in self._cites(name)]  # fmt: skip
        traps = (
            "<p><a href='#note'>1</a> <a href='/'>home</a> <a href='https://x.example/plot.png'>plot</a> "
            f"<a href='https://{name}?utm_source=me'>this page</a> <a href='javascript:void(0)'>x</a> "
            "<a href='http://[junk'>junk</a> <a href='https://twitter.com/somebody'>me</a></p>"
        )
        around = "".join(f"<a href='https://{host}/work/{n}'>{n}</a>" for n in range(30))
        day = f"20{chance.randrange(10, 26)}-0{chance.randrange(1, 10)}-1{chance.randrange(10)}"
        tags = [("citation_title", f"Work {name}"), ("citation_author", "Ann Ek"), ("citation_publication_date", day)]
        body = (
            f"<nav>{around}</nav><article><h1>Work {name}</h1>{''.join(said)}{traps}<p>{_prose(chance)}</p></article>"
            f"<div class='comments'>{around}</div><footer>{around}</footer>"
        )
        return document(f"Work {name}", tags, body=body)


def _prose(chance: random.Random) -> str:
    return f"{' '.join(chance.choices(WORDS, k=40)).capitalize()}."


def _varied(name: str, chance: random.Random) -> str:
    """One of the addresses by which a page is cited."""
    host, _, path = name.partition("/")
    return chance.choice((f"https://{name}", f"https://www.{host}/{path}", f"https://{name}#part", f"https://{name}/"))


@dataclass
class Project:
    """A folder with a note that cites the roots, and the library that litdb makes beside it."""

    folder: Path
    made: WebOfWorks

    def __post_init__(self) -> None:
        (self.folder / "notes").mkdir(parents=True)
        self.library = self.folder / "db" / "litdb.db"
        links = "".join(f"- [a work](https://{name})\n" for name in self.made.roots)
        (self.folder / "notes" / "note.md").write_text(links)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """A litdb that has begun."""
        environment = {**os.environ, **self.made.little_web.environment(), "LITDB_DB": str(self.library)}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen([*LITDB, *words], cwd=self.folder, env=environment, text=True, **pipes)

    def run(self, *words: str) -> str:
        """What a litdb says that ends well."""
        running = self.start(*words)
        said, told = running.communicate(timeout=1800)
        assert running.returncode == 0, told
        return said

    def crawl(self, depth: int, *more: str) -> str:
        """A crawl to a depth, with a budget that is no limit unless another one is given."""
        return self.run(*self.words(depth, *more))

    @staticmethod
    def words(depth: int, *more: str) -> Sequence[str]:
        """The words of that command."""
        return "crawl", "notes", "--depth", str(depth), *(more or ("--budget", "1000000")), "--silent"

    def found(self) -> tuple[set[str], set[Edge]]:
        """The works of the library that somebody was asked about, and who cites whom, by the addresses of the web."""
        with sqlite3.connect(self.library) as connection:
            names = {work: _name(identifier) for work, identifier in connection.execute(_NAMES)}
            nodes = {names[work] for (work,) in connection.execute("SELECT work FROM attempts")}
            rows = connection.execute("SELECT subject, object FROM relations WHERE kind = 'cites'")
            return nodes, {(names[one], names[other]) for one, other in rows}

    def failed(self) -> list[str]:
        """The attempts that ended as none does on a web without faults, in words."""
        with sqlite3.connect(self.library) as connection:
            return [f"{name} ended {outcome}: {reason}" for name, outcome, reason in connection.execute(_FAILED)]

    def answered(self) -> Counter[str]:
        """How often the journal was given an answer from each address."""
        if not self.library.with_suffix(".journal").exists():
            return Counter()
        with sqlite3.connect(f"file:{self.library.with_suffix('.journal')}?mode=ro", uri=True) as connection:
            try:
                return Counter(url for (url,) in connection.execute("SELECT address FROM answers"))
            except sqlite3.OperationalError:
                return Counter()


_FAILED = (
    "SELECT identifier, outcome, reason FROM attempts WHERE outcome NOT IN ('ok', 'not-found') ORDER BY identifier"
)
_NAMES = """
    SELECT works.id, coalesce((SELECT value FROM identifiers WHERE work = works.id AND scheme = 'url'
                               AND value NOT LIKE 'https://short.example/%'), substr(works.identifier, 5))
      FROM works"""
"""Works with an address: that of the page where an alias leads to one."""


def _name(address: str) -> str:
    return address.removeprefix("https://")


def differences(expected: tuple[set[str], set[Edge]], found: tuple[set[str], set[Edge]]) -> Iterator[str]:
    """What is missing and what is too much, in words."""
    for kind, wanted, there in zip(("node", "edge"), expected, found, strict=True):
        yield from (f"missing {kind}: {each}" for each in sorted(wanted - there, key=str)[:5])
        yield from (f"{kind} too much: {each}" for each in sorted(there - wanted, key=str)[:5])


def asked(web: LittleWeb, since: int = 0) -> Counter[str]:
    """The requests that the web got, robots.txt and what redirects led to aside."""
    calls = [call for call in web.log[since:] if call.method != "CONNECT" and call.path != "/robots.txt"]
    return Counter(call.url for call in calls)


def killed(project: Project, depth: int, after: int) -> list[str]:
    """Kill a crawl with -9 once the web has got so many requests, crawl again, and say what is wrong then."""
    web = project.made.little_web
    since = len(web.log)
    running = project.start(*project.words(depth))
    while running.poll() is None and len(web.log) - since < after:
        time.sleep(0.001)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    time.sleep(0.2)
    kept, between = project.answered(), len(web.log)
    project.crawl(depth)
    again = asked(web, between)
    problems = [f"asked again although answered: {url}" for url in kept if again[url] and _stays(url, project.made)]
    return [*problems, *project.failed(), *differences(project.made.found(depth), project.found())]


def _stays(url: str, made: WebOfWorks) -> bool:
    """Whether only litdb itself can have asked for an address: a page may also be where an alias leads."""
    return _name(url).removeprefix("www.").rstrip("/") not in made.aliases.values()


@click.command()
@click.option("--works", default=2000, show_default=True)
@click.option("--hosts", default=60, show_default=True)
@click.option("--kills", default=0, help="Kill a crawl to depth 3 at so many points instead.")
@click.option("--seed", default=SEED, show_default=True)
def main(works: int, hosts: int, kills: int, seed: int) -> None:
    """Crawl a generated web and compare; end with 1 where anything is wrong."""
    made = WebOfWorks(works, hosts, seed=seed)
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="litdb-graph-") as folder, made.little_web as web:
        if kills:
            wrong = _kill(made, Path(folder), kills)
        for depth in () if kills else range(4):
            project, since, began = Project(Path(folder) / str(depth), made), len(web.log), time.monotonic()
            said = project.crawl(depth)
            project.run("next", "--json")
            found = project.found()
            problems = [*project.failed(), *differences(made.found(depth), found)]
            wrong += len(problems)
            seconds = time.monotonic() - began
            click.echo(
                f"depth {depth}: {len(found[0])} nodes, {len(found[1])} edges, {asked(web, since).total()} requests, "
                f"{seconds:.1f} s, {len(problems)} wrong"
            )
            for each in (*problems, *([said] if problems else ())):
                click.echo(f"  {each}")
        for budget in () if kills else (0, 1, 37, 400):
            project, since = Project(Path(folder) / f"budget-{budget}", made), len(web.log)
            told = json.loads(project.crawl(3, "--budget", str(budget), "--json"))
            pages = asked(web, since).total()
            led = sum(count for url, count in asked(web, since).items() if "short.example" in url)
            wrong += pages - led != budget
            click.echo(f"budget {budget}: {told['requests']} requests, {pages - led} at the web ({led} redirects more)")
    sys.exit(bool(wrong))


def _kill(made: WebOfWorks, folder: Path, kills: int) -> int:
    project, since = Project(folder / "whole", made), len(made.little_web.log)
    project.crawl(3)
    total = len(made.little_web.log) - since
    wrong = 0
    for number, after in enumerate(sorted(random.Random(made.seed).sample(range(1, total), kills))):
        problems = killed(Project(folder / str(number), made), 3, after)
        wrong += bool(problems)
        click.echo(f"killed after {after} of {total} requests: {len(problems)} wrong")
        for each in problems[:5]:
            click.echo(f"  {each}")
    return wrong


if __name__ == "__main__":
    main()
