"""What a scripted person does, put into his head; the ordinary rules of his day carry it out.

A deed is forced by what the rules read of the customer alone: when his wish has his attention,
which device is in his hand, and the numbers of the market by which he chooses (a basket is filled
where what is outside it is worth nothing). No number of the company's, of its terms or of its
record is touched. What the script leaves open (patience, saying who he is, agreeing, opening a
mail, noticing an ad) he decides as anybody does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from sim.core import events as ev
from sim.core.records import BRINGING, COMING, IN_HAND, NEVER, SETTLING, TO_PICK_UP
from sim.encounter.calls import TO_ASK
from sim.settings.market import market_record
from sim.settings.script import Script, Step
from sim.world.model import OmnichannelModel

FOR_SURE = 1e6  # logit, DKK or minutes: outweighs everything
FITS, DOES_NOT_FIT = 1.0, -5.0  # match with the product in hand, share of price
DEVICES = {"computer": 0, "phone": 1}
TOPICS = {"asks": ev.ABOUT_PRODUCT, "complains": ev.ABOUT_DEFECT}

# What nobody does unless a script says so; what a script's searching leads to is found.
STILL = {
    "device_switch": 0.0,
    "asks_before_due": 0.0,
    "asks_when_late": 0.0,
    "asks_after_purchase": 0.0,
    "asks_at_defect": 0.0,
    "asks_again": 0.0,
    "inspects_at_pickup": 0.0,
    "survives_return": 0.0,
    "defect_share": 0.0,
    "drop_off_days": 0.0,
    "skip_minutes": 0.0,
    "queue_minutes": 0.0,
    "carrier_days": 1.0,
    "carrier_spread": 0.0,
    "reserve_utility": -FOR_SURE,
    "click_intercept": -FOR_SURE,
    "reminds": 0.0,
    "looks_first": 0.0,
    "rates_base": -FOR_SURE,
    "tell_base": -FOR_SURE,
    "join_base": -FOR_SURE,
    "forum_turns": 0.0,
    "searches_by_name": 0.0,
    "finds_by_search": 1.0,
    "finds_in_store": 1.0,
}
LOOKS = {"outside_web": FOR_SURE, "outside_store": FOR_SURE, "checkout_base": -FOR_SURE}
FILLS_BASKET = {"outside_web": -FOR_SURE, "checkout_base": -FOR_SURE}
BUYS = {"outside_web": -FOR_SURE, "outside_store": -FOR_SURE, "checkout_base": FOR_SURE}
WILL = {"looks": LOOKS, "fills_basket": FILLS_BASKET, "buys": BUYS, "exchanges": BUYS}


@dataclass
class Cast:
    """Those who play, where they are in the world's tables, and the one thing they want."""

    world: OmnichannelModel
    rows: np.ndarray
    wish: int  # number of the need
    script: Script

    @property
    def today(self) -> int:
        """The day in the world."""
        return self.world.day

    @property
    def customers(self) -> np.ndarray:
        """Truth of all people, CUSTOMER."""
        return self.world.driver.tables()[0]

    def set(self, **fields: float) -> None:
        """Set fields of the people."""
        for name, value in fields.items():
            self.customers[name][self.rows] = value

    def attend(self) -> None:
        """The wish has their attention today."""
        self.customers["needs"]["next_day"][self.rows, 0] = self.today

    def orders(self, *states: int) -> tuple[np.ndarray, np.ndarray]:
        """Places and slots of what they ordered for their wish that is in one of these states."""
        orders = self.customers["orders"][self.rows]
        mine = np.isin(orders["state"], states) & (orders["need"] == self.wish)
        people, slots = np.nonzero(mine)
        return self.rows[people], slots

    def set_orders(self, states: tuple[int, ...], **fields: float) -> None:
        """Set fields of orders that are in one of these states."""
        found = self.orders(*states)
        for name, value in fields.items():
            self.customers["orders"][name][found] = value

    def wake(self) -> None:
        """They live the day, whatever else is due."""
        self.world.driver.tables()[2][self.rows] = self.today


Scene = Callable[[Cast], dict[str, float]]
"""Puts a deed into people's heads; returns the market's numbers by which they then choose."""


