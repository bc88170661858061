"""One person, one market, one company by hand, for claims about single rules.

Everything is a record of the kind the rules read: a NumPy record where rules are compiled, a
slotted Python object where they are not, so the same claims run both ways. Builders take what
shall differ from the default by name: ``person(trust=0.8)``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from sim.company.bullseye import firm_record, terms_record
from sim.core import events as ev
from sim.core.bundles import File, Office, Tape, World
from sim.core.compiled import COMPILED
from sim.core.draws import uniform
from sim.core.events import EVENT, MEDIA
from sim.core.records import (
    ACTIVE,
    ACTS,
    ADDRESS,
    BOARD,
    BUFFERS,
    CATEGORIES,
    CELLS,
    CHOICE,
    CUSTOMER,
    ITEM,
    LEDGER,
    NEED,
    NEVER,
    ORDER,
    PROFILE,
    REQUEST,
    SHOWN,
    TODAY,
    TRACE,
    to_row,
    to_rows,
)
from sim.encounter.occasions import lead_on_purpose
from sim.settings.base import luck_code
from sim.settings.load import load
from sim.settings.market import market_record, season_table
from sim.settings.run import Settings
from sim.settings.strategy import DISCIPLINES, Maturity, Policies

SEED, ID = 20_26, 7


@cache
def settings() -> Settings:
    """The default settings."""
    return load([])[0]


def put(table: np.ndarray, name: str, value: Any) -> None:
    """Set a field of the only row; of an array the first places, there is room for more."""
    if np.ndim(value) and np.ndim(table[name][0]):
        table[name][0][: len(value)] = value
    else:
        table[name][0] = value


def one(table: np.ndarray, **changes: Any) -> Any:
    """The only row of ``table`` as rules read it, with some fields set."""
    for name, value in changes.items():
        put(table, name, value)
    return table.view(np.recarray)[0] if COMPILED else to_row(table[0])


def many(table: np.ndarray) -> Any:
    """All rows of ``table`` as rules read them."""
    return table if COMPILED else to_rows(table)


@cache
def _market() -> np.ndarray:
    return market_record(settings().market)


@cache
def _firm(level: float, policies: Policies) -> np.ndarray:
    run = settings()
    levels = Maturity(**dict.fromkeys(DISCIPLINES, level))
    return firm_record(run.company, policies, levels, run.market.channels.media())


@cache
def _terms() -> np.ndarray:
    return terms_record(settings().company, Policies())


# The default market's media channels: codes in the log, places, what can be bought there
INSTAGRAM, SEARCH = MEDIA[:2]
PLACES = {"instagram": 0, "search": 1}
KEYS_OF = {name: luck_code(name) for name in PLACES}
PAID_CHANNELS = {
    "prospecting": 0,
    "retargeting": 1,
    "brand": 2,
    "search_presence": 3,
    "name_presence": 4,
    "leaflets": 9,
}


def market(**changes: Any) -> Any:
    """The default market's record; ``instagram_post_share=1`` sets a number of that channel."""
    table = _market().copy()
    told = [key for key in changes if key.partition("_")[0] in PLACES]
    for key in [key for key in told if key not in table.dtype.names]:
        medium, _, name = key.partition("_")
        table["channels"][name][0, PLACES[medium]] = changes.pop(key)
    return one(table, **changes)


def need(**changes: Any) -> Any:
    """An active need, clear and unadvised, not yet searched for."""
    told = {"state": 2, "number": 11, "progress": 1.0, "place": -1, "basket_item": -1}
    return one(np.zeros(1, NEED), **(told | {"dies": NEVER} | changes))


def order(**changes: Any) -> Any:
    """An order for 500 DKK on the web."""
    told = {"paid_oere": 50_000, "price_oere": 50_000, "number": 44, "need": 11}
    return one(np.zeros(1, ORDER), **(told | changes))


