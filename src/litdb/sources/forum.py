"""LessWrong, the Alignment Forum and the EA Forum: posts, comments and sequences, forty in one GraphQL request.

Their pages cannot be trusted for this: the citation tags date a post by its draft, the JSON-LD loses every coauthor
(ForumMagnum, `postPageMetadata.ts` and `structuredData.ts`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from litdb.errors import InvalidUrl
from litdb.model import Answer, Identifier, Identity, Json, Outcome, Policy, Reading, Record, Request, Rung, Target
from litdb.sources.forum_reading import (
    COMMENT_FIELDS,
    FRAGMENTS,
    POST_FIELDS,
    SEQUENCE_FIELDS,
    ObjectReader,
)
from litdb.sources.forum_urls import EFFECTIVE_ALTRUISM, LESSWRONG, Family, identify
from litdb.sources.objects import Ending, Object, document, part, parts, read_json
from litdb.sources.protocol import Source
from litdb.text.urls import Url, read_url

_HEADERS = (("accept", "application/json"), ("content-type", "application/json"))


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of work: the letter of its aliases, its query, the fields to ask for, and who reads the answer."""

    letter: str
    query: str
    fields: str
    read: Callable[[ObjectReader, Object], tuple[Record, ...]]


_KINDS = {
    "": _Kind("p", "post", POST_FIELDS, lambda reader, post: (reader.post(post),)),
    "-comment": _Kind("c", "comment", COMMENT_FIELDS, ObjectReader.comment),
    "-sequence": _Kind("s", "sequence", SEQUENCE_FIELDS, ObjectReader.sequence),
}
"""By what stands behind the family's name in the scheme."""

_ERRORS: tuple[tuple[str, Outcome, str], ...] = (
    ("app.missing_document", "not-found", "The forum has no such document."),
    ("app.operation_not_allowed", "forbidden", "The forum shows this to its members or its author only."),
    ("GRAPHQL_VALIDATION_FAILED", "unsupported", "The forum no longer understands the question."),
)
"""What a GraphQL error has in it, and what that means for the works it is about."""


class Forum(Source):
    """One database of ForumMagnum, asked by GraphQL: `robots.txt` has 3 seconds, and leaves `/graphql` open."""

    explained = frozenset((400,))

    def __init__(self, family: Family, endpoint: str, lane: str, selector: str) -> None:
        """`selector` is how this site's code takes an id, with `%s` for the variable."""
        self.name = family.name
        self.family = family
        self.endpoint = endpoint
        self.selector = selector
        asked = read_url(endpoint).host
        others = tuple(host for host in family.containers if host != asked)
        self.policies: Sequence[Policy] = (
            Policy((asked,), lane, interval=3.0, batch=40, fresh_days=7, robots=False),
            Policy(others, lane, interval=3.0),
        )

    def identify(self, url: Url) -> Identity | None:
        """The post, comment or sequence that a URL means, cited at the host family that it was written with.

        >>> found = FORUM.identify(read_url("https://www.alignmentforum.org/posts/AAAAAAAAAAAAAAAA2/a-title#comments"))
        >>> str(found.identifier), found.url, found.locator
        ('forum:AAAAAAAAAAAAAAAA2', 'https://www.alignmentforum.org/posts/AAAAAAAAAAAAAAAA2/a-title', '')
        >>> found = EA_FORUM.identify(read_url("https://ea.greaterwrong.com/posts/AAAAAAAAAAAAAAAA2#CCCCCCCCCCCCCCCC2"))
        >>> str(found.identifier), found.url[-45:]
        ('eaforum-comment:CCCCCCCCCCCCCCCC2', 'AAAAAAAAAAAAAAAA2?commentId=CCCCCCCCCCCCCCCC2')
        """
        return identify(url, self.family)

    def rung(self, identifier: Identifier) -> Rung | None:
        """The site's own interface, for the family's three schemes.

        >>> FORUM.rung(Identifier("forum-comment", "CCCCCCCCCCCCCCCC2")).name
        'API'
        >>> EA_FORUM.rung(Identifier("forum", "AAAAAAAAAAAAAAAA2"))
        """
        return Rung.API if self._kind(identifier) else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for every forty works, whatever their kinds."""
        size = self.policies[0].batch
        for start in range(0, len(wanted), size):
            asked = tuple(wanted[start : start + size])
            yield Request(self.name, self.endpoint, asked, method="POST", body=self._question(asked), headers=_HEADERS)

    def read(self, answer: Answer) -> Reading:
        """A record for every work that came, for the posts they speak of too, and an outcome for every work asked for.

        One document that is missing or closed does not touch the others: GraphQL's errors name the alias they are of.
        """
        asked = answer.request.asked
        document, refusal = graphql(answer)
        if refusal:
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, refusal))
        records: list[Record] = []
        outcomes: dict[Identifier, tuple[Outcome, str]] = {}
        for alias, target in self._aliases(asked).items():
            found = part(part(part(document, "data"), alias), "result")
            kind = self._kind(target.identifier)
            ending = _outcome(found, _errors_of(document, alias))
            if found and kind:
                reader = ObjectReader(self.family, self._host(target), answer.at)
                told = kind.read(reader, {**found, "_id": target.identifier.value})
                records.extend(told)
                ending = _titled(told[0], ending)
            outcomes[target.identifier] = ending
        return Reading(records=tuple(records), outcomes=outcomes)

    def _kind(self, identifier: Identifier) -> _Kind | None:
        name, dash, kind = identifier.scheme.partition("-")
        return _KINDS.get(dash + kind) if name == self.name else None

    def _aliases(self, asked: Sequence[Target]) -> dict[str, Target]:
        """The targets by the names they have in the question: `p0`, `c1`, `s2`."""
        kinds = [(self._kind(target.identifier), target) for target in asked]
        return {f"{kind.letter}{index}": target for index, (kind, target) in enumerate(kinds) if kind}

    def _question(self, asked: Sequence[Target]) -> str:
        aliases = self._aliases(asked)
        fields = [
            f"{alias}: {kind.query}({self.selector % alias}) {{ result {{ {kind.fields} }} }}"
            for alias, target in aliases.items()
            if (kind := self._kind(target.identifier))
        ]
        variables = ", ".join(f"${alias}: String" for alias in aliases)
        query = f"{FRAGMENTS}query Works({variables}) {{\n" + "\n".join(fields) + "\n}"
        return json.dumps(
            {"query": query, "variables": {alias: target.identifier.value for alias, target in aliases.items()}}
        )

    def _host(self, target: Target) -> str:
        """The host to cite for a work: the family's home, or the other one where the notes know only that."""
        used = {_cited_host(address, self.family) for address in target.urls} - {""}
        return self.family.home if self.family.home in used or not used else min(used)


