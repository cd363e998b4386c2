"""How well and how fast pages are read: litdb and the best extractors on the same pages, in one run, by one scorer.

    python bench/pages.py --install
    python bench/pages.py [--corpus FOLDER] [--readers litdb,trafilatura] [--predictions OUT.jsonl] [--limit N]
    python bench/pages.py --readers litdb [--wrong title|authors|date]
    python bench/pages.py --pin

FOLDER holds `index.jsonl` and the pages that it names (or has them in `pages/`), with `score.py` in it or above it;
without it `../shared/corpus` beside the checkout. `--install` fetches the peers, by pip and npm, into a folder of
their own (`$XDG_CACHE_HOME/litdb-bench`); a run takes those that are there. `--predictions OUT.jsonl` keeps what
litdb says in that file and what a peer says in `OUT.PEER.jsonl`. `--limit` takes that many pages by a fixed seed.
`--pin` writes what litdb reaches as the floors that the tests hold it to.

Every reader is a process of its own (`readers/`) that is handed one page after another, and takes its own CPU time.
newspaper4k, goose3 and postlight have no call for the metadata alone: their time is that of the text as well.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import math
import os
import random
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from figures import Figure, hand_over, options
from measuring import percentile

HERE = Path(__file__).parent
CORPUS = HERE.parents[1] / "shared" / "corpus"
FLOORS = HERE.parent / "tests" / "pages" / "floors.json"
PEERS = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "litdb-bench"
PYTHON_PEERS = ("trafilatura", "newspaper4k", "metadata_parser", "goose3")
NODE_PEERS = {"metascraper": "metascraper", "postlight": "@postlight/parser"}
READERS = ("litdb", *PYTHON_PEERS, *NODE_PEERS)
REFERENCE = "trafilatura"
COST_GOAL = "ratio <= 0.125, p99 <= 20"
NODE_PACKAGES = {
    "private": True,
    "dependencies": {
        **{f"metascraper{part}": "^5" for part in ("", "-author", "-date", "-title")},
        "@postlight/parser": "^2.2.3",
    },
    "overrides": {"browser-request": "0.3.3", "difflib": "0.2.4"},
}
"""postlight's parser names two packages by their repositories; the registry has both, and reads without either."""

Row = Mapping[str, Any]
Said = Mapping[str, Any]
Judge = Callable[[Row, Said], Mapping[str, bool]]

SUBSETS: Mapping[str, Callable[[Row], bool]] = {
    "all": lambda row: True,
    "whole": lambda row: not row.get("scripts_stripped"),
    "scripts_stripped": lambda row: bool(row.get("scripts_stripped")),
}
"""Pages recorded whole, and those that lost their scripts (and so their JSON-LD) on the way."""

COLUMNS = tuple("title,title~,first author,authors,invented authors,date,date±1,invented date".split(","))


@dataclass(frozen=True)
class Corpus:
    """A folder of pages: the rows of its index, the scorer's judgement of one page, the SHA-256 of the index.

    The index holds the checksum of every page, so its own stands for all.
    """

    folder: Path
    rows: tuple[Row, ...]
    judge: Judge
    sha256: str


def read_corpus(folder: Path, limit: int | None = None) -> Corpus:
    """The corpus in a folder, or `limit` of its pages by a fixed seed."""
    pages = folder if (folder / "index.jsonl").is_file() else folder / "pages"
    index = (pages / "index.jsonl").read_bytes()
    rows = [json.loads(line) for line in index.splitlines()]
    if limit:
        rows = random.Random(20221216).sample(rows, min(limit, len(rows)))
    scorer = next(place / "score.py" for place in (pages, pages.parent, CORPUS) if (place / "score.py").is_file())
    return Corpus(pages, tuple(rows), _judge(scorer), hashlib.sha256(index).hexdigest())


def _judge(scorer: Path) -> Judge:
    spec = importlib.util.spec_from_file_location("score", scorer)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    judge: Judge = module.judge
    return judge


