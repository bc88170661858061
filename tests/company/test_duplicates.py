"""Claims about one person who stands twice in the books, and about what merging does."""

from __future__ import annotations

import pytest
from people import SEED, baskets_of, file, firm, flow, own, profile

from sim.company import duplicates
from sim.company.automation import note_permission
from sim.company.contacts import newsletter_goes_out
from sim.company.duplicates import (
    absorb,
    address_on_file,
    compare_addresses,
    compare_cards,
    compare_visitor,
    finds_duplicates,
    is_same_person,
    issue_new_card,
    merge,
    merge_addresses,
)
from sim.company.knowledge import file_order, link, linked, record_interest, record_purchase
from sim.company.reading import customers_on_file
from sim.core.draws import uniform
from sim.core.records import (
    ADDRESSES,
    BY_CLUB,
    BY_COMPUTER,
    BY_MAIL,
    BY_OLD_CARD,
    BY_OTHER_MAIL,
    BY_PHONE,
    COUNTED,
    FLOWS,
    NEVER,
    OTHER_ADDRESS,
    OWN_ADDRESS,
)

FACTS = ("view_cell", "view_item", "view_day", "buy_cell", "buy_item", "buy_day", "orders")
EMPTY = [-1, -1, 0, -1, -1, 0, 0]
ALWAYS, NEVER_COMPARES = firm(find_duplicates=1.0), firm(find_duplicates=0.0)


def bits(*records):
    return sum(1 << s for s in records)


def told(facts):
    return [getattr(facts, name) for name in FACTS]


def facts(counts=None, **fields):
    """Facts of one record, empty but for what is told."""
    one = profile().silos[BY_MAIL].live
    for name, value in fields.items():
        setattr(one, name, value)
    for cell, count in (counts or {}).items():
        one.counts[cell] = count
    return one


def both_addresses(phones=(BY_MAIL, BY_OTHER_MAIL), **about):
    """Somebody who bought under both addresses: cell 4 on day 50, cell 7 on day 60."""
    one = profile(has_phone=bits(*phones), **about)
    for s, cell, day in ((BY_MAIL, 4, 50), (BY_OTHER_MAIL, 7, 60)):
        record_purchase(firm(purchase_weight=3), one, s, cell, cell * 4, day)
        file_order(one, s, day)
    return one


# ---- who is found ------------------------------------------------------------------------------


def test_records_are_compared_for_a_share_of_profiles_and_always_the_same_ones():
    u = uniform(SEED, 3, duplicates.FINDS_DUPLICATES, 0, 0)
    for share, finds in ((u + 1e-9, True), (u - 1e-9, False)):
        assert finds_duplicates(firm(find_duplicates=share), profile(), SEED) == finds


@pytest.mark.parametrize(
    ("s", "other"), [(BY_MAIL, BY_OTHER_MAIL), (BY_CLUB, BY_OLD_CARD), (BY_OLD_CARD, BY_CLUB)]
)
def test_two_records_are_one_persons_only_where_both_hold_his_number_and_they_are_compared(
    s, other
):
    every = bits(BY_MAIL, BY_CLUB, BY_OTHER_MAIL, BY_OLD_CARD)
    for phones, same in (
        (bits(s, other), True),
        (every, True),
        (every & ~bits(s), False),
        (every & ~bits(other), False),
        (0, False),
    ):
        one = profile(has_phone=phones)
        assert is_same_person(ALWAYS, one, s, other, SEED) == same
        assert not is_same_person(NEVER_COMPARES, one, s, other, SEED)


# ---- what is merged ----------------------------------------------------------------------------


def test_sightings_and_orders_add_up_and_the_source_is_empty():
    target = facts({4: 2, 5: 1}, orders=2)
    source = facts({4: 3, 17: 1}, orders=3, view_cell=4, view_item=16, view_day=9)
    absorb(target, source)
    assert {k: n for k, n in enumerate(target.counts) if n} == {4: 5, 5: 1, 17: 1}
    assert target.orders == 5
    assert told(source) == EMPTY and not any(source.counts)