FORUM = Forum(
    LESSWRONG,
    endpoint="https://www.lesswrong.com/graphql",
    lane="forum",
    selector="selector: {_id: $%s}, allowNull: true",
)
EA_FORUM = Forum(
    EFFECTIVE_ALTRUISM,
    endpoint="https://forum-bots.effectivealtruism.org/graphql",
    lane="eaforum",
    selector="input: {selector: {_id: $%s}}",
)


def _cited_host(address: str, family: Family) -> str:
    try:
        return family.cited_host(read_url(address).host)
    except InvalidUrl:
        return ""


def graphql(answer: Answer) -> tuple[Object, Ending | None]:
    """The GraphQL answer, whatever its status, or why there is none."""
    if answer.status in (429, 503):
        return {}, ("rate-limited", "The forum asks to be left in peace for a while.")
    told = read_json(answer.body)
    if isinstance(told, Mapping) and ("data" in told or "errors" in told):
        return told, None
    no_object: Ending = "unreachable", f"The forum's answer (status {answer.status}) is no GraphQL."
    return {}, document(answer, "The forum")[1] or no_object


def _titled(record: Record, ending: Ending) -> Ending:
    """How a work ended that lacks its title; a comment has none."""
    has_title = any(claim.field == "title" or claim.value == "comment" for claim in record.claims)
    return ending if has_title or ending[0] != "ok" else ("partial", "The forum has no title for it.")


def _errors_of(document: Object, alias: str) -> tuple[Object, ...]:
    """The errors about one work: those whose path begins with its alias, and those about the whole question."""
    return tuple(error for error in parts(document, "errors") if _path(error)[:1] in ([], [alias]))


def _path(error: Object) -> list[Json]:
    path = error.get("path")
    return list(path) if isinstance(path, list) else []


def _outcome(found: Object, errors: Sequence[Object]) -> tuple[Outcome, str]:
    if any(found.get(flag) is True for flag in ("draft", "deleted", "isDeleted")):
        return "gone", "The forum marks it as a draft again, or as deleted."
    if found:
        return "ok", ""
    for error in errors:
        said = json.dumps(error)
        known = next(((outcome, reason) for code, outcome, reason in _ERRORS if code in said), None)
        return known or ("unreachable", f"The forum could not answer: {error.get('message', 'no reason given')}")
    return "not-found", "The forum has no such document."
