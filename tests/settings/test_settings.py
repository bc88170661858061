"""Settings: what is given is what is run; what cannot be run is refused in one line."""

from __future__ import annotations

import json
from functools import cache, reduce
from operator import getitem
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.records import FLOWS
from sim.settings.base import about, luck_code
from sim.settings.document import declarations, document, settings_of, table
from sim.settings.load import CONFIGS, ROOT, BadInput, catalogue, check, defaults, load
from sim.settings.run import Settings
from sim.settings.strategy import DISCIPLINES, Maturity, Step, Strategy


def refused(overrides: list[str], folder: Path | None = None) -> BadInput:
    """The problem that loading must find; its text must be one line."""
    with pytest.raises(BadInput) as caught:
        load(overrides, folder)
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A strategist's own folder."""
    return tmp_path


def write(folder: Path, name: str, text: str) -> str:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return f"strategies=[danish_average,{name}]"


# What is given is what is run


def test_default_run_compares_the_three_companies_of_the_survey_and_its_extremes():
    run, strategies = load([])
    assert run.strategies == ["immature", "danish_average", "leader"]
    assert run.baseline == "immature"
    assert [s.name for s in strategies] == run.strategies
    average = strategies[1].maturity
    assert [getattr(average, d) for d in DISCIPLINES] == [1.43, 1.12, 1.14, 1.05, 1.61, 1.50]
    assert run.seeds >= 8 and run.has_intervals


def test_companies_of_the_default_run_differ_in_maturity_and_what_goes_with_it_alone():
    _, strategies = load([])
    goes_along = {"bonus_scheme", "top_commits_day", "exclude_customers_days"}
    goes_along |= {"targets_by", "offers_share", "product_managers", "interviews", "panel"}
    assert len({s.policies.model_dump_json(exclude=goes_along) for s in strategies}) == 1
    policies = strategies[0].policies
    assert policies.return_by_mail and policies.return_in_store and policies.pickup_in_store


@pytest.mark.parametrize("scale", ["default", "tiny", "workshop", "million"])
@pytest.mark.parametrize("scenario", sorted(p.stem for p in (CONFIGS / "scenario").glob("*.yaml")))
def test_every_scale_and_scenario_loads(scale: str, scenario: str):
    run, _ = load([f"scale={scale}", f"scenario={scenario}"])
    assert run.scenario.name == scenario and run.scenario.purpose
    assert run.interaction == (scenario != "calm")


@pytest.mark.parametrize(
    "path", sorted((ROOT / "experiments").glob("*.yaml")), ids=lambda p: p.stem
)
def test_every_experiment_loads_and_says_its_purpose_in_one_sentence(path: Path):
    run, strategies = load([f"experiment={path.stem}"])
    assert run.name == path.stem
    assert run.purpose.endswith(".") and run.purpose.count(". ") == 0
    assert len(strategies) == len(run.strategies) > 1


def test_discipline_sweep_moves_one_discipline_at_a_time_and_all_together():
    _, strategies = load(["experiment=discipline_sweep"])
    average = strategies[0].maturity
    for strategy in strategies[1:]:
        discipline, _, level = strategy.name.rpartition("_")
        moved = DISCIPLINES if discipline == "all" else (discipline,)
        expected = average.model_copy(update=dict.fromkeys(moved, float(level)))
        assert strategy.maturity == expected, strategy.name
        assert strategy.policies == strategies[0].policies
    assert len(strategies) == 1 + 4 * len(DISCIPLINES) + 4


def test_the_three_return_offers_differ_in_their_offers_alone():
    _, offers = load(["experiment=return_offers"])
    assert [(s.policies.return_in_store, s.policies.pickup_in_store) for s in offers] == [
        (False, False),
        (True, False),
        (True, True),
    ]
    assert len({s.maturity for s in offers}) == 1


def test_command_line_wins_over_experiment_and_scenario():
    run, _ = load(
        [
            "experiment=return_offers",
            "scenario=calm",
            "interaction=true",
            "seed=7",
            "scale=tiny",
            "scale.customers=1e3",
        ]
    )
    assert (run.interaction, run.seed, run.scale.customers, run.scale.seeds) == (True, 7, 1000, 2)


def test_a_plus_before_a_known_key_changes_nothing():
    assert load(["+scale.customers=777"])[0] == load(["scale.customers=777"])[0]


# A strategist's own folder


