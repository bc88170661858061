"""Claims about what is recorded where, and which channel sees it when."""

from __future__ import annotations

from people import SEED, baskets_of, file, firm, office, profile

from sim.company import knowledge
from sim.company.knowledge import (
    able,
    copy_facts,
    empty_facts,
    facts_for,
    file_order,
    forget_device,
    is_fresh,
    knows_purchase_since,
    last_sync,
    link,
    linked,
    note_sequence,
    open_silo,
    part,
    reaches,
    record_interest,
    record_purchase,
    record_return,
)
from sim.core.draws import uniform
from sim.core.records import (
    BY_CLUB,
    BY_COMPUTER,
    BY_MAIL,
    BY_OLD_CARD,
    BY_OTHER_MAIL,
    BY_PHONE,
    CATEGORIES,
    CHANNELS,
    COUNTED,
    FACTS,
    SILOS,
)

ALL_LINKED = {"linked": 11}


def test_a_share_of_profiles_is_handled_with_a_capability_and_always_the_same_ones():
    numbers = [profile(number=n) for n in range(1000)]
    half = [able(SEED, p, knowledge.SHARES, 0.5) for p in numbers]
    more = [able(SEED, p, knowledge.SHARES, 0.7) for p in numbers]
    assert 0.45 < sum(half) / 1000 < 0.55
    assert all(m for h, m in zip(half, more, strict=True) if h)
    assert not able(SEED, numbers[0], knowledge.SHARES, 0.0)
    assert able(SEED, numbers[0], knowledge.SHARES, 1.0)
    u = uniform(SEED, 3, knowledge.SHARES, 0, 0)
    for share_of_all, handled in ((u + 1e-9, True), (u - 1e-9, False)):
        assert able(SEED, profile(), knowledge.SHARES, share_of_all) == handled


def test_departments_are_told_at_every_synchronisation_of_all_that_was_written_before():
    weekly = firm(share_delay_days=7.0)
    assert [last_sync(weekly, day) for day in (6, 7, 13, 14)] == [0, 7, 7, 14]
    assert [last_sync(firm(share_delay_days=1.0), day) for day in (6, 7)] == [6, 7]


def test_without_delay_what_is_written_today_is_known_today():
    assert last_sync(firm(share_delay_days=0.0), 9) == 10
    assert last_sync(firm(share_delay_days=0.49), 9) == 10
    assert last_sync(firm(share_delay_days=0.5), 9) == 9


def test_a_copy_of_facts_is_whole():
    source, target = profile().silos[0].live, profile().silos[0].live
    names = ("view_cell", "view_item", "buy_cell", "buy_item")
    names += ("orders", "view_day", "buy_day")
    for place, name in enumerate(names):
        setattr(source, name, place + 3)
    source.counts[5] = 8
    copy_facts(target, source)
    assert [getattr(target, name) for name in names] == [place + 3 for place in range(7)]
    assert list(target.counts) == list(source.counts)


def test_emptied_facts_hold_nothing():
    facts = profile().silos[0].live
    for name in FACTS.names:
        if name not in ("counts", "bought"):
            setattr(facts, name, 7)
    facts.counts[5], facts.bought[2] = 8, 8
    empty_facts(facts)
    assert not any(facts.counts) and set(facts.bought) == {-1}
    for name in ("view_cell", "view_item", "buy_cell", "buy_item"):
        assert getattr(facts, name) == -1
    for name in ("view_day", "buy_day", "orders"):
        assert getattr(facts, name) == 0


def test_a_look_is_fresh_for_its_days_and_nothing_is_no_look():
    rules, one = firm(interest_days=14), profile()
    assert not is_fresh(rules, one.silos[0].live, 5)
    record_interest(rules, one, BY_COMPUTER, 0, 0, 1, 86)
    for day, fresh in ((86, True), (100, True), (101, False)):
        assert is_fresh(rules, one.silos[0].live, day) == fresh


def test_interest_is_counted_by_cell_and_the_last_look_is_kept():
    one, company = profile(), firm()
    for cell, item in ((4, 16), (4, 17), (5, 20)):
        record_interest(company, one, BY_PHONE, cell, item, 2, 50)
    facts = one.silos[BY_PHONE].live
    assert (facts.counts[4], facts.counts[5]) == (4, 2)
    assert (facts.view_cell, facts.view_item, facts.view_day) == (5, 20, 50)
    record_interest(company, one, BY_PHONE, 5, 21, 1, 51)
    assert (facts.view_item, facts.view_day) == (21, 51)
    assert one.silos[BY_COMPUTER].live.view_cell == -1, "the other device saw nothing"
    assert one.silos[BY_PHONE].written == 51


