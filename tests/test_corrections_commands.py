"""Your word wins for ever: the commands that correct, end to end and without a network."""

import pytest

POST = "https://www.lesswrong.com/posts/KbyRPCAsWv5GtfrbG/a-post"
PAPER, COPY, TWEET = "https://arxiv.org/abs/2209.00626", "https://example.org/copy", "https://twitter.com/goodside/status/1603862969276051457"  # fmt: skip
DOI = "doi:10.1000/frost"
PAGE_OF_DOI = '<meta name="citation_title" content="Frost dates"><meta name="citation_doi" content="10.1000/frost">'
BIB = """\
@misc{ngo, title = {The Alignment Problem}, author = {Ngo, Richard and evhub}, date = {2022-08-30},
  eprint = {2209.00626}, eprinttype = {arxiv}, url = {https://arxiv.org/abs/2209.00626}, publisher = {Someone}}
"""


@pytest.fixture
def library(litdb, tmp_path):
    """A library of four works, of which a bibliography knows one."""
    (tmp_path / "n.md").write_text("\n\n".join(f"[{name}]({name})" for name in (POST, PAPER, COPY, TWEET)))
    (tmp_path / "n.bib").write_text(BIB)
    litdb("crawl", str(tmp_path / "n.md"), str(tmp_path / "n.bib"), "--offline")
    return litdb


@pytest.fixture
def corrections(tmp_path):
    return tmp_path / "corrections.toml"


def show(litdb, name):
    return litdb.data("show", name)


def key_of(litdb, name):
    return show(litdb, name).get("key")


def bib(litdb):
    return (litdb.library.parent / "references.bib").read_text()


@pytest.mark.parametrize("name", ["ngo", PAPER, "arXiv:2209.00626", f"{PAPER}v2#section", "NGO"])
def test_a_field_is_set_by_any_name_of_a_work_and_the_exports_follow(library, corrections, name):
    said = library("set", name, "date", "29 August 2022")
    assert said == "date of ngo is now 2022-08-29 (bib says 2022-08-30)\n"
    assert 'work = "arxiv:2209.00626"\nfield = "date"\n' in corrections.read_text()
    assert show(library, "ngo")["date"] == "2022-08-29"
    assert "2022-08-29" in (library.library.parent / "references.biblatex.bib").read_text()


def test_the_word_holds_after_another_crawl_and_a_new_library(library, tmp_path):
    library("set", "ngo", "title", "Mine")
    library("key", "ngo", "mine2022")
    dumped = library("dump")
    library("crawl", str(tmp_path / "n.md"), "--offline", "--refresh")
    assert library("dump") == dumped
    library.library.unlink()
    library("crawl", str(tmp_path / "n.md"), str(tmp_path / "n.bib"), "--offline")
    assert (show(library, PAPER)["title"], show(library, PAPER)["key"]) == ("Mine", "mine2022")


def test_what_the_sources_say_stays_visible(library):
    library("set", "ngo", "title", "Mine")
    said = {
        (row["source"], row["value"], row["chosen"])
        for row in show(library, "ngo")["claims"]
        if row["field"] == "title"
    }
    assert {("user", "Mine", 1), ("bib", "The Alignment Problem", 0)} <= said
    assert "corrections.toml:" in library("show", "ngo", "--why")


def test_a_field_is_empty_on_purpose(library):
    assert "empty on purpose (bib says Someone)" in library("set", "ngo", "publisher", "")
    assert "publisher" not in show(library, "ngo")
    library("set", "ngo", "authors", "")
    assert "authors" not in show(library, "ngo")


def test_names_stand_as_people_write_them(library):
    assert "A. Bee, C. Dee, OpenAI" in library("set", "ngo", "authors", "A. Bee and C. Dee; {OpenAI}")
    assert show(library, "ngo")["authors"][-1] == {"literal": "OpenAI"}


def test_unset_brings_back_what_the_sources_say_and_the_file(library, corrections):
    dumped = library("dump")
    corrections.write_text("# mine\n")
    library("set", "ngo", "date", "2021")
    library("set", PAPER, "title", "Mine")
    library("unset", "ngo", "date")
    assert (show(library, "ngo")["date"], show(library, "ngo")["title"]) == ("2022-08-30", "Mine")
    assert "date, title" not in library("unset", PAPER)
    assert (library("dump"), corrections.read_text()) == (dumped, "# mine\n")


