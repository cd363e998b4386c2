"""Sites whose pages have several addresses: old and new looks, former domains, short links, copies of a registry.

Each rule says which addresses are one page and by which of them it is cited. What belongs to a scheme of its own
(arXiv, tweets, videos, DOIs) has its own source, which knows its twins; `www`, `m` and `amp` hosts are one everywhere.
"""

from __future__ import annotations

from litdb.model import Identity
from litdb.sources.page_rules import Rules, by_rule, rule
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url

_REDDIT = "reddit.com *.reddit.com libredd.it libreddit.* redlib.* teddit.*"
_SUBMISSION = r"(?:/(?:r|u|user)/[\w-]+)?/(?:comments|tb)/(?P<id>[a-z0-9]{4,10})"
_PUBMED = "pubmed.ncbi.nlm.nih.gov/{id}/"
_PMC = "pmc.ncbi.nlm.nih.gov/articles/PMC{id}/"
_FORUM_TAG = r"/(?:tag|w)/(?P<id>[\w-]+)(?:/discussion)?"
_EXCHANGE = """stackoverflow.com *.stackoverflow.com *.stackexchange.com askubuntu.com mathoverflow.net
    meta.mathoverflow.net serverfault.com stackapps.com superuser.com"""
_ACTIVITY = "www.linkedin.com/feed/update/urn:li:activity:{id}/"
_README = r"(?!(?i:readme)(?:\.\w+)?\Z)"
_APPLE = r"(?:/[a-z]{2})?/podcast/(?:[^/]+/)?id(?P<show>\d{6,12})"