def test_four_lines_describe_a_company_by_what_differs_from_another(mine: Path):
    chosen = write(mine, "us", "from: leader\nmaturity:\n  analysis: 2\npolicies: {stores: true}\n")
    _, (_, us) = load([chosen], mine)
    assert us.maturity == Maturity(**{**dict.fromkeys(DISCIPLINES, 3.0), "analysis": 2.0})
    assert us.title == "Us", "a title is not inherited"


@pytest.mark.parametrize("place", ["", "strategy"])
def test_own_strategy_is_found_in_the_folder_and_in_its_strategy_folder(mine: Path, place: str):
    (mine / place).mkdir(exist_ok=True)
    write(mine / place, "us", (CONFIGS / "strategy/danish_average.yaml").read_text())
    _, (average, us) = load(["strategies=[danish_average,us]"], mine)
    assert us.model_copy(update={"name": average.name}) == average


def test_own_files_come_before_ours(mine: Path):
    write(mine, "leader", "maturity: {analysis: 2.5}\n")
    (mine / "scale").mkdir()
    (mine / "scale" / "tiny.yaml").write_text("customers: 123\n")
    run, strategies = load(["scale=tiny"], mine)
    assert run.scale.customers == 123
    assert strategies[-1].maturity.analysis == 2.5


def test_own_market_scenario_and_experiment_are_found(mine: Path):
    for folder, text in {
        "scenario/dear.yaml": "# @package _global_\nscenario: {name: dear}\n"
        "market: {competitor_price: 1.5}\n",
        "experiments/ours.yaml": "# @package _global_\ndefaults: [{override /scenario: dear}]\n"
        "name: ours\nstrategies: [leader, immature]\n",
    }.items():
        (mine / folder).parent.mkdir()
        (mine / folder).write_text(text)
    run, _ = load(["experiment=ours"], mine)
    assert (run.name, run.scenario.name, run.market.competitor_price) == ("ours", "dear", 1.5)
    assert run.market.needs == load([])[0].market.needs


def test_variants_build_on_variants():
    _, (late,) = load(
        [
            "variants.a={from: leader, policies: {pickup_in_store: false}}",
            "variants.b={from: a, maturity: {analysis: 1}}",
            "strategies=[b]",
        ]
    )
    assert not late.policies.pickup_in_store
    assert (late.maturity.analysis, late.maturity.collection) == (1, 3)


def test_catalogue_lists_own_strategies_and_ours(mine: Path):
    write(mine, "us", "from: leader\n")
    names = [strategy.name for strategy, _ in catalogue(mine)[0]]
    assert names[0] == "us" and {"immature", "danish_average", "leader"} < set(names)


# A schedule


def test_levels_run_in_straight_lines_between_the_steps_of_a_schedule():
    low, high = (
        Maturity(**dict.fromkeys(DISCIPLINES, 0.0)),
        Maturity(**dict.fromkeys(DISCIPLINES, 3.0)),
    )
    ramp = Strategy(name="ramp", maturity=low, schedule=(Step(day=100, maturity=high),))
    assert [ramp.maturity_on(day).analysis for day in (0, 25, 50, 100, 900)] == [0, 0.75, 1.5, 3, 3]


def test_without_a_schedule_levels_hold_from_the_first_day():
    _, strategies = load([])
    assert all(s.maturity_on(0) is s.maturity_on(500) is s.maturity for s in strategies)


def test_a_step_keeps_the_level_of_disciplines_it_leaves_out():
    _, (us,) = load(
        [
            "variants.us={from: leader, maturity: {analysis: 0}}",
            (
                "variants.us.schedule=[{day: 10, maturity: {analysis: 1}}, "
                "{day: 20, maturity: {collection: 2}}]"
            ),
            "strategies=[us]",
        ]
    )
    last = us.schedule[-1].maturity
    assert (last.analysis, last.collection, last.recognition) == (1, 2, 3)


@given(day=st.integers(0, 2000), days=st.lists(st.integers(1, 1500), max_size=4, unique=True))
def test_levels_on_any_day_lie_between_those_of_the_plan(day: int, days: list[int]):
    steps = [Step(day=d, maturity=Maturity(analysis=d % 4 * 0.7)) for d in sorted(days)]
    plan = Strategy(name="plan", schedule=tuple(steps))
    levels = [plan.maturity.analysis, *(s.maturity.analysis for s in steps)]
    assert min(levels) <= plan.maturity_on(day).analysis <= max(levels)


# The documents are in step with the schema


