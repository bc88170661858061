"""Claims about replaying each thing away: what stands beside a measure, and is printed."""

import numpy as np
import pytest
from worlds import named, world

from sim.measures.yardsticks import COLUMNS, COUPON, FLOW, NEWSLETTER, PER_KRONE, PER_MAIL
from sim.report.yardsticks import print_yardsticks
from sim.study.yardsticks import RUN_IN_DAYS, things, without, write, yardsticked

SMALL = (
    "scale.customers=300",
    "scale.seeds=2",
    "scale.warmup_days=100",
    f"scale.horizon_days={RUN_IN_DAYS + 40}",
    "scale.workers=1",
)
LINE = "instagram.prospecting"


@pytest.fixture(scope="module")
def found():
    return yardsticked(world(*SMALL), [named("danish_average"), named("leader")], quiet=True)


def test_without_a_thing_all_else_of_the_plan_stays():
    leader = named("leader")
    for thing, changed in (
        (LINE, {"without_ads"}),
        (NEWSLETTER, {"newsletters_per_week"}),
        (FLOW, {"flows"}),
        (COUPON, {"coupon_share"}),
    ):
        old, new = leader.policies.model_dump(), without(leader, thing, 1.0).policies.model_dump()
        assert {name for name in new if new[name] != old[name]} == changed
    assert without(leader, NEWSLETTER, 1.5).policies.newsletters_per_week == 0.75


def test_a_plan_without_media_money_has_no_lines_to_replay_away():
    settings, leader = world(*SMALL), named("leader")
    assert LINE in things(settings, leader)
    policies = leader.policies.model_copy(update={"media_dkk_per_1000_people_day": 0.0})
    assert list(things(settings, leader.model_copy(update={"policies": policies}))) == [
        NEWSLETTER,
        FLOW,
        COUPON,
    ]


def test_every_strategy_has_a_row_for_each_thing_with_its_unit(found):
    for strategy in ("danish_average", "leader"):
        rows = found.things[found.things["strategy"] == strategy].set_index("thing")
        assert rows.loc[LINE, "unit"] == PER_KRONE and rows.loc[NEWSLETTER, "unit"] == PER_MAIL
        assert rows.loc[LINE, "spent"] > 0 and np.isfinite(rows.loc[LINE, "truth"])
        assert rows.loc[LINE, "low"] < rows.loc[LINE, "truth"] < rows.loc[LINE, "high"]
    shares = found.moved.groupby("strategy")["share"].sum()
    assert shares.to_numpy() == pytest.approx(1)


def test_what_is_printed_and_written_says_the_same(found, tmp_path, capsys):
    output = found.settings.output.model_copy(update={"folder": str(tmp_path)})
    placed = found._replace(settings=found.settings.model_copy(update={"output": output}))
    print_yardsticks(placed)
    said = capsys.readouterr().out
    assert LINE in said and "the truth" in said and "newsletter" in said
    folder = write(placed)
    head = (folder / "measures.csv").read_text().splitlines()[0]
    assert head.split(",") == list(COLUMNS)
    assert {p.name for p in folder.iterdir()} == {
        "config.yaml",
        "manifest.json",
        "measures.csv",
        "media_split.csv",
        "beside.csv",
        "dictionary.csv",
    }
