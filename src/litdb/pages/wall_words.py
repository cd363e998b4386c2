"""What pages call themselves that hold nothing else: the wordings by which sites ask, refuse, or have lost a page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from litdb.model import Outcome

WORDINGS: Mapping[tuple[Outcome, str], Sequence[str]] = {
    ("challenged", "the site asks for a browser"): (
        r"(?:checking|verifying|verify|validat\w*)\b.{0,20}\b(?:you|your|user|human|browser|connection)\b.*",
        r".*\bnot a (?:ro)?bot\W*",
        r"(?:human|user|security|bot) (?:verification|check)\b.*",
        r".*\bcaptcha\b.{0,20}",
        r"whoa there\b.*",
        r"there was a problem providing the content.*",
        r"(?:安全|人机)验证.*",
    ),
    ("forbidden", "the site asks for a login"): (
        r"(?:(?:please )?log[ -]?in|sign[ -]?in|anmelden|se connecter|iniciar sesión)(?: (?:to|with|in|or)\b.*)?",
        r"join to (?:view|read|see)\b.*",
        r"you need access|request access",
    ),
    ("challenged", "the site asks for consent to cookies"): (
        r"we (?:value|respect|care about) your privacy",
        r"(?:your )?(?:cookie|privacy) (?:consent|settings|preferences|choices)",
        r"before you continue\b.*",
        r"this site uses cookies",
    ),
    ("paywalled", "the page is only for subscribers"): (
        r"subscribe to (?:read|continue|keep reading|unlock)\b.*",
        r".*\bis (?:only )?for (?:paying )?(?:subscribers|members)(?: only)?",
        r"(?:subscribers|members) only",
    ),
    ("not-found", "the page says that it is not there"): (
        r"(?:(?:oops|sorry)\W*)?(?:we )?(?:can(?:no|['’])t|could(?:n['’]t| not)) find (?:that|this|the|your) page\W*",
        r"oops\W*",
        r"error(?: 404)?",
        r"(?:error )?404\W*",
    ),
    ("forbidden", "the page is withheld for legal reasons"): (r".*\bunavailable (?:due to|for) legal reasons.*",),
    ("unreachable", "the site is out of order"): (
        r".*\bbe right back\W*",
        r".*\b(?:down for|under(?:going)?|scheduled) maintenance\W*",
        r".*\btemporarily unavailable\W*",
    ),
    ("gone", "the domain is for sale"): (
        r"buy this domain\b.*",
        r".*\bdomain(?: name)? (?:is|may be) for sale\W*",
        r"[\w.-]+ is for sale\W*",
    ),
}
"""Titles and headings as a whole, case aside, by what they mean."""

SAID = tuple((re.compile(form, re.IGNORECASE), verdict) for verdict, forms in WORDINGS.items() for form in forms)
"""The same, one wording at a time."""

ANY = re.compile("|".join(f"(?:{form.pattern})" for form, _ in SAID), re.IGNORECASE)
"""The same all at once: nearly no page has a title that is one of them."""
