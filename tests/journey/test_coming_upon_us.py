"""Claims about how somebody comes upon the web shop: by name, by a search, by chance.

The rules of sim/journey/searching.py. Not test_searching.py: tests/encounter has one, and pytest
imports test files by their bare names.
"""

from __future__ import annotations

import math

import pytest
from people import ID, KEYS_OF, SEED, logit, market, person, share, tips, today

from sim.core.draws import gumbel, uniform
from sim.core.records import AT_COMPUTER, AT_PHONE, KEYS
from sim.journey import searching
from sim.journey.memory import pull
from sim.journey.needs import MORE
from sim.journey.searching import (
    choose_engine,
    finds_us_by_search,
    leaves_at_once,
    searches_by_name,
    takes_ad_above,
    thinks_of_us,
)

near = pytest.approx
SEARCH_KEY = KEYS_OF["search"]
ABOUT = 12  # a need's number, plus 1


def mine(progress=0.0, me=None, day=100):
    return pull(me or person(), market(), progress, day)


# ---- the engine --------------------------------------------------------------------------------

OTHER_KEY = 9
INSTAGRAM, SEARCH, OTHER = range(3)


def engines(other=0.0, first=0.0, shopper=False, **numbers):
    """A market with a second search engine, after Instagram and the first one."""
    kind = "shopper" if shopper else "buyer"
    off = "buyer" if shopper else "shopper"
    told = {f"search_utility_{kind}": first, f"search_utility_{off}": 90.0}
    mk = market(n_channels=3, **(told | {f"instagram_utility_{kind}": 90.0} | numbers))
    channel = mk.channels[OTHER]
    channel.key, channel.social, channel.searched = OTHER_KEY, 0, 1
    setattr(channel, f"utility_{kind}", other)
    return mk


def test_he_searches_where_one_searches_and_not_where_one_scrolls():
    for about in (0, ABOUT):
        assert choose_engine(person(), market(instagram_utility_buyer=90.0), about, today()) == 1


def test_without_a_search_engine_nobody_searches():
    assert choose_engine(person(), market(n_channels=1), 0, today()) == -1
    assert choose_engine(person(), market(n_channels=0), 0, today()) == -1
    assert choose_engine(person(), market(search_utility_buyer=-1e3), 0, today()) == 1, (
        "one that nobody likes is better than none"
    )


@pytest.mark.parametrize("shopper", [False, True])
def test_of_two_engines_he_takes_the_one_he_likes_better_by_the_luck_of_each(shopper):
    me = person(shopper=int(shopper))
    for about, day in ((0, 100), (ABOUT, 100), (ABOUT, 101), (ABOUT + MORE, 100)):
        turns = tips(
            lambda other, about=about, day=day: (
                choose_engine(me, engines(other, 0.5, shopper), about, today(day)) == OTHER
            )
        )
        luck = [
            gumbel(SEED, ID, searching.CHOOSES_ENGINE, about, day * KEYS + key)
            for key in (SEARCH_KEY, OTHER_KEY)
        ]
        assert turns == near(0.5 + luck[0] - luck[1], abs=1e-6)


def test_engines_share_the_searches_by_a_logit():
    mk, me, now = engines(other=1.0), person(), today()
    found = share(lambda about: choose_engine(me, mk, about, now) == OTHER)
    assert found == near(1 / (1 + math.exp(-1)), abs=0.025)


# ---- by our name -------------------------------------------------------------------------------


def by_name_at(about=ABOUT, day=100, **him):
    """Share of visits by name at which he just types our name."""
    return tips(
        lambda p: searches_by_name(person(**him), market(searches_by_name=p), about, today(day)),
        0.0,
        1.0,
    )


def test_who_means_to_come_searches_for_our_name_at_its_share():
    for about in (0, ABOUT, ABOUT + MORE):
        for day in (100, 101):
            u = uniform(SEED, ID, searching.BY_NAME, about, day)
            assert by_name_at(about, day) == near(u, abs=1e-6)
    assert by_name_at(ABOUT + MORE) != near(by_name_at(ABOUT), abs=1e-3)