LOOK = {"view_cell": 4, "view_item": 16, "view_day": 50}
LATER_LOOK = {"view_cell": 0, "view_item": 1, "view_day": 51}
BUY = {"buy_cell": 4, "buy_item": 16, "buy_day": 50}
LATER_BUY = {"buy_cell": 0, "buy_item": 1, "buy_day": 51}


@pytest.mark.parametrize(("before", "after"), [(LOOK, LATER_LOOK), (BUY, LATER_BUY)])
def test_of_two_looks_or_purchases_the_newest_stays_whole(before, after):
    for target, source in ((before, after), (after, before), ({}, after), (after, {})):
        kept = facts(**target)
        absorb(kept, facts(**source))
        assert {name: getattr(kept, name) for name in after} == after
    same_day = facts(**before)
    absorb(same_day, facts(**(after | {name: 50 for name in after if name.endswith("_day")})))
    assert {name: getattr(same_day, name) for name in before} == before, "of one day his own"


def test_a_look_on_day_0_is_kept_where_there_was_none_and_looks_and_purchases_go_each_by_its_day():
    none = facts()
    absorb(none, facts(view_cell=3, view_item=12, view_day=0, buy_cell=2, buy_item=8))
    assert told(none) == [3, 12, 0, 2, 8, 0, 0]
    mixed = facts(**(LOOK | LATER_BUY))
    absorb(mixed, facts(**(LATER_LOOK | BUY)))
    assert told(mixed) == [0, 1, 51, 0, 1, 51, 0]


def test_of_each_category_the_last_purchase_of_both_records_is_known():
    one = profile()
    for s, cell, day in ((BY_MAIL, 4, 50), (BY_MAIL, 7, 60), (BY_OTHER_MAIL, 5, 55)):
        record_purchase(firm(), one, s, cell, 0, day)
    merge(one, BY_MAIL, BY_OTHER_MAIL)
    assert list(one.silos[BY_MAIL].live.bought)[:4] == [-1, 55, 60, -1]
    assert set(one.silos[BY_OTHER_MAIL].live.bought) == {-1}


def test_counts_that_are_full_stay_within_what_fits():
    target = facts({4: COUNTED}, orders=29_999)
    absorb(target, facts({4: COUNTED, 5: 40}, orders=2))
    assert target.counts[4] <= COUNTED and target.counts[5] == 40
    assert target.counts[4] == COUNTED // 2 + 100
    assert target.orders == 30_000


def test_merging_takes_what_others_see_along_and_the_receipt_of_the_newest_writing():
    for written, filed in (((50, 60), 60), ((60, 50), 50), ((50, 50), 50)):
        one = profile(filed={BY_MAIL: 50, BY_OTHER_MAIL: 60})
        into, gone = one.silos[BY_MAIL], one.silos[BY_OTHER_MAIL]
        into.written, gone.written = written
        gone.shared.counts[3], gone.live.counts[5] = 2, 1
        merge(one, BY_MAIL, BY_OTHER_MAIL)
        assert (into.written, into.filed_order) == (max(written), filed)
        assert (gone.written, gone.filed_order) == (0, -1)
        assert (into.shared.counts[3], into.live.counts[5], into.live.counts[3]) == (2, 1, 0)
        assert not any(gone.shared.counts) and not any(gone.live.counts)


# ---- two addresses -----------------------------------------------------------------------------


def test_purchases_under_two_addresses_that_are_found_become_one_record():
    one = both_addresses()
    assert customers_on_file(file(one), 0) == 2
    compare_addresses(ALWAYS, one, SEED)
    own_record, other = one.silos[BY_MAIL], one.silos[BY_OTHER_MAIL]
    assert one.alias == 1 and customers_on_file(file(one), 0) == 1
    assert (own_record.live.counts[4], own_record.live.counts[7]) == (3, 3)
    assert (own_record.live.orders, own_record.live.buy_cell, own_record.filed_order) == (2, 7, 60)
    assert told(other.live) == EMPTY and other.filed_order == -1


