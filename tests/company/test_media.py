"""Claims about who is shown which ad."""

from __future__ import annotations

import pytest
from people import KEYS_OF, SEED, file, firm, profile, share, shown

from sim.company import media
from sim.company.holdouts import HANDS, HELD_OUT
from sim.company.knowledge import record_interest, record_purchase
from sim.company.media import (
    BRAND,
    GENERIC,
    NO_AD,
    OWN_NAME,
    PROSPECTING,
    RETARGETING,
    choose_ad,
    cookie_known,
    count_ad,
    device_of_buyer,
    is_excluded,
    is_left_out,
    leaflet_comes,
    likely_cell,
    retarget_item,
    search_ad_on_show,
    under_cap,
)
from sim.core.draws import uniform
from sim.core.records import BY_CLUB, BY_MAIL, BY_PHONE, KEYS
from sim.journey.needs import MORE

PLAIN = {
    "holdout": 0.0,
    "suppress_bought": 0.0,
    "pauses": 0.0,
    "purchase_pixel": 0,
    "share_data": 1.0,
    "share_delay_days": 0.0,
    "retarget_days": 20,
    "suppress_days": 30,
    "retargeting": 1.0,
    "prospecting": 1.0,
    "brand": 0.0,
    "ads_week_cap": 3,
}


def company(**changes):
    return firm(**(PLAIN | changes))


def looked(day=90, cell=4, item=17, bought=None, **about):
    """A profile whose phone looked at something; ``bought``: (silo, cell, day)."""
    one = profile(**({"device_seen": 2, "linked": 2} | about))
    if bought:
        record_purchase(company(), one, bought[0], bought[1], 0, bought[2])
    record_interest(company(), one, BY_PHONE, cell, item, 1, day)
    return one


def follows(one, day=100, **changes):
    return retarget_item(company(**changes), file(one), BY_PHONE, day, SEED)


def test_a_cookie_makes_a_device_known():
    assert [cookie_known(profile(device_seen=2), device) for device in (0, 1)] == [False, True]
    assert not cookie_known(profile(), 0)


def test_a_share_of_known_devices_sees_no_ads_at_all():
    for device in (0, 1):
        u = uniform(SEED, 3, HELD_OUT, 77 * HANDS + device, 2)
        known = profile(device_seen=3)
        told = {"arms": 2, "thing_key": [0] * 5 + [77]}
        assert is_left_out(firm(holdout=u + 1e-9, **told), known, 5, device, SEED)
        assert not is_left_out(firm(holdout=u - 1e-9, **told), known, 5, device, SEED)
    assert chosen(looked(), holdout=1.0)[0] == NO_AD
    assert chosen(profile(), holdout=1.0)[0] == PROSPECTING, "nobody unknown can be left out"


def test_a_sale_is_tied_to_the_known_device_in_hand_or_by_the_club_card_to_a_linked_one():
    seen = profile(device_seen=2)
    assert [device_of_buyer(seen, place) for place in (0, 1, 2)] == [-1, 1, -1]
    card = 1 << BY_CLUB
    assert device_of_buyer(profile(device_seen=2, linked=2 | card), 2) == 1
    assert device_of_buyer(profile(device_seen=3, linked=3 | card), 2) == 0
    assert device_of_buyer(profile(device_seen=2, linked=3 | card), 2) == 1
    assert device_of_buyer(profile(device_seen=3, linked=2 | card), 2) == 1
    assert device_of_buyer(profile(device_seen=3, linked=card), 2) == -1
    assert device_of_buyer(profile(device_seen=3, linked=3), 2) == -1


# ---- what the platform guesses -----------------------------------------------------------------


def guessed(u, one=None, **changes):
    told = {"platform_accuracy": 0.6, "popularity": SELLS}
    return likely_cell(company(**(told | changes)), file(one or profile()), 0, BY_PHONE, u)


SELLS = [0.0, 0.5, 0.0, 0.3, 0.2] + [0.0] * 13


def test_the_platform_goes_by_what_its_pixel_saw():
    assert guessed(0.59, looked(cell=9)) == 9 == guessed(0.0, looked(cell=9))
    assert guessed(0.59, looked(cell=0)) == 0, "cell 0 is a cell"
    assert guessed(0.61, looked(cell=9)) == 1, "not always"
    assert guessed(0.0, looked(cell=9, device_seen=1)) == 1, "not without a cookie"


