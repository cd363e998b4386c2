"""Posts, comments and sequences as ForumMagnum's GraphQL gives them: the fields to ask for, and records from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from litdb.errors import InvalidUrl
from litdb.model import Claim, DateKind, Identifier, Name, Record, Relation, WorkType
from litdb.sources.arxiv import ARXIV
from litdb.sources.forum_urls import EFFECTIVE_ALTRUISM, LESSWRONG, Family, comment_url, identify, post_url
from litdb.sources.objects import Object, part, parts, text
from litdb.text.dates import date_claim, read_iso
from litdb.text.names import authors_claim, read_name
from litdb.text.titles import clean_title
from litdb.text.urls import Url, clean, read_url

FRAGMENTS = """\
fragment U on User { _id displayName }
fragment M on Post { _id slug title postedAt hideAuthor author user { ...U } coauthors { ...U } }
"""
"""What is asked of people, and of posts that are only spoken of: a comment's, a sequence's."""

POST_FIELDS = """\
...M modifiedAt createdAt pageUrl url postCategory draft canonicalSource canonicalSequenceId pingbacks
fmCrosspost { isCrosspost hostedHere foreignPostId }"""
COMMENT_FIELDS = "_id postedAt postId deleted author user { ...U } post { ...M }"
SEQUENCE_FIELDS = "_id title createdAt draft isDeleted user { ...U } chapters { posts { ...M } }"

_POST_DATES: tuple[tuple[str, DateKind], ...] = (
    ("postedAt", "posted"),
    ("modifiedAt", "modified"),
    ("createdAt", "created"),
)
"""`createdAt` is the draft's or the import's day, `modifiedAt` that of any change at all, votes' too: never cited."""

_CROSSPOSTS = {LESSWRONG.name: EFFECTIVE_ALTRUISM, EFFECTIVE_ALTRUISM.name: LESSWRONG}
_ANONYMOUS = Name(literal="Anonymous")
_DELETED = Name(literal="[deleted]")

"""A GraphQL object."""


@dataclass(frozen=True, slots=True)
class ObjectReader:
    """Reads the objects of one database for works cited at one host, from an answer that came `at` a time."""

    family: Family
    host: str
    at: str

    def post(self, post: Object) -> Record:
        """The record of a post: people, dates, and its ties to originals, crossposts, its sequence, what it cites."""
        me = self.family.post(text(post, "_id"))
        dates = (_date(post, key, kind, f"graphql:{key}") for key, kind in _POST_DATES)
        claims = (
            *self._facts("post", "graphql:post"),
            *_title(post, "graphql:title"),
            authors_claim(people(post), "graphql:user+coauthors"),
            *(claim for claim in dates if claim),
            self._page(post),
        )
        return self._record(me, claims, tuple(dict.fromkeys(self._relations(post, me))))

    def comment(self, comment: Object) -> tuple[Record, ...]:
        """The record of a comment, which has no title, and what the answer says of the post that it is on."""
        me = self.family.comment(text(comment, "_id"))
        post = part(comment, "post")
        post_id = text(post, "_id") or text(comment, "postId")
        claims = [*self._facts("comment", "graphql:comment"), authors_claim(people(comment), "graphql:user")]
        if posted := _date(comment, "postedAt", "posted", "graphql:postedAt"):
            claims.append(posted)
        if not post_id:
            return (self._record(me, claims),)
        address = post_url(self.host, post_id, text(post, "slug"))
        claims.append(Claim("url", comment_url(address, me.value), "graphql:post.slug"))
        on = Relation(me, "comment-on", self.family.post(post_id), "graphql:postId")
        parents = (self.mentioned(post, "graphql:comment.post"),) if text(post, "_id") else ()
        return (self._record(me, claims, (on,)), *parents)

    def sequence(self, sequence: Object) -> tuple[Record, ...]:
        """The record of a sequence, and one for each of its posts.

        A sequence has no day of publication: its first post has. Its authors are those of the posts, in order of
        appearance; an owner who is none of them put it together.
        """
        me = self.family.sequence(text(sequence, "_id"))
        how = "graphql:chapters.posts"
        chapters = parts(sequence, "chapters")
        posts = [post for chapter in chapters for post in parts(chapter, "posts") if text(post, "_id")]
        claims = (
            *self._facts("sequence", "graphql:sequence"),
            *_title(sequence, "graphql:title"),
            *_sequence_people(sequence, posts),
            *_first_posted(posts),
            *filter(None, [_date(sequence, "createdAt", "created", "graphql:createdAt")]),
            Claim("url", f"https://{self.host}/s/{me.value}", "graphql:sequence"),
        )
        members = tuple(Relation(self.family.post(text(post, "_id")), "part-of", me, how) for post in posts)
        return (self._record(me, claims, members), *(self.mentioned(post, how) for post in posts))

    def mentioned(self, post: Object, how: str) -> Record:
        """What an answer about something else says of a post."""
        posted = _date(post, "postedAt", "posted", how)
        claims = (
            *self._facts("post", how),
            *_title(post, how),
            authors_claim(people(post), how),
            *((posted,) if posted else ()),
            Claim("url", post_url(self.host, text(post, "_id"), text(post, "slug")), how),
        )
        return self._record(self.family.post(text(post, "_id")), claims)

    def _record(self, identifier: Identifier, claims: Sequence[Claim], relations: tuple[Relation, ...] = ()) -> Record:
        return Record(self.family.name, identifier, tuple(claims), relations=relations, at=self.at)

    def _facts(self, kind: WorkType, how: str) -> tuple[Claim, ...]:
        return Claim("type", kind, how), Claim("container", self.family.containers[self.host], how)

    def _page(self, post: Object) -> Claim:
        """The post's own path at the host that the notes use: the machines' entrance would name itself."""
        if page := _url(text(post, "pageUrl")):
            return Claim("url", f"https://{self.host}{page.path}", "graphql:pageUrl")
        return Claim("url", post_url(self.host, text(post, "_id"), text(post, "slug")), "graphql:slug")

    def _relations(self, post: Object, me: Identifier) -> Iterator[Relation]:
        original = _named(text(post, "url")) if text(post, "postCategory") == "linkpost" else None
        if original and original != me:
            yield Relation(me, "linkpost-of", original, "graphql:url")
        if (original := _named(text(post, "canonicalSource"))) and original != me:
            yield Relation(me, "crosspost-of", original, "graphql:canonicalSource")
        yield from self._crosspost(part(post, "fmCrosspost"), me)
        if sequence := text(post, "canonicalSequenceId"):
            yield Relation(me, "part-of", self.family.sequence(sequence), "graphql:canonicalSequenceId")
        linked = part(post, "pingbacks").get("Posts")
        for post_id in linked if isinstance(linked, list) else ():
            if isinstance(post_id, str) and post_id != me.value:
                yield Relation(me, "cites", self.family.post(post_id), "graphql:pingbacks")

    def _crosspost(self, crosspost: Object, me: Identifier) -> Iterator[Relation]:
        """The other of the two forums has it too; `hostedHere` says that ours is the original."""
        if not (foreign_id := text(crosspost, "foreignPostId")):
            return
        other = _CROSSPOSTS[self.family.name].post(foreign_id)
        copy, original = (other, me) if crosspost.get("hostedHere") is True else (me, other)
        yield Relation(copy, "crosspost-of", original, "graphql:fmCrosspost")


