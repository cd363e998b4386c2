"""The seed notes' works as their sites tell them: facts, and what is invented for want of one (see `INVENTED`).

Sites spell names their own way (evhub, Richard_Ngo), and set traps: `createdAt` and `modifiedAt` are no dates of
publication. Where only the day is known the time of day is noon.
"""

from __future__ import annotations

from functools import partial

from litdb.demo.server import LittleWeb
from litdb.demo.sites import blogs, firms
from litdb.demo.sites.arxiv import Paper
from litdb.demo.sites.arxiv import hosts as arxiv_hosts
from litdb.demo.sites.blogs import Article
from litdb.demo.sites.forum import ea_forum, lesswrong
from litdb.demo.sites.forum_facts import Comment, Forum, PostSequence, User
from litdb.demo.sites.forum_facts import Post as ForumPost
from litdb.demo.sites.media import Tweet, Video, twitter, youtube
from litdb.demo.sites.medium import medium
from litdb.demo.sites.registries import doi_hosts
from litdb.demo.sites.substack import Newsletter, substack
from litdb.demo.sites.wayback import Capture, wayback
from web.venue_facts import SITES as VENUES

INVENTED = {
    "W07": "the name as the service spells it",
    "W08": "the date is unverified, its time of day and offset are invented",
    "W12": "the date is unverified",
    "W25": "author and date",
    "W26": "author and date",
    "W30": "the day of v1 is unverified",
    "W35": "the ids and titles of the member posts; the real sequence has fifteen",
}
"""What these facts do not know of the works; the times of day, texts, accounts' ids, createdAt and modifiedAt are
invented throughout."""

Post = partial(ForumPost, created="2009-09-09T09:09:09.009Z", modified="2026-09-09T09:09:09.009Z")


def _noon(**days: str) -> dict[int, str]:
    """Versions by number, at noon of their days."""
    return {int(version[1:]): f"{day}T12:00:00Z" for version, day in days.items()}


PAPERS = (
    Paper(
        "2209.00626",
        "The Alignment Problem from a Deep Learning Perspective",
        ("Richard Ngo", "Lawrence Chan", "Sören Mindermann"),
        _noon(v1="2022-08-30", v2="2022-12-14", v3="2022-12-16", v4="2023-02-22", v5="2023-09-01", v6="2024-03-19")
        | _noon(v7="2025-03-03"),
        ("cs.AI", "cs.LG"),
    ),
    Paper(
        "1901.03559",
        "An investigation of model-free planning",
        tuple(
            "Arthur Guez;Mehdi Mirza;Karol Gregor;Rishabh Kabra;Sébastien Racanière;Théophane Weber;David Raposo;"
            "Adam Santoro;Laurent Orseau;Tom Eccles;Greg Wayne;David Silver;Timothy Lillicrap".split(";")
        ),
        _noon(v1="2019-01-11", v2="2019-05-20"),
        ("cs.LG", "cs.AI", "stat.ML"),
    ),
    Paper(
        "2011.09468",
        "Gradient Starvation: A Learning Proclivity in Neural Networks",
        tuple(
            "Mohammad Pezeshki;Sékou-Oumar Kaba;Yoshua Bengio;Aaron Courville;Doina Precup;Guillaume Lajoie".split(";")
        ),
        _noon(v1="2020-11-18", v4="2021-11-24"),
        ("cs.LG", "math.DS", "stat.ML"),
    ),
    Paper(
        "2204.06974",
        "Planting Undetectable Backdoors in Machine Learning Models",
        ("Shafi Goldwasser", "Michael P. Kim", "Vinod Vaikuntanathan", "Or Zamir"),
        _noon(v1="2022-04-14", v2="2024-11-09"),
        ("cs.LG", "cs.CR"),
    ),
    Paper(
        "1712.05812",
        "Occam's razor is insufficient to infer the preferences of irrational agents",
        ("Stuart Armstrong", "Sören Mindermann"),
        _noon(v1="2017-12-15", v5="2018-10-29", v6="2019-01-11"),
        ("cs.AI",),
    ),
    Paper(
        "2106.01345",
        "Decision Transformer: Reinforcement Learning via Sequence Modeling",
        tuple(
            "Lili Chen;Kevin Lu;Aravind Rajeswaran;Kimin Lee;Aditya Grover;Michael Laskin;Pieter Abbeel;"
            "Aravind Srinivas;Igor Mordatch".split(";")
        ),
        _noon(v1="2021-06-02", v2="2021-06-24"),
        ("cs.LG", "cs.AI"),
    ),
)

