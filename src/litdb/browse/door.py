"""The door for the reader's own word: corrections in place, and pages that the reader's browser hands over.

A plugin that only `litdb browse` adds to its Datasette: a library that is published, or served by Datasette alone, has
no door at all. What comes in is written by the `Desk`, as litdb's commands write it. Datasette's own protection against
forged forms (asgi-csrf in 0.65, `Sec-Fetch-Site` in 1.0) stays on for corrections; pages come from other sites by
nature, so they are taken before it, by their secret.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeAlias, get_args
from urllib.parse import parse_qsl, urlencode

from datasette import Response

from litdb.browse import hookimpl
from litdb.browse.asked import Asked
from litdb.browse.desk import Desk, Done, Relating
from litdb.browse.guard import ELSEWHERE, FOREIGN, STRANGER, Seen, is_same
from litdb.browse.handing import MOST_BYTES, bookmarklet, read_body, read_handed
from litdb.browse.links import Links
from litdb.browse.rendering import page
from litdb.browse.serving import given
from litdb.errors import LitdbError

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

Scope: TypeAlias = Mapping[str, Any]
Page: TypeAlias = Callable[..., Awaitable[Response]]
App: TypeAlias = Callable[[Scope, Any, Any], Awaitable[None]]

DOOR = "/-/door/"
ENTER, CORRECT, PAGE, BOOKMARKLET = (f"{DOOR}{name}" for name in ("enter", "correct", "page", "bookmarklet"))
MOST_FORM_BYTES = 1_000_000
TOO_LONG = f"The page has more than {MOST_BYTES // 10**6} MB, which is more than litdb takes."
NO_FORM = "This is no form of litdb's."
OLD = "This bookmarklet is not yours, or no longer. Get the one of today below, in place of it."


class Door:
    """The door of one run. `enter_at` is the address that lets its user in: litdb browse opens it and shows it."""

    __name__ = "litdb_door"

    def __init__(self, desk: Desk, database: str) -> None:
        self._desk = desk
        self._database = database
        self._token = secrets.token_urlsafe(24)

    def enter_at(self, path: str = "/") -> str:
        """The path that lets the user in and goes on to a page."""
        return f"{ENTER}?{urlencode({'token': self._token, 'then': path})}"

    @hookimpl
    def register_routes(self) -> Sequence[tuple[str, Page]]:
        """The door's own pages; Datasette 1.0 takes nothing but functions for them."""

        async def enter(request: Request) -> Response:
            return self._enter(request)

        async def correct(request: Request, datasette: Datasette) -> Response:
            return await self._correct(request, datasette)

        async def offer(request: Request, datasette: Datasette) -> Response:
            return await self._offer(request, datasette)

        return [(f"{ENTER}$", enter), (f"{CORRECT}$", correct), (f"{BOOKMARKLET}$", offer)]

    @hookimpl
    def extra_template_vars(self, datasette: Datasette, request: Request | None) -> Awaitable[Mapping[str, object]]:
        """`litdb_door`, for the door's user alone: what can be corrected on the page of a reference."""
        return self._template_vars(datasette, request)

    @hookimpl(trylast=True)  # the last one is the outermost
    def asgi_wrapper(self, datasette: Datasette) -> Callable[[App], App]:
        """Turn away, before anything is read, who may not come in; take the pages that are handed over."""

        def wrapped(app: App) -> App:
            async def guarded(scope: Scope, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI's callables
                if scope["type"] != "http":
                    await app(scope, receive, send)
                    return
                seen, path = Seen.of(scope), _path(datasette, scope)
                if refused := self._refused(seen, path, scope["method"]):
                    await Response.text(refused[1] + "\n", status=refused[0]).asgi_send(send)
                elif path == PAGE and scope["method"] == "POST":
                    await (await self._take_page(datasette, seen, receive)).asgi_send(send)
                else:
                    await app(scope, receive, send)

            return guarded

        return wrapped

    async def _template_vars(self, datasette: Datasette, request: Request | None) -> Mapping[str, object]:
        if request is None or not Seen.of(request.scope).knows(self._token):
            return {}
        name = given(request, "key") if "key" in request.url_vars else ""
        form = await asyncio.to_thread(self._desk.form, name) if name else None
        path = datasette.urls.path
        return {"litdb_door": {"form": form, "correct": path(CORRECT), "bookmarklet": path(BOOKMARKLET)}}

    def _refused(self, seen: Seen, path: str, method: str) -> tuple[int, str] | None:
        """Why a request is not heard: the status and a sentence."""
        if not seen.is_for_this_machine:
            return HTTPStatus.MISDIRECTED_REQUEST, ELSEWHERE
        if not path.startswith(DOOR) or path in (ENTER, PAGE):
            return None
        if not seen.knows(self._token):
            return HTTPStatus.FORBIDDEN, STRANGER
        if method == "POST" and not seen.is_from_own_page:
            return HTTPStatus.FORBIDDEN, FOREIGN
        if method == "POST" and not 0 <= seen.length <= MOST_FORM_BYTES:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, NO_FORM
        return None

    def _enter(self, request: Request) -> Response:
        """Give the user's browser the token of this run, and go on."""
        seen, then = Seen.of(request.scope), request.args.get("then") or "/"
        if not is_same(request.args.get("token") or "", self._token):
            return Response.text(f"{STRANGER}\n", status=HTTPStatus.FORBIDDEN)
        if not then.startswith("/") or then[1:2] in ("/", "\\"):
            then = "/"
        response = Response.redirect(then)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.set_cookie(seen.cookie_name, self._token, httponly=True, samesite="lax")
        return response

    async def _correct(self, request: Request, datasette: Datasette) -> Response:
        """Do what the form says, and show the reference as it is then."""
        if request.method != "POST":
            return Response.text(f"{NO_FORM}\n", status=HTTPStatus.METHOD_NOT_ALLOWED)
        said = dict(parse_qsl((await request.post_body()).decode("utf-8", "replace"), keep_blank_values=True))
        try:
            done = await asyncio.to_thread(self._do, said)
        except LitdbError as error:
            return await self._told(datasette, request, str(error), HTTPStatus.CONFLICT)
        for each in done.said:
            datasette.add_message(request, each)
        return Response.redirect(self._links(datasette).reference(done.name), status=HTTPStatus.SEE_OTHER)

    def _do(self, said: Mapping[str, str]) -> Done:
        """One of the things that the forms can say. The button's name is `do`, and `do=unset:date` names the field."""
        work, (what, _, field) = said.get("work", ""), said.get("do", "").partition(":")
        if what == "unset":
            return self._desk.take_back(work, field)
        if what == "key":
            return self._desk.give_key(work, said.get("key", "").strip())
        relating = next((each for each in get_args(Relating) if each == what), None)
        if relating:
            return self._desk.relate(work, relating, said.get("other", "").strip())
        return self._desk.correct(work, changed(said))

    async def _take_page(self, datasette: Datasette, seen: Seen, receive: Any) -> Response:  # noqa: ANN401
        """Take a page that a bookmarklet hands over, and show what it says of its work."""
        body = await read_body(seen, receive)
        if body is None:
            return await self._told(datasette, None, TOO_LONG, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        handed = read_handed(body)
        if handed is None:
            return await self._told(datasette, None, NO_FORM, HTTPStatus.BAD_REQUEST)
        try:
            if not is_same(handed.secret, self._desk.page_secret()) or not handed.is_from(seen):
                return await self._told(datasette, None, OLD, HTTPStatus.FORBIDDEN)
            done = await asyncio.to_thread(self._desk.take_page, handed.url, handed.html)
        except LitdbError as error:
            return await self._told(datasette, None, str(error), HTTPStatus.CONFLICT)
        return Response.redirect(self._links(datasette).reference(done.name), status=HTTPStatus.SEE_OTHER)

    async def _offer(self, request: Request, datasette: Datasette) -> Response:
        """The page with the bookmarklet."""
        seen = Seen.of(request.scope)
        door = f"http://{seen.host}{datasette.urls.path(PAGE)}"
        try:
            code = bookmarklet(door, self._desk.page_secret())
        except LitdbError as error:
            return await self._told(datasette, request, str(error), HTTPStatus.CONFLICT)
        return await self._shown(datasette, request, "litdb_bookmarklet.html", {"code": code, "port": seen.port})

    async def _told(self, datasette: Datasette, request: Request | None, sentence: str, status: int) -> Response:
        """A page that says why nothing was done."""
        context = {"sentence": sentence, "bookmarklet": datasette.urls.path(BOOKMARKLET)}
        return await self._shown(datasette, request, "litdb_told.html", context, status)

    async def _shown(
        self,
        datasette: Datasette,
        request: Request | None,
        template: str,
        context: Mapping[str, object],
        status: int = HTTPStatus.OK,
    ) -> Response:
        """A page of the door in the library's frame."""
        frame = {"links": self._links(datasette), "asked": Asked(), "library": self._database}
        return await page(datasette, request, template, {**frame, **context}, status)

    def _links(self, datasette: Datasette) -> Links:
        """The addresses in the library that has this door."""
        return Links.of(datasette, datasette.get_database(self._database))


def changed(said: Mapping[str, str]) -> dict[str, str]:
    """The fields of a form that say something else than what stood there, white space aside.

    >>> changed({"field-date": "2022", "was-date": "", "field-title": "A  b", "was-title": "A b", "do": "set"})
    {'date': '2022'}
    """
    fields = {name.removeprefix("field-"): value for name, value in said.items() if name.startswith("field-")}
    return {name: value for name, value in fields.items() if value.split() != said.get(f"was-{name}", "").split()}


def _path(datasette: Datasette, scope: Scope) -> str:
    """The path without Datasette's `base_url`."""
    base = datasette.setting("base_url")
    return "/" + str(scope["path"]).removeprefix(base).removeprefix("/")
