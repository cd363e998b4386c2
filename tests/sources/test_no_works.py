"""Addresses that are no works, and their neighbours that are."""

from __future__ import annotations

import pytest

from litdb.sources import identify


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://twitter.com/ann_ek", "a profile on Twitter"),
        ("https://x.com/ann_ek/with_replies", "a profile on Twitter"),
        ("https://mobile.twitter.com/search?q=hedges", "a menu of Twitter"),
        ("https://twitter.com/i/lists/1598890043975774208", "a list on Twitter"),
        ("https://medium.com/@ann.ek", "a profile on Medium"),
        ("https://medium.com/tag/gardens", "a menu of Medium"),
        ("https://medium.com/@ann/list/reading-bf4ab06dfd84", "a reading list on Medium"),
        ("https://substack.com/@annek", "a profile on Substack"),
        ("https://substack.com/profile/42-ann-ek", "a profile on Substack"),
        ("https://github.com/ann-ek/", "a profile on GitHub"),
        ("https://github.com/search?q=hedges", "a menu of GitHub"),
        ("https://www.lesswrong.com/users/ann-ek", "a profile on a forum"),
        ("https://forum.effectivealtruism.org/users/ann-ek?from=x", "a profile on a forum"),
        ("https://de.linkedin.com/in/ann-ek", "a profile on LinkedIn"),
        ("https://www.google.com/search?q=hedges", "a search"),
        ("https://scholar.google.com/citations?user=abc", "a profile at Google Scholar"),
        ("https://orcid.org/0000-0002-1825-009X", "a profile at ORCID"),
        ("https://openreview.net/profile?id=~Ann_Ek1", "a profile or a menu of OpenReview"),
        ("https://arxiv.org/a/ek_a_1", "a list of arXiv"),
        ("https://dblp.org/pid/33/4854.html", "a profile at dblp"),
        ("https://dblp.uni-trier.de/pers/hd/e/Ek:Ann", "a profile at dblp"),
        ("https://dblp.org/search/publ?q=hedges", "a search of dblp"),
        ("https://www.youtube.com/results?search_query=hedges", "a menu of YouTube"),
        ("https://www.youtube.com/", "the front page of a platform"),
        ("https://twitter.com", "the front page of a platform"),
        ("https://github.com/", "the front page of a platform"),
        ("https://twitter.com/intent/tweet?text=Hedges&url=https://example.org/", "a button that shares a page"),
        ("https://x.com/share?url=https://example.org/", "a button that shares a page"),
        ("https://www.facebook.com/sharer/sharer.php?u=https://example.org/", "a button that shares a page"),
        ("https://www.linkedin.com/shareArticle?mini=true&url=https://example.org/", "a button that shares a page"),
        ("https://www.reddit.com/submit?url=https://example.org/", "a button that shares a page"),
        ("https://t.me/share/url?url=https://example.org/", "a button that shares a page"),
        ("https://mail.google.com/mail/u/0/#inbox", "somebody's mail"),
        ("https://calendar.google.com/calendar/event?eid=x", "somebody's calendar"),
        ("https://us02web.zoom.us/j/84730000000?pwd=x", "a meeting"),
        ("https://calendly.com/ann-ek/30min", "a meeting"),
        ("https://meet.google.com/abc-defg-hij", "a meeting"),
        ("https://teams.microsoft.com/l/meetup-join/19%3ameeting_x", "a meeting"),
        ("https://discord.com/channels/1/2/3", "a conversation on Discord"),
        ("https://discord.gg/abcdef", "a conversation on Discord"),
        ("https://gardens.slack.com/archives/C01ABC/p1680430000000000", "a conversation on Slack"),
        ("https://app.slack.com/client/T1/C1", "a conversation on Slack"),
        ("https://t.me/c/1234567/890", "a conversation on Telegram"),
        ("https://chat.whatsapp.com/AbCdEf", "a conversation"),
        ("https://read.readwise.io/read/01gv7h9a2b", "somebody's own copy at Readwise"),
        ("https://readwise.io/to_kindle?action=open&asin=B00ABC1234&location=123", "somebody's own copy at Readwise"),
        ("https://omnivore.app/me/hedges-187e#abc", "somebody's own copy at Omnivore"),
        ("https://www.instapaper.com/read/1500000000", "somebody's own copy at Instapaper"),
        ("https://feedly.com/i/entry/abc=_187", "somebody's own list"),
        ("https://www.overleaf.com/project/5f0c0c0c0c0c0c0c0c0c0c0c", "a manuscript that somebody writes at Overleaf"),
        ("https://chatgpt.com/c/6412ab34-1234-4bcd-9abc-0123456789ab", "a conversation with a machine"),
        (
            "https://chat.openai.com/g/g-abc-hedges/c/6412ab34-1234-4bcd-9abc-0123456789ab",
            "a conversation with a machine",
        ),
        ("https://claude.ai/chat/6412ab34-1234-4bcd-9abc-0123456789ab", "a conversation with a machine"),
        ("https://www.zotero.org/users/123456/items/ABC123", "somebody's library at Zotero"),
        ("https://www.zotero.org/annek/items/ABC123/library", "somebody's library at Zotero"),
        ("https://ann.substack.com/subscribe?utm_source=x", "a form for subscribers"),
        ("https://ann.substack.com/action/disable_email?token=x", "a form for subscribers"),
        ("https://ann.us1.list-manage.com/unsubscribe?u=x", "a form for subscribers"),
        ("https://github.com/ann-ek/hedges/actions/workflows/ci.yml", "a list of GitHub"),
        ("https://github.com/ann-ek/hedges/stargazers", "a list of GitHub"),
        ("https://example.org/figures/loss.PNG?raw=1", "an image"),
        ("https://pbs.twimg.com/media/abc.jpg", "an image"),
        ("https://web.archive.org/web/2023/https://example.org/x.svg", "an image"),
        ("https://example.org/podcast/1.mp3", "a sound file"),
        ("https://example.org/code.tar.gz", "an archive of files"),
        ("https://example.org/setup.exe", "a program"),
    ],
)
def test_address_is_no_work_and_says_why(url, words):
    assert identify(url).not_a_work == words


