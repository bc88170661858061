"""The page in four languages, as a visitor reads it in a browser."""

from __future__ import annotations

import re

import pytest
from small_browser import FIGURES, WITHOUT, complaints, move, opened, seen

from sim.language import LANGUAGES, number, speaking, t, translations

pytest.importorskip("axe_playwright_python", reason=WITHOUT)
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

VIEWS = ("where", "bring", "why", "room", "home")
LEFT = """said => [...document.querySelectorAll("[data-t]")]
  .filter(element => element.textContent !== (said[element.dataset.en] ?? element.dataset.en))
  .map(element => element.textContent)"""
LEFT_OF_LABELS = """said => [...document.querySelectorAll("[data-t-label][data-en-label]")]
  .map(element => element.dataset.enLabel).filter(text => !(text in said))"""


def read_in(tab: Tab, language: str) -> None:
    """Choose a language; the page comes anew."""
    tab.select_option("#language", language)
    tab.wait_for_function("code => document.documentElement.lang === code", arg=language)
    tab.locator(".slider").first.wait_for(state="attached")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_read_in_the_language_chosen(visit, language):
    tab = visit("bring?communication=3")
    read_in(tab, language)
    assert tab.evaluate("location.hash") == "#bring?communication=3"
    assert not tab.evaluate(LEFT, translations(language))
    if language != "en":
        assert not tab.evaluate(LEFT_OF_LABELS, translations(language))
    with speaking(language):
        expect(tab.locator("#bring h1")).to_have_text(t("What would it bring?"))
        expect(tab.locator("#o-communication")).to_have_text(number(3, 1))
        expect(tab).to_have_title(t("omnijourney: the workshop"))
        so_far = t("{n} of {of} worlds. Lines: 95 % intervals over worlds.", n=3, of=3)
    expect(tab.locator("#status")).to_have_text(so_far, timeout=4 * FIGURES)
    tab.locator("[data-show=differences] summary").click()
    figures = tab.locator("#table-differences tbody").inner_text()
    right, wrong = (
        (r"\d\.\d\d?\b", r"\d,\d\d?\b") if language == "en" else (r"\d,\d\d?\b", r"\d\.\d\d?\b")
    )
    assert re.search(right, figures) and not re.search(wrong, figures)
    seen(tab, f"bring-{language}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_no_language_anything_is_wider_than_a_phone_or_wrong_to_the_checker(visit, language):
    tab = visit("bring?communication=3", width=390)
    read_in(tab, language)
    for view in VIEWS:
        tab.click(f"nav a[data-view={view}]")
        if view == "room":
            opened(tab)
        expect(tab.locator(f"#{view}")).to_be_visible()
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390, view
        assert not complaints(tab), view
        seen(tab, f"{view}-{language}-phone")


def test_the_choice_is_kept_and_the_browser_has_the_first_word(chromium, page):
    for locale, language in (("nb-NO", "nb"), ("no", "nb"), ("sv-SE", "sv"), ("de-DE", "en")):
        context = chromium.new_context(locale=locale)
        tab = context.new_page()
        tab.goto(page.address)
        tab.wait_for_function("code => document.documentElement.lang === code", arg=language)
        assert tab.locator("#language").input_value() == language
        read_in(tab, "da")
        tab.reload()
        expect(tab.locator("html")).to_have_attribute("lang", "da")
        context.close()


def test_moving_a_slider_and_a_refusal_speak_danish(visit):
    tab = visit("bring")
    read_in(tab, "da")
    move(tab, "analysis", 2.5)
    expect(tab.locator("#o-analysis")).to_have_text("2,5")
    expect(tab.locator("#b-analysis")).to_have_text("Kunde for kunde, med blikket fremad")
    tab.click("nav a[data-view=room]")
    tab.fill("#code", "AAAAAAAA")
    tab.click("#join button")
    refused = "Det kan ikke lade sig gøre: der er ikke sådan et rum."
    expect(tab.locator("#connection")).to_have_text(refused)


def test_a_customers_year_is_told_in_the_language_chosen(visit):
    tab = visit("why?communication=3")
    read_in(tab, "da")
    tab.select_option("#tale-who", "mette")
    expect(tab.locator("#tale-sentence")).to_contain_text("Mette ser på Instagram")
    expect(tab.locator("#tale tbody tr").nth(5)).to_be_visible(timeout=6 * FIGURES)
    expect(tab.locator("#tale")).to_contain_text("tilfredshed til sidst, 0-100")
    expect(tab.locator("#tale table.known")).to_contain_text("Må sendes")
    expect(tab.locator("#tale thead").first).to_contain_text("Vores virksomhed")
    seen(tab, "tale-da")
