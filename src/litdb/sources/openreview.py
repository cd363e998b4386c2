"""OpenReview: submissions by the id of their forum."""

from __future__ import annotations

import re

from litdb.model import Identifier, Identity
from litdb.sources.locators import locator
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url

PAGES = (("forum",), ("pdf",), ("attachment",))
"""Paths whose `id` is that of a forum; under `references` and `revisions` it is that of a revision."""

_ID = re.compile(r"[A-Za-z0-9_-]{5,40}")


class Openreview(UrlsOnly):
    """Submissions; groups, profiles and revisions are no works. A review or reply is a place in its forum."""

    name = "openreview"

    def identify(self, url: Url) -> Identity | None:
        """What a forum, PDF or attachment URL means.

        >>> from litdb.text.urls import read_url
        >>> found = OPENREVIEW.identify(read_url("https://openreview.net/pdf?id=rJl-b3RcF7&noteId=abc12"))
        >>> str(found.identifier), found.url, found.locator
        ('openreview:rJl-b3RcF7', 'https://openreview.net/forum?id=rJl-b3RcF7', 'noteId=abc12')
        """
        forum, reply = url.get("id"), url.get("noteId")
        if not url.on("openreview.net") or url.segments not in PAGES or not _ID.fullmatch(forum):
            return None
        place = f"noteId={reply}" if _ID.fullmatch(reply) and reply != forum else ""
        address = f"https://openreview.net/forum?id={forum}"
        return Identity(Identifier("openreview", forum), address, locator(url, place))


OPENREVIEW = Openreview()
