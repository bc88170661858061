"""What is asked and read to know why, and what it costs [B34, B35, B52, B62]."""

from __future__ import annotations

from typing import Literal, get_args

from sim.settings.base import Group, param

ManagersBy = Literal["sales", "reviews"]
MANAGERS_BY: tuple[str, ...] = get_args(ManagersBy)


class Listening(Group):
    """Interviews, what reviews say, and what is done about an article once its fault is believed.

    Costs are the real firm's.
    """

    text_dkk: float = param(
        5.0,
        unit="DKK/review",
        lo=0,
        hi=10_000,
        source="assumption: a minute or two of an employee",
        doc="of an article that is looked into, whose words are read",
    )
    interview_dkk: float = param(
        400.0,
        unit="DKK/interview",
        lo=0,
        hi=100_000,
        source="assumption: half an hour on the phone, a voucher, and writing it up",
        doc="with somebody who sent an article back, or stays away",
    )
    pictures_dkk: float = param(
        4_000.0,
        unit="DKK/item",
        lo=0,
        hi=1e7,
        source="assumption: half a day of a photographer",
        doc="an article is pictured anew",
    )
    sizes_dkk: float = param(
        2_000.0,
        unit="DKK/item",
        lo=0,
        hi=1e7,
        source="assumption: some hours of measuring and writing",
        doc="an article gets a table of sizes of its own",
    )
    describing_days: int = param(
        14,
        unit="days",
        lo=1,
        hi=730,
        source="assumption",
        doc="until new pictures or sizes stand in the web shop",
    )
    returns_least: int = param(
        10,
        unit="returns of an item",
        lo=1,
        hi=100_000,
        source="assumption",
        doc="before its share of returns is looked at",
    )
    returns_sure: float = param(
        3.0,
        unit="standard deviations above what is usual for its kind",
        lo=0,
        hi=100,
        source="assumption: one sound article in 700 a time",
        doc="from which an article is looked into because it comes back",
    )
    reason_sure: float = param(
        1.0,
        unit="standard deviations above its share of what is named of all articles",
        lo=0,
        hi=100,
        source="assumption",
        doc="from which a reason is believed to be what is wrong with an article",
    )
    panel_dkk: float = param(
        60.0,
        unit="DKK/answer",
        lo=0,
        hi=100_000,
        source="assumption: what a panel's provider takes for a short questionnaire",
        doc="of people in the market, customers or not, who are asked what they look for and where "
        "they were the day before",
    )
    panel_days: int = param(
        28,
        unit="days",
        lo=1,
        hi=365,
        source="assumption: once a month",
        doc="between two rounds of the panel",
    )
    answers_half_life_days: float = param(
        91.0,
        unit="days",
        lo=1,
        hi=3650,
        source="assumption: as sales",
        doc="after which an answer counts half",
    )
    sales_worth: float = param(
        30.0,
        unit="answers",
        lo=0.01,
        hi=1e6,
        source="assumption",
        doc="that the sales of a category weigh beside the panel, in what its styles are worth",
    )
    plan_worth: float = param(
        500.0,
        unit="answers",
        lo=0.01,
        hi=1e6,
        source="assumption",
        doc="that the media plan weighs beside the panel, in where people are",
    )
    leavers_days: int = param(
        91,
        unit="days",
        lo=1,
        hi=730,
        source="assumption: once a quarter",
        doc="between two rounds of asking who stays away",
    )
    silent_days: int = param(
        365,
        unit="days",
        lo=1,
        hi=3650,
        source="assumption: a year; C9: most kinds are bought once or twice a year",
        doc="since the last purchase in sight, from which somebody is taken to stay away",
    )
    named_least: float = param(
        0.15,
        unit="share of what is named by who names anything",
        lo=0,
        hi=1,
        source="assumption",
        doc="from which a department does something about it; below half of it, no longer",
    )
