"""How often and how long articles of the web shop are sold out, and what people make of it."""

from __future__ import annotations

from sim.settings.base import Group, param


class Stock(Group):
    """Sold out and back in stock [B18]: the same whatever the company does."""

    sold_out_share: float = param(
        0.08,
        unit="share of articles of the web shop",
        lo=0,
        hi=0.9,
        source="8.2 % of articles in supermarkets (Coca-Cola Retailing Research Council 1996); for "
        "a web shop of sports goods: assumption",
        doc="which are sold out on a day",
    )
    sold_out_days: float = param(
        14.0,
        unit="days, mean of an exponential",
        lo=0.1,
        hi=3650,
        source="assumption: two weeks until the supplier has delivered",
        doc="until a sold-out article is back",
    )
    sold_out_gap: float = param(
        1.3,
        unit="logit",
        lo=0,
        hi=100,
        source="34 % refuse an alternative (Coca-Cola Retailing Research Council 1996): so far "
        "apart or farther are the best and the second best of a kind to a third of people",
        doc="by which what is sold out must be better to him than all that is there, so that he "
        "takes nothing",
    )
    told_dkk: float = param(
        10.0,
        unit="DKK",
        lo=0,
        hi=1000,
        source="assumption: more than lists and baskets are worth on a visit, as he wants this one",
        doc="what it is worth to him to be told that it is back",
    )
