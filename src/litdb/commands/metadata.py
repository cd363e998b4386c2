"""Datasette's own files beside the library."""

from __future__ import annotations

import json
from collections.abc import Mapping

from litdb.files.place import Place
from litdb.files.replacing import replace_file


def write_metadata(place: Place) -> list[str]:
    """Write what Datasette is told about the library; the names of the files that changed."""
    from litdb.browse.metadata import configuration, metadata

    name = place.library.stem
    contents = {"metadata.json": metadata(name), "datasette.json": configuration(name)}
    return [file for file, content in contents.items() if replace_file(place.folder / file, _text(content))]


def _text(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
