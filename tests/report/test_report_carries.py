"""The section on what carries a difference: told in words, whole, and never surer than it is."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import numpy as np
import pytest
from report_sample import sample
from rich.console import Console
from test_report import Page

from sim.measures import carries as by
from sim.measures.carries import CARRIED, effects
from sim.measures.comparison import Comparison
from sim.report import build
from sim.settings.load import load
from sim.study.carries import Carriers, sentences, title
from sim.study.facts import Facts
from sim.study.summary import print_comparison

RUN, STRATEGIES = load(["experiment=default"])
BOUNDS = {"feeling.repeat_cost 0": 75.0, "feeling.repeat_cost 0.14": 45.0}
PARTS = {"personal_newsletter": (50, 25), "hand_over": (10, 10), "service": (0, 0)}
SIZE = {"DKK per person-year": 1.0, "share": 0.001, "0-1": 0.001, "points -100..100": 0.1}


def apart(parts=PARTS, total=60.0, noise=0.5, seeds=4, bounds=BOUNDS) -> Comparison:
    """A made-up comparison in which each group has these effects, without it and only it."""
    random = np.random.default_rng(5)
    arms = {(by.FIRST, by.WHOLE): 0.0, (by.SECOND, by.WHOLE): total}
    for bound, at in bounds.items():
        arms[by.FIRST, bound], arms[by.SECOND, bound] = 10.0, 10.0 + at
    for group, (lost, gained) in parts.items():
        arms[by.WITHOUT, group], arms[by.ONLY, group] = total - lost, gained
    found = [
        (seed, *arm, measure, SIZE[row.unit] * (700 + level + noise * random.normal()))
        for seed in range(seeds)
        for measure, row in CARRIED.items()
        for arm, level in arms.items()
    ]
    made_up = sample([s.name for s in STRATEGIES], baseline="immature")
    return replace(made_up, settings=RUN, strategies=STRATEGIES, carries=effects(found))


def said(comparison: Comparison) -> str:
    return " ".join(sentences(Carriers(Facts(comparison)))).replace("\u00a0", " ")


@pytest.fixture(scope="module")
def usual() -> Comparison:
    return apart()


def test_the_section_stands_after_where_the_gain_comes_from(usual):
    html = build(usual)
    page = Page(html).words()
    place = page.index("What carries it")
    assert page.index("Where the gain comes from") < place < page.index("Return offers against")
    part = page[place : page.index("Return offers against")]
    for row in CARRIED.values():
        assert row.title in part
    for group in PARTS:
        assert part.count(usual.settings.company.groups[group].title) >= 1
    assert "In all" in part and "interaction" in part
    assert html.count('aria-label="Gross revenue, without it and only it: ') == 1
    assert not re.search(r"\b([Nn][Aa][Nn]|inf|None)\b", page)


def test_without_a_pair_the_section_says_how_to_ask_for_it():
    asked = "carries.pair=[danish_average,leader] added to the command"
    assert asked in Page(build(sample())).words()
    assert "What carries it" not in Page(build(sample(["leader"], with_returns=False))).words()


def test_the_largest_loss_is_the_headline(usual):
    found = title(Carriers(Facts(usual))).replace("\u00a0", " ")
    assert re.match(
        r"Most hangs on personal newsletter: without it 8\d % of the gross difference", found
    )


def test_more_than_two_thirds_are_called_out_with_what_sources_say(usual):
    source = usual.settings.company.groups["personal_newsletter"].source
    assert "More than two thirds hang on personal newsletter" in said(usual)
    assert source in said(usual)
    even = apart({"personal_newsletter": (30, 20), "hand_over": (20, 20)})
    assert "No group carries more than two thirds" in said(even)


def test_a_group_that_carries_nothing_is_called_out_too(usual):
    assert "Gross revenue is not moved beyond its error by: customer service." in said(usual)
    source = usual.settings.company.groups["service"].source
    assert f"a mechanism may be missing: customer service ({source})" in said(usual)
    busy = apart(dict.fromkeys(PARTS, (20, 15)))
    assert "Every group moves gross revenue beyond its error." in said(busy)


def test_what_groups_do_only_together_is_told(usual):
    assert re.search(
        r"bring 5\d % of it in sum; the rest, \+2\d DKK \(.*\), comes only", said(usual)
    )


def test_the_total_is_told_at_the_bounds_of_what_is_assumed(usual):
    assert re.search(
        r"Where feeling.repeat_cost \(assumed: 0.06, 0-1 per thing .*\) is 0 from the fork on, "
        r"it is \+7\d.* DKK \(.*\); where it is 0.14, \+4\d.* DKK",
        said(usual),
    )
    assert "from the fork on" not in said(apart(bounds={}))


def test_groups_that_do_not_differ_are_named(usual):
    assert "The two do not differ in: recognition as such; the app and beacons" in said(usual)


def test_the_sample_is_stated(usual):
    carries = usual.settings.carries
    assert f"Measured on {carries.customers:,} people, {carries.seeds} seeds" in said(usual)
    assert "contribution is told before upkeep" in said(usual)


def test_nothing_is_shared_out_where_the_total_may_be_zero():
    vague = apart(noise=200.0)
    told = Carriers(Facts(vague))
    assert "not shown to change gross revenue" in title(told)
    assert "not distinguishable from zero" in said(vague) and "thirds" not in said(vague)


def test_a_difference_to_the_worse_is_taken_apart_alike():
    worse = apart({name: (-a, -b) for name, (a, b) in PARTS.items()}, total=-60.0)
    told = Carriers(Facts(worse))
    assert "Most hangs on personal newsletter: without it 8" in title(told)
    assert "More than two thirds hang on personal newsletter" in said(worse)


def test_one_seed_says_that_nothing_is_sure():
    single = apart(seeds=1)
    assert "One seed gives no intervals" in said(single)
    assert "beyond" not in said(single) and "thirds" not in said(single)
    assert not re.search(r"\bnan\b", Page(build(single)).words(), re.IGNORECASE)


def test_the_command_line_prints_a_row_a_group_and_the_whole(usual):
    file = io.StringIO()
    print_comparison(usual, console=Console(file=file, width=100))
    text = file.getvalue()
    part = text[text.index("What carries it: a leader less the Danish average") :]
    told = Carriers(Facts(usual))
    for label, group, shown in (
        ("personal newsletter", "personal_newsletter", (by.LOST, by.GAINED)),
        ("sum of these", by.WHOLE, (by.SUM_LOST, by.SUM_GAINED)),
        ("in all", by.WHOLE, (by.TOTAL, by.TOTAL)),
    ):
        line = next(line for line in part.splitlines() if line.startswith(label))
        figures = [float(n) for n in re.findall(r"(?<!±)\+[\d.]+", line)[:2]]
        assert figures == pytest.approx([told.effect(group, e).mean for e in shown], abs=0.5), label
    assert max(map(len, text.splitlines())) <= 100
