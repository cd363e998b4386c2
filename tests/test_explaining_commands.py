"""Truth with its evidence, end to end: why, conflicts and duplicates."""

import shutil

import pytest

PAPER = "https://arxiv.org/abs/2209.00626"
POST = "https://www.lesswrong.com/posts/KbyRPCAsWv5GtfrbG/the-alignment-problem-from-a-deep-learning-perspective"
BIB = """\
@misc{ngo, title = {The Alignment Problem from a Deep Learning Perspective}, author = {Ngo, Richard},
  date = {2022-08-31}, eprint = {2209.00626}, eprinttype = {arxiv}}
"""


@pytest.fixture
def seeds(litdb, tmp_path, crawled_seeds, little_web):
    """The project's own notes, crawled on the little web."""
    shutil.copytree(crawled_seeds, tmp_path, dirs_exist_ok=True)
    return tmp_path / "seeds"


@pytest.fixture
def small(litdb, tmp_path):
    """A note and a bibliography that nobody was asked about."""

    def crawl(note, bib=BIB):
        (tmp_path / "n.md").write_text(note)
        (tmp_path / "n.bib").write_text(bib)
        litdb("crawl", str(tmp_path), "--offline")
        return litdb

    return crawl


def test_why_names_the_rule_that_chose_a_date_and_why_each_other_lost(litdb, seeds):
    lines = litdb("why", PAPER, "date").splitlines()
    assert lines[0].startswith("date: 2022-08-30, because arxiv says so (atom:published, read 20")
    assert lines[0].endswith("): row 3 of the ranking for dates (site/*).")
    assert lines[1].startswith("  bib says the same (seeds/reading-list.bib:")
    assert lines[2] == "  url says 2022-09 (url:arxiv-id): row 10."
    assert lines[3].startswith("  arxiv says 2025-03-03 (atom:updated, ")
    assert lines[3].endswith("the day of a later version is never cited.")


def test_why_agrees_with_the_library_about_every_field_of_every_work(litdb, seeds):
    for work in litdb.data("list"):
        said = {each["field"]: each["chosen"] for each in litdb.data("why", work["key"])["fields"]}
        for row in litdb.data("show", work["key"])["claims"]:
            if row["chosen"]:
                assert (said[row["field"]]["source"], said[row["field"]]["how"]) == (row["source"], row["how"])


def test_why_without_a_field_explains_all_that_is_known(litdb, seeds):
    fields = [line.partition(":")[0] for line in litdb("why", PAPER).splitlines() if not line.startswith(" ")]
    assert fields[:3] == ["title", "authors", "date"]


def test_why_as_json_has_the_answer_that_a_value_was_read_from(litdb, seeds):
    (field,) = litdb.data("why", PAPER, "date")["fields"]
    assert (field["row"], field["pattern"], field["chosen"]["how"]) == (3, "site/*", "atom:published")
    assert litdb.rows("SELECT 1 FROM attempts WHERE answer = ?", field["chosen"]["answer"])
    assert {each["reason"] for each in field["others"]} >= {"row 7", "row 10"}


def test_why_tells_a_correction_and_what_the_sources_say_now(small):
    litdb = small(f"<{PAPER}>")
    litdb("set", "ngo", "date", "2022-09-01")
    assert litdb("why", "ngo", "date").splitlines() == [
        "date: 2022-09-01, because you say so (corrections.toml:3): row 1 of the ranking for dates (user/*).",
        "  bib says 2022-08-31 (n.bib:1): row 7.",
        "  url says 2022-09 (url:arxiv-id): row 10.",
    ]


def test_why_of_an_unknown_field_says_which_there_are(small):
    litdb = small(f"<{PAPER}>")
    litdb("why", "ngo", "colour", code=2)
    assert "no field “colour”. It has: title, authors" in litdb.told


def test_why_of_an_unknown_work_is_an_error(small):
    small(f"<{PAPER}>")("why", "nobody2022", code=1)


def test_three_of_three_dates_written_by_hand_agree(litdb, seeds):
    asserted = litdb.rows("SELECT work FROM mentions WHERE asserted_date IS NOT NULL")
    compared = litdb.rows(
        "SELECT DISTINCT mentions.work FROM mentions JOIN claims ON claims.work = mentions.work "
        "JOIN records ON records.id = record WHERE asserted_date IS NOT NULL AND field = 'date' "
        "AND kind IN ('posted', 'first-version') AND source <> 'note'"
    )
    assert (len(asserted), len(compared)) == (3, 3)
    assert litdb("conflicts") == "No conflicts.\n"
    assert litdb.data("conflicts") == []


def test_a_wrong_date_in_a_note_is_told_with_line_and_column_as_it_is_written(litdb, seeds):
    (seeds / "mine.md").write_text(f"# Mine\n\n- of it [the paper]({PAPER}) (29.08.2021)\n")
    litdb("crawl", str(seeds))
    assert litdb("conflicts") == "seeds/mine.md:3:9: note says 29.08.2021, arxiv says 2022-08-30\n"
    (told,) = litdb.data("conflicts")
    assert (told["note"], told["line"], told["column"], told["own_word"]) == ("seeds/mine.md", 3, 9, True)
    assert (told["chosen"]["source"], told["other"]["value"]) == ("arxiv", "2021-08-29")


