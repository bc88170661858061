"""Claims about a week's price cut in the shop, in the store, in messages and at the company."""

from __future__ import annotations

import pytest
from people import (
    belief,
    choice,
    events,
    file,
    firm,
    market,
    office,
    person,
    profile,
    shown,
    terms,
    today,
    value,
    world,
    written,
)
from worlds import LIVELY, like, lively_strategy
from worlds import world as settings_of

from sim.company.contacts import compose_newsletter
from sim.core import events as ev
from sim.core.records import LATENT, SETTLING
from sim.encounter.checkout import fill_basket
from sim.encounter.impressions import label_tiles, see_cuts, wake_by_tiles
from sim.encounter.occasions import lead_by_message
from sim.encounter.reading import returns_for_price
from sim.encounter.shopping import look_at_items, look_at_what_is_there
from sim.encounter.till import buy_in_store, shelf_oere
from sim.journey.buying import buys_in_store, fills_basket
from sim.journey.prices import knows_cut
from sim.world.model import OmnichannelModel

near = pytest.approx
CUT = {"cut": (0.0, 0.2), "cut_until": 105}
WISH = {"category": 1, "style": 1, "progress": 1.0}


def around(cut=True, **given):
    return world(today=today(**(CUT if cut else {})), **given)


def test_at_the_shelf_and_in_the_basket_it_costs_so_much_less():
    full, less = shelf_oere(17, around(cut=False)), shelf_oere(17, around())
    assert less == int(full * 0.8 + 0.5) and shelf_oere(0, around()) == shelf_oere(0, around(False))
    for coupon, off in ((0.0, 0.2), (0.1, 0.2), (0.3, 0.3)):
        where = around(
            market=market(outside_web=-90.0), choice=choice(best_item=17, best_value=9.0)
        )
        me = person((WISH | {"state": 2, "number": 11, "basket_item": -1},))
        lead = lead_by_message(ev.EMAIL, 17, coupon, 640, 0)
        fill_basket(me, me.needs[0], lead, where)
        assert me.needs[0].cart_oere == int(full * (1 - off) + 0.5)


def test_the_till_takes_the_price_of_the_day():
    where = around(market=market(), choice=choice(best_item=17, receipt=-1))
    me = person((WISH | {"state": 2, "number": 11},))
    assert buy_in_store(me, file(profile()), 0, 0, -1, where, office(firm()))
    (sale,) = events(where.tape, ev.STORE_SALE)
    assert value(sale, "amount_oere") == shelf_oere(17, around())


def test_it_counts_as_much_as_a_coupon_when_things_are_weighed():
    def worth(cut, discount):
        where = around(cut)
        me = person((WISH | {"state": 2, "number": 11},))
        look_at_items(me, me.needs[0], False, discount, where)
        return where.choice.best_value

    assert worth(True, 0.0) == near(worth(False, 0.2))
    assert worth(True, 0.0) > worth(False, 0.0)
    assert worth(True, 0.1) == near(worth(False, 0.2)), "they do not add up"


def test_who_looks_at_things_of_the_kind_or_has_them_on_show_knows_of_it():
    me, where = person((WISH | {"state": 2, "number": 11},)), around()
    look_at_items(me, me.needs[0], True, 0.0, where)
    assert knows_cut(me, 1, where.today)
    for items, knows in (((17,), True), ((0,), False), ((0, 17), True), ((-1, 0), False)):
        me, where = person(), around(shown=shown(items))
        label_tiles(where)
        see_cuts(me, where)
        assert knows_cut(me, 1, where.today) == knows


def test_who_first_sees_it_buys_early_what_he_would_soon_need_and_does_so_once():
    clocks = {"need_at": [1e9, 102.5, 1e9, 1e9, 1e9, 1e9], "need_gap": 1e-6}
    for cut, items, early in ((True, (17,), 1), (True, (0,), 0), (False, (17,), 0)):
        me = person(**clocks)
        where = around(cut, market=market(latent_share_buyer=0.0), shown=shown(items))
        label_tiles(where)
        see_cuts(me, where)
        see_cuts(me, where)
        found = events(where.tape, ev.NEED_ACTIVE)
        assert [value(row, "value") for row in found] == [ev.EARLY] * early


