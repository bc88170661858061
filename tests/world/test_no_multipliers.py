"""No multipliers: a strategy reaches a customer only by what is shown, sent, said or awaited.

Proved twice: by construction, from the types that the rules were compiled for and from their
source; and by result, from a leader whose actions are switched off or whose knowledge is shuffled.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
from pathlib import Path
from typing import NamedTuple

import numba
import numpy as np
import pytest
from numba.core import types
from numba.core.dispatcher import Dispatcher
from worlds import LIVELY, ROOT, like, lively_strategy, named, world

import sim.company
import sim.journey
from sim.company.bullseye import firm_record, terms_record
from sim.company.reading import READ, as_read
from sim.core import events as ev
from sim.core.records import (
    ADDRESS,
    BUFFERS,
    CHANNEL,
    CHOICE,
    CUSTOMER,
    FACTS,
    ITEM,
    LEDGER,
    NEED,
    ORDER,
    PROFILE,
    RATING,
    REQUEST,
    SHOWN,
    SILO,
    TERMS,
    TODAY,
    TRACE,
)
from sim.measures.statistics import interval
from sim.settings.base import record
from sim.settings.ladder import DISCIPLINES, Ladder
from sim.settings.market import market_record
from sim.settings.strategy import Maturity, Strategy
from sim.world.model import OmnichannelModel

CAPABILITIES = {
    name for group in Ladder.model_fields.values() for name in group.annotation.model_fields
}
ON_THE_PAGE = {"stock_online", "reserve"}  # 1 if it stands there, in tests/company/test_shopfront
LEVEL_WORDS = ("level", "maturity", "strategy", *DISCIPLINES)

# By construction: what the compiled rules were given


def sources(folder: str) -> list[Path]:
    return sorted((ROOT / "sim" / folder).rglob("*.py"))


def rules(package) -> dict[str, Dispatcher]:
    """Every rule written in a package, by name."""
    found = {}
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        for name, value in vars(importlib.import_module(info.name)).items():
            if isinstance(value, Dispatcher) and value.__module__ == info.name:
                found[f"{info.name}.{name}"] = value
    return found


def compiled_for(rule: Dispatcher) -> list[tuple]:
    """Argument types of every version of a rule, compiled here or found on disk."""
    on_disk = rule._cache._cache_file._load_index()
    return [*rule.signatures, *(key[0] for key in on_disk)]


def records_in(kind: types.Type) -> list[types.Record]:
    """Every record that a type is, is an array of, or holds, however deep in tuples."""
    if isinstance(kind, types.Record):
        return [kind]
    if isinstance(kind, types.BaseTuple):
        return [record for inner in kind.types for record in records_in(inner)]
    inner = getattr(kind, "dtype", None) or getattr(kind, "type", None)
    return records_in(inner) if isinstance(inner, types.Type) else []


class Bundle(NamedTuple):
    """As rules might be handed: a record, rows of another, and a tuple with a third."""

    truth: object
    rows: object
    deeper: object


def test_the_wall_sees_what_is_hidden_in_tuples():
    customer, item, profile = (numba.from_dtype(dtype) for dtype in (CUSTOMER, ITEM, PROFILE))
    rows = types.Array(item, 1, "C")
    deeper = types.Tuple([types.int64, types.UniTuple(profile, 2)])
    bundle = types.NamedTuple([customer, rows, deeper], Bundle)
    assert records_in(bundle) == [customer, item, profile, profile]
    assert records_in(types.Optional(customer)) == [customer]
    assert records_in(types.float64) == []


@pytest.fixture(scope="module")
def lived():
    """A world that has lived, so that every rule there is has been compiled."""
    model = OmnichannelModel(world(*LIVELY), lively_strategy()).run(3)
    as_read(
        model.driver.tables()[1], model.minds(), model.company.record, model.day, model.world_seed
    )
    return model


def as_types(*dtypes: np.dtype) -> set[types.Type]:
    return {numba.from_dtype(dtype) for dtype in dtypes}


def strangers(package, allowed: set[types.Type]) -> list[str]:
    """Rules of a package that were compiled for a record that is not among ``allowed``."""
    return [
        f"{name}: {kind.dtype.names if hasattr(kind, 'dtype') else kind}"
        for name, rule in rules(package).items()
        for signature in compiled_for(rule)
        for argument in signature
        for kind in records_in(argument)
        if kind not in allowed
    ]


def test_every_rule_of_customer_and_company_has_been_compiled(lived):
    for package, least in ((sim.journey, 50), (sim.company, 35)):
        found = rules(package)
        assert len(found) >= least
        never = {name for name, rule in found.items() if not compiled_for(rule)}
        assert never <= {"sim.company.automation.pass_over"}, "of a story's past"


def test_customers_rules_were_never_given_the_company(lived):
    market = market_record(lived.settings.market).dtype
    seen = as_types(
        CUSTOMER, NEED, ORDER, ITEM, TERMS, TODAY, SHOWN, CHOICE, CHANNEL, RATING, market
    )
    allowed = seen | as_types(ev.EVENT, REQUEST, TRACE, BUFFERS)
    assert strangers(sim.journey, allowed) == []
    company = as_types(lived.company.record.dtype, PROFILE, ADDRESS, SILO, FACTS, LEDGER)
    assert not company & allowed


def test_company_rules_were_never_given_the_truth(lived):
    firm = lived.company.record.dtype
    allowed = as_types(firm, PROFILE, ADDRESS, SILO, FACTS, SHOWN, LEDGER, READ)
    assert strangers(sim.company, allowed) == []
    assert not allowed & as_types(CUSTOMER, NEED, ORDER, CHOICE)


def test_what_customers_rules_may_read_names_no_level_and_no_capability(lived):
    records = {
        "customer": CUSTOMER,
        "need": NEED,
        "order": ORDER,
        "item": ITEM,
        "terms": TERMS,
        "today": TODAY,
        "shown": SHOWN,
        "rating": RATING,
        "market": market_record(lived.settings.market).dtype,
    }
    forbidden = CAPABILITIES | set(DISCIPLINES)
    for name, dtype in records.items():
        assert forbidden & set(dtype.names) == (ON_THE_PAGE if name == "shown" else set()), name
        assert not [f for f in dtype.names if any(word in f for word in LEVEL_WORDS)], name


def parameters(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            for argument in [*node.args.args, *node.args.kwonlyargs]:
                yield f"{path.name} {node.name}", argument.arg


def test_no_customers_rule_has_a_parameter_for_a_level_a_strategy_or_knowledge():
    words = (*LEVEL_WORDS, "firm", "profile", "mind", "capab", "bullseye")
    wrong = [
        f"{where}({name})"
        for path in sources("journey")
        for where, name in parameters(path)
        if any(word in name for word in words)
    ]
    assert wrong == []


def imported(path: Path) -> set[str]:
    """Full names of all that a file imports, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def imports_of(folder: str, *forbidden: str) -> list[str]:
    return [
        f"{path.name} imports {name}"
        for path in sources(folder)
        for name in sorted(imported(path))
        if any(name == one or name.startswith(f"{one}.") for one in forbidden)
    ]