@pytest.mark.parametrize("phones", [(BY_MAIL,), (BY_OTHER_MAIL,), (BY_MAIL, BY_CLUB), ()])
def test_addresses_of_which_one_record_lacks_the_number_stay_two(phones):
    one = both_addresses(phones)
    compare_addresses(ALWAYS, one, SEED)
    assert one.alias == 0 and one.silos[BY_OTHER_MAIL].live.buy_cell == 7


def test_addresses_that_nobody_compares_stay_two():
    one = both_addresses(permission=1, other={"permission": 1})
    compare_addresses(NEVER_COMPARES, one, SEED)
    assert (one.alias, one.silos[BY_OTHER_MAIL].live.orders) == (0, 1)
    assert [one.addresses[a].permission for a in range(ADDRESSES)] == [1, 1]


def mails(one, day=100):
    return sum(newsletter_goes_out(firm(pauses=0.0), one, a, day, SEED) for a in range(ADDRESSES))


def test_who_has_two_addresses_gets_the_newsletter_twice_until_they_are_merged():
    one = both_addresses(permission=1, other={"permission": 1})
    assert mails(one) == 2
    compare_addresses(ALWAYS, one, SEED)
    assert mails(one) == 1
    assert (own(one).permission, one.written_to) == (1, 1)


def test_merged_addresses_make_one_list_with_the_newest_sign_of_life_and_the_last_mail():
    for own_days, other_days in (((10, 40), (20, 30)), ((20, 30), (10, 40))):
        names = ("heard_day", "last_mail_day")
        other = dict(zip(names, other_days, strict=True)) | {"permission": 1}
        one = both_addresses(other=other, **dict(zip(names, own_days, strict=True)))
        compare_addresses(ALWAYS, one, SEED)
        assert [a.permission for a in one.addresses] == [1, 0] and one.written_to == 1
        assert (own(one).heard_day, own(one).last_mail_day) == (20, 40)


def test_an_address_that_takes_no_mail_brings_none_into_the_merger():
    one = both_addresses(heard_day=10, other={"heard_day": 20})
    compare_addresses(ALWAYS, one, SEED)
    assert (one.alias, one.written_to, own(one).permission, own(one).heard_day) == (1, 0, 0, 10)
    listed = both_addresses(permission=1, heard_day=10, other={"heard_day": 20})
    compare_addresses(ALWAYS, listed, SEED)
    assert (listed.written_to, own(listed).permission, own(listed).heard_day) == (1, 1, 10)


def test_a_refusal_at_his_own_address_outlives_a_permission_at_the_other():
    for refused, wanted in ((1, 0), (0, 1)):
        one = both_addresses(refused=refused, other={"permission": 1})
        merge_addresses(one)
        assert [a.permission for a in one.addresses] == [wanted, 0] and one.written_to == wanted
        assert one.addresses[OWN_ADDRESS].refused == refused


def test_what_was_planned_for_the_other_address_goes_on_under_his_own_the_sooner_of_two():
    own_days, other_days = [NEVER] * FLOWS, [NEVER] * FLOWS
    own_days[0], own_days[1] = 110, 105
    other_days[0], other_days[2] = 107, 120
    one = both_addresses(flow_day=own_days, next_flow_day=105, other={"permission": 1})
    other = one.addresses[OTHER_ADDRESS]
    for k, day in enumerate(other_days):
        other.flow_day[k] = day
    other.next_flow_day = 107
    merge_addresses(one)
    assert list(own(one).flow_day)[:4] == [107, 105, 120, NEVER] and own(one).next_flow_day == 105
    assert list(other.flow_day) == [NEVER] * FLOWS and other.next_flow_day == NEVER


def test_of_two_addresses_the_livelier_counts_and_a_complement_of_his_own_stays():
    one = both_addresses(
        permission=1, unopened=5, other={"permission": 1, "unopened": 2, "complement_cell": 6}
    )
    merge_addresses(one)
    assert (own(one).unopened, own(one).complement_cell) == (2, 6)
    kept = both_addresses(complement_cell=0, unopened=5, other={"unopened": 2})
    kept.addresses[OTHER_ADDRESS].complement_cell = 6
    merge_addresses(kept)
    assert (own(kept).unopened, own(kept).complement_cell) == (5, 0), "it took no mail"


