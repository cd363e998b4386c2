"""The world of `litdb demo`: every author, title, date and identifier below is invented.

The hosts are real names or end in `.example`; the web of this module answers for them on this machine alone. arXiv
never reached number 99000 in a month, forum ids that read `Demo…` belong to nobody, and 10.5555 is the DOI prefix
kept for trying things out.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from litdb.demo.server import LittleWeb
from litdb.demo.sites import blogs
from litdb.demo.sites.arxiv import Paper
from litdb.demo.sites.arxiv import hosts as arxiv_hosts
from litdb.demo.sites.blogs import Article
from litdb.demo.sites.forum import lesswrong
from litdb.demo.sites.forum_facts import Comment, Forum, Post, PostSequence, User
from litdb.demo.sites.markup import document
from litdb.demo.sites.media import Tweet, Video, twitter, youtube
from litdb.demo.sites.registries import Registered, doi_hosts
from litdb.demo.sites.substack import Newsletter, substack
from litdb.demo.sites.wayback import wayback
from litdb.demo.wire import at, moved, page

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_PAPERS = (
    Paper(
        "2203.99001",
        "Pruning Rewards: A Gardener's View of Specification Gaming",
        ("Ada Fernsby", "Ole van der Heide"),
        {1: "2022-03-14T17:59:09Z", 2: "2023-01-09T08:00:00Z"},
        ("cs.AI", "cs.LG"),
        "An invented abstract: a hedge that is paid by the metre grows long and thin.",
        comment="12 pages, 3 hedges",
    ),
    Paper(
        "2106.99017",
        r"Seedlings in Superposition: $\epsilon$-Sparse Roots",
        ("Zoë Quillfeather", "Ada Fernsby", "Mateusz Łąka"),
        {1: "2021-06-28T12:00:00Z"},
        ("cs.LG",),
        "An invented abstract: many seedlings share one pot.",
        doi="10.5555/garden.2021.7",
    ),
)
_JOURNAL = Registered(
    doi="10.5555/garden.2021.7",
    title="Seedlings in Superposition",
    authors=(("Zoë", "Quillfeather"), ("Ada", "Fernsby"), ("Mateusz", "Łąka")),
    issued="2021-11",
    container="Journal of Invented Gardening",
    publisher="Invented Press",
    volume="7",
    pages="70-77",
    url="https://journal.example/garden/2021/7",
    preprint="10.48550/arXiv.2106.99017",
)

_FERNSBY = User("DemoUserFernsby01", "fernsby")
_HEIDE = User("DemoUserHeide0001", "Ole van der Heide")
_LAKA = User("DemoUserLaka00001", "Mateusz Łąka")
_COMPOST = Post(
    "DemoCompostPost01",
    "what-the-compost-remembers",
    "What the compost remembers",
    "2022-08-25T22:51:33.478Z",
    _FERNSBY,
    (_HEIDE,),
    created="2022-05-01T09:00:00.000Z",
    modified="2024-02-02T10:00:00.000Z",
    af=True,
    words="An invented post: old rewards linger in the heap.",
)
_FORUM = Forum(
    posts=(_COMPOST,),
    comments=(
        Comment(
            "DemoCommentOne001",
            _COMPOST,
            "2022-08-26T06:10:00.000Z",
            _LAKA,
            "An invented comment: but does the heap forget when it is turned?",
        ),
    ),
    sequences=(
        PostSequence(
            "DemoSequence00001",
            "A year of small gardens",
            "2021-12-24T12:00:00.000Z",
            _FERNSBY,
            (
                Post("DemoWatering00001", "watering", "Watering by proxy", "2022-01-10T12:00:00.000Z", _FERNSBY),
                Post("DemoWeeding000001", "weeding", "Weeding without labels", "2022-02-14T12:00:00.000Z", _HEIDE),
            ),
        ),
    ),
)

_GHOST = Article(
    "https://tidepool.example/slow-growth/",
    "Slow growth & other virtues",
    ("Ines Holloway", "Bram Oakes"),
    "2022-06-09T15:00:00.000Z",
    "The Tide Pool",
    modified="2023-05-02T12:00:00.000Z",
)
_ALMANAC = Article(
    "https://almanac.example/frost-dates/",
    "Frost dates, kept honestly",
    ("Bram Oakes",),
    "2019-05-20T09:00:00+02:00",
    "The Almanac",
)
_HEDGE = Article(
    "https://plain.example/hedge.html",
    "How a hedge was lost",
    ("Ines Holloway",),
    "2020-04-02",
    "plain.example",
)
_LETTER = Newsletter(
    "litdb-demo-greenhouse.substack.com",
    "Notes from the Greenhouse",
    "Ines Holloway",
    (
        Article(
            "https://litdb-demo-greenhouse.substack.com/p/glass",
            "What glass is for",
            ("Ines Holloway",),
            "2022-03-29T23:30:00-07:00",
            "Notes from the Greenhouse",
        ),
    ),
)
_TWEET = Tweet(
    "1500000000000000001", "litdb_demo", "Ada Fernsby", "An invented tweet: the hedge won again.", "March 5, 2022"
)
_VIDEO = Video("DemoGarden1", "A garden in two minutes", "The Tide Pool", "2021-10-10T09:00:00-07:00")


def _journal_page() -> str:
    """The journal's own page of its article, with the tags that scholars' search engines read."""
    tags = [("citation_author", f"{family}, {given}") for given, family in _JOURNAL.authors]
    tags += [
        ("citation_title", _JOURNAL.title),
        ("citation_journal_title", _JOURNAL.container),
        ("citation_publication_date", _JOURNAL.issued.replace("-", "/")),
        ("citation_doi", _JOURNAL.doi),
        ("citation_volume", _JOURNAL.volume),
    ]
    return document(_JOURNAL.title, tags, body=f"<h1>{_JOURNAL.title}</h1>")


def demo_web() -> LittleWeb:
    """The web in which the demo's notes were written; its `environment` leads there."""
    return LittleWeb(
        {
            **arxiv_hosts(_PAPERS),
            **doi_hosts((_JOURNAL,), _PAPERS),
            **lesswrong(_FORUM),
            **twitter((_TWEET,)),
            **youtube((_VIDEO,)),
            **wayback(()),
            "tidepool.example": blogs.ghost(_GHOST),
            "almanac.example": blogs.jekyll(_ALMANAC),
            "old-almanac.example": (at({"/2019/05/frost-dates": moved(_ALMANAC.url)}),),
            "plain.example": blogs.by_hand(_HEDGE),
            "journal.example": (at({"/garden/2021/7": page(_journal_page())}),),
            "walled-garden.example": blogs.challenged(),
            _LETTER.host: substack(_LETTER),
        }
    )


def demo_notes() -> Traversable:
    """The folder of the demo's notes, with its `litdb.toml`."""
    return files("litdb.demo") / "notes"
