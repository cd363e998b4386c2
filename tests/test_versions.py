"""What was cited, what is there now."""

PAPER = "https://arxiv.org/abs/2209.00626"


def changed(litdb):
    return litdb.rows("SELECT note, line, change, cited, now FROM changed_since_cited ORDER BY note, line, change")


def test_a_cited_version_that_is_not_the_newest_is_told(litdb, tmp_path, little_web):
    (tmp_path / "n.md").write_text(f"[p]({PAPER}v2#S3) and [q]({PAPER})")
    litdb("crawl", str(tmp_path / "n.md"))
    assert changed(litdb) == [("n.md", 1, "a newer version", "v2#S3", "v7")]
    assert "a newer version: v2#S3 → v7" in litdb("show", PAPER)


def test_a_paper_revised_after_the_note_is_told(litdb, tmp_path, little_web):
    (tmp_path / "old.md").write_text(f"---\ndate: 2023-01-01\n---\n[p]({PAPER})")
    (tmp_path / "new.md").write_text(f"---\ndate: 2026-01-01\n---\n[p]({PAPER})")
    litdb("crawl", str(tmp_path))
    assert changed(litdb) == [("old.md", 4, "revised after the note", "2023-01-01", "2025-03-03")]


def test_a_page_with_another_title_than_before_is_told_and_the_key_stays(litdb, tmp_path, little_web):
    url = "https://www.cold-takes.com/ai-could-defeat-all-of-us-combined/"
    (tmp_path / "n.md").write_text(f"<{url}>")
    litdb("crawl", str(tmp_path / "n.md"))
    key = litdb.data("show", url)["key"]
    _retitle(little_web, "www.cold-takes.com", b"AI Could Defeat All Of Us Combined", b"A New Name Altogether")
    litdb("crawl", str(tmp_path / "n.md"), "--refresh")
    assert changed(litdb) == [
        ("n.md", 1, "retitled", "AI Could Defeat All Of Us Combined", "A New Name Altogether"),
    ]
    assert litdb.data("show", url)["key"] == key


def _retitle(web, host, old, new):
    """Let a site answer with other words from now on."""
    from dataclasses import replace

    def renamed(part):
        def answer(call):
            reply = part(call)
            return reply and replace(reply, body=reply.body.replace(old, new), headers=(("Content-Type", "text/html"),))

        return answer

    web.sites = {**web.sites, host: [renamed(part) for part in web.sites[host]]}


def test_a_password_in_a_link_is_never_kept(litdb, tmp_path, little_web):
    (tmp_path / "n.md").write_text("[x](https://me:hunter2@intranet.example/a) https://me:hunter2@b.example/c")
    said = litdb("crawl", str(tmp_path / "n.md")) + litdb("status") + litdb("dump")
    kept = [path.read_bytes() for path in litdb.library.parent.iterdir()]
    assert "hunter2" not in said + litdb.told
    assert not any(b"hunter2" in content for content in kept)
