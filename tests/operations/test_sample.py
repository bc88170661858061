"""Claims about queues at the real firm's size, whatever share of its people is simulated."""

from __future__ import annotations

import json

import numpy as np
import pytest

from sim.operations import Departments, Ratios, Requests, ratios
from sim.operations.departments import ONE_TO_ONE
from sim.operations.sample import ENOUGH, LEAST_DAYS, Lately, Sample, quantile
from sim.settings.operations import Operations
from sim.settings.size import Size

SETTINGS = Operations(holidays=())
HOURS = (540, 1200)
REAL = 80.0  # calls a day of the real firm


def a_day(rng, calls, patience_min=9.0):
    n = rng.poisson(calls)
    return Requests(
        np.sort(rng.integers(*HOURS, n)),
        np.arange(n),
        rng.lognormal(1.8, 0.5, n),
        rng.exponential(patience_min, n),
    )


def year_of(ratio, seed=1, days=365, settings=SETTINGS):
    """A year in which the simulated people are a sample of a firm with REAL calls a day."""
    rng = np.random.default_rng(seed)
    firm = Departments(settings, ratio=Ratios(centre=ratio), seed=seed)
    waited, gave_up = [], []
    for day in range(days):
        outcome = firm.serve_day(day, a_day(rng, REAL / ratio)).centre
        if day >= 60:
            waited.append(outcome.waited_min)
            gave_up.append(outcome.gave_up)
    return np.concatenate(waited), np.concatenate(gave_up), firm


def test_waiting_does_not_depend_on_how_many_people_are_simulated():
    found = {ratio: year_of(ratio) for ratio in (20.0, 4.0, 1.0, 0.25)}
    whole = found[1.0][1].mean()
    for ratio, (waited, gave_up, firm) in found.items():
        error = (gave_up.mean() * (1 - gave_up.mean()) / len(gave_up)) ** 0.5
        assert abs(gave_up.mean() - whole) < 4 * error + 0.01, ratio
        assert waited.mean() == pytest.approx(found[1.0][0].mean(), abs=0.15), ratio
        assert firm.centre.utilisation_ever == pytest.approx(
            found[1.0][2].centre.utilisation_ever, abs=0.03
        )


def test_paid_minutes_a_simulated_request_do_not_depend_on_how_many_there_are():
    cost = {}
    for ratio in (10.0, 1.0, 0.25):
        *_, firm = year_of(ratio)
        cost[ratio] = firm.staffed_minutes[0] * ratio / REAL
    assert cost[10.0] == pytest.approx(cost[1.0], rel=0.06)
    assert cost[0.25] == pytest.approx(cost[1.0], rel=0.06)


def test_a_small_firm_that_is_no_sample_pays_more_for_a_call_at_the_same_service():
    settings = Operations(holidays=(), centre_minimum_agents=1)
    *_, large = year_of(1.0, settings=settings)
    rng, small = np.random.default_rng(1), Departments(settings)
    for day in range(365):
        small.serve_day(day, a_day(rng, REAL / 20))
    assert small.centre.utilisation_ever < large.centre.utilisation_ever - 0.15


def test_the_queue_holds_as_many_as_the_real_firm_has():
    *_, firm = year_of(20.0)
    assert firm.centre.asked / 365 == pytest.approx(REAL, rel=0.1)
    *_, firm = year_of(0.25, days=100)
    assert firm.centre.asked / 100 == pytest.approx(REAL, rel=0.1)


def test_a_sample_of_one_to_one_is_the_queue_as_it_is():
    rng, again = np.random.default_rng(4), np.random.default_rng(4)
    one, plain = Departments(SETTINGS, ratio=ONE_TO_ONE, seed=9), Departments(SETTINGS)
    for day in range(20):
        a = one.serve_day(day, a_day(rng, 30)).centre
        b = plain.serve_day(day, a_day(again, 30)).centre
        assert a.waited_min.tobytes() == b.waited_min.tobytes()


@pytest.mark.parametrize("values", [2, 3, 49, 367])
def test_minutes_are_spread_as_numpy_interpolates(values):
    rng = np.random.default_rng(values)
    known = np.sort(rng.uniform(480, 1200, values).round(1))
    at = np.linspace(0.0, 1.0, values)
    for u in [*rng.random(500), *at[1:-1], *np.nextafter(at[1:-1], 0.0)]:
        assert quantile(float(u), known) == pytest.approx(np.interp(u, at, known), rel=1e-14)


