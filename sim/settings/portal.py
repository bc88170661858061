"""The review portal: what people say of the company as a whole, and who reads it [B33]."""

from __future__ import annotations

from sim.settings.base import Group, param


class Portal(Group):
    """Where shops are rated, not things (as at Trustpilot): who writes, and who looks us up."""

    rates_us_base: float = param(
        -6.0,
        unit="logit",
        lo=-90,
        hi=10,
        source="assumption: of what is as usual fewer than one in 100 is written of",
        doc="readiness to rate the company unasked, after a purchase or a contact",
    )
    rates_us_asked: float = param(
        -3.0,
        unit="logit",
        lo=-90,
        hi=10,
        source="assumption: of who answers a survey and is invited one in 20 goes there",
        doc="readiness of who is invited there, after a contact",
    )
    rates_us_surprise: float = param(
        1.0,
        unit="logit per star above or below what he is used to with us",
        lo=0,
        hi=20,
        source="assumption (B33: who writes is self-selected; Dellarocas and Wood 2008)",
    )
    looks_us_up: float = param(
        0.3,
        unit="share of people who have not bought from us",
        lo=0,
        hi=1,
        source="assumption",
        doc="who look up what others say of us, once, when they look for something here",
    )
    word_of_all: float = param(
        0.3,
        unit="share of the way",
        lo=0,
        hi=1,
        source="assumption: as far as three experiences of one's own",
        doc="that trust moves to what everybody there has met, where many have written",
    )
    words_half: float = param(
        50.0,
        unit="ratings",
        lo=0.01,
        hi=1e6,
        source="assumption",
        doc="at which trust moves half as far: few say little",
    )
    words_half_life_days: float = param(
        365.0,
        unit="days",
        lo=1,
        hi=36_500,
        source="assumption: portals show the latest first",
        doc="after which a rating counts half",
    )
