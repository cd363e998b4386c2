"""litdb.toml: who asks, who stands behind a name, what is no note, how lists look."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from litdb.errors import ConfigError
from litdb.model import Name
from litdb.text.names import read_name

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE = "litdb.toml"
_KNOWN: Mapping[str, type] = {"contact": str, "aliases": dict, "ignore": list, "lists": dict, "not-a-work": list}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user settled.

    `ignore` are patterns of files that are no notes, `not_a_work` patterns of URLs that are no works (`https://x.org/*`),
    `lists` the options of the dated lists, by their names on the command line.
    """

    contact: str = ""
    aliases: Mapping[str, Name] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    not_a_work: tuple[str, ...] = ()
    lists: Mapping[str, str] = field(default_factory=dict)


def read_settings(folders: Iterable[Path]) -> Settings:
    """The first litdb.toml in these folders, or the defaults. Raises `ConfigError` with file and reason."""
    for folder in folders:
        path = folder / FILE
        if path.is_file():
            return _settings(path)
    return Settings()


def _settings(path: Path) -> Settings:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}.") from error
    for key, value in table.items():
        if key not in _KNOWN:
            raise ConfigError(f"{path} has “{key}”, which litdb does not know. It knows: {', '.join(sorted(_KNOWN))}.")
        if not isinstance(value, _KNOWN[key]):
            raise ConfigError(f"In {path} “{key}” is no {_KNOWN[key].__name__}.")
    return Settings(
        contact=table.get("contact", ""),
        aliases={spelled: read_name(str(full)) for spelled, full in table.get("aliases", {}).items()},
        ignore=tuple(str(each) for each in table.get("ignore", ())),
        not_a_work=tuple(str(each) for each in table.get("not-a-work", ())),
        lists={key: str(value) for key, value in table.get("lists", {}).items()},
    )
