"""As much GraphQL as a client of ForumMagnum needs: aliases, arguments, variables, fragments, and an honest refusal.

A document is checked against the schema before anything is answered (GraphQL, October 2021, 5 Validation): a field or
an argument that the schema lacks refuses the whole request, as the real servers do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

_TOKEN = re.compile(
    r'\.\.\.|[!$():=@\[\]{}|]|"(?:\\.|[^"\\])*"|[_A-Za-z]\w*|-?\d+(?:\.\d+)?|(?P<skip>[\s,\ufeff]+|#.*)'
)
_WORDS = {"true": True, "false": False, "null": None}

Schema: TypeAlias = Mapping[str, Mapping[str, str]]
"""The fields of each type: the name of their type, empty for what has no parts."""

Resolver: TypeAlias = Callable[[Mapping[str, Any]], object]
"""What a field of the query answers to its arguments; raises `FieldError` for an error of that field alone."""


class DocumentError(Exception):
    """The document is refused as a whole."""


class FieldError(Exception):
    """One field of the query cannot be answered; the others are."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable's name, where a value is expected."""

    name: str


@dataclass(frozen=True, slots=True)
class Selected:
    """A field asked for: its name in the answer, its own name, its arguments, what is asked of its value."""

    alias: str
    name: str
    arguments: Mapping[str, object]
    parts: tuple[Selected | Spread, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """The fields of a named fragment, or of an inline one where `name` is empty."""

    name: str
    parts: tuple[Selected | Spread, ...] = ()


def schema(**types: str) -> Schema:
    """A schema from one line for each type: `title` has no parts, `user:User` has those of its type.

    >>> schema(Post="title user:User", User="slug")["Post"]
    {'title': '', 'user': 'User'}
    """
    return {
        name: {field: kind for field, _, kind in (word.partition(":") for word in words.split())}
        for name, words in types.items()
    }


def execute(
    query: str,
    variables: Mapping[str, object],
    types: Schema,
    resolvers: Mapping[str, Resolver],
    arguments: frozenset[str],
) -> tuple[int, dict[str, Any]]:
    """The status and the answer to a document: `data` for every alias, `errors` where some could not be had."""
    try:
        operation, fragments = _parse(query)
        fields = list(_checked(operation, "Query", types, fragments))
        _check_arguments(fields, arguments)
    except DocumentError as error:
        return 400, {"errors": [{"message": str(error), "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"}}]}
    data: dict[str, Any] = {}
    errors: list[dict[str, Any]] = []
    for field in fields:
        try:
            value = resolvers[field.name](_all_filled(field.arguments, variables))
            data[field.alias] = _select(value, field.parts, types["Query"][field.name], types, fragments)
        except FieldError as error:
            data[field.alias] = None
            errors.append({"message": str(error), "path": [field.alias]})
    return 200, {"data": data, **({"errors": errors} if errors else {})}


def _select(
    value: object, parts: Sequence[Selected | Spread], kind: str, types: Schema, fragments: Mapping[str, Spread]
) -> object:
    if isinstance(value, list):
        return [_select(one, parts, kind, types, fragments) for one in value]
    if not isinstance(value, Mapping) or not parts:
        return value
    return {
        field.alias: kind
        if field.name == "__typename"
        else _select(value.get(field.name), field.parts, types[kind][field.name], types, fragments)
        for field in _flat(parts, fragments)
    }


def _checked(
    parts: Sequence[Selected | Spread], kind: str, types: Schema, fragments: Mapping[str, Spread]
) -> Iterator[Selected]:
    """The fields, if the schema has every one of them, all the way down."""
    for field in _flat(parts, fragments):
        if field.name == "__typename":
            continue
        if field.name not in types[kind]:
            raise DocumentError(f'Cannot query field "{field.name}" on type "{kind}".')
        inner = types[kind][field.name]
        if bool(inner) != bool(field.parts):
            wants = "must have a selection of subfields" if inner else "must not have a selection"
            raise DocumentError(f'Field "{field.name}" {wants}.')
        list(_checked(field.parts, inner, types, fragments))
        yield field


def _flat(parts: Sequence[Selected | Spread], fragments: Mapping[str, Spread]) -> Iterator[Selected]:
    for part in parts:
        if isinstance(part, Selected):
            yield part
        elif part.name and part.name not in fragments:
            raise DocumentError(f'Unknown fragment "{part.name}".')
        else:
            yield from _flat(fragments[part.name].parts if part.name else part.parts, fragments)


