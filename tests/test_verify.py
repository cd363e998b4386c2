"""litdb verify: a file that litdb did not write, held against what the sources say."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from litdb.commands import main
from verify.web import REFUSALS, verify_web, web

__all__ = ["web"]

FILES = Path(__file__).parent / "verify"
ROOT = Path(__file__).parents[1]
RIGHT, WRONG, REFUSED = (FILES / f"{name}.bib" for name in ("right", "wrong", "refused"))

NGO = "title = {The Alignment Problem from a Deep Learning Perspective}, author = {Ngo, Richard and others}"


def write(name, text):
    Path(name).write_text(text, "utf-8")
    return name


def sixty():
    return write("sixty.bib", "".join(path.read_text("utf-8") for path in (RIGHT, WRONG, REFUSED)))


def by_key(verified):
    return {each["key"]: each for each in verified["entries"]}


def blamed(entry):
    return [each["name"] for each in entry["findings"] if each["state"] == "disagrees"]


# Sixty entries: forty right in the many ways people write, ten with a planted wrong field, ten of sites that refuse


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """The sixty entries, verified once."""
    with verify_web() as web, pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("sixty"))
        for name, value in {**web.environment(), "LITDB_PACE": "0"}.items():
            patch.setenv(name, value)
        return by_key(json.loads(CliRunner().invoke(main, ["verify", sixty(), "--json"]).stdout))


def test_sixty_entries_are_right_wrong_or_not_to_be_checked(judged):
    assert Counter(each["verdict"] for each in judged.values()) == {"confirmed": 40, "disagrees": 10, "unchecked": 10}


def test_every_planted_field_is_named_and_no_other(judged):
    planted = {key: key.rpartition("-")[2] for key in judged if "-" in key}
    assert len(planted) == 10
    assert {key: blamed(judged[key]) for key in planted} == {key: [field] for key, field in planted.items()}


def test_no_right_entry_is_blamed(judged):
    right = re.findall(r"^@\w+\{(\w+),", RIGHT.read_text("utf-8"), re.MULTILINE)
    assert len(right) == 40
    assert {key: blamed(judged[key]) for key in right if judged[key]["verdict"] != "confirmed"} == {}


def test_sites_that_refuse_leave_their_entries_unchecked_and_say_why(judged):
    refused = [*(host.partition(".")[0] for host in REFUSALS), "nowhere"]
    assert len(refused) == 10
    assert {judged[key]["verdict"] for key in refused} == {"unchecked"}
    assert judged["cloudflare"]["reason"] == "challenged, Cloudflare asks for a browser"
    assert all(judged[key]["reason"] for key in refused)


def test_people_read_short_lines_and_a_summary(litdb, web):
    lines = litdb("verify", sixty(), code=1).splitlines()
    assert "  sixty.bib:64 lecun-year: year is 2016, Crossref says 2015" in lines
    assert "  sixty.bib:4 lecun2015: title, author, year, journal, volume, pages by Crossref" in lines
    assert lines[-1] == "60 entries: 40 confirmed, 10 disagree, 10 could not be checked."


def test_quiet_leaves_out_what_is_well(litdb, web):
    said = litdb("verify", sixty(), "--quiet", code=1)
    assert "lecun-year" in said
    assert "lecun2015" not in said
    assert litdb.told == ""


# Another version is told and not blamed


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("rootsPreprintYear", "year 2020 is that of arxiv:2012.99017; Crossref says 2021"),
        ("rootsJournalYear", "year 2021 is that of doi:10.5555/roots; arXiv says 2020"),
        ("occamNips", "year 2018 may be that of a version that nobody told of; arXiv says 2017"),
    ],
)
def test_the_year_of_another_version_is_told(judged, key, sentence):
    assert judged[key]["verdict"] == "confirmed"
    assert sentence in [each["sentence"] for each in judged[key]["findings"]]


def test_a_later_version_of_a_preprint_has_a_later_year(litdb, web):
    bib = write("a.bib", f"@misc{{a, {NGO}, year = 2025, eprint = {{2209.00626}}}}")
    assert "year 2025 is that of a later version; arXiv says 2022" in litdb("verify", bib)


@pytest.mark.parametrize(("year", "code"), [(2021, 1), (2023, 0), (2024, 0), (2026, 1)])
def test_a_year_between_the_versions_may_be_that_of_another_one(litdb, web, year, code):
    litdb("verify", write("a.bib", f"@misc{{a, {NGO}, year = {year}, eprint = {{2209.00626}}}}"), code=code)


def test_a_version_that_refuses_does_not_speak_against_an_entry(litdb, web):
    for host in ("api.crossref.org", "doi.org", "api.datacite.org", "api.openalex.org", "api.semanticscholar.org"):
        web.fault(host, "forbidden")
    bib = write("a.bib", "".join(re.findall(r"^@misc\{rootsJournalYear.*\n", RIGHT.read_text("utf-8"), re.MULTILINE)))
    (entry,) = litdb.data("verify", bib)["entries"]
    assert blamed(entry) == []


# Silence, refusal and the unknown


def test_when_nothing_answers_nothing_is_blamed(litdb, web):
    for host in web.sites:
        web.fault(host, "forbidden")
    entries = litdb.data("verify", str(RIGHT))["entries"]
    assert Counter(each["verdict"] for each in entries) == {"unchecked": 40}


def test_without_identifier_or_link_there_is_nothing_to_check(litdb, web):
    bib = write("a.bib", "@article{a, title = {Deep learning}, year = 2015}")
    assert "a.bib:1 a: no DOI, arXiv number or link" in litdb("verify", bib)
    litdb("verify", bib, "--strict", code=3)


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("doi = {10.5555/no.such}", "doi:10.5555/no.such: there is no such DOI (404)"),
        ("eprint = {2209.99999}", "arxiv:2209.99999: there is no such page (404)"),
    ],
)
def test_an_identifier_that_its_register_does_not_know_is_none(litdb, web, field, sentence):
    assert sentence in litdb("verify", write("a.bib", f"@misc{{a, {NGO}, year = 2022, {field}}}"), code=1)


@pytest.mark.parametrize(
    "field",
    [
        "url = {arxiv.org/abs/2209.00626}",
        "note = {doi: 10.48550/arXiv.2209.00626.}",
        "annote = {10.48550/ARXIV.2209.00626}",
    ],
)
def test_what_is_named_carelessly_is_checked_all_the_same(litdb, web, field):
    assert "year is 2021" in litdb("verify", write("a.bib", f"@misc{{a, {NGO}, year = 2021, {field}}}"), code=1)


def test_an_eprint_of_another_work_is_named(litdb, web):
    bib = "@article{a, title = {Deep learning}, author = {LeCun, Yann and others}, year = 2015, doi = {10.1038/nature14539}, eprint = {2209.00626}}"
    said = litdb("verify", write("a.bib", bib), code=1)
    assert "arxiv:2209.00626 is “The Alignment Problem from a Deep Learning Perspective”, as arXiv says" in said
    assert "1 entry: 0 confirmed, 1 disagrees" in said


def test_what_the_file_ties_together_is_no_version(litdb, web):
    """An entry that gives two works as one must not lend the one's title to the other."""
    bib = f"@article{{a, {NGO}, year = 2022, doi = {{10.1038/nature14539}}, eprint = {{2209.00626}}}}"
    (entry,) = litdb.data("verify", write("a.bib", bib), code=1)["entries"]
    assert blamed(entry) == ["title", "author", "year"]