@pytest.mark.parametrize(
    "url",
    [
        "https://twitter.com/ann_ek/status/1598890043975774208",
        "https://x.com/ann_ek/article/1598890043975774208",
        "https://medium.com/@ann/a-story-bf4ab06dfd84",
        "https://ann.medium.com/",
        "https://ann.substack.com/",
        "https://github.com/ann-ek/hedges",
        "https://github.com/ann-ek/hedges/issues/1",
        "https://github.com/features",
        "https://github.com/ann-ek/hedges/discussions/1",
        "https://slack.com/blog/hedges",
        "https://discord.com/blog/hedges",
        "https://readwise.io/blog/hedges",
        "https://www.zotero.org/groups/123/hedges",
        "https://www.zotero.org/support/hedges",
        "https://blog.readwise.io/hedges",
        "https://chatgpt.com/share/6412ab34-1234-4bcd-9abc-0123456789ab",
        "https://claude.ai/share/6412ab34-1234-4bcd-9abc-0123456789ab",
        "https://blog.omnivore.app/p/hedges",
        "https://www.overleaf.com/latex/templates/hedges/abc",
        "https://blog.instapaper.com/post/1",
        "https://www.lesswrong.com/posts/PostA222222222222/hedges",
        "https://www.lesswrong.com/tag/hedges",
        "https://www.linkedin.com/pulse/hedges-ann-ek",
        "https://www.youtube.com/@annek",
        "https://zoom.us/rec/share/abc",
        "https://www.facebook.com/groups/1/posts/2",
        "https://t.me/hedges/12",
        "https://www.youtube.com/playlist?list=PLabc",
        "https://en.wikipedia.org/wiki/File:Hedge.png",
        "https://github.com/ann-ek/hedges/blob/main/hedge.png",
        "https://example.org/paper.ps.gz",
        "https://example.org/paper.pdf",
        "https://example.org/lecture.mp4",
        "https://example.org/version-1.0",
        "https://example.png/",
        "https://example.org/png",
    ],
)
def test_neighbour_may_be_a_work(url):
    assert identify(url).not_a_work == ""


def test_wiki_page_about_a_file_is_no_article_and_still_a_page():
    assert identify("https://en.wikipedia.org/wiki/File:Hedge.png").identifier.scheme == "url"