def _check_arguments(fields: Sequence[Selected], known: frozenset[str]) -> None:
    for field in fields:
        for name in field.arguments:
            if name not in known:
                raise DocumentError(f'Unknown argument "{name}" on field "Query.{field.name}".')


def _filled(value: object, variables: Mapping[str, object]) -> object:
    if isinstance(value, Variable):
        return variables.get(value.name)
    if isinstance(value, dict):
        return _all_filled(value, variables)
    return [_filled(one, variables) for one in value] if isinstance(value, list) else value


def _all_filled(values: Mapping[str, object], variables: Mapping[str, object]) -> dict[str, object]:
    return {name: _filled(value, variables) for name, value in values.items()}


def _parse(query: str) -> tuple[Sequence[Selected | Spread], Mapping[str, Spread]]:
    """The fields of the one operation of a document, and its fragments."""
    reader = _Reader(query)
    operations: list[Sequence[Selected | Spread]] = []
    fragments: dict[str, Spread] = {}
    while reader.here:
        if reader.here == "fragment":
            _, name, _, _ = reader.take(), reader.take(), reader.take("on"), reader.take()
            fragments[name] = Spread(name, reader.parts())
        else:
            while reader.here != "{":
                reader.heading()
            operations.append(reader.parts())
    if len(operations) != 1:
        raise DocumentError("Must provide one operation.")
    return operations[0], fragments


class _Reader:
    """A reader of tokens, one ahead (GraphQL, October 2021, 2 Language)."""

    def __init__(self, query: str) -> None:
        self._tokens = self._scan(query)
        self.here = next(self._tokens, "")

    def take(self, expected: str = "") -> str:
        """The token here, stepping on; `DocumentError` where it is not the expected one."""
        token = self.here
        if not token or (expected and token != expected):
            raise DocumentError(f"Syntax Error: Expected {expected or 'more'!r}, found {token or '<EOF>'!r}.")
        self.here = next(self._tokens, "")
        return token

    def heading(self) -> None:
        """Step over `query Name` or over the declared variables; what they are is seen where they are used."""
        if self.here == "(":
            while self.here != ")":
                self.take()
            self.take(")")
        elif self.here == "query" or self.here.isidentifier():
            if self.take() in ("mutation", "subscription"):
                raise DocumentError("Only queries are answered here.")
        else:
            raise DocumentError(f"Syntax Error: Unexpected {self.here!r}.")

    def parts(self) -> tuple[Selected | Spread, ...]:
        """What stands between braces."""
        self.take("{")
        parts: list[Selected | Spread] = []
        while self.here != "}":
            parts.append(self._spread() if self.here == "..." else self._field())
        self.take("}")
        return tuple(parts)

    def _spread(self) -> Spread:
        self.take("...")
        if self.here == "on":
            self.take("on")
            self.take()
        return Spread("", self.parts()) if self.here == "{" else Spread(self.take())

    def _field(self) -> Selected:
        alias = name = self.take()
        if self.here == ":":
            self.take(":")
            name = self.take()
        arguments = self._pairs("(", ")") if self.here == "(" else {}
        return Selected(alias, name, arguments, self.parts() if self.here == "{" else ())

    def _pairs(self, opening: str, closing: str) -> dict[str, object]:
        self.take(opening)
        pairs: dict[str, object] = {}
        while self.here != closing:
            name = self.take()
            self.take(":")
            pairs[name] = self._value()
        self.take(closing)
        return pairs

    def _value(self) -> object:
        if self.here == "$":
            self.take("$")
            return Variable(self.take())
        if self.here == "{":
            return self._pairs("{", "}")
        if self.here == "[":
            return self._list()
        token = self.take()
        if token.startswith('"'):
            return re.sub(r"\\(.)", r"\1", token[1:-1])
        return int(token) if token.lstrip("-").isdigit() else _WORDS.get(token, token)

    def _list(self) -> list[object]:
        self.take("[")
        values: list[object] = []
        while self.here != "]":
            values.append(self._value())
        self.take("]")
        return values

    @staticmethod
    def _scan(query: str) -> Iterator[str]:
        at = 0
        while at < len(query):
            match = _TOKEN.match(query, at)
            if not match:
                raise DocumentError(f"Syntax Error: Unexpected character {query[at]!r}.")
            at = match.end()
            if not match["skip"]:
                yield match[0]