class Reader:
    """One reader at work in its own process. Raises `OSError` where it is not installed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._process = subprocess.Popen(
            _command(name), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input, self._output = self._process.stdin, self._process.stdout
        first = self._output.readline()
        if not first:
            raise OSError(f"{name} does not start")
        self.version: str = json.loads(first)["version"]

    def read(self, page: Path, url: str) -> Said:
        """What it says of a page; nothing but `failed` where its process died over it."""
        self._input.write(json.dumps({"path": str(page), "url": url}) + "\n")
        self._input.flush()
        line = self._output.readline()
        said: Said = json.loads(line) if line else {"failed": "the process ended"}
        return said

    def close(self) -> None:
        """Let it end."""
        self._input.close()
        self._process.wait()
        self._output.close()


def _command(name: str) -> list[str]:
    if name in NODE_PEERS:
        return ["node", str(HERE / "readers" / "serve.mjs"), name, str(PEERS / "node")]
    python = sys.executable if name == "litdb" else str(PEERS / "python" / "bin" / "python")
    return [python, str(HERE / "readers" / "serve.py"), name]


def start(names: Sequence[str]) -> list[Reader]:
    """The readers that start; it is said which peers are left out. Raises `OSError` where litdb does not start."""
    readers = []
    for name in names:
        try:
            readers.append(Reader(name))
        except OSError:
            if name == "litdb":
                raise
            print(f"{name} is left out: it is not installed here (python bench/pages.py --install).", file=sys.stderr)
    return readers


def predict(corpus: Corpus, readers: Sequence[Reader]) -> dict[str, list[Said]]:
    """What each reader says of every page, in the scorer's shape: all read one page before the next."""
    said: dict[str, list[Said]] = {reader.name: [] for reader in readers}
    for row in corpus.rows:
        for reader in readers:
            said[reader.name].append({"id": row["id"], **reader.read(corpus.folder / row["html_path"], row["url"])})
    return said


def scores(corpus: Corpus, said: Sequence[Said], belongs: Callable[[Row], bool]) -> dict[str, float]:
    """The share of pages for each of the scorer's columns, over the pages of a subset whose truth is known."""
    marks: dict[str, list[bool]] = {}
    for row, prediction in zip(corpus.rows, said, strict=True):
        if belongs(row):
            for column, mark in corpus.judge(row, prediction).items():
                marks.setdefault(column, []).append(mark)
    return {column: statistics.fmean(marks[column]) for column in COLUMNS if column in marks}


def costs(said: Sequence[Said]) -> tuple[float, float, float]:
    """Mean, median and 99th percentile of the CPU milliseconds a page."""
    spent = milliseconds(said) or [math.nan]
    return statistics.fmean(spent), statistics.median(spent), percentile(spent, 0.99)


def milliseconds(said: Sequence[Said]) -> list[float]:
    """The CPU milliseconds of the pages."""
    return [each["cpu_ms"] for each in said if "cpu_ms" in each]


def cost(said: Mapping[str, Sequence[Said]]) -> Figure:
    """What a page costs litdb beside its reference; the ratio is that of the means."""
    figure = Figure("CPU a page", "ms", milliseconds(said["litdb"]), REFERENCE, goal=COST_GOAL)
    if REFERENCE not in said:
        return replace(figure, lacks=f"{REFERENCE} is not here (bench/pages.py --install)")
    ratio = costs(said["litdb"])[0] / costs(said[REFERENCE])[0]
    return replace(figure, theirs=milliseconds(said[REFERENCE]), ratio=ratio)


def table(corpus: Corpus, said: Mapping[str, Sequence[Said]]) -> Iterator[str]:
    """One table: every reader by the scorer's columns and its cost, for each subset."""
    reference = costs(said[REFERENCE])[0] if REFERENCE in said else math.nan
    for subset, belongs in SUBSETS.items():
        count = sum(map(belongs, corpus.rows))
        if not count:
            continue
        yield f"\n{f'{subset} ({count} pages)':24}" + "".join(f"{column:>18}" for column in COLUMNS)
        for name, predictions in said.items():
            reached = scores(corpus, predictions, belongs)
            yield f"{name:24}" + "".join(f"{reached.get(column, math.nan):18.3f}" for column in COLUMNS)
    yield f"\n{'CPU ms a page':24}" + "".join(
        f"{head:>18}" for head in ("mean", "median", "p99", f"× {REFERENCE}", "failed")
    )
    for name, predictions in said.items():
        mean, median, p99 = costs(predictions)
        failed = sum("failed" in each for each in predictions)
        yield f"{name:24}{mean:18.2f}{median:18.2f}{p99:18.2f}{mean / reference:18.3f}{failed:18}"


