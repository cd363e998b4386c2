"""A run after a small change makes the very library that a rebuild would make, though it reads but a part."""

import json
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litdb.amending import Amending
from litdb.database.journal import Journal
from litdb.database.library import Library, dump
from litdb.files.corrections import add_correction, remove_corrections
from litdb.files.place import Place
from litdb.model import (
    Answer,
    Attempt,
    Claim,
    Correction,
    Identifier,
    Reading,
    Record,
    Reference,
    Relation,
    Request,
    Target,
)
from litdb.projection import TITLED
from litdb.rereading import reading_from, reading_text
from litdb.run import Run
from litdb.sources import identify
from test_projection import KEYS, PAGE, URLS, pairs, records, works

NOW = "2026-11-23T00:00:00Z"
NOTES = ("a.md", "b.md", "c.md", "d/e.md")
FIELDS = {
    "title": ("Frost dates", "Something else", ""),
    "date": ("2020", "2021-03-04"),
    "authors": ("Ada Fernsby", ""),
}
BIBLIOGRAPHY = """@misc{frost, title = {Frost dates}, url = {https://example.org/a}, year = 2019}
@article{ngo2022, title = {The alignment problem}, eprint = {2209.00626}, archiveprefix = {arXiv}}
"""
WEB = ("answer", "again", "silence")
TEXTS = ("Fernsby, A. Frost dates, kept honestly. 2019.", "Nobody. Nothing. 1900.")


@st.composite
def texts(draw):
    """A note: links, one in a paragraph, with words of different kinds, some keys, some named by its front matter."""
    lines = draw(
        st.lists(st.tuples(st.sampled_from(URLS[:-2]), st.sampled_from(("", "the words", "A name"))), max_size=3)
    )
    cited = [f"[{text}]({url})" if text else f"<{url}>" for url, text in lines]
    cited += draw(st.lists(st.sampled_from([f"[@{key}]" for key in KEYS]), max_size=1))
    front = draw(st.sampled_from(("", f"---\nurl: {URLS[7]}\ntitle: As the note says\n---\n")))
    return front + "\n\n".join(cited) + "\n"


@st.composite
def answers(draw):
    """What a source says of one or two works, and what they cite."""
    said = draw(st.lists(records(), min_size=1, max_size=2, unique_by=lambda record: record.identifier))
    cited = draw(st.lists(st.sampled_from((*URLS[:9], "https://unknown.example/", "")), max_size=2))
    hows = st.sampled_from(("made:list", *TITLED))
    told = [Reference(said[0].identifier, url, draw(hows), draw(st.sampled_from(TEXTS)), "words") for url in cited]
    return said[0].source, [replace(each, at="", answer="") for each in said], told


changes = st.one_of(
    st.tuples(st.just("note"), st.sampled_from(NOTES), texts()),
    st.tuples(st.just("drop"), st.sampled_from(NOTES), st.none()),
    st.tuples(st.just("answer"), answers(), st.none()),
    st.tuples(st.just("again"), st.integers(0, 3), st.none()),
    st.tuples(st.just("silence"), works, st.sampled_from(("2026-11-20", "2026-11-21"))),
    st.tuples(st.just("set"), works, st.sampled_from([(f, v) for f, values in FIELDS.items() for v in values])),
    st.tuples(st.just("unset"), works, st.sampled_from(list(FIELDS))),
    st.tuples(st.just("key"), works, st.sampled_from(("mine", "yours", "exampleorga"))),
    st.tuples(st.just("split"), pairs, st.none()),
)