_NGO = User("InventedUser00001", "Richard_Ngo", handle="ricraz")
_EVHUB = User("InventedUser00002", "evhub")
_LOGAN = User("InventedUser00003", "Logan Riggs", af_name="Logan Riggs Smith")
_JAN = User("InventedUser00004", "Jan", af_name="Jan Hendrik Kirchner")
_JANUS = User("InventedUser00005", "janus")
_JACQUES = User("InventedUser00006", "jacquesthibs", af_name="Jacques Thibodeau")
_MERWIJK = User("InventedUser00007", "Chris van Merwijk")
_MIKULIK = User("InventedUser00008", "Vladimir Mikulik")
_SKALSE = User("InventedUser00009", "Joar Skalse")
_GARRABRANT = User("InventedUser00010", "Scott Garrabrant")
_BYRNES = User("InventedUser00011", "Steven Byrnes")
_COTRA = User("InventedUser00012", "Ajeya Cotra")
_UDELL = User("InventedUser00013", "David Udell")
_FIRST_COMMENTER = User("InventedUser00014", "invented_commenter_1")
_SECOND_COMMENTER = User("InventedUser00015", "invented_commenter_2")

_RENAMED = Post(
    "KbyRPCAsWv5GtfrbG",
    "the-alignment-problem-from-a-deep-learning-perspective",
    "The alignment problem from a deep learning perspective",
    "2022-08-10T22:46:46.752Z",
    _NGO,
    af=True,
)
_SHORTFORM = Post(
    "FuGfR3jL3sw6r8kB4",
    "richard-ngo-s-shortform",
    "Richard Ngo's Shortform",
    "2020-01-01T12:00:00.000Z",
    _NGO,
    shortform=True,
)
_OPTIMIZATION = partial(Post, user=_EVHUB, coauthors=(_MERWIJK, _MIKULIK, _SKALSE, _GARRABRANT), af=True)
_BRAIN = partial(Post, user=_BYRNES, af=True)

