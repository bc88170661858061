"""What `make bench` runs: speed, memory, start-up and pairing, measured in one run.

DECLARATION.md states the world and what each figure means. Every measurement has a process of its
own, so that its peak memory is its own and nothing is warm by accident; they run one after the
other. Prints a table and writes ``results/bench.json``.

    python benchmarks/bench.py                        everything: about ten minutes
    python benchmarks/bench.py --small                no million, fewer seeds: a few minutes
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "results" / "bench.json"
DAYS = 365
TEN, HUNDRED, MILLION = 10_000, 100_000, 1_000_000
REPEATS = {TEN: 5, HUNDRED: 3, MILLION: 1}
POPULATIONS = 5  # repetitions: most of it is the first touch of memory, which varies
SEEDS, PAIRED_CUSTOMERS = 24, 2_000
MESA_SECONDS = 60.0
LIMITS = {  # key: (at most or at least, limit, unit)
    "million_year_s": ("at most", 60.0, "s"),
    "million_peak_gb": ("at most", 5.0, "GB"),
    "mesa_ratio": ("at least", 150.0, "x"),
    "population_s": ("at most", 5.0, "s"),
    "linearity": ("at most", 1.3, "x"),
    "second_thread": ("at least", 1.6, "x"),
    "variance_ratio": ("at least", 10.0, "x"),
}


# What runs in a process of its own


def world_of(customers: int, threads: int):
    """The benchmarked world on its first day."""
    from sim.settings.load import load
    from sim.world.model import OmnichannelModel

    settings, (strategy,) = load(
        [
            "strategies=[danish_average]",
            f"scale.customers={customers}",
            f"scale.threads={threads}",
            "scale.warmup_days=0",
            f"scale.horizon_days={DAYS}",
        ]
    )
    return OmnichannelModel(settings, strategy, keep_journal=False)


def measure_year(customers: int, threads: int) -> dict:
    """Seconds to make the people and to live the year, by phase; memory in bytes."""
    world_of(50, threads).run(until=2)  # loads the compiled rules
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    world = world_of(customers, threads)
    made = time.perf_counter()
    world.run()
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "making_s": made - start,
        "year_s": done - made,
        "phases": world.phase_seconds,
        "peak_bytes": peak * 1024,
        "grown_bytes": (peak - before) * 1024,
        "rows": len(world.driver.tables()[0]),
        "events": int(world.tally.counts.sum()),
    }


def measure_population(customers: int, threads: int) -> dict:
    """Seconds to make the people and their world."""
    world_of(50, threads).run(until=2)  # loads the compiled rules
    start = time.perf_counter()
    world_of(customers, threads)
    return {"making_s": time.perf_counter() - start}


def measure_lived(customers: int, days: int) -> dict:
    """Customer-days on which anything was due, over all customer-days, in ``days`` days."""
    world, lived = world_of(customers, 1), 0
    while world.day < days:
        world.open_day()
        driver, mailing = world.driver, world.company.record["newsletters"][0] > 0
        due = driver.due <= world.day
        if mailing:
            due |= driver.profiles["written_to"] == 1
        lived += int(due.sum())
        world.live()
        world.serve()
        world.keep_books()
        world.day += 1
    return {"share_lived": lived / (customers * days)}


def measure_copy() -> dict:
    """Bytes a second of a copy far larger than the caches, read and written, one thread."""
    import numpy as np

    source = np.ones(1 << 26)
    target = np.empty_like(source)
    seconds = []
    for _ in range(7):
        start = time.perf_counter()
        np.copyto(target, source)
        seconds.append(time.perf_counter() - start)
    return {"copy_bytes_per_s": 2 * source.nbytes / statistics.median(seconds[1:])}


def bytes_a_lived_day() -> int:
    """Bytes of his records that a customer's day touches: what the driver asks the memory for."""
    from sim.core.prefetch import LINE
    from sim.world.drivers import CUSTOMER_LINES, PROFILE_LINES

    return (CUSTOMER_LINES + PROFILE_LINES) * LINE


def measure_start() -> dict:
    """One simulated day, from a process that has done nothing yet."""
    world_of(1_000, 1).step()
    return {}


