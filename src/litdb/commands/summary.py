"""What a run did, in numbers and names, and how it is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from litdb.commands.printing import print_json, say, tell

if TYPE_CHECKING:
    from litdb.model import Json

_READ = "litdb reads Markdown, text, HTML, notebooks, bookmarks, .bib, CSL-JSON, RIS and lists of URLs"
_STANDING = ("notes", "mentions", "works", "outcomes", "problems", "unread")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did.

    `vanished` are notes that are gone since the last run, `renamed` the new names of notes by their old ones, `unasked`
    the hosts that could not be asked, with the reason. `published` are the preprints of which this run was the first to
    see what they were published as: `key`, `change` and `now`, as in the library's `changed_since_cited`. `spent` is
    the budget that was used up before everything was asked, in words. `unread` are files that could not be read,
    `held_back` those of them for whose sake the library stays as it was.
    """

    notes: int
    mentions: int
    works: int
    outcomes: dict[str, int]
    requests: int
    answered: int
    unasked: dict[str, str]
    problems: Sequence[str]
    vanished: Sequence[str]
    renamed: dict[str, str]
    changed_rows: int
    written: Sequence[str]
    interrupted: bool
    published: Sequence[Mapping[str, str | int | None]] = ()
    spent: str = ""
    unread: Sequence[str] = ()
    held_back: Sequence[str] = ()

    @property
    def unresolved(self) -> int:
        """How many cited works ended in anything but `ok`."""
        return sum(count for outcome, count in self.outcomes.items() if outcome not in ("ok", "not-a-work"))

    def standing(self) -> dict[str, Json]:
        """What still holds of it for another run that finds nothing new."""
        return {name: getattr(self, name) for name in _STANDING}

    @classmethod
    def unchanged(cls, told: Mapping[str, Json]) -> Summary:
        """The summary of a run that found nothing new, from what `standing` said of the last one."""
        nothing = cls(0, 0, 0, {}, 0, 0, {}, (), (), {}, 0, (), interrupted=False)
        return replace(nothing, **told)  # type: ignore[arg-type]


def print_summary(summary: Summary, as_json: bool) -> None:
    """The summary on stdout: the works by outcome, what could not be asked, what was written."""
    if as_json:
        names = (
            "notes mentions works outcomes requests answered unasked problems vanished renamed published changed_rows "
            "written interrupted spent unread held_back"
        ).split()
        print_json({name: getattr(summary, name) for name in names})
        return
    if not summary.mentions:
        say("There is no citation in these notes." if summary.notes else f"There are no notes: {_READ}.")
    counts = (summary.notes, "note"), (summary.mentions, "mention"), (summary.works, "cited work")
    said = ", ".join(f"{count} {what}{'' if count == 1 else 's'}" for count, what in counts)
    say(f"{said}; {summary.requests} request{'' if summary.requests == 1 else 's'}")
    if summary.outcomes:
        say(", ".join(f"{outcome} {works}" for outcome, works in Counter(summary.outcomes).most_common()))
    for path in summary.vanished:
        say(f"Gone: {path}, with what it cited")
    for old, new in summary.renamed.items():
        say(f"Renamed: {old} is {new} now")
    say_published(summary.published)
    for line in (*_not_asked(summary), *_not_read(summary)):
        say(line)
    if summary.spent:
        say(f"The budget ({summary.spent}) is used up, and there is more to ask: run again to go on.")
    if summary.written:
        say(f"Written: {', '.join(summary.written)}")
    if summary.interrupted:
        tell("Interrupted. What was learnt is kept and the exports are written; run again to go on.")


def say_published(rows: Iterable[Mapping[str, str | int | None]]) -> None:
    """A line for every preprint that is published by now; whether that was since it was cited, a dated note tells."""
    for row in rows:
        since = " since you cited it" if row["change"] == "published since" else ""
        say(f"Published{since}: {row['key']}, {row['now']}")


def _not_read(summary: Summary) -> Iterator[str]:
    """What became of the files that could not be read."""
    if summary.held_back:
        names = ", ".join(summary.held_back)
        yield f"Library and exports stay as they were while {names} cannot be read: run again then."
    elif summary.unread:
        yield f"Not read, so that nothing of it has changed: {', '.join(summary.unread)}"


def _not_asked(summary: Summary) -> Iterator[str]:
    """Who could not be asked and why, in a sentence for each reason; many of them, and none that answers, in one."""
    if not summary.unasked:
        return
    from litdb.crawl import ENOUGH_SILENCE

    if len(summary.unasked) >= ENOUGH_SILENCE and not summary.answered:
        yield f"No network: nothing answered. Could not ask {', '.join(sorted(summary.unasked))}."
        return
    reasons: dict[str, list[str]] = {}
    for host, reason in sorted(summary.unasked.items()):
        reasons.setdefault(reason, []).append(host)
    for reason, hosts in reasons.items():
        yield f"Could not ask {', '.join(hosts)}: {reason}."
