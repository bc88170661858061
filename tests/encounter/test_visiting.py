"""Claims about coming into a store: which, when, with staff or by the app; and stars for it."""

from __future__ import annotations

import numpy as np
import pytest
from people import (
    ID,
    OPEN,
    SEED,
    WISH,
    column,
    file,
    firm,
    market,
    office,
    person,
    profile,
    shelves,
    terms,
    today,
    value,
    world,
    written,
)

from sim.core import events as ev
from sim.core.draws import uniform
from sim.core.records import ACTIVE, BRINGING, FREE, NEVER, SHOP, TO_PICK_UP
from sim.encounter import store
from sim.encounter.day import attend, handle_order, look_round
from sim.encounter.store import visit_store
from sim.encounter.visiting import (
    FOR_NEED,
    FOR_PICK_UP,
    FOR_RETURN,
    TO_LOOK,
    lets_himself_in,
    store_for,
)
from sim.journey.stores import COMES_AT, NOWHERE

near = pytest.approx
MEMBER = {"club": 1, "app": 1}
EVENING = {"evening_until_minute": 1260}
FINDS = {"finds_in_store": 1.0, "outside_store": -90.0, "advised_in_store": 1.0}
FINDS |= {"queue_minutes": 0.0, "scan_utility": -90.0, "rates_base": -90.0, "privacy_dkk": 0.0}
ORDER = {"number": 44, "need": 11, "paid_oere": 50_000, "price_oere": 50_000, "due": 100}
LATE = {"free_minute": 1150}  # day 100 is a Wednesday


def town(*shops, **about):
    """Stores that are open from ten to seven, unless told otherwise."""
    table = np.zeros(len(shops), SHOP)
    for s, shop in enumerate(shops):
        for name, told in (
            {"opens": 600, "closes": 1140, "skill": 1.0, "queue": 1.0} | shop
        ).items():
            table[name][s] = told
    return today(n_shops=len(shops), shops=table, stars=3.5, **about)


def scene(*shops, offer=None, able=1.0, goods=None, **numbers):
    """A world with these stores, and a company some of whose members' stores have self-scan."""
    parts = {"catalogue": goods} if goods is not None else {}
    around = world(
        market=market(**(FINDS | numbers)),
        terms=terms(**(offer or {})),
        today=town(*(shops or ({},))),
        **parts,
    )
    return around, office(firm(**(OPEN | {"self_scan": able, "order_to_home": 1.0})))


def living(*km, wishes=(), orders=(), **him):
    dam = [round(k * 100) for k in km]
    return person(wishes, orders, **({"distance_km": km[0], "store_dam": dam} | him))


# ---- which store -------------------------------------------------------------------------------


def test_each_errand_has_its_store():
    me, alike, praised = living(4.0, 12.0, 9.0), scene({}, {}, {}), scene({}, {"praise": 5.0}, {})
    for reason, s in ((FOR_NEED, 1), (TO_LOOK, 1), (FOR_PICK_UP, 0), (FOR_RETURN, 0)):
        assert store_for(me, file(), reason, *alike) == 0
        assert store_for(me, file(), reason, *praised) == s


def test_for_an_errand_he_finds_the_time_on_any_day_on_which_stores_are_open():
    around, shut = scene({}, {}), (world(today=town({}, {}, stores_open=0)), office())
    for reason in (FOR_PICK_UP, FOR_RETURN):
        assert store_for(living(4.0, 9.0, **LATE), file(), reason, *around) == 0
        assert store_for(living(4.0, 9.0), file(), reason, *shut) == NOWHERE
    for state in (TO_PICK_UP, BRINGING):
        me = living(4.0, 9.0, orders=(ORDER | {"state": state},))
        handle_order(me, file(), 0, *shut)
        assert me.orders[0].due == 101
    assert store_for(living(4.0), file(), FOR_NEED, *scene(offer={"stores": 0})) == NOWHERE


def test_who_works_until_all_are_closed_goes_to_none_of_them():
    numbers = {"browses_in_store": 1.0, "competitor_closing_minute": 1400, "aware_at_start": 1.0}
    for him, told in (({}, [ev.STORE_VISIT]), (LATE, [])):
        around, books = scene(**numbers)
        me = living(4.0, **him)
        look_round(me, file(), around, books)
        assert [k for k in written(around.tape) if k == ev.STORE_VISIT] == told
    around, books = scene(store_utility=90.0, looks_first=0.0)
    me = living(4.0, wishes=(WISH,), **LATE)
    attend(me, file(), 0, around, books)
    assert ev.STORE_VISIT not in written(around.tape)


# ---- the visit ---------------------------------------------------------------------------------


def visited(*shops, reason=FOR_NEED, slot=-1, one=None, wish=WISH, orders=(), him=None, **told):
    around, books = scene(*shops, **told)
    me = living(4.0, 9.0, wishes=(wish,), orders=orders, **(him or {}))
    visit_store(me, file(one), 0 if slot < 0 else -1, reason, slot, around, books)
    return me, around


def test_the_log_says_which_store_and_when_he_came():
    u = uniform(SEED, ID, COMES_AT, FOR_NEED, 100)
    _, around = visited({}, {"opens": 700, "closes": 1000, "praise": 5.0}, store_star_worth=9.0)
    assert column(around.tape, ev.STORE_VISIT, "value") == [1]
    assert column(around.tape, ev.STORE_VISIT, "minute") == [int(700 + 300 * u)]
    assert column(around.tape, ev.STORE_VISIT, "style") == [0]