def measure_pairing(seeds: int) -> dict:
    """Unpaired over paired variance of net revenue, for each pair of the default comparison."""
    from sim.measures.statistics import variance_ratio
    from sim.settings.load import load
    from sim.study.replay import compare

    settings, strategies = load(
        [
            "experiment=default",
            f"scale.customers={PAIRED_CUSTOMERS}",
            f"scale.seeds={seeds}",
            f"scale.warmup_days={DAYS}",
            f"scale.horizon_days={2 * DAYS}",
            "scale.steady_days=0",
            "carries.pair=[]",
            "scale.workers=2",
            "scale.threads=1",
        ]
    )
    metrics = compare(settings, strategies, quiet=True).metrics
    rows = metrics[(metrics["metric"] == "net_revenue") & (metrics["segment"] == "all")]
    wide = rows.pivot(index="seed", columns="strategy", values="value")
    names = [s.name for s in strategies]
    return {f"{b} - {a}": variance_ratio(wide[a], wide[b]) for a, b in combinations(names, 2)}


# What starts those processes


def alone(task: str, *numbers: int, **environment: str) -> dict:
    """Run one measurement in a fresh process; adds ``process_s``, its whole duration."""
    command = [sys.executable, str(Path(__file__).resolve()), "--task", task, *map(str, numbers)]
    return started(command, environment)


def started(command: list[str], environment: dict[str, str]) -> dict:
    """The JSON on the last line a process prints, and how long the process took."""
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    start = time.perf_counter()
    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": paths, **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    took = time.perf_counter() - start
    return {**json.loads(done.stdout.splitlines()[-1]), "process_s": took}


