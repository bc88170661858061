"""One program, four languages: texts, numbers and dates as each country writes them."""

from __future__ import annotations

import datetime
from typing import get_args

import pytest

from sim.language import (
    ENGLISH,
    LANGUAGES,
    date,
    day_and_month,
    decimal,
    month,
    number,
    percent,
    speaking,
    spoken,
    t,
    tn,
    translations,
)
from sim.settings.complaints import BadInput
from sim.settings.load import load
from sim.settings.run import Output


def told(what, *values, **more) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with speaking(language):
            found[language] = what(*values, **more)
    return found


def test_english_is_spoken_unless_another_language_is():
    assert spoken() == ENGLISH and t("Why?") == "Why?"
    with speaking("da"):
        assert t("Why?") == "Hvorfor?"
        with speaking("sv"):
            assert t("Why?") == "Varför?"
        assert spoken() == "da"
    assert spoken() == ENGLISH


def test_values_come_to_their_places_and_what_is_in_no_catalogue_stays_english():
    with speaking("nb"):
        assert t("Team {n}", n=3) == "Lag 3"
        assert t("In no catalogue: {n}", n=3) == "In no catalogue: 3"
        assert tn("{n} thing", "{n} things", 2) == "2 things"
    assert tn("{n} thing", "{n} things", 1) == "1 thing"


def test_a_language_that_is_none_of_ours_is_refused():
    allowed = "language must be one of en, da, nb, sv"
    with pytest.raises(ValueError, match=allowed), speaking("de"):
        pass
    with pytest.raises(ValueError, match="language must be one of"):
        translations("../da")
    with pytest.raises(BadInput, match=r"output\.language = de.*nb"):
        load(["output.language=de"])


def test_the_setting_offers_the_languages_that_there_are():
    assert get_args(Output.model_fields["language"].annotation) == tuple(LANGUAGES)


def test_numbers_are_written_as_in_each_country():
    assert told(number, -1234.56, 1) == {
        "en": "−1,234.6",
        "da": "−1.234,6",
        "nb": "−1\u00a0234,6",
        "sv": "−1\u00a0234,6",
    }
    assert set(told(number, 3, 0, signed=True).values()) == {"+3"}
    assert told(decimal, -1234.56, 1) == {
        "en": "-1234.6",
        **dict.fromkeys(("da", "nb", "sv"), "−1234,6"),
    }
    assert told(percent, 0.125, 1)["da"] == "12,5 %" and percent(0.125, 1) == "12.5 %"


def test_days_and_months_are_named_as_in_each_country():
    assert told(day_and_month, 70) == {
        "en": "12 March",
        "da": "12. marts",
        "nb": "12. mars",
        "sv": "12 mars",
    }
    assert [month(k) for k in (0, 11)] == ["January", "December"]
    assert day_and_month(364) == "31 December" and day_and_month(365) == "1 January"
    assert told(date, datetime.date(2023, 3, 12))["da"] == "12. marts 2023"
