"""Making the people of a market, and the catalogue they choose from.

Every trait is an inverse-CDF draw keyed by seed, person and trait, so adding a person changes
nobody else who is there.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from sim.company.automation import drop_flows
from sim.company.knowledge import empty_facts
from sim.core.compiled import COMPILED, as_double, as_single, rule
from sim.core.draws import decision, exponential, normal, normal_quantile, uniform
from sim.core.gamma import gamma_quantile, gamma_table
from sim.core.records import (
    ADDRESSES,
    CATEGORIES,
    CELLS,
    CHANNELS,
    CUSTOMER,
    ITEM,
    NEVER,
    PROFILE,
    SILOS,
    STYLES,
    as_tuple,
    to_row,
)
from sim.journey.contacting import likes_best
from sim.journey.logit import logistic
from sim.journey.stores import free_from
from sim.settings.base import luck_code
from sim.settings.market import Market, market_record

NEED_RATE = decision("trait: need rate")
TASTE = decision("trait: taste")
PREFERENCE = decision("trait: preference")
WEB_AFFINITY = decision("trait: web affinity")
STORE_AFFINITY = decision("trait: store affinity")
SOCIAL_AFFINITY = decision("trait: social affinity")
ATTENTION = decision("trait: attention")
TIME_VALUE = decision("trait: time value")
PRICE_SENSITIVITY = decision("trait: price sensitivity")
HASSLE = decision("trait: hassle")
DISTANCE = decision("trait: distance")
PRIVACY = decision("trait: privacy")
PICKUP_TASTE = decision("trait: pick-up taste")
COOKIES = decision("trait: cookies")
KNOWS = decision("trait: knows us")
KNOWS_FOR = decision("trait: days until he forgets us")
FURTHER_THINGS = decision("trait: further things")
COMPETITORS_DISTANCE = decision("trait: distance of the competitor's store")
EXPERTISE = decision("trait: expertise")
DEVICE = decision("trait: device")
BIRTHDAY = decision("trait: birthday")
FIRST_NEED = decision("trait: first need")
FIRST_SCROLL = decision("trait: first scroll")
FIRST_BROWSE = decision("trait: first browse")
NO_THANKS = decision("trait: takes no leaflets")
RECORD = decision("number of a record")
LENIENCE = decision("trait: lenience", lasting=True)
CARRIED = decision("the stores carry an item", lasting=True)
FLAWED = decision("a model of an item falls short of what is promised")
MISLEADS = decision("the pictures of a model of an item mislead")
RUNS_ODD = decision("a model of an item runs small or large")

DAYS_A_MONTH = 30.4  # 365 / 12
SMALLEST = 1e-12  # needs a day of people who have none of a category
RAREST = 1e-8  # sessions or visits a day of people who have none
MOST = 2.0**31  # numbers of records are below this
AT_LEAST = 5_000  # people that are worth a thread of their own


@rule
def draw_tastes(me, market, shapes, seed):
    """Dirichlet around the market's shares, by normalised gammas; cells not on offer get 0."""
    total = 0.0
    for k in range(market.n_categories * STYLES):
        drawn = as_single(gamma_quantile(shapes[k], uniform(seed, me.id, TASTE, k, 0)))
        me.taste[k] = drawn
        total += as_double(drawn)
    for k in range(market.n_categories * STYLES):
        me.taste[k] = as_single(as_double(me.taste[k]) / total)


@rule
def draw_needs(me, market, shapes, season, seed):
    """How often he needs what: a Gamma rate shared out by taste; his clocks start on entry."""
    rate = gamma_quantile(shapes[CELLS], uniform(seed, me.id, NEED_RATE, 0, 0))
    rate *= market.need_rate_year / 365.0 / market.need_rate_shape
    for c in range(CATEGORIES):
        share = 0.0
        for k in range(c * STYLES, c * STYLES + STYLES):
            share += as_double(me.taste[k])
        me.need_gap[c] = 1.0 / max(rate * share, SMALLEST)
        me.need_at[c] = math.inf
        if c < market.n_categories:
            first = exponential(seed, me.id, FIRST_NEED, c, 0)
            me.need_at[c] = season[c][me.entry_day] + first * me.need_gap[c]
    me.next_need_day = me.entry_day
    me.extra_need_day = NEVER


@rule
def draw_habits(me, market, seed):
    """How often he visits without a need, as shopper or buyer."""
    browses = market.browses_month_shopper if me.shopper == 1 else market.browses_month_buyer
    me.browse_gap = 1.0 / max(browses / DAYS_A_MONTH, RAREST)
    first = me.entry_day + exponential(seed, me.id, FIRST_BROWSE, 0, 0) * me.browse_gap
    me.browse_day = int(min(first, NEVER * 1.0))


