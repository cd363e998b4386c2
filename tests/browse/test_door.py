"""The door of `litdb browse`: who may come in, what corrections and pages do, and that no one else can do it."""

import asyncio
import re
from urllib.parse import quote, urlencode

import pytest
from datasette.app import Datasette
from datasette.plugins import pm

import litdb.browse
from litdb.browse.door import BOOKMARKLET, CORRECT, PAGE, Door
from litdb.browse.handing import MOST_BYTES
from litdb.commands.desk import Desk
from litdb.files.lock import Lock
from litdb.files.place import Place

POST = "https://walled.example/slow-growth"
OTHER = "https://other.example/copy"
PAGE_OF_POST = """<html lang="en"><head><meta charset="windows-1252"><title>Slow growth</title>
<meta name="author" content="Ines Höllway"><meta property="article:published_time" content="2022-06-09T15:00:00Z">
</head><body><h1>Slow growth</h1><p>An invented post.</p></body></html>"""
HOST = {"host": "127.0.0.1:8001"}
OWN = {**HOST, "origin": "http://127.0.0.1:8001", "sec-fetch-site": "same-origin"}
WALLED = {**HOST, "origin": "null", "sec-fetch-site": "cross-site", "content-type": "text/plain"}


@pytest.fixture
def library(litdb, tmp_path, monkeypatch):
    """A library of two works, with the user's settings in a folder of their own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    (tmp_path / "note.md").write_text(f"[slow]({POST}) and [copy]({OTHER})")
    litdb("crawl", str(tmp_path / "note.md"), "--offline")
    return litdb


class Browser:
    """A browser that keeps cookies, on a Datasette in this process."""

    def __init__(self, library, door=None):
        self.datasette = Datasette([str(library)])
        self.cookies = {}
        self.door = door

    def enter(self, **headers):
        return self("GET", self.door.enter_at("/litdb"), headers={**HOST, **headers})

    def __call__(self, method, path, headers=HOST, **more):
        jar = {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        client = self.datasette.client
        answer = asyncio.run(client.request(method, path, headers={**headers, **jar}, follow_redirects=False, **more))
        self.cookies |= dict(answer.cookies)
        return answer

    def correct(self, headers=OWN, **said):
        form = self("GET", f"/litdb/-/reference/{quote(said['work'], safe='')}")
        form = self("GET", form.headers["location"]) if "location" in form.headers else form
        token = re.search(r'name="csrftoken" value="([^"]*)"', form.text)
        said["csrftoken"] = token[1] if token else ""
        form = {**headers, "content-type": "application/x-www-form-urlencoded"}
        return self("POST", CORRECT, form, content=urlencode(said))

    def hand(self, url=POST, html=PAGE_OF_POST, secret="", headers=WALLED):
        body = f"secret={secret}\r\nurl={url}\r\nhtml={html}\r\n".encode()
        return self("POST", PAGE, headers, content=body)

    def close(self):
        for database in self.datasette.databases.values():
            database.close()
        self.datasette.executor.shutdown()


@pytest.fixture
def plugin():
    is_there = pm.is_registered(litdb.browse)
    if not is_there:
        pm.register(litdb.browse)
    yield
    if not is_there:
        pm.unregister(litdb.browse)


@pytest.fixture
def browser(library, plugin):
    """What `litdb browse` opens, before its user has come in."""
    door = Door(Desk(Place(library.library)), "litdb")
    pm.register(door)
    opened = Browser(library.library, door)
    yield opened
    opened.close()
    pm.unregister(door)


@pytest.fixture
def user(browser):
    """The same, after that."""
    browser.enter()
    return browser


@pytest.fixture
def published(library, plugin):
    """The library in Datasette without `litdb browse`."""
    opened = Browser(library.library)
    yield opened
    opened.close()


@pytest.fixture
def key(library):
    return library.data("show", POST)["key"]


@pytest.fixture
def corrections(library):
    path = library.library.parent.parent / "corrections.toml"
    return lambda: path.read_text("utf-8") if path.exists() else ""


def test_the_address_that_browse_opens_lets_its_user_in(browser):
    answer = browser.enter()
    assert (answer.status_code, answer.headers["location"]) == (302, "/litdb")
    assert re.search(r"litdb_8001=\S+; .*HttpOnly", answer.headers["set-cookie"])
    assert browser("GET", BOOKMARKLET).status_code == 200


@pytest.mark.parametrize("then", ["//evil.example/", "https://evil.example/", "/\\evil.example", ""])
def test_the_way_in_leads_nowhere_else(browser, then):
    assert browser("GET", browser.door.enter_at(then)).headers["location"] == "/"


@pytest.mark.parametrize("token", ["", "token=", "token=x", "token=%FF", "token=ü"])
def test_a_wrong_token_lets_nobody_in(browser, token):
    answer = browser("GET", f"/-/door/enter?{token}")
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("host", ["rebound.example", "rebound.example:8001", "127.0.0.1.rebound.example", "", "[::1"])
@pytest.mark.parametrize("path", ["/", "/litdb", BOOKMARKLET])
def test_another_name_for_this_machine_is_turned_away(user, host, path):
    assert user("GET", path, {"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8001", "[::1]:8001", "127.0.0.1:9"])
def test_every_name_of_this_machine_will_do(browser, host):
    assert browser("GET", "/litdb", {"host": host}).status_code == 200


def test_a_field_is_set_as_litdb_set_would(user, library, key, corrections):
    answer = user.correct(
        work=key, do="set", **{"was-date": "", "field-date": "9 June 2022", "field-title": "Slow & sure"}
    )
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/litdb/-/reference/{library.data('show', POST)['key']}",
    )
    work = library.data("show", POST)
    assert (work["title"], work["date"]) == ("Slow & sure", "2022-06-09")
    assert 'value = "Slow & sure"' in corrections()
    assert "Slow" in (library.library.parent / "references.bib").read_text("utf-8")


def test_what_stays_as_it_was_is_not_set(user, key, corrections):
    user.correct(work=key, do="set", **{"was-title": "T", "field-title": "T", "was-note": "", "field-note": "mine"})
    assert corrections().count("[[set]]") == 1


def test_nothing_is_set_where_one_field_cannot_be(user, key, corrections):
    answer = user.correct(work=key, do="set", **{"field-title": "Slow", "field-date": "soon"})
    assert answer.status_code == 409
    assert "no date" in answer.text
    assert corrections() == ""


def test_what_is_set_can_be_taken_back(user, library, key, corrections):
    user.correct(work=key, do="set", **{"field-date": "2022"})
    name = library.data("show", POST)["key"]
    user.correct(work=name, do="unset:date")
    assert "date" not in library.data("show", POST)
    assert "[[" not in corrections()


def test_a_key_is_given_and_its_page_is_shown(user, library, key):
    assert user.correct(work=key, do="key", key=" slow2022 ").headers["location"] == "/litdb/-/reference/slow2022"
    assert library.data("show", POST)["key"] == "slow2022"


def test_two_works_become_one_and_two_again(user, library, key):
    name = library.data("show", POST)["identifiers"][0]
    user.correct(work=name, do="same", other=OTHER)
    assert library.data("show", POST) == library.data("show", OTHER)
    user.correct(work=name, do="split", other=OTHER)
    assert library.data("show", POST)["key"] != library.data("show", OTHER)["key"]
    assert user.correct(work=name, do="unsplit", other=OTHER).status_code == 303
    assert user.correct(work=name, do="unsplit", other=OTHER).status_code == 409


@pytest.mark.parametrize(
    "said",
    [
        {"do": "set", "field-colour": "red"},
        {"do": "key", "key": "no key"},
        {"do": "same", "other": "nobody"},
        {"do": "unset:date"},
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(user, key, corrections, said):
    answer = user.correct(work=key, **said)
    assert answer.status_code == 409
    assert "Nothing was changed" in answer.text
    assert corrections() == ""


def test_a_crawl_that_holds_the_library_is_waited_for_then_told(user, library, key, monkeypatch):
    monkeypatch.setattr(Lock.__init__, "__defaults__", (0.05,))
    with Lock(library.library):
        answer = user.correct(work=key, do="set", **{"field-date": "2022"})
    assert answer.status_code == 409
    assert "is writing" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        HOST,
        {**HOST, "origin": "https://evil.example", "sec-fetch-site": "cross-site"},
        {**HOST, "origin": "http://127.0.0.1:3000", "sec-fetch-site": "same-site"},
        {**HOST, "origin": "http://127.0.0.1:3000"},
        {**HOST, "origin": "null"},
    ],
)
def test_no_other_page_can_correct(user, key, corrections, headers):
    assert user.correct(headers, work=key, do="set", **{"field-date": "2022"}).status_code == 403
    assert corrections() == ""


def test_nobody_corrects_without_the_token(browser, key, corrections):
    assert browser.correct(work=key, do="set", **{"field-date": "2022"}).status_code == 403
    browser.cookies["litdb_8001"] = "guessed"
    assert browser.correct(work=key, do="set", **{"field-date": "2022"}).status_code == 403
    assert corrections() == ""


def test_a_form_that_is_too_long_is_not_read(user):
    headers = {**OWN, "content-length": "1000001", "content-type": "application/x-www-form-urlencoded"}
    assert user("POST", CORRECT, headers, content=b"x").status_code == 413


@pytest.mark.parametrize(
    ("method", "path"), [("POST", CORRECT), ("GET", BOOKMARKLET), ("POST", PAGE), ("GET", "/-/door/enter")]
)
def test_a_published_library_has_no_door(published, key, corrections, method, path):
    assert published(method, path, OWN).status_code in (403, 404, 405)
    assert corrections() == ""


def secret(user):
    return re.search(r"secret:%20%22([\w-]+)%22", user("GET", BOOKMARKLET).text)[1]


def test_a_page_handed_over_teaches_as_litdb_add_page_does(user, library):
    answer = user.hand(secret=secret(user))
    work = library.data("show", POST)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/litdb/-/reference/{work['key']}")
    assert (work["title"], work["date"], work["outcome"]) == ("Slow growth", "2022-06-09", "ok")
    assert work["authors"] == [{"family": "Höllway", "given": "Ines"}]


def test_a_page_comes_without_a_cookie(user, library):
    known = secret(user)
    user.cookies.clear()
    assert user.hand(secret=known).status_code == 303


def test_the_bookmarklet_outlives_the_run(user, library):
    assert Desk(Place(library.library)).page_secret() == secret(user)


@pytest.mark.parametrize("said", ["", "guessed", "ü"])
def test_no_page_comes_without_the_secret(user, library, said):
    secret(user)
    answer = user.hand(secret=said)
    assert answer.status_code == 403
    assert BOOKMARKLET in answer.text
    assert "title" not in library.data("show", POST)


def test_a_page_speaks_for_no_other_site(user, library):
    assert user.hand(secret=secret(user), headers={**WALLED, "origin": "https://evil.example"}).status_code == 403
    assert "title" not in library.data("show", POST)


@pytest.mark.parametrize(
    ("url", "html", "reason"),
    [
        (POST, "<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>", "again"),
        (POST, "no page at all", "no HTML"),
        ("javascript:alert(1)", PAGE_OF_POST, "is not a URL"),
        ("https://walled.example/", "<html><title></title></html>", ""),
    ],
)
def test_what_is_no_page_of_a_work_is_told_in_a_sentence(user, library, url, html, reason):
    answer = user.hand(url, html, secret(user))
    assert answer.status_code in (403, 409)
    assert reason in answer.text
    assert "title" not in library.data("show", POST)


@pytest.mark.parametrize("length", [str(MOST_BYTES + 10_001), None])
def test_more_than_a_page_is_not_read(user, length):
    sent = 0

    async def endless():
        nonlocal sent
        while True:
            sent += 1
            yield b"x" * 1_000_000

    headers = WALLED if length is None else {**WALLED, "content-length": length}
    assert user("POST", PAGE, headers, content=endless()).status_code == 413
    assert sent <= MOST_BYTES // 1_000_000 + 2


def test_a_form_of_another_kind_is_no_page(user):
    assert user("POST", PAGE, WALLED, content=b"url=https://walled.example/\r\n").status_code == 400
