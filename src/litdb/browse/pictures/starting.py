"""What draws is started beside everything else: its first picture takes seconds, the next ones do not."""

from __future__ import annotations

from functools import cache
from threading import Thread

from litdb.browse.pictures.drawing import charts_are_there, drawn
from litdb.browse.pictures.network import graphs_are_there, laid_out


@cache
def warm_up() -> None:
    """Draw something small that nobody sees, once in a process, as far as there is what draws."""
    Thread(target=_draw).start()


def _draw() -> None:
    if charts_are_there():
        drawn({"data": {"values": []}, "mark": "point"}, "", "")
    if graphs_are_there():
        laid_out(["one", "other"], [], 100)
