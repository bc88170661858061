"""How people take what they meet: how they choose, return, read messages and feel."""

from __future__ import annotations

from sim.settings.base import Group, param


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
        0.76,
        unit="share of price",
        lo=0,
        hi=2,
        source="TRIALS A; calibrated on P4",
        doc="by which what is delivered differs from what its page shows, standard deviation",
        met=True,
    )
    tau_store: float = param(
        0.43, unit="share of price", lo=0, hi=2, source="TRIALS A .074; calibrated on P4"
    )
    expertise_sharpens: float = param(
        0.35, unit="share of tau at full expertise", lo=0, hi=1, source="assumption (S4)"
    )
    advice_sharpens: float = param(0.25, unit="share of tau", lo=0, hi=1, source="assumption (A33)")
    trying_kept: float = param(
        0.7,
        unit="share of what trying on in a store tells",
        lo=0,
        hi=1,
        source="assumption (B44; Bell, Gallino and Moreno 2018, C3: showrooms help online)",
        doc="that is still known before the web shop's picture of the same article",
    )
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
    outside_web: float = param(2.0, unit="logit", lo=-10, hi=10, source="calibrated on P1")
    outside_store: float = param(
        1.25, unit="logit", lo=-10, hi=10, source="calibrated on P1 and C3"
    )
    doubt_web: float = param(
        0.17,
        unit="share of the price felt to be at risk, per unit of trust under 0.5",
        lo=0,
        hi=2,
        source="TRIALS B: .8 logit per unit of trust, here at 500 DKK",
        doc="that it is not as promised, before a picture",
    )
    doubt_ahead: float = param(
        0.08,
        unit="share of the price felt to be at risk, per unit of trust under 0.5",
        lo=0,
        hi=2,
        source="TRIALS B: .8 logit per unit of trust, here at 500 DKK",
        doc="paid ahead: that it does not come, or the money not back",
    )
    doubt_store: float = param(
        0.08,
        unit="share of the price felt to be at risk, per unit of trust under 0.5",
        lo=0,
        hi=2,
        source="assumption: what is in hand is seen, the money back is not",
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
        0.8,
        unit="share of looks in store",
        lo=0,
        hi=1,
        source="assumption (B44): half of all looks, where staff answer five questions in eight",
        doc="at which staff are asked; they advise where they can answer",
    )
    comes_days: float = param(
        2.0, unit="days, mean, until he picks it up", lo=0, hi=60, source="assumption"
    )


