"""Everything configurable: declared once with unit, bounds and source, loaded from YAML.

Names are handed on when first asked for, so that rules which read one group do not import Hydra.
``load`` itself is ``sim.settings.load.load``.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "sim.settings.complaints": ("BadInput",),
    "sim.settings.run": ("Output", "Scale", "Scenario", "Settings"),
    "sim.settings.strategy": ("DISCIPLINES", "Maturity", "Policies", "Step", "Strategy"),
}
__all__ = [name for names in _HOMES.values() for name in names]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(name)
