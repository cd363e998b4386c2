"""Whatever a work holds, pybtex reads back one entry with the same texts, and pandoc too but for what it loses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.made_works import HOSTILE_CLASSES, Maker
from export.readers import READERS, as_lost, expected
from litdb.export.biblatex import write_biblatex
from litdb.export.bibtex import write_bibtex
from litdb.export.verify import verify_bib
from litdb.model import Identifier, Name, Work

texts = st.text(max_size=40) | st.text(alphabet="\\{}$%^_&#~aB1 :\"',-`@=\n", max_size=40)
keys = st.from_regex(r"[a-z][A-Za-z0-9]{0,20}", fullmatch=True)
urls = st.text(alphabet="abcXYZ019-._~%:/?#[]@!$&'()*+,;=", max_size=60).map("https://example.org/".__add__)
names = st.builds(Name, texts, texts, st.sampled_from(["", "van", "de la"]), st.sampled_from(["", "Jr."])) | st.builds(
    Name, literal=texts.filter(lambda text: text.strip())
)
dates = st.sampled_from(["", "2022", "2022-08", "2022-08-30", "2022-08-30T23:30:00-07:00"])
types = st.sampled_from(["post", "tweet", "preprint", "article-journal", "book", "thesis", "paper-conference"])


@st.composite
def works(draw: st.DrawFn, key: str) -> Work:
    identifiers = draw(
        st.lists(st.builds(Identifier, st.just("arxiv"), st.from_regex(r"\d{4}\.\d{5}", fullmatch=True)), max_size=1)
    )
    text = {name: draw(texts) for name in ("title", "label", "container", "publisher", "note", "volume", "pages")}
    return Work(
        Identifier("url", key), tuple(identifiers), key, draw(types), draw(urls), authors=tuple(draw(st.lists(names, max_size=3))),
        date=draw(dates), accessed=draw(dates), markup=draw(st.sampled_from(["plain", "tex"])), **text,
    )  # fmt: skip


@given(st.lists(keys, unique_by=str.lower, max_size=3).flatmap(lambda found: st.tuples(*map(works, sorted(found)))))
def test_a_made_file_reads_back(made):
    verify_bib("".join(write_bibtex(made)), made)
    verify_bib("".join(write_biblatex(made)), made)


@pytest.fixture(scope="module")
def maker() -> Maker:
    return Maker(seed=20_261_121)


@pytest.fixture(scope="module")
def made_works(maker) -> list[Work]:
    return maker.works(400)


def test_every_class_of_hostile_characters_is_met(maker, made_works):
    assert made_works
    assert {kind for kind in HOSTILE_CLASSES if maker.hits[kind] < 50} == set()


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@pytest.mark.parametrize("tool", ["pybtex", "bibtexparser", "pandoc"])
def test_works_made_at_random_read_back(made_works, tool, dialect):
    writers = {"bibtex": write_bibtex, "biblatex": write_biblatex}
    read = READERS[tool]("".join(writers[dialect](made_works)), dialect)
    assert list(read) == [work.key for work in made_works]
    for work in made_works:
        wanted, found = as_lost(expected(work), tool), as_lost(read[work.key], tool)
        assert found[1:] == wanted[1:]
        assert found.title == wanted.title or (tool == "pandoc" and found.title.upper() == wanted.title.upper())
