"""The automation flows: one entry a flow, what sets it off, when, with what, and what stops it.

A flow is added in YAML, in ``company.flows`` under its name. The rules that carry flows out are in
:mod:`sim.company.automation`; they read the table that :func:`flow_table` makes.
"""

from __future__ import annotations

import re
from typing import Any, Literal, get_args

import numpy as np
from pydantic import Field, model_validator

from sim.core.events import REMINDER
from sim.core.records import FLOWS
from sim.settings.base import Group, luck_code, param

Trigger = Literal[
    "subscribed", "basket_left", "purchase", "silence", "birthday", "looked", "back", "received"
]
Recorded = Literal["subscribed", "basket_left", "purchase", "looked", "reviewed", "returned"]
Content = Literal["basket", "complement", "best", "care", "better", "back", "review"]
Way = Literal["e-mail", "text", "app"]
WAYS: tuple[str, ...] = get_args(Way)  # their places are BY_EMAIL, BY_TEXT, BY_APP
# What may be recorded; the places are the codes in the rules. The last two only stop flows.
TRIGGERS: tuple[str, ...] = (*get_args(Trigger), "reviewed", "returned")
CONTENTS: tuple[str, ...] = get_args(Content)
CODES = 256  # numbers that a flow's name may have


class Flow(Group):
    """An automation flow: a message to one person, set off by what was recorded of him."""

    title: str = Field(min_length=1, max_length=40, description="what reports and stories call it")
    trigger: Trigger = Field(
        description="a permission, a basket left behind, a purchase, days without one, a "
        "birthday, a look at something that was not put in the basket, back in stock what he asked "
        "for, a purchase in his hands"
    )
    delay_days: int = param(
        1, unit="days after the trigger", lo=0, hi=2000, source="assumption", doc="0: next morning"
    )
    content: Content = Field(
        default="best",
        description="the basket, what goes with the purchase, what he is believed to like, how to "
        "care for what he bought, a better one than he looked at, what he asked for when it is "
        "back, or a request to write a review of what he bought",
    )
    channel: Way = Field(
        default="e-mail",
        description="the way it goes to who takes messages in that way; to others, as an e-mail",
    )
    coupon: bool = Field(default=False, description="with policies.coupon_share off")
    priority: int = param(
        50,
        unit="rank",
        lo=1,
        hi=1000,
        source="assumption",
        doc="of several due on a day the smallest goes out, the others wait",
    )
    stops_at: tuple[Recorded, ...] = Field(default=(), description="what cancels it")
    repeat: bool = Field(
        default=False, description="starts again when its day has come; a birthday: next year"
    )
    during_case: bool = Field(default=False, description="goes out while a case of his is open")
    source: str = Field(default="assumption", min_length=1, description="where its rule is from")

    @model_validator(mode="after")
    def _complement(self) -> Flow:
        if self.content in ("complement", "care") and self.trigger != "purchase":
            raise ValueError(f"the trigger must be a purchase where the content is {self.content}")
        if self.content == "better" and self.trigger != "looked":
            raise ValueError("the trigger must be looked where the content is better")
        if (self.content == "back") != (self.trigger == "back"):
            raise ValueError("trigger and content go together where one of them is back")
        if self.content == "review" and self.trigger != "received":
            raise ValueError("the trigger must be received where the content is review")
        return self


def refuse_clashes(flows: dict[str, Flow]) -> None:
    """Raise ValueError if there are more flows than places, or two that cannot be told apart."""
    for name in flows:
        if not re.fullmatch(r"[\w-]+", name, re.ASCII):
            raise ValueError(f"of flows, {name!r} must consist of letters, digits, - and _")
    if len(flows) > FLOWS:
        raise ValueError(f"at most {FLOWS} flows are possible, and there are {len(flows)}")
    codes: dict[int, str] = {}
    ranks: dict[int, str] = {}
    for name, flow in flows.items():
        other = codes.setdefault(luck_code(name), name)
        if other != name:
            raise ValueError(f"the flows {other!r} and {name!r} would share luck: rename one")
        other = ranks.setdefault(flow.priority, name)
        if other != name:
            raise ValueError(f"the flows {other!r} and {name!r} have the same priority")


def message_titles(flows: dict[str, Flow]) -> dict[int, str]:
    """Kind of a message (field ``order`` of the mail events) -> what it is called."""
    return dict(enumerate(["newsletter", *(flow.title for flow in flows.values())])) | {
        REMINDER: "a reminder"
    }


def flow_table(flows: dict[str, Flow]) -> dict[str, Any]:
    """The flows as the rules read them: their number, and arrays of FLOWS places.

    Raises ValueError where they do not fit.
    """
    refuse_clashes(flows)

    def padded(values: list[int]) -> np.ndarray:
        array = np.zeros(FLOWS, np.int64)
        array[: len(values)] = values
        return array

    each = list(flows.values())
    return {
        "n_flows": len(each),
        "flow_code": padded([luck_code(name) for name in flows]),
        "flow_trigger": padded([TRIGGERS.index(flow.trigger) for flow in each]),
        "flow_delay_days": padded([flow.delay_days for flow in each]),
        "flow_content": padded([CONTENTS.index(flow.content) for flow in each]),
        "flow_way": padded([WAYS.index(flow.channel) for flow in each]),
        "flow_coupon": padded([flow.coupon for flow in each]),
        "flow_priority": padded([flow.priority for flow in each]),
        "flow_stops_at": padded([bits(flow.stops_at) for flow in each]),
        "flow_repeats": padded([flow.repeat for flow in each]),
        "flow_during_case": padded([flow.during_case for flow in each]),
    }


def bits(triggers: tuple[str, ...]) -> int:
    """A set of triggers as one number."""
    return sum(1 << TRIGGERS.index(one) for one in set(triggers))
