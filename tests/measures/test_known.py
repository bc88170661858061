"""Claims about what a company knows, held against the truth."""

from __future__ import annotations

import numpy as np
import pytest
from people import firm_table, profile_table
from test_metrics import END, event, tiny_run

from sim.core import events as ev
from sim.core.records import (
    ACTIVE,
    BY_CLUB,
    BY_COMPUTER,
    BY_MAIL,
    BY_OLD_CARD,
    BY_OTHER_MAIL,
    CUSTOMER,
    OTHER_ADDRESS,
    OWN_ADDRESS,
)
from sim.measures.knowledge import BUYS, KNOWN, TAKEN_FOR, measure_knowledge

KNOWS = {"by_style": 1.0, "share_data": 1.0, "share_delay_days": 0.0, "prior_weight": 1.0}
ROAD, CITY = 1, 2  # categories
ALL_PEOPLE = ((1, 0.8, 0.8), (0, 0.8, 0.8))


def people(n=2):
    table = np.zeros(n, CUSTOMER)
    table["id"] = np.arange(n)
    table["exit_day"] = 1 << 30
    table["taste"][:, 3 * ROAD] = 1.0
    return table


def known(log, customers=None, profiles=None, firm=None, rest_after=6, minds=None):
    """The figures by name, of two people unless told otherwise."""
    customers = people() if customers is None else customers
    run = tiny_run(log, (ALL_PEOPLE * len(customers))[: len(customers)])
    profiles = profile_table(len(customers)) if profiles is None else profiles
    minds = np.arange(len(customers)) if minds is None else np.array(minds)
    rules = firm_table(**(KNOWS | (firm or {})))
    found = measure_knowledge(run, customers, profiles, minds, rules, rest_after)
    assert found["what"].tolist() == list(KNOWN)
    return dict(zip(found["what"], found["value"], strict=True))


def bought(kind=ev.STORE_SALE, customer=0, dkk=100, day=END - 10, **fields):
    fields = {"category": ROAD, "seen_as": ev.NOBODY} | fields
    return event(kind, day, customer, dkk, **fields)


def filed(profiles, row, silo, category, day=END - 10):
    """A purchase on file."""
    for version in ("live", "shared"):
        facts = profiles["silos"][version]
        facts["buy_cell"][row, silo], facts["buy_day"][row, silo] = 3 * category, day


def listed(profiles, row, a, **fields):
    """An address on the list."""
    for name, value in ({"permission": 1} | fields).items():
        profiles["addresses"][name][row, a] = value
    profiles["written_to"][row] = 1


def test_sales_to_a_known_person_are_counted_by_value_and_by_place():
    log = [
        bought(dkk=300, seen_as=ev.A_PERSON),
        bought(dkk=100),
        bought(ev.WEB_ORDER, dkk=100, seen_as=ev.A_DEVICE),
        bought(ev.WEB_ORDER, dkk=300, seen_as=ev.A_PERSON),
        bought(dkk=900, day=10, seen_as=ev.A_PERSON),  # before the fork
    ]
    found = known(log)
    assert found["sales"] == pytest.approx(600 / 800)
    assert found["sales online"] == found["sales in store"] == pytest.approx(300 / 400)


def test_visits_and_calls_are_counted_by_as_whom_they_were_known():
    kinds = [(ev.WEB_VISIT, 0), (ev.WEB_VISIT, 1), (ev.WEB_VISIT, 2), (ev.WEB_VISIT, 2)]
    kinds += [(ev.STORE_VISIT, 0), (ev.STORE_VISIT, 2), (ev.SERVICE_ASKED, 0)]
    found = known([event(kind, seen_as=seen_as) for kind, seen_as in kinds])
    assert found["web visits, person"] == 0.5 and found["web visits, device"] == 0.25
    assert found["store visits"] == 0.5 and found["calls"] == 0.0


def test_where_nothing_happened_nothing_is_said():
    of_everybody = {"all members", "mailing list"}  # there are people, if no customers
    found = known([])
    assert {name for name, value in found.items() if not np.isnan(value)} == of_everybody