def person(needs: tuple[dict, ...] = (), orders: tuple[dict, ...] = (), **changes: Any) -> Any:
    """A buyer who knows us, in the middle of everything; ``needs`` and ``orders`` by field."""
    table = np.zeros(1, CUSTOMER)
    even = np.full(CELLS, 1 / CELLS)
    told = {
        "present": 1,
        "id": ID,
        "exit_day": NEVER,
        "partner": -1,
        "knows_until": NEVER,
        "trust": 0.5,
        "satisfaction": 0.5,
        "price_sensitivity": 1.0,
        "hassle": 1.0,
        "time_value": 2.0,
        "distance_km": 10.0,
        "taste": even,
        "last_bought": -1,
        "last_from_us": -1,
        "case_topic": -1,
        "extra_need_day": NEVER,
        "need_gap": 30.0,
        "need_at": 1e9,
        "needs_open": len(needs),
        "orders_open": len(orders),
        "desk_wait": -1.0,
    }
    for name, value in (told | changes).items():
        put(table, name, value)
    orders = tuple({"basket": row.get("number", 0)} | row for row in orders)
    for name, rows in (("needs", needs), ("orders", orders)):
        for place, fields in enumerate(rows):
            for key, value in fields.items():
                table[name][key][0, place] = value
    return one(table)


def flow(name: str) -> int:
    """The place of one of the default flows; a mail's kind is one more."""
    return list(settings().company.flows).index(name)


def profile_table(rows: int = 1) -> np.ndarray:
    """What the company knows of people of whom it knows nothing, PROFILE."""
    table = np.zeros(rows, PROFILE)
    addresses = table["addresses"]
    addresses["flow_day"] = addresses["next_flow_day"] = NEVER
    addresses["last_mail_day"] = addresses["complement_cell"] = -1
    addresses["wanted_item"] = addresses["received_order"] = -1
    for name in ("noted_case", "capped_week", "birthday", "reminder_day", "picked"):
        table[name] = -1
    for version in ("live", "shared"):
        for name in ("view_cell", "view_item", "buy_cell", "buy_item", "bought"):
            table["silos"][version][name] = -1
    for name in ("written", "filed_order", "basket_item"):
        table["silos"][name] = -1
    return table


def profile(
    due: dict[str, int] | None = None,
    other: dict[str, int] | None = None,
    filed: dict[int, int] | None = None,
    baskets: dict[int, tuple[int, int]] | None = None,
    **changes: Any,
) -> Any:
    """What the company knows of somebody of whom it knows nothing.

    ``due``: days of flows; an address's fields are his own address's, ``other``: of the other one;
    ``filed``: the number of the last order, by record; ``baskets``: item and day, by record.
    """
    table = profile_table()
    addresses = table["addresses"]
    for name, day in (due or {}).items():
        addresses["flow_day"][0, 0, flow(name)] = day
        addresses["next_flow_day"][0, 0] = min(day, addresses["next_flow_day"][0, 0])
    own = {name: changes.pop(name) for name in list(changes) if name in ADDRESS.names}
    for a, fields in enumerate((own, other or {})):
        for name, value in fields.items():
            addresses[name][0, a] = value
    for s, number in (filed or {}).items():
        table["silos"]["filed_order"][0, s] = number
    for s, (item, day) in (baskets or {}).items():
        table["silos"]["basket_item"][0, s], table["silos"]["basket_day"][0, s] = item, day
    table["written_to"] = addresses["permission"].max()
    return one(table, **({"number": 3} | changes))


def baskets_of(told: Any) -> dict[int, int]:
    """Items of the baskets that the company has seen, by record."""
    items = [told.silos[s].basket_item for s in range(len(told.silos))]
    return {s: int(item) for s, item in enumerate(items) if item >= 0}


def own(told: Any) -> Any:
    """What the company has on his own address."""
    return told.addresses[0]


def firm_table(**changes: Any) -> np.ndarray:
    """The record of a company at level 3 in all disciplines, shape (1,)."""
    table = _firm(3.0, Policies()).copy()
    table["agreed"] = 1
    for name, value in changes.items():
        table[name] = value
    return table


def firm(level: float = 3.0, policies: Policies | None = None, **changes: Any) -> Any:
    """A company at one level in all disciplines; everything sells alike, item = 4 x cell.

    Its departments do what others ask of them.
    """
    table = _firm(level, policies or Policies()).copy()
    told = {"shared_targets": 1.0, "agreed": np.ones(ACTS, np.int64)}  # acts are carried out
    told |= {"popularity": np.full(CELLS, 1 / CELLS), "popular_item": np.arange(CELLS) * 4}
    told["front_cell"] = np.arange(6)
    told["item_cell"] = np.arange(CELLS * 4) // 4
    for name, number in PAID_CHANNELS.items():
        if name in changes:
            table["ad_rate"][0, number] = changes.pop(name)
    return one(table, **(told | changes))


