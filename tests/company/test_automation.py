"""Claims about automation flows: the four that there are by default, and flows of any kind."""

from __future__ import annotations

import pytest
from people import SEED, baskets_of, belief, file, firm, flow, own, profile, settings, shown

from sim.company.automation import (
    BACK,
    BASKET_LEFT,
    BIRTHDAY,
    LOOKED,
    NOTHING,
    PURCHASE,
    RECEIVED,
    RETURNED,
    REVIEWED,
    SILENCE,
    SUBSCRIBED,
    THE_BEST,
    THE_COMPLEMENT,
    compose_flow,
    drop_flows,
    empty_basket,
    favour_category,
    flow_due,
    note_basket,
    note_birthday,
    note_permission,
    note_purchase,
    pass_over,
    plan_flows,
)
from sim.company.knowledge import record_interest
from sim.core.records import (
    ADDRESS,
    BY_APP,
    BY_EMAIL,
    BY_MAIL,
    BY_OTHER_MAIL,
    BY_TEXT,
    CELLS,
    FLOWS,
    NEVER,
    OTHER_ADDRESS,
    PROFILE,
)
from sim.settings.base import luck_code
from sim.settings.flows import CODES, CONTENTS, TRIGGERS, WAYS, Flow, flow_table
from sim.world.tally import SLOTS

PLAIN = {
    "flows": 1.0,
    "pauses": 0.0,
    "by_style": 1.0,
    "open_needs": 0.0,
    "suppress_bought": 0.0,
    "coupon_share": 0.15,
    "next_category": [1, 2, -1, 0, 0, 0, -1, -1],
}
URGENT_FIRST = ("basket", "welcome", "after_purchase", "win_back")
OLD = {"discount": 0.5, "history_cell": 8, "history_item": 5, "basket_item": 6, "known": 1}
FIELDS = {*PROFILE.names, *ADDRESS.names, "baskets"}


def company(**changes):
    """A company with the default flows."""
    return firm(**(PLAIN | changes))


def with_flows(**flows):
    """A company with these flows and no others."""
    made = {
        name: Flow(**({"title": name, "priority": 10 * k + 10} | told))
        for k, (name, told) in enumerate(flows.items())
    }
    return firm(**(PLAIN | flow_table(made)))


# ---- the four by default -----------------------------------------------------------------------


def test_the_default_flows():
    others = {"birthday", "care", "better", "back_in_stock", "review"}
    assert set(settings().company.flows) == set(URGENT_FIRST) | others


def test_a_new_permission_is_welcomed_tomorrow():
    one = profile(unopened=4)
    note_permission(company(), one, 0, 100)
    assert (own(one).permission, own(one).unopened, own(one).heard_day) == (1, 0, 100)
    assert own(one).flow_day[flow("welcome")] == own(one).next_flow_day == 101
    assert flow_due(company(), own(one), 101) == flow("welcome")


def test_a_basket_left_behind_is_reminded_of_tomorrow_and_only_under_a_name():
    named, device = profile(), profile()
    note_basket(company(), named, 9, 2, 100)
    note_basket(company(), device, 9, 1, 100)
    for one, record, due in ((named, 2, 101), (device, 1, NEVER)):
        assert baskets_of(one) == {record: 9} and one.silos[record].basket_day == 100
        assert own(one).flow_day[flow("basket")] == own(one).next_flow_day == due


def test_a_recorded_purchase_plans_the_cross_sell_and_the_win_back_and_ends_the_reminder():
    one = profile({"basket": 101, "win_back": 110}, baskets={BY_MAIL: (9, 99)})
    note_purchase(company(), one, 0, 5, 100)
    days = [own(one).flow_day[flow(name)] for name in URGENT_FIRST]
    assert days == [NEVER, NEVER, 114, 280] and own(one).next_flow_day == 114
    assert (own(one).complement_cell, baskets_of(one), own(one).heard_day) == (6, {}, 100)


def test_a_category_without_a_complement_plans_no_cross_sell_and_category_0_is_one():
    one = profile()
    note_purchase(company(), one, 0, 8, 100)
    assert own(one).flow_day[flow("after_purchase")] == NEVER and own(one).complement_cell == -1
    assert own(one).flow_day[flow("win_back")] == 280
    note_purchase(company(), one, 0, 9, 100)
    assert (own(one).flow_day[flow("after_purchase")], own(one).complement_cell) == (114, 0)


