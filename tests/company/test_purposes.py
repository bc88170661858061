"""Claims about consent by purpose: what somebody's data may be used for, and what goes on without.

Each claim holds what is shown to somebody who objects against what is shown to the same person
without an objection.
"""

from __future__ import annotations

import pytest
from people import SEED, belief, file, firm, flow, profile, shown

from sim.company import consent
from sim.company.analysis import believe
from sim.company.automation import NOTHING, compose_flow
from sim.company.consent import asks_by_purpose, may_profile, note_objection
from sim.company.contacts import compose_greeting, compose_newsletter, newsletter_goes_out
from sim.company.knowledge import file_order, record_interest, record_purchase
from sim.company.media import PROSPECTING, RETARGETING, choose_ad, likely_cell, retarget_item
from sim.company.reading import favourite
from sim.company.service import on_screen
from sim.company.shopfront import fill_advice, fill_front
from sim.core.draws import uniform
from sim.core.events import ABOUT_ORDER, ABOUT_PRODUCT, CALLS
from sim.core.records import BY_CLUB, BY_MAIL, BY_PHONE, CELLS, SILOS

DAY = 100
ALL = {"linked": sum(1 << s for s in range(SILOS)), "device_seen": 3, "has_phone": 1 << BY_MAIL}
PLAIN = {
    "by_style": 1.0,
    "open_needs": 1.0,
    "suppress_bought": 0.0,
    "pauses": 0.0,
    "share_data": 1.0,
    "share_delay_days": 0.0,
    "personal_mail": 1.0,
    "personal_mail_tiles": 3,
    "own_channel": 1.0,
    "personal_tiles": 4,
    "hand_over": 1.0,
    "flows": 1.0,
    "greets_in_app": 1.0,
    "holdout": 0.0,
    "retargeting": 1.0,
    "prospecting": 1.0,
    "platform_accuracy": 0.6,
    "ads_week_cap": 9,
    "identify_by_phone": 1.0,
    "record_service": 1.0,
    "campaign_cell": 6,
}
PUBLIC = [6, 0, 1]  # the campaign and the two best sellers of all


def company(**changes):
    return firm(**(PLAIN | changes))


def known(objects=0, **about):
    """Somebody who looked at cell 16 in every record, and bought of cell 13 under his address."""
    one = profile(**(ALL | {"objects": objects, "permission": 1, "greeted_day": -99} | about))
    for s in range(SILOS):
        record_interest(company(), one, s, 16, 64, 2, DAY - 2)
    record_purchase(company(), one, BY_MAIL, 13, 52, DAY - 40)
    file_order(one, BY_MAIL, 44)
    return one


def cells(message, n=3):
    return [item // 4 for item in list(message.items)[:n]]


# ---- asked and objected ------------------------------------------------------------------------


def test_consent_is_asked_by_purpose_of_a_share_of_profiles_and_always_of_the_same():
    u = uniform(SEED, 3, consent.BY_PURPOSE, 0, 0)
    for share, asked in ((u + 1e-9, True), (u - 1e-9, False)):
        assert asks_by_purpose(firm(consent_by_purpose=share), profile(), SEED) == asked


def test_who_objects_may_not_be_profiled_and_everybody_else_may():
    one = profile()
    assert may_profile(one)
    for _ in range(2):
        note_objection(one)
        assert one.objects == 1 and not may_profile(one)


# ---- what stops --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "mode", [{}, {"by_style": 0.0, "by_category": 1.0}, {"by_style": 0.0, "by_category": 0.0}]
)
@pytest.mark.parametrize("home", range(SILOS))
def test_nothing_is_believed_of_who_objects_but_what_sells(mode, home):
    sells = [k / 276 for k in range(CELLS)]
    rules = company(popularity=sells, last_receipt=1.0, prior_weight=276.0, **mode)
    weights = belief()
    assert believe(rules, file(known()), home, DAY, SEED, weights)
    assert list(weights) != pytest.approx(list(range(CELLS)))
    assert not believe(rules, file(known(objects=1)), home, DAY, SEED, weights)
    assert list(weights) == pytest.approx(list(range(CELLS)))


