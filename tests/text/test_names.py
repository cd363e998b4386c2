import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from litdb.model import Name
from litdb.text.names import PARTICLES, authors_claim, is_organisation, is_person, read_name, read_names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jan Leike", Name("Leike", "Jan")),
        ("A. J. Han Vinck", Name("Vinck", "A. J. Han")),
        ("J.R.R. Tolkien", Name("Tolkien", "J.R.R.")),
        ("Chris van Merwijk", Name("Merwijk", "Chris", "van")),
        ("Fons van der Sommen", Name("Sommen", "Fons", "van der")),
        ("Merwijk, Chris van", Name("Merwijk", "Chris", "van")),
        ("van Merwijk, Chris", Name("Merwijk", "Chris", "van")),
        ("Van Der Maaten, Laurens", Name("Van Der Maaten", "Laurens")),
        ("Dick Van Dyke", Name("Van Dyke", "Dick")),
        ("Ursula K. Le Guin", Name("Le Guin", "Ursula K.")),
        ("Emanuele La Malfa", Name("La Malfa", "Emanuele")),
        ("Sir Tim Berners-Lee", Name("Berners-Lee", "Tim")),
        ("Ann Bee (she/her)", Name("Bee", "Ann")),
        ("Ann Bee @annbee7", Name("Bee", "Ann")),
        ("José Ortega y Gasset", Name("Ortega y Gasset", "José")),
        ("Maria de los Angeles", Name("Angeles", "Maria", "de los")),
        ("Jean d'Alembert", Name("d'Alembert", "Jean")),
        ("King, Jr., M.", Name("King", "M.", suffix="Jr.")),
        ("King, M., Jr.", Name("King", "M.", suffix="Jr.")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", suffix="Jr.")),
        ("Yann LeCun", Name("LeCun", "Yann")),
        ("Évariste Galois", Name("Galois", "Évariste")),
        ("Иван Петров", Name("Петров", "Иван")),
        ("Jack Ma", Name("Ma", "Jack")),
        ("Richard (R.J.) Eskow", Name("Eskow", "Richard (R.J.)")),
        ("Ann Bee, MS, RDN, LD", Name("Bee", "Ann")),
        ("M\u00c3\u00b8ldrup, Jan", Name("M\u00c3\u00b8ldrup", "Jan")),
    ],
)
def test_a_person_has_parts(text, name):
    assert read_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "evhub",
        "@RichardMCNgo",
        "vlad_m",
        "user3080392",
        "OpenAI",
        "Google DeepMind",
        "Robert Miles AI Safety",
        "The Upwork Team",
        "AOL Staff",
        "OpenAI, Inc.",
        "Mr. Beast",
        "Center for AI Safety",
        "J. R.",
        "李 明",
        "島津健吾",
        "crazy lennys",
        "🦊",
        "jane@example.org",
        "https://example.org/jane",
    ],
)
def test_what_cannot_be_split_safely_stays_whole(text):
    assert read_name(text) == Name(literal=text)


@pytest.mark.parametrize(
    ("text", "display"),
    [
        ("By Lucas Nolan", "Lucas Nolan"),
        ("Posted by: Lucas Nolan", "Lucas Nolan"),
        ("Noah Giansiracusa 🦋✓", "Noah Giansiracusa"),
        ("𝐉𝐨𝐡𝐧 𝐒𝐦𝐢𝐭𝐡, 𝐏𝐡𝐃", "John Smith"),
        ("John Wentworth PhD", "John Wentworth"),
        ("Genevieve Carlton, Ph.D.", "Genevieve Carlton"),
        ("Ellen Lindell, VMD, DACVB", "Ellen Lindell"),
        ("Dr. Jane Doe", "Jane Doe"),
        ("Richard Ngo (@RichardMCNgo)", "Richard Ngo"),
        ("Jane Doe <jane@example.org>", "Jane Doe"),
        ("jane@example.org (Jane Doe)", "Jane Doe"),
        ("Jane&nbsp;Doe", "Jane Doe"),
        ("  ", ""),
    ],
)
def test_what_is_no_part_of_a_name_is_dropped(text, display):
    assert read_name(text).display == display


