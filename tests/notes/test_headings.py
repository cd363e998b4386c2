"""The headings above a citation, and the title of a note, in LaTeX, Org, reStructuredText, AsciiDoc and MediaWiki."""

from __future__ import annotations

import pytest

from litdb.notes.text import read_text

X = "https://example.org/x"

PATHS = [
    # Org
    ("org", f"#+TITLE: Title\n* One\n** Two\n*** Three\n** Four\n{X}", ("One", "Four")),
    ("org", f"#+title: Title\n{X}", ()),
    ("org", f"* TODO [#A] Read [[{X}y][the /words/]] :ai:to_read:\n{X}", ("Read the words",)),
    ("org", f"#+TODO: IDEA(i) NEXT | KEPT\n* NEXT One\n** WAIT two\n{X}", ("One", "WAIT two")),
    ("org", f"* One\n#+begin_src org\n* no\n#+end_src\n*bold* {X}", ("One",)),
    ("org", f"* DONE One [1/3] [33%]\n ** no\n{X}", ("One",)),
    ("org", f"* [[{X}y][A [2020] paper]]\n{X}", ("A [2020] paper",)),
    ("org", f"* See {X}", (f"See {X}",)),
    # LaTeX
    ("tex", rf"\title{{T}} \part{{One}} \chapter*{{Two}} \section[Short]{{Three}} {X}", ("One", "Two", "Three")),
    ("tex", rf"\section{{A}} \subsection{{B}} \subsubsection{{C}} \paragraph{{D}} {X}", ("A", "B", "C", "D")),
    ("tex", rf"\subsection{{B}}\subparagraph{{C}} \section*{{D}} {X}", ("D",)),
    ("tex", rf"\section{{On \emph{{G\"odel}} \& $\mathcal{{O}}(n)$\label{{sec:a}}\footnote{{No.}}~--- {{GPT}}}} {X}",
     (r"On Gödel & $\mathcal{O}(n)$ — GPT",)),
    ("tex", rf"\section{{A\footnote{{See \url{{{X}y}} and {{b}}.}} b}} {X}", ("A b",)),
    ("tex", rf"\section{{See \href{{{X}y}}{{the words}} \cite[p. 3]{{a}}}} {X}", ("See the words",)),
    ("tex", r"\section[a {b} c]{One\\two" + "\n" + rf"three}}{X}", ("One two three",)),
    ("tex", f"\\section{{One}}\n% \\section{{no}}\n50\\% \\subsection{{Two}}\n{X}", ("One", "Two")),
    ("tex", f"\\section{{One}}\n\\begin{{verbatim}}\n\\section{{no}}\n\\end{{verbatim}}\n{X}", ("One",)),
    ("tex", rf"\renewcommand{{\section}}{{a}} \titleformat{{\section}}{{b}} \sectionmark{{c}} {X}", ()),
    ("tex", rf"\section{{never closed {X}", ()),
    # reStructuredText
    ("rst", f"=====\nTitle\n=====\n\nOne\n===\n\nTwo\n---\n\nThree\n=====\n\n{X}", ("Title", "Three")),
    ("rst", f"One\n***\n\nTwo\n~~~\n\nThree\n^^^^^\n\nFour\n~~~~\n{X}", ("One", "Four")),
    ("rst", f"`The words <{X}y>`_ of **it**\n==========================\n{X}", ("The words of it",)),
    ("rst", f".. _label:\n\nOne\n===\n\na\n\n----\n\nb\n\n{X}", ("One",)),
    ("rst", f"One\n===\n\n=====  =====\na      b\n=====  =====\n1      {X}\n=====  =====", ("One",)),
    ("rst", f"One\n===\n\ncode::\n\n   no\n   ==\n\n{X}", ("One",)),
    ("rst", f"Too short\n==\n\n{X}", ()),
    # AsciiDoc
    ("adoc", f"= Title\nAn Author\n\n== One\n\n=== {X}y[Two^] and `three` ===\n\n{X}", ("Title", "One", "Two and three")),
    ("adoc", f"== One\n----\n== no\n----\n====\n{X}\n====", ("One",)),
    # Typst and TiddlyWiki
    ("typ", f"= One <one>\n== #link(\"{X}y\")[Two] and *three*\n// = no\n{X}", ("One", "Two and three")),
    ("tid", f"title: T\n\n! One\n!!See [[Two|{X}y]]\n{X}", ("One", "See Two")),
    # MediaWiki
    ("wiki", f"== One ==\n=== [[Page|Two]] ''and'' [{X}y three] ===\n{X}", ("One", "Two and three")),
    ("wiki", f"== One ==\n<pre>\n== no ==\n</pre>\na == b\n{X}", ("One",)),
]  # fmt: skip


@pytest.mark.parametrize(("suffix", "text", "path"), PATHS)
def test_a_citation_stands_under_its_headings(suffix, text, path):
    note = read_text(f"n.{suffix}", text)
    assert [each.headings for each in note.mentions if each.url == X] == [path]


@pytest.mark.parametrize(
    ("suffix", "text", "title"),
    [
        ("org", "#+AUTHOR: A\n#+TITLE: On /x/\n#+TITLE: and y\n* One", "On x and y"),
        ("org", "* One", ""),
        ("tex", "\\title[Short]{On {X}\\thanks{To all}\\\\and y}\n\\section{One}", "On X and y"),
        ("tex", "\\section{One}", ""),
        ("rst", "One\n===\n\nTwo\n===", "One"),
        ("adoc", ":toc:\n= On _x_\n\n== One", "On x"),
        ("wiki", "== One ==", ""),
        ("typ", '#set document(author: "A", title: "On x")\n= One', "On x"),
        ("typ", "= One", ""),
        ("tid", "created: 1\ntitle: On x\n\n! One", "On x"),
    ],
)
def test_a_note_has_the_title_that_it_says(suffix, text, title):
    assert read_text(f"n.{suffix}", text).title == title


@pytest.mark.parametrize("suffix", ["org", "tex", "rst", "adoc", "wiki", "typ", "tid"])
@pytest.mark.parametrize(
    "piece",
    ["\\section[", "\\section{", "* ", "= ", "=\n", "**:a:", "a\n==\n", "[[", "== a", "`", "```\na", "/*", "title:"],
)
def test_no_text_is_slow_to_read(suffix, piece):
    assert read_text(f"n.{suffix}", piece * 30_000).mentions == ()
