"""Claims about baskets in the web shop: filled, wanted together, ordered or left as one."""

from __future__ import annotations

import pytest
from people import (
    CALM,
    DIRECT,
    EASY,
    FOND,
    HOME,
    ID,
    LATER,
    OPEN,
    SEED,
    WISH,
    baskets_of,
    catalogue,
    choice,
    column,
    file,
    firm,
    logit,
    market,
    office,
    person,
    placed,
    profile,
    shelves,
    shown,
    terms,
    tips,
    two_lucks,
    value,
    world,
    written,
)

from sim.core import events as ev
from sim.core.draws import normal, uniform
from sim.core.records import (
    ACTIVE,
    AT_COMPUTER,
    AT_PHONE,
    BY_COMPUTER,
    BY_MAIL,
    BY_OTHER_MAIL,
    BY_PHONE,
    COMING,
    FREE,
    IN_HAND,
    LATENT,
    NEEDS,
    NEVER,
    ORDERS,
    OWN_ADDRESS,
    PURCHASES,
    TO_PICK_UP,
    UNKNOWN,
)
from sim.encounter import consent, identity, membership
from sim.encounter.checkout import (
    fill_basket,
    first_in_basket,
    leave_basket,
    order_online,
    pay_for_basket,
)
from sim.encounter.day import live_a_day
from sim.encounter.elsewhere import buy_elsewhere
from sim.encounter.occasions import lead_by_message, lead_on_purpose
from sim.encounter.parcels import handle_post
from sim.encounter.store import FOR_PICK_UP, go_to_desk
from sim.encounter.web import visit_web
from sim.journey import buying, touchpoints
from sim.journey import identity as says
from sim.journey.needs import MORE

near = pytest.approx


# ---- filling a basket --------------------------------------------------------------------------


def filled(numbers=None, wish=None, others=(), discount=0.0, goods=None, offer=None, when=640):
    """He has found item 17, worth nothing over its price; his needs, the first one's first."""
    me = person((WISH | (wish or {}), *others), device=1)
    around = world(
        market=market(**(CALM | EASY | (numbers or {}))),
        choice=choice(best_item=17, best_value=0.0),
        catalogue=catalogue() if goods is None else goods,
        terms=terms(**(HOME | (offer or {}))),
    )
    lead = lead_by_message(ev.EMAIL, 17, discount, when, OWN_ADDRESS)
    fill_basket(me, me.needs[0], lead, around)
    return me, around


def test_what_lies_in_the_basket_has_its_price_to_the_nearest_oere():
    for price, discount, paid in (
        (50_000, 0.0, 50_000),
        (50_004, 0.15, 42_503),
        (50_002, 0.15, 42_502),
    ):
        me, around = filled(discount=discount, goods=shelves(price_oere={17: price}))
        assert (me.needs[0].cart_oere, me.needs[0].basket_item) == (paid, 17)
        assert column(around.tape, ev.BASKET_FILLED, "item") == [17]
        assert column(around.tape, ev.BASKET_FILLED, "value") == [1], "his device"


def test_what_is_not_worth_it_leaves_the_basket_as_it_was():
    me, around = filled({"outside_web": 90.0}, {"further": 2})
    assert (me.needs[0].cart_oere, me.needs[0].basket_item, me.needs[0].further) == (0, -1, 2)
    assert written(around.tape) == [] and me.needs_open == 1


def worth_over_delivery(in_basket, offer, discount=0.0):
    """How little it may be worth beside the basket for him to fill it, logit."""
    other = WISH | {"number": 12, "category": 4, "cart_oere": in_basket, "basket_item": 48}
    others = (other,) if in_basket else ()

    def decide(x):
        me, _ = filled({"outside_web": -x}, others=others, offer=offer, discount=discount)
        return me.needs[0].cart_oere > 0

    return tips(decide)


def test_the_delivery_that_one_thing_more_costs_or_saves_is_weighed_with_it():
    fee = {"delivery_fee_dkk": 40.0, "free_delivery_from_dkk": 800.0}
    mk = market()
    scale, luck = (
        mk.scale_fixed_dkk + mk.scale_price * 500,
        uniform(SEED, ID, buying.FILLS, 11, 640),
    )
    wait = mk.promised_days * mk.wait_dkk_day
    for in_basket, dkk in (
        (0, wait + 40),  # the first thing pays for it all
        (10_000, 0.0),  # 600 DKK, still below the limit
        (29_999, 0.0),  # an øre below it
        (30_000, -40.0),  # 800 DKK: delivery is free now
        (50_000, -40.0),
        (80_000, 0.0),  # it was free before
    ):
        assert worth_over_delivery(in_basket, fee) == near(logit(luck) + dkk / scale, abs=1e-6)
    # at a fifth off the limit is not reached, and money is weighed at the price that is paid
    scale = mk.scale_fixed_dkk + mk.scale_price * 400
    for in_basket, dkk in ((39_999, 0.0), (40_000, -40.0)):
        found = worth_over_delivery(in_basket, fee, discount=0.2)
        assert found == near(logit(luck) + dkk / scale, abs=1e-6)


@pytest.mark.parametrize("when", [640, 641])
def test_he_is_in_the_mood_for_what_goes_with_it_as_for_the_thing_itself(when):
    mk = market()
    at = logit(uniform(SEED, ID, buying.FILLS, 11, when))
    delivery = mk.promised_days * mk.wait_dkk_day / (mk.scale_fixed_dkk + mk.scale_price * 500)
    for number in (11, 11 + MORE, 11 + 3 * MORE):
        for more, fills in ((1e-6, True), (-1e-6, False)):
            numbers = {"outside_web": -(at + delivery) - more}
            free = {"delivery_fee_dkk": 0.0}
            me, _ = filled(numbers, {"number": number}, offer=free, when=when)
            assert (me.needs[0].cart_oere > 0) == fills


