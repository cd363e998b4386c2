"""Works that are known for good, one for each source that asks: what its site says of it, and where it says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A work at `url`, and by field what `source` says of it and how that is read."""

    source: str
    url: str
    facts: Mapping[str, tuple[str, str]]


_PAPER = "The Alignment Problem from a Deep Learning Perspective"
_PEOPLE = "Richard Ngo; Lawrence Chan; Sören Mindermann"

KNOWN = (
    Known(
        "arxiv",
        "https://arxiv.org/abs/2209.00626",
        {
            "title": (_PAPER, "atom:title"),
            "authors": (_PEOPLE, "atom:author"),
            "date": ("2022-08-30", "atom:published"),
        },
    ),
    Known(
        "datacite",
        "https://arxiv.org/abs/2209.00626",
        {
            "title": (_PAPER, "datacite:titles"),
            "authors": (_PEOPLE, "datacite:creators"),
            "date": ("2022-08-30", "datacite:Submitted"),
        },
    ),
    Known(
        "openalex",
        "https://arxiv.org/abs/2209.00626",
        {"title": (_PAPER, "openalex:title"), "authors": (_PEOPLE, "openalex:authorships")},
    ),
    Known(
        "forum",
        "https://www.lesswrong.com/posts/FRv7ryoqtvSuqBxuT/understanding-deep-double-descent",
        {
            "title": ("Understanding “Deep Double Descent”", "graphql:title"),
            "authors": ("evhub", "graphql:user+coauthors"),
            "date": ("2019-12-06", "graphql:postedAt"),
        },
    ),
    Known(
        "substack",
        "https://aligned.substack.com/p/what-is-alignment",
        {
            "title": ("What is the alignment problem?", "api:title"),
            "authors": ("Jan Leike", "api:publishedBylines"),
            "date": ("", "api:post_date"),
        },
    ),
    Known(
        "openai",
        "https://openai.com/index/introducing-superalignment/",
        {"title": ("Introducing Superalignment", "rss:title"), "date": ("2023-07-05", "rss:pubDate")},
    ),
    Known(
        "twitter",
        "https://twitter.com/RichardMCNgo/status/1603862969276051457",
        {"authors": ("Richard Ngo", "oembed:author_name")},
    ),
    Known(
        "youtube",
        "https://www.youtube.com/watch?v=zkbPdEHEyEI",
        {"title": ("We Were Right! Real Inner Misalignment", "oembed:title"), "authors": ("", "oembed:author_name")},
    ),
    Known(
        "youtube-page",
        "https://www.youtube.com/watch?v=zkbPdEHEyEI",
        {"date": ("2021-10-10", "microdata:datePublished")},
    ),
    Known(
        "wayback",
        "https://deepmindsafetyresearch.medium.com/scalable-agent-alignment-via-reward-modeling-bf4ab06dfd84",
        {"authors": ("Jan Leike", "medium:by"), "date": ("2018-11-20", "json-ld:datePublished")},
    ),
    Known(
        "page",
        "https://bounded-regret.ghost.io/ml-systems-will-have-weird-failure-modes-2/",
        {
            "title": ("ML Systems Will Have Weird Failure Modes", "og:title"),
            "authors": ("Jacob Steinhardt", "json-ld:author"),
            "date": ("2022-01-26", "json-ld:datePublished"),
        },
    ),
)
"""The table of all of them. An empty value is there, whatever it is."""