def test_a_purchase_counts_for_its_weight():
    one, company = profile(), firm(purchase_weight=3)
    record_interest(company, one, BY_MAIL, 4, 16, 1, 50)
    record_purchase(company, one, BY_MAIL, 4, 17, 60)
    record_purchase(company, one, BY_MAIL, 7, 28, 61)
    facts = one.silos[BY_MAIL].live
    assert (facts.counts[4], facts.counts[7], facts.orders) == (4, 3, 2)
    assert (facts.buy_cell, facts.buy_item, facts.buy_day) == (7, 28, 61)


def test_the_receipt_is_filed_under_its_number_in_its_record():
    one = profile()
    file_order(one, BY_CLUB, 44)
    file_order(one, BY_MAIL, 45)
    assert [silo.filed_order for silo in one.silos] == [-1, -1, 45, 44, -1, -1]


def test_it_is_learned_what_is_bought_after_what_within_the_time_that_counts_as_after():
    one, book = profile(), office().ledger
    company = firm(sequence_days=60)
    note_sequence(book, company, one, BY_MAIL, 2, 50)
    assert sum(book.followed) == 0, "a first purchase follows nothing"
    record_purchase(company, one, BY_MAIL, 4, 16, 50)
    note_sequence(book, company, one, BY_MAIL, 2, 110)
    note_sequence(book, company, one, BY_MAIL, 2, 111)
    note_sequence(book, company, one, BY_CLUB, 2, 60)
    assert sum(book.followed) == 1 == book.followed[1 * CATEGORIES + 2]
    record_purchase(company, one, BY_MAIL, 0, 0, 0)
    note_sequence(book, company, one, BY_MAIL, 5, 3)
    assert book.followed[5] == 1, "cell 0 and day 0 are such"