def test_two_files_that_make_the_same_mistake_do_not_confirm_each_other(litdb, web):
    wrong = f"@misc{{a, {NGO}, year = 2021, eprint = {{2209.00626}}}}"
    entries = litdb.data("verify", write("a.bib", wrong), write("b.bib", wrong), code=1)["entries"]
    assert [blamed(each) for each in entries] == [["year"], ["year"]]


def test_handles_are_nobody_in_particular(litdb, web):
    bib = "@misc{a, title = {A survey of tool use and workflows in alignment research}, author = {Smith, Logan Riggs and Kirchner, Jan Hendrik and {janus} and Thibodeau, Jacques}, year = 2022, url = {https://www.lesswrong.com/posts/ebYiodG3MAEqskCDG/x}}"
    litdb("verify", write("a.bib", bib))


@pytest.mark.parametrize(
    "venue",
    [
        "journal = {Journal of Seeds}, volume = {2}, pages = {1--9}",
        "booktitle = {Proceedings of Seeds}, pages = {1--9}, url = {https://arxiv.org/abs/2209.00626}",
    ],
)
def test_what_was_printed_is_checked_by_its_preprint_where_only_that_has_a_number(litdb, web, venue):
    bib = write("a.bib", f"@article{{a, {NGO}, year = 2022, eprint = {{2209.00626}}, {venue}}}")
    assert "a.bib:1 a: title, author, year by arXiv" in litdb("verify", bib)
    text = Path(bib).read_text("utf-8").replace("Alignment", "Control")
    assert "title “The Control Problem from a Deep Learning Perspective” may be that" in litdb(
        "verify", write(bib, text)
    )
    assert "title is “The Control Problem" in litdb("verify", write(bib, text.replace("Ngo", "Fernsby")), code=1)


