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
_ARTICLE = "https://doi.org/10.1038/nature14539"
_AUTHORS = "Yann LeCun; Yoshua Bengio; Geoffrey Hinton"

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
        "crossref",
        _ARTICLE,
        {
            "title": ("Deep learning", "crossref:title"),
            "authors": (_AUTHORS, "crossref:author"),
            "date": ("2015-05-27", "crossref:issued"),
            "container": ("Nature", "crossref:container-title"),
        },
    ),
    Known(
        "rogue-scholar",
        "https://doi.org/10.53731/r294649-6f79289-8cwav",
        {
            "title": (
                "Mouse models of human cancer and the need for more translational research",
                "rogue-scholar:title",
            ),
            "authors": ("Martin Fenner", "rogue-scholar:authors"),
            "date": ("2008-07-14", "rogue-scholar:published_at"),
        },
    ),
    Known("doi-negotiation", _ARTICLE, {"title": ("Deep learning", "csl:title"), "authors": (_AUTHORS, "csl:author")}),
    Known(
        "inspire",
        "https://arxiv.org/abs/hep-th/9711200",
        {
            "title": ("The Large N limit of superconformal field theories and supergravity", "inspire:titles"),
            "authors": ("", "inspire:authors"),
            "date": ("1997-11-27", "inspire:preprint_date"),
        },
    ),
    Known(
        "openalex",
        "https://arxiv.org/abs/2209.00626",
        {"title": (_PAPER, "openalex:title"), "authors": (_PEOPLE, "openalex:authorships")},
    ),
    Known("semanticscholar", "https://arxiv.org/abs/2209.00626", {"title": (_PAPER, "semanticscholar:title")}),
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
        "openreview",
        "https://openreview.net/forum?id=rJl-b3RcF7",
        {
            "title": (
                "The Lottery Ticket Hypothesis: Finding Sparse, Trainable Neural Networks",
                "openreview:title",
            ),
            "authors": ("Jonathan Frankle; Michael Carbin", "openreview:authors"),
        },
    ),
    Known(
        "acl",
        "https://aclanthology.org/N19-1423/",
        {
            "title": (
                "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
                "bib:title",
            ),
            "authors": ("Jacob Devlin; Ming-Wei Chang; Kenton Lee; Kristina Toutanova", "bib:author"),
            "date": ("2019-06", "bib:year"),
        },
    ),
    *(
        Known(
            source,
            "https://dblp.org/rec/conf/nips/VaswaniSPUJGKP17",
            {
                "title": ("Attention is All you Need", "dblp:title"),
                "authors": ("", "dblp:author"),
                "date": ("2017", "dblp:year"),
            },
        )
        for source in ("dblp", "dblp-record")
    ),
    Known(
        "citation-file",
        "https://github.com/huggingface/transformers",
        {
            "title": ("Transformers: State-of-the-Art Natural Language Processing", "cff:title"),
            "authors": ("", "cff:authors"),
        },
    ),
    Known(
        "github",
        "https://github.com/openai/gym",
        {"title": ("gym", "github:name"), "authors": ("openai", "github:owner")},
    ),
    Known(
        "wikipedia",
        "https://en.wikipedia.org/wiki/Attention_Is_All_You_Need",
        {"title": ("Attention Is All You Need", "mediawiki:title"), "version": ("", "mediawiki:lastrevid")},
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