def test_what_a_hand_wrote_with_another_name_is_found(library, corrections):
    corrections.write_text(f'[[set]]\nwork = "{PAPER}"\nfield = "date"\nvalue = "2021"\n')
    library("set", "ngo", "date", "2020")
    assert corrections.read_text().count("[[set]]") == 1
    corrections.write_text('[[set]]\nwork = "ngo"\nfield = "date"\nvalue = "2021"\n')
    library("unset", PAPER, "date")
    assert corrections.read_text() == ""


@pytest.mark.parametrize(
    "words",
    [
        ("set", "ngo", "date", "soon"), ("set", "ngo", "author", "A. Bee"), ("set", "ngo", "url", "example.org"),
        ("set", "ngo", "title", "\udcff"), ("key", "ngo", "two words"), ("unset", "ngo"), ("unset", "ngo", "date"),
        ("unset", "ngo", "key"), ("same", "ngo", PAPER), ("split", PAPER, POST, "--undo"), ("same", PAPER, COPY, "--undo"),
        ("person", "evhub", ""), ("person", "twitter:@x", "Jo Bo"), ("person", "evhub", "--undo"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_before_anything_is_written(library, corrections, words):
    library(*words, code=2)
    assert not corrections.exists()


@pytest.mark.parametrize(
    "words",
    [("set", "who", "date", "2022"), ("unset", "who"), ("key", "https://x.org/", "k"), ("same", "ngo", "forum:x")],
)
def test_an_unknown_work_is_told(library, corrections, words):
    library(*words, code=1)
    assert "The library has no work" in library.told
    assert not corrections.exists()


def test_without_a_library_nothing_is_written(litdb, corrections):
    litdb("person", "evhub", "Evan Hubinger", code=1)
    assert not corrections.exists()
    assert not litdb.library.exists()
    assert not litdb.library.with_suffix(".journal").exists()


def test_a_key_is_changed_for_good_and_the_old_one_still_leads_to_the_work(library):
    assert library("key", "ngo", "alignment2022") == "ngo is now alignment2022\n"
    assert "@misc{alignment2022," in bib(library).lower()
    library("set", "ngo", "title", "By the old key")
    assert show(library, "alignment2022")["title"] == "By the old key"
    library("unset", "alignment2022", "key")
    assert key_of(library, PAPER) == "ngo"


def test_the_key_of_another_work_is_not_given_away(library):
    library("key", PAPER, key_of(library, POST).upper(), code=2)
    library("key", POST, "mine")
    library("key", PAPER, "Mine", code=2)


def test_two_works_become_one_and_two_again(library):
    before = library("dump")
    keys = key_of(library, POST), key_of(library, COPY)
    assert library("same", POST, COPY).endswith("are one work now\n")
    assert key_of(library, POST) == key_of(library, COPY)
    assert library.rows("SELECT count(*) FROM works WHERE cited") == [(3,)]
    assert library("same", *keys, "--undo").endswith("are two works now\n")
    assert library("dump") == before


def test_the_user_may_join_what_the_rules_keep_apart(library):
    library("same", POST, "arxiv:2209.00626")
    assert show(library, POST)["identifiers"] == ["arxiv:2209.00626", "forum:KbyRPCAsWv5GtfrbG"]


def test_same_and_split_take_each_other_back(library, corrections):
    library("same", POST, COPY)
    library("split", "url:https://example.org/copy", "forum:KbyRPCAsWv5GtfrbG")
    assert key_of(library, POST) != key_of(library, COPY)
    assert [line for line in corrections.read_text().splitlines() if line.startswith("[[")] == ["[[split]]"]
    library("split", COPY, POST, "--undo")
    assert "[[" not in corrections.read_text()


@pytest.fixture
def halves(litdb, tmp_path):
    """A library of a page that calls itself a paper with a DOI; notes cite the page only."""
    (tmp_path / "page.html").write_text(f"<title>Frost dates</title>{PAGE_OF_DOI}<h1>Frost dates</h1><p>Words.")
    litdb("add-page", COPY, str(tmp_path / "page.html"))
    (tmp_path / "n.md").write_text(f"<{COPY}>\n")
    litdb("crawl", str(tmp_path / "n.md"), "--offline")
    assert show(litdb, COPY)["identifiers"] == [DOI, f"url:{COPY}"]
    return litdb


def test_a_split_leaves_the_key_to_the_half_that_notes_cite(halves):
    key = key_of(halves, COPY)
    said = halves("split", COPY, DOI)
    assert said == f"url:{COPY} and {DOI} are two works now; {key} stays with url:{COPY}, which the notes cite\n"
    assert (key_of(halves, COPY), key_of(halves, DOI)) == (key, None)
    assert f"@misc{{{key}," in bib(halves)
    dumped = halves("dump")
    halves("rebuild")
    assert halves("dump") == dumped
    halves("split", COPY, DOI, "--undo")
    assert key_of(halves, DOI) == key


def test_taking_back_that_two_are_one_moves_no_key(halves, tmp_path):
    (tmp_path / "n.md").write_text(f"<{COPY}> and <{POST}>\n")
    halves("crawl", str(tmp_path / "n.md"), "--offline")
    before = halves("dump")
    halves("same", COPY, POST)
    halves("same", COPY, POST, "--undo")
    assert halves("dump") == before
    assert halves.told == ""


def test_where_notes_cite_both_halves_the_key_stays_with_the_one_it_was_made_for_until_it_is_moved(halves, tmp_path):
    key = key_of(halves, COPY)
    (tmp_path / "n.md").write_text(f"<{COPY}> and <https://doi.org/10.1000/frost>\n")
    halves("crawl", str(tmp_path / "n.md"), "--offline")
    assert halves("split", COPY, DOI).endswith("are two works now\n")
    assert (key_of(halves, COPY), key_of(halves, DOI)) == (f"{key}a", key)
    said = halves("key", COPY, key)
    new = key_of(halves, DOI)
    assert said == f"{key}a is now {key}; {DOI}, which had it, is {new} now\n"
    assert new not in (key, f"{key}a")
    assert (key_of(halves, COPY), key_of(halves, f"{key}a")) == (key, key)
    (tmp_path / "m.md").write_text(f"[@{key}] and [@{new}]\n")
    halves("crawl", str(tmp_path / "m.md"), "--offline")
    assert "m.md" in {each["path"] for each in show(halves, COPY)["mentions"]}
    assert "m.md" in {each["path"] for each in show(halves, DOI)["mentions"]}
    amended = halves("dump")
    halves("rebuild")
    assert halves("dump") == amended


def test_a_key_that_was_moved_can_be_moved_back(halves):
    key = key_of(halves, COPY)
    halves("split", COPY, DOI)
    assert halves("key", DOI, key).endswith(f"; url:{COPY}, which had it, is {key}a now\n")
    assert (key_of(halves, COPY), key_of(halves, DOI)) == (f"{key}a", key)


def test_a_person_stands_behind_a_name(library):
    assert library("person", "evhub", "Evan Hubinger") == "evhub is Evan Hubinger; that changed the people of 1 work\n"
    assert show(library, "ngo")["authors"][1] == {"family": "Hubinger", "given": "Evan"}
    assert "Hubinger, Evan" in bib(library)
    assert "people of 0 works" in library("person", "tweet:evhub", "Somebody Else")
    library("person", "evhub", "--undo")
    assert show(library, "ngo")["authors"][1] == {"literal": "evhub"}


def test_a_slip_in_the_file_is_told_and_the_rest_counts(library, corrections):
    corrections.write_text(
        '[[set]]\nwork = "ngo"\nfield = "date"\nvalue = "soon"\n\n[[set]]\nwork = "ngo\n\n'
        '[[set]]\nwork = "nobody"\nfield = "date"\nvalue = "2022"\n\n[[key]]\nwork = "ngo"\nkey = "mine"\n'
    )
    library("crawl", "--offline", str(library.library.parent.parent / "n.md"))
    for line, says in ((1, "no date"), (6, "not valid TOML"), (9, "no work “nobody”")):
        assert any(f"corrections.toml:{line}: " in told and says in told for told in library.told.splitlines())
    assert key_of(library, PAPER) == "mine"


@pytest.mark.parametrize(
    "command",
    [
        ("set", "ngo", "title", "Mine"),
        ("unset", "ngo"),
        ("key", "ngo", "mine2022"),
        ("person", "evhub", "Evan Hubinger"),
        ("same", PAPER, COPY),
    ],
    ids=lambda command: command[0],
)
def test_a_correction_tells_nothing_of_notes_that_the_crawl_has_told_of(library, tmp_path, command):
    slip = tmp_path / "slip.bib"
    slip.write_text("@misc{slip, title = {Tea}, title = {Tea twice}, url = {https://example.org/tea}}\n")
    library("crawl", str(slip), "--offline")
    library("set", "ngo", "date", "2022-08-29")
    library(*command)
    assert library.told == ""


def test_a_correction_tells_what_is_new_in_the_notes(library, tmp_path):
    (tmp_path / "n.bib").write_text(f"{BIB}@misc{{ngo, title = {{Tea}}, url = {{https://example.org/tea}}}}\n")
    library("set", "ngo", "title", "Mine")
    assert "@ngo is there already" in library.told
