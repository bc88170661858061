"""The company's queues of people: against queueing theory, and as the model's days use them."""

from __future__ import annotations

import json
import pickle

import numpy as np
import pytest
import simpy

from sim.core.log import ENDLESS
from sim.operations import CustomerCentre, Departments, Depot, Requests, ServiceDesk
from sim.operations.calendar import is_open, open_days
from sim.operations.line import look_over
from sim.operations.queues import Callers, Queue
from sim.operations.staffing import (
    Forecast,
    LoadBook,
    Service,
    Window,
    agents_needed,
    busiest,
    roster,
)
from sim.operations.theory import erlang_a, erlang_b, erlang_c
from sim.settings.operations import Operations

SETTINGS = Operations(holidays=(), centre_minimum_agents=7, most_give_up=0.07)
HANDLING_MIN = 6.0
PATIENCE_MIN = 9.0


def a_day(rng, contacts, first_minute=540, last_minute=1199, handling_min=HANDLING_MIN):
    """A day's requests: Poisson number, uniform minutes, exponential handling and patience."""
    n = rng.poisson(contacts)
    return Requests(
        np.sort(rng.integers(first_minute, last_minute + 1, n)),
        np.arange(n),
        rng.exponential(handling_min, n),
        rng.exponential(PATIENCE_MIN, n),
    )


def at_desk(rng, contacts):
    minute, customer, handling, _ = a_day(rng, contacts, 600, 1139)
    return Requests(minute, customer, handling, np.full(len(minute), np.inf))


def run(team, days, draw, first=0):
    """Serve days; waits and give-ups of all of them."""
    waited, gave_up = zip(
        *(team.serve_day(day, *draw(day)) for day in range(first, first + days)), strict=True
    )
    return np.concatenate(waited), np.concatenate(gave_up)


def long_line(servers, load_share, patience_min, n=150_000, seed=7):
    """One endless shift of an M/M/c+M queue; (waits, gave up, arrival rate)."""
    rng = np.random.default_rng(seed)
    rate = load_share * servers / HANDLING_MIN
    minute = np.cumsum(rng.exponential(1 / rate, n))
    handling = rng.exponential(HANDLING_MIN, n)
    patience = rng.exponential(patience_min, n) if np.isfinite(patience_min) else np.full(n, np.inf)
    env = simpy.Environment()
    queue = Queue(env)
    end = int(minute[-1]) + 1
    callers = Callers(minute, handling, patience)
    queue.open(callers, [Window(0, end, servers, float(end))], 1e12)
    env.run()
    told = queue.outcomes()
    return told.waited_min, told.gave_up, rate


def standard_error(values, batches=50):
    """Of the mean of a correlated series, by batch means."""
    means = [batch.mean() for batch in np.array_split(values.astype(float), batches)]
    return np.std(means, ddof=1) / batches**0.5


class TestTheory:
    def test_one_server_is_the_textbook_queue(self):
        waits, mean_wait, abandonment = erlang_c(1, 0.1, 6.0)
        assert waits == pytest.approx(0.6)
        assert mean_wait == pytest.approx(0.6 * 6 / 0.4)
        assert abandonment == 0

    def test_erlang_b_of_two_servers(self):
        assert erlang_b(2, 1.0) == pytest.approx(0.2)

    def test_endless_patience_turns_erlang_a_into_erlang_c(self):
        patient, endless = erlang_a(5, 0.7, 6.0, 1e7), erlang_c(5, 0.7, 6.0)
        assert patient[:2] == pytest.approx(endless[:2], rel=1e-4)

    def test_no_patience_turns_erlang_a_into_erlang_b(self):
        assert erlang_a(5, 0.7, 6.0, 1e-7).abandonment == pytest.approx(erlang_b(5, 4.2), rel=1e-4)

    @pytest.mark.parametrize(
        ("servers", "rate"), [(1000, 160.0), (1000, 400.0), (1, 1e-9), (3, 50)]
    )
    def test_formulas_stay_finite_far_out(self, servers, rate):
        waits, mean_wait, abandonment = erlang_a(servers, rate, 6.0, 60.0)
        assert 0 <= waits <= 1 and 0 <= abandonment <= 1 and 0 <= mean_wait < 60.0 * 1.01
        overflow = 1 - servers / (rate * 6.0)
        assert abandonment >= overflow - 1e-9

    def test_a_queue_that_would_grow_without_end_is_refused(self):
        with pytest.raises(ValueError, match="erlangs"):
            erlang_c(2, 1.0, 6.0)


