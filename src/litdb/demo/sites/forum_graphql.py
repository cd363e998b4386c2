"""The GraphQL endpoint of ForumMagnum.

The schema holds the fields of ForumMagnum's `gqlSchema.gql` (August 2026) that a reader of citations asks for. Only
the newer line of its code (LessWrong) knows the argument `selector`; both take `input: {selector: …}`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from html import escape
from typing import Any

from litdb.demo.sites.forum_facts import Comment, Forum, Post, PostSequence, Thing, User, shown_name
from litdb.demo.sites.graphql import FieldError, Resolver, execute, schema
from litdb.demo.wire import Call, Part, Reply, data

NEW_LINE = frozenset({"selector", "input", "allowNull", "limit"})
OLD_LINE = frozenset({"input", "limit"})
"""The arguments that each line of the code knows."""

_SCHEMA = schema(
    Query="post:PostOutput posts:PostsOutput comment:CommentOutput comments:CommentsOutput "
    "sequence:SequenceOutput sequences:SequencesOutput",
    PostOutput="result:Post",
    PostsOutput="results:Post totalCount",
    CommentOutput="result:Comment",
    CommentsOutput="results:Comment totalCount",
    SequenceOutput="result:Sequence",
    SequencesOutput="results:Sequence totalCount",
    User="_id slug username displayName fullName deleted",
    Tag="_id name slug",
    Crosspost="isCrosspost hostedHere foreignPostId",
    Podcast="_id title",
    Episode="_id episodeLink externalEpisodeId title podcast:Podcast",
    Feed="_id nickname url",
    Revision="_id version editedAt html wordCount plaintextDescription plaintextMainText",
    Chapter="_id number title subtitle posts:Post",
    Post="_id slug title postedAt modifiedAt createdAt pageUrl pageUrlRelative url linkUrl postCategory draft rejected "
    "unlisted hideAuthor isEvent question shortform af curatedDate frontpageDate canonicalSource canonicalSequenceId "
    "canonicalCollectionSlug wordCount author userId user:User coauthors:User coauthorUserIds tags:Tag "
    "fmCrosspost:Crosspost podcastEpisode:Episode pingbacks feed:Feed contents:Revision",
    Comment="_id postedAt lastEditedAt createdAt pageUrl postId deleted retracted answer shortform af title author "
    "userId user:User post:Post parentCommentId topLevelCommentId contents:Revision",
    Sequence="_id title createdAt lastUpdated draft isDeleted af hidden canonicalCollectionSlug postsCount userId "
    "user:User contents:Revision chapters:Chapter",
)


def graphql(forum: Forum, host: str, arguments: frozenset[str]) -> Part:
    """The endpoint of a forum: one operation or a list of them, by POST or in the query."""
    resolvers: Mapping[str, Resolver] = {
        "post": _single(partial(forum.find, Post), partial(_post, host=host)),
        "comment": _single(partial(forum.find, Comment), partial(_comment, host=host)),
        "sequence": _single(partial(forum.find, PostSequence), partial(_sequence, host=host)),
        "posts": _several(partial(_view, forum), partial(_post, host=host)),
        "comments": _several(partial(_listed, forum, Comment, "commentIds"), partial(_comment, host=host)),
        "sequences": _several(partial(_listed, forum, PostSequence, "sequenceIds"), partial(_sequence, host=host)),
    }

    def one(operation: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        return execute(operation["query"], operation.get("variables") or {}, _SCHEMA, resolvers, arguments)

    def part(call: Call) -> Reply | None:
        if call.path != "/graphql":
            return None
        asked = json.loads(call.body) if call.body else {"query": call.get("query")}
        if isinstance(asked, list):
            return data([one(operation)[1] for operation in asked])
        status, answer = one(asked)
        return data(answer, status)

    return part


def _single(find: Callable[[str | None], Thing | None], shown: Callable[[Thing], dict[str, Any]]) -> Resolver:
    """One thing by its id: null where that is allowed, else one of ForumMagnum's two refusals."""

    def resolve(arguments: Mapping[str, Any]) -> dict[str, Any]:
        asked = {**arguments, **(arguments.get("input") or {})}
        selector = asked.get("selector") or {}
        found = find(selector.get("_id") or selector.get("documentId"))
        if found is None and asked.get("allowNull"):
            return {"result": None}
        if found is None:
            raise FieldError("app.missing_document")
        if found.hidden:
            raise FieldError("app.operation_not_allowed")
        return {"result": shown(found)}

    return resolve