TWINS = Rules(
    (
        # talk
        rule(
            _REDDIT, rf"{_SUBMISSION}/[^/]*/(?P<comment>[a-z0-9]{{4,10}})", "www.reddit.com/comments/{id}/_/{comment}/"
        ),
        rule(_REDDIT, rf"{_SUBMISSION}(?:\.json|/[^/]*)?", "www.reddit.com/comments/{id}/"),
        rule("redd.it", r"/(?P<id>[a-z0-9]{4,10})", "www.reddit.com/comments/{id}/"),
        rule(_EXCHANGE, r"/questions/\d+/[^/]*/(?P<id>\d+)", "/a/{id}"),
        rule(_EXCHANGE, r"/a/(?P<id>\d+)(?:/\d+)?", "/a/{id}"),
        rule(_EXCHANGE, r"/(?:q|questions)/(?P<id>\d+)(?:/[^/]*)?", "/questions/{id}"),
        rule("*", r"/users/(?P<user>\w+)/statuses/(?P<id>\d{15,20})", "/@{user}/{id}"),  # Mastodon
        rule("*", r"/(?P<user>@\w+)/(?P<id>\d{15,20})/embed", "/{user}/{id}"),
        rule("hn.algolia.com", r"/api/v1/items/(?P<id>\d+)", "news.ycombinator.com/item?id={id}"),
        rule("hacker-news.firebaseio.com", r"/v0/item/(?P<id>\d+)\.json", "news.ycombinator.com/item?id={id}"),
        rule("*.tumblr.com", r"/post/(?P<id>\d{6,20})(?:/[^/]*)?(?:/amp)?", "/post/{id}"),
        rule(
            "tumblr.com", r"/(?:blog/view/)?(?P<blog>[\w-]+)/(?P<id>\d{6,20})(?:/[^/]*)?", "{blog}.tumblr.com/post/{id}"
        ),
        rule(
            "lesswrong.com greaterwrong.com",
            r"(?:/r/[\w-]+)?/lw/(?P<id>[a-z0-9]{1,4})(?:/[^/]*)?",
            "www.lesswrong.com/lw/{id}/",
        ),
        rule("lesswrong.com greaterwrong.com alignmentforum.org", _FORUM_TAG, "www.lesswrong.com/w/{id}"),
        rule(
            "forum.effectivealtruism.org ea.greaterwrong.com",
            r"/(?:tag|topics)/(?P<id>[\w-]+)(?:/discussion)?",
            "forum.effectivealtruism.org/topics/{id}",
        ),
        rule("linkedin.com *.linkedin.com", r"/posts/[^/]+-activity-(?P<id>\d{19})-[\w-]+", _ACTIVITY),
        rule("linkedin.com *.linkedin.com", r"/feed/update/urn:li:activity:(?P<id>\d{19})", _ACTIVITY),
        rule("linkedin.com", r"/comm/(?P<id>(?:pulse|posts|feed)/.+)", "/{id}"),
        rule("mailchi.mp", r"/(?P<id>[^/]+/[^/]+)", "/{id}"),
        rule(
            "bbc.com bbc.co.uk",
            r"/news/(?:amp/)?(?P<id>(?:[a-z]+-)*\d{7,9}|articles/\w+)(?:\.amp)?",
            "www.bbc.com/news/{id}",
        ),
        rule("t.me telegram.me", r"/(?:s/)?(?P<channel>\w{4,32})/(?P<id>\d+)", "t.me/{channel}/{id}"),
        rule("threads.net threads.com", r"/(?P<id>@[\w.]+/post/[\w-]+)", "www.threads.com/{id}"),
        rule("instagram.com", r"(?:/[\w.]+)?/(?:p|reel|tv)/(?P<id>[\w-]{8,14})", "/p/{id}/"),
        rule("metaculus.com", r"/questions/(?:embed/)?(?P<id>\d+)(?:/[^/]*)?", "/questions/{id}/"),
        # registries and their copies
        rule("pubmed.ncbi.nlm.nih.gov pubmed.gov", r"/(?P<id>\d{4,9})", _PUBMED),
        rule("ncbi.nlm.nih.gov", r"/pubmed/(?P<id>\d{4,9})", _PUBMED),
        rule("ncbi.nlm.nih.gov", r"/m/pubmed/(?P<id>\d{4,9})", _PUBMED),
        rule("ncbi.nlm.nih.gov", r"/pmc/articles/pmid/(?P<id>\d{4,9})", _PUBMED),
        rule("pubmed.ncbi.nlm.nih.gov", "", _PUBMED, "term"),
        rule("ncbi.nlm.nih.gov", "/pubmed", _PUBMED, "term"),
        rule("ncbi.nlm.nih.gov", r"/entrez/(?:query|utils/[\w.]+)\.fcgi", _PUBMED, "list_uids"),
        rule("europepmc.org", r"/(?:article|abstract)/(?i:med)/(?P<id>\d{4,9})", _PUBMED),
        rule("ncbi.nlm.nih.gov", r"/pmc/articles/(?:PMC)?(?P<id>\d{4,9})(?:/.*)?", _PMC),
        rule("pmc.ncbi.nlm.nih.gov", r"/articles/PMC(?P<id>\d{4,9})(?:/.*)?", _PMC),
        rule("pubmedcentral.nih.gov pubmedcentral.gov", r"/(?:articlerender|picrender)\.fcgi", _PMC, "artid"),
        rule("europepmc.org", r"/(?:article/(?i:pmc)|articles)/(?i:pmc)(?P<id>\d{4,9})(?:/.*)?", _PMC),
        rule("europepmc.org", r"/backend/ptpmcrender\.fcgi", _PMC, "accid", r"PMC(?P<id>\d{4,9})"),
        rule(
            "semanticscholar.org",
            r"/(?:paper/(?:[^/]+/)?|reader/)(?P<id>[0-9a-f]{40})(?:/figure/\d+)?",
            "www.semanticscholar.org/paper/{id}",
        ),
        rule(
            "jstor.org", r"/(?:stable|pss)/(?:pdf/|pdfplus/|info/|10\.2307/)?(?P<id>\d{3,12})(?:\.pdf)?", "/stable/{id}"
        ),
        rule("muse.jhu.edu", r"(?:/pub/\d+)?/article/(?P<id>\d+)(?:/(?:pdf|summary))?", "/article/{id}"),
        rule(
            "plato.stanford.edu plato.sydney.edu.au seop.illc.uva.nl",
            r"/entries/(?P<id>[\w-]+)(?:/index\.html)?",
            "plato.stanford.edu/entries/{id}/",
        ),
        rule(
            "citeseerx.ist.psu.edu citeseerx.psu.edu",
            r"/viewdoc/(?:download|similar|summary|versions)",
            "citeseerx.ist.psu.edu/viewdoc/summary?doi={id}",
            "doi",
            r"(?P<id>10\.1\.1\.\d+\.\d+)",
        ),
        rule("psycnet.apa.org", r"/(?:buy|fulltext|record)/(?P<id>\d{4}-\d{5}-\d{3})(?:\.html|\.pdf)?", "/record/{id}"),
        rule("osti.gov", r"/(?:biblio|pages/biblio|servlets/purl)/(?P<id>\d{4,9})(?:-.*)?", "/biblio/{id}"),
        rule("ntrs.nasa.gov", r"/(?:api/)?citations/(?P<id>\d{11})(?:/downloads/.*)?", "/citations/{id}"),
        rule("ntrs.nasa.gov", r"/archive/nasa/casi\.ntrs\.nasa\.gov/(?P<id>\d{11})\.pdf", "/citations/{id}"),
        rule("ntrs.nasa.gov", r"/search\.jsp", "/citations/{id}", "R", r"(?P<id>\d{11})"),
        rule(
            "apps.dtic.mil",
            r"/sti/(?:citations|html|pdfs)/(?:tr/)?(?P<id>AD[A-Z]?\d{6,7})(?:\.pdf)?",
            "/sti/citations/{id}",
        ),
        rule("patents.google.com", r"/patent/(?P<id>[A-Z]{2}\w{4,16})(?:/[a-z]{2})?", "/patent/{id}/en"),
        rule("wikidata.org", r"/(?:entity|wiki)/(?P<id>Q\d+)", "/wiki/{id}"),
        rule("dl.acm.org", r"/citation\.cfm", "/citation.cfm?id={id}", "id", r"(?P<id>\d{4,9}\.\d{4,9})"),
        rule(
            "philpapers.org philarchive.org",
            r"/(?:rec|archive)/(?P<id>[A-Z]{3,8}(?:-\d{1,3})?)(?:v\d+)?(?:\.pdf)?",
            "philpapers.org/rec/{id}",
        ),
        rule(
            "core.ac.uk", r"/(?:download(?:/pdf)?|reader|display|outputs)/(?P<id>\d{5,10})(?:\.pdf)?", "/outputs/{id}"
        ),
        rule(
            "mathscinet.ams.org ams.org",
            r"/mathscinet-getitem|/mathscinet/article",
            "mathscinet.ams.org/mathscinet-getitem?mr={id}",
            "mr",
            r"(?:MR)?0*(?P<id>\d{1,7})",
        ),
        rule("zbmath.org", "", "/{id}", "q", r"an:(?P<id>\d{4}\.\d{5}|\d{7,8})"),
        rule("projecteuclid.org", r"/(?:download/pdf_1/)?(?P<id>euclid\.\w+/\d+)", "/{id}"),
        # books
        rule("goodreads.com", r"(?:/[a-z]{2})?/book/show/(?P<id>\d+)(?:[.-].*)?", "/book/show/{id}"),
        rule("amazon.*", r"(?:/[^/]+)?/(?:dp|gp/product)/(?P<id>B[A-Z0-9]{9})(?:/.*)?", "/dp/{id}"),
        rule(
            "books.google.* play.google.com",
            r"/books(?:/about/[^/]+|/reader)?|/store/books/details",
            "books.google.com/books?id={id}",
            "id",
            r"(?P<id>[\w-]{12})",
        ),
        rule("google.*", r"/books/edition/[^/]+/(?P<id>[\w-]{12})", "books.google.com/books?id={id}"),
        rule("openlibrary.org", r"/(?P<id>books/OL\d+M|works/OL\d+W)(?:/[^/]*)?", "/{id}"),
        rule(
            "worldcat.org search.worldcat.org",
            r"/(?:title/)?(?:[^/]+/)?(?:oclc/|(?<=title/))(?P<id>\d+)",
            "search.worldcat.org/title/{id}",
        ),
        rule("archive.org", r"/(?:details|embed)/(?P<id>[\w.-]+)(?:/(?:page|mode)/.*)?", "/details/{id}"),
        rule("archive.org", r"/stream/(?P<id>[\w.-]+)/(?P=id)_djvu\.txt", "/details/{id}"),
        rule("archive.org", r"/download/(?P<id>[\w.-]+)/(?P=id)(?:_text)?\.pdf", "/details/{id}"),
        # films and sound
        rule(
            "youtube.com music.youtube.com",
            "/playlist|/embed/videoseries",
            "www.youtube.com/playlist?list={id}",
            "list",
            r"(?P<id>[\w-]{12,50})",
        ),
        rule("bilibili.com", r"/video/(?P<id>BV[A-Za-z0-9]{10}|av\d{2,12})", "/video/{id}/"),
        rule("vimeo.com", r"(?:/channels/\w+|/groups/\w+/videos)?/(?P<id>\d{5,11})", "/{id}"),
        rule("player.vimeo.com", r"/video/(?P<id>\d{5,11})", "vimeo.com/{id}"),
        rule(
            "podcasts.apple.com itunes.apple.com",
            _APPLE,
            "podcasts.apple.com/us/podcast/id{show}?i={id}",
            "i",
            r"(?P<id>\d{6,14})",
        ),
        rule("podcasts.apple.com itunes.apple.com", _APPLE, "podcasts.apple.com/us/podcast/id{show}"),
        rule("open.spotify.com", r"/(?:intl-\w+/)?(?:embed/)?(?P<id>(?:episode|show|track|album)/\w{22})", "/{id}"),
        rule("slideslive.com", r"/(?P<id>\d{8})(?:/[^/]*)?", "/{id}"),
        rule("ted.com", r"/talks/(?P<id>\w+)(?:/transcript)?", "/talks/{id}"),
        rule("imdb.com", r"/title/(?P<id>tt\d{7,8})(?:/reference)?", "/title/{id}/"),
        # files and code
        rule(
            "docs.google.com",
            r"(?:/a/[\w.-]+)?/(?P<kind>document|spreadsheets|presentation)(?:/u/\d)?/d/(?P<id>[\w-]{20,})(?:/.*)?",
            "/{kind}/d/{id}/edit",
        ),
        rule("drive.google.com", r"/file(?:/u/\d)?/d/(?P<id>[\w-]{20,})(?:/.*)?", "/file/d/{id}/view"),
        rule("drive.google.com", "/uc", "/file/d/{id}/view", "id", r"(?P<id>[\w-]{20,})"),
        rule(
            "dropbox.com dl.dropboxusercontent.com dl.dropbox.com",
            r"/s/(?P<id>\w{10,20}/[^/]+)",
            "www.dropbox.com/s/{id}",
        ),
        rule("github.com", r"/(?P<id>[\w.-]+/[\w.-]+/pull/\d+)/(?:checks|commits|files)", "/{id}"),
        rule(
            "gist.github.com",
            r"/(?:[\w-]+/)?(?P<id>[0-9a-f]{20}|[0-9a-f]{32})(?:/(?:forks|revisions|stargazers|raw/.*))?",
            "/{id}",
        ),
        rule(
            "gist.githubusercontent.com",
            r"/[\w-]+/(?P<id>[0-9a-f]{20}|[0-9a-f]{32})/raw(?:/.*)?",
            "gist.github.com/{id}",
        ),
        rule(
            "github.com",
            rf"/(?P<repository>[\w.-]+/[\w.-]+)/(?:blob|raw)/(?:refs/heads/)?(?P<branch>[\w.-]+)/{_README}(?P<id>.+)",
            "github.com/{repository}/blob/{branch}/{id}",
        ),
        rule(  # what is under mlresearch are papers of PMLR
            "raw.githubusercontent.com",
            rf"/(?P<repository>(?!mlresearch/)[\w.-]+/[\w.-]+)/(?:refs/heads/)?(?P<branch>[\w.-]+)/{_README}(?P<id>.+)",
            "github.com/{repository}/blob/{branch}/{id}",
        ),
        rule(
            "nbviewer.* colab.research.google.com", r"/github/(?P<id>[\w.-]+/[\w.-]+/blob/.+\.ipynb)", "github.com/{id}"
        ),
        rule("gitlab.com", r"/(?P<id>[\w.-]+(?:/[\w.-]+)+?)(?:\.git|/-/tree/(?:main|master))", "/{id}"),
        rule(
            "huggingface.co hf.co",
            r"/(?P<id>(?:(?:datasets|spaces)/)?(?!(?:api|blog|chat|collections|docs|learn|papers|spaces|datasets|tasks)/)"
            r"[\w.-]+/[\w.-]+)(?:/tree/main|/blob/main/README\.md|/viewer(?:/.*)?)?",
            "huggingface.co/{id}",
        ),
        rule("kaggle.com", r"/(?:c|competitions)/(?P<id>[\w-]+)(?:/overview)?", "/competitions/{id}"),
    )
)
"""In the order in which they are tried."""


class Twins(UrlsOnly):
    """Pages of sites that show them under several addresses."""

    name = "twins"

    def identify(self, url: Url) -> Identity | None:
        """The page under the address that it is cited by; None where no rule knows it.

        >>> from litdb.text.urls import read_url
        >>> TWINS_SOURCE.identify(read_url("https://www.ncbi.nlm.nih.gov/pubmed/12345678")).url
        'https://pubmed.ncbi.nlm.nih.gov/12345678/'
        >>> TWINS_SOURCE.identify(read_url("https://www.reddit.com/r/MachineLearning/"))
        """
        return by_rule(url, TWINS)


TWINS_SOURCE = Twins()
