"""A coverage-guided fuzzer on every reader of what strangers write, for a fixed time.

    python tests/torture/fuzz.py --seconds 60             every target, so many seconds each
    python tests/torture/fuzz.py --seconds 600 bibtex

Each target is fuzzed by atheris (libFuzzer) in a process of its own, beginning with the cases of the tests. What breaks
a reader, or takes it more than two seconds, is kept in cases/TARGET/, once for each place in the code, and replayed by
the tests from then on. The exit code is 1 if anything was found.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import pkgutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parents[1]))

SECONDS = 2.0
NAMES = ("notes", "html", "json", "atom", "bibtex", "urls", "dates")
LONGEST = 20_000
"""Bytes of an input."""


def fuzz(name: str, seconds: int) -> None:
    """Fuzz a target in this process, which libFuzzer ends."""
    import atheris

    with atheris.instrument_imports(include=["litdb"]):
        _import_all()
        from torture.fuzzed import CASES, TARGETS

    (CASES / name).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="litdb-fuzz-") as folder:
        for number, seed in enumerate(TARGETS[name].seeds()):
            (Path(folder) / str(number)).write_bytes(seed[:LONGEST])
        arguments = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=20"]
        atheris.Setup([sys.argv[0], *arguments, f"-artifact_prefix={CASES / name}/", folder], _keeping(name))
        atheris.Fuzz()


def _keeping(name: str) -> Callable[[bytes], None]:
    """A reader that keeps what breaks it, the first of every kind, and goes on."""
    from torture.fuzzed import CASES, broken_by

    known: set[str] = set()

    def read(data: bytes) -> None:
        began = time.process_time()
        error = broken_by(name, data)
        spent = time.process_time() - began
        kind = _kind(error) if error else "slow" if spent > SECONDS else ""
        if kind and kind not in known:
            known.add(kind)
            kept = CASES / name / hashlib.sha256(data).hexdigest()[:12]
            kept.write_bytes(data)
            click.echo(f"{name}: {kind} ({spent:.1f} s), kept as {kept.name}")

    return read


def _kind(error: Exception) -> str:
    """An error and the place in litdb that it came from."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "fuzz" not in frame.filename]
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "what was read"
    return f"{type(error).__name__} at {place}: {str(error)[:100]}"


def _import_all() -> None:
    """Import every pure room of litdb, so that all of it is instrumented."""
    import litdb

    for module in pkgutil.walk_packages(litdb.__path__, "litdb."):
        if module.name.split(".")[1] in ("text", "pages", "notes", "sources", "replay", "model"):
            importlib.import_module(module.name)


@click.command()
@click.argument("names", metavar="[TARGET…]", nargs=-1, type=click.Choice(NAMES))
@click.option("--seconds", default=60, show_default=True, help="How long each target is fuzzed.")
@click.option("--here", is_flag=True, hidden=True)
def main(names: Sequence[str], seconds: int, here: bool) -> None:
    """Fuzz the targets one after another, tell what broke."""
    if importlib.util.find_spec("atheris") is None:
        raise click.ClickException("The fuzzer, atheris, is not there; it runs on Linux with Python 3.11 to 3.13.")
    if here:
        fuzz(names[0], seconds)
    found = 0
    for name in names or NAMES:
        words = [sys.executable, __file__, name, "--seconds", str(seconds), "--here"]
        ended = subprocess.run(words, capture_output=True, text=True, errors="replace", check=False)
        told = [line for line in ended.stdout.splitlines() if line.startswith(f"{name}: ")]
        for line in told:
            click.echo(line)
        done = next((line for line in ended.stderr.splitlines() if line.startswith("Done ")), ended.stderr[-2000:])
        click.echo(f"{name}: {len(told)} found. {done}")
        found += len(told) + bool(ended.returncode)
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