POSTS = (
    Post(
        "FRv7ryoqtvSuqBxuT",
        "understanding-deep-double-descent",
        "Understanding “Deep Double Descent”",
        "2019-12-06T00:00:10.180Z",
        _EVHUB,
        af=True,
    ),
    Post(
        "27AWRKbKyXuzQoaSk",
        "some-conceptual-alignment-research-projects",
        "Some conceptual alignment research projects",
        "2022-08-25T22:51:33.478Z",
        _NGO,
        af=True,
    ),
    Post(
        "EeAgytDZbDjRznPMA",
        "gradient-hacking-definitions-and-examples",
        "Gradient hacking: definitions and examples",
        "2022-06-29T21:35:37.166Z",
        _NGO,
        af=True,
    ),
    Post(
        "poyshiMEhJsAuifKt",
        "outer-vs-inner-misalignment-three-framings-1",
        "Outer vs inner misalignment: three framings",
        "2022-07-06T19:46:50.902Z",
        _NGO,
        af=True,
    ),
    Post(
        "kj37Hzb2MsALwLqWt",
        "alignment-research-exercises",
        "Alignment research exercises",
        "2022-02-21T20:24:16.375Z",
        _NGO,
        af=True,
    ),
    Post(
        "pRkFkzwKZ2zfa3R6H",
        "without-specific-countermeasures-the-easiest-path-to",
        "Without specific countermeasures, the easiest path to transformative AI likely leads to AI takeover",
        "2022-07-18T19:06:14.670Z",
        _COTRA,
        af=True,
    ),
    Post(
        "xqkGmfikqapbJ2YMj",
        "shard-theory-an-overview",
        "Shard Theory: An Overview",
        "2022-08-11T05:44:52.852Z",
        _UDELL,
        af=True,
    ),
    Post(
        "ebYiodG3MAEqskCDG",
        "a-survey-of-tool-use-and-workflows-in-alignment-research-1",
        "A survey of tool use and workflows in alignment research",
        "2022-03-23T23:44:30.058Z",
        _LOGAN,
        (_JAN, _JANUS, _JACQUES),
        af=True,
    ),
    _RENAMED,
    _SHORTFORM,
)
COMMENTS = (
    Comment("on7Y4d8pqrdrxLtec", _SHORTFORM, "2021-11-11T11:11:11.111Z", _FIRST_COMMENTER),
    Comment("3F8x4m2gbTHJ4evL7", _RENAMED, "2022-08-12T12:12:12.122Z", _SECOND_COMMENTER),
)
SEQUENCES = (
    PostSequence(
        "r9tYkB2a8Fp4DN8yB",
        "Risks from Learned Optimization",
        "2009-09-09T09:09:09.009Z",
        _EVHUB,
        (
            _OPTIMIZATION(
                "FkgsxrGf3QxhfLWHG",
                "risks-from-learned-optimization-introduction",
                "Risks from Learned Optimization: Introduction",
                "2019-05-31T23:44:53.000Z",
            ),
            _OPTIMIZATION(
                "q2rCMHNXazALgQpGH",
                "conditions-for-mesa-optimization",
                "Conditions for Mesa-Optimization",
                "2019-06-01T12:00:00.000Z",
            ),
            _OPTIMIZATION(
                "pL56xPoniLvtMDQ4J",
                "the-inner-alignment-problem",
                "The Inner Alignment Problem",
                "2019-06-04T12:00:00.000Z",
            ),
            _OPTIMIZATION(
                "zthDPAjh9w6Ytbeks",
                "deceptive-alignment",
                "Deceptive Alignment",
                "2019-06-05T12:00:00.000Z",
            ),
            _OPTIMIZATION(
                "4XPa3xa44jAWiCkmy",
                "risks-from-learned-optimization-conclusion-and-related-work",
                "Risks from Learned Optimization: Conclusion and Related Work",
                "2019-06-07T12:00:00.000Z",
            ),
        ),
    ),
    PostSequence(
        "HzcM2dkCq7fwXBej8",
        "Intro to Brain-Like-AGI Safety",
        "2009-09-09T09:09:09.009Z",
        _BYRNES,
        (
            _BRAIN(
                "InventedMember001", "invented-first", "The first post (invented title)", "2022-01-26T12:00:00.000Z"
            ),
            _BRAIN("InventedMember015", "invented-last", "The last post (invented title)", "2022-05-17T12:00:00.000Z"),
        ),
    ),
)
EA_POST = Post(
    "InventedEaPost001", "invented-post", "An invented post", "2021-02-03T04:05:06.007Z", User("u", "Ada Invented🔸")
)