class TestQueueAgainstTheory:
    @pytest.mark.parametrize(("servers", "load_share"), [(1, 0.7), (4, 0.8), (20, 0.9)])
    def test_waits_agree_with_erlang_c(self, servers, load_share):
        waited, gave_up, rate = long_line(servers, load_share, np.inf)
        theory = erlang_c(servers, rate, HANDLING_MIN)
        assert not gave_up.any()
        for seen, expected in (
            (waited, theory.mean_wait_min),
            (waited > 0, theory.wait_probability),
        ):
            assert abs(seen.mean() - expected) < 3.5 * standard_error(seen)
            assert standard_error(seen) < 0.08 * expected

    @pytest.mark.parametrize(
        ("servers", "load_share", "patience"), [(1, 0.85, 12.0), (4, 0.95, 6.0), (18, 1.2, 10.0)]
    )
    def test_waits_and_abandonment_agree_with_erlang_a(self, servers, load_share, patience):
        waited, gave_up, rate = long_line(servers, load_share, patience)
        theory = erlang_a(servers, rate, HANDLING_MIN, patience)
        for seen, expected in (
            (waited, theory.mean_wait_min),
            (gave_up, theory.abandonment),
            (waited > 0, theory.wait_probability),
        ):
            assert abs(seen.mean() - expected) < 3.5 * standard_error(seen)
            assert standard_error(seen) < 0.05 * expected


class TestLine:
    def serve(self, minute, handling, patience, agents=1, open_min=60.0, lights_out=1439.0):
        env = simpy.Environment()
        queue = Queue(env)
        callers = Callers(np.array(minute), np.array(handling), np.array(patience))
        queue.open(callers, [Window(0, 60, agents, open_min)], lights_out)
        env.run(until=1440)
        return queue

    def test_first_come_first_served(self):
        queue = self.serve([0.0, 1.0, 2.0, 3.0], [10.0, 5.0, 1.0, 1.0], [np.inf] * 4)
        assert queue.outcomes().waited_min.tolist() == [0.0, 9.0, 13.0, 13.0]

    def test_who_gives_up_delays_nobody(self):
        queue = self.serve([0.0, 1.0, 2.0], [10.0, 50.0, 1.0], [np.inf, 3.0, np.inf])
        assert queue.outcomes().gave_up.tolist() == [False, True, False]
        assert queue.outcomes().waited_min.tolist() == [0.0, 3.0, 8.0]
        assert queue.busy_min == 11.0

    def test_without_patience_a_caller_is_served_only_by_a_free_agent(self):
        queue = self.serve([0.0, 1.0, 20.0], [10.0] * 3, [0.0] * 3)
        assert queue.outcomes().gave_up.tolist() == [False, True, False]

    def test_who_waits_at_closing_time_is_served_on_overtime(self):
        queue = self.serve([58.0, 59.0], [10.0, 10.0], [np.inf] * 2)
        assert queue.outcomes().waited_min.tolist() == [0.0, 9.0]
        assert queue.staffed_min == 78.0

    def test_shortened_hours_squeeze_the_callers_of_the_whole_day(self):
        queue = self.serve([0.0, 30.0], [8.0, 1.0], [np.inf] * 2, open_min=6.0)
        assert queue.outcomes().waited_min.tolist() == [0.0, 5.0]

    def test_nothing_lasts_beyond_lights_out(self):
        queue = self.serve([0.0, 1.0], [5000.0, 1.0], [np.inf] * 2)
        assert queue.outcomes().waited_min.tolist() == [0.0, 1438.0]
        assert queue.outcomes().gave_up.tolist() == [False, True]
        assert queue.busy_min == queue.staffed_min == 1439.0
        assert next(queue.line, None) is None

    def test_minutes_waited_count_only_those_who_might_have_left(self):
        told = self.serve([0.0, 1.0, 2.0], [10.0, 5.0, 1.0], [9.0, 4.0, ENDLESS]).outcomes()
        assert told.waited_min.tolist() == [0.0, 4.0, 8.0] and told.met_min.tolist() == [0, 9, 8]
        assert (told.left, told.patient_min) == (1, 4.0)

    def test_a_day_s_work_is_told_by_shift_up_to_closing(self):
        minute, work = np.array([540.0, 959.0, 960.0, 1199.0, 1200.0]), np.arange(1.0, 6.0)
        found = look_over(minute, np.arange(5), work, 960, 1200)
        assert found == (True, 4, 1.0 + 2.0, 3.0 + 4.0)

    def test_two_agents_halve_the_line(self):
        queue = self.serve([0.0] * 4, [10.0] * 4, [np.inf] * 4, agents=2)
        assert queue.outcomes().waited_min.tolist() == [0.0, 0.0, 10.0, 10.0]


