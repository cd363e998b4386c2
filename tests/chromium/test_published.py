"""The site in a real browser: on a phone, in light and dark, with a script and without."""

from __future__ import annotations

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from chromium.looking import barriers, expect, needs_axe
from litdb.commands import main
from litdb.demo.large import make_library

PHONE = {"width": 390, "height": 844}
PAGES = ("index.html", "years/index.html", "years/2022.html", "works/titles_a.html", "people/a.html", "404.html")


class Below(SimpleHTTPRequestHandler):
    """Serves a folder under `/list/`, as GitHub Pages serves a project."""

    def translate_path(self, path):
        return super().translate_path(path.removeprefix("/list"))

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A site of an invented library, hostile titles among it, as long as it is served."""
    folder = tmp_path_factory.mktemp("published")
    make_library(folder / "litdb.db", 300, 1500)
    words = ["publish", str(folder / "site"), "--db", str(folder / "litdb.db"), "--base-url", "https://me.example/list"]
    ran = CliRunner().invoke(main, words)
    assert ran.exit_code == 0, ran.output
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Below, directory=str(folder / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/list/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def phone(chromium, address):
    """A phone's browser on the site, that must ask nobody else and hear no complaints."""
    with chromium.new_context(viewport=PHONE, base_url=address) as context:
        page = context.new_page()
        asked, faults = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on(
            "console", lambda message: faults.append(message.text) if "favicon" not in str(message.location) else None
        )
        yield page
    assert all(each.startswith(address) or each.endswith("/favicon.ico") for each in asked)
    assert not faults


@pytest.mark.parametrize("name", PAGES)
def test_pages_fit_a_phone(phone, name):
    phone.goto(name)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert phone.evaluate("getComputedStyle(document.querySelector('.brand')).fontWeight") == "600", (
        "the style is there"
    )


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_pages_can_be_used_by_everybody(chromium, address, name, scheme):
    with chromium.new_context(viewport=PHONE, base_url=address, color_scheme=scheme, bypass_csp=True) as context:
        page = context.new_page()
        page.goto(name)
        found = barriers(page)
    assert not [(each["id"], [node["html"] for node in each["nodes"][:3]]) for each in found]


def test_hostile_titles_run_nothing(phone):
    phone.goto("index.html?q=title")
    expect(phone.locator("#found li").first).to_be_visible()
    assert phone.title() != "run"
    assert phone.locator("img").count() == 0


def test_searching_finds_words_and_leads_to_the_work(phone, address):
    phone.goto("years/2022.html")
    title = phone.locator(".title a").first
    words, target = title.inner_text(), title.get_attribute("href")
    phone.goto("people/a.html")
    phone.fill("#q", " ".join(words.split()[:4]))
    found = phone.locator(f"#found a[href='{target}']")
    expect(found).to_be_visible()
    found.click()
    expect(phone.locator("h1")).to_have_text(words)


def test_what_is_not_there_is_said(phone):
    phone.goto("index.html")
    phone.fill("#q", "nosuchwordanywhere")
    expect(phone.locator("#found h2")).to_have_text("0 works with “nosuchwordanywhere”")


def test_without_a_script_the_lists_do(chromium, address):
    with chromium.new_context(viewport=PHONE, base_url=address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("index.html")
        assert not page.is_visible("form.search")
        page.click("nav >> text=By title")
        page.click("main .chips a >> nth=0")
        page.click(".title a >> nth=0")
        assert page.is_visible("#bib")
