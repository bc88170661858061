"""Claims about the figures of reasons: why things come back, who stays away, what is noticed."""

from __future__ import annotations

import numpy as np
import pytest
from test_metrics import END, FORK, event, tiny_run

from sim.core import events as ev
from sim.core.records import (
    AT_PLACE,
    CATEGORIES,
    CELLS,
    CUSTOMER,
    FALLS_SHORT,
    FEES,
    ITEM,
    SERVICE,
    WRONG_SIZE,
)
from sim.measures.why import (
    WHY,
    days_until_followed,
    days_until_noticed,
    measure_why,
    spent_by_channel,
)
from sim.settings.shocks import Fashion, Shock
from sim.world.assortment import DONE
from sim.world.leavers import ASKED

near = pytest.approx
SOUND = {"shortfall": 0.0, "pictures": 0.8, "sizes": 0.8}


def goods(**wrong):
    """Four articles; shortfall={2: 0.4}."""
    table = np.zeros(4, ITEM)
    for name, usual in SOUND.items():
        table[name] = usual
        for row, value in wrong.get(name, {}).items():
            table[name][row] = value
    return table


def people(*rows):
    """Customers in the market: (orders ever, day of the last one, sores by number)."""
    table = np.zeros(len(rows), CUSTOMER)
    table["present"] = 1
    table["last_from_us"] = -1
    for k, (orders, day, sores) in enumerate(rows):
        table["orders_ever"][k], table["last_from_us"][k, 0] = orders, day
        for sore, lost in sores.items():
            table["sores"][k, sore] = lost
    return table


def figures(log, customers=None, catalogue=None, away=(), **done):
    told, asked = np.zeros(1, DONE), np.zeros(1, ASKED)
    for name, value in dict(away).items():
        asked[name] = value
    for name, value in done.items():
        told[name] = value
    customers = people((0, -1, {})) if customers is None else customers
    catalogue = goods() if catalogue is None else catalogue
    frame = measure_why(tiny_run(log), customers, catalogue, told[0], asked[0], SOUND, [], (), ())
    return dict(zip(frame["what"], frame["value"], strict=True))


def test_reasons_are_shares_of_all_that_was_to_go_back():
    faults = [FALLS_SHORT, WRONG_SIZE, WRONG_SIZE, 0]
    told = figures([event(ev.DISAPPOINTED, FORK, value=float(k)) for k in faults])
    assert (told["falls short"], told["wrong size"], told["nothing in particular"]) == (
        0.25,
        0.5,
        0.25,
    )
    assert set(told) == set(WHY)


def test_what_is_done_is_told_a_year_and_right_or_needless_as_shares():
    told = figures([event(ev.ENTERED, FORK)], acted=8, right=6, needless=1, asked=20)
    years = (END - FORK) / 365
    assert (told["right"], told["needless"]) == (0.75, 0.125)
    assert told["acted"] == near(8 / years) and told["interviews"] == near(20 / years)


def test_of_those_who_stay_away_it_is_told_who_was_asked_whether_it_was_so_and_what_stores_did():
    away = {"people": 60, "rounds": 4, "right": 3, "days": 200, "helped": 50.0}
    told = figures([event(ev.ENTERED, FORK)], away=away)
    assert told["asked away"] == near(60 * 365 / (END - FORK))
    assert (told["told right"], told["stores helped"]) == (0.75, 0.25)
    assert np.isnan(figures([event(ev.ENTERED, FORK)])["told right"]), "nobody was asked"


def test_a_sale_has_a_fault_whatever_it_is():
    sold = [event(ev.WEB_ORDER, END - 1, item=k, need=k, order=k) for k in range(4)]
    told = figures(sold, catalogue=goods(shortfall={0: 0.4}, sizes={1: 2.0}))
    assert told["sold with a fault"] == 0.5


def test_who_stays_away_says_what_hurt_him_most():
    long_ago, lately = END - 400, END - 10
    told = figures(
        [event(ev.ENTERED, FORK)],
        people(
            (1, long_ago, {FEES: 50, SERVICE: 20}),
            (2, long_ago, {}),
            (1, lately, {SERVICE: 999}),
            (0, -1, {FEES: 999}),
        ),
    )
    assert told["stays away"] == near(2 / 3)
    assert (told["hurt: fees"], told["hurt: service"], told["hurt: nothing"]) == (0.5, 0.0, 0.5)


def test_a_fashion_is_noticed_when_half_of_the_way_to_what_people_look_for_is_gone():
    shock = Shock(name="x", from_day=10, fashion=Fashion(category="a", style="b"))
    needs = [event(ev.NEED_ACTIVE, FORK + 11, category=0, style=1, need=k) for k in range(10)]
    usual = [
        event(ev.NEED_ACTIVE, FORK + 1, category=0, style=style, need=20 + k)
        for k, style in enumerate((0, 0, 1, 2, 2))
    ]
    run = tiny_run(needs + usual)

    def view(part):
        share = np.zeros((CATEGORIES, 3))
        share[0] = (1 - part) / 2, part, (1 - part) / 2
        share[1:] = 1.0
        return share.ravel()

    def noticed(*views):
        return days_until_noticed(run, [(FORK + day, view(p)) for day, p in views], ((shock, 1),))

    assert len(view(0.2)) == CELLS
    assert noticed((5, 0.2), (20, 0.5), (30, 0.6), (40, 0.9)) == 20
    assert noticed((5, 0.2), (20, 0.5)) == END - FORK - 10, "never: the rest of the run"
    assert np.isnan(days_until_noticed(run, [], ()))


def media_run(*months):
    """A run in which a day of each of these months has so many impressions at the first place and
    at the second, at 2 DKK each; half of them shown to customers."""
    run = tiny_run([], end=FORK + 28 * len(months))
    run.tally.prices[:] = 2.0
    for k, shown_at in enumerate(months):
        days = slice(28 * k, 28 * (k + 1))
        for place, shown in enumerate(shown_at):
            run.tally.media[days, :, AT_PLACE * place, 0] = shown / 4
            run.tally.media[days, :, AT_PLACE * place, 2] = shown / 4
    return run


def test_money_has_followed_people_when_it_is_half_of_the_way_to_as_much_a_visit_as_before():
    run = media_run((80, 20), (80, 20), (60, 40), (40, 60))
    assert spent_by_channel(run)[0, :3].tolist() == [160.0, 40.0, 0.0]
    first, second = (medium.name for medium in run.media)

    def followed(**about):
        shock = {"name": "x", "from_day": 28, "habits": {first: 0.5, second: 2.0}}
        return days_until_followed(run, (Shock(**(shock | about)),))

    # of 80 to 20, half as many and twice as many are 50 to 50: half of the way is 65 to 35
    assert followed() == 28 + 21, "over four weeks up to then, three of them at 60 to 40"
    assert followed(habits={first: 0.1, second: 9.0}) == 56 + 26, "half of the way is 42 to 58"
    assert followed(habits={second: 0.5}) == 84, "never: the rest of the run"
    assert np.isnan(followed(habits={})) and np.isnan(followed(from_day=200))
