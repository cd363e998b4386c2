"""What tests that look through a real browser share; without Chromium they are skipped with a clear word."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from chromium.served import CHROMIUM

expect = pytest.importorskip("playwright.sync_api", reason="pip install playwright").expect
if CHROMIUM is None:
    pytest.skip("Chromium is not installed (Debian: apt install chromium)", allow_module_level=True)

NODE = [Path(folder) for folder in os.environ.get("NODE_PATH", "").split(os.pathsep) if folder]
AXE = next((each / "axe-core" / "axe.min.js" for each in NODE if (each / "axe-core" / "axe.min.js").is_file()), None)
"""The accessibility checker, where npm has put it."""

needs_axe = pytest.mark.skipif(AXE is None, reason="axe-core is not in NODE_PATH: npm install axe-core")


def barriers(page: Any) -> list[dict[str, Any]]:
    """What axe-core has against a page: `id`, `impact` and `nodes` of each rule that it breaks."""
    page.add_script_tag(path=AXE)
    found: list[dict[str, Any]] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return found
