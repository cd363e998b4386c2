"""GitHub: repositories by owner and name."""

from __future__ import annotations

import re

from litdb.model import Claim, Identifier, Identity
from litdb.sources.locators import locator
from litdb.sources.protocol import UrlsOnly
from litdb.text.urls import Url

NO_OWNERS = frozenset(
    """about account apps codespaces collections contact copilot customer-stories enterprise events explore features
    issues join login marketplace new nonprofit notifications orgs organizations pricing pulls readme search security
    sessions settings signup site sponsors stars team topics trending users wiki""".split()
)
"""First words of paths that are the platform's own."""

MAIN_BRANCHES = frozenset({"main", "master", "HEAD"})
"""Branches that are no version of their own."""

_OWNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,38}")
_NAME = re.compile(r"(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,100}")


class Github(UrlsOnly):
    """Repositories: their root at any branch, their README and releases; issues, files, wikis, gists are not them."""

    name = "github"

    def identify(self, url: Url) -> Identity | None:
        """What a repository's URL means, with the cited tag or branch as locator.

        >>> from litdb.text.urls import read_url
        >>> found = GITHUB.identify(read_url("https://github.com/OpenAI/gym/tree/v0.21.0#readme"))
        >>> str(found.identifier), found.url, found.locator
        ('github:openai/gym', 'https://github.com/openai/gym', 'v0.21.0')
        >>> GITHUB.identify(read_url("https://github.com/openai/gym/issues/1"))
        """
        if not url.on("github.com"):
            return None
        match url.segments:
            case (owner, name, *view) if _OWNER.fullmatch(owner) and owner.lower() not in NO_OWNERS:
                version = _version(tuple(view))
                repository = f"{owner}/{name.removesuffix('.git')}".lower()
                if version is None or not _NAME.fullmatch(repository.partition("/")[2]):
                    return None
                claims = (Claim("type", "software", "url"),)
                address = f"https://github.com/{repository}"
                return Identity(Identifier("github", repository), address, locator(url, version), claims)
        return None


def _version(view: tuple[str, ...]) -> str | None:
    """The branch or tag that a view of a repository's root shows, empty for the main one; None for other views."""
    match view:
        case () | ("releases",) | ("releases", "latest") | ("tags",):
            return ""
        case ("tree", branch) | ("releases", "tag", branch):
            return "" if branch in MAIN_BRANCHES else branch
        case ("blob", branch, readme) if readme.lower() in ("readme.md", "readme.rst", "readme", "readme.txt"):
            return "" if branch in MAIN_BRANCHES else branch
    return None


GITHUB = Github()
