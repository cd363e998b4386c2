"""What ends the reading of a PDF that is broken."""

from __future__ import annotations

import logging


def faults() -> tuple[type[Exception], ...]:
    """The errors that a broken file raises in pypdf, whose complaints are kept quiet from now on.

    pypdf checks little of what it reads, so this is whatever its code meets; found by mutating files.
    """
    from pypdf.errors import DeprecationError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    met = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, OSError, AssertionError)
    return (PyPdfError, DeprecationError, NotImplementedError, *met)
