"""Opening a PDF that may be broken, and what ends the reading of one that is."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_SEARCHED = 100_000_000
"""Bytes that are gone through for a lost catalogue: pypdf may look through the whole file for every object of it."""


def opened(body: bytes) -> PdfReader:
    """A reader that takes what it can get; raises one of `faults()` where that is nothing."""
    from pypdf import PdfReader

    return PdfReader(BytesIO(body), strict=False, root_object_recovery_limit=MOST_SEARCHED // len(body))


def faults() -> tuple[type[Exception], ...]:
    """The errors that a broken file raises in pypdf, whose complaints are kept quiet from now on.

    pypdf checks little of what it reads, so this is whatever its code meets; found by mutating files.
    """
    from pypdf.errors import DeprecationError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    met = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, OSError, AssertionError)
    return (PyPdfError, DeprecationError, NotImplementedError, *met)
