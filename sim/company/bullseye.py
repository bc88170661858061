"""The Customer Bullseye: from levels in six disciplines to what the company can do.

The ladder (configs/company) turns levels into capabilities; policies may switch actions off. The
result is the company's record, which company rules read as ``firm``. Customers' rules never see
it: they see ``terms``, the offer as written in the shop.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.company.credits import no_credits
from sim.company.steering import yardsticks
from sim.core.records import (
    AT_PLACE,
    CATEGORIES,
    CELLS,
    CHANNELS,
    ITEMS,
    KEYS,
    PAID,
    STYLES,
    TERMS,
    TESTED,
    TIERS,
    TILES,
    TRIED,
)
from sim.settings.base import luck_code, record
from sim.settings.channels import Display, Medium, Social, lines
from sim.settings.company import Company
from sim.settings.flows import flow_table
from sim.settings.ladder import capabilities
from sim.settings.market import Market
from sim.settings.strategy import Apart, Maturity, Policies

SWITCHED_OFF = {
    "app": ("offer_app", "beacons", "greets_in_app", "self_scan"),
    "self_scan": ("self_scan",),
    "flows": ("flows",),
    "personalisation": ("own_channel", "personal_mail", "staff_lookup"),
    "handover": ("hand_over", "order_to_home", "reserve", "stock_online"),
    "suppression": ("suppress_bought",),
}


TOGETHER = Apart()  # no group stands at other levels than the rest


def abilities(
    company: Company, policies: Policies, maturity: Maturity, apart: Apart = TOGETHER
) -> dict[str, float]:
    """Capabilities by name: the ladder's at these levels, those of groups that stand apart at
    theirs; none where a policy switches the action off."""
    able = capabilities(company.ladder, maturity.model_dump())
    names = (*company.capabilities_in(apart.groups), *apart.capabilities)
    if names:
        elsewhere = capabilities(company.ladder, apart.maturity.model_dump())
        able |= {name: elsewhere[name] for name in names}
    for switch, names in SWITCHED_OFF.items():
        if not getattr(policies, switch):
            able |= dict.fromkeys(names, 0.0)
    return able


def firm_record(
    company: Company,
    policies: Policies,
    maturity: Maturity,
    media: tuple[Medium, ...],
    apart: Apart = TOGETHER,
) -> np.ndarray:
    """The company's record for one strategy, shape ``(1,)``: capabilities, systems, flows,
    today's plan.

    ``media``: the channels on which it may advertise, in their places.

    The plan's fields (front, campaign, advertising, what follows what) start empty; the company
    fills them as it learns.
    """
    able = abilities(company, policies, maturity, apart)
    return record(
        company.systems,
        company.analysing,
        company.departments,
        **able,
        **flow_table(company.flows),
        **tier_table(company, policies),
        purchase_pixel=int(policies.purchase_pixel),
        coupon_share=policies.coupon_share,
        next_category=np.full(CATEGORIES, -1),
        next_more=np.zeros(CATEGORIES),
        pick_after=np.full(ITEMS * CELLS, -1),
        items_each=1,
        popularity=np.zeros(CELLS),
        popular_item=np.full(CELLS, -1),
        dearest_item=np.full(CELLS, -1),
        sold_out=np.zeros(ITEMS, np.int64),
        item_cell=np.full(ITEMS, -1),
        front_cell=np.zeros(TILES, np.int64),
        campaign_cell=0,
        promotes=0,
        newsletters=0,
        issue=0,
        ad_rate=np.zeros(PAID),
        **platforms(media),
        arms=0,
        appeal=np.zeros(TRIED),
        variant=np.zeros(TRIED),
        test_on=np.zeros(TRIED, np.int64),
        test_number=np.zeros(TRIED, np.int64),
        exclude_customers_days=policies.exclude_customers_days,
        holdout=share_held_out(company, policies, able),
        minute_dkk=company.economics.desk_minute_dkk,
        **no_credits(),
    )


def platforms(media: tuple[Medium, ...]) -> dict[str, np.ndarray]:
    """What the company buys at each media channel, by place: cap, targeting, the channel's key;
    and the keys of all that may be tested."""
    cap, accuracy = np.zeros(CHANNELS, np.int64), np.zeros(CHANNELS)
    key = np.zeros(CHANNELS, np.int64)
    for place, medium in enumerate(media):
        key[place] = luck_code(medium.name)
        if isinstance(medium.entry, Social | Display):
            cap[place] = medium.entry.ads_week_cap
            accuracy[place] = medium.entry.platform_accuracy
    things = np.arange(TESTED) + KEYS * AT_PLACE  # beside the lines: messages
    for line in lines(media):
        kind = line.number - AT_PLACE * line.place
        things[line.number] = key[line.place] * AT_PLACE + kind
    return {
        "ads_week_cap": cap,
        "platform_accuracy": accuracy,
        "channel_key": key,
        "thing_key": things,
    }


def set_capabilities(
    firm, company: Company, policies: Policies, maturity: Maturity, apart: Apart = TOGETHER
) -> None:
    """Move ``firm`` to other levels on the way of a schedule; its plan stays."""
    able = abilities(company, policies, maturity, apart)
    for name, value in able.items():
        firm[name] = value
    firm["holdout"] = share_held_out(company, policies, able)


def share_held_out(company: Company, policies: Policies, able: dict[str, float]) -> float:
    """Share of records that are held out of each thing that is tested."""
    return company.systems.holdout_share * yardsticks(policies.steers_by, able).holdout


def terms_record(company: Company, policies: Policies) -> np.ndarray:
    """The offer as every customer can read it, shape ``(1,)``."""
    terms = np.zeros(1, TERMS)
    terms["stores"] = policies.stores
    terms["return_by_mail"] = policies.return_by_mail
    terms["return_in_store"] = policies.return_in_store
    terms["pickup_in_store"] = policies.pickup_in_store
    terms["mail_return_fee_dkk"] = policies.mail_return_fee_dkk
    terms["store_return_fee_dkk"] = policies.store_return_fee_dkk
    terms["club_bonus_share"] = policies.club_bonus_share
    for name, value in tier_table(company, policies).items():
        terms[name] = value
    terms["digital_receipt"] = policies.digital_receipt
    terms["store_carries"] = company.systems.store_carries
    terms["delivery_fee_dkk"] = policies.delivery_fee_dkk
    terms["free_delivery_from_dkk"] = policies.free_delivery_from_dkk
    hours = company.operations
    terms["stores_open_minute"] = hours.desk_opening_minute
    terms["stores_close_minute"] = hours.desk_closing_minute
    terms["lines_open_minute"] = hours.centre_opening_minute
    terms["lines_close_minute"] = hours.centre_closing_minute
    terms["evening_until_minute"] = policies.evening_until_minute
    terms["return_window_days"] = company.economics.return_window_days
    return terms


def tier_table(company: Company, policies: Policies) -> dict[str, Any]:
    """The club's tiers as the rules read them: their number, and arrays of TIERS places."""
    tiers = list(company.tiers.values()) if policies.club_tiers else []
    table = {"tier_from_dkk": np.zeros(TIERS), "tier_bonus": np.zeros(TIERS)}
    free = np.zeros(TIERS, np.int64)
    for k, tier in enumerate(tiers):
        table["tier_from_dkk"][k], table["tier_bonus"][k] = tier.from_dkk, tier.bonus_share
        free[k] = tier.free_delivery
    return table | {"tier_free": free, "n_tiers": len(tiers)}


def cells_on_offer(market: Market) -> list[int]:
    """Cells that have items, in order."""
    return [c * STYLES + s for c in range(len(market.categories)) for s in range(STYLES)]
