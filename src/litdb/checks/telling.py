"""What `verify` found, in words: who says what instead, in the precision in which it was compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from litdb.checks.fields import is_beside_a_link, is_handle, missing, names_of
from litdb.checks.verdicts import Finding, Heard, Verdict
from litdb.checks.why import shortened
from litdb.merge import Aliases, Statement, people
from litdb.model import Claim, Name
from litdb.text.dates import cited_day

VOICES: Mapping[str, str] = {
    "acl": "the ACL Anthology",
    "anthropic": "Anthropic",
    "arxiv": "arXiv",
    "citation-file": "its CITATION.cff",
    "crossref": "Crossref",
    "datacite": "DataCite",
    "dblp": "DBLP",
    "deepmind": "DeepMind",
    "doi-negotiation": "doi.org",
    "forum": "the forum",
    "github": "GitHub",
    "inspire": "INSPIRE",
    "jmlr": "JMLR",
    "medium": "Medium",
    "neurips": "NeurIPS",
    "openai": "OpenAI",
    "openalex": "OpenAlex",
    "openreview": "OpenReview",
    "page": "the page",
    "pdf": "the PDF",
    "pmlr": "PMLR",
    "semanticscholar": "Semantic Scholar",
    "substack": "Substack",
    "substack-search": "Substack",
    "twitter": "X",
    "url": "the address",
    "wayback": "a kept copy of the page",
    "wikipedia": "Wikipedia",
    "youtube": "YouTube",
    "youtube-page": "YouTube",
}
"""How a source is called where it speaks; others by their names."""

MOST_NAMES = 4
"""So many people are named one by one."""


def sentence(finding: Finding, aliases: Aliases) -> str:
    """A finding that is not agreement in words: what the file says, and who says what instead.

    >>> from litdb.model import Identifier, Record
    >>> said = Statement(Record("crossref", Identifier("doi", "10.1/x")), Claim("date", "2022-03-04", "x", "posted"))
    >>> sentence(Finding("date", "disagrees", Claim("date", "2021", "bib:year"), (said,)), {})
    'year is 2021, Crossref says 2022'
    """
    if finding.own is None:
        return _about_identifier(finding)
    name = field_name(finding.own)
    if finding.field == "authors":
        return f"{name} {_people(finding, aliases)}"
    mine = _shown(finding.own, finding.own)
    if finding.state == "version":
        return f"{name} {mine} {_version(finding)}; {_said(finding.voices, finding.own)}"
    return f"{name} {'are' if name == 'pages' else 'is'} {mine}, {_said(finding.voices, finding.own)}"


def evidence(verdict: Verdict) -> str:
    """Who confirms an entry in which fields: `title, author, year by arXiv; journal by Crossref`."""
    by_voice: dict[str, list[str]] = {}
    for finding in verdict.having("agrees"):
        if finding.own:
            told = [each for each in finding.voices if each.record.source != "url"] or finding.voices
            by_voice.setdefault(_joined(_voices(told)), []).append(field_name(finding.own))
    return "; ".join(f"{', '.join(names)} by {voice}" for voice, names in by_voice.items())


def field_name(claim: Claim) -> str:
    """What a field is called where it stands: `year`, `author`, `booktitle`, in notes `people`."""
    kind, _, name = claim.how.partition(":")
    people = "people" if is_beside_a_link(claim) else "author"
    return name if kind in ("bib", "csl") and name else {"authors": people}.get(claim.field, claim.field)


def notice(heard: Heard) -> str:
    """That a work was withdrawn or retracted, and who says so; empty where nobody does."""
    said = ((record, claim) for record in heard.records for claim in record.claims if claim.field == "status")
    return next((f"{claim.value}, says {VOICES.get(record.source, record.source)}" for record, claim in said), "")


def _about_identifier(finding: Finding) -> str:
    if not finding.voices:
        return finding.said
    title = _quoted(str(finding.voices[0].claim.value))
    return f"{finding.said} is {title}, as {_joined(_voices(finding.voices))} says"


def _version(finding: Finding) -> str:
    """Which version has the value that the file gives."""
    if not finding.elsewhere:
        return "may be that of a version that nobody told of"
    first = finding.elsewhere[0]
    if first.record.identifier not in {each.record.identifier for each in finding.voices}:
        return f"is that of {first.record.identifier}"
    return "is that of its last change" if first.claim.kind == "modified" else "is that of a later version"


def _said(statements: Sequence[Statement], own: Claim) -> str:
    """`Crossref and arXiv say 2022, the page says 2023`."""
    by_value: dict[str, list[Statement]] = {}
    for each in statements:
        by_value.setdefault(_shown(each.claim, own), []).append(each)
    return ", ".join(_say(_voices(each), value) for value, each in by_value.items())


def _say(voices: Sequence[str], value: str) -> str:
    return f"{_joined(voices)} {'say' if len(voices) > 1 else 'says'} {value}"


def _voices(statements: Iterable[Statement]) -> list[str]:
    return list(dict.fromkeys(_voice(each) for each in statements))


def _voice(statement: Statement) -> str:
    source = statement.record.source
    return "the arXiv number" if statement.claim.how == "url:arxiv-id" else VOICES.get(source, source)


def _joined(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _shown(claim: Claim, own: Claim) -> str:
    """A value for people: a date as precise as the file has it, a title in quotation marks."""
    value = str(claim.value)
    if claim.field == "date":
        return cited_day(value)[: len(cited_day(str(own.value)))]
    return _quoted(value) if claim.field in ("title", "container") else shortened(value)


def _quoted(text: str) -> str:
    return f"“{shortened(text)}”"


def _people(finding: Finding, aliases: Aliases) -> str:
    """Whom the file names and the source does not, and the other way round."""
    mine = names_of(finding.own, aliases) if finding.own else ()
    theirs = people(finding.voices[0], aliases)
    extra = missing(mine, theirs)
    lacking = [name for name in missing(theirs, mine) if not is_handle(name)]
    voice = _joined(_voices(finding.voices))
    if finding.state == "version":
        return f"{_version(finding)}; {_say([voice], _listed(theirs))}"
    if extra and lacking:
        return f"is {_listed(extra)}, {_say(_voices(finding.voices), _listed(lacking))}"
    if extra:
        return f"has {_listed(extra)}, whom {voice} does not name"
    if lacking:
        return f"lacks {_listed(lacking)}, and does not say “and others”"
    return f"is {_listed(mine)}, {_say([voice], _listed(theirs))}"


def _listed(names: Sequence[Name]) -> str:
    shown = [name.display for name in names[:MOST_NAMES]]
    more = len(names) - len(shown)
    return _joined([*shown, f"{more} more"] if more else shown)
