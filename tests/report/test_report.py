"""The report: self-contained, honest in its words, and whole for any number of strategies."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest
from matplotlib.image import imread
from report_sample import METRICS, sample

from sim.measures.comparison import ARMS, Comparison
from sim.measures.journeys import JOURNEYS, MEETINGS
from sim.measures.knowledge import KNOWN
from sim.report import build, picture
from sim.report.assumptions import every_number
from sim.report.sankey import kind_of, moves
from sim.study.facts import Facts
from sim.study.numbers import UNKNOWN, Estimate, decimals, plain, show, span
from sim.study.offers import band_verdict
from sim.study.words import APART, headline, summary

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """The visible text, the tags and the attributes of a page; fails on tags left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(key, value or "") for key, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text.append(data)

    def words(self) -> str:
        return " ".join(" ".join(self.text).replace("\u00a0", " ").split())


def answer(comparison: Comparison) -> str:
    facts = Facts(comparison)
    said = [headline(facts), *(sentence for _, sentence in summary(facts))]
    return "\n".join(said).replace("\u00a0", " ")


@pytest.fixture(scope="module")
def usual() -> Comparison:
    return sample()


@pytest.fixture(scope="module")
def page(usual) -> Page:
    return Page(build(usual))


def test_the_page_needs_nothing_from_outside(usual):
    html = build(usual)
    tags = Page(html).tags
    assert not {"link", "script", "img", "iframe", "object", "embed"} & set(tags)
    assert not re.search(r"""(src|href)\s*=|@import|url\(|https?://""", html)
    assert len(html.encode()) < 3_000_000


def test_every_part_of_the_report_is_there_in_its_order(page):
    kickers = [
        "Strategies replayed on the same customers",
        "The comparison",
        "The Customer Bullseye",
        "Where the gain comes from",
        "Return offers against 77, 95 and 107",
        "Shoppers and buyers",
        "How journeys run",
        "What the company knows",
        "Journeys that hang together",
        "Day by day",
        "Building blocks beside their bands",
        "Assumptions",
        "How it was made",
    ]
    places = [page.words().index(kicker) for kicker in kickers]
    assert places == sorted(places)


def test_every_chart_is_described_for_those_who_cannot_see_it(page, usual):
    described = [value for key, value in page.attributes if key == "aria-label"]
    assert page.attributes.count(("role", "img")) == len(described) >= 30
    assert all(len(text) > 20 for text in described)


def test_money_on_page_one_is_the_company_s_the_person_s_and_the_customer_s(usual, page):
    facts, words = Facts(usual), page.words()
    level, active = (
        facts.level("leader", "contribution"),
        facts.level("leader", "contribution_active"),
    )
    assert f"{plain(level.mean * facts.people / 1e6)} m DKK a year" in words
    assert f"{plain(level.mean)} DKK per person-year" in words
    assert f"{plain(active.mean)} DKK per active-year" in words


def test_no_heading_is_split_or_left_alone_on_paper(usual):
    html = build(usual)
    assert html.count("<h2>") == html.count('<div class="head">') > 8
    on_paper = html[html.index("@media print") : html.index("</style>")]
    kept = re.search(r"([^{}]*)\{ break-after: avoid; break-inside: avoid; \}", on_paper)[1]
    assert {"h1", "h2", "h3", ".head", ".lead", "figcaption"} <= set(
        re.split(r",\s*", kept.strip())
    )
    assert html.index("Upper figure: level") < html.index("<table"), "its note cannot be left over"


@pytest.mark.parametrize("strategies", [1, 2, 20])
def test_any_number_of_strategies_is_shown_whole(strategies):
    names = ["danish_average", *(f"plan_{i}" for i in range(1, strategies))]
    comparison = sample(names, with_returns=False)
    words = Page(build(comparison)).words()
    for strategy in comparison.strategies:
        assert strategy.title in words
    assert "Return offers against" not in words
    assert ("Where the gain comes from" in words) == (strategies > 1)


def test_every_strategy_stands_in_the_table_with_its_level_and_difference(usual, page):
    words, facts = page.words(), Facts(usual)
    for name in facts.names:
        assert facts.title(name) in words
        assert plain(facts.level(name, "net_revenue").mean) in words
    for name in facts.others:
        gap = facts.difference(name, "net_revenue")
        assert span(gap, "DKK", decimals([gap], "DKK")) in words


def test_a_title_cannot_smuggle_in_markup():
    comparison = sample(
        ["danish_average", "leader"],
        titles={"leader": "<script>alert('x')</script>", "danish_average": '"><b>&amp;'},
    )
    html = build(comparison)
    assert "<script" not in html and "<b>" not in html
    assert "<script>alert('x')</script>" in Page(html).words()


