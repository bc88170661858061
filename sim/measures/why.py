"""Why things come back and people stay away, what is done about it, and how late a shift is noticed
[B34, B52, B62].

What is wrong with a thing, and what has hurt somebody, is in people's heads: no log of the company
shows it. Here it is the truth that answers and words are held against.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.company.leaving import NOTHING
from sim.core import events as ev
from sim.core.records import (
    AT_PLACE,
    CONTRADICTED,
    DEFECTIVE,
    FALLS_SHORT,
    FEES,
    NO_FAULT,
    NOT_AS_SHOWN,
    PRODUCT,
    REFUSED,
    REPEATING,
    RETURNING,
    SERVICE,
    STYLES,
    TOO_MANY_ADS,
    WAITING,
    WRONG_SIZE,
)
from sim.core.rows import joined
from sim.language import marked
from sim.measures.accounts import YEAR, sales, since_fork
from sim.measures.building_blocks import share
from sim.measures.figures import Figure, as_frame
from sim.settings.shocks import Shock
from sim.world.leavers import worst
from sim.world.tally import RunLog

BACK, DONE_ABOUT, AWAY, SHIFT = (
    marked("Why things come back"),
    marked("What is done about articles"),
    marked("What has hurt who stays away"),
    marked("When people shift, in taste or in where they are"),
)
RETURNED = marked("things given back")
GONE = marked("customers in the market at the end who have bought nothing from us for a year")
LATELY = 91  # days before the end in which sales are looked at, as the texts below say
MONTH = 28  # days over which media money is looked at

NAMED = {
    "falls short": (FALLS_SHORT, marked("It falls short of what was promised")),
    "not as shown": (NOT_AS_SHOWN, marked("It is not what the pictures showed")),
    "wrong size": (WRONG_SIZE, marked("The size is wrong")),
    "defective": (DEFECTIVE, marked("It does not work")),
    "nothing in particular": (NO_FAULT, marked("Nothing in particular: it was to be tried")),
}
SORE = {
    "hurt: the goods": (PRODUCT, marked("What was bought")),
    "hurt: returning": (RETURNING, marked("Giving something back")),
    "hurt: fees": (FEES, marked("Fees")),
    "hurt: waiting": (WAITING, marked("Waiting")),
    "hurt: service": (SERVICE, marked("The customer centre")),
    "hurt: repeating": (REPEATING, marked("Saying or doing it again")),
    "hurt: contradicted": (CONTRADICTED, marked("Offered what was just bought")),
    "hurt: refused": (REFUSED, marked("A word not kept")),
    "hurt: ads": (TOO_MANY_ADS, marked("The same ad too often")),
}

WHY: dict[str, Figure] = {
    **{
        name: Figure(title, "what disappoints most, in their heads", RETURNED, BACK)
        for name, (_, title) in NAMED.items()
    },
    "said in reviews": Figure("Reviews that say what is wrong", "in words", "reviews", BACK),
    "acted": Figure(
        "Articles that something is done about",
        "mended or replaced, pictured anew, given a table of sizes",
        "none: the real firm's, a year",
        DONE_ABOUT,
        "articles/year",
    ),
    "right": Figure(
        "Of these, where that is what is wrong",
        "in truth",
        "articles that something was done about",
        DONE_ABOUT,
    ),
    "needless": Figure(
        "Of these, where nothing is wrong",
        "in truth",
        "articles that something was done about",
        DONE_ABOUT,
    ),
    "interviews": Figure(
        "People asked why they sent it back",
        "of those on file",
        "none: the real firm's, a year",
        DONE_ABOUT,
        "interviews/year",
    ),
    "sold with a fault": Figure(
        "Sold with something wrong",
        "sales of the last 91 days, of articles that have a fault at the end",
        "sales of the last 91 days",
        DONE_ABOUT,
    ),
    "stays away": Figure(
        "Who stays away",
        "has bought nothing from us for a year",
        "people in the market at the end who ever bought from us",
        AWAY,
    ),
    **{
        name: Figure(title, "what has cost most of their trust and satisfaction", GONE, AWAY)
        for name, (_, title) in SORE.items()
    },
    "hurt: nothing": Figure("Nothing: no need, or another sender", "no sore point", GONE, AWAY),
    "asked away": Figure(
        "People asked why they stay away",
        "of those on file",
        "none: the real firm's, a year",
        AWAY,
        "interviews/year",
    ),
    "told right": Figure(
        "Rounds in which they name most what has hurt most",
        "of all who stay away, in truth",
        "rounds of asking",
        AWAY,
    ),
    "stores helped": Figure(
        "Stores that have one more at the tills", "at the busiest hour", "store-days", AWAY
    ),
    "noticed": Figure(
        "Days until half of a new fashion is noticed",
        "what the company takes people to want is half of the way from what they looked for in the "
        "year before to what they look for now; the rest of the run where it is not",
        "none: days from the fashion's first",
        SHIFT,
        "days",
    ),
    "followed": Figure(
        "Days until money has followed people half of the way",
        "the share of the media money at the channel that gains or loses most, over four weeks, is "
        "half of the way to that at which a visit is worth as much money as before; the rest of "
        "the run where it is not",
        "none: days from the first on which people spend their time elsewhere",
        SHIFT,
        "days",
    ),
}


def measure_why(
    run: RunLog,
    customers: np.ndarray,
    catalogue: np.ndarray,
    done: np.void,
    asked: np.void,
    sound: dict[str, float],
    views: list[tuple[int, np.ndarray]],
    fashions: tuple[tuple[Shock, int], ...],
    shocks: tuple[Shock, ...],
) -> pd.DataFrame:
    """Every figure of :data:`WHY`: seed, strategy, what, value.

    ``done``: what product management has done since the fork, DONE of
    :mod:`sim.world.assortment`; ``asked``: of who stays away, ASKED of :mod:`sim.world.leavers`;
    ``sound``: an article's fields of faults where nothing is wrong;
    ``views``: what the company took people to want, (day, share by cell) in order; ``shocks``: the
    scenario's, of which ``fashions``: those with one, each with the cell that is in fashion.
    """
    counts = run.tally.counts.sum(axis=0)
    back = counts[ev.DISAPPOINTED]
    reviews, years = counts[ev.REVIEWED].sum(), (run.end_day - run.fork_day) / YEAR
    numbers = {name: share(back[fault + 1], back.sum()) for name, (fault, _) in NAMED.items()}
    numbers |= {
        "said in reviews": share(counts[ev.SAID_WHY].sum(), reviews),
        "acted": float(done["acted"]) / years,
        "right": share(done["right"], done["acted"]),
        "needless": share(done["needless"], done["acted"]),
        "interviews": float(done["asked"]) / years,
        "sold with a fault": with_a_fault(run, catalogue, sound),
        "asked away": float(asked["people"]) / years,
        "told right": share(asked["right"], asked["rounds"]),
        "stores helped": share(asked["helped"], asked["days"]),
        "noticed": days_until_noticed(run, views, fashions),
        "followed": days_until_followed(run, shocks),
    }
    return as_frame(run, WHY, numbers | hurt(run, customers))


def with_a_fault(run: RunLog, catalogue: np.ndarray, sound: dict[str, float]) -> float:
    """Share of what was sold lately that has a fault."""
    sold = sales(since_fork(run))
    items = sold[sold["day"] >= run.end_day - LATELY]["item"]
    wrong = np.any([catalogue[name] > usual for name, usual in sound.items()], axis=0)
    return share(wrong[items].sum(), len(items))


def hurt(run: RunLog, customers: np.ndarray) -> dict[str, float]:
    """Who stays away, and what has hurt them most."""
    ours = customers[(customers["present"] == 1) & (customers["orders_ever"] > 0)]
    gone = ours[ours["last_from_us"].max(axis=1) < run.end_day - YEAR]
    most = worst(gone["sores"])
    found = {"stays away": share(len(gone), len(ours))}
    for name, (sore, _) in SORE.items():
        found[name] = share((most == sore).sum(), len(gone))
    return found | {"hurt: nothing": share((most == NOTHING).sum(), len(gone))}


def days_until_noticed(
    run: RunLog, views: list[tuple[int, np.ndarray]], shocks: tuple[tuple[Shock, int], ...]
) -> float:
    """Days from the first day of a fashion until the company takes half of it for what people want;
    the mean over fashions, NaN where there is none within the run."""
    found = []
    for shock, cell in shocks:
        begins = run.fork_day + shock.from_day
        ends = min(run.fork_day + shock.until_day, run.end_day)
        if begins >= ends:
            continue
        before, wanted = (
            looked_for(run, cell, begins - YEAR, begins),
            looked_for(run, cell, begins, ends),
        )
        half = (before + wanted) / 2
        reached = [
            day
            for day, view in views
            if begins < day < ends and (share_in_kind(view, cell) - half) * (wanted - half) >= 0
        ]
        found.append((reached[0] if reached else ends) - begins)
    return float(np.mean(found)) if found else float("nan")


def days_until_followed(run: RunLog, shocks: tuple[Shock, ...]) -> float:
    """Days from the first day of a change of habits until media money has gone half of the way
    after it; the mean over such shocks, NaN where there is none within the run."""
    found, money = [], spent_by_channel(run)
    for shock in shocks:
        begins, ends = shock.from_day, min(shock.until_day, len(money))
        before = money[max(begins - YEAR, 0) : begins].sum(axis=0)
        if not shock.habits or begins >= ends or before.sum() <= 0:
            continue
        times = [shock.habits.get(medium.name, 1.0) for medium in run.media]
        before = before[: len(times)] / before.sum()
        goal = before * times / (before * times).sum()
        k = int(np.abs(goal - before).argmax())
        half = (before[k] + goal[k]) / 2
        months = [(day, money[day - MONTH : day].sum(axis=0)) for day in range(begins, ends + 1)]
        reached = [
            day
            for day, month in months[MONTH:]
            if month.sum() > 0 and (month[k] / month.sum() - half) * (goal[k] - half) >= 0
        ]
        found.append((reached[0] if reached else ends) - begins)
    return float(np.mean(found)) if found else float("nan")


def spent_by_channel(run: RunLog) -> np.ndarray:
    """DKK spent at each media channel on each day since the fork, (days, CHANNELS)."""
    counts = run.tally.media.sum(axis=1)
    counts = counts[..., :2] + counts[..., 2:]  # on customers or not
    spent = (counts * run.tally.prices).sum(axis=2)
    return spent.reshape(len(spent), -1, AT_PLACE).sum(axis=2)


def share_in_kind(view: np.ndarray, cell: int) -> float:
    """Of a category the share of one of its styles."""
    kind = view.reshape(-1, STYLES)[cell // STYLES]
    return share(kind[cell % STYLES], kind.sum())


def looked_for(run: RunLog, cell: int, begins: int, ends: int) -> float:
    """Share of a style in the needs of its category that people became aware of in these days."""
    rows = joined([run.before, run.journal])
    rows = rows[(rows["kind"] == ev.NEED_ACTIVE) & (rows["category"] == cell // STYLES)]
    rows = rows[(rows["day"] >= begins) & (rows["day"] < ends)]
    return share((rows["style"] == cell % STYLES).sum(), len(rows))