def test_the_mailing_list_and_the_club_are_told_of_everybody_still_there_who_never_bought_too():
    everybody, profiles = people(4), profile_table(4)
    everybody["club"] = 1, 0, 0, 1
    everybody["exit_day"][3] = END - 1
    for row in (1, 2, 3):
        listed(profiles, row, 0)
    found = known([], everybody, profiles)
    assert found["mailing list"] == pytest.approx(2 / 3)
    assert found["all members"] == pytest.approx(1 / 3)


def test_customers_are_those_who_bought_lately_and_are_still_there():
    old, gone = bought(customer=1, day=END - 400), bought(customer=1)
    leavers = people()
    leavers["exit_day"][1] = END - 5
    for log, customers in (([bought(), old], people()), ([bought(), gone], leavers)):
        customers["club"] = 1, 0
        assert known(log, customers)["members"] == 1.0
    both = people()
    both["club"] = 1, 0
    assert known([bought(), bought(customer=1)], both)["members"] == 0.5


def test_an_address_that_opens_nothing_is_permitted_and_not_reached():
    profiles = profile_table(2)
    listed(profiles, 0, OWN_ADDRESS, unopened=5)
    listed(profiles, 1, OWN_ADDRESS, unopened=6)
    log = [bought(), bought(customer=1)]
    found = known(log, profiles=profiles)
    assert (found["permission"], found["reachable"]) == (1.0, 0.5)
    assert known(log, profiles=profiles, rest_after=5)["reachable"] == 0
    listed(profiles, 1, OTHER_ADDRESS, unopened=4)
    assert known(log, profiles=profiles, rest_after=5)["reachable"] == 0.5, "at any address"
    profiles["addresses"]["permission"][1, OTHER_ADDRESS] = 0
    assert known(log, profiles=profiles, rest_after=5)["reachable"] == 0.0


def test_who_is_on_the_list_at_two_addresses_is_mailed_twice_of_buyers_on_the_list():
    profiles = profile_table(3)
    log = [bought(), bought(customer=1)]
    assert np.isnan(known(log, people(3), profiles)["mailed twice"]), "nobody is on it"
    listed(profiles, 2, OWN_ADDRESS)
    listed(profiles, 2, OTHER_ADDRESS)
    assert np.isnan(known(log, people(3), profiles)["mailed twice"]), "he did not buy"
    for row, a, twice in (
        (0, OWN_ADDRESS, 0.0),
        (1, OTHER_ADDRESS, 0.0),
        (0, OTHER_ADDRESS, 0.5),
        (1, OWN_ADDRESS, 1.0),
    ):
        listed(profiles, row, a)
        assert known(log, people(3), profiles)["mailed twice"] == twice


def test_who_stands_in_several_records_is_counted_several_times():
    log = [bought(), bought(customer=1)]
    profiles = profile_table(2)
    filed(profiles, 0, BY_MAIL, ROAD)

    def figures():
        found = known(log, profiles=profiles)
        return found["counted"], found["twice"], found["customers"]

    assert figures() == (0.5, 0.0, 0.5)
    filed(profiles, 0, BY_OTHER_MAIL, ROAD)
    assert figures() == (1.0, 0.5, 0.5)
    for s in (BY_CLUB, BY_OLD_CARD):
        filed(profiles, 0, s, ROAD)
    assert figures() == (2.0, 0.5, 0.5)
    profiles["linked"][0] = 1 << BY_CLUB
    assert figures() == (1.5, 0.5, 0.5)
    filed(profiles, 1, BY_OLD_CARD, ROAD, END - 400)
    assert figures() == (1.5, 0.5, 0.5), "too long ago"
    filed(profiles, 1, BY_OLD_CARD, ROAD, END - 300)
    assert figures() == (2.0, 0.5, 1.0)