def rest(cast: Cast) -> None:
    """In the morning nothing is on their minds: what came of yesterday waits until it is its turn.

    What they have at home is not tried out, what waits in the store is not fetched.
    """
    cast.set(scroll_day=NEVER, session_day=NEVER, browse_day=NEVER, next_need_day=NEVER)
    needs = cast.customers["needs"]
    needs["next_day"][cast.rows, 0] = needs["dies"][cast.rows, 0] = NEVER
    cast.set_orders((TO_PICK_UP, IN_HAND), due=NEVER)
    cast.set_orders((COMING, IN_HAND), match=FITS)


def scenes(step: Step) -> Iterator[Scene]:
    """A step as scenes of one day, in order: who returns something has tried it before."""
    if step.does in ("returns", "exchanges"):
        yield lambda cast: try_out(cast, step)
    yield lambda cast: SCENES[step.at](cast, step)


def look_at_social(cast: Cast, step: Step) -> dict[str, float]:
    """A look at a social channel on this device."""
    names = [medium.name for medium in cast.world.settings.market.channels.media()]
    cast.set(device=DEVICES[step.device or "phone"], scroll_day=cast.today)
    cast.customers["session_day"][cast.rows, names.index(step.channel)] = cast.today
    return {}


def go_to_shop(cast: Cast, step: Step) -> dict[str, float]:
    """To the web shop on this device, to look, to fill a basket and leave it, or to buy."""
    likes_pickup = FOR_SURE if step.delivery == "pickup" else -FOR_SURE
    cast.set(device=DEVICES[step.device or "computer"], pickup_taste_dkk=likes_pickup)
    cast.attend()
    return {"direct_utility": FOR_SURE, **WILL[step.does]}


def go_to_store(cast: Cast, step: Step) -> dict[str, float]:
    """To the store, to look, to buy, to fetch what was ordered, or with what does not do."""
    forced = dict(WILL.get(step.does, {}))
    cast.set(free_minute=0)
    if step.does == "picks_up":
        cast.set_orders((TO_PICK_UP,), due=cast.today)
    elif step.does in ("returns", "exchanges"):
        cast.set_orders((BRINGING,), due=cast.today)
        forced["keeps_receipt"] = float(step.receipt)
    else:
        forced["store_utility"] = FOR_SURE
    if step.does != "picks_up":
        cast.attend()
    if step.advised is not None:
        forced["advised_in_store"] = FOR_SURE * step.advised
    return forced


def try_out(cast: Cast, step: Step) -> dict[str, float]:
    """It does not fit, and to post it is too much trouble; he wants another, or none any more."""
    cast.set_orders((IN_HAND, SETTLING), match=DOES_NOT_FIT, due=cast.today, state=IN_HAND)
    wants_another = float(step.does == "exchanges")
    return {"packing_minutes": FOR_SURE, "survives_return": wants_another}


def call(cast: Cast, step: Step) -> dict[str, float]:
    """Calls the customer centre; who called about it before calls about the same case again."""
    before = [
        other for other in cast.script.steps if other.does == step.does and other.day < step.day
    ]
    people, slots = cast.rows, np.zeros(len(cast.rows), int)
    about = cast.customers["needs"]["number"][people, 0].astype(int)
    if step.does == "complains":
        people, slots = cast.orders(COMING, TO_PICK_UP, IN_HAND, SETTLING)
        about = cast.customers["orders"]["number"][people, slots]
    for name, value in (
        ("case_topic", TOPICS[step.does]),
        ("case_order", slots),
        ("case_about", about),
        ("case_day", cast.today),
        ("case_tries", len(before)),
        ("case_state", TO_ASK),
        ("prefers", ev.CALLS),
    ):
        cast.customers[name][people] = value
    return {}


SCENES: dict[str, Callable[[Cast, Step], dict[str, float]]] = {
    "social": look_at_social,
    "web": go_to_shop,
    "store": go_to_store,
    "centre": call,
}


def market_of(world: OmnichannelModel, forced: dict[str, float]) -> np.ndarray:
    """The market's record in which people do what is forced and nothing of their own."""
    record = market_record(world.settings.market)
    for name, value in (STILL | forced).items():
        record[name] = value
    record["complement"] = -1
    record["channels"]["ad_click_intercept"] = -FOR_SURE
    return record