def test_a_purchase_under_the_other_address_plans_its_mails_there_and_leaves_the_accounts_basket():
    one = profile({"basket": 101}, baskets={BY_MAIL: (9, 99)})
    note_purchase(company(), one, OTHER_ADDRESS, 5, 100)
    other = one.addresses[OTHER_ADDRESS]
    assert [other.flow_day[flow(name)] for name in URGENT_FIRST] == [NEVER, NEVER, 114, 280]
    assert (other.next_flow_day, other.complement_cell, other.heard_day) == (114, 6, 100)
    assert baskets_of(one) == {BY_MAIL: 9}
    assert [own(one).flow_day[flow(name)] for name in URGENT_FIRST] == [101, NEVER, NEVER, NEVER]
    assert (own(one).next_flow_day, own(one).complement_cell, own(one).heard_day) == (101, -1, 0)


def test_a_basket_under_the_other_address_is_reminded_of_there():
    one = profile()
    note_basket(company(), one, 9, BY_OTHER_MAIL, 100)
    assert baskets_of(one) == {BY_OTHER_MAIL: 9}
    assert one.addresses[OTHER_ADDRESS].next_flow_day == 101 and own(one).next_flow_day == NEVER


@pytest.mark.parametrize(("bought_at", "left"), [(0, {0: 3, 4: 5}), (1, {0: 3, 2: 9})])
def test_a_purchase_empties_the_basket_of_its_address_alone(bought_at, left):
    baskets = {0: (3, 90), BY_MAIL: (9, 91), BY_OTHER_MAIL: (5, 92)}
    one = profile(baskets=baskets, linked=1)
    note_purchase(company(), one, bought_at, 5, 100)
    assert baskets_of(one) == left


def test_a_basket_is_emptied_by_the_record_it_was_seen_under():
    for s in (0, 1, BY_MAIL):
        one = profile(baskets={1: (9, 90)})
        empty_basket(one, s)
        assert baskets_of(one) == ({} if s == 1 else {1: 9})


def test_a_mail_is_about_a_basket_of_its_address_and_never_about_a_strange_devices():
    one = profile(permission=1)
    note_basket(company(), one, 9, BY_MAIL, 100)
    note_basket(company(), one, 33, 0, 100)
    message = shown()
    compose_flow(message, company(), file(one), 0, 101, SEED, belief())
    assert message.items[0] == 9


def test_a_permission_given_at_the_other_address_is_welcomed_there():
    one = profile(unopened=4, other={"unopened": 5})
    note_permission(company(), one, OTHER_ADDRESS, 100)
    other = one.addresses[OTHER_ADDRESS]
    assert (other.permission, other.unopened, other.heard_day) == (1, 0, 100)
    assert other.flow_day[flow("welcome")] == other.next_flow_day == 101 and one.written_to == 1
    assert (own(one).permission, own(one).unopened, own(one).heard_day) == (0, 4, 0)
    assert own(one).next_flow_day == NEVER


def test_a_flow_is_due_on_its_day_and_the_more_urgent_first():
    for name in URGENT_FIRST:
        assert flow_due(company(), own(profile({name: 100})), 100) == flow(name)
        assert flow_due(company(), own(profile({name: 101})), 100) == NOTHING
    waiting = dict.fromkeys(URGENT_FIRST, 90)
    for name in URGENT_FIRST:
        assert flow_due(company(), own(profile(waiting)), 100) == flow(name)
        del waiting[name]
    assert flow_due(company(), own(profile()), 100) == NOTHING


def composed(name, due=100, mind=None, **given):
    """What becomes of the flow of a name that is due: the flow sent, message, profile."""
    about = {"permission": 1, "baskets": {BY_MAIL: (9, 99)}, "complement_cell": 6}
    one = profile({name: due}, **(about | {k: v for k, v in given.items() if k in FIELDS}))
    rules = company(**{k: v for k, v in given.items() if k not in FIELDS})
    message = shown(**OLD)
    sent = compose_flow(message, rules, file(one, mind), 0, 100, SEED, belief())
    return sent, message, one