def test_the_journey_imports_nothing_of_company_strategy_or_encounter():
    assert imports_of("journey", "sim.company", "sim.settings", "sim.encounter", "sim.world") == []


def test_the_company_imports_nothing_of_journeys_rules_or_customers():
    assert imports_of("company", "sim.journey", "sim.encounter", "sim.world") == []
    truth = ("sim.core.records.CUSTOMER", "sim.core.records.NEED", "sim.core.records.ORDER")
    assert imports_of("company", *truth) == []


MEDIA = world().market.channels.media()
OF_COMPANY = {"firm", "profile", "profiles", "mind", "file", "office"}
OF_CUSTOMER = {"me", "need", "needs", "order", "orders", "customers"}
OF_CUSTOMER |= {"world.choice", "choice", "world.market", "market", "world.tape", "tape"}


def arguments_across(side: str, names: set[str]) -> dict[str, str]:
    """Where the encounter calls a rule of ``side``: arguments that mention one of ``names``.

    A dotted name (``world.choice``) is that part of a bundle.
    """
    found = {}
    for path in [*sources("encounter"), ROOT / "sim" / "world" / "drivers.py"]:
        tree = ast.parse(path.read_text())
        ours = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if node.module.startswith(f"sim.{side}")
        }
        for call in ast.walk(tree):
            if not (isinstance(call, ast.Call) and getattr(call.func, "id", "") in ours):
                continue
            for argument in [*call.args, *(word.value for word in call.keywords)]:
                inside = {
                    ast.unparse(n)
                    for n in ast.walk(argument)
                    if isinstance(n, ast.Name | ast.Attribute)
                }
                if inside & names:
                    found[f"{call.func.id}({ast.unparse(argument)})"] = path.name
    return found


def test_no_rule_of_the_customer_is_called_with_a_number_of_the_company():
    assert arguments_across("journey", OF_COMPANY) == {}