def terms(**changes: Any) -> Any:
    """The default offer."""
    return one(_terms().copy(), **changes)


def today(day: int = 100, **changes: Any) -> Any:
    """A day with open stores: one, whose staff can answer everything."""
    table = np.zeros(1, TODAY)
    table["n_shops"], table["stars"] = 1, 3.5
    for name, number in (("opens", 600), ("closes", 1140), ("skill", 1.0), ("queue", 1.0)):
        table["shops"][name][0, 0] = number
    return one(
        table, **({"seed": SEED, "day": day, "stores_open": 1, "competitor_price": 1.0} | changes)
    )


def shown(items: tuple[int, ...] = (), **changes: Any) -> Any:
    """What a screen or a message shows."""
    told = {"history_cell": -1, "basket_item": -1, "n": len(items)}
    table = np.zeros(1, SHOWN)
    table["items"], table["cells"] = -1, -1
    table["items"][0, : len(items)] = items
    return one(table, **(told | changes))


def item(**changes: Any) -> Any:
    """An item for 500 DKK that is as good as its kind."""
    return one(
        np.zeros(1, ITEM),
        **({"price_oere": 50_000, "key": 70, "pictures": 1.0, "sizes": 1.0} | changes),
    )


def catalogue(per_style: int = 4) -> Any:
    """Items of all cells in order, ``per_style`` of each, at 500 DKK; stores carry them all."""
    table = np.zeros(CELLS * per_style, ITEM)
    cell = np.arange(len(table)) // per_style
    table["price_oere"], table["category"], table["style"] = 50_000, cell // 3, cell % 3
    table["pictures"] = table["sizes"] = 1.0
    table["key"], table["in_store"] = np.arange(len(table)) + 70, 1
    return many(table)


def shelves(**columns: dict[int, Any]) -> Any:
    """That catalogue, changed by column and row: ``shelves(in_store={17: 0})``."""
    goods = catalogue()
    for name, rows in columns.items():
        for row, changed in rows.items():
            if COMPILED:
                goods[name][row] = changed
            else:
                setattr(goods[row], name, changed)
    return goods


def board(**changes: Any) -> Any:
    """Nobody has written anything yet."""
    return one(np.zeros(1, BOARD), **changes)


def choice(**changes: Any) -> Any:
    """The best item found so far: none yet."""
    told = {"best_value": -1e9, "best_item": -1, "staffed": 1}
    return one(np.zeros(1, CHOICE), **(told | changes))


def tape(rows: int = 40) -> Tape:
    """Nothing written yet, room for so many events and as many requests."""
    buffers = one(np.zeros(1, BUFFERS))
    log, requests = many(np.zeros(rows, EVENT)), many(np.zeros(rows, REQUEST))
    return Tape(log, requests, many(np.zeros(rows, TRACE)), buffers)


def written(on: Tape) -> list[int]:
    """Kinds of the events on a tape, in order."""
    return [value(event, "kind") for event in on.log[: on.buffers.events]]


def traces(on: Tape) -> list[tuple[int, ...]]:
    """What was left on shared computers, in order: kind, cell, item and who left it."""
    names = ("kind", "cell", "item", "customer")
    left = on.traces[: on.buffers.traces]
    return [tuple(value(trace, name) for name in names) for trace in left]


def events(on: Tape, kind: int) -> list[Any]:
    """Events of one kind on a tape; read them with :func:`value`."""
    return [event for event in on.log[: on.buffers.events] if value(event, "kind") == kind]


def value(record: Any, name: str) -> Any:
    """A field of any record: NumPy's own have attributes that hide some of ours."""
    return record[name].item() if COMPILED else getattr(record, name)


def column(on: Tape, kind: int, name: str) -> list[Any]:
    """A field of all events of one kind, in order."""
    return [value(event, name) for event in events(on, kind)]


def file(identity: Any = None, mind: Any = None) -> File:
    """What the company has on one customer."""
    identity = identity or profile()
    return File(identity, mind or identity)


