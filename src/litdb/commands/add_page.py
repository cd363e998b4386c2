"""litdb add-page: a page saved by hand, for sites that refuse machines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import click

from litdb.commands.naming import identified
from litdb.commands.opening import library_of
from litdb.commands.options import json_option, own_db_option
from litdb.commands.printing import print_json, say, tell, work_json
from litdb.errors import UsageError
from litdb.files.place import Place

if TYPE_CHECKING:
    from litdb.commands.saved import Endings
    from litdb.model import Answer, Identifier, Identity, Work

_MOST_BYTES = 50_000_000
_BEGINNING = 4096
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|title|meta)\b", re.IGNORECASE)
_MHTML = re.compile(rb"(?:From: <Saved by|MIME-Version:)", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+)", re.IGNORECASE)
"""What Chrome and SingleFile write at the top of a page that they save."""


@click.command("add-page")
@click.argument("url")
@click.argument("page", metavar="FILE", type=click.File("rb"))
@own_db_option
@json_option
def command(url: str, page: BinaryIO, place: Place, as_json: bool) -> None:
    """Learn about a work from its page, saved in your browser: the door for sites that refuse machines.

    FILE is the page as HTML (“-” for standard input). It is kept like any answer of the web, so you need not keep it.
    A work that no note cites is added to added.txt.

    \b
    Examples:
      litdb add-page https://openai.com/index/deep-double-descent/ saved.html
      xclip -o | litdb add-page https://example.org/post -
    """
    name = getattr(page, "name", "<stdin>")
    work = keep_page(place, url, SavedPage(name, _read(page, name)))
    if as_json:
        print_json(work_json(work))
        return
    say(f"Kept {name} as the page of {work.url}")
    for label, value in _told(work).items():
        say(f"{label:<10}{value or '— (not told)'}")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page as a browser has it: what to call it, its bytes, and what to do where it cannot be taken."""

    name: str
    body: bytes
    again: str = "Open the page in a browser, wait until you can read it, and save it again as “Webpage, HTML only”."


def keep_page(place: Place, url: str, page: SavedPage) -> Work:
    """The work of a URL, learnt from its page. Raises `UsageError` for what is no page of a work."""
    from litdb.commands.session import update
    from litdb.sources import identify
    from litdb.text.times import utc_now

    identity = identify(url)
    if identity.not_a_work:
        raise UsageError(f"{url} is {identity.not_a_work}, not a work, so there is nothing to learn from its page.")
    answer = saved_page(url, identity, page, utc_now())
    _keep(place, url, answer, _endings(answer, page))
    update(place)
    return _work(place, identity.identifier)


def saved_page(url: str, identity: Identity, page: SavedPage, at: str) -> Answer:
    """The saved page as an answer of the web. Raises `UsageError` for what is no HTML."""
    from litdb.commands.saved import request_for
    from litdb.model import Answer
    from litdb.pages.charset import decode
    from litdb.sources.page import MAGIC

    kind = next((kind for magic, kind in MAGIC if page.body.startswith(magic)), "")
    if kind or _MHTML.match(page.body):
        raise UsageError(f"{page.name} is {kind or 'a web archive (MHTML)'}, not a page. {page.again}")
    text = decode(page.body, {})
    if not _MARKUP.search(text[:_BEGINNING]):
        raise UsageError(f"{page.name} has no HTML at its beginning. {page.again}")
    _warn_of_another(text[:_BEGINNING], identity)
    request = request_for(url, identity)
    return Answer(request, 200, {"content-type": "text/html"}, page.body, request.url, at)


def _read(page: BinaryIO, name: str) -> bytes:
    body = page.read(_MOST_BYTES + 1)
    if len(body) > _MOST_BYTES:
        raise UsageError(f"{name} has more than {_MOST_BYTES // 10**6} MB. Save the page without its pictures.")
    return body


def _warn_of_another(beginning: str, identity: Identity) -> None:
    """Say so where the browser noted that it saved another page; it may be the same one, moved."""
    found = _SAVED_FROM.search(beginning)
    other = identified(found[1]) if found else None
    if found and other and other.identifier != identity.identifier:
        tell(f"The page was saved from {found[1]}; it is taken for {identity.url} all the same.")


def _endings(answer: Answer, page: SavedPage) -> Endings:
    """How reading the page ends. Raises `UsageError` for a wall and for an empty page: nothing is lost to them."""
    from litdb.commands.saved import learn_from

    learnt = learn_from(answer)
    if learnt.refused or not learnt.has_title:
        raise UsageError(f"{page.name} was not taken: {learnt.refused or 'the page shows no title'}. {page.again}")
    return learnt.endings


def _keep(place: Place, url: str, answer: Answer, endings: Endings) -> None:
    """Keep the page in the journal with how it ended, and its URL in added.txt where no note has it."""
    from litdb.commands.saved import keep
    from litdb.files.added import add_lines
    from litdb.run import Run
    from litdb.text.times import utc_now

    with Run(place, [], utc_now) as run:
        is_cited = answer.request.asked[0].identifier in {each.identifier for each in run.targets()}
        keep(run.journal, answer, endings)
    if not is_cited:
        add_lines(place.added, [url])


def _work(place: Place, identifier: Identifier) -> Work:
    from litdb.commands.naming import find

    with library_of(place) as connection:
        return find(connection, str(identifier))


def _told(work: Work) -> dict[str, str]:
    return {
        "key": work.key,
        "title": work.title,
        "authors": ", ".join(name.display for name in work.authors),
        "date": work.date,
        "site": work.container,
        "outcome": f"{work.outcome}{f' ({work.reason})' if work.reason else ''}",
    }