NEWSLETTER = Newsletter(
    "aligned.substack.com",
    "Musings on the Alignment Problem",
    "Jan Leike",
    (
        Article(
            "https://aligned.substack.com/p/inner-alignment",
            "What is inner alignment?",
            ("Jan Leike",),
            "2022-05-08T12:00:00-07:00",
            "Musings on the Alignment Problem",
        ),
        Article(
            "https://aligned.substack.com/p/what-is-alignment",
            "What is the alignment problem?",
            ("Jan Leike",),
            "2022-03-29T23:30:00-07:00",
            "Musings on the Alignment Problem",
            modified="2022-11-11T12:00:00-08:00",
        ),
    ),
)
ENGRAVED = Article(
    "https://www.engraved.blog/building-a-virtual-machine-inside/",
    "Building A Virtual Machine inside ChatGPT",
    ("Jonas Degrave",),
    "2022-12-03T12:00:00.000Z",
    "Engraved",
)
REGRET = Article(
    "https://bounded-regret.ghost.io/ml-systems-will-have-weird-failure-modes-2/",
    "ML Systems Will Have Weird Failure Modes",
    ("Jacob Steinhardt",),
    "2022-01-26T12:00:00.000Z",
    "Bounded Regret",
    modified="2023-05-02T12:00:00.000Z",
)
TAKES = Article(
    "https://www.cold-takes.com/ai-could-defeat-all-of-us-combined/",
    "AI Could Defeat All Of Us Combined",
    ("Holden Karnofsky",),
    "2022-06-09T12:00:00.000Z",
    "Cold Takes",
)
REWARD_MODELING = Article(
    "https://deepmindsafetyresearch.medium.com/scalable-agent-alignment-via-reward-modeling-bf4ab06dfd84",
    "Scalable agent alignment via reward modeling",
    ("Jan Leike",),
    "2018-11-20T12:00:00.000Z",
    "DeepMind Safety Research",
)
HUMAN_FEEDBACK = Article(
    "https://deepmind.google/blog/learning-through-human-feedback/",
    "Learning through human feedback",
    ("Jan Leike", "Miljan Martic", "Shane Legg"),
    "2017-06-12",
    "Google DeepMind",
)
_OPENAI = partial(Article, authors=(), site="OpenAI")
OPENAI = (
    _OPENAI("https://openai.com/index/introducing-superalignment", "Introducing Superalignment", published="2023-07-05T07:00:00Z"),
    _OPENAI("https://openai.com/index/our-approach-to-alignment-research", "Our approach to alignment research", published="2022-08-24T07:00:00Z"),
    _OPENAI("https://openai.com/index/instruction-following", "Aligning language models to follow instructions", published="2022-01-27T08:00:00Z"),
    _OPENAI("https://openai.com/index/deep-double-descent", "Deep double descent", published="2019-12-05T08:00:00Z"),
)  # fmt: skip
TWEETS = (
    Tweet("1603862969276051457", "RichardMCNgo", "Richard Ngo", "An invented text of a tweet.", "December 16, 2022"),
    Tweet("1598890043975774208", "goodside", "Riley Goodside", "An invented text of a tweet.", "December 3, 2022"),
    Tweet("1710633967911583994", "ProfNoahGian", "Noah Giansiracusa", "An invented text of a tweet.", "October 7, 2023"),
)  # fmt: skip
VIDEOS = (
    Video(
        "zkbPdEHEyEI",
        "We Were Right! Real Inner Misalignment",
        "Robert Miles AI Safety",
        "2021-10-10T12:00:00-07:00",
    ),
)
CAPTURES = (
    Capture(REWARD_MODELING.url, "20181121120000", medium(REWARD_MODELING, "DeepMind Safety Research")),
    Capture(
        "https://www.deepmind.com/blog/learning-through-human-feedback",
        "20220701120000",
        blogs.plain_page(HUMAN_FEEDBACK),
    ),
)


def _invented(host: str) -> Article:
    address = f"https://{host}/2021/03/an-invented-post/"
    return Article(address, "An invented post", ("Ada Invented",), "2021-03-04T12:00:00+00:00", "Invented Blog")


def seed_web() -> LittleWeb:
    """The web of the seed notes, and three invented blogs at `.example`."""
    return LittleWeb(
        {
            **arxiv_hosts(PAPERS),
            **doi_hosts((), PAPERS),
            **lesswrong(Forum(POSTS, COMMENTS, SEQUENCES)),
            **ea_forum(Forum((EA_POST,))),
            **twitter(TWEETS),
            **youtube(VIDEOS),
            **wayback(CAPTURES),
            **VENUES,
            **firms.openai(*OPENAI),
            **firms.deepmind(HUMAN_FEEDBACK),
            "aligned.substack.com": substack(NEWSLETTER),
            "www.engraved.blog": blogs.ghost(ENGRAVED),
            "bounded-regret.ghost.io": blogs.ghost(REGRET),
            "www.cold-takes.com": blogs.ghost(TAKES),
            "deepmindsafetyresearch.medium.com": blogs.challenged(),
            "medium.com": blogs.challenged(),
            "jekyll.example": blogs.jekyll(_invented("jekyll.example")),
            "wordpress.example": blogs.wordpress(_invented("wordpress.example")),
            "plain.example": blogs.by_hand(_invented("plain.example")),
        }
    )
