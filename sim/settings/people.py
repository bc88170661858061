"""Who lives in the market, what they need, where they turn with a need, and whom they ask."""

from __future__ import annotations

from sim.core.records import PURCHASES
from sim.settings.base import Group, param


class People(Group):
    """Who is in the market: spread within and between shoppers and buyers."""

    shopper_share: float = param(
        0.5, unit="share of people", lo=0, hi=1, source="B24: both types exist; share: assumption"
    )
    stay_days: float = param(
        1825.0, unit="days, mean of an exponential", lo=90, hi=36_500, source="assumption"
    )
    need_rate_year: float = param(
        8.0,
        unit="needs/person-year",
        lo=0.1,
        hi=100,
        source="TRIALS A 10 a year; here with further things; calibrated on P3",
    )
    need_rate_shape: float = param(
        0.45,
        unit="gamma shape",
        lo=0.05,
        hi=20,
        source="P3: NBD fit of CDNOW, r .24-.8; calibrated on P3",
    )
    taste_concentration: float = param(
        1.6, unit="Dirichlet sum over cells", lo=0.1, hi=50, source="assumption (A28: specialists)"
    )
    preference_sd: float = param(
        2.1, unit="logit", lo=0, hi=5, source="calibrated on P3; TRIALS B 2.2"
    )
    preference_mean: float = param(-1.7, unit="logit", lo=-5, hi=5, source="assumption")
    affinity_sd: float = param(0.8, unit="logit", lo=0, hi=5, source="assumption")
    distance_km: float = param(
        13, unit="km, median of a lognormal", lo=0.1, hi=500, source="assumption; TRIALS A 12 min"
    )
    distance_spread: float = param(0.8, unit="sd of ln", lo=0, hi=3, source="assumption")
    time_value_dkk_hour: float = param(
        110.0, unit="DKK/hour", lo=1, hi=2000, source="assumption: Danish leisure time value"
    )
    time_value_spread: float = param(0.4, unit="sd of ln", lo=0, hi=3, source="assumption")
    price_sensitivity_spread: float = param(0.3, unit="sd of ln", lo=0, hi=3, source="assumption")
    attention_sd: float = param(0.9, unit="logit", lo=0, hi=5, source="TRIALS B")
    further_things: float = param(
        0.5,
        unit="things/need, mean of an exponential between people",
        lo=0,
        hi=3,
        source="C4: order value CV 1.03, customers' mean orders CV .76 (Gamma-Gamma)",
        doc="that go with the first and are wanted once it is found; at most three",
    )
    browses_month_shopper: float = param(
        2.0,
        unit="looks round/month without a need, anywhere",
        lo=0,
        hi=30,
        source="Moe 2003 (C1): browsing; calibrated on P1 and C1",
    )
    browses_month_buyer: float = param(
        1.0,
        unit="looks round/month without a need, anywhere",
        lo=0,
        hi=30,
        source="Moe 2003 (C1): browsing; calibrated on P1 and C1",
    )
    browses_in_store: float = param(
        0.15, unit="share of looks round", lo=0, hi=1, source="assumption"
    )
    time_at_hand: float = param(
        1.0,
        unit="hours at hand, multiple of usual",
        lo=0.1,
        hi=10,
        source="assumption (B54: more time at home)",
        doc="for looking round, for social channels and for content",
        met=True,
    )
    cookies_accepted: float = param(
        0.6, unit="share of people", lo=0, hi=1, source="C6: consent 35-80 % by site"
    )
    cookie_renewed: float = param(
        0.06, unit="share of visits", lo=0, hi=1, source="C6: 39 % delete monthly (2005)", met=True
    )
    expertise_gain: float = param(
        0.01, unit="0-1 per item looked at or bought", lo=0, hi=1, source="assumption (S4)"
    )
    aware_at_start: float = param(
        0.4, unit="share of people on entry", lo=0, hi=1, source="assumption"
    )
    visit_kept_days: float = param(
        120.0,
        unit="days, mean, that a visit keeps us known",
        lo=1,
        hi=36_500,
        source="assumption: longer than an ad, shorter than a purchase",
    )
    purchase_kept_days: float = param(
        730.0,
        unit="days, mean, that a purchase keeps us known",
        lo=1,
        hi=36_500,
        source="assumption (Ehrenberg 1974: use reinforces)",
    )
    brand_kept_days: float = param(
        98.0,
        unit="days, mean",
        lo=1,
        hi=36_500,
        source="C5 Leone 1995, as of any ad",
        doc="that an ad for the brand keeps us known to who noticed it",
    )
    ad_kept_days: float = param(
        98.0,
        unit="days, mean, that a post or an ad noticed keeps us known",
        lo=1,
        hi=36_500,
        source="C5 Leone 1995: nine tenths of it are gone in 6-9 months",
    )
    mail_kept_days: float = param(
        98.0,
        unit="days, mean, that an opened mail keeps us known",
        lo=1,
        hi=36_500,
        source="assumption: as an ad",
    )
    expertise_mean: float = param(
        0.35, unit="0-1, mean of a uniform from 0, cut off at 1", lo=0, hi=1, source="assumption"
    )
    phone_at_first: float = param(
        0.5,
        unit="share of people",
        lo=0,
        hi=1,
        source="assumption",
        doc="who begin with the phone in hand, the others with the computer",
    )
    visitor_permission_intercept: float = param(
        -3.2, unit="logit", lo=-10, hi=10, source="assumption (B7): 4 % of visitors asked agree"
    )
    permission_intercept: float = param(
        0.4, unit="logit", lo=-10, hi=10, source="assumption (B7): 60 % agree when asked"
    )


