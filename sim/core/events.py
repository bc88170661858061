"""What happened, as one flat record per event, and the table of the kinds of event there are.

Every driver writes the same log: ordered by day, then customer, then occurrence. Metrics,
results, report and stories are computed from it and from nothing else. A kind of event is one
row, added by :func:`_kind`: its code, what its fields mean, what is kept and counted of it, and
how a story says it. The tally, the journal, the run folder's dictionary and the stories read it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.records import (
    DEFECTIVE,
    FALLS_SHORT,
    FLOWS,
    LOOK_UP,
    NO_FAULT,
    NOT_AS_SHOWN,
    ORDER_HOME,
    PASS_LEAD,
    STOP_MAIL,
    TAKE_BACK,
    WRONG_SIZE,
)
from sim.language import marked

EVENT = np.dtype(
    [
        ("amount_oere", "i8"),  # money that changed hands, in øre (1/100 DKK), else 0
        ("value", "f8"),  # depends on the kind, see TABLE
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
        ("seen_as", "i2"),  # as whom the company knew the person: NOBODY, ...; else -1
    ],
    align=True,
)

# Channels: where it happened, or what brought the customer there. The market's media channels have
# the codes MEDIA in the order of their places; their names are settings.
NONE, EMAIL, WEB, STORE, CENTRE, COMPETITOR, DIRECT = -1, 2, 3, 4, 5, 6, 7
LINK = 12  # on somebody else's page
TEXT, APP = 13, 14
MEDIA = (0, 1, 8, 9, 10, 11)
PLACE_OF_MEDIUM = np.full(max(MEDIA) + 1, -1)  # code -> place among the media channels
PLACE_OF_MEDIUM[list(MEDIA)] = np.arange(len(MEDIA))
CHANNELS = {
    EMAIL: "e-mail",
    WEB: "web shop",
    STORE: "store",
    CENTRE: "customer centre",
    COMPETITOR: "competitor",
    DIRECT: "direct",
    LINK: "a link elsewhere",
    TEXT: "text message",
    APP: "app message",
}

# As whom the company knew the person it met (field `seen_as` of visits, sales and calls).
NOBODY, A_DEVICE, A_PERSON, ANOTHER = 0, 1, 2, 3
SEEN_AS = {
    NOBODY: "nobody",
    A_DEVICE: "a device",
    A_PERSON: "a person",
    ANOTHER: "the person who shares the computer",
}

# Kinds of a message (field `order` of the MAIL_* events).
# 1, 2, ... are the automation flows, in the order of the settings.
NEWSLETTER = 0
REMINDER = FLOWS + 1  # what he is believed to want, to whom the analysis chose
GREETING = -1  # a message to the app, in the store; in fields of events nothing

# What a question to the customer centre is about (category field of the SERVICE_* events).
ABOUT_PRODUCT, ABOUT_ORDER, ABOUT_DEFECT = 0, 1, 2

# Ways to the customer centre (minute field of SERVICE_ASKED and of what follows it).
CALLS, CHATS, WRITES = 0, 1, 2
WAYS = {CALLS: "by phone", CHATS: "by chat", WRITES: "by e-mail"}

# What has to be done again (value of REPEATED). What was typed for another order is no crack in
# this journey and is counted apart.
SEARCHED, FILLED, SAID, CASE, RECEIPT, TYPED = range(1, 7)
AGAIN = {
    SEARCHED: "searched",
    FILLED: "basket filled",
    SAID: "said",
    CASE: "case told from the start",
    RECEIPT: "receipt looked for",
    TYPED: "typed for an order before",
}

# What is wrong with a thing in hand (value of DISAPPOINTED and SAID_WHY), in his own words.
WHAT_IS_WRONG = {
    NO_FAULT: marked("nothing in particular"),
    FALLS_SHORT: marked("it falls short of what was promised"),
    NOT_AS_SHOWN: marked("it is not what the pictures showed"),
    WRONG_SIZE: marked("the size is wrong"),
    DEFECTIVE: marked("it does not work"),
}

# Touchpoints of ours that a purchase's need can meet, as bits (field `minute` of JOURNEY_DONE).
BY_PLACE = (1, 2, 32, 64)  # web shop at the computer, on the phone; store; centre
IN_APP, BY_MAIL_LINK, BY_AD_LINK = 4, 8, 16
TOUCHPOINTS = {
    1: marked("web shop at the computer"),
    2: marked("web shop on the phone"),
    IN_APP: marked("app"),
    BY_MAIL_LINK: marked("a mail's link"),
    BY_AD_LINK: marked("an ad's link"),
    32: marked("store"),
    64: marked("customer centre"),
}

# What the fields of EVENT hold, unless a row of the table says otherwise: unit, meaning.
FIELDS = {
    "amount_oere": ("oere", "money that changed hands, 1/100 DKK; else 0"),
    "value": ("none", "0 unless the kind says otherwise"),
    "day": ("days", "since the start of the warm-up"),
    "customer": ("row", "the person"),
    "item": ("row", "of the catalogue; -1: none"),
    "need": ("number", "the person's need that it serves; -1: none"),
    "order": ("number", "the person's order that it belongs to; -1: none"),
    "minute": ("minutes", "of the day; else 0"),
    "kind": ("name", "kind of event"),
    "channel": ("name", "where it happened; empty: nowhere in particular"),
    "category": ("code", "of the product, in the market's order; -1: none"),
    "style": ("code", "of the product, within its category; -1: none"),
    "seen_as": (
        "code",
        "as whom a visit, sale or call was known: "
        + ", ".join(f"{code} {name}" for code, name in SEEN_AS.items())
        + "; else -1",
    ),
}


class Kind(NamedTuple):
    """One kind of event."""

    code: int
    name: str
    what: str  # what happened
    fields: dict[str, tuple[str, str]]  # fields that hold something of their own: unit, meaning
    counted_by: str  # the field by which the tally counts it apart, else ""
    kept: str  # in the journal: "always", "of needs" (where it serves one), "of flows" or ""
    told: str  # a story's words where one template says it, else ""


TABLE: dict[int, Kind] = {}
ALWAYS, OF_NEEDS, OF_FLOWS = "always", "of needs", "of flows"
CAPACITY = 112  # codes are below this: the tally's arrays have as many rows


def _kind(
    code: int,
    name: str,
    what: str,
    *,
    counted_by: str = "",
    kept: str = "",
    told: str = "",
    **fields: tuple[str, str],
) -> int:
    """Add a row to the table; returns its code."""
    if code in TABLE or not 0 < code < CAPACITY:
        raise ValueError(f"{name}: code {code} is taken or not between 1 and {CAPACITY - 1}")
    TABLE[code] = Kind(code, name, what, fields, counted_by, kept, told)
    return code


def _codes(names: dict[int, str]) -> tuple[str, str]:
    return "code", ", ".join(f"{code} {name}" for code, name in names.items())


KINDS_OF_MESSAGE = "0 newsletter, 1, 2, ... the automation flows, in the order of company.flows"
MESSAGE = "code", f"{KINDS_OF_MESSAGE}; {REMINDER} a reminder"
ABOUT = _codes({ABOUT_PRODUCT: "a product", ABOUT_ORDER: "an order", ABOUT_DEFECT: "a defect"})
WAY = _codes(WAYS)
AD = _codes({0: "prospecting, or a leaflet", 1: "retargeting", 2: "brand"})
CUSTOMER_BY_THEN = _codes({0: "else", 1: "had bought from us within a year"})
BROUGHT = "name", "what brought the person there"
PAID = "oere", "price paid"
GOODS = "oere", "price of what goes back"
DISCOUNT = "share", "discount on the list price"
DEVICE = _codes({0: "at the computer", 1: "on the phone"})

# The market and the customer's needs
ENTERED = _kind(1, "entered", "came into the market")
LAPSED = _kind(2, "lapsed", "left the market", told=marked("leaves the market"))
NEED_LATENT = _kind(3, "need_latent", "a need arose that the person is not aware of yet")
EARLY = 2  # value of NEED_ACTIVE: brought forward by a price cut
NEED_ACTIVE = _kind(
    4,
    "need_active",
    "a need arose that the person is aware of",
    kept=ALWAYS,
    value=_codes({0: "new", 1: "again, after a return", EARLY: "early, while it is cheaper"}),
)
NEED_WOKEN = _kind(
    5,
    "need_woken",
    "a latent need became active",
    kept=ALWAYS,
    told=marked("feels like {thing}"),
    channel=("name", "what woke it"),
)
NEED_DIED = _kind(
    6,
    "need_died",
    "a need was given up",
    kept=ALWAYS,
    told=marked("gives up on {thing}"),
    value=("0-1", "progress that the search had made"),
)
COMPETITOR_SALE = _kind(
    7,
    "competitor_sale",
    "the competitor met the need",
    kept=ALWAYS,
    counted_by="value",
    told=marked("buys {thing} from the competitor for {money}"),
    value=_codes({0: "on the web", 1: "in a store"}),
    amount_oere=("oere", "price paid to the competitor"),
)
# Messages and advertising
MAIL_SENT = _kind(
    10,
    "mail_sent",
    "an e-mail was sent",
    counted_by="order",
    kept=OF_FLOWS,
    order=MESSAGE,
    value=DISCOUNT,
)
MAIL_OPENED = _kind(
    11,
    "mail_opened",
    "it was opened",
    counted_by="order",
    told=marked("opens it"),
    order=MESSAGE,
    value=("0-1", "how much it is about what the person wants"),
)
MAIL_CLICKED = _kind(
    12,
    "mail_clicked",
    "it was clicked",
    counted_by="order",
    kept=OF_NEEDS,
    told=marked("clicks"),
    order=MESSAGE,
    need=("number", "the person's need that it fits; -1: none"),
)
UNSUBSCRIBED = _kind(
    13,
    "unsubscribed",
    "a permission was withdrawn",
    counted_by="channel",
    told=marked("unsubscribes"),
    channel=("name", "the way in which nothing may be sent any more"),
)
TEXT_SENT = _kind(
    16,
    "text_sent",
    "a text message was sent",
    counted_by="order",
    kept=OF_FLOWS,
    order=MESSAGE,
    value=DISCOUNT,
)
PUSHED = _kind(
    17,
    "pushed",
    "a message was sent to the app",
    counted_by="order",
    kept=OF_FLOWS,
    order=MESSAGE,
    value=DISCOUNT,
)
SEEN_ON_PHONE = _kind(
    18,
    "seen_on_phone",
    "a text or app message was read",
    counted_by="order",
    told=marked("reads it"),
    order=MESSAGE,
    value=("0-1", "how much it is about what the person wants"),
)
TAPPED = _kind(
    19,
    "tapped",
    "its link was followed",
    counted_by="order",
    kept=OF_NEEDS,
    told=marked("follows the link"),
    order=MESSAGE,
    need=("number", "the person's need that it fits; -1: none"),
)
SUBSCRIBED = _kind(
    14, "subscribed", "a permission for e-mail was given", told=marked("agrees to get our mails")
)
CARED = _kind(
    48,
    "cared",
    "read how to care for what had been bought",
    counted_by="category",
    told=marked("reads how to care for {thing}"),
    order=MESSAGE,
)
TEXTS_TAKEN = _kind(
    47,
    "texts_taken",
    "agreed to get text messages or messages in the app",
    counted_by="value",
    told=marked("agrees to be written to on the phone"),
    value=_codes({1: "text messages", 2: "messages in the app"}),
)
POST_SEEN = _kind(
    20,
    "post_seen",
    "a post of ours that nobody paid for was seen",
    kept=OF_NEEDS,
    told=marked("sees a post of ours{where} about {thing}"),
    order=("none", "nothing: always 2"),
)
AD_SHOWN = _kind(
    21,
    "ad_shown",
    "a paid impression",
    counted_by="order",
    order=AD,
    value=_codes({0: "else", 1: "that category was bought in the last 30 days"}),
    minute=CUSTOMER_BY_THEN,
)
AD_TOO_OFTEN = _kind(
    73,
    "ad_too_often",
    "noticed an ad for the same thing once too often",
    counted_by="channel",
    told=marked("has seen that ad once too often"),
    order=AD,
    value=("times", "in a row that it was noticed"),
    minute=CUSTOMER_BY_THEN,
)
AD_CLICKED = _kind(
    22,
    "ad_clicked",
    "an ad was clicked",
    counted_by="order",
    kept=OF_NEEDS,
    told=marked("clicks"),
    order=AD,
    minute=CUSTOMER_BY_THEN,
)
SEARCH_CLICKED = _kind(
    23,
    "search_clicked",
    "a search result of ours was clicked",
    counted_by="value",
    kept=OF_NEEDS,
    order=_codes({0: "for a thing", 1: "for our name"}),
    value=_codes({0: "organic", 1: "paid for"}),
    minute=CUSTOMER_BY_THEN,
)
AD_NOTICED = _kind(
    25,
    "ad_noticed",
    "really saw an ad that was shown",
    counted_by="order",
    order=AD,
    minute=CUSTOMER_BY_THEN,
)
APP_MESSAGE = _kind(
    24, "app_message", "the app greeted a member in the store", order=("none", "nothing: always -1")
)
NAME_SEARCHED = _kind(
    26,
    "name_searched",
    "searched for our name, to come to us",
    counted_by="value",
    kept=OF_NEEDS,
    told=marked("searches for our name"),
    value=_codes({0: "took the free result", 1: "took the ad above it"}),
    minute=CUSTOMER_BY_THEN,
)
# Visits and purchases
WEB_VISIT = _kind(
    30,
    "web_visit",
    "came to the web shop",
    counted_by="channel",
    kept=OF_NEEDS,
    channel=BROUGHT,
    order=DEVICE,
    value=_codes({0: "has bought from us", 1: "has never bought from us"}),
)
LEFT_AT_ONCE = _kind(
    28,
    "left_at_once",
    "saw at a glance that the web shop was not for him, and left",
    counted_by="channel",
    kept=OF_NEEDS,
    told=marked("is gone again at once"),
    channel=BROUGHT,
)
ITEM_VIEWED = _kind(
    31,
    "item_viewed",
    "looked at an item",
    value=_codes({0: "had to look for it", 1: "it was on the page"}),
)
BASKET_FILLED = _kind(
    32,
    "basket_filled",
    "put an item into the basket",
    counted_by="channel",
    kept=OF_NEEDS,
    told=marked("puts it in the basket"),
    value=DEVICE,
)
BASKET_LOST = _kind(
    33,
    "basket_lost",
    "left without ordering what lay in the basket",
    counted_by="channel",
    told=marked("leaves the basket behind"),
    value=DEVICE,
)
WEB_ORDER = _kind(
    34,
    "web_order",
    "ordered on the web",
    counted_by="channel",
    kept=ALWAYS,
    amount_oere=PAID,
    channel=BROUGHT,
    value=DISCOUNT,
)
BASKET_PAID = _kind(
    29,
    "basket_paid",
    "paid for a basket: one order on the web, or one receipt in a store",
    counted_by="channel",
    kept=ALWAYS,
    channel=("name", "what brought the person to the web shop, or the store"),
    order=("number", "the first of its lines"),
    value=("receipts", "1 if it was paid for at a till of ours; 0 on the web or scanned"),
    minute=("minutes", "waited at the till"),
)
CONTENT_READ = _kind(
    49,
    "content_read",
    "took in what the shop has written or filmed about a kind of goods",
    counted_by="category",
    told=marked("takes in what the shop has to say about it"),
)
CONTENT_LEFT = _kind(
    9,
    "content_left",
    "left the web shop for content that was in the way",
    told=marked("leaves for all there is to read"),
)
SCANNED = _kind(
    64,
    "scanned",
    "scanned and paid with the app, past the till",
    told=marked("scans it with the phone"),
    value=("minutes", "that the queue at the till would have taken"),
)
TILL_LEFT = _kind(
    65,
    "till_left",
    "left what had been chosen behind, for the queue at the till",
    told=marked("leaves the queue at the till, and the thing"),
    value=("minutes", "that the queue would have taken"),
)
STORE_VISIT = _kind(
    35,
    "store_visit",
    "came to a store",
    counted_by="order",
    kept=OF_NEEDS,
    order=_codes({0: "for a need", 1: "for a pick-up", 2: "for a return", 3: "to look round"}),
    value=("row", "of the store, in the order of company.stores"),
    style=_codes({0: "staff are there", 1: "let himself in after closing time"}),
)
STORE_RATED = _kind(
    76,
    "store_rated",
    "gave a store stars after a visit",
    counted_by="value",
    kept=ALWAYS,
    told=marked("says how {he} was served there"),
    order=("row", "of the store, in the order of company.stores"),
    value=("stars", "1 to 5"),
)
PLAIN, EXCHANGE, NEW_AT_RETURN, AT_PICK_UP = range(4)  # how a STORE_SALE came about
STORE_SALE = _kind(
    36,
    "store_sale",
    "bought in a store",
    counted_by="value",
    kept=ALWAYS,
    amount_oere=PAID,
    order=("number", "the person's order; where value is not 0, the web order of that visit"),
    value=_codes(
        {
            PLAIN: "plain",
            EXCHANGE: "exchange at a return",
            NEW_AT_RETURN: "new at a return",
            AT_PICK_UP: "at a pick-up",
        }
    ),
)
RESERVED = _kind(
    55,
    "reserved",
    "had a store keep what lay in the basket",
    kept=ALWAYS,
    told=marked("has the store keep {thing}"),
)
REMINDED = _kind(
    15,
    "reminded",
    "an opened mail brought an open need back to mind",
    kept=OF_NEEDS,
    told=marked("thinks again of {thing}"),
)
REPEATED = _kind(
    37,
    "repeated",
    "had to do something again that we had been told",
    counted_by="value",
    value=_codes(AGAIN),
)
WENT_AWAY = _kind(
    27,
    "went_away",
    "had enough of searching or saying it again, and left",
    counted_by="channel",
    told=marked("has enough of it and leaves"),
)
CONTRADICTED = _kind(
    38,
    "contradicted",
    "was offered what had just been bought",
    told=marked("is offered what {he} bought a short while ago"),
    order=("code", "kind of the message, or of the ad, that offered it"),
)
FEE_PAID = _kind(
    39,
    "fee_paid",
    "paid a fee for delivery or a return",
    counted_by="channel",
    kept=ALWAYS,
    told=marked("pays a fee of {money}"),
    amount_oere=("oere", "the fee"),
)
# Delivery, returns, the end of a purchase
PARCEL_DELIVERED = _kind(
    40,
    "parcel_delivered",
    "a parcel came to the door",
    kept=ALWAYS,
    value=("days", "later than promised"),
)
PICKED_UP = _kind(
    41,
    "picked_up",
    "picked something ordered on the web up in a store",
    kept=ALWAYS,
    told=marked("takes {thing} home"),
    value=("parcels", "1 with the first line of an order; 0 for what lay in the same parcel"),
)
KEPT = _kind(
    42,
    "kept",
    "tried it and kept it",
    told=marked("keeps it"),
    value=("share of price", "how well it fits"),
)
DISAPPOINTED = _kind(
    74,
    "disappointed",
    "gives a thing back, and knows why: in his head, no system records it",
    counted_by="value",
    value=_codes(WHAT_IS_WRONG),
)
SAID_WHY = _kind(
    75,
    "said_why",
    "wrote in a review what is wrong",
    counted_by="value",
    value=_codes(WHAT_IS_WRONG),
)
RETURN_BY_MAIL = _kind(
    43,
    "return_by_mail",
    "posted a return",
    counted_by="channel",
    kept=ALWAYS,
    told=marked("sends {thing} back"),
    amount_oere=GOODS,
)
RETURN_IN_STORE = _kind(
    44,
    "return_in_store",
    "handed a return in at a store",
    counted_by="channel",
    kept=ALWAYS,
    told=marked("hands {thing} back"),
    amount_oere=GOODS,
    value=_codes({0: "bought in a store", 1: "bought on the web"}),
)
REFUNDED = _kind(
    45,
    "refunded",
    "got the money back",
    counted_by="channel",
    kept=ALWAYS,
    told=marked("gets {money} back"),
    amount_oere=("oere", "paid back"),
    value=_codes({0: "after a return by mail", 1: "at the desk"}),
)
JOURNEY_DONE = _kind(
    46,
    "journey_done",
    "a purchase was settled: kept past the time to return it",
    counted_by="value",
    kept=ALWAYS,
    value=("incoherences", "repetitions, contradictions, things lost or left unsolved on the way"),
    minute=(
        "bits",
        "touchpoints that its need met: "
        + ", ".join(f"{bit} {name}" for bit, name in TOUCHPOINTS.items()),
    ),
)
# Service
SERVICE_ASKED = _kind(
    50,
    "service_asked",
    "asked the customer centre",
    counted_by="category",
    kept=OF_NEEDS,
    category=ABOUT,
    value=("minutes", "that handling it takes"),
    minute=WAY,
)
SERVICE_ANSWERED = _kind(
    51,
    "service_answered",
    "was answered",
    counted_by="order",
    category=ABOUT,
    order=_codes({0: "not solved", 1: "solved"}),
    value=("minutes", "waited in the line; a mail waits in none"),
)
SERVICE_GAVE_UP = _kind(
    52,
    "service_gave_up",
    "hung up before an answer",
    told=marked("hangs up after {minutes} in the queue"),
    category=ABOUT,
    order=("none", "nothing: always 0"),
    value=("minutes", "waited"),
)
SCORED = _kind(
    56,
    "scored",
    "was asked for a mark of a contact with the customer centre",
    counted_by="value",
    category=ABOUT,
    value=("1-5", "the mark; 0: did not answer"),
    minute=WAY,
)
CONTACT_ENDED = _kind(
    57,
    "contact_ended",
    "a contact with the customer centre was over; how it was is in the person's own head",
    kept=ALWAYS,
    category=ABOUT,
    order=("code", "the way that the person likes best: " + WAY[1]),
    value=("1-5", "the mark that the contact would be given, asked for or not"),
    minute=WAY,
)
DESK_WAITED = _kind(
    53,
    "desk_waited",
    "waited at a store's service desk",
    told=marked("had waited {minutes} at the service desk"),
    value=("minutes", "waited"),
)
ADVISED = _kind(
    54, "advised", "a salesperson gave advice about a need", told=marked("is advised about {thing}")
)
# Reviews and answers
REVIEWED = _kind(
    66,
    "reviewed",
    "wrote a review of what was bought",
    counted_by="value",
    told=marked("writes a review of {thing}"),
    value=("stars", "1 to 5"),
)
ANSWER_PUBLISHED = _kind(
    68,
    "answer_published",
    "the answer to a question about a product was put into the web shop",
    need=("number", "the person's need that the question was about"),
)
ANSWER_FOUND = _kind(
    69,
    "answer_found",
    "found in the web shop what the customer centre would have been asked",
    told=marked("finds {his} question answered there"),
)
# Talk among customers
FIND_TOLD = _kind(
    80,
    "find_told",
    "told friends of what was bought",
    counted_by="value",
    told=marked("tells friends of {thing}"),
    value=_codes({0: "a warning", 1: "praise"}),
)
FIND_SEEN = _kind(
    81,
    "find_seen",
    "came upon what a friend had told of",
    counted_by="value",
    told=marked("sees what a friend says of {thing}"),
    order=("none", "nothing: always 0"),
    value=_codes({0: "a warning", 1: "praise"}),
)
FORUM_JOINED = _kind(
    82, "forum_joined", "takes part in a forum of ours from now on", told=marked("joins our forum")
)
FORUM_VISITED = _kind(
    83,
    "forum_visited",
    "was in a forum of ours",
    counted_by="category",
    told=marked("looks into our forum"),
)
FORUM_POSTED = _kind(
    84,
    "forum_posted",
    "wrote in a forum of ours",
    counted_by="category",
    told=marked("writes in our forum"),
    value=("0-1", "trust in us of who writes"),
)
FORUM_ASKED = _kind(
    85,
    "forum_asked",
    "asked in a forum of ours, and was answered",
    counted_by="value",
    told=marked("asks in our forum about {thing}"),
    value=_codes({0: "by other customers", 1: "by an expert of the company's"}),
)
TIER_REACHED = _kind(
    86,
    "tier_reached",
    "was told of another tier of the club",
    counted_by="value",
    told=marked("reads on the receipt that {his} tier of the club is another now"),
    value=("tier", "0 none, 1, 2, ... in the order of company.tiers"),
)
# The company as a whole, on the review portal
RATED_US = _kind(
    87,
    "rated_us",
    "rated the company on the review portal",
    kept=ALWAYS,
    told=marked("gives us stars in public"),
    channel=("name", "e-mail: invited there after a contact; none: unasked"),
    value=("stars", "1 to 5"),
)
LOOKED_US_UP = _kind(
    88,
    "looked_us_up",
    "read on the review portal what others say of the company",
    told=marked("looks up what others say of us"),
    value=("stars", "mean of what stands there"),
)
# Acts of one department for another
ACT = _codes(
    {
        TAKE_BACK: "a web order brought to a store",
        ORDER_HOME: "offer to send home what the store does not carry",
        PASS_LEAD: "note what a visitor looked at",
        LOOK_UP: "look a visitor up",
        STOP_MAIL: "leave a mail unsent",
    }
)
ACT_DONE = _kind(
    70,
    "act_done",
    "a department did something for another",
    counted_by="category",
    category=ACT,
    value=("minutes", "of staff, beside those at the service desk and of a sale"),
)
ACT_SLOWED = _kind(
    71,
    "act_slowed",
    "a department did something for another, late and without hurry",
    counted_by="category",
    told=marked("waits until somebody has time for it"),
    category=ACT,
    value=("minutes", "that the customer waited for it"),
)
ACT_DECLINED = _kind(
    72,
    "act_declined",
    "a department did not do something for another",
    counted_by="category",
    category=ACT,
)
# Sold out
NOT_SO_GOOD, NOTHING_ELSE, IN_THE_BASKET = range(3)
SOLD_OUT = _kind(
    78,
    "sold_out",
    "the web shop had none of what was liked best",
    kept=OF_NEEDS,
    counted_by="value",
    told=marked("finds {thing} sold out"),
    value=_codes(
        {
            NOT_SO_GOOD: "something else would do",
            NOTHING_ELSE: "nothing else would do",
            IN_THE_BASKET: "it lay in the basket",
        }
    ),
)
ASKED_TO_BE_TOLD = _kind(
    79,
    "asked_to_be_told",
    "gave an address, to be told when it is back",
    kept=OF_NEEDS,
    told=marked("asks to be told when {thing} is back"),
)
# Identity
LOGGED_IN = _kind(60, "logged_in", "logged in at the web shop")
CLUB_JOINED = _kind(
    61,
    "club_joined",
    "joined the club, or on the web opened an account",
    told=marked("joins the club"),
)
BONUS_EARNED = _kind(
    62,
    "bonus_earned",
    "earned a bonus by saying who he is",
    kept=ALWAYS,
    told=marked("earns a bonus of {money}"),
    amount_oere=("oere", "the bonus, which the company will pay"),
)

RETURNS_FOR_PRICE = _kind(
    58,
    "returns_for_price",
    "was offered what had just been bought at a lower price, and returns it to buy it again",
    kept=ALWAYS,
    told=marked("sends it back, to buy it at the lower price"),
    amount_oere=("oere", "the difference"),
)
APP_INSTALLED = _kind(63, "app_installed", "installed the app", told=marked("installs the app"))
CONSENT_WITHDRAWN = _kind(
    59,
    "consent_withdrawn",
    "took a consent back after being offered what had just been bought",
    told=marked("wants no more of that"),
    value=_codes({0: "to being profiled", 1: "to mails and cookies, as there is no less"}),
)

SALES = (WEB_ORDER, STORE_SALE)
SENT = (MAIL_SENT, TEXT_SENT, PUSHED)  # messages, by whatever way
READ = (MAIL_OPENED, SEEN_ON_PHONE)
KINDS: dict[int, str] = {code: kind.name for code, kind in TABLE.items()}
