"""`litdb browse` in a real browser: what a reader does, with mouse and with keys, wide and narrow, and what it costs."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from chromium.looking import barriers, expect, needs_axe
from chromium.served import browsing, crawl_seeds, origin
from litdb.demo.large import make_library

NGO = "The Alignment Problem from a Deep Learning Perspective"
WIDE, NARROW = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
LOOKS = (Path(__file__).parent / "looks.js").read_text("utf-8")
OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true })"
PAGES = (
    "home",
    "references",
    "references?q=alignment",
    "notes",
    "attention",
    "timeline",
    "timeline?view=reading",
    "graph",
)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    """`litdb browse` on the seeds' library: the address that it tells."""
    project = tmp_path_factory.mktemp("seeds")
    with browsing(crawl_seeds(project), project / "settings") as address:
        yield address


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The same on an invented library whose first works are hostile."""
    project = tmp_path_factory.mktemp("hostile")
    make_library(project / "db" / "litdb.db", 300, 1500)
    with browsing(project / "db" / "litdb.db", project / "settings") as address:
        yield address


class Visit:
    """A browser's window on a library, with all that it asked for and all that its console said."""

    def __init__(self, context, address):
        self.context, self.root = context, f"{origin(address)}/litdb/-"
        self.asked, self.faults = [], []
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        self.page = context.new_page()
        self.page.goto(address)

    def _heard(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.text} ({message.location['url']})")

    def go(self, path):
        self.page.goto(f"{self.root}/{path}")
        return self.page


@pytest.fixture
def visit(chromium):
    """Open windows: visit(address, **how) → Visit. In the end nothing may have left this machine or gone wrong."""
    opened = []

    def to(address, **how):
        context = chromium.new_context(viewport=WIDE, **how)
        context.set_default_timeout(15_000)
        opened.append(Visit(context, address))
        return opened[-1]

    yield to
    for each in opened:
        each.context.close()
    assert {urlsplit(url).hostname for each in opened for url in each.asked} <= {"127.0.0.1", "localhost"}
    assert [fault for each in opened for fault in each.faults] == []


def open_reference(visited, title=NGO):
    page = visited.go("references?q=" + title.split()[-1])
    page.get_by_role("link", name=title, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page


def test_a_search_finds_and_marks_the_words(visit, seeds):
    page = visit(seeds).go("home")
    page.get_by_role("searchbox").fill("gradient hacking")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("mark").first).to_have_text(re.compile("gradient|hacking", re.IGNORECASE))
    expect(page.get_by_role("link", name=re.compile("Gradient hacking", re.IGNORECASE)).first).to_be_visible()


def test_a_facet_narrows_the_list_and_lets_go_again(visit, seeds):
    page = visit(seeds).go("references")
    everything = page.locator(".works > li").count()
    page.locator("aside").get_by_role("link", name="preprint", exact=True).click()
    expect(page.get_by_text("type: preprint")).to_be_visible()
    assert 0 < page.locator(".works > li").count() < everything
    page.get_by_role("link", name="Remove type: preprint").click()
    assert page.locator(".works > li").count() == everything


def test_a_reference_shows_where_it_is_cited_and_why(visit, seeds):
    page = open_reference(visit(seeds))
    expect(page.locator(".mentions blockquote").first).to_contain_text("Alignment Problem")
    expect(page.locator(".mentions a").first).to_have_text(re.compile(r"seeds/.*\.md, line \d+"))


