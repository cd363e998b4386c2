"""The browser of the tests in this folder."""

from __future__ import annotations

import pytest

from chromium.served import CHROMIUM, flags


@pytest.fixture(scope="module")
def chromium():
    """Chromium, that can reach nothing but this machine."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=flags())
        yield started
        started.close()
