"""Who the company is stands in the strategist's file, and is one for all strategies compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.settings.document import document, settings_of
from sim.settings.load import BadInput, Library, catalogue, load

US = """\
from: danish_average
title: Us
company:
  size:
    active_customers: 42000
    stores: 12
  key_figures:
    turnover_mdkk: 78
    online_share: 0.35
    orders: 130000
    order_value_dkk: 640
    mailing_list: 48000
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    (tmp_path / "us.yaml").write_text(US, encoding="utf-8")
    return tmp_path


def refused(overrides: list[str], folder: Path) -> BadInput:
    with pytest.raises(BadInput) as caught:
        load(overrides, folder)
    assert len(str(caught.value).splitlines()) == 1
    return caught.value


def test_what_one_file_says_of_the_company_holds_for_all_strategies_compared(mine: Path):
    alone, _ = load(["strategies=[us]"], mine)
    beside, _ = load(["strategies=[danish_average,us]"], mine)
    assert alone.company == beside.company
    size, figures = beside.company.size, beside.company.key_figures
    assert (size.active_customers, size.stores) == (42_000, 12)
    assert (figures.turnover_mdkk, figures.nps) == (78.0, None)
    ours, _ = load(["strategies=[danish_average]"], mine)
    assert ours.company.size.active_customers != 42_000, "us is not compared"


def test_key_figures_change_nothing_but_themselves(mine: Path):
    with_them, _ = load(["strategies=[us]"], mine)
    size = "company.size={active_customers: 42000, stores: 12}"
    bare, _ = load(["strategies=[danish_average]", size])
    differ = {
        key
        for (key, _, value), (_, _, other) in zip(
            settings_of(with_them), settings_of(bare), strict=True
        )
        if value != other
    }
    assert {key for key in differ if key.startswith(("company.", "market."))} == {
        f"company.key_figures.{name}"
        for name in ("turnover_mdkk", "online_share", "orders", "order_value_dkk", "mailing_list")
    }


def test_the_description_is_inherited_and_no_part_of_the_strategy(mine: Path):
    plan = "variants.plan={from: us, maturity: {recognition: 2}}"
    run, strategies = load(["strategies=[danish_average,us,plan]", plan], mine)
    assert run.company.size.stores == 12
    assert Library(mine, run.variants).company("plan") == Library(mine, {}).company("us")
    assert not hasattr(strategies[-1], "company")


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (
            "{from: us, company: {size: {stores: 30}}}",
            "size.stores = 30: must be as in strategy.us.company, which says 12",
        ),
        (
            "{from: us, company: {key_figures: {nps: 30}}}",
            "key_figures.nps = 30: must be as in strategy.us.company, which says nothing",
        ),
        (
            "{from: leader, company: {size: {active_customers: 42000}}}",
            "size.stores: must be as in strategy.us.company, which says 12",
        ),
    ],
)
def test_two_companies_are_not_compared(mine: Path, other: str, said: str):
    problem = refused(["strategies=[us,them]", f"variants.them={other}"], mine)
    assert str(problem) == f"variants.them.company.{said}: a comparison is of one company"


def test_the_command_line_comes_before_the_file_and_the_file_before_ours(mine: Path):
    given = ["strategies=[us]", "company.size.stores=30", "company.key_figures.orders=null"]
    run, _ = load(given, mine)
    assert (run.company.size.stores, run.company.size.active_customers) == (30, 42_000)
    assert run.company.key_figures.orders is None


@pytest.mark.parametrize("turnover", ["company.size.turnover_mdkk=70", "company.size={stores: 30}"])
def test_overrides_of_the_size_work_as_before(mine: Path, turnover: str):
    run, _ = load(["strategies=[us]", turnover], mine)
    told = run.company.key_figures.turnover_mdkk, run.company.size.stores
    assert told == ((70.0, 12) if "turnover" in turnover else (78.0, 30))


def test_a_run_of_a_described_company_is_repeated_by_its_own_document(mine: Path, tmp_path: Path):
    run, strategies = load(["strategies=[danish_average,us]", "company.size.stores=30"], mine)
    whole = run.model_copy(update={"variants": {s.name: s for s in strategies}})
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "config.yaml").write_text(document(whole), encoding="utf-8")
    again, same = load([], folder)
    assert (again.company, same) == (run.company, strategies)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("company: 3", "company = 3: must be a mapping with size, key_figures, economics"),
        ("company: {size: 3}", "company.size = 3: must be a mapping of settings"),
        (
            "company: {ladder: {analysis: {}}}",
            "company.ladder: must be one of size, key_figures, economics",
        ),
        ("key_figures: {orders: 3}", "key_figures"),
    ],
)
def test_nothing_but_a_description_can_stand_there(tmp_path: Path, text: str, said: str):
    (tmp_path / "us.yaml").write_text(f"from: leader\n{text}\n", encoding="utf-8")
    assert f"strategy.us.{said}" in str(refused(["strategies=[us]"], tmp_path))
    _, left_out = catalogue(tmp_path)
    assert len(left_out) == 1 and said in str(left_out[0])


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("company.key_figures.turnovr=1", "did you mean company.key_figures.turnover_mdkk?"),
        ("company.key_figures.online_share=1.4", "must be at most 1 (share of sales)"),
        ("company.key_figures.online_share=35 %", "must be a number, 0..1 (share of sales)"),
        ("company.key_figures.orders=42.000", "may be read as 42 or as 42000"),
        ("company.key_figures.turnover_mdkk=700", "orders x order_value_dkk = 83.2 million DKK"),
        ("company.key_figures.turnover_mdkk=30", "must lie in 41.6..99.84"),
        ("company.key_figures.mailing_list=400000", "must be at most 216495, all people"),
        ("company.key_figures.members=400000", "must be at most 216495, all people"),
        ("company.size.active_customers=131000", "must be at least 131000, one for each"),
    ],
)
def test_what_cannot_be_one_company_is_refused_in_one_line(mine: Path, override: str, said: str):
    problem = refused(["strategies=[us]", override], mine)
    assert said in str(problem) and problem.key.startswith("company.key_figures.")


def test_figures_that_agree_with_the_size_in_the_file_are_not_held_against_ours(mine: Path):
    """400,000 on the list are too many for the default company, not for one so large."""
    large = US.replace("42000", "142000").replace("130000", "390000").replace("78", "230")
    (mine / "us.yaml").write_text(large, encoding="utf-8")
    run, _ = load(["strategies=[us]", "company.key_figures.mailing_list=400000"], mine)
    assert run.company.key_figures.mailing_list == 400_000
