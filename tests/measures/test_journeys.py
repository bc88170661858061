"""Claims about journeys that hang together, on logs small enough to count in the head."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from test_metrics import END, FORK, ITEM_COST, SIMPLE, event, metric, receipt, tiny_run

from sim.core import events as ev
from sim.core.events import BY_AD_LINK, BY_MAIL_LINK, IN_APP
from sim.measures.journeys import DIFFERENCE, JOURNEYS, MEETINGS, measure_journeys

COMPUTER, PHONE, STORE, CENTRE = ev.BY_PLACE
SHOPPER, BUYER = 0, 1
TYPED_ONLY = [event(ev.REPEATED, 400, channel=ev.WEB, value=float(ev.TYPED))]


def done(need, *touched, cracks=0, customer=SHOPPER, day=450):
    """A purchase is settled, whose need met these touchpoints."""
    fields = {"need": need, "value": float(cracks), "minute": sum(touched)}
    return event(ev.JOURNEY_DONE, day, customer, **fields)


def again(kind, times=1):
    return [event(ev.REPEATED, 400, value=float(kind))] * times


def found(log, base=None, **given):
    """The figures by name; ``base``: the baseline's log in the same world."""
    run = tiny_run(log, **given)
    there = None if base is None else tiny_run(base, strategy="baseline")
    frame = measure_journeys(run, SIMPLE, ITEM_COST, there)
    assert frame["what"].tolist() == list(JOURNEYS)
    assert set(frame["seed"]) == {1} and set(frame["strategy"]) == {"ours"}
    return dict(zip(frame["what"], frame["value"], strict=True))


def test_two_touchpoints_make_a_journey_cross_channel_and_one_crack_breaks_it():
    log = [done(1, STORE), done(2, COMPUTER, STORE), done(3, STORE, CENTRE, cracks=1)]
    assert found(log)["cross-channel"] == pytest.approx(200 / 3)
    assert found(log)["coherent"] == 0.5
    assert found(log)["coherent, one touchpoint"] == 1.0
    assert found([done(1, PHONE, STORE, cracks=1), *again(ev.SAID)])["coherent"] == 0.0


def test_what_was_typed_for_another_order_is_counted_apart_and_breaks_nothing():
    figures = found([done(1, COMPUTER, STORE), *TYPED_ONLY])
    assert (figures["coherent"], figures["typed"]) == (1.0, 100.0)
    kinds = [name for name in JOURNEYS if name.startswith("again: ")]
    assert [figures[name] for name in kinds] == [0.0] * (len(ev.AGAIN) - 1)


def test_a_link_is_a_touchpoint_and_no_place():
    log = [done(1, BY_AD_LINK, COMPUTER), done(2, BY_MAIL_LINK, PHONE, STORE, cracks=2)]
    figures = found([*log, done(3, COMPUTER, PHONE), done(4, IN_APP, STORE)])
    assert (figures["cross-channel"], figures["coherent"]) == (100.0, 0.75)
    assert figures["cross-channel, places"] == 75.0
    assert figures["coherent, places"] == pytest.approx(2 / 3)


def test_the_device_that_has_the_app_is_one_touchpoint():
    assert found([done(1, IN_APP)])["cross-channel"] == 0.0


def test_journeys_settled_before_the_fork_are_the_past_s():
    figures = found([done(1, COMPUTER, STORE, day=FORK - 1), done(2, STORE, day=FORK)])
    assert figures["cross-channel"] == 0.0 and np.isnan(figures["coherent"])


def test_coherent_journeys_are_set_against_all_costs_but_goods():
    sale = event(ev.STORE_SALE, 400, 0, 300)  # 60 DKK of goods, 25 DKK of staff
    log = [sale, receipt(400)]
    log += [done(1, COMPUTER, STORE), done(2, COMPUTER, STORE, cracks=1), done(3, STORE)]
    assert found(log, upkeep_dkk=475.0)["coherent per cost"] == pytest.approx(1 / 0.5)


def test_the_table_and_the_metrics_say_the_same():
    log = [
        done(1, COMPUTER, STORE),
        done(2, COMPUTER, PHONE, cracks=3),
        done(3, STORE),
        done(1, STORE, CENTRE, customer=BUYER),
        done(2, STORE, customer=BUYER),
    ]
    run = tiny_run(log, upkeep_dkk=500.0)
    figures = found(log, upkeep_dkk=500.0)
    assert metric(run, "cross_channel") == figures["cross-channel"] == 60
    assert metric(run, "coherent_share") == figures["coherent"] == pytest.approx(2 / 3)
    assert metric(run, "coherent_journeys") == figures["coherent per cost"] == pytest.approx(4)
    assert metric(run, "cross_channel", "buyers") == 50
    assert metric(run, "coherent_share", "shoppers") == 0.5
    assert metric(run, "coherent_journeys", "buyers") == pytest.approx(1 / 0.25)


