"""Given names that begin with another letter than what their bearer is called: Robert is Bob."""

from __future__ import annotations

from collections.abc import Iterable

GROUPS = tuple(
    frozenset(line.split())
    for line in """
    albert bert
    alexander alexandre aleksandr alejandro sasha sascha sandy xander
    alexandra sasha sandra
    ann anna nancy hannah
    anthony tony
    antonio tonio
    charles chuck
    christopher topher kit
    dorothy dot
    edward ted ned
    elizabeth liz lisa beth betty betsy bess
    eugene gene evgeny evgenij yevgeny jewgeni
    francisco paco
    frederick ricky
    george yuri jorge jiri
    giuseppe beppe peppe
    ignacio nacho
    james jim jack
    johannes hannes hans
    john jack ian sean ivan
    jose pepe
    margaret peggy meg greta daisy
    mary molly polly
    mikhail misha
    nicholas klaus claus
    patricia tricia trish
    richard dick
    robert bob bobby
    sarah sally
    stephen esteban
    theodore ed
    virginia ginny
    vladimir volodya
    william bill billy liam guillermo guillaume
    """.strip().splitlines()
)
"""In lower case without accents; a name may be in several."""


def nicknames(words: Iterable[str]) -> set[str]:
    """What those who are called so may be called as well.

    >>> sorted(nicknames(["robert", "x"])), sorted(nicknames(["meg"]))
    (['bob', 'bobby', 'robert'], ['daisy', 'greta', 'margaret', 'meg', 'peggy'])
    """
    called = set(words)
    return {name for group in GROUPS if group & called for name in group}