def _several(
    chosen: Callable[[Mapping[str, Any]], Iterable[Thing]], shown: Callable[[Thing], dict[str, Any]]
) -> Resolver:
    """The things of a view."""

    def resolve(arguments: Mapping[str, Any]) -> dict[str, Any]:
        results = [shown(found) for found in chosen(arguments.get("selector") or {})]
        return {"results": results, "totalCount": len(results)}

    return resolve


def _listed(forum: Forum, kind: type[Thing], name: str, selector: Mapping[str, Any]) -> list[Thing]:
    asked = (selector.get("default") or {}).get(name) or []
    return [found for identifier in asked if (found := forum.find(kind, identifier))]


def _view(forum: Forum, selector: Mapping[str, Any]) -> list[Post]:
    """The posts of a view: by ids, by slug, or those that link to a post. Every view drops drafts and shortforms."""
    slug = (selector.get("slugPost") or {}).get("slug")
    target = (selector.get("pingbackPosts") or {}).get("postId")
    wanted = set((selector.get("default") or {}).get("exactPostIds") or ())
    posts = (thing for thing in forum.by_id.values() if isinstance(thing, Post))
    return [
        post
        for post in posts
        if not (post.draft or post.shortform) and (post.slug == slug or target in post.pingbacks or post.id in wanted)
    ]


def _user(user: User | None, host: str) -> dict[str, Any] | None:
    if user is None:
        return None
    return {
        "_id": user.id,
        "slug": user.slug,
        "username": user.slug,
        "displayName": shown_name(user, host),
        "fullName": user.full_name,
        "deleted": user.deleted,
    }


def _post(post: Post, host: str) -> dict[str, Any]:
    return {
        "_id": post.id,
        "slug": post.slug,
        "title": post.title,
        "postedAt": post.posted,
        "createdAt": post.created or post.posted,
        "modifiedAt": post.modified or post.posted,
        "pageUrl": post.url(host),
        "pageUrlRelative": f"/posts/{post.id}/{post.slug}",
        "url": post.link,
        "linkUrl": post.link or post.url(host),
        "postCategory": "linkpost" if post.link else "post",
        **dict.fromkeys(("rejected", "unlisted", "isEvent", "question"), False),
        "draft": post.draft,
        "hideAuthor": post.hide_author,
        "shortform": post.shortform,
        "af": post.af,
        "frontpageDate": post.posted,
        "wordCount": len(post.words.split()),
        "author": post.author,
        "userId": post.user and post.user.id,
        "user": _user(post.user, host),
        "coauthors": [_user(user, host) for user in post.coauthors],
        "coauthorUserIds": [user.id for user in post.coauthors],
        "tags": [],
        "fmCrosspost": {"isCrosspost": bool(post.foreign), "hostedHere": True, "foreignPostId": post.foreign},
        "pingbacks": {"Posts": list(post.pingbacks)} if post.pingbacks else None,
        "contents": _revision(post.id, post.words, post.html),
    }


def _comment(comment: Comment, host: str) -> dict[str, Any]:
    return {
        "_id": comment.id,
        "postedAt": comment.posted,
        "createdAt": comment.posted,
        "pageUrl": f"{comment.post.url(host)}?commentId={comment.id}",
        "postId": comment.post.id,
        **dict.fromkeys(("retracted", "answer", "af"), False),
        "deleted": comment.deleted,
        "shortform": comment.post.shortform,
        "userId": comment.user and comment.user.id,
        "user": _user(comment.user, host),
        "post": _post(comment.post, host),
        "parentCommentId": comment.parent,
        "topLevelCommentId": comment.parent,
        "contents": _revision(comment.id, comment.words),
    }


def _sequence(sequence: PostSequence, host: str) -> dict[str, Any]:
    posts = [_post(post, host) for post in sequence.posts]
    return {
        "_id": sequence.id,
        "title": sequence.title,
        "createdAt": sequence.created,
        "lastUpdated": sequence.created,
        **dict.fromkeys(("draft", "isDeleted", "hidden"), False),
        "af": any(post.af for post in sequence.posts),
        "postsCount": len(posts),
        "userId": sequence.user and sequence.user.id,
        "user": _user(sequence.user, host),
        "contents": _revision(sequence.id, "What the sequence is about stands here on the real site."),
        "chapters": [{"_id": f"{sequence.id}-1", "number": 1, "title": None, "posts": posts}],
    }


def _revision(identifier: str, words: str, html: str = "") -> dict[str, Any]:
    return {
        "_id": f"{identifier}-r",
        "version": "1.0.0",
        "html": html or f"<p>{escape(words)}</p>",
        "wordCount": len(words.split()),
        "plaintextDescription": words,
        "plaintextMainText": words,
    }