def test_what_he_had_put_in_before_needs_no_mood_and_still_wants_the_rest():
    me, around = filled({"outside_web": 90.0}, {"basket_item": 16, "further": 1})
    assert (me.needs[0].basket_item, me.needs[0].cart_oere) == (17, 50_000)
    assert written(around.tape) == [ev.NEED_ACTIVE] and me.needs_open == 2


# ---- what goes with it -------------------------------------------------------------------------


def test_once_the_first_is_found_the_others_are_needs_of_their_own():
    known = {"progress": 0.5, "place": 1, "told": 6, "touched": 34, "advised": 1}
    me, around = filled(wish=known | {"further": 3})
    assert [me.needs[k].number for k in range(4)] == [11 + k * MORE for k in range(4)]
    assert me.needs_open == 4 and around.tape.buffers.lost_needs == 0
    for k in range(1, 4):
        other = me.needs[k]
        assert (other.state, other.category, other.next_day) == (ACTIVE, 1, 100)
        assert {name: getattr(other, name) for name in known} == known
        assert (other.basket_item, other.cart_oere, other.further) == (-1, 0, 0)
    assert me.needs[0].further == 0, "they are wanted once"
    assert column(around.tape, ev.NEED_ACTIVE, "need") == [11 + k * MORE for k in range(1, 4)]


def test_what_has_no_place_among_his_needs_is_counted_as_lost():
    for taken, lost in ((NEEDS - 1, 3), (NEEDS - 2, 2), (NEEDS - 4, 0)):
        others = tuple(WISH | LATER | {"number": 40 + n} for n in range(taken))
        me, around = filled(wish={"further": 3}, others=others)
        assert around.tape.buffers.lost_needs == lost and me.needs[0].further == 0
        assert me.needs_open == 1 + taken + 3 - lost


def visited(*wishes, j=0, lead=DIRECT, numbers=None, company=None, offer=None, one=None, **about):
    """A visit to the web shop; who, the world, the company's books."""
    told = {"cookies": 1, "device": 1, "visited_day": 100} | about
    me = person(tuple(wishes), **told)
    around = world(
        market=market(**(CALM | EASY | (numbers or {}))), terms=terms(**(HOME | (offer or {})))
    )
    books = office(firm(**(OPEN | (company or {}))))
    visit_web(me, file(one), j, lead, around, books)
    return me, around, books


def test_a_first_thing_and_what_goes_with_it_are_one_basket():
    me, around, _ = visited(WISH | {"further": 2})
    assert column(around.tape, ev.BASKET_PAID, "order") == [44]
    numbers = [11, 11 + MORE, 11 + 2 * MORE]
    assert column(around.tape, ev.WEB_ORDER, "need") == numbers
    assert column(around.tape, ev.WEB_ORDER, "order") == [n * 4 for n in numbers]
    assert me.orders_open == 3 and me.needs_open == 0
    told = written(around.tape)
    assert told.count(ev.ITEM_VIEWED) == told.count(ev.BASKET_FILLED) == 3
    assert ev.REPEATED not in told and ev.BASKET_LOST not in told


def test_nothing_goes_with_what_is_not_found_or_not_wanted():
    for numbers in ({"finds_by_search": 0.0, "finds_expert": 0.0}, {"outside_web": 90.0}):
        me, around, _ = visited(
            WISH | {"further": 2},
            numbers=numbers,
            company={"own_channel": 0.0, "front_cell": [7] * 6},
        )
        assert me.needs_open == 1 and me.needs[0].further == 2
        assert ev.NEED_ACTIVE not in written(around.tape)


def test_what_goes_with_it_is_found_where_the_first_was():
    u = uniform(SEED, ID, buying.FINDS, 11, 640)
    plain = {"own_channel": 0.0, "front_cell": [7] * 6}
    for share, viewed in ((u + 1e-9, 4), (u - 1e-9, 0)):
        numbers = {"finds_by_search": share, "finds_expert": 0.0}
        _, around, _ = visited(WISH | {"further": 3}, numbers=numbers, company=plain)
        assert written(around.tape).count(ev.ITEM_VIEWED) == viewed


def test_of_each_thing_he_takes_the_one_that_he_likes_best_for_it():
    taken = set()
    for number in range(11, 31):
        _, around, _ = visited(WISH | {"number": number, "further": 1}, numbers={"match_sd": 0.5})
        items = column(around.tape, ev.WEB_ORDER, "item")
        assert len(items) == 2 and all(12 <= item < 24 for item in items), "of its category"
        taken.add(items[0] == items[1])
    assert taken == {True, False}


def test_the_discount_of_a_link_is_for_the_thing_that_it_is_about():
    lead = lead_by_message(ev.EMAIL, 17, 0.2, 640, OWN_ADDRESS)
    other = WISH | {"number": 12, "category": 4, "style": 0}
    _, around, _ = visited(WISH | {"further": 1}, other, lead=lead)
    paid = dict(
        zip(
            column(around.tape, ev.WEB_ORDER, "need"),
            column(around.tape, ev.WEB_ORDER, "amount_oere"),
            strict=True,
        )
    )
    assert paid == {11: 40_000, 12: 50_000, 11 + MORE: 50_000}
    off = column(around.tape, ev.WEB_ORDER, "value")
    assert off[0] == near(0.2) and off[1:] == [0, 0]
    assert column(around.tape, ev.BASKET_PAID, "channel") == [ev.EMAIL]
    assert column(around.tape, ev.WEB_ORDER, "channel") == [ev.EMAIL] * 3


