"""corrections.toml: read block by block, edited without touching the rest."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.errors import ConfigError
from litdb.files.corrections import KEYS, add_correction, read_corrections, remove_corrections
from litdb.files.place import Place
from litdb.model import Correction

PAPER = "arxiv:2209.00626"
DATE = Correction("set", (PAPER,), "date", "2022-08-30")
EVERY_KIND = """\
# mine
[[set]]
work = "arxiv:2209.00626"
field = "date"
value = "2022-08-30"   # the first version

[[key]]
work = "arxiv:2209.00626"
key = "ngo2022"

[[same]]
works = ["forum:KbyRPCAsWv5GtfrbG", "url:https://example.org/x"]

[[split]]
works = [
  "a",  # the post
  "b",
]

[[person]]
name = "tweet:@goodside"
is = "Riley Goodside"
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "corrections.toml"


def read(path):
    return read_corrections(Place(path.parent / "litdb.db"))


def test_every_kind_is_read_with_its_place(path):
    path.write_text(EVERY_KIND)
    assert read(path) == (
        [
            Correction("set", (PAPER,), "date", "2022-08-30", "corrections.toml:2"),
            Correction("key", (PAPER,), "", "ngo2022", "corrections.toml:7"),
            Correction("same", ("forum:KbyRPCAsWv5GtfrbG", "url:https://example.org/x"), place="corrections.toml:11"),
            Correction("split", ("a", "b"), place="corrections.toml:14"),
            Correction("person", (), "tweet:@goodside", "Riley Goodside", "corrections.toml:20"),
        ],
        [],
    )


def test_a_missing_file_says_nothing(path):
    assert read(path) == ([], [])
    assert remove_corrections(path, "key", (PAPER,)) == 0
    assert not path.exists()


@pytest.mark.parametrize(
    ("block", "line", "says"),
    [
        ('[[set]]\nwork = "a\nfield = "date"\n', 1, "not valid TOML: .*line 2"),
        ('\n\n[[set]\nwork = "a"\n', 3, "not valid TOML: .*line 3"),
        ('work = "a"\n', 1, "does not know “work”.*\\[\\[set\\]\\]"),
        ('[[sett]]\nwork = "a"\n', 1, "does not know “sett”"),
        ('[set]\nwork = "a"\n', 1, "two pairs of brackets"),
        ("same = []\n", 1, "two pairs of brackets"),
        ("same = [1]\n", 1, "two pairs of brackets"),
        ('[[set]]\nwork = "a"\nfield = "date"\n', 1, "needs “value”"),
        ('[[key]]\nwork = "a"\nvalue = "b"\n', 1, "no “value”. It has: work, key"),
        ('[[set]]\nwork = "a"\nfield = "date"\nvalue = 2022-08-30\n', 1, "“value” .* quotes, which “2022-08-30”"),
        ('[[set]]\nwork = ["a"]\nfield = "date"\nvalue = ""\n', 1, "“work” .* quotes"),
        ('[[same]]\nworks = "a"\n', 1, "list of two or more"),
        ('[[same]]\nworks = ["a"]\n', 1, "list of two or more"),
        ('[[same]]\nworks = ["a", 3]\n', 1, "“works” .* quotes, which “3”"),
        ('[[person]]\nname = "a"\n', 1, "needs “is”"),
    ],
)
def test_a_broken_block_is_told_by_file_and_line_and_the_rest_counts(path, block, line, says):
    path.write_text(f'{block}\n[[key]]\nwork = "x"\nkey = "y"\n')
    corrections, problems = read(path)
    assert [each.value for each in corrections] == ["y"]
    assert len(problems) == 1
    assert problems[0].startswith(f"corrections.toml:{line}: ")
    assert re.search(says, problems[0])


def test_an_editor_of_windows_may_leave_its_mark(path):
    path.write_bytes("\ufeff[[key]]\r\nwork = 'a'\r\nkey = 'b'\r\n".encode())
    assert read(path) == ([Correction("key", ("a",), "", "b", "corrections.toml:1")], [])


def test_a_file_that_is_no_text_is_never_taken_for_an_empty_one(path):
    path.write_bytes(b"\xff\xfe")
    for act in (lambda: read(path), lambda: add_correction(path, DATE), lambda: remove_corrections(path, "key", ())):
        with pytest.raises(ConfigError, match="corrections.toml is not UTF-8"):
            act()


def test_a_new_file_says_what_it_is(path):
    assert add_correction(path, DATE)
    lines = path.read_text().splitlines()
    assert lines[0].startswith("# ")
    assert lines[1:] == ["", "[[set]]", f'work = "{PAPER}"', 'field = "date"', 'value = "2022-08-30"']


def test_the_same_word_again_changes_nothing(path):
    path.write_text(EVERY_KIND)
    for each in read(path)[0]:
        assert not add_correction(path, each)
    assert path.read_text() == EVERY_KIND


