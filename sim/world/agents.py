"""The Mesa agents: company, stores, customer centre, media platforms, competitor, customers.

The company's agents fill in the plan of the day before the customers live it; the departments
serve what the customers asked for afterwards. Customers are agents in the readable driver only;
the compiled driver holds them as rows of a table.
"""

from __future__ import annotations

import copy
import math
import weakref
from itertools import count
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from sim.company.bullseye import cells_on_offer, firm_record, set_capabilities
from sim.company.complements import expected_pairs, how_much_more, what_goes_with
from sim.company.costs import Upkeep, learning_dkk, reach_dkk, systems_dkk, upkeep_dkk_year
from sim.company.credits import Figures, credits
from sim.company.media_plan import MediaPlan
from sim.company.outside import demand
from sim.company.steering import Yardsticks, yardsticks
from sim.core.records import ACTIVE, CATEGORIES, CELLS, STYLES, TAKE_BACK, TILES
from sim.core.rows import blank
from sim.language import marked
from sim.settings.channels import Line, Medium, lines
from sim.settings.strategy import Apart, Maturity, Strategy
from sim.world.books import BOOKS, TRADE
from sim.world.decisions import Number, Said, Words
from sim.world.marketing import Marketing

if TYPE_CHECKING:
    from sim.world.model import OmnichannelModel


class CountedByModel:
    """A count from 1 for each model, which does not keep the model alive."""

    def __init__(self) -> None:
        self._counts: weakref.WeakKeyDictionary = weakref.WeakKeyDictionary()

    def __getitem__(self, model: mesa.Model) -> count:
        return self._counts.setdefault(model, count(1))


class Agent(mesa.Agent):
    """An agent of ours. Mesa's own count of ids would hold every model for ever."""

    _ids = CountedByModel()


class Part(Agent):
    """A part of the world besides the customers: it opens the day, closes it, and can be copied.

    :meth:`state` is all that lasts overnight; a fork makes the same part of the other world go on
    from it. What is named in ``STATE`` is copied; ``ANEW`` names what begins anew with a strategy.
    A test compares both with what a part has, so that nothing new can be forgotten.
    """

    STATE: tuple[str, ...] = ()
    ANEW: tuple[str, ...] = ()

    def open_day(self) -> None:
        """Before the customers live the day."""

    def close_day(self) -> None:
        """After the queues have been served and the day's events tallied."""

    def state(self) -> dict[str, Any]:
        """All that lasts overnight: a copy."""
        return {name: copy.deepcopy(getattr(self, name)) for name in self.STATE}

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from another's :meth:`state`."""
        for name, value in state.items():
            setattr(self, name, value)