def test_what_is_not_ordered_is_left_with_what_goes_with_it_and_looked_into_again():
    never = {"checkout_base": -90.0, "reserve_utility": -90.0, "attention_gap_days": 9.0}
    me, around, _ = visited(WISH | {"further": 1}, numbers=never)
    assert ev.BASKET_PAID not in written(around.tape) and me.orders_open == 0
    assert column(around.tape, ev.BASKET_LOST, "need") == [11, 11 + MORE]
    for k in range(2):
        wish = me.needs[k]
        assert (wish.state, wish.cart_oere, wish.basket_place) == (ACTIVE, 0, 1)
        assert 12 <= wish.basket_item < 24, "of its category"
    assert me.needs[1].next_day == 100 + 1 + 9


def test_a_thing_left_over_comes_up_on_a_later_visit_like_any_wish():
    rest = WISH | {"number": 11 + MORE}
    for day, bought in ((NEVER, [11]), (100, [11, 11 + MORE])):
        _, around, _ = visited(WISH, rest | {"next_day": day}, numbers={"in_mind_days_web": 0})
        assert column(around.tape, ev.WEB_ORDER, "need") == bought


def test_a_thing_left_over_that_he_comes_for_is_looked_at_once():
    rest = WISH | {"number": 11 + MORE, "progress": 0.2}
    numbers = {"outside_web": 90.0, "progress_step": 0.1}
    me, around, _ = visited(rest, numbers=numbers)
    assert column(around.tape, ev.ITEM_VIEWED, "need") == [11 + MORE]
    assert me.needs[0].progress == near(0.3)


# ---- an order of several things ----------------------------------------------------------------

FIRST = WISH | {"basket_item": 16, "cart_oere": 30_000}
SECOND = WISH | {"number": 12, "category": 4, "style": 0, "basket_item": 48, "cart_oere": 40_000}
THIRD = WISH | {"number": 13, "category": 2, "style": 2, "basket_item": 35, "cart_oere": 20_000}
LINES = (FIRST, SECOND, THIRD)


def ordered(
    lines=LINES,
    first=0,
    home=UNKNOWN,
    numbers=None,
    offer=None,
    company=None,
    goods=None,
    one=None,
    under_way=(),
    lead=DIRECT,
    screen=None,
    **about,
):
    """What lies in the basket is ordered: who, the world, the company's books and file."""
    told = {"device": 1, "cookies": 1} | about
    me, one = person(tuple(lines), tuple(under_way), **told), one or profile()
    around = world(
        market=market(**(CALM | (numbers or {}))),
        terms=terms(**(HOME | (offer or {}))),
        catalogue=catalogue() if goods is None else goods,
        shown=screen or shown(),
    )
    books = office(firm(**(OPEN | (company or {}))))
    order_online(me, file(one), first, lead, home, around, books)
    return me, around, books, one


def test_a_basket_is_paid_once_and_every_thing_in_it_is_ordered():
    me, around, _, _ = ordered()
    assert column(around.tape, ev.BASKET_PAID, "order") == [44]
    assert column(around.tape, ev.BASKET_PAID, "amount_oere") == [0]
    assert column(around.tape, ev.BASKET_PAID, "need") == [11]
    for name, wanted in (
        ("need", [11, 12, 13]),
        ("order", [44, 48, 52]),
        ("item", [16, 48, 35]),
        ("amount_oere", [30_000, 40_000, 20_000]),
        ("category", [1, 4, 2]),
        ("style", [1, 0, 2]),
        ("channel", [ev.DIRECT] * 3),
    ):
        assert column(around.tape, ev.WEB_ORDER, name) == wanted
    assert column(around.tape, ev.WEB_ORDER, "value") == [near(0.4), near(0.2), near(0.6)]
    told = written(around.tape)
    assert told.index(ev.BASKET_PAID) < told.index(ev.WEB_ORDER)
    assert [one.paid_oere for one in placed(me, 3)] == [30_000, 40_000, 20_000]
    assert [one.need for one in placed(me, 3)] == [11, 12, 13]
    assert me.needs_open == 0 and [me.needs[k].cart_oere for k in range(3)] == [0, 0, 0]


def test_what_was_left_in_a_basket_before_is_not_ordered_unless_it_lies_there_now():
    left = SECOND | {"cart_oere": 0}
    me, around, _, _ = ordered((FIRST, left, THIRD))
    assert column(around.tape, ev.WEB_ORDER, "need") == [11, 13]
    assert (me.needs[1].state, me.needs[1].basket_item) == (ACTIVE, 48)


def test_the_first_line_is_what_he_came_for():
    for first, numbers in ((0, [11, 12, 13]), (1, [12, 11, 13]), (2, [13, 11, 12])):
        me, around, _, _ = ordered(first=first)
        assert column(around.tape, ev.WEB_ORDER, "need") == numbers
        assert column(around.tape, ev.BASKET_PAID, "need") == numbers[:1]
        assert [one.basket for one in placed(me, 3)] == [placed(me, 3)[0].number] * 3
    for j, wanted in ((-1, 1), (1, 1), (2, 2), (0, 1)):
        me = person((FIRST | {"cart_oere": 0}, SECOND, THIRD))
        assert first_in_basket(me, j) == wanted
    assert first_in_basket(person((WISH,)), 0) == first_in_basket(person(), -1) == -1


FEE = {"delivery_fee_dkk": 39.0, "free_delivery_from_dkk": 700.0}


def test_one_fee_is_paid_by_what_the_whole_basket_costs():
    for second, fees in ((39_999, [3_900]), (40_000, []), (50_000, [])):
        _, around, _, _ = ordered((FIRST, SECOND | {"cart_oere": second}), offer=FEE)
        assert column(around.tape, ev.FEE_PAID, "amount_oere") == fees
        assert column(around.tape, ev.FEE_PAID, "order") == [44] * len(fees)
    _, around, _, _ = ordered((FIRST,), offer=FEE)
    assert column(around.tape, ev.FEE_PAID, "amount_oere") == [3_900]
    three = [line | {"cart_oere": 10_000} for line in LINES]
    _, around, _, _ = ordered(three, offer=FEE)
    assert column(around.tape, ev.FEE_PAID, "amount_oere") == [3_900], "one parcel"


