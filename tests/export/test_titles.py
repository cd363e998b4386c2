"""Capitals that must stay, TeX that may live, letters in the hand of TeX."""

from __future__ import annotations

import unicodedata

import pytest

from litdb.export.casing import is_sentence_case, protect
from litdb.export.escape import escape, tex_letters, verbatim
from litdb.export.tex import formula, tex_title
from litdb.text.tex import read_tex


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("Training GPT-3 with ChatGPT", "Training {GPT-3} with {ChatGPT}"),
        ("Understanding “Deep Double Descent”", "Understanding “Deep Double Descent”"),
        ("Gradient hacking: definitions and examples", "Gradient hacking: definitions and examples"),
        ("Shard Theory: An Overview", "Shard Theory: {An} Overview"),
        ("We Were Right! Real Inner Misalignment", "We Were Right! {Real} Inner Misalignment"),
        ("Is it? (Yes) it is", "Is it? ({Yes}) it is"),
        ("What Richard Ngo's shortform says", "What {Richard} {Ngo's} shortform says"),
        ("Intro to Brain-Like-AGI Safety", "Intro to {Brain-Like-AGI} Safety"),
        ("Brain-Like Learning", "Brain-Like Learning"),
        ("Why I left: I'm done with Plan B", "Why {I} left: {I'm} done with {Plan} {B}"),
        ("A Primer in C++ and 3D", "A Primer in {C}++ and {3D}"),
        ("Occam's razor is insufficient", "Occam's razor is insufficient"),
        ("1984", "1984"),
        ("all lower case", "all lower case"),
        ("“Étude” in El Niño, naïvely written", "“Étude” in {El} {Niño}, naïvely written"),
        ("", ""),
        ("?!", "?!"),
    ],
)
def test_words_that_keep_their_capitals(title, written):
    assert protect(title, sentence_case=is_sentence_case(title)) == written


@pytest.mark.parametrize(
    ("title", "written"),
    [
        (r"An $L_1$-norm", r"An {$L_1$}-norm"),
        (r"$\mathcal{O}(n)$ and \(x\) and $$y$$", r"{$\mathcal{O}(n)$} and {$x$} and {$y$}"),
        (r"50% of $50%$", r"50\% of {$50\%$}"),
        (r"$\{x\}$", r"{$\lbrace x\rbrace $}"),
        (r"\emph{GPT} and {\em R&D}", r"\emph{GPT} and {\em R\&D}"),
        (r"\emph{a $x$ b}", r"\emph{a $x$ b}"),
        (r"\$5 of GPT-3", r"\$5 of {GPT-3}"),
        (r"a \unknown{b} c", r"a \textbackslash{}unknown\textbraceleft{}b\textbraceright{} c"),
        (r"\em alone", r"\textbackslash{}em alone"),
        (r"a {group} b", r"a {group} b"),
        (r"a } b { c", r"a \textbraceright{} b \textbraceleft{} c"),
        ("only text", "only text"),
    ],
)
def test_what_lives_in_a_tex_title(title, written):
    assert tex_title(title) == written


@pytest.mark.parametrize(
    "source", [r"\input{x}", r"\def\x{}", "^^5c", "{", "}{", "", " ", "x\\", r"\mathbf{\write18{x}}"]
)
def test_a_formula_with_anything_unknown_is_none(source):
    assert formula(source) == ""


def test_every_accented_letter_reads_back():
    latin = "".join(map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))))
    assert unicodedata.normalize("NFC", read_tex(tex_letters(latin))[0]) == unicodedata.normalize("NFC", latin)


@pytest.mark.parametrize("letters", ["Þðþ", "李明", "đ", "“–”", "ế"])
def test_letters_without_a_safe_name_stay(letters):
    assert tex_letters(letters) == letters


@pytest.mark.parametrize(
    ("text", "written"), [("a--b", "a-{}-b"), ("``x''", "`{}`x'{}'"), ("?`", "?{}`"), ("a-b", "a-b")]
)
def test_what_tex_would_join_stays_apart(text, written):
    assert escape(text) == written


def test_a_valid_address_is_left_byte_by_byte():
    valid = "https://example.org/a_b%20(c)~d;e,f'g*h!i@j$k&l=m+n:o?p=[q]|#r"
    assert verbatim(valid) == valid


@pytest.mark.parametrize("unit", ["$", "{", "}", r"\(", "\\", ": A", ":", "?", "$x$", r"\emph{", "--", "a_"])
def test_a_title_of_one_sign_repeated_is_read_to_its_end(unit):
    assert tex_title(unit * 20_000)
