"""What is expected is a small language: it means what it says, and nothing else can be said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from sim.settings.complaints import BadInput
from sim.studies.expectation import parse

MEASURES = {"contribution": "contribution", "kept": "net_revenue"}
ARMS = ("leader", "us")
VALUES = {
    ("contribution", "leader"): np.array([5.0, 7.0]),
    ("contribution", "us"): np.array([4.0, 8.0]),
    ("kept", "us"): np.array([0.0, 2.0]),
}


def margins(text: str) -> list[list[float]]:
    found = parse(text, MEASURES, ARMS, "expect").evaluated(VALUES)
    return [margin.tolist() for margin in found]


def test_the_margin_is_what_stands_on_the_larger_side_less_the_other_world_by_world():
    assert margins("contribution.leader - contribution.us > 0") == [[1.0, -1.0]]
    assert margins("contribution.leader < contribution.us") == [[-1.0, 1.0]]
    assert margins("2 * kept.us + 1 > -contribution.us / 2") == [[3.0, 9.0]]


def test_profit_is_contribution():
    assert margins("profit.leader > profit.us") == margins("contribution.leader > contribution.us")


def test_two_comparisons_are_two_margins():
    assert margins("3 < contribution.leader < 6") == [[2.0, 4.0], [1.0, -1.0]]
    assert margins("1 < 2 < contribution.leader")[0] == [1.0, 1.0], "in each world"


def test_what_is_divided_by_nothing_is_unknown():
    (found,) = margins("contribution.us / kept.us > 1")
    assert np.isnan(found[0]) and found[1] == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("contribution.leader", "must compare"),
        ("contribution.leader == 3", "never equal"),
        ("contribution.lader > 0", "did you mean leader?"),
        ("contributin.leader > 0", "did you mean contribution?"),
        ("1 > 0", "must name a figure"),
        ("__import__('os').getcwd() > 0", "cannot be understood"),
        ("contribution.leader.real > 0", "cannot be understood"),
        ("contribution.leader ** 9999 > 0", "cannot be understood"),
        ("'a' > contribution.us", "cannot be understood"),
        ("contribution.leader >", "must be as in"),
        ("(" * 400 + "kept.us" + ")" * 400 + "> 0", "must"),
        ("1+" * 900 + "kept.us > 0", "at most 1000 letters"),
    ],
)
def test_anything_else_is_refused_in_one_line(text, said):
    with pytest.raises(BadInput, match=said) as refused:
        parse(text, MEASURES, ARMS, "study.expect.0")
    assert "\n" not in str(refused.value) and "study.expect.0" in str(refused.value)


@given(some.text(alphabet="contribution.leaderus<>()+-*/ 0123_[]'\"=,:\\\n", max_size=60))
def test_no_text_makes_it_fail_otherwise(text):
    try:
        parse(text, MEASURES, ARMS, "expect").evaluated(VALUES)
    except BadInput:
        return
    except KeyError as figure:  # a figure that VALUES lacks, and parse has let through
        assert figure.args[0] == ("kept", "leader")
