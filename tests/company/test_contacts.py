"""Claims about whom the company writes to, when and with what."""

from __future__ import annotations

import pytest
from people import SEED, belief, file, firm, profile, shown

from sim.company import contacts
from sim.company.contacts import (
    NOTHING,
    clear_message,
    compose_flow,
    compose_newsletter,
    favour_category,
    flow_due,
    newsletter_goes_out,
    next_flow_day,
    note_opened,
    note_sent,
    plan_after_purchase,
    plan_reminder,
    plan_welcome,
)
from sim.company.knowledge import able, record_interest
from sim.core.events import BASKET_REMINDER, CROSS_SELL, NEWSLETTER, WELCOME, WIN_BACK
from sim.core.records import BY_MAIL, CELLS, NEVER

PLAIN = {
    "flows": 1.0,
    "pauses": 0.0,
    "personal_mail": 0.0,
    "by_style": 1.0,
    "open_needs": 0.0,
    "suppress_bought": 0.0,
    "coupon_share": 0.15,
    "winback_days": 120,
    "cross_sell_days": 10,
    "reminder_days": 1,
    "mail_gap_days": 2,
    "issue": 2,
    "unopened_before_rest": 6,
    "campaign_cell": 6,
}
DAY = {
    BASKET_REMINDER: "reminder_day",
    WELCOME: "welcome_day",
    CROSS_SELL: "cross_day",
    WIN_BACK: "winback_day",
}
OLD = {"discount": 0.5, "history_cell": 8, "history": 5, "basket_item": 6, "known": 1}


def company(**changes):
    return firm(**(PLAIN | changes))


def test_a_new_message_holds_nothing_of_the_last():
    message = shown(**OLD)
    clear_message(message, WELCOME)
    assert (message.kind, message.n, message.discount, message.known) == (WELCOME, 3, 0, 0)
    assert (message.history_cell, message.history, message.basket_item) == (-1, 0, -1)


# ---- flows -------------------------------------------------------------------------------------


def test_a_flow_is_due_on_its_day_and_the_more_urgent_first():
    for kind, name in DAY.items():
        assert flow_due(profile(**{name: 100}), 100) == kind
        assert flow_due(profile(**{name: 101}), 100) == NOTHING
    waiting = dict.fromkeys(DAY.values(), 90)
    for kind, name in DAY.items():
        assert flow_due(profile(**waiting), 100) == kind
        waiting[name] = NEVER
    assert flow_due(profile(), 100) == NOTHING


def test_the_next_flow_day_is_the_first_of_all():
    for name in DAY.values():
        others = dict.fromkeys(DAY.values(), 70)
        assert next_flow_day(profile(**(others | {name: 60}))) == 60
    assert next_flow_day(profile()) == NEVER


def composed(kind, day=100, mind=None, **given):
    """What becomes of the flow of a kind that is due: kind sent, message, profile."""
    about = {"permission": 1, DAY[kind]: 100, "basket_item": 9, "cross_cell": 6}
    names = set(profile().dtype.names)
    one = profile(**(about | {k: v for k, v in given.items() if k in names}))
    rules = company(**{k: v for k, v in given.items() if k not in names})
    message = shown(**OLD)
    sent = compose_flow(message, rules, file(one, mind), day, SEED, belief())
    return sent, message, one


@pytest.mark.parametrize("kind", DAY)
def test_a_flow_goes_out_once_to_who_takes_mail(kind):
    sent, message, one = composed(kind)
    assert sent == kind == message.kind
    assert flow_due(one, 100) == NOTHING, "its trigger is used up"
    assert composed(kind, permission=0)[0] == NOTHING
    assert flow_due(composed(kind, permission=0)[2], 100) == NOTHING
    assert composed(kind, flows=0.0)[0] == NOTHING


def test_nothing_due_is_nothing_sent():
    assert composed(WELCOME, welcome_day=101)[0] == NOTHING


def test_the_reminder_is_about_the_basket_alone():
    _, message, _ = composed(BASKET_REMINDER)
    assert (message.items[0], message.basket_item, message.n) == (9, 9, 1)
    assert composed(BASKET_REMINDER, basket_item=-1)[0] == NOTHING
    assert composed(BASKET_REMINDER, basket_item=0)[0] == BASKET_REMINDER, "item 0 is an item"


def test_the_cross_sell_is_about_the_complement_in_the_style_he_is_believed_to_like():
    liked = profile(cross_cell=6)
    for _ in range(3):
        record_interest(company(), liked, BY_MAIL, 8, 32, 1, 50)
    _, message, _ = composed(CROSS_SELL, mind=liked)
    assert list(message.items)[:3] == [8 * 4, 6 * 4, 7 * 4]
    _, message, _ = composed(WELCOME, mind=liked)
    assert list(message.items)[:3] == [8 * 4, 0, 4] and message.n == 3


def test_only_we_miss_you_brings_a_coupon_and_comes_again():
    for kind in DAY:
        _, message, one = composed(kind)
        assert message.discount == (pytest.approx(0.15) if kind == WIN_BACK else 0)
    assert one.winback_day == 220