def test_an_entry_does_not_excuse_another_one(litdb, web):
    """What was printed may differ from its preprint; the entry of the preprint may not for that."""
    printed = f"@article{{b, {NGO}, year = 2024, eprint = {{2209.00626}}, journal = {{Seeds}}, pages = {{1--9}}}}"
    preprint = f"@misc{{a, {NGO}, year = 2021, eprint = {{2209.00626}}}}"
    found = by_key(litdb.data("verify", write("a.bib", f"{preprint}\n{printed}"), code=1))
    assert {key: each["verdict"] for key, each in found.items()} == {"a": "disagrees", "b": "confirmed"}


@pytest.mark.parametrize("people", ["Ngo, Richard and {et al.}", "Ngo, Richard and others and {Seeds Collaboration}"])
def test_a_list_of_people_may_say_that_it_is_cut_in_many_ways(litdb, web, people):
    entry = f"@misc{{a, title = {{The Alignment Problem from a Deep Learning Perspective}}, author = {{{people}}}, eprint = {{2209.00626}}}}"
    assert "author by arXiv" in litdb("verify", write("a.bib", entry))


@pytest.mark.parametrize(("span", "code"), [("2022-07/2022-09", 0), ("2021/2022", 0), ("2022/..", 0), ("2020/2021", 1)])
def test_a_day_within_a_span_agrees_with_it(litdb, web, span, code):
    litdb("verify", write("a.bib", f"@online{{a, {NGO}, date = {{{span}}}, eprint = {{2209.00626}}}}"), code=code)


# Papers, notes, standard input


def test_of_a_paper_only_what_it_cites_is_checked(litdb, web):
    write("refs.bib", sixty() and Path("sixty.bib").read_text("utf-8"))
    Path("sixty.bib").unlink()
    write("main.tex", "\\cite{lecun2015, lecun-year,\n undefined} % \\cite{glass}\n\\bibliography{refs}\n")
    found = by_key(litdb.data("verify", "main.tex", code=1))
    assert {key: each["verdict"] for key, each in found.items()} == {
        "lecun2015": "confirmed",
        "lecun-year": "disagrees",
        "@undefined": "unchecked",
    }
    assert (found["@undefined"]["note"], found["@undefined"]["line"]) == ("main.tex", 2)
    assert found["lecun-year"]["note"] == "refs.bib"


NOTE = """\
[The alignment problem](https://arxiv.org/abs/2209.00626) (Richard Ngo) (30.08.2022) and [this](https://arxiv.org/abs/2209.00626).
[shards](https://www.lesswrong.com/posts/xqkGmfikqapbJ2YMj/x) (David Udell) (12.08.2021), [@nobody2020]
[me](https://twitter.com/RichardMCNgo), [a wall](https://cloudflare.example/roots/) (2020)

## References

- [Decision Transformer](https://arxiv.org/abs/2106.01345) (02.06.2021)
- [Gradient Explosion](https://arxiv.org/abs/2011.09468) (2020)
"""


def test_a_note_is_checked_by_what_stands_beside_its_links(litdb, web):
    lines = litdb("verify", write("note.md", NOTE), code=1).splitlines()
    assert "  note.md:1 https://arxiv.org/abs/2209.00626: people, date by arXiv" in lines
    assert "  note.md:1 https://arxiv.org/abs/2209.00626: it is there" in lines
    assert any("note.md:2 " in line and "date is 2021-08-12, the forum says 2022-08-11" in line for line in lines)
    assert any("note.md:8 " in line and "title is “Gradient Explosion”" in line for line in lines)
    assert "  note.md:2 @nobody2020: no bibliography among the files has @nobody2020" in lines
    assert lines[-1] == "8 entries: 3 confirmed, 2 disagree, 3 could not be checked."


