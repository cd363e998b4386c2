import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.text.tex import from_tex, read_tex


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"{\'E}tude", "Étude"),
        (r"M\"uller", "Müller"),
        (r"\'{\i} \'\i x", "í íx"),
        (r"\v{s} {\v s} \c{c} \c c", "š š ç ç"),
        (r"\'{\^e} \d{\^o}", "ế ộ"),
        (r"Erd\H{o}s, Dvo\v{r}\'ak", "Erdős, Dvořák"),
        (r"Stra\ss e, Stra{\ss}e, \O{}rsted, \AA ngstr\"om", "Straße, Straße, Ørsted, Ångström"),
        (r"{\TH}{\'o}rsson", "Þórsson"),
        (r"``Hello'' it's -- ---", "“Hello” it's – —"),
        (r"a~b\ c\\d", "a b c d"),
        (r"50\% \& R\_D \#1", "50% & R_D #1"),
        (r"\{set\} \textbackslash{}x \textasciitilde{}", "{set} \\x ~"),
        (r"{GPT-3} and {{OpenAI}}", "GPT-3 and OpenAI"),
        (r"\LaTeX{} and \TeX", "LaTeX and TeX"),
    ],
)
def test_accents_and_ligatures_become_unicode(tex, text):
    assert read_tex(tex) == (text, "plain")


@pytest.mark.parametrize(
    "tex",
    [
        r"$O(\sqrt{n})$-approximation",
        r"$\alpha_{x}^2$",
        r"\emph{a b} c",
        r"\frac{a}{b}",
        r"\url{http://x.y/a_b}",
        r"\(x\)",
        r"\$100 and $x$",
        r"\{set\} of $x$",
    ],
)
def test_mathematics_and_unknown_commands_stay(tex):
    assert read_tex(tex) == (tex, "tex")


def test_braces_inside_a_kept_command_s_argument_are_only_dropped_where_they_protect():
    assert from_tex(r"\emph{a {B} c} {D} $f_{1}$") == r"\emph{a B c} D $f_{1}$"


@pytest.mark.parametrize("tex", ["unbalanced } {", "\\", "{\\", "$", "$a", r"\'", "a $5 b"])
def test_broken_tex_is_read_without_an_error(tex):
    assert isinstance(from_tex(tex), str)


def test_a_price_is_no_mathematics():
    assert read_tex(r"\$5 or \$10") == ("$5 or $10", "plain")


@given(st.text(alphabet=st.characters(exclude_characters="\\${}~`'-", exclude_categories=("Cs",))))
def test_plain_text_is_left_as_it_is(text):
    assert from_tex(text) == text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"the {\em things} here", r"the \emph{things} here"),
        (r"{\it a {B} c} and {\bfseries {D}}", r"\textit{a B c} and \textbf{D}"),
        (r"{\em na{\"\i}ve $x$}", r"\emph{naïve $x$}"),
        (r"${\bf x}$ {\embed a}", r"${\bf x}$ \embed a"),
    ],
)
def test_a_font_goes_as_far_as_its_group(written, read):
    assert read_tex(written) == (read, "tex")
