"""litdb search: words in titles, names and sentences."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(("most", "told"), [(2, "2 of 3: --limit shows more of them.\n"), (3, ""), (4, "")])
def test_a_search_says_how_many_more_there_are(litdb, tmp_path, most, told):
    entries = (f"@book{{k{each}, title = {{On hedges {each}}}}}\n" for each in range(3))
    (tmp_path / "a.bib").write_text("".join(entries), "utf-8")
    (tmp_path / "a.md").write_text("Hedges are fine [@k1].\n", "utf-8")
    litdb("crawl", str(tmp_path), "--offline", "--silent")
    litdb("search", "hedges", "--limit", str(most))
    assert litdb.told == told
    assert len(litdb.data("search", "hedges", "-n", str(most))) == min(most, 3)