class TestStaffing:
    def test_large_load_is_carried_at_the_target(self):
        agents, open_min = agents_needed(9600.0, 660.0, 0.85, 3)
        assert agents == 18
        assert 9600.0 / (agents * open_min) == pytest.approx(0.85)

    def test_small_load_shortens_the_hours_not_the_team(self):
        assert agents_needed(61.2, 660.0, 0.85, 3) == (3, pytest.approx(24.0))

    def test_hours_have_a_least_and_a_greatest_length(self):
        assert agents_needed(0.0, 660.0, 0.85, 3, 10.0) == (3, 10.0)
        assert agents_needed(660.0 * 0.85 * 3, 660.0, 0.85, 3).open_min == 660.0

    @pytest.mark.parametrize("agents", [1, 4, 9, 40])
    def test_a_team_is_as_busy_as_few_enough_hang_up_by_erlang_a(self, agents):
        service = Service(most_give_up=0.07, patience_ratio=1.5)
        busy = busiest(agents, 0.88, service)
        foretold = erlang_a(agents, busy * agents / 6.0, 6.0, 9.0).abandonment
        assert foretold <= 0.07 and (busy == 0.88 or foretold > 0.068)
        assert busy < busiest(agents + 10, 0.88, service) or busy == 0.88

    def test_more_are_on_duty_where_too_many_would_hang_up(self):
        load, service = 9 * 0.88 * 660.0, Service(0.03, 1.0)
        loose, strict = (agents_needed(load, 660.0, 0.88, 3, 5.0, s) for s in (Service(), service))
        assert strict.agents * strict.open_min > loose.agents * loose.open_min
        foretold = erlang_a(strict.agents, load / strict.open_min / 6.0, 6.0, 6.0).abandonment
        assert foretold <= 0.03 + 1e-9

    def test_patience_is_estimated_from_those_who_lost_it(self):
        rng = np.random.default_rng(3)
        centre = CustomerCentre(simpy.Environment(), SETTINGS)
        assert centre.patience_ratio == np.inf, "nobody has hung up yet"
        run(centre, 150, lambda _: a_day(rng, 100))
        assert centre.patience_ratio == pytest.approx(PATIENCE_MIN / HANDLING_MIN, rel=0.1)

    def test_a_mail_that_lies_tells_nothing_of_patience(self):
        def centre(of_mails):
            rng = np.random.default_rng(3)
            team = CustomerCentre(simpy.Environment(), SETTINGS)

            def day(_):
                minute, customer, handling, patience = a_day(rng, 100)
                return Requests(
                    minute,
                    customer,
                    handling,
                    np.where(np.arange(len(minute)) % 3 < of_mails, ENDLESS, patience),
                )

            waited, gave_up = run(team, 150, day)
            return team, waited, gave_up

        callers, waited, _ = centre(0)
        assert callers.waited_minutes == pytest.approx(waited.sum())
        mixed, waited, gave_up = centre(1)
        assert 0 < mixed.waited_minutes < 0.9 * waited.sum()
        assert mixed.patience_ratio == pytest.approx(PATIENCE_MIN / HANDLING_MIN, rel=0.15)
        mails, _, gave_up = centre(3)
        assert not gave_up.any() and mails.waited_minutes == 0

    def test_each_shift_gets_the_agents_its_own_load_needs(self):
        day, evening = roster(Forecast((8000.0, 1600.0), 0.0), (540, 1020, 1200), 0.85, 3, 10.0)
        assert (day.starts, day.ends, day.agents) == (540, 1020, 20)
        assert (evening.starts, evening.ends, evening.agents) == (1020, 1200, 11)

    def test_plans_follow_a_jump_in_load_within_a_week_and_ignore_ripples(self):
        book = LoadBook(28, 0.4)
        for _ in range(28):
            book.record((100.0,))
            book.new_forecast()
        for load in (120.0, 90.0, 110.0, 80.0):
            book.record((load,))
            assert book.new_forecast() is None
        changed = []
        for _ in range(7):
            book.record((200.0,))
            changed.append(book.new_forecast())
        assert any(forecast and forecast.loads[0] > 140.0 for forecast in changed)

    def test_plans_are_renewed_every_four_weeks(self):
        book = LoadBook(28, 0.4)
        renewed = []
        for day in range(28 * 4):
            if book.new_forecast():
                renewed.append(day)
            book.record((100.0,))
        assert renewed == [*range(1, 28), 55, 83, 111]


