"""Claims about the Customer Bullseye: levels to capabilities, switches, what levels cost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.company.bullseye import (
    SWITCHED_OFF,
    cells_on_offer,
    firm_record,
    set_capabilities,
    terms_record,
)
from sim.settings.ladder import DISCIPLINES, capabilities
from sim.settings.load import load
from sim.settings.strategy import Maturity, Policies

SETTINGS, _ = load([])
COMPANY, MARKET = SETTINGS.company, SETTINGS.market
MEDIA = MARKET.channels.media()
ALL = {level: Maturity(**dict.fromkeys(DISCIPLINES, level)) for level in (0, 1, 2, 3)}
BETTER_WHEN_LESS = {
    "share_delay_days",
    "steer_by_last_click",
    "join_minutes",
    "till_minutes",
    "act_slowness",
    "pass_on_days",
}


def test_whole_levels_are_the_rungs_of_the_ladder():
    for level, maturity in ALL.items():
        found = capabilities(COMPANY.ladder, maturity.model_dump())
        assert found["link_device"] == COMPANY.ladder.recognition.link_device[level]
        shared = COMPANY.ladder.organisation.shared_targets[level]
        assert found["shared_targets"] == shared


@given(st.floats(0, 3), st.floats(0, 3))
def test_a_higher_level_never_enables_less(one, other):
    low, high = sorted((one, other))
    below, above = (
        capabilities(COMPANY.ladder, dict.fromkeys(DISCIPLINES, level)) for level in (low, high)
    )
    for name in below.keys() - BETTER_WHEN_LESS:
        assert below[name] <= above[name] + 1e-12, name
    for name in BETTER_WHEN_LESS - {"steer_by_last_click"}:
        assert below[name] >= above[name], name


def test_a_switched_off_action_has_no_capability_and_the_rest_keeps_its_own():
    on = firm_record(COMPANY, Policies(), ALL[3], MEDIA)
    off = firm_record(COMPANY, Policies(flows=False, handover=False), ALL[3], MEDIA)
    assert on["flows"][0] == on["hand_over"][0] == 1
    assert off["flows"][0] == off["hand_over"][0] == off["reserve"][0] == 0
    named = {"flows", *SWITCHED_OFF["handover"]}
    same = [n for n in on.dtype.names if n not in named]
    assert all(np.array_equal(on[n], off[n]) for n in same)


def test_what_customers_can_read_does_not_depend_on_maturity():
    assert terms_record(COMPANY, Policies()) == terms_record(COMPANY, Policies())
    assert not set(terms_record(COMPANY, Policies()).dtype.names) & set(DISCIPLINES)


@pytest.mark.parametrize("switch", SWITCHED_OFF)
def test_every_switch_turns_off_what_it_names_and_nothing_else(switch):
    named = {
        "app": {"offer_app", "beacons", "greets_in_app", "self_scan"},
        "self_scan": {"self_scan"},
        "flows": {"flows"},
        "personalisation": {"own_channel", "personal_mail", "staff_lookup"},
        "handover": {"hand_over", "order_to_home", "reserve", "stock_online"},
        "suppression": {"suppress_bought"},
    }[switch]
    on = firm_record(COMPANY, Policies(), ALL[3], MEDIA)
    off = firm_record(COMPANY, Policies(**{switch: False}), ALL[3], MEDIA)
    differs = {n for n in on.dtype.names if not np.array_equal(on[n], off[n])}
    assert differs == named and all(off[n][0] == 0 for n in named)


def test_a_schedule_moves_capabilities_as_if_the_firm_had_always_been_there():
    policies = Policies(suppression=False, flows=False)
    moved = firm_record(COMPANY, policies, ALL[1], MEDIA)
    moved["campaign_cell"] = 5
    set_capabilities(moved, COMPANY, policies, ALL[3])
    fresh = firm_record(COMPANY, policies, ALL[3], MEDIA)
    assert moved["campaign_cell"][0] == 5, "the plan stays"
    names = [n for n in fresh.dtype.names if n != "campaign_cell"]
    assert all(np.array_equal(moved[n], fresh[n]) for n in names)


def test_profiles_are_held_out_only_where_the_company_steers_by_it():
    none, all_of = (firm_record(COMPANY, Policies(), ALL[level], MEDIA) for level in (0, 3))
    assert none["holdout"][0] == 0
    able = all_of["steer_by_holdout"][0]
    assert all_of["holdout"][0] == COMPANY.systems.holdout_share * able > 0


def test_a_company_between_levels_holds_out_as_it_steers_by_it():
    policies, between = Policies(), Maturity(**dict.fromkeys(DISCIPLINES, 2.5))
    moved = firm_record(COMPANY, policies, ALL[0], MEDIA)
    set_capabilities(moved, COMPANY, policies, between)
    able = moved["steer_by_holdout"][0]
    assert 0 < able < 1
    assert moved["holdout"][0] == pytest.approx(COMPANY.systems.holdout_share * able)


def test_a_new_firm_has_no_plan_and_knows_nothing_of_what_sells():
    firm = firm_record(COMPANY, Policies(), ALL[2], MEDIA)[0]
    assert (firm["popular_item"] == -1).all() and (firm["next_category"] == -1).all()
    assert all(firm[name] == 0 for name in ("campaign_cell", "newsletters", "issue"))
    assert not firm["ad_rate"].any()
    assert not firm["front_cell"].any() and not firm["popularity"].any()


def test_the_offer_says_what_the_policies_say():
    policies = Policies(
        return_in_store=False, mail_return_fee_dkk=5, store_return_fee_dkk=7, delivery_fee_dkk=49
    )
    offer = terms_record(COMPANY, policies)[0]
    for name in set(offer.dtype.names) & set(Policies.model_fields):
        assert offer[name] == getattr(policies, name), name
    assert offer["return_window_days"] == COMPANY.economics.return_window_days
    assert offer["store_carries"] == COMPANY.systems.store_carries


def test_the_hours_on_the_door_are_those_of_the_desk_and_of_the_lines():
    offer, hours = terms_record(COMPANY, Policies())[0], COMPANY.operations
    desk = hours.desk_opening_minute, hours.desk_closing_minute
    lines = hours.centre_opening_minute, hours.centre_closing_minute
    assert (offer["stores_open_minute"], offer["stores_close_minute"]) == desk
    assert (offer["lines_open_minute"], offer["lines_close_minute"]) == lines


def test_only_cells_of_the_markets_own_categories_are_on_offer():
    cells = cells_on_offer(MARKET)
    assert cells == list(range(3 * len(MARKET.categories)))
