"""litdb.toml: who asks, who stands behind a name, what is no note, how lists look."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from litdb.errors import ConfigError
from litdb.files.place import SETTINGS, Place

if TYPE_CHECKING:
    from litdb.model import Name

_VARIABLE = re.compile(r"\$[A-Za-z_][A-Za-z0-9_]*")
_KNOWN: Mapping[str, type] = {
    "contact": str,
    "aliases": dict,
    "headers": dict,
    "ignore": list,
    "lists": dict,
    "not-a-work": list,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user settled.

    `ignore` are patterns of files that are no notes, `not_a_work` patterns of URLs that are no works (`https://x.org/*`),
    `headers` by host the name of a header and the environment variable that holds its value,
    `lists` the options of the dated lists, by their names on the command line.
    """

    contact: str = ""
    aliases: Mapping[str, Name] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    not_a_work: tuple[str, ...] = ()
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)


def settings_for(place: Place, paths: Iterable[Path]) -> Settings:
    """The litdb.toml that counts, or the defaults: in a folder that is crawled, else in the project, else in `seeds/`.

    Raises `ConfigError` with file and reason.
    """
    there = next((path for path in settings_files(place, paths) if os.path.isfile(path)), None)  # noqa: PTH113 - may stand where nobody may look
    return _settings(there) if there else Settings()


def settings_files(place: Place, paths: Iterable[Path]) -> list[Path]:
    """Every file that `settings_for` would look for, the first that counts first."""
    folders = (path if os.path.isdir(path) else path.parent for path in paths)  # noqa: PTH112
    return list(dict.fromkeys(folder / SETTINGS for folder in (*folders, *place.own_folders)))


def _settings(path: Path) -> Settings:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not UTF-8 (byte {error.start + 1}); TOML has to be. Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not valid TOML: {error}.") from error
    for key, value in table.items():
        if key not in _KNOWN:
            raise ConfigError(f"{path} has “{key}”, which litdb does not know. It knows: {', '.join(sorted(_KNOWN))}.")
        if not isinstance(value, _KNOWN[key]):
            raise ConfigError(f"In {path} “{key}” is no {_KNOWN[key].__name__}.")
    return Settings(
        contact=table.get("contact", ""),
        aliases=_people(table["aliases"]) if "aliases" in table else {},
        ignore=tuple(str(each) for each in table.get("ignore", ())),
        not_a_work=tuple(str(each) for each in table.get("not-a-work", ())),
        headers={host: _variables(path, host, named) for host, named in table.get("headers", {}).items()},
        lists={key: str(value) for key, value in table.get("lists", {}).items()},
    )


def _people(aliases: Mapping[str, object]) -> Mapping[str, Name]:
    from litdb.text.names import read_name

    return {spelled: read_name(str(full)) for spelled, full in aliases.items()}


def _variables(path: Path, host: str, named: object) -> Mapping[str, str]:
    """The headers for a host with the variables that hold their values: a secret has no place in a file."""
    if not isinstance(named, Mapping):
        raise ConfigError(f'In {path} the headers for “{host}” are no table: write [headers."{host}"] above them.')
    for name, value in named.items():
        if not _VARIABLE.fullmatch(str(value)):
            raise ConfigError(
                f"In {path} the header “{name}” for “{host}” has to name an environment variable, as in "
                f'{name} = "$LITDB_KEY": what is secret stays out of files.'
            )
    return {name: str(value).removeprefix("$") for name, value in named.items()}
