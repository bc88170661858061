"""What departments decide is kept as texts and values, and told in the reader's language."""

from __future__ import annotations

import pickle

import pytest

from sim.company.reasons import CURABLE
from sim.language import speaking, speech
from sim.world.assortment import REMEDIES
from sim.world.decisions import Decision, Number, Said, as_frame, told

MOVES = Said(
    "moves {share} % of the media money to {line}, most of it from {other}",
    {
        "share": Number(1234.56, 1),
        "line": Said("{medium} (brand)", {"medium": "banners"}),
        "other": "search",
    },
)
DECIDED = Decision(
    40, "marketing", MOVES, [Said("{n} say {wrong}", {"n": Number(3), "wrong": "it"}), "noise"], ""
)
IN_ENGLISH = (
    "marketing",
    "moves 1234.6 % of the media money to banners (brand), most of it from search",
    "3 say it; noise",
    "",
)


class Shouting:
    """A language that is English in capitals, but for the places of values."""

    def gettext(self, text: str) -> str:
        return "".join(
            part if part.startswith("{") else part.upper()
            for part in text.replace("{", "\0{").replace("}", "}\0").split("\0")
        )


def test_a_decision_is_told_in_english_unless_another_language_is_spoken():
    assert DECIDED.told() == Decision(40, *IN_ENGLISH)


def test_texts_and_the_texts_within_them_are_told_in_the_language_spoken(monkeypatch):
    monkeypatch.setattr(speech, "_catalogue", lambda language: Shouting())
    with speaking("da"):
        day, department, decision, rested_on, truth = DECIDED.told()
    assert (day, department, truth) == (40, "MARKETING", "")
    assert decision == (
        "MOVES 1234,6 % OF THE MEDIA MONEY TO BANNERS (BRAND), MOST OF IT FROM SEARCH"
    )
    assert rested_on == "3 SAY IT; NOISE"


@pytest.mark.parametrize(
    ("number", "english", "danish"),
    [
        (Number(12345), "12345", "12345"),
        (Number(-0.3, 2, signed=True), "-0.30", "−0,30"),
        (Number(0.3, 2, signed=True), "+0.30", "+0,30"),
    ],
)
def test_digits_follow_the_language(number, english, danish):
    assert told(number) == english
    with speaking("da"):
        assert told(number) == danish


def test_the_table_is_in_english_whatever_is_spoken_and_counts_from_the_fork():
    with speaking("da"):
        frame = as_frame([DECIDED], 30)
    assert frame.iloc[0].tolist() == [10, *IN_ENGLISH]


def test_a_decision_goes_from_one_process_to_another():
    assert pickle.loads(pickle.dumps(DECIDED)) == DECIDED


def test_every_fault_that_can_be_mended_has_a_decision_that_says_so():
    assert set(REMEDIES) == set(CURABLE)
