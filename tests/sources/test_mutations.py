"""No reader breaks at, or invents from, an answer in which something is missing, doubled, odd or enormous.

`LITDB_MUTATIONS=300` tries so many forms of every answer instead of a few.
"""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from litdb.replay import read, references
from mutations import answers, check, check_references, mutants

COUNT = int(os.environ.get("LITDB_MUTATIONS", "12"))


@pytest.mark.parametrize(("name", "answer"), [pytest.param(*each, id=each[0]) for each in answers()])
def test_any_form_of_an_answer_is_read(name, answer):
    for body in mutants(name, answer.body, COUNT):
        changed = replace(answer, body=body)
        check_references(references(changed))
        check(changed, read(changed, ""))