@pytest.mark.parametrize("name", URGENT_FIRST)
def test_a_flow_goes_out_once_to_who_takes_mail(name):
    sent, message, one = composed(name)
    assert sent == flow(name) == message.kind - 1
    assert flow_due(company(), own(one), 100) == NOTHING, "its trigger is used up"
    assert composed(name, permission=0)[0] == NOTHING
    assert flow_due(company(), own(composed(name, permission=0)[2]), 100) == NOTHING
    assert composed(name, flows=0.0)[0] == NOTHING


def sent_elsewhere(name, mind=None, **about):
    """What becomes of a flow that is due at the other address; message, profile."""
    days = [100 if k == flow(name) else NEVER for k in range(FLOWS)]
    other = {"permission": 1, "flow_day": days, "next_flow_day": 100, "complement_cell": 6}
    one = profile(other=other | about, permission=0)
    message = shown(**OLD)
    sent = compose_flow(message, company(), file(one, mind), OTHER_ADDRESS, 100, SEED, belief())
    return sent, message, one


def test_a_flow_of_the_other_address_goes_there_and_is_used_up_there():
    for name in URGENT_FIRST[1:]:
        sent, message, one = sent_elsewhere(name)
        assert sent == flow(name) == message.kind - 1
        again = 280 if name == "win_back" else NEVER
        assert one.addresses[OTHER_ADDRESS].next_flow_day == again
        assert own(one).next_flow_day == NEVER
        assert sent_elsewhere(name, permission=0)[0] == NOTHING
    one = profile({"welcome": 100}, permission=1, other={"permission": 1})
    assert compose_flow(shown(), company(), file(one), 1, 100, SEED, belief()) == NOTHING
    assert own(one).next_flow_day == 100, "what is due at one address is not due at the other"


def test_a_mail_to_the_other_address_is_about_what_was_bought_and_seen_under_it():
    elsewhere = {"flow_day": [NEVER] * FLOWS, "next_flow_day": NEVER, "complement_cell": 6}
    liked = profile(complement_cell=0, other=elsewhere)
    for _ in range(3):
        record_interest(company(), liked, BY_OTHER_MAIL, 8, 32, 1, 50)
        record_interest(company(), liked, BY_MAIL, 13, 52, 1, 50)
    _, message, _ = sent_elsewhere("after_purchase", mind=liked)
    assert list(message.items)[:3] == [8 * 4, 6 * 4, 7 * 4]
    _, message, _ = sent_elsewhere("welcome", mind=liked)
    assert list(message.items)[:3] == [8 * 4, 0, 4]


def test_nothing_due_is_nothing_sent():
    assert composed("welcome", due=101)[0] == NOTHING


def test_of_two_due_on_a_day_one_goes_out_and_the_other_waits():
    one = profile({"welcome": 100, "after_purchase": 100}, permission=1)
    sent = [
        compose_flow(shown(), company(), file(one), 0, day, SEED, belief())
        for day in (100, 101, 102)
    ]
    assert sent == [flow("welcome"), flow("after_purchase"), NOTHING]


def test_the_reminder_is_about_the_basket_alone():
    _, message, _ = composed("basket")
    assert (message.items[0], message.basket_item, message.n) == (9, 9, 1)
    assert composed("basket", baskets={})[0] == NOTHING
    assert composed("basket", baskets={BY_MAIL: (0, 99)})[0] == flow("basket"), "item 0 is an item"


def test_the_cross_sell_is_about_the_complement_in_the_style_he_is_believed_to_like():
    liked = profile(complement_cell=6)
    for _ in range(3):
        record_interest(company(), liked, BY_MAIL, 8, 32, 1, 50)
    _, message, _ = composed("after_purchase", mind=liked)
    assert list(message.items)[:3] == [8 * 4, 6 * 4, 7 * 4]
    _, message, _ = composed("welcome", mind=liked)
    assert list(message.items)[:3] == [8 * 4, 0, 4] and message.n == 3


def test_only_we_miss_you_brings_a_coupon_and_comes_again():
    for name in URGENT_FIRST:
        _, message, one = composed(name)
        assert message.discount == (pytest.approx(0.15) if name == "win_back" else 0)
        again = 280 if name == "win_back" else NEVER
        assert own(one).flow_day[flow(name)] == own(one).next_flow_day == again


