"""The records of dblp by the addresses they go by."""

from __future__ import annotations

import re

from litdb.text.urls import Url

HOSTS = ("dblp.org", "dblp.uni-trier.de", "dblp.dagstuhl.de", "dblp1.uni-trier.de", "dblp2.uni-trier.de")
"""dblp and its mirrors."""

_FORMS = "bib|bib0|bib1|bib2|bibtex|html|json|nt|rdf|ris|ttl|xml"
_RECORD = re.compile(
    rf"""/rec/(?:(?:{_FORMS})/)?
         (?P<key>(?:books|conf|data|journals|phd|reference|series|tr|www)(?:/[\w.+-]+?){{2,4}})
         (?:\.(?:{_FORMS}))?/?""",
    re.ASCII | re.VERBOSE,
)
_PREPRINT = re.compile(r"journals/corr/abs-(\d{4})-(\d{4,5})", re.ASCII)


def key_of(url: Url) -> str:
    """The key of the record that a URL leads to, in whatever form; empty for people, venues, lists and searches.

    >>> from litdb.text.urls import read_url
    >>> key_of(read_url("http://dblp.uni-trier.de/rec/bibtex/conf/nips/VaswaniSPUJGKP17"))
    'conf/nips/VaswaniSPUJGKP17'
    >>> key_of(read_url("https://dblp.org/pid/33/4854.html")), key_of(read_url("https://dblp.org/db/conf/nips/"))
    ('', '')
    """
    found = _RECORD.fullmatch(url.path) if url.on(*HOSTS) else None
    return found["key"] if found else ""


def preprint_of(key: str) -> str:
    """The arXiv id of a record that stands for a preprint there; empty for the others.

    >>> preprint_of("journals/corr/abs-2209-00626"), preprint_of("journals/corr/KingmaB14")
    ('2209.00626', '')
    """
    found = _PREPRINT.fullmatch(key)
    return f"{found[1]}.{found[2]}" if found else ""
