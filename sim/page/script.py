"""The boardroom's script: roles, lines, prices, the card and the debriefing, as data."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from sim.settings.places import PACKAGE

BOARDROOM = PACKAGE / "page" / "boardroom.yaml"


@cache
def script() -> dict[str, Any]:
    """What stands in ``boardroom.yaml``. Not to be written to."""
    return yaml.safe_load(BOARDROOM.read_text(encoding="utf-8"))
