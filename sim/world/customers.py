"""Making the people of a market, and the catalogue they choose from.

Every trait is an inverse-CDF draw keyed by seed, person and trait, so adding a person changes
nobody else. A person's row in the tables is his id.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaincinv, ndtri

from sim.core.draws import decision, uniforms
from sim.core.records import CATEGORIES, CELLS, CUSTOMER, ITEM, NEVER, PROFILE, SILOS, STYLES
from sim.settings.market import Market, category_code

TRAIT = {
    name: decision(f"trait: {name}")
    for name in (
        "present at start",
        "entry",
        "stay",
        "shopper",
        "need rate",
        "taste",
        "preference",
        "web affinity",
        "store affinity",
        "social affinity",
        "attention",
        "time value",
        "price sensitivity",
        "hassle",
        "distance",
        "pick-up taste",
        "cookies",
        "aware",
        "expertise",
        "device",
        "first need",
        "first scroll",
        "first browse",
    )
}
SMALLEST = 1e-12


def rows_needed(customers: int, days: int, stay_days: float) -> int:
    """Rows for a market of ``customers`` people at a time over ``days``: newcomers included."""
    return round(customers * (1 + days / stay_days))


def make_customers(market: Market, rows: int, days: int, season: np.ndarray, seed: int):
    """People of the market over ``days``: a CUSTOMER array of shape ``(rows,)``.

    A share stay / (stay + days) is there at the start; the others enter at a uniform time, so
    that the number present stays level. Stays are exponential.
    """
    people, ids = market.people, np.arange(rows, dtype=np.int64)

    def u(trait: str, about: int = 0) -> np.ndarray:
        return uniforms(seed, ids, TRAIT[trait], about, 0)

    def normal(trait: str, sd: float, mean: float = 0.0) -> np.ndarray:
        return mean + sd * ndtri(u(trait))

    c = np.zeros(rows, CUSTOMER)
    c["id"] = ids
    stay = people.stay_days
    at_start = u("present at start") < stay / (stay + days)
    c["entry_day"] = np.where(at_start, 0, (u("entry") * days).astype(np.int64))
    leaves = c["entry_day"] + 1 - stay * np.log1p(-u("stay"))
    c["exit_day"] = np.minimum(leaves, NEVER - 1).astype(np.int64)
    c["shopper"] = u("shopper") < people.shopper_share
    shopper = c["shopper"] == 1

    shape = people.need_rate_shape
    rate = gammaincinv(shape, u("need rate")) / shape * people.need_rate_year / 365
    taste = make_tastes(market, u)
    c["taste"] = taste
    share = taste.reshape(rows, CATEGORIES, STYLES).sum(axis=2)
    c["need_gap"] = 1 / np.maximum(rate[:, None] * share, SMALLEST)
    for k in range(len(market.categories)):
        start = season[k, np.minimum(c["entry_day"], season.shape[1] - 1)]
        c["need_at"][:, k] = start - np.log1p(-u("first need", k)) * c["need_gap"][:, k]
    c["need_at"][:, len(market.categories) :] = np.inf
    c["next_need_day"] = c["entry_day"]

    c["preference"] = normal("preference", people.preference_sd, people.preference_mean)
    c["web_affinity"] = normal("web affinity", people.affinity_sd)
    c["store_affinity"] = normal("store affinity", people.affinity_sd)
    c["social_affinity"] = normal("social affinity", people.affinity_sd)
    c["attention"] = normal("attention", people.attention_sd)
    c["time_value"] = (
        people.time_value_dkk_hour / 60 * np.exp(normal("time value", people.time_value_spread))
    )
    c["price_sensitivity"] = np.exp(normal("price sensitivity", people.price_sensitivity_spread))
    c["hassle"] = np.exp(normal("hassle", market.returning.hassle_spread))
    c["distance_km"] = people.distance_km * np.exp(normal("distance", people.distance_spread))
    c["pickup_taste_dkk"] = normal(
        "pick-up taste", market.buying.pickup_taste_sd_dkk, market.buying.pickup_taste_dkk
    )
    scrolls = np.where(shopper, people.scrolls_week_shopper, people.scrolls_week_buyer) / 7
    browses = np.where(shopper, people.browses_month_shopper, people.browses_month_buyer) / 30.4
    for field, per_day in (("scroll", scrolls), ("browse", browses)):
        gap = 1 / np.maximum(per_day, 1e-8)
        c[f"{field}_gap"] = gap
        first = c["entry_day"] - np.log1p(-u(f"first {field}")) * gap
        c[f"{field}_day"] = np.minimum(first, NEVER).astype(np.int64)
    c["cookies"] = u("cookies") < people.cookies_accepted
    c["aware"] = u("aware") < people.aware_at_start
    c["device"] = u("device") < 0.5
    for k in range(CATEGORIES):
        c["expertise"][:, k] = np.clip(2 * people.expertise_mean * u("expertise", k), 0, 1)

    c["trust"] = market.feeling.trust_start
    c["habit"] = market.feeling.habit_start
    c["satisfaction"] = market.feeling.satisfaction_start
    c["mail_value"] = market.messages.mail_value_start
    c["last_bought"] = -1
    c["last_from_us"] = -1
    c["extra_need_day"] = NEVER
    c["case_topic"] = -1
    c["looked_day"] = -1
    c["visited_day"] = -1
    c["desk_wait"] = -1.0
    return c


def make_tastes(market: Market, u) -> np.ndarray:
    """Tastes, shape (rows, 18): Dirichlet around the market's shares, by normalised gammas."""
    columns = []
    for k in range(CELLS):
        category, style = divmod(k, STYLES)
        if category >= len(market.categories):
            columns.append(np.zeros_like(columns[0]))
            continue
        entry = market.categories[category]
        weight = entry.need_share * entry.style_shares[style]
        shape = max(market.people.taste_concentration * weight, 1e-3)
        columns.append(np.maximum(gammaincinv(shape, u("taste", k)), SMALLEST))
    gammas = np.stack(columns, axis=1)
    return gammas / gammas.sum(axis=1, keepdims=True)


