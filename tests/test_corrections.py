"""What the user's word comes to, and what cannot count."""

import pytest

from litdb.corrections import FIELDS, Word, checked_key, claim_of, person, resolve
from litdb.errors import UsageError
from litdb.merge import build, choose
from litdb.model import Claim, Correction, Identifier, Name, Record

PAPER, POST, PAGE = Identifier("arxiv", "2209.00626"), Identifier("forum", "Kby"), Identifier("url", "https://x.org/a")
LIBRARY = {str(each): each for each in (PAPER, POST, PAGE)} | {"https://x.org/a": PAGE, "old2022": PAPER}


def corrected(*blocks):
    """The word of these blocks, the first of which stands at c:1."""
    placed = [Correction(*block[:-1], **block[-1], place=f"c:{line}") for line, block in enumerate(blocks, 1)]
    return resolve(placed, LIBRARY.get)


def sets(field, value, work=str(PAPER)):
    return ("set", (work,), {"field": field, "value": value})


def key(value, work=str(PAPER)):
    return ("key", (work,), {"value": value})


def pair(kind, *works):
    return (kind, tuple(map(str, works)), {})


def is_(name, full):
    return ("person", (), {"field": name, "value": full})


def test_no_word_is_no_evidence():
    assert resolve([], LIBRARY.get) == Word()


def test_a_set_field_is_a_record_of_the_user_with_its_place():
    claim = Claim("date", "2022-08-30", "corrections", "posted", "day")
    assert corrected(sets("date", "2022-08-30")).records == (Record("user", PAPER, (claim,), place="c:1"),)


@pytest.mark.parametrize("name", ["arxiv:2209.00626", "old2022"])
def test_works_go_by_any_of_their_names(name):
    assert corrected(sets("title", "T", name)).records[0].identifier == PAPER


def test_a_key_that_is_given_in_the_file_names_its_work_there():
    assert corrected(sets("title", "T", "ngo"), key("ngo")).records[0].identifier == PAPER


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("date", "2022", "2022"),
        ("date", " 30 August 2022 ", "2022-08-30"),
        ("date", "27.01.2022", "2022-01-27"),
        ("date", "2022-08-30T23:30:00-07:00", "2022-08-30T23:30:00-07:00"),
        ("date", "", ""),
        ("title", "  A\n title & more", "A title & more"),
        ("title", "", ""),
        ("type", "post", "post"),
        ("url", "HTTPS://X.org/a", "https://x.org/a"),
        ("url", "", ""),
        ("volume", "3", "3"),
        ("authors", "", []),
        ("authors", "Ngo, Richard; Leike, Jan", ["Richard Ngo", "Jan Leike"]),
        ("authors", "A. Bee and C. Dee; {OpenAI}", ["A. Bee", "C. Dee", "OpenAI"]),
        ("authors", "{Barnes and Noble}, Roland Anders and {X Y}", ["Barnes and Noble", "Roland Anders", "X Y"]),
        ("editors", "evhub", ["evhub"]),
    ],
)
def test_values_are_read_as_people_write_them(field, value, said):
    claim = claim_of(field, value)
    shown = [Name.from_json(each).display for each in claim.value] if isinstance(claim.value, list) else claim.value
    assert (claim.field, shown) == (field, said)


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_but_the_type_can_be_empty_on_purpose(field):
    if field == "type":
        with pytest.raises(UsageError):
            claim_of(field, "")
    else:
        assert not claim_of(field, " ").value


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("author", "x", "no field “author”.*authors"),
        ("date", "2022-02-30", "no date"),
        ("date", "03/04/2021", "no date"),
        ("date", "soon", "no date"),
        ("type", "blog", "no type of work.*post-weblog"),
        ("url", "example.org", "not a URL"),
        ("url", "javascript:alert(1)", "not a URL"),
        ("url", "ftp://x.org/", "only http"),
        ("authors", "A. Bee and {OpenAI", "brace"),
        ("authors", "and; {}", "nobody"),
    ],
)
def test_a_value_that_cannot_be_is_told_and_the_rest_counts(field, value, says):
    with pytest.raises(UsageError, match=says) as caught:
        claim_of(field, value)
    word = corrected(sets(field, value), sets("title", "T"))
    assert word.problems == (f"c:1: {caught.value}",)
    assert [each.claims[0].value for each in word.records] == ["T"]


@pytest.mark.parametrize("block", [sets("title", "T", "who?"), key("k", "who?"), pair("same", PAPER, "who?")])
def test_a_work_that_is_not_there_is_told(block):
    word = corrected(block)
    assert word.problems == ("c:1: the library has no work “who?”, so this does not count.",)
    assert word == Word(problems=word.problems)


def test_of_two_values_for_a_field_the_later_counts():
    word = corrected(sets("title", "A"), sets("date", "2022"), sets("title", "B", "old2022"))
    assert [each.claims[0].value for each in word.records] == ["2022", "B"]
    assert word.problems == ("c:3: title of arxiv:2209.00626 is set already at c:1; this counts.",)


def test_a_key_belongs_to_one_work_and_a_work_has_one():
    word = corrected(key("a"), key("A", str(POST)), key("b"), key("c", str(POST)))
    assert word.keys == {PAPER: "b", POST: "c"}
    assert [each.partition(" ")[0] for each in word.problems] == ["c:2:", "c:3:"]