def test_a_fee_is_felt_and_remembered_once():
    told = {"cost_memory": 0.25, "fee_felt": 0.001, "learning_rate": 0.5}
    three = [line | {"cart_oere": 10_000} for line in LINES]
    me, _, _, _ = ordered(three, offer=FEE, numbers=told, costs_met_dkk=20.0)
    assert me.costs_met_dkk == near(20 + 0.25 * (39 - 20))
    assert me.satisfaction == near(0.5 - 0.5 * 0.001 * 39)
    me, _, _, _ = ordered(offer=FEE, numbers=told, costs_met_dkk=20.0)
    assert me.costs_met_dkk == near(15) and me.satisfaction == 0.5, "900 DKK: it was free"


def test_whether_he_picks_it_up_goes_by_what_the_whole_basket_costs():
    def picks_up(taste, lines, offer):
        told = {"pickup_in_store": 1, **FEE} | offer
        me = ordered(lines, offer=told, pickup_taste_dkk=taste)[0]
        return me.orders[0].state == TO_PICK_UP

    def turns(lines, **offer):
        return tips(lambda taste: picks_up(taste, lines, offer), -900.0, 900.0)

    cheap = [FIRST, SECOND | {"cart_oere": 39_999}]
    assert turns([FIRST, SECOND]) - turns(cheap) == near(39.0, abs=1e-5)


def alone(line, **told):
    return ordered((line,), **told)[0].orders[0]


def test_every_thing_fits_as_it_would_have_if_ordered_alone():
    goods = shelves(quality={16: 0.1, 48: -0.2, 35: 0.3})
    numbers = {"match_sd": 0.2, "tau_web": 0.4, "flawed_share": 0.0}
    together = placed(ordered(goods=goods, numbers=numbers)[0], 3)
    for line, one in zip(LINES, together, strict=True):
        other = alone(line, goods=goods, numbers=numbers)
        assert (one.expected, one.match) == (other.expected, other.match)
        item = value(one, "item")
        luck = normal(SEED, ID, buying.LIKES, item + 70, line["number"])
        assert one.expected == near({16: 0.1, 48: -0.2, 35: 0.3}[item] + 0.2 * luck)
        assert one.match != near(one.expected)
    assert len({one.match for one in together}) == len({one.expected for one in together}) == 3
    sure = placed(ordered(goods=goods, numbers=numbers | {"tau_web": 0.0})[0], 3)
    assert [one.match for one in sure] == [near(one.expected) for one in sure]


def test_a_defect_is_of_one_thing_and_not_of_the_basket():
    seen = set()
    for n in range(11, 60, 3):
        lines = [line | {"number": n + k} for k, line in enumerate(LINES)]
        seen |= {
            sum(one.defect for one in placed(ordered(lines, numbers={"defect_share": 0.5})[0], 3))
        }
    assert len(seen) > 2


def test_all_come_in_one_parcel_on_one_day():
    for home, account in ((UNKNOWN, 0), (BY_PHONE, 0), (BY_MAIL, 1), (BY_OTHER_MAIL, 1)):
        me, around, _, _ = ordered(home=home, account=account)
        one, *others = placed(me, 3)
        for line in others:
            for name in ("state", "promised", "received", "place", "seen_as", "address"):
                assert getattr(line, name) == getattr(one, name)
            assert line.earns_bonus == one.earns_bonus == int(home == BY_MAIL)
            assert (line.basket, line.asked, line.due) == (one.number, 1, one.received)
        assert (one.basket, one.asked, one.state) == (one.number, 0, COMING)
        assert column(around.tape, ev.WEB_ORDER, "seen_as") == [one.seen_as] * 3
        assert column(around.tape, ev.BASKET_PAID, "seen_as") == [one.seen_as]


def test_all_are_picked_up_on_one_day():
    me, _, _, _ = ordered(offer={"pickup_in_store": 1}, pickup_taste_dkk=1e6)
    one, *others = placed(me, 3)
    for line in others:
        for name in ("state", "promised", "due"):
            assert getattr(line, name) == getattr(one, name)
        assert (line.state, line.basket) == (TO_PICK_UP, one.number)


def test_who_thinks_of_it_early_asks_for_the_parcel_and_not_for_each_thing():
    numbers = {"asks_before_due": 1.0, "carrier_days": 30.0, "carrier_spread": 0.0}
    me, _, _, _ = ordered(numbers=numbers)
    assert [one.due for one in placed(me, 3)] == [102, 130, 130]


def waited(day, me, numbers):
    around = world(day, market=market(**numbers), terms=terms(**HOME))
    for slot in range(3):
        if me.orders[slot].due <= day and me.orders[slot].state == COMING:
            handle_post(me, file(), slot, around, office())
    return around


def test_a_late_parcel_is_asked_for_once_and_comes_once():
    numbers = {"carrier_days": 30.0, "carrier_spread": 0.0, "asks_when_late": 1.0}
    numbers |= {"asks_after_purchase": 0.0, "asks_at_defect": 0.0, "promised_days": 4.0}
    me, _, _, _ = ordered(numbers=numbers)
    assert [one.due for one in placed(me, 3)] == [105, 130, 130]
    around = waited(105, me, numbers)
    assert written(around.tape) == [] and (me.case_topic, me.case_about) == (ev.ABOUT_ORDER, 44)
    me.case_topic = -1
    around = waited(130, me, numbers)
    assert me.case_topic == -1, "nobody asks for the others"
    assert all(one.state != COMING for one in placed(me, 3)), "all are there"
    assert column(around.tape, ev.PARCEL_DELIVERED, "order") == [44]
    assert column(around.tape, ev.PARCEL_DELIVERED, "value") == [26]
    assert [one.late_days for one in placed(me, 3)] == [26] * 3, "each is felt to be late"