class TestTeams:
    @pytest.mark.parametrize("contacts", [10, 25, 100, 1600])
    @pytest.mark.parametrize(
        ("team", "draw"), [(CustomerCentre, a_day), (ServiceDesk, at_desk)], ids=["centre", "desk"]
    )
    def test_utilisation_stays_between_70_and_95_percent(self, team, draw, contacts):
        rng = np.random.default_rng(contacts)
        served = team(simpy.Environment(), SETTINGS)
        seen = []
        for day in range(40 if contacts > 1000 else 280):
            served.serve_day(day, *draw(rng, contacts))
            if day >= 28:
                seen.append(served.utilisation)
        assert 0.70 < served.utilisation_ever < 0.95
        assert 0.70 < np.mean(seen) < 0.95
        assert min(seen) > 0.60 and max(seen) < 0.95

    @pytest.mark.parametrize("contacts", [10, 25, 100, 1600])
    def test_some_callers_give_up_but_most_are_answered(self, contacts):
        rng = np.random.default_rng(contacts)
        centre = CustomerCentre(simpy.Environment(), SETTINGS)
        waited, gave_up = run(
            centre, 20 if contacts > 1000 else 200, lambda _: a_day(rng, contacts)
        )
        assert 0.01 < gave_up.mean() < 0.10
        assert 0.1 < waited.mean() < 2.0
        assert centre.gave_up == gave_up.sum() and centre.asked == len(waited)

    def test_larger_centres_wait_less_where_both_are_as_busy(self):
        waits, as_busy = [], Operations(holidays=(), most_give_up=1, centre_minimum_agents=7)
        for contacts in (25, 1600):
            rng = np.random.default_rng(3)
            centre = CustomerCentre(simpy.Environment(), as_busy)
            waits.append(run(centre, 20, lambda _, n=contacts, r=rng: a_day(r, n))[0].mean())
        assert waits[1] < waits[0] / 2

    def test_more_people_than_the_rule_asks_for_are_paid_and_shorten_the_wait_from_the_first_day(
        self,
    ):
        def centre(staff, days):
            rng = np.random.default_rng(4)
            team = CustomerCentre(simpy.Environment(), SETTINGS)
            team.serve_day(0, *a_day(rng, 200))
            team.staff, paid = staff, team.staffed_minutes
            waited, gave_up = run(team, days, lambda _: a_day(rng, 200), first=1)
            return waited.mean(), gave_up.mean(), team.staffed_minutes - paid

        for days in (1, 40):
            few, usual, many = (centre(staff, days) for staff in (0.75, 1.0, 1.5))
            assert few[0] > usual[0] > many[0] and few[1] > usual[1] > many[1]
            assert many[2] == pytest.approx(1.5 * usual[2], rel=0.1)
            assert few[2] == pytest.approx(0.75 * usual[2], rel=0.2), "some of it on overtime"

    def test_nobody_leaves_the_desk(self):
        rng = np.random.default_rng(1)
        desk = ServiceDesk(simpy.Environment(), SETTINGS)
        waited, gave_up = run(desk, 100, lambda _: at_desk(rng, 20))
        assert waited.mean() > 0.5 and not gave_up.any()

    def test_same_requests_same_outcomes(self):
        def bits():
            rng = np.random.default_rng(5)
            centre = CustomerCentre(simpy.Environment(), SETTINGS)
            waited, gave_up = run(centre, 60, lambda _: a_day(rng, 25))
            return waited.tobytes(), gave_up.tobytes(), json.dumps(centre.state())

        assert bits() == bits()

    def test_without_interaction_nobody_waits_but_the_work_is_paid(self):
        rng = np.random.default_rng(2)
        centre = CustomerCentre(simpy.Environment(), SETTINGS, interaction=False)
        days = [a_day(rng, 20, 0, 1439) for _ in range(30)]
        waited, gave_up = run(centre, 30, days.__getitem__)
        assert not waited.any() and not gave_up.any()
        in_hours = sum(
            day.handling_min[day.minute < SETTINGS.centre_closing_minute].sum() for day in days
        )
        assert centre.busy_minutes == pytest.approx(in_hours)
        assert centre.utilisation == pytest.approx(SETTINGS.target_utilisation)
        paid, centre.staff = centre.staffed_minutes, 2.0
        run(centre, 30, lambda day: days[day - 30], first=30)
        assert centre.staffed_minutes == pytest.approx(3 * paid), "twice as many, as often idle"

    def test_who_comes_too_late_or_on_a_closed_day_is_turned_away(self):
        centre = CustomerCentre(
            simpy.Environment(), Operations(centre_days_a_week=6, holidays=(0,))
        )
        late = Requests(np.array([600, 1250]), np.array([4, 2]), np.full(2, 6.0), np.full(2, 50.0))
        assert centre.serve_day(0, *late)[1].tolist() == [True, True]  # 1 January
        assert centre.serve_day(1, *late)[1].tolist() == [False, True]
        for day in range(2, 6):
            centre.serve_day(day, *a_day(np.random.default_rng(day), 3))
        assert centre.serve_day(6, *late)[1].tolist() == [True, True]  # Sunday
        assert centre.turned_away == 5

    def test_who_is_early_waits_for_the_opening_without_losing_patience_before(self):
        centre = CustomerCentre(simpy.Environment(), SETTINGS)
        early = Requests(np.array([10]), np.array([1]), np.array([6.0]), np.array([0.0]))
        waited, gave_up = centre.serve_day(0, *early)
        assert waited.tolist() == [0.0] and gave_up.tolist() == [False]

    def test_unsorted_requests_and_days_gone_by_are_refused(self):
        centre = CustomerCentre(simpy.Environment(), SETTINGS)
        two = np.array([6.0, 6.0])
        with pytest.raises(ValueError, match="sorted"):
            centre.serve_day(0, np.array([700, 600]), np.array([1, 2]), two, two)
        with pytest.raises(ValueError, match="sorted"):
            centre.serve_day(0, np.array([600, 600]), np.array([2, 1]), two, two)
        centre.serve_day(3, np.array([600, 600]), np.array([1, 2]), two, two)
        with pytest.raises(ValueError, match="clock"):
            centre.serve_day(3, np.array([600, 600]), np.array([1, 2]), two, two)

    def test_staffed_minutes_cover_the_work_done(self):
        rng = np.random.default_rng(8)
        centre = CustomerCentre(simpy.Environment(), SETTINGS)
        days = [a_day(rng, 12) for _ in range(50)]
        gave_up = run(centre, 50, days.__getitem__)[1]
        handled = np.concatenate([day.handling_min for day in days])[~gave_up].sum()
        assert centre.busy_minutes == pytest.approx(handled)
        assert centre.staffed_minutes > centre.busy_minutes


