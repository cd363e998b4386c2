"""The health of an address, judged from all that the journal knows of it: every look at it, over the days.

One failing look says little: sites are down for a night, front doors refuse machines, one's own line is cut. An address
is called dead only after looks on several different days, none of which found anything.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Literal, NamedTuple

from litdb.checks.repairs import is_move
from litdb.model import Attempt, Identifier, Outcome
from litdb.sources import kind_of, knows_all
from litdb.text.times import later, read_utc

State = Literal["alive", "moved", "dying", "dead", "soft-404", "home-redirect", "walled", "unchecked"]
"""What has become of an address.

`moved`: alive at another address, to which it leads for good. `dying`: failing, but not yet often enough. `soft-404`:
the site answers, and its page says that there is no such page. `home-redirect`: the site sends to its front page or to
a list instead. `walled`: somebody is there who does not let machines in. `unchecked`: nobody has looked.
"""

Sign = Literal["there", "absent", "soft-404", "home-redirect", "silent", "failing", "walled"]
"""What one look says: the page is there; the site says that it is not; nobody answers; something is out of order."""

DAYS = 3
"""On so many different days a look has to fail before an address is dead."""

OUT_OF_ORDER = timedelta(days=14)
"""What is out of order (a server's error, no answer in time, a bad certificate) has to stay so for so long as well."""

LOOK_AGAIN_DAYS = 30
"""What is settled (dead, replaced by another page) is looked at again after so many days: it may have come back."""

LOST: frozenset[State] = frozenset(("dying", "dead", "soft-404", "home-redirect"))
"""States in which a reader does not find the work at its address, so that a copy in an archive helps."""

SEES_THE_PAGE = "page"
"""The source that asks the address itself. The others ask the interfaces of the site."""

ELSEWHERE = frozenset("inspire citation-file isbn pdf-landing".split())
"""Sources that know a work without its site, as indexes and archives do: they vouch for no address."""

Rule = tuple[tuple[Outcome, ...], str, "Sign | None"]

OF_THE_PAGE: Sequence[Rule] = (
    (("ok", "partial", "paywalled", "unsupported"), "", "there"),
    (("not-found",), r"home-redirect:", "home-redirect"),
    (("not-found", "gone"), r".*\(4\d\d\)\Z", "absent"),
    (("not-found", "gone"), "", "soft-404"),
    (("forbidden", "challenged", "rate-limited"), "", "walled"),
    (("unreachable",), r".*\(999\)\Z", "walled"),
    (("unreachable", "timeout"), "", "failing"),
)
"""What an answer to the address itself means: the first row with its outcome whose pattern begins the reason.

999 is what LinkedIn answers every machine with.
"""

OF_NOBODY: Sequence[Rule] = (
    (("forbidden", "challenged", "rate-limited"), "", "walled"),
    (("unreachable",), r"no network", None),
    (("unreachable",), r".*could not be looked up|the proxy .*: 40\d", "failing"),
    (("unreachable",), r".*(?:certificate|encrypted|hung up|no valid HTTP|sent a part|cannot be read now)", "failing"),
    (("unreachable",), "", "silent"),
    (("timeout",), "", "failing"),
    (("unsupported",), r".* redirects in circles", "failing"),
)
"""The same where no answer came; `failing` is also what may be our own line, a proxy that forbids, a certificate."""

OF_THE_SITE: Sequence[Rule] = (
    (("partial",), r".* did not say anything about it\Z", None),
    (("ok", "partial", "paywalled"), "", "there"),
    (("not-found", "gone"), "", "absent"),
    (("forbidden", "challenged"), "", "walled"),
)
"""What the interface of a site says of a work; that it is busy or silent says nothing about the work."""


SAID_BY_THE_SITE: frozenset[Outcome] = frozenset(("not-found", "gone"))
"""Outcomes by which the site itself says that the page is not there."""


class Look(NamedTuple):
    """An attempt to learn from an address, and where it led: `moved_to` is set where only permanent redirects did."""

    attempt: Attempt
    moved_to: str = ""


Seen = tuple[Attempt, str, str, bool]
"""An attempt as the journal keeps it: what was asked, where it led, whether by permanent redirects only."""


@dataclass(frozen=True, slots=True)
class Health:
    """What has become of an address, since which day, and on how many days looks have failed since.

    `last` is the last attempt that said anything about it, `moved_to` the address of today of what has moved.
    """

    state: State = "unchecked"
    since: str = ""
    last: Attempt | None = None
    failed_days: int = 0
    moved_to: str = ""

    @property
    def reason(self) -> str:
        """How the last look ended, in words; empty where all was well."""
        return self.last.reason if self.last else ""

    @property
    def looked_at(self) -> str:
        """When the last look was."""
        return self.last.at if self.last else ""


@cache
def vouches(source: str) -> bool:
    """Whether what a source says of a work says anything about its address.

    >>> vouches("page"), vouches("arxiv"), vouches("openalex"), vouches("wayback")
    (True, True, False, False)
    """
    return kind_of(source) in ("site", "page") and source not in ELSEWHERE


def looks_by_identifier(seen: Iterable[Seen]) -> dict[Identifier, list[Look]]:
    """All looks at each address, in the order in which they come, without the sources that vouch for none."""
    found: dict[Identifier, list[Look]] = defaultdict(list)
    for attempt, asked, url, is_permanent in seen:
        if vouches(attempt.source):
            found[attempt.identifier].append(Look(attempt, _landed(asked, url) if is_permanent else ""))
    return found


def sign_of(look: Look, heard: frozenset[str]) -> Sign | None:
    """What a look says, or None where it says nothing about the address.

    `heard` are the days on which anything on the web answered: silence on another day may be our own line.

    >>> from litdb.model import Identifier
    >>> def look(source, outcome, reason, answer="a"):
    ...     at = "2026-11-21T03:54:00Z"
    ...     return Look(Attempt(Identifier("url", "https://a.example/x"), source, outcome, reason, at, answer))
    >>> day = frozenset({"2026-11-21"})
    >>> sign_of(look("page", "not-found", "there is no such page (404)"), day)
    'absent'
    >>> sign_of(look("page", "not-found", "the page is titled “Not Found”"), day)
    'soft-404'
    >>> sign_of(look("page", "unreachable", "a.example could not be found", ""), day)
    'silent'
    >>> sign_of(look("page", "unreachable", "a.example could not be found", ""), frozenset())
    >>> sign_of(look("openai", "not-found", "the feed does not have it"), day)
    """
    attempt = look.attempt
    if attempt.outcome in SAID_BY_THE_SITE and not knows_all(attempt.source):
        return None
    if attempt.source != SEES_THE_PAGE:
        return _by_rule(OF_THE_SITE, attempt)
    if attempt.answer:
        return _by_rule(OF_THE_PAGE, attempt)
    sign = _by_rule(OF_NOBODY, attempt)
    return None if sign in ("silent", "failing") and attempt.at[:10] not in heard else sign


def judge(looks: Iterable[Look], heard: frozenset[str]) -> Health:
    """The health of an address by all looks at it, the oldest first."""
    signs = [(sign, look) for look in looks if (sign := sign_of(look, heard))]
    if not signs:
        return Health()
    last, look = signs[-1]
    if last == "there":
        return _alive(signs)
    streak = _last_streak(signs)
    days = sorted({each.attempt.at[:10] for _, each in streak})
    if last == "walled":
        return Health("walled", days[0], look.attempt)
    return Health(_of_failing(last, streak, days), days[0], look.attempt, len(days))


def is_lost(health: Health) -> bool:
    """Whether a copy is better than the address, as far as is known: it is dead, or the site says that it is not there.

    >>> is_lost(Health("dead")), is_lost(Health("dying")), is_lost(Health("walled"))
    (True, False, False)
    """
    is_said = health.last is not None and health.last.outcome in SAID_BY_THE_SITE
    return health.state == "dead" or (health.state in LOST and is_said)


def is_due(health: Health, looks: Sequence[Look], now: str) -> bool:
    """Whether an address is to be looked at now: nothing kept vouches for it, and the last look has had its time.

    What is failing is looked at once a day until it is settled. What the interface of a site has confirmed stays
    confirmed. `looks` come the oldest first.
    """
    last = health.last
    if last is None:
        return not looks or now >= max(looks[-1].attempt.retry_at, looks[-1].attempt.fresh_until)
    if health.state in ("alive", "moved"):
        return last.source == SEES_THE_PAGE and bool(last.fresh_until) and now >= last.fresh_until
    if health.state == "walled":
        return now >= last.retry_at
    if health.failed_days >= DAYS:
        return now >= later(last.at, LOOK_AGAIN_DAYS)
    return now[:10] > last.at[:10]


def _by_rule(rules: Sequence[Rule], attempt: Attempt) -> Sign | None:
    fitting = (sign for outcomes, form, sign in rules if attempt.outcome in outcomes and re.match(form, attempt.reason))
    return next(fitting, None)


def _last_streak(signs: Sequence[tuple[Sign, Look]]) -> list[tuple[Sign, Look]]:
    """The last looks that say alike: all that refuse, all that find, or all that fail."""
    kinds = [sign if sign in ("walled", "there") else "fails" for sign, _ in signs]
    first = next((place for place in range(len(kinds) - 1, -1, -1) if kinds[place] != kinds[-1]), -1) + 1
    return list(signs[first:])


def _alive(signs: Sequence[tuple[Sign, Look]]) -> Health:
    streak = _last_streak(signs)
    page = next((look for _, look in reversed(streak) if look.attempt.source == SEES_THE_PAGE), None)
    moved_to = page.moved_to if page else ""
    since, last = streak[0][1].attempt.at[:10], signs[-1][1].attempt
    return Health("moved" if moved_to else "alive", since, last, moved_to=moved_to)


def _of_failing(last: Sign, streak: Sequence[tuple[Sign, Look]], days: Sequence[str]) -> State:
    if last in ("soft-404", "home-redirect"):
        return last
    sure = {look.attempt.at[:10] for sign, look in streak if sign != "failing"}
    if len(sure) >= DAYS:
        return "dead"
    lasted = read_utc(streak[-1][1].attempt.at) - read_utc(streak[0][1].attempt.at)
    return "dead" if len(days) >= DAYS and lasted >= OUT_OF_ORDER else "dying"


def _landed(asked: str, url: str) -> str:
    return url if is_move(asked, url) else ""
