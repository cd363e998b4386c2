"""litdb bib: tonight's paper, without a project."""

from __future__ import annotations

import re
import shutil
import subprocess
import time

import pytest
from click.testing import CliRunner

from conftest import SEEDS
from litdb.commands import main
from litdb.commands.choosing import cited_keys
from litdb.commands.paper import without_comments
from litdb.notes import read_note

POST = "https://www.cold-takes.com/ai-could-defeat-all-of-us-combined/"
PAPER = "https://arxiv.org/abs/2209.00626"
FORUM = "https://www.lesswrong.com/posts/27AWRKbKyXuzQoaSk/x"


@pytest.fixture
def bib(tmp_path, monkeypatch):
    """The command in an empty folder; what it prints on stdout and on stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LITDB_PACE", "0")
    monkeypatch.delenv("LITDB_DB", raising=False)

    def call(*words, code=0, stdin=None):
        before = set(tmp_path.rglob("*"))
        result = CliRunner().invoke(main, ["bib", *words], input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert result.exit_code == code, result.output
        left = set(tmp_path.rglob("*")) - before
        assert len(left) <= ("-o" in words)
        return result.stdout, result.stderr

    return call


def keys(text):
    return re.findall(r"^@\w+\{(.*),$", text, re.MULTILINE)


def test_urls_become_a_bib_and_nothing_is_kept(bib, little_web):
    text, told = bib(PAPER, POST)
    assert "{The Alignment Problem from a Deep Learning Perspective}" in text
    assert len(keys(text)) == 2
    assert "Works: 2; to look at: 0." in told


def test_what_cannot_be_reached_is_told_and_still_an_entry(bib, little_web):
    little_web.fault("www.lesswrong.com", "cloudflare")
    text, told = bib(PAPER, FORUM)
    assert len(keys(text)) == 2
    assert re.search(r"challenged, .*https://www\.lesswrong\.com/posts/27AWRKbKyXuzQoaSk", told)
    assert "2209.00626" not in told


def test_strict_tells_scripts(bib, little_web):
    bib(PAPER, "--strict")
    little_web.fault("export.arxiv.org", "server-error")
    bib(PAPER, "--strict", "--offline", code=3)


def test_a_list_on_stdin(bib):
    text, told = bib("-", "--offline", stdin=f"{PAPER}\n# a remark\nnonsense\n10.1000/xyz\n")
    assert len(keys(text)) == 2
    assert "stdin.urls:3: 'nonsense'" in told


def test_an_address_that_is_no_work_is_told(bib):
    text, told = bib(PAPER, "https://twitter.com/RichardMCNgo", "--offline")
    assert len(keys(text)) == 1
    assert re.search(r"^links\.urls:2: https://twitter\.com/RichardMCNgo: .*, nothing to cite$", told, re.MULTILINE)


def test_what_has_no_address_is_told_without_one(bib, tmp_path):
    (tmp_path / "a.bib").write_text("@book{ode, title = {An ode}}")
    _, told = bib("a.bib", "--offline")
    assert re.search(r"^ode: partial, [^()]*$", told, re.MULTILINE)


def test_files_of_one_name_from_elsewhere_are_two(bib, tmp_path_factory):
    folder = tmp_path_factory.mktemp("elsewhere")
    for name, url in (("a", PAPER), ("b", POST)):
        (folder / name).mkdir()
        (folder / name / "note.md").write_text(f"<{url}>")
    text, _ = bib(str(folder / "a" / "note.md"), str(folder / "b" / "note.md"), "--offline")
    assert len(keys(text)) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("note.md", f"[a]({PAPER}) and <{POST}>"),
        ("list.txt", f"{PAPER}\n{POST}\n"),
        ("list.urls", f"{PAPER}\n{POST}\n"),
        ("page.html", f'<a href="{PAPER}">a</a> <a href="{POST}">b</a>'),
        ("paper.tex", rf"\url{{{PAPER}}} and \href{{{POST}}}{{b}}"),
        ("refs.bib", f"@misc{{a, url={{{PAPER}}}}}\n@misc{{b, url={{{POST}}}}}"),
    ],
)
def test_a_note_of_any_kind(bib, tmp_path, name, content):
    (tmp_path / name).write_text(content)
    text, _ = bib(name, "--offline")
    assert len(keys(text)) == 2
    assert (tmp_path / name).read_text() == content


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Nothing to look up"),
        (("nofile.txt",), "neither a file nor an address"),
        (("--tex", "none.tex"), "no file none.tex"),
    ],
)
def test_a_wrong_call_is_a_sentence(bib, words, told):
    assert told in bib(*words, code=2)[1]


TEX = r"""
\documentclass{article}
\begin{document}
\cite{ngoAlignmentProblemDeep2022}, \autocite[p.~3]{smithSurveyToolUse2022,unknown2020} % \cite{commented}
\parencite{leikeWhatAlignmentProblem} \nocite{loweAligningLanguageModels2022}
\url{https://www.cold-takes.com/ai-could-defeat-all-of-us-combined/}
\href{https://example.org/a\_b}{a link}
\input{parts/more}
\end{document}
"""
CITED = {
    "ngoAlignmentProblemDeep2022",
    "smithSurveyToolUse2022",
    "leikeWhatAlignmentProblem",
    "loweAligningLanguageModels2022",
    "degraveBuildingVirtualMachine2022",
}


@pytest.fixture
def paper(tmp_path):
    """A paper of two files, with the bibliography of the seeds beside it."""
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "more.tex").write_text(r"\textcite{degraveBuildingVirtualMachine2022}")
    (tmp_path / "main.tex").write_text(TEX)
    shutil.copy(SEEDS / "reading-list.bib", tmp_path / "library.bib")
    return tmp_path


def test_only_what_the_paper_cites_under_the_keys_it_uses(bib, paper):
    text, told = bib("--tex", "main.tex", "--offline")
    assert set(keys(text)) > CITED
    assert len(keys(text)) == len(CITED) + 2
    assert "https://example.org/a_b" in text
    assert "main.tex:4: @unknown2020" in told
    assert "commented" not in told


def test_only_what_the_paper_cites_is_asked_for(bib, paper, little_web):
    bib("--tex", "main.tex")
    asked = {call.host for call in little_web.log}
    assert asked >= {"www.cold-takes.com", "export.arxiv.org"}
    assert "www.youtube.com" not in asked


@pytest.mark.parametrize(
    ("unread", "read"),
    [
        (r"\iffalse \cite{no} \iffalse x \fi \fi", r"\cite{yes}"),
        (r"\iffalse \cite{no} \else", r"\cite{yes} \fi"),
        ("\\begin{comment}\n\\cite{no}\n\\end{comment}", r"\cite{yes}"),
        ("\\begin{verbatim}\n\\cite{no}\n\\end{verbatim}", r"\Autocite{yes}"),
        (r"\verb|\cite{no}|", r"\shortcite{yes}"),
        ("", r"$a \iff b$ \footfullcite{yes} \end{document} \cite{no}"),
        (r"\%", r"\cite{yes} % \cite{no}"),
    ],
)
def test_a_paper_cites_what_latex_typesets(unread, read):
    note = read_note("main.tex", without_comments(f"{unread} {read}").encode(), lambda _: None)
    assert cited_keys(note, ()) == ["yes"]


def test_a_paper_that_cites_everything_gets_everything(bib, paper):
    (paper / "main.tex").write_text(r"\nocite{*}\bibliography{library}")
    text, _ = bib("--tex", "main.tex", "--offline")
    assert len(keys(text)) >= 35


def test_notes_are_thinned_to_what_the_paper_cites(bib, tmp_path, little_web):
    (tmp_path / "note.md").write_text(f"[a]({PAPER}) and <{POST}>")
    (tmp_path / "main.tex").write_text(r"\cite{ngoAlignmentProblemDeep2022}")
    text, told = bib("note.md", "--tex", "main.tex")
    assert keys(text) == ["ngoAlignmentProblemDeep2022"]
    assert "to look at: 0" in told


def test_the_keys_of_an_earlier_export_stay(bib, tmp_path, little_web):
    (tmp_path / "main.tex").write_text(rf"\url{{{PAPER}}}")
    bib("--tex", "main.tex", "-o", "refs.bib")
    written = (tmp_path / "refs.bib").read_text().replace("ngoAlignmentProblemDeep2022", "mine2022")
    (tmp_path / "refs.bib").write_text(written)
    (tmp_path / "main.tex").write_text(r"\cite{mine2022}")
    bib("--tex", "main.tex", "-o", "refs.bib")
    assert (tmp_path / "refs.bib").read_text() == written


@pytest.mark.parametrize("fault", ["cloudflare", "unreachable"])
def test_what_cannot_be_reached_any_more_stays_as_an_earlier_export_has_it(bib, tmp_path, little_web, fault):
    bib(POST, PAPER, "-o", "refs.bib")
    before = (tmp_path / "refs.bib").read_text()
    (tmp_path / "main.tex").write_text(rf"\cite{{{','.join(keys(before))}}}")
    little_web.fault("www.cold-takes.com", fault)
    _, told = bib("--tex", "main.tex", "-o", "refs.bib")
    assert (tmp_path / "refs.bib").read_text() == before
    assert "to look at: 1" in told


def test_a_name_in_the_place_of_a_title_is_not_kept(bib, tmp_path, little_web):
    bib(POST, "--offline", "-o", "refs.bib")
    bib("refs.bib", "--offline", "-o", "refs.bib")
    before = (tmp_path / "refs.bib").read_text()
    (tmp_path / "main.tex").write_text(rf"\cite{{{keys(before)[0]}}}")
    bib("--tex", "main.tex", "-o", "refs.bib", "--offline")
    assert (tmp_path / "refs.bib").read_text() == before
    bib("--tex", "main.tex", "-o", "refs.bib")
    assert "Karnofsky, Holden" in (tmp_path / "refs.bib").read_text()


@pytest.mark.parametrize("name", ["refs.bib", "list.md"])
def test_what_litdb_wrote_itself_may_be_asked_about_again(bib, tmp_path, name):
    (tmp_path / "refs.bib").write_text(bib(PAPER, POST, "--offline")[0].replace("{arxiv220900626,", "{mine,"))
    (tmp_path / "list.md").write_text(f"<!-- litdb export: references -->\n- [a]({PAPER})\n- [b]({POST})\n")
    text, _ = bib(name, "--offline")
    assert len(keys(text)) == 2
    assert ("mine" in keys(text)) == (name == "refs.bib")


def test_somebody_elses_bib_stays(bib, paper):
    bib(PAPER, "--offline", "-o", "library.bib", code=1)


def test_the_contact_of_a_litdb_toml_is_used(bib, tmp_path, little_web):
    (tmp_path / "litdb.toml").write_text('contact = "me@example.org"\n[lists]\ntemplate = "elsewhere.md"\n')
    bib(POST)
    assert any("me@example.org" in " ".join(call.headers.values()) for call in little_web.log)


def test_interrupted_it_prints_what_it_learnt_and_says_130(bib, little_web, monkeypatch):
    from litdb.asking import Asking

    def cut(self):
        raise KeyboardInterrupt

    monkeypatch.setattr(Asking, "results", cut)
    text, _ = bib(PAPER, POST, code=130)
    assert len(keys(text)) == 2


@pytest.mark.skipif(not shutil.which("bibtex"), reason="BibTeX is not installed")
@pytest.mark.parametrize(("target", "style"), [(None, "plainurl"), (None, "plain"), ("natbib", "plainnat")])
def test_twenty_urls_become_a_file_that_compiles(bib, tmp_path, little_web, target, style):
    urls = re.findall(r"https?://[^\s)>\]}]+", "".join(path.read_text() for path in sorted(SEEDS.glob("*.md"))))
    begun = time.monotonic()
    text, _ = bib(*list(dict.fromkeys(urls))[:20], *(("--target", target) if target else ()))
    assert time.monotonic() - begun < 60
    (tmp_path / "refs.bib").write_text(text)
    (tmp_path / "p.aux").write_text(f"\\bibstyle{{{style}}}\n\\citation{{*}}\n\\bibdata{{refs}}\n")
    ran = subprocess.run(["bibtex", "p"], cwd=tmp_path, capture_output=True, text=True, check=False)
    if "couldn't open style file" in ran.stdout:
        pytest.skip(f"the style {style} is not installed")
    assert "error" not in ran.stdout.lower()
    assert (tmp_path / "p.bbl").read_text().count("\\bibitem") == len(keys(text)) >= 18
