"""The sheets in a real browser: each is one page of paper, and can be read by everybody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("axe_playwright_python", reason="pip install 'omnijourney[test]' for a browser")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from sim.page.handouts import SHEETS, document
from sim.settings.load import load
from sim.settings.places import ROOT

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(), reason="no /usr/bin/chromium: on Debian, apt install chromium"
)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
PICTURES = ROOT / "results" / "page-pictures"
A4 = (595, 842)  # points
WAITING = 120_000  # milliseconds that a busy machine may take


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium):
    """Opens a tab at an address; nothing there may be refused or fail."""
    tabs, faults = [], []

    def open_tab(address: str, width: int = 1280):
        tab = chromium.new_page(viewport={"width": width, "height": 900})
        tab.set_default_timeout(WAITING)
        tabs.append(tab)
        tab.on("pageerror", lambda problem: faults.append(str(problem)))
        tab.on("console", lambda said: faults.extend(on_paper(tab.url, said)))
        tab.goto(address)
        return tab

    yield open_tab
    for tab in tabs:
        tab.close()
    assert not faults


@pytest.fixture
def written(tmp_path) -> str:
    """Address of the document as the command writes it."""
    alone = ["strategies=[danish_average]", "baseline=danish_average", "carries.pair=[]"]
    _, (average,) = load(alone)
    path = tmp_path / "handouts.html"
    path.write_text(document(SHEETS, average.maturity.model_dump()), encoding="utf-8")
    return path.as_uri()


def on_paper(url: str, said) -> list[str]:
    """What the browser objects to on the sheets; the page's charts have their own test."""
    return [said.text] if said.type == "error" and "handouts" in url else []


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("where", ["file", "page"])
def test_each_sheet_is_one_page_of_a4(visit, written, page, where):
    tab = visit(written if where == "file" else f"{page.address}/handouts.html")
    pdf = tab.pdf(format="A4", prefer_css_page_size=True)
    assert pages(pdf) == tab.locator(".sheet").count() == 16
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert {(round(float(w)), round(float(h))) for w, h in boxes} == {A4}


def test_a_sheet_that_spills_over_would_be_noticed(visit, written):
    tab = visit(written)
    tab.evaluate(
        "() => { const more = document.createElement('p'); more.textContent = 'x '.repeat(3000);"
        " document.querySelector('.rounds > footer').before(more); }"
    )
    assert pages(tab.pdf(format="A4", prefer_css_page_size=True)) > 16


def test_every_sheet_is_pictured(visit, written):
    tab = visit(written)
    tab.emulate_media(media="print")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for k in range(tab.locator(".sheet").count()):
        tab.locator(".sheet").nth(k).screenshot(path=PICTURES / f"handout-{k + 1:02}.png")
    inks = tab.evaluate(
        "() => [...new Set([...document.querySelectorAll('.sheet *')].map("
        "e => getComputedStyle(e).color))]"
    )
    for ink in inks:
        red, green, blue = map(int, re.findall(r"\d+", ink)[:3])
        assert red == green == blue <= 80, f"{ink} is no dark grey"


@pytest.mark.parametrize("width", [1280, 390])
def test_an_accessibility_checker_finds_nothing_on_the_sheets(visit, page, width):
    tab = visit(f"{page.address}/handouts.html", width)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(tab).response["violations"]
    assert not [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found]
    tab.screenshot(path=PICTURES / f"handouts-{width}.png", full_page=True)


def test_the_page_leads_to_the_sheets_from_the_room_and_from_take_it_home(visit, page):
    for view in ("room", "home"):
        tab = visit(f"{page.address}/#{view}")
        if view == "room":
            tab.click("#open-room")
        tab.locator(f"#{view} a.handouts").click()
        expect(tab.locator("h1")).to_have_text("Handouts of the workshop")


def test_a_slip_asks_in_the_words_of_the_page(visit, page):
    tab = visit(f"{page.address}/#room")
    tab.locator("#ask-what option").nth(8).wait_for(state="attached")
    asked = tab.locator("#ask-what option").all_text_contents()[:-1]
    sheets = visit(f"{page.address}/handouts.html").locator(".slip").first
    printed = sheets.locator("tbody th").all_text_contents()[: len(asked)]
    assert [re.sub(r"^\d+\. ", "", said) for said in printed] == asked


def test_a_leader_alone_sees_what_was_measured_as_the_sheet_without_phones_says(visit, page):
    tab = visit(f"{page.address}/#room")
    tab.click("#open-room")
    tab.select_option("#ask-what", "2")
    tab.click("#do-predict")
    tab.click("#reveal")
    expect(tab.locator("#said-room")).to_contain_text("Nobody has guessed.", timeout=WAITING)
    expect(tab.locator("#said-room")).to_contain_text("Measured", timeout=WAITING)
