import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litdb.errors import InvalidUrl
from litdb.model import Identifier, Identity, Relation
from litdb.notes.bib import read_bib
from litdb.sources import identify as real_identify

RULES = (
    (r"https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/([\w./-]+?)(?:v\d+)?(?:\.pdf)?$", "arxiv"),
    (r"https://doi\.org/10\.48550/arXiv\.(.+)$", "arxiv"),
    (r"https://doi\.org/(10\..+)$", "doi"),
    (r"https://openlibrary\.org/isbn/([\d-]+)$", "isbn"),
    (r"https://openreview\.net/forum\?id=(\w+)$", "openreview"),
)


def identify(url):
    """The sources' part, as small as it goes."""
    for pattern, scheme in RULES:
        if match := re.match(pattern, url):
            return Identity(Identifier(scheme, match[1]), url)
    if not url.startswith("http"):
        raise InvalidUrl(url)
    return Identity(Identifier("url", url), url)


def read(text):
    return read_bib("refs.bib", text, identify)


def claims(text):
    """The values of an only entry's claims by field."""
    (record,) = read(text).records
    return {claim.field: claim.value for claim in record.claims}


NGO = r"""% Encoding: UTF-8
@misc{ngo2022,
  title = {The {Alignment} Problem from a Deep Learning Perspective},
  author = {Ngo, Richard and van Merwijk, Chris and {OpenAI} and others},
  year = {2022}, month = aug, day = 30,
  eprint = {2209.00626}, archivePrefix = {arXiv}, primaryClass = {cs.AI},
  doi = {10.48550/arXiv.2209.00626},
}
"""


def test_an_entry_is_a_mention_and_a_record():
    note = read(NGO)
    (mention,), (record,) = note.mentions, note.records
    assert (mention.line, mention.column, mention.end_line, mention.end_column) == (2, 1, 2, 14)
    assert (mention.target, mention.found, mention.url) == ("@ngo2022", "bib-entry", "https://arxiv.org/abs/2209.00626")
    assert mention.text == "The Alignment Problem from a Deep Learning Perspective"
    assert (record.source, record.identifier, record.place) == ("bib", Identifier("arxiv", "2209.00626"), "refs.bib:2")
    assert note.keys == (("ngo2022", Identifier("arxiv", "2209.00626")),)
    assert note.problems == ()


def test_a_record_says_what_its_entry_says():
    (record,) = read(NGO).records
    said = [(claim.field, claim.value, claim.how, claim.kind, claim.precision) for claim in record.claims]
    assert said == [
        ("title", "The Alignment Problem from a Deep Learning Perspective", "bib:title", "", ""),
        (
            "authors",
            [
                {"family": "Ngo", "given": "Richard"},
                {"family": "Merwijk", "given": "Chris", "non-dropping-particle": "van"},
                {"literal": "OpenAI"},
            ],
            "bib:author",
            "",
            "",
        ),
        ("date", "2022-08-30", "bib:year", "posted", "day"),
        ("archive_class", "cs.AI", "bib:primaryclass", "", ""),
        ("type", "preprint", "bib:eprint", "", ""),
    ]


