"""YAML as files of metadata are written: one mapping, without aliases, and not long."""

from __future__ import annotations

from collections.abc import Mapping

from litdb.model import Json
from litdb.sources.objects import Object

LONGEST = 200_000
"""Characters; longer files are data, not a description."""


def read_yaml(text: str) -> Object:
    """The mapping that a text is, every scalar as text; empty for what is none, too long, or has aliases.

    >>> read_yaml("title: On tea\\ndate-released: 2022-08-30\\nauthors:\\n- family-names: Ek")
    {'title': 'On tea', 'date-released': '2022-08-30', 'authors': [{'family-names': 'Ek'}]}
    >>> read_yaml("a: &a [x]\\nb: *a"), read_yaml("- a")
    ({}, {})
    """
    import yaml

    if len(text) > LONGEST:
        return {}
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text)):
            return {}
        loaded: Json = yaml.BaseLoader(text).get_single_data()
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    return loaded if isinstance(loaded, Mapping) else {}