@rule
def draw_scrolling(me, market, seed):
    """How often he is where ads may be met, and how much he likes a social channel."""
    me.scroll_day = NEVER
    for c in range(CHANNELS):
        me.session_day[c] = NEVER
        me.looked_day[c] = -1
    for c in range(market.n_channels):
        channel = market.channels[c]
        if channel.slots == 0:
            continue
        often = channel.sessions_week_shopper if me.shopper == 1 else channel.sessions_week_buyer
        if uniform(seed, me.id, NO_THANKS, channel.key, 0) < channel.no_thanks:
            often = 0.0
        me.session_gap[c] = 1.0 / max(often / 7.0, RAREST)
        first = exponential(seed, me.id, FIRST_SCROLL, channel.key, 0) * me.session_gap[c]
        me.session_day[c] = int(min(me.entry_day + first, NEVER * 1.0))
        me.scroll_day = min(me.scroll_day, me.session_day[c])
        likes = normal(seed, me.id, SOCIAL_AFFINITY, channel.key, 0)
        me.social_affinity[c] = channel.affinity_sd * likes


@rule
def draw_character(me, market, seed):
    """What he likes, what his time and money are worth, and what he knows."""
    who = me.id
    me.preference = market.preference_mean + market.preference_sd * normal(
        seed, who, PREFERENCE, 0, 0
    )
    me.web_affinity = market.affinity_sd * normal(seed, who, WEB_AFFINITY, 0, 0)
    me.store_affinity = market.affinity_sd * normal(seed, who, STORE_AFFINITY, 0, 0)
    me.store_habit = logistic(me.store_affinity - me.web_affinity)
    me.attention = market.attention_sd * normal(seed, who, ATTENTION, 0, 0)
    spread = market.time_value_spread * normal(seed, who, TIME_VALUE, 0, 0)
    me.time_value = market.time_value_dkk_hour / 60.0 * math.exp(spread)
    spread = market.price_sensitivity_spread * normal(seed, who, PRICE_SENSITIVITY, 0, 0)
    me.price_sensitivity = math.exp(spread)
    me.hassle = math.exp(market.hassle_spread * normal(seed, who, HASSLE, 0, 0))
    spread = market.privacy_spread * normal(seed, who, PRIVACY, 0, 0)
    me.privacy_dkk = market.privacy_dkk * math.exp(spread)
    spread = market.distance_spread * normal(seed, who, DISTANCE, 0, 0)
    me.distance_km = market.distance_km * math.exp(spread)
    spread = market.distance_spread * normal(seed, who, COMPETITORS_DISTANCE, 0, 0)
    me.competitor_km = market.distance_km * math.exp(spread)
    likes = market.pickup_taste_sd_dkk * normal(seed, who, PICKUP_TASTE, 0, 0)
    me.pickup_taste_dkk = market.pickup_taste_dkk + likes
    me.cookies = 1 if uniform(seed, who, COOKIES, 0, 0) < market.cookies_accepted else 0
    me.knows_until = me.entry_day
    if uniform(seed, who, KNOWS, 0, 0) < market.aware_at_start:
        drawn = exponential(seed, who, KNOWS_FOR, 0, 0)
        me.knows_until += 1 + int(market.visit_kept_days * drawn)
    me.further_things = market.further_things * exponential(seed, who, FURTHER_THINGS, 0, 0)
    me.device = 1 if uniform(seed, who, DEVICE, 0, 0) < market.phone_at_first else 0
    me.birthday = int(365.0 * uniform(seed, who, BIRTHDAY, 0, 0))
    me.prefers = likes_best(me, market, True, True, seed)
    me.case_way = me.prefers
    me.free_minute = free_from(market, who, seed)
    for c in range(CATEGORIES):  # uniform from 0 to twice the mean
        knows = 2.0 * market.expertise_mean * uniform(seed, who, EXPERTISE, c, 0)
        me.expertise[c] = min(knows, 1.0)


