"""Links that are nothing to cite: by the writer's word beside them, by litdb.toml."""


def crawl(litdb, tmp_path, text, settings=""):
    (tmp_path / "note.md").write_text(text)
    (tmp_path / "litdb.toml").write_text(settings)
    return litdb.data("crawl", str(tmp_path / "note.md"), "--offline")


def test_a_link_that_the_writer_wants_ignored_is_kept_but_cites_nothing(litdb, tmp_path):
    text = "[a](https://a.example/) <!-- litdb: ignore --> and [b](https://b.example/)%%litdb: ignore%% and <https://c.example/>"
    summary = crawl(litdb, tmp_path, text)
    assert (summary["mentions"], summary["works"]) == (1, 1)
    assert litdb.rows("SELECT target, found FROM passed_over ORDER BY target") == [
        ("https://a.example/", "ignored"),
        ("https://b.example/", "ignored"),
    ]


def test_another_comment_behind_a_link_means_nothing(litdb, tmp_path):
    assert crawl(litdb, tmp_path, "[a](https://a.example/) <!-- ignore the spelling -->")["mentions"] == 1


def test_what_litdb_toml_names_is_no_work_and_stands_in_no_list(litdb, tmp_path):
    text = "<https://ads.example/1> and <https://c.example/>"
    summary = crawl(litdb, tmp_path, text, 'not-a-work = ["https://ads.example/*"]')
    assert (summary["works"], summary["outcomes"]["not-a-work"]) == (1, 1)
    assert [work["url"] for work in litdb.data("list")] == ["https://c.example/"]
    assert "ads.example" not in (litdb.library.parent / "references.bib").read_text()
    assert litdb.rows("SELECT reason FROM works WHERE outcome = 'not-a-work'") == [
        ("litdb.toml says so: https://ads.example/*",)
    ]


def test_what_litdb_toml_names_is_never_asked_about(litdb, tmp_path):
    (tmp_path / "note.md").write_text("<https://ads.example/1>")
    (tmp_path / "litdb.toml").write_text('not-a-work = ["https://ads.example/*"]')
    assert litdb.data("crawl", str(tmp_path / "note.md"), "--dry-run") == []


def test_a_link_to_a_capture_tells_the_archived_copy(litdb, tmp_path):
    crawl(litdb, tmp_path, "<https://web.archive.org/web/20230705000000/https://c.example/post>")
    assert litdb.rows("SELECT url, archived FROM works") == [
        ("https://c.example/post", "https://web.archive.org/web/20230705000000/https://c.example/post")
    ]


def test_a_pattern_of_litdb_toml_takes_an_address_by_either_scheme(litdb, tmp_path):
    summary = crawl(litdb, tmp_path, "<http://ads.example/1>", 'not-a-work = ["https://ads.example/*"]')
    assert summary["outcomes"] == {"not-a-work": 1}
