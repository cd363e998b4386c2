"""Every family of answers in all its forms: parts that are missing, null, odd or wrong, and refusals in many shapes."""

from __future__ import annotations

import pytest

from variants import families

FAMILIES = families()
VARIANTS = [
    pytest.param(family, variant, id=f"{family.name}: {variant['shows']}")
    for family in FAMILIES
    for variant in family.told["variants"]
]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_plain_answer(family):
    assert family.reading({}) == family.told["reads"]


@pytest.mark.parametrize(("family", "variant"), VARIANTS)
def test_variant(family, variant):
    assert family.reading(variant) == family.expected(variant)