def test_an_open_case_pauses_all_flows_but_the_welcome():
    for name in URGENT_FIRST:
        paused = composed(name, pauses=1.0, open_case=101)[0]
        assert paused == (flow(name) if name == "welcome" else NOTHING)
        assert composed(name, pauses=1.0, open_case=100)[0] == flow(name), "the case is closed"
        assert composed(name, pauses=0.0, open_case=101)[0] == flow(name), "nobody looks"


def test_what_goes_with_a_purchase_may_be_the_very_first_cell():
    liked = profile(complement_cell=0)
    for _ in range(3):
        record_interest(company(), liked, BY_MAIL, 8, 32, 1, 50)
    _, message, _ = composed("after_purchase", mind=liked)
    assert list(message.items) == [0, 4, 8, -1, -1, -1] and message.n == 3


def test_favour_puts_a_category_ahead_of_any_belief():
    weights = belief(c0=900.0)
    favour_category(7, weights)
    assert [k for k in range(CELLS) if weights[k] > 900] == [6, 7, 8]
    assert weights[0] == 900 and weights[9] == 1


def test_a_permission_and_a_basket_name_nothing_that_goes_with_them():
    for trigger, note in (
        (SUBSCRIBED, lambda rules, told: note_permission(rules, told, 0, 100)),
        (BASKET_LEFT, lambda rules, told: note_basket(rules, told, 9, 2, 100)),
    ):
        told = profile()
        note(firm(n_flows=1, flow_trigger=[trigger], flow_content=[THE_COMPLEMENT]), told)
        assert own(told).next_flow_day == NEVER
        note(firm(n_flows=1, flow_trigger=[trigger], flow_content=[THE_BEST]), told)
        assert own(told).next_flow_day < NEVER


# ---- flows of any kind -------------------------------------------------------------------------


def test_the_codes_of_the_rules_are_the_places_in_the_settings():
    codes = {
        "subscribed": SUBSCRIBED,
        "basket_left": BASKET_LEFT,
        "purchase": PURCHASE,
        "silence": SILENCE,
        "birthday": BIRTHDAY,
        "looked": LOOKED,
        "back": BACK,
        "received": RECEIVED,
        "reviewed": REVIEWED,
        "returned": RETURNED,
    }
    assert codes == {name: k for k, name in enumerate(TRIGGERS)}
    assert CONTENTS == ("basket", "complement", "best", "care", "better", "back", "review")
    assert WAYS == ("e-mail", "text", "app") and (BY_EMAIL, BY_TEXT, BY_APP) == (0, 1, 2)


@pytest.mark.parametrize("trigger", ["subscribed", "basket_left", "purchase"])
def test_a_flow_is_set_off_by_its_trigger_alone_and_stopped_by_what_stops_it(trigger):
    rules = with_flows(one={"trigger": trigger, "delay_days": 5, "stops_at": ["basket_left"]})
    for recorded in (SUBSCRIBED, BASKET_LEFT, PURCHASE):
        told = profile({"welcome": 90})
        plan_flows(rules, own(told), recorded, -1, 100)
        otherwise = NEVER if recorded == BASKET_LEFT else 90
        wanted = 105 if TRIGGERS[recorded] == trigger else otherwise
        assert own(told).flow_day[0] == own(told).next_flow_day == wanted


def test_silence_is_counted_from_the_last_recorded_purchase():
    rules = with_flows(quiet={"trigger": "silence", "delay_days": 60})
    told = profile()
    plan_flows(rules, own(told), SUBSCRIBED, -1, 100)
    assert own(told).next_flow_day == NEVER
    for day in (100, 130):
        plan_flows(rules, own(told), PURCHASE, -1, day)
        assert own(told).next_flow_day == day + 60


def test_a_flow_that_repeats_comes_again_until_it_is_stopped():
    again = {"trigger": "basket_left", "delay_days": 3, "repeat": True, "stops_at": ["purchase"]}
    rules, told = with_flows(again=again), profile(permission=1)
    note_basket(rules, told, 9, 2, 100)
    sent = []
    for day in range(100, 110):
        if compose_flow(shown(), rules, file(told), 0, day, SEED, belief()) != NOTHING:
            sent.append(day)
    assert sent == [103, 106, 109]
    note_purchase(rules, told, 0, 5, 110)
    assert own(told).next_flow_day == NEVER