class World:
    """A folder of notes with its library, whose answers say what a test wants."""

    def __init__(self, folder: Path, cited) -> None:
        self.folder = folder
        self.place = Place(folder / "db" / "litdb.db")
        self.time = 0
        (folder / "notes").mkdir()
        (folder / "notes" / "z.md").write_text("\n".join(f"<{url}>\n" for url in cited))
        if len(cited) % 2:
            (folder / "notes" / "list.bib").write_text(BIBLIOGRAPHY)

    def now(self) -> str:
        """A time of its own, on one of three days."""
        self.time += 1
        return f"2026-11-2{self.time % 3}T{self.time // 60:02}:{self.time % 60:02}:00Z"

    def want_graph(self) -> None:
        """Keep from now on what works cite."""
        with Library(self.place.library) as library:
            library.want_graph()

    def make(self, what, subject, value) -> None:
        """Change something."""
        note = self.folder / "notes" / str(subject)
        if what == "note":
            note.parent.mkdir(exist_ok=True)
            note.write_text(value)
        elif what == "drop":
            note.unlink(missing_ok=True)
        elif what == "answer":
            self.answer(*subject)
        elif what == "again":
            self.answer_again(subject)
        elif what == "silence":
            self.silence(subject, value)
        elif what == "set":
            add_correction(self.place.corrections, Correction("set", (str(subject),), *value))
        elif what == "split":
            add_correction(self.place.corrections, Correction("split", tuple(map(str, subject))))
        elif what == "key":
            add_correction(self.place.corrections, Correction("key", (str(subject),), "", value))
        elif self.place.corrections.exists():
            remove_corrections(self.place.corrections, "set", [str(subject)], value)

    def answer(self, source, said, told) -> None:
        """Keep an answer that says this."""
        references = [[str(each.subject), each.url, each.how, each.text, each.words] for each in told]
        body = json.dumps([reading_text(Reading(tuple(said))), references]).encode()
        targets = tuple(Target(each.identifier) for each in said)
        request = Request(source, "https://made.example/", targets)
        with Journal(self.place.journal) as journal:
            ident = journal.keep(Answer(request, 200, {}, body, request.url, at := self.now()))
            ending = ("ok", "") if len(told) < 2 else ("partial", "half of it")
            journal.settle(Attempt(each.identifier, source, *ending, at, answer=ident) for each in targets)

    def answer_again(self, number) -> None:
        """One of the answers comes once more, as it was."""
        with Journal(self.place.journal) as journal:
            kept = [(ident, answer) for ident, answer in journal.came()][number:][:1]
            for ident, answer in kept:
                asked = (each.identifier for each in answer.request.asked)
                at = self.now()
                journal.settle(Attempt(each, answer.request.source, "ok", "", at, answer=ident) for each in asked)

    def silence(self, work, day) -> None:
        """Nobody answers about a work, on a day on which perhaps somebody else does."""
        with Journal(self.place.journal) as journal:
            journal.settle([Attempt(work, "page", "unreachable", "no answer", f"{day}T{self.now()[11:]}")])

    def amended(self, changes=()) -> tuple[list[str], bool]:
        """The library after a run that looks at changes, and whether that was all that it looked at."""
        for change in changes:
            if change[0] not in WEB:
                self.make(*change)
        with made_answers(), Amending(self.place, [self.folder / "notes"], lambda: NOW, offline=True) as run:
            for change in changes:
                if change[0] in WEB:
                    self.make(*change)
            run.project()
            run.remember({"problems": list(run.problems)})
            return list(dump(self.place.library)), run.is_short

    def rebuilt(self) -> list[str]:
        """The library as made from nothing."""
        made = self.folder / "db" / "made.db"
        with made_answers(), Run(self.place, [self.folder / "notes"], lambda: NOW, made) as run:
            run.project()
        found = list(dump(made))
        for path in self.folder.glob("db/made.db*"):
            path.unlink()
        return found


@contextmanager
def made_answers():
    """Read answers as they were made."""
    with patch("litdb.run.references", cited_by), patch("litdb.rereading.read", read):
        yield


def read(answer, ident):
    """What an answer was made to say."""
    found = reading_from(json.loads(answer.body)[0])
    return replace(found, records=tuple(replace(each, at=answer.at, answer=ident) for each in found.records))


def cited_by(answer):
    """What it was made to say that works cite."""
    source = answer.request.source
    return [(source, Reference(Identifier.parse(name), *rest)) for name, *rest in json.loads(answer.body)[1]]


@given(
    st.one_of(st.just(URLS[:-2]), st.lists(st.sampled_from(URLS[:-2]))),
    st.lists(st.lists(changes, min_size=1, max_size=3), min_size=2, max_size=4),
)
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
def test_the_library_is_that_of_a_rebuild_after_every_change(cited, steps):
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), cited)
        world.amended()
        world.want_graph()
        for step in steps:
            amended, is_short = world.amended(step)
            assert amended == world.rebuilt(), is_short


@pytest.fixture
def world(tmp_path):
    """A library of what all addresses mean, made once."""
    made = World(tmp_path, URLS[:-2])
    made.amended()
    made.want_graph()
    made.amended()
    return made


