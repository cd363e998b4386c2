"""What a bracket beside a link says: the day of a publication and people, or a day of something else."""

from __future__ import annotations

import pytest

from litdb.notes import read_note
from litdb.notes.handmade import hand_lists
from litdb.notes.markdown import read_markdown
from litdb.notes.patching import Text

LINK = "[w](https://example.org/w)"

DATES = {
    "27.01.2022": "2022-01-27",
    "2022": "2022",
    "May 1, 2024": "2024-05-01",
    "1 May, 2024": "2024-05-01",
    "Monday, May 1, 2024": "2024-05-01",
    "published May 1, 2024": "2024-05-01",
    "2023, March 14": "2023-03-14",
    "Smith, 2023": "2023",
    "Smith & Jones, 2023": "2023",
    "Smith and Jones, 2023": "2023",
    "Leike et al., 2017": "2017",
    "van der Sommen, 2017": "2017",
    "OpenAI, 2023": "2023",
    "eLife, 2019": "2019",
    "國立臺灣大學, 1976": "1976",
    "LessWrong, 2023-05-01": "2023-05-01",
    "Smith, May 1, 2024": "2024-05-01",
    "Smith, 1. Mai 2024": "2024-05-01",
    "Smith, 2023, March 14": "2023-03-14",
    "Smith, May 2024": "2024-05",
    "NeurIPS, December 2023": "2023-12",
    "Journal of machine learning research, 2011": "2011",
    "Gesellschaft für Informatik, 2011": "2011",
    "blog post, 2023": "2023",
    "Jan Leike, preprint, 2023": "2023",
    "posted, 2023-05-01": "2023-05-01",
    "in press, 2023": "2023",
    "first published, 2023": "2023",
    "Last Week in AI, May 1, 2024": "2024-05-01",
    "gwern, 2023": "2023",
    "invented_commenter-2, 2023": "2023",
    "Smith et al. 2021": "2021",
    "van der Sommen, Lee et al 2021": "2021",
    "Smith et al., 2021a": "2021",
    "Bostrom, 2014, p. 5": "2014",
    "Bostrom, 2014, pp. 5–7": "2014",
    "吴恩达，2020年5月": "2020-05",
    "Geirhos u. a., 2020": "2020",
    "Geirhos и др., 2020": "2020",
    "30 марта 2023 г.": "2023-03-30",
    "erschienen am 3. März 2020": "2020-03-03",
}
"""A bracket and the date of publication that it gives."""

PEOPLE = {
    "Jan Leike, June 12, 2017": ("2017-06-12", ["Leike"]),
    "Jan Leike and Paul Christiano, 2018": ("2018", ["Leike", "Christiano"]),
    "Theresa May, 2019": ("2019", ["May"]),
    "Leike, Jan, 2017": ("2017", ["Leike"]),
    "Herbert Read, 1950": ("1950", ["Read"]),
    "Иван Петров, 30 марта 2023 г.": ("2023-03-30", ["Петров"]),
    "Nick Bostrom, 2014, p. 5": ("2014", ["Bostrom"]),
    "publié le 3 mars 2020 par Marie Curie": ("2020-03-03", ["Curie"]),
    "published 3 March 2020 by Marie Curie": ("2020-03-03", ["Curie"]),
    "2020 by Ada Lovelace and Marie Curie": ("2020", ["Lovelace", "Curie"]),
}
"""A bracket with the date and the families that it names; a family or a given name may be a month's."""

