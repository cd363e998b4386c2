"""A secret in a file of the user's own: made at first use, readable by nobody else."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from litdb.errors import LitdbError

_BYTES = 24


def secret_in(path: Path) -> str:
    """The secret in this file, which is made where it is not there. Raises `LitdbError` where it cannot be kept."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as made:
                made.write(secrets.token_urlsafe(_BYTES))
        secret = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LitdbError(f"{path} cannot keep the bookmarklet's secret: {error}.") from error
    if len(secret) < _BYTES:
        raise LitdbError(f"{path} holds no secret of litdb's. Remove it, and a new one is made.")
    return secret