@pytest.mark.parametrize(
    ("text", "displays"),
    [
        ("A. Bee, C. Dee and E. Fee", ["A. Bee", "C. Dee", "E. Fee"]),
        ("Jo Bee, Al Dee, and Ed Fee", ["Jo Bee", "Al Dee", "Ed Fee"]),
        ("Jo Bee and Al Dee", ["Jo Bee", "Al Dee"]),
        ("Jo Bee; Al Dee", ["Jo Bee", "Al Dee"]),
        ("Anna Müller und Bernd Maier", ["Anna Müller", "Bernd Maier"]),
        ("Ngo, Richard and Leike, Jan", ["Richard Ngo", "Jan Leike"]),
        ("Bee, A., Dee, C.", ["A. Bee", "C. Dee"]),
        ("Ngo, Richard", ["Richard Ngo"]),
        ("Silver, David; Singh", ["David Silver", "Singh"]),
        ("Singh; Silver, David; OpenAI", ["Singh", "David Silver", "OpenAI"]),
        ("Goethe, Johann Wolfgang von; Schiller", ["Johann Wolfgang von Goethe", "Schiller"]),
        ("Ann Bee, Carl Dee; OpenAI", ["Ann Bee", "Carl Dee", "OpenAI"]),
        ("OpenAI, Google; Meta", ["OpenAI", "Google", "Meta"]),
        ("Martin King, Jr. and Bob Smith", ["Martin King Jr.", "Bob Smith"]),
        ("Debra Horwitz, DVM, DACVB & Gary Landsberg, DVM", ["Debra Horwitz", "Gary Landsberg"]),
        ("evhub, Chris van Merwijk, vlad_m", ["evhub", "Chris van Merwijk", "vlad_m"]),
        ("OpenAI, Google and Meta", ["OpenAI", "Google", "Meta"]),
        ("Department of Computer Science and Engineering", ["Department of Computer Science and Engineering"]),
        ("Jane Doe, jane@example.org", ["Jane Doe"]),
        ("jane@example.org", ["jane@example.org"]),
        ("Richard Ngo et al.", ["Richard Ngo"]),
        ("Jane Doe, Jane Doe", ["Jane Doe"]),
        ("", []),
    ],
)
def test_a_list_of_names(text, displays):
    assert [name.display for name in read_names(text)] == displays


@pytest.mark.parametrize("text", ["Lisa de Moraes", "Jeffrey A. Slotnick", "By Jane Doe, MD", "T.C. Sottek"])
def test_a_full_name_looks_like_a_person(text):
    assert is_person(text)


@pytest.mark.parametrize(
    "text", ["", "David", "The Currency editors", "How Minds Work", "E-RYT 200", "apgoucher", "NYT"]
)
def test_other_texts_do_not(text):
    assert not is_person(text)


def test_an_author_claim_leaves_empty_names_out():
    claim = authors_claim([Name("Leike", "Jan"), Name(), Name(literal="OpenAI")], "bib:author")
    assert claim.field == "authors"
    assert claim.value == [{"family": "Leike", "given": "Jan"}, {"literal": "OpenAI"}]


words = st.from_regex(r"[A-ZÄÖÉ][a-zäöéß]{1,8}", fullmatch=True)


@given(words, words, st.sampled_from(["", "van", "von der", "de la"]))
def test_a_displayed_person_is_read_back(given_name, family, particle):
    name = Name(family, given_name, particle)
    assume(read_name(f"{given_name} {family}").family == family)
    assert read_name(name.display) == name
    assert read_name(f"{particle} {family}, {given_name}".strip()) == name
    assert not {family, given_name} & PARTICLES


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text):
    read_names(text)
    assert isinstance(read_name(text), Name)


@pytest.mark.parametrize(("text", "is_one"), [("The Upwork Team", True), ("evhub", False), ("Jan Leike", False)])
def test_an_organisation_says_so(text, is_one):
    assert is_organisation(read_name(text)) is is_one