def people(written: Object) -> tuple[Name, ...]:
    """Who wrote a post or comment: its user, then the coauthors, among whom the site does not count the user.

    A hidden author is Anonymous, coauthors and all; an account that is gone leaves the old author's name or [deleted].

    >>> written = {"user": {"displayName": "evhub"}, "coauthors": [{"displayName": "Ann Ek 🔸"}]}
    >>> [name.display for name in people(written)]
    ['evhub', 'Ann Ek']
    >>> people({"user": None, "author": None})[0].literal, people({"hideAuthor": True, "user": {}})[0].literal
    ('[deleted]', 'Anonymous')
    """
    if written.get("hideAuthor") is True:
        return (_ANONYMOUS,)
    first = _name(text(part(written, "user"), "displayName") or text(written, "author")) or _DELETED
    others = (_name(text(user, "displayName")) for user in parts(written, "coauthors"))
    return tuple(dict.fromkeys((first, *(name for name in others if name))))


def _name(displayed: str) -> Name | None:
    """The name as the site shows it, without badges: parts for a full name, a handle as it is."""
    name = read_name(displayed)
    return name if name.display else None


def _title(titled: Object, how: str) -> tuple[Claim, ...]:
    title = clean_title(text(titled, "title"))
    return (Claim("title", title, how),) if title else ()


def _date(dated: Object, key: str, kind: DateKind, how: str) -> Claim | None:
    day = read_iso(text(dated, key))
    return date_claim(day, kind, how) if day else None


def _first_posted(posts: Sequence[Object]) -> tuple[Claim, ...]:
    days = [day for post in posts if (day := read_iso(text(post, "postedAt")))]
    return (date_claim(min(days), "posted", "graphql:chapters.posts.postedAt"),) if days else ()


def _sequence_people(sequence: Object, posts: Sequence[Object]) -> Iterator[Claim]:
    authors = tuple(dict.fromkeys(name for post in posts for name in people(post)))
    owner = _name(text(part(sequence, "user"), "displayName"))
    if authors:
        yield authors_claim(authors, "graphql:chapters.posts.user+coauthors")
    if owner and owner not in authors:
        yield Claim("editors", [owner.as_json()], "graphql:user")


def _named(address: str) -> Identifier | None:
    """What a URL names, as far as the forums and arXiv can tell; else the URL itself."""
    url = _url(address)
    if url is None:
        return None
    found = ARXIV.identify(url) or identify(url, LESSWRONG) or identify(url, EFFECTIVE_ALTRUISM)
    return found.identifier if found else Identifier("url", str(clean(url)))


def _url(address: str) -> Url | None:
    try:
        return read_url(address) if address else None
    except InvalidUrl:
        return None
