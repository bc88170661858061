"""The model: a market, a company with a strategy, and the loop of one day.

The order of a day (:data:`OmnichannelModel.PHASES`):

1. ``plan``       the company plans: levels, newsletter, front, advertising;
2. ``customers``  every customer for whom something is due lives the day;
3. ``operations`` centre, desks and depot serve what was asked, on SimPy's clock;
4. ``books``      tally, journal, the company's books; the media plan is steered;
5. ``collect``    Mesa's DataCollector takes the day's figures.

A run is a warm-up under the baseline, a fork, and the horizon under each strategy:
:meth:`OmnichannelModel.fork` copies the whole world and hands it to another strategy.
"""

from __future__ import annotations

import time
from itertools import pairwise

import mesa
import numpy as np

from sim.company.bullseye import terms_record
from sim.core.events import BASKET_PAID, EVENT, SALES, SENT, STORE_VISIT, WEB_VISIT
from sim.core.records import CUSTOMER, EMPTY, ORDERS, PROFILE, TODAY
from sim.core.rows import blanks, joined, picked, roomy
from sim.encounter.calls import CENTRE, DEPOT, DESK
from sim.operations import Departments, Requests, ratios
from sim.operations.calendar import open_days
from sim.settings.market import Market, market_record, season_table
from sim.settings.run import Settings
from sim.settings.shocks import in_fashion, shocked, strengths
from sim.settings.stores import town_table
from sim.settings.strategy import Strategy
from sim.world import agents
from sim.world.analyst import Analyst
from sim.world.assortment import Assortment
from sim.world.board import Board
from sim.world.books import keep_books
from sim.world.customers import Makers, fill_customers, fill_profiles, make_catalogue
from sim.world.decisions import Decision, Words
from sim.world.drivers import COMPILED, CompiledDriver, ReadableDriver
from sim.world.leavers import Leavers
from sim.world.panel import Panel
from sim.world.past import Past
from sim.world.population import Population
from sim.world.stock import Stock
from sim.world.store_ratings import StoreRatings
from sim.world.tally import Journal, RunLog, Tally, sort_day
from sim.world.towns import settle_people
from sim.world.trials import Trials

DRIVERS = {"compiled": CompiledDriver, "readable": ReadableDriver}