@pytest.mark.parametrize(
    ("entry", "identifier"),
    [
        ("@misc{k, eprint={2209.00626}}", "arxiv:2209.00626"),
        ("@misc{k, eprint={arXiv:2209.00626 [cs]}, doi={10.1000/x}}", "arxiv:2209.00626"),
        ("@misc{k, eprint={12345}, eprinttype={hal}, url={https://x.example/}}", "url:https://x.example/"),
        ("@article{k, eprint={2209.00626}, url={https://arxiv.org/pdf/2209.00626.pdf}}", "arxiv:2209.00626"),
        ("@article{k, journal={arXiv preprint arXiv:1706.03762}}", "arxiv:1706.03762"),
        ("@article{k, journal={CoRR}, volume={abs/1706.03762}}", "arxiv:1706.03762"),
        ("@article{k, eprint={2209.00626}, doi={https://doi.org/10.1000/a\\_b}}", "doi:10.1000/a_b"),
        ("@article{k, doi={10.1000/x}, url={https://x.example/}}", "doi:10.1000/x"),
        ("@misc{k, howpublished={\\url{https://x.example/a\\_b{\\%}20}}}", "url:https://x.example/a_b%20"),
        ("@misc{k, note={Accessed: 2021-01-01, https://x.example/a.}}", "url:https://x.example/a"),
        ("@online{k, url={https://x.example/a,b--c~d}}", "url:https://x.example/a,b--c~d"),
        ("@book{k, isbn={0-13-110362-8}}", "isbn:0-13-110362-8"),
        ("@book{k, isbn={978 0 13 110362 7 (pbk.), 0-13-110362-8}}", "isbn:9780131103627"),
        ("@book{k, isbn={0-13-110362-8; 978-0-13-110362-7}}", "isbn:0-13-110362-8"),
    ],
)
def test_the_identifier_of_an_entry(entry, identifier):
    note = read(entry)
    assert str(note.records[0].identifier) == identifier
    assert identify(note.mentions[0].url).identifier == note.records[0].identifier


def test_an_isbn_with_a_digit_wrong_names_nothing():
    note = read_bib("refs.bib", "@book{k, title={T}, isbn={0-13-110362-9}}", real_identify)
    assert (note.records[0].identifier.scheme, note.mentions[0].url) == ("bib", "")


@pytest.mark.parametrize("note", ["Code at https://x.example/code", "See also \\url{https://x.example/}"])
def test_an_address_in_a_remark_is_not_the_work_s(note):
    assert read(f"@misc{{k, title={{T}}, note={{{note}}}}}").records[0].identifier.scheme == "bib"


def test_a_page_beside_a_doi_is_the_same_work():
    (record,) = read("@article{k, doi={10.1000/x}, url={https://x.example/}}").records
    assert record.same == (Identifier("url", "https://x.example/"),)
    assert record.relations == ()


@pytest.mark.parametrize(
    ("entry", "published"),
    [
        ("@article{k, eprint={2209.00626}, doi={10.1000/x}}", Identifier("doi", "10.1000/x")),
        ("@misc{k, eprint={2209.00626}, doi={10.1000/x}}", Identifier("doi", "10.1000/x")),
        (
            "@inproceedings{k, eprint={2209.00626}, url={https://openreview.net/forum?id=abc}}",
            Identifier("openreview", "abc"),
        ),
    ],
)
def test_a_preprint_beside_its_publication_is_another_work(entry, published):
    (record,) = read(entry).records
    assert record.same == ()
    assert record.relations == (Relation(Identifier("arxiv", "2209.00626"), "version-of", published, "bib:eprint"),)


def test_the_isbn_of_a_chapter_is_that_of_its_book():
    (record,) = read("@incollection{k, title={T}, isbn={0-13-110362-8}}").records
    assert record.identifier.scheme == "bib"
    assert [(str(each.object), each.kind) for each in record.relations] == [("isbn:0-13-110362-8", "part-of")]


def test_an_entry_without_any_address_is_named_by_key_title_and_year():
    one, two, three = read(
        "@book{k, title={A {B}}, year=2001} @book{k, title={a b}, date={2001-05}} @book{k, title={C}}"
    ).records
    assert re.fullmatch(r"bib:k-[0-9a-f]{8}", str(one.identifier))
    assert one.identifier == two.identifier != three.identifier


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year={2022}", "2022"),
        ("year=2022, month=1", "2022-01"),
        ("year=2022, month=jan", "2022-01"),
        ('year=2022, month="January", day="7"', "2022-01-07"),
        ('year=2022, month=jan # "~10"', "2022-01-10"),
        ('year=2022, month="10~" # jan', "2022-01-10"),
        ("year=2022, month={Jan--Feb}", "2022"),
        ("year=2022, month={spring}", "2022"),
        ("year=2022, month=2, day=31", "2022-02"),
        ("year={2022a}", "2022"),
        ("date={2022-08}, year={2021}", "2022-08"),
        ("date={2022-08-30T23:30:00-07:00}", "2022-08-30T23:30:00-07:00"),
        ("date={2022-08/2022-09}", "2022-08"),
        ("date={2022~}", "2022"),
        ("date={2020-13}, year={2020}", "2020"),
        ("year={n.d.}", None),
        ("year={in press}", None),
        ("month=jan", None),
    ],
)
def test_a_date_is_as_precise_as_its_fields(fields, date):
    assert claims(f"@misc{{k, {fields}}}").get("date") == date


