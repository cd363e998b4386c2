"""litdb crawl --cluster where there is none: a sentence that says what to do."""

from __future__ import annotations

import socket
import sys

import pytest


@pytest.fixture
def crawl(litdb, tmp_path, monkeypatch):
    """What a crawl by the cluster at an address is told."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "n.md").write_text("<https://h1.example/post/1>")

    def tell(address, code):
        litdb("crawl", "n.md", "--cluster", address, code=code)
        return litdb.told

    return tell


@pytest.fixture
def nobody():
    """An address where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{taken.getsockname()[1]}"


def test_without_its_package_it_says_what_to_install(crawl, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "pip install 'litdb-notes[cluster]'" in crawl("tcp://127.0.0.1:8786", code=1)


@pytest.mark.usefixtures("dask")
class TestWithDask:
    @pytest.mark.parametrize(
        "address", ["scheduler", "scheduler:8786", "tcp://scheduler", "tcp://scheduler:high", "http://scheduler:8786"]
    )
    def test_what_is_no_address_is_said(self, crawl, address):
        assert f"tcp://HOST:8786 or tls://…, not “{address}”" in crawl(address, code=2)

    def test_where_nobody_listens_it_says_how_to_start_a_scheduler(self, crawl, nobody):
        assert f"No scheduler answers at tcp://{nobody}. Start one" in crawl(f"tcp://{nobody}", code=1)

    def test_tls_needs_certificates(self, crawl):
        with socket.create_server(("127.0.0.1", 0)) as listening:
            address = f"tls://127.0.0.1:{listening.getsockname()[1]}"
            assert f"{address} needs the certificates" in crawl(address, code=2)

    def test_nothing_to_ask_needs_no_cluster(self, litdb, tmp_path):
        (tmp_path / "empty.md").write_text("Nothing to cite.")
        litdb("crawl", str(tmp_path / "empty.md"), "--cluster", "tcp://127.0.0.1:1")
