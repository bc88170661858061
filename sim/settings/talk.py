"""Talk among customers: friends who tell each other of what they bought [B23, B43]."""

from __future__ import annotations

from sim.settings.base import Group, param


class Talk(Group):
    """Who talks to whom, who tells of what he bought, and what a friend's word does.

    Friends are neighbours on a ring, some of whose ties lead anywhere instead: a small world
    (Watts and Strogatz 1998, *Nature* 393). A word moves trust as opinions are averaged (DeGroot
    1974, *JASA* 69).
    """

    friends: int = param(
        6,
        unit="people whom one person's word may reach",
        lo=0,
        hi=40,
        source="assumption: the few whose taste counts",
    )
    far_ties: float = param(
        0.1,
        unit="share of ties that lead anywhere",
        lo=0,
        hi=1,
        source="Watts and Strogatz 1998: from a few hundredths on the world is small",
    )
    tell_base: float = param(
        -3.0,
        unit="logit",
        lo=-30,
        hi=10,
        source="assumption: of things that just do, one in twenty is told of",
        doc="readiness to tell friends of a thing bought",
    )
    tell_surprise: float = param(
        2.0,
        unit="logit per share of price above or below what was expected",
        lo=0,
        hi=20,
        source="assumption (B33): as for a review",
    )
    tell_identity: float = param(
        1.5,
        unit="logit at full identity",
        lo=0,
        hi=20,
        source="assumption (B43: strongest for goods that say who one is)",
    )
    praise_from: float = param(
        4.0,
        unit="stars that a review would give",
        lo=1,
        hi=5,
        source="assumption: below, one warns",
        doc="from which who tells of a thing praises it",
    )
    find_fresh_days: int = param(
        14, unit="days", lo=1, hi=365, source="assumption", doc="that a find can still be come upon"
    )
    word_kept_days: float = param(
        120.0,
        unit="days, mean",
        lo=1,
        hi=36_500,
        source="assumption: as a visit of one's own",
        doc="that a friend's word keeps us known",
    )
    word_trust: float = param(
        0.1,
        unit="share of the difference",
        lo=0,
        hi=1,
        source="assumption (DeGroot 1974)",
        doc="by which trust in us moves towards that of who speaks of us",
    )
