"""The same year in another language: the same rows, none of them left in English."""

from __future__ import annotations

from functools import partial

import pytest

from sim.language import LANGUAGES, speaking
from sim.settings.load import load
from sim.settings.protagonist import load_protagonist
from sim.story.anybody import introduced
from sim.story.page import Page, told
from sim.story.years import TwoYears, live

SMALL = ["scale.customers=300", "scale.warmup_days=60", "scale.horizon_days=120"]
ENGLISH_ONLY = (" the ", " and ", " with ", " his ", " comes ", " buys ", " sees ")


@pytest.fixture(scope="module")
def years():
    """One person's two years, lived in a language."""
    settings, strategies = load([*SMALL, "strategies=[immature,leader]"])
    mette = load_protagonist("mette", settings.market)

    def lived(language: str) -> TwoYears:
        with speaking(language):
            return live(settings, strategies, mette)

    return partial(lived)


@pytest.fixture(scope="module")
def pages(years) -> dict[str, Page]:
    found = {}
    for language in LANGUAGES:
        lived = years(language)
        with speaking(language):
            found[language] = told(lived)
    return found


def test_the_same_days_are_told_in_every_language(pages):
    days = {language: [row.day for row in page.rows] for language, page in pages.items()}
    parts = {language: [row.parts for row in page.rows] for language, page in pages.items()}
    for language in LANGUAGES:
        assert days[language] == days["en"] and parts[language] == parts["en"]


@pytest.mark.parametrize("language", ["da", "nb", "sv"])
def test_no_sentence_is_left_in_english(pages, language):
    assert any(word in " ".join(pages["en"].lines) for word in ENGLISH_ONLY)
    for row in pages[language].rows:
        for text in (row.left, row.right):
            assert not [word for word in ENGLISH_ONLY if word in f" {text.lower()} "], text
            assert "{" not in text


def test_dates_sums_and_the_parting_are_written_as_there(pages):
    danish = "\n".join(pages["da"].lines)
    assert "HER SKILLES DE TO VERDENER." in danish and " kroner" in danish and "DKK" not in danish
    assert "Mettes år under to strategier" in danish
    assert "hun" in danish.lower().split() or "Hun " in danish


def test_what_a_company_knows_is_told_in_the_language_in_which_the_days_were_lived(years):
    rows = years("sv").known[0][-1]
    assert rows[0].what == "Namn" and rows[1].what == "Får skickas"


def test_somebody_of_the_simulated_people_has_no_english_name(years):
    with speaking("nb"):
        somebody = introduced(years("en").worlds[0], 5)
        assert somebody.name == "Kunde 5" and " bor " in somebody.sentence
