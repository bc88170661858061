"""The report to take home: the one that compare writes, made once, of one's own company."""

from __future__ import annotations

import re
import threading
import time

import pytest
from small_page import PATIENCE, SMALL, served
from test_serving import got

from sim.page import reports
from sim.page.choices import BASELINE, NAME, Choices
from sim.page.replays import loaded
from sim.page.reports import FAILED, FULL, MAKING, MOST_WAITING, READY, Reports, overrides_of
from sim.settings.load import load

SECONDS = 60  # numbers at the end of a report, among which is how long it took
CHOSEN = Choices(communication=3.0, returns="mail", uses=True, bonus="customer", fee=0)


@pytest.fixture(scope="module")
def average():
    return loaded(SMALL, None)[1]


@pytest.fixture
def making(average, tmp_path, monkeypatch):
    """Reports whose process is not begun: what is made is said by ``made``, when ``let`` is set."""
    found = Reports(SMALL, None, tmp_path, average, 3, lambda problem: None)
    found.let, found.made = threading.Event(), []

    def make(order):
        found.let.wait(20)
        found.made.append(order.choices.key)
        found._keep(order, f"<p>{order.choices.key}</p>")

    monkeypatch.setattr(found, "_make", make)
    found.start()
    yield found
    found.let.set()
    found.close()


def waited(found: Reports, choices: Choices):
    until = time.monotonic() + PATIENCE
    while (told := found.ask(choices))[0] == MAKING:
        assert time.monotonic() < until
        time.sleep(0.01)
    return told


def test_the_company_of_the_sliders_is_the_one_that_is_compared(average):
    _, strategies = load([*SMALL, *overrides_of(CHOSEN, average)], None)
    ours = CHOSEN.strategy(average)
    assert [s.name for s in strategies] == [BASELINE, NAME]
    assert strategies[1].maturity == ours.maturity and strategies[1].policies == ours.policies
    assert strategies[0] == average


@pytest.mark.parametrize("scenario", ["covid", "fashion"])
def test_the_world_is_the_one_of_the_page(average, scenario):
    chosen = Choices(scenario=scenario)
    settings, _ = load([*SMALL, *overrides_of(chosen, average)], None)
    assert settings.scenario.name == loaded((f"scenario={scenario}",), None)[0].scenario.name


def test_what_is_asked_twice_is_made_once_and_each_gets_his_own(making):
    other = Choices(fee=0)
    for choices in (CHOSEN, other, CHOSEN):
        assert making.ask(choices)[0] == MAKING
    making.let.set()
    for choices in (CHOSEN, other, CHOSEN):
        state, path = waited(making, choices)
        assert state == READY and path.read_text() == f"<p>{choices.key}</p>"
    assert sorted(making.made) == sorted([CHOSEN.key, other.key])


def test_who_waits_is_told_how_many_come_first(making):
    chosen = [Choices(brand=brand) for brand in (0, 0.4, 0.6)]
    for choices in chosen:
        making.ask(choices)
    assert [making.ask(choices)[1]["before"] for choices in chosen] == [0, 1, 2]


def test_no_more_wait_than_can_be_made(making):
    several = [Choices(collection=k / 2, fee=fee) for k in range(7) for fee in (0, 19)]
    told = [making.ask(choices)[0] for choices in several]
    assert told[:MOST_WAITING] == [MAKING] * MOST_WAITING
    assert set(told[MOST_WAITING:]) == {FULL}


def test_a_report_that_fails_is_said_once_and_takes_no_other_with_it(average, tmp_path):
    problems = []
    broken = ("scale.customers=0",)
    found = Reports(broken, None, tmp_path, average, 3, problems.append)
    found.start()
    try:
        assert waited(found, CHOSEN)[0] == FAILED
        assert problems and "scale.customers" in problems[0]
        found.overrides = SMALL
        assert waited(found, Choices(fee=0))[0] == READY
    finally:
        found.close()


def test_old_reports_go(making, monkeypatch):
    monkeypatch.setattr(reports, "MOST_KEPT", 2)
    making.let.set()
    for brand in (0, 0.4, 0.6):
        waited(making, Choices(brand=brand))
    assert len(list(making.folder.glob("*.html"))) == 2
    assert making.place(Choices(brand=0.6)).exists()


@pytest.mark.parametrize("query", ["collection=9", "x=1", "%00=%ff", "fee=<script>", "uses=maybe"])
def test_a_report_of_no_company_is_refused_in_one_line(page, query):
    code, _, body = got(page, f"/report.html?{query}")
    assert code == 400 and body.count(b"\n") == 1 and b"Traceback" not in body


def test_the_report_is_compares_own_and_outlives_the_server(tmp_path, monkeypatch):
    monkeypatch.setattr("sim.page.server.folder_of", lambda identity: tmp_path)
    asked = "/report.html?communication=3&returns=mail"
    folder = f"output.folder={tmp_path}"
    with served(folder, keeps=True) as page:
        until = time.monotonic() + 4 * PATIENCE
        while (answer := got(page, asked))[0] == 202:
            assert time.monotonic() < until
            time.sleep(0.2)
    code, headers, body = answer
    assert code == 200 and "script" not in headers["content-security-policy"]
    average = loaded(SMALL, None)[1]
    chosen = Choices(communication=3.0, returns="mail")
    here = reports.written([*SMALL, folder, *overrides_of(chosen, average, 3)], None)
    told = numbers(here)
    assert numbers(body.decode())[: len(told) - SECONDS] == told[:-SECONDS] and len(told) > 1000
    assert "<script" not in here and "Our company" in here
    with served(folder, keeps=True) as again:
        assert got(again, asked)[::2] == (200, body)


def numbers(report: str) -> list[str]:
    """All numbers in a report's tables."""
    return re.findall(r"<td[^>]*>\s*(-?[\d.,−]+)", report)