def test_of_whom_the_pixel_saw_nothing_the_platform_guesses_by_what_sells():
    for low, width in ((0.0, 0.6), (0.6, 0.4)):
        found = [guessed(low + width * part) for part in (0.01, 0.49, 0.51, 0.79, 0.81, 0.999)]
        assert found == [1, 1, 3, 3, 4, 4]


def test_the_platform_guesses_nothing_that_does_not_sell():
    rounded = [0.99 * part for part in SELLS]
    assert guessed(0.9999, popularity=rounded) == 4, "the last that sells"
    assert guessed(0.5, popularity=[0.0] * 18) == 0


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


def chosen(one, day=100, **changes):
    message = shown(discount=0.3)
    told = {"popularity": [0.0] * 9 + [1.0] + [0.0] * 8}
    ad = choose_ad(message, company(**(told | changes)), file(one), 0, BY_PHONE, 0.3, day, SEED)
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
    u = uniform(SEED, 3, media.AUCTION, KEYS_OF["instagram"], 100)
    for one, rate, kind in (
        (looked(), "retargeting", RETARGETING),
        (profile(), "prospecting", PROSPECTING),
    ):
        assert chosen(one, **{rate: u + 1e-9})[0] == kind
        assert chosen(one, **{rate: u - 1e-9})[0] == NO_AD
    followed, rules = looked(), company(retargeting=0.4, retarget_days=9999)
    message, files = shown(), file(followed)
    found = share(
        lambda day: (
            choose_ad(message, rules, files, 0, BY_PHONE, 0.3, 90 + day, SEED) == RETARGETING
        ),
        800,
    )
    assert found == pytest.approx(0.4, abs=0.06)


def test_where_nothing_sells_there_is_nothing_to_show_and_item_0_is_something():
    assert chosen(profile(), popular_item=-1)[0] == NO_AD
    first = [1.0] + [0.0] * 17
    assert chosen(profile(), popularity=first)[0] == PROSPECTING


def test_a_device_sees_no_more_of_what_follows_it_than_the_weeks_cap():
    one = looked()
    for _ in range(3):
        assert under_cap(company(), one, 0, BY_PHONE, 100)
        count_ad(one, 0, BY_PHONE, 100)
    assert not under_cap(company(), one, 0, BY_PHONE, 100)
    assert chosen(one)[0] == NO_AD, "nor of anything else"
    assert under_cap(company(), one, 0, BY_PHONE, 105), "another week"


def test_every_channel_caps_its_own_ads():
    one = looked()
    for _ in range(3):
        count_ad(one, 0, BY_PHONE, 100)
    assert not under_cap(company(), one, 0, BY_PHONE, 100)
    assert under_cap(company(), one, 1, BY_PHONE, 100)


def test_every_channel_counts_its_own_ads_and_a_count_stops_at_its_end():
    one = profile(device_seen=3)
    for _ in range(300):
        count_ad(one, 2, BY_PHONE, 100)
    count_ad(one, 1, 0, 100)
    assert list(one.ads_this_week)[:6] == [0, 0, 1, 0, 0, 255]
    assert not under_cap(company(), one, 2, BY_PHONE, 100)
    assert all(under_cap(company(), one, place, BY_PHONE, 100) for place in (0, 1))


def test_a_new_week_counts_from_nothing_and_every_known_device_for_itself():
    one = profile(device_seen=2)
    count_ad(one, 0, BY_PHONE, 99)
    count_ad(one, 0, BY_PHONE, 104)
    assert (one.capped_week[1], one.ads_this_week[1]) == (14, 2)
    count_ad(one, 0, BY_PHONE, 105)
    assert (one.capped_week[1], one.ads_this_week[1]) == (15, 1)
    count_ad(one, 0, 0, 105)
    assert one.ads_this_week[0] == 0, "an unknown device cannot be counted"


