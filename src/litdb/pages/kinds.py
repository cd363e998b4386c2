"""What kind of work a page is, by what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from litdb.model import Claim, WorkType
from litdb.pages.head import Head

BY_TAG: Sequence[tuple[str, WorkType]] = (
    ("citation_conference_title", "paper-conference"),
    ("citation_inbook_title", "chapter"),
    ("citation_dissertation_institution", "thesis"),
    ("citation_technical_report_institution", "report"),
    ("citation_journal_title", "article-journal"),
)
"""Highwire tags that only one kind of work has."""

BY_SCHEMA: Mapping[str, WorkType] = {
    "ScholarlyArticle": "article-journal",
    "MedicalScholarlyArticle": "article-journal",
    "BlogPosting": "post-weblog",
    "LiveBlogPosting": "post-weblog",
    "DiscussionForumPosting": "post",
    "SocialMediaPosting": "post",
    "QAPage": "post",
    "Question": "post",
    "VideoObject": "motion_picture",
    "Book": "book",
    "Chapter": "chapter",
    "Thesis": "thesis",
    "Report": "report",
    "Dataset": "dataset",
    "SoftwareSourceCode": "software",
    "SoftwareApplication": "software",
    "WebSite": "website",
}
"""schema.org types; those that say no more than "a page" are left out."""

BLOG_GENERATORS = ("Ghost", "Substack", "Blogger", "Jekyll", "Hugo", "Hexo", "Pelican", "Movable Type", "TypePad")
"""Programs that write blogs, by the beginning of their `generator`."""

BY_OPEN_GRAPH: Mapping[str, WorkType] = {
    "book": "book",
    "video": "motion_picture",
    "video.other": "motion_picture",
    "video.movie": "motion_picture",
}


def kind_claims(head: Head, schema: Sequence[str]) -> Iterator[Claim]:
    """The types that the page claims, the most telling first, `webpage` last."""
    for tag, kind in BY_TAG:
        if head.first(tag):
            yield Claim("type", kind, f"citation:{tag.removeprefix('citation_')}")
    for name in schema:
        if name in BY_SCHEMA:
            yield Claim("type", BY_SCHEMA[name], f"json-ld:{name}")
    if head.first("og:type") in BY_OPEN_GRAPH:
        yield Claim("type", BY_OPEN_GRAPH[head.first("og:type")], "og:type")
    if head.first("og:type") == "article" and head.first("generator").startswith(BLOG_GENERATORS):
        yield Claim("type", "post-weblog", "meta:generator")
    yield Claim("type", "webpage", "page")