@rule
def draw_person(me, number, stay, market, shapes, season, seed):
    """Make person ``number`` in an empty CUSTOMER record; ``stay``: see :func:`fill_customers`."""
    me.id = number
    me.entry_day = stay[0]
    me.exit_day = stay[1]
    me.shopper = stay[2]
    draw_habits(me, market, seed)
    draw_scrolling(me, market, seed)
    draw_tastes(me, market, shapes, seed)
    draw_needs(me, market, shapes, season, seed)
    draw_character(me, market, seed)
    me.trust = market.trust_start
    me.habit = market.habit_start
    me.satisfaction = market.satisfaction_start
    me.mail_value = market.mail_value_start
    for c in range(CATEGORIES):
        me.last_bought[c] = -1
        me.last_from_us[c] = -1
    me.case_topic = -1
    me.partner = -1
    me.visited_day = -1
    me.elsewhere_day = -1
    me.desk_wait = -1.0


@rule
def draw_people(people, numbers, stays, first, last, facts, shapes, season, seed):
    """Rows ``first`` to ``last - 1`` of ``people``, whose ids are ``numbers``; ``facts``: the
    market's, a table of one row."""
    for i in range(first, last):
        draw_person(people[i], numbers[i], stays[i], facts[0], shapes, season, seed)


def taste_and_rate_shapes(market: Market) -> np.ndarray:
    """Gamma tables of the cells' tastes and, last, of the need rate: (19, 2049, 2)."""
    people, shapes = market.people, np.ones(CELLS + 1)
    for k, category in enumerate(market.categories):
        for style, share in enumerate(category.style_shares):
            weight = people.taste_concentration * category.need_share * share
            shapes[k * STYLES + style] = max(weight, 1e-3)
    shapes[CELLS] = people.need_rate_shape
    return np.stack([gamma_table(float(shape)) for shape in shapes])


class Makers(NamedTuple):
    """What people are made from; the same all through a run."""

    facts: np.ndarray  # the market's numbers, see market_record
    shapes: np.ndarray  # see taste_and_rate_shapes
    season: np.ndarray  # see season_table

    @classmethod
    def of(cls, market: Market, season: np.ndarray) -> Makers:
        """For this market."""
        return cls(market_record(market), taste_and_rate_shapes(market), season)


