"""Claims about how a person meets mails, ads and posts."""

from __future__ import annotations

import math

import pytest
from people import ID, KEYS_OF, SEED, catalogue, logit, market, person, shown, tips, today

from sim.core.draws import uniform
from sim.core.records import ACTIVE, BY_APP, BY_TEXT, CARE, FREE, LATENT
from sim.journey import messages
from sim.journey.messages import (
    clicks_ad,
    clicks_message,
    crowding,
    fatigue,
    gives_permission,
    learn_worth,
    matching_need,
    message_relevance,
    met_already,
    notices_ad,
    notices_sender,
    opens_message,
    reads_on_phone,
    refuses_way,
    relevance,
    tire,
    unsubscribes,
    worth_of_message,
)

near = pytest.approx
TILES = {"need_relevance": 0.6, "wrong_style_relevance": 0.5, "latent_relevance": 0.25}


def taste(**cells: float) -> list[float]:
    """A taste by cell: ``c4=0.3``."""
    found = [0.0] * 18
    for name, weight in cells.items():
        found[int(name[1:])] = weight
    return found


# ---- weariness ---------------------------------------------------------------------------------


def test_weariness_halves_with_its_half_life():
    mk = market(fatigue_half_life_days=10.0)
    me = person(fatigue=4.0, fatigue_day=100)
    assert [fatigue(me, mk, day) for day in (100, 110, 120)] == near([4, 2, 1])


def test_every_contact_adds_to_what_is_left_of_the_weariness():
    mk = market(fatigue_half_life_days=10.0)
    me = person(fatigue=4.0, fatigue_day=100)
    tire(me, mk, 110, 1.0)
    assert me.fatigue == near(3.0) and me.fatigue_day == 110


def test_a_days_contacts_are_counted_and_the_next_day_begins_anew():
    me, mk = person(), market()
    for n in (1, 2):
        tire(me, mk, 110, 1.0)
        assert (met_already(me, 110), met_already(me, 111)) == (n, 0)
    tire(me, mk, 111, 0.15)
    assert met_already(me, 111) == 1
    full = person(met_today=255, met_day=110)
    tire(full, mk, 110, 1.0)
    assert met_already(full, 110) == 255


def test_attention_is_finite_over_all_senders():
    usual = {"others_day": 8.0, "others_day_usual": 8.0}
    assert crowding(person(), market(**usual), 100) == near(1.0)
    assert crowding(person(met_today=2, met_day=100), market(**usual), 100) == near(10 / 8)
    assert crowding(person(met_today=2, met_day=99), market(**usual), 100) == near(1.0)
    assert crowding(person(), market(**(usual | {"others_day": 12.0})), 100) == near(1.5)


# ---- relevance ---------------------------------------------------------------------------------


def test_a_need_is_matched_by_category_and_state_and_the_first_comes_first():
    needs = (
        {"state": LATENT, "category": 1},
        {"state": ACTIVE, "category": 2},
        {"state": ACTIVE, "category": 1},
        {"state": ACTIVE, "category": 1},
    )
    me = person(needs)
    assert matching_need(me, 1, ACTIVE) == 2
    assert matching_need(me, 1, LATENT) == 0
    assert matching_need(me, 3, ACTIVE) == -1
    assert matching_need(person(), 0, FREE) == -1


def test_without_needs_relevance_is_the_taste_that_is_not_yet_satisfied():
    mk = market(saturation_half_life_days=50.0)
    me = person(taste=taste(c4=0.4))
    assert relevance(me, mk, 1, 1, 100) == near(0.4)
    assert relevance(me, mk, 1, 0, 100) == 0
    me.last_bought[1] = 100
    assert relevance(me, mk, 1, 1, 100) == 0
    assert relevance(me, mk, 1, 1, 150) == near(0.4 * 0.5)


def test_an_open_need_makes_its_category_relevant_the_more_the_nearer_it_is():
    mk = market(**TILES)

    def of(state, style, category=2):
        me = person(({"state": state, "category": 2, "style": 1},), taste=taste())
        return relevance(me, mk, category, style, 100)

    assert of(ACTIVE, 1) == near(0.6) and of(ACTIVE, 0) == near(0.6 * 0.5)
    assert of(LATENT, 1) == near(0.6 * 0.25) and of(LATENT, 2) == near(0.6 * 0.5 * 0.25)
    assert of(ACTIVE, 1, category=3) == 0
    assert of(FREE, 1) == 0