def make_profiles(rows: int) -> np.ndarray:
    """Empty profiles, one place per person the company may come to know: PROFILE, ``(rows,)``."""
    p = np.zeros(rows, PROFILE)
    p["number"] = np.arange(rows)
    for field in ("welcome_day", "reminder_day", "cross_day", "winback_day"):
        p[field] = NEVER
    p["basket_item"] = -1
    p["last_mail_day"] = -1000
    p["capped_week"] = -1
    p["filed_order"] = -1
    p["noted_case"] = -1
    p["cross_cell"] = -1
    for s in range(SILOS):
        for part in ("live", "shared"):
            for field in ("view_cell", "buy_cell", "view_item", "buy_item"):
                p["silos"][part][field][:, s] = -1
    return p


def make_catalogue(market: Market) -> np.ndarray:
    """Items by category, style and price: ITEM, ``(categories x 3 x items_per_style,)``.

    Prices are quantiles of a lognormal whose mean is the category's price; quality follows
    price half, the rest is spread evenly.
    """
    n, spread = market.items_per_style, market.price_spread
    z = ndtri((np.arange(n) + 0.5) / n)
    factor = np.exp(spread * z)
    factor /= factor.mean()
    items = np.zeros(len(market.categories) * STYLES * n, ITEM)
    for k, category in enumerate(market.categories):
        for style in range(STYLES):
            rows = slice((k * STYLES + style) * n, (k * STYLES + style + 1) * n)
            order = np.roll(z, style + k)
            items["category"][rows] = k
            items["key"][rows] = (category_code(category.name) * STYLES + style) * n + np.arange(n)
            items["style"][rows] = style
            price = np.rint(category.price_dkk * factor) * 100
            items["price_oere"][rows] = price
            items["cost_oere"][rows] = np.rint(price * (1 - category.margin))
            items["quality"][rows] = market.quality_sd * order
    return items