def test_a_further_line_is_not_asked_for_even_where_it_stands_alone():
    numbers = {"asks_when_late": 1.0}
    line = {"state": COMING, "number": 48, "due": 100, "promised": 104, "received": 110}
    for asked, topic in ((1, -1), (0, ev.ABOUT_ORDER)):
        me = person((), (line | {"asked": asked, "basket": 48 - 4 * asked},))
        handle_post(me, file(), 0, world(market=market(**numbers)), office())
        assert me.case_topic == topic


def test_at_the_desk_one_parcel_is_handed_over_whatever_is_in_it():
    numbers = {"inspects_at_pickup": 0.0, "desk_pickup": 0.4, "desk_minutes": 10.0}
    line = {"state": TO_PICK_UP, "due": 100, "place": 1, "number": 44, "price_oere": 50_000}
    for n in (1, 3):
        rows = tuple(line | {"number": 44 + k, "basket": 44} for k in range(n))
        me, around = person((), rows), world(market=market(**numbers, desk_spread=0.0))
        go_to_desk(me, file(), FOR_PICK_UP, 0, around, office())
        assert [me.orders[k].state for k in range(n)] == [IN_HAND] * n
        assert value(around.tape.requests[0], "handling_min") == near(4.0)
        assert around.tape.buffers.requests == 1


def test_what_was_tried_on_fits_better_as_expected_when_it_is_ordered():
    numbers = {"trying_kept": 1.0, "tau_store": 0.0, "match_sd": 0.0, "flawed_share": 0.0}
    for handled, fits in ((1 << 4, True), (1 << 5, False)):
        me = ordered((FIRST | {"handled": handled},), numbers=numbers)[0]
        assert (me.orders[0].match == near(me.orders[0].expected)) == fits


# ---- asked once --------------------------------------------------------------------------------


@pytest.mark.parametrize("rising", [True, False])
def test_the_checkout_asks_once_whether_he_opens_an_account(rising):
    n, m, share = two_lucks(identity.ASKED_ONLINE, 3, rising, PURCHASES)
    lines = (FIRST | {"number": n}, SECOND | {"number": m})
    me, around, _, _ = ordered(lines, company={"ask_to_join": share}, numbers=FOND)
    assert me.account == rising and written(around.tape).count(ev.CLUB_JOINED) == rising
    wanted = ev.A_PERSON if rising else ev.NOBODY
    assert [one.seen_as for one in placed(me, 2)] == [wanted] * 2
    assert [one.earns_bonus for one in placed(me, 2)] == [int(rising)] * 2


def test_what_an_account_brings_is_reckoned_from_the_whole_basket():
    plain = {"receipt_dkk": 0.0, "identity_scale_dkk": 0.01, "purchases_expected": 0.0}
    for lines, total in ((LINES, 900.0), ((FIRST,), 300.0)):
        for more, account in ((-0.1, 1), (0.1, 0)):
            me, _, _, _ = ordered(
                lines,
                company={"ask_to_join": 1.0},
                numbers=plain,
                offer={"club_bonus_share": 0.02},
                time_value=0.0,
                privacy_dkk=0.02 * total + more,
            )
            assert me.account == account


@pytest.mark.parametrize("rising", [True, False])
def test_he_is_asked_once_whether_we_may_write_to_him(rising):
    n, m, share = two_lucks(consent.ASKED, 3, rising, PURCHASES)
    lines = (FIRST | {"number": n}, SECOND | {"number": m})
    willing = {"permission_intercept": 90.0, "personal_dkk": 1e6}
    me, around, _, _ = ordered(lines, company={"ask_permission": share}, numbers=willing)
    assert me.permission == rising and written(around.tape).count(ev.SUBSCRIBED) == rising


@pytest.mark.parametrize("rising", [True, False])
def test_he_is_shown_the_app_once(rising):
    n, m, share = two_lucks(membership.ASKED_TO_INSTALL, 3, rising, PURCHASES)
    lines = (FIRST | {"number": n}, SECOND | {"number": m})
    company = {"ask_to_join": share, "offer_app": 1.0}
    me, _, _, _ = ordered(lines, company=company, numbers={"app_dkk": 1e6}, account=1)
    assert me.app == rising


def test_name_and_street_are_typed_once():
    me, around, _, _ = ordered(typed=1)
    assert column(around.tape, ev.REPEATED, "value") == [ev.TYPED] and me.typed == 1
    assert ev.REPEATED not in written(ordered(typed=1, screen=shown(known=1))[1].tape)


def test_the_address_that_he_types_is_the_whole_orders():
    n, m, share = two_lucks(says.OTHER, ID, True, PURCHASES)
    lines = (FIRST | {"number": n}, SECOND | {"number": m})
    for of, address in (((0, 1), 1), ((1, 0), 0)):
        pair = [line | {"number": lines[k]["number"]} for line, k in zip(LINES, of, strict=False)]
        me, _, _, one = ordered(pair, numbers={"other_address": share})
        assert [line.address for line in placed(me, 2)] == [address] * 2
        assert one.has_phone == 1 << (BY_OTHER_MAIL if address else BY_MAIL)


def test_an_order_of_several_things_is_one_open_case():
    me, _, _, one = ordered(home=BY_MAIL)
    assert one.open_case == me.orders[0].promised > 100
    assert ordered(home=BY_PHONE)[3].open_case == 0


def test_an_order_empties_the_basket_of_its_device():
    one = profile(baskets={BY_PHONE: (48, 99), BY_COMPUTER: (9, 99)})
    assert baskets_of(ordered(one=one)[3]) == {BY_COMPUTER: 9}


