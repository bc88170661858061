"""The records that the rules read and write, and their twins in plain Python.

Two tables are kept apart. ``CUSTOMER`` is the truth about a person. ``PROFILE`` is what the
company knows of him: only what it recognised and recorded. Rules receive single records and use
them by attribute (``me.trust``), so the same source runs compiled on NumPy rows and, in the
readable driver, on slotted Python objects made by :func:`to_rows`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

CATEGORIES = 8  # most categories a market may have
STYLES = 3  # styles in each
CELLS = CATEGORIES * STYLES  # a cell is a category and a style: category * STYLES + style
CHANNELS = 6  # most media channels a market may have
ITEMS = CELLS * 8  # most items a catalogue may have
AT_PLACE = 3  # most lines that can be bought at one media channel
PAID = AT_PLACE * CHANNELS  # paid lines, see sim.settings.channels.lines
TESTED = PAID + 3  # what may be tested by a hold-out: also newsletter, flows, coupon
GROUPS = 16  # of records, by whose differences a hold-out's error is told
TRIED = 3  # things that are tried by A/B tests: subject, wording, checkout
SEGMENTS = 4  # that a test can be looked at by
KEYS = 256  # a channel is named in keys of draws by a number below this
NEEDS = 21  # open needs one person may have at a time; a further one waits for a place
ORDERS = 17  # purchases one person may have under way; for a further one the oldest is settled
TILES = 6  # places in the web shop's front
MAIL_TILES = 3  # places in a mail
PURCHASES = 4  # numbers that the purchases of one need have in keys, re-orders included
COUNTED = 255  # what a counter of type u1 holds
TIERS = 3  # most tiers that a club may have
FLOWS = 12  # most automation flows a company may have
STORES = 6  # most stores a company may have
BY_EMAIL, BY_TEXT, BY_APP = range(3)  # ways in which a message goes
TAKE_BACK, ORDER_HOME, PASS_LEAD, LOOK_UP, STOP_MAIL = range(5)  # acts for another department
ACTS = 5
RECENCY, FREQUENCY, MONEY = range(3)  # fifths of what is on file, see PROFILE
OFFER, CARE, REVIEW, ASKED_FOR = range(4)  # purposes of a message
NO_FAULT, FALLS_SHORT, NOT_AS_SHOWN, WRONG_SIZE, DEFECTIVE = range(5)  # of a thing in hand
FAULTS = 5
SORES = 9  # what may have hurt him
PRODUCT, RETURNING, FEES, WAITING, SERVICE = range(5)
REPEATING, CONTRADICTED, REFUSED, TOO_MANY_ADS = range(5, SORES)
TEXTS, APP_MESSAGES = 1, 2  # bits of the ways that are taken or refused each by itself
NEVER = 1 << 30  # a day that does not come
EMPTY = NEVER + 1  # due day of a place in the tables that nobody has

# States of a need
FREE, LATENT, ACTIVE = 0, 1, 2
IS_THERE, IS_NOT = 1, 2  # what is said of an item and the store
# States of an order
COMING, TO_PICK_UP, IN_HAND, GOING_BACK, BRINGING, AT_DEPOT, REFUND_DUE, SETTLING = range(1, 9)
# Places where a need is pursued and an order made
AT_COMPUTER, AT_PHONE, IN_STORE, AT_CENTRE = 0, 1, 2, 3

NEED = np.dtype(  # narrow, because a person has many of them
    [
        ("progress", "f8"),  # how far the search has come, 0-1
        ("number", "i4"),  # names the need: drawn luck is keyed by it
        ("dies", "i4"),  # day
        ("next_day", "i4"),  # day on which it next has attention
        ("tried", "i4"),  # bits of the category's items that were had in hand and given back
        ("handled", "i4"),  # bits of the category's items that were tried on in a store
        ("cart_oere", "i4"),  # price of what lies in the basket on this visit, 0 nothing
        ("basket_item", "i2"),  # item left in a web basket, else -1
        ("repeats", "u1"),  # things said, searched or filled in again
        ("lost", "u1"),  # baskets lost, questions left unsolved
        ("touched", "i1"),  # bits of TOUCHPOINTS of ours that it has met
        ("state", "i1"),  # FREE, LATENT, ACTIVE
        ("category", "i1"),
        ("style", "i1"),
        ("place", "i1"),  # last place of search: 0, 1 web by device, 2 store, -1 none yet
        ("stock", "i1"),  # what the web shop said of the item he liked: 0 nothing, IS_THERE, IS_NOT
        ("reserved", "i1"),  # 1 if the store keeps one for him
        ("told", "i1"),  # bit p: at place p he has searched, filled a basket or said what he wants
        ("further", "i1"),  # further things that are wanted with it once it is found
        ("advised", "i1"),  # 1 after an answered question or advice in store
        ("basket_place", "i1"),  # device the basket was filled on
        ("purchases", "i1"),  # orders placed for this need so far (re-orders after a return)
    ],
    align=True,
)

ORDER = np.dtype(  # narrow, because a person has many of them
    [
        ("match", "f8"),  # true match, share of price, seen with the product in hand
        ("expected", "f8"),  # expected match when it was bought
        ("price_oere", "i4"),  # list price
        ("paid_oere", "i4"),
        ("number", "i4"),  # names the order: need number * PURCHASES + purchases of that need
        ("need", "i4"),
        ("due", "i4"),  # day of the next thing that happens to it
        ("promised", "i4"),  # day
        ("received", "i4"),  # day
        ("tried", "i4"),  # as of the need
        ("item", "i2"),
        ("late_days", "i2"),  # days that the carrier came after the promise
        ("basket", "i4"),  # number of the first thing on the same web order; in a store its own
        ("incoherent", "u1"),  # repetitions, contradictions, things lost on this journey
        ("touched", "i1"),  # as of the need
        ("state", "i1"),
        ("category", "i1"),
        ("style", "i1"),
        ("place", "i1"),  # where it was bought: 0, 1 web by device, 2 store
        ("seen_as", "i1"),  # how the company knew the buyer: NOBODY, A_DEVICE, A_PERSON
        ("told", "i1"),  # as of the need
        ("asked", "i1"),  # times the customer asked the centre about it
        ("goes_along", "i1"),  # 1 if it goes back in the parcel of another
        ("defect", "i1"),
        ("earns_bonus", "i1"),  # 1 if a bonus is due once it is kept
        ("address", "i1"),  # 0 filed under his own e-mail address, 1 under his other one
        ("reviewed", "i1"),  # 1 once he has written of it
        ("fault", "i1"),  # what of it disappoints him most, in his head; see FAULTS
    ],
    align=True,
)

CUSTOMER = np.dtype(  # what every day needs comes first: few lines of the cache are touched
    [
        ("id", "i4"),
        ("entry_day", "i4"),
        ("exit_day", "i4"),
        ("scroll_day", "i4"),  # the earliest of `session_day`
        ("browse_day", "i4"),
        ("next_need_day", "i4"),
        ("case_day", "i4"),  # day on which he next contacts the centre
        ("visited_day", "i4"),  # day of the last visit to the web shop
        ("elsewhere_day", "i4"),  # day of the last visit to the competitor's store
        ("knows_until", "i4"),  # first day on which he no longer knows us
        ("partner", "i4"),  # place of who shares the computer with him, -1 nobody
        ("present", "i1"),  # 1 once entered, 2 once he has left
        ("needs_open", "i1"),  # places of `needs` up to the last one taken
        ("orders_open", "i1"),  # places of `orders` up to the last one taken
        ("shopper", "i1"),  # 1 shopper, 0 buyer
        ("device", "i1"),  # 0 computer, 1 phone
        ("case_topic", "i1"),  # open question to the centre, -1 none
        ("case_state", "i1"),  # 0 to ask, 1 waiting for the queue's answer, 2 answered, 3 gave up
        ("case_seen", "i1"),  # 1 if the agent has what it is about on the screen
        ("case_repeats", "i1"),  # 1 if he had to say again what he had said
        ("cookies", "i1"),  # 1 if he accepts cookies
        ("permission", "i1"),  # bit a: he takes our e-mails at address a
        ("typed", "i1"),  # 1 once he has typed name and street for an order
        ("refused", "i1"),  # 1 after unsubscribing
        ("looked_up", "i1"),  # 1 once he has read what others say of us on the portal
        ("account", "i1"),  # 1 if he has an account with the web shop
        ("logged_in", "i1"),  # bit 1 computer, bit 2 phone: a log-in that the browser keeps
        ("club", "i1"),  # 1 if he is a member of our club
        ("app", "i1"),  # 1 if our app is on his phone
        ("case_tries", "i1"),
        ("case_order", "i1"),  # slot of the order, or of the need, that it is about
        ("extra_need_category", "i1"),
        ("met_today", "u1"),  # contacts of ours that asked for his attention on met_day
        ("met_day", "i2"),
        ("cuts_seen", "u1"),  # bits of the categories that he saw to be cheaper with us
        ("cuts_until", "i4"),  # first day after these cuts
        ("cuts_often", "f8"),  # share of times, lately, that he looked for a thing and it was cut
        ("cuts_deep", "f8"),  # share that was off, then
        ("prefers", "i1"),  # the way in which he likes best to ask the centre, see events.WAYS
        ("case_way", "i1"),  # in which he asked it last; his own before he ever did
        ("birthday", "i2"),  # day of the year
        ("heard_day", "i2"),  # day on which a friend told of a thing
        ("heard_item", "i2"),  # row of the catalogue
        ("heard", "i1"),  # 0 nothing waits to be come upon, 1 praise, 2 a warning
        ("heard_trust", "u1"),  # the friend's trust in us, percent
        ("takes_part", "u1"),  # bits of the categories in whose forum of ours he takes part
        ("tier", "i1"),  # of the club, as he has been told
        ("to_next_dkk", "i2"),  # what he has been told is missing to the next, 0 nothing
        ("browse_gap", "f8"),  # mean days between visits without a need
        ("desk_wait", "f8"),  # minutes waited yesterday at the service desk, -1 none
        ("fatigue", "f8"),  # mails, as of fatigue_day
        ("salience", "f8"),  # mental availability, as of salience_day
        ("brand", "f8"),  # what brand advertising has left, as of brand_day; ads put down to us
        ("fatigue_day", "i4"),
        ("salience_day", "i4"),
        ("brand_day", "i4"),
        ("ad_item", "i2"),  # that the ads noticed last showed, row of the catalogue
        ("ad_times", "u1"),  # how often in a row
        ("ad_day", "i2"),  # the last time
        ("session_gap", "f8", (CHANNELS,)),  # mean days between sessions, NEVER-like if none
        ("session_day", "i4", (CHANNELS,)),  # day of the next session
        ("looked_day", "i2", (CHANNELS,)),  # day of the last look
        ("last_from_us", "i2", (CATEGORIES,)),  # day
        ("last_bought", "i2", (CATEGORIES,)),  # day, from anybody
        ("taste", "f4", (CELLS,)),  # share of interest per cell, sums to 1; read by as_double
        ("need_at", "f8", (CATEGORIES,)),  # season time of the next need, mean days
        ("need_gap", "f8", (CATEGORIES,)),  # mean season time between needs, mean days
        ("expertise", "f8", (CATEGORIES,)),  # 0-1
        ("preference", "f8"),  # liking of us over the competitor, logit
        ("web_affinity", "f8"),  # logit
        ("store_affinity", "f8"),  # logit
        ("store_habit", "f8"),  # share of late purchases that he made in stores, anybody's
        ("further_things", "f8"),  # mean number of things that he wants beside the first
        ("competitor_km", "f8"),  # to the competitor's nearest store
        ("costs_met_dkk", "f8"),  # what dealing with us has cost beside the price, lately
        ("social_affinity", "f8", (CHANNELS,)),  # logit
        ("attention", "f8"),  # propensity to open mail, logit
        ("time_value", "f8"),  # DKK/minute
        ("price_sensitivity", "f8"),  # multiple of money costs, mean about 1
        ("hassle", "f8"),  # multiple of return hassle, median 1
        ("privacy_dkk", "f8"),  # what it is worth to him not to be known, each time
        ("distance_km", "f8"),  # to the nearest of our stores
        ("pickup_taste_dkk", "f8"),
        ("trust", "f8"),  # 0-1
        ("habit", "f8"),  # 0-1
        ("satisfaction", "f8"),  # 0-1
        ("mail_value", "f8"),  # what this sender's mails have been worth, 0-1
        ("spent_dkk", "f8"),  # with us, price paid, ever
        ("orders_ever", "i4"),
        ("need_count", "i2", (CATEGORIES,)),
        ("extra_need_day", "i4"),  # a need set off by a purchase
        ("extra_need_number", "i4"),
        ("case_about", "i4"),  # number of that order or need
        ("case_wait", "f8"),  # minutes waited
        ("sores", "u2", (SORES,)),  # trust and satisfaction lost by what, ever, thousandths
        ("store_dam", "u2", (STORES,)),  # to each of our stores, decametres, rounded up
        ("store_met", "u1", (STORES,)),  # what he has met there, fiftieths of a star; 0 nothing yet
        ("nearest", "i1"),  # of our stores
        ("free_minute", "i2"),  # of a weekday, from which he can go to stores; 0 all day
        ("needs", NEED, (NEEDS,)),
        ("orders", ORDER, (ORDERS,)),
    ],
    align=True,
)

FACTS = np.dtype(
    [
        ("counts", "u1", (CELLS,)),  # sightings of interest per cell; a purchase counts 3
        ("bought", "i2", (CATEGORIES,)),  # day of the last purchase of each category, -1 none
        ("view_cell", "i2"),
        ("view_item", "i2"),
        ("buy_cell", "i2"),
        ("buy_item", "i2"),
        ("orders", "i2"),
        ("view_day", "i4"),
        ("buy_day", "i4"),
        ("spent_oere", "i4"),  # what was bought less what went back, as recorded
    ],
    align=True,
)

SILO = np.dtype(
    [
        ("live", FACTS),
        ("shared", FACTS),
        ("written", "i4"),  # day
        ("filed_order", "i4"),  # number of the last order on file, -1 none
        ("basket_day", "i4"),
        ("basket_item", "i2"),  # basket left in the web shop under this identifier, -1 none
    ],
    align=True,
)

# A record of the company's is reached by the identifier that it is kept under: the cookies on
# computer and phone, the e-mail address with the account, the card; and those that one person may
# have besides: another address, a card from before.
BY_COMPUTER, BY_PHONE, BY_MAIL, BY_CLUB, BY_OTHER_MAIL, BY_OLD_CARD = range(6)
SILOS = 6
OWN_ADDRESS, OTHER_ADDRESS = 0, 1
ADDRESSES = 2
RECORD_OF = (BY_MAIL, BY_OTHER_MAIL)  # address -> record
UNKNOWN = -1  # no record at all
BY_ANOTHER = SILOS  # the record of who shares the computer with him

ADDRESS = np.dtype(
    [
        ("permission", "i1"),  # 1 if e-mail may be sent
        ("refused", "i1"),  # 1 after unsubscribing here
        ("contacts", "u1"),  # mails, app messages and ads in contact_week
        ("contact_week", "i2"),
        ("unopened", "i2"),  # mails in a row not opened
        ("complement_cell", "i2"),  # first cell of what goes with the last purchase, -1 unknown
        ("wanted_item", "i2"),  # sold out, of which he asked to be told when it is back; -1 none
        ("received_order", "i4"),  # number of the last purchase on file in his hands, -1 none
        ("last_mail_day", "i4"),
        ("heard_day", "i4"),  # last sign of life at the address
        ("next_flow_day", "i4"),  # first of the days of flow_day, NEVER if there is none
        ("flow_day", "i4", (FLOWS,)),  # days on which flows are due, NEVER if not
    ],
    align=True,
)

PROFILE = np.dtype(
    [
        ("number", "i4"),  # a keyed hash, by which the company's luck with the profile is named
        ("written_to", "i1"),  # 1 if e-mail may be sent to any of the addresses
        ("takes", "i1"),  # bits of ways besides e-mail that he has agreed to: TEXTS, APP_MESSAGES
        ("linked", "i1"),  # bit s: record s is known to be of the same person as his own address
        ("device_seen", "i1"),  # bit 1, 2: cookie known on that device
        ("has_phone", "i1"),  # bit s: the telephone number stands in record s
        ("other_here", "i1"),  # 1 if the computer is logged in or linked as who shares it with him
        ("objects", "i1"),  # 1 if he does not want to be profiled
        ("alias", "i1"),  # 1 once both addresses are known to be one person's
        ("value", "u1", (3,)),  # fifths of recency, frequency, money on file, 1-5; 0 not worked out
        ("noted_in", "i1"),  # bit s: the note of `noted_case` stands in record s
        ("birthday", "i2"),  # day of the year, -1 unknown
        ("tier", "i1"),  # of the club
        ("club_year", "i2"),  # the year that year_dkk counts
        ("year_dkk", "i2", (2,)),  # that year's purchases on record by card, by account
        ("noted_case", "i4"),  # last case that an agent made a note of, -1 none
        ("greeted_day", "i4"),  # day of the last message to the app in a store
        ("reminder_day", "i4"),  # day on which a reminder goes out, or went out last
        ("picked", "i2", (MAIL_TILES,)),  # items picked for him last, -1 none
        ("open_case", "i4"),  # day until which a delivery or service case is known to be open
        ("ads_this_week", "u1", (2 * CHANNELS,)),  # on each channel and device known by its cookie
        ("capped_week", "i2", (2 * CHANNELS,)),  # the week that this counts
        ("addresses", ADDRESS, (ADDRESSES,)),
        ("silos", SILO, (SILOS,)),
    ],
    align=True,
)

ITEM = np.dtype(
    [
        ("price_oere", "i8"),
        ("cost_oere", "i8"),  # goods
        ("quality", "f8"),  # mean match that its page promises, share of price
        ("shortfall", "f8"),  # by how much it is worse than that; nobody is told
        ("pictures", "f8"),  # times the usual error of what its pictures show; nobody is told
        ("sizes", "f8"),  # times the usual error of its sizes; nobody is told
        ("key", "i8"),  # names the item in keys of draws, wherever it stands
        ("category", "i4"),
        ("style", "i4"),
        ("in_store", "i4"),  # 1 if the stores carry it
        ("sold_out", "i4"),  # 1 if the web shop has none of it today
    ],
    align=True,
)

# What customers wrote of an item, or of all of a kind
RATING = np.dtype(
    [
        ("reviews", "f8"),  # how many
        ("stars", "f8"),  # sum
        ("one_star", "f8"),  # how many of them gave one star
        ("promised", "f8"),  # sum of what the pages promised, ITEM's quality
    ],
    align=True,
)

# What stands in the web shop for all to read, as of this morning
BOARD = np.dtype(
    [
        ("ratings", RATING, (ITEMS,)),  # by row of the catalogue
        ("kinds", RATING, (CATEGORIES,)),
        ("answers", "f8", (CATEGORIES,)),  # of the real firm
        ("posts", "f8", (CATEGORIES,)),  # in the forum, fading, of the real firm
        ("talked_of", "f8", (ITEMS,)),  # in them, by row of the catalogue
        ("find", "i8", (CATEGORIES,)),  # the item most talked of, -1 none
        ("word", "f8", (CATEGORIES,)),  # trust in us of those who write there
        ("rated", "f8"),  # ratings of the company on the portal, fading, of the real firm
        ("rated_stars", "f8"),  # their sum
    ],
    align=True,
)

# A media channel as its users and the log know it; numbers of the other kind are 0
CHANNEL = np.dtype(
    [
        ("utility_shopper", "f8"),  # logit, when a need has attention
        ("utility_buyer", "f8"),
        ("early", "f8"),  # logit per unit of progress
        ("progress_step", "f8"),  # 0-1 per look
        ("affinity_sd", "f8"),  # logit
        ("sessions_week_shopper", "f8"),  # open to shops
        ("sessions_week_buyer", "f8"),
        ("post_share", "f8"),  # of sessions of people who know us
        ("ad_seen", "f8"),  # share of impressions
        ("ad_click_intercept", "f8"),  # logit, once noticed
        ("ad_click_relevance", "f8"),  # logit per unit
        ("ours", "f8"),  # logit: our result among others
        ("pull", "f8"),  # logit per logit of pull
        ("ad", "f8"),  # logit at full presence
        ("ad_takes", "f8"),  # share of free clicks that go to our ad above
        ("time_here", "f8"),  # time that people spend there, multiple of usual
        ("code", "i8"),  # in the event log
        ("key", "i8"),  # names the channel in keys of draws, wherever it stands
        ("no_thanks", "f8"),  # share of households that take no leaflets
        ("social", "i8"),  # 1 people scroll there
        ("searched", "i8"),  # 1 people search there
        ("slots", "i8"),  # 1 there are slots for ads: people scroll, read or leaf through
        ("by_device", "i8"),  # 1 ads go to devices, 0 to households
    ],
    align=True,
)

# A store as everybody knows it this morning
SHOP = np.dtype(
    [
        ("skill", "f8"),  # share of questions that its staff can answer
        ("praise", "f8"),  # stars above the mean of all stores, as far as its ratings are believed
        ("queue", "f8"),  # share of the usual wait at its tills
        ("opens", "i4"),  # minute of today
        ("closes", "i4"),
    ],
    align=True,
)

TODAY = np.dtype(  # what everybody can see of the day
    [
        ("seed", "i8"),
        ("desk_minutes", "f8"),  # mean wait at the service desk lately
        ("competitor_price", "f8"),  # multiple of our list prices
        ("cut", "f8", (CATEGORIES,)),  # what is off our list prices until the week ends, share
        ("cut_until", "i4"),  # first day after that
        ("day", "i4"),
        ("end_day", "i4"),  # first day that is not simulated
        ("stores_open", "i4"),
        ("n_shops", "i4"),
        ("shops", SHOP, (STORES,)),
        ("stars", "f8"),  # mean of what people give our stores
    ],
    align=True,
)

TERMS = np.dtype(  # what the company offers everybody, as written in the shop
    [
        ("delivery_fee_dkk", "f8"),
        ("free_delivery_from_dkk", "f8"),
        ("mail_return_fee_dkk", "f8"),
        ("store_return_fee_dkk", "f8"),
        ("store_carries", "f8"),  # share of the items that the stores carry
        ("club_bonus_share", "f8"),  # of the price, to who is known
        ("tier_from_dkk", "f8", (TIERS,)),  # a year's purchases that bring a tier of the club
        ("tier_bonus", "f8", (TIERS,)),  # of the price
        ("tier_free", "i4", (TIERS,)),  # 1: deliveries home cost no fee
        ("n_tiers", "i4"),
        ("return_by_mail", "i4"),
        ("return_in_store", "i4"),
        ("pickup_in_store", "i4"),
        ("stores", "i4"),
        ("digital_receipt", "i4"),  # 1: who is known has his receipts on file
        ("return_window_days", "i4"),
        ("stores_open_minute", "i4"),  # minute of the day
        ("stores_close_minute", "i4"),
        ("lines_open_minute", "i4"),
        ("lines_close_minute", "i4"),
        ("evening_until_minute", "i4"),  # members let themselves into stores until then, 0 nobody
    ],
    align=True,
)

# What the web shop, a salesperson or a message shows: scratch, one per thread
SHOWN = np.dtype(
    [
        ("discount", "f8"),
        ("form_minutes", "f8"),  # what the form takes that makes a member
        ("name_minutes", "f8"),  # what it takes to say who one is
        ("subject_appeal", "f8"),  # of a message's subject, over what is usual, logit
        ("wording_appeal", "f8"),  # of its text
        ("minutes_saved", "f8"),  # at the checkout, over what is usual
        ("items", "i4", (TILES,)),  # rows of the catalogue, -1 empty
        ("cells", "i4", (TILES,)),  # category and style of each, -1 empty
        ("personal", "i4", (TILES,)),  # 1 if it was chosen by what is known of him
        ("n", "i4"),
        ("kind", "i4"),  # of message or ad
        ("purpose", "i4"),  # of a message: OFFER, CARE, REVIEW, ASKED_FOR
        ("about_order", "i4"),  # number of the purchase that a message is about, -1 none
        ("history_cell", "i4"),  # cell of the recently viewed items on show, -1 none
        ("history_item", "i4"),  # the last of them
        ("stock_online", "i4"),  # 1 if the page says what the stores have
        ("reserve", "i4"),  # 1 if it can be reserved there
        ("reviews", "i4"),  # 1 if the page says what others wrote of an item
        ("order_home", "i4"),  # 1 if staff can have sent what the store does not carry
        ("basket_item", "i4"),  # a kept basket on show, -1 none
        ("kept", "i4"),  # 1 if that is his own
        ("content", "i4"),  # 1 if content stands before the goods
        ("known", "i4"),  # 1 if name and address need not be typed
    ],
    align=True,
)

REQUEST = np.dtype(
    [
        ("handling_min", "f8"),
        ("patience_min", "f8"),
        ("customer", "i4"),
        ("slot", "i4"),  # of the order
        ("minute", "i4"),
        ("queue", "i4"),  # 0 customer centre, 1 service desk, 2 returns depot
    ],
    align=True,
)

# What somebody did today that reaches others in the evening: done on a computer that two people
# share, it is on its record then; told to friends, they have it
TRACE = np.dtype([("customer", "i4"), ("item", "i4"), ("cell", "i2"), ("kind", "i2")], align=True)

# Per thread: how far the buffers are filled, what did not fit, and what is said of us
BUFFERS = np.dtype(
    [
        ("events", "i8"),
        ("requests", "i8"),
        ("traces", "i8"),
        ("lost_events", "i8"),
        ("lost_needs", "i8"),
        ("lost_orders", "i8"),
        ("ratings", "i8"),  # of the company today, as many as are likely, in parts of one
        ("rating_stars", "i8"),  # their sum, in the same parts
    ],
    align=True,
)

# The best item that a customer has found so far: scratch, one per thread
CHOICE = np.dtype(
    [
        ("best_value", "f8"),  # what it is worth to him, logit
        ("best_expected", "f8"),  # expected match, share of price
        ("best_item_sd", "f8"),  # what is not known of the article itself, share of price
        ("best_size_sd", "f8"),  # and of its size
        ("best_shortfall", "f8"),  # by how much he takes it to fall short of its promise
        ("tau", "f8"),  # how unsure a look leaves him here, share of price
        ("shortfall", "f8"),  # by how much he takes the item he looks at to fall short
        ("shortfall_sd", "f8"),  # and how unsure he is of that
        ("hassle_dkk", "f8"),  # of the cheapest way back
        ("best_item", "i4"),  # row of the catalogue, -1 none
        ("only_there", "i4"),  # 1 while he weighs without what is sold out
        ("receipt", "i4"),  # slot of what was first paid for on this visit to a store, -1 nothing
        ("scans", "i4"),  # 1 if he pays with the app on this visit
        ("till_minutes", "f8"),  # that he waits at the till
        ("store", "i4"),  # in which he is
        ("minute", "i4"),  # of the day, when he came
        ("staffed", "i4"),  # 0 if he has let himself in after closing time
        ("looks", "i4"),  # things that he has asked or searched for on this visit
        ("advised", "i4"),  # 1 if staff advised him
        ("went_without", "i4"),  # 1 if he did not find a thing, or left it
    ],
    align=True,
)

# The company's own figures of what sold, one per thread, summed in the evening; øre
LEDGER = np.dtype(
    [
        ("attributed_oere", "i8", (TESTED,)),  # last click, by what was clicked
        # recorded sales to records that meet what is tested, and to those held out: thing, group
        ("treated_oere", "i8", (TESTED * GROUPS,)),
        ("held_oere", "i8", (TESTED * GROUPS,)),
        ("treated_first", "i8", (TESTED * GROUPS,)),  # of these, first sales under a record
        ("held_first", "i8", (TESTED * GROUPS,)),
        ("tried", "i8", (TRIED * 2 * SEGMENTS,)),  # who got what is tested: thing, arm, segment
        ("succeeded", "i8", (TRIED * 2 * SEGMENTS,)),  # and opened, clicked or ordered
        ("followed", "i8", (CATEGORIES * CATEGORIES,)),  # recorded purchases: what came after what
        ("item_followed", "i4", (ITEMS * ITEMS,)),  # the same of items, however long after
        ("items_shown", "i8", (ITEMS,)),  # in shop, mails and messages, by row of the catalogue
        ("items_picked", "i8", (ITEMS,)),  # of these, in tiles chosen by what is known of somebody
        ("picked_for", "i8"),  # recorded purchases of who had such tiles before
        ("hit_kind", "i8"),  # of these, of a kind that stood in them
        ("hit_item", "i8"),  # of an item that stood in them
        ("hit_kind_by_best", "i8"),  # and of a kind among as many best sellers
        ("hit_item_by_best", "i8"),  # of an item among these
    ],
    align=True,
)


class Row:
    """Base of the plain-Python twins of a record: one slot per field."""

    __slots__ = ()


_twins: dict[np.dtype, type] = {}


def twin(dtype: np.dtype) -> type:
    """The slotted class that stands for ``dtype`` in the readable driver."""
    if dtype not in _twins:
        _twins[dtype] = type("Row", (Row,), {"__slots__": dtype.names, "dtype": dtype})
    return _twins[dtype]


def _plain(value: Any, dtype: np.dtype) -> Any:
    if dtype.subdtype:
        return [_plain(v, dtype.subdtype[0]) for v in value]
    return to_row(value) if dtype.names else value.item()


def to_row(record: np.void) -> Any:
    """A slotted Python object with the same fields: numbers as int and float, arrays as lists."""
    row = twin(record.dtype)()
    for name in record.dtype.names:
        setattr(row, name, _plain(record[name], record.dtype[name]))
    return row


def to_rows(table: np.ndarray) -> list[Any]:
    """Slotted Python objects for all rows of a structured array."""
    return [to_row(record) for record in table]


def as_tuple(row: Any, dtype: np.dtype) -> tuple:
    """The value of a slotted row as NumPy wants it for assignment into ``dtype``."""
    return tuple(_nested(getattr(row, name), dtype[name]) for name in dtype.names)


def _nested(value: Any, dtype: np.dtype) -> Any:
    if dtype.subdtype:
        base = dtype.subdtype[0]
        return [as_tuple(v, base) for v in value] if base.names else value
    return as_tuple(value, dtype) if dtype.names else value


def to_table(rows: list[Any], dtype: np.dtype) -> np.ndarray:
    """The structured array of slotted rows: the inverse of :func:`to_rows`."""
    return np.array([as_tuple(row, dtype) for row in rows], dtype)