def test_company_rules_are_told_of_a_customer_only_what_he_does_or_says():
    told = arguments_across("company", OF_CUSTOMER)
    assert set(told) == {
        "handling_minutes(me.case_way)",  # phone, chat or e-mail
        "handling_minutes(me.case_topic)",  # what he says he calls about
        "handling_minutes(me.case_seen)",  # what the agent had on the screen
        "on_screen(me.case_topic)",
        "on_screen(me.case_about)",  # the number he gives: of the order, or of nothing on file
        "search_ad_on_show(me.device)",  # the browser in which he searches
        "count_for_ads(order.paid_oere)",  # the receipt: in what test it counts
        "count_for_messages(order.address)",
        "count_for_messages(order.paid_oere)",
        "record_purchase(order.item)",
        "record_purchase(order.place)",  # bought, and where
        "file_order(order.number)",  # the receipt
        "count_for_tier(order.paid_oere * 0.01)",  # and what it says
        "count_for_tier(counted_under(order))",  # shown at the till or in the shop
        "expert_answers(need.number)",  # names the question that he asks in the forum
        "note_purchase(order.address)",  # the e-mail address on it
        "note_sequence(order.category)",
        "device_of_buyer(order.place)",  # in which browser it was bought
        "record_return(RECORD_OF[order.address])",  # goes back, under that address
        "note_basket(need.basket_item)",  # lies in the web basket
        "empty_basket(me.device)",  # the browser in which he has just ordered
        "note_birthday(me.birthday)",  # what he writes on the form when he joins the club
        "publishes(me.case_day)",  # when he asked
        "waits_for(choice.best_item)",  # the sold-out article whose page he is on
        "note_wish(choice.best_item)",  # and of which he asks to be told
        "drop_wish(order.address)",  # the address on an order
        "drop_wish(order.category)",  # bought
        "address_on_file(order.address)",
        "note_received(order.number)",  # the purchase that the carrier has brought
        "note_review(order.number)",  # that he has written of
        "note_sent_back(order.number)",  # that goes back
        "note_items(order.item)",  # sold to somebody on file
        "judge_picks(order.item)",
        "record_spending(RECORD_OF[order.address])",  # under that address
        "record_spending(order.paid_oere)",
        "record_spending(-order.paid_oere)",  # and paid back
        "carries_out(order.number)",  # what he brings back to a store
        "carries_out(order.paid_oere * 0.01)",  # and what its receipt says
        "record_interest(choice.best_item)",  # what he held in his hand beside a salesperson
    }


@pytest.mark.parametrize("levels", [0, 1.7, 3])
def test_terms_are_the_same_at_any_maturity(levels):
    company = world().company
    one = named("danish_average")
    other = one.model_copy(update={"maturity": Maturity(**dict.fromkeys(DISCIPLINES, levels))})
    terms = [terms_record(company, strategy.policies) for strategy in (one, other)]
    assert terms[0].tobytes() == terms[1].tobytes()
    firms = [firm_record(company, s.policies, s.maturity, MEDIA) for s in (one, other)]
    assert (firms[0] != firms[1]).all(), "while the company itself is another"


def test_levels_move_capabilities_and_nothing_else_of_the_company():
    """No conversion, price or taste hides in the company's record."""
    company, policies = world().company, named("leader").policies
    low, high = (
        firm_record(company, policies, Maturity(**dict.fromkeys(DISCIPLINES, n)), MEDIA)
        for n in (0, 3)
    )
    moved = {name for name in low.dtype.names if low[name].tobytes() != high[name].tobytes()}
    assert moved <= CAPABILITIES | {"holdout"}
    assert moved >= {"by_style", "hand_over", "flows", "shared_targets"}
    assert not set(record(world().market).dtype.names) & set(low.dtype.names)


def test_a_day_looks_the_same_to_customers_under_any_maturity():
    mornings = []
    for name in ("immature", "leader"):
        model = OmnichannelModel(world(*LIVELY), named(name))
        model.open_day()
        mornings.append((model.today.tobytes(), model.terms.tobytes()))
    assert mornings[0] == mornings[1]


# By result: what a leader is worth without its actions, and without its knowledge

CUSTOMERS, WARM_UP, HORIZON, SEEDS = 8000, 200, 365, 13
OFF = ("app", "club_tiers", "flows", "personalisation", "handover", "suppression")
OFF = dict.fromkeys(OFF, False) | {"targets_by": "nobody", "interviews": 0, "panel": 0}


