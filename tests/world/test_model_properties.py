"""What must hold in every valid world, however odd: whole logs, whole money, states in range."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import like, named, world

from sim.core import events as ev
from sim.core.records import ACTIVE, EMPTY, FREE, SETTLING
from sim.measures.accounts import money, person_years, reconcile, sales
from sim.measures.metrics import ACTIVE_YEARS, METRICS, measure
from sim.settings.base import about, numbers
from sim.settings.run import Settings
from sim.settings.strategy import DISCIPLINES, Policies, Strategy
from sim.world.model import OmnichannelModel

# Bounds narrower than the declared ones, only to keep a test short
SHORTER = {
    "market.people.need_rate_year": (0.1, 60.0),
    "market.channels.social.instagram.sessions_week_shopper": (0.0, 14.0),
    "market.channels.social.instagram.sessions_week_buyer": (0.0, 14.0),
    "market.people.browses_month_shopper": (0.0, 15.0),
    "market.people.browses_month_buyer": (0.0, 15.0),
    "market.people.stay_days": (90.0, 3650.0),
    "company.operations.centre_minimum_agents": (1, 20),
    "company.operations.desk_minimum_agents": (1, 20),
    "policies.newsletters_per_week": (0.0, 7.0),
}
TOGETHER = ("_opening_minute", "_evening_minute", "_closing_minute")  # must rise: left alone
LARGEST_ØRE = 2**53


def declared() -> dict[str, tuple[Any, float, float]]:
    """Every number of market, company and policies: value, least and most allowed."""
    run = world()
    groups = {"market": run.market, "company": run.company, "policies": Policies()}
    found = {}
    for prefix, group in groups.items():
        for key, field, value in numbers(group, f"{prefix}."):
            if not key.endswith(TOGETHER):
                facts = about(field)
                found[key] = (value, *SHORTER.get(key, (facts["lo"], facts["hi"])))
    for kind in ("social", "search"):
        for name, entry in getattr(run.market.channels, kind).items():
            for key, field, value in numbers(entry, f"market.channels.{kind}.{name}."):
                facts = about(field)
                found[key] = (value, *SHORTER.get(key, (facts["lo"], facts["hi"])))
    return found


DECLARED = declared()


def one_value(key: str) -> st.SearchStrategy:
    """Any allowed value of a declared number, of its type and length."""
    value, lo, hi = DECLARED[key]
    first = value[0] if isinstance(value, tuple) else value
    if isinstance(first, bool):
        single = st.booleans()
    elif isinstance(first, int):
        single = st.integers(int(np.ceil(lo)), int(hi))
    else:
        single = st.floats(lo, hi, allow_subnormal=False)
    return st.tuples(*[single] * len(value)) if isinstance(value, tuple) else single


def put(content: dict, key: str, value: Any) -> None:
    """Set a dotted key in nested dictionaries."""
    *groups, name = key.split(".")
    for group in groups:
        content = content[group]
    content[name] = value


@st.composite
def strategies(draw, chosen: dict[str, Any]) -> Strategy:
    """A consistent strategy of any maturity."""
    content = named("danish_average").model_dump()
    policies = content["policies"]
    for key, value in chosen.items():
        put({"policies": policies}, key, value)
    if not policies["stores"]:
        policies["pickup_in_store"] = policies["return_in_store"] = False
    policies["return_by_mail"] |= not policies["return_in_store"]
    content["maturity"] = {d: draw(st.floats(0, 3)) for d in DISCIPLINES}
    return Strategy.model_validate(content)


# Key figures hang together, which a number of them anywhere in its bounds does not
ANYWHERE = sorted(key for key in DECLARED if not key.startswith("company.key_figures."))


@st.composite
def worlds(draw) -> tuple[Settings, Strategy, Strategy, int]:
    """Settings with some numbers anywhere in their bounds, a strategy before and after a fork."""
    keys = draw(st.lists(st.sampled_from(ANYWHERE), max_size=25, unique=True))
    chosen = {key: draw(one_value(key)) for key in keys}
    content = world().model_dump()
    for key, value in chosen.items():
        if not key.startswith("policies."):
            put(content, key, value)
    ways = content["market"]["contacting"]
    ways["prefers_mail"] = min(ways["prefers_mail"], 1.0 - ways["prefers_chat"])
    wanted = draw(st.integers(1, 6))
    categories = content["market"]["categories"][:wanted]
    names = [c["name"] for c in categories]
    total = sum(c["need_share"] for c in categories)
    for c in categories:
        c["need_share"] /= total
        c["complement"] = c["complement"] if c["complement"] in names else ""
    content["market"]["categories"] = categories
    days = draw(st.integers(60, 90))
    fork = draw(st.integers(0, days - 1))
    content["scale"] |= {
        "customers": draw(st.integers(50, 80)),
        "warmup_days": fork,
        "horizon_days": days - fork,
    }
    content["seed"] = draw(st.integers(0, 10**9))
    content["interaction"] = draw(st.booleans())
    policies = {key: value for key, value in chosen.items() if key.startswith("policies.")}
    before, after = draw(strategies({})), draw(strategies(policies))
    return Settings.model_validate(content), before, after, fork


AFTER_LEAVING = (  # what is under way is delivered, returned and refunded, asked about and told of
    ev.LAPSED,
    ev.MAIL_SENT,  # nobody tells the company
    ev.PARCEL_DELIVERED,
    ev.PICKED_UP,
    ev.KEPT,
    ev.DISAPPOINTED,
    ev.FIND_TOLD,
    ev.REVIEWED,
    ev.RETURN_BY_MAIL,
    ev.RETURN_IN_STORE,
    ev.REFUNDED,
    ev.FEE_PAID,
    ev.JOURNEY_DONE,
    ev.STORE_VISIT,
    ev.SERVICE_ASKED,
    ev.SERVICE_ANSWERED,
    ev.SERVICE_GAVE_UP,
    ev.SCORED,
    ev.CONTACT_ENDED,
    ev.REPEATED,
    ev.DESK_WAITED,
    ev.ACT_DONE,
    ev.ACT_SLOWED,
    ev.ACT_DECLINED,
)


def check_log(model: OmnichannelModel) -> None:
    """Events in order, within their people's stay, with sound numbers."""
    events, people = model.events(), model.people()
    key = events["day"].astype(np.int64) << 32 | events["customer"]
    assert (np.diff(key) >= 0).all(), "by day, then customer"
    assert np.isin(events["kind"], list(ev.KINDS)).all()
    assert np.isfinite(events["value"]).all()
    assert (events["amount_oere"] >= 0).all()
    assert (events["amount_oere"] < LARGEST_ØRE).all()
    who = events["customer"]
    assert (events["day"] >= people["entry_day"][who]).all(), "nobody acts before he is there"
    after = events["day"] >= np.maximum(people["exit_day"], people["entry_day"] + 1)[who]
    assert np.isin(events["kind"][after], AFTER_LEAVING).all(), "who has left settles what is open"
    items = events["item"]
    assert ((items >= -1) & (items < len(model.catalogue))).all()
    sold = sales(events)
    assert (sold["item"] >= 0).all()
    assert (sold["amount_oere"] <= model.catalogue["price_oere"][sold["item"]]).all()


