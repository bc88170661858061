"""What several test files share: worlds that are costly to live, lived once a process."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("worlds", deadline=None, derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "worlds"))


def pytest_configure(config):
    """Compile the rules once, before the worker processes start and would each do it."""
    from sim.study.warming import compile_rules

    if not hasattr(config, "workerinput") and not os.environ.get("NUMBA_DISABLE_JIT"):
        compile_rules()


@pytest.fixture(scope="session")
def lively():
    """The lively world, lived by the compiled driver on one thread."""
    from worlds import live_lively

    return live_lively()


@pytest.fixture(scope="session")
def readable_lively(tmp_path_factory):
    """Events and final tables of the lively world, lived in plain Python."""
    import numpy as np
    from worlds import in_plain_python

    path = tmp_path_factory.mktemp("readable") / "lively.npz"
    in_plain_python("tests/worlds.py", str(path))
    with np.load(path) as found:
        return dict(found)