def test_a_clear_gain_is_told_with_its_size_and_interval(usual):
    gap = Facts(usual).difference("leader", "contribution")
    assert gap.above_zero
    said = answer(usual)
    millions = Estimate(*(v * usual.settings.company.size.people / 1e6 for v in gap))
    amount = plain(millions.mean, decimals([millions], "DKK"))
    assert f"A leader earns most: {amount} m DKK more contribution a year than the Danish" in said
    assert f"95 % interval {plain(gap.low)} to {plain(gap.high)}" in said
    assert "8 of 8 seeds" in said


def test_an_interval_that_includes_zero_is_never_told_as_a_gain():
    comparison = sample(["danish_average", "leader"], effect=0.0, with_returns=False)
    gap = Facts(comparison).difference("leader", "contribution")
    assert gap.bounded and not gap.clear
    said = answer(comparison)
    assert "earns most" not in said
    assert APART in said and "includes zero" in said
    assert "shown to earn more than" in said


def test_the_best_is_not_told_apart_from_its_equal():
    comparison = sample(["danish_average", "leader", "twin"], with_returns=False)
    metrics = comparison.metrics
    twin = metrics[metrics["strategy"] == "leader"].assign(strategy="twin")
    noise = np.random.default_rng(1).normal(0, 1, len(twin))
    twin = twin.assign(value=twin["value"] + noise - noise.mean())
    metrics = metrics[metrics["strategy"] != "twin"]
    levels = comparison.levels
    same = levels[levels["strategy"] == "leader"].assign(strategy="twin")
    comparison = replace(
        comparison,
        metrics=pd.concat([metrics, twin], ignore_index=True),
        levels=pd.concat([levels[levels["strategy"] != "twin"], same], ignore_index=True),
    )
    assert f"In contribution, a leader {APART} from Twin" in answer(comparison)


def test_losers_are_told_as_less_and_the_baseline_may_win():
    comparison = sample(["leader", "danish_average", "immature"], baseline="leader")
    said = answer(comparison)
    assert "A leader earns most: every other strategy contributes less" in said
    assert re.search(r"an immature company contributes [\d,]+ DKK less \([\d,]+ to [\d,]+\)", said)


def test_one_seed_gives_no_interval_and_says_so():
    comparison = sample(["danish_average", "leader"], seeds=1)
    said = answer(comparison)
    assert "With one seed there is no interval" in said
    assert "95 % interval" not in said and "in the one world tried" in said
    assert not re.search(r"\bnan\b", Page(build(comparison)).words(), re.IGNORECASE)


def test_what_return_in_store_is_worth_is_the_paired_difference_of_its_arms(usual):
    facts = Facts(usual)
    net = facts.versus(facts.arms[ARMS[1]], facts.arms[ARMS[0]], "net_revenue")
    assert net.above_zero
    digits = decimals([net], "DKK")
    assert f"Worth +{plain(net.mean, digits)} DKK ({span(net, 'DKK', digits)})" in answer(usual)


def test_returns_are_marked_hit_or_miss_in_words(usual, page):
    facts = Facts(usual)
    for arm in facts.arms:
        value, target = facts.returned(arm, "gross"), facts.documents(arm)
        kind, verdict = band_verdict(value, target.low, target.high, "share")
        assert (kind == "hit") == (target.low <= value.mean <= target.high)
        assert f"{show(value.mean, 'share', 1)}: {verdict}".replace("\u00a0", " ") in page.words()


def test_misses_of_the_ledger_stay_visible(usual, page):
    ledger = usual.ledger.dropna(subset="value")
    inside = (ledger["value"] >= ledger["band_low"]) & (ledger["value"] <= ledger["band_high"])
    assert f"{inside.sum()} of {len(ledger)} building blocks lie in their band" in page.words()
    assert page.words().count("miss:") >= (~inside).sum() > 0
    assert "not measured" in page.words()


def test_no_missing_number_is_ever_printed(usual):
    holes = usual.metrics.assign(value=np.nan)
    none = {"mean": np.nan, "low": np.nan, "high": np.nan}
    comparison = replace(
        usual,
        metrics=holes,
        levels=usual.levels.assign(**none),
        differences=usual.differences.assign(relative=np.nan, **none),
        gains=usual.gains.assign(**none),
        returns=usual.returns.assign(**none),
        changed=usual.changed.assign(share_any=np.nan, share_bought=np.nan),
        ledger=usual.ledger.assign(value=np.nan, low=np.nan, high=np.nan),
    )
    for case in (usual, comparison):
        html = build(case)
        assert not re.search(r"\b([Nn][Aa][Nn]|inf|None|null)\b", Page(html).words())
        assert not re.search(r'="[^"]*\b(nan|inf)\b[^"]*"', html, re.IGNORECASE)


def test_empty_frames_leave_their_section_out(usual):
    parts = ("gains", "changed", "returns", "daily", "flows", "ledger", "knowledge", "timings")
    parts += ("journeys",)
    comparison = replace(usual, **{part: getattr(usual, part).iloc[:0] for part in parts})
    words = Page(build(comparison)).words()
    for kicker in (
        "Where the gain comes from",
        "Return offers against",
        "How journeys run",
        "What the company knows",
        "Journeys that hang together",
        "Day by day",
        "Building blocks",
        "Time taken",
    ):
        assert kicker not in words
    assert "The comparison" in words


