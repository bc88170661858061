"""The year in numbers, beside the sentences."""

from __future__ import annotations

import numpy as np

from sim.core import events as ev
from sim.core.records import STYLES
from sim.language import number, t
from sim.settings.protagonist import Protagonist
from sim.story.arrival import tastes
from sim.story.narrator import Narrator
from sim.story.phrases import kroner
from sim.story.years import TwoYears

LITTLE = 0.02  # share of interest below which an offer is wide of the mark


def tally(lived: TwoYears) -> list[tuple[str, str, str]]:
    """What, and its value under either strategy, as text."""
    columns = [numbers_of(lived, k) for k in (0, 1)]
    return [(what, columns[0][what], columns[1][what]) for what in columns[0]]


def numbers_of(lived: TwoYears, k: int) -> dict[str, str]:
    """The year of world ``k`` in numbers."""
    events, world = lived.events[k], lived.worlds[k]
    kind, narrator = events["kind"], Narrator(lived)

    def money(*kinds: int) -> str:
        return kroner(events["amount_oere"][np.isin(kind, kinds)].sum())

    def times(*kinds: int) -> str:
        return str(int(np.isin(kind, kinds).sum()))

    offers = events[np.isin(kind, (ev.MAIL_SENT, ev.AD_SHOWN)) & (events["category"] >= 0)]
    cells = offers["category"].astype(int) * STYLES + offers["style"]
    him = world.driver.tables()[0][world.population.place_of[lived.who]]
    taste = him["taste"].astype(float)
    if isinstance(lived.someone, Protagonist):
        taste = tastes(lived.someone, world)
    favourite = int(np.argmax(taste.reshape(-1, STYLES).sum(axis=1))) * STYLES
    waited = np.isin(kind, (ev.SERVICE_ANSWERED, ev.SERVICE_GAVE_UP, ev.DESK_WAITED))
    few = t("of kinds that make up less than {n}% of the interest", n=number(100 * LITTLE))
    table = {
        t("spent with us"): money(ev.WEB_ORDER, ev.STORE_SALE),
        "  " + t("purchases"): times(ev.WEB_ORDER, ev.STORE_SALE),
        t("refunded after returns"): money(ev.REFUNDED),
        t("spent at the competitor"): money(ev.COMPETITOR_SALE),
        t("mails received / opened / clicked"): " / ".join(
            times(kind) for kind in (ev.MAIL_SENT, ev.MAIL_OPENED, ev.MAIL_CLICKED)
        ),
        t("ads shown"): times(ev.AD_SHOWN),
        "  " + t("of a category bought from us in the 30 days before"): str(
            int((events["value"][kind == ev.AD_SHOWN] > 0).sum())
        ),
        t("offers (mails and ads) in all"): str(len(cells)),
        f"  {few}": str(int((taste[cells] < LITTLE).sum())),
    }
    for cell in range(favourite, favourite + STYLES):
        table["  " + t("of {thing}", thing=narrator.say(cell))] = str(int((cells == cell).sum()))
    table |= {
        t("minutes waited"): f"{events['value'][waited].sum():.0f}",
        t("times something had to be said or done again"): times(ev.REPEATED),
        t("times offered what had just been bought"): times(ev.CONTRADICTED),
        t("baskets left behind"): times(ev.BASKET_LOST),
        t("satisfaction at the end, 0-100"): f"{100 * him['satisfaction']:.0f}",
        t("trust at the end, 0-100"): f"{100 * him['trust']:.0f}",
    }
    return table