class OmnichannelModel(mesa.Model):
    """One simulated world from its first day, in which ``strategy`` is followed.

    ``driver``: 'compiled' or 'readable' (Mesa agents in plain Python; needs a process started
    with NUMBA_DISABLE_JIT=1). ``keep_log``: keep every event, in :attr:`log`. ``keep_journal``:
    keep what the metrics need one by one; off where only totals are wanted. ``banned``: people
    (ids) who never enter.
    """

    PHASES = ("plan", "customers", "operations", "books", "collect")

    def __init__(
        self,
        settings: Settings,
        strategy: Strategy,
        seed: int | None = None,
        driver: str = "compiled" if COMPILED else "readable",
        keep_log: bool = False,
        keep_journal: bool = True,
        banned: tuple[int, ...] = (),
        past: Past | None = None,
    ):
        super().__init__(seed=(settings.seed if seed is None else seed) % 2**32)
        self.settings = settings
        self.world_seed = settings.seed if seed is None else seed
        self.driver_name = driver
        self.interaction = settings.interaction
        self.learning = True
        scale, market, operations = settings.scale, settings.market, settings.company.operations
        self.day = past.day if past else 0
        self.fork_day = past.day if past else scale.warmup_days
        self.end_day = scale.warmup_days + scale.horizon_days
        past_end = self.end_day + 1 + max(c.cooling_off_days for c in market.categories)
        shocks, fork_day = settings.scenario.shocks, scale.warmup_days
        season = past.season if past else season_table(market, past_end)
        self.season = season if past else in_fashion(season, market, shocks, fork_day)
        self.makers = past.makers if past else Makers.of(market, self.season)
        self.catalogue = past.catalogue.copy() if past else self.stocked_catalogue()
        self.towns = town_table(settings.company.stores)
        self.mean_margin = float(
            1 - self.catalogue["cost_oere"].sum() / self.catalogue["price_oere"].sum()
        )
        if past:
            self.population = past.population.fork()
            customers, profiles, due = past.tables()
        else:
            self.population = Population(
                market.people,
                scale.customers,
                self.end_day,
                self.world_seed,
                banned,
                market.identity.shares_computer if self.interaction else 0.0,
            )
            customers, profiles, due = self.first_tables()
        self.driver = DRIVERS[driver](
            customers,
            profiles,
            np.arange(len(due)),
            due,
            self.makers.facts,
            self.catalogue,
            self.season,
            scale.threads,
        )
        self.store_days = open_days(
            self.end_day + 1, operations.desk_days_a_week, operations.holidays
        )
        self.departments = Departments(
            operations,
            self.interaction,
            self.day,
            None,
            ratios(operations, settings.company.size, scale.customers),
            self.world_seed,
        )
        self.today = past.today.copy() if past else np.zeros(1, TODAY)
        self.today["seed"], self.today["end_day"] = self.world_seed, self.end_day

        self.stock = Stock(self)
        self.decisions: list[Decision] = []  # since the fork, or the start
        self.panel = Panel(self)
        self.company = agents.Company(self, strategy)
        self.analyst = Analyst(self)
        self.stores = agents.Stores(self)
        self.centre = agents.CustomerCentre(self)
        self.platforms = [
            agents.MediaPlatform(self, medium, place)
            for place, medium in enumerate(market.channels.media())
        ]
        self.competitor = agents.Competitor(self)
        self.board, self.assortment = Board(self), Assortment(self)
        self.store_ratings, self.trials = StoreRatings(self), Trials(self)
        self.leavers = Leavers(self)
        self.parts: tuple[agents.Part, ...] = (
            self.stock,
            self.panel,
            self.company,
            self.analyst,
            self.stores,
            self.centre,
            *self.platforms,
            self.competitor,
            self.board,
            self.assortment,
            self.store_ratings,
            self.trials,
            self.leavers,
        )
        self.usual = self.facts = self.makers.facts
        self.felt = strengths(shocks, -1)
        if driver == "readable":
            agents.Customer.create_agents(self, len(due), list(range(len(due))))
        self.follow(strategy)

        self.journal = Journal()
        self.tally = Tally.empty(self.day, self.end_day)
        self.fingerprint = np.zeros(len(self.population), np.uint64)
        self.keep_log, self.log = keep_log, []
        self.keep_journal = keep_journal
        self.staffed_before = self.staffed()
        self.phase_seconds = dict.fromkeys(self.PHASES, 0.0)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "day": "day",
                "gross_revenue_dkk": lambda m: m.of_today(m.tally.daily_amount, *SALES) / 100,
                "orders": lambda m: m.of_today(m.tally.daily_count, BASKET_PAID),
                "web_visits": lambda m: m.of_today(m.tally.daily_count, WEB_VISIT),
                "store_visits": lambda m: m.of_today(m.tally.daily_count, STORE_VISIT),
                "messages": lambda m: m.of_today(m.tally.daily_count, *SENT),
                "utilisation": lambda m: m.centre.utilisation,
                "desk_utilisation": lambda m: m.stores.utilisation,
                "media_level": lambda m: float(m.company.marketing.media.level.mean()),
            }
        )

    def stocked_catalogue(self) -> np.ndarray:
        """The items, and which of them the stores carry."""
        carried = self.settings.company.systems.store_carries
        return make_catalogue(self.settings.market, carried, self.world_seed)

    def first_tables(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Customers, profiles and due days on the first day, free places included."""
        places, there = self.population.places, self.population.newcomers(0)
        customers, profiles = roomy(places, CUSTOMER), roomy(places, PROFILE)
        due = np.full(places, EMPTY, np.int32)
        n = len(there)
        self.make_people(customers[:n], profiles[:n], there)
        due[:n] = 0
        self.population.take(there, np.arange(n))
        customers["partner"][:n] = self.population.partners(there)
        return customers, profiles, due

    def make_people(self, people: np.ndarray, profiles: np.ndarray, numbers: np.ndarray) -> None:
        """Make the people of these ids in empty CUSTOMER and PROFILE rows."""
        threads, stays = self.settings.scale.threads, self.population.stays(numbers)
        fill_customers(people, numbers, stays, self.makers, self.world_seed, threads)
        settle_people(people, self.towns, self.world_seed)
        fill_profiles(profiles, numbers, self.world_seed, threads)

    def follow(self, strategy: Strategy) -> None:
        """Set what customers can read of the strategy, and whose facts the company uses."""
        self.strategy = strategy
        self.terms = terms_record(self.settings.company, strategy.policies)
        minds = self.minds()
        self.driver.minds = minds if self.driver_name == "compiled" else minds.tolist()

    def minds(self) -> np.ndarray:
        """For each place the place whose profile is used: its own, or in the placebo its twin's."""
        places = np.arange(self.population.places)
        return places ^ 1 if self.strategy.policies.shuffled_knowledge else places

    # ---- who comes and goes --------------------------------------------------------------------

    def receive(self) -> None:
        """Places that people are done with are free; the day's newcomers take one each."""
        if self.day == 0:
            return
        numbers = self.population.newcomers(self.day)
        people, profiles = blanks(len(numbers), CUSTOMER), blanks(len(numbers), PROFILE)
        if len(numbers):
            self.make_people(people, profiles, numbers)
        self.seat(numbers, people, profiles)

    def seat(self, numbers: np.ndarray, people: np.ndarray, profiles: np.ndarray) -> None:
        """Give these people, in order, the first free places."""
        free = self.driver.empty_places()
        left = free[self.population.who[free] >= 0]
        if len(left):
            partners = self.population.partners(self.population.who[left])
            self.driver.move_out(partners[partners >= 0])
            self.population.leave(left, *self.driver.feelings(left))
        if len(free) < len(numbers):
            more = (len(numbers) + self.population.places // 8) // 2 * 2 + 2
            self.add_places(more)
            free = self.driver.empty_places()
        if not len(numbers):
            return
        places = free[: len(numbers)]
        self.driver.seat(places, people, profiles, self.day)
        self.population.take(numbers, places)
        partners = self.population.partners(numbers)
        pairs = partners >= 0
        self.driver.move_in(places[pairs], partners[pairs])

    def add_places(self, more: int) -> None:
        """Longer tables, where more people are there than there are places."""
        before = self.population.places
        self.population.grow(more)
        self.driver.grow(more, self.minds())
        if self.driver_name == "readable":
            agents.Customer.create_agents(self, more, list(range(before, before + more)))

    # ---- the day -------------------------------------------------------------------------------

    def step(self) -> None:
        """Simulate one day."""
        clock = [time.perf_counter()]
        self.open_day()
        clock.append(time.perf_counter())
        self.live()
        clock.append(time.perf_counter())
        self.serve()
        clock.append(time.perf_counter())
        self.keep_books()
        clock.append(time.perf_counter())
        self.datacollector.collect(self)
        clock.append(time.perf_counter())
        for phase, (begun, done) in zip(self.PHASES, pairwise(clock), strict=True):
            self.phase_seconds[phase] += done - begun
        self.day += 1
        self.running = self.day < self.end_day

    def open_day(self) -> None:
        """What everybody can see of the day, and the company's plan."""
        today = self.today
        self.meet_shocks()
        today["day"] = self.day
        self.receive()
        for part in self.parts:
            part.open_day()

    def meet(self, market: Market) -> None:
        """From today on people weigh and meet things by the numbers of this market."""
        self.settings = self.settings.model_copy(update={"market": market})
        self.live_by(market_record(market))

    def live_by(self, facts: np.ndarray) -> None:
        """From today on people live by these numbers, see :func:`market_record`, and by what shocks
        make of them."""
        self.usual = facts
        scenario = self.settings.scenario
        self.facts = shocked(facts, self.settings.market, scenario.shocks, self.felt)
        self.driver.meet(self.facts)

    def meet_shocks(self) -> None:
        """The world of the day: the usual one, and what the scenario's shocks make of it now."""
        felt = strengths(self.settings.scenario.shocks, self.days_since_fork)
        if felt == self.felt:
            return
        self.felt = felt
        self.live_by(self.usual)

    @property
    def days_since_fork(self) -> int:
        """Days from the end of the warm-up to today; below 0 before it."""
        return self.day - self.settings.scale.warmup_days

    def live(self) -> None:
        """The customers' part of the day."""
        if self.driver_name == "compiled":
            self.driver.live(self.terms, self.company.record, self.today, self.board.record)
        else:
            self.driver.open_day(self.terms, self.company.record, self.today, self.board.record)
            self.agents_by_type[agents.Customer].do("step")
        people = self.population.customers if self.interaction and self.learning else 0
        self.driver.write_evening(
            self.population.place_of, self.company.record, self.day, self.world_seed, people
        )

    def serve(self) -> None:
        """Queues serve what was asked for; customers hear of it next morning."""
        asked = self.driver.asked()
        asked = picked(asked, np.lexsort((asked["customer"], asked["minute"])))
        part = {q: picked(asked, asked["queue"] == q) for q in (CENTRE, DESK, DEPOT)}
        keys = np.sort(part[DEPOT]["customer"].astype(np.int64) * ORDERS + part[DEPOT]["slot"])
        place_of = self.population.place_of

        def requests(rows: np.ndarray) -> Requests:
            return Requests(
                rows["minute"], rows["customer"], rows["handling_min"], rows["patience_min"]
            )

        evening = self.departments.serve_day(
            self.day, requests(part[CENTRE]), requests(part[DESK]), keys
        )
        for queue, outcome in ((CENTRE, evening.centre), (DESK, evening.desk)):
            if len(part[queue]):
                self.driver.hear(
                    queue,
                    place_of[part[queue]["customer"]],
                    part[queue]["slot"],
                    outcome.waited_min,
                    outcome.gave_up,
                    self.day,
                )
        if len(evening.parcels):
            who, slots = evening.parcels // ORDERS, evening.parcels % ORDERS
            none = np.zeros(len(who))
            self.driver.hear(DEPOT, place_of[who], slots, none, none > 0, self.day)

    def keep_books(self) -> None:
        """Tally, journal, log, and the company's own books."""
        buffers = self.driver.events()
        for log, n in buffers:
            self.tally.add(log, n, self.population.shopper, self.fingerprint)
            keep_books(log, n, self.company.books[0])
            self.board.count(log, n)
            self.stock.count(log, n)
            self.assortment.count(log, n)
            self.store_ratings.count(log, n)
        if self.keep_journal:
            self.journal.add_day(buffers)
        if self.keep_log:
            self.log.append(joined([log[:n] for log, n in buffers]))
            sort_day(self.log[-1])
        centre, desk = (
            now - then for now, then in zip(self.staffed(), self.staffed_before, strict=True)
        )
        paid = self.company.paid_dkk
        self.tally.close_day(
            self.day,
            centre,
            desk,
            self.company.upkeep_dkk,
            paid["use"],
            paid["change"],
            self.company.marketing.prices,
        )
        for part in self.parts:
            part.close_day()

    def decide(self, department: str, decision: Words, rested_on: Words, truth: Words) -> None:
        """Write down what a department decided today, on what, and what was true."""
        self.decisions.append(Decision(self.day, department, decision, rested_on, truth))

    def run(self, until: int | None = None) -> OmnichannelModel:
        """Simulate up to day ``until`` (exclusive; the end by default)."""
        while self.day < (self.end_day if until is None else until):
            self.step()
        return self

    # ---- replay --------------------------------------------------------------------------------

    def past(self) -> Past:
        """What its futures go on from; good until this world lives on."""
        return Past(
            kind=type(self),
            settings=self.settings,
            strategy=self.strategy,
            seed=self.world_seed,
            driver=self.driver_name,
            keeps_log=self.keep_log,
            keeps_journal=self.keep_journal,
            learning=self.learning,
            day=self.day,
            season=self.season,
            makers=self.makers,
            catalogue=self.catalogue,
            population=self.population,
            **dict(zip(("customers", "profiles", "due"), self.driver.tables(), strict=True)),
            today=self.today,
            parts=[part.state() for part in self.parts],
            journal=self.journal,
        )

    def fork(self, strategy: Strategy) -> OmnichannelModel:
        """A copy of this world on this day that follows ``strategy`` from now on.

        The two share their past and nothing else. With interaction off, the company's learning
        and budgets stay as they are now.
        """
        return self.past().fork(strategy)

    def measure_anew(self) -> None:
        """From now on count as if the run began today; the world goes on as it was.

        What a run log has been given so far stays as it is. Nothing of a jump is paid any more.
        """
        self.tally = Tally.empty(self.day, self.end_day)
        self.fingerprint = np.zeros_like(self.fingerprint)
        self.journal.begin_anew()
        self.staffed_before = self.staffed()
        self.company.paid_dkk = dict.fromkeys(self.company.paid_dkk, 0.0)
        self.company.marketing.count_anew(self.driver.ledger())
        self.trials.done = []
        self.company.reach_until = self.day

    def staffed(self) -> tuple[float, float]:
        """Staffed minutes of centre and desk so far: the simulated people's share."""
        return self.departments.staffed_minutes

    @property
    def shopper(self) -> np.ndarray:
        """1 shopper, 0 buyer, by id."""
        return self.population.shopper

    def people(self) -> np.ndarray:
        """PEOPLE by id as they are now, for the metrics."""
        people = self.population.people()
        taken = np.flatnonzero(self.population.who >= 0)
        who = self.population.who[taken]
        people["satisfaction"][who], people["trust"][who] = self.driver.feelings(taken)
        return people

    def run_log(self) -> RunLog:
        """What this run leaves behind for the metrics."""
        centre, desk = self.staffed()
        return RunLog(
            strategy=self.strategy.name,
            seed=self.world_seed,
            fork_day=self.tally.first_day,
            end_day=self.day,
            before=self.journal.before,
            journal=self.journal.array(),
            tally=self.tally.until(self.day),
            fingerprint=self.fingerprint,
            people=self.people(),
            staffed_minutes_centre=centre - self.staffed_before[0],
            staffed_minutes_desk=desk - self.staffed_before[1],
            upkeep_dkk=self.company.upkeep_dkk,
            use_dkk=self.company.paid_dkk["use"],
            change_dkk=self.company.paid_dkk["change"],
            media=self.settings.market.channels.media(),
            readings=self.company.marketing.read(self.driver.ledger()),
            trials=tuple(self.trials.done),
            appeal=tuple(self.trials.appeal.tolist()),
            decisions=tuple(self.decisions),
        )

    def events(self) -> np.ndarray:
        """All events kept so far (``keep_log``), in log order."""
        return joined(self.log) if self.log else np.zeros(0, EVENT)

    def of_today(self, daily: np.ndarray, *kinds: int) -> float:
        """Today's entry of a daily series of the tally, summed over kinds of event."""
        today = daily[self.day - self.tally.first_day]
        return float(sum(today[kind] for kind in kinds))

    @property
    def lost(self) -> dict[str, int]:
        """What did not fit: needs and orders beyond a person's places."""
        totals = self.driver.buffered()[0]
        return {"needs": int(totals["lost_needs"]), "orders": int(totals["lost_orders"])}