def test_the_last_purchase_is_known_where_it_is_on_a_record_that_can_be_seen():
    log = [bought(customer=0), bought(customer=1)]
    profiles = profile_table(2)
    filed(profiles, 0, BY_CLUB, ROAD)
    filed(profiles, 1, BY_MAIL, CITY, END - 20)
    assert known(log, profiles=profiles)["last purchase"] == 0.0, "not linked; an older one"
    profiles["linked"] = 1 << BY_CLUB
    assert known(log, profiles=profiles)["last purchase"] == 0.5
    filed(profiles, 1, BY_CLUB, ROAD)
    assert known(log, profiles=profiles)["last purchase"] == 1.0
    assert known(log, profiles=profiles)["customers"] == 1.0


def test_a_placebo_s_knowledge_is_that_of_whom_it_takes_him_for():
    profiles = profile_table(2)
    filed(profiles, 0, BY_MAIL, ROAD)
    assert known([bought()], profiles=profiles)["last purchase"] == 1.0
    assert known([bought()], profiles=profiles, minds=(1, 0))["last purchase"] == 0.0


def test_an_exchange_is_no_purchase():
    log = [bought(), bought(day=END - 5, category=CITY, value=1.0)]
    profiles = profile_table(2)
    filed(profiles, 0, BY_MAIL, ROAD)
    assert known(log, profiles=profiles)["last purchase"] == 1.0


def test_a_taste_is_known_by_what_was_seen_and_not_by_what_sells():
    profiles = profile_table(2)
    sells = {"popularity": np.eye(24)[3 * ROAD]}
    assert known([bought()], profiles=profiles, firm=sells)["taste"] == 0.0
    profiles["silos"]["live"]["counts"][0, BY_MAIL, 3 * ROAD] = 2
    assert known([bought()], profiles=profiles, firm=sells)["taste"] == 1.0
    profiles["silos"]["live"]["counts"][0, BY_MAIL, 3 * CITY] = 5
    assert known([bought()], profiles=profiles, firm=sells)["taste"] == 0.0


def test_an_open_need_is_noticed_and_one_that_is_none_is_imagined():
    customers, profiles = people(), profile_table(2)
    customers["needs"]["state"][0, 4], customers["needs"]["category"][0, 4] = ACTIVE, ROAD
    looks = profiles["silos"]["live"]
    looks["view_cell"][0, BY_MAIL], looks["view_day"][0, BY_MAIL] = 3 * ROAD, END - 3
    found = known([bought()], customers, profiles)
    assert (found["open need"], found["false alarm"]) == (1.0, 0.0)
    looks["view_cell"][1, BY_MAIL], looks["view_day"][1, BY_MAIL] = 3 * CITY, END - 3
    assert known([bought()], customers, profiles)["false alarm"] == 0.5
    looks["view_day"] = END - 90
    assert known([bought()], customers, profiles)["open need"] == 0.0
    looks["view_cell"][0, BY_COMPUTER], looks["view_day"][0, BY_COMPUTER] = 3 * ROAD, END - 3
    assert known([bought()], customers, profiles)["open need"] == 0.0, "the device is not linked"


@pytest.mark.parametrize(
    ("linked", "newest", "taken_for"),
    [(1, BY_MAIL, "both"), (0, BY_MAIL, "online only"), (0, BY_CLUB, "in stores only")],
)
def test_who_buys_in_both_is_two_people_while_his_records_are_not_linked(linked, newest, taken_for):
    log = [bought(ev.WEB_ORDER, day=END - 30), bought(day=END - 20)]
    profiles = profile_table(2)
    profiles["linked"] = linked << BY_CLUB
    for silo in (BY_MAIL, BY_CLUB):
        filed(profiles, 0, silo, ROAD, END - 10 if silo == newest else END - 30)
    found = known(log, profiles=profiles)
    told = {name: found[f"both, taken for {name}"] for name in TAKEN_FOR.values()}
    assert told == {name: float(name == taken_for) for name in TAKEN_FOR.values()}
    assert all(np.isnan(found[f"{name}, taken for both"]) for name in set(BUYS.values()) - {"both"})


def test_who_is_on_no_file_is_taken_for_nobody():
    assert known([bought()])["in stores only, taken for nobody"] == 1.0
