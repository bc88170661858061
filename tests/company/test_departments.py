"""Claims about acts for another department: who gains by one does it [B46, B48; A27]."""

from __future__ import annotations

import math

import numpy as np
import pytest
from people import SEED, firm, profile, settings
from scipy.stats import norm

from sim.company import departments
from sim.company.credits import Figures, credits
from sim.company.departments import DECLINED, DONE, SLOWED, act_minutes, carries_out, was_told
from sim.core.draws import uniform
from sim.core.records import ACTS, LOOK_UP, ORDER_HOME, PASS_LEAD, STOP_MAIL, TAKE_BACK

COMPANY = settings().company
SCHEMES, BELIEVED = COMPANY.bonus_schemes, COMPANY.departments
TRADE = Figures(sold_at_return=100.0, sold_a_visit=60.0, sold_a_receipt=200.0, sold_a_mail=0.2)
MARGIN = 0.5
EASY = {"act_minutes": np.zeros(ACTS)}  # what takes no time


def company(scheme="channel", told=1.0, trade=TRADE, **changes):
    known = credits(SCHEMES, scheme, trade, MARGIN, BELIEVED)
    return firm(**({"shared_targets": told} | known | changes))


def act(what, price=0.0, who=None, when=9, **about):
    return carries_out(who or company(**about), profile(), what, price, when, SEED)


def share(**about):
    who = company(**about.pop("company", {}))
    what, price = about["what"], about.get("price", 0.0)
    return np.mean([act(what, price, who, when) == DONE for when in range(2000)])


def test_a_store_whose_figures_bear_the_return_takes_back_what_sells_more_than_it_costs():
    # It sells 100 DKK of margin to who brings something back, and loses half of the price.
    assert act(TAKE_BACK, 199.0, **EASY) == DONE
    assert act(TAKE_BACK, 201.0, **EASY) == SLOWED
    assert act(TAKE_BACK, 1199.0, **EASY) == SLOWED
    assert act(TAKE_BACK, 1201.0, **EASY) == DECLINED, "500 DKK are worth an argument"


@pytest.mark.parametrize("scheme", ["shared", "customer"])
def test_where_returns_are_booked_on_the_seller_no_price_is_too_high(scheme):
    assert act(TAKE_BACK, 1e6, scheme=scheme, **EASY) == DONE


def test_who_was_not_told_goes_by_the_channel_whatever_the_scheme():
    for scheme in SCHEMES:
        assert act(TAKE_BACK, 1201.0, scheme=scheme, told=0.0, **EASY) == DECLINED
        assert act(STOP_MAIL, scheme=scheme, told=0.0, **EASY) == SLOWED
        assert act(ORDER_HOME, scheme=scheme, told=0.0) != DONE


def test_whether_somebody_was_told_is_drawn_for_each_act_and_occasion():
    u = uniform(SEED, 3, departments.TOLD, STOP_MAIL, 9)
    for told, knows in ((u + 1e-9, True), (u - 1e-9, False)):
        assert was_told(firm(shared_targets=told), profile(), STOP_MAIL, 9, SEED) == knows
        done = act(STOP_MAIL, scheme="shared", told=told) == DONE
        assert done == knows


def test_a_target_agreed_on_is_done_whatever_it_costs():
    dear = {"act_minutes": np.full(ACTS, 1e6)}
    assert act(ORDER_HOME, scheme="customer", **dear) == DONE
    assert act(ORDER_HOME, scheme="shared", **dear) == DECLINED, "no target was agreed"
    assert act(PASS_LEAD, 1000.0, scheme="customer", **dear) == DECLINED


def test_a_sale_elsewhere_is_worth_the_share_of_it_that_the_helper_is_credited_with():
    # Half of 0.3 x 200 DKK against four minutes at 5 DKK, and a spread of how busy it is.
    for scheme, gain in (("channel", 0.0), ("shared", 30.0), ("customer", 60.0)):
        who = company(scheme, agreed=np.zeros(ACTS, np.int64))
        done = np.mean([act(ORDER_HOME, 0.0, who, k) == DONE for k in range(3000)])
        wanted = norm.cdf(math.log(gain / 20.0) / 0.6) if gain else 0.0
        assert done == pytest.approx(wanted, abs=0.03)


def test_leads_of_dearer_things_are_passed_on_more_often():
    low, high = (share(what=PASS_LEAD, price=p, company={"scheme": "shared"}) for p in (200, 800))
    assert high > low + 0.2


def test_looking_a_visitor_up_needs_nobody_else_and_hangs_on_training():
    by_scheme = [share(what=LOOK_UP, company={"scheme": name}) for name in SCHEMES]
    assert by_scheme == [by_scheme[0]] * len(SCHEMES)
    # A tenth of 60 DKK against a minute of 5 DKK, or two.
    for slowness, cost in ((1.0, 5.0), (2.0, 10.0)):
        done = share(what=LOOK_UP, company={"act_slowness": slowness})
        assert done == pytest.approx(norm.cdf(math.log(6.0 / cost) / 0.6), abs=0.03)


def test_untrained_staff_take_longer_for_the_same_act():
    fast, slow = (act_minutes(company(act_slowness=s), profile(), LOOK_UP, 9, SEED) for s in (1, 2))
    assert slow == pytest.approx(2 * fast)


def test_marketing_stops_no_mail_that_it_is_credited_with_unless_it_was_agreed():
    assert act(STOP_MAIL, scheme="channel", **EASY) != DONE
    assert act(STOP_MAIL, scheme="shared", **EASY) == DONE
    assert act(STOP_MAIL, scheme="channel", trade=TRADE._replace(sold_a_mail=-1.0), **EASY) == DONE


def test_a_scheme_of_ones_own_is_an_entry_and_no_code():
    ours = SCHEMES["shared"].model_copy(update={"returns_on_taker": 0.5, "agreed": ()})
    known = credits(SCHEMES | {"ours": ours}, "ours", TRADE, MARGIN, BELIEVED)
    who = firm(shared_targets=1.0, **(known | EASY))
    assert act(TAKE_BACK, 399.0, who) == DONE and act(TAKE_BACK, 401.0, who) == SLOWED


def test_without_figures_nothing_is_taken_to_sell():
    who = company(trade=Figures(), **EASY)
    assert act(TAKE_BACK, 1.0, who) == SLOWED and act(LOOK_UP, 0.0, who) == SLOWED
