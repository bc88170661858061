"""Claims about departments' figures, on logs by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from test_metrics import event, tiny_run

from sim.core import events as ev
from sim.core.records import LOOK_UP, STOP_MAIL, TAKE_BACK
from sim.measures.accounts import person_years
from sim.measures.departments import DEPARTMENTS, LEDGERS, inside, ledgers, measure_departments
from sim.settings.departments import BonusScheme
from sim.settings.economics import Economics

near = pytest.approx
FREE = Economics(
    **dict.fromkeys(
        ("store_sale_dkk", "advice_dkk", "parcel_dkk", "mail_return_dkk", "desk_minute_dkk"), 0.0
    )
)
COST = np.array([20_000, 30_000])  # øre, by item
CARRIED = np.array([1, 0])
SCHEMES = {
    "channel": BonusScheme(title="channel", returns_on_taker=1.0),
    "half": BonusScheme(title="half", returns_on_taker=0.5, credits_helper=0.5),
}


def act(kind, what, value=0.0):
    return event(kind, 400, 0, channel=ev.STORE, value=value, category=what)


def figures(log):
    frame = measure_departments(tiny_run(log))
    return dict(zip(frame["what"], frame["value"], strict=True))


def test_each_act_is_a_share_of_the_times_that_it_was_asked_for():
    log = [act(ev.ACT_DONE, TAKE_BACK)] * 5 + [act(ev.ACT_SLOWED, TAKE_BACK, 10.0)] * 3
    log += [act(ev.ACT_DECLINED, TAKE_BACK)] * 2
    log += [act(ev.ACT_DONE, LOOK_UP, 1.0)] * 3 + [act(ev.ACT_DECLINED, LOOK_UP)]
    found = figures(log)
    assert (found["taken back"], found["taken back late"], found["refused"]) == (0.5, 0.3, 0.2)
    assert found["looked up"] == 0.75 and np.isnan(found["lead passed"])
    assert found["done"] == near(8 / 14), "what is done late is not done at once"


def test_mails_left_unsent_are_told_per_person_year():
    run = tiny_run([act(ev.ACT_DONE, STOP_MAIL)] * 4 + [act(ev.ACT_DECLINED, STOP_MAIL)])
    frame = measure_departments(run).set_index("what")["value"]
    assert frame["stopped"] == near(4 / person_years(run).sum()) and frame["mail stopped"] == 0.8


def test_every_figure_is_measured():
    assert set(figures([])) == set(DEPARTMENTS)


def books(*log, economics=FREE):
    run = tiny_run(list(log))
    frame = ledgers(run, economics, COST, CARRIED, SCHEMES)
    years = person_years(run).sum()
    values = frame.pivot(index="department", columns="scheme", values="value") * years
    return {scheme: values[scheme].to_dict() for scheme in SCHEMES}


def sale(kind, item=0, channel=ev.STORE):
    return event(kind, 400, 0, 500, channel=channel, item=item)


def back(kind, value=0.0, item=0):
    return event(kind, 410, 0, 500, channel=ev.STORE, item=item, value=value)


def test_a_sale_counts_by_its_margin_where_it_was_booked():
    assert books(sale(ev.STORE_SALE))["channel"]["stores"] == near(300.0)
    found = books(sale(ev.WEB_ORDER, channel=ev.DIRECT))["channel"]
    assert (found["web"], found["stores"], found["marketing"]) == (near(300), near(0), near(0))


def test_marketing_counts_what_its_mails_and_ads_brought_and_the_web_shop_too():
    for channel in (ev.EMAIL, ev.MEDIA[0], ev.TEXT):
        found = books(sale(ev.WEB_ORDER, channel=channel))["channel"]
        assert found["marketing"] == found["web"] == near(300.0)


def test_a_web_order_brought_back_falls_on_who_the_scheme_says():
    found = books(back(ev.RETURN_IN_STORE, value=1.0))
    assert (found["channel"]["stores"], found["channel"]["web"]) == (near(-300), near(0))
    assert (found["half"]["stores"], found["half"]["web"]) == (near(-150), near(-150))


def test_a_return_by_mail_is_the_web_shops_and_one_of_a_store_the_stores():
    for scheme in SCHEMES:
        assert books(back(ev.RETURN_BY_MAIL))[scheme]["web"] == near(-300.0)
        assert books(back(ev.RETURN_IN_STORE))[scheme]["stores"] == near(-300.0)


def test_what_a_store_sends_home_is_the_web_shops_and_in_part_its_own():
    found = books(sale(ev.STORE_SALE, item=1))
    assert (found["channel"]["stores"], found["channel"]["web"]) == (near(0), near(200))
    assert (found["half"]["stores"], found["half"]["web"]) == (near(100), near(200))


def test_staffs_minutes_for_others_are_the_stores():
    dear = FREE.model_copy(update={"desk_minute_dkk": 5.0})
    found = books(act(ev.ACT_DONE, LOOK_UP, 3.0), economics=dear)["channel"]
    assert found["stores"] == near(-15.0) and found["service"] == near(0.0)


def test_it_bears_what_maturity_costs():
    run = tiny_run([])
    run.upkeep_dkk = 700.0
    frame = ledgers(run, FREE, COST, CARRIED, SCHEMES).set_index(["scheme", "department"])
    assert frame.loc[("half", "it"), "value"] == near(-700.0 / person_years(run).sum())


def test_who_gains_is_told_against_the_baseline_seed_by_seed():
    rows = [
        (seed, name, "channel", department, value + seed)
        for seed in (1, 2)
        for name, value in (("base", 10.0), ("other", 13.0))
        for department in LEDGERS
    ]
    frame = pd.DataFrame(rows, columns=["seed", "strategy", "scheme", "department", "value"])
    found = inside([frame], ["base", "other"], "base").set_index(["strategy", "department"])
    assert found.loc[("other", "web"), "gain"] == 3.0
    assert found.loc[("other", "web"), "gain_low"] == near(3.0), "both seeds say the same"
    assert (
        np.isnan(found.loc[("base", "web"), "gain"]) and found.loc[("base", "it"), "mean"] == 11.5
    )
