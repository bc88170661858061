"""What `make bench` runs still runs: each of its measurements, as small as it can be."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).resolve().parents[2] / "benchmarks" / "bench.py"


@pytest.fixture
def bench(monkeypatch) -> ModuleType:
    """The benchmark, with days and people by the handful."""
    spec = importlib.util.spec_from_file_location("bench", BENCH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "DAYS", 30)
    monkeypatch.setattr(module, "PAIRED_CUSTOMERS", 200)
    return module


def test_a_year_is_told_by_phase_with_its_memory_and_events(bench):
    year = bench.measure_year(300, 2)
    assert set(year["phases"]) == {"plan", "customers", "operations", "books", "collect"}
    assert year["year_s"] > 0 and year["making_s"] > 0 and year["peak_bytes"] > 0
    assert year["rows"] >= 300 and year["events"] > 0
    assert bench.measure_population(300, 1)["making_s"] > 0


def test_some_but_not_all_customers_days_are_lived(bench):
    assert 0 < bench.measure_lived(300, 5)["share_lived"] < 1
    assert bench.bytes_a_lived_day() > 0


def test_a_start_is_one_simulated_day(bench):
    assert bench.measure_start() == {}


def test_every_pair_of_the_default_strategies_has_its_ratio(bench):
    ratios = bench.measure_pairing(2)
    assert len(ratios) == 5 * 4 / 2 and "leader - immature" in ratios
    assert all(ratio > 0 for ratio in ratios.values())