def test_a_wrong_name_in_a_note_is_told(small):
    litdb = small(f"[the paper]({PAPER}) (Jan Leike)")
    assert litdb("conflicts") == "n.md:1:1: note says Jan Leike, bib says Richard Ngo (n.bib:1)\n"


def test_of_two_mentions_in_a_line_the_wrong_one_is_named(small):
    litdb = small(f"[the paper]({PAPER}) (31.08.2022) and [again]({PAPER}) (30.07.2022)")
    line = litdb("conflicts")
    assert line.startswith(f"n.md:1:{len(PAPER) + 32}: note says 30.07.2022, bib says 2022-08-31")


def test_own_words_come_first_then_what_sources_say(small):
    other = "@misc{a, title = {One}, author = {Bee, A.}, url = {https://a.example/x}}\n"
    again = "@misc{b, title = {Two}, author = {Bee, A.}, url = {https://a.example/x}}\n"
    litdb = small(f"<https://a.example/x> and [the paper]({PAPER}) (31.08.2021)", BIB + other + again)
    assert litdb("conflicts").splitlines() == [
        "n.md:1:27: note says 31.08.2021, bib says 2022-08-31 (n.bib:1)",
        "a: bib says One (n.bib:3), bib says Two (n.bib:4)",
    ]


def test_a_correction_settles_a_conflict(small):
    other = (
        "@misc{a, title = {One}, url = {https://a.example/x}}\n@misc{b, title = {Two}, url = {https://a.example/x}}\n"
    )
    litdb = small("<https://a.example/x>", other)
    assert "a: bib says One" in litdb("conflicts")
    litdb("set", "a", "title", "One")
    assert litdb("conflicts") == "No conflicts.\n"


def test_a_handle_is_a_conflict_until_it_is_said_who_it_is(small):
    tweet = "https://twitter.com/RichardMCNgo/status/1603862969276051457"
    litdb = small(f"<{tweet}>", f"@misc{{t, author = {{Ngo, Richard}}, url = {{{tweet}}}}}\n")
    assert litdb("conflicts") == "t: bib says Richard Ngo (n.bib:1), url says @RichardMCNgo (url:handle)\n"
    litdb("person", "tweet:@RichardMCNgo", "Richard Ngo")
    assert litdb("conflicts") == "No conflicts.\n"


def test_the_paper_and_the_post_of_one_title_are_offered_with_the_reason_and_stay_two(litdb, seeds):
    dumped = litdb("dump")
    (offer,) = litdb.data("duplicates")
    assert {each["url"] for each in offer["works"]} == {PAPER, POST}
    assert offer["reason"] == "the titles are the same and Ngo wrote both"
    keys = " ".join(each["key"] for each in offer["works"])
    assert f"One work: litdb same {keys}." in litdb("duplicates")
    assert litdb("dump") == dumped


def test_what_was_split_or_made_one_is_not_offered_again(litdb, seeds):
    litdb("split", PAPER, POST)
    assert litdb("duplicates") == "No duplicates.\n"
    litdb("split", PAPER, POST, "--undo")
    assert litdb("duplicates") != "No duplicates.\n"
    litdb("same", PAPER, POST)
    assert litdb.data("duplicates") == []


def test_show_says_that_a_work_is_withdrawn_and_so_does_the_list(small):
    litdb = small("[a](https://example.org/a)\n")
    litdb("set", "https://example.org/a", "status", "withdrawn")
    assert "status      withdrawn\n" in litdb("show", "https://example.org/a")
    assert "partial, withdrawn" in litdb("list")


def test_show_says_a_relation_once_whoever_tells_it(seeds, litdb):
    comment = next(work for work in litdb.data("list") if work["type"] == "comment")
    lines = litdb("show", comment["key"]).splitlines()
    relations = [line for line in lines if line.startswith("relation")]
    assert relations
    assert len(relations) == len(set(relations))


def test_what_a_source_has_taken_back_is_marked_in_words_and_for_programs(litdb, small, tmp_path):
    small("<https://example.org/a>")
    for title in ("An early title", "A late title"):
        page = tmp_path / "page.html"
        page.write_text(f"<html><title>{title}</title><meta name=author content=Ann><p>Words of it</html>")
        litdb("add-page", "https://example.org/a", str(page))
    marked = {
        row["value"]: (row["chosen"], row["superseded"])
        for row in litdb.data("show", "https://example.org/a")["claims"]
        if row["field"] == "title"
    }
    assert marked == {"A late title": (1, 0), "An early title": (0, 1)}
    told = litdb("show", "https://example.org/a", "--why")
    assert "An early title (said before)" in told
    assert "A late title (said before)" not in told