def test_a_basket_of_the_other_address_is_his_own_after_the_merger():
    one = both_addresses(baskets={BY_OTHER_MAIL: (9, 90)})
    merge_addresses(one)
    assert baskets_of(one) == {BY_MAIL: 9}
    for own_day, item in ((89, 9), (91, 8)):
        one = both_addresses(baskets={BY_MAIL: (8, own_day), BY_OTHER_MAIL: (9, 90)})
        merge_addresses(one)
        assert baskets_of(one) == {BY_MAIL: item}, "the newest stays"


def test_addresses_are_merged_once():
    one = both_addresses(alias=1, other={"permission": 1})
    compare_addresses(ALWAYS, one, SEED)
    assert one.silos[BY_OTHER_MAIL].live.buy_cell == 7
    assert [a.permission for a in one.addresses] == [0, 1]


@pytest.mark.parametrize("phones", [(), (BY_MAIL, BY_OTHER_MAIL)])
def test_who_comes_by_a_mail_to_his_other_address_is_found_without_any_number(phones):
    one = both_addresses(phones, permission=1, other={"permission": 1})
    compare_visitor(ALWAYS, one, OTHER_ADDRESS, SEED)
    assert one.alias == 1 and mails(one) == 1 and customers_on_file(file(one), 0) == 1
    assert one.silos[BY_MAIL].live.orders == 2


@pytest.mark.parametrize(
    ("company", "address", "about"),
    [
        (NEVER_COMPARES, OTHER_ADDRESS, {}),
        (ALWAYS, OWN_ADDRESS, {}),
        (ALWAYS, -1, {}),
        (ALWAYS, OTHER_ADDRESS, {"alias": 1}),
    ],
)
def test_a_visit_by_no_such_mail_or_that_nobody_compares_merges_nothing(company, address, about):
    one = both_addresses(**about)
    compare_visitor(company, one, address, SEED)
    assert one.alias == about.get("alias", 0) and one.silos[BY_OTHER_MAIL].live.orders == 1


def test_merging_makes_the_other_address_an_alias_with_one_record_and_one_list():
    one = both_addresses((), other={"permission": 1, "heard_day": 20}, heard_day=10)
    merge_addresses(one)
    assert one.alias == 1 and [a.permission for a in one.addresses] == [1, 0]
    assert own(one).heard_day == 20 and told(one.silos[BY_OTHER_MAIL].live) == EMPTY


def test_what_is_given_at_an_address_is_filed_there_until_the_addresses_are_merged():
    assert [address_on_file(profile(), a) for a in range(ADDRESSES)] == [0, 1]
    assert [address_on_file(profile(alias=1), a) for a in range(ADDRESSES)] == [0, 0]


def test_a_second_subscription_is_welcomed_at_its_own_address():
    one = profile()
    note_permission(firm(), one, OTHER_ADDRESS, 100)
    assert one.addresses[OTHER_ADDRESS].flow_day[flow("welcome")] == 101
    assert one.addresses[OWN_ADDRESS].flow_day[flow("welcome")] > 101


# ---- two cards ---------------------------------------------------------------------------------


def member(phones=(BY_CLUB,), links=(BY_CLUB,), company=ALWAYS):
    """A member with a purchase of cell 4 under his card."""
    one = profile(has_phone=bits(*phones), linked=bits(*links))
    record_purchase(company, one, BY_CLUB, 4, 16, 50)
    file_order(one, BY_CLUB, 50)
    return one


