"""Variants of an answer: a family's plain answer with some of its parts changed, and what is read differently then.

A file holds the question (`source`, `asked`, `urls`, `step`), the plain `answer` (JSON) or `body` (a text) with what
it `reads` as, and its `variants`: each `shows` something by parts of the JSON that it has changed (`change`, by their
paths) or lost (`without`), by a piece of the text that it `replaces`, or by another body and status. Its `reads` names
only what is read differently; null is what is not read any more.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, replace
from pathlib import Path

from litdb.model import Identifier, Request, Target
from litdb.replay import read
from litdb.sources import source_named
from litdb.sources.protocol import OWN_PAGE
from source_cases import answer_to

FOLDER = Path(__file__).parent / "sources" / "variants"


@dataclass(frozen=True)
class Family:
    """The variants of one kind of answer, as they stand in their file."""

    name: str
    told: dict

    def body(self, variant):
        """The bytes of a variant's answer."""
        if "body" in variant:
            return variant["body"].encode()
        if "answer" in variant:
            return json.dumps(variant["answer"]).encode()
        if "answer" in self.told:
            return json.dumps(changed(self.told["answer"], variant)).encode()
        return self.told["body"].replace(*variant.get("replaces", ("", ""))).encode()

    def reading(self, variant):
        """What a variant reads as, in words."""
        request = request_of(self.told)
        answer = answer_to(request, self.body(variant), variant.get("status", 200))
        return in_words(source_named(request.source).read(answer) if request.step == OWN_PAGE else read(answer, ""))

    def expected(self, variant):
        """What a variant should read as."""
        told = {**self.told["reads"], **variant.get("reads", {})}
        return {key: value for key, value in told.items() if value is not None}


def families():
    """All files of variants."""
    return [Family(path.stem, json.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.json"))]


def request_of(told):
    """The question to which a file has answers."""
    source = source_named(told["source"])
    asked = tuple(Target(Identifier.parse(each), tuple(told.get("urls", ()))) for each in told["asked"])
    planned = [] if "url" in told else source.plan(asked)
    request = next(iter(planned), Request(source.name, told.get("url", "https://a.example/"), asked))
    return replace(request, asked=asked, step=told.get("step", request.step))


def changed(value, variant):
    """JSON with what a variant changes and lacks; a path has its steps between slashes."""
    value = copy.deepcopy(value)
    for path, part in variant.get("change", {}).items():
        holder, last = holder_of(value, path)
        holder[last] = part
    for path in variant.get("without", ()):
        holder, last = holder_of(value, path)
        del holder[last]
    return value


def holder_of(value, path):
    *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    for step in steps:
        value = value[step]
    return value, last


def in_words(reading):
    """The outcome, what is said of the first work asked for, and what is asked next."""
    endings = {str(identifier): ending[0] for identifier, ending in reading.outcomes.items()}
    told = {"outcome": next(iter(endings.values()), ""), "then": [each.url for each in reading.then]}
    for record in reading.records[:1]:
        for claim in record.claims:
            people = [name.display for name in claim.people]
            told.setdefault(" ".join(filter(None, (claim.field, claim.kind))), []).append(people or claim.value)
        told["same"] = [str(each) for each in record.same]
        told["relations"] = [f"{each.subject} {each.kind} {each.object}" for each in record.relations]
    return {key: one(value) for key, value in told.items() if value}


def one(value):
    """What is said once, by itself."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value
