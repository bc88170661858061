"""Claims about ads for the brand, leaflets, and what the same ad again does to who sees it."""

import pytest
from people import (
    SEED,
    events,
    file,
    firm,
    market,
    office,
    person,
    profile,
    today,
    value,
    world,
    written,
)

from sim.core import events as ev
from sim.core.draws import exponential
from sim.core.records import LATENT
from sim.encounter.occasions import BY_AD, moment
from sim.encounter.social import look_at_feed
from sim.journey import memory
from sim.journey.memory import brand, firm_in_mind, pull
from sim.journey.prices import cheaper_elsewhere
from sim.settings.base import luck_code

SEEN = {
    "others_day": 1.0,
    "others_day_usual": 1.0,
    "instagram_ad_seen": 1.0,
    "instagram_ad_click_intercept": -90.0,
    "wake_glance": 0.0,
    "ad_names_us": 0.0,
}
PLACE_OF_LEAFLET = 3
near = pytest.approx


def feed(company, place=0, numbers=None, one=None, wishes=(), **about):
    """What one look at a channel comes to."""
    me = person(wishes, **({"cookies": 1, "device": 1, "looked_day": -1, "knows_until": 0} | about))
    mk = market(**(SEEN | (numbers or {})))
    mk.channels[PLACE_OF_LEAFLET].ad_seen = 1.0
    around = world(market=mk)
    nothing = {
        "prospecting": 0.0,
        "retargeting": 0.0,
        "brand": 0.0,
        "leaflets": 0.0,
        "holdout": 0.0,
    }
    books = office(firm(**(nothing | company)))
    look_at_feed(me, file(one or profile()), -1, place, around, books)
    return me, written(around.tape), around


def test_an_ad_for_the_brand_shows_no_goods_leads_nowhere_and_stays_in_mind():
    numbers = {"brand_kept_days": 60.0, "instagram_ad_click_intercept": 90.0, "ad_names_us": 1.0}
    me, told, around = feed({"brand": 1.0}, numbers=numbers)
    assert told == [ev.AD_SHOWN, ev.AD_NOTICED] and me.brand == 1.0
    (shown,) = events(around.tape, ev.AD_SHOWN)
    assert [value(shown, name) for name in ("item", "order", "category")] == [-1, 2, -1]
    drawn = exponential(
        SEED, me.id, memory.FORGETS_BRAND, 0, moment(100, BY_AD + luck_code("instagram"))
    )
    assert me.knows_until == 101 + int(60 * drawn)
    for unseen, kinds in (({"instagram_ad_seen": 0.0}, told[:1]), ({"ad_names_us": 0.0}, told)):
        other, seen, _ = feed({"brand": 1.0}, numbers=unseen)
        assert seen == kinds and other.brand == 0.0 == other.knows_until


def test_what_the_brand_has_left_fades_by_halves_and_never_counts_for_more_than_all():
    mk = market(brand_half_life_days=100.0, brand_half=4.0)
    me = person(brand=8.0, brand_day=100)
    assert [brand(me, mk, day) for day in (100, 200, 300)] == [8.0, near(4.0), near(2.0)]
    assert firm_in_mind(me, mk, 200) == near(0.5) and firm_in_mind(person(), mk, 200) == 0.0
    assert firm_in_mind(person(brand=1e9, brand_day=200), mk, 200) == near(1.0)


def test_who_has_us_in_mind_thinks_of_us_at_a_later_need_and_minds_less_that_we_are_dearer():
    mk = market(brand_half=4.0, brand_half_life_days=1e9, consider_brand=0.8, brand_price=0.5)
    known, stranger = person(brand=4.0, brand_day=100), person()
    assert pull(known, mk, 0.0, 100) - pull(stranger, mk, 0.0, 100) == near(0.4)
    dearer, cheaper = (today(competitor_price=price) for price in (0.8, 1.2))
    assert cheaper_elsewhere(known, mk, 1, dearer) == near(
        0.75 * cheaper_elsewhere(stranger, mk, 1, dearer)
    )
    assert cheaper_elsewhere(known, mk, 1, cheaper) == cheaper_elsewhere(stranger, mk, 1, cheaper)


def test_a_leaflet_wakes_a_wish_shows_the_cut_and_has_no_link():
    asleep = {"state": LATENT, "category": 1, "style": 1, "number": 11, "next_day": 1 << 30}
    wakes = {"wake_glance": 1.0, "wake_buyer": 1.0, "ad_kept_days": 60.0}
    cell = {"leaflets": 1.0, "campaign_cell": 4}
    me, told, around = feed(cell, PLACE_OF_LEAFLET, wakes, wishes=(asleep,))
    assert told[:2] == [ev.AD_SHOWN, ev.AD_NOTICED] and ev.NEED_WOKEN in told
    assert ev.WEB_VISIT not in told and me.knows_until > 100
    (shown,) = events(around.tape, ev.AD_SHOWN)
    assert value(shown, "channel") == ev.MEDIA[PLACE_OF_LEAFLET]
    assert feed({"campaign_cell": 4}, PLACE_OF_LEAFLET)[1] == []
    one = profile(device_seen=2)
    feed(cell, PLACE_OF_LEAFLET, one=one)
    assert not any(one.ads_this_week), "a household is no device"


def test_the_same_ad_once_too_often_is_told_and_costs_trust():
    told = {"ad_times_borne": 2, "ad_repeat_trust": 0.1}
    me, kinds, around = feed(
        {"prospecting": 1.0, "popularity": [0.0] * 4 + [1.0] + [0.0] * 13},
        numbers=told,
        ad_item=16,
        ad_times=2,
        ad_day=99,
    )
    assert ev.AD_TOO_OFTEN in kinds and me.trust == near(0.45)
    assert value(events(around.tape, ev.AD_TOO_OFTEN)[0], "value") == 3


def test_an_ad_tells_whether_he_was_a_customer_by_then():
    for bought, says in ((-1, 0), (90, 1), (0, 1)):
        last = [-1, bought, -1, -1, -1, -1]
        _, _, around = feed({"brand": 1.0}, last_from_us=[*last, -1, -1])
        assert value(events(around.tape, ev.AD_SHOWN)[0], "minute") == says