def test_an_open_case_pauses_all_flows_but_the_welcome():
    for kind in DAY:
        assert composed(kind, pauses=1.0, open_case=101)[0] == (
            WELCOME if kind == WELCOME else NOTHING
        )
        assert composed(kind, pauses=1.0, open_case=100)[0] == kind, "the case is closed"
        assert composed(kind, pauses=0.0, open_case=101)[0] == kind, "nobody looks"


def test_favour_puts_a_category_ahead_of_any_belief():
    weights = belief(c0=900.0)
    favour_category(7, weights)
    assert [k for k in range(CELLS) if weights[k] > 900] == [6, 7, 8]
    assert weights[0] == 900 and weights[9] == 1


# ---- newsletters -------------------------------------------------------------------------------


def goes_out(**given):
    about = {"permission": 1, "last_mail_day": -99}
    names = set(profile().dtype.names)
    one = profile(**(about | {k: v for k, v in given.items() if k in names}))
    rules = company(**{k: v for k, v in given.items() if k not in names})
    return newsletter_goes_out(rules, one, 100, SEED)


def test_a_newsletter_goes_to_who_takes_mail():
    assert goes_out() and not goes_out(permission=0)


def test_contacts_are_paused_where_the_company_coordinates_them():
    assert goes_out(open_case=101) and goes_out(last_mail_day=100) and goes_out(unopened=9)
    paused = {"pauses": 1.0}
    assert goes_out(**paused)
    assert not goes_out(open_case=101, **paused) and goes_out(open_case=100, **paused)
    assert not goes_out(last_mail_day=99, **paused) and goes_out(last_mail_day=98, **paused)


def test_who_opens_nothing_gets_every_other_newsletter():
    def gets(unopened, issue):
        return goes_out(pauses=1.0, unopened=unopened, issue=issue)

    assert [gets(6, n) for n in (1, 2, 3, 4)] == [False, True, False, True]
    assert gets(5, 1)


def newsletter(one, **changes):
    message = shown(**OLD)
    compose_newsletter(message, company(**changes), file(one), 100, SEED, belief())
    return message


def test_the_campaign_goes_to_all_alike():
    message = newsletter(profile())
    assert message.kind == NEWSLETTER and message.n == 3
    assert list(message.items)[:3] == [24, 0, 4]


def test_a_personal_newsletter_begins_with_what_he_is_believed_to_like():
    liked = profile()
    record_interest(company(), liked, BY_MAIL, 16, 64, 1, 50)
    assert list(newsletter(liked, personal_mail=1.0).items)[:3] == [64, 0, 4]
    assert list(newsletter(liked).items)[:3] == [24, 0, 4], "mails are not personal"
    assert list(newsletter(profile(), personal_mail=1.0).items)[:3] == [24, 0, 4], "nothing known"


def test_a_share_of_profiles_is_written_to_personally():
    liked = profile()
    record_interest(company(), liked, BY_MAIL, 16, 64, 1, 50)
    for part in (0.1, 0.3, 0.5, 0.7, 0.9):
        personal = newsletter(liked, personal_mail=part).items[0] == 64
        assert personal == able(SEED, liked, contacts.PERSONAL, part)


# ---- the company's own record ------------------------------------------------------------------


def test_mails_sent_and_opened_are_noted():
    one = profile(unopened=2)
    note_sent(one, 100)
    assert (one.last_mail_day, one.unopened) == (100, 3)
    note_opened(one)
    assert one.unopened == 0


def test_a_recorded_purchase_plans_the_cross_sell_and_ends_the_reminder():
    one = profile(reminder_day=101, basket_item=9, winback_day=110)
    plan_after_purchase(company(next_category=[1, 2, -1, 0, 0, 0]), one, 5, 100)
    assert (one.cross_day, one.cross_cell, one.winback_day) == (110, 6, 220)
    assert (one.reminder_day, one.basket_item) == (NEVER, -1)


def test_a_category_without_a_complement_plans_no_cross_sell_and_category_0_is_one():
    one = profile()
    plan_after_purchase(company(next_category=[1, 2, -1, 0, 0, 0]), one, 8, 100)
    assert (one.cross_day, one.winback_day) == (NEVER, 220)
    plan_after_purchase(company(next_category=[1, 2, -1, 0, 0, 0]), one, 9, 100)
    assert (one.cross_day, one.cross_cell) == (110, 0)


def test_a_basket_left_behind_is_reminded_of_only_under_a_name():
    named, device = profile(), profile()
    plan_reminder(company(), named, 9, 1, 100)
    plan_reminder(company(), device, 9, 0, 100)
    for one, person, due in ((named, 1, 101), (device, 0, NEVER)):
        assert (one.basket_item, one.basket_day, one.basket_person) == (9, 100, person)
        assert one.reminder_day == due


def test_a_new_permission_is_welcomed_tomorrow():
    one = profile(unopened=4)
    plan_welcome(one, 100)
    assert (one.permission, one.welcome_day, one.unopened) == (1, 101, 0)