NO_DATES = (
    "accessed 2024-02-02",
    "accessed May 1, 2024",
    "retrieved May 1, 2024",
    "updated May 1, 2024",
    "last updated May 1, 2024",
    "read on May 1, 2024",
    "accessed: May 1, 2024",
    "Accessed on: 1 May, 2024",
    "Accessed on the 1st of May, 2024",
    "archived: May 1, 2024",
    "due: May 1, 2024",
    "accessed, 2024-05-01",
    "Accessed, 2024-05-01",
    "last visited, 2024-05-01",
    "Last Visited, May 1, 2024",
    "saved, 2024-05-01",
    "found, 2024-05-01",
    "todo, 2024-05-01",
    "TODO, 2024",
    "deadline, 2024-05-01",
    "project deadline, 2024-05-01",
    "Deadline: Friday, May 1, 2024",
    "Due Friday, May 1, 2024",
    "zuletzt besucht, 1. Mai 2024",
    "Zuletzt besucht am 1. Mai, 2024",
    "Abgerufen, 1. Mai 2024",
    "Consulté, 1er mai 2024",
    "consulté le 1er mai, 2024",
    "Consultado, 1 de mayo de 2024",
    "Bob told me, 2024-05-01",
    "watched, 2023",
    "Watched, 2023",
    "Smith, accessed, 2024-05-01",
    "Smith, accessed May 1, 2024",
    "team meeting, 2024-05-01",
    "Smith et al., 2021; Jones, 2020",
    "reread, 2023",
    "highlighted, 2023",
    "gwern, 2023-05-01",
    "gwern 2023",
    "room 2021",
    "Version 2019",
    "the 1990s, 1990s",
    "v2, June 2020",
    "arXiv v1, 2020-06-01",
    "version 3, June 2020",
    "lu le 3 mars 2020 par Marie Curie",
    "3 March 2020 by train",
)
"""Brackets with a day of something else: a visit, a change, a term, what somebody did."""


def asserted(inside: str) -> dict[str, object]:
    (mention,) = read_note("n.md", f"- {LINK} ({inside})\n".encode(), lambda _: None).mentions
    return {claim.field: claim.value for claim in mention.asserted}


@pytest.mark.parametrize(("inside", "date"), DATES.items())
def test_a_day_beside_a_link_is_its_date(inside, date):
    assert asserted(inside)["date"] == date


@pytest.mark.parametrize(("inside", "says"), PEOPLE.items())
def test_people_and_a_day_share_a_bracket(inside, says):
    found = asserted(inside)
    assert (found["date"], [each["family"] for each in found["authors"]]) == says


@pytest.mark.parametrize("inside", ["Doe et al. 2018", "Doe et al., 2018", "Doe et al."])
def test_one_name_stands_for_many(inside):
    assert asserted(inside)["authors"] == [{"literal": "Doe"}]


def dates_behind(behind: str) -> list[object]:
    mention = read_note("n.md", f"{LINK}{behind}\n".encode(), lambda _: None).mentions[0]
    return [claim.value for claim in mention.asserted if claim.field == "date"]


@pytest.mark.parametrize(
    "behind", [" [TurnTrout, 2023-05-13]", " （2023-05-13）", "（TurnTrout，2023-05-13）", " [x] (2023-05-13)"]
)
def test_brackets_of_other_shapes_say_the_same(behind):
    assert dates_behind(behind) == ["2023-05-13"]


@pytest.mark.parametrize(
    "behind",
    [
        " [2020]",
        " [Smith, 2020](https://example.org/y)",
        " [Smith, 2020][y]",
        " [Smith, 2020]\n\n[Smith, 2020]: https://example.org/y",
        " [[2020-01-01]]",
        " [@smith, 2020]",
        "\n[Smith, 2020]",
        " [^a, 2020]",
        " (03/04/2020)",
    ],
)
def test_other_links_and_numbers_behind_a_link_say_nothing_of_it(behind):
    assert dates_behind(behind) == []


@pytest.mark.parametrize("inside", NO_DATES)
def test_a_day_of_something_else_is_no_date_of_publication(inside):
    assert "date" not in asserted(inside)


