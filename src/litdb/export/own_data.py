"""The user's own items of CSL-JSON and records of RIS: what they said comes back out, unless litdb knows it better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from litdb.export.escape import one_line
from litdb.export.own_entry import is_untitled, own, own_url
from litdb.model import Claim, Json, Work
from litdb.notes.csl_json import item_claims
from litdb.notes.ris import AUTHORS, CONTAINERS, TITLES, first, record_claims

Item = Mapping[str, Json]
Tags = Sequence[tuple[str, str]]

RIS_GROUPS = (
    ("TY",),
    TITLES,
    AUTHORS,
    ("ED", "A2", "A3"),
    ("DA", "Y1", "PY"),
    CONTAINERS,
    ("SP", "EP"),
    ("AB", "N2"),
    ("Y2",),
)
"""Tags that say one thing together, or in place of each other: all of the user's, or all of ours."""

_OURS = ("ID", "ER")


def with_own_item(work: Work, item: dict[str, Json]) -> dict[str, Json]:
    """An item of CSL-JSON with what the user's own says beside it, and says in the user's way.

    `id` stays the key. A genre that only explains our type goes with that, and notes stand behind each other.
    """
    said = own(work, "csl-json")
    if said is None:
        return item
    theirs = {name: value for name, value in said["item"].items() if name != "id"}
    kept = {name for name, value in theirs.items() if name not in item or _is_same(name, value, item[name], work)}
    made = {name: theirs[name] if name in kept else value for name, value in item.items()}
    if is_untitled(work):
        made.pop("title", None)
    if "type" in kept and "genre" not in theirs:
        made.pop("genre", None)
    if {"note"} <= kept & item.keys() and str(item["note"]) not in str(theirs["note"]):
        made["note"] = f"{theirs['note']}\n{item['note']}"
    return made | {name: value for name, value in theirs.items() if name in kept and name not in item}


def with_own_tags(work: Work, tags: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The tags of a record of RIS with those of the user's own, before its end."""
    said = own(work, "ris")
    if said is None:
        return tags
    kind = ("TY", first(said["tags"], "TY"))
    theirs = [(tag, one_line(value)) for tag, value in said["tags"] if tag not in _OURS and value]
    for group in (*RIS_GROUPS, *((tag,) for tag in _single(tags, theirs))):
        one, other = _of(tags, group), _of(theirs, group)
        if one and other and not _say_same(one, other, kind, work):
            theirs = [each for each in theirs if each not in other]
        elif one and other:
            at = tags.index(one[0])
            tags = [*tags[:at], *other, *(each for each in tags[at:] if each not in one)]
    return [*tags[:-1], *(each for each in theirs if each not in tags), tags[-1]]


def _single(tags: Tags, theirs: Tags) -> list[str]:
    """The tags that both have and that are of no group."""
    grouped = {tag for group in RIS_GROUPS for tag in group}
    return sorted(({tag for tag, _ in tags} & {tag for tag, _ in theirs}) - grouped)


def _of(tags: Tags, group: Sequence[str]) -> list[tuple[str, str]]:
    return [each for each in tags if each[0] in group]


def _is_same(name: str, theirs: Json, ours: Json, work: Work) -> bool:
    if name == "URL":
        return own_url(work) == theirs
    said = _values(item_claims({name: theirs}))
    is_unknown_type = name == "type" and not said and work.type == "webpage"
    return is_unknown_type or said == _values(item_claims({name: ours}))


def _say_same(ours: Tags, theirs: Tags, kind: tuple[str, str], work: Work) -> bool:
    if theirs[0][0] == "UR":
        return own_url(work) == theirs[0][1].split(";", 1)[0].strip()
    if theirs[0][0] == "TY":
        return _values(record_claims(theirs)) in ([], _values(record_claims(ours)))
    return _values(record_claims([kind, *theirs])) == _values(record_claims([kind, *ours]))


def _values(claims: Sequence[Claim]) -> list[tuple[str, str, Json]]:
    """What is said of what; how it was read does not matter here."""
    return [(claim.field, claim.kind, claim.value) for claim in claims]