def test_a_second_card_leaves_the_first_record_behind_with_its_link():
    for links in ((BY_CLUB, BY_COMPUTER), (BY_COMPUTER,)):
        one = member(links=links)
        issue_new_card(NEVER_COMPARES, one, SEED)
        new, old = one.silos[BY_CLUB], one.silos[BY_OLD_CARD]
        assert told(new.live) == EMPTY and new.filed_order == -1
        assert (old.live.buy_cell, old.live.orders, old.filed_order) == (4, 1, 50)
        assert linked(one, BY_OLD_CARD) == (BY_CLUB in links) and not linked(one, BY_CLUB)
        assert linked(one, BY_COMPUTER) and not linked(one, BY_PHONE)
        assert one.has_phone & bits(BY_OLD_CARD), "the number stands on the old form"


def test_a_member_who_is_found_by_his_number_gets_the_old_records_card():
    one = member()
    issue_new_card(ALWAYS, one, SEED)
    assert one.silos[BY_CLUB].live.buy_cell == 4 and linked(one, BY_CLUB)
    assert told(one.silos[BY_OLD_CARD].live) == EMPTY and one.has_phone == bits(BY_CLUB)


def test_a_card_without_a_number_is_not_found():
    one = member(phones=(BY_MAIL,))
    issue_new_card(ALWAYS, one, SEED)
    assert one.silos[BY_CLUB].live.buy_cell == -1 and one.silos[BY_OLD_CARD].live.buy_cell == 4


def test_what_is_bought_with_a_second_card_is_another_customers():
    one = member(links=())
    issue_new_card(NEVER_COMPARES, one, SEED)
    assert customers_on_file(file(one), 0) == 1
    record_purchase(firm(), one, BY_CLUB, 7, 28, 60)
    assert customers_on_file(file(one), 0) == 2


def two_cards(phones=(BY_CLUB, BY_OLD_CARD), links=()):
    one = profile(has_phone=bits(*phones), linked=bits(*links))
    record_purchase(firm(), one, BY_OLD_CARD, 4, 16, 50)
    record_purchase(firm(), one, BY_CLUB, 7, 28, 60)
    return one


def test_two_cards_that_are_compared_become_the_new_ones_record():
    one = two_cards()
    compare_cards(ALWAYS, one, SEED)
    card, old = one.silos[BY_CLUB].live, one.silos[BY_OLD_CARD].live
    assert (card.orders, card.buy_cell) == (2, 7) and card.counts[4] == card.counts[7] > 0
    assert told(old) == EMPTY and one.has_phone == bits(BY_CLUB)
    assert customers_on_file(file(one), 0) == 1 and one.linked == 0


def test_the_link_of_the_old_card_goes_to_the_one_that_is_left():
    for links in ((BY_OLD_CARD,), (BY_CLUB,), (BY_CLUB, BY_OLD_CARD)):
        one = two_cards(links=(*links, BY_PHONE))
        compare_cards(ALWAYS, one, SEED)
        assert one.linked == bits(BY_CLUB, BY_PHONE)


@pytest.mark.parametrize(
    ("company", "phones"),
    [
        (NEVER_COMPARES, (BY_CLUB, BY_OLD_CARD)),
        (ALWAYS, (BY_CLUB, BY_MAIL)),
        (ALWAYS, (BY_OLD_CARD, BY_MAIL)),
    ],
)
def test_cards_stay_two_without_a_comparison_or_without_the_number_in_both(company, phones):
    one = two_cards(phones, links=(BY_OLD_CARD,))
    compare_cards(company, one, SEED)
    assert one.silos[BY_OLD_CARD].live.buy_cell == 4 and one.silos[BY_CLUB].live.orders == 1
    assert one.has_phone == bits(*phones) and one.linked == bits(BY_OLD_CARD)


def test_other_records_are_left_alone_by_a_merger():
    one = both_addresses()
    record_interest(firm(), one, BY_COMPUTER, 9, 36, 1, 55)
    record_purchase(firm(), one, BY_CLUB, 8, 32, 58)
    link(one, BY_CLUB)
    compare_addresses(ALWAYS, one, SEED)
    compare_cards(ALWAYS, one, SEED)
    assert one.silos[BY_COMPUTER].live.view_cell == 9 and one.silos[BY_CLUB].live.buy_cell == 8
    assert one.linked == bits(BY_CLUB)