@pytest.mark.parametrize(
    "behind", ['{:target="_blank"} (2023-05-13)', "{.external} (2023-05-13)", "{: .external } [Ek, 2023-05-13]"]
)
def test_what_is_written_of_a_links_look_parts_nothing(behind):
    assert dates_behind(behind) == ["2023-05-13"]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        (f"- {LINK}, 16/10/2019", "2019-10-16"),
        (f"- {LINK} 12.10.2021", "2021-10-12"),
        (f"1. **{LINK}** – 3 March 2021.", "2021-03-03"),
        (f"- *{LINK}*, March 3, 2021", "2021-03-03"),
        (f"{LINK} · 2021-03-03\nhttps://example.org/x | 2020-01-02", "2021-03-03"),
        ("> - https://example.org/w, 2021-03-03", "2021-03-03"),
        (f"- [ ] {LINK}: 2021-03-03", "2021-03-03"),
    ],
)
def test_a_day_that_ends_a_line_with_nothing_but_a_link_is_its_date(line, date):
    mention = read_note("n.md", f"# List\n\n{line}\n".encode(), lambda _: None).mentions[0]
    assert [claim.value for claim in mention.asserted] == [date]


@pytest.mark.parametrize(
    "line",
    [
        f"I read {LINK}, 16/10/2019",
        f"- {LINK}, 16/10/2019 and more",
        f"- {LINK}, accessed 16/10/2019",
        f"- {LINK}, 2019",
        f"- {LINK}, 03/04/2019",
        f"- 12 May: {LINK}, 16/10/2019",
        f"- {LINK} {LINK} 2021-03-03",
        f"- {LINK} 📅 2021-03-03",
    ],
)
def test_a_day_in_a_sentence_or_beside_several_links_is_none_of_publication(line):
    mention = read_note("n.md", f"{line}\n".encode(), lambda _: None).mentions[0]
    assert mention.asserted == ()


def dates_in_list(*lines: str) -> list[str | None]:
    data = "\n".join(["## References", "", *(f"- {line}" for line in lines), ""]).encode()
    (found,) = hand_lists(Text("n.md", data), read_note("n.md", data, lambda _: None))
    return [each.date.date if each.date else None for each in found.items]


@pytest.mark.parametrize("inside", NO_DATES)
def test_a_list_takes_no_day_of_something_else_for_a_date(inside):
    assert dates_in_list(f"{LINK} ({inside})") == [None]


@pytest.mark.parametrize("behind", ["accessed May 1, 2024", "accessed 2024-05-01"])
def test_a_list_reads_a_written_day_as_a_whole(behind):
    assert dates_in_list(f"{LINK}, {behind}") == [None]


def test_a_list_reads_full_width_brackets():
    assert dates_in_list(f"{LINK}（2023-05-13）") == ["2023-05-13"]


def test_a_list_finds_the_date_beside_a_day_of_something_else():
    assert dates_in_list(f"{LINK} (accessed, 2024-05-01) (27.01.2022)", f"{LINK}, Theresa May, 2019") == [
        "2022-01-27",
        "2019",
    ]


@pytest.mark.parametrize("embed", ["![a](https://youtu.be/abcdefghijk)", "![[https://youtu.be/abcdefghijk|a]]"])
def test_a_list_of_what_a_note_shows_is_no_list_of_references(embed):
    data = f"## References\n\n- {embed} (2021)\n- {embed} (2022)\n".encode()
    assert hand_lists(Text("n.md", data), read_note("n.md", data, lambda _: None)) == []


def test_a_day_that_could_be_two_is_told_once():
    note = read_markdown("a.md", "[a](https://a.example/) (3/4/2023)\n\n[b](https://b.example/), (Ek, 5/6/2023).")
    assert [each.asserted for each in note.mentions] == [(), ()]
    assert note.problems == (
        "a.md:1: nobody can tell day and month of “3/4/2023” apart, so it is no date here: write it as YYYY-MM-DD.",
    )


@pytest.mark.parametrize(
    "text",
    ["(3/4/2023) and 13/4/2023", "(13/4/2023)", "(4/4/2023)", "(1/2)", "(input/output)", "(3/4/2023 to 5/4/2023)"],
)
def test_other_slashes_are_not(text):
    assert read_markdown("a.md", f"[a](https://a.example/) {text}").problems == ()