def switched_off(strategy):
    """The strategy without its actions; what has no switch stands as the average company has it."""
    content = like(strategy, **OFF).model_dump()
    groups, single = ["content", "reviews", "service"], ["reads_store_ratings"]
    levels = named("danish_average").maturity
    content["apart"] = {"groups": groups, "capabilities": single, "maturity": levels}
    return Strategy.model_validate(content)


@pytest.fixture(scope="module")
def gross():
    """Gross revenue, DKK per person-year, by strategy: one value a seed, paired."""
    average, leader = named("danish_average"), named("leader")
    strategies = {
        "average": average,
        "average, switched off": switched_off(average),
        "leader": leader,
        "leader, switched off": switched_off(leader),
        "leader, nothing personal": like(leader, personalisation=False),
        "leader, shuffled": like(leader, shuffled_knowledge=True),
    }
    settings = world(
        f"scale.customers={CUSTOMERS}",
        f"scale.warmup_days={WARM_UP}",
        f"scale.horizon_days={HORIZON}",
        "interaction=false",  # queues and budgets would only add to the error
    )
    found = {name: [] for name in strategies}
    for seed in range(1, SEEDS + 1):
        past = OmnichannelModel(settings, average, seed, keep_journal=False).run(WARM_UP)
        for name, strategy in strategies.items():
            tally = past.fork(strategy).run().tally
            sold = tally.amount[:, [ev.WEB_ORDER, ev.STORE_SALE]].sum() / 100
            found[name].append(sold / CUSTOMERS * 365 / HORIZON)
    return {name: np.array(values) for name, values in found.items()}


def gained(gross, one: str, other: str) -> tuple[float, float]:
    """Paired mean difference and half its 95 % interval."""
    mean, low, high = interval(gross[one] - gross[other])
    return mean, (high - low) / 2


def test_a_leader_whose_actions_are_switched_off_is_an_average_company(gross):
    """Permissions, service desks and pauses still differ: less than 3 %, and within the error or
    1 % of nothing. A level that worked by itself would show here."""
    mean, error = gained(gross, "leader, switched off", "average, switched off")
    whole = gross["average, switched off"].mean()
    assert abs(mean) < 0.03 * whole
    assert abs(mean) - error < 0.01 * whole
    leads, _ = gained(gross, "leader", "average")
    assert leads > 0.03 * whole and abs(mean) < leads / 3, "while its actions are worth something"


DONE_AGAIN = (ev.SEARCHED, ev.FILLED, ev.SAID)


@pytest.fixture(scope="module")
def again():
    """Searched, filled and said again, per purchase, by strategy: one row a seed, paired."""
    average, leader = named("danish_average"), named("leader")
    strategies = {
        "average": average,
        "leader": leader,
        "leader, no hand-over": like(leader, handover=False),
        "leader, shuffled": like(leader, shuffled_knowledge=True),
    }
    settings = world("scale.customers=3000", "scale.warmup_days=200", "scale.horizon_days=365")
    found = {name: [] for name in strategies}
    for seed in (1, 2, 3):
        past = OmnichannelModel(settings, average, seed, keep_journal=False).run(200)
        for name, strategy in strategies.items():
            tally = past.fork(strategy).run().tally
            bought = sum(tally.counted(kind).sum() for kind in ev.SALES)
            times = [tally.counted(ev.REPEATED, what).sum() for what in DONE_AGAIN]
            found[name].append(np.array(times) / bought)
    return {name: np.array(values) for name, values in found.items()}


def test_shuffled_knowledge_is_handed_over_and_seen_by_the_agent_and_spares_nobody_anything(again):
    """The placebo reaches hand-over and service: what another did does not stand before him."""
    leader, shuffled = again["leader"], again["leader, shuffled"]
    for k, what in enumerate(DONE_AGAIN):
        assert (leader[:, k] < 0.85 * shuffled[:, k]).all(), ev.AGAIN[what]
        assert shuffled[:, k].mean() > 0.85 * again["average"][:, k].mean(), ev.AGAIN[what]
    without = again["leader, no hand-over"]
    assert (leader[:, 0] < without[:, 0]).all()


def test_shuffled_knowledge_loses_nine_tenths_of_what_targeting_gained(gross):
    gain, error = gained(gross, "leader", "leader, nothing personal")
    assert gain > 2 * error, "there is a gain to lose"
    left, blur = gained(gross, "leader, shuffled", "leader, nothing personal")
    assert left <= 0.1 * gain + blur
    assert blur < 0.2 * gain, "and the error does not hide what is left"
