"""GitHub and Wikipedia: what their interfaces tell of repositories and articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from litdb.demo.wire import Call, Part, Reply, data, text


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository: `citation` is its CITATION.cff, `releases` are (tag, moment), the newest first."""

    owner: str
    name: str
    description: str = ""
    created: str = "2009-09-09T09:09:09Z"
    citation: str = ""
    releases: tuple[tuple[str, str], ...] = ()
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article of Wikipedia, with the number and moment of its last revision."""

    title: str
    revision: int
    changed: str
    redirects: Mapping[str, str] = field(default_factory=dict)


def github(*repositories: Repository) -> dict[str, Sequence[Part]]:
    """The interface, which answers 60 questions, as it does to strangers in an hour, and the host of single files."""
    known = {f"{each.owner}/{each.name}".lower(): each for each in repositories}
    known |= {former: each for each in repositories for former in each.was}
    answered: list[str] = []

    def interface(call: Call) -> Reply | None:
        _, repos, owner, name, *rest = [*call.path.split("/"), ""]
        found = known.get(f"{owner}/{name}".lower()) if repos == "repos" else None
        if len(answered) >= 60:
            return data({"message": "API rate limit exceeded for 127.0.0.1."}, 403)
        answered.append(call.path)
        if found is None:
            return data({"message": "Not Found", "status": "404"}, 404)
        return data([_release(*each) for each in found.releases] if rest[0] == "releases" else _repository(found))

    def files(call: Call) -> Reply | None:
        _, owner, name, *rest = call.path.split("/")
        found = known.get(f"{owner}/{name}".lower())
        return text(found.citation) if found and found.citation and rest == ["HEAD", "CITATION.cff"] else None

    return {"api.github.com": (interface,), "raw.githubusercontent.com": (files,)}


def wikipedia(*articles: Article) -> dict[str, Sequence[Part]]:
    """The interface of the English Wikipedia."""
    known = {each.title: each for each in articles}
    leads = {name: each.title for each in articles for name in each.redirects}
    places = {name: place for each in articles for name, place in each.redirects.items()}

    def part(call: Call) -> Reply | None:
        if call.path != "/w/api.php":
            return None
        titles = call.get("titles").split("|")
        redirects = [
            {"from": title, "to": leads[title], **({"tofragment": places[title]} if places[title] else {})}
            for title in titles
            if title in leads
        ]
        wanted = dict.fromkeys(leads.get(title, title) for title in titles)
        pages = [_article(known[title]) if title in known else {"title": title, "missing": True} for title in wanted]
        return data({"batchcomplete": True, "query": {"redirects": redirects, "pages": pages}})

    return {"en.wikipedia.org": (part,)}


def _repository(repository: Repository) -> dict[str, Any]:
    return {
        "name": repository.name,
        "full_name": f"{repository.owner}/{repository.name}",
        "owner": {"login": repository.owner, "type": "User"},
        "description": repository.description or None,
        "created_at": repository.created,
        "pushed_at": "2026-09-09T09:09:09Z",
    }


def _release(tag: str, moment: str) -> dict[str, Any]:
    return {"tag_name": tag, "name": tag, "published_at": moment, "draft": False}


def _article(article: Article) -> dict[str, Any]:
    revision = {"revid": article.revision, "timestamp": article.changed}
    return {
        "title": article.title,
        "displaytitle": f"<span>{article.title}</span>",
        "lastrevid": article.revision,
        "revisions": [revision],
    }
