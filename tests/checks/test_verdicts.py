"""An entry is blamed for what a source contradicts, and for nothing else."""

from __future__ import annotations

import pytest

from litdb.checks.fields import Known, Own, compare, pages_agree
from litdb.checks.journals import journals_agree
from litdb.checks.telling import evidence, notice, sentence
from litdb.checks.verdicts import Heard, Version, judge
from litdb.merge import Statement
from litdb.model import Attempt, Claim, Identifier, Name, Record
from litdb.text.dates import date_claim
from litdb.text.names import authors_claim, read_names

ARXIV, DOI = Identifier("arxiv", "1712.05812"), Identifier("doi", "10.1000/x")
TITLE, PEOPLE = "Occam's razor", "Stuart Armstrong and Sören Mindermann"


def record(source, *claims, identifier=DOI):
    return Record(source, identifier, claims)


def title(text, how="bib:title"):
    return Claim("title", text, how)


def people(text, how="bib:author"):
    return authors_claim(read_names(text), how)


def date(value, how="bib:year", kind="posted"):
    return date_claim(value, kind, how)


def said(source="crossref", *more, identifier=DOI):
    """What a source says of the work: title, people, and more."""
    how = f"{source}:x"
    return record(source, title(TITLE, how), people(PEOPLE, how), *more, identifier=identifier)


def own(*claims, abridged=False):
    return Own((title(TITLE), people(PEOPLE), *claims), abridged)


def verdict(entry, *records, **more):
    return judge(entry, Heard(DOI, records, **more), {})


def states(found):
    return {each.field: each.state for each in found.findings}


def words(found):
    return [sentence(each, {}) for each in found.findings if each.state in ("version", "disagrees")]


AGREE = {
    "another year's precision": (own(date("2017")), said("crossref", date("2017-12-15"))),
    "case, braces and a remark": (Own((title("OCCAM'S RAZOR [Video]"), people(PEOPLE))), said()),
    "a subtitle left out": (own(), record("crossref", title("Occam's razor: a cut", "x"), people(PEOPLE, "x"))),
    "initials": (Own((title(TITLE), people("Armstrong, S.; Mindermann, S."))), said()),
    "a turned name": (
        Own((title(TITLE), authors_claim([Name("S.", "Armstrong"), Name("S", "Mindermann")], "bib:author"))),
        said(),
    ),
    "and others": (Own((title(TITLE), people("Stuart Armstrong")), is_abridged=True), said()),
    "people beside a link": (Own((people("Stuart Armstrong", "note"),)), said()),
    "more people on a page than in the entry": (Own((title(TITLE), people("Stuart Armstrong"))), said("page")),
    "print after online": (own(date("2018")), said("crossref", date("2017", "x"), date("2018", "y"))),
    "another month of a printed work": (own(date("2017-11")), said("crossref", date("2017-12"))),
    "an abbreviated journal": (
        own(Claim("container", "J. Phil.", "bib:journal")),
        said("crossref", Claim("container", "Journal of Philosophy", "x")),
    ),
    "a dash": (own(Claim("pages", "1–9", "bib:pages")), said("crossref", Claim("pages", "1-9", "x"))),
}


@pytest.mark.parametrize(("entry", "heard"), AGREE.values(), ids=AGREE)
def test_ways_of_writing_are_no_disagreement(entry, heard):
    found = verdict(entry, heard, type="article-journal")
    assert (found.ending, set(states(found).values())) == ("confirmed", {"agrees"})


BLAMED = {
    "author is Peter Mindermann, Crossref says Sören Mindermann": (
        Own((title(TITLE), people("Stuart Armstrong and Peter Mindermann"))),
        said(),
    ),
    "year is 2016, Crossref says 2017": (own(date("2016")), said("crossref", date("2017-12-15"))),
    "title is “Hanlon's razor”, Crossref says “Occam's razor”": (Own((title("Hanlon's razor"),)), said()),
    "author is Ann Ek, Crossref says Stuart Armstrong": (
        Own((title(TITLE), people("Ann Ek and Sören Mindermann"))),
        said(),
    ),
    "author has Ann Ek, whom Crossref does not name": (Own((title(TITLE), people(f"{PEOPLE} and Ann Ek"))), said()),
    "author lacks Sören Mindermann, and does not say “and others”": (
        Own((title(TITLE), people("Stuart Armstrong"))),
        said(),
    ),
    "journal is “Science”, Crossref says “Nature”": (
        own(Claim("container", "Science", "bib:journal")),
        said("crossref", Claim("container", "Nature", "x")),
    ),
    "volume is 7, Crossref says 8": (
        own(Claim("volume", "7", "bib:volume")),
        said("crossref", Claim("volume", "8", "x")),
    ),
    "pages are 2-9, Crossref says 1-9": (
        own(Claim("pages", "2-9", "bib:pages")),
        said("crossref", Claim("pages", "1-9", "x")),
    ),
}


@pytest.mark.parametrize("told", BLAMED)
def test_what_a_source_contradicts_is_told_with_both_sides(told):
    entry, heard = BLAMED[told]
    found = verdict(entry, heard, type="article-journal")
    assert found.ending == "disagrees"
    assert words(found) == [told]


