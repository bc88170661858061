"""What a study has simulated so far: a folder that may be left and taken up again at any moment.

Each batch that has come back is one Parquet file in ``shards/``, written under a temporary name
and renamed when whole. ``study.json`` says whose folder it is. Nothing that lies there is
simulated again.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd

from sim.settings.complaints import BadInput, Stopped
from sim.study.results import prepared

IDENTITY, SHARDS = "study.json", "shards"


class Store:
    """The rows of a study on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shards = folder / SHARDS

    @classmethod
    def opened(cls, place: str, name: str, key: str, told: dict[str, Any]) -> Store:
        """The folder of the study of this key below ``place``, made where there is none.

        Raises :class:`BadInput` where it cannot be, or belongs to other settings.
        """
        return cls.at(prepared(place, name) / f"{name}-{key[:8]}", key, told)

    @classmethod
    def at(cls, folder: Path, key: str, told: dict[str, Any]) -> Store:
        """The study in ``folder`` itself. Raises :class:`BadInput` where it is another's."""
        store = cls(folder)
        identity = folder / IDENTITY
        try:
            if folder.exists() and any(folder.iterdir()) and not identity.is_file():
                raise BadInput("--folder", str(folder), "must be a study's folder, or an empty one")
            if identity.is_file():
                store._must_be(key)
            store.shards.mkdir(parents=True, exist_ok=True)
            if not identity.is_file():
                store.write(IDENTITY, json.dumps({"key": key, **told}, indent=2) + "\n")
        except (OSError, ValueError) as problem:
            said = f"must be a folder that can be written to ({_reason(problem)})"
            raise BadInput("--folder", str(folder), said) from None
        return store

    def _must_be(self, key: str) -> None:
        found = json.loads((self.folder / IDENTITY).read_text(encoding="utf-8"))
        if found.get("key") != key:
            said = "belongs to a study with other settings; another folder, or none, begins anew"
            raise BadInput("--folder", str(self.folder), said)

    def write(self, name: str, text: str) -> None:
        """A text file, whole or not there."""
        draft = self.folder / f".{name}.{os.getpid()}.partial"
        draft.write_text(text, encoding="utf-8")
        draft.replace(self.folder / name)

    def keep(self, rows: list[dict[str, Any]]) -> None:
        """Rows of a batch, as one shard. Raises :class:`Stopped` where the disk takes no more."""
        name = f"{rows[0]['run']}.parquet"
        draft = self.shards / f".{name}.{os.getpid()}.partial"
        try:
            pd.DataFrame(rows).to_parquet(draft, index=False)
            draft.replace(self.shards / name)
        except OSError as problem:
            draft.unlink(missing_ok=True)
            said = (
                f"{self.shards}: {_reason(problem)}; what was written before is kept: run it again"
            )
            raise Stopped(said) from None

    def rows(self) -> pd.DataFrame:
        """All rows so far, one for each run; empty before the first."""
        frames = [
            frame
            for path in sorted(self.shards.glob("[!.]*.parquet"))
            if (frame := _read(path)) is not None
        ]
        if not frames:
            return pd.DataFrame({"run": pd.Series(dtype=str)})
        return pd.concat(frames, ignore_index=True).drop_duplicates("run").reset_index(drop=True)


def _read(path: Path) -> pd.DataFrame | None:
    """A shard; None where a disk has lost it, so that it is simulated again."""
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError):
        return None


def _reason(problem: Exception) -> str:
    return getattr(problem, "strerror", None) or str(problem)
