"""Titles that are hardly the work's, and titles that only look so."""

from __future__ import annotations

import pytest

from litdb.checks.titles import suspicion
from litdb.model import Identifier, Work


def work(title, kind="webpage", container="The Example", **more):
    return Work(
        Identifier("url", "u"), (), "k", kind, "https://www.example-site.org/a", title, container=container, **more
    )


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Just a moment...", "a wall says that"),
        ("Are you a robot?", "a wall says that"),
        ("Checking your browser before accessing the site", "a wall says that"),
        ("Page Not Found", "a page that is not there says that"),
        ("404", "a page that is not there says that"),
        ("https://a.example/x", "that is an address"),
        ("www.example.org", "that is an address"),
        ("draft-final.docx", "that is the name of a file"),
        ("Microsoft Word - camera ready", "that is the name of a file"),
        ("Untitled", "that is no title"),
        ("—", "that is no title"),
        ("the example", "that is the name of its site"),
        ("example-site.org", "that is an address"),
        ("The alignment problem from a deep lear…", "it is cut off"),
        ("The alignment problem from a deep ...", "it is cut off"),
        ("On <i>graphs</i> and trees", "it holds markup"),
        ("Cats &amp; dogs", "it holds markup"),
        ("Goodhartâ€™s law", "its letters were misread"),
        ("THE ALIGNMENT PROBLEM IN DEEP LEARNING", "it is all capitals"),
    ],
)
def test_suspicious(title, said):
    assert suspicion(work(title)) == said


@pytest.mark.parametrize(
    "title",
    [
        "",
        "How captchas work",
        "Page not found: a history of the 404",
        "BERT",
        "AI 2027",
        "GPT-4V(ision) System Card",
        "BERT: Pre-training of Deep Bidirectional Transformers",
        "What is example-site.org?",
        "C++ and <T> in templates",
        "R&D; and what follows",
        "Über Ähnlichkeit",
        "Zoom In: An Introduction to Circuits",
        "Intro to brain-like AGI",
        "Wait... what?",
        "DALL·E 2",
        "Login systems compared",
    ],
)
def test_not_suspicious(title):
    assert suspicion(work(title)) == ""


def test_a_website_may_be_called_what_it_is_called():
    assert suspicion(work("The Example", kind="website")) == ""


def test_tex_is_no_markup():
    assert suspicion(work(r"On $a <b> c$ and more", markup="tex")) == ""
