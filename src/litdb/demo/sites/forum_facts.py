"""What the little forums know: users, posts, comments, sequences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

SITES = {
    "www.lesswrong.com": "LessWrong",
    "www.alignmentforum.org": "AI Alignment Forum",
    "forum.effectivealtruism.org": "EA Forum",
}
"""The forums by the host that their pages name."""


@dataclass(frozen=True, slots=True)
class User:
    """An account. `handle` stands in its address; `af_name` is shown on the Alignment Forum where that differs."""

    id: str
    name: str
    handle: str = ""
    af_name: str = ""
    full_name: str | None = None
    deleted: bool = False

    @property
    def slug(self) -> str:
        """The name in the account's address."""
        return self.handle or re.sub(r"[^a-z0-9]+", "-", self.name.lower())


def shown_name(user: User, host: str) -> str:
    """The name that a forum's pages show for an account."""
    return user.af_name if user.af_name and SITES[host] == "AI Alignment Forum" else user.name


@dataclass(frozen=True, slots=True)
class Post:
    """A post. `created` (the draft's beginning) and `modified` (the last touch) are the traps beside `posted`."""

    id: str
    slug: str
    title: str
    posted: str
    user: User | None
    coauthors: tuple[User, ...] = ()
    created: str = ""
    modified: str = ""
    link: str | None = None
    af: bool = False
    shortform: bool = False
    draft: bool = False
    hide_author: bool = False
    author: str | None = None
    foreign: str | None = None
    pingbacks: tuple[str, ...] = ()
    words: str = "The text of the post stands here on the real site."
    html: str = ""

    @property
    def hidden(self) -> bool:
        """Whether a guest is refused."""
        return self.draft

    def url(self, host: str) -> str:
        """Its address on one of the forums."""
        return f"https://{host}/posts/{self.id}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a post."""

    id: str
    post: Post
    posted: str
    user: User | None
    words: str = "The text of the comment stands here on the real site."
    parent: str | None = None
    deleted: bool = False

    @property
    def hidden(self) -> bool:
        """Whether a guest is refused."""
        return self.deleted


@dataclass(frozen=True, slots=True)
class PostSequence:
    """A sequence: posts in order, owned by a user who need not have written them."""

    id: str
    title: str
    created: str
    user: User | None
    posts: tuple[Post, ...]
    draft: bool = False

    @property
    def hidden(self) -> bool:
        """Whether a guest is refused."""
        return self.draft


Thing = TypeVar("Thing", Post, Comment, PostSequence)


@dataclass(frozen=True, slots=True)
class Forum:
    """One database."""

    posts: tuple[Post, ...] = ()
    comments: tuple[Comment, ...] = ()
    sequences: tuple[PostSequence, ...] = ()
    by_id: Mapping[str, Post | Comment | PostSequence] = field(init=False)

    def __post_init__(self) -> None:
        members = (post for sequence in self.sequences for post in sequence.posts)
        everything: tuple[Post | Comment | PostSequence, ...] = (
            *members,
            *self.posts,
            *self.comments,
            *self.sequences,
        )
        object.__setattr__(self, "by_id", {thing.id: thing for thing in everything})

    def find(self, kind: type[Thing], identifier: str | None) -> Thing | None:
        """The thing of this kind with this id, or None."""
        found = self.by_id.get(identifier or "")
        return found if isinstance(found, kind) else None