def test_a_look_for_a_thing_teaches_how_often_it_is_cheaper_and_a_second_glance_does_not():
    me, where = person((WISH | {"state": 2, "number": 11},)), around()
    look_at_items(me, me.needs[0], False, 0.0, where)
    once = me.cuts_often
    assert once == near(where.market.cut_learning) and me.cuts_deep == near(0.2)
    look_at_what_is_there(me, me.needs[0], 0.0, where)
    assert me.cuts_often == once


@pytest.mark.parametrize("in_store", [False, True])
def test_who_expects_a_cut_buys_less_readily_at_the_full_price(in_store):
    """At the full price only, and only because he expects one: the luck is the same."""

    def bought(often, cut):
        me = person(
            (WISH | {"state": 2, "number": 11, "basket_item": -1},), cuts_often=often, cuts_deep=0.2
        )
        spent = choice(best_item=17, best_value=0.6, receipt=-1)
        n = 0
        for k in range(300):
            me.needs[0].number = 11 + k
            where = around(cut, market=market(outside_web=0.0, outside_store=0.0), choice=spent)
            price = shelf_oere(17, where) * 0.01
            given = (me, where.market, where.terms, me.needs[0])
            if in_store:
                n += buys_in_store(*given, price, 640, where.today, spent)
            else:
                n += fills_basket(*given, 0.0, price, 640, where.today, spent)
        return n

    assert bought(0.9, False) < bought(0.0, False) - 10
    assert bought(0.9, True) == bought(0.0, True)


def test_a_cut_wakes_wishes_beside_those_that_wake_anyway():
    asked = range(400)

    def woken(cut, wakes):
        n = 0
        for k in asked:
            me = person(({"state": LATENT, "number": 11 + k, "dies": 10_000} | WISH,))
            where = around(cut, market=market(cut_wakes=wakes), shown=shown((17,)))
            label_tiles(where)
            wake_by_tiles(me, 0.2, 640, 0, ev.EMAIL, where)
            n += ev.NEED_WOKEN in written(where.tape)
        return n / len(asked)

    plain = woken(False, 1.0)
    assert plain == near(0.2, abs=0.05) and woken(True, 0.0) == plain
    assert woken(True, 1.0) == near(plain + 0.8 * 0.2, abs=0.05)


def test_cheaper_for_everybody_a_week_later_it_goes_back_as_it_would_for_a_coupon():
    goods = {"state": SETTLING, "number": 44, "need": 11, "category": 1, "style": 1, "item": 16}
    goods |= {"paid_oere": 50_000, "price_oere": 50_000, "received": 90, "due": 130, "place": 1}
    for cut, back in ((True, True), (False, False)):
        me = person((), (goods,), distance_km=500.0, time_value=0.0, hassle=0.0)
        offer = terms(return_window_days=30, mail_return_fee_dkk=0.0)
        where = around(cut, terms=offer, market=market(survives_return=1.0), shown=shown((17,)))
        assert returns_for_price(me, ev.EMAIL, where) == back


def test_what_is_cheaper_is_in_every_newsletter_personal_or_not():
    best = list(range(0, 96, 4))
    for promotes, last in ((1, 28), (0, 4)):
        rules = firm(
            personal_mail=1.0,
            by_style=1.0,
            by_category=1.0,
            personal_mail_tiles=2,
            promotes=promotes,
            campaign_cell=7,
            front_cell=[0, 1, 2, 3, 4, 5],
            popular_item=best,
            suppress_bought=0.0,
            popularity=[1 / 24] * 24,
        )
        one, message = profile(permission=1), shown()
        one.silos[2].live.counts[3] = 9
        compose_newsletter(message, rules, file(one), 0, 100, 1, belief())
        assert list(message.items)[2] == last


def test_the_company_marks_down_the_campaigns_category_in_so_many_weeks_of_a_year():
    for weeks in (0, 6, 52):
        settings = settings_of(*LIVELY, "scale.customers=50")
        policies = {"promotion_weeks_year": weeks, "promotion_share": 0.3}
        model = OmnichannelModel(settings, like(lively_strategy(), **policies))
        marked = []
        for week in range(52):
            model.company.record["campaign_cell"] = 4
            model.company.mark_down(week)
            off = model.today["cut"][0]
            assert model.today["cut_until"][0] == 7 * (week + 1)
            assert set(off) <= {0.0, 0.3} and (off[1] == 0.3) == off.any()
            assert model.company.record["promotes"][0] == off.any()
            marked.append(off.any())
        assert sum(marked) == weeks
