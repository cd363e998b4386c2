"""When two values say the same, and when they do not."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.checks.agreement import dates_agree, fits_month_of_number, is_same_person, people_agree, titles_agree
from litdb.model import Name
from litdb.text.names import read_name, read_names

INSTANT = "2022-03-30T06:30:00Z"

SAME_DAY = [
    ("2022-08-30", "2022-08-30"),
    ("2022-08", "2022-08-30"),
    ("2022", "2022-08-30T17:59:09Z"),
    ("2022-08", "2022"),
    ("2022-08-30T23:30:00", "2022-08-30"),
    (INSTANT, "2022-03-29"),
    (INSTANT, "2022-03-30"),
    (INSTANT, "2022-03-29T23:30:00-07:00"),
    ("2022-03-29T23:30:00-07:00", "2022-03-30"),
    ("2022-08-31T11:00:00Z", "2022-09"),
    ("2022-08-31T23:00:00Z", "2022-09-01"),
]
OTHER_DAY = [
    ("2022-08-30", "2022-08-31"),
    ("2022-08", "2022-09-01"),
    ("2022", "2023-01-01"),
    ("2022-08-30T23:30:00", "2022-08-31"),
    (INSTANT, "2022-03-28"),
    (INSTANT, "2022-03-31"),
    ("2017-06-13T12:00:00Z", "2017-06-12"),
    ("2017-06-13T09:59:59Z", "2017-06-14"),
    (INSTANT, "2022-03-31T06:30:00Z"),
]


@pytest.mark.parametrize(("one", "other"), SAME_DAY)
def test_the_same_day(one, other):
    assert dates_agree(one, other)
    assert dates_agree(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER_DAY)
def test_another_day(one, other):
    assert not dates_agree(one, other)
    assert not dates_agree(other, one)


@given(st.datetimes(datetime(1500, 1, 2), datetime(2199, 1, 1)), st.integers(-12 * 60, 14 * 60))  # noqa: DTZ001
def test_an_instant_agrees_with_its_day_wherever_it_was_written(moment, minutes):
    local = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)), microsecond=0)
    utc = local.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
    assert dates_agree(utc, local.date().isoformat())
    assert dates_agree(utc, local.isoformat())


@pytest.mark.parametrize(
    ("value", "fits"),
    [("2018-01-02", True), ("2017-12-31", True), ("2017-12", True), ("2018", True), ("2018-02-01", False), ("2017-11-30", False)],
)  # fmt: skip
def test_a_number_is_given_in_the_month_of_the_first_version_or_the_next(value, fits):
    assert fits_month_of_number(value, "2018-01") is fits


SAME_PERSON = [
    ("R. Ngo", "Richard Ngo"),
    ("Ngo, R.", "Richard Ngo"),
    ("Michael P. Kim", "Michael Kim"),
    ("M. Kim", "Michael P. Kim"),
    ("Hendrik Kirchner", "Jan Hendrik Kirchner"),
    ("Théophane Weber", "Theophane Weber"),
    ("Karl Müller", "Karl Mueller"),
    ("Søren Kierkegaard", "Soren Kierkegaard"),
    ("Paul Erdős", "Paul Erdos"),
    ("Chris van Merwijk", "van Merwijk, Chris"),
    ("Chris Van Merwijk", "Chris van Merwijk"),
    ("Chris Merwijk", "Chris van Merwijk"),
    ("Sékou-Oumar Kaba", "Sekou Oumar Kaba"),
    ("Conan O'Brien", "Conan O’Brien"),
    ("M. L. King, Jr.", "Martin Luther King"),
    ("Zhang Wei", "Wei Zhang"),
    ("Gabriel García Márquez", "Gabriel Garcia Marquez"),
    ("Richard_Ngo", "Richard Ngo"),
    ("Ngo", "Richard Ngo"),
    ("Bob Smith", "Robert Smith"),
    ("B. Smith", "William Smith"),
    ("Karl Friston", "Carl Friston"),
    ("Soeren Aakesson", "Søren Åkesson"),
    ("Mary J. Smith", "Mary Smith-Jones"),
]
OTHER_PERSON = [
    ("Richard Ngo", "Lawrence Chan"),
    ("Jan Leike", "Peter Leike"),
    ("Richard Ngo", "Richard Chan"),
    ("evhub", "Evan Hubinger"),
    ("OpenAI", "DeepMind"),
    ("Logan Riggs", "Logan Smith"),
    ("Samy Bengio", "Yoshua Bengio"),
    ("B. Smith", "Peter Smith"),
]


@pytest.mark.parametrize(("one", "other"), SAME_PERSON)
def test_the_same_person(one, other):
    assert is_same_person(read_name(one), read_name(other))
    assert is_same_person(read_name(other), read_name(one))


@pytest.mark.parametrize(("one", "other"), OTHER_PERSON)
def test_another_person(one, other):
    assert not is_same_person(read_name(one), read_name(other))
    assert not is_same_person(read_name(other), read_name(one))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("A. Bee, C. Dee and E. Fee", "Anna Bee, Carl Dee and Eva Fee", True),
        ("Anna Bee, Carl Dee and Eva Fee", "Bee et al.", True),
        ("Anna Bee, Carl Dee and Eva Fee", "A. Bee and C. Dee", True),
        ("Anna Bee, Carl Dee and Eva Fee", "Eva Fee, Anna Bee and Carl Dee", True),
        ("Anna Bee, Carl Dee and Eva Fee", "Anna Bee, Carl Dee and Gus Hee", False),
        ("Anna Bee, Carl Dee and Eva Fee", "Anna Bee and Eva Fee", False),
        ("Anna Bee", "Carl Dee", False),
    ],
)
def test_lists_of_people(one, other, same):
    assert people_agree(read_names(one), read_names(other)) is same


def test_thousands_of_authors_are_compared_to_the_end():
    """Nothing is timed: what compared each with each would hang here."""
    many = [Name(f"Family{number}", "A.") for number in range(20_000)]
    assert people_agree(many, many[::-1])


SAME_TITLE = [
    ("The Alignment Problem", "the alignment problem"),
    ("Understanding “Deep Double Descent”", 'Understanding "Deep double descent"'),
    ("Model-free planning", "Model–Free Planning"),
    ("Gradient Starvation: A Learning Proclivity in Neural Networks", "Gradient Starvation"),
    ("Gradient starvation — a learning proclivity", "Gradient Starvation"),
    ("What failure looks like? An answer", "What failure looks like?"),
    ("AGI safety — LessWrong", "AGI safety"),
    ("AGI safety | Some Blog", "AGI Safety"),
    ("Some Blog: AGI safety", "AGI safety"),
    ("[2209.00626] The Alignment Problem", "The Alignment Problem"),
    (r"On $\mathcal{O}(n^2)$ bounds", "On O(n²) bounds"),
    (r"$\alpha$-divergence", "α-divergence"),
    (r"An Image is Worth $16 \times 16$ Words", "An image is worth 16×16 words"),
    ("Planning & Acting", "Planning and acting"),
    ("Étude", "Etude"),
    (r"The $\Lambda$CDM model", "The ΛCDM model"),
    (r"\em Arabidopsis at $\sqrt{n}$", "Arabidopsis at √n"),
    ("Building A Virtual Machine insi…", "Building a Virtual Machine inside ChatGPT"),
]
OTHER_TITLE = [
    ("The Alignment Problem", "The Control Problem"),
    ("Conditions for Mesa-Optimization: Part 1", "Conditions for Mesa-Optimization: Part 2"),
    ("Gradient hacking", "Gradient hacking is hard"),
    ("Introduction", "…"),
    ("Über alles", "Unter allen"),
    ("论文一", "论文二"),
]


@pytest.mark.parametrize(("one", "other"), SAME_TITLE)
def test_the_same_title(one, other):
    assert titles_agree(one, other, ["Some Blog"])
    assert titles_agree(other, one, ["Some Blog"])


@pytest.mark.parametrize(("one", "other"), OTHER_TITLE)
def test_another_title(one, other):
    assert not titles_agree(one, other)
    assert not titles_agree(other, one)
