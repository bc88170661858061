"""The Mesa driver's part of the benchmark, in a process of its own (see DECLARATION.md).

Started by ``bench.py`` with NUMBA_DISABLE_JIT=1 and the seconds to spend: prints one line of
JSON. A trial of a few weeks sets how many customers live the year.
"""

from __future__ import annotations

import json
import sys
import time

from sim.settings.load import load
from sim.world.model import OmnichannelModel

DAYS, TRIAL_DAYS, TRIAL_CUSTOMERS = 365, 42, 300


def lived(customers: int, days: int) -> tuple[float, OmnichannelModel]:
    """Seconds for the first ``days`` days of a world, and the world."""
    settings, (strategy,) = load(
        [
            "strategies=[danish_average]",
            f"scale.customers={customers}",
            "scale.warmup_days=0",
            f"scale.horizon_days={DAYS}",
        ]
    )
    world = OmnichannelModel(settings, strategy, driver="readable", keep_journal=False)
    start = time.perf_counter()
    world.run(until=days)
    return time.perf_counter() - start, world


def main(seconds: float) -> None:
    """Measure about ``seconds`` seconds of the Mesa driver."""
    trial, _ = lived(TRIAL_CUSTOMERS, TRIAL_DAYS)
    speed = TRIAL_CUSTOMERS * TRIAL_DAYS / trial
    customers = max(TRIAL_CUSTOMERS, int(speed * seconds / DAYS))
    took, world = lived(customers, DAYS)
    print(json.dumps({"customers": customers, "seconds": took, "phases": world.phase_seconds}))


if __name__ == "__main__":
    main(float(sys.argv[1]))
