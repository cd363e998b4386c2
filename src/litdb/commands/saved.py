"""Pages that came another way than over the web: what would have been asked for them, and keeping them as answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from litdb.database.journal import Journal
from litdb.ladder import attempt
from litdb.model import TOLD, Answer, Identifier, Identity, Outcome, Request, Target
from litdb.replay import read
from litdb.sources import as_written, policy_for
from litdb.text.urls import read_url

Endings = Mapping[Identifier, tuple[Outcome, str]]
"""How reading a page ends for each work that it is about."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a page tells: how reading it ends, whether it has a title, and why it tells nothing where it is refused."""

    endings: Endings = field(default_factory=dict)
    has_title: bool = False
    refused: str = ""


def request_for(address: str, identity: Identity) -> Request:
    """The request that would have brought the page at an address."""
    asked = as_written(address) or identity.url
    target = Target(identity.identifier, tuple(dict.fromkeys((identity.url, asked))))
    return Request("page", asked, (target,), step="saved")


def learn_from(page: Answer) -> Learnt:
    """What there is to learn from a page."""
    reading = read(page, "")
    outcome, reason = reading.outcomes.get(page.request.asked[0].identifier, ("partial", ""))
    if outcome not in TOLD:
        return Learnt(refused=reason)
    has_title = any(claim.field == "title" for record in reading.records for claim in record.claims)
    return Learnt(reading.outcomes, has_title)


def keep(journal: Journal, page: Answer, endings: Endings) -> None:
    """Keep a page with how reading it ended."""
    days = policy_for(read_url(page.url)).fresh_days
    ident = journal.keep(page)
    ended = (attempt(each, "page", ending, page.at, fresh_days=days) for each, ending in endings.items())
    journal.settle(replace(each, answer=ident) for each in ended)
