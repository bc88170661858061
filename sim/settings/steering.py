"""By what figures a company moves its media money and how often it writes: the measure in use."""

from __future__ import annotations

from typing import Literal

from sim.settings.base import Group, param

Measure = Literal[
    "level", "total", "last_click", "click_rate", "holdout", "value", "satisfaction", "noise"
]
"""What a strategy may steer by: as its level of measurement says, or one measure alone."""


class Steering(Group):
    """How media money and newsletters are moved, by whatever measure the company has."""

    steering_days: int = param(
        28, unit="days between two steerings", lo=7, hi=365, source="assumption"
    )
    split_kept: float = param(
        0.5,
        unit="share of the old split kept at a steering",
        lo=0,
        hi=1,
        source="assumption: nobody moves all at once on four weeks' figures",
    )
    least_return: float = param(
        0.01,
        unit="DKK of margin per ad krone",
        lo=1e-6,
        hi=10,
        source="assumption",
        doc="what a channel without sales by last click is taken to earn",
    )
    least_share: float = param(
        0.05,
        unit="share of what last click hands out",
        lo=0,
        hi=1,
        source="assumption: what each channel gets at least, so that it can still be measured",
    )
    readings_half_life_days: float = param(
        182.0,
        unit="days",
        lo=1,
        hi=3650,
        source="assumption: half a year",
        doc="after which a sale in a test counts half in its reading",
    )
    arms_days: int = param(
        182,
        unit="days",
        lo=7,
        hi=3650,
        source="assumption: half a year; who is left out for ever is another kind of customer",
        doc="after which it is drawn anew who is held out",
    )
    prior_sd: float = param(
        1.0,
        unit="DKK of margin per ad krone",
        lo=0.01,
        hi=100,
        source="assumption",
        doc="sd of the belief, before any reading, that an ad krone earns a krone",
    )
    proof_cuts: float = param(
        0.3,
        unit="multiple of the planned spending, at least",
        lo=0,
        hi=1,
        source="assumption: ads that earn nothing are cut, not ended",
    )
    proof_raises: float = param(
        2.0, unit="multiple of the planned spending, at most", lo=1, hi=10, source="assumption"
    )
    noise_sd: float = param(
        1.0,
        unit="sd of ln",
        lo=0,
        hi=10,
        source="choice: a placebo",
        doc="spread of what channels are taken to earn by who steers by noise",
    )
    contacts_days: int = param(
        91,
        unit="days between two looks at how often newsletters go out",
        lo=7,
        hi=730,
        source="assumption: a quarter",
    )
    contacts_step: float = param(
        0.25,
        unit="newsletters a week",
        lo=0.01,
        hi=7,
        source="assumption: one a month more, or less",
    )
    contacts_least: float = param(
        0.25, unit="newsletters a week", lo=0, hi=14, source="assumption: one a month"
    )
    contacts_most: float = param(
        4.0,
        unit="newsletters a week",
        lo=0,
        hi=14,
        source="assumption; H3 looks for the best between 1 and 5",
    )
    contacts_sure: float = param(
        1.0,
        unit="standard errors",
        lo=0,
        hi=10,
        source="assumption: a steering wants less proof than a paper",
        doc="that a hold-out's reading must lie from nothing before newsletters are moved by it",
    )
    permission_years: float = param(
        2.0,
        unit="years",
        lo=0.1,
        hi=20,
        source="assumption: P3's customers buy again for a year or two",
        doc="that a permission to write lasts, where nobody unsubscribes",
    )
    content_mark: float = param(
        4.0,
        unit="stars",
        lo=1,
        hi=5,
        source="assumption; A11: 4.5 to 5 where it goes well",
        doc="mean mark after a contact from which who steers by satisfaction writes more, and "
        "below which less",
    )