@pytest.mark.parametrize("group", ["market", "company", "survey"])
def test_default_yaml_is_in_step_with_the_schema(group: str):
    path = CONFIGS / group / "default.yaml"
    assert path.read_text(encoding="utf-8") == defaults()[path], (
        "run `omnijourney settings --write`"
    )


def test_every_number_has_unit_bounds_source_and_a_default_within_them():
    for key, field in declarations(Settings):
        facts = about(field)
        if not facts:
            assert field.annotation not in (int, float), f"{key} is declared without param()"
            continue
        assert facts["unit"] and facts["source"], key
        if field.default is None:  # may be left out
            assert type(None) in get_args(field.annotation), key
            continue
        numbers = field.default if isinstance(field.default, tuple) else (field.default,)
        assert all(facts["lo"] <= number <= facts["hi"] for number in numbers), key


def test_what_is_printed_loads_to_the_same_run(mine: Path):
    run, strategies = load(["scale=tiny", "strategies=[leader]", "variants.a={from: leader}"])
    (mine / "config.yaml").write_text(document(run))
    assert load([], mine) == (run, strategies)


def test_the_table_has_a_line_for_every_number():
    run, strategies = load([])
    lines = table(run, strategies[0]).splitlines()
    declared = [key for key, field, _ in settings_of(run) if about(field)]
    assert {line.split()[0] for line in lines} >= set(declared)
    assert "strategy.policies.newsletters_per_week" in {line.split()[0] for line in lines}


# What cannot be run is refused: key, value and what is allowed


