"""Substack's search in an archive: posts whose slug is gone, by the title that the slug was once made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from litdb.model import Answer, Identifier, Identity, Outcome, Policy, Reading, Request, Rung, Target
from litdb.sources.objects import Object, data, parts, text
from litdb.sources.protocol import Source
from litdb.sources.substack import SHORT_PAGE
from litdb.sources.substack_reading import post_outcome, post_record, publication_of
from litdb.sources.substack_urls import place_of
from litdb.text.titles import fold
from litdb.text.urls import Url

_MARK = re.compile(r"-[0-9a-f]{3}\Z")
"""What Substack puts behind a slug that was taken."""


class SubstackSearch(Source):
    """Renamed posts of Substack: asked only after the post's own address has refused or is gone."""

    name = "substack-search"
    knows_all = False
    policies: Sequence[Policy] = ()

    def identify(self, url: Url) -> Identity | None:
        """None: Substack's URLs mean the same here as there."""
        return None

    def rung(self, identifier: Identifier) -> Rung | None:
        """As a copy in an archive is: open where the post itself could not be had.

        >>> SUBSTACK_SEARCH.rung(Identifier("substack", "aligned/what-is-alignment")).name
        'ARCHIVE'
        >>> SUBSTACK_SEARCH.rung(Identifier("substack", "aligned"))
        """
        place = place_of(identifier)
        return Rung.ARCHIVE if place and place.kind == "post" else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One search for each post, by the words of its slug."""
        for target in wanted:
            if place := place_of(target.identifier):
                words = quote(_MARK.sub("", place.slug).replace("-", " "))
                query = f"sort=new&search={words}&offset=0&limit={SHORT_PAGE}"
                url = f"https://{place.publication}.substack.com/api/v1/archive?{query}"
                yield Request(self.name, url, (target,), "search", headers=(("Accept", "application/json"),))

    def read(self, answer: Answer) -> Reading:
        """The one post whose title begins with the words of the slug; two such posts are none."""
        (target,) = answer.request.asked
        document, refusal = data(answer, "Substack")
        if refusal:
            return Reading(outcomes={target.identifier: refusal})
        posts = parts({"posts": document}, "posts")
        place = place_of(target.identifier)
        named = [post for post in posts if place and _was_called(post, place.slug)]
        if len(named) != 1:
            gone: tuple[Outcome, str] = ("not-found", "The publication has no post that was called so.")
            return Reading(outcomes={target.identifier: gone})
        record = post_record(target.identifier, named[0], publication_of(posts, named[0].get("publication_id")), "api")
        ending = post_outcome(named[0], record)
        others = (each for each in record.same if each.scheme == "substack")
        return Reading((record,), dict.fromkeys((target.identifier, *others), ending))


SUBSTACK_SEARCH = SubstackSearch()


def _was_called(post: Object, slug: str) -> bool:
    """Whether a slug is the beginning of a post's title, as Substack makes them.

    >>> _was_called({"title": "What is the point of tea? Part two"}, "what-is-the-point-of-tea-part")
    True
    >>> _was_called({"title": "Tea"}, "t"), _was_called({"title": "What now?"}, "what-is-tea")
    (False, False)
    """
    words = fold(_MARK.sub("", slug))
    title = fold(text(post, "title"))
    return title == words or (slug.count("-") > 1 and title.startswith(words))
