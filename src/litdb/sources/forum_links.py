"""What posts and comments of the forums link to, and which posts link to a post: twenty works in one question.

Facts from ForumMagnum: the text is `contents.html`; the view `pingbackPosts` has the posts that link to one, and only
the newer line of the code (LessWrong) takes it as a selector. A sequence has no text that would link anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from litdb.model import Answer, Identifier, Outcome, Policy, Reading, Record, Reference, Request, Rung, Target
from litdb.pages.links import links_of
from litdb.sources.forum import EA_FORUM, FORUM, Forum, graphql
from litdb.sources.forum_reading import FRAGMENTS, ObjectReader
from litdb.sources.objects import Object, part, parts, text
from litdb.sources.protocol import KindOfSource, Source
from litdb.text.urls import Url

BATCH = 20
"""Works in one question: their whole texts come back."""

MOST_PINGBACKS = 100
"""Posts that link to one that are asked for, which is what the forums' own pages show."""

_HEADERS = (("accept", "application/json"), ("content-type", "application/json"))
_HTML = {"content-type": "text/html; charset=utf-8"}
_PINGBACKS = "graphql:pingbackPosts.results"


class ForumLinks(Source):
    """The links in the texts of one forum's posts and comments, and the posts that link to its posts."""

    kind: KindOfSource = "references"
    policies: Sequence[Policy] = ()

    def __init__(self, forum: Forum, *, finds_pingbacks: bool) -> None:
        """`finds_pingbacks` is whether this line of the code takes `pingbackPosts` as a selector."""
        self.name = f"{forum.name}-links"
        self._forum = forum
        self._finds_pingbacks = finds_pingbacks

    def identify(self, url: Url) -> None:
        """None: the forum itself knows its addresses."""

    def rung(self, identifier: Identifier) -> Rung | None:
        """The best for posts and comments.

        >>> FORUM_LINKS.rung(Identifier("forum", "AAAAAAAAAAAAAAAA2")).name
        'API'
        >>> FORUM_LINKS.rung(Identifier("forum-sequence", "SSSSSSSSSSSSSSSS2"))
        """
        return Rung.API if identifier.scheme in (self._forum.name, f"{self._forum.name}-comment") else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One request for every twenty works."""
        for start in range(0, len(wanted), BATCH):
            asked = tuple(wanted[start : start + BATCH])
            body = self._question(asked)
            yield Request(self.name, self._forum.endpoint, asked, method="POST", body=body, headers=_HEADERS)

    def read(self, answer: Answer) -> Reading:
        """Whether the forum showed each text, and what it says of the posts that link to them."""
        document, refusal = graphql(answer)
        asked = answer.request.asked
        if refusal:
            return Reading(outcomes=dict.fromkeys(answer.request.identifiers, refusal))
        found: dict[Identifier, tuple[Outcome, str]] = {}
        for alias, each in _aliases(asked):
            shown = _html(document, alias) is not None
            found[each.identifier] = ("ok", "") if shown else ("not-found", "The forum does not show its text.")
        reader = ObjectReader(self._forum.family, self._forum.family.home, answer.at)
        linking = {text(post, "_id"): post for alias, _ in _aliases(asked) for post in _pingbacks(document, alias)}
        return Reading(tuple(self._told(reader, post) for post in linking.values()), found)

    def references(self, answer: Answer) -> Iterator[Reference]:
        """The links of each text, and for each post that links to one of these that it does."""
        document, _ = graphql(answer)
        family = self._forum.family
        for alias, each in _aliases(answer.request.asked):
            here = each.urls[0] if each.urls else f"https://{family.home}/posts/{each.identifier.value}"
            for link in links_of((_html(document, alias) or "").encode(), _HTML, here):
                yield Reference(each.identifier, link.url, "graphql:contents.html", link.text, link.words)
            for post in _pingbacks(document, alias):
                yield Reference(family.post(text(post, "_id")), here, _PINGBACKS)

    def _told(self, reader: ObjectReader, post: Object) -> Record:
        told = reader.mentioned(post, _PINGBACKS)
        return Record(self._forum.name, told.identifier, told.claims, at=told.at)

    def _question(self, asked: Sequence[Target]) -> str:
        fields = [field for alias, each in _aliases(asked) for field in self._fields(alias, each.identifier)]
        ids = {alias: each.identifier.value for alias, each in _aliases(asked)}
        variables = ", ".join(f"${alias}: String" for alias in ids)
        query = f"{FRAGMENTS if self._finds_pingbacks else ''}query Links({variables}) {{\n" + "\n".join(fields) + "\n}"
        return json.dumps({"query": query, "variables": ids})

    def _fields(self, alias: str, identifier: Identifier) -> Iterator[str]:
        is_post = identifier.scheme == self._forum.name
        kind = "post" if is_post else "comment"
        yield f"{alias}: {kind}({self._forum.selector % alias}) {{ result {{ _id contents {{ html }} }} }}"
        if is_post and self._finds_pingbacks:
            selector = f"selector: {{pingbackPosts: {{postId: ${alias}}}}}, limit: {MOST_PINGBACKS}"
            yield f"by_{alias}: posts({selector}) {{ results {{ ...M }} }}"


def _aliases(asked: Sequence[Target]) -> list[tuple[str, Target]]:
    return [(f"t{at}", each) for at, each in enumerate(asked)]


def _html(document: Object, alias: str) -> str | None:
    """The text of a work, empty where it is empty; None where the forum does not show the work."""
    result = part(part(part(document, "data"), alias), "result")
    return text(part(result, "contents"), "html") if result else None


def _pingbacks(document: Object, alias: str) -> tuple[Object, ...]:
    posts = parts(part(part(document, "data"), f"by_{alias}"), "results")
    return tuple(post for post in posts if text(post, "_id"))


FORUM_LINKS = ForumLinks(FORUM, finds_pingbacks=True)
EA_FORUM_LINKS = ForumLinks(EA_FORUM, finds_pingbacks=False)
