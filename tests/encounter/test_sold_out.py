"""Claims about what is sold out in the web shop: missed, replaced, asked for, heard of again."""

from __future__ import annotations

import pytest
from people import (
    CALM,
    DIRECT,
    EASY,
    HOME,
    OPEN,
    WISH,
    column,
    file,
    firm,
    flow,
    market,
    office,
    own,
    person,
    profile,
    shelves,
    shown,
    terms,
    tips,
    value,
    world,
    written,
)

from sim.core import events as ev
from sim.core.records import (
    ACTIVE,
    ASKED_FOR,
    BY_MAIL,
    BY_OTHER_MAIL,
    FREE,
    IS_NOT,
    IS_THERE,
    NEVER,
)
from sim.encounter.mail import get_mail
from sim.encounter.orders import record_sale
from sim.encounter.shopping import look_at_items
from sim.encounter.stock import ask_to_be_told, would_take_what_is_there
from sim.encounter.web import visit_web
from sim.journey.messages import weariness
from sim.journey.stock import refuses_another, wants_to_be_told

near = pytest.approx
BEST, NEXT = 16, 17  # of cell 4, the kind that he wants
GOODS = {"quality": {BEST: 0.5, NEXT: 0.3}}
EAGER = {"told_dkk": 1e6, "match_sd": 0.0, "sold_out_gap": 0.0}
TELLS = {"flows": 1.0, "hand_over": 0.0}


def visited(sold_out=(BEST,), need=None, known=None, ours=None, goods=None, **numbers):
    """A visit for something whose best item is sold out: he, his order, the tape, the file."""
    goods = GOODS | {"sold_out": dict.fromkeys(sold_out, 1)} | (goods or {})
    numbers = CALM | EASY | {"match_sd": 0.0} | numbers
    around = world(market=market(**numbers), terms=terms(**HOME), catalogue=shelves(**goods))
    me = person((WISH | (need or {}),), cookies=1)
    known = known or profile()
    visit_web(me, file(known), 0, DIRECT, around, office(firm(**(OPEN | TELLS | (ours or {})))))
    return me, around.tape, known


def test_he_takes_the_best_of_what_is_there_unless_that_is_clearly_worse_to_him():
    gap = tips(lambda g: visited(sold_out_gap=g)[0].orders[0].state != FREE, 0.0, 9.0)
    for less, bought in ((1e-6, True), (-1e-6, False)):
        me, tape, _ = visited(sold_out_gap=gap + less)
        assert (me.orders[0].state != FREE) == bought
        if bought:
            assert value(me.orders[0], "item") == NEXT
            assert me.orders[0].expected == near(0.3, abs=0.1), "what he gets, not what he missed"
        said = ev.NOT_SO_GOOD if bought else ev.NOTHING_ELSE
        assert column(tape, ev.SOLD_OUT, "value") == [said]
        assert column(tape, ev.SOLD_OUT, "item") == [BEST]


def test_only_a_gap_above_the_bound_makes_him_refuse():
    around = market(sold_out_gap=1.0)
    assert refuses_another(around, 3.0, 1.9) and not refuses_another(around, 3.0, 2.0)


def test_what_is_in_stock_is_ordered_as_if_nothing_else_were_sold_out():
    me, tape, _ = visited(sold_out=(NEXT, 18))
    assert value(me.orders[0], "item") == BEST and ev.SOLD_OUT not in written(tape)


def test_where_all_of_the_kind_is_gone_he_takes_nothing_and_goes_on_wanting_it():
    me, tape, _ = visited(sold_out=range(12, 24), sold_out_gap=100.0)
    assert me.orders[0].state == FREE and me.needs[0].state == ACTIVE
    assert ev.BASKET_FILLED not in written(tape) and ev.NEED_DIED not in written(tape)
    assert column(tape, ev.ITEM_VIEWED, "item") == [BEST]


def test_the_page_says_whether_the_store_has_what_the_web_shop_has_not():
    for carried, said in ((1, IS_THERE), (0, IS_NOT)):
        goods = {"in_store": {BEST: carried}}
        me, *_ = visited(goods=goods, sold_out_gap=0.0, ours={"stock_online": 1.0})
        assert me.needs[0].stock == said


def test_what_waits_in_the_basket_and_is_sold_out_cannot_be_ordered():
    waits = {"basket_item": BEST, "basket_place": 0}
    me, tape, _ = visited(need=waits, sold_out_gap=0.0)
    assert me.orders[0].state == FREE and me.needs[0].basket_item == -1
    assert column(tape, ev.SOLD_OUT, "value") == [ev.IN_THE_BASKET, ev.NOTHING_ELSE]
    me, tape, _ = visited(need=waits, sold_out_gap=9.0)
    assert value(me.orders[0], "item") == NEXT
    kept, tape, _ = visited(need=waits, sold_out=(NEXT,))
    assert value(kept.orders[0], "item") == BEST and ev.SOLD_OUT not in written(tape)


def weighed(there, sends=1, **goods):
    """The best item that he finds in a store, or in the web shop."""
    around = world(
        market=market(match_sd=0.0),
        catalogue=shelves(**(GOODS | goods)),
        shown=shown(order_home=sends),
    )
    me = person((WISH,))
    look_at_items(me, me.needs[0], there, 0.0, around)
    return around.choice.best_item


def test_a_store_has_what_it_carries_and_sends_nothing_that_the_web_shop_has_not():
    gone = {BEST: 1}
    assert weighed(True, sold_out=gone) == BEST, "it lies on the shelf"
    away = {"in_store": {BEST: 0}}
    assert weighed(True, **away) == BEST and weighed(True, sold_out=gone, **away) == NEXT
    assert weighed(True, sends=0, **away) == NEXT
    assert weighed(False, sold_out=gone) == BEST, "on the web he sees that it is sold out"


