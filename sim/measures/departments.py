"""Departments: what they did for each other, and who inside is credited with what [B46, A27].

The figures of a department are a way of keeping books, no money of their own: sales are credited
where they were booked and, by some schemes, to who helped as well, so they do not add up to the
company's contribution.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.core import events as ev
from sim.core.records import LOOK_UP, ORDER_HOME, PASS_LEAD, STOP_MAIL, TAKE_BACK
from sim.language import marked
from sim.measures.accounts import (
    OF_MATURITY,
    goods_rows,
    in_pieces,
    money,
    person_years,
    since_fork,
)
from sim.measures.building_blocks import share
from sim.measures.figures import Figure, as_frame
from sim.measures.statistics import interval, paired
from sim.settings.departments import BonusScheme
from sim.settings.economics import Economics
from sim.world.tally import RunLog

ASKED = {
    TAKE_BACK: marked("web orders brought to a store"),
    ORDER_HOME: marked("visits to a store by who wants something"),
    PASS_LEAD: marked("things a known visitor looked at"),
    LOOK_UP: marked("visitors that the store can look up"),
    STOP_MAIL: marked("newsletters to somebody with an open case, or who has heard enough"),
}
WHAT = marked("What departments do for each other")
TAKEN, LATE, REFUSED = "taken back", "taken back late", "refused"

DONE = {
    "order home": (
        ORDER_HOME,
        marked("Offered to order home"),
        marked("what the store does not carry"),
    ),
    "lead passed": (
        PASS_LEAD,
        marked("Passed on"),
        marked("what a visitor looked at, for mail and web shop"),
    ),
    "looked up": (
        LOOK_UP,
        marked("Looked up"),
        marked("who the visitor is, and what he has bought"),
    ),
    "mail stopped": (STOP_MAIL, marked("Left unsent"), marked("for another department's sake")),
}
DEPARTMENTS: dict[str, Figure] = {
    TAKEN: Figure("Taken back at once", "web orders", ASKED[TAKE_BACK], WHAT),
    LATE: Figure("Taken back late", "after a wait that need not be", ASKED[TAKE_BACK], WHAT),
    REFUSED: Figure("Refused", "against the terms; he has to post it", ASKED[TAKE_BACK], WHAT),
    **{
        name: Figure(title, definition, ASKED[act], WHAT)
        for name, (act, title, definition) in DONE.items()
    },
    "done": Figure("Of all of these, done at once", "by whoever", "acts asked for", WHAT),
    "stopped": Figure(
        "Newsletters left unsent",
        "as a case was open or enough was sent",
        "years that people spent in the market in the horizon",
        WHAT,
        "per person-year",
    ),
}


def measure_departments(run: RunLog) -> pd.DataFrame:
    """What departments did for each other: seed, strategy, what, value."""
    counts = run.tally.counts.sum(axis=0)

    def told(kind: int, act: int) -> int:
        return int(counts[kind, act + 1])

    kinds = (ev.ACT_DONE, ev.ACT_SLOWED, ev.ACT_DECLINED)
    asked = {act: sum(told(kind, act) for kind in kinds) for act in ASKED}
    done = {act: told(ev.ACT_DONE, act) for act in ASKED}
    brought = asked[TAKE_BACK]
    found = {
        TAKEN: share(done[TAKE_BACK], brought),
        LATE: share(told(ev.ACT_SLOWED, TAKE_BACK), brought),
        REFUSED: share(told(ev.ACT_DECLINED, TAKE_BACK), brought),
        "done": share(sum(done.values()), sum(asked.values())),
        "stopped": share(done[STOP_MAIL], float(person_years(run).sum())),
    }
    found |= {name: share(done[act], asked[act]) for name, (act, *_) in DONE.items()}
    return as_frame(run, DEPARTMENTS, found)


OURS = [ev.EMAIL, ev.TEXT, ev.APP, *ev.MEDIA]  # what marketing sends and buys
LEDGERS = {
    "stores": marked("Stores"),
    "web": marked("Web shop"),
    "marketing": marked("Marketing"),
    "service": marked("Customer service"),
    "it": marked("Data and IT"),
}


def ledgers(
    run: RunLog,
    economics: Economics,
    item_cost_oere: np.ndarray,
    in_store: np.ndarray,
    schemes: Mapping[str, BonusScheme],
) -> pd.DataFrame:
    """Each department's own figures under each bonus scheme: seed, strategy, scheme, department,
    value in DKK per person-year.

    Sales and returns count by gross margin. Stores: what they sell, less returns that they bear,
    staff at till, shop floor and desk; with what is ordered to the home counted as a helper's. Web
    shop: what it sends, less its returns and deliveries. Marketing: the margin of web orders that
    a mail, a message or an ad brought (as the last click counts, returns or not), less media,
    messages and bonus. Customer service and IT cost. ``in_store``: 1 for items stores carry.
    """
    margins = _margins(since_fork(run), np.asarray(item_cost_oere), np.asarray(in_store))
    parts = {name: oere / 100 for name, oere in margins.items()}
    lines = {k: v.sum() / 100 for k, v in money(run, economics, item_cost_oere).items()}
    count, value = run.tally.counts.sum(axis=(0, 2)), run.tally.value.sum(axis=0)
    desk = run.staffed_minutes_desk * economics.desk_minute_dkk
    till = value[ev.BASKET_PAID] * economics.store_sale_dkk
    till += count[ev.ADVISED] * economics.advice_dkk
    till += value[ev.ACT_DONE] * economics.desk_minute_dkk
    posted = count[ev.RETURN_BY_MAIL] * economics.mail_return_dkk
    years = float(person_years(run).sum())
    found = []
    for name, scheme in schemes.items():
        borne = scheme.returns_on_taker * parts["taken"]
        figures = {
            "stores": parts["sold_here"]
            - parts["back_here"]
            - borne
            - till
            - desk
            + scheme.credits_helper * parts["sent_home"],
            "web": parts["web"]
            + parts["sent_home"]
            - parts["posted"]
            - (parts["taken"] - borne)
            - posted
            - lines["cost_delivery"],
            "marketing": parts["brought"]
            - lines["cost_media"]
            - lines["cost_messages"]
            - lines["cost_club"],
            "service": -(lines["cost_service"] - till - desk),
            "it": -sum(lines[name] for name in OF_MATURITY),
        }
        found += [(name, d, dkk / years) for d, dkk in figures.items()]
    frame = pd.DataFrame(found, columns=["scheme", "department", "value"])
    frame.insert(0, "strategy", run.strategy)
    frame.insert(0, "seed", run.seed)
    return frame


MARGINS = ("sold_here", "sent_home", "web", "brought", "back_here", "taken", "posted")


def _margins(
    rows: np.ndarray, item_cost_oere: np.ndarray, in_store: np.ndarray
) -> dict[str, float]:
    """Gross margin, øre: sold over the counter, sent home by a store, on the web, of that brought
    by marketing; gone back of what stores sold, of web orders to a store, and by mail."""
    sums = np.zeros(len(MARGINS))
    for piece in in_pieces(rows):
        kinds = piece["kind"]
        left = piece["amount_oere"] - goods_rows(piece, item_cost_oere)
        back = piece["amount_oere"] + goods_rows(piece, item_cost_oere)
        carried = in_store[piece["item"]] == 1
        at_till, on_web = kinds == ev.STORE_SALE, kinds == ev.WEB_ORDER
        handed, of_web = kinds == ev.RETURN_IN_STORE, piece["value"] == 1
        ours = np.isin(piece["channel"], OURS)
        sums += [
            left[at_till & carried].sum(),
            left[at_till & ~carried].sum(),
            left[on_web].sum(),
            left[on_web & ours].sum(),
            back[handed & ~of_web].sum(),
            back[handed & of_web].sum(),
            back[kinds == ev.RETURN_BY_MAIL].sum(),
        ]
    return dict(zip(MARGINS, sums.tolist(), strict=True))


def inside(frames: list[pd.DataFrame], names: list[str], baseline: str) -> pd.DataFrame:
    """Over the seeds: strategy, scheme, department, mean, low, high; and against the baseline,
    paired: gain, gain_low, gain_high (NaN of the baseline itself)."""
    stacked = pd.concat(frames, ignore_index=True)
    wide = stacked.pivot_table(
        index=["scheme", "department", "seed"], columns="strategy", values="value", sort=False
    )
    found = []
    for name in names:
        for (scheme, department), own in wide.groupby(["scheme", "department"], sort=False):
            level = interval(own[name])
            gain = (np.nan,) * 3
            if name != baseline:
                gain = paired(own[name].to_numpy(), own[baseline].to_numpy())
            found.append((name, scheme, department, *level, *gain))
    columns = ["strategy", "scheme", "department", "mean", "low", "high"]
    return pd.DataFrame(found, columns=[*columns, "gain", "gain_low", "gain_high"])
