"""How a run is to behave, as the command line says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from litdb.budget import Budget

if TYPE_CHECKING:
    from litdb.outward import Reach


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run behaves towards the web and the user, how far it follows citations, and what it may spend.

    `cluster` is the address of a Dask scheduler whose workers ask, empty for the threads of this process.
    """

    contact: str = ""
    allow_private: frozenset[str] = frozenset()
    offline: bool = False
    silent: bool = False
    cluster: str = ""
    reach: Reach | None = None
    budget: Budget = field(default_factory=Budget)