class Needs(Group):
    """How needs arise, sleep, wake and die."""

    latent_share_shopper: float = param(
        0.75, unit="share of needs", lo=0, hi=1, source="TRIALS B; B24"
    )
    latent_share_buyer: float = param(
        0.4, unit="share of needs", lo=0, hi=1, source="TRIALS B; B24"
    )
    latent_life_days: float = param(90.0, unit="days, mean", lo=1, hi=3650, source="TRIALS B")
    active_life_days: float = param(75.0, unit="days, mean", lo=1, hi=3650, source="TRIALS B")
    attention_gap_days: float = param(
        8, unit="days, mean", lo=1, hi=365, source="TRIALS A hazard .05 a day, B .08"
    )
    wake_shopper: float = param(
        0.20, unit="probability at full relevance", lo=0, hi=1, source="TRIALS B"
    )
    wake_buyer: float = param(
        0.05, unit="probability at full relevance", lo=0, hi=1, source="TRIALS B"
    )
    wake_store: float = param(
        0.85, unit="probability a visit, shopper", lo=0, hi=1, source="TRIALS A .5"
    )
    wake_store_buyer: float = param(
        0.3, unit="probability a visit, buyer", lo=0, hi=1, source="assumption; TRIALS A"
    )
    wake_glance: float = param(
        0.3, unit="multiple when only glanced at", lo=0, hi=1, source="TRIALS B"
    )
    in_mind_days: int = param(
        45,
        unit="days ahead of its turn that a need comes up in a store",
        lo=0,
        hi=365,
        source="assumption (B38)",
    )
    in_mind_days_web: int = param(
        1,
        unit="days ahead of its turn that a need comes up in the web shop",
        lo=0,
        hi=365,
        source="assumption: who is there for one thing leaves when it is done; in a store he walks "
        "past the others",
    )
    complement_least_days: float = param(5.0, unit="days", lo=0, hi=365, source="TRIALS B")
    complement_delay_days: float = param(20.0, unit="days, mean", lo=0, hi=365, source="TRIALS B")
    survives_return: float = param(0.9, unit="share", lo=0, hi=1, source="TRIALS A rho")
    looks_again_days: int = param(
        2,
        unit="days until what goes back by mail or over the desk is looked for anew",
        lo=0,
        hi=365,
        source="assumption",
    )
    most_purchases: int = param(
        PURCHASES,
        unit="purchases of one need, those given back included",
        lo=1,
        hi=PURCHASES,
        source="assumption: then he gives up",
    )
    saturation_half_life_days: float = param(42.0, unit="days", lo=1, hi=3650, source="TRIALS B")


