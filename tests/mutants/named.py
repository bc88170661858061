"""Faults with a name: those that once stayed alive, and must not again.

Each replaces a text that stands exactly once in its file; ``tests`` are the folders or files that
must notice.
"""

from __future__ import annotations

from typing import NamedTuple


class Named(NamedTuple):
    """One fault in words, and the replacement that makes it."""

    name: str
    file: str
    text: str
    instead: str
    tests: tuple[str, ...]

    def applied(self, source: str) -> str:
        """The source with the fault in it; ValueError where the text does not stand just once."""
        if source.count(self.text) != 1:
            raise ValueError(f"{self.file}: {self.text!r} stands {source.count(self.text)} times")
        return source.replace(self.text, self.instead)


JOURNEY, COMPANY = ("tests/journey/",), ("tests/company/",)
ENCOUNTER, MEASURES = ("tests/encounter/",), ("tests/measures/",)

NAMED: tuple[Named, ...] = (
    Named(
        "option value without its spread",
        "sim/journey/buying.py",
        " + spread * density",
        "",
        JOURNEY,
    ),
    Named(
        "advice that makes the fit less sure",
        "sim/journey/buying.py",
        "tau * (1.0 - market.advice_sharpens)",
        "tau * (1.0 + market.advice_sharpens)",
        JOURNEY,
    ),
    Named(
        "better than expected disappoints",
        "sim/journey/feeling.py",
        "order.match - order.expected",
        "order.expected - order.match",
        JOURNEY,
    ),
    Named(
        "fatigue raises opening",
        "sim/journey/messages.py",
        "- market.open_fatigue * fatigue",
        "+ market.open_fatigue * fatigue",
        JOURNEY,
    ),
    Named(
        "a contradiction costs no trust",
        "sim/journey/feeling.py",
        "distrust(me, market.contradiction_trust, CONTRADICTED)",
        "distrust(me, 0.0, CONTRADICTED)",
        JOURNEY,
    ),
    Named(
        "cooling-off reversed",
        "sim/company/analysis.py",
        "return 1.0 - 0.5 ** (age_days / firm.cooling_half_life_days)",
        "return 0.5 ** (age_days / firm.cooling_half_life_days)",
        COMPANY,
    ),
    Named(
        "calls longer where the data are on the screen",
        "sim/company/service.py",
        "minutes = minutes if sees == 1 else minutes + firm.lookup_minutes",
        "minutes = minutes + firm.lookup_minutes if sees == 1 else minutes",
        COMPANY,
    ),
    Named(
        "the fee on dear orders",
        "sim/journey/club.py",
        "if price >= terms.free_delivery_from_dkk else",
        "if price < terms.free_delivery_from_dkk else",
        JOURNEY,
    ),
    Named(
        "contradiction only after 30 days",
        "sim/encounter/impressions.py",
        "today.day - bought > market.contradiction_days",
        "today.day - bought <= market.contradiction_days",
        ENCOUNTER,
    ),
    Named(
        "a mail return without feeling",
        "sim/encounter/parcels.py",
        "feel_return(me, world.market, hassle)",
        "pass",
        ENCOUNTER,
    ),
    Named(
        "no markdown on store returns",
        "sim/measures/accounts.py",
        "back = [ev.RETURN_BY_MAIL, ev.RETURN_IN_STORE]",
        "back = [ev.RETURN_BY_MAIL]",
        MEASURES,
    ),
    Named(
        "no markdown on store returns in the lifetime value",
        "sim/measures/measured.py",
        "share[[ev.RETURN_BY_MAIL, ev.RETURN_IN_STORE]] =",
        "share[[ev.RETURN_BY_MAIL]] =",
        MEASURES,
    ),
    Named(
        "a need that died before the competitor's sale",
        "sim/measures/gains.py",
        "np.select([competitor, died, still_open], [COMPETITOR, NEW, PULLED], NEW)",
        "np.select([died, competitor, still_open], [NEW, COMPETITOR, PULLED], NEW)",
        MEASURES,
    ),
    Named(
        "sales on the fork day dropped",
        "sim/measures/gains.py",
        '(told["day"] >= run.fork_day)',
        '(told["day"] > run.fork_day)',
        MEASURES,
    ),
    Named(
        "sales on the fork day dropped from the journal",
        "sim/measures/accounts.py",
        "return between(run.journal, run.fork_day, run.end_day)",
        "return between(run.journal, run.fork_day + 1, run.end_day)",
        MEASURES,
    ),
    Named(
        "causal over the arm's own orders",
        "sim/measures/returns.py",
        "total(mail_only, ev.WEB_ORDER))",
        "total(run, ev.WEB_ORDER))",
        MEASURES,
    ),
    Named(
        "causal against the baseline",
        "sim/study/replay.py",
        "measure_arm(run, keep[mail_only])",
        "measure_arm(run, base)",
        ("tests/study/test_return_arms.py",),
    ),
    Named(
        "plain sale with an equal number recouped",
        "sim/measures/returns.py",
        'np.isin(order_key(visit), keys) & (visit["value"] > 0)',
        "np.isin(order_key(visit), keys)",
        MEASURES,
    ),
    Named(
        "differences sorted instead of paired",
        "sim/measures/statistics.py",
        "    return x - y",
        "    return np.sort(x) - np.sort(y)",
        MEASURES,
    ),
    Named(
        "hold-out scaled to everybody",
        "sim/company/steering.py",
        "scale = (1.0 - holdout) / holdout",
        "scale = 1.0 / holdout",
        COMPANY,
    ),
    Named(
        "the suppression switch dead",
        "sim/company/bullseye.py",
        '"suppression": ("suppress_bought",),',
        '"suppression": (),',
        COMPANY,
    ),
    Named(
        "a step at the fork for free",
        "sim/world/agents.py",
        "        self.reach_dkk_day = reach_dkk(settings.company, before, self.levels) / over\n",
        "        self.reach_dkk_day = 0.0 * over\n",
        ("tests/world/test_company_agent.py",),
    ),
    Named(
        "credit steered on cumulative sales",
        "sim/world/marketing.py",
        "        self.entered = now\n",
        "        self.entered = no_readings()\n",
        ("tests/world/test_marketing.py",),
    ),
)