def test_sources_that_say_the_same_speak_together():
    found = verdict(own(date("2016")), said("crossref", date("2017-12-15")), said("datacite", date("2017")))
    assert words(found) == ["year is 2016, Crossref and DataCite say 2017"]


NOT_COMPARED = {
    "another script": (
        Own((title("奥卡姆剃刀"), people("Stuart Armstrong and Sören Mindermann"))),
        said(),
    ),
    "a macro for a journal": (
        own(Claim("container", r"\apj", "bib:journal")),
        said("crossref", Claim("container", "The Astrophysical Journal", "x")),
    ),
    "its own pages against the number of an article": (
        own(Claim("pages", "1--9", "bib:pages")),
        said("crossref", Claim("pages", "61102", "x")),
    ),
    "a handle": (Own((title(TITLE), people("evhub"))), said()),
    "the house for its people": (Own((title(TITLE), authors_claim([Name(literal="OpenAI")], "bib:author"))), said()),
    "an article number": (
        own(Claim("pages", "1-9", "bib:pages")),
        said("crossref", Claim("pages", "e77", "x")),
    ),
    "a series of proceedings": (
        own(Claim("container", "ECCV", "bib:booktitle")),
        said("crossref", Claim("container", "Lecture Notes", "x")),
    ),
    "arXiv for a journal": (
        own(Claim("container", "arXiv", "bib:journal")),
        said("crossref", Claim("container", "Nature", "x")),
    ),
}


@pytest.mark.parametrize(("entry", "heard"), NOT_COMPARED.values(), ids=NOT_COMPARED)
def test_what_cannot_be_held_against_each_other_is_left_open(entry, heard):
    found = verdict(entry, heard, type="article-journal")
    assert found.ending == "confirmed"
    assert "unclear" in states(found).values()


def test_the_surer_source_is_heard_and_an_index_only_where_it_is_silent():
    index = said("openalex", date("2016"))
    assert verdict(own(date("2016")), said("crossref", date("2017")), index).ending == "disagrees"
    assert verdict(own(date("2016")), said("crossref"), index).ending == "confirmed"
    assert verdict(own(date("2015")), index).ending == "disagrees"


def test_a_guess_can_agree_and_never_disagrees():
    guess = record("page", title("Something else", "title"))
    assert verdict(Own((title(TITLE),)), guess).ending == "unchecked"
    assert verdict(Own((title("Something else"),)), guess).ending == "confirmed"


@pytest.mark.parametrize("source", ["bib", "note", "user"])
def test_the_file_is_no_witness_of_its_own(source):
    from litdb.checks.verdicts import heard_from

    assert heard_from([said(source), said()]) == (said(),)


def test_the_address_alone_confirms_nothing_but_a_work_is_not_older_than_its_number():
    number = record("url", date("2017-12", "url:arxiv-id"), identifier=ARXIV)
    assert [verdict(own(date(year)), number).ending for year in ("2016", "2017", "2019")] == [
        "disagrees",
        "unchecked",
        "unchecked",
    ]


# Versions


def version(*records, named=False):
    return Version(ARXIV, records, named)


def test_a_value_of_another_version_is_told_and_not_blamed():
    preprint = version(said("arxiv", date("2016-05-05"), identifier=ARXIV))
    found = verdict(own(date("2016")), said("crossref", date("2017")), versions=(preprint,))
    assert found.ending == "confirmed"
    assert words(found) == ["year 2016 is that of arxiv:1712.05812; Crossref says 2017"]


def test_a_version_that_nobody_told_of_may_have_the_value():
    found = verdict(own(date("2016")), said("crossref", date("2017")), versions=(version(),))
    assert words(found) == ["year 2016 may be that of a version that nobody told of; Crossref says 2017"]


def test_what_is_another_work_by_its_sources_is_no_version():
    other = version(record("arxiv", title("Deep learning", "x"), people("Ann Ek", "x"), date("2016", "x")))
    assert verdict(own(date("2016")), said("crossref", date("2017")), versions=(other,)).ending == "disagrees"


def test_an_identifier_of_another_work_is_named():
    other = version(record("arxiv", title("Deep learning", "x"), people("Ann Ek", "x"), identifier=ARXIV), named=True)
    assert words(verdict(own(), said(), versions=(other,))) == ["arxiv:1712.05812 is “Deep learning”, as arXiv says"]


@pytest.mark.parametrize(("kind", "told"), [("this-version", "a later version"), ("modified", "its last change")])
def test_a_later_day_of_the_work_itself_is_told(kind, told):
    heard = said("page", date("2017-01-01", "x"), date("2019-05-05", "x", kind))
    assert words(verdict(own(date("2019")), heard)) == [f"year 2019 is that of {told}; the page says 2017"]


