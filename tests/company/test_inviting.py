"""Claims about whom the company asks to write a review, about what and when [B33]."""

from __future__ import annotations

import pytest
from people import SEED, belief, file, firm, flow, own, profile, shown

from sim.company import reviews
from sim.company.automation import NOTHING, compose_flow, way_of_flow
from sim.company.inviting import note_received, note_review, note_sent_back
from sim.company.ways import NO_WAY
from sim.core.draws import uniform
from sim.core.records import (
    BY_CLUB,
    BY_EMAIL,
    BY_MAIL,
    BY_OTHER_MAIL,
    NEVER,
    OTHER_ADDRESS,
    OWN_ADDRESS,
    REVIEW,
)

PLAIN = {"flows": 0.0, "invite_reviews": 1.0, "pauses": 0.0}


def bought(s=BY_MAIL, item=16, number=44, **told):
    """A purchase is on file under a record."""
    one = profile(filed={s: number}, **told)
    one.silos[s].live.buy_item = item
    return one


def planned(one, a=OWN_ADDRESS):
    return one.addresses[a].flow_day[flow("review")]


def received(one, s=BY_MAIL, a=OWN_ADDRESS, number=44):
    note_received(firm(**PLAIN), file(one), s, a, number, 100)
    return one


def test_the_invitation_is_planned_from_the_day_he_has_it_in_hand():
    assert planned(received(bought())) == own(received(bought())).next_flow_day == 107
    assert planned(received(bought(), number=43)) == NEVER, "it is not on file"
    assert planned(received(bought(BY_OTHER_MAIL), BY_OTHER_MAIL, OTHER_ADDRESS), 1) == 107
    assert planned(received(bought(BY_OTHER_MAIL), BY_OTHER_MAIL, OTHER_ADDRESS)) == NEVER


def test_what_was_bought_under_the_card_is_asked_about_where_the_card_is_known_to_be_his():
    for linked, day in ((1 << BY_CLUB, 107), (0, NEVER)):
        assert planned(received(bought(BY_CLUB, linked=linked), BY_CLUB)) == day


@pytest.mark.parametrize("stop", [note_review, note_sent_back])
def test_who_has_written_or_sends_it_back_is_not_asked_any_more(stop):
    for number, day in ((44, NEVER), (43, 107)):
        one = received(bought())
        stop(firm(**PLAIN), one, OWN_ADDRESS, number, 101)
        assert planned(one) == day


def sent(one, **changes):
    screen = shown()
    k = compose_flow(screen, firm(**(PLAIN | changes)), file(one), 0, 107, SEED, belief())
    return k, screen


def test_it_is_about_the_purchase_and_goes_out_where_the_company_invites_flows_or_no_flows():
    luck = uniform(SEED, 3, reviews.INVITES, 0, 0)
    for share, goes in ((luck + 1e-9, True), (luck - 1e-9, False)):
        k, screen = sent(received(bought()), invite_reviews=share)
        assert (k == flow("review")) == goes
        if goes:
            assert (screen.purpose, screen.about_order) == (REVIEW, 44)
            assert (screen.n, screen.items[0]) == (1, 16)
    card = received(bought(BY_CLUB, item=20, linked=1 << BY_CLUB), BY_CLUB)
    k, screen = sent(card)
    assert (k, screen.items[0]) == (flow("review"), 20)


def test_of_a_purchase_that_is_the_last_no_more_nobody_is_asked():
    one = received(bought())
    one.silos[BY_MAIL].filed_order = 48
    assert sent(one)[0] == NOTHING and planned(one) == NEVER
    one = profile({"review": 107})
    assert sent(one)[0] == NOTHING, "nothing was bought"


def test_it_needs_no_permission_but_goes_to_nobody_who_has_refused_our_mails():
    k = flow("review")
    for told, way in (({}, BY_EMAIL), ({"permission": 1}, BY_EMAIL), ({"refused": 1}, NO_WAY)):
        assert way_of_flow(firm(**PLAIN), profile(**told), 0, k) == way
    assert sent(received(bought(refused=1)))[0] == NOTHING


def test_it_waits_for_cases_and_keeps_to_the_weeks_cap_like_any_flow():
    for pauses, goes in ((0.0, True), (1.0, False)):
        one = received(bought(contacts=3, contact_week=15))
        assert (sent(one, pauses=pauses, contacts_week_cap=3)[0] >= 0) == goes
        one = received(bought(open_case=200))
        assert (sent(one, pauses=pauses)[0] >= 0) == goes