def test_a_key_of_a_note_is_judged_where_its_bibliography_has_it(litdb, web):
    write("refs.bib", f"@misc{{ngo, {NGO}, year = 2022, eprint = {{2209.00626}}}}")
    found = by_key(litdb.data("verify", write("note.md", "As in [@ngo]."), "refs.bib"))
    assert [*found] == ["ngo"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"@misc{{a, {NGO}, year = 2021, eprint = {{2209.00626}}}}", "stdin.bib:1 a: year is 2021"),
        ("[x](https://arxiv.org/abs/2209.00626) (2021)", "stdin.md:1 https://arxiv.org/abs/2209.00626: date is 2021"),
    ],
)
def test_standard_input_is_a_bibliography_or_a_note(litdb, web, text, place):
    assert place in litdb("verify", "-", code=1, stdin=text)


def test_bibliographies_of_other_forms_are_judged_field_by_field(litdb, web):
    title, url = "The Alignment Problem from a Deep Learning Perspective", "https://arxiv.org/abs/2209.00626"
    people = [{"family": family} for family in ("Ngo", "Chan", "Mindermann")]
    item = {"id": "a", "type": "article", "title": title, "author": people, "issued": {"date-parts": [[2021]]}}
    csl = write("a.json", json.dumps([{**item, "URL": url}]))
    ris = write("a.ris", f"TY  - UNPB\nTI  - {title}\nAU  - Ngo, Richard\nPY  - 2022\nUR  - {url}\nER  - \n")
    found = litdb("verify", csl, ris, code=1)
    assert "a.json:1 a: issued is 2021, arXiv and the arXiv number say 2022" in found
    assert "author lacks Lawrence Chan and Sören Mindermann" in found


def test_what_litdb_wrote_itself_is_judged_like_any_other(litdb, web):
    text = f"% litdb export, dialect bibtex\n@misc{{a, {NGO}, year = 2021, eprint = {{2209.00626}}}}"
    assert "own.bib:2 a: year is 2021" in litdb("verify", write("own.bib", text), code=1)


# Answers that are kept


def test_nothing_is_kept_and_nothing_lies_about(litdb, web):
    bib = sixty()
    litdb("verify", bib, code=1)
    assert [path.name for path in Path().iterdir()] == [bib]


def test_offline_without_anything_kept_blames_nobody(litdb, web):
    litdb("verify", str(RIGHT), "--offline")
    assert web.asked() == []
    found = by_key(litdb.data("verify", str(WRONG), "--offline", code=1))
    assert [key for key, each in found.items() if each["verdict"] == "disagrees"] == ["occam-year"]
    assert "nobody was asked (--offline)" in found["lecun-year"]["reason"]


def test_kept_answers_give_the_same_verdicts_and_are_not_asked_for_again(litdb, web):
    first = litdb("verify", sixty(), "--keep", code=1)
    asked = len(web.asked())
    assert litdb("verify", "sixty.bib", "--keep", code=1) == first
    again = {call.host for call in web.asked()[asked:]}
    assert again <= {"silent.example"}  # before anything had answered it may have been the network
    assert litdb("verify", "sixty.bib", "--offline", code=1) == first


def test_a_project_lends_what_it_has_learnt_and_is_left_alone(litdb, web):
    litdb("crawl", write("n.md", "<https://arxiv.org/abs/2209.00626>"))
    before, asked = kept_files(litdb), len(web.asked())
    litdb("verify", write("a.bib", f"@misc{{a, {NGO}, year = 2022, eprint = {{2209.00626}}}}"))
    assert len(web.asked()) == asked
    assert kept_files(litdb) == before


def kept_files(litdb):
    """The files of a library, without those that SQLite has beside them while it reads."""
    files = (path for path in litdb.library.parent.iterdir() if not path.name.endswith(("-shm", "-wal")))
    return {path.name: path.read_bytes() for path in files}


# Bad input


