"""What is made of the records: each step of analysis, and its deletion test."""

from __future__ import annotations

from sim.measures.mechanism import DOWN, UP, Mechanism

BY_ANALYSIS: dict[str, Mechanism] = {
    "recommender": Mechanism(
        "Items are picked by what followed what was bought",
        "B29",
        "company/recommending.py pick_items, picks_after",
        "analysis",
        ("recommends",),
        {},
        "analysis",
        "hit item",
        UP,
        "recorded purchases of an item that had been picked",
    ),
    "what follows": Mechanism(
        "After a purchase on file the kind that follows it gains weight",
        "B18 B29",
        "company/analysis.py expect_what_follows; company/complements.py how_much_more",
        "analysis",
        ("expects_next",),
        {},
        "analysis",
        "hit kind",
        UP,
        "recorded purchases of a kind that had been picked",
    ),
    "reminder": Mechanism(
        "Once a month whom it moves most are reminded of what they seem to want",
        "B30 A24",
        "company/reminding.py compose_reminder; company/targeting.py chosen",
        "analysis, policy",
        ("scores_purchases",),
        {"targets_by": "nobody"},
        "metrics",
        "orders_per_customer",
        UP,
        "orders",
    ),
    "coupon by value": Mechanism(
        "The coupon is kept for who has spent enough, as recorded",
        "B18",
        "company/automation.py gives_coupon; company/targeting.py rfm",
        "analysis",
        ("values_customers",),
        {},
        "analysis",
        "coupons",
        DOWN,
        "discount promised in messages",
    ),
}
