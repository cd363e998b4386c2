"""kill -9 while a note is written: it is the old one or the new one, and the next run leaves the new one."""

from __future__ import annotations

import pytest

from torture.kill import draw
from torture.kill_writes import WRITERS, Vault
from torture.tracing import can_trace

pytestmark = pytest.mark.skipif(not can_trace(), reason="strace is not there, or may not trace here")

SHARE = 4


@pytest.mark.parametrize("writer", WRITERS)
def test_a_killed_writer_leaves_whole_notes(writer):
    with Vault(writer) as vault:
        assert vault.before != vault.after
        for point in draw(vault.counts, SHARE):
            struck, problems = vault.kill(point)
            assert (struck.name, struck.number) == point
            assert problems == []