def test_the_desk_is_asked_when_he_comes_while_staff_are_there():
    back = (ORDER | {"state": BRINGING},)
    _, around = visited(reason=FOR_RETURN, slot=0, orders=back, him=MEMBER | LATE, offer=EVENING)
    assert column(around.tape, ev.STORE_VISIT, "style") == [0]
    came = column(around.tape, ev.STORE_VISIT, "minute")[0]
    assert value(around.tape.requests[0], "minute") == came


def test_who_is_asked_answers_as_often_as_the_store_has_skill():
    u = uniform(SEED, ID, store.ADVICE, 11, store.moment(100, store.AT_STORE))
    for skill, advised in ((u / 0.5 + 1e-9, True), (u / 0.5 - 1e-9, False)):
        _, around = visited({"skill": skill}, advised_in_store=0.5)
        assert (ev.ADVISED in written(around.tape)) == advised


# ---- after closing time ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("him", "able", "offer", "until"),
    [
        (MEMBER, 1.0, EVENING, 1260),
        (MEMBER, 0.0, EVENING, 0),
        (MEMBER, 1.0, {}, 0),
        ({"club": 1}, 1.0, EVENING, 0),
        ({"app": 1}, 1.0, EVENING, 0),
    ],
)
def test_the_door_opens_to_members_with_the_app_where_there_is_self_scan(him, able, offer, until):
    assert lets_himself_in(living(4.0, **him), file(), *scene(able=able, offer=offer)) == until


def test_only_who_can_let_himself_in_comes_after_closing_time_and_only_to_look_and_buy():
    late = scene(offer=EVENING)
    for reason in (FOR_NEED, TO_LOOK):
        assert store_for(living(4.0, **MEMBER, **LATE), file(), reason, *late) == 0
        assert store_for(living(4.0, **LATE), file(), reason, *late) == NOWHERE


def evening(wish=WISH, orders=(), **told):
    return visited(wish=wish, orders=orders, him=MEMBER | LATE, **({"offer": EVENING} | told))


def test_without_staff_he_finds_scans_and_pays_and_the_app_knows_him():
    me, around = evening()
    assert column(around.tape, ev.STORE_VISIT, "style") == [1]
    assert column(around.tape, ev.STORE_VISIT, "minute")[0] >= 1150
    assert column(around.tape, ev.STORE_VISIT, "seen_as") == [ev.A_PERSON]
    told = written(around.tape)
    assert ev.SCANNED in told and ev.STORE_SALE in told and me.needs[0].state == FREE
    assert ev.ADVISED not in told
    assert column(around.tape, ev.BASKET_PAID, "value") == [0], "past the till"
    assert column(around.tape, ev.STORE_SALE, "seen_as") == [ev.A_PERSON]


def test_by_day_the_same_member_is_advised_and_goes_to_the_till():
    _, around = visited(him=MEMBER, offer=EVENING | {"evening_until_minute": 0})
    told = written(around.tape)
    assert ev.ADVISED in told and ev.SCANNED not in told
    assert column(around.tape, ev.BASKET_PAID, "value") == [1]


def test_the_desk_is_closed_in_the_evening_and_nothing_is_ordered_to_his_home():
    back = ORDER | {"state": BRINGING, "due": NEVER}
    me, around = evening(orders=(back,))
    assert me.orders[0].state == BRINGING and around.tape.buffers.requests == 0
    bare = {"goods": shelves(in_store=dict.fromkeys(range(16, 19), 0)), "match_sd": 9.0}
    bought = column(evening(**bare)[1].tape, ev.STORE_SALE, "item")
    assert set(bought) <= {19}, "what stands on the shelf"


# ---- stars -------------------------------------------------------------------------------------


def stars(shop=None, wish=WISH, **told):
    _, around = visited(shop or {}, wish=wish, **({"rates_base": 90.0} | told))
    rows = zip(*(column(around.tape, ev.STORE_RATED, n) for n in ("value", "order")), strict=True)
    return list(rows)


def test_stars_are_given_for_what_happened():
    assert stars() == [(5, 0)], "served, and advised"
    assert stars(advised_in_store=0.0) == [(4, 0)]
    lost = {"finds_in_store": 0.0, "finds_expert": 0.0, "advised_in_store": 0.0}
    assert stars(**lost) == [(2, 0)]
    assert stars(queue_minutes=1e4, queue_patience_minutes=0.1, advised_in_store=0.0) == [(1, 0)]
    assert stars(rates_base=-90.0) == []


def test_who_asked_for_nothing_and_who_let_himself_in_says_nothing_of_the_service():
    asleep = WISH | {"state": ACTIVE, "next_day": NEVER}
    _, around = visited(reason=TO_LOOK, wish=asleep, slot=-1, rates_base=90.0, in_mind_days=5)
    quiet, _ = scene(rates_base=90.0, in_mind_days=5)
    me = living(4.0)
    visit_store(me, file(profile()), -1, TO_LOOK, -1, quiet, office(firm(**OPEN)))
    assert ev.STORE_RATED not in written(quiet.tape) and me.store_met[0] == 0
    me, around = evening(rates_base=90.0)
    assert ev.STORE_RATED not in written(around.tape) and me.store_met[0] == 0


def test_he_remembers_the_store_in_which_he_was():
    me, _ = visited({}, {"praise": 5.0}, store_star_worth=9.0)
    assert [int(met) for met in me.store_met[:2]] == [0, int(4.5 * 50)]
