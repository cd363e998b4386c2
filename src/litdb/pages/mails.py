"""Letters in the archives of mailing lists: who wrote them, and when, by the lines of their heads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litdb.model import Claim
from litdb.pages.bylines import read_people
from litdb.text.dates import date_claim, read_iso
from litdb.text.names import authors_claim
from litdb.text.titles import clean_title, fold

_TAGS = r"(?:</?[a-z][^<>]{0,100}>\s{0,4}){0,3}"
_FROM = re.compile(rf"\bFrom{_TAGS}:\s{{0,4}}{_TAGS}([^<>&\n]{{3,80}})")
_DATE = re.compile(rf"\bDate{_TAGS}:\s{{0,4}}{_TAGS}([A-Z][a-z]{{2}},\s[^<>&\n]{{12,50}})")
_SUBJECT = re.compile(rf"Subject(?<!\wSubject){_TAGS}:\s{{0,4}}{_TAGS}([^<>\n]{{3,200}})")
_BEGINNING = 60_000
"""Characters of a page among which the first letter is."""
_HEAD = 2000
"""Characters that the head of a letter has at most."""


def mail_claims(source: str, title: str) -> Iterator[Claim]:
    """The writer and the day of the first letter on a page, where it shows From, Date and the title as the Subject.

    >>> head = "From: Ann Bee &lt;a@b.example&gt;\\nSubject: Folios\\nDate: Tue,  9 Nov 2021 18:20:12 +0100\\n"
    >>> [claim.value for claim in mail_claims(head, "Folios - Lists")]
    [[{'family': 'Bee', 'given': 'Ann'}], '2021-11-09T18:20:12+01:00']
    """
    subject = _SUBJECT.search(source, 0, _BEGINNING)
    if not subject or not (about := fold(clean_title(subject[1]))) or about not in fold(title):
        return
    start = max(0, subject.start() - _HEAD)
    head = source[start : start + 2 * _HEAD]
    sender, sent = _FROM.search(head), _DATE.search(head)
    moment = read_iso(" ".join(sent[1].split())) if sent else None
    if sender and moment:
        if names := read_people(clean_title(sender[1]).strip(' "')):
            yield authors_claim(names, "mail:from")
        yield date_claim(moment, "posted", "mail:date")