def test_a_broken_entry_is_told_with_its_line_and_the_rest_is_judged(litdb, web):
    text = f"@misc{{a, {NGO}, year = 2021, eprint = {{2209.00626}}}}\n@misc{{open, title = {{x}}\n\n@misc{{}}\n"
    text += f"@misc{{b, {NGO}, year = 2022, eprint = {{2209.00626}}}}"
    found = by_key(litdb.data("verify", write("a.bib", text), code=1))
    assert {key: each["verdict"] for key, each in found.items()} == {"a": "disagrees", "b": "confirmed"}
    assert litdb.told.count("a.bib:2: @misc has no closing brace and was left out.") == 1


def test_names_that_no_export_can_hold_are_no_matter(litdb, web):
    bib = write("a.bib", "@misc{a, title = {T}, author = {Ngo, R., Chan, L., & Mindermann, S.}, eprint = {2209.00626}}")
    litdb("verify", bib, "--offline")


def test_a_file_that_cannot_be_read_is_an_error_and_the_others_are_judged(litdb, web):
    Path("bad.bib").write_bytes(b"@misc{a,\xff}")
    good = write("a.bib", f"@misc{{a, {NGO}, year = 2022, eprint = {{2209.00626}}}}")
    assert "1 entry: 1 confirmed" in litdb("verify", "bad.bib", good, code=1)
    assert "bad.bib is not UTF-8" in litdb.told


@pytest.mark.parametrize("name", ["a.bib", "a.md"])
def test_a_file_in_utf_16_is_read(litdb, web, name):
    text = f"@misc{{a, {NGO}, year = 2022, eprint = {{2209.00626}}}} [x](https://arxiv.org/abs/2209.00626)"
    Path(name).write_text(text, "utf-16")
    assert "1 entry: 1 confirmed" in litdb("verify", name)


@pytest.mark.parametrize("content", [b"@misc{a, title={\xf6}}", b"\x00\xff", b"\xf6"])
def test_standard_input_that_is_no_text_is_an_error(litdb, web, content):
    litdb("verify", "-", code=1, stdin=content)
    assert "stdin." in litdb.told


@pytest.mark.parametrize("name", ["a.bib", "a.txt", "a.tex"])
def test_a_file_with_nothing_to_check_is_told_and_counts_where_it_is_strict(litdb, web, name):
    assert "0 entries" in litdb("verify", write(name, "Nothing here.\n"))
    assert litdb.told == f"{name}: there is no entry, no citation and no link in it, so nothing was checked.\n"
    (problem,) = litdb.data("verify", name, "--strict", code=3)["problems"]
    assert name in problem


def test_numbers_that_are_far_too_long_are_shown_in_part(litdb, web):
    digits = "9" * 5000
    bib = f"@article{{a, title = {{Deep learning}}, volume = {{{digits}}}, pages = {{{digits}}}, doi = {{10.1038/nature14539}}}}"
    lines = litdb("verify", write("a.bib", bib), code=1).splitlines()
    assert [line.rpartition(" …, ")[2] for line in lines[1:-1]] == ["Crossref says 521", "Crossref says 436-444"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("none.bib",), "There is no file none.bib"),
        ((".",), ". is a folder"),
        (("one.tex", "two.tex"), "One paper at a time"),
    ],
)
def test_a_wrong_call_is_a_sentence(litdb, web, words, told):
    for name in ("one.tex", "two.tex"):
        write(name, "")
    litdb("verify", *words, code=2)
    assert told in litdb.told


# In other people's houses


def test_the_hook_calls_what_there_is(litdb, web):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, *words = hook["entry"].split()
    assert program == "litdb"
    shutil.copy(RIGHT, "right.bib")
    assert re.search(hook["files"], "right.bib")
    litdb(*words, "right.bib")


def test_the_workflow_is_one_and_calls_what_there_is(litdb, web):
    (text,) = re.findall(
        r"^```yaml\n(name:.*?)^```$", (ROOT / "docs/verify.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    workflow = yaml.safe_load(text)
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    (call,) = (step["run"] for step in steps if "litdb verify" in step.get("run", ""))
    shutil.copy(RIGHT, "paper.bib")
    _, *words = call.split()
    litdb(*(word for word in words if word not in ("--db", ".litdb/")))