def keep(said: Mapping[str, Sequence[Said]], place: Path) -> None:
    """Write the predictions: litdb's to `place`, a peer's beside it under its name."""
    for name, predictions in said.items():
        path = place if name == "litdb" or len(said) == 1 else place.with_suffix(f".{name}{place.suffix}")
        path.write_text("".join(f"{json.dumps(each)}\n" for each in predictions), encoding="utf-8")


def pin(corpus: Corpus, said: Sequence[Said]) -> None:
    """Write what is reached as floors (ceilings for what is invented), rounded to the worse by less than a page."""
    floors = {
        subset: {
            column: math.ceil(value * 1000) / 1000 if column.startswith("invented") else math.floor(value * 1000) / 1000
            for column, value in scores(corpus, said, belongs).items()
        }
        for subset, belongs in SUBSETS.items()
    }
    pinned = {"corpus": {"sha256": corpus.sha256, "pages": len(corpus.rows)}, "floors": floors}
    FLOORS.write_text(json.dumps(pinned, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def install() -> None:
    """Fetch the peers into their folder, those of Python into an environment, those of npm beside it."""
    subprocess.run([sys.executable, "-m", "venv", PEERS / "python"], check=True)
    pip = [PEERS / "python" / "bin" / "python", "-m", "pip", "install", "--quiet", "--upgrade"]
    subprocess.run([*pip, "pip"], check=True)
    subprocess.run([*pip, *PYTHON_PEERS], check=True)
    if shutil.which("npm") is None:
        print("npm is not here: metascraper and postlight are left out.", file=sys.stderr)
        return
    (PEERS / "node").mkdir(exist_ok=True)
    (PEERS / "node" / "package.json").write_text(json.dumps(NODE_PACKAGES), encoding="utf-8")
    quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    subprocess.run(["npm", "install", *quiet], cwd=PEERS / "node", check=True)


def show_wrong(corpus: Corpus, said: Sequence[Said], column: str) -> None:
    """Print the pages where litdb and the truth differ in a column, as JSON lines."""
    field = "authors" if "author" in column else column.rsplit(maxsplit=1)[-1].rstrip("~±1")
    for row, prediction in zip(corpus.rows, said, strict=True):
        is_bad = column.startswith("invented")
        if corpus.judge(row, prediction).get(column, not is_bad) == is_bad:
            wrong = {"id": row["id"], "url": row["url"], "truth": row[field], "got": prediction.get(field)}
            print(json.dumps({**wrong, "how": prediction.get("how", {}).get(field)}, ensure_ascii=False))


def arguments() -> argparse.Namespace:
    """What was asked on the command line."""
    parser = options(__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS, metavar="FOLDER")
    parser.add_argument("--readers", default=",".join(READERS), help="some of %(default)s")
    parser.add_argument("--predictions", type=Path, metavar="OUT.jsonl", help="keep what the readers say")
    parser.add_argument("--limit", type=int, metavar="N", help="so many pages, by a fixed seed")
    parser.add_argument("--wrong", choices=COLUMNS, help="show where the first reader differs from the truth")
    parser.add_argument("--pin", action="store_true", help="write litdb's figures as the tests' floors")
    parser.add_argument("--install", action="store_true", help="fetch the peers")
    return parser.parse_args()


def main(given: argparse.Namespace) -> Iterator[Figure]:
    """Let the readers read, print the table, keep what was asked to be kept."""
    if not given.corpus.is_dir():
        print(f"{given.corpus} is not here.", file=sys.stderr)
        yield Figure("CPU a page", lacks="the corpus is not here (--corpus)")
        return
    corpus = read_corpus(given.corpus, None if given.pin else given.limit)
    readers = start(["litdb"] if given.pin else given.readers.split(","))
    said = predict(corpus, readers)
    if given.wrong:
        show_wrong(corpus, next(iter(said.values())), given.wrong)
    print(*(f"{reader.name}: {reader.version}" for reader in readers), *table(corpus, said), sep="\n")
    if given.predictions:
        keep(said, given.predictions)
    if given.pin:
        pin(corpus, said["litdb"])
    for reader in readers:
        reader.close()
    if "litdb" in said:
        yield cost(said)


if __name__ == "__main__":
    given = arguments()
    if given.install:
        install()
    else:
        hand_over(main(given), given.figures)