class Touchpoints(Group):
    """Where a person goes when a need has his attention (multinomial logit)."""

    wait_utility: float = param(1.2, unit="logit", lo=-10, hi=10, source="assumption")
    competitor_utility: float = param(
        0.1, unit="logit", lo=-10, hi=10, source="assumption (B56)", doc="on the web"
    )
    competitor_store_utility: float = param(
        -0.2,
        unit="logit",
        lo=-10,
        hi=10,
        source="assumption (B56): as on the web",
        doc="in its stores",
    )
    direct_utility: float = param(-0.6, unit="logit", lo=-10, hi=10, source="assumption")
    store_utility: float = param(-1.8, unit="logit", lo=-10, hi=10, source="assumption")
    centre_utility: float = param(-3.2, unit="logit", lo=-10, hi=10, source="assumption")
    centre_novice: float = param(
        1.0,
        unit="logit per unit of expertise lacking",
        lo=0,
        hi=10,
        source="assumption (S4): novices ask",
    )
    stock_worth: float = param(
        1.0,
        unit="logit between a store that surely has the item and one that surely has not",
        lo=0,
        hi=10,
        source="assumption (B49)",
        doc="who has not been told reckons with the share of items that stores carry, so that "
        "being told sends as many there as it keeps away",
    )
    reserve_utility: float = param(
        -2.0, unit="logit", lo=-20, hi=20, source="assumption: one basket in ten"
    )
    channel_habit: float = param(
        3.0,
        unit="logit between who only buys in stores and who only buys on the web",
        lo=0,
        hi=20,
        source="assumption (Verhoef, Neslin and Vroomen 2007: channel inertia)",
    )
    channel_habit_rate: float = param(
        0.15, unit="share per purchase", lo=0, hi=1, source="assumption"
    )
    looks_first: float = param(
        0.53,
        unit="share of trips to the store for something",
        lo=0,
        hi=1,
        source="C9: 53 % of Swedes check the store's stock online before going, always or often",
        doc="before which he looks at the web shop, once a need",
    )
    searches_by_name: float = param(
        0.4,
        unit="share of visits that he means to make",
        lo=0,
        hi=1,
        source="assumption (Broder 2002: a fifth to a quarter of searches are for a known site)",
        doc="that begin with our name in a search box",
    )
    browse_utility: float = param(
        0.1,
        unit="logit",
        lo=-10,
        hi=10,
        source="assumption",
        doc="of thinking of us for a look round, where we pull as much as we repel",
    )
    browse_pull: float = param(
        0.5,
        unit="logit per logit of pull",
        lo=0,
        hi=3,
        source="assumption: as of a search's results",
    )
    follows_links: float = param(
        0.7,
        unit="share of looks round on the web without us in mind",
        lo=0,
        hi=1,
        source="C1 (Monetate: nearly two of three visits are by neither search, mail nor social "
        "media); assumption",
        doc="from page to page, not by a search",
    )
    link_leads_here: float = param(
        0.7,
        unit="share of looks round from page to page",
        lo=0,
        hi=1,
        source="assumption; set with bounce: most visits are by people who never bought (C1)",
        doc="that come upon a link to us, whoever he is",
    )
    bounce: float = param(
        1.8,
        unit="logit",
        lo=-20,
        hi=20,
        source="C1 (Schellong: bouncing is one of four kinds of visit); assumption: six in seven",
        doc="of leaving at once, for a stranger whom a link or a search without a need has brought",
    )
    bounce_known: float = param(
        0.8, unit="logit", lo=0, hi=20, source="assumption", doc="less for who knows us"
    )
    bounce_needed: float = param(
        1.6, unit="logit", lo=0, hi=20, source="assumption", doc="less for who searches for a thing"
    )
    bounce_fits: float = param(
        1.4, unit="logit", lo=0, hi=20, source="assumption", doc="less for who lands on it"
    )
    consider_cost: float = param(
        0.01,
        unit="logit per DKK that orders and returns have cost beside the price",
        lo=0,
        hi=1,
        source="assumption (B39): as money weighs at our shelf, buying.scale_fixed_dkk",
    )
    cost_memory: float = param(
        0.3, unit="weight of the last order or return", lo=0, hi=1, source="assumption (B39)"
    )
    inertia: float = param(0.5, unit="logit", lo=0, hi=5, source="assumption; TRIALS B trap 1")
    consider_trust: float = param(
        1.5, unit="logit per unit of trust over 0.5", lo=0, hi=10, source="TRIALS B"
    )
    consider_habit: float = param(
        1.8, unit="logit per unit", lo=0, hi=10, source="TRIALS B .6; calibrated on P3"
    )
    consider_salience: float = param(0.25, unit="logit per ln", lo=0, hi=5, source="TRIALS B .2")
    consider_progress: float = param(0.8, unit="logit per unit", lo=0, hi=5, source="TRIALS B")
    unaware_penalty: float = param(3.0, unit="logit", lo=0, hi=20, source="assumption")
    trip_scale_dkk: float = param(60.0, unit="DKK per logit", lo=1, hi=1000, source="assumption")
    trip_minutes_km: float = param(
        1.6, unit="minutes/km", lo=0.1, hi=20, source="assumption", met=True
    )
    trip_chained: float = param(
        0.52, unit="share of trips made anyway", lo=0, hi=1, source="TRIALS A"
    )
    competitor_buys_shopper: float = param(
        0.30, unit="share of visits", lo=0, hi=1, source="assumption"
    )
    competitor_buys_buyer: float = param(
        0.45, unit="share of visits", lo=0, hi=1, source="assumption"
    )
    device_switch: float = param(
        0.12, unit="share of visits", lo=0, hi=1, source="assumption; TRIALS B trap 1"
    )
    finds_by_search: float = param(0.75, unit="share of visits", lo=0, hi=1, source="TRIALS B .80")
    finds_in_store: float = param(0.80, unit="share of visits", lo=0, hi=1, source="assumption")
    progress_step: float = param(
        0.13, unit="0-1 per visit", lo=0, hi=1, source="TRIALS B .25, of which part was lost; P1"
    )
    salience_visit: float = param(1.0, unit="visits", lo=0, hi=20, source="assumption: the unit")
    salience_purchase: float = param(
        2.0, unit="visits per purchase", lo=0, hi=20, source="assumption"
    )
    salience_mail: float = param(
        0.5, unit="visits per opened mail", lo=0, hi=20, source="assumption"
    )
    salience_post: float = param(0.3, unit="visits per post seen", lo=0, hi=20, source="assumption")
    salience_ad: float = param(0.2, unit="visits per ad noticed", lo=0, hi=20, source="assumption")
    progress_step_store: float = param(
        0.35,
        unit="0-1 per look in store",
        lo=0,
        hi=1,
        source="assumption: more than twice a web visit; P1",
    )
    store_retry: float = param(
        0.5,
        unit="share of the usual attention gap after a store visit",
        lo=0,
        hi=5,
        source="assumption",
    )
    brand_half_life_days: float = param(
        270.0,
        unit="days",
        lo=30,
        hi=1500,
        source="C5: the memory of advertising lasts 6 to 9 months; Binet and Field 2013: of brands "
        "longer; assumption",
    )
    brand_half: float = param(
        3.0,
        unit="ads put down to us",
        lo=0.1,
        hi=1000,
        source="assumption",
        doc="for the brand, in memory, at which we are half as firmly in mind as can be",
    )
    consider_brand: float = param(
        0.3,
        unit="logit",
        lo=0,
        hi=5,
        source="calibrated on C5.6: in the long run a media krone sells no more than 14 DKK (an "
        "elasticity of .24 where media are 1.7 % of sales)",
        doc="most that it adds to pull",
    )
    brand_price: float = param(
        0.3,
        unit="share of a price difference",
        lo=0,
        hi=1,
        source="assumption; its sign: Mela, Gupta and Lehmann 1997",
        doc="most that who has us in mind makes less of it that we are dearer",
    )
    salience_half_life_days: float = param(
        15.0, unit="days", lo=1, hi=365, source="TRIALS B; C5 adstock 2-5 weeks"
    )