def newsletter(one, mind=None):
    message = shown()
    compose_newsletter(message, company(), file(one, mind), 0, DAY, SEED, belief())
    return cells(message)


def test_who_objects_gets_the_newsletter_that_all_get():
    assert newsletter(known())[0] == 16
    assert newsletter(known(objects=1)) == PUBLIC
    assert newsletter_goes_out(company(issue=2), known(objects=1), 0, DAY, SEED)


def test_the_objection_is_his_own_whosever_facts_are_used():
    assert newsletter(profile(**ALL), mind=known(objects=1))[0] == 16
    assert newsletter(profile(objects=1, **ALL), mind=known()) == PUBLIC


def test_flows_of_who_objects_go_out_with_what_sells():
    for objects, first in ((0, 16), (1, 0)):
        one = known(objects)
        one.addresses[0].flow_day[flow("welcome")] = DAY
        message = shown()
        sent = compose_flow(message, company(), file(one), 0, DAY, SEED, belief())
        assert sent != NOTHING and cells(message)[0] == first


def test_the_shops_front_of_who_objects_is_everybodys_and_his_last_looks_are_his():
    for objects, first in ((0, 16), (1, 0)):
        screen = shown()
        fill_front(screen, company(), file(known(objects)), BY_MAIL, DAY, SEED, belief())
        assert cells(screen)[0] == first
        assert (screen.known, screen.history_item) == (1, 64), "what he did there is not a guess"


def test_staff_have_no_advice_for_who_objects_and_see_what_he_looked_at():
    for objects, tiles in ((0, 3), (1, 0)):
        screen = shown()
        fill_advice(screen, company(), file(known(objects)), DAY, SEED, belief())
        assert (screen.n, screen.history_item) == (tiles, 64)


def test_the_app_greets_nobody_who_objects():
    for objects in (0, 1):
        one = known(objects)
        greets = compose_greeting(shown(), company(), file(one), DAY, SEED, belief())
        assert greets == (objects == 0)


def test_no_ad_follows_who_objects_and_the_platform_guesses_by_what_sells():
    sells = [0.0] * 9 + [1.0] + [0.0] * 14
    rules = company(popularity=sells)
    for objects, item, cell, kind in ((0, 64, 16, RETARGETING), (1, -1, 9, PROSPECTING)):
        one = known(objects)
        assert retarget_item(rules, file(one), BY_PHONE, DAY, SEED) == item
        assert likely_cell(rules, file(one), 0, BY_PHONE, 0.1) == cell
        message = shown()
        assert choose_ad(message, rules, file(one), 0, BY_PHONE, 0.1, DAY, SEED) == kind
        assert cells(message, 1) == [16 if objects == 0 else 9]


def test_of_who_objects_no_favourite_is_read():
    favourites = [
        favourite(company(), file(known(objects)), DAY, SEED, belief()) for objects in (0, 1)
    ]
    assert favourites == [5, -1]


# ---- what goes on ------------------------------------------------------------------------------


def test_service_sees_the_order_and_the_visit_of_who_objects():
    one = known(objects=1)
    assert on_screen(company(), file(one), CALLS, 1 << BY_MAIL, ABOUT_ORDER, 44, -1, -1, DAY, SEED)
    assert on_screen(company(), file(one), CALLS, 1 << BY_MAIL, ABOUT_PRODUCT, 1, 5, -1, DAY, SEED)


def test_sales_looks_and_receipts_of_who_objects_are_recorded():
    one = known(objects=1)
    record_purchase(company(), one, BY_CLUB, 4, 16, DAY)
    assert one.silos[BY_CLUB].live.buy_cell == 4 and one.silos[BY_MAIL].filed_order == 44
    assert one.silos[BY_PHONE].live.view_cell == 16
