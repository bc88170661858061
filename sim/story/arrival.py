"""A protagonist joins a world: who he is, and what of his past the company has on file."""

from __future__ import annotations

import numpy as np

from sim.company.automation import note_birthday, note_purchase, pass_over
from sim.company.contacts import note_sign_of_life, permit
from sim.company.knowledge import LINKS_CLUB, RECORDS_SALE, able, link, linked, record_purchase
from sim.core.bundles import File, World
from sim.core.draws import exponential
from sim.core.records import (
    BY_CLUB,
    BY_MAIL,
    CATEGORIES,
    CUSTOMER,
    NEVER,
    OWN_ADDRESS,
    PROFILE,
    SHOWN,
    STYLES,
)
from sim.encounter.membership import known_at_till
from sim.journey.feeling import form_habit
from sim.settings.base import luck_code
from sim.settings.market import market_record
from sim.settings.protagonist import Protagonist, Purchase
from sim.world.customers import FIRST_BROWSE, FIRST_NEED, FIRST_SCROLL, RAREST, SMALLEST
from sim.world.model import OmnichannelModel
from sim.world.towns import settle_people

# Names purchases from before in keys of draws: above any number that an order has
BEFORE, MOST_ITEMS = 1 << 28, 64
KNOWN_DAYS = 3650  # for which a protagonist knows us, whatever happens


def settle(model: OmnichannelModel, someone: Protagonist) -> int:
    """Put ``someone`` into ``model`` as one more customer, from today on. Returns his id.

    He gets the id after the last, so nobody else's draws change.
    """
    number = model.population.join(model.day, someone.shopper)
    numbers = np.array([number])
    him, profile = np.zeros(1, CUSTOMER), np.zeros(1, PROFILE)
    model.make_people(him, profile, numbers)
    describe(him, someone, model)
    remember_past(him, profile, someone, model)
    model.seat(numbers, him, profile)
    model.fingerprint = np.append(model.fingerprint, np.uint64(0))
    return number


def describe(him: np.ndarray, someone: Protagonist, model: OmnichannelModel) -> None:
    """Overwrite a CUSTOMER row, shape (1,), with what the protagonist's file says."""
    market, day, seed = model.settings.market, model.day, model.world_seed
    him["present"], him["knows_until"] = 1, model.day + KNOWN_DAYS
    for name in (
        "shopper",
        "preference",
        "satisfaction",
        "trust",
        "distance_km",
        "cookies",
        "permission",
        "account",
        "club",
        "web_affinity",
        "store_affinity",
        "attention",
    ):
        him[name] = getattr(someone, name)
    settle_people(him, model.towns, seed)
    him["device"] = someone.device == "phone"
    taste = tastes(someone, model)
    him["taste"] = taste
    share = taste.reshape(CATEGORIES, STYLES).sum(axis=1)
    him["need_gap"] = 365 / someone.needs_per_year / np.maximum(share, SMALLEST)

    who = int(him["id"][0])
    for k, category in enumerate(market.categories):
        first = exponential(seed, who, FIRST_NEED, k, 0)
        him["need_at"][0, k] = model.season[k, day] + first * him["need_gap"][0, k]
        if category.name in someone.expertise:
            him["expertise"][0, k] = someone.expertise[category.name]
    him["next_need_day"] = day

    def first(trait: int, about: int, gap: float) -> int:
        return min(day + int(exponential(seed, who, trait, about, 0) * gap), NEVER)

    for place, medium in enumerate(market.channels.media()):
        if medium.social:
            gap = 1 / max(someone.looks_at.get(medium.name, 0.0) / 7, RAREST)
            him["social_affinity"][0, place] = someone.social_affinity
            him["session_gap"][0, place] = gap
            him["session_day"][0, place] = first(FIRST_SCROLL, luck_code(medium.name), gap)
        elif not medium.searched:
            him["session_day"][0, place] = NEVER
    him["scroll_day"] = him["session_day"].min()
    him["browse_gap"] = 1 / max(someone.looks_round / 30.4, RAREST)
    him["browse_day"] = first(FIRST_BROWSE, 0, float(him["browse_gap"][0]))


def tastes(someone: Protagonist, model: OmnichannelModel) -> np.ndarray:
    """His shares of interest per cell, shape (cells,)."""
    taste = np.zeros(CATEGORIES * STYLES)
    for category, weights in someone.tastes.items():
        for style, weight in weights.items():
            taste[cell_of(model, category, style)] = weight
    return taste / taste.sum()


def cell_of(model: OmnichannelModel, category: str, style: str) -> int:
    """The cell of a category and style by name."""
    names = [c.name for c in model.settings.market.categories]
    k = names.index(category)
    return k * STYLES + model.settings.market.categories[k].styles.index(style)


def remember_past(
    him: np.ndarray, profile: np.ndarray, someone: Protagonist, model: OmnichannelModel
) -> None:
    """What he bought before: in his own record, and as far as the company recorded it, in its.

    The company's own rules decide, with its present capabilities. A purchase from before the first
    simulated day is filed under that day.
    """
    firm, seed, known = model.company.record[0], model.world_seed, profile[0]
    mk = market_record(model.settings.market)[0]
    if someone.permission:
        permit(known, OWN_ADDRESS)
        note_sign_of_life(known, OWN_ADDRESS, model.day)
    if someone.club and able(seed, known, LINKS_CLUB, firm["link_club"]):
        link(known, BY_CLUB)
    usable = able(seed, known, RECORDS_SALE, firm["record_purchase"])
    file, shown = File(known, known), np.zeros(1, SHOWN)[0]
    nothing = model.catalogue, model.board.record[0], model.season
    world = World(mk, model.terms[0], *nothing, model.today[0], shown, None, None)
    for bought in sorted(someone.history, key=lambda b: -b.days_ago):
        cell = cell_of(model, bought.category, bought.style)
        item, when = closest_item(model, cell, bought), model.day - bought.days_ago
        price = bought.amount_dkk / bought.items
        for k in range(bought.items):
            form_habit(him[0], mk, True)
            number = BEFORE + bought.days_ago * MOST_ITEMS + k
            if not usable:
                continue
            if bought.place == "store" and not known_at_till(
                him[0], file, number, price, world, firm
            ):
                continue
            silo = BY_MAIL if bought.place == "web" else BY_CLUB
            record_purchase(firm, known, silo, cell, item, max(when, 0))
            known["has_phone"] |= 1 << silo
            if silo == BY_MAIL or linked(known, BY_CLUB):
                note_purchase(firm, known, OWN_ADDRESS, cell, when)
        him["orders_ever"] += bought.items
        him["spent_dkk"] += bought.amount_dkk
        for field_ in ("last_bought", "last_from_us"):
            him[field_][0, cell // STYLES] = max(when, -1)
    pass_over(firm, known, OWN_ADDRESS, model.day)
    if someone.club:
        note_birthday(firm, known, int(him["birthday"][0]), model.day)


def closest_item(model: OmnichannelModel, cell: int, bought: Purchase) -> int:
    """The catalogue's item of a cell whose price comes nearest to what was paid an item."""
    per = model.settings.market.items_per_style
    prices = model.catalogue["price_oere"][cell * per : (cell + 1) * per] / 100
    return cell * per + int(np.argmin(np.abs(prices - bought.amount_dkk / bought.items)))
