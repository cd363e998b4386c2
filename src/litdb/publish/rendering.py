"""Templates of the site, and what they make of works. Everything from outside is text; nothing comes from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from litdb.browse.rendering import FILTERS
from litdb.export.entries import doi
from litdb.export.remarks import TIES
from litdb.export.shown import archive
from litdb.model import Related, Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment

    from litdb.publish.site import Reference, Site


class Shown:
    """Renders the templates with what every page knows: `always`."""

    def __init__(self, always: Mapping[str, object]) -> None:
        self._always = always

    def __call__(self, template: str, root: str, **context: object) -> str:
        """A page; `root` is the way from it to the site's root."""
        return _environment().get_template(template).render({**self._always, "root": root, **context})


def own_asset(name: str) -> str:
    """The text of a style sheet or script of this room."""
    return (files("litdb.publish") / "assets" / name).read_text("utf-8")


def addresses(work: Work) -> list[tuple[str, str]]:
    """Where a work can be read, each with what it is.

    >>> from litdb.model import Identifier
    >>> paper = Identifier("arxiv", "2209.00626")
    >>> addresses(Work(paper, (paper,), "", "preprint", "https://arxiv.org/abs/2209.00626"))
    [('', 'https://arxiv.org/abs/2209.00626'), ('DOI', 'https://doi.org/10.48550/arXiv.2209.00626')]
    """
    resolved = f"https://doi.org/{doi(work)}" if doi(work) else ""
    found = {"": work.url, "DOI": resolved if resolved != work.url else "", f"Copy: {archive(work)}": work.archived}
    return [(name, url) for name, url in found.items() if url]


def ties(reference: Reference, site: Site) -> list[tuple[str, Sequence[Reference | Related]]]:
    """What a work has to do with others, under words for it; others are pages of the site where it has them."""
    found: dict[str, list[Reference | Related]] = {}
    for each in reference.work.related:
        found.setdefault(TIES[each.kind], []).append(site.by_address.get(each.url, each))
    found["Cites"] = [site.references[row] for row in reference.cites]
    found["Cited by"] = [site.references[row] for row in reference.cited_by]
    return [(word, others) for word, others in found.items() if others]


def urn(name: str) -> str:
    """A name for feeds that never changes (RFC 4287, 4.2.6), made from another name.

    >>> urn("doi:10.1000/x") == urn("doi:10.1000/x") != urn("doi:10.1000/y")
    True
    """
    return uuid5(NAMESPACE_URL, name).urn


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("litdb.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS, addresses=addresses, ties=ties, urn=urn)
    return environment