def test_of_several_needs_the_nearest_counts_once_and_taste_comes_on_top():
    mk = market(**TILES)
    latent, active = (
        {"state": LATENT, "category": 2, "style": 1},
        {"state": ACTIVE, "category": 2, "style": 1},
    )
    for needs in ((latent, active), (active, latent)):
        me = person(needs, taste=taste(c7=0.1))
        assert relevance(me, mk, 2, 1, 100) == near(0.7)


def test_relevance_never_exceeds_one():
    me = person(({"state": ACTIVE, "category": 2, "style": 1},), taste=taste(c7=0.9))
    assert relevance(me, market(**TILES), 2, 1, 100) == 1.0
    assert relevance(person(taste=taste(c7=1.5)), market(), 2, 1, 100) == 1.0


def test_a_message_is_relevant_unless_all_its_tiles_miss():
    mk, goods = market(second_tile=0.5, discount_relevance=0.3), catalogue(1)
    me = person(taste=taste(c0=0.4, c1=0.6, c2=0.2))
    assert message_relevance(me, mk, shown((0,)), goods, today()) == near(0.4)
    three = message_relevance(me, mk, shown((0, 1, 2)), goods, today())
    assert three == near(1 - (1 - 0.4) * (1 - 0.5 * 0.6) * (1 - 0.5 * 0.2))
    cheaper = message_relevance(me, mk, shown((0,), discount=0.2), goods, today())
    assert cheaper == near(0.4 + 0.3 * 0.2)
    assert message_relevance(me, mk, shown((), discount=0.2), goods, today()) == near(0.3 * 0.2)
    assert message_relevance(me, mk, shown((0,), discount=5.0), goods, today()) == 1.0


# ---- opening, clicking, leaving ----------------------------------------------------------------


def opens_at(me=None, tiles=(4, 0), discount=0.0, about=5, cut=0.0):
    """Ease of opening at which he just opens the mail."""

    def decide(ease):
        mk = market(
            open_intercept=ease,
            open_value=2.0,
            mail_value_start=0.3,
            open_subject=1.5,
            open_fatigue=0.4,
            discount_relevance=0.5,
            fatigue_half_life_days=10.0,
        )
        mail = shown(tiles, discount=discount)
        who = me or person(mail_value=0.3, taste=taste())
        now = today(cut=(0.0, cut))
        return opens_message(who, mk, mail, catalogue(1), about, now)

    return tips(decide)


def test_a_mail_is_opened_by_a_logit():
    u = uniform(SEED, ID, messages.OPENS, 5, 100)
    assert opens_at() == near(logit(u), abs=1e-6)
    assert opens_at(about=6) != near(opens_at(), abs=1e-3)


def test_the_more_ask_for_attention_the_less_each_mail_gets():
    crowded = opens_at(person(mail_value=0.3, taste=taste(), met_today=3, met_day=100))
    others = market().others_day
    assert crowded - opens_at() == near(math.log((others + 3) / others), abs=1e-6)


def test_the_weeks_cut_of_the_first_thing_is_as_good_in_a_subject_as_a_coupon():
    base = opens_at()
    assert opens_at(discount=0.2) - base == near(-1.5 * 0.5 * 0.2, abs=1e-6)
    assert opens_at(cut=0.2) - base == near(-1.5 * 0.5 * 0.2, abs=1e-6)
    assert opens_at(cut=0.2, tiles=(0, 4)) == near(opens_at(tiles=(0, 4)), abs=1e-6)


def test_advice_on_care_is_worth_reading_to_who_owns_the_thing():
    def subject(owns):
        me = person(last_from_us=[-1, 90 if owns else -1] + [-1] * 6, taste=taste())
        message = shown((4,))
        message.purpose = CARE
        return worth_of_message(me, market(care_worth=0.7), message, catalogue(1), today())

    assert subject(True) == near(0.7) and subject(False) == 0.0


def read_at(way, **about):
    """Share of texts and app messages read at which he just reads it."""

    def decide(share):
        mk = market(text_read=0.0, app_message_read=0.0)
        setattr(mk, "text_read" if way == BY_TEXT else "app_message_read", share)
        return reads_on_phone(person(**about), mk, way, 300, today())

    return tips(decide, 0.0, 5.0)


