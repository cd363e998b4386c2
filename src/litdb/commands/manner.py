"""How a run is to behave, as the command line says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run behaves towards the web and the user."""

    contact: str = ""
    allow_private: frozenset[str] = frozenset()
    offline: bool = False
    silent: bool = False
