"""Headers that a site wants from its users: from the environment, to that site alone, and kept nowhere."""

import pytest

SECRET = "s3cr3t-of-ada"


@pytest.fixture
def crawl(litdb, tmp_path, little_web):
    """A crawl with a key for the forum; what the forum and the others were sent."""
    (tmp_path / "litdb.toml").write_text('[headers."www.lesswrong.com"]\nX-Bypass = "$LITDB_TEST_KEY"\n')
    (tmp_path / "note.md").write_text(
        "<https://www.lesswrong.com/posts/FRv7ryoqtvSuqBxuT/x> <https://arxiv.org/abs/2209.00626>"
    )
    return lambda: litdb("crawl", str(tmp_path / "note.md"))


def test_the_key_goes_to_its_host_alone(crawl, little_web, monkeypatch):
    monkeypatch.setenv("LITDB_TEST_KEY", SECRET)
    crawl()
    sent = {call.host: call.headers.get("x-bypass") for call in little_web.log}
    assert sent == {"www.lesswrong.com": SECRET, "export.arxiv.org": None}


def test_the_key_is_kept_nowhere(crawl, litdb, monkeypatch):
    monkeypatch.setenv("LITDB_TEST_KEY", SECRET)
    said = crawl() + litdb.told
    kept = b"".join(path.read_bytes() for path in litdb.library.parent.iterdir())
    assert SECRET.encode() not in kept
    assert SECRET not in said


def test_a_key_that_is_not_set_is_told_and_the_host_asked_without_it(crawl, litdb, little_web, monkeypatch):
    monkeypatch.delenv("LITDB_TEST_KEY", raising=False)
    crawl()
    assert "LITDB_TEST_KEY is not set, so www.lesswrong.com is asked without the header X-Bypass." in litdb.told
    assert len(little_web.asked("www.lesswrong.com")) == 1
