"""The report to take home: the one that compare writes, made once, of one's own company."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
import time
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st
from small_page import PATIENCE, SMALL, served
from test_serving import got

from sim.page import reports
from sim.page.choices import BASELINE, NAME, Choices
from sim.page.replays import loaded, within_the_year
from sim.page.reports import FAILED, FULL, MAKING, MOST_WAITING, READY, Reports, overrides_of
from sim.report import build
from sim.settings.load import load
from sim.study.replay import compare

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
        found.let.wait(PATIENCE)
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


def test_a_failure_that_nobody_asks_for_is_forgotten(average, tmp_path, monkeypatch):
    monkeypatch.setattr(reports, "FORGOTTEN_SECONDS", 0.0)
    found = Reports(SMALL, None, tmp_path, average, 3, lambda problem: None)
    found.ask(CHOSEN)
    found.orders[CHOSEN.key].failed = True
    found.ask(Choices(fee=0))
    assert list(found.orders) == ["fee=0"]


def is_killed(pipe, overrides, config_dir) -> None:
    """A process that is killed as often as ``config_dir`` says, and then makes a report."""
    told = Path(config_dir) / "killed"
    often, before = map(int, told.read_text().split())
    told.write_text(f"{often} {before + 1}")
    if before < often:
        os.kill(os.getpid(), signal.SIGKILL)
    pipe.send((READY, "<p>whole</p>"))


@pytest.mark.parametrize(("often", "state"), [(1, READY), (2, FAILED)])
def test_a_process_that_is_killed_is_replaced(average, tmp_path, monkeypatch, often, state):
    monkeypatch.setattr(reports, "make", is_killed)
    (tmp_path / "killed").write_text(f"{often} 0")
    found = Reports(SMALL, str(tmp_path), tmp_path, average, 3, lambda problem: None)
    found.start()
    try:
        assert waited(found, CHOSEN)[0] == state
        assert waited(found, Choices(fee=0))[0] == READY
    finally:
        found.close()


def says_its_priority(pipe, overrides, config_dir) -> None:
    """A process whose report is how nice it was while the real one was written."""
    reports.written = lambda *_: str(os.getpriority(os.PRIO_PROCESS, 0))
    reports.make(pipe, overrides, config_dir)


def test_a_report_is_made_by_a_process_that_lets_others_go_first(average, tmp_path, monkeypatch):
    monkeypatch.setattr(reports, "make", says_its_priority)
    found = Reports(SMALL, None, tmp_path, average, 3, lambda problem: None)
    found.start()
    try:
        _, path = waited(found, CHOSEN)
        assert int(path.read_text()) >= reports.NICENESS
    finally:
        found.close()


def test_a_report_is_made_once_for_each_language(making):
    making.let.set()
    for language in ("en", "da", "da"):
        until = time.monotonic() + PATIENCE
        while (told := making.ask(CHOSEN, language))[0] == MAKING:
            assert time.monotonic() < until
            time.sleep(0.01)
        assert told == (READY, making.place(CHOSEN, language))
    assert making.made == [CHOSEN.key] * 2
    assert making.place(CHOSEN, "da") != making.place(CHOSEN) == making.place(CHOSEN, "en")


def says_its_language(pipe, overrides, config_dir) -> None:
    """A process whose report is the language in which the real one would be."""
    reports.written = lambda given, *_: load(given, None)[0].output.language
    reports.make(pipe, overrides, config_dir)


def test_a_report_is_made_in_the_language_of_who_asks(average, tmp_path, monkeypatch):
    monkeypatch.setattr(reports, "make", says_its_language)
    found = Reports(SMALL, None, tmp_path, average, 3, lambda problem: None)
    assert found._by_a_process(reports.Order(CHOSEN, "sv")) == (READY, "sv")
    assert found._by_a_process(reports.Order(CHOSEN)) == (READY, "en")


def test_old_reports_go(making, monkeypatch):
    monkeypatch.setattr(reports, "MOST_KEPT", 2)
    making.let.set()
    for brand in (0, 0.4, 0.6):
        waited(making, Choices(brand=brand))
    assert len(list(making.folder.glob("*.html"))) == 2
    assert making.place(Choices(brand=0.6)).exists()


@pytest.mark.parametrize(
    "query", ["collection=9", "x=1", "%00=%ff", "fee=<script>", "uses=maybe", "language=../da"]
)
def test_a_report_of_no_company_is_refused_in_one_line(page, query):
    code, _, body = got(page, f"/report.html?{query}")
    assert code == 400 and body.count(b"\n") == 1 and b"Traceback" not in body


QUERIES = st.dictionaries(
    st.one_of(st.sampled_from(list(Choices.model_fields)), st.text(max_size=8)),
    st.one_of(st.text(max_size=12), st.integers(), st.floats()),
    min_size=1,
    max_size=4,
)


@given(query=QUERIES)
@tried(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_asked_for_is_answered_without_a_traceback(page, query):
    told = urlencode(query, errors="surrogatepass")
    code, _, body = got(page, f"/report.html?{told}")
    assert code in (200, 202, 400, 503) and b"Traceback" not in body
    assert code != 400 or body.count(b"\n") == 1


@pytest.mark.parametrize(("state", "code"), [(FULL, 503), (FAILED, 500)])
def test_who_gets_no_report_is_told_why_in_one_line(page, monkeypatch, state, code):
    monkeypatch.setattr(page.page.reports, "ask", lambda *asked: (state, None))
    answer = got(page, "/report.html")
    assert answer[0] == code and answer[2].count(b"\n") == 1
    assert answer[1]["content-security-policy"].startswith("default-src 'none'; script-src 'self'")


def test_the_report_is_compares_own_and_outlives_the_server(tmp_path, monkeypatch):
    monkeypatch.setattr("sim.page.server.folder_of", lambda identity: tmp_path)
    asked = "/report.html?communication=3&returns=mail&scenario=parcel_strike"
    folder, shares = f"output.folder={tmp_path}", []
    with served(folder, keeps=True) as page:
        until = time.monotonic() + 4 * PATIENCE
        while (answer := got(page, asked))[0] == 202:
            shares.append(reached(answer[2]))
            assert time.monotonic() < until
            time.sleep(0.05)
        mine = got(page, asked.replace("/report.html", f"/{NAME}.yaml"))[2]
    code, headers, body = answer
    assert code == 200 and shares == sorted(shares) and 0 < shares[-1] <= 1
    for name, value in reports.HEADERS.items():
        assert headers[name] == value
    assert "script" not in headers["content-security-policy"]
    report = body.decode()
    assert "<script" not in report and "http" not in re.sub(r"<td.*?</td>", "", report)
    assert "scenario parcel strike, in 3 small worlds of 200 people each" in unescape(report)
    by_command = told_by_compare(mine, tmp_path)
    told = numbers(by_command)
    assert numbers(report)[: len(told) - SECONDS] == told[:-SECONDS] and len(told) > 1000
    with served(folder, keeps=True) as again:
        assert got(again, asked)[::2] == (200, body)


def reached(body: bytes) -> float:
    """What share is simulated, of what is said while a report is made."""
    found = json.loads(body)
    assert found["before"] == 0
    return found["share"]


def told_by_compare(mine: bytes, folder: Path) -> str:
    """The report of the strategy's file, compared as its first lines say, at the page's scale."""
    (folder / f"{NAME}.yaml").write_bytes(mine)
    chosen = [f"strategies=[{BASELINE},{NAME}]", "scenario=parcel_strike", "scale.workers=1"]
    settings, strategies = load(["scale=page", *SMALL, *chosen], folder)
    return build(compare(within_the_year(settings), strategies, quiet=True))


def numbers(report: str) -> list[str]:
    """All numbers in a report's tables."""
    return re.findall(r"<td[^>]*>\s*(-?[\d.,−]+)", report)