@pytest.mark.parametrize(
    ("override", "key", "said"),
    [
        ("market.needs.wake_shopper=1.7", "market.needs.wake_shopper", "= 1.7: must be at most 1"),
        ("scale.customers=3", "scale.customers", "= 3: must be at least 50 (people)"),
        ("scale.customers=ten", "scale.customers", "= ten: must be a whole number"),
        ("scale.customers='500'", "scale.customers", "must be a whole number"),
        ("scale.customers=1.5", "scale.customers", "must be a whole number"),
        ("scale.customers=true", "scale.customers", "must be a whole number"),
        ("scale.customers=null", "scale.customers", "must be a whole number"),
        ("interaction=1", "interaction", "must be true or false"),
        ("market.needs.wake_shopper=nan", "market.needs.wake_shopper", "= nan: must be a finite"),
        ("market.needs.wake_shopper=-inf", "market.needs.wake_shopper", "must be a finite"),
        ("market.needs=3", "market.needs", "must be a mapping"),
        ("market.needs.wake_shoper=.2", "market.needs.wake_shoper", ".wake_shopper?"),
        ("+market.needs.luck=1", "market.needs.luck", "unknown key"),
        ("++luck=1", "luck", "unknown key"),
        ("customers=500", "customers", "did you mean scale.customers?"),
        ("seeds=500", "seeds", "did you mean scale.seeds?"),
        ("strategy=leader", "strategy", "did you mean strategies?"),
        ("hydra.run.dir=x", "hydra", "unknown key"),
        ("market.categories.0.need_share=.9", "market.categories.*.need_share", "must sum to 1"),
        (
            "market.categories.0.style_shares=[.5,.5,.5]",
            "market.categories.0.style_shares",
            "sum to 1",
        ),
        ("market.categories.9.margin=.5", "market.categories.9.margin", "does not exist"),
        ("company.economics.upkeep_dkk=[1,2]", "company.economics.upkeep_dkk", "must be 6 numbers"),
        ("company.economics.upkeep_dkk=[1,2,3,4,5,600]", "company.economics.upkeep_dkk", "0..500"),
        ("company.flows.welcome.trigger=foo", "company.flows.welcome.trigger", "'subscribed', "),
        ("company.flows.new.delay_days=2", "company.flows.new.title", "must be given"),
        ("company.flows.welcome.delay_days=-1", "company.flows.welcome.delay_days", "at least 0"),
        ("company.flows.welcome.priority=10", "company.flows", "have the same priority"),
        ("company.tiers.gold.from_dkk=1500", "company.tiers", "'gold' must begin at more DKK"),
        ("company.tiers.gold.bonus_share=2", "company.tiers.gold.bonus_share", "at most 0.5"),
        ("company.flows={a b: {title: A, trigger: purchase}}", "company.flows", "digits, - and _"),
        (
            "company.flows.win_back.content=complement",
            "company.flows.win_back.trigger",
            "must be a purchase",
        ),
        ("market=moon", "market", "= moon: no such file; there are: default"),
        ("experiment=discipline_swep", "experiment", "did you mean discipline_sweep?"),
        ("scale=null", "scale", "must be the name of a file"),
        ("strategies=[leadr]", "strategies", "= leadr: no such strategy; did you mean leader?"),
        ("strategies=[../x]", "strategies", "no such strategy"),
        ("strategies=leader", "strategies", "must be a list"),
        ("strategies=[]", "strategies", "must not be empty"),
        ("strategies=[leader,leader]", "strategies", "leader is there twice"),
        ("baseline=us", "baseline", "= us: baseline must be one of immature"),
        ("output.events=some", "output.events", "must be 'none', 'sample' or 'all'"),
        ("output.folder=${nowhere}", "output.folder", "nowhere"),
        ("scale.seeds=1,2", "scale.seeds", "must be one value"),
        ("strategies=[a", "strategies", "= [a: cannot be read as a value; a list is [a,b]"),
        ("hello", "hello", "must be key=value"),
        ("~market", "~market", "must be key=value"),
        ("variants.us={from: us}", "variants.us.from", "must not lead back to itself"),
        ("variants.us={from: nobody}", "variants.us.from", "no such strategy"),
        ("variants.us={maturity: {colection: 2}}", "variants.us.maturity.colection", "collection?"),
        ("variants.us={maturity: {collection: 4}}", "variants.us.maturity.collection", "at most 3"),
        (
            "variants.us={policies: {stores: false}}",
            "variants.us.policies.pickup_in_store",
            "stores",
        ),
        (
            "variants.us={policies: {stores: false, pickup_in_store: false}}",
            "variants.us.policies.return_in_store",
            "needs stores",
        ),
        (
            "variants.us={policies: {return_by_mail: false, return_in_store: false}}",
            "variants.us.policies.return_by_mail",
            "must be true",
        ),
        ("variants.us={schedule: [{day: 9}, {day: 9}]}", "variants.us.schedule", "increasing days"),
        (
            "variants.us={schedule: [{day: 0, maturity: {analysis: 3}}]}",
            "variants.us.schedule",
            "must not start at the fork",
        ),
    ],
)
def test_bad_input_is_named(override: str, key: str, said: str):
    problem = refused([override])
    assert problem.key == key
    assert str(problem).startswith(key) and said in str(problem)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("maturity: {collection: [}\n", "us.yaml line 1"),
        ("title: a\ntitle: b\n", "us.yaml line 2 = title: b: not valid YAML"),
        ("maturity:\n\tcollection: 2\n", "us.yaml line 2"),
        ("- 1\n- 2\n", "must be a mapping"),
        ("", "must be a mapping"),
        ("name: them\n", "strategy.us.name = them: must be left out, or us"),
        ("from: us\n", "strategy.us.from = us: must not lead back"),
        ("policies: {pickup: true}\n", "did you mean strategy.us.policies.pickup_in_store?"),
        ("maturity: {analysis: .nan}\n", "strategy.us.maturity.analysis = nan"),
        ("maturity: {analysis: high}\n", "strategy.us.maturity.analysis = high: must be a number"),
    ],
)
def test_bad_strategy_file_is_named(mine: Path, text: str, said: str):
    assert said in str(refused([write(mine, "us", text)], mine))


def test_a_bad_file_is_named_where_its_error_is_and_not_where_it_is_used(mine: Path):
    write(mine, "parent", "maturity: {analysis: 7}\n")
    assert (
        refused([write(mine, "us", "from: parent\n")], mine).key
        == "strategy.parent.maturity.analysis"
    )


def test_unreadable_files_are_refused(mine: Path):
    (mine / "us.yaml").write_bytes(b"\xe7\x00\xff")
    assert "cannot be read" in str(refused(["strategies=[us]"], mine))
    (mine / "market").mkdir()
    (mine / "market" / "ours.yaml").write_text("people: {a: [}\n")
    assert "ours.yaml line 1" in str(refused(["market=ours"], mine))
    (mine / "market" / "ours.yaml").write_text("- 1\n")
    refused(["market=ours"], mine)


def test_missing_folder_is_refused(mine: Path):
    assert refused([], mine / "nowhere").key == "--config-dir"


# For every number

NUMBERS = [
    (key, about(field), field.annotation)
    for key, field in declarations(Settings)
    if "unit" in about(field) and "*" not in key and field.annotation in (int, float)
]