class Returning(Group):
    """What a return costs the customer, by mail and in store (TRIALS A)."""

    packing_minutes: float = param(10.5, unit="minutes", lo=0, hi=240, source="TRIALS A")
    refund_wait_dkk: float = param(10.0, unit="DKK", lo=0, hi=500, source="assumption")
    refund_days: float = param(
        0.0,
        unit="days, mean of an exponential",
        lo=0,
        hi=365,
        source="assumption: none in usual times",
        doc="that a refund takes beyond the parcel's way back and the depot",
        met=True,
    )
    hassle_spread: float = param(0.6, unit="sd of ln", lo=0, hi=3, source="assumption")
    refund_allowed_days: float = param(
        14.0,
        unit="days",
        lo=1,
        hi=365,
        source="Directive 2011/83/EU on consumer rights, article 13: within 14 days",
        doc="from posting on, in which money has to be back",
    )
    desk_pickup: float = param(
        0.5, unit="share of the minutes of a return", lo=0, hi=5, source="assumption"
    )
    desk_spread: float = param(
        0.5, unit="desk time is its mean +/- this share", lo=0, hi=1, source="assumption"
    )
    refusal_trust: float = param(
        0.05,
        unit="share of trust lost",
        lo=0,
        hi=1,
        source="assumption: more than an offer of what one has, contradiction_trust",
        doc="where a store refuses what the terms promise (B46)",
    )
    desk_minutes: float = param(8.0, unit="minutes", lo=0.1, hi=240, source="assumption")
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
        -5.4, unit="logit", lo=-10, hi=10, source="TRIALS B; calibrated on P5 and P1"
    )
    click_relevance: float = param(
        7.2, unit="logit per unit", lo=0, hi=10, source="TRIALS B; calibrated on P5 and P1"
    )
    unsubscribe_intercept: float = param(
        -5.9, unit="logit", lo=-15, hi=0, source="TRIALS B; calibrated on P5"
    )
    unsubscribe_fatigue: float = param(0.25, unit="logit per unit", lo=0, hi=5, source="TRIALS B")
    unsubscribe_irrelevance: float = param(
        1.0, unit="logit per unit of relevance lacking", lo=0, hi=10, source="assumption (B6)"
    )
    unsubscribe_value: float = param(2.0, unit="logit per unit", lo=0, hi=10, source="TRIALS B")
    texts_intercept: float = param(
        -1.6,
        unit="logit, when asked on a form, at trust 0.5",
        lo=-10,
        hi=10,
        source="assumption: one in six; a telephone number is given less readily than an address",
    )
    allows_push: float = param(
        0.5,
        unit="share of people who install the app",
        lo=0,
        hi=1,
        source="assumption: about half of phones allow an app its messages",
    )
    text_read: float = param(
        0.9,
        unit="share of text messages on a usual day",
        lo=0,
        hi=1,
        source="assumption: a text is nearly always read",
    )
    app_message_read: float = param(
        0.4, unit="share of app messages on a usual day", lo=0, hi=1, source="assumption"
    )
    fatigue_text: float = param(
        2.0, unit="mails", lo=0, hi=20, source="assumption: it interrupts as much as two mails"
    )
    text_leaves: float = param(
        1.0,
        unit="logit on top of a mail's",
        lo=-5,
        hi=10,
        source="assumption: a message on the phone offends sooner than a mail",
        doc="readiness to stop text or app messages",
    )
    care_worth: float = param(
        0.6,
        unit="0-1, worth of care advice to who has bought the thing",
        lo=0,
        hi=1,
        source="assumption (B19)",
    )
    care_days: float = param(
        20.0,
        unit="days that a thing lasts longer after advice that was read",
        lo=0,
        hi=730,
        source="assumption (B19: care extends the life of what was bought)",
    )
    care_felt: float = param(
        0.04,
        unit="0-1 better than it would have been",
        lo=0,
        hi=1,
        source="assumption (B19), two thirds of what having to repeat something costs",
    )
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
    others_day: float = param(
        12.0,
        unit="messages and ads of others a day that ask for his attention",
        lo=0.1,
        hi=1000,
        source="assumption (B54: competition for attention)",
        met=True,
    )
    others_day_usual: float = param(
        12.0,
        unit="messages and ads of others a day",
        lo=0.1,
        hi=1000,
        source="assumption",
        doc="among which open_intercept and ad_seen were observed",
    )
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
    ad_times_borne: int = param(
        5,
        unit="ads for the same thing in a row",
        lo=1,
        hi=255,
        source="C5: irritated after about five (InSkin)",
    )
    ad_repeat_days: int = param(
        14,
        unit="days",
        lo=1,
        hi=365,
        source="assumption",
        doc="after which an ad seen again is a new one",
    )
    ad_repeat_trust: float = param(
        0.01,
        unit="share of trust",
        lo=0,
        hi=1,
        source="assumption: half of what an ad for what one owns costs (TRIALS B)",
        doc="that each further ad for the same thing costs",
    )
    ad_names_us: float = param(
        0.4,
        unit="share of ads noticed",
        lo=0,
        hi=1,
        source="assumption: fewer than half of the ads noticed are put down to who pays for them",
        doc="of which it is noticed whose they are",
    )
    reminds: float = param(
        0.5,
        unit="share of opened mails that fit an open need",
        lo=0,
        hi=1,
        source="assumption (C2 Sahni 2017: 10 % of what an e-mail offer sells is redeemed, the "
        "rest comes by itself)",
        doc="by which it is on his mind the next day",
    )
    cut_wakes: float = param(
        0.5,
        unit="share of sleeping wishes that see it, per share that is off the price",
        lo=0,
        hi=1,
        source="assumption (B23: a price cut sets off single purchases)",
        doc="which a price cut wakes beside those that wake anyway",
    )
    cut_learning: float = param(
        0.2,
        unit="share, at each look for a thing",
        lo=0,
        hi=1,
        source="assumption: the last five looks count most; Mela, Gupta and Lehmann 1997 direction",
        doc="by which what he expects of our price cuts moves to what he finds",
    )
    cut_looks: float = param(
        2.0,
        unit="looks",
        lo=0,
        hi=20,
        source="assumption: as often as a thing is looked at before it is bought or given up",
        doc="that he would wait through for a price cut",
    )
    ahead_dkk_day: float = param(
        5.0,
        unit="DKK/day",
        lo=0.01,
        hi=10_000,
        source="assumption; van Heerde, Gupta and Wittink 2003: a third of what a cut sells more",
        doc="that it costs to have a thing before it is needed",
    )
    ahead_most_days: float = param(
        60.0,
        unit="days",
        lo=0,
        hi=365,
        source="assumption: nobody knows what he will need later",
        doc="by which a thing is bought early at most",
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
    hurts_below: float = param(
        0.5,
        unit="0-1, how good an experience was",
        lo=0,
        hi=1,
        source="assumption: what is worse than middling",
        doc="is kept as a sore point; nothing but what somebody would say of it hangs on it",
    )
    kept_satisfaction: float = param(
        0.86, unit="0-1 when just as expected", lo=0, hi=1, source="assumption"
    )
    disconfirmation: float = param(
        0.5, unit="0-1 per share of price", lo=0, hi=5, source="assumption (Oliver 1980)"
    )
    late_day: float = param(0.05, unit="0-1 per day late", lo=0, hi=1, source="C3 direction")
    repeat_cost: float = param(
        0.06,
        unit="0-1 per thing said, searched or filled in again",
        lo=0,
        hi=1,
        source="B8; assumption, between nothing and what a further call costs",
    )
    repeat_cost_call: float = param(
        0.14, unit="0-1 per further call that starts over", lo=0, hi=1, source="C7: -14 %"
    )
    search_again_minutes: float = param(
        2.0, unit="minutes to search the web shop again", lo=0, hi=60, source="assumption"
    )
    look_again_minutes: float = param(
        4.0, unit="minutes to search the store again", lo=0, hi=60, source="assumption"
    )
    say_again_minutes: float = param(
        2.0,
        unit="minutes to say again what one wants",
        lo=0,
        hi=60,
        source="assumption, as company.systems.lookup_minutes",
    )
    patience_web_minutes: float = param(
        15.0,
        unit="minutes, mean, that somebody puts up with on a web visit",
        lo=0.1,
        hi=1000,
        source="assumption",
    )
    patience_store_minutes: float = param(
        40.0,
        unit="minutes, mean, that somebody puts up with on a store visit",
        lo=0.1,
        hi=1000,
        source="assumption: he has made the trip",
    )
    keeps_receipt: float = param(
        0.8,
        unit="share of store purchases whose paper receipt is found when one is returned",
        lo=0,
        hi=1,
        source="assumption",
    )
    receipt_minutes: float = param(
        5.0, unit="minutes at the desk without a receipt", lo=0, hi=120, source="assumption"
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
    fee_felt: float = param(
        0.0015,
        unit="0-1 per DKK of a delivery fee",
        lo=0,
        hi=0.1,
        source="assumption: as much as a DKK of a return's hassle",
    )
    return_satisfaction: float = param(
        0.78, unit="0-1 before hassle", lo=0, hi=1, source="assumption (C3 Griffis direction)"
    )
    return_hassle: float = param(
        0.0015, unit="0-1 per DKK of hassle", lo=0, hi=0.1, source="assumption (B39)"
    )
    recommend_shift: float = param(
        1.2,
        unit="points of 0-10",
        lo=-10,
        hi=10,
        source="calibrated on P9: NPS of the Danish average 10-45",
        doc="marks given above ten times what is felt",
    )
    recommend_lenience: float = param(
        1.7,
        unit="points of 0-10, sd between people",
        lo=0,
        hi=10,
        source="assumption: people use the scale differently",
    )
    recommend_trust_weight: float = param(
        0.4,
        unit="share of the score",
        lo=0,
        hi=1,
        source="assumption: nobody is asked",
        doc="weight of trust, the rest is satisfaction, in whether he would recommend us (NPS)",
    )
