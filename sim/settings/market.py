"""The market: who lives in it and how people search, buy, return and feel.

Every number here belongs to the customers or to the world, none to the company. The rules in
``sim/journey`` read them as fields of one record.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from pydantic import Field, model_validator

from sim.core.records import CATEGORIES, PURCHASES, STYLES
from sim.settings.base import Group, luck_code, param, record
from sim.settings.channels import Channels, channel_records


class Category(Group):
    """A product category with its three styles. Adding one is a YAML entry (at most eight)."""

    name: str
    styles: tuple[str, str, str]
    style_shares: tuple[float, ...] = param(
        (0.4, 0.35, 0.25), unit="share of needs", lo=0, hi=1, source="assumption", doc="sum to 1"
    )
    price_dkk: float = param(
        600.0, unit="DKK", lo=1, hi=100_000, source="assumption: Danish sports retail price level"
    )
    margin: float = param(
        0.45, unit="share of price", lo=0, hi=0.95, source="assumption (C: no Nordic margin found)"
    )
    need_share: float = param(
        0.17, unit="share of needs", lo=0, hi=1, source="assumption; the categories sum to 1"
    )
    cooling_off_days: int = param(
        40, unit="days", lo=0, hi=3650, source="assumption; TRIALS B half-life 42 d"
    )
    season_amplitude: float = param(
        0.2, unit="share of mean rate", lo=0, hi=0.95, source="assumption"
    )
    season_peak_day: int = param(150, unit="day of year", lo=0, hi=364, source="assumption")
    uncertainty: float = param(
        1.0, unit="multiple of tau", lo=0, hi=3, source="assumption: apparel fits less surely"
    )
    size_share: float = param(
        0.2,
        unit="share of the variance of the match",
        lo=0,
        hi=1,
        source="assumption: shoes and clothes fail by their size about as often as by themselves",
        doc="what another size of the same article would mend",
    )
    complement: str = ""
    complement_share: float = param(
        0.15, unit="share of purchases", lo=0, hi=1, source="assumption; TRIALS B .25"
    )

    @model_validator(mode="after")
    def _shares(self) -> Category:
        if len(self.style_shares) != STYLES or abs(sum(self.style_shares) - 1) > 1e-6:
            raise ValueError(f"style_shares must be {STYLES} shares that sum to 1")
        if any(not 0 <= share <= 1 for share in self.style_shares):
            raise ValueError("style_shares must each lie in 0..1")
        return self


class People(Group):
    """Who is in the market: spread within and between shoppers and buyers."""

    shopper_share: float = param(
        0.5, unit="share of people", lo=0, hi=1, source="B24: both types exist; share: assumption"
    )
    stay_days: float = param(
        1825.0, unit="days, mean of an exponential", lo=90, hi=36_500, source="assumption"
    )
    need_rate_year: float = param(
        10.0, unit="needs/person-year", lo=0.1, hi=100, source="assumption; TRIALS A 10 a year"
    )
    need_rate_shape: float = param(
        0.65,
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
    preference_mean: float = param(-1.5, unit="logit", lo=-5, hi=5, source="assumption")
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
    browses_month_shopper: float = param(
        0.80,
        unit="visits/month without a need",
        lo=0,
        hi=30,
        source="Moe 2003 (C1): browsing; calibrated on P1",
    )
    browses_month_buyer: float = param(
        0.25,
        unit="visits/month without a need",
        lo=0,
        hi=30,
        source="Moe 2003 (C1): browsing; calibrated on P1",
    )
    browses_in_store: float = param(
        0.15, unit="share of visits without a need", lo=0, hi=1, source="assumption"
    )
    cookies_accepted: float = param(
        0.6, unit="share of people", lo=0, hi=1, source="C6: consent 35-80 % by site"
    )
    cookie_renewed: float = param(
        0.06, unit="share of visits", lo=0, hi=1, source="C6: 39 % delete monthly (2005)", met=True
    )
    logs_in: float = param(
        0.25, unit="share of visits by people with an account", lo=0, hi=1, source="assumption"
    )
    opens_account: float = param(0.5, unit="share of first orders", lo=0, hi=1, source="assumption")
    expertise_gain: float = param(
        0.01, unit="0-1 per item looked at or bought", lo=0, hi=1, source="assumption (S4)"
    )
    aware_at_start: float = param(0.7, unit="share of people", lo=0, hi=1, source="assumption")
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
    competitor_utility: float = param(0.9, unit="logit", lo=-10, hi=10, source="assumption (B56)")
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
    inertia: float = param(0.5, unit="logit", lo=0, hi=5, source="assumption; TRIALS B trap 1")
    consider_trust: float = param(
        1.5, unit="logit per unit of trust over 0.5", lo=0, hi=10, source="TRIALS B"
    )
    consider_habit: float = param(0.8, unit="logit per unit", lo=0, hi=10, source="TRIALS B .6")
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
    progress_step: float = param(0.25, unit="0-1 per visit", lo=0, hi=1, source="TRIALS B")
    progress_kept: float = param(
        0.7, unit="share kept at a switch", lo=0, hi=1, source="TRIALS B; B8, B49"
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
        0.5, unit="0-1 per look in store", lo=0, hi=1, source="assumption: twice a web visit"
    )
    progress_missed: float = param(
        0.05, unit="0-1 lost before it is felt as a repetition", lo=0, hi=1, source="assumption"
    )
    store_retry: float = param(
        0.5,
        unit="share of the usual attention gap after a store visit",
        lo=0,
        hi=5,
        source="assumption",
    )
    salience_half_life_days: float = param(
        15.0, unit="days", lo=1, hi=365, source="TRIALS B; C5 adstock 2-5 weeks"
    )


class Buying(Group):
    """Expected match, its uncertainty, and the decision to buy (TRIALS A)."""

    surplus: float = param(
        0.15,
        unit="share of price",
        lo=-2,
        hi=2,
        source="TRIALS A: a .37 for one item; here the best of several; calibrated on P4",
    )
    match_sd: float = param(0.25, unit="share of price", lo=0, hi=2, source="TRIALS A: sigma .49")
    style_mismatch: float = param(0.5, unit="share of price", lo=0, hi=3, source="assumption (A28)")
    tau_web: float = param(
        0.72, unit="share of price", lo=0, hi=2, source="TRIALS A; calibrated on P4"
    )
    tau_store: float = param(
        0.43, unit="share of price", lo=0, hi=2, source="TRIALS A .074; calibrated on P4"
    )
    expertise_sharpens: float = param(
        0.35, unit="share of tau at full expertise", lo=0, hi=1, source="assumption (S4)"
    )
    advice_sharpens: float = param(0.25, unit="share of tau", lo=0, hi=1, source="assumption (A33)")
    size_left: float = param(
        0.3,
        unit="share of the size's uncertainty left",
        lo=0,
        hi=1,
        source="assumption",
        doc="once another size of the same article was in hand",
    )
    scale_fixed_dkk: float = param(35.0, unit="DKK per logit", lo=1, hi=1000, source="TRIALS A s0")
    scale_price: float = param(0.14, unit="share of price", lo=0, hi=2, source="TRIALS A s1")
    outside_web: float = param(2.2, unit="logit", lo=-10, hi=10, source="calibrated on P1")
    outside_store: float = param(
        1.25, unit="logit", lo=-10, hi=10, source="calibrated on P1 and C3"
    )
    trust_buying: float = param(
        0.8, unit="logit per unit of trust over 0.5", lo=0, hi=10, source="TRIALS B"
    )
    readiness_shopper: float = param(
        3.2,
        unit="logit per unit of progress",
        lo=0,
        hi=10,
        source="assumption (B24); calibrated on P1",
    )
    readiness_buyer: float = param(
        2.7,
        unit="logit per unit of progress",
        lo=0,
        hi=10,
        source="assumption (B24); calibrated on P1",
    )
    checkout_base: float = param(-0.2, unit="logit", lo=-10, hi=10, source="calibrated on P1")
    checkout_mobile: float = param(
        0.5, unit="logit", lo=0, hi=10, source="calibrated on P1: mobile abandons more"
    )
    checkout_minutes: float = param(6.0, unit="minutes of typing", lo=0, hi=60, source="assumption")
    checkout_minutes_known: float = param(
        2.0, unit="minutes of typing", lo=0, hi=60, source="assumption"
    )
    checkout_scale_dkk: float = param(
        50.0, unit="DKK per logit", lo=1, hi=1000, source="assumption"
    )
    checkout_readiness: float = param(
        0.5, unit="share of the readiness at the basket", lo=0, hi=2, source="assumption"
    )
    finds_expert: float = param(
        0.5, unit="share of failures an expert avoids", lo=0, hi=1, source="assumption (S4)"
    )
    delivery_scale_dkk: float = param(25.0, unit="DKK per logit", lo=1, hi=500, source="TRIALS A")
    wait_dkk_day: float = param(6.0, unit="DKK/day", lo=0, hi=200, source="assumption")
    pickup_taste_dkk: float = param(-7.0, unit="DKK", lo=-300, hi=300, source="TRIALS A")
    pickup_taste_sd_dkk: float = param(35.0, unit="DKK", lo=0, hi=300, source="assumption")
    inspects_at_pickup: float = param(0.31, unit="share", lo=0, hi=1, source="TRIALS A")
    advised_in_store: float = param(
        0.5, unit="share of looks in store", lo=0, hi=1, source="assumption (B44)"
    )
    comes_days: float = param(
        2.0, unit="days, mean, until he picks it up", lo=0, hi=60, source="assumption"
    )


class Returning(Group):
    """What a return costs the customer, by mail and in store (TRIALS A)."""

    packing_minutes: float = param(10.5, unit="minutes", lo=0, hi=240, source="TRIALS A")
    refund_wait_dkk: float = param(10.0, unit="DKK", lo=0, hi=500, source="assumption")
    hassle_spread: float = param(0.6, unit="sd of ln", lo=0, hi=3, source="assumption")
    desk_pickup: float = param(
        0.5, unit="share of the minutes of a return", lo=0, hi=5, source="assumption"
    )
    desk_spread: float = param(
        0.5, unit="desk time is its mean +/- this share", lo=0, hi=1, source="assumption"
    )
    desk_minutes: float = param(8.0, unit="minutes", lo=0, hi=240, source="assumption")
    desk_word: float = param(
        0.1,
        unit="weight of a day",
        lo=0,
        hi=1,
        source="assumption: how fast word of the waits at the desk gets round",
        doc="in the wait that people expect there",
    )
    drop_off_days: float = param(3.0, unit="days, mean", lo=0, hi=60, source="assumption")
    carrier_days: float = param(
        2.8, unit="days, median of a lognormal", lo=0.5, hi=30, source="assumption", met=True
    )
    carrier_spread: float = param(0.5, unit="sd of ln", lo=0, hi=2, source="assumption", met=True)
    promised_days: float = param(4.0, unit="days", lo=1, hi=60, source="assumption")
    shelf_days: float = param(
        1.5, unit="days until ready to pick up", lo=0, hi=30, source="assumption", met=True
    )
    defect_share: float = param(0.015, unit="share of items", lo=0, hi=1, source="assumption")
    defect_loss: float = param(
        1.0,
        unit="share of price that a defect takes from the match",
        lo=0,
        hi=5,
        source="assumption: what does not work is worth nothing",
    )


class Messages(Group):
    """How mail and advertising are met (TRIALS B)."""

    open_intercept: float = param(-1.6, unit="logit", lo=-10, hi=10, source="TRIALS B; P5")
    open_value: float = param(2.0, unit="logit per unit", lo=0, hi=10, source="TRIALS B")
    open_subject: float = param(1.6, unit="logit per unit", lo=0, hi=10, source="TRIALS B")
    open_fatigue: float = param(0.12, unit="logit per unit", lo=0, hi=10, source="TRIALS B")
    click_intercept: float = param(
        -4.85, unit="logit", lo=-10, hi=10, source="TRIALS B; calibrated on P5 and P1"
    )
    click_relevance: float = param(
        6.2, unit="logit per unit", lo=0, hi=10, source="TRIALS B; calibrated on P5 and P1"
    )
    unsubscribe_intercept: float = param(
        -5.9, unit="logit", lo=-15, hi=0, source="TRIALS B; calibrated on P5"
    )
    unsubscribe_fatigue: float = param(0.25, unit="logit per unit", lo=0, hi=5, source="TRIALS B")
    unsubscribe_irrelevance: float = param(
        1.0, unit="logit per unit of relevance lacking", lo=0, hi=10, source="assumption (B6)"
    )
    unsubscribe_value: float = param(2.0, unit="logit per unit", lo=0, hi=10, source="TRIALS B")
    mail_value_start: float = param(
        0.15, unit="0-1, worth of mails by an unknown sender", lo=0, hi=1, source="TRIALS B"
    )
    permission_trust: float = param(
        4.0, unit="logit per unit of trust over 0.5", lo=0, hi=20, source="assumption (B7)"
    )
    permission_value: float = param(
        1.5, unit="logit per unit", lo=0, hi=20, source="assumption (B7)"
    )
    value_rate: float = param(0.12, unit="share per opened mail", lo=0, hi=1, source="TRIALS B")
    fatigue_half_life_days: float = param(
        5.0, unit="days", lo=0.5, hi=100, source="TRIALS B: decays over 7 d"
    )
    fatigue_ad: float = param(0.15, unit="mails", lo=0, hi=5, source="TRIALS B")
    need_relevance: float = param(0.7, unit="0-1", lo=0, hi=1, source="TRIALS B")
    wrong_style_relevance: float = param(0.25, unit="0-1", lo=0, hi=1, source="TRIALS B")
    latent_relevance: float = param(
        0.45, unit="share of an active need's", lo=0, hi=1, source="TRIALS B"
    )
    second_tile: float = param(0.5, unit="weight", lo=0, hi=1, source="TRIALS B k = 1, .5, .5")
    discount_relevance: float = param(
        0.8, unit="0-1 per share of discount", lo=0, hi=5, source="assumption (B23)"
    )
    contradiction_trust: float = param(
        0.02, unit="share of trust lost", lo=0, hi=1, source="TRIALS B; C5 InSkin direction"
    )
    contradiction_days: int = param(30, unit="days", lo=1, hi=365, source="H4")


class Feeling(Group):
    """Expectation and disconfirmation (Oliver 1980), trust, habit."""

    satisfaction_start: float = param(0.68, unit="0-1", lo=0, hi=1, source="assumption")
    trust_start: float = param(0.5, unit="0-1", lo=0, hi=1, source="TRIALS B")
    habit_start: float = param(0.1, unit="0-1", lo=0, hi=1, source="TRIALS B")
    learning_rate: float = param(0.25, unit="share per experience", lo=0, hi=1, source="assumption")
    trust_rate: float = param(0.12, unit="share per experience", lo=0, hi=1, source="assumption")
    habit_rate: float = param(0.25, unit="share per purchase", lo=0, hi=1, source="assumption")
    kept_satisfaction: float = param(
        0.86, unit="0-1 when just as expected", lo=0, hi=1, source="assumption"
    )
    disconfirmation: float = param(
        0.5, unit="0-1 per share of price", lo=0, hi=5, source="assumption (Oliver 1980)"
    )
    late_day: float = param(0.05, unit="0-1 per day late", lo=0, hi=1, source="C3 direction")
    repeat_cost: float = param(
        0.06, unit="0-1 per repetition", lo=0, hi=1, source="B8; C7 -14 % a further call"
    )
    wait_free_minutes: float = param(
        2.0, unit="minutes", lo=0, hi=60, source="C7: no curve found; assumption"
    )
    wait_minute: float = param(
        0.015, unit="0-1 per minute", lo=0, hi=1, source="C7: no curve found; assumption"
    )
    gave_up_satisfaction: float = param(0.25, unit="0-1", lo=0, hi=1, source="assumption")
    solved_satisfaction: float = param(
        0.86, unit="0-1", lo=0, hi=1, source="C7: 86 % satisfied at the first call"
    )
    unsolved_satisfaction: float = param(
        0.44, unit="0-1", lo=0, hi=1, source="C7: 44 % at the fourth"
    )
    return_satisfaction: float = param(
        0.78, unit="0-1 before hassle", lo=0, hi=1, source="assumption (C3 Griffis direction)"
    )
    return_hassle: float = param(
        0.0015, unit="0-1 per DKK of hassle", lo=0, hi=0.1, source="assumption (B39)"
    )
    recommend_trust_weight: float = param(
        0.4,
        unit="share of the score",
        lo=0,
        hi=1,
        source="assumption: nobody is asked",
        doc="weight of trust, the rest is satisfaction, in whether he would recommend us (NPS)",
    )


class Asking(Group):
    """When customers contact the customer centre."""

    asks_when_late: float = param(
        0.5, unit="share of late parcels", lo=0, hi=1, source="P7: order status 25-50 %"
    )
    asks_before_due: float = param(
        0.2, unit="share of parcels", lo=0, hi=1, source="P7; assumption"
    )
    asks_at_defect: float = param(0.7, unit="share of defects", lo=0, hi=1, source="assumption")
    asks_after_purchase: float = param(
        0.05,
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


class Market(Group):
    """Everything that is not the company."""

    name: str = "Nordic sports and leisure"
    competitor_price: float = param(
        1.0, unit="multiple of our list price", lo=0.2, hi=5, source="assumption", met=True
    )
    items_per_style: int = param(4, unit="items", lo=1, hi=8, source="assumption")
    price_spread: float = param(0.55, unit="sd of ln", lo=0, hi=2, source="P3: order value CV ~1")
    quality_sd: float = param(0.10, unit="share of price", lo=0, hi=1, source="assumption")
    people: People = People()
    needs: Needs = Needs()
    touchpoints: Touchpoints = Touchpoints()
    buying: Buying = Buying()
    returning: Returning = Returning()
    messages: Messages = Messages()
    feeling: Feeling = Feeling()
    asking: Asking = Asking()
    channels: Channels = Channels()
    categories: tuple[Category, ...] = Field(default=())

    @model_validator(mode="after")
    def _categories(self) -> Market:
        if not 1 <= len(self.categories) <= CATEGORIES:
            raise ValueError(f"categories: between 1 and {CATEGORIES} are needed")
        if abs(sum(c.need_share for c in self.categories) - 1) > 1e-6:
            raise ValueError("categories: need_share must sum to 1")
        names = [c.name for c in self.categories]
        if len(set(names)) != len(names):
            raise ValueError("categories: two have the same name")
        codes: dict[int, str] = {}
        for name in names:
            other = codes.setdefault(luck_code(name), name)
            if other != name:
                raise ValueError(f"categories: {other!r} and {name!r} would share luck: rename one")
        for c in self.categories:
            if c.complement and c.complement not in names:
                raise ValueError(f"categories: complement {c.complement!r} is not a category")
        return self


def market_record(market: Market) -> np.ndarray:
    """The market as the rules read it: every number by name, categories as arrays of one length,
    media channels as records."""

    def padded(values: list[Any], fill: float) -> np.ndarray:
        array = np.asarray(values)
        return np.concatenate([array, np.full(CATEGORIES - len(array), fill, array.dtype)])

    cats = market.categories
    names = [c.name for c in cats]
    return record(
        market,
        n_categories=len(cats),
        n_channels=len(market.channels.media()),
        channels=channel_records(market.channels),
        price_dkk=padded([c.price_dkk for c in cats], 1.0),
        cooling_off_days=padded([c.cooling_off_days for c in cats], 0),
        uncertainty=padded([c.uncertainty for c in cats], 1.0),
        size_share=padded([c.size_share for c in cats], 0.0),
        category_code=padded([luck_code(c.name) for c in cats], 0),
        complement=padded([names.index(c.complement) if c.complement else -1 for c in cats], -1),
        complement_share=padded([c.complement_share for c in cats], 0.0),
    )


def season_table(market: Market, days: int) -> np.ndarray:
    """Cumulated season, shape (CATEGORIES, days + 1), unit: mean days. A need's clock runs on it.

    Rate on day d is 1 + amplitude x cos(2 pi (d - peak) / 365), so that a year adds up to 365.
    """
    table = np.zeros((CATEGORIES, days + 1))
    for k, c in enumerate(market.categories):
        for day in range(days):
            wave = math.cos(2 * math.pi * (day - c.season_peak_day) / 365)
            table[k, day + 1] = table[k, day] + 1 + c.season_amplitude * wave
    return table
