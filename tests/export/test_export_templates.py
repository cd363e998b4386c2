"""Lists by a template of one's own: what it sees, and sentences for what is wrong in it."""

from __future__ import annotations

import pytest

from litdb.errors import UsageError
from litdb.export.references import ListStyle
from litdb.export.templates import Template, render
from litdb.model import Identifier, Name, Work

WORK = Work(
    Identifier("arxiv", "2209.00626"),
    (Identifier("arxiv", "2209.00626"),),
    "ngo2022",
    "preprint",
    "https://arxiv.org/abs/2209.00626",
    title="On <b>risk</b> & [x]",
    authors=(Name("Ngo", "Richard"), Name("Chan", "Lawrence"), Name("Mindermann", "Sören")),
    date="2022-08",
)


def made(text: str, name: str = "list.md", **more) -> str:
    return render(Template(name, text), [WORK], **more)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ works[0].title }}", "On <b>risk</b> & [x]"),
        ("{{ works[0].title|markdown }}", r"On &lt;b>risk&lt;/b> & \[x\]"),
        ("{{ works[0]|people }}", "Richard Ngo, Lawrence Chan, Sören Mindermann"),
        ("{{ works[0]|people('short') }}", "Ngo et al."),
        ("{{ works[0]|date }}", "08.2022"),
        ("{{ works[0]|date('%B %Y') }}", "August 2022"),
        ("{{ works[0]|date('relative') }}", "4 years ago"),
        ("{{ works[0].arxiv }} {{ works[0].year }} {{ today }}", "2209.00626 2022 2026-11-21"),
        ("{% for w in works %}\n- {{ w.key }}\n{% endfor %}\n", "- ngo2022\n"),
        ("{% for name in works[0].names %}{{ name.family }};{% endfor %}", "Ngo;Chan;Mindermann;"),
        ("{% for note in notes %}{{ note.path }}: {{ note.works|length }}{% endfor %}", "n.md: 1"),
    ],
)
def test_what_a_template_sees(text, shown):
    assert made(text, by_note=[("n.md", [WORK])], style=ListStyle(today="2026-11-21")) == shown


def test_html_is_escaped_by_itself():
    assert made("{{ works[0].title }}", "list.html") == "On &lt;b&gt;risk&lt;/b&gt; &amp; [x]"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a\n{% for %}", "list.md:2", "Expected an expression"),
        ("a\n\n{{ works[0].nope }}", "list.md:3", "nope"),
        ("{{ nope }}", "list.md:1", "'nope' is undefined"),
        ("\n{{ 1 / 0 }}", "list.md:2", "division by zero"),
        ("\n{{ works[0]|people('few') }}", "list.md:2", "not “few”"),
        ("{{ works[0]|date('%Q') }}", "list.md:1", "%Q"),
        ("{{ works|nofilter }}", "list.md:1", "nofilter"),
        ("{% include '/etc/passwd' %}", "list.md:1", "loader"),
    ],
)
def test_a_broken_template_is_a_sentence_with_its_line(text, place, words):
    with pytest.raises(UsageError) as error:
        made(text)
    assert str(error.value).startswith(f"{place}: ")
    assert words in str(error.value)


@pytest.mark.parametrize(
    "text",
    ["{{ ''.__class__.__mro__ }}", "{{ works[0].__init__.__globals__ }}", "{{ works.append(1) }}", "{{ range(10**9) }}",
     "{{ ('a' * 9).format.__self__ }}", "{{ (works|first)|attr('__class__') }}"],
)  # fmt: skip
def test_a_template_stays_in_its_sandbox(text):
    with pytest.raises(UsageError):
        made(text)