@pytest.mark.parametrize(
    "field", ["urldate={2023-01-02}", "note={Accessed: 2023-01-02}", "note={Last visited on 02.01.2023}"]
)
def test_the_day_of_a_visit_is_no_date_of_the_work(field):
    (record,) = read(f"@misc{{k, {field}}}").records
    assert [(claim.field, claim.value, claim.kind) for claim in record.claims] == [("date", "2023-01-02", "accessed")]


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("{OpenAI}", [{"literal": "OpenAI"}]),
        ("OpenAI", [{"literal": "OpenAI"}]),
        ("{Center for AI Safety} and {Barnes and Noble}", [{"literal": "Center for AI Safety"}, {"literal": "Barnes and Noble"}]),
        (r"Erd{\H o}s, P{\'a}l", [{"family": "Erdős", "given": "Pál"}]),
        ("{van Merwijk}, Chris", [{"family": "van Merwijk", "given": "Chris"}]),
        ("Robert {Van Dyke}", [{"family": "Van Dyke", "given": "Robert"}]),
        ("King, Jr., M.", [{"family": "King", "given": "M.", "suffix": "Jr."}]),
        ("family=Merwijk, given=Chris, prefix=van, useprefix=false", [{"family": "Merwijk", "given": "Chris", "non-dropping-particle": "van"}]),
        ("Ngo, R., Leike, J., Bee, A.", [{"family": "Ngo", "given": "R."}, {"family": "Leike", "given": "J."}, {"family": "Bee", "given": "A."}]),
        (r"Ngo, R. \& Leike, J.; Bee, A.", [{"family": "Ngo", "given": "R."}, {"family": "Leike", "given": "J."}, {"family": "Bee", "given": "A."}]),
        ("Ngo, R. & Leike, J.", [{"family": "Ngo", "given": "R."}, {"family": "Leike", "given": "J."}]),
        (r"{Ngo, R. \& Leike, J.}", [{"literal": "Ngo, R. & Leike, J."}]),
        (r"Ernst \& Young", [{"literal": "Ernst & Young"}]),
        ("Ngo, R. and", [{"family": "Ngo", "given": "R."}]),
        ("evhub and\n  @vlad", [{"literal": "evhub"}, {"literal": "@vlad"}]),
    ],
)  # fmt: skip
def test_names(written, people):
    assert claims(f"@misc{{k, author = {{{written}}}}}")["authors"] == people


@pytest.mark.parametrize(
    ("entry", "container", "publisher"),
    [
        ("@article{k, journal={Nature}, publisher={Springer}}", "Nature", "Springer"),
        ("@article{k, journaltitle={Nature}, journal={Nat.}}", "Nature", None),
        ("@article{k, journal={arXiv preprint arXiv:1706.03762}}", "arXiv", None),
        ("@inproceedings{k, booktitle={Proc. of X}, organization={IEEE}}", "Proc. of X", "IEEE"),
        ("@online{k, organization={LessWrong}}", "LessWrong", None),
        ("@misc{k, howpublished={Blog post, \\url{https://x.example/}}}", "Blog post", None),
        ("@misc{k, howpublished={Available at: \\url{https://x.example/}}}", None, None),
        ("@phdthesis{k, school={MIT}}", None, "MIT"),
        ("@book{k, publisher={O'Reilly \\& Co}}", None, "O'Reilly & Co"),
    ],
)
def test_container_and_publisher(entry, container, publisher):
    said = claims(entry)
    assert (said.get("container"), said.get("publisher")) == (container, publisher)


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("@article{k, title={T}}", "article-journal"),
        ("@InProceedings{k, title={T}}", "paper-conference"),
        ("@article{k, eprint={2209.00626}}", "preprint"),
        ("@online{k, url={https://x.example/}}", "webpage"),
        ("@online{k, url={https://openreview.net/forum?id=abc}}", None),
        ("@misc{k, title={T}}", None),
    ],
)
def test_the_type_of_a_work(entry, kind):
    assert claims(entry).get("type") == kind


