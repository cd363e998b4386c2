"""Works in CSL styles through citeproc-py, whose known faults stay out of sight."""

from __future__ import annotations

import builtins
import re
import sys
from pathlib import Path

import pytest
from lxml import html

from export.made_works import Maker
from litdb.errors import UsageError
from litdb.export.escape import one_line
from litdb.export.shown import shown_title
from litdb.export.styled import Style, write_styled
from litdb.model import Identifier, Name, Work

FILE = Path(__file__).parent / "styles" / "author-year.csl"
STYLE = Style("author-year.csl", FILE.read_bytes())


def work(**fields) -> Work:
    usual = {
        "identifier": Identifier("url", "u"),
        "identifiers": (),
        "key": "k",
        "type": "post",
        "url": "https://a.example/",
    }
    return Work(**usual | fields)


def text(*works: Work) -> str:
    return "".join(write_styled(works, STYLE, "text"))


def test_a_style_sorts():
    written = text(work(key="a", authors=(Name("Zhou", "A."),)), work(key="b", authors=(Name("Adams", "B."),)))
    assert re.findall(r"^\w+", written, re.MULTILINE) == ["Adams", "Zhou"]


def test_undated_works_and_precise_days():
    assert "(n.d.)" in text(work(title="x"))
    assert "(2019)" in text(work(title="x", date="2019-12"))


def test_keys_that_differ_in_case_are_two_works():
    assert text(work(key="A", title="one"), work(key="a", title="two")).count("\n") == 2


@pytest.mark.parametrize(
    "title", ['<span class="nocase">x</span> y', "<i>x</i>", "a & b &lt; c", "</div><script>x</script>"]
)
def test_titles_with_mark_up_are_text(title):
    assert f". {title} [" in text(work(title=title, type="tweet", authors=(Name("A", "B"),)))
    (entry,) = html.fragment_fromstring("".join(write_styled([work(title=title)], STYLE, "html")))
    assert title in entry.text_content()
    assert {each.tag for each in entry.iter()} <= {"div", "i", "a"}


@pytest.mark.parametrize("name", [Name("boyd", "danah"), Name("李", "明")])
def test_names_without_capitals_are_not_abbreviated_to_dots(name):
    assert text(work(authors=(name,), title="x")).startswith(f"{name.family}, {name.given} (")


def test_every_type_of_work_can_be_written(every_work):
    assert text(*every_work).count("\n") == len(every_work)


def test_hostile_works_stay_text_and_one_line_each():
    works = Maker(19).works(150)
    written = "".join(write_styled(works, STYLE, "html"))
    entries = html.fragment_fromstring(written).findall("div")
    assert len(entries) == 150
    assert {each.tag for entry in entries for each in entry.iter()} <= {"div", "i", "a"}
    by_key = {entry.get("id"): " ".join(entry.text_content().split()) for entry in entries}
    letters = lambda title: re.sub(r"[\W_]+", "", one_line(title))  # noqa: E731
    assert [each.key for each in works if letters(shown_title(each)) not in letters(by_key[each.key])] == []
    assert "\x1b" not in written


def test_an_address_is_a_link():
    assert '&lt;<a href="https://a.example/?b&amp;c">https://a.example/?b&amp;c</a>&gt;' in "".join(
        write_styled([work(url="https://a.example/?b&c", title="x")], STYLE, "html")
    )


CSL = "http://purl.org/net/xbiblio/csl"
DEPENDENT = f'<style xmlns="{CSL}"><info><link rel="independent-parent" href="http://s.example/apa"/></info></style>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<style", "not valid XML"),
        ("<html/>", "begins with <html>"),
        (f'<style xmlns="{CSL}"><citation/></style>', "no bibliography"),
        (DEPENDENT, "http://s.example/apa"),
    ],
)
def test_what_is_no_style_is_a_sentence(content, words):
    with pytest.raises(UsageError, match=re.escape(words)) as error:
        list(write_styled([work()], Style("my.csl", content.encode()), "text"))
    assert "my.csl" in str(error.value)


def test_without_the_extra_it_says_how_to_get_it(monkeypatch):
    real = builtins.__import__

    def without(name, *more, **named):
        if name.startswith("citeproc"):
            raise ImportError(name)
        return real(name, *more, **named)

    for name in [each for each in sys.modules if each.startswith("citeproc")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=re.escape("pip install 'litdb-notes[csl]'")):
        list(write_styled([work()], STYLE, "text"))
