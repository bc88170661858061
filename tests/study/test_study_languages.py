"""What the study says of a comparison, in the language that is spoken."""

from __future__ import annotations

import pytest

from sim.language import speaking
from sim.language.collect import collected
from sim.study import words
from sim.study.numbers import Estimate, listing, plain, show, span


@pytest.mark.parametrize("language", ["da", "nb", "sv"])
def test_digits_have_the_signs_of_the_country(language):
    with speaking(language):
        assert plain(-0.04, 1) == "0,0"
        assert show(43.25, "DKK per person-year", 1).startswith("43,2")
        assert plain(1234.5, 1) != "1,234.5"


def test_danish_thousands_have_points():
    with speaking("da"):
        assert plain(-1234.5, 1, signed=True) == "−1.234,5"


def test_english_is_what_it_was():
    assert plain(-1234.5, 1) == "−1,234.5"
    assert span(Estimate(61.0, 48.0, 74.0), "DKK") == "48 to 74"
    assert listing(["a", "b", "c"]) == "a, b and c"


def test_what_headlines_and_titles_say_is_collected():
    said = {message.id for message in collected() if message.id}
    assert "No strategy is shown to earn more than {base}" in said
    assert words.metric_title("gross_revenue") in said
    assert "m DKK a year" in said
