"""What a company's measures say of what it buys and sends, beside what is true [B5, B22, B44, B45].

The truth is a replay: the same customers with the thing and without it, all else as planned. What
the company reads comes from its own statistics in the world with it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.company.holdouts import COUPONS, FLOWS_SENT, NEWSLETTERS
from sim.company.media import PROSPECTING, paid_channel
from sim.company.steering import lift
from sim.core import events as ev
from sim.core.records import AT_PLACE, PAID
from sim.measures.measured import Measured
from sim.world.tally import RunLog

NEWSLETTER, FLOW, COUPON = "newsletter", "flows", "coupon"
OF_MESSAGES = {NEWSLETTER: NEWSLETTERS, FLOW: FLOWS_SENT, COUPON: COUPONS}
PER_KRONE, PER_MAIL = "DKK per krone", "DKK per mail"
DETECTS = 2.8  # standard errors: found by a two-sided test at 5 % four times in five
COLUMNS = {
    "strategy": ("name", "of the company"),
    "thing": ("name", "a paid line, newsletter (one more), flows, coupon"),
    "unit": ("name", "of last_click, holdout and truth: margin per krone, or per mail"),
    "spent": ("DKK/person-year, or mails", "what it costs; of messages, how many go out"),
    "last_click": ("DKK", "recorded sales with that click last, times the margin"),
    "click_rate": ("ratio", "clicks per impression over those of an ad to anybody there"),
    "holdout": ("DKK", "recorded sales to who met it less what those held out stand for"),
    "holdout_error": ("DKK", "standard error that the company reckons with"),
    "detectable": ("DKK", "what its test would find four times in five at 5 %"),
    "truth": ("DKK", "margin with it less without it, from replay; mean over seeds"),
    "low": ("DKK", "of its 95 % interval"),
    "high": ("DKK", "of its 95 % interval"),
}


class Reading(NamedTuple):
    """What the company in one world reads of one thing, per krone or per mail."""

    spent: float
    last_click: float
    click_rate: float
    holdout: float
    error: float


def reading(run: RunLog, thing: int, margin: float, holdout: float, years: float) -> Reading:
    """What the measures say of thing number ``thing``; NaN where the company has no such figure."""
    read = run.readings
    one = read[thing]
    units = float(one["shown"] if thing >= PAID else one["spent"])
    said, error = np.nan, np.nan
    if holdout > 0 and units > 0 and one["held"].sum() > 0:
        mean, errors = lift(read[thing : thing + 1], holdout, margin, 0.0)
        more = units * (1 - holdout) / (2 - holdout) if thing == NEWSLETTERS else units
        said, error = float(mean[0]) / more, float(errors[0]) / more
    return Reading(
        units / years,
        margin * float(one["credited"]) / units if units > 0 else np.nan,
        click_rate(read, thing),
        said,
        error,
    )


def click_rate(read: np.ndarray, thing: int) -> float:
    """Clicks per impression as a multiple of those of the line that goes to anybody there."""
    if thing >= PAID or read["shown"][thing] <= 0:
        return np.nan
    other = read[paid_channel(thing // AT_PLACE, PROSPECTING)]
    if other["shown"] <= 0 or other["clicked"] <= 0:
        return np.nan
    ours = read["clicked"][thing] / read["shown"][thing]
    return float(ours / (other["clicked"] / other["shown"]))


class Books(NamedTuple):
    """What a world leaves in the books that the truth is told from, DKK and numbers."""

    left: float  # contribution
    on_mail: float  # cost of messages
    spent: np.ndarray  # on each paid line
    messages: np.ndarray  # how many newsletters, flows, coupons went out


def books(measured: Measured) -> Books:
    """Of one run, all segments together."""
    lines, read = measured.lines, measured.run.readings
    left, on_mail = (float(np.sum(lines[name])) / 100 for name in ("contribution", "cost_messages"))
    return Books(left, on_mail, read["spent"][:PAID], read["shown"][PAID:])


def truth(thing: int, on: Books, off: Books) -> float:
    """DKK that one krone, or one mail, has brought before its own cost: with it less without it."""
    if thing < PAID:
        spent = float(on.spent[thing])
        return (on.left - off.left + spent) / spent if spent > 0 else np.nan
    more = on.messages[thing - PAID]
    if thing != COUPONS:  # whose mails go out without it as well
        more = more - off.messages[thing - PAID]
    brought = on.left - off.left + on.on_mail - off.on_mail
    return float(brought / more) if more > 0 else np.nan


def from_store_by_mail(run: RunLog) -> float:
    """Share of web orders that a mail's link brought of which the need had met a store before: the
    store has done the work, the mail gets the credit [B44]."""
    rows = run.journal
    web = (rows["kind"] == ev.WEB_ORDER) & (rows["channel"] == ev.EMAIL)
    seen = (rows["kind"] == ev.STORE_VISIT) & (rows["need"] >= 0)
    key = rows["customer"].astype(np.int64) << 32 | rows["need"].astype(np.int64)
    first = pd.Series(rows["day"][seen]).groupby(key[seen]).min()
    ordered = pd.Series(key[web])
    if ordered.empty:
        return float("nan")
    before = ordered.map(first).to_numpy(float)
    return float(np.mean(before <= rows["day"][web]))


def marks(run: RunLog) -> tuple[float, float]:
    """Mean mark that the company was given, and the mean that all contacts would have got."""
    given = run.tally.counts[:, ev.SCORED, 1:].sum(axis=0)  # by value + 1; no answer is 0
    stars = np.arange(len(given))
    answered = given[1:].sum()
    known = float((given * stars)[1:].sum() / answered) if answered else float("nan")
    ended = run.tally.counts[:, ev.CONTACT_ENDED].sum()
    true = run.tally.value[:, ev.CONTACT_ENDED].sum() / ended if ended else float("nan")
    return known, float(true)
