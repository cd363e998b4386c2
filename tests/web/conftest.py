"""The little web for the tests of this folder."""

from web.fixtures import little_web

__all__ = ["little_web"]
