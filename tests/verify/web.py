"""The web of the sixty entries: the seeds' own, some works of registries, and ten sites that refuse machines."""

from __future__ import annotations

import pytest

from litdb.demo.server import LittleWeb
from litdb.demo.sites import blogs
from litdb.demo.sites.arxiv import Paper
from litdb.demo.sites.arxiv import hosts as arxiv_hosts
from litdb.demo.sites.forum import ea_forum, lesswrong
from litdb.demo.sites.forum_facts import Forum
from litdb.demo.sites.media import twitter, youtube
from litdb.demo.sites.registries import Registered, doi_hosts
from litdb.demo.sites.substack import substack
from litdb.demo.sites.wayback import wayback
from web import facts
from web.venue_facts import SITES

REFUSALS = {
    "cloudflare.example": "cloudflare",
    "vercel.example": "vercel",
    "forbidden.example": "forbidden",
    "busy.example": "rate-limit-hour",
    "login.example": "login",
    "error.example": "server-error",
    "silent.example": "drop",
    "home.example": "home",
    "paywall.example": "paywall",
}
"""Sites that do not tell, and how they refuse; `nowhere.example` is not there at all."""

ROOTS = Paper(
    "2012.99017",
    r"Seedlings in Superposition: $\epsilon$-Sparse Roots",
    ("Zoë Quillfeather", "Ada Fernsby", "Mateusz Łąka"),
    {1: "2020-12-28T12:00:00Z", 2: "2021-03-01T12:00:00Z"},
    ("cs.LG",),
    doi="10.5555/roots",
)
PAPERS = (*facts.PAPERS, ROOTS)
REGISTERED = (
    Registered(
        "10.5555/roots",
        "Seedlings in Superposition: Sparse Roots",
        (("Zoë", "Quillfeather"), ("Ada", "Fernsby"), ("Mateusz", "Łąka")),
        "2021-11",
        "Journal of Machine Learning Research",
        volume="22",
        pages="70-77",
        preprint="10.48550/arXiv.2012.99017",
    ),
    Registered(
        "10.5555/hedges",
        "The Growth of Hedges under Partial Observation: A Survey",
        (("José", "García Márquez"), ("Ole", "van der Heide"), ("Ada", "Fernsby")),
        "2019-03-14",
        "Proceedings of the National Academy of Sciences",
        volume="116",
        pages="1234-1249",
    ),
    Registered(
        "10.5555/compost",
        "What Compost Remembers",
        (("Karl Heinz", "Müller"), ("Søren", "Åkesson")),
        "2020-07",
        "IEEE Transactions on Pattern Analysis and Machine Intelligence",
        volume="42",
        pages="e77",
    ),
    Registered(
        "10.5555/greenhouse",
        "Greenhouses as Agents",
        (("Ada", "Fernsby"), ("Mateusz", "Łąka")),
        "2020-12-06",
        "Advances in Neural Information Processing Systems",
        type="proceedings-article",
        pages="100-112",
    ),
    Registered(
        "10.5555/glass",
        "What Glass Is For",
        (("Ines", "Holloway"),),
        "2018",
        "The Annals of Statistics",
        volume="46",
        pages="2001-2020",
    ),
    Registered(
        "10.5555/frost",
        "Frost Dates, 1850-1950",
        (("Bram", "Oakes"), ("Ines", "Holloway")),
        "2017-02-03",
        type="dataset",
        publisher="Invented Archive",
        agency="DataCite",
    ),
)


def verify_web() -> LittleWeb:
    """The web; the sites that refuse do so already."""
    post = [
        blogs.Article(f"https://{host}/roots/", "Roots", ("Ada Fernsby",), "2021-03-04", "Roots") for host in REFUSALS
    ]
    web = LittleWeb(
        {
            **arxiv_hosts(PAPERS),
            **doi_hosts(REGISTERED, PAPERS),
            **lesswrong(Forum(facts.POSTS, facts.COMMENTS, facts.SEQUENCES)),
            **ea_forum(Forum((facts.EA_POST,))),
            **twitter(facts.TWEETS),
            **youtube(facts.VIDEOS),
            **wayback(facts.CAPTURES),
            **SITES,
            "aligned.substack.com": substack(facts.NEWSLETTER),
            "www.engraved.blog": blogs.ghost(facts.ENGRAVED),
            "bounded-regret.ghost.io": blogs.ghost(facts.REGRET),
            "www.cold-takes.com": blogs.ghost(facts.TAKES),
            **{article.url.split("/")[2]: blogs.ghost(article) for article in post},
        }
    )
    for host, fault in REFUSALS.items():
        web.fault(host, fault)
    return web


@pytest.fixture
def web(monkeypatch, tmp_path):
    """The web of the sixty entries, and the program standing in an empty folder."""
    monkeypatch.chdir(tmp_path)
    with verify_web() as web:
        for name, value in web.environment().items():
            monkeypatch.setenv(name, value)
        yield web
