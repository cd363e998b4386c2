"""A run after a small change makes the very library that a rebuild would make, though it reads but a part."""

import json
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litdb.amending import Amending
from litdb.database.journal import Journal
from litdb.database.library import dump
from litdb.files.corrections import add_correction, remove_corrections
from litdb.files.place import Place
from litdb.model import Answer, Attempt, Correction, Identifier, Reading, Reference, Request, Target
from litdb.rereading import reading_from, reading_text
from litdb.run import Run
from test_projection import KEYS, URLS, records, works

NOW = "2026-11-23T00:00:00Z"
NOTES = ("a.md", "b.md", "c.md", "d/e.md")
FIELDS = {
    "title": ("Frost dates", "Something else", ""),
    "date": ("2020", "2021-03-04"),
    "authors": ("Ada Fernsby", ""),
}
WEB = ("answer", "again")
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
    cited = draw(st.lists(st.sampled_from((*URLS[:8], "")), max_size=2))
    told = [Reference(said[0].identifier, url, "made:list", draw(st.sampled_from(TEXTS)), "words") for url in cited]
    return said[0].source, [replace(each, at="", answer="") for each in said], told


changes = st.one_of(
    st.tuples(st.just("note"), st.sampled_from(NOTES), texts()),
    st.tuples(st.just("drop"), st.sampled_from(NOTES), st.none()),
    st.tuples(st.just("answer"), answers(), st.none()),
    st.tuples(st.just("again"), st.integers(0, 3), st.none()),
    st.tuples(st.just("set"), works, st.sampled_from([(f, v) for f, values in FIELDS.items() for v in values])),
    st.tuples(st.just("unset"), works, st.sampled_from(list(FIELDS))),
    st.tuples(st.just("key"), works, st.sampled_from(("mine", "yours"))),
)


class World:
    """A folder of notes with its library, whose answers say what a test wants."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.place = Place(folder / "db" / "litdb.db")
        self.time = 0
        (folder / "notes").mkdir()
        for number in range(12):
            (folder / "notes" / f"other{number}.md").write_text(f"<https://other.example/{number}>\n")

    def now(self) -> str:
        """A minute after the last time."""
        self.time += 1
        return f"2026-11-22T{self.time // 60:02}:{self.time % 60:02}:00Z"

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
        elif what == "set":
            add_correction(self.place.corrections, Correction("set", (str(subject),), *value))
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
            journal.settle(Attempt(each.identifier, source, "ok", "", at, answer=ident) for each in targets)

    def answer_again(self, number) -> None:
        """One of the answers comes once more, as it was."""
        with Journal(self.place.journal) as journal:
            kept = [(ident, answer) for ident, answer in journal.came()][number:][:1]
            for ident, answer in kept:
                asked = (each.identifier for each in answer.request.asked)
                at = self.now()
                journal.settle(Attempt(each, answer.request.source, "ok", "", at, answer=ident) for each in asked)

    def amended(self, changes=()) -> tuple[list[str], bool]:
        """The library after a run that looks at changes, and whether that was all that it looked at."""
        for change in changes:
            if change[0] not in WEB:
                self.make(*change)
        with made_answers(), Amending(self.place, [self.folder / "notes"], lambda: NOW, offline=True) as run:
            run.library.want_graph()
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


seen: Counter = Counter()


@given(st.lists(st.lists(changes, min_size=1, max_size=3), min_size=2, max_size=5))
@settings(deadline=None, max_examples=500, suppress_health_check=list(HealthCheck))
def test_the_library_is_that_of_a_rebuild_after_every_change(steps):
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        world.amended()
        for step in steps:
            amended, is_short = world.amended(step)
            seen[is_short] += 1
            assert amended == world.rebuilt(), is_short


def test_most_of_these_changes_were_small():
    assert seen[True] > 1e9, (seen, __import__("litdb.amending").amending.REASONS)
