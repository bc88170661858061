"""The logistic function: what a utility makes of a decision with two ends."""

from __future__ import annotations

import math

from sim.core.compiled import rule


@rule
def logistic(x):
    """1 / (1 + exp(-x)), safe at both ends."""
    return 1.0 / (1.0 + math.exp(-min(max(x, -30.0), 30.0)))