def test_a_new_value_takes_the_place_of_the_old_one_and_leaves_its_comment(path):
    path.write_text(EVERY_KIND)
    add_correction(path, Correction("set", (PAPER,), "date", 'a "b"\\1'))
    add_correction(path, Correction("key", (PAPER,), "", "other"))
    said = EVERY_KIND.replace('"2022-08-30" ', '"a \\"b\\"\\\\1" ').replace('"ngo2022"', '"other"')
    assert path.read_text() == said


def test_a_value_of_many_lines_is_replaced_as_a_block(path):
    path.write_text(f"[[set]]\nvalue = '''\nx\n'''\nwork = '{PAPER}'\nfield = 'date'\n# end\n")
    add_correction(path, DATE)
    assert path.read_text() == f'[[set]]\nwork = "{PAPER}"\nfield = "date"\nvalue = "2022-08-30"\n# end\n'


def test_same_takes_the_place_of_split_and_the_other_way_round(path):
    path.write_text(EVERY_KIND)
    add_correction(path, Correction("same", ("b", "a")))
    kinds = [(each.kind, each.works) for each in read(path)[0] if each.works in (("a", "b"), ("b", "a"))]
    assert kinds == [("same", ("b", "a"))]
    add_correction(path, Correction("split", ("a", "b")))
    assert [each.kind for each in read(path)[0]] == ["set", "key", "same", "split", "person"]


def test_doubles_of_hand_are_made_one(path):
    block = f'[[key]]\nwork = "{PAPER}"\nkey = "%s"\n\n'
    path.write_text(block % "one" + "# kept\n" + block % "two")
    add_correction(path, Correction("key", (PAPER,), "", "three"))
    assert path.read_text() == block % "three" + "# kept\n\n"


def test_removing_says_how_many_and_asks_for_the_kind(path):
    path.write_text(EVERY_KIND)
    assert remove_corrections(path, "same", ("a", "b")) == 0
    assert remove_corrections(path, "split", ("b", "a")) == 1
    assert remove_corrections(path, "set", (PAPER,), "title") == 0
    assert remove_corrections(path, "set", (PAPER,), "date") == 1
    assert [each.kind for each in read(path)[0]] == ["key", "same", "person"]
    assert path.read_text().startswith('# mine\n\n[[key]]\nwork = "arxiv:2209.00626"')


def test_broken_blocks_stay_as_they_are(path):
    broken = '[[set]]\nwork = "a\n\n[[what]]\n'
    path.write_text(broken)
    add_correction(path, DATE)
    assert path.read_text().startswith(broken)
    remove_corrections(path, "set", (PAPER,), "date")
    assert path.read_text() == broken


texts = st.text(st.characters(codec="utf-8"), max_size=12)
corrections = st.one_of(
    st.builds(Correction, st.just("set"), st.tuples(texts), texts, texts),
    st.builds(Correction, st.just("key"), st.tuples(texts), value=texts),
    st.builds(Correction, st.sampled_from(["same", "split"]), st.lists(texts, min_size=2, max_size=3).map(tuple)),
    st.builds(Correction, st.just("person"), field=texts, value=texts),
)
pieces = st.sampled_from(
    [
        EVERY_KIND,
        "",
        "\n",
        "# a comment\n",
        " # [[set]]\n",
        "[[set\n",
        '[[key]]\nwork = "ä"\nkey = "b"',
        "\ufeff",
        "[x]\n",
    ]
)
contents = st.builds(
    lambda parts, end: "".join(parts).replace("\n", end), st.lists(pieces, max_size=4), st.sampled_from(["\n", "\r\n"])
)


@given(contents, corrections)
def test_saying_and_taking_back_leaves_the_file_as_it_was(tmp_path_factory, content, correction):
    path = tmp_path_factory.mktemp("round") / "corrections.toml"
    path.write_bytes(content.encode())
    before, problems = read(path)
    if any(each.subject == correction.subject for each in before):
        return
    assert add_correction(path, correction)
    assert path.read_bytes().startswith(content.encode())
    after, problems_after = read(path)
    assert [(c.kind, c.subject, c.value) for c in after] == [
        (c.kind, c.subject, c.value) for c in [*before, correction]
    ]
    assert problems_after == problems
    assert remove_corrections(path, correction.kind, correction.works, correction.field) == 1
    assert path.read_bytes() == content.encode()


@pytest.mark.parametrize(
    ("there", "chosen"),
    [
        ([], "corrections.toml"),
        (["seeds/litdb.toml"], "seeds/corrections.toml"),
        (["seeds/litdb.toml", "litdb.toml"], "corrections.toml"),
        (["litdb.toml", "seeds/corrections.toml"], "seeds/corrections.toml"),
        (["corrections.toml", "seeds/corrections.toml"], "corrections.toml"),
    ],
)
def test_the_file_is_where_it_was_or_beside_the_settings(tmp_path, there, chosen):
    (tmp_path / "seeds").mkdir()
    for name in there:
        (tmp_path / name).write_text("")
    assert Place(tmp_path / "db" / "litdb.db").corrections == tmp_path / chosen


def test_what_a_block_says_fits_into_a_correction():
    assert {attribute for keys in KEYS.values() for attribute in keys.values()} == {"works", "field", "value"}