@pytest.mark.parametrize("way", [BY_TEXT, BY_APP])
def test_a_message_on_the_phone_is_read_by_its_share_and_less_on_a_crowded_day(way):
    u = uniform(SEED, ID, messages.READS_ON_PHONE, 300, 100)
    assert read_at(way) == near(u, abs=1e-6)
    others = market().others_day
    assert read_at(way, met_today=6, met_day=100) == near(u * (others + 6) / others, abs=1e-6)


def test_messages_on_the_phone_are_stopped_sooner_than_mails():
    def stops_at(sooner):
        def decide(base):
            mk = market(
                unsubscribe_intercept=base,
                unsubscribe_fatigue=0.0,
                unsubscribe_irrelevance=0.0,
                unsubscribe_value=0.0,
                text_leaves=sooner,
            )
            return refuses_way(person(), mk, 0.5, 300, today())

        return tips(decide)

    u = uniform(SEED, ID, messages.REFUSES_WAY, 300, 100)
    assert stops_at(0.0) == near(logit(u), abs=1e-6)
    assert stops_at(1.0) == near(logit(u) - 1.0, abs=1e-6)


def test_fatigue_lowers_opening_and_wears_off():
    tired = person(mail_value=0.3, taste=taste(), fatigue=3.0, fatigue_day=100)
    rested = person(mail_value=0.3, taste=taste(), fatigue=3.0, fatigue_day=90)
    assert opens_at(tired) - opens_at() == near(0.4 * 3.0, abs=1e-6)
    assert opens_at(rested) - opens_at() == near(0.4 * 1.5, abs=1e-6)


def test_attention_past_worth_and_a_relevant_subject_raise_opening():
    base = opens_at()
    attentive = person(mail_value=0.3, taste=taste(), attention=0.8)
    worth = person(mail_value=0.7, taste=taste())
    keen = person(mail_value=0.3, taste=taste(c4=0.6))
    assert opens_at(attentive) - base == near(-0.8, abs=1e-6)
    assert opens_at(worth) - base == near(-2.0 * 0.4, abs=1e-6)
    assert opens_at(keen) - base == near(-1.5 * 0.6, abs=1e-6)
    assert opens_at(discount=0.2) - base == near(-1.5 * 0.5 * 0.2, abs=1e-6)


def test_only_the_subject_shows_before_a_mail_is_opened():
    second = person(mail_value=0.3, taste=taste(c0=0.9))
    assert opens_at(second) == near(opens_at(), abs=1e-6)


def test_what_is_worth_more_is_clicked_more():
    def at(worth, about=5):
        def decide(ease):
            mk = market(click_intercept=ease, click_relevance=2.5)
            return clicks_message(person(), mk, worth, 0.0, about, today())

        return tips(decide)

    assert at(0.0) == near(logit(uniform(SEED, ID, messages.CLICKS, 5, 100)), abs=1e-6)
    assert at(0.6) - at(0.0) == near(-2.5 * 0.6, abs=1e-6)
    assert at(0.0, about=6) != near(at(0.0), abs=1e-3)


def leaves_at(worth=1.0, bored=1.0, **about_him):
    """Readiness to leave at which he just unsubscribes."""

    def decide(ease):
        mk = market(
            unsubscribe_intercept=ease,
            unsubscribe_fatigue=0.3,
            unsubscribe_irrelevance=bored,
            unsubscribe_value=2.0,
            fatigue_half_life_days=10.0,
        )
        return unsubscribes(person(**about_him), mk, worth, 5, today())

    return tips(decide)


def test_the_tired_the_bored_and_those_for_whom_mails_are_worth_nothing_leave():
    base = leaves_at()
    assert base == near(logit(uniform(SEED, ID, messages.LEAVES, 5, 100)), abs=1e-6)
    assert leaves_at(worth=0.4) - base == near(-0.6, abs=1e-6)
    assert leaves_at(worth=0.4, bored=3.0) - base == near(-1.8, abs=1e-6)
    assert leaves_at(fatigue=2.0, fatigue_day=100) - base == near(-0.3 * 2, abs=1e-6)
    assert leaves_at(mail_value=0.25) - base == near(2.0 * 0.25, abs=1e-6)


def test_what_a_senders_mails_are_worth_is_learned_from_each():
    me = person(mail_value=0.4)
    learn_worth(me, market(value_rate=0.25), 0.8)
    assert me.mail_value == near(0.5)


