"""What pages call themselves that hold nothing else: the wordings by which sites ask, refuse, or have lost a page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from litdb.model import Outcome

_THING = (
    "(?:page|post|article|story|blog|site|video|thread|topic|content|document|file|repository|user|question|account)"
)
_SORRY = r"(?:(?:oops|sorry)\W*)?(?:th(?:e|is) )?"
_LOST = (
    "(?:not found|could not be found|can(?:no|['’])t be found|does(?: not|n['’]t) exist|no longer exists|not available"
    "|is(?: not|n['’]t) available|is no longer available)"
)

WORDINGS: Mapping[tuple[Outcome, str], Sequence[str]] = {
    ("challenged", "the site asks for a browser"): (
        r"(?:checking|verifying|verify|validat\w*)\b.{0,20}\b(?:you|your|user|human|browser|connection)\b.*",
        r".*\bnot a (?:ro)?bot\W*",
        r".*\bkein roboter\b.*",
        r"are you (?:a )?(?:ro)?(?:bot|human)\W*",
        r"(?:human|user|security|bot) (?:verification|check)\b.*",
        r".*\bplease wait for verification",
        r".*\bcaptcha\b.{0,20}",
        r".*\bunusual traffic\b.*",
        r".*\bsending automated queries\b.*",
        r"whoa there\b.*",
        r"there was a problem providing the content.*",
        r"vérification de sécurité|sicherheitsüberprüfung|(?:安全|人机)验证.*",
    ),
    ("unsupported", "the page shows nothing without JavaScript"): (
        r"(?:you need to |please )?(?:enable|turn on|activate) javascript\b.*",
        r"javascript is (?:not available|disabled|required|not enabled|turned off)\b.*",
        r".*\b(?:requires|needs|without) javascript\b.*",
        r"loading\W*",
    ),
    ("forbidden", "the site asks for a login"): (
        r"(?:(?:please )?log[ -]?in|sign[ -]?in|anmelden|se connecter|iniciar sesión)(?: (?:to|with|in|or)\b.*)?",
        r"\w+ log-?in, sign[ -]?in|sign[ -]?up",
        r"join to (?:view|read|see)\b.*",
        r"you need access|request access|session expired",
        rf"private site|this {_THING} is (?:currently )?private\b.*",
    ),
    ("forbidden", "the site refuses the request"): (
        r"(?:you(?:['’]ve| have) been )?blocked(?: by\b.*)?\W*",
        r"(?:the )?request(?:ed url was)? rejected\W*",
        r"access denied",
    ),
    ("forbidden", "the site asks for the reader's age"): (
        r".*\bover 18\W*",
        r"you must be (?:18|21)\b.*",
        r"age (?:verification|check|gate)\b.*",
    ),
    ("challenged", "the site asks for consent to cookies"): (
        r"we (?:value|respect|care about) your privacy",
        r"(?:your )?(?:cookie|privacy) (?:consent|settings|preferences|choices)",
        r"before you continue\b.*",
        r"this site uses cookies",
        r"cookies? (?:is |are )?(?:absent|disabled|required)\W*",
        r"(?:wir verwenden|nous utilisons des|utilizamos|usamos|utilizziamo(?: i)?) cookies\W*",
        r"mit werbung weiterlesen|datenschutz-?einstellungen|cookie-einstellungen",
    ),
    ("paywalled", "the page is only for subscribers"): (
        r"subscribe to (?:read|continue|keep reading|unlock)\b.*",
        r".*\bis (?:only )?for (?:paying )?(?:subscribers|members)(?: only)?",
        r"(?:subscribers|members) only",
        r"access through your (?:organi[sz]ation|institution)|(?:purchase|get|check) access",
    ),
    ("not-found", "the page says that it is not there"): (
        r"(?:(?:oops|sorry)\W*)?(?:we )?(?:can(?:no|['’])t|could(?:n['’]t| not)) find (?:that|this|the|your) page\W*",
        rf"{_SORRY}{_THING} (?:you(?: were|['’]re| are) looking for )?(?:was )?{_LOST}\W*",
        r"the wayback machine has not archived that url\W*",
        r"oops\W*",
        r"error(?: 404)?",
        r"(?:error )?404\W*",
    ),
    ("gone", "the page says that it was taken away"): (
        rf"{_SORRY}{_THING}(?: at [\w.-]+)? (?:has been |was |is )?(?:removed|deleted|taken down)\b.*",
        rf"deleted {_THING}|410 gone|video unavailable",
    ),
    ("forbidden", "the page is withheld for legal reasons"): (
        r".*\bunavailable (?:due to|for) legal reasons.*",
        r".*\b(?:not available|unavailable) in your (?:region|country|location|area)\W*",
    ),
    ("unreachable", "the site is out of order"): (
        r".*\bbe (?:right )?back(?: soon| shortly)?\W*",
        r".*\b(?:down for|under(?:going)?|scheduled|site|website) maintenance\W*",
        r".*\btemporarily unavailable\W*",
        r"(?:5\d\d )?(?:internal server error|bad gateway|service unavailable|gateway time-?out)\W*",
        r"error establishing a database connection",
        r"application error\b.*",
        r"there has been a critical error on (?:this|your) website\b.*",
        r"(?:this )?account (?:has been )?suspended\W*",
        r"coming soon\W*|(?:site )?under construction\W*",
        r"welcome to nginx\W*|apache.{0,20} default page\b.*|it works\W*|iis windows server",
    ),
    ("gone", "the domain is for sale"): (
        r"buy this domain\b.*",
        r".*\bdomain(?: name)? (?:is|may be) for sale\W*",
        r".*\bdomain (?:is )?parked\b.*|parked domain\b.*",
        r"[\w.-]+ is (?:for sale|available for purchase)\W*",
    ),
}
"""Titles, headings and the sentences of tiny pages as a whole, case aside, by what they mean."""

SAID = tuple((re.compile(form, re.IGNORECASE), verdict) for verdict, forms in WORDINGS.items() for form in forms)
"""The same, one wording at a time."""

ANY = re.compile("|".join(f"(?:{form.pattern})" for form, _ in SAID), re.IGNORECASE)
"""The same all at once: nearly no page has a title that is one of them."""
