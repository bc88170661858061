"""Claims about what the company can read of somebody, and as how many customers he is counted."""

from __future__ import annotations

import numpy as np
import pytest
from people import SEED, belief, file, firm, firm_table, one, profile, profile_table

from sim.company.knowledge import record_interest, record_purchase
from sim.company.reading import (
    BOTH,
    IN_STORE,
    ONLINE,
    READ,
    as_read,
    buys_on_file,
    customers_on_file,
    favourite,
    read_looks,
    read_purchases,
)
from sim.core.records import (
    BY_CLUB,
    BY_COMPUTER,
    BY_MAIL,
    BY_OLD_CARD,
    BY_OTHER_MAIL,
    BY_PHONE,
    CELLS,
    STYLES,
)

NAMED = (BY_MAIL, BY_CLUB, BY_OTHER_MAIL, BY_OLD_CARD)


def bought(days, *links):
    """What is on file of somebody with a purchase by record on these days."""
    one = profile(linked=sum(1 << s for s in links))
    for s, day in days.items():
        record_purchase(firm(), one, s, 0, 0, day)
    return file(one)


def counted(days, *links, since=50):
    return customers_on_file(bought(days, *links), since)


def test_who_stands_in_several_records_is_counted_once_for_each_that_is_not_linked():
    everywhere = dict.fromkeys(NAMED, 60)
    assert counted(everywhere) == 4
    assert counted(everywhere, BY_CLUB) == 3
    assert counted(everywhere, BY_OTHER_MAIL) == 3
    assert counted(everywhere, BY_CLUB, BY_OLD_CARD) == 2
    assert counted(everywhere, BY_CLUB, BY_OLD_CARD, BY_OTHER_MAIL) == 1


@pytest.mark.parametrize("s", NAMED)
def test_one_record_with_a_purchase_is_one_customer_linked_or_not(s):
    assert counted({s: 60}) == counted({s: 60}, s) == 1
    assert counted({s: 51}) == 1 and counted({s: 50}) == 0, "later than that day"


def test_who_bought_nothing_and_who_is_known_by_cookies_alone_is_no_customer():
    assert counted({}) == 0
    assert counted({BY_COMPUTER: 60, BY_PHONE: 60}) == 0
    assert counted({BY_COMPUTER: 60, BY_MAIL: 60}, BY_COMPUTER) == 1
    assert counted({}, since=-5) == 0, "a record without a purchase has no day of one"


def seen(days, *links, since=50):
    return buys_on_file(bought(days, *links), since)


def test_an_address_buys_online_and_a_card_in_store():
    assert [seen({s: 60}) for s in NAMED] == [ONLINE, IN_STORE, ONLINE, IN_STORE]


def test_where_he_buys_is_what_the_record_of_his_newest_purchase_says():
    for mail, card, where in ((60, 61, IN_STORE), (61, 60, ONLINE)):
        for s in (BY_CLUB, BY_OLD_CARD):
            assert seen({BY_MAIL: mail, s: card}) == where
            assert seen({BY_MAIL: mail, s: card}, s) == BOTH, "they are linked"
    assert seen({BY_MAIL: 60, BY_CLUB: 49}, BY_CLUB) == ONLINE, "too long ago"


def test_only_what_is_linked_to_the_newest_record_is_read_with_it():
    days = {BY_MAIL: 60, BY_CLUB: 60, BY_OTHER_MAIL: 70}
    assert seen(days, BY_CLUB) == ONLINE, "the other address is a stranger's"
    assert seen({BY_CLUB: 60, BY_OTHER_MAIL: 70}, BY_CLUB) == ONLINE
    assert seen({BY_OLD_CARD: 70, BY_MAIL: 60}, BY_CLUB) == IN_STORE
    assert seen({BY_OLD_CARD: 60, BY_OTHER_MAIL: 70}, BY_OLD_CARD, BY_OTHER_MAIL) == BOTH


# ---- what the newsletter can read --------------------------------------------------------------

KNOWS = {"share_data": 1.0, "share_delay_days": 0.0, "by_style": 1.0, "prior_weight": 1.0}
KNOWS |= {"open_needs": 0.0, "suppress_bought": 0.0, "interest_days": 14}


def read(rule, told, day=400, **changes):
    found = one(np.zeros(1, READ))
    rule(firm(**(KNOWS | changes)), file(told), day, SEED, found)
    return found


def buyer(*purchases, linked=0):
    """Somebody with purchases (record, category, day) on file."""
    told = profile(linked=linked)
    for s, category, day in purchases:
        record_purchase(firm(share_delay_days=0.0), told, s, category * STYLES, 0, day)
    return told


