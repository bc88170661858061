"""Claims about who is shown which ad."""

from __future__ import annotations

import pytest
from people import SEED, file, firm, profile, share, shown

from sim.company import media
from sim.company.knowledge import record_interest, record_purchase
from sim.company.media import (
    NO_AD,
    PROSPECTING,
    RETARGETING,
    choose_ad,
    count_ad,
    held_out,
    retarget_item,
    search_ad_on_show,
    under_cap,
)
from sim.core.draws import uniform
from sim.core.records import BY_MAIL, BY_PHONE

PLAIN = {
    "holdout": 0.0,
    "suppress_bought": 0.0,
    "purchase_pixel": 0,
    "share_data": 1.0,
    "share_delay_days": 0.0,
    "retarget_days": 20,
    "suppress_days": 30,
    "retargeting": 1.0,
    "prospecting": 1.0,
    "ads_week_cap": 3,
}


def company(**changes):
    return firm(**(PLAIN | changes))


def looked(day=90, cell=4, item=17, bought=None, **about):
    """A profile whose phone looked at something; ``bought``: (silo, cell, day)."""
    one = profile(**({"device_seen": 2, "device_linked": 2} | about))
    if bought:
        record_purchase(company(), one, bought[0], bought[1], 0, bought[2])
    record_interest(company(), one, BY_PHONE, cell, item, 1, day)
    return one


def follows(one, day=100, **changes):
    return retarget_item(company(**changes), file(one), BY_PHONE, day, SEED)


def test_a_share_of_profiles_sees_no_ads_at_all():
    u = uniform(SEED, 3, media.HELD_OUT, 0, 0)
    assert held_out(firm(holdout=u + 1e-9), profile(), SEED)
    assert not held_out(firm(holdout=u - 1e-9), profile(), SEED)
    message = shown()
    ad = choose_ad(message, company(holdout=1.0), file(looked()), BY_PHONE, 4, 1, 100, SEED)
    assert ad == NO_AD


def test_what_a_device_looked_at_follows_it_for_its_days():
    assert follows(looked(day=80)) == 17
    assert follows(looked(day=79)) == -1
    assert follows(looked(cell=0, item=2)) == 2, "cell 0 is a cell"
    assert follows(profile(device_seen=2), day=10) == -1, "it looked at nothing"


def test_a_device_without_a_cookie_is_on_no_list():
    assert follows(looked(device_seen=1)) == -1
    assert follows(looked(device_seen=3)) == 17


def test_suppression_stops_the_ad_where_the_purchase_is_known():
    bought = looked(bought=(BY_MAIL, 5, 95))
    assert follows(bought) == 17, "nobody looks"
    assert follows(bought, suppress_bought=1.0) == -1
    assert follows(looked(bought=(BY_MAIL, 7, 95)), suppress_bought=1.0) == 17
    assert follows(bought, suppress_bought=1.0, share_data=0.0) == 17, "nobody knows"


def test_a_purchase_shortly_before_the_look_counts_and_an_old_one_does_not():
    assert follows(looked(bought=(BY_MAIL, 5, 60)), suppress_bought=1.0) == -1
    assert follows(looked(bought=(BY_MAIL, 5, 59)), suppress_bought=1.0) == 17


def test_the_pixel_alone_stops_an_ad_for_what_this_device_bought():
    bought = looked(bought=(BY_PHONE, 5, 95))
    assert follows(bought, purchase_pixel=1) == -1
    assert follows(bought, suppress_bought=1.0) == 17


def chosen(one, slot=1, day=100, cell=9, **changes):
    message = shown(discount=0.3)
    ad = choose_ad(message, company(**changes), file(one), BY_PHONE, cell, slot, day, SEED)
    return ad, message


def test_retargeting_comes_before_prospecting():
    ad, message = chosen(looked())
    assert ad == RETARGETING and message.items[0] == 17 and message.kind == RETARGETING
    ad, message = chosen(profile())
    assert ad == PROSPECTING and message.items[0] == 9 * 4 and message.kind == PROSPECTING
    assert (message.n, message.discount) == (1, 0)


def test_the_very_first_item_may_follow_too():
    assert chosen(looked(cell=0, item=0))[0] == RETARGETING


def test_our_ad_wins_as_many_slots_as_the_pacing_says():
    u = uniform(SEED, 3, media.AUCTION, 1, 100)
    for one, rate, kind in (
        (looked(), "retargeting", RETARGETING),
        (profile(), "prospecting", PROSPECTING),
    ):
        assert chosen(one, **{rate: u + 1e-9})[0] == kind
        assert chosen(one, **{rate: u - 1e-9})[0] == NO_AD
    followed = looked()
    found = share(lambda slot: chosen(followed, slot, retargeting=0.4)[0] == RETARGETING, 400)
    assert found == pytest.approx(0.4, abs=0.07)


def test_where_nothing_sells_there_is_nothing_to_show_and_item_0_is_something():
    assert chosen(profile(), popular_item=-1)[0] == NO_AD
    assert chosen(profile(), cell=0)[0] == PROSPECTING


def test_a_device_sees_no_more_of_what_follows_it_than_the_weeks_cap():
    one = looked()
    for _ in range(3):
        assert under_cap(company(), one, 100)
        count_ad(one, 100)
    assert not under_cap(company(), one, 100)
    assert chosen(one)[0] == PROSPECTING, "the slot goes to another ad"
    assert under_cap(company(), one, 105), "another week"


def test_a_new_week_counts_from_nothing():
    one = profile()
    count_ad(one, 99)
    count_ad(one, 104)
    assert (one.capped_week, one.ads_this_week) == (14, 2)
    count_ad(one, 105)
    assert (one.capped_week, one.ads_this_week) == (15, 1)


def test_our_search_ad_stands_above_the_free_results_as_often_as_it_is_paid_for():
    u = uniform(SEED, 3, media.SEARCH_SLOT, 5, 100)
    assert search_ad_on_show(firm(search_presence=u + 1e-9), profile(), 5, 100, SEED)
    assert not search_ad_on_show(firm(search_presence=u - 1e-9), profile(), 5, 100, SEED)
