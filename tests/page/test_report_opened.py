"""The report in a real browser: made from the page, opened beside it, and kept as a file."""

from __future__ import annotations

import re

import pytest
from small_browser import complaints, elsewhere, seen
from small_page import PATIENCE

expect = pytest.importorskip("playwright.sync_api").expect
COMPANY = "analysis=2.5&scenario=parcel_strike"
GOES_ON = re.compile(r"^The report is being made: \d+ % so far\.$|^Open the report")
MADE = 1000 * PATIENCE  # milliseconds that a report may take


def test_a_report_is_made_opened_and_kept_and_nothing_leaves_this_machine(visit, tmp_path):
    tab = visit(f"home?{COMPANY}")
    faults = []
    tab.context.on("request", lambda asked: faults.extend(elsewhere(asked.url)))
    tab.click("#make-report")
    expect(tab.locator("#report-said")).to_have_text(GOES_ON)
    link = tab.locator("#report-said a").first
    expect(link).to_have_text("Open the report", timeout=MADE)
    seen(tab, "home-report")
    with tab.context.expect_page() as opened:
        link.click()
    report = opened.value
    report.wait_for_load_state()
    expect(report.locator("header")).to_contain_text("scenario parcel strike")
    assert report.locator("h1").evaluate("h => parseFloat(getComputedStyle(h).fontSize)") > 24
    assert report.evaluate("window.origin") == "null", "it stands in a sandbox"
    report.locator("details summary").first.click()
    assert report.locator("details[open]").count() == 1
    seen(report, "report")
    with tab.expect_download() as taken:
        tab.locator("#report-said a").nth(1).click()
    assert taken.value.suggested_filename == "omnijourney-report.html"
    kept = tmp_path / "kept.html"
    taken.value.save_as(kept)
    report.context.set_offline(True)
    report.goto(kept.as_uri())
    expect(report.locator("header")).to_contain_text("scenario parcel strike")
    assert not complaints(report)
    assert faults == [kept.as_uri()], "nothing is asked for but the file"


def test_a_report_of_one_company_is_not_shown_beside_another(visit):
    tab = visit(f"home?{COMPANY}")
    tab.click("#make-report")
    expect(tab.locator("#report-said")).not_to_be_empty()
    tab.goto(tab.url.replace("analysis=2.5", "analysis=1"))
    expect(tab.locator("#report-said")).to_be_empty()
    expect(tab.locator("#yaml-text")).to_contain_text("analysis: 1.0")


def test_while_the_server_is_gone_the_page_waits_and_goes_on_when_it_is_back(visit):
    tab = visit(f"home?{COMPANY}")
    tab.route("**/report.html*", lambda asked: asked.abort())
    tab.click("#make-report")
    expect(tab.locator("#report-said")).to_have_text("The connection is gone. Trying again …")
    tab.unroute("**/report.html*")
    expect(tab.locator("#report-said")).to_have_text(GOES_ON)