def test_who_has_our_app_in_his_hand_opens_it_instead():
    mk = market(searches_by_name=1.0)
    for app, device, searches in (
        (1, AT_PHONE, False),
        (1, AT_COMPUTER, True),
        (0, AT_PHONE, True),
        (0, AT_COMPUTER, True),
    ):
        assert searches_by_name(person(app=app, device=device), mk, ABOUT, today()) == searches


def test_whether_he_knows_us_and_likes_us_does_not_change_how_he_comes_on_purpose():
    assert by_name_at(preference=3.0, knows_until=0) == near(by_name_at(), abs=1e-6)


def above(takes, about=ABOUT, day=100, **him):
    mk = market(search_ad_takes=takes)
    return takes_ad_above(person(**him), mk.channels[SEARCH], about, today(day))


def test_above_our_own_name_our_ad_takes_its_share_of_the_clicks():
    for about, day in ((0, 100), (ABOUT, 100), (ABOUT, 101)):
        u = uniform(SEED, ID, searching.RESULT, about, day * KEYS + SEARCH_KEY)
        assert above(u + 1e-9, about, day) and not above(u - 1e-9, about, day)
    assert not above(0.0) and above(1.0)


# ---- a look round ------------------------------------------------------------------------------


def thinks_at(day=100, weight=1.0, **him):
    """Readiness to look round with us at which he just thinks of us."""
    me = person(**him)

    def decide(ease):
        return thinks_of_us(me, market(browse_utility=ease, browse_pull=weight), today(day))

    return tips(decide)


def test_for_a_look_round_he_thinks_of_us_by_a_logit_of_how_we_come_to_mind():
    for day in (100, 101):
        u = uniform(SEED, ID, searching.THINKS_OF_US, 0, day)
        assert thinks_at(day) == near(logit(u) - mine(day=day), abs=1e-6)
    for weight in (0.4, 2.5):
        fond = thinks_at(weight=weight, preference=0.8) - thinks_at(weight=weight)
        assert fond == near(-weight * 0.8, abs=1e-6)
    dear = thinks_at(costs_met_dkk=50.0) - thinks_at()
    assert dear == near(market().consider_cost * 50.0, abs=1e-6) and dear > 0


def test_who_does_not_know_us_cannot_think_of_us():
    eager = market(browse_utility=90.0)
    for until, thinks in ((0, False), (100, False), (101, True)):
        assert thinks_of_us(person(knows_until=until), eager, today(100)) == thinks


# ---- search results ----------------------------------------------------------------------------


def searched(ours, ad=False, progress=0.0, about=ABOUT, me=None, day=100, **numbers):
    mk = market(**({"search_ours": ours, "search_ad": 0.0, "search_ad_takes": 0.0} | numbers))
    channel = mk.channels[SEARCH]
    return finds_us_by_search(me or person(), mk, channel, progress, ad, about, today(day))


def found_at(**given):
    return tips(lambda ours: searched(ours, **given) > 0)


def result_luck(about=ABOUT, day=100):
    return uniform(SEED, ID, searching.RESULT, about, day * KEYS + SEARCH_KEY)


def test_he_opens_our_result_by_a_logit_of_how_we_come_to_mind():
    weight = market().channels[SEARCH].pull
    assert weight > 0
    assert found_at() == near(logit(result_luck()) - weight * mine(), abs=1e-6)
    fond = person(preference=2.0)
    assert found_at(me=fond) - found_at() == near(-weight * 2.0, abs=1e-6)
    far = found_at(progress=0.5) - found_at()
    assert far == near(-weight * market().consider_progress * 0.5, abs=1e-6) and far < 0


def test_who_does_not_know_us_may_come_upon_us_all_the_same():
    weight, stranger = market().channels[SEARCH].pull, person(knows_until=0)
    missed = found_at(me=stranger) - found_at()
    assert missed == near(weight * market().unaware_penalty, abs=1e-6) and missed > 0
    assert searched(90.0, me=stranger) == 1


def test_each_search_of_each_need_has_luck_of_its_own():
    for about, day in ((0, 100), (ABOUT + 1, 100), (ABOUT, 101), (ABOUT + MORE, 100)):
        weighed = market().channels[SEARCH].pull * mine(day=day)
        base = logit(result_luck(about, day)) - weighed
        assert found_at(about=about, day=day) == near(base, abs=1e-6)
        assert base != near(found_at(), abs=1e-3)