def test_numbers_are_issues_of_journals_only():
    article = claims("@article{k, volume=3, number={4}, pages={1--10}}")
    assert (article["volume"], article["issue"], article["pages"]) == ("3", "4", "1–10")
    assert claims("@techreport{k, number={TR-4}}")["number"] == "TR-4"


@pytest.mark.parametrize(
    ("title", "value", "markup"),
    [
        (r"{GPT-3}: {\'E}tude \& more", "GPT-3: Étude & more", "plain"),
        (r"Bounds of $O(n)$", "Bounds of $O(n)$", "tex"),
        (r"\emph{Attention}", r"\emph{Attention}", "tex"),
        (r"Worth \$100", "Worth $100", "plain"),
    ],
)
def test_titles_carry_their_markup(title, value, markup):
    (record,) = read(f"@misc{{k, title = {{{title}}}, subtitle = {{}}}}").records
    assert [(claim.value, claim.markup) for claim in record.claims] == [(value, markup)]


def test_a_subtitle_belongs_to_the_title():
    assert claims("@misc{k, title={T}, subtitle={S}, shorttitle={X}}") == {"title": "T: S"}


def test_an_export_of_better_bibtex_is_read():
    said = claims("""@online{ngo, title = {T}, shorttitle = {T}, eprint = {2209.00626}, eprinttype = {arXiv},
        eprintclass = {cs}, url = {http://arxiv.org/abs/2209.00626}, urldate = {2023-01-02}, langid = {english},
        abstract = {A \\& B}, keywords = {a,b}, pubstate = {prepublished}, note = {titleTranslation: Foo},
        file = {/home/x/a.pdf:/home/x/a.pdf:application/pdf}}""")
    assert said == {
        "title": "T",
        "date": "2023-01-02",
        "abstract": "A & B",
        "language": "english",
        "note": "titleTranslation: Foo",
        "archive_class": "cs",
        "type": "preprint",
        "url": "http://arxiv.org/abs/2209.00626",
    }


def test_macros_comments_and_preambles_are_honoured():
    note = read("""@string{nips = "Advances"} @preamble{"\\newcommand{\\x}{y}"}
        @comment{ @misc{hidden, title={no}} } mail@example.org{x}
        @article(k, journal = nips # " in " # {NIPS}, title = "A {"}B"})""")
    assert [mention.target for mention in note.mentions] == ["@k"]
    assert {claim.field: claim.value for claim in note.records[0].claims}["container"] == "Advances in NIPS"


def test_a_crossref_gives_what_is_missing_but_no_identity():
    note = read("""@inproceedings{c, title={Part}, crossref={P}}
        @proceedings{p, title={Whole}, editor={Bee, Al}, year=2001, doi={10.1000/whole}, publisher={X}}""")
    part = {claim.field: claim.value for claim in note.records[0].claims}
    assert (part["title"], part["container"], part["date"], part["publisher"]) == ("Part", "Whole", "2001", "X")
    assert note.records[0].identifier.scheme == "bib"


def test_xdata_gives_what_is_missing_and_is_no_work():
    note = read("""@xdata{press, publisher={X}, xdata={age}} @xdata{age, date={2001}, publisher={Y}}
        @book{c, title={Part}, xdata={press, gone}}""")
    assert [mention.target for mention in note.mentions] == ["@c"]
    said = {claim.field: claim.value for claim in note.records[0].claims}
    assert (said["publisher"], said["date"]) == ("X", "2001")


