"""What strangers write breaks no reader: every input that once did, and a share of what hypothesis thinks of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from torture.fuzz import NAMES
from torture.fuzzed import CASES, TARGETS, broken_by

KEPT = sorted(path for path in CASES.glob("*/*") if path.is_file())
EXAMPLES = 60


def test_the_fuzzer_knows_every_target():
    assert sorted(NAMES) == sorted(TARGETS)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_once_broke_a_reader_does_not_any_more(path):
    assert broken_by(path.parent.name, path.read_bytes()) is None


@st.composite
def mangled(draw, seeds):
    """A seed of which a piece is gone, changed or doubled."""
    seed = draw(st.sampled_from(seeds))
    start = draw(st.integers(0, len(seed)))
    end = draw(st.integers(start, min(len(seed), start + 200)))
    return seed[:start] + draw(st.one_of(st.just(seed[start:end] * 2), st.binary(max_size=20))) + seed[end:]


@pytest.mark.parametrize("name", TARGETS)
def test_mangled_inputs_break_no_reader(name):
    seeds = [seed[:5000] for seed in TARGETS[name].seeds()]

    @settings(max_examples=EXAMPLES, deadline=None, database=None)
    @given(st.one_of(mangled(seeds), st.binary(max_size=100)))
    def read(data):
        assert broken_by(name, data) is None

    read()
