"""Claims about when the company keeps quiet: one decision for mail, app, ads and shop front."""

from __future__ import annotations

import numpy as np
import pytest
from people import SEED, belief, file, firm, flow, own, profile, settings, shown

from sim.company import silence
from sim.company.automation import NOTHING, compose_flow, flow_goes_out
from sim.company.contacts import (
    GREETS,
    compose_greeting,
    compose_newsletter,
    newsletter_goes_out,
    note_sent,
)
from sim.company.knowledge import SUPPRESSES, record_interest, record_purchase, record_return
from sim.company.media import NO_AD, PROSPECTING, RETARGETING, choose_ad, count_ad
from sim.company.shopfront import fill_front
from sim.company.silence import (
    close_gaps,
    contacts_this_week,
    coordinates,
    count_contact,
    keeps_quiet,
    leave_out_what_he_owns,
    owns_it,
    put_tile,
    suppresses,
)
from sim.core.draws import uniform
from sim.core.events import GREETING
from sim.core.records import (
    ACTS,
    BY_CLUB,
    BY_COMPUTER,
    BY_MAIL,
    BY_OTHER_MAIL,
    BY_PHONE,
    CELLS,
    COUNTED,
    OTHER_ADDRESS,
    OWN_ADDRESS,
    SILOS,
    TILES,
    UNKNOWN,
)

DAY = 100
WEEK = DAY // 7
QUIET = {"contacts": 3, "contact_week": WEEK}  # as often as the cap allows
PLAIN = {
    "pauses": 1.0,
    "suppress_bought": 1.0,
    "suppress_days": 30,
    "contacts_week_cap": 3,
    "share_data": 1.0,
    "share_delay_days": 0.0,
    "purchase_pixel": 0,
    "by_style": 1.0,
    "open_needs": 0.0,
    "personal_mail": 1.0,
    "personal_mail_tiles": 2,
    "own_channel": 1.0,
    "personal_tiles": 4,
    "flows": 1.0,
    "greets_in_app": 1.0,
    "greeting_gap_days": 14,
    "mail_gap_days": 0,
    "issue": 2,
    "campaign_cell": 6,
    "holdout": 0.0,
    "prospecting": 1.0,
    "retargeting": 1.0,
    "retarget_days": 20,
    "ads_week_cap": 200,
    "platform_accuracy": 0.0,
}
LINKED = {"linked": sum(1 << s for s in range(SILOS)), "device_seen": 3}
FRONT = np.array([0, 3, 6, 9, 12, 15])  # best sellers of six categories


def company(**changes):
    """A company that coordinates and suppresses, with a best seller of each category in front."""
    return firm(**({"front_cell": FRONT} | PLAIN | changes))


def owner(*cells, s=BY_MAIL, day=DAY - 10, **about):
    """Somebody all of whose records are linked, who bought of these cells; each in a record."""
    one = profile(**(LINKED | about))
    for place, cell in enumerate(cells):
        record_purchase(company(), one, (s, BY_CLUB, BY_OTHER_MAIL)[place], cell, 0, day)
    return one


# ---- how often he has been contacted -----------------------------------------------------------