def test_the_entry_is_copied(visit, seeds):
    visited = visit(seeds, permissions=["clipboard-read", "clipboard-write"])
    page = open_reference(visited)
    page.get_by_role("button", name="Copy BibTeX").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{ngoAlignmentProblem")


@pytest.mark.parametrize(
    ("name", "ends", "begins"), [("BibTeX", ".bib", "@"), ("BibLaTeX", ".bib", "@"), ("CSL-JSON", ".json", "[")]
)
def test_a_list_is_downloaded_whole(visit, seeds, name, ends, begins):
    page = visit(seeds).go("references?type=preprint")
    with page.expect_download() as download:
        page.locator(".downloads").get_by_role("link", name=name, exact=True).click()
    text = Path(download.value.path()).read_text("utf-8")
    assert download.value.suggested_filename.endswith(ends)
    assert text.lstrip("% \n").startswith(begins) or f"\n{begins}" in text
    assert NGO in text.replace("{", "").replace("}", "")


def test_a_field_is_set_in_place(visit, seeds):
    page = open_reference(visit(seeds), "Gradient Starvation: A Learning Proclivity in Neural Networks")
    page.get_by_text("Fields", exact=True).click()
    page.get_by_role("textbox", name="Note").fill("read twice")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("is now read twice")
    page.get_by_text("Fields", exact=True).click()
    page.get_by_role("textbox", name="Note").fill("read thrice")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("is now read thrice")
    page.get_by_text("Fields", exact=True).click()
    page.get_by_role("button", name="Take back what you said: Note").click()
    expect(page.get_by_role("status")).to_contain_text("again as the sources say")


def test_who_did_not_start_it_cannot_correct(visit, seeds):
    page = visit(f"{origin(seeds)}/litdb/-/references").go("references?q=starvation")
    page.locator(".works a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.get_by_role("button", name="Save").count() == 0


SITE = """<!doctype html><html><head><meta charset="windows-1252"><title>{title}</title>
<meta property="og:title" content="{title}"><meta name="author" content="Ines Höllway">
<meta property="article:published_time" content="2022-06-09T15:00:00Z"></head>
<body><h1>{title}</h1><p>An invented post of a site that refuses machines.</p></body></html>"""
POLICIES = {
    "/plain": "",
    "/strict": "default-src 'none'; connect-src 'none'; script-src 'none'",
    "/shut": "form-action 'none'",
}


@pytest.fixture(scope="module")
def site():
    """A site on another port of this machine, whose pages have policies."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self):
            body = SITE.format(title=f"Slow growth {self.path}").encode("windows-1252")
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=windows-1252")
            self.send_header("Referrer-Policy", "no-referrer")
            if policy := POLICIES.get(self.path):
                self.send_header("Content-Security-Policy", policy)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def click_bookmarklet(visited, address):
    """What the bookmark does on a page: its script runs there."""
    page = visited.page
    page.goto(f"{origin(visited.root)}/-/door/bookmarklet")
    code = unquote(page.locator("a.bookmarklet").get_attribute("href").removeprefix("javascript:"))
    page.goto(address)
    return code


@pytest.mark.parametrize("path", ["/plain", "/strict"])
def test_the_bookmarklet_hands_the_open_page_over(visit, seeds, site, path):
    visited = visit(seeds)
    code = click_bookmarklet(visited, f"{site}{path}")
    with visited.context.expect_page() as opened:
        visited.page.evaluate(code)
    shown = opened.value
    expect(shown.get_by_role("heading", level=1)).to_have_text(f"Slow growth {path}")
    expect(shown.locator("article")).to_contain_text("Ines Höllway")
    expect(shown.locator("article")).to_contain_text("2022-06-09")
    expect(visited.page.get_by_role("heading", level=1)).to_have_text(f"Slow growth {path}")


def test_a_site_that_forbids_forms_is_told(visit, seeds, site):
    visited = visit(seeds)
    code = click_bookmarklet(visited, f"{site}/shut")
    with visited.page.expect_event("dialog") as asked:
        visited.page.once("dialog", lambda dialog: dialog.accept())
        visited.page.evaluate(code)
    assert "litdb add-page" in asked.value.message
    visited.faults.clear()  # the browser tells of what the site forbids


def test_everything_is_reached_by_keys(visit, seeds):
    page = visit(seeds).go("references")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    reached = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.textContent.trim()"))
        if NGO in reached:
            break
    assert NGO in reached
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(NGO)


def test_the_search_is_used_by_keys(visit, seeds):
    page = visit(seeds).go("home")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("starvation")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("starvation")


# Pictures


def view_box(page):
    return [float(number) for number in page.locator("svg.drawing").get_attribute("viewBox").split()]


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_mark_leads_to_its_work(visit, seeds, script):
    page = visit(seeds, java_script_enabled=script).go("timeline")
    assert page.locator(".zoom").is_visible() == script
    page.get_by_role("link", name=f"{NGO}, 2022-08-30").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NGO)


def test_a_picture_is_walked_and_zoomed_by_keys(visit, seeds):
    page = visit(seeds).go("timeline")
    page.locator("svg.drawing a[tabindex='0']").focus()
    assert page.locator("svg.drawing a[tabindex='0']").count() == 1
    first = focused(page)
    page.keyboard.press("ArrowRight")
    assert focused(page) not in (first, None)
    page.keyboard.press("ArrowLeft")
    assert focused(page) == first
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    whole = view_box(page)
    page.keyboard.press("+")
    assert view_box(page)[2] < whole[2]
    page.keyboard.press("-")
    page.keyboard.press("+")
    page.keyboard.press("0")
    assert view_box(page) == whole
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(first.rpartition(", 20")[0])


def test_a_picture_that_is_zoomed_is_dragged(visit, seeds):
    page = visit(seeds).go("graph")
    page.get_by_role("button", name="Larger", exact=True).click()
    before, box = view_box(page), page.locator("svg.drawing").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 80, box["y"] + 50)
    page.mouse.up()
    after = view_box(page)
    assert after[0] < before[0]
    assert after[2] == pytest.approx(before[2])
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    assert view_box(page) == after


def test_a_node_leads_to_what_is_near_it_and_so_to_its_page(visit, seeds):
    page = visit(seeds).go("graph")
    page.get_by_role("link", name="Note: seeds/reading-list.bib").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Near “seeds/reading-list.bib”")
    nodes = page.locator("svg.drawing a").count()
    page.get_by_role("link", name="More", exact=True).click()
    assert page.locator("svg.drawing a").count() > nodes
    page.get_by_role("link", name="Note: seeds/reading-list.bib").click()
    expect(page.get_by_role("heading", level=2, name="Line by line")).to_be_visible()


def test_a_small_picture_opens_in_its_place(visit, seeds):
    page = open_reference(visit(seeds))
    page.locator("#near").scroll_into_view_if_needed()
    page.locator("[data-small] svg a").first.wait_for()
    page.get_by_role("link", name="Note: seeds/reading-list.bib").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Near “seeds/reading-list.bib”")


def test_a_picture_has_the_colours_of_the_system(visit, seeds):
    fills = []
    for scheme in ("light", "dark"):
        mark = visit(seeds, color_scheme=scheme).go("timeline").locator("svg.drawing a path").first
        fills.append(mark.evaluate("each => getComputedStyle(each).fill"))
    assert fills[0] != fills[1]


def test_a_picture_is_saved_and_opens_alone(visit, seeds, tmp_path):
    visited = visit(seeds)
    page = visited.go("timeline")
    with page.expect_download() as download:
        page.get_by_role("link", name="Save SVG").click()
    assert download.value.suggested_filename == "timeline.svg"
    assert b"<style>" in Path(download.value.path()).read_bytes()
    alone = visited.go("timeline.svg")
    paper = alone.evaluate("getComputedStyle(document.querySelector('.paper')).fill")
    assert paper == "rgb(251, 250, 247)"


def every_page(visited):
    """The pages by name, and one of each kind that a list leads to."""
    yield from PAGES
    for listing, selector in (
        ("references", ".works h3 a"),
        ("notes", "main li a, main td a"),
        ("references", ".by a"),
    ):
        yield visited.go(listing).locator(selector).first.get_attribute("href").partition("/-/")[2]
    yield "reference/nobody"


@pytest.mark.parametrize("where", ["seeds", "hostile"])
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_nothing_is_cut_squeezed_or_overlaps(visit, request, where, size):
    visited = visit(request.getfixturevalue(where))
    visited.page.set_viewport_size(size)
    found = {}
    for path in every_page(visited):
        page = visited.go(path)
        page.evaluate(OPEN)
        found[path] = page.evaluate(LOOKS)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= size["width"], path
    visited.faults[:] = [each for each in visited.faults if "404" not in each]
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_hostile_works_are_shown_as_text(visit, hostile):
    visited = visit(hostile)
    page = visited.go("references?sort=mentions")
    for address in [each.get_attribute("href") for each in page.locator(".works h3 a").all()[:8]]:
        page.goto(origin(hostile) + address)
        assert page.title() != "run"
        assert page.locator("article script, article img:not(.small img)").count() == 0
        assert page.locator("a[href^='javascript:']").count() == 0


@needs_axe
@pytest.mark.parametrize(("where", "scheme"), [("seeds", "light"), ("hostile", "dark")])
def test_axe_finds_nothing_serious(visit, request, where, scheme):
    visited = visit(request.getfixturevalue(where), color_scheme=scheme, bypass_csp=True)
    found = {}
    for path in every_page(visited):
        page = visited.go(path)
        page.evaluate(OPEN)
        for each in barriers(page):
            if each["impact"] in ("serious", "critical"):
                found.setdefault(path, []).append((each["id"], each["nodes"][0]["html"][:200]))
    visited.faults[:] = [each for each in visited.faults if "404" not in each]
    assert found == {}
