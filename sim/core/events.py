"""What happened, as one flat record per event.

Every driver writes the same log: ordered by day, then customer, then occurrence. Metrics,
results, report and stories are computed from it and from nothing else.
"""

from __future__ import annotations

import numpy as np

EVENT = np.dtype(
    [
        ("amount_oere", "i8"),  # money that changed hands, in øre (1/100 DKK), else 0
        ("value", "f8"),  # depends on the kind, see KINDS
        ("day", "i4"),  # days since the start of the warm-up
        ("customer", "i4"),
        ("item", "i4"),  # row of the catalogue, else -1
        ("need", "i4"),  # the customer's need that it serves, else -1
        ("order", "i4"),  # the customer's order that it belongs to, else -1
        ("minute", "i2"),  # minute of the day, else 0
        ("kind", "i2"),
        ("channel", "i2"),  # a CHANNEL, else -1
        ("category", "i2"),  # else -1
        ("style", "i2"),  # else -1
    ],
    align=True,
)

# Channels: where it happened, or what brought the customer there.
NONE, INSTAGRAM, SEARCH, EMAIL, WEB, STORE, CENTRE, COMPETITOR, DIRECT = -1, 0, 1, 2, 3, 4, 5, 6, 7
CHANNELS = {
    INSTAGRAM: "Instagram",
    SEARCH: "search",
    EMAIL: "e-mail",
    WEB: "web shop",
    STORE: "store",
    CENTRE: "customer centre",
    COMPETITOR: "competitor",
    DIRECT: "direct",
}

# Kinds of a message (channel field of the MAIL_* events holds EMAIL; `order` holds the kind).
NEWSLETTER, WELCOME, BASKET_REMINDER, CROSS_SELL, WIN_BACK = 0, 1, 2, 3, 4
MESSAGES = {
    NEWSLETTER: "newsletter",
    WELCOME: "welcome",
    BASKET_REMINDER: "abandoned basket",
    CROSS_SELL: "after purchase",
    WIN_BACK: "we miss you",
}

# What a question to the customer centre is about (category field of the SERVICE_* events).
ABOUT_PRODUCT, ABOUT_ORDER, ABOUT_DEFECT = 0, 1, 2

# The market and the customer's needs
ENTERED, LAPSED = 1, 2
NEED_LATENT, NEED_ACTIVE, NEED_WOKEN, NEED_DIED = 3, 4, 5, 6
COMPETITOR_SALE = 7  # amount: what the competitor was paid
# Messages and advertising
MAIL_SENT = 10  # order: kind of message; category, style: its subject; value: discount, share
MAIL_OPENED = 11  # order: kind of message
MAIL_CLICKED = 12  # order: kind of message; need: the need it fits, or -1
UNSUBSCRIBED = 13
SUBSCRIBED = 14
POST_SEEN = 20  # an Instagram post of ours that nobody paid for
AD_SHOWN = 21  # order: 0 prospecting, 1 retargeting; value: 1 if he bought that category in 30 d
AD_CLICKED = 22  # order: as AD_SHOWN
SEARCH_CLICKED = 23  # value: 1 if the click was paid for
# Visits and purchases
WEB_VISIT = 30  # channel: what brought him; value: 0 unrecognised, 1 as a device, 2 as a person
ITEM_VIEWED = 31
BASKET_FILLED = 32
BASKET_LOST = 33  # left without ordering
WEB_ORDER = 34  # amount paid; channel: what brought him; value: discount, share
STORE_VISIT = 35  # order: 0 need, 1 pick-up, 2 return, 3 looking round; value: recognised 0/1
STORE_SALE = 36  # amount paid; value: 0 plain, 1 exchange at a return, 2 new at a return, 3 pick-up
REPEATED = 37  # had to say or do something again
CONTRADICTED = 38  # was offered what he had just bought
FEE_PAID = 39  # amount: delivery or return fee
SALES = (WEB_ORDER, STORE_SALE)
# Delivery, returns, the end of a purchase
PARCEL_DELIVERED = 40  # value: days late
PICKED_UP = 41
KEPT = 42  # value: true match, as a share of the price
RETURN_BY_MAIL = 43  # amount: price of what goes back
RETURN_IN_STORE = 44  # amount: price of what goes back
REFUNDED = 45  # amount paid back
JOURNEY_DONE = 46  # purchase settled (kept past its window); value: incoherences on the way
# Service
SERVICE_ASKED = 50  # category: what about; value: handling minutes; minute: when
SERVICE_ANSWERED = 51  # value: minutes waited; order: 1 solved, 0 not; category: what about
SERVICE_GAVE_UP = 52  # value: minutes waited
DESK_WAITED = 53  # value: minutes waited at the store's service desk
# Identity
LOGGED_IN = 60
CLUB_JOINED = 61

KINDS: dict[int, str] = {
    value: name.lower()
    for name, value in list(globals().items())
    if name.isupper()
    and isinstance(value, int)
    and name
    not in (
        "NONE",
        "INSTAGRAM",
        "SEARCH",
        "EMAIL",
        "WEB",
        "STORE",
        "CENTRE",
        "COMPETITOR",
        "DIRECT",
        "NEWSLETTER",
        "WELCOME",
        "BASKET_REMINDER",
        "CROSS_SELL",
        "WIN_BACK",
        "ABOUT_PRODUCT",
        "ABOUT_ORDER",
        "ABOUT_DEFECT",
    )
}