@pytest.mark.parametrize(
    "change",
    [
        ("note", "a.md", f"<{URLS[0]}> and <https://new.example/>\n"),
        ("drop", "z.md", None),
        ("set", identify(URLS[2]).identifier, ("title", "Another title")),
        ("answer", ("page", [Record("page", identify(URLS[7]).identifier, (Claim("title", "T", "made"),))], []), None),
    ],
)
def test_after_a_small_change_only_that_is_looked_at(world, change):
    assert world.amended([change])[1]


@pytest.mark.parametrize("change", [("key", identify(URLS[2]).identifier, "mine"), ("note", "new.bib", BIBLIOGRAPHY)])
def test_what_may_mean_something_to_other_works_is_a_whole_run(world, change):
    assert not world.amended([change])[1]


def test_while_anything_is_wrong_with_corrections_every_run_is_whole(world):
    world.amended([("set", Identifier("arxiv", "1111.11111"), ("title", "Of no work here"))])
    assert not world.amended([("note", "a.md", f"<{URLS[0]}>\n")])[1]


def test_a_key_that_a_note_waited_for_is_found_in_it(world):
    note = world.folder / "notes" / "waiting.md"
    note.write_text("As @goodside and [@Unknown] say.\n")
    world.amended()
    page = Record("page", identify("https://new.example/").identifier, (Claim("title", "Unknown", "made"),))
    world.amended([("note", "a.md", "<https://new.example/>\n"), ("answer", ("page", [page], []), None)])
    assert list(dump(world.place.library)) == world.rebuilt()
    with closing(sqlite3.connect(world.place.library)) as connection:
        assert connection.execute("SELECT count(work) FROM mentions WHERE target = '@Unknown'").fetchone() == (1,)


@pytest.mark.parametrize("cited", ["[@mine]", "As @mine says.", "[@frost]"])
def test_a_key_of_the_user_or_of_a_bibliography_is_known_to_a_new_note(world, cited):
    (world.folder / "notes" / "list.bib").write_text(BIBLIOGRAPHY)
    world.amended([("key", identify(URLS[0]).identifier, "mine")])
    found, is_short = world.amended([("note", "a.md", f"{cited}\n")])
    assert is_short
    assert found == world.rebuilt()


def test_a_key_of_the_user_is_given_to_no_other_work(world):
    world.amended([("key", identify(URLS[0]).identifier, "newexamplex")])
    found, is_short = world.amended([("note", "a.md", "<https://new.example/x>\n")])
    assert is_short
    assert found == world.rebuilt()


def test_what_no_note_cites_any_more_is_known_from_whoever_cites_it(world):
    paper, page = identify(URLS[0]).identifier, "https://only.example/"
    told = Reference(paper, page, "made:list", "", "")
    said = Record("page", paper, (Claim("title", "Cites", "made"),))
    world.amended([("note", "a.md", f"<{page}>\n"), ("answer", ("page", [said], [told]), None)])
    found, is_short = world.amended([("drop", "a.md", None)])
    assert is_short
    assert found == world.rebuilt()


def test_relations_are_followed_as_far_as_they_reach(world):
    post, sequence = (identify(URLS[place]).identifier for place in (3, 5))
    ties = (Relation(post, "crosspost-of", sequence, "made"),)
    world.amended([("answer", ("forum", [Record("forum", sequence, relations=ties)], []), None)])
    found, is_short = world.amended([("note", "a.md", f"<{URLS[4]}> more\n")])
    assert is_short
    assert found == world.rebuilt()


def test_once_the_graph_is_wanted_all_is_read_for_it(tmp_path):
    world = World(tmp_path, URLS[:-2])
    world.amended()
    assert world.amended()[1]
    world.want_graph()
    assert not world.amended()[1]


def test_where_anything_is_due_all_works_are_asked_about_and_only_what_changes_is_made_anew(world):
    later = "2027-11-22T00:00:00Z"
    paths = [world.folder / "notes"]
    (world.folder / "notes" / "a.md").write_text("<https://new.example/>\n")
    with made_answers(), Run(world.place, paths, lambda: later) as run:
        all_works = run.targets()
    with made_answers(), Amending(world.place, paths, lambda: later) as run:
        assert run.targets() == all_works
        world.make("answer", ("page", [Record("page", PAGE, (Claim("title", "Read again", "made"),))], []), None)
        run.project()
        assert run.is_short
        run.remember({"problems": []})
    assert list(dump(world.place.library)) == world.rebuilt()
    with made_answers(), Amending(world.place, paths, lambda: NOW) as run:
        assert run.targets() == []
