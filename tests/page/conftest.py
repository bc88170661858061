"""The page that the tests of this folder visit, and the browser they visit it with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from small_browser import CHROMIUM, FIGURES, FLAGS, WITHOUT, elsewhere
from small_page import Served, served


@pytest.fixture(scope="session")
def page() -> Iterator[Served]:
    with served() as found:
        yield found


@pytest.fixture(scope="module")
def chromium():
    """A browser; the test is skipped where there is none."""
    pytest.importorskip("axe_playwright_python", reason=WITHOUT)
    from playwright.sync_api import expect, sync_playwright

    if not CHROMIUM.exists():
        pytest.skip(f"no {CHROMIUM}: on Debian, apt install chromium")
    expect.set_options(timeout=FIGURES)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, page):
    """Opens tabs of visitors who know nothing of each other; all must be without fault."""
    contexts, faults = [], []

    def open_tab(fragment: str = "", width: int = 1280, address: str = page.address):
        context = chromium.new_context(viewport={"width": width, "height": 900})
        context.set_default_timeout(FIGURES)
        contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda problem: faults.append(str(problem)))
        tab.on("request", lambda asked: faults.extend(elsewhere(asked.url)))
        tab.goto(f"{address}/#{fragment}")
        tab.locator(".slider").first.wait_for(state="attached")
        return tab

    yield open_tab
    for context in contexts:
        context.close()
    assert not faults
