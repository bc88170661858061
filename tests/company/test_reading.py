"""Claims about as how many customers somebody is counted, and where he is seen to buy."""

from __future__ import annotations

import pytest
from people import file, firm, profile

from sim.company.knowledge import record_purchase
from sim.company.reading import BOTH, IN_STORE, ONLINE, buys_on_file, customers_on_file
from sim.core.records import BY_CLUB, BY_COMPUTER, BY_MAIL, BY_OLD_CARD, BY_OTHER_MAIL, BY_PHONE

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