class TestDepartments:
    @staticmethod
    def draw(day):
        rng = np.random.default_rng([11, day])
        parcels = np.arange(rng.poisson(30)) + 1000 * day
        return a_day(rng, 20), at_desk(rng, 8), parcels

    @staticmethod
    def bits(evening):
        return b"".join(a.tobytes() for a in (*evening.centre, *evening.desk, evening.parcels))

    def test_centre_desk_and_depot_share_one_clock(self):
        firm = Departments(SETTINGS)
        for day in range(10):
            centre, desk, parcels = self.draw(day)
            evening = firm.serve_day(day, centre, desk, parcels)
            assert len(evening.centre.waited_min) == len(centre.minute)
            assert len(evening.desk.gave_up) == len(desk.minute)
            assert firm.env.now == (day + 1) * 1440

    def test_neither_queue_feels_the_other(self):
        together, alone = Departments(SETTINGS), Departments(SETTINGS)
        for day in range(40):
            centre, desk, parcels = self.draw(day)
            evening = together.serve_day(day, centre, desk, parcels)
            lonely = alone.serve_day(day, centre=centre)
            assert evening.centre.waited_min.tobytes() == lonely.centre.waited_min.tobytes()

    @pytest.mark.parametrize("interaction", [True, False])
    def test_a_fork_continues_as_if_there_had_been_none(self, interaction):
        whole = Departments(SETTINGS, interaction)
        for day in range(48):
            whole.serve_day(day, *self.draw(day))
        kept = pickle.loads(pickle.dumps(whole.state()))
        fork = Departments(SETTINGS, interaction, 48, json.loads(json.dumps(kept)))
        assert whole.depot.waiting > whole.depot.unbooked > 0  # a Saturday night
        for day in range(48, 110):
            today = self.draw(day)
            assert self.bits(whole.serve_day(day, *today)) == self.bits(fork.serve_day(day, *today))
        assert json.dumps(whole.state()) == json.dumps(fork.state())
        assert whole.centre.staffed_minutes == fork.centre.staffed_minutes

    def test_two_forks_know_nothing_of_each_other(self):
        trunk = Departments(SETTINGS)
        for day in range(30):
            trunk.serve_day(day, *self.draw(day))
        state = trunk.state()
        before = json.dumps(state)
        busy, quiet = (Departments(SETTINGS, first_day=30, state=state) for _ in range(2))
        for day in range(30, 40):
            busy.serve_day(day, *self.draw(day))
        assert json.dumps(state) == before == json.dumps(quiet.state())

    def test_days_without_customers_are_still_staffed(self):
        firm = Departments(SETTINGS)
        firm.serve_day(0, self.draw(0)[0])
        paid = firm.centre.staffed_minutes
        firm.serve_day(1)
        assert firm.centre.staffed_minutes > paid
        assert firm.centre.busy_minutes < paid


