"""What people say on social networks, whose pages are titled by who said it: “Ann Bee on Site: "It hums."”"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from litdb.model import Claim
from litdb.pages.bylines import read_people
from litdb.text.names import authors_claim
from litdb.text.titles import fold

HOW = "title:post"
_POST = re.compile(
    r"(?:\(\d+\)\s*)?(?P<name>[^\"“:]{2,60}) on (?P<site>[A-Z][\w.]*): [\"“](?P<text>.+)[\"”](?: / \w+)?", re.DOTALL
)


def post_claims(said: Iterable[Claim], sites: Sequence[str]) -> Iterator[Claim]:
    """Text and author of a post whose title names its site.

    >>> title = Claim("title", "Ann Bee on Span: “It hums.” / Span", "title")
    >>> [(claim.field, claim.value) for claim in post_claims([title], ["Span"])]
    [('title', 'It hums.'), ('authors', [{'family': 'Bee', 'given': 'Ann'}])]
    """
    titles = (_POST.fullmatch(str(claim.value)) for claim in said if claim.field == "title")
    names = [*map(fold, sites)]
    post = next((it for it in titles if it and any(name.startswith(fold(it["site"])) for name in names)), None)
    if post:
        yield Claim("title", post["text"], HOW)
        yield authors_claim(read_people(post["name"]), HOW)