def test_what_is_known_stands_beside_what_is_true(page):
    words = page.words()
    assert "An immature company knows the buyer of 20 % of its sales, a leader of 55 %" in (
        Page(build(sample(["immature", "danish_average", "leader"], baseline="immature"))).words()
    )
    assert "The Danish average knows the buyer of 30 % of its sales, a leader of 55 %" in words
    for row in KNOWN.values():
        assert row.section == "Where they buy" or row.title in words
    assert words.count("buys in stores only") == 3, "a table for each contender"


def test_journeys_that_hang_together_are_told_with_what_they_met(usual, page):
    words = page.words()
    assert "journeys across touchpoints 20 hang together under the Danish average, 45" in words
    for row in JOURNEYS.values():
        assert row.section == "Where they went" or (row.title in words and row.definition in words)
    for met in MEETINGS:
        assert met[0].upper() + met[1:] in words
    assert "45 / 45" in words, "met and coherent, side by side"
    assert "+25 ±2" in words, "a difference has its sign"
    alone = Page(build(sample(["danish_average"], with_returns=False))).words()
    assert "hang together under the Danish average" in alone


def test_what_compares_with_the_baseline_is_not_said_of_itself(usual):
    html = build(usual)
    row = html[html.index("Needs across touchpoints under both") :]
    assert re.findall(r"<td>(.*?)</td>", row)[0] == UNKNOWN


def test_a_gap_in_coherence_that_is_not_shown_is_not_claimed(usual):
    levels = usual.differences["metric"] == "coherent_share"
    unsure = usual.differences.assign(low=usual.differences["low"].where(~levels, -1.0))
    words = Page(build(replace(usual, differences=unsure))).words()
    assert re.search(
        r"hang together under the Danish average, 45 under a leader; the two " + APART, words
    )
    blank = usual.journeys.assign(mean=np.nan, low=np.nan, high=np.nan)
    words = Page(build(replace(usual, journeys=blank))).words()
    assert "Journeys across touchpoints, and what breaks them" in words and "nan" not in words


def test_every_setting_that_a_comparison_rests_on_is_listed_with_its_unit_and_source(usual, page):
    words = page.words()
    found = [n for n in every_number(usual.settings) if not n.key.startswith("survey.")]
    assert "survey.loading" not in words
    assert f"{sum(n.assumed for n in found)} of {len(found)} numbers" in words
    for number in found:
        assert " ".join(number.source.split()) in words
        assert number.unit in words
    assert any(n.assumed for n in found) and not all(n.assumed for n in found)


def test_every_unknown_metric_is_shown_under_its_own_name(usual):
    extra = usual.levels[usual.levels["metric"] == "contribution"].assign(metric="parcels_late")
    levels = pd.concat([usual.levels, extra], ignore_index=True)
    words = Page(build(replace(usual, levels=levels))).words()
    assert "Parcels late" in words


def test_the_same_comparison_gives_the_same_page(usual):
    assert build(usual) == build(usual)


def test_journeys_keep_their_numbers_in_the_chart(usual):
    journeys = moves(usual.flows, "leader")
    first = usual.flows.query("strategy == 'leader' and step == 1")["count"].sum()
    assert journeys.started == first
    kinds = ["order", "back", "onward"]
    assert sum(journeys.share_of_moves(kind) for kind in kinds) == pytest.approx(1)
    assert kind_of("basket", "web shop") == "back" and kind_of("search", "store") == "onward"
    assert kind_of("web shop", "competitor") == "away"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1234.4, "DKK per person-year", "1,234 DKK"),
        (-0.0512, "share", "−5.12 %"),
        (float("nan"), "share", "–"),
        (14.2, "points", "14.2 points"),
        (0.0, "DKK", "0.00 DKK"),
    ],
)
def test_numbers_are_written_for_people(value, unit, text):
    assert show(value, unit).replace("\u00a0", " ") == text


def test_rounding_never_moves_a_clear_interval_onto_zero():
    clear = Estimate(3.0, 0.2, 5.8)
    assert span(clear, "DKK") == "0.2 to 5.8"
    assert set(METRICS) <= set(sample(["leader"]).levels["metric"])


@pytest.mark.parametrize("strategies", [1, 5, 20])
def test_the_picture_is_as_wide_as_the_readme_wants(tmp_path, strategies):
    names = ["danish_average", *(f"plan_{i}" for i in range(1, strategies))]
    comparison = sample(None if strategies == 5 else names, with_returns=strategies != 20)
    picture(comparison, tmp_path / "picture.png")
    assert imread(tmp_path / "picture.png").shape[1] == 1600
