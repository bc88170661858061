"""Where the YAML that comes with the program lies.

In a checkout beside the package, as ``configs/`` and ``experiments/``; once installed inside it,
under ``sim/files``, where the build puts the same two folders (pyproject.toml). The user's
``--config-dir`` comes before both.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
IS_CHECKOUT: bool = all(
    (PACKAGE.parent / name).is_file() for name in ("pyproject.toml", "configs/config.yaml")
)
"""Whether this package is run from its repository."""

ROOT: Path = PACKAGE.parent if IS_CHECKOUT else PACKAGE / "files"
"""Folder that holds ``configs/`` and ``experiments/``."""

CONFIGS: Path = ROOT / "configs"