def test_a_flow_that_repeats_without_a_delay_comes_every_day_and_no_more_often():
    rules = with_flows(again={"trigger": "basket_left", "delay_days": 0, "repeat": True})
    told = profile(permission=1)
    note_basket(rules, told, 9, 2, 100)
    for day in (100, 101, 102):
        assert compose_flow(shown(), rules, file(told), 0, day, SEED, belief()) == 0
        assert own(told).next_flow_day == day + 1


def test_a_birthday_comes_every_year_and_waits_for_nobody_who_has_not_told_it():
    rules = with_flows(birthday={"trigger": "birthday", "delay_days": 0, "repeat": True})
    told = profile(permission=1)
    for recorded in (SUBSCRIBED, BASKET_LEFT, PURCHASE):
        plan_flows(rules, own(told), recorded, 0, 100)
    assert own(told).next_flow_day == NEVER
    note_birthday(rules, told, 120, 100)
    assert (told.birthday, own(told).next_flow_day) == (120, 120)
    assert told.addresses[OTHER_ADDRESS].next_flow_day == NEVER, "once a year is enough"
    assert compose_flow(shown(), rules, file(told), 0, 123, SEED, belief()) == 0
    assert own(told).next_flow_day == 120 + 365, "late by some days, next year on the day"


@pytest.mark.parametrize(
    ("birthday", "delay", "due"), [(100, 0, 465), (101, 0, 101), (99, 3, 102), (0, 0, 365)]
)
def test_the_next_birthday_is_after_today(birthday, delay, due):
    rules = with_flows(birthday={"trigger": "birthday", "delay_days": delay})
    told = profile()
    note_birthday(rules, told, birthday, 100)
    assert own(told).next_flow_day == due


def test_what_would_have_been_sent_in_the_past_is_passed_over():
    told = profile({"after_purchase": 40, "win_back": 10, "basket": 101, "welcome": 100})
    pass_over(company(), told, 0, 100)
    names = ("after_purchase", "win_back", "basket", "welcome")
    assert [own(told).flow_day[flow(name)] for name in names] == [NEVER, 190, 101, NEVER]
    assert own(told).next_flow_day == 101


def test_what_was_missed_at_one_address_is_passed_over_there_alone():
    days = [40 if k == flow("after_purchase") else NEVER for k in range(FLOWS)]
    told = profile({"after_purchase": 40}, other={"flow_day": days, "next_flow_day": 40})
    pass_over(company(), told, OTHER_ADDRESS, 100)
    assert [address.next_flow_day for address in told.addresses] == [40, NEVER]


def test_who_leaves_has_no_flow():
    told = profile({"welcome": 101, "win_back": 200})
    drop_flows(own(told))
    assert list(own(told).flow_day) == [NEVER] * FLOWS and own(told).next_flow_day == NEVER


def test_any_number_of_flows_up_to_the_places_fits_and_one_more_is_refused():
    names = [name for name in map(str, range(400)) if name]
    distinct = list({luck_code(name): name for name in names}.values())
    flows = {
        name: Flow(title=name, trigger="purchase", priority=k + 1)
        for k, name in enumerate(distinct[: FLOWS + 1])
    }
    with pytest.raises(ValueError, match=f"at most {FLOWS}"):
        flow_table(flows)
    del flows[distinct[0]]
    told = profile()
    rules = firm(**(PLAIN | flow_table(flows)))
    plan_flows(rules, own(told), PURCHASE, -1, 100)
    assert list(own(told).flow_day) == [101] * FLOWS
    assert flow_due(rules, own(told), 101) == 0
    assert FLOWS + 1 < SLOTS - 1, "each kind of mail is counted in a slot of its own"


def test_the_names_of_the_default_flows_have_numbers_of_their_own():
    assert len({luck_code(name) for name in URGENT_FIRST}) == 4
    assert all(0 <= luck_code(name) < CODES for name in map(str, range(999)))
