"""Claims about what the company does with its own stock: offers, and tells that it is back."""

from __future__ import annotations

import numpy as np
import pytest
from people import (
    SEED,
    baskets_of,
    belief,
    file,
    firm,
    flow,
    many,
    own,
    profile,
    profile_table,
    shown,
)

from sim.company import automation, waiting
from sim.company.analysis import show_what_he_looked_at
from sim.company.automation import compose_flow, show_better, use_up_trigger, way_of_flow
from sim.company.contacts import compose_newsletter
from sim.company.duplicates import merge_addresses
from sim.company.media import RETARGETING, choose_ad, retarget_item
from sim.company.stock import is_sold_out
from sim.company.waiting import (
    drop_wish,
    note_back,
    note_wish,
    offers_to_tell,
    tell_back,
    waits_for,
)
from sim.company.ways import NO_WAY
from sim.core.draws import uniform
from sim.core.records import ASKED_FOR, BY_EMAIL, BY_MAIL, EMPTY, NEVER, OTHER_ADDRESS, OWN_ADDRESS

PLAIN = {"flows": 1.0, "pauses": 0.0, "open_needs": 1.0, "suppress_bought": 0.0, "record_web": 1.0}
OUT = [1 if row == 17 else 0 for row in range(192)]


def company(**changes):
    """A company whose web shop has none of item 17, of cell 4."""
    return firm(**(PLAIN | {"sold_out": OUT} | changes))


def looked_at(item=17, s=BY_MAIL, **told):
    """He has looked at an item of cell 4 lately."""
    one = profile(permission=1, device_seen=3, **told)
    one.silos[s].live.view_cell, one.silos[s].live.view_item = 4, item
    one.silos[s].live.view_day = 99
    return one


def test_what_is_sold_out_follows_nobody_as_an_ad():
    for item, told in ((16, 16), (17, -1)):
        one = looked_at(item, s=0)
        assert retarget_item(company(), file(one), 0, 100, SEED) == told
        screen = shown()
        ad = choose_ad(screen, company(retargeting=1.0), file(one), 0, 0, 0.99, 100, SEED)
        assert (ad == RETARGETING) == (item == 16)


def test_a_mail_shows_what_he_looked_at_only_while_it_can_be_had():
    for item, told in ((18, 18), (17, 16)):
        screen = shown((16,))
        screen.cells[0] = 4
        show_what_he_looked_at(screen, company(), file(looked_at(item)), BY_MAIL, 0, 100, SEED)
        assert screen.items[0] == told


def test_the_better_one_is_of_what_can_be_had():
    dearest = list(range(3, 99, 4))[:24]
    seen = looked_at(17).silos[BY_MAIL].live
    screen = shown()
    assert show_better(screen, company(dearest_item=dearest), seen)
    assert (screen.items[0], screen.items[1]) == (19, -1), "what he looked at is sold out"
    assert not show_better(screen, company(dearest_item=[-1] * 24), seen)
    here = looked_at(16).silos[BY_MAIL].live
    assert show_better(screen, company(dearest_item=dearest), here) and screen.items[1] == 16


@pytest.mark.parametrize(("item", "goes"), [(16, True), (17, False)])
def test_of_a_basket_whose_thing_is_sold_out_nobody_is_reminded(item, goes):
    one = profile({"basket": 100}, permission=1, baskets={BY_MAIL: (item, 99)})
    sent = compose_flow(shown(), company(), file(one), OWN_ADDRESS, 100, SEED, belief())
    assert (sent == flow("basket")) == goes
    assert baskets_of(one) == {BY_MAIL: item} and own(one).next_flow_day == NEVER


def test_a_campaign_of_which_nothing_is_left_gives_its_place_up():
    gone = [-1 if cell == 4 else 4 * cell for cell in range(24)]
    ours = company(popular_item=gone, campaign_cell=4, personal_mail=0.0, promotes=0)
    screen = shown()
    assert compose_newsletter(screen, ours, file(profile()), OWN_ADDRESS, 100, SEED, belief())
    assert [screen.items[t] for t in range(screen.n)] == [0, 4], "the front's first two"


def test_nothing_is_no_article():
    assert is_sold_out(company(), 17)
    assert not is_sold_out(company(), 16) and not is_sold_out(company(sold_out=[1] * 192), -1)


# ---- told when it is back ----------------------------------------------------------------------