def test_other_keys_of_an_entry_name_its_work_unless_they_are_the_key_of_another():
    note = read("@misc{a, ids={b, c}, title={A}} @misc{c, title={C}, ids={a}}")
    assert [(key, name.value.partition("-")[0]) for key, name in note.keys] == [("a", "a"), ("c", "c"), ("b", "a")]
    assert note.problems == ()


def test_a_set_of_entries_is_no_work_and_told():
    note = read("@misc{a, title={A}}\n@set{s, entryset={a}}")
    assert [mention.target for mention in note.mentions] == ["@a"]
    assert note.problems == ("refs.bib:2: @s is a set of other entries and was left out; cite those.",)


def test_xdata_in_a_circle_ends():
    assert len(read("@xdata{a, xdata={b}} @xdata{b, xdata={a}} @book{c, xdata={a}}").records) == 1


BROKEN = (
    ("@misc{a, title={never closed", "@misc has no closing brace and was left out."),
    ("@misc{ title = {no key} }", "An entry without a key"),
    ("@misc{a, title = undefined}", "the macro undefined is not defined"),
    ("@misc{a, title={x} year={2001}}", "expected; the fields before it were read"),
    ("@misc{a, title={x}, title={y}}", "@a has title twice"),
)


@pytest.mark.parametrize(("broken", "sentence"), BROKEN)
def test_a_broken_entry_never_costs_the_others(broken, sentence):
    note = read(f"@misc{{before, title={{1}}}}\n{broken}\n@misc{{after, title={{2}}}}\n")
    assert [mention.target for mention in note.mentions if mention.target != "@a"] == ["@before", "@after"]
    (problem,) = note.problems
    assert problem.startswith("refs.bib:2: ")
    assert sentence in problem


def test_a_key_with_blanks_costs_no_field():
    note = read("@misc{two words, title={x}, url={https://x.example/1}}")
    (mention,) = note.mentions
    assert (mention.target, mention.text, mention.end_column) == ("@two words", "x", 16)
    assert note.records[0].identifier == Identifier("url", "https://x.example/1")
    assert note.problems == ("refs.bib:1: The key “two words” has blanks in it, which LaTeX does not take.",)


def test_of_two_entries_with_one_key_the_key_names_the_first():
    note = read("@misc{k, url={https://x.example/1}}\n@misc{k, url={https://x.example/2}}")
    assert len(note.mentions) == len(note.records) == 2
    assert note.keys == (("k", Identifier("url", "https://x.example/1")),)
    assert note.problems == ("refs.bib:2: @k is there already (line 1); the key names the first one.",)


def test_the_key_s_place_is_found_behind_the_type():
    (mention,) = read("@misc {\r\n  i,title={x}}").mentions
    assert (mention.line, mention.column, mention.end_line, mention.end_column) == (1, 1, 2, 4)


@settings(deadline=None)
@given(st.text(alphabet='@misc{}(),="#\\ \nakey1~$', max_size=120))
def test_any_text_is_read_without_an_error(text):
    note = read("@misc{first, title={x}}\n" + text)
    assert len(note.mentions) == len(note.records)


