"""How people ask the customer centre, and what they say of it beside what they felt [A11, B33,
B42].

The marks of all contacts are read in people's heads: no company could have them. It has those that
were given, and whoever answers is not everybody.
"""

from __future__ import annotations

import numpy as np

from sim.core import events as ev
from sim.core.rows import picked
from sim.language import marked
from sim.measures.accounts import person_years, since_fork
from sim.measures.building_blocks import share
from sim.measures.figures import Figure
from sim.world.tally import RunLog

CENTRE = marked("How they ask the customer centre")
ALL, ANSWERED, ASKED = (
    marked("contacts with the customer centre that ended since the fork"),
    marked("contacts that were answered since the fork"),
    marked("contacts after which a mark was asked for"),
)
POINTS = marked("points of 1-5")
ASKED_BY = {
    ev.CALLS: marked("Asked by phone"),
    ev.CHATS: marked("Asked by chat"),
    ev.WRITES: marked("Asked by e-mail"),
}

CONTACTS: dict[str, Figure] = {
    "contacts": Figure(
        "Contacts with the centre", "answered or given up", "people", CENTRE, "per person-year"
    ),
    **{
        ev.WAYS[way]: Figure(title, "whatever was liked best", ALL, CENTRE)
        for way, title in ASKED_BY.items()
    },
    "own way": Figure(
        "Asked in the way liked best", "phone, chat or e-mail: it was offered", ALL, CENTRE
    ),
    "contact minutes": Figure(
        "Agent's time a contact",
        "that handling it takes; in a chat his share of it, as he has several at once",
        "questions to the customer centre since the fork",
        CENTRE,
        "minutes",
    ),
    "mark, own way": Figure(
        "Mark in the way liked best",
        "that the contact would be given, asked for or not",
        "contacts with the customer centre that ended since the fork, in the way liked best",
        CENTRE,
        POINTS,
    ),
    "mark, other way": Figure(
        "Mark in another way",
        "that the contact would be given, asked for or not",
        "contacts with the customer centre that ended since the fork, in another way",
        CENTRE,
        POINTS,
    ),
    "mark, all": Figure(
        "Mark of all contacts",
        "that each would be given, asked for or not; who hung up included, whom nobody asks",
        ALL,
        CENTRE,
        POINTS,
    ),
    "mark, given": Figure(
        "Mark given", "mean of the marks that the company has", "marks given", CENTRE, POINTS
    ),
    "mark, flattered": Figure(
        "Mark given above that of all",
        "the two rows above, one less the other",
        "none: a difference",
        CENTRE,
        POINTS,
    ),
    "mark answered": Figure("Answered when asked for a mark", "gave one", ASKED, CENTRE),
    "marked": Figure("Mark at hand", "asked for and given", ANSWERED, CENTRE),
}


def contact_figures(run: RunLog) -> dict[str, float]:
    """Every figure of :data:`CONTACTS` by name; NaN of nothing."""
    tally = run.tally

    def count(kind: int, field: int | None = None) -> float:
        return float(tally.counted(kind, field).sum())

    rows = since_fork(run)
    rows = picked(rows, rows["kind"] == ev.CONTACT_ENDED)
    n, mark = float(len(rows)), rows["value"]
    own = rows["minute"] == rows["order"]
    asked, given = count(ev.SCORED), count(ev.SCORED) - count(ev.SCORED, 0)
    given_mark = share(float(tally.value[:, ev.SCORED].sum()), given)
    of_all = mean(mark)
    return {
        "contacts": share(n, float(person_years(run).sum())),
        **{name: share(float((rows["minute"] == way).sum()), n) for way, name in ev.WAYS.items()},
        "own way": share(float(own.sum()), n),
        "contact minutes": share(
            float(tally.value[:, ev.SERVICE_ASKED].sum()), count(ev.SERVICE_ASKED)
        ),
        "mark, own way": mean(mark[own]),
        "mark, other way": mean(mark[~own]),
        "mark, all": of_all,
        "mark, given": given_mark,
        "mark, flattered": given_mark - of_all,
        "mark answered": share(given, asked),
        "marked": share(given, count(ev.SERVICE_ANSWERED)),
    }


def mean(marks: np.ndarray) -> float:
    """Mean of some marks; NaN of none."""
    return float(marks.mean()) if len(marks) else float("nan")