def check_returns(events: np.ndarray) -> None:
    """Money back at most once for an order, and never more than was paid."""
    back = events[events["kind"] == ev.REFUNDED]
    keys = back["customer"].astype(np.int64) << 32 | back["order"]
    assert len(np.unique(keys)) == len(keys)
    paid, refunded = np.zeros((2, events["customer"].max(initial=0) + 1), np.int64)
    np.add.at(paid, sales(events)["customer"], sales(events)["amount_oere"])
    np.add.at(refunded, back["customer"], back["amount_oere"])
    assert (refunded <= paid).all()


def check_money(model: OmnichannelModel, since: np.ndarray) -> None:
    """Sums over the events since the fork are the books, and the books the metrics, to the øre."""
    run, economics = model.run_log(), model.settings.company.economics
    reconcile(run)
    books, years = money(run, economics, model.catalogue["cost_oere"]), person_years(run)
    shopper = run.people["shopper"][since["customer"]]
    kinds, oere = since["kind"], since["amount_oere"]
    lines = {
        "gross_revenue": (ev.WEB_ORDER, ev.STORE_SALE),
        "refunds": (ev.REFUNDED,),
        "fees": (ev.FEE_PAID,),
    }
    for line, of in lines.items():
        summed = [oere[np.isin(kinds, of) & (shopper == segment)].sum() for segment in (0, 1)]
        assert summed == books[line].tolist(), line
    for line in books:
        assert books[line].dtype.kind == "i", "whole øre"
        assert line in ("contribution", "net_revenue", "cost_goods") or (books[line] >= 0).all(), (
            line
        )
    frame = measure(run, economics, model.catalogue["cost_oere"])
    assert not np.isinf(frame["value"]).any()
    value = frame.set_index(["segment", "metric"])["value"]
    for segment, among in {"all": slice(None), "buyers": 0, "shoppers": 1}.items():
        time = np.sum(years[among])
        for line in books:
            figure, total = value[segment, line], np.sum(books[line][among])
            assert np.isnan(figure) == (time == 0), "undefined only where nobody is there"
            assert time == 0 or round(figure * time * 100) == total, line
    undefined = set(frame[frame["value"].isna() & (frame["segment"] == "all")]["metric"])
    of_nobody = {
        "repeat_rate",
        "retention_12m",
        "clv_24m",
        "share_of_wallet",
        "things_per_order",
        "known_sales",
        "satisfaction",
        "nps",
        "cross_channel",
        "coherent_share",
        "coherent_journeys",
        *(name for name, row in METRICS.items() if row.denominator == ACTIVE_YEARS),
    }
    assert undefined <= (of_nobody if years.sum() else set(METRICS))
    for metric in ("repeat_rate", "retention_12m", "share_of_wallet", "satisfaction"):
        assert frame[frame["metric"] == metric]["value"].dropna().between(0, 1).all(), metric


