"""From what a run leaves behind to numbers: metrics, gains, return arms, building blocks."""