class TestDepot:
    def test_all_that_comes_in_goes_out_in_order(self):
        rng = np.random.default_rng(4)
        depot = Depot(simpy.Environment(), SETTINGS)
        sent, done = [], []
        for day in range(200):
            keys = rng.integers(0, 2**40, rng.poisson(25) if day < 180 else 0)
            sent.append(keys)
            done.append(depot.process_day(day, keys))
            assert depot.waiting == sum(map(len, sent)) - sum(map(len, done))
        assert np.concatenate(sent).tolist() == np.concatenate(done).tolist()
        assert depot.waiting == 0

    def test_a_parcel_takes_at_least_the_stated_days_and_rests_at_weekends(self):
        depot = Depot(simpy.Environment(), Operations(depot_least_days=1, holidays=()))
        finished = [depot.process_day(day, np.array([day], np.int64)).tolist() for day in range(8)]
        assert finished == [[], [0], [1], [2], [3], [], [], [4, 5, 6]]

    def test_no_day_does_more_than_its_capacity_and_capacity_follows_the_load(self):
        rng = np.random.default_rng(6)
        depot = Depot(simpy.Environment(), SETTINGS)
        lag, came = [], {}
        for day in range(300):
            keys = np.arange(rng.poisson(40)) + 1000 * day
            came |= dict.fromkeys(keys.tolist(), day)
            done = depot.process_day(day, keys).tolist()
            assert len(done) <= depot.capacity + 1
            lag += [day - came[key] for key in done if day > 60]
        assert depot.capacity == pytest.approx(40 * 7 / 5 / SETTINGS.target_utilisation, rel=0.15)
        assert min(lag) >= 1 and np.mean(lag) < 4

    def test_without_interaction_everything_ready_is_done_on_a_working_day(self):
        depot = Depot(simpy.Environment(), SETTINGS, interaction=False)
        assert depot.process_day(0, np.arange(10_000)).size == 0
        assert depot.process_day(1, np.arange(5)).size == 10_000


class TestCalendar:
    def test_day_0_is_a_monday_and_holidays_return_every_year(self):
        assert [is_open(day, 5) for day in range(8)] == [True] * 5 + [False] * 2 + [True]
        assert not is_open(365 + 358, 7, (358,))

    def test_the_array_says_the_same(self):
        holidays = (0, 358, 359)
        expected = [is_open(day, 6, holidays) for day in range(800)]
        assert open_days(800, 6, holidays).tolist() == expected


class TestSettings:
    def test_hours_in_the_wrong_order_are_refused(self):
        with pytest.raises(ValueError, match="must rise"):
            Operations(centre_opening_minute=1100)

    def test_a_holiday_outside_the_year_is_refused(self):
        with pytest.raises(ValueError, match="days of the year"):
            Operations(holidays=(365,))

    def test_a_depot_opens_a_least_number_of_parcels_a_day_however_few_came(self):
        for least in (10.0, 25.0):
            depot = Depot(simpy.Environment(), Operations(depot_least_parcels=least, holidays=()))
            for day in range(5):
                depot.process_day(day, np.array([day], np.int64))
            assert depot.capacity == least
