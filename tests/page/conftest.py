"""The page that the tests of this folder visit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from small_page import Served, served


@pytest.fixture(scope="session")
def page() -> Iterator[Served]:
    with served() as found:
        yield found