@pytest.mark.parametrize("pattern", ["@a{", "@a(", "{", "@comment{", "@a(k,x={", "@a{k, t={}", "@a(k{)", " and "])
def test_a_hostile_file_is_read_to_its_end(pattern):
    """Nothing is timed: what took the square of its length would hang here."""
    assert read(pattern * (50_000 // len(pattern))).path


@pytest.mark.parametrize("pattern", ["~", "et~", "{", "and {", "et al. ", ";", "& ", "a, b; ", "others and "])
def test_hostile_names_are_read_to_their_end(pattern):
    names = (pattern * (50_000 // len(pattern))).replace("{", "{}")
    assert read(f"@misc{{a, author={{{names}}}}}").path


PRINTED = "journal={Proc. IEEE}, volume={86}, pages={1--2}, eprint={1706.03762}, archivePrefix={arXiv}"


@pytest.mark.parametrize(
    ("entry", "scheme"),
    [
        (f"@article{{k, {PRINTED}}}", "bib"),
        (f"@article{{k, {PRINTED}, url={{https://arxiv.org/abs/1706.03762}}}}", "bib"),
        (f"@article{{k, {PRINTED}, doi={{10.1109/5.726791}}}}", "doi"),
        (f"@misc{{k, {PRINTED}}}", "arxiv"),
        ("@article{k, journal={CoRR}, volume={abs/1706.03762}}", "arxiv"),
        ("@article{k, journal={arXiv preprint arXiv:1706.03762}, pages={1--2}}", "arxiv"),
        ("@article{k, journal={Proc. IEEE}, eprint={1706.03762}}", "bib"),
        ("@inproceedings{k, booktitle={NIPS}, eprint={1706.03762}}", "bib"),
        ("@inproceedings{k, booktitle={NIPS}, url={https://arxiv.org/abs/1706.03762}}", "bib"),
        ("@article{k, journal={Preprint}, pages={1--2}, eprint={1706.03762}}", "bib"),
        ("@article{k, journal={Preprint, arXiv}, eprint={1706.03762}}", "arxiv"),
        ("@article{k, journal={Submitted to Nature}, eprint={1706.03762}}", "arxiv"),
        ("@article{k, journal={under review}, eprint={1706.03762}}", "arxiv"),
        ("@article{k, journal={CoRR}, pages={1--2}, eprint={1706.03762}}", "arxiv"),
        ("@article{k, journal={}, eprint={1706.03762}}", "arxiv"),
    ],
)
def test_who_says_where_a_paper_was_printed_means_the_printed_paper(entry, scheme):
    (record,) = read(entry).records
    assert record.identifier.scheme == scheme
    if scheme == "bib":
        preprint = Identifier("arxiv", "1706.03762")
        assert record.relations == (Relation(preprint, "version-of", record.identifier, "bib:eprint"),)


def test_the_whole_entry_is_kept_beside_what_it_claims():
    (record,) = read("@Book{k, title = {A}, Keywords = {one,  two}, note = {{\\'E}}}").records
    assert json.loads(record.entry) == {
        "form": "bib",
        "type": "book",
        "fields": {"title": "A", "keywords": "one, two", "note": "{\\'E}"},
    }


def test_entries_on_one_line_have_places_of_their_own():
    note = read("@misc{a, title={A}} @misc{b, title={B}}")
    assert [each.place for each in note.records] == ["refs.bib:1", "refs.bib:1:21"]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"See \url{https://a.example/~bo_b}.", "See https://a.example/~bo_b."),
        (r"Code: \href{https://a.example/x\_y}{here}", "Code: here (https://a.example/x_y)"),
        (r"\emph{Cf.~\url{https://a.example/x--y}}", r"\emph{Cf. https://a.example/x--y}"),
        ("Code at https://a.example/~bob", "Code at https://a.example/~bob"),
    ],
)
def test_addresses_in_a_note_are_bare(written, text):
    (record,) = read(f"@misc{{k, title={{Tea}}, note = {{{written}}}}}").records
    assert [claim.value.replace("\xa0", " ") for claim in record.claims if claim.field == "note"] == [text]


@pytest.mark.parametrize("title", ['"On \\"{U}bung"', '"On "Foo" bar"'])
def test_a_quotation_mark_that_cuts_a_value_short_is_told(title):
    note = read(f"@misc{{b, title = {title}, year = 2020}}\n")
    (problem,) = note.problems
    assert problem.startswith("refs.bib:1: In @b: title is cut short, as BibTeX does: a quotation mark within")


def test_a_missing_comma_is_no_cut_value():
    (problem,) = read('@misc{b, title = "Tea" year = 2020}').problems
    assert "expected" in problem
