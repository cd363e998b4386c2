"""Made works: the golden set, and what the web could put into one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from litdb.model import Identifier, Name, Related, Work

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = json.loads((GOLDEN / "hostile.json").read_text(encoding="utf-8"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "hostile" in metafunc.fixturenames:
        metafunc.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))


@pytest.fixture(scope="session")
def golden_works() -> list[Work]:
    """Works of every kind, sorted by key."""
    return [_work(values) for values in json.loads((GOLDEN / "works.json").read_text(encoding="utf-8"))]


@pytest.fixture(scope="session")
def state_works() -> list[Work]:
    """Works that something became of or that belong to others: archived, withdrawn, renamed, related, undated."""
    return [_work(values) for values in json.loads((GOLDEN / "states.json").read_text(encoding="utf-8"))]


@pytest.fixture(scope="session")
def every_work(golden_works: list[Work], state_works: list[Work]) -> list[Work]:
    """Both sets, sorted by key."""
    return sorted([*golden_works, *state_works], key=lambda work: work.key)


@pytest.fixture(scope="session")
def golden() -> Callable[[str], str]:
    """The text of a golden file."""
    return lambda name: (GOLDEN / name).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def hostile_works() -> list[Work]:
    """Works whose every text is one of the hostile ones, half of them taken for TeX."""
    return [
        Work(
            identifier=Identifier("url", f"https://example.org/{number}"),
            identifiers=(),
            key=f"hostile{number:03}",
            type="article-journal",
            url=f"https://example.org/{number}",
            title=text,
            markup="tex" if number % 2 else "plain",
            authors=(Name(literal=text), Name(family=text, given=text)),
            container=f"Journal {text}",
            note=text,
            date="2022",
        )
        for number, text in enumerate(HOSTILE)
    ]


def _work(values: dict) -> Work:
    people = {role: tuple(map(Name.from_json, values.pop(role, ()))) for role in ("authors", "editors")}
    values["former_keys"] = tuple(values.get("former_keys", ()))
    values["related"] = tuple(Related(*each) for each in values.get("related", ()))
    identifiers = tuple(map(Identifier.parse, values.pop("identifiers")))
    return Work(identifier=identifiers[0], identifiers=identifiers, **people, **values)
