"""Libraries to publish, and the site as its readers get it."""

from __future__ import annotations

from pathlib import Path

import pytest

NOTES = {
    "open.md": """---
title: On hedges
date: 2023-05-06
publish: true
---
Begin with [Hedges, observed](https://hedges.example/observed), %%SECRET comment%% which is patient.
Then arXiv:2203.00001, <!-- SECRET aside --> and https://files.example/a.pdf?token=SECRET to the end.

[SECRET label]: https://defined.example/it
""",
    "clients/SECRET-folder/SECRET-file.md": """---
title: SECRET title
href: https://about.example/it
tags: [SECRET-tag]
publish: false
---
# SECRET heading
My [SECRET words](https://walled.example/page) (Ann SECRETMAN, 2019-03-04) in a SECRET sentence.
Also [SECRET plan](https://docs.example/plan?resourcekey=SECRET), http://SECRET-nas.local/plan.pdf,
[at home](http://192.168.7.7/SECRET) and [paid](https://me:SECRET@paid.example/x) and [@SECRETnick].
""",
    "mine.bib": r"""@book{SECRETkey2020,
  author = {Roe, Ada}, title = {Soil and patience}, publisher = {Tide Press}, year = {2020},
  file = {/home/SECRET/soil.pdf}, keywords = {SECRET keyword}, annote = {SECRET annotation},
  abstract = {SECRET abstract}, note = {SECRET remark},
}
@misc{SECRETuntitled,
  file = {/home/SECRET/x.pdf},
}
""",
}


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with notes, most of which nobody else may read, and settings."""
    for name, text in NOTES.items():
        path = tmp_path / "notes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "litdb.toml").write_text('contact = "SECRET@example.org"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def crawled(project, litdb):
    """The library of these notes, without a network."""
    litdb("crawl", "notes", "--offline", "--silent")
    return litdb


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a site by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def places_of(secret: str, folder: Path) -> list[str]:
    """Where a word stands in a site, in whatever case: in texts or in names."""
    wanted = secret.lower()
    return [
        name
        for name, content in files_of(folder).items()
        if wanted.encode() in content.lower() or wanted in name.lower()
    ]