class Asking(Group):
    """When customers contact the customer centre."""

    asks_when_late: float = param(
        0.5, unit="share of late parcels", lo=0, hi=1, source="P7: order status 25-50 %"
    )
    asks_before_due: float = param(
        0.3, unit="share of parcels", lo=0, hi=1, source="P7, calibrated; assumption"
    )
    asks_at_defect: float = param(0.7, unit="share of defects", lo=0, hi=1, source="assumption")
    asks_after_purchase: float = param(
        0.035,
        unit="share of deliveries (how it works, fits, is used)",
        lo=0,
        hi=1,
        source="assumption",
    )
    has_details: float = param(
        0.78,
        unit="share of callers",
        lo=0,
        hi=1,
        source="assumption, with P7: what is not on the screen is known to the caller",
    )
    patience_minutes: float = param(
        9.0, unit="minutes, mean of an exponential", lo=0.1, hi=600, source="assumption"
    )
    asks_early_days: int = param(
        2,
        unit="days after the order",
        lo=1,
        hi=60,
        source="assumption",
        doc="when who asks before it is due does so",
    )
    most_tries: int = param(
        4,
        unit="times that one matter is asked about",
        lo=1,
        hi=100,
        source="assumption; C7 follows callers up to the fourth call",
    )
    asks_again: float = param(0.7, unit="share of unsolved", lo=0, hi=1, source="C7; assumption")