def test_things_done_again_are_counted_by_kind_over_settled_purchases():
    log = [done(need, STORE) for need in range(4)]
    log += [*again(ev.SEARCHED, 2), *again(ev.SAID, 4), *again(ev.CASE), *TYPED_ONLY]
    figures = found([*log, event(ev.WENT_AWAY, 400, channel=ev.STORE, need=9)])
    told = {name: figures[f"again: {ev.AGAIN[kind]}"] for kind, name in ((1, "s"), (3, "w"))}
    assert told == {"s": 50.0, "w": 100.0}
    assert figures["again: case told from the start"] == 25.0
    assert figures["again: basket filled"] == figures["again: receipt looked for"] == 0.0
    assert (figures["went away"], figures["typed"]) == (25.0, 25.0)


def test_contradictions_are_counted_over_what_was_really_seen():
    log = [event(ev.MAIL_OPENED, 400)] * 2 + [event(ev.APP_MESSAGE, 400)]
    log += [event(ev.AD_NOTICED, 400)] * 5 + [event(ev.CONTRADICTED, 400)] * 2
    unseen = [event(ev.MAIL_SENT, 400), event(ev.AD_SHOWN, 400, channel=0)] * 9
    assert found([*log, *unseen])["contradictions"] == 250.0


def test_returns_for_a_lower_price_are_counted_over_purchases_without_exchanges():
    log = [event(ev.WEB_ORDER, 400, 0, 100), event(ev.STORE_SALE, 400, 0, 100)]
    log += [event(ev.STORE_SALE, 410, 0, 100, value=1.0)]
    assert found([*log, event(ev.RETURNS_FOR_PRICE, 420, 0, 20)])["returned for price"] == 500.0


def test_consents_taken_back_are_counted_over_the_years_people_were_there():
    log = [event(ev.CONSENT_WITHDRAWN, 400)] * 2
    assert found(log)["consents"] == pytest.approx(500)  # two people for two years
    assert found(log, spans={0: (0, FORK + 365), 1: (0, FORK)})["consents"] == pytest.approx(2000)


def test_a_journey_is_told_by_every_touchpoint_that_it_met():
    log = [
        done(1, PHONE, STORE),
        done(2, IN_APP, COMPUTER, cracks=1),
        done(3, BY_MAIL_LINK, IN_APP, STORE),
        done(4, STORE, CENTRE, cracks=1),
        done(5, STORE),  # met the store only: not among them
    ]
    figures = found(log)
    met = {name: (figures[f"met {name}"], figures[f"coherent, met {name}"]) for name in MEETINGS}
    assert met["store"] == (0.75, pytest.approx(2 / 3))
    assert met["app"] == (0.5, 0.5)
    assert met["a mail's link"] == met["a link and the store"] == (0.25, 1.0)
    assert met["web shop and store"] == (0.5, 1.0), "on the phone or in the app"
    assert met["computer and phone"] == (0.25, 0.0)
    assert met["customer centre"] == met["store and customer centre"] == (0.25, 0.0)
    assert met["an ad's link"][0] == met["web shop and customer centre"][0] == 0.0
    assert np.isnan(met["an ad's link"][1])


def test_needs_are_paired_by_person_and_number():
    ours = [
        done(1, COMPUTER, STORE),
        done(2, COMPUTER, STORE),
        done(3, STORE, CENTRE, cracks=1),
        done(4, COMPUTER, STORE),  # touched one thing there
        done(5, COMPUTER, STORE),  # never settled there
        done(1, COMPUTER, STORE, customer=BUYER),  # the other person's need of that number
    ]
    theirs = [
        done(3, COMPUTER, STORE, day=420),
        done(2, PHONE, STORE, cracks=1),
        done(1, PHONE, STORE, cracks=4, day=900),
        done(4, STORE),
        done(6, COMPUTER, STORE),
        done(7, COMPUTER, STORE, customer=BUYER),
    ]
    figures = found(ours, theirs)
    assert figures["both"] == 3
    assert figures["coherent, both"] == pytest.approx(2 / 3)
    assert figures["coherent, both, baseline"] == pytest.approx(1 / 3)
    assert figures[DIFFERENCE] == pytest.approx(1 / 3)


def test_a_strategy_that_is_the_baseline_differs_from_it_by_nothing():
    log = [done(1, COMPUTER, STORE), done(2, COMPUTER, PHONE, cracks=1), done(3, STORE)]
    figures = found(log, log)
    assert (figures["both"], figures["coherent, both"], figures[DIFFERENCE]) == (2, 0.5, 0.0)


def test_needs_of_two_worlds_that_do_not_match_are_refused():
    one, other = tiny_run([done(1, STORE)]), tiny_run([done(1, STORE)], seed=2)
    with pytest.raises(ValueError, match="one seed, fork and end"):
        measure_journeys(one, SIMPLE, ITEM_COST, other)


def test_over_nothing_nothing_is_said():
    told = found([])
    assert told.pop("consents") == 0.0, "there were people"
    assert all(np.isnan(value) for value in told.values()), "pairs too: this is the baseline"
    assert np.isnan(found([], spans={0: (0, FORK), 1: (END, END)})["consents"])
    figures = found([], [])
    assert figures["both"] == 0.0 and np.isnan(figures[DIFFERENCE])


def test_every_figure_says_what_it_is_and_over_what():
    for name, figure in JOURNEYS.items():
        assert figure.title and figure.definition and figure.denominator and figure.unit, name
    told = pd.DataFrame(list(JOURNEYS.values()))
    assert not told.duplicated(["section", "title"]).any()