def test_a_paid_result_is_found_more_easily():
    assert found_at(ad=True, search_ad=0.9) - found_at() == near(-0.9, abs=1e-6)
    assert found_at(ad=False, search_ad=0.9) == near(found_at(), abs=1e-6)


def test_a_paid_result_takes_its_share_of_the_clicks_that_were_free():
    u = result_luck()
    sure = 40.0  # our result is opened in any case
    assert searched(sure) == 1
    assert searched(sure, ad=True, search_ad_takes=0.0) == 1
    assert searched(sure, ad=True, search_ad_takes=u + 1e-9) == 2
    assert searched(sure, ad=True, search_ad_takes=u - 1e-9) == 1
    assert searched(sure, ad=False, search_ad_takes=1.0) == 1


def test_of_the_clicks_that_were_free_the_ad_takes_the_same_share_however_many_they_are():
    """His luck is u; of p free clicks the ad takes those with u < share x p, and only those."""
    u = result_luck()
    for p in (1.1 * u, 0.5 + 0.5 * u):
        ours = logit(p) - market().channels[SEARCH].pull * mine()
        assert searched(ours) == 1
        assert searched(ours, ad=True, search_ad_takes=u / p + 1e-6) == 2
        assert searched(ours, ad=True, search_ad_takes=u / p - 1e-6) == 1


def test_what_only_the_ad_won_is_paid_for():
    just_missed = found_at() - 0.1
    assert searched(just_missed) == 0
    assert searched(just_missed, ad=True, search_ad=0.2) == 2
    assert searched(just_missed, ad=True, search_ad=0.05) == 0


# ---- gone at once ------------------------------------------------------------------------------

BOUNCE = {"bounce_known": 0.8, "bounce_needed": 1.3, "bounce_fits": 0.9}


def gone_at(needed=False, fits=False, about=ABOUT, when=640, day=100, **him):
    """Readiness to leave at which he is just gone at once."""
    me = person(**({"knows_until": 0} | him))

    def decide(ease):
        mk = market(bounce=ease, **BOUNCE)
        return leaves_at_once(me, mk, needed, fits, about, when, today(day))

    return tips(decide)


def test_a_stranger_without_a_need_is_gone_by_a_logit():
    for about, when in ((ABOUT, 640), (0, 640), (ABOUT, 641), (ABOUT + MORE, 640)):
        u = uniform(SEED, ID, searching.LEAVES_AT_ONCE, about, when)
        assert gone_at(about=about, when=when) == near(logit(u), abs=1e-6)
    assert gone_at(day=200) == near(gone_at(), abs=1e-6), "when says when"


def test_who_knows_us_needs_it_or_lands_on_it_stays_the_rather():
    base = gone_at()
    assert gone_at(knows_until=101) - base == near(0.8, abs=1e-6)
    assert gone_at(knows_until=100) - base == near(0.0, abs=1e-6), "he has forgotten us"
    assert gone_at(needed=True) - base == near(1.3, abs=1e-6)
    assert gone_at(fits=True) - base == near(0.9, abs=1e-6)
    every = gone_at(needed=True, fits=True, knows_until=101)
    assert every - base == near(0.8 + 1.3 + 0.9, abs=1e-6)


def test_most_strangers_without_a_need_are_gone_at_once_and_of_those_who_know_and_need_few():
    mk, now = market(), today()
    stranger, friend = person(knows_until=0), person()
    gone = share(lambda n: leaves_at_once(stranger, mk, False, False, n, 640, now), 2000)
    stays = share(lambda n: leaves_at_once(friend, mk, True, True, n, 640, now), 2000)
    assert gone == near(1 / (1 + math.exp(-mk.bounce)), abs=0.03) and gone > 0.5
    wished = mk.bounce - mk.bounce_known - mk.bounce_needed - mk.bounce_fits
    assert stays == near(1 / (1 + math.exp(-wished)), abs=0.03) and stays < 0.5
