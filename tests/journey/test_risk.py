"""Trust stands against what is uncertain: fit, delivery and refund [B55]."""

from __future__ import annotations

import math

import numpy as np
import pytest
from people import ID, SEED, market, person, terms, today

from sim.core.draws import exponential
from sim.journey import returning
from sim.journey.buying import mail_return_hassle_dkk
from sim.journey.returning import CARRIER, carrier_days, refund_days
from sim.journey.risk import doubt_dkk, late_share, risk_ahead, risk_of_fit, unpaid_share

near = pytest.approx


def test_in_usual_times_who_trusts_us_half_feels_nothing_at_risk():
    assert doubt_dkk(person(trust=0.5), 0.2, 1.0, 500.0) == 0
    assert doubt_dkk(person(trust=0.4), 0.2, 1.0, 500.0) == near(0.1 * 0.2 * 500)
    assert risk_of_fit(market()) == 1 == risk_ahead(market())


def test_trust_counts_for_as_much_more_as_things_are_less_certain():
    def worth_of_trust(risk):
        wary, trusting = (doubt_dkk(person(trust=t), 0.2, risk, 500.0) for t in (0.4, 0.6))
        return wary - trusting

    assert worth_of_trust(1.0) > 0
    assert worth_of_trust(3.0) == near(3 * worth_of_trust(1.0))


def test_less_certainty_holds_everybody_back_but_who_trusts_us_wholly():
    for trust in (0.0, 0.5, 0.9):
        me = person(trust=trust)
        more = doubt_dkk(me, 0.2, 2.0, 500.0) - doubt_dkk(me, 0.2, 1.0, 500.0)
        assert more == near(0.2 * 500 * (1 - trust))
    sure = person(trust=1.0)
    assert doubt_dkk(sure, 0.2, 9.0, 500.0) == doubt_dkk(sure, 0.2, 1.0, 500.0)


def test_fit_is_riskier_the_more_things_differ_from_their_pages():
    assert risk_of_fit(market(tau_web=0.9, usual_tau_web=0.6)) == near(1.5)
    assert risk_of_fit(market(tau_web=0.9, usual_tau_web=0.0)) == 1


def test_the_share_of_late_parcels_is_that_of_the_parcels():
    me, mk = person(), market(carrier_days=3.0, carrier_spread=0.6, promised_days=4.9)
    days = [carrier_days(me, mk, n, CARRIER, today()) for n in range(4000)]
    assert late_share(mk, 3.0, 0.6) == near(np.mean(np.array(days) > 4), abs=0.02)
    assert [late_share(mk, days, 0.0) for days in (4.4, 4.5)] == [0, 1]


def test_money_is_late_where_parcel_and_refund_take_longer_than_the_law_allows():
    mk = market(refund_allowed_days=14.0)
    assert unpaid_share(mk, 4.0, 0.0) == 0
    assert unpaid_share(mk, 4.0, 5.0) == near(math.exp(-10 / 5))
    assert unpaid_share(mk, 20.0, 5.0) == 1


def test_paying_ahead_is_riskier_the_likelier_parcel_or_money_are_late():
    usual = late_share(market(), 2.8, 0.5)
    assert risk_ahead(market(refund_days=7.0)) == near(
        (1 - (1 - usual) * (1 - math.exp(-11.2 / 7))) / usual
    )
    assert risk_ahead(market(carrier_days=9.0)) == near(late_share(market(), 9.0, 0.5) / usual)
    never = {"usual_carrier_days": 1.0, "usual_carrier_spread": 0.0}
    assert risk_ahead(market(carrier_days=9.0, **never)) == 1, "nothing to hold it against"


def test_a_refund_takes_longer_by_an_exponential_and_waiting_for_it_is_reckoned_with():
    me, mk = person(), market(refund_days=10.0, wait_dkk_day=6.0)
    drawn = exponential(SEED, ID, returning.REFUND, 44, 0)
    assert refund_days(me, mk, 44, today()) == int(10.0 * drawn)
    assert refund_days(me, market(), 44, today()) == 0
    more = mail_return_hassle_dkk(me, mk, terms()) - mail_return_hassle_dkk(
        me, market(wait_dkk_day=6.0), terms()
    )
    assert more == near(60.0)
