"""GitHub: repositories by owner and name, and what its interface tells where they say nothing of themselves.

Facts: docs.github.com/rest/repos. Without a key sixty questions an hour are answered, one repository each. The day of
creation is nobody's publication, and a release is a day of its version: neither is a date to cite.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from litdb.model import (
    Answer,
    Claim,
    DateKind,
    Identifier,
    Identity,
    Name,
    Outcome,
    Policy,
    Reading,
    Record,
    Request,
    Rung,
    Target,
)
from litdb.sources.locators import locator
from litdb.sources.objects import Object, document, part, read_json, text
from litdb.sources.protocol import Source
from litdb.text.dates import date_claim, read_iso
from litdb.text.names import authors_claim
from litdb.text.titles import clean_title
from litdb.text.urls import Url, read_url

NO_OWNERS = frozenset(
    """about account apps codespaces collections contact copilot customer-stories enterprise events explore features
    issues join login marketplace new nonprofit notifications orgs organizations pricing pulls readme search security
    sessions settings signup site sponsors stars team topics trending users wiki""".split()
)
"""First words of paths that are the platform's own."""

MAIN_BRANCHES = frozenset({"main", "master", "HEAD"})
"""Branches that are no version of their own."""

DAYS: Sequence[tuple[str, DateKind]] = (("created_at", "created"), ("pushed_at", "modified"))
"""The days that GitHub tells of a repository; none of them is one to cite."""

_OWNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,38}")
_ARCHIVE = re.compile(r"(.+?)\.(?:tar\.gz|zip)")
_NAME = re.compile(r"(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,100}")


class Github(Source):
    """Repositories: their root at any branch, their README and releases; issues, files, wikis, gists are not them."""

    name = "github"
    policies: Sequence[Policy] = (
        Policy(("api.github.com",), "api.github.com", interval=1.0, robots=False),
        Policy(("github.com",), "github.com", interval=2.0),
    )
    refusals: Mapping[int, tuple[Outcome, str]] = {
        451: ("gone", "GitHub has taken the repository down for legal reasons (451)"),
    }

    explained = frozenset((403,))

    def identify(self, url: Url) -> Identity | None:
        """What a repository's URL means, with the cited tag or branch as locator.

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

    def rung(self, identifier: Identifier) -> Rung | None:
        """Its interface, behind the repository's own CITATION.cff."""
        return Rung.API if identifier.scheme == "github" else None

    def plan(self, wanted: Sequence[Target]) -> Iterable[Request]:
        """One question for each repository; its releases are asked for where it is there."""
        for target in wanted:
            yield _request(target, "")

    def read(self, answer: Answer) -> Reading:
        """Of a repository: name, owner, description. Of its releases: the version that is cited, or the newest."""
        target = answer.request.asked[0]
        if denied := _denied(answer):
            return Reading(outcomes={target.identifier: denied})
        if answer.request.step == "releases":
            return _read_releases(answer)
        found, refusal = document(answer, "GitHub")
        if refusal:
            return Reading(outcomes={target.identifier: refusal})
        if not text(found, "full_name"):
            strange: tuple[Outcome, str] = "unsupported", "GitHub answers with something else than a repository"
            return Reading(outcomes={target.identifier: strange})
        moved = Identifier("github", text(found, "full_name").lower())
        same = (moved,) if moved != target.identifier else ()
        record = Record(self.name, target.identifier, tuple(_claims(found)), same)
        told: dict[Identifier, tuple[Outcome, str]] = dict.fromkeys((target.identifier, *same), ("ok", ""))
        return Reading((record,), told, (_request(target, "releases"),))


GITHUB = Github()


def _request(target: Target, step: str) -> Request:
    address = f"https://api.github.com/repos/{target.identifier.value}"
    place = f"{address}/{step}?per_page=100" if step else address
    return Request("github", place, (target,), step or "ask", headers=(("Accept", "application/vnd.github+json"),))


def _denied(answer: Answer) -> tuple[Outcome, str] | None:
    """What 403 means: a repository that GitHub itself has shut, or too many questions."""
    if answer.status != 403:
        return None
    if b"access blocked" in answer.body:
        return "gone", "GitHub has blocked access to the repository (403)"
    return "rate-limited", "GitHub answers strangers sixty times an hour (403)"


def _claims(repository: Object) -> Iterator[Claim]:
    if title := clean_title(text(repository, "name")):
        yield Claim("title", title, "github:name")
    if owner := text(part(repository, "owner"), "login"):
        yield authors_claim([Name(literal=owner)], "github:owner")
    if description := clean_title(text(repository, "description")):
        yield Claim("abstract", description, "github:description")
    yield Claim("type", "software", "github:site")
    yield Claim("container", "GitHub", "github:site")
    for key, kind in DAYS:
        if day := read_iso(text(repository, key)):
            yield date_claim(day, kind, f"github:{key}")


def _read_releases(answer: Answer) -> Reading:
    """The release that the notes cite, else the newest that is no trial; one without any is as well known as before."""
    target = answer.request.asked[0]
    cited = {_cited(address) for address in target.urls} - {""}
    releases = [each for each in _listed(answer.body) if text(each, "tag_name") and each.get("draft") is not True]
    finished = [each for each in releases if each.get("prerelease") is not True] or releases
    chosen = next((each for each in releases if text(each, "tag_name") in cited), finished[0] if finished else {})
    claims = []
    if tag := text(chosen, "tag_name"):
        claims.append(Claim("version", tag, "github.releases:tag_name"))
    if day := read_iso(text(chosen, "published_at")):
        claims.append(date_claim(day, "this-version", "github.releases:published_at"))
    records = (Record("github", target.identifier, tuple(claims)),) if claims else ()
    return Reading(records, {target.identifier: ("ok", "")})


def _listed(body: bytes) -> list[Object]:
    found = read_json(body)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _cited(address: str) -> str:
    """The tag or branch that an address of the repository names."""
    found = GITHUB.identify(read_url(address))
    return found.locator.partition("#")[0] if found else ""


def _version(view: tuple[str, ...]) -> str | None:
    """The branch or tag that a view of a repository's root shows, empty for the main one; None for other views."""
    match view:
        case () | ("releases",) | ("releases", "latest") | ("tags",):
            return ""
        case ("archive", *_, name) if found := _ARCHIVE.fullmatch(name):
            return "" if found[1] in MAIN_BRANCHES else found[1]
        case ("tree", branch) | ("releases", "tag", branch):
            return "" if branch in MAIN_BRANCHES else branch
        case ("blob", branch, readme) if readme.lower() in ("readme.md", "readme.rst", "readme", "readme.txt"):
            return "" if branch in MAIN_BRANCHES else branch
    return None
