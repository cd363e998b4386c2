"""How a run reaches the web: at which pace, by whom, with which keys."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING

from litdb.budget import Within
from litdb.commands.manner import Manner
from litdb.commands.printing import tell
from litdb.errors import UsageError
from litdb.files.settings import Settings
from litdb.run import Run

if TYPE_CHECKING:
    from litdb.web.crew import Crew


def pace() -> float:
    """What `LITDB_PACE` multiplies every interval by; 1 unless set. Raises `UsageError` for what is no number."""
    text = os.environ.get("LITDB_PACE", "1")
    try:
        value = float(text)
    except ValueError as error:
        raise UsageError(f"LITDB_PACE is {text!r}, which is no number. 1 is the usual pace.") from error
    if not 0 <= value < float("inf"):
        raise UsageError(f"LITDB_PACE is {text!r}; it is a factor for every interval, 0 or more.")
    return value


def web_of(run: Run, manner: Manner) -> Within:
    """The web that a run may ask, as far as its budget goes; offline one that nobody is asked in."""
    from litdb.asking import Asking, Offline

    if manner.offline:
        return Within(Offline(), manner.budget)
    from litdb.web.client import Client

    contact = manner.contact or run.settings.contact
    client = Client(contact=contact, allow_private=manner.allow_private, keys=_keys(run.settings))
    return Within(Asking(client, pace(), _crew(manner)), manner.budget)


def _crew(manner: Manner) -> Callable[[], AbstractContextManager[Crew]]:
    """Who asks: the workers of a cluster, or threads."""
    if manner.cluster:
        from litdb.web.cluster import cluster

        return partial(cluster, manner.cluster)
    from litdb.web.crew import threads

    return threads


def _keys(settings: Settings) -> dict[str, dict[str, str]]:
    """The headers that litdb.toml wants for hosts, from the environment; says which of them are not set there."""
    for host, named in settings.headers.items():
        for name, variable in named.items():
            if not os.environ.get(variable):
                tell(f"{variable} is not set, so {host} is asked without the header {name}.")
    return {
        host: {name: os.environ[variable] for name, variable in named.items() if os.environ.get(variable)}
        for host, named in settings.headers.items()
    }