def test_our_search_ad_stands_above_the_free_results_as_often_as_it_is_paid_for():
    for about, day in ((0, 100), (5, 100), (5, 101), (5 + MORE, 100)):
        u = uniform(SEED, 3, media.SEARCH_SLOT, about, day * KEYS + KEYS_OF["search"])
        for paid, on_show in ((u + 1e-9, True), (u - 1e-9, False)):
            books = firm(search_presence=paid)
            assert (
                search_ad_on_show(books, file(profile()), 1, GENERIC, 0, about, day, SEED)
                == on_show
            )


def test_each_thing_that_is_searched_for_has_a_slot_of_its_own():
    for about in (0, 12):
        on_show = [
            [
                search_ad_on_show(
                    firm(search_presence=0.5), file(profile()), 1, GENERIC, 0, thing, day, SEED
                )
                for day in range(40)
            ]
            for thing in (about, about + MORE)
        ]
        assert on_show[0] != on_show[1]


# ---- brand, leaflets, and whom we already have -------------------------------------------------


def test_advertising_for_the_brand_wins_the_slots_next_to_those_for_goods_and_shows_none():
    for one, goods in ((profile(), "prospecting"), (looked(), "retargeting")):
        u = uniform(SEED, one.number, media.AUCTION, KEYS_OF["instagram"], 100)
        told = {goods: u - 1e-9, "brand": 2e-9}
        kind, seen = chosen(one, **told)
        assert kind == BRAND and seen.items[0] == -1 and seen.kind == BRAND
        assert chosen(one, **(told | {goods: u + 1e-9}))[0] != BRAND, "goods come first"
        assert chosen(one, **(told | {"brand": 0.0}))[0] == NO_AD


def test_a_device_that_can_be_followed_is_shown_no_other_goods():
    one = looked()
    assert chosen(one, retargeting=0.0)[0] == NO_AD
    assert chosen(profile(), retargeting=0.0)[0] == PROSPECTING


def excluded(one, device=0, **told):
    plain = {"exclude_customers_days": 30, "list_match": 1.0}
    return is_excluded(company(**(plain | told)), file(one), device, 100, SEED)


def test_whom_we_are_known_to_have_is_left_out_as_far_as_lists_match():
    here, at_home, by_mail = profile(), profile(), profile(permission=1)
    record_purchase(company(), here, 0, 4, 0, 80)
    record_purchase(company(), at_home, BY_MAIL, 4, 0, 80)
    record_purchase(company(), by_mail, BY_MAIL, 4, 0, 80)
    assert excluded(here) and not excluded(here, device=1), "by this device"
    assert not excluded(at_home), "whose device it is nobody knows"
    at_home.linked = 1
    assert excluded(at_home)
    assert excluded(by_mail) and not excluded(by_mail, list_match=0.0), "by the list"
    assert not excluded(here, exclude_customers_days=10), "long ago"
    assert not excluded(here, exclude_customers_days=0), "nobody is left out"


def test_who_is_left_out_is_shown_who_we_are_and_what_he_looked_at_but_no_ad_to_new_people():
    told = {"exclude_customers_days": 30, "list_match": 1.0}
    one = profile(device_seen=2)
    record_purchase(company(), one, BY_PHONE, 4, 0, 80)
    assert chosen(one)[0] == PROSPECTING and chosen(one, **told)[0] == NO_AD
    assert chosen(one, prospecting=0.0, brand=1.0, **told)[0] == BRAND
    bought = {"search_presence": 1.0, "name_presence": 1.0}
    for kind, on_show in ((GENERIC, True), (OWN_NAME, False)):
        books = company(**bought, **told)
        assert search_ad_on_show(books, file(one), 1, kind, BY_PHONE, 0, 100, SEED) == on_show


def test_a_leaflet_shows_the_campaign_to_as_many_as_it_is_paid_for():
    u = uniform(SEED, 3, media.AUCTION, 0, 100)
    for bought, comes in ((u + 1e-9, True), (u - 1e-9, False)):
        books, seen = company(leaflets=bought, campaign_cell=4, channel_key=[0] * 6), shown()
        books.popular_item[4] = 17
        assert leaflet_comes(seen, books, profile(), 3, 100, SEED) == comes
        assert seen.items[0] == 17
    everybody = company(leaflets=1.0, campaign_cell=4, holdout=1.0)
    assert not leaflet_comes(shown(), everybody, profile(), 3, 100, SEED), "held out"
