"""A real browser before the page: tabs of visitors, and what is done in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sim.settings.places import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
)
PICTURES = ROOT / "results" / "page-pictures"
FIGURES = 120_000  # milliseconds that a picture may take on a busy machine
WITHOUT = "pip install 'omnijourney[test]' for a browser"


def elsewhere(url: str) -> list[str]:
    """The address, where it is not on this machine."""
    told = urlsplit(url)
    return [] if told.scheme in ("data", "blob") or told.hostname == "127.0.0.1" else [url]


def seen(tab: Tab, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    tab.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def move(tab: Tab, discipline: str, level: float) -> None:
    tab.locator(f"#s-{discipline}").evaluate(
        "(slider, level) => { slider.value = level;"
        " slider.dispatchEvent(new Event('input', {bubbles: true})); }",
        level,
    )


def opened(tab: Tab) -> str:
    """The code of a room that this tab opens and leads."""
    from playwright.sync_api import expect

    tab.click("#open-room")
    expect(tab.locator("#room-code")).to_have_text(re.compile("^[A-Z2-9]{8}$"))
    return tab.locator("#room-code").inner_text()


def complaints(tab: Tab) -> list[str]:
    """What an accessibility checker finds wrong with what is open."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(tab).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