ORDERED = (
    "_opening_minute",
    "_evening_minute",
    "_closing_minute",
    ".slots_least",
    ".slots_most",
)  # must rise
TOGETHER = ("contacting.prefers_chat", "contacting.prefers_mail")  # at most 1 in all
FAR_FROM_BOUNDS = tuple(f"survey.means.{d}" for d in DISCIPLINES)  # as far as survey.sd asks


@cache
def composed() -> str:
    """The default run as JSON: what is left of loading then is the check."""
    return load([])[0].model_dump_json()


def with_values(values: dict[str, float]) -> dict[str, Any]:
    content = json.loads(composed())
    for key, value in values.items():
        *groups, name = key.split(".")
        reduce(getitem, groups, content)[name] = value
    return content


def within(number: tuple) -> st.SearchStrategy[tuple[str, float]]:
    key, facts, kind = number
    draw = st.integers if kind is int else st.floats
    return st.tuples(st.just(key), draw(kind(facts["lo"]), kind(facts["hi"])))


@st.composite
def out_of_bounds(draw: st.DrawFn) -> tuple[str, float]:
    key, facts, kind = draw(st.sampled_from(NUMBERS))
    by, above = draw(st.floats(1e-3, 1e6)), draw(st.booleans())
    value = facts["hi"] + by * (1 + abs(facts["hi"])) if above else facts["lo"] - by
    return key, kind(value) + (1 if above else -1) if kind is int else value


ANY = st.sampled_from(
    [n for n in NUMBERS if not n[0].endswith(ORDERED + TOGETHER + FAR_FROM_BOUNDS)]
).flatmap(within)


@settings(deadline=None)
@given(chosen=st.lists(ANY, max_size=20, unique_by=lambda c: c[0]).map(dict))
def test_any_numbers_within_their_bounds_are_taken_as_given(chosen: dict[str, float]):
    run = check(Settings, with_values(chosen))
    loaded = {key: value for key, _, value in settings_of(run)}
    assert {key: loaded[key] for key in chosen} == chosen


@settings(deadline=None)
@given(chosen=out_of_bounds())
def test_any_number_out_of_its_bounds_is_named(chosen: tuple[str, float]):
    key, value = chosen
    with pytest.raises(BadInput) as caught:
        check(Settings, with_values({key: value}))
    assert caught.value.key == key


@settings(max_examples=8, deadline=None)
@given(good=st.lists(ANY, max_size=6, unique_by=lambda c: c[0]), bad=out_of_bounds())
def test_any_numbers_on_the_command_line_are_taken_or_named(good: list, bad: tuple[str, float]):
    given_ = [f"{key}={value!r}" for key, value in good if key != bad[0]]
    run, _ = load(given_)
    assert check(Settings, with_values({k: v for k, v in good if k != bad[0]})) == run
    assert refused([*given_, f"{bad[0]}={bad[1]!r}"]).key == bad[0]


@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=30))
def test_no_text_on_the_command_line_ends_in_anything_but_a_run_or_one_line(text: str):
    try:
        load([text])
    except BadInput as problem:
        assert len(str(problem).splitlines()) == 1


def test_more_flows_than_there_are_places_are_refused_in_one_line_and_null_takes_one_out():
    room = FLOWS - len(load([])[0].company.flows)
    added = [
        f"company.flows.more_{k}={{title: T, trigger: purchase, priority: {500 + k}}}"
        for k in range(room + 1)
    ]
    assert len(load(added[:-1])[0].company.flows) == FLOWS
    with pytest.raises(BadInput) as refused:
        load(added)
    assert str(refused.value) == (
        f"company.flows: at most {FLOWS} flows are possible, and there are 13"
    )
    assert "welcome" not in load([*added, "company.flows.welcome=null"])[0].company.flows


def test_two_flows_whose_names_have_one_number_are_refused():
    names = [f"f{k}" for k in range(300)]
    by_code = {luck_code(name): name for name in reversed(names)}
    other = next(name for name in names if by_code[luck_code(name)] != name)
    clash = [
        f"company.flows.{name}={{title: T, trigger: purchase, priority: {500 + k}}}"
        for k, name in enumerate((other, by_code[luck_code(other)]))
    ]
    assert load(clash[:1]) and load(clash[1:])
    with pytest.raises(BadInput, match=r"company\.flows: .*would share luck: rename one"):
        load(clash)
