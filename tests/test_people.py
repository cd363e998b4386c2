"""Who stands behind a name: one person over several works only by an ORCID, an account or the user's word."""

from __future__ import annotations

import pytest

from litdb.demo.server import LittleWeb
from litdb.demo.sites.registries import Registered, doi_hosts
from litdb.model import Claim, Identifier, Name, Record, Work
from litdb.people import evidence_for, with_orcids

ANN, BEA = "0000-0002-1825-0097", "0000-0002-1694-233X"
EK, EK_IN_SHORT = Name("Ek", "Ann"), Name("Ek", "A.")


def work(number, *names, scheme="doi"):
    identifier = Identifier(scheme, f"10.5555/{number}")
    return Work(identifier, (identifier,), "", "article-journal", "", authors=names)


def persons(*works, said=()):
    """How many people stand behind these works' names."""
    evidence = evidence_for(works, frozenset(said))
    return len({evidence(each, name) for each in works for name in each.authors})


def known_as(name, orcid):
    return Name(**{**{part: getattr(name, part) for part in ("family", "given")}, "orcid": orcid})


@pytest.mark.parametrize(
    ("names", "said", "people"),
    [
        ([EK, EK], [], 2),
        ([known_as(EK, ANN), known_as(EK, ANN)], [], 1),
        ([known_as(EK, ANN), known_as(EK_IN_SHORT, ANN)], [], 1),
        ([known_as(EK, ANN), known_as(EK, BEA)], [], 2),
        ([known_as(EK, ANN), EK], [], 2),
        ([EK, EK], [EK], 1),
        ([known_as(EK, ANN), EK], [EK], 1),
        ([EK, EK], [known_as(EK, ANN)], 1),
        ([known_as(EK, ANN), known_as(EK, BEA), EK], [EK], 3),
        ([EK, EK_IN_SHORT], [EK], 2),
        ([Name(literal="evhub"), Name(literal="evhub")], [], 2),
    ],
)
def test_one_person_over_several_works_takes_evidence(names, said, people):
    assert persons(*(work(number, name) for number, name in enumerate(names)), said=said) == people


@pytest.mark.parametrize(("schemes", "people"), [(("forum", "forum-comment"), 1), (("forum", "tweet"), 2)])
def test_an_account_is_one_on_all_of_its_site(schemes, people):
    assert persons(*(work(1, Name(literal="evhub"), scheme=scheme) for scheme in schemes)) == people


def record(source, *names):
    return Record(source, Identifier("doi", "x"), (Claim("authors", [name.as_json() for name in names], "made:up"),))


@pytest.mark.parametrize(
    ("told", "chosen", "orcids"),
    [
        ([known_as(EK, ANN)], [EK], [ANN]),
        ([known_as(EK, ANN)], [EK_IN_SHORT], [""]),
        ([known_as(EK, ANN), known_as(EK, BEA)], [EK, EK], ["", ""]),
        ([known_as(EK, ANN)], [EK, EK], ["", ""]),
        ([known_as(EK, ANN)], [known_as(EK, BEA)], [BEA]),
    ],
)
def test_an_orcid_goes_to_whom_a_record_of_the_work_gives_it(told, chosen, orcids):
    found = with_orcids(chosen, [record("page", *chosen), record("crossref", *told)])
    assert [name.orcid for name in found] == orcids


# --- end to end ----------------------------------------------------------------------------------------------------

WORKS = [
    Registered("10.5555/tea.1", "Steam", (("Ann", "Ek"),), "2019", orcids={"Ek": ANN}),
    Registered("10.5555/tea.2", "Leaves", (("Ann", "Ek"), ("Carl", "Dee")), "2020", orcids={"Ek": ANN}),
    Registered("10.5555/tea.3", "Pots", (("Ann", "Ek"), ("Carl", "Dee")), "2021"),
]
PEOPLE = "SELECT name, orcid, count(*) FROM people JOIN authorships ON person = people.id GROUP BY people.id ORDER BY 1, 2, 3"


@pytest.fixture
def crawled(litdb, tmp_path, monkeypatch):
    (tmp_path / "note.md").write_text("\n".join(f"<https://doi.org/{each.doi}>" for each in WORKS))
    with LittleWeb(doi_hosts(WORKS, [])) as web:
        for name, value in web.environment().items():
            monkeypatch.setenv(name, value)
        litdb("crawl", str(tmp_path / "note.md"))
    return litdb


def test_the_library_has_a_person_for_each_orcid_and_one_for_each_other_name_of_a_work(crawled):
    assert crawled.rows(PEOPLE) == [
        ("Ann Ek", None, 1),
        ("Ann Ek", ANN, 2),
        ("Carl Dee", None, 1),
        ("Carl Dee", None, 1),
    ]


def test_the_user_can_say_who_is_who(crawled):
    crawled("person", "Carl Dee", f"Carl Dee {BEA}")
    crawled("person", "Ann Ek", "Ann Ek")
    assert crawled.rows(PEOPLE) == [("Ann Ek", ANN, 3), ("Carl Dee", BEA, 2)]
    crawled("person", "Carl Dee", "--undo")
    assert ("Carl Dee", None, 1) in crawled.rows(PEOPLE)


def test_show_tells_the_orcid(crawled):
    assert f"Ann Ek {ANN}" in crawled("show", "https://doi.org/10.5555/tea.1")
    assert crawled.data("show", "https://doi.org/10.5555/tea.1")["authors"] == [
        {"family": "Ek", "given": "Ann", "ORCID": ANN}
    ]


def test_csl_json_has_no_place_for_it(crawled):
    assert ANN not in crawled("export", "csl-json")