def test_contacts_are_counted_by_the_week():
    one = profile()
    for day, count in ((98, 1), (98, 2), (104, 3), (105, 1), (111, 2), (119, 1)):
        count_contact(one, 0, day)
        assert (own(one).contacts, own(one).contact_week) == (count, day // 7)
        assert contacts_this_week(one, 0, day) == count
    assert contacts_this_week(one, 0, 118) == 0 == contacts_this_week(one, 0, 126), "another week"


def test_a_count_of_contacts_stops_at_its_end():
    one = profile(contacts=COUNTED - 1, contact_week=WEEK)
    for _ in range(3):
        count_contact(one, 0, DAY)
        assert own(one).contacts == COUNTED


def test_a_mail_an_ad_on_a_linked_device_and_a_message_each_count_once():
    one = profile(**LINKED)
    note_sent(company(), one, OWN_ADDRESS, DAY)
    note_sent(company(), one, OTHER_ADDRESS, DAY)
    assert [contacts_this_week(one, a, DAY) for a in (0, 1)] == [1, 1], "two people, to the books"
    for device in (BY_COMPUTER, BY_PHONE):
        count_ad(one, 0, device, DAY)
    assert contacts_this_week(one, 0, DAY) == 3
    count_contact(one, 0, DAY)
    assert [contacts_this_week(one, a, DAY) for a in (0, 1)] == [4, 1]


def test_a_case_of_his_keeps_his_own_address_quiet_and_not_a_strangers():
    one = profile(open_case=DAY + 1, other={"permission": 1})
    assert keeps_quiet(company(), one, OWN_ADDRESS, DAY, SEED)
    assert not keeps_quiet(company(), one, OTHER_ADDRESS, DAY, SEED)


def test_an_ad_on_a_device_that_is_not_his_as_far_as_known_is_no_contact_with_him():
    for about in ({"device_seen": 2}, {"linked": 2}, {"device_seen": 2, "linked": 1}):
        one = profile(**about)
        count_ad(one, 0, BY_PHONE, DAY)
        assert contacts_this_week(one, 0, DAY) == 0


# ---- keeping quiet -----------------------------------------------------------------------------


def quiet(day=DAY, about=None, **changes):
    return keeps_quiet(company(**changes), profile(**(about or {})), 0, day, SEED)


def test_channels_are_coordinated_for_a_share_of_profiles_and_always_the_same_ones():
    u = uniform(SEED, 3, silence.PAUSES, 0, 0)
    for share, does in ((u + 1e-9, True), (u - 1e-9, False)):
        assert coordinates(company(pauses=share), profile(), SEED) == does
        assert quiet(about=QUIET, pauses=share) == does
        assert quiet(about={"open_case": DAY + 1}, pauses=share) == does


def test_it_is_quiet_while_a_case_is_open_and_no_longer():
    assert quiet(about={"open_case": DAY + 1}) and not quiet(about={"open_case": DAY})
    assert not quiet()


@pytest.mark.parametrize("cap", [1, 3, 7])
def test_it_is_quiet_from_the_contact_on_that_fills_the_week(cap):
    counted = [
        quiet(about={"contacts": n, "contact_week": WEEK}, contacts_week_cap=cap)
        for n in range(cap + 2)
    ]
    assert counted == [False] * cap + [True, True]
    full = {"contacts": cap, "contact_week": WEEK}
    assert not quiet(day=DAY + 7, about=full, contacts_week_cap=cap)
    assert not quiet(day=DAY - 7, about=full, contacts_week_cap=cap)


def test_the_cap_is_over_all_channels_together():
    one = profile(**LINKED, permission=1)
    assert newsletter_goes_out(company(), one, 0, DAY, SEED)
    note_sent(company(), one, OWN_ADDRESS, DAY)
    count_ad(one, 0, BY_PHONE, DAY)
    assert not keeps_quiet(company(), one, 0, DAY, SEED)
    count_contact(one, 0, DAY)
    assert keeps_quiet(company(), one, 0, DAY, SEED)
    assert not newsletter_goes_out(company(), one, 0, DAY, SEED)
    assert newsletter_goes_out(company(), one, 0, DAY + 7, SEED)


BUSY = ({"open_case": DAY + 1}, QUIET)


@pytest.mark.parametrize("busy", BUSY)
def test_a_newsletter_waits_for_no_channel_where_nobody_coordinates(busy):
    for pauses, sent in ((1.0, False), (0.0, True)):
        one = profile(permission=1, **busy)
        assert newsletter_goes_out(company(pauses=pauses), one, 0, DAY, SEED) == sent


@pytest.mark.parametrize("name", ["basket", "welcome", "after_purchase", "win_back"])
def test_a_flow_is_held_back_by_a_full_week(name):
    k = flow(name)
    for pauses, sent in ((1.0, False), (0.0, True)):
        one = profile(permission=1, **QUIET)
        assert flow_goes_out(company(pauses=pauses), one, 0, k, DAY, SEED) == sent
    below = profile(permission=1, contacts=2, contact_week=WEEK)
    assert flow_goes_out(company(), below, 0, k, DAY, SEED)


def test_a_flow_that_belongs_to_the_case_goes_out_in_it():
    during = [entry.during_case for entry in settings().company.flows.values()]
    assert any(during) and not all(during)
    for k, belongs in enumerate(during):
        one = profile(permission=1, open_case=DAY + 1)
        assert flow_goes_out(company(), one, 0, k, DAY, SEED) == belongs


def ad(one, device=BY_PHONE, **changes):
    message = shown()
    told = {"popularity": [0.0] * 9 + [1.0] + [0.0] * 14} | changes
    kind = choose_ad(message, company(**told), file(one), 0, device, 0.5, DAY, SEED)
    return kind, message


@pytest.mark.parametrize("busy", BUSY)
def test_no_ad_of_ours_follows_him_on_a_linked_device_while_it_is_quiet(busy):
    looked = profile(**LINKED, **busy)
    record_interest(company(), looked, BY_PHONE, 4, 17, 1, DAY - 1)
    assert ad(looked)[0] == NO_AD
    assert ad(looked, pauses=0.0)[0] == RETARGETING
    assert ad(profile(**LINKED, **busy))[0] == NO_AD, "nor any other ad"
    assert ad(profile(device_seen=3, linked=1, **busy))[0] == PROSPECTING, "a strange device"
    assert ad(profile(**LINKED))[0] == PROSPECTING


# ---- what he owns is not offered ---------------------------------------------------------------


def test_what_was_bought_is_left_out_for_a_share_of_profiles_and_always_the_same_ones():
    u = uniform(SEED, 3, SUPPRESSES, 0, 0)
    for share, does in ((u + 1e-9, True), (u - 1e-9, False)):
        assert suppresses(company(suppress_bought=share), profile(), SEED) == does
        one, screen = owner(6), shown((24,), cells=[6])
        leave_out(screen, one, suppress_bought=share)
        assert (screen.items[0] != 24) == does


def test_he_owns_what_he_bought_of_a_category_within_the_days():
    def owns(day, category=2, home=BY_MAIL, **about):
        one = owner(6, day=day, **about)
        return owns_it(company(), file(one), home, category, DAY, SEED)

    assert owns(DAY - 30) and not owns(DAY - 31) and owns(DAY)
    assert not owns(DAY, category=1)
    assert all(owns(DAY, home=home) for home in range(SILOS)), "linked, all can see it"
    unlinked = [owns(DAY, home=home, linked=0) for home in range(SILOS)]
    assert unlinked == [home == BY_MAIL for home in range(SILOS)]


def leave_out(screen, one, home=BY_MAIL, **changes):
    leave_out_what_he_owns(screen, company(**changes), file(one), home, DAY, SEED)
    close_gaps(screen)


def left(items, *owned, **changes):
    """What a screen with the best sellers of these cells shows an owner of others."""
    screen = shown(tuple(cell * 4 for cell in items), cells=list(items))
    leave_out(screen, owner(*owned), **changes)
    return [screen.items[t] // 4 if screen.items[t] >= 0 else -1 for t in range(screen.n)]


def test_a_tile_shows_the_next_best_seller_in_place_of_what_he_owns():
    assert left((16, 19, 22), 17) == [0, 19, 22]
    assert left((16, 19, 22), 20) == [16, 0, 22]
    assert left((16, 17, 22), 18) == [16, 17, 22], "another category"
    assert left((15, 16, 22), 17) == [0, 3, 22], "each place the next"
    assert left((16, 19, 22), 17, 1) == [3, 19, 22], "what he owns is passed over"
    assert left((16, 19, 22), 17, suppress_bought=0.0) == [16, 19, 22]


def test_a_tile_keeps_its_cell_with_its_item():
    screen = shown((64, 76), cells=[16, 19])
    leave_out(screen, owner(17))
    assert list(screen.cells)[:2] == [0, 19]


def test_where_nothing_is_left_to_offer_there_is_a_tile_less():
    assert left((16, 1), 17, 0, front_cell=np.zeros(TILES, int)) == []
    nothing_sells = np.arange(CELLS) * 4
    nothing_sells[FRONT] = -1
    assert left((16, 19), 17, popular_item=nothing_sells) == [19]
    some_sell = nothing_sells.copy()
    some_sell[9] = 36
    assert left((16, 19), 17, popular_item=some_sell) == [9, 19]


def test_places_beyond_what_is_shown_are_left_alone_and_gaps_are_closed():
    screen = shown((64, 76, 64), cells=[16, 19, 16], n=2)
    leave_out(screen, owner(17), front_cell=np.full(TILES, 16))
    assert list(screen.items)[:3] == [76, -1, 64]
    assert (screen.cells[0], screen.n) == (19, 1)


def test_only_what_the_channel_can_see_is_left_out():
    one = owner(17, linked=1 << BY_CLUB)
    for home, sees in ((BY_MAIL, True), (BY_CLUB, True), (BY_PHONE, False), (BY_OTHER_MAIL, False)):
        screen = shown((64,), cells=[16])
        leave_out(screen, one, home)
        assert (screen.items[0] == 0) == sees


def test_a_tile_is_put_with_its_best_seller_and_its_cell():
    screen = shown((1, 2), cells=[9, 9])
    put_tile(screen, firm(), 1, 5)
    assert (list(screen.items)[:2], list(screen.cells)[:2]) == ([1, 20], [9, 5])


# ---- the same in every channel -----------------------------------------------------------------


def newsletter(one, a=OWN_ADDRESS, **changes):
    message = shown()
    rules = company(**changes)
    if not compose_newsletter(message, rules, file(one), a, DAY, SEED, belief()):
        return None
    return [item // 4 for item in list(message.items)[: message.n]]


def test_the_newsletter_leaves_out_what_he_owns_personal_or_not():
    for personal in (0.0, 1.0):
        kept = {"personal_mail": personal}
        assert newsletter(profile(), **kept) == [6, 0, 3]
        assert 6 not in newsletter(owner(8), **kept)
        assert newsletter(owner(8), suppress_bought=0.0, personal_mail=0.0) == [6, 0, 3]
    assert newsletter(owner(0), personal_mail=0.0) == [6, 9, 3]
    assert newsletter(owner(8, linked=0), OTHER_ADDRESS, personal_mail=0.0) == [6, 0, 3]


def test_a_flow_leaves_out_what_he_owns_even_where_it_would_go_with_the_purchase():
    one = owner(6, permission=1, complement_cell=6)
    one.addresses[0].flow_day[flow("after_purchase")] = DAY
    message = shown()
    assert compose_flow(message, company(), file(one), 0, DAY, SEED, belief()) != NOTHING
    assert not {6, 7, 8} & {item // 4 for item in list(message.items)[:3]}


def test_a_flow_that_has_nothing_left_to_offer_stays_away():
    one = owner(0, permission=1)
    one.addresses[0].flow_day[flow("welcome")] = DAY
    sells = np.full(CELLS, -1)
    sells[0] = 0
    only = {"popular_item": sells, "front_cell": np.zeros(TILES, int)}
    assert compose_flow(shown(), company(**only), file(one), 0, DAY, SEED, belief()) == NOTHING


def test_the_shops_front_leaves_out_what_a_known_visitor_owns():
    def front(one, home, **changes):
        screen = shown()
        fill_front(screen, company(**changes), file(one), home, DAY, SEED, belief())
        return {item // 12 for item in screen.items}

    for channel in (0.0, 1.0):
        kept = {"own_channel": channel}
        assert 2 in front(profile(**LINKED), BY_MAIL, **kept)
        assert 2 not in front(owner(8), BY_MAIL, **kept)
        assert 2 not in front(owner(8), BY_PHONE, **kept)
        assert 2 in front(owner(8), UNKNOWN, **kept), "nobody knows who it is"
        assert 2 in front(owner(8), BY_MAIL, suppress_bought=0.0, own_channel=0.0)


def test_an_ad_for_what_he_owns_gives_its_place_to_the_next_best_seller():
    kind, message = ad(owner(10))
    assert (kind, message.items[0]) == (PROSPECTING, 0)
    assert ad(owner(10), suppress_bought=0.0)[1].items[0] == 36
    stranger = owner(10, device_seen=0)
    assert ad(stranger)[1].items[0] == 36, "a device that nobody knows"
    alone = owner(10, linked=1 << BY_CLUB)
    assert ad(alone)[1].items[0] == 36, "a device that is not linked"


def test_an_ad_is_not_shown_where_nothing_is_left_to_offer():
    only = {"front_cell": np.full(TILES, 9)}
    assert ad(owner(10), **only)[0] == NO_AD and ad(profile(**LINKED), **only)[0] == PROSPECTING


def test_of_two_things_bought_lately_neither_is_offered_again():
    one = owner(8)
    record_purchase(company(), one, BY_MAIL, 2, 8, DAY - 3)
    assert not {0, 2} & {cell // 3 for cell in newsletter(one, personal_mail=0.0)}


def test_what_went_back_is_not_owned_and_may_be_offered_again():
    one = owner(8)
    record_return(company(), one, BY_MAIL, 8, DAY - 1)
    assert newsletter(one, personal_mail=0.0) == [6, 0, 3]
    kept = owner(8)
    record_return(company(), kept, BY_MAIL, 7, DAY - 1)
    record_return(company(), kept, BY_CLUB, 8, DAY - 1)
    assert 6 not in newsletter(kept, personal_mail=0.0), "something else, or elsewhere"


@pytest.mark.parametrize("shows", ["newsletter", "front"])
def test_nothing_is_shown_twice_in_place_of_what_he_owns(shows):
    if shows == "newsletter":
        cells = newsletter(owner(8), personal_mail=0.0)
    else:
        screen, rules = shown(), company(own_channel=0.0)
        fill_front(screen, rules, file(owner(8)), BY_MAIL, DAY, SEED, belief())
        cells = [item // 4 for item in screen.items]
    assert len(set(cells)) == len(cells)


def test_a_newsletter_that_has_nothing_left_to_offer_is_not_sent():
    cells = {"front_cell": np.array([0, 1, 2, 0, 1, 2]), "campaign_cell": 1}
    assert newsletter(owner(0), personal_mail=0.0, **cells) is None


def test_an_open_case_never_lets_a_mail_out_that_would_else_be_held_back():
    sent = [
        flow_goes_out(company(), profile(permission=1, **QUIET, **case), 0, k, DAY, SEED)
        for k in [flow("welcome")]
        for case in ({}, {"open_case": DAY + 1})
    ]
    assert sent[0] >= sent[1]


# ---- the app in the store ----------------------------------------------------------------------


def known(*views, **about):
    """A member of whom looks are on file."""
    one = profile(**(LINKED | {"greeted_day": -1000} | about))
    for cell in views or (16,):
        record_interest(company(), one, BY_CLUB, cell, cell * 4, 2, DAY - 1)
    return one


def greeted(one, day=DAY, mind=None, **changes):
    message = shown((9, 9, 9), discount=0.5, known=1, history_cell=8)
    sent = compose_greeting(message, company(**changes), file(one, mind), day, SEED, belief())
    return sent, message


def test_a_member_at_the_door_is_greeted_with_what_he_is_believed_to_like():
    sent, message = greeted(known(16))
    assert sent and (message.kind, message.n) == (GREETING, 3)
    assert [item // 4 for item in list(message.items)[:3]] == [16, 0, 1]
    assert (message.discount, message.history_cell, message.known) == (0, -1, 0)


def test_members_are_greeted_for_a_share_of_profiles_and_always_the_same_ones():
    u = uniform(SEED, 3, GREETS, 0, 0)
    assert greeted(known(), greets_in_app=u + 1e-9)[0]
    assert not greeted(known(), greets_in_app=u - 1e-9)[0]


def test_a_greeting_is_a_contact_and_comes_again_after_its_days():
    one = known()
    assert greeted(one)[0] and one.greeted_day == DAY
    assert (own(one).contacts, own(one).contact_week) == (1, WEEK)
    assert not greeted(one, DAY + 13)[0] and own(one).contacts == 1, "no message, no contact"
    assert greeted(one, DAY + 14)[0] and one.greeted_day == DAY + 14


@pytest.mark.parametrize("busy", BUSY)
def test_nobody_is_greeted_while_it_is_quiet(busy):
    one = known(**busy)
    assert not greeted(one)[0] and one.greeted_day == -1000
    assert greeted(one, pauses=0.0)[0]


def test_of_whom_nothing_is_known_nobody_greets():
    one = profile(greeted_day=-1000)
    assert not greeted(one)[0]
    assert (one.greeted_day, own(one).contacts) == (-1000, 0)
    assert not greeted(known(objects=1))[0], "nor of whom nothing may be used"
    unread = {"by_style": 0.0, "by_category": 0.0, "last_receipt": 0.0}
    assert not greeted(known(), **unread)[0], "nor of whom nothing is read"


def test_a_greeting_leaves_out_what_he_owns_and_goes_by_the_card():
    one = known(16)
    record_purchase(company(), one, BY_MAIL, 17, 68, DAY - 5)
    assert 5 not in {item // 12 for item in list(greeted(one)[1].items)[:3]}
    apart = known(16, linked=0)
    assert greeted(apart)[1].items[0] == 64, "his own card"
    mailed = profile(greeted_day=-1000)
    record_interest(company(), mailed, BY_MAIL, 16, 64, 1, DAY - 1)
    assert not greeted(mailed)[0], "an address that is not linked to the card"


def test_a_greeting_may_be_about_another_mans_liking_and_is_counted_to_him_who_gets_it():
    other, one = known(19), known(16)
    assert greeted(one, mind=other)[1].items[0] == 76
    assert (own(one).contacts, own(other).contacts) == (1, 0)


# ---- whose mail it is ---------------------------------------------------------------------------


def test_a_mail_that_its_sender_is_credited_with_goes_out_where_nobody_agreed_on_a_pause():
    busy = profile(open_case=DAY + 3)
    for agreed, quiet in ((1, True), (0, False)):
        targets = {"agreed": np.full(ACTS, agreed), "common_dkk": np.full(ACTS, -0.1)}
        who = firm(**(PLAIN | targets))
        assert keeps_quiet(who, busy, OWN_ADDRESS, DAY, SEED) == quiet


def test_another_department_hears_of_a_case_some_days_after_it_was_opened():
    # Opened today it stays open for seven days: heard of after two, it is quiet on the last five.
    slow = firm(**(PLAIN | {"pass_on_days": 2.0, "case_open_days": 7}))
    opened = profile(open_case=DAY + 7)
    quiet = [keeps_quiet(slow, opened, OWN_ADDRESS, day, SEED) for day in range(DAY, DAY + 8)]
    assert quiet == [False] * 2 + [True] * 5 + [False]
    never = firm(**(PLAIN | {"pass_on_days": 14.0, "case_open_days": 7}))
    assert not any(keeps_quiet(never, opened, OWN_ADDRESS, day, SEED) for day in range(90, 120))