def test_it_is_offered_where_flows_run_and_what_is_typed_is_recorded():
    for name, about in (("flows", automation.HAS_FLOWS), ("record_web", waiting.RECORDS)):
        luck = uniform(SEED, 3, about, 0, 0)
        assert offers_to_tell(company(**{name: luck + 1e-9}), profile(), SEED)
        assert not offers_to_tell(company(**{name: luck - 1e-9}), profile(), SEED)
    assert not offers_to_tell(company(n_flows=flow("back_in_stock")), profile(), SEED), "no flow"


def test_who_asked_hears_of_it_the_day_it_is_back_and_nobody_else():
    ours = company(sold_out=[0] * 192)
    one, other = profile(), profile()
    note_wish(one, OTHER_ADDRESS, 17)
    note_wish(other, OWN_ADDRESS, 18)
    assert note_back(ours, one, 17, 100) and not note_back(ours, other, 17, 100)
    assert one.addresses[OTHER_ADDRESS].next_flow_day == 100
    assert own(one).next_flow_day == own(other).next_flow_day == NEVER
    screen = shown()
    sent = compose_flow(screen, ours, file(one), OTHER_ADDRESS, 100, SEED, belief())
    assert sent == flow("back_in_stock")
    assert (screen.n, screen.items[0], screen.cells[0]) == (1, 17, 4)
    assert screen.purpose == ASKED_FOR
    assert not waits_for(one, OTHER_ADDRESS, 17), "one message was asked for"


def test_of_two_wishes_the_last_counts():
    one = profile()
    note_wish(one, OWN_ADDRESS, 17)
    note_wish(one, OWN_ADDRESS, 18)
    assert waits_for(one, OWN_ADDRESS, 18) and not note_back(company(), one, 17, 100)


def test_sold_out_again_before_the_message_goes_out_it_is_not_sent():
    one = profile({"back_in_stock": 100}, wanted_item=17)
    assert compose_flow(shown(), company(), file(one), 0, 100, SEED, belief()) == -1
    assert own(one).wanted_item == -1


def test_he_asked_so_it_needs_no_permission_and_no_other_flow_borrows_this_one():
    back, care = flow("back_in_stock"), flow("care")
    for refused in (0, 1):
        stranger = profile(refused=refused)
        assert way_of_flow(company(), stranger, 0, back) == BY_EMAIL
        assert way_of_flow(company(), stranger, 0, care) == NO_WAY
    asked = profile({"welcome": 100}, wanted_item=17)
    use_up_trigger(company(), asked, 0, flow("welcome"), 100)
    assert own(asked).wanted_item == 17


def test_it_counts_as_a_contact_and_keeps_to_the_weeks_cap():
    busy = {"contacts": 3, "contact_week": 14}
    for pauses, goes in ((1.0, False), (0.0, True)):
        one = profile({"back_in_stock": 100}, wanted_item=18, **busy)
        ours = company(pauses=pauses, contacts_week_cap=3)
        sent = compose_flow(shown(), ours, file(one), 0, 100, SEED, belief())
        assert (sent >= 0) == goes


@pytest.mark.parametrize(
    ("category", "heeds", "left"), [(1, 1.0, -1), (1, 0.0, 17), (0, 1.0, 17), (2, 1.0, 17)]
)
def test_who_has_bought_the_kind_is_not_told_where_that_is_heeded(category, heeds, left):
    one = profile(wanted_item=17)
    drop_wish(company(suppress_bought=heeds), one, OWN_ADDRESS, category, SEED)
    assert own(one).wanted_item == left
    nothing = profile()
    drop_wish(company(suppress_bought=1.0), nothing, OWN_ADDRESS, 1, SEED)
    assert own(nothing).wanted_item == -1


def test_who_waits_is_woken_that_day_and_whose_place_is_empty_is_not():
    table = profile_table(4)
    table["addresses"]["wanted_item"][[0, 1, 3], OWN_ADDRESS] = 17
    due = np.array([200, EMPTY, 200, 90], np.int32)
    tell_back(np.arange(4), np.full(4, 17), many(table), due, company(), 100)
    assert due.tolist() == [100, EMPTY, 200, 90]


def test_a_wish_under_another_address_goes_along_when_the_two_are_merged():
    for mine, theirs, kept in ((-1, 17, 17), (18, 17, 18)):
        one = profile(
            wanted_item=mine, received_order=-1, other={"wanted_item": theirs, "received_order": 44}
        )
        merge_addresses(one)
        assert (own(one).wanted_item, own(one).received_order) == (kept, 44)
        assert one.addresses[OTHER_ADDRESS].wanted_item == -1