# ---- advertising -------------------------------------------------------------------------------


def noticed(me, **numbers):
    mk = market(**numbers)
    return notices_ad(me, mk, mk.channels[0], today())


def test_a_noticed_ad_leaves_a_trace_and_an_unseen_one_does_not():
    u = uniform(SEED, ID, messages.NOTICES, KEYS_OF["instagram"], 100)
    seen, unseen = person(), person()
    numbers = {"salience_ad": 0.3}
    assert noticed(seen, instagram_ad_seen=u + 1e-9, **numbers)
    assert not noticed(unseen, instagram_ad_seen=u - 1e-9, **numbers)
    assert (seen.salience, seen.salience_day) == (near(0.3), 100)
    assert unseen.salience == 0
    assert not noticed(unseen, instagram_ad_seen=0.0)
    others = market().others_day
    crowded = {"met_today": 4, "met_day": 100}
    needed = u * (others + 4) / others
    assert noticed(person(**crowded), instagram_ad_seen=needed + 1e-9)
    assert not noticed(person(**crowded), instagram_ad_seen=needed - 1e-9)


def test_the_same_ad_again_wearies_more_each_time_and_then_costs_trust():
    told = {"fatigue_ad": 0.2, "ad_times_borne": 2, "ad_repeat_trust": 0.1, "ad_repeat_days": 14}
    mk, me = market(**told), person(trust=0.5)
    days, annoyed, tired = (100, 100, 100, 101), [], []
    for day in days:
        before = messages.fatigue(me, mk, day)
        annoyed.append(messages.feel_repetition(me, mk, 7, today(day=day)))
        tired.append(me.fatigue - before)
    assert annoyed == [False, False, True, True] and me.trust == near(0.5 * 0.9 * 0.9)
    assert tired == [near(0.2), near(0.4), near(0.4), near(0.4)]
    assert not messages.feel_repetition(me, mk, 8, today(day=101)), "another thing"
    assert not messages.feel_repetition(me, mk, 7, today(day=101)), "not in a row any more"
    me.ad_times = 9
    assert not messages.feel_repetition(me, mk, 7, today(day=116)), "long ago"


def test_of_an_ad_that_he_noticed_he_takes_in_whose_it_is_by_its_share():
    me, channels = person(), market().channels
    for place, name in ((0, "instagram"), (1, "search")):
        for day in (100, 101):
            u = uniform(SEED, ID, messages.NOTICES_SENDER, KEYS_OF[name], day)
            for share, knows in ((u + 1e-9, True), (u - 1e-9, False), (0.0, False), (1.0, True)):
                mk = market(ad_names_us=share)
                assert notices_sender(me, mk, channels[place], today(day)) == knows
    assert me.knows_until == person().knows_until, "what it keeps in mind is another matter"


def test_an_ad_is_clicked_by_its_relevance():
    def at(me):
        def decide(ease):
            mk = market(instagram_ad_click_intercept=ease, instagram_ad_click_relevance=3.0)
            return clicks_ad(me, mk, mk.channels[0], 1, 1, today())

        return tips(decide)

    nothing, keen = at(person(taste=taste())), at(person(taste=taste(c4=0.5)))
    assert nothing == near(
        logit(uniform(SEED, ID, messages.CLICKS_AD, KEYS_OF["instagram"], 100)), abs=1e-6
    )
    assert keen - nothing == near(-3.0 * 0.5, abs=1e-6)


def test_permission_is_given_by_trust_and_past_worth_once_for_each_occasion():
    mk = market(permission_trust=2.0, permission_value=1.5, mail_value_start=0.3)

    def at(occasion=messages.AGREES, about=5, when=0, **him):
        me = person(**({"mail_value": 0.3} | him))
        return tips(lambda ease: gives_permission(me, mk, ease, occasion, about, when, today()))

    for occasion in (messages.AGREES, messages.VISITOR_AGREES):
        u = uniform(SEED, ID, occasion, 5, 0)
        assert at(occasion) == near(logit(u), abs=1e-6)
    assert at(trust=0.9) - at() == near(-2.0 * 0.4, abs=1e-6)
    assert at(mail_value=0.7) - at() == near(-1.5 * 0.4, abs=1e-6)
    assert len({round(at(about=a, when=w), 3) for a in (5, 6) for w in (0, 1)}) == 4