def test_full_counts_are_halved_and_the_shares_of_interest_stay():
    one = profile()
    facts = one.silos[BY_MAIL].live
    facts.counts[4], facts.counts[5] = COUNTED - 4, 100
    record_interest(firm(), one, BY_MAIL, 4, 16, 4, 50)
    assert (facts.counts[4], facts.counts[5]) == (COUNTED, 100), "it fits"
    record_interest(firm(), one, BY_MAIL, 4, 16, 1, 50)
    assert (facts.counts[4], facts.counts[5]) == (COUNTED // 2 + 1, 50)


def test_a_count_of_orders_stops_at_its_end_instead_of_turning_over():
    one = profile()
    facts = one.silos[BY_MAIL].live
    facts.orders = 30_000
    record_purchase(firm(), one, BY_MAIL, 4, 16, 50)
    assert facts.orders == 30_000


def test_others_see_a_silo_as_it_was_at_the_last_synchronisation():
    one, weekly = profile(**ALL_LINKED), firm(share_data=1.0, share_delay_days=7.0)

    def seen(home, day):
        return facts_for(weekly, one, home, BY_PHONE, day).view_cell

    record_interest(weekly, one, BY_PHONE, 4, 16, 1, 8)
    assert seen(BY_PHONE, 8) == 4, "its own channel sees it live"
    assert seen(BY_MAIL, 8) == seen(BY_MAIL, 13) == -1
    assert seen(BY_MAIL, 14) == 4
    record_interest(weekly, one, BY_PHONE, 5, 20, 1, 15)
    assert (seen(BY_PHONE, 15), seen(BY_MAIL, 15), seen(BY_MAIL, 21)) == (5, 4, 5)


def test_what_is_written_on_the_day_of_a_synchronisation_waits_for_the_next():
    one, weekly = profile(), firm(share_delay_days=7.0)
    record_interest(weekly, one, BY_PHONE, 4, 16, 1, 14)
    assert facts_for(weekly, one, BY_MAIL, BY_PHONE, 14).view_cell == -1
    assert facts_for(weekly, one, BY_MAIL, BY_PHONE, 21).view_cell == 4


def test_what_is_written_on_that_day_waits_whatever_is_written_after_it():
    one, weekly = profile(), firm(share_delay_days=7.0)
    record_interest(weekly, one, BY_PHONE, 4, 16, 1, 14)
    record_interest(weekly, one, BY_PHONE, 5, 20, 1, 15)
    assert facts_for(weekly, one, BY_MAIL, BY_PHONE, 20).view_cell == -1
    assert facts_for(weekly, one, BY_MAIL, BY_PHONE, 21).view_cell == 5


def test_writing_twice_between_synchronisations_copies_once():
    one, weekly = profile(), firm(share_delay_days=7.0)
    record_interest(weekly, one, BY_PHONE, 4, 16, 1, 3)
    for day in (8, 9):
        record_interest(weekly, one, BY_PHONE, 5, 20, 1, day)
    assert facts_for(weekly, one, BY_MAIL, BY_PHONE, 10).view_cell == 4
    assert open_silo(weekly, one, BY_PHONE, 10).view_cell == 5


def test_devices_club_card_and_address_are_linked_each_for_itself():
    one = profile()
    assert [s for s in range(SILOS) if linked(one, s)] == [BY_MAIL]
    for s in (BY_COMPUTER, BY_PHONE, BY_CLUB, BY_OTHER_MAIL, BY_OLD_CARD):
        link(one, s)
        assert {k for k in range(SILOS) if linked(one, k)} == {BY_MAIL, s}
        link(one, s)
        part(one, s)
        assert [k for k in range(SILOS) if linked(one, k)] == [BY_MAIL]
    whole = profile(**ALL_LINKED)
    part(whole, BY_PHONE)
    assert [s for s in range(SILOS) if linked(whole, s)] == [BY_COMPUTER, BY_MAIL, BY_CLUB]


def test_a_channel_reads_its_own_silo_and_others_only_where_both_are_linked_and_data_shared():
    shares, keeps = firm(share_data=1.0), firm(share_data=0.0)
    phone = profile(linked=2)
    assert reaches(keeps, profile(), BY_CLUB, BY_CLUB, SEED)
    assert reaches(shares, phone, BY_MAIL, BY_PHONE, SEED)
    assert reaches(shares, phone, BY_PHONE, BY_MAIL, SEED)
    assert not reaches(keeps, phone, BY_MAIL, BY_PHONE, SEED)
    assert not reaches(shares, phone, BY_PHONE, BY_CLUB, SEED)
    assert not reaches(shares, phone, BY_COMPUTER, BY_PHONE, SEED)


def bought(s, cell, day, **about):
    one = profile(**(ALL_LINKED | about))
    record_purchase(firm(share_delay_days=0.0), one, s, cell, 0, day)
    return one


def knows(one, home, category=1, since=50, **company):
    told = {"share_data": 1.0, "share_delay_days": 0.0, "purchase_pixel": 0}
    return knows_purchase_since(
        firm(**(told | company)), file(one), home, category, since, 60, SEED
    )


def test_a_purchase_is_known_by_category_from_its_day_on():
    one = bought(BY_MAIL, 4, 50)
    assert knows(one, BY_PHONE)
    assert not knows(one, BY_PHONE, since=51)
    assert not knows(one, BY_PHONE, category=2)
    assert not knows(one, BY_PHONE, share_data=0.0)
    assert not knows(profile(**ALL_LINKED), BY_PHONE, category=0, since=-5)
    assert knows(bought(BY_MAIL, 0, 50), BY_PHONE, category=0), "cell 0 is a cell"


def test_of_several_purchases_each_is_known_by_its_category():
    one = bought(BY_MAIL, 4, 50)
    record_purchase(firm(), one, BY_MAIL, 7, 28, 55)
    record_purchase(firm(), one, BY_MAIL, 0, 0, 56)
    assert all(knows(one, BY_PHONE, category=c) for c in (0, 1, 2))
    assert not knows(one, BY_PHONE, category=3)
    assert not knows(one, BY_PHONE, category=1, since=51) and knows(one, BY_PHONE, 2, since=51)


def test_a_purchase_of_the_first_day_is_known_and_none_is_none():
    one = bought(BY_MAIL, 4, 0)
    assert knows(one, BY_PHONE, since=-20) and not knows(one, BY_PHONE, category=2, since=-20)


def test_others_see_what_is_owned_as_of_the_last_synchronisation():
    one, weekly = profile(**ALL_LINKED), firm(share_data=1.0, share_delay_days=7.0)
    record_purchase(weekly, one, BY_CLUB, 4, 16, 50)
    record_purchase(weekly, one, BY_CLUB, 7, 28, 58)
    seen = [list(facts_for(weekly, one, BY_MAIL, BY_CLUB, d).bought)[1:3] for d in (58, 62, 63)]
    assert seen == [[50, -1], [50, -1], [50, 58]]


def test_an_ad_list_sees_the_devices_own_purchase_only_by_the_pixel():
    one = bought(BY_PHONE, 4, 55, linked=8)
    assert not knows(one, BY_PHONE)
    assert knows(one, BY_PHONE, purchase_pixel=1)
    assert knows(bought(BY_MAIL, 4, 55), BY_MAIL), "the address needs no pixel"
    assert knows(bought(BY_CLUB, 4, 55), BY_CLUB)


def test_a_deleted_cookie_loses_what_was_known_by_it_and_nothing_else():
    one = profile(device_seen=3, linked=3, baskets={0: (8, 40), 1: (9, 40), 2: (7, 40)})
    company = firm(share_delay_days=1.0)
    for s in (BY_PHONE, BY_COMPUTER):
        record_interest(company, one, s, 4, 16, 1, 50)
        record_purchase(company, one, s, 4, 16, 50)
        record_interest(company, one, s, 4, 16, 1, 52)
    for at in range(len(one.capped_week)):
        one.capped_week[at] = 7
    forget_device(one, BY_PHONE)
    assert list(one.capped_week) == [7, -1] * CHANNELS
    for facts in (one.silos[BY_PHONE].live, one.silos[BY_PHONE].shared):
        assert sum(facts.counts) == 0
        assert (facts.view_cell, facts.buy_cell, facts.orders) == (-1, -1, 0)
        assert (facts.view_item, facts.buy_item) == (-1, -1)
    assert one.silos[BY_COMPUTER].live.buy_cell == 4
    assert (one.device_seen, one.linked, baskets_of(one)) == (1, 1, {0: 8, 2: 7})
    forget_device(one, BY_COMPUTER)
    assert (one.device_seen, one.linked) == (0, 0)
    card = profile(linked=1 << BY_CLUB | 1 << BY_PHONE)
    forget_device(card, BY_PHONE)
    assert card.linked == 1 << BY_CLUB


# ---- what went back ----------------------------------------------------------------------------


def test_what_went_back_is_not_owned_any_more_and_everything_else_stays_on_file():
    one = bought(BY_MAIL, 4, 50)
    record_purchase(firm(), one, BY_CLUB, 4, 16, 50)
    record_return(firm(), one, BY_MAIL, 4, 60)
    facts = one.silos[BY_MAIL].live
    assert (facts.buy_cell, facts.orders, facts.counts[4]) == (-1, 1, 3)
    assert one.silos[BY_CLUB].live.buy_cell == 4 and one.silos[BY_MAIL].written == 60


def test_a_return_leaves_what_else_was_bought_and_the_next_of_its_kind():
    one = bought(BY_MAIL, 4, 50)
    record_purchase(firm(), one, BY_MAIL, 7, 28, 55)
    facts = one.silos[BY_MAIL].live
    assert list(facts.bought)[:3] == [-1, 50, 55]
    record_return(firm(), one, BY_MAIL, 6, 60)
    assert facts.bought[2] == 55 and one.silos[BY_MAIL].written == 55, "he has one of its kind"
    record_return(firm(), one, BY_MAIL, 4, 60)
    assert (facts.buy_cell, facts.bought[1], facts.bought[2]) == (7, -1, 55)
    record_return(firm(), one, BY_MAIL, 7, 61)
    assert (facts.buy_cell, facts.bought[2], one.silos[BY_MAIL].written) == (-1, -1, 61)


def test_others_hear_of_a_return_at_the_next_synchronisation():
    one, weekly = profile(**ALL_LINKED), firm(share_data=1.0, share_delay_days=7.0)
    record_purchase(weekly, one, BY_CLUB, 4, 16, 50)
    record_return(weekly, one, BY_CLUB, 4, 58)
    seen = [facts_for(weekly, one, BY_MAIL, BY_CLUB, day).buy_cell for day in (58, 62, 63)]
    assert seen == [4, 4, -1]
    assert facts_for(weekly, one, BY_CLUB, BY_CLUB, 58).buy_cell == -1, "the till knows at once"
