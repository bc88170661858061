"""The company's community: a forum where those who care about a kind of goods meet [B43, A33]."""

from __future__ import annotations

from sim.settings.base import Group, param


class Community(Group):
    """Who takes part, how often he comes by, and what he does there.

    The worth of a forum is in those who are there: below a critical mass there is nothing to find.
    """

    join_base: float = param(
        -5.0,
        unit="logit",
        lo=-30,
        hi=10,
        source="assumption: next to nobody for goods that say nothing of him",
        doc="readiness to take part in a dead forum, of who has just taken in content",
    )
    join_involved: float = param(
        5.0,
        unit="logit at full involvement",
        lo=0,
        hi=30,
        source="assumption (B43)",
        doc="involvement: what a kind of goods says of its owner, times its share of his interest",
    )
    join_lively: float = param(
        2.0, unit="logit in a forum that is full of life", lo=0, hi=30, source="assumption (B43)"
    )
    forum_half: float = param(
        60.0,
        unit="posts and questions of the real firm's people, fading",
        lo=0.01,
        hi=1e6,
        source="assumption: one a day by the half-life below",
        doc="at which a forum is half alive",
    )
    post_half_life_days: float = param(
        42.0, unit="days", lo=1, hi=3650, source="assumption", doc="after which a post counts half"
    )
    forum_turns: float = param(
        0.3,
        unit="share of looks round without a need, of who takes part",
        lo=0,
        hi=1,
        source="assumption (B43)",
        doc="that go to the forum",
    )
    posts_base: float = param(
        -2.5,
        unit="logit, of who knows nothing",
        lo=-30,
        hi=10,
        source="assumption: most read, few write (Nielsen 2006: 90-9-1)",
    )
    posts_expert: float = param(
        2.0, unit="logit of who knows all of it", lo=0, hi=30, source="assumption (B43, S4)"
    )
    asks_there: float = param(
        0.5,
        unit="share of visits of a novice with an open need and no advice yet",
        lo=0,
        hi=1,
        source="assumption (A33)",
        doc="on which he asks; the less, the more he knows",
    )
