"""A crawl outward on a small generated web: exactly what its plan tells, within budget, and again after kills."""

from __future__ import annotations

import json

import pytest

from graph.web_of_works import Project, WebOfWorks, asked, differences, killed


@pytest.fixture(scope="module")
def made():
    """The web, running."""
    web = WebOfWorks(works=50, hosts=6, notes=5)
    with web.little_web:
        yield web


@pytest.fixture
def project(made, tmp_path):
    """A project on it that nobody has crawled."""
    return Project(tmp_path, made)


@pytest.mark.parametrize("depth", range(4))
def test_exactly_the_works_and_citations_within_a_depth_are_found(project, depth):
    project.crawl(depth)
    project.run("next")
    assert list(differences(project.made.found(depth), project.found())) == []


@pytest.mark.parametrize("budget", [0, 1, 9])
def test_a_budget_is_kept_to_the_request(project, budget):
    web = project.made.little_web
    since = len(web.log)
    told = json.loads(project.crawl(3, "--budget", str(budget), "--json"))
    at_the_web = asked(web, since)
    redirects = sum(count for url, count in at_the_web.items() if "short.example" in url)
    assert told["requests"] == budget == at_the_web.total() - redirects
    assert told["spent"] == f"{budget:,} requests"


def test_runs_with_a_small_budget_each_find_the_same_in_the_end_and_ask_nothing_twice(project):
    web = project.made.little_web
    since = len(web.log)
    for _ in range(50):
        if not json.loads(project.crawl(2, "--budget", "12", "--json"))["spent"]:
            break
    assert list(differences(project.made.found(2), project.found())) == []
    journal = project.answered()
    assert max(journal.values()) == 1
    calls = len(web.log)
    assert json.loads(project.crawl(2, "--json"))["requests"] == 0
    assert len(web.log) == calls > since


@pytest.mark.parametrize("after", [3, 14, 31])
def test_after_a_kill_the_same_is_found_and_no_answered_request_is_repeated(project, after):
    assert killed(project, 2, after) == []


def test_only_and_exclude_bound_the_way(project):
    project.crawl(2, "--exclude", "endless.example", "--exclude", "short.example")
    nodes, _ = project.found()
    assert not [name for name in nodes if name.startswith(("endless.example", "short.example"))]
    narrow = Project(project.folder / "narrow", project.made)
    narrow.crawl(3, "--only", "h00.example")
    others = {name for name in narrow.found()[0] if not name.startswith("h00.example")}
    assert others <= set(project.made.roots)


def test_a_plain_crawl_keeps_what_is_cited_up_to_date_once_somebody_wanted_it(project):
    project.run("crawl", "notes")
    assert project.found()[1] == set()
    project.run("next")
    before = project.found()[1]
    assert before
    note = project.folder / "notes" / "other.md"
    new = next(name for name in sorted(project.made.cited) if name not in project.made.roots and project.made.cited[name])  # fmt: skip
    note.write_text(f"<https://{new}>\n")
    project.run("crawl", "notes")
    assert {edge for edge in project.found()[1] if edge[0] == new}
    project.run("rebuild")
    assert project.found()[1] > before