@pytest.mark.parametrize("ratio", [7.0, 0.3])
def test_every_simulated_request_has_an_outcome_in_its_own_place(ratio):
    rng, sample = np.random.default_rng(2), Sample(ratio, 1, 0)
    for day in range(5):
        given = a_day(rng, 40)
        queue = sample.fill(day, given, HOURS)
        assert (np.diff(queue.minute) >= 0).all()
        mine = queue.customer[sample.place[sample.enters]]
        assert mine.tolist() == given.customer[sample.enters].tolist()
        patience = queue.patience_min[sample.place[sample.enters]]
        assert patience.tolist() == given.patience_min[sample.enters].tolist()
        assert sample.enters.all() == (ratio > 1)


def test_a_request_that_did_not_enter_meets_the_queue_as_it_then_is():
    sample = Sample(0.5, 1, 0)
    given = a_day(np.random.default_rng(3), 60)
    queue = sample.fill(0, given, HOURS)
    met = np.linspace(0.0, 12.0, len(queue.minute))
    waits, leaves = np.minimum(met, queue.patience_min), met > queue.patience_min
    told = sample.read(met, type(sample.read(met[:0], None))(waits, leaves))
    out = ~sample.enters
    assert out.any() and (told.waited_min <= given.patience_min).all()
    assert np.array_equal(told.gave_up[out], told.waited_min[out] == given.patience_min[out])


def test_the_rate_rests_on_enough_requests_and_forgets_after_a_jump():
    rng, lately = np.random.default_rng(5), Lately()
    for _ in range(300):
        lately.note(*np.zeros((3, rng.poisson(20))))
    assert len(lately.days) == LEAST_DAYS and lately.asked >= ENOUGH
    for _ in range(365):
        lately.note(*np.zeros((3, rng.poisson(3))))
    assert lately.rate == pytest.approx(3, rel=0.15) and ENOUGH <= lately.asked < ENOUGH + 20
    for _ in range(LEAST_DAYS):
        lately.note(*np.zeros((3, rng.poisson(6))))
    assert lately.rate == pytest.approx(6, rel=0.2), "a return offer has begun"


def test_what_was_noted_last_is_kept_in_order_however_long_it_goes_on():
    rng, lately, noted = np.random.default_rng(6), Lately(), np.zeros((0, 3))
    for _ in range(400):
        today = rng.random((rng.poisson(25), 3))
        lately.note(*today.T)
        noted = np.concatenate([noted, today])
        assert lately.asked == sum(lately.days) == len(lately.rows)
        assert (lately.rows == noted[len(noted) - lately.asked :]).all()
    assert len(noted) > 10 * lately.asked
    again = Lately(lately.state())
    assert (again.rows == lately.rows).all() and again.days == lately.days


def test_a_fork_draws_the_same_background_as_if_there_had_been_none():
    def days(firm, first, last):
        return [
            firm.serve_day(d, a_day(np.random.default_rng(d), 6), parcels=np.arange(d % 3))
            for d in range(first, last)
        ]

    def bits(evenings):
        return b"".join(a.tobytes() for e in evenings for a in (*e.centre, *e.desk, e.parcels))

    filled = Ratios(8.0, 3.0, 8.0)
    whole = Departments(SETTINGS, ratio=filled, seed=3)
    days(whole, 0, 40)
    state = json.loads(json.dumps(whole.state()))
    fork = Departments(SETTINGS, True, 40, state, filled, 3)
    assert bits(days(whole, 40, 80)) == bits(days(fork, 40, 80))


def test_every_simulated_parcel_comes_back_from_among_the_others_in_order():
    rng, firm = np.random.default_rng(6), Departments(SETTINGS, ratio=Ratios(depot=12.0), seed=2)
    sent, done = [], []
    for day in range(200):
        keys = np.arange(rng.poisson(1.0) if day < 150 else 0) + 100 * day
        sent.append(keys)
        done.append(firm.serve_day(day, parcels=keys).parcels)
    assert np.concatenate(sent).tolist() == np.concatenate(done).tolist()


def test_ratios_are_real_people_over_simulated_ones_and_a_desk_is_one_stores():
    size = Size(active_customers=58_000, active_share=0.29, stores=20)
    assert ratios(SETTINGS, size, 10_000) == Ratios(20.0, 1.0, 20.0)
    capped = Operations(most_people=50_000)
    assert ratios(capped, size, 10_000).centre == 5.0
