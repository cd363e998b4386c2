"""The works of venues, repositories and Wikipedia that are known for good, as their sites tell them; days invented."""

from __future__ import annotations

from litdb.demo.sites import repositories, venues
from litdb.demo.sites.dblp import Recorded, dblp

_CFF = """cff-version: 1.2.0
title: "Transformers: State-of-the-Art Natural Language Processing"
authors:
  - family-names: Wolf
    given-names: Thomas
"""

SITES = {
    **venues.openreview(
        venues.Submission(
            "rJl-b3RcF7",
            "The Lottery Ticket Hypothesis: Finding Sparse, Trainable Neural Networks",
            ("Jonathan Frankle", "Michael Carbin"),
            created=1_538_000_000_000,
            is_old=True,
        )
    ),
    **venues.acl(
        venues.Printed(
            "N19-1423",
            "{BERT}: Pre-training of Deep Bidirectional Transformers for Language Understanding",
            (("Jacob", "Devlin"), ("Ming-Wei", "Chang"), ("Kenton", "Lee"), ("Kristina", "Toutanova")),
            "Proceedings of the 2019 Conference of the North American Chapter",
            "2019",
            "jun",
        )
    ),
    **dblp(
        Recorded(
            "conf/nips/VaswaniSPUJGKP17",
            "Attention is All you Need",
            (("Ashish Vaswani", ""), ("Noam Shazeer", "")),
            "2017",
            "NIPS",
            "5998-6008",
        )
    ),
    **repositories.github(
        repositories.Repository("huggingface", "transformers", citation=_CFF), repositories.Repository("openai", "gym")
    ),
    **repositories.wikipedia(repositories.Article("Attention Is All You Need", 1234, "2026-10-10T10:10:10Z")),
}
"""Hosts and the parts that answer for them."""
