"""Cases of pages that a family of sites knows for its own: as the generic reader gets them, and as the owner does."""

from __future__ import annotations

import json
from dataclasses import replace

from litdb.model import Target
from litdb.sources import identify, source_named
from litdb.sources.page import PAGE
from litdb.sources.protocol import OWN_PAGE
from source_cases import answer_to, expected_of, plain, plain_value


def request_of_page(address):
    """The generic reader's request for a page."""
    (request,) = PAGE.plan([Target(identify(address).identifier, (address,))])
    return request


def page_of(case):
    """The page of a case as the generic reader gets it."""
    return answer_to(request_of_page(expected_of(case)["page"]), (case / "page.html").read_bytes())


def own(page, family):
    """The same page as its owner gets it."""
    return replace(page, request=replace(page.request, source=family, step=OWN_PAGE))


def shown(reading):
    """A reading as the cases write it, with the further addresses and the other names of a work."""
    told = plain(reading) | {"then": [request.url for request in reading.then]}
    for record, written in zip(reading.records, told["records"], strict=True):
        written["same"] = [str(each) for each in record.same]
    return told


def first_of(records):
    """The first claim of each field, of dates the one that can be cited."""
    claims = [claim for record in records for claim in record.claims if claim.kind in ("", "posted")]
    return {claim.field: plain_value(claim.value) for claim in reversed(claims)}


def readings(family, case):
    """What a source reads of its page, and of the answer to what it asked then."""
    source, page = source_named(family), page_of(case)
    found = [source.read(own(page, family))]
    if answer := expected_of(case).get("answer"):
        (question,) = found[0].then
        found.append(source.read(answer_to(question, json.dumps(answer).encode())))
    return found
