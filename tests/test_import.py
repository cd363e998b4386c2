"""litdb import: real forms of exports go in and come back out, with the user's keys and fields."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from litdb.commands import importing
from litdb.notes.bib_entries import read_entries
from litdb.notes.bib_names import read_tex_names
from litdb.text.dates import MONTHS
from litdb.text.tex import from_tex
from web.zotero import running_zotero

FORMS = Path(__file__).parent / "imports"

ADDED = {"url", "doi", "number"}
"""What litdb adds to an entry offline: addresses made from its DOI, eprint or ISBN; papis's `issue` under the name
that BibTeX has for it."""


@pytest.fixture
def project(tmp_path, monkeypatch, litdb):
    """An empty project that one is in."""
    monkeypatch.chdir(tmp_path)
    return litdb


def take(name: str) -> str:
    """A copy of one of the forms, in the folder one is in."""
    shutil.copy(FORMS / name, name)
    return name


def bib(text: str) -> dict[str, tuple[str, dict[str, object]]]:
    """Type and fields of every entry by key, as they read; macros and TeX resolved."""
    return {
        entry.key: (entry.type, {name: meaning(name, value) for name, value in entry.fields.items()})
        for entry in read_entries(text).entries
    }


def meaning(name: str, value: str) -> object:
    if name in ("author", "editor"):
        return read_tex_names(value)
    if name == "month":
        return int(value) if value.isdigit() else MONTHS[value]
    if name == "pages":
        return re.sub("[–-]+", "-", from_tex(value))
    if name == "url":
        return re.sub(r"\Ahttps?://(?:dx\.)?doi\.org/", "https://doi.org/", value)
    return " ".join(from_tex(value).split())


BIBS = [
    ("better-biblatex.bib", "biblatex"),
    ("better-bibtex.bib", "bibtex"),
    ("zotero.bib", "bibtex"),
    ("jabref.bib", "biblatex"),
    ("papis.bib", "bibtex"),
]


@pytest.mark.parametrize(("name", "dialect"), BIBS)
def test_a_bib_comes_back_out_as_it_went_in(project, name, dialect):
    project("import", take(name))
    before, after = bib((FORMS / name).read_text("utf-8")), bib(project("export", dialect))
    assert after.keys() == before.keys()
    for key, (kind, fields) in before.items():
        if str(fields.get("howpublished", "")).startswith("http"):
            fields["url"] = fields.pop("howpublished")
        assert after[key][0] == kind, key
        assert {field: after[key][1].get(field) for field in fields} == fields, key
        assert after[key][1].keys() - fields.keys() <= ADDED, key


@pytest.mark.parametrize("name", ["zotero.json", "better-csl.json"])
def test_csl_json_comes_back_out_as_it_went_in(project, name):
    project("import", take(name))
    before = {item["id"]: item for item in json.loads((FORMS / name).read_text("utf-8"))}
    after = {item["id"]: item for item in json.loads(project("export", "csl-json"))}
    assert after.keys() == before.keys()
    for key, item in before.items():
        assert {variable: after[key].get(variable) for variable in item} == item, key
        assert after[key].keys() - item.keys() <= {"URL"}, key


def ris(text: str) -> dict[str, list[tuple[str, str]]]:
    """The tags of every record by its key, a value that goes on in the next line as one."""
    text = re.sub(r"\r?\n(?![A-Z][A-Z0-9]  - |\r?\n|\Z)", " ", text.lstrip("\ufeff"))
    records = [re.findall(r"^([A-Z][A-Z0-9])  - (.*?)\r?$", part, re.MULTILINE) for part in text.split("ER  - ")]
    return {next(value for tag, value in tags if tag in ("ID", "LB")): tags for tags in records if tags}


@pytest.mark.parametrize("name", ["zotero.ris", "endnote.ris"])
def test_ris_comes_back_out_as_it_went_in(project, name):
    project("import", take(name))
    before, after = ris((FORMS / name).read_text("utf-8")), ris(project("export", "ris"))
    assert after.keys() == before.keys()
    for key, tags in before.items():
        assert sorted(set(after[key]) - set(tags)) in ([], [("ID", key)], _address_of(after[key], key)), key
        assert set(tags) <= set(after[key]), key


def _address_of(tags, key):
    """The address that litdb makes from a DOI or ISBN, beside the key."""
    made = [("ID", key)] if ("LB", key) in tags else []
    return made + [each for each in tags if each[0] == "UR"]


NOTE = """[Bees](https://arxiv.org/abs/2208.99901) and [hedgehogs](https://hedgehogs.example/posts/why-they-stay),
[rivers](https://doi.org/10.5555/jch.2013.09.013)."""


@pytest.fixture
def with_note(project):
    """A library that knows three works from a note, by keys of its own."""
    Path("note.md").write_text(NOTE, "utf-8")
    project("crawl", "note.md", "--offline", "--silent")
    return project


def entries(said):
    """Key in the file, key in the library and standing of every entry of the first file."""
    return [(each["key"], each["now"], each["standing"]) for each in said[0]["arrivals"]]


def test_entries_are_matched_to_known_works_and_bring_their_keys(with_note):
    said = with_note.data("import", take("better-bibtex.bib"))
    assert entries(said) == [
        ("aldenRiverbedsSlowWater2014", "aldenRiverbedsSlowWater2014", "known"),
        ("beeCountingHoneycombs2022", "beeCountingHoneycombs2022", "known"),
        ("ceeTalkingStones2019", "ceeTalkingStones2019", "own"),
        ("deeLightInCellars2011", "deeLightInCellars2011", "own"),
        ("eelShadeInAttics2012", "eelShadeInAttics2012", "own"),
        ("eerieNumbersOfFog2001", "eerieNumbersOfFog2001", "own"),
        ("hayWhyHedgehogs2022", "hayWhyHedgehogs2022", "known"),
    ]
    assert "10.5555/jch.2013.09.013" in with_note("show", "aldenRiverbedsSlowWater2014")
    assert with_note.rows("SELECT count(*) FROM works WHERE cited") == [(7,)]


def test_the_library_is_the_same_when_it_is_made_anew_and_the_file_is_gone(with_note):
    with_note("import", take("jabref.bib"))
    Path("jabref.bib").unlink()
    before = with_note("dump")
    with_note("rebuild")
    assert with_note("dump") == before
    assert Path("db/imports/jabref.bib").read_bytes() == (FORMS / "jabref.bib").read_bytes()


def test_importing_again_replaces_the_copy_and_says_what_is_gone(project):
    Path("a.bib").write_text("@misc{one, title={One}}\n@misc{two, title={Two}}", "utf-8")
    project("import", "a.bib")
    Path("a.bib").write_text("@misc{one, title={One}}", "utf-8")
    (said,) = project.data("import", "a.bib")
    assert (said["replaced"], said["gone"], said["kept_as"]) == (True, ["two"], "db/imports/a.bib")
    assert project.rows("SELECT key FROM works WHERE cited") == [("one",)]


def test_a_file_among_the_notes_is_read_where_it_lies(project):
    Path("notes").mkdir()
    shutil.copy(FORMS / "papis.bib", "notes/papis.bib")
    project("crawl", "notes", "--offline", "--silent")
    (said,) = project.data("import", "notes/papis.bib")
    assert (said["kept_as"], Path("db/imports").exists()) == (None, False)
    assert project.rows("SELECT path FROM notes") == [("notes/papis.bib",)]


@pytest.mark.parametrize("name", ["zotero.json", "zotero.ris"])
def test_bibliographies_of_every_kind_are_notes(project, name):
    Path("notes").mkdir()
    shutil.copy(FORMS / name, f"notes/{name}")
    Path("notes/package.json").write_text('{"name": "x", "type": "module"}', "utf-8")
    project("crawl", "notes", "--offline", "--silent")
    kinds = {"json": "csl-json", "ris": "ris"}
    assert project.rows("SELECT path, kind FROM notes") == [(f"notes/{name}", kinds[name.partition(".")[2]])]
    key = {"json": "hayHedgehogs2022", "ris": "hay2022"}[name.partition(".")[2]]
    assert project.data("show", key)["date"] == "2022-12-16"


def test_what_litdb_wrote_is_never_taken_for_the_users_word(project):
    project("import", take("zotero.json"))
    for kind, name in (("csl-json", "own.json"), ("ris", "own.ris")):
        project("export", kind, "-o", name)
        project("import", name, code=1)
        assert f"{name} was written by litdb" in project.told


def test_keys_that_clash_are_told_by_name_and_line(with_note):
    Path("a.bib").write_text(
        "@misc{rivers, doi={10.5555/jch.2013.09.013}, title={Rivers}}\n"
        "@misc{RIVERS, title={Other rivers}, url={https://rivers.example/}}\n"
        "@misc{again, doi={10.5555/JCH.2013.09.013}}\n"
        "@misc{fl&sse, title={Flüsse}, year={2001}}\n"
        "@misc{rivers, title={A third}}\n",
        "utf-8",
    )
    (said,) = with_note.data("import", "a.bib")
    assert [(each["line"], each["key"], each["now"]) for each in said["arrivals"]] == [
        (1, "rivers", "rivers"),
        (2, "RIVERS", "RIVERSa"),
        (3, "again", "rivers"),
        (4, "fl&sse", "Flusse2001"),
        (5, "rivers", "Third"),
    ]
    told = "\n".join([*said["problems"], *said["clashes"]])
    assert "a.bib:5: @rivers is there already (line 1); the key names the first one." in told
    assert "a.bib:2: The key RIVERS is that of “Rivers”" in told
    assert "a.bib:3: @again is the same work as @rivers (doi:10.5555/jch.2013.09.013); cite it by that key." in told
    assert "a.bib:4: @fl&sse is no key that BibTeX, biber and pandoc all take; the work is Flusse2001." in told


def test_a_key_by_correction_stays(with_note):
    with_note("key", "https://doi.org/10.5555/jch.2013.09.013", "mine")
    Path("a.bib").write_text("@misc{yours, doi={10.5555/jch.2013.09.013}}", "utf-8")
    (said,) = with_note.data("import", "a.bib")
    assert said["arrivals"][0]["now"] == "mine"
    assert said["clashes"] == ["a.bib:1: @yours is mine by your own word already, which stays."]


def test_of_two_bibliographies_the_first_gives_the_key(project):
    Path("a.bib").write_text("@misc{one, doi={10.1000/x}}", "utf-8")
    Path("b.bib").write_text("@misc{other, doi={10.1000/x}}", "utf-8")
    first, second = project.data("import", "a.bib", "b.bib")
    assert [each["arrivals"][0]["now"] for each in (first, second)] == ["one", "one"]
    assert second["clashes"] == ["b.bib:1: @other is one by your own word already, which stays."]
    assert project.data("import", "b.bib")[0]["clashes"] == second["clashes"]


def test_likely_twins_are_offered_and_never_merged(project):
    Path("a.bib").write_text("@misc{a, title={On Fog}, author={Fog, G.}, url={https://fog.example/}}", "utf-8")
    Path("b.bib").write_text("@book{b, title={On Fog}, author={Fog, G.}, publisher={P}}", "utf-8")
    project("import", "a.bib")
    (said,) = project.data("import", "b.bib")
    assert [[work["key"] for work in twin["works"]] for twin in said["twins"]] == [["a", "b"]]
    assert project.rows("SELECT count(*) FROM works WHERE cited") == [(2,)]


def test_works_that_the_user_split_are_not_offered_again(project):
    Path("a.bib").write_text("@misc{a, title={On Fog}, author={Fog, G.}, url={https://fog.example/}}", "utf-8")
    Path("b.bib").write_text("@book{b, title={On Fog}, author={Fog, G.}, publisher={P}}", "utf-8")
    project("import", "a.bib", "b.bib")
    project("split", "a", "b")
    assert [said["twins"] for said in project.data("import", "a.bib", "b.bib")] == [[], []]


def test_works_that_look_like_one_are_looked_for_once_for_all_files(project, monkeypatch):
    looked = []
    monkeypatch.setattr(importing, "likely_pairs", lambda *_: looked.append(1) or [])
    for name in "abc":
        Path(f"{name}.bib").write_text(f"@misc{{{name}, title={{On {name}}}}}", "utf-8")
    project("import", "a.bib", "b.bib", "c.bib", "--dry-run")
    project("import", "a.bib", "b.bib", "c.bib")
    project("import", "a.bib", "b.bib", "c.bib", "--dry-run")
    assert len(looked) == 2


def test_a_dry_run_changes_nothing(with_note):
    before = with_note("dump")
    (said,) = with_note.data("import", take("better-bibtex.bib"), "--dry-run")
    assert [each["standing"] for each in said["arrivals"]].count("known") == 3
    assert (said["kept_as"], with_note("dump"), Path("db/imports").exists()) == (None, before, False)


BAD = [
    ("a.bib", "no entry here", "a.bib holds no entry"),
    ("a.json", '{"name": "x"}', "a.json:1: This is no CSL-JSON"),
    ("a.json", '[{"itemType": "book"}]', "a.json:1: This is no item of CSL-JSON"),
    ("a.ris", "hello", "a.ris:1: This is no RIS"),
    ("a.xyz", "hello", "a.xyz is no .bib, CSL-JSON or RIS"),
    ("a.bib", "\x00PNG", "is not text"),
]


@pytest.mark.parametrize(("name", "text", "words"), BAD)
def test_a_file_of_something_else_is_named_and_the_rest_is_done(project, name, text, words):
    Path(name).write_text(text, "utf-8")
    project("import", name, "gone.bib", take("papis.bib"), code=1)
    assert words in project.told
    assert "gone.bib cannot be read" in project.told
    assert project.rows("SELECT count(*) FROM works WHERE cited") == [(2,)]


@pytest.mark.parametrize(("encoding", "kind"), [("utf-16", "book"), ("utf-8", "Book")])
def test_nothing_is_imported_that_no_crawl_would_read(project, encoding, kind):
    Path("a.json").write_text(json.dumps([{"id": "a", "type": kind, "title": "A"}]), encoding)
    project("import", "a.json", code=1)
    assert "a.json would be left out by every crawl" in project.told
    assert not Path("db/imports").exists()


def test_of_two_files_with_one_name_none_is_lost(project):
    for folder, key in (("one", "a"), ("two", "b")):
        Path(folder).mkdir()
        Path(folder, "refs.bib").write_text(f"@book{{{key}, title={{T {key}}}}}", "utf-8")
    project("import", "one/refs.bib", "two/refs.bib", "one/refs.bib", code=1)
    assert "two/refs.bib was not imported: its copy would replace that of one/refs.bib" in project.told
    assert project.rows("SELECT key FROM works WHERE cited") == [("a",)]


def test_a_copy_that_was_damaged_is_replaced(project):
    project("import", take("papis.bib"))
    Path("db/imports/papis.bib").write_bytes(b"\0")
    (said,) = project.data("import", "papis.bib")
    assert (said["replaced"], len(said["arrivals"])) == (True, 2)


def test_a_file_that_cannot_be_read_is_named_as_the_user_called_it(project):
    Path("sub").mkdir()
    Path("sub/old.bib").write_bytes("@book{a, title={Caf\u00e9}}".encode("latin-1"))
    Path("list.json").write_text("[1, 2]", "utf-8")
    project("import", "sub/old.bib", "list.json", code=1)
    assert "sub/old.bib is not UTF-8: byte 19 (0xe9, in line 1) cannot be read. Save the file as UTF-8" in project.told
    assert "list.json:1: This is no CSL-JSON" in project.told
    assert "imports/" not in project.told
    assert ".litdbignore" not in project.told


@pytest.mark.parametrize(
    ("name", "text", "export"),
    [
        ("a.bib", "@misc{untitled, author = {Ode, Ann}, year = {2020}}", "bibtex"),
        ("a.bib", "@misc{untitled, author = {Ode, Ann}, year = {2020}}", "biblatex"),
        ("a.json", '[{"id": "untitled", "type": "book", "author": [{"family": "Ode", "given": "Ann"}]}]', "csl-json"),
    ],
)
def test_an_entry_without_a_title_gets_none(project, name, text, export):
    Path(name).write_text(text, "utf-8")
    project("import", name)
    written = project("export", export)
    assert "untitled" in written
    assert "title " not in written
    assert '"title"' not in written
    for shown in ("references", "ris", "html"):
        assert "bib:" not in project("export", shown)


def test_the_same_file_again_is_read_once_and_has_nothing_gone(project, monkeypatch):
    project("import", take("papis.bib"))
    monkeypatch.setattr("litdb.commands.importing.update", lambda place: None)
    monkeypatch.setattr("litdb.commands.importing.read_note", once(importing.read_note))
    (said,) = project.data("import", "papis.bib")
    assert (said["replaced"], said["gone"]) == (True, [])


def once(function):
    """The function, which must not be called again."""
    calls = []

    def called(*words):
        calls.append(words)
        assert len(calls) == 1
        return function(*words)

    return called


def test_broken_entries_cost_only_themselves(project):
    text = '[\n{"id": "a", "type": "book", "title": "A"},\n{"id": "b", "type": oops},\n{"id": "c", "type": "book"}\n]'
    Path("a.json").write_text(text, "utf-8")
    (said,) = project.data("import", "a.json")
    assert [each["key"] for each in said["arrivals"]] == ["a", "c"]
    assert said["problems"] == ["a.json:3: This item is no valid JSON and was left out: Expecting value."]


def test_a_printed_paper_with_a_preprint_stays_what_the_user_says(project):
    project("import", take("jabref.bib"))
    entry = project("export", "bibtex", "--keys", "Jones_2020")
    for line in ("@article{Jones_2020,", "{Annals of Small Results}", "{7}", "{1--20}", "= {2020}", "{1906.99902}"):
        assert line in entry
    assert project.data("show", "Jones_2020")["type"] == "article-journal"


def test_tex_that_could_do_harm_comes_back_as_text(project):
    Path("a.bib").write_text(
        r"@misc{a, title={A}, note={\input{/etc/passwd}}, annote={\write18{rm}}, keywords={50% \& $x^2$ #1}}", "utf-8"
    )
    project("import", "a.bib")
    text = project("export", "bibtex")
    assert r"\input" not in text.replace(r"\textbackslash{}input", "")
    assert r"\write" not in text.replace(r"\textbackslash{}write", "")
    assert r"50\% \& $x^2$ \#1" in text


def test_a_better_source_goes_before_and_the_users_other_fields_stay(project):
    Path("a.bib").write_text("@misc{a, title={Wrong}, url={https://a.example/}, keywords={one, two}}", "utf-8")
    project("import", "a.bib")
    project("set", "a", "title", "Right")
    text = project("export", "bibtex")
    assert "{Right}" in text
    assert "{one, two}" in text
    assert "Wrong" not in text


ZOTERO = json.loads((FORMS / "zotero.json").read_text("utf-8"))


@pytest.mark.parametrize("page", [0, 2])
def test_a_running_zotero_is_compared_and_only_read(with_note, page):
    with running_zotero(ZOTERO, page) as zotero:
        (said,) = with_note.data("import", "--zotero", zotero.address, "--dry-run")
    assert [each["standing"] for each in said["arrivals"]] == ["known", "known", "new", "known", "own"]
    assert said["zotero_lacks"] == []
    assert ({command for command, _ in zotero.seen}, zotero.versions) == ({"GET"}, {"3"})


def test_what_zotero_lacks_of_the_notes(with_note):
    with running_zotero(ZOTERO[2:3]) as zotero:
        text = with_note("import", "--zotero", zotero.address, "--dry-run")
    assert "Your notes lack 1 of 1 in Zotero" in text
    assert "Zotero lacks 3 works of your notes" in text


def test_the_library_of_zotero_is_taken_in_with_its_keys(with_note):
    with running_zotero(ZOTERO) as zotero:
        (said,) = with_note.data("import", "--zotero", zotero.address)
    assert said["kept_as"] == "db/imports/zotero.json"
    assert {each["now"] for each in said["arrivals"]} == {item["id"] for item in ZOTERO}


def test_a_zotero_that_does_not_answer_is_a_sentence(project):
    with running_zotero([], is_open=False) as zotero:
        project("import", "--zotero", zotero.address, code=1)
        assert "does not let other programs read. Allow it: Settings" in project.told
    project("import", "--zotero", zotero.address, code=1)
    assert f"No Zotero answers at {zotero.address}" in project.told
    project("import", "--zotero", "http://example.org", code=2)
    assert "is not on this machine" in project.told


def test_nothing_to_import_is_a_question_of_usage(project):
    project("import", code=2)
    assert "name a .bib, CSL-JSON or RIS file, or --zotero" in project.told


def test_a_note_that_the_library_knows_is_no_bibliography(project):
    Path("n.md").write_text("<https://example.org/a>\n")
    project("crawl", "n.md", "--offline")
    project("import", "n.md", code=1)
    assert project.told == "Error: n.md is no .bib, CSL-JSON or RIS, but a note that the library knows.\n"