def test_every_line_is_a_sale_and_the_last_click_is_credited_with_them_all():
    lead = lead_on_purpose(ev.DIRECT, 2, 12, 640)
    me, _, books, one = ordered(home=BY_PHONE, lead=lead)
    assert books.ledger.attributed_oere[2] == 90_000
    assert (me.orders_ever, me.spent_dkk) == (3, near(900))
    assert [me.last_from_us[c] for c in (1, 4, 2)] == [100] * 3
    assert [me.last_bought[c] for c in (1, 4, 2)] == [100] * 3
    assert one.silos[BY_MAIL].filed_order in (44, 48, 52)


def test_a_line_that_finds_no_place_is_counted_and_stays_a_wish():
    for taken, sold, lost in (
        (ORDERS - 3, 3, 0),
        (ORDERS - 2, 2, 1),
        (ORDERS - 1, 1, 2),
        (ORDERS, 0, 1),
    ):
        under_way = tuple({"state": COMING, "number": 900 + n} for n in range(taken))
        me, around, _, _ = ordered(under_way=under_way)
        assert len(column(around.tape, ev.WEB_ORDER, "need")) == sold
        assert column(around.tape, ev.BASKET_PAID, "need") == [11] * (sold > 0)
        assert around.tape.buffers.lost_orders == lost
        wishes = [me.needs[k].state for k in range(3)]
        assert wishes == [FREE] * sold + [ACTIVE] * (3 - sold)
        left = [me.needs[k].cart_oere > 0 for k in range(3)]
        assert left == [False] * sold + [True] * (3 - sold)


def test_what_found_no_place_on_the_order_is_left_in_the_basket():
    under_way = tuple({"state": COMING, "number": 900 + n} for n in range(ORDERS - 1))
    for rows, kept in ((under_way, [12, 13]), ((*under_way, {"state": COMING}), [11, 12, 13])):
        me, around = person(LINES, rows, device=1), world(market=market(**(CALM | EASY)))
        one, books = file(), office(firm(**OPEN))
        pay_for_basket(me, one, 0, DIRECT, BY_PHONE, around, books)
        leave_basket(me, one, BY_PHONE, around, books)
        assert column(around.tape, ev.BASKET_LOST, "need") == kept
        assert all(me.needs[k].cart_oere == 0 for k in range(3))


def test_a_basket_pauses_the_clock_of_its_category_as_the_competitors_does():
    cooling = {"cooling_off_days": 20.0}
    goes_with = FIRST | {"number": 11 + MORE}
    ours = ordered((FIRST, goes_with), numbers=cooling, need_at=200.0)[0].need_at[1]
    me = person((WISH | {"further": 1},), need_at=200.0)
    buy_elsewhere(me, me.needs[0], False, world(market=market(**(CALM | cooling))))
    assert me.need_at[1] == near(220.0) and ours == near(me.need_at[1])


def test_a_basket_from_us_forms_a_habit_as_one_from_the_competitor_does():
    rates = {"habit_rate": 0.2, "channel_habit_rate": 0.2}
    about = {"habit": 0.5, "store_habit": 0.5}
    ours = ordered((FIRST, FIRST | {"number": 11 + MORE}), numbers=rates, **about)[0]
    me = person((WISH | {"further": 1},), **about)
    buy_elsewhere(me, me.needs[0], False, world(market=market(**(CALM | rates))))
    assert ours.store_habit == near(me.store_habit) and ours.habit - 0.5 == near(0.5 - me.habit)


# ---- the checkout: all or nothing --------------------------------------------------------------


def paid_for(lines=LINES, j=-1, home=BY_PHONE, numbers=None, offer=None, **told):
    """The checkout, and what is left of the basket: who, the world, what is on file."""
    goods, screen = told.pop("goods", None), told.pop("screen", None)
    me, one = person(tuple(lines), **({"device": 1, "cookies": 1} | told)), profile()
    around = world(
        market=market(**(CALM | EASY | (numbers or {}))),
        terms=terms(**(HOME | (offer or {}))),
        catalogue=catalogue() if goods is None else goods,
        shown=screen or shown(),
    )
    books = office(firm(**OPEN))
    pay_for_basket(me, file(one), j, DIRECT, home, around, books)
    leave_basket(me, file(one), home, around, books)
    return me, around, one


def test_all_that_lies_in_the_basket_is_ordered_or_nothing_by_one_decision():
    for j, number in ((-1, 11), (1, 12), (2, 13)):
        u = uniform(SEED, ID, buying.CHECKS_OUT, number, 640)
        free = {"delivery_fee_dkk": 0.0}
        for more, sold, left in ((1e-6, 3, 0), (-1e-6, 0, 3)):
            numbers = {"checkout_base": logit(u) + more, "wait_dkk_day": 0.0}
            numbers |= {"reserve_utility": -90.0, "checkout_mobile": 0.0}
            _, around, _ = paid_for(j=j, numbers=numbers, offer=free, time_value=0.0)
            told = written(around.tape)
            assert told.count(ev.WEB_ORDER) == sold and told.count(ev.BASKET_LOST) == left
            assert told.count(ev.BASKET_PAID) == (sold > 0)


def test_the_checkout_weighs_the_delivery_of_the_whole_basket():
    u = uniform(SEED, ID, buying.CHECKS_OUT, 11, 640)
    for second, fee in ((39_999, 39.0), (40_000, 0.0)):
        at = logit(u) + fee / market().checkout_scale_dkk
        for more, pays in ((1e-6, True), (-1e-6, False)):
            numbers = {"checkout_base": at + more, "wait_dkk_day": 0.0, "checkout_mobile": 0.0}
            lines = (FIRST, SECOND | {"cart_oere": second})
            _, around, _ = paid_for(lines, numbers=numbers, offer=FEE, time_value=0.0)
            assert (ev.BASKET_PAID in written(around.tape)) == pays


def test_where_nothing_lies_in_the_basket_there_is_no_checkout():
    for lines in ((), (WISH,), (FIRST | {"cart_oere": 0},)):
        for account in (0, 1):
            _, around, _ = paid_for(lines, account=account, numbers=FOND)
            assert written(around.tape) == []


