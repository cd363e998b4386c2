"""Citation keys: Better BibTeX's pattern, unique, never recomputed."""

import pytest

from litdb.keys import VALID, assign, base_key
from litdb.model import Identifier, Name, Work


def work(ident, *, title="", authors=(), date="", container="", label="", work_type="post"):
    return Work(
        Identifier("url", ident), (Identifier("url", ident),), "", work_type, f"https://{ident}", title=title,
        authors=authors, date=date, container=container, label=label,
    )  # fmt: skip


NGO = (Name("Ngo", "Richard"),)


@pytest.mark.parametrize(
    ("made", "key"),
    [
        (work("a", title="The Alignment Problem from a Deep Learning Perspective", authors=NGO, date="2022-08-30"),
         "ngoAlignmentProblemDeep2022"),
        (work("a", title="An investigation of model-free planning", authors=(Name("Guez", "Arthur"),), date="2019"),
         "guezInvestigationModelfreePlanning2019"),
        (work("a", title="Überraschung", authors=(Name("Þórsson", "Ólafur"),)), "thorssonUberraschung"),
        (work("a", title="Introducing Superalignment", container="OpenAI", date="2023-07-05"),
         "openaiIntroducingSuperalignment2023"),
        (work("a", authors=(Name(literal="@goodside"),), date="2022-12-03", label="Tweet by @goodside"), "goodside2022"),
        (work("a", title="Über $O(n^2)$ und mehr", authors=NGO), "ngoUberUndMehr"),
        (work("a", label="these examples"), "TheseExamples"),
        (work("a/b", label="a/b"), "ab"),
        (work("www.a.example/", label="www.a.example"), "wwwaexample"),
    ],
)  # fmt: skip
def test_pattern(made, key):
    assert base_key(made) == key


@pytest.mark.parametrize(
    ("scheme", "value", "key"),
    [
        ("wikipedia", "en/Reinforcement_learning", "wikipediaReinforcementLearning"),
        ("wikipedia", "en/Attention_(machine_learning)", "wikipediaAttentionMachineLearning"),
        ("wikipedia", "en/Hedge", "wikipediaenHedge"),
        ("wikipedia", "en/Goodhart's_law", "wikipediaGoodhartsLaw"),
        ("wikipedia", "ru/Обучение_с_подкреплением", "wikipediaru"),
        ("substack", "ann/what-is-a-hedge", "substackWhatHedge"),
        ("github", "ann/hedges-2", "githubannhedges2"),
        ("url", "https://a.example/2023/06/how-hedges-grow-in-spring/673780", "aexampleHowHedgesGrow"),
        ("url", "https://a.example/papers/weak-to-strong-generalization.pdf", "aexampleWeakStrongGeneralization"),
        ("url", "https://a.example/posts/2023-05-17-hedges-of-time.html?x=1", "aexampleHedgesTime"),
        ("url", "https://a.example/K%C3%BCnste_und_Hecken", "aexampleKunsteUndHecken"),
        ("url", "https://long-hedges.example/x", "longhedgesexamplex"),
        ("url", "https://a.example/document/d/1AbCdEfGhIj/edit", "aexampledocumentd1AbCdEf"),
        ("acl", "2020.acl-main.1", "acl2020aclmain1"),
        ("doi", "10.1038/s41586-021-03819-2", "doi38s41586021038192"),
        ("youtube", "zkb-dEH-EyE", "youtubezkbdEHEyE"),
    ],
)
def test_a_key_from_an_identifier_begins_with_the_words_of_its_path(scheme, value, key):
    assert base_key(Work(Identifier(scheme, value), (), "", "webpage", "")) == key


def test_a_work_without_any_letters_still_has_a_valid_key():
    key = base_key(work("示例.example/页", title="页面", date="2020"))
    assert VALID.match(key)


def test_clashes_of_one_run_are_settled_by_identifier_not_by_order():
    first, second = work("a", title="X", authors=NGO, date="2020"), work("b", title="X", authors=NGO, date="2020")
    expected = {first.identifier: "ngoX2020", second.identifier: "ngoX2020a"}
    assert assign([first, second], {}, {}) == assign([second, first], {}, {}) == expected


def test_a_key_is_unique_ignoring_case():
    made = assign([work("a", title="X", authors=NGO, date="2020")], {"NGOX2020": Identifier("url", "z")}, {})
    assert list(made.values()) == ["ngoX2020a"]


def test_the_key_of_a_bibliography_among_the_notes_is_kept():
    one = work("a", title="X", authors=NGO, date="2020")
    assert assign([one], {}, {one.identifier: "ngo20:mine"}) == {one.identifier: "ngo20:mine"}


def test_a_key_that_bibtex_cannot_take_is_not_kept():
    one = work("a", title="X", authors=NGO, date="2020")
    assert assign([one], {}, {one.identifier: "ngo 20, mine"}) == {one.identifier: "ngoX2020"}


def test_any_number_of_works_may_share_a_base_key():
    nameless = [work(f"{number:05}", authors=NGO, date="2022") for number in range(19_000)]
    keys = assign(nameless, {}, {})
    assert len(set(keys.values())) == 19_000
    assert keys[nameless[-1].identifier].startswith("ngo2022a")