def test_the_second_look_leaves_the_first_as_it_was_where_nothing_is_missed():
    around = world(catalogue=shelves(**GOODS), market=market(match_sd=0.0))
    me = person((WISH,))
    look_at_items(me, me.needs[0], False, 0.0, around)
    before = around.choice.best_value
    assert would_take_what_is_there(me, me.needs[0], 0.0, around)
    assert around.choice.best_value == before and written(around.tape) == []


# ---- asked for ---------------------------------------------------------------------------------


def test_who_wants_nothing_else_may_ask_to_be_told_and_is_on_file_for_that_alone():
    _, tape, known = visited(**EAGER)
    assert column(tape, ev.ASKED_TO_BE_TOLD, "item") == [BEST]
    assert (own(known).wanted_item, own(known).permission, known.written_to) == (BEST, 0, 0)
    assert ev.SUBSCRIBED not in written(tape)
    for less in (
        visited(**(EAGER | {"told_dkk": -1e6})),
        visited(**(EAGER | {"sold_out_gap": 9.0})),
        visited(ours={"flows": 0.0}, **EAGER),
        visited(known=profile(wanted_item=BEST), **EAGER),
    ):
        assert ev.ASKED_TO_BE_TOLD not in written(less[1])


def test_who_is_known_types_nothing_and_is_told_at_the_address_he_is_known_by():
    def asked(home, told, minutes=0.0, privacy=0.0):
        numbers = {"told_dkk": told, "login_minutes": minutes, "identity_scale_dkk": 1e-3}
        me = person((WISH,), privacy_dkk=privacy, time_value=2.0)
        around, known = world(market=market(**numbers)), profile()
        around.choice.best_item = BEST
        ours = office(firm(**(TELLS | {"record_web": 1.0})))
        ask_to_be_told(me, file(known), me.needs[0], home, 640, around, ours)
        return [address.wanted_item == BEST for address in known.addresses]

    told = [asked(home, 1.0) for home in (-1, 0, BY_MAIL, BY_OTHER_MAIL)]
    assert told == [[True, False]] * 3 + [[False, True]]
    for home, bears in ((-1, 3.0 * 2.0 + 4.0), (BY_MAIL, 0.0)):
        assert not any(asked(home, bears - 0.1, minutes=3.0, privacy=4.0))
        assert any(asked(home, bears + 0.1, minutes=3.0, privacy=4.0))


def test_more_trust_and_more_worth_make_him_ask_more_readily():
    def readily(trust):
        me, today = person(trust=trust), world().today
        numbers = {"identity_scale_dkk": 1.0, "identity_trust": 2.0}
        return tips(
            lambda dkk: wants_to_be_told(me, market(told_dkk=dkk, **numbers), True, 11, 640, today)
        )

    assert readily(0.5) - readily(1.0) == near(1.0)


def heard(purpose_flow, opens=90.0, **told):
    """A flow's mail of something that he wants: what is written, and he."""
    known = profile({purpose_flow: 100}, permission=1, **told)
    numbers = {"open_intercept": opens, "click_intercept": -90.0, "click_relevance": 0.0}
    numbers |= {"unsubscribe_intercept": 90.0, "reminds": 0.0}
    around = world(market=market(**numbers))
    me = person((WISH,), last_from_us=[99] * 8, permission=1, trust=0.5)
    me.needs[0].category = 5
    ours = firm(newsletters=0, pauses=0.0, suppress_bought=0.0, flows=1.0)
    get_mail(me, file(known), around, office(ours))
    return written(around.tape), me, known


def test_what_he_asked_for_takes_attention_but_wearies_and_offends_nobody():
    kinds, me, known = heard("back_in_stock", wanted_item=BEST)
    assert kinds == [ev.MAIL_SENT, ev.MAIL_OPENED]
    assert (me.fatigue, me.met_today, me.trust) == (0.0, 1, 0.5)
    assert own(known).contacts == 1 and own(known).wanted_item == -1
    kinds, me, _ = heard("welcome")
    assert ev.CONTRADICTED in kinds and ev.UNSUBSCRIBED in kinds and me.fatigue == 1.0
    assert weariness(shown(purpose=ASKED_FOR), 2.5) == 0.0 and weariness(shown(), 2.5) == 2.5


def test_who_has_left_our_list_hears_all_the_same_of_what_he_asked_for():
    known = profile({"back_in_stock": 100}, refused=1, wanted_item=BEST)
    around, me = world(), person((WISH,), refused=1)
    get_mail(me, file(known), around, office(firm(newsletters=0, pauses=0.0, flows=1.0)))
    assert column(around.tape, ev.MAIL_SENT, "order") == [flow("back_in_stock") + 1]
    assert column(around.tape, ev.MAIL_SENT, "item") == [BEST]
    assert own(known).next_flow_day == NEVER


def test_a_purchase_on_file_ends_the_wish():
    for heeds, left in ((1.0, -1), (0.0, BEST)):
        known = profile(wanted_item=BEST)
        bought = {"number": 44, "item": NEXT, "category": 1, "style": 1, "seen_as": ev.A_PERSON}
        me, around = person((), (bought,)), world()
        ours = office(firm(record_purchase=1.0, suppress_bought=heeds))
        record_sale(me, file(known), me.orders[0], around.tape, around.today, ours)
        assert own(known).wanted_item == left