@pytest.mark.parametrize("rising", [True, False])
def test_he_logs_in_once_to_buy_by_the_luck_of_the_first_line(rising):
    n, m, share = two_lucks(says.LOGS_IN_TO_BUY, ID, rising, when=640)
    numbers = {"receipt_dkk": 0.0, "login_minutes": 0.0, "identity_scale_dkk": 1.0}
    lines = (FIRST | {"number": n}, SECOND | {"number": m})
    worth = 0.02 * 700
    me, around, _ = paid_for(
        lines,
        numbers=numbers,
        offer={"club_bonus_share": 0.02, "digital_receipt": 0},
        account=1,
        time_value=0.0,
        privacy_dkk=worth - logit(share),
    )
    assert written(around.tape).count(ev.LOGGED_IN) == rising
    wanted = ev.A_PERSON if rising else ev.A_DEVICE
    assert [one.seen_as for one in placed(me, 2)] == [wanted] * 2


def test_what_was_not_ordered_is_kept_by_a_store_or_left_each_by_itself():
    never = {"checkout_base": -90.0}
    goods = shelves(in_store={48: 0})
    me, around, one = paid_for(
        numbers=never | {"reserve_utility": 90.0}, goods=goods, screen=shown(reserve=1)
    )
    assert column(around.tape, ev.RESERVED, "need") == [11, 13]
    assert column(around.tape, ev.BASKET_LOST, "need") == [12]
    assert column(around.tape, ev.BASKET_LOST, "item") == [48] and baskets_of(one) == {BY_PHONE: 48}
    assert [me.needs[k].reserved for k in range(3)] == [1, 0, 1]
    assert [me.needs[k].basket_item for k in range(3)] == [-1, 48, -1]
    assert [me.needs[k].cart_oere for k in range(3)] == [0, 0, 0]
    lucks = [uniform(SEED, ID, touchpoints.RESERVES, number, 640) for number in (11, 12, 13)]
    mk = market()
    trip = touchpoints.trip_cost_dkk(person(), mk) / mk.trip_scale_dkk
    numbers = never | {"reserve_utility": logit(sorted(lucks)[1]) + trip + 1e-6}
    _, around, _ = paid_for(numbers=numbers, screen=shown(reserve=1))
    kept = [n for n, u in zip((11, 12, 13), lucks, strict=True) if u <= sorted(lucks)[1]]
    assert column(around.tape, ev.RESERVED, "need") == kept


def test_who_logs_in_to_buy_and_does_not_leaves_his_basket_under_his_name():
    never = FOND | {"checkout_base": -90.0, "reserve_utility": -90.0}
    for account, record in ((0, BY_PHONE), (1, BY_MAIL)):
        one = profile()
        me, around, _ = visited(WISH, numbers=never, one=one, account=account)
        told = written(around.tape)
        assert (ev.LOGGED_IN in told) == (account == 1) and ev.BASKET_LOST in told
        assert baskets_of(one) == {record: me.needs[0].basket_item}
        assert (one.addresses[0].next_flow_day < NEVER) == (account == 1), "a mail about it"


# ---- left in anger -----------------------------------------------------------------------------

UPSET = THIRD | {"basket_item": -1, "cart_oere": 0, "told": 4}  # he has told it in the store
AFTER = WISH | {"number": 14, "category": 3}
BLANK = {"own_channel": 0.0, "front_cell": [7] * 6}
ANGRY = {"search_again_minutes": 1e6, "attention_gap_days": 9.0, "in_mind_days_web": 0}


def angered(*wishes, j=0, numbers=None, company=None, one=None, **about):
    """He has had enough of saying again what he wants."""
    told = BLANK | (company or {})
    one = one or profile()
    me, around, _ = visited(
        *wishes, j=j, numbers=ANGRY | (numbers or {}), company=told, one=one, **about
    )
    assert column(around.tape, ev.WENT_AWAY, "need") == [13]
    return me, around, one


def looked_at(around):
    """Numbers of the needs for which he has looked at something, in order."""
    return column(around.tape, ev.ITEM_VIEWED, "need")


def put_in(wish):
    """The same wish, of which nothing lies in a basket yet."""
    return wish | {"basket_item": -1, "cart_oere": 0}


def test_who_leaves_in_anger_orders_nothing_and_leaves_all_that_lies_in_his_basket():
    me, around, _ = angered(put_in(FIRST), put_in(SECOND), UPSET, AFTER)
    told = written(around.tape)
    assert column(around.tape, ev.BASKET_FILLED, "need") == [11, 12]
    assert not {ev.BASKET_PAID, ev.WEB_ORDER} & set(told) and me.orders_open == 0
    assert column(around.tape, ev.BASKET_LOST, "need") == [11, 12]
    items = column(around.tape, ev.BASKET_FILLED, "item")
    assert column(around.tape, ev.BASKET_LOST, "item") == items
    assert column(around.tape, ev.BASKET_LOST, "value") == [1, 1], "his device"
    assert told.index(ev.WENT_AWAY) < told.index(ev.BASKET_LOST)
    assert [me.needs[k].basket_item for k in range(4)] == [*items, -1, -1]
    assert [me.needs[k].basket_place for k in (0, 1)] == [1, 1]
    assert all(me.needs[k].cart_oere == 0 for k in range(4))
    assert looked_at(around) == [11, 12], "nothing after that"


def test_what_goes_with_a_thing_is_not_looked_for_by_who_has_left():
    me, around, _ = angered(put_in(FIRST) | {"further": 2}, UPSET)
    assert looked_at(around) == [11] and me.needs_open == 4
    assert column(around.tape, ev.BASKET_LOST, "need") == [11]