@pytest.mark.parametrize("text", ["", "ngo 2022", "ngo–2022", "{x}", "-x", "a,b", "a\n"])
def test_a_key_is_one_that_every_tool_takes(text):
    with pytest.raises(UsageError, match="cannot be a citation key"):
        checked_key(text)
    assert corrected(key(text)).keys == {}


def test_same_and_split_are_pairs_of_identifiers_in_any_order():
    word = corrected(pair("same", PAGE, PAPER), pair("split", POST, PAPER))
    assert (word.same, word.apart, word.problems) == (((PAPER, PAGE),), ((PAPER, POST),), ())


def test_three_works_make_three_pairs():
    assert corrected(pair("split", PAGE, PAPER, POST)).apart == ((PAPER, POST), (PAPER, PAGE), (POST, PAGE))


@pytest.mark.parametrize(("first", "last"), [("same", "split"), ("split", "same")])
def test_of_same_and_split_the_later_counts(first, last):
    word = corrected(pair(first, PAPER, POST), pair(last, POST, PAPER))
    assert {"same": word.same, "split": word.apart}[last] == ((PAPER, POST),)
    assert {"same": word.same, "split": word.apart}[first] == ()
    assert word.problems == (f"c:2: {PAPER} and {POST} are “{first}” at c:1 and “{last}” here; this counts.",)


def test_a_work_is_not_the_same_as_itself():
    word = corrected(pair("same", PAGE, "https://x.org/a"), pair("split", PAPER, PAPER))
    assert (word.same, word.apart, len(word.problems)) == ((), (), 2)


def test_a_split_that_others_join_again_is_told():
    word = corrected(pair("same", PAPER, PAGE), pair("same", PAGE, POST), pair("split", PAPER, POST))
    assert word.problems == (f"c:3: {PAPER} and {POST} are split here, but “same” by way of others; they stay apart.",)


def test_people_are_found_at_the_end_of_a_chain():
    word = corrected(is_("tweet:@goodside", "goodside"), is_("goodside", "Riley Goodside"))
    riley = Name("Goodside", "Riley")
    assert (word.aliases, word.problems) == ({"tweet:@goodside": riley, "goodside": riley}, ())


def test_a_chain_without_an_end_is_told_and_left_out():
    word = corrected(is_("a", "b"), is_("b", "a"), is_("c", "a"), is_("e", "Eve Ess"))
    assert list(word.aliases) == ["e"]
    assert [each.partition(" ")[0] for each in word.problems] == ["c:1:", "c:2:", "c:3:"]


def test_a_name_can_be_said_to_be_itself():
    word = corrected(is_("J. Leike", "Jan Leike"), is_("Jan Leike", "Jan Leike"))
    assert (word.aliases, word.problems) == (dict.fromkeys(("J. Leike", "Jan Leike"), Name("Leike", "Jan")), ())


@pytest.mark.parametrize(
    ("full", "name"),
    [
        ("Ann Ek 0000-0002-1825-0097", Name("Ek", "Ann", orcid="0000-0002-1825-0097")),
        ("Ann Ek (https://orcid.org/0000-0002-1825-0097)", Name("Ek", "Ann", orcid="0000-0002-1825-0097")),
        ("{Ann Ek}, 0000-0002-1694-233x", Name(literal="Ann Ek", orcid="0000-0002-1694-233X")),
        ("0000-0002-1825-0097", Name("Bee", "Cy", orcid="0000-0002-1825-0097")),
    ],
)
def test_an_orcid_may_stand_behind_a_full_name(full, name):
    assert person("doi:Cy Bee", full) == name


def test_an_orcid_that_cannot_be_is_refused():
    with pytest.raises(UsageError, match="“0000-0002-1825-0098” is no ORCID"):
        person("ann", "Ann Ek 0000-0002-1825-0098")


def test_of_two_people_behind_a_name_the_later_counts():
    word = corrected(is_("jan", "Jan Leike"), is_("jan", "Jan Kirchner"))
    assert word.aliases == {"jan": Name("Kirchner", "Jan")}
    assert word.problems == ("c:2: “jan” is “Jan Leike” already; this counts.",)


@pytest.mark.parametrize(
    ("spelled", "full"), [("", "Jan Leike"), ("jan", ""), ("twitter:@jan", "Jan Leike"), ("jan", "{}")]
)
def test_what_names_nobody_is_told(spelled, full):
    with pytest.raises(UsageError):
        person(spelled, full)


def test_a_whole_name_stands_in_braces():
    assert person("openai", "{The OpenAI Team}") == Name(literal="The OpenAI Team")


SITE = Record(
    "arxiv",
    PAPER,
    (
        Claim("date", "2022-08-29", "atom:published", "first-version", "day"),
        Claim("title", "Of the site", "atom:title"),
        Claim("authors", [{"literal": "ricraz"}], "atom:author"),
    ),
)
URL = Record("url", PAPER, (Claim("date", "2022-09", "url:arxiv-id", "posted", "month"),))


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [("date", "1999", "1999"), ("date", "", ""), ("title", "Mine", "Mine"), ("title", "", ""), ("authors", "", ())],
)
def test_the_word_of_the_user_wins_over_site_and_url(field, value, kept):
    word = corrected(sets(field, value))
    work = build([PAPER], choose([SITE, URL, *word.records]), (), word.aliases)
    assert getattr(work, field) == kept