def belief(**cells: float) -> Any:
    """Weights of all cells, 1 but where told: ``c4=0.5``."""
    weights = np.ones(CELLS)
    for name, weight in cells.items():
        weights[int(name[1:])] = weight
    return weights if COMPILED else weights.tolist()


def office(company: Any = None) -> Office:
    """The company's side of an encounter."""
    return Office(company or firm(), belief(), one(np.zeros(1, LEDGER)))


def world(day: int = 100, **parts: Any) -> World:
    """What everybody may see on a day; parts by name, ``market=market(tau_web=0.5)``."""
    told = {
        "market": market(),
        "terms": terms(),
        "catalogue": catalogue(),
        "board": board(),
        "season": season(),
        "today": today(day),
        "shown": shown(),
        "choice": choice(),
        "tape": tape(),
    }
    return World(**(told | parts))


def season(days: int = 1000) -> Any:
    """Cumulated season of a year without seasons: day d has d."""
    flat = np.tile(np.arange(days + 1.0), (CATEGORIES, 1))
    return flat if COMPILED else flat.tolist()


def seasonal(days: int = 1000) -> Any:
    """The default market's season."""
    table = season_table(settings().market, days)
    return table if COMPILED else table.tolist()


def tips(decide: Callable[[float], bool], low: float = -60.0, high: float = 60.0) -> float:
    """Where a decision turns from no to yes as what speaks for it rises, to 1e-9.

    With luck fixed by its key, this is the exact value a rule weighs: how far another argument
    moves it is what that argument counts.
    """
    assert not decide(low) and decide(high), "the decision does not turn between these"
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (low, middle) if decide(middle) else (middle, high)
    return (low + high) / 2


def two_lucks(
    rule: int, who: int, rising: bool, times: int = 1, when: int = 0
) -> tuple[int, int, float]:
    """Numbers of two needs, and a share between the lucks of what is named by ``times`` them: the
    first one alone is decided with yes at that share where ``rising``, else the second one alone.
    """
    for n in range(11, 90):
        first, second = (uniform(SEED, who, rule, times * k, when) for k in (n, n + 1))
        if (first < second - 0.1) if rising else (second < first - 0.1):
            return n, n + 1, (first + second) / 2
    raise AssertionError("no such numbers")


def logit(p: float) -> float:
    """The inverse of the logistic function."""
    return math.log(p / (1 - p))


def share(decide: Callable[[int], bool], n: int = 4000) -> float:
    """Of ``n`` numbered occasions, how many are decided with yes."""
    return sum(bool(decide(number)) for number in range(n)) / n


# ---- a whole visit ------------------------------------------------------------------------------

# A need that is on his mind today, and when it is not yet. Numbers under which nothing happens but
# what a claim is about (CALM), he finds and buys whatever does (EASY), shows his card (FOND), has
# it sent home (HOME); a company that records and asks as plainly as can be (OPEN).
WISH = {"state": ACTIVE, "number": 11, "category": 1, "style": 1, "dies": NEVER, "place": -1}
WISH |= {"basket_item": -1, "progress": 1.0, "next_day": 100}
LATER = {"next_day": NEVER}
CALM = {"cookie_renewed": 0.0, "device_switch": 0.0, "wake_shopper": 0.0, "wake_buyer": 0.0}
CALM |= {"account_dkk": -1e6, "visitor_permission_intercept": -90.0, "bounce": -90.0}
CALM |= {"defect_share": 0.0, "other_address": 0.0, "asks_before_due": 0.0}
EASY = {"finds_by_search": 1.0, "outside_web": -90.0, "checkout_base": 90.0}
OPEN = {"record_web": 1.0, "link_device": 1.0, "ask_visitors": 0.0, "ask_permission": 0.0}
OPEN |= {"ask_to_join": 0.0, "record_purchase": 1.0, "offer_app": 0.0}
HOME = {"pickup_in_store": 0}
FOND = {"receipt_dkk": 1e6, "identity_scale_dkk": 1.0}
DIRECT = lead_on_purpose(ev.DIRECT, -1, 12, 640)


def placed(me: Any, n: int) -> list[Any]:
    """His first ``n`` purchases under way."""
    return [me.orders[k] for k in range(n)]
