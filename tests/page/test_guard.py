"""What the server allows: a human pace, pages of its own, and nothing loaded from elsewhere."""

from __future__ import annotations

import time

from starlette.datastructures import Headers

from sim.page.guard import HEADERS, POLICY, Allowance, from_here


def test_an_allowance_runs_out_and_comes_back_with_time(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    allowance = Allowance(per_second=2.0, at_once=3.0)
    assert [allowance.take() for _ in range(5)] == [True, True, True, False, False]
    now[0] += 0.5
    assert [allowance.take() for _ in range(2)] == [True, False]
    now[0] += 1000
    assert [allowance.take() for _ in range(4)] == [True, True, True, False]


def test_a_browser_speaks_only_from_a_page_of_this_server():
    def headers(origin):
        return Headers({"host": "laptop:8777"} | ({"origin": origin} if origin else {}))

    assert from_here(headers(None)) and from_here(headers("http://laptop:8777"))
    for origin in ("http://evil.example", "http://laptop:8778", "null", "http://laptop"):
        assert not from_here(headers(origin))


def test_the_policy_lets_nothing_in_from_anywhere_else():
    assert "unsafe" not in POLICY and "*" not in POLICY and "http" not in POLICY
    assert "default-src 'none'" in POLICY and "frame-ancestors 'none'" in POLICY
    assert HEADERS["x-content-type-options"] == "nosniff"