def check_states(model: OmnichannelModel) -> None:
    """Every person's feelings, needs and orders are ones that can be."""
    customers, profiles, due = model.driver.tables()
    for name in ("trust", "habit", "satisfaction", "mail_value", "expertise", "taste"):
        assert (customers[name] >= 0).all() and (customers[name] <= 1).all(), name
    for name in customers.dtype.names:
        if customers[name].dtype.kind == "f" and name != "need_at":
            assert np.isfinite(customers[name]).all(), name
    assert (customers["fatigue"] >= 0).all() and (customers["salience"] >= 0).all()
    needs, orders, end = customers["needs"], customers["orders"], model.day
    assert np.isin(needs["state"], range(FREE, ACTIVE + 1)).all()
    assert np.isin(orders["state"], range(FREE, SETTLING + 1)).all()
    there = customers["present"] == 1
    living = (needs["state"] != FREE) & there[:, None]
    assert (needs["progress"][living] >= 0).all() and (needs["progress"][living] <= 1).all()
    assert (needs["dies"][living] >= end).all(), "nobody carries a dead need"
    assert (needs["category"][living] < len(model.settings.market.categories)).all()
    open_orders = (orders["state"] != FREE) & there[:, None]
    assert (orders["due"][open_orders] >= end).all(), "nothing that was due has been left undone"
    assert (orders["paid_oere"][open_orders] >= 0).all()
    assert ((due >= end) | ~np.isin(customers["present"], [1])).all() and (due <= EMPTY).all()
    assert np.isin(customers["case_state"], range(4)).all()
    assert (profiles["silos"]["live"]["counts"] >= 0).all()
    assert min(model.lost.values()) >= 0


@given(worlds())
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
def test_in_any_valid_world_log_money_and_states_are_sound(drawn):
    run, before, after, fork = drawn
    past = OmnichannelModel(run, before, keep_log=True).run(fork)
    model = past.fork(after)
    model.log = list(past.log)
    model.run()
    events = model.events()
    check_log(model)
    check_returns(events)
    check_money(model, events[events["day"] >= fork])
    check_states(model)


BUSIEST = (
    "people.need_rate_year=100",
    "people.need_rate_shape=20",
    "channels.social.instagram.sessions_week_shopper=50",
    "channels.social.instagram.sessions_week_buyer=50",
    "people.browses_month_shopper=30",
    "identity.account_dkk=50",
    "people.permission_intercept=10",
    "people.aware_at_start=1",
    "needs.attention_gap_days=1",
    "needs.latent_share_shopper=0",
    "needs.latent_share_buyer=0",
    "needs.active_life_days=3650",
    "touchpoints.wait_utility=-10",
    "touchpoints.direct_utility=10",
    "buying.outside_web=-10",
    "buying.checkout_base=-10",
    "channels.social.instagram.post_share=1",
    "channels.social.instagram.ad_seen=1",
    "messages.open_intercept=10",
    "messages.click_intercept=10",
    "channels.social.instagram.ad_click_intercept=5",
)


def test_the_busiest_world_the_bounds_allow_loses_no_event():
    run = world(
        *(f"market.{one}" for one in BUSIEST),
        "scale.customers=200",
        "scale.warmup_days=0",
        "scale.horizon_days=40",
    )
    busy = like(named("leader"), newsletters_per_week=14, media_dkk_per_1000_people_day=10_000)
    model = OmnichannelModel(run, busy, keep_log=True).run()
    per_day = np.bincount(model.events()["day"])
    assert per_day.max() > 15 * 200, "15 events a customer on one day"
    assert per_day.max() > OmnichannelModel(run, busy).driver.logs[0].size, "the buffer has grown"
    assert len(model.events()) == model.tally.counts.sum()
    assert model.driver.buffered()["lost_events"] == 0
    check_log(model)
    check_states(model)


def test_the_drawn_worlds_can_reach_every_declared_number():
    """A number that is added to the schema is drawn too; only opening hours are left alone."""
    assert len(DECLARED) > 200
    assert set(SHORTER) <= set(DECLARED)