def test_the_last_purchase_is_the_newest_in_sight_of_the_newsletter():
    older, newer = (BY_MAIL, 1, 60), (BY_PHONE, 2, 61)

    def last(*purchases, linked=1 << BY_PHONE, **changes):
        return read(read_purchases, buyer(*purchases, linked=linked), **changes).last_category

    assert last(older, newer) == 2
    assert last(older, newer, linked=0) == last(older, newer, share_data=0.0) == 1
    assert last(older, (BY_PHONE, 2, 59)) == 1
    assert last(older, (BY_PHONE, 2, 60)) == 2, "of one day the first record's"
    assert last((BY_MAIL, 0, 0), day=300) == 0, "day 0 and category 0 are such"
    assert last((BY_CLUB, 1, 399)) == -1, "a card that is not linked"


def test_a_purchase_is_on_file_for_a_year():
    told = buyer((BY_CLUB, 1, 100), (BY_MAIL, 1, 400))
    for day, customers in ((464, 2), (465, 1)):
        assert read(read_purchases, told, day).on_file == customers
    linked = buyer((BY_CLUB, 1, 100), (BY_MAIL, 1, 400), linked=1 << BY_CLUB)
    for day, where in ((464, BOTH), (465, ONLINE)):
        assert read(read_purchases, linked, day).buys == where


def looks(*views, linked=0, day=100, **changes):
    """Categories taken to be wanted, of somebody who looked (record, category, day)."""
    told = profile(linked=linked)
    for s, category, when in views:
        record_interest(firm(share_delay_days=0.0), told, s, category * STYLES, 0, 1, when)
    return read(read_looks, told, day, **changes).looked_at


def test_what_was_looked_at_lately_is_taken_to_be_wanted_in_every_record_in_sight():
    mail, phone = (BY_MAIL, 0, 99), (BY_PHONE, 2, 98)
    assert looks() == 0 and looks(mail) == 0b001
    assert looks(mail, phone, linked=1 << BY_PHONE) == 0b101
    assert looks(mail, phone) == looks(mail, phone, linked=1 << BY_PHONE, share_data=0.0) == 0b001
    assert looks((BY_MAIL, 1, 86)) == 0b010 and looks((BY_MAIL, 1, 85)) == 0
    assert looks((BY_COMPUTER, 1, 99), linked=1 << BY_COMPUTER) == 0b010
    assert looks((BY_MAIL, 1, 99), (BY_PHONE, 1, 99), linked=1 << BY_PHONE) == 0b010


def liked(*views, **changes):
    """The favourite by sightings (cell, how many) under his address."""
    told = profile()
    for cell, weight in views:
        record_interest(firm(), told, BY_MAIL, cell, 0, weight, 50)
    return favourite(firm(**(KNOWS | changes)), file(told), 100, SEED, belief())


def test_a_favourite_is_what_was_seen_more_than_best_sellers_say():
    assert liked() == -1
    assert liked((0, 1)) == 0 and liked((2, 1)) == 0 and liked((3, 1)) == 1
    assert liked((3, 2), (6, 3)) == 2
    assert liked((3, 2), (4, 2), (5, 2), (6, 5)) == 1, "all styles of a category count"
    assert liked((3, 2), (6, 2)) == 1, "of equal ones the first"
    sells = {"popularity": np.eye(CELLS)[3], "prior_weight": 7.0}
    assert liked((6, 1), **sells) == 2, "what sells is no sighting"


def test_what_is_read_of_a_profile_may_be_another_mans():
    profiles = profile_table(2)
    for row, (s, category) in enumerate(((BY_MAIL, 1), (BY_CLUB, 2))):
        for version in ("live", "shared"):
            facts = profiles["silos"][version]
            facts["buy_cell"][row, s], facts["buy_day"][row, s] = category * STYLES, 60
            facts["view_cell"][row, BY_MAIL], facts["view_day"][row, BY_MAIL] = (
                category * STYLES,
                99,
            )
            facts["counts"][row, BY_MAIL, category * STYLES] = 2
    rules = firm_table(**KNOWS)
    for minds, first, second in (((0, 1), 1, 2), ((1, 0), 2, 1)):
        found = as_read(profiles, np.array(minds), rules, 100, SEED)
        assert found["favourite"].tolist() == [first, second]
        assert found["looked_at"].tolist() == [1 << first, 1 << second]
        assert found["buys"].tolist() == [(0, ONLINE, IN_STORE)[k] for k in (first, second)]
        assert found["last_category"].tolist() == [k if k == 1 else -1 for k in (first, second)]