def in_slices(work: Callable[[int, int], None], n: int, threads: int) -> None:
    """Do ``work(first, last)`` for the whole of ``n`` people, in threads where that pays."""
    slices = max(min(threads, n // AT_LEAST), 1)
    if slices == 1:
        work(0, n)
        return
    cuts = np.linspace(0, n, slices + 1).astype(int).tolist()
    with ThreadPoolExecutor(slices) as pool:
        list(pool.map(work, cuts[:-1], cuts[1:]))


def fill_customers(
    people: np.ndarray,
    numbers: np.ndarray,
    stays: np.ndarray,
    makers: Makers,
    seed: int,
    threads: int = 1,
) -> None:
    """Make the people of these ids (int64) in empty CUSTOMER rows, the same on any threads.

    ``stays``: day of entry, day of exit and 1 for shoppers, int64 ``(n, 3)``.
    """
    facts, shapes, season = makers
    if not COMPILED:
        market, season = to_row(facts[0]), season.tolist()
        for i, (number, stay) in enumerate(zip(numbers.tolist(), stays.tolist(), strict=True)):
            me = to_row(people[i])
            draw_person(me, number, stay, market, shapes, season, seed)
            people[i] = as_tuple(me, CUSTOMER)
        return

    def work(first: int, last: int) -> None:
        draw_people(people, numbers, stays, first, last, facts, shapes, season, seed)

    in_slices(work, len(numbers), threads)


@rule
def open_profile(profile, number, seed):
    """An empty profile in an empty PROFILE record: nothing is known, nothing is planned."""
    profile.number = int(uniform(seed, number, RECORD, 0, 0) * MOST)
    for a in range(ADDRESSES):
        drop_flows(profile.addresses[a])
        profile.addresses[a].last_mail_day = -1000
        profile.addresses[a].complement_cell = -1
        profile.addresses[a].wanted_item = -1
        profile.addresses[a].received_order = -1
    for device in range(len(profile.capped_week)):
        profile.capped_week[device] = -1
    profile.noted_case = -1
    profile.greeted_day = -1000
    profile.reminder_day = -1
    for t in range(len(profile.picked)):
        profile.picked[t] = -1
    profile.birthday = -1
    for s in range(SILOS):
        profile.silos[s].filed_order = -1
        profile.silos[s].basket_item = -1
        empty_facts(profile.silos[s].live)
        empty_facts(profile.silos[s].shared)


@rule
def open_profiles(profiles, numbers, seed, first, last):
    """Rows ``first`` to ``last - 1`` of ``profiles``, for the people of these ids."""
    for i in range(first, last):
        open_profile(profiles[i], numbers[i], seed)


def fill_profiles(profiles: np.ndarray, numbers: np.ndarray, seed: int, threads: int = 1) -> None:
    """Empty profiles of the people of these ids (int64) in PROFILE rows of zeros."""
    if not COMPILED:
        for i, number in enumerate(numbers.tolist()):
            row = to_row(profiles[i])
            open_profile(row, number, seed)
            profiles[i] = as_tuple(row, PROFILE)
        return
    in_slices(lambda a, b: open_profiles(profiles, numbers, seed, a, b), len(numbers), threads)


def lenience(seed: int, people: int) -> np.ndarray:
    """How kindly each person gives marks when asked, by id: standard normal."""
    marks = np.zeros(people)
    fill_lenience(marks, seed)
    return marks


@rule
def fill_lenience(marks, seed):
    """One keyed draw a person, the same whenever he is asked."""
    for i in range(len(marks)):
        marks[i] = normal(seed, i, LENIENCE, 0, 0)


FIELDS_OF_FAULTS = ("shortfall", "pictures", "sizes")  # of ITEM: nobody is told


def faults(market: Market, key: int, model: int, seed: int) -> tuple[float, float, float]:
    """What is wrong with a model (0, 1, ...) of the item of that key: :data:`FIELDS_OF_FAULTS`.

    By how much it is worse than promised, share of price; times the usual error of what its
    pictures show; times that of its sizes. Sound articles err the less the more there are that
    mislead, so that all together err as much.
    """
    told = market.reviews
    flawed = uniform(seed, key, FLAWED, model, 0) < told.flawed_share
    misleads = uniform(seed, key, MISLEADS, model, 0) < told.bad_pictures_share
    odd = uniform(seed, key, RUNS_ODD, model, 0) < told.odd_sizes_share
    sound = sound_article(market)
    return (
        told.flaw if flawed else sound[0],
        told.bad_pictures if misleads else sound[1],
        told.odd_sizes if odd else sound[2],
    )


def sound_article(market: Market) -> tuple[float, float, float]:
    """An article with which nothing is wrong: :data:`FIELDS_OF_FAULTS`."""
    told = market.reviews
    return (
        0.0,
        _of_the_others(told.bad_pictures_share, told.bad_pictures),
        _of_the_others(told.odd_sizes_share, told.odd_sizes),
    )


def _of_the_others(share: float, times: float) -> float:
    """The multiple at which all together keep a mean square of 1."""
    return math.sqrt((1 - share * times**2) / (1 - share))


def make_catalogue(market: Market, carried: float = 1.0, seed: int = 0) -> np.ndarray:
    """Items by category, style and price: ITEM, ``(categories x 3 x items_per_style,)``.

    ``carried``: share of the items of each style that the stores carry, at least one; which they
    are goes by the items' names.

    Prices are quantiles of a lognormal whose mean is the category's price; quality follows price
    half, the rest is spread evenly. Some items fall short of what is promised, in each world
    others, by luck keyed by their names; by as much as they do on average everything is promised to
    be better than it is, so that what things are like does not depend on how many fall short.
    """
    usual = market.reviews.flawed_share * market.reviews.flaw
    n, spread = market.items_per_style, market.price_spread
    z = np.array([normal_quantile((k + 0.5) / n) for k in range(n)])
    factor = np.array([math.exp(spread * float(x)) for x in z])
    factor /= factor.mean()
    items = np.zeros(len(market.categories) * STYLES * n, ITEM)
    for k, category in enumerate(market.categories):
        for style in range(STYLES):
            rows = slice((k * STYLES + style) * n, (k * STYLES + style + 1) * n)
            order = np.roll(z, style + k)
            items["category"][rows] = k
            items["key"][rows] = (luck_code(category.name) * STYLES + style) * n + np.arange(n)
            items["style"][rows] = style
            price = np.rint(category.price_dkk * factor) * 100
            items["price_oere"][rows] = price
            items["cost_oere"][rows] = np.rint(price * (1 - category.margin))
            items["quality"][rows] = market.quality_sd * order + usual
            wrong = [faults(market, int(key), 0, seed) for key in items["key"][rows]]
            for name, values in zip(FIELDS_OF_FAULTS, zip(*wrong, strict=True), strict=True):
                items[name][rows] = values
            luck = [uniform(0, int(key), CARRIED, 0, 0) for key in items["key"][rows]]
            most = max(round(carried * n), 1)
            items["in_store"][rows] = np.argsort(np.argsort(luck)) < most
    return items
