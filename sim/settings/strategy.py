"""What a company does differently: its maturity, its policies, and how fast it changes.

A strategy changes only what the company can recognise, record, infer, send, show and offer, and
what that costs. Customers never see a level. One strategy is one YAML file of about 30 lines.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from pydantic import Field, model_validator

from sim.settings.analysing import TargetsBy
from sim.settings.base import Group, param
from sim.settings.listening import ManagersBy
from sim.settings.projects import Phase, Project, level_on, phases
from sim.settings.steering import Measure
from sim.settings.trials import Rule

if TYPE_CHECKING:
    from sim.settings.company import Company

DISCIPLINES = (
    "recognition",
    "collection",
    "analysis",
    "communication",
    "measurement",
    "organisation",
)


def _level(default: float, row: str, doc: str) -> float:
    return param(
        default, unit="level", lo=0, hi=3, source=f"{row}: mean of 113 firms, Denmark 2015", doc=doc
    )


class Maturity(Group):
    """Levels in the six disciplines of the Customer Bullseye: 0 at the rim, 3 in the centre.

    Left out, a discipline stands at the mean of the Danish survey.
    """

    recognition: float = _level(1.43, "A15", "recognising customers, gathering permissions")
    collection: float = _level(1.12, "A16", "collecting and integrating data")
    analysis: float = _level(1.14, "A17", "inferring what a customer wants")
    communication: float = _level(1.05, "A18", "messages, flows, service")
    measurement: float = _level(1.61, "A19", "what budgets are steered by")
    organisation: float = _level(1.50, "A20", "departments carrying out what spans channels")


class Step(Group):
    """Maturity to be reached by a day after the fork."""

    day: int = param(0, unit="days after the fork", lo=0, hi=3650, source="the strategist's plan")
    maturity: Maturity = Maturity()


def levels_on(maturity: Maturity, schedule: tuple[Step, ...], day: int) -> Maturity:
    """Levels ``day`` days after the fork: linear between the steps, constant after the last.

    The line starts in ``maturity`` on day 0.
    """
    start, before = 0, maturity
    for step in schedule:
        if day < step.day:
            share = (day - start) / (step.day - start)
            return Maturity(
                **{
                    d: getattr(before, d) + share * (getattr(step.maturity, d) - getattr(before, d))
                    for d in DISCIPLINES
                }
            )
        start, before = step.day, step.maturity
    return before


def refuse_backwards(maturity: Maturity, schedule: tuple[Step, ...]) -> None:
    """Raise ValueError if the days do not increase, or day 0 is not where the line starts."""
    days = [step.day for step in schedule]
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise ValueError(f"schedule must have increasing days, not {days}")
    if days and days[0] == 0 and schedule[0].maturity != maturity:
        raise ValueError(
            "schedule must not start at the fork from levels other than those above it"
        )


def _switch(default: bool, doc: str) -> bool:
    return param(default, unit="switch", lo=0, hi=1, source="a choice of the company", doc=doc)


class Policies(Group):
    """What the company offers and does at any level of maturity."""

    stores: bool = _switch(True, "there are stores")
    return_by_mail: bool = _switch(True, "returns by mail are taken")
    return_in_store: bool = _switch(True, "web orders can be returned in a store")
    pickup_in_store: bool = _switch(True, "web orders can be picked up in a store")
    mail_return_fee_dkk: float = param(
        39.0, unit="DKK/return", lo=0, hi=500, source="assumption: usual Danish return label"
    )
    store_return_fee_dkk: float = param(
        0.0, unit="DKK/return", lo=0, hi=500, source="assumption: free"
    )
    delivery_fee_dkk: float = param(
        39.0, unit="DKK/order", lo=0, hi=500, source="assumption; TRIALS A"
    )
    free_delivery_from_dkk: float = param(
        499.0, unit="DKK/order", lo=0, hi=100_000, source="assumption; TRIALS A"
    )
    newsletters_per_week: float = param(
        1.0, unit="e-mails/week", lo=0, hi=14, source="assumption; H3 sweeps it"
    )
    media_dkk_per_1000_people_day: float = param(
        40.0, unit="DKK/(1000 people x day)", lo=0, hi=10_000, source="assumption"
    )
    steers_by: Measure = Field(
        default="level",
        description="the figure by which media money is moved: as the level of measurement says, "
        "or revenue in total, last click, click rate (better than a random ad), hold-outs, "
        "hold-outs that count a customer's value, satisfaction, or noise as a placebo",
    )
    steers_contacts: bool = _switch(
        False, "how often newsletters go out follows that figure, from newsletters_per_week on"
    )
    tests: Rule = Field(
        default="hypothesis",
        description="how A/B tests are decided: by a hypothesis and one figure at the end, by what "
        "stands out in many looks, or there are none",
    )
    brand_share: float = param(
        0.2,
        unit="share of the media money",
        lo=0,
        hi=1,
        source="assumption (B25): data mostly help activation, which most of the money goes to",
        doc="kept for advertising that shows who we are and no goods; no measure moves it",
    )
    exclude_customers_days: int = param(
        0,
        unit="days",
        lo=0,
        hi=3650,
        source="a choice of the company (B26)",
        doc="who is known to have bought so lately is left out of ads to new people and of ads "
        "above a search for our name, as far as our list matches the platform's; 0: nobody is",
    )
    without_ads: tuple[str, ...] = Field(
        default=(),
        description="paid lines that are not bought, as in [instagram.retargeting]; their money is "
        "saved",
    )
    promotion_weeks_year: float = param(
        6.0,
        unit="weeks a year in which the campaign's category is cheaper for everybody",
        lo=0,
        hi=52,
        source="assumption (B23)",
    )
    promotion_share: float = param(
        0.15, unit="share of price", lo=0, hi=0.9, source="assumption (B23)", doc="off, then"
    )
    coupon_share: float = param(
        0.10,
        unit="share of price",
        lo=0,
        hi=0.9,
        source="assumption (B18)",
        doc="discount of the win-back coupon",
    )
    club_bonus_share: float = param(
        0.02,
        unit="share of price",
        lo=0,
        hi=0.5,
        source="assumption: Nordic clubs give 1 to 5 %",
        doc="bonus to members and people with an account who make themselves known",
    )
    club_tiers: bool = _switch(True, "a year's purchases bring a member more: company.tiers")
    digital_receipt: bool = _switch(True, "who makes himself known has his receipts on file")
    app: bool = _switch(True, "members are offered an app, at the level reached")
    self_scan: bool = _switch(True, "members scan and pay with the app, at the level reached")
    evening_until_minute: int = param(
        0,
        unit="minute of the day",
        lo=0,
        hi=1439,
        source="a choice of the company (B40)",
        doc="until which members may let themselves in, scan and pay with the app, where their "
        "store has self-scan; 0: not at all",
    )
    bonus_scheme: str = Field(
        default="channel",
        description="a name in company.bonus_schemes: what departments are credited with",
    )
    top_commits_day: int = param(
        0,
        unit="days after the fork",
        lo=0,
        hi=3650,
        source="a choice of the company (B47)",
        doc="from which the top stands behind the change: until then bonuses stay as they were, "
        "and organisation acts at most at departments.most_without_top",
    )
    targets_by: TargetsBy = Field(
        default="nobody",
        description="to whom, of those on file, a reminder of what he is believed to want goes "
        "once a month, at the level of analysis reached: who is likeliest to buy (propensity), who "
        "is in the middle of that order (middle), or whom it moves most (uplift)",
    )
    offers_share: float = param(
        0.2,
        unit="share of those who could be written to, each month",
        lo=0,
        hi=1,
        source="a choice of the company (B30); one fifth",
        doc="to whom the reminder goes, unless to all",
    )
    product_managers: ManagersBy = Field(
        default="sales",
        description="what product managers are measured on: sales, or what customers say of the "
        "goods. By sales, an article that comes back is taken up only by who is told of the "
        "targets of all (B34)",
    )
    interviews: int = param(
        0,
        unit="people asked about each article that is looked into",
        lo=0,
        hi=1000,
        source="a choice of the company (B52)",
        doc="of those on file who sent it back",
    )
    centre_staff: float = param(
        1.0,
        unit="agents on duty for each that the staffing rule asks for",
        lo=0.25,
        hi=4,
        source="a choice of the company (B31)",
        doc="at the customer centre; they are paid for, busy or not",
    )
    leavers: int = param(
        0,
        unit="people asked each round",
        lo=0,
        hi=10_000,
        source="a choice of the company (B52)",
        doc="of those on file who have bought nothing for long, why",
    )
    panel: int = param(
        0,
        unit="people asked each round",
        lo=0,
        hi=100_000,
        source="a choice of the company (B62)",
        doc="customers or not, what they look for just now",
    )
    flows: bool = _switch(True, "automation flows run, at the level reached")
    personalisation: bool = _switch(True, "shop and messages follow what is known")
    handover: bool = _switch(True, "progress carries over between channels")
    suppression: bool = _switch(True, "what was just bought is not advertised")
    purchase_pixel: bool = _switch(False, "the shop's own pixel stops ads on the same device")
    shuffled_knowledge: bool = _switch(False, "placebo: profiles are permuted between customers")

    @model_validator(mode="after")
    def _consistent(self) -> Policies:
        if not self.stores and self.pickup_in_store:
            raise ValueError("pickup_in_store needs stores, and stores is false")
        if not self.stores and self.return_in_store:
            raise ValueError("return_in_store needs stores, and stores is false")
        if not self.stores and self.evening_until_minute:
            raise ValueError("evening_until_minute needs stores, and stores is false")
        if not (self.return_by_mail or self.return_in_store):
            raise ValueError(
                "return_by_mail must be true where return_in_store is false: "
                "the law gives 14 days to return"
            )
        return self


class Apart(Group):
    """Capabilities, by group or one by one, that stand at other levels than the rest.

    They are handled as a company at these levels would handle them; what maturity costs stays
    that of the strategy's own levels. Levels left out are the strategy's own.
    """

    groups: tuple[str, ...] = Field(default=(), description="names of company.groups")
    capabilities: tuple[str, ...] = Field(default=(), description="single names in the ladder")
    maturity: Maturity = Maturity()
    schedule: tuple[Step, ...] = ()

    @model_validator(mode="after")
    def _schedule_runs_forward(self) -> Apart:
        refuse_backwards(self.maturity, self.schedule)
        return self

    def on(self, day: int) -> Apart:
        """The same with the levels of one day, ``day`` days after the fork."""
        if not self.schedule:
            return self
        levels = levels_on(self.maturity, self.schedule, day)
        return self.model_copy(update={"maturity": levels, "schedule": ()})


class Strategy(Group):
    """One way of running the company from the fork on."""

    name: str = Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=100)
    title: str = ""
    story: str = ""
    maturity: Maturity = Maturity()
    schedule: tuple[Step, ...] = ()
    projects: tuple[Project, ...] = ()
    policies: Policies = Policies()
    apart: Apart = Apart()

    @model_validator(mode="after")
    def _schedule_runs_forward(self) -> Strategy:
        refuse_backwards(self.maturity, self.schedule)
        return self

    @model_validator(mode="after")
    def _projects_name_disciplines(self) -> Strategy:
        for project in self.projects:
            if project.discipline not in DISCIPLINES:
                raise ValueError(
                    f"projects must raise one of {', '.join(DISCIPLINES)}, not "
                    f"{project.discipline!r}"
                )
        return self

    def running(self, company: Company) -> list[Phase]:
        """Its projects as they run, in the order in which they begin."""
        return phases(self.projects, self.maturity.model_dump(), company)

    def phased(self, company: Company) -> Strategy:
        """The strategy with its projects as a schedule; itself where it has none.

        Raises ValueError if there is a schedule beside projects, or they cannot run so.
        """
        if not self.projects:
            return self
        if self.schedule:
            raise ValueError("schedule must be left out where there are projects")
        levels, running = self.maturity.model_dump(), self.running(company)
        days = sorted({d for p in running for d in (math.floor(p.stands), math.ceil(p.ends))})
        steps = []
        for day in days:
            now = dict(levels)
            for phase in running:
                if day > phase.stands:
                    now[phase.discipline] = level_on(phase, day)
            steps.append(Step(day=day, maturity=Maturity(**now)))
        if steps and steps[0].day == 0:
            steps = steps[1:] if steps[0].maturity == self.maturity else steps
        return self.model_copy(update={"schedule": tuple(steps)})

    def maturity_on(self, day: int) -> Maturity:
        """Levels ``day`` days after the fork."""
        return levels_on(self.maturity, self.schedule, day)

    @property
    def changes(self) -> bool:
        """Whether any of its levels moves after the fork."""
        return bool(self.schedule or self.apart.schedule)