class Company(Part):
    """Runs a strategy: its levels, its calendar of newsletters, its front, its media plan."""

    STATE = (
        "levels",
        "apart",
        "record",
        "sold",
        "item_sold",
        "counted",
        "marketing",
        "books",
        "followed",
        "trade",
        "scheme",
        "organisation",
        "moved_plan",
    )
    ANEW = (
        "strategy",
        "since_day",
        "inherited",
        "paid_dkk",
        "reach_dkk_day",
        "reach_until",
        "running",
        "upkeep_of",
        "upkeep_year",
        "views",
    )

    def __init__(self, model: OmnichannelModel, strategy: Strategy):
        super().__init__(model)
        settings = model.settings
        self.strategy = strategy
        self.since_day = 0  # first day under this strategy; for schedules
        self.levels, self.apart = strategy.maturity_on(0), strategy.apart.on(0)
        self.scheme = strategy.policies.bonus_scheme
        self.inherited = self.levels.organisation  # level that acted when the strategy began
        media = settings.market.channels.media()
        self.record = self.new_record(media)
        weekday = settings.company.campaigns.send_weekday
        self.lines = lines(media)
        self.marketing = Marketing(self.new_plan(media), self.lines, strategy.policies, weekday)
        self.moved_plan = np.zeros(len(self.lines))  # by asking outside, not written down yet
        self.books = np.zeros(1, BOOKS)
        self.trade = np.zeros(len(TRADE))  # sums over the days, fading
        self.sold = expected_sales(model)
        self.followed = np.zeros(CATEGORIES**2, np.int64)  # sequences seen up to the fork
        self.item_sold = np.zeros(CELLS * 8)
        self.counted = self.item_sold  # as of the last count of what sells best
        self.paid_dkk = dict.fromkeys(MATURITY_COSTS, 0.0)
        self.reach_dkk_day, self.reach_until = 0.0, 0  # a jump's cost and the day it is paid off
        self.running = strategy.running(settings.company)
        self.upkeep_of: tuple = ()  # what there was to keep when the year's upkeep was reckoned
        self.upkeep_year = Upkeep(0.0, 0.0)
        self.views: list[tuple[int, np.ndarray]] = []  # what it takes people to want, since a fork
        self.set_front()
        self.set_credits()

    def new_record(self, media: tuple[Medium, ...]) -> np.ndarray:
        """What the company is able to do today, without a plan yet."""
        company, policies = self.model.settings.company, self.strategy.policies
        levels = self.acting(self.levels)
        self.organisation = levels.organisation
        return firm_record(company, policies, levels, media, self.acting_apart)

    @property
    def backed(self) -> bool:
        """Whether the top stands behind the strategy's change of the organisation by now [B47]."""
        model = self.model
        return model.day - self.since_day >= self.strategy.policies.top_commits_day

    def acting(self, levels: Maturity) -> Maturity:
        """Levels as they act: without the top, organisation rises no further than it may."""
        if self.backed:
            return levels
        most = self.model.settings.company.departments.most_without_top
        most = min(levels.organisation, max(most, self.inherited))
        return levels.model_copy(update={"organisation": most})

    @property
    def acting_apart(self) -> Apart:
        """The same of what stands apart."""
        return self.apart.model_copy(update={"maturity": self.acting(self.apart.maturity)})

    def state(self) -> dict[str, Any]:
        """As of this evening; the drivers' ledgers count from a fork on."""
        kept = super().state()
        kept["followed"] += self.model.driver.ledger()["followed"][0]
        kept["marketing"].begin_ledger(self.model.driver.ledger())
        return kept

    def new_plan(self, media: tuple[Medium, ...]) -> MediaPlan:
        """Media money at the start: every line's part, and what its places cost."""
        settings = self.model.settings
        plan = MediaPlan(
            self.budget_day,
            np.array([line.weight for line in self.lines]),
            np.array([line.is_brand for line in self.lines]),
            np.array([price for medium in media for price in medium.medians_dkk()]),
            np.array([media[line.place].spread for line in self.lines]),
            self.strategy.policies.brand_share,
            settings.market.channels.pacing,
            settings.company.steering,
        )
        plan.bought = self.bought
        return plan

    @property
    def budget_day(self) -> float:
        """DKK a day for media, of the simulated people."""
        a_thousand = self.strategy.policies.media_dkk_per_1000_people_day
        return a_thousand * self.model.settings.scale.customers / 1000

    @property
    def bought(self) -> np.ndarray:
        """Which of the paid lines are bought at all."""
        without = self.strategy.policies.without_ads
        return np.array([line.name not in without for line in self.lines])

    @property
    def by(self) -> Yardsticks:
        """By what measures it is steered today."""
        able = {name: float(self.record[name][0]) for name in STEERED_AT_LEVEL}
        return yardsticks(self.strategy.policies.steers_by, able)

    def adopt(self, strategy: Strategy, day: int) -> None:
        """Change to another strategy on ``day``; what is known, sent and learned stays."""
        old, self.inherited = self.record, self.organisation
        self.strategy, self.since_day = strategy, day
        before, self.levels = self.levels, strategy.maturity_on(0)
        self.apart = strategy.apart.on(0)
        settings = self.model.settings
        self.record = self.new_record(settings.market.channels.media())
        for name in LEARNED:
            self.record[name] = old[name]
        before_scheme = self.scheme
        if self.backed:
            self.change_scheme()
        if self.scheme != before_scheme:
            self.set_credits()
        self.marketing.media.bought = self.bought
        forgets = old["holdout"][0] != self.record["holdout"][0]
        self.marketing.adopt(strategy.policies, self.budget_day, forgets)
        self.paid_dkk = dict.fromkeys(MATURITY_COSTS, 0.0)
        self.running = strategy.running(settings.company)
        over = settings.company.economics.reach_days
        self.reach_dkk_day = reach_dkk(settings.company, before, self.levels) / over
        self.reach_until = day + over

    def open_day(self) -> None:
        """Levels on their way, the newsletter, the front, and what ads are bought."""
        model, policies = self.model, self.strategy.policies
        settings, day = model.settings, model.day
        if day > self.since_day and day - self.since_day == policies.top_commits_day:
            self.commit()
        if self.strategy.changes:
            self.move_to(day - self.since_day)
        self.pay_for_levels(day - self.since_day)
        if day < self.reach_until:
            self.pay(self.reach_dkk_day, "change")
        self.record["newsletters"], self.record["issue"] = self.marketing.newsletters_today()
        self.record["arms"] = day // settings.company.steering.arms_days
        every = settings.company.campaigns.best_sellers_days
        if model.learning and day % every == 0 and day > 0:
            self.set_front()
            self.learn_complements()
        if not self.views or day % every == 0:
            self.views.append((day, self.record["popularity"][0].copy()))
        every = settings.company.departments.figures_days
        if model.learning and day % every == 0 and day > 0:
            self.set_credits()
        sold_out = model.catalogue["sold_out"]
        if not np.array_equal(self.record["sold_out"][0, : len(sold_out)], sold_out):
            self.put_on_show()  # else all is as yesterday: best sellers are counted with the front
        self.record["campaign_cell"] = self.campaign(day // 7)
        self.mark_down(day // 7)
        self.record["ad_rate"][0, self.marketing.numbers] = self.marketing.media.shares

    def move_to(self, day: int) -> None:
        """On ``day`` of the strategy: the levels of its schedule, and what reaching them costs."""
        levels, apart = self.strategy.maturity_on(day), self.strategy.apart.on(day)
        if (levels, apart) == (self.levels, self.apart):
            return
        if not self.running:
            self.pay(reach_dkk(self.model.settings.company, self.levels, levels), "change")
        self.levels, self.apart = levels, apart
        self.set_abilities()

    def set_abilities(self) -> None:
        """What the company can do at its levels of today."""
        company, policies = self.model.settings.company, self.strategy.policies
        levels = self.acting(self.levels)
        self.organisation = levels.organisation
        set_capabilities(self.record, company, policies, levels, self.acting_apart)

    def commit(self) -> None:
        """The top stands behind the change from today on: bonuses, and what organisation does."""
        self.change_scheme()
        self.set_abilities()
        self.set_credits()

    def change_scheme(self) -> None:
        """Departments are credited by the strategy's scheme from today on."""
        scheme = self.strategy.policies.bonus_scheme
        if scheme != self.scheme:
            title = self.model.settings.company.bonus_schemes[scheme].title
            now = Said("bonuses from now on: {scheme}", {"scheme": title})
            self.model.decide("the top", now, "the strategy", "")
        self.scheme = scheme

    def set_credits(self) -> None:
        """What acts for another department bring who has to do them, by the figures so far."""
        company, margin = self.model.settings.company, self.model.mean_margin
        figures = self.figures(margin)
        known = credits(company.bonus_schemes, self.scheme, figures, margin, company.departments)
        self.tell_limit(known, figures)
        for name, values in known.items():
            self.record[name] = values

    def tell_limit(self, known: dict[str, np.ndarray], figures: Figures) -> None:
        """Up to what price stores take a web order back gladly, where it has moved by a tenth."""
        old, new = (
            round(-float(dkk[TAKE_BACK]) / min(float(share[TAKE_BACK]), -1e-9))
            for dkk, share in (
                (self.record["own_dkk"][0], self.record["own_share"][0]),
                (known["own_dkk"], known["own_share"]),
            )
        )
        some = self.record["shared_targets"][0] < 1 and known["own_share"][TAKE_BACK] < 0
        if some and abs(new - old) > 0.1 * old:
            e = self.model.settings.company.economics
            self.model.decide(
                "stores",
                Said(
                    "who goes by the store's own figures takes web orders back gladly up to {price}"
                    " DKK",
                    {"price": Number(new)},
                ),
                Said(
                    "{margin} DKK of margin are sold to who brings one",
                    {"margin": Number(figures.sold_at_return)},
                ),
                Said(
                    "refused, it comes back by mail at {by_mail} DKK instead of {in_store}",
                    {"by_mail": Number(e.mail_return_dkk), "in_store": Number(e.store_return_dkk)},
                ),
            )

    def figures(self, margin: float) -> Figures:
        """What departments know of their own trade, from what was booked lately."""
        had = dict(zip(TRADE, self.trade.tolist(), strict=True))

        def each(oere: str, of: str) -> float:
            return margin * had[oere] / 100 / had[of] if had[of] > 0 else 0.0

        return Figures(
            sold_at_return=each("sold_at_return_oere", "brought_back"),
            sold_a_visit=each("sold_in_store_oere", "visits"),
            sold_a_receipt=each("sold_in_store_oere", "receipts"),
            sold_a_mail=each("sold_by_mail_oere", "mails"),
        )

    def pay_for_levels(self, day: int) -> None:
        """What there is costs, what is done with it, and what is on the way, on ``day`` of the
        strategy: a project's systems while they are brought in, then the hours of who learns."""
        company, standing, ways = self.model.settings.company, self.levels, {}
        for phase in self.running:
            if day >= phase.start:
                ways[phase.discipline] = company.ways[phase.way]
            gained = phase.high - phase.low
            if phase.start <= day < phase.stands:
                cost = systems_dkk(company, phase.discipline, gained, ways)
                self.pay(cost / math.ceil(phase.stands - phase.start), "change")
            elif day >= phase.stands:
                standing = standing.model_copy(update={phase.discipline: phase.high})
            if phase.stands <= day < phase.ends:
                cost = learning_dkk(company, phase.discipline, gained)
                self.pay(cost / math.ceil(phase.ends - phase.stands), "change")
        kept = company, self.levels, standing, ways
        if kept != self.upkeep_of:  # on most days all is as yesterday
            self.upkeep_of, self.upkeep_year = kept, upkeep_dkk_year(*kept)
        self.pay(self.upkeep_year.having / 365, "having")
        self.pay(self.upkeep_year.use / 365, "use")

    def pay(self, dkk: float, what: str) -> None:
        """Book the simulated people's share of what maturity costs the real firm."""
        settings = self.model.settings
        self.paid_dkk[what] += dkk * settings.scale.customers / settings.company.size.people

    @property
    def upkeep_dkk(self) -> float:
        """All that maturity has cost, the simulated people's share."""
        return sum(self.paid_dkk.values())

    def campaign(self, week: int) -> int:
        """The cell of the week's campaign: the best sellers in turn."""
        turn = self.model.settings.company.campaigns.turn
        return int(self.record["front_cell"][0, turn[week % len(turn)]])

    def mark_down(self, week: int) -> None:
        """In the weeks of a promotion the campaign's category is cheaper for everybody [B23]."""
        policies, today = self.strategy.policies, self.model.today
        a_year = policies.promotion_weeks_year / 52
        promotes = int((week + 1) * a_year + 1e-9) > int(week * a_year + 1e-9)
        today["cut"], today["cut_until"] = 0.0, 7 * (week + 1)
        if promotes:
            today["cut"][0, int(self.record["campaign_cell"][0]) // STYLES] = (
                policies.promotion_share
            )
        self.record["promotes"] = promotes

    def set_front(self) -> None:
        """Best sellers lately: what strangers see, and the popularity that beliefs start from."""
        worth = self.model.settings.company.listening.sales_worth
        share = demand(self.sold, self.model.panel.answers, worth)
        self.record["popularity"] = share
        order = np.argsort(-share, kind="stable")
        on_offer = [k for k in order if k in cells_on_offer(self.model.settings.market)]
        front = (on_offer * TILES)[:TILES]
        self.record["front_cell"] = front
        self.counted = self.item_sold
        self.put_on_show()

    def put_on_show(self) -> None:
        """Of each kind the best seller and the dearest that the web shop has today; -1 if none."""
        goods, per = self.model.catalogue, self.model.settings.market.items_per_style
        kinds = len(goods) // per
        there = (goods["sold_out"] == 0).reshape(kinds, per)
        ranks = {"popular_item": self.counted[: len(goods)], "dearest_item": goods["price_oere"]}
        for name, rank in ranks.items():
            best = np.where(there, rank.reshape(kinds, per), -1.0).argmax(axis=1)
            rows = np.arange(kinds) * per + best
            self.record[name][0, :kinds] = np.where(there.any(axis=1), rows, -1)
        self.record["items_each"] = per
        self.record["sold_out"][0, : len(goods)] = goods["sold_out"]
        self.record["item_cell"][0, : len(goods)] = np.arange(len(goods)) // per

    def learn_complements(self) -> None:
        """What is offered after a purchase, from the receipts on file so far [B18, B29]."""
        seen = (self.followed + self.model.driver.ledger()["followed"][0]).reshape(CATEGORIES, -1)
        systems = self.model.settings.company.systems
        by_chance = expected_pairs(seen)
        least, sure = systems.sequence_least, systems.sequence_sure
        believed = what_goes_with(seen, least, sure, by_chance)
        kinds = self.model.settings.market.categories
        new = np.flatnonzero((believed >= 0) & (believed != self.record["next_category"][0]))
        for k in new[np.maximum(new, believed[new]) < len(kinds)]:
            other = kinds[believed[k]].name
            self.model.decide(
                "marketing",
                Said("offers {other} after {kind}", {"other": other, "kind": kinds[k].name}),
                Said("followed it {n} times on file", {"n": Number(seen[k, believed[k]])}),
                Said(GOES_WITH[kinds[k].complement == other], {"other": other}),
            )
        self.record["next_category"] = believed
        self.record["next_more"] = how_much_more(seen, believed, by_chance)

    def close_day(self) -> None:
        """Books of the day: best sellers age by halves; money is moved."""
        model, books = self.model, self.books[0]
        fade = 0.5 ** (1 / model.settings.company.campaigns.best_sellers_half_life_days)
        economics = model.settings.company.economics
        steering = model.settings.company.steering
        self.marketing.book(self.books, economics.mail_dkk, steering)
        self.sold = self.sold * fade + books["sold"]
        self.item_sold = self.item_sold * fade + books["item_sold"]
        fade = 0.5 ** (1 / model.settings.company.departments.figures_half_life_days)
        self.trade = self.trade * fade + np.array([books[name] for name in TRADE], float)
        blank(self.books)
        if not model.learning:
            return
        media = self.marketing.media
        period = media.pacing.pacing_days
        if model.day % period == period - 1:
            media.pace(period)
        period = steering.steering_days
        if model.day % period == period - 1:
            self.move_money()
        period = steering.contacts_days
        if self.strategy.policies.steers_contacts and model.day % period == period - 1:
            self.move_newsletters()

    def move_money(self) -> None:
        """Media money moves by the measure the company has; the largest move is written down."""
        model, firm, marketing = self.model, self.record[0], self.marketing
        marketing.enter(model.driver.ledger())
        by, holdout = self.by, float(firm["holdout"])
        before = marketing.media.split
        told = marketing.told(by, holdout, model.mean_margin, model.world_seed)
        moved = marketing.move_money(by, told)
        up, down = int(moved.argmax()), int(moved.argmin())
        if moved[up] >= WORTH_A_WORD:
            rests: list[Words] = [
                Said(text, two(told[name], up, down))
                for name, text in YARDSTICKS.items()
                if getattr(by, name) >= WORTH_A_WORD
            ]
            planned = marketing.media.planned - before
            if planned[up] > 0 > planned[down]:
                rests.append(marked("back towards the plan"))
            model.decide(
                "marketing",
                Said(
                    "moves {share} % of the media money to {line}, most of it from {other}",
                    self.lines_moved(moved[up], up, down),
                ),
                rests,
                self.whom_ads_reach(up, down),
            )

    def plan_media(self, more: np.ndarray) -> None:
        """The plan's weights follow where people are: ``more`` times as many of them at each media
        channel as when it was made; what moves most is written down."""
        media = self.marketing.media
        before = media.planned
        media.weights = np.array([line.weight * more[line.place] for line in self.lines])
        moved = media.planned - before
        self.moved_plan += moved
        up, down = int(self.moved_plan.argmax()), int(self.moved_plan.argmin())
        if self.moved_plan[up] < WORTH_A_WORD:
            return
        place = self.lines[up].place
        usual = self.model.facts["channels"]["time_here"][0, place]
        self.model.decide(
            "marketing",
            Said(
                "plans {share} % of the media money more for {line}, most of it less for {other}",
                self.lines_moved(self.moved_plan[up], up, down),
            ),
            Said(
                "{times} times as many were there the day before, of who was asked, as when it was "
                "planned",
                {"times": Number(more[place], 1)},
            ),
            Said(
                "people spend {times} times as much time there as usual",
                {"times": Number(usual, 1)},
            ),
        )
        self.moved_plan = np.zeros(len(self.lines))

    def lines_moved(self, share: float, up: int, down: int) -> dict[str, Words]:
        """A share of the media money, and the lines that have it more, and less, from now on."""
        lines = {"line": named(self.lines[up]), "other": named(self.lines[down])}
        return {"share": Number(100 * share), **lines}

    def whom_ads_reach(self, *these: int) -> Words:
        """Of those whom one line or two have reached since the fork how many had bought already:
        the platform does not know it, and who had needs no ad to be a customer."""
        counted = self.model.tally.media.sum(axis=(0, 1))  # by line: shown, clicked; to customers
        told: list[Words] = []
        for k in these:
            shown = counted[self.lines[k].number]
            if shown.sum() > 0:
                told += [named(self.lines[k]), Number(100 * shown[2:].sum() / shown.sum())]
        places = dict(zip(("line", "share", "other", "others_share"), told, strict=False))
        return Said(HAD_BOUGHT[len(told) // 2], places) if told else ""

    def move_newsletters(self) -> None:
        """Newsletters go out more or less often, by the measure the company has."""
        model, marketing, firm = self.model, self.marketing, self.record[0]
        before, by = marketing.per_week, self.by
        said = marketing.move_newsletters(
            by,
            float(firm["holdout"]),
            model.mean_margin,
            model.settings.company.economics.mail_dkk,
            model.world_seed,
        )
        if round(marketing.per_week, 2) != round(before, 2):
            model.decide(
                "marketing",
                Said(
                    "sends {now} newsletters a week instead of {before}",
                    {"now": Number(marketing.per_week, 2), "before": Number(before, 2)},
                ),
                rested_on(by, said),
                self.whom_newsletters_reach(),
            )

    def whom_newsletters_reach(self) -> Words:
        """Of those on the list how many look for something just now, and how tired of our contacts
        they are: it is in their heads."""
        model = self.model
        customers, known, _ = model.driver.tables()
        on_list = (customers["present"] == 1) & (known["written_to"] == 1)
        if not on_list.any():
            return ""
        looks = (customers["needs"]["state"][on_list] == ACTIVE).any(axis=1).mean()
        # as sim.journey.messages.fatigue, which is of one person
        days = model.day - customers["fatigue_day"][on_list]
        left = 0.5 ** (days / model.settings.market.messages.fatigue_half_life_days)
        tired = (customers["fatigue"][on_list] * left).mean()
        return Said(
            "of those on the list {share} % look for something just now; the mean one is as tired "
            "as by {mails} mails at once",
            {"share": Number(100 * looks), "mails": Number(tired, 1)},
        )


MATURITY_COSTS = ("having", "use", "change")  # systems; people at work with them; projects
STEERED_AT_LEVEL = ("steer_by_last_click", "steer_by_holdout", "counts_value")
YARDSTICKS = {
    "last_click": marked("by last click a krone brought {there} there, {here} here"),
    "click_rate": marked("clicked as often as an ad to anybody, times {there} there, {here} here"),
    "holdout": marked("by hold-out a krone is believed to bring {there} there, {here} here"),
    "noise": marked("by noise {there} there, {here} here"),
}


def named(line: Line) -> Words:
    """What a line of media is called."""
    return Said(line.text, {"medium": line.medium})


def two(told: np.ndarray, there: int, here: int) -> dict[str, Words]:
    """What a measure says of two lines."""
    return {"there": Number(told[there], 2), "here": Number(told[here], 2)}


GOES_WITH = marked("{other} does not go with it"), marked("{other} goes with it")
HAD_BOUGHT = (
    "",
    marked("had bought from us within a year before: {line}: {share} %"),
    marked("had bought from us within a year before: {line}: {share} %, {other}: {others_share} %"),
)
"""By how many lines of media are told."""
WORTH_A_WORD = 0.05  # share of the media money, from which a move is written down

# What the company's record holds of its own trade, whatever it is able to do
LEARNED = (
    "popularity",
    "popular_item",
    "dearest_item",
    "sold_out",
    "item_cell",
    "front_cell",
    "campaign_cell",
    "next_category",
    "next_more",
    "pick_after",
    "items_each",
    "own_dkk",
    "own_share",
    "common_dkk",
    "common_share",
    "agreed",
)


NEWSLETTERS_BY = {
    "total": marked("this quarter sold {sales} times the same of a year ago"),
    "last_click": marked("by last click a newsletter brought {click} DKK of margin"),
    "click_rate": marked("it is clicked {click_rate} times as often as an ad"),
    "holdout": marked("by hold-out one more brings {holdout} DKK (standard error {error})"),
    "satisfaction": marked("the mean mark is {mark}"),
    "noise": marked("noise"),
    "counts_value": marked("who unsubscribes would still have brought {lost} DKK a mail"),
}
DECIMALS = {"click_rate": 1, "lost": 3}  # of what measures say of newsletters; 2 of the others


def rested_on(by: Yardsticks, said: dict[str, float]) -> list[Words]:
    """In words what a change of the newsletters' rhythm rested on; DKK a mail."""
    values = {name: Number(value, DECIMALS.get(name, 2)) for name, value in said.items()}
    return [
        Said(text, values)
        for name, text in NEWSLETTERS_BY.items()
        if getattr(by, name) >= WORTH_A_WORD
    ]


def expected_sales(model: OmnichannelModel) -> np.ndarray:
    """Before the first sale nothing is known of what sells: every cell on offer alike."""
    sold = np.zeros(CELLS)
    on_offer = cells_on_offer(model.settings.market)
    sold[on_offer] = model.settings.company.systems.sales_prior / len(on_offer)
    return sold


class Stores(Part):
    """The stores: opening days, the service desk for pick-ups and returns, the returns depot."""

    def open_day(self) -> None:
        """Customers see whether the stores are open."""
        self.model.today["stores_open"] = self.is_open()

    def close_day(self) -> None:
        """What people say of the wait at the desk follows the last days' waits."""
        model = self.model
        wait = model.departments.desk.mean_wait_min
        share = model.settings.market.returning.desk_word
        if model.interaction and wait == wait:
            model.today["desk_minutes"] = (1 - share) * model.today["desk_minutes"] + share * wait

    def is_open(self) -> bool:
        """Whether customers can come today."""
        model = self.model
        lasting = [s for s in model.settings.scenario.shocks if s.lasts_on(model.days_since_fork)]
        closed = any(not shock.stores_open for shock in lasting)
        return bool(model.store_days[model.day]) and not closed

    def state(self) -> dict[str, Any]:
        """Desk and depot as of this evening."""
        return {name: self.model.departments.state_of(name) for name in ("desk", "depot")}

    def restore(self, state: dict[str, Any]) -> None:
        """Desk and depot go on from another's evening."""
        for name, kept in state.items():
            self.model.departments.take_over(name, kept)

    @property
    def utilisation(self) -> float:
        """Busy share of the desk's staffed minutes over the last four weeks."""
        return self.model.departments.desk.utilisation


class CustomerCentre(Part):
    """Phone, chat and mail: agents in shifts behind one queue."""

    def open_day(self) -> None:
        """As many of them as the company wants for each that the staffing rule asks for."""
        self.model.departments.centre.staff = self.model.strategy.policies.centre_staff

    def state(self) -> dict[str, Any]:
        """The team as of this evening."""
        return self.model.departments.state_of("centre")

    def restore(self, state: dict[str, Any]) -> None:
        """The team goes on from another's evening."""
        self.model.departments.take_over("centre", state)

    @property
    def utilisation(self) -> float:
        """Busy share of the agents' staffed minutes over the last four weeks."""
        return self.model.departments.centre.utilisation


class MediaPlatform(Part):
    """A social channel or search engine: sells slots, shows our ads as often as is paid for."""

    def __init__(self, model: OmnichannelModel, medium: Medium, place: int):
        super().__init__(model)
        self.name, self.place = medium.title, place

    @property
    def rate(self) -> float:
        """Share of open slots that show an ad of ours."""
        company = self.model.company
        return float(
            np.sum(company.marketing.media.rate[company.paid["number"] // 2 == self.place])
        )


class Competitor(Part):
    """Everybody else who sells the same.

    ``price``: multiple of our list prices, the market's unless somebody sets another.
    """

    STATE = ("asked",)

    def __init__(self, model: OmnichannelModel):
        super().__init__(model)
        self.asked: float | None = None

    @property
    def price(self) -> float:
        return float(self.model.facts["competitor_price"][0]) if self.asked is None else self.asked

    @price.setter
    def price(self, multiple: float) -> None:
        self.asked = multiple

    def open_day(self) -> None:
        """Customers see his prices."""
        self.model.today["competitor_price"] = self.price


class Customer(Agent):
    """A person in the readable driver: ``step`` lives one day by the same rules."""

    def __init__(self, model: OmnichannelModel, row: int):
        super().__init__(model)
        self.row = row
        self.live = model.driver.live_one

    @property
    def truth(self):
        """The person's record: plain Python, to read in a debugger."""
        return self.model.driver.rows[self.row]

    def step(self) -> None:
        """One day."""
        self.live(self.row)
