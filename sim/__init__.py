"""omnijourney: company strategies replayed on the same simulated customers.

The face of the package, for a script, ``python -`` or a notebook::

    from sim import compare, load

    settings, strategies = load(["scale=tiny"])
    comparison = compare(settings, strategies)

Names are looked up when first asked for, so that ``import sim`` costs nothing.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "BadInput": "sim.settings.complaints",
    "Comparison": "sim.measures.comparison",
    "OmnichannelModel": "sim.world.model",
    "compare": "sim.study.replay",
    "load": "sim.settings.load",
    "replay": "sim.study.replay",
    "write": "sim.report",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