@pytest.mark.parametrize(("year", "ending"), [("2016", "confirmed"), ("2020", "confirmed"), ("2021", "disagrees")])
def test_an_entry_that_names_its_conference_may_give_the_year_of_that(year, ending):
    entry = own(date(year), Claim("container", "NeurIPS", "bib:booktitle"))
    assert verdict(entry, said("arxiv", date("2017-12-15", "x")), type="preprint").ending == ending


# Identifiers that are none, works that were withdrawn


def attempt(source, outcome="not-found"):
    return Attempt(DOI, source, outcome, "there is no such DOI (404)", "")


def test_only_the_register_can_say_that_there_is_no_such_doi():
    assert verdict(own(), attempts=(attempt("doi-negotiation"),)).ending == "disagrees"
    assert verdict(own(), attempts=(attempt("crossref"),)).ending == "unchecked"
    assert verdict(own(), said("openalex"), attempts=(attempt("doi-negotiation"),)).ending == "confirmed"
    assert verdict(own(), attempts=(attempt("doi-negotiation", "forbidden"),)).ending == "unchecked"


def test_a_retraction_is_told():
    assert notice(Heard(DOI, (said("crossref", Claim("status", "retracted", "x")),))) == "retracted, says Crossref"
    assert notice(Heard(DOI, (said(),))) == ""


def test_the_evidence_names_each_voice_with_its_fields():
    found = verdict(own(date("2017")), said("crossref"), said("datacite", date("2017", "x")))
    assert evidence(found) == "title, author by Crossref and DataCite; year by DataCite"


# Journals and pages

JOURNALS = [
    ("J. Mach. Learn. Res.", "Journal of Machine Learning Research"),
    ("JMLR", "Journal of Machine Learning Research"),
    ("The Lancet", "Lancet (London)"),
    ("TOG", "ACM Transactions on Graphics"),
    ("Proc. Natl. Acad. Sci. U.S.A.", "Proceedings of the National Academy of Sciences"),
    ("C. R. Acad. Sci. Paris", "Comptes Rendus de l'Académie des Sciences"),
    ("J. R. Stat. Soc. B", "Journal of the Royal Statistical Society: Series B (Methodological)"),
    ("Z. Phys.", "Zeitschrift für Physik"),
    ("A&A", "Astronomy & Astrophysics"),
    ("PLoS ONE", "PLOS ONE"),
    ("ApJ", "The Astrophysical Journal"),
    ("JRSS-B", "Journal of the Royal Statistical Society: Series B (Methodological)"),
    ("IEEE TPAMI", "IEEE Transactions on Pattern Analysis and Machine Intelligence"),
    ("JETP Lett.", "Journal of Experimental and Theoretical Physics Letters"),
    ("Bull. AMS", "Bulletin of the American Mathematical Society"),
    ("Phil. Trans. R. Soc. Lond. A", "Philosophical Transactions of the Royal Society A: Mathematical Sciences"),
    (r"\mnras", "Monthly Notices of the Royal Astronomical Society"),
]
OTHER_JOURNALS = [
    ("Nature", "Science"),
    ("Nature", "Nature Physics"),
    ("Cell", "Cell Reports"),
    ("Neural Computation", "Journal of Machine Learning Research"),
    ("Physical Review Letters", "Proceedings of the National Academy of Sciences"),
    ("", "Nature"),
    ("Phys. Rev. D", "Physical Review Letters"),
    ("Nature Reviews Genetics", "Nature Reviews Cancer"),
    ("IEEE Transactions on Image Processing", "IEEE Transactions on Signal Processing"),
    ("Physics Letters A", "Physics Letters B"),
    ("J. Econ. Theory", "Journal of Economic Perspectives"),
]


@pytest.mark.parametrize(("one", "other"), JOURNALS)
def test_a_journal_is_itself_under_each_of_its_names(one, other):
    assert journals_agree(one, other)
    assert journals_agree(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER_JOURNALS)
def test_another_journal_is_another(one, other):
    assert not journals_agree(one, other)
    assert not journals_agree(other, one)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [("1", "1-9", True), ("100--9", "100-109", True), ("1-9", "1-8", False), ("xii", "12", None), ("", "1", None)],
)
def test_pages(one, other, answer):
    assert pages_agree(one, other) is answer


def titles_compared(mine, theirs):
    return compare(title(mine), Statement(said(), title(theirs, "x")), Known({}))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Gaerten und Baeume", "Gärten und Bäume"),
        ("Part 2: Roots", "Part II: Roots"),
        ("Roots", "RETRACTED ARTICLE: Roots"),
        ("Roots, 2nd edition", "The Roots"),
        ("Roots (with discussion)", "Roots"),
        ("The cost is $f(n)$", "The cost is f(n)"),
    ],
)
def test_a_title_is_itself_as_catalogues_have_it(mine, theirs):
    assert titles_compared(mine, theirs) is True
    assert titles_compared(theirs, mine) is True


@pytest.mark.parametrize(
    ("mine", "theirs"), [("Roots (dogs)", "Roots (cats)"), ("Part II: Roots", "Part III: Roots"), ("Roots II", "Roots")]
)
def test_another_title_is_none_in_any_catalogue(mine, theirs):
    assert titles_compared(mine, theirs) is False