def median_year(customers: int, threads: int, repeats: int) -> dict:
    """The repetition with the median duration."""
    found = [alone("year", customers, threads) for _ in range(repeats)]
    return sorted(found, key=lambda year: year["year_s"])[(len(found) - 1) // 2]


def measure_starts() -> dict[str, float]:
    """Cold (nothing compiled) and warm, seconds from the start of Python to the end of a day."""
    with tempfile.TemporaryDirectory() as folder:
        cold = alone("start", OMNIJOURNEY_CACHE_DIR=folder)["process_s"]
        warm = [alone("start", OMNIJOURNEY_CACHE_DIR=folder)["process_s"] for _ in range(3)]
    return {"cold_start_s": cold, "warm_start_s": statistics.median(warm)}


def measure_all(small: bool) -> dict:
    """Every figure of the benchmark, keys as in DECLARATION.md."""
    say("start-up")
    found: dict = {"machine": machine(), "settings": {"days": DAYS, "small": small}}
    found |= measure_starts()
    alone("start")  # compile into the usual cache where that has not been done

    sizes = [TEN, HUNDRED] if small else [TEN, HUNDRED, MILLION]
    years = {}
    for customers in sizes:
        for threads in (1, 2):
            say(f"{customers:,} customers, {threads} thread{'s' * (threads > 1)}")
            years[customers, threads] = median_year(customers, threads, REPEATS[customers])
    found["years"] = {f"{n}/{t}": year for (n, t), year in years.items()}
    speed = {key: key[0] * DAYS / year["year_s"] for key, year in years.items()}
    found["customer_days_per_s"] = {f"{n}/{t}": value for (n, t), value in speed.items()}

    largest = sizes[-1]
    one, two = years[largest, 1], years[largest, 2]
    found["second_thread"] = one["phases"]["customers"] / two["phases"]["customers"]
    found["bytes_per_customer"] = two["grown_bytes"] / largest
    found["populations_s"] = [
        alone("population", largest, 2)["making_s"] for _ in range(POPULATIONS)
    ]
    found["population_s"] = statistics.median(found["populations_s"])
    if not small:
        found["million_year_s"] = two["year_s"]
        found["million_peak_gb"] = two["peak_bytes"] / 1e9
        found["linearity"] = speed[HUNDRED, 2] / speed[MILLION, 2]
        found["linearity_one_thread"] = speed[HUNDRED, 1] / speed[MILLION, 1]

    say("the memory")
    found |= alone("copy") | alone("lived", HUNDRED, 56)
    found.pop("process_s")
    found["bytes_a_lived_day"] = bytes_a_lived_day()
    touched = found["share_lived"] * largest * DAYS * found["bytes_a_lived_day"]
    found["memory_floor_s"] = touched / found["copy_bytes_per_s"]
    found["over_memory_floor"] = one["phases"]["customers"] / found["memory_floor_s"]

    say("the Mesa driver")
    seconds = MESA_SECONDS / 4 if small else MESA_SECONDS
    mesa = started(
        [sys.executable, str(ROOT / "benchmarks" / "readable.py"), str(seconds)],
        {"NUMBA_DISABLE_JIT": "1"},
    )
    found["mesa"] = mesa
    found["mesa_customer_days_per_s"] = mesa["customers"] * DAYS / mesa["seconds"]
    for threads, key in ((2, "mesa_ratio"), (1, "mesa_ratio_one_thread")):
        found[key] = speed[largest, threads] / found["mesa_customer_days_per_s"]
    rules = mesa["phases"]["customers"] / mesa["customers"]
    found["mesa_ratio_customers_phase"] = rules / (two["phases"]["customers"] / largest)

    say("pairing")
    pairs = alone("pairing", 4 if small else SEEDS)
    pairs.pop("process_s")
    found["variance_ratios"] = pairs
    printed = [ratio for pair, ratio in pairs.items() if pair.endswith(" - immature")]
    found["variance_ratio"] = min(printed)
    return found


def machine() -> dict:
    """What it ran on."""
    import numba
    import numpy

    return {
        "cores": os.cpu_count(),
        "platform": platform.platform(),
        "python": platform.python_version(),
        "numba": numba.__version__,
        "numpy": numpy.__version__,
        "load_before": os.getloadavg()[0],
    }


# What is printed


def say(what: str) -> None:
    print(f"measuring {what}", file=sys.stderr, flush=True)


def print_table(found: dict) -> None:
    """The figures, what was to be reached, and where a day's time goes."""
    print(
        f"\n{'customers':>10} {'threads':>7} {'customer-days/s':>16} {'year, s':>8}"
        f" {'people, s':>9} {'peak GB':>8}   share of the year's time"
    )
    for key, year in found["years"].items():
        customers, threads = key.split("/")
        spent = sum(year["phases"].values())
        phases = ", ".join(f"{name} {s / spent:.0%}" for name, s in year["phases"].items())
        print(
            f"{int(customers):>10,} {threads:>7} {found['customer_days_per_s'][key]:>16,.0f}"
            f" {year['year_s']:>8.2f} {year['making_s']:>9.2f}"
            f" {year['peak_bytes'] / 1e9:>8.2f}   {phases}"
        )
    mesa = found["mesa"]
    print(
        f"{mesa['customers']:>10,} {'Mesa':>7} {found['mesa_customer_days_per_s']:>16,.0f}"
        f" {mesa['seconds']:>8.2f}\n"
    )
    for key, (sense, limit, unit) in LIMITS.items():
        if key not in found:
            continue
        reached = found[key] <= limit if sense == "at most" else found[key] >= limit
        verdict = "reached" if reached else f"missed by {abs(found[key] / limit - 1):.0%}"
        print(f"{key:28} {found[key]:10.2f} {unit:3} {sense} {limit:g}: {verdict}")
    for key in (
        "mesa_ratio_one_thread",
        "mesa_ratio_customers_phase",
        "linearity_one_thread",
        "bytes_per_customer",
        "share_lived",
        "bytes_a_lived_day",
        "memory_floor_s",
        "over_memory_floor",
        "cold_start_s",
        "warm_start_s",
    ):
        if key in found:
            print(f"{key:28} {found[key]:10.2f}")
    print(
        f"\nOn one thread the customers' phase takes {found['over_memory_floor']:.1f} times what a"
        f" copy of the bytes it touches\ntakes: {found['share_lived']:.0%} of customer-days are"
        f" lived, {found['bytes_a_lived_day']} bytes each; a copy runs at"
        f" {found['copy_bytes_per_s'] / 1e9:.1f} GB/s.\n"
    )
    for pair, ratio in found["variance_ratios"].items():
        print(f"unpaired / paired variance   {ratio:10.1f} x   {pair}")


def main() -> None:
    """Measure, print, write; or, with ``--task``, be one of the measurements."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--small", action="store_true", help="no million customers, fewer seeds")
    parser.add_argument("--task", nargs="+", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.task:
        tasks = {
            "year": measure_year,
            "population": measure_population,
            "start": measure_start,
            "pairing": measure_pairing,
            "lived": measure_lived,
            "copy": measure_copy,
        }
        print(json.dumps(tasks[args.task[0]](*map(int, args.task[1:]))))
        return
    found = measure_all(args.small)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print_table(found)
    print(f"\nwritten to {RESULT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