def test_what_was_left_in_a_basket_before_and_not_looked_at_now_is_not_left_again():
    left = FIRST | {"cart_oere": 0, "basket_place": 0}
    for j, lost in ((1, []), (0, [11])):
        me, around, one = angered(left | {"basket_place": 1 - j}, UPSET, j=j)
        assert column(around.tape, ev.BASKET_LOST, "need") == lost
        assert baskets_of(one).keys() == ({BY_PHONE} if lost else set())
        assert (me.needs[0].basket_place, me.needs[0].basket_item >= 0) == (1 - j, True)


def test_who_leaves_in_anger_neither_logs_in_to_buy_nor_has_one_kept():
    numbers = FOND | {"reserve_utility": 90.0}
    _, around, _ = angered(
        put_in(FIRST), UPSET, numbers=numbers, company={"reserve": 1.0}, account=1
    )
    assert not {ev.LOGGED_IN, ev.RESERVED} & set(written(around.tape))
    _, around, _ = visited(
        put_in(FIRST),
        numbers=numbers | {"checkout_base": -90.0},
        company={"reserve": 1.0},
        account=1,
    )
    assert {ev.LOGGED_IN, ev.RESERVED} <= set(written(around.tape)), "who stays does"


def test_a_basket_left_in_anger_is_recorded_where_he_is_known():
    wishes = put_in(FIRST), put_in(SECOND), UPSET
    for file_of, company, cookies, home in (
        ({}, {}, 1, BY_PHONE),
        ({"linked": 1 << BY_PHONE}, {}, 1, BY_MAIL),
        ({}, {}, 0, UNKNOWN),
        ({"linked": 1 << BY_PHONE}, {"record_web": 0.0}, 1, UNKNOWN),
    ):
        one = profile(**file_of)
        me, _, _ = angered(*wishes, one=one, company=company, cookies=cookies)
        kept = {} if home == UNKNOWN else {home: me.needs[1].basket_item}
        assert baskets_of(one) == kept
        assert (one.addresses[0].next_flow_day < NEVER) == (home == BY_MAIL)


def test_whatever_else_was_due_waits_when_he_has_left_in_anger():
    later = AFTER | {"number": 15, "next_day": 103}
    asleep = AFTER | {"number": 16, "state": LATENT}
    for j in (0, 1, -1):
        me, _, _ = angered(put_in(FIRST), UPSET, AFTER, later, asleep, j=j)
        assert [me.needs[k].next_day for k in range(5)] == [110, 110, 110, 103, 100]
    me, _, _ = visited(AFTER, later, j=1, numbers={"outside_web": 90.0, "in_mind_days_web": -1})
    assert me.needs[0].next_day == 100, "who stays has not put off what he did not think of"


# ---- a basket's days ---------------------------------------------------------------------------


def test_what_was_picked_up_together_is_one_visit():
    line = {"state": TO_PICK_UP, "due": 100, "place": 1, "price_oere": 50_000, "paid_oere": 50_000}
    rows = tuple(line | {"number": 44 + 4 * k, "basket": 44} for k in range(3))
    quiet = dict.fromkeys(("scroll_day", "browse_day", "next_need_day"), NEVER)
    me = person((), rows, **quiet)
    around = world(market=market(**(CALM | {"inspects_at_pickup": 0.0})))
    live_a_day(me, file(), around, office(firm(**(OPEN | {"newsletters": 0}))))
    assert column(around.tape, ev.STORE_VISIT, "order") == [FOR_PICK_UP]
    assert column(around.tape, ev.PICKED_UP, "order") == [44, 48, 52]
    assert column(around.tape, ev.PICKED_UP, "value") == [1, 0, 0], "and one parcel"


def test_a_basket_of_another_device_is_filled_again_thing_by_thing():
    left = {"basket_place": AT_PHONE, "told": 2}
    wishes = (FIRST | left | {"cart_oere": 0}, SECOND | left | {"cart_oere": 0})
    numbers = {"search_again_minutes": 0.0}
    me, around, _ = visited(*wishes, numbers=numbers, device=0)
    again = [v for v in column(around.tape, ev.REPEATED, "value") if v == ev.FILLED]
    assert len(again) == 2 and len(column(around.tape, ev.WEB_ORDER, "need")) == 2
    me, around, _ = visited(*wishes, device=1)
    assert ev.REPEATED not in written(around.tape)
    assert column(around.tape, ev.BASKET_PAID, "need") == [11]
    assert me.orders[1].place == AT_PHONE


def shown_again(item, j=0, places=(AT_PHONE, AT_PHONE)):
    """He comes to another device, where he is known and shown a basket by one of its things."""
    wishes = [
        line | {"basket_place": place, "told": 2, "cart_oere": 0}
        for line, place in zip((FIRST, SECOND), places, strict=True)
    ]
    one = profile(linked=1 << BY_COMPUTER, baskets={BY_MAIL: (item, 99)} if item >= 0 else {})
    numbers = {"search_again_minutes": 0.0}
    _, around, _ = visited(*wishes, j=j, numbers=numbers, one=one, company=BLANK, device=0)
    again = zip(
        column(around.tape, ev.REPEATED, "need"),
        column(around.tape, ev.REPEATED, "value"),
        strict=True,
    )
    assert sorted(column(around.tape, ev.WEB_ORDER, "need")) == [11, 12]
    return sorted(need for need, what in again if what == ev.FILLED)


def test_a_basket_that_is_shown_by_one_of_its_things_is_all_there():
    assert shown_again(48) == [] and shown_again(16, j=1) == []


def test_a_basket_that_is_not_shown_is_filled_again_thing_by_thing():
    assert shown_again(-1) == [11, 12] and shown_again(20) == [11, 12], "somebody else's"
    assert shown_again(-1, places=(AT_PHONE, AT_COMPUTER)) == [11], "this one is here"


def test_a_basket_is_all_there_whichever_of_its_things_is_looked_at_first():
    assert shown_again(16) == [] and shown_again(48, j=1) == []
