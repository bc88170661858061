"""Replays that are done, kept on disk: what one visitor has seen, the next one sees at once.

They lie in the user's cache folder, below a folder named by the page's settings and the sources, so
that nothing old is ever shown; a folder that has not been used for two weeks is deleted.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import threading
import time
from pathlib import Path

from sim.core.cache import KEEP_DAYS, MARK, SIGNATURE, cache_base, is_ours
from sim.page.replays import Later, Reached, Replay, Run, Tale

TABLE = "CREATE TABLE IF NOT EXISTS replays (run TEXT PRIMARY KEY, told TEXT NOT NULL)"


def folder_of(identity: str) -> Path | None:
    """A folder for these settings and sources; None where none can be written."""
    try:
        place = cache_base() / "page"
        folder = place / identity
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).write_text(SIGNATURE, encoding="utf-8")
        for other in place.iterdir():
            unused = time.time() - (other / MARK).stat().st_mtime if is_ours(other) else 0
            if unused > KEEP_DAYS * 86_400:
                shutil.rmtree(other, ignore_errors=True)
    except (OSError, RuntimeError):
        return None
    return folder


class KeptReplays:
    """Replays by what was chosen; in memory alone where there is no folder, or its disk is full."""

    def __init__(self, folder: Path | None) -> None:
        self._lock = threading.Lock()
        self._file = sqlite3.connect(
            str(folder / "replays.sqlite") if folder else ":memory:", check_same_thread=False
        )
        with contextlib.suppress(sqlite3.Error):
            self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute(TABLE)

    def find(self, run: Replay) -> Reached | None:
        """What was kept of this replay."""
        with self._lock:
            try:
                rows = self._file.execute("SELECT told FROM replays WHERE run = ?", (_name(run),))
                row = rows.fetchone()
            except sqlite3.Error:
                return None
        if row is None:
            return None
        told, marks, streams, earlier = json.loads(row[0])
        found = {"told": told, "marks": marks, "streams": streams, "earlier": earlier}
        return Reached(run, 1.0, **found, done=True)

    def keep(self, reached: Reached) -> None:
        """Keep a replay that is done."""
        what = reached.told, reached.marks, reached.streams, reached.earlier
        told = json.dumps(what, allow_nan=False)
        with self._lock, contextlib.suppress(sqlite3.Error):  # a full disk costs time, no more
            self._file.execute(
                "INSERT OR REPLACE INTO replays VALUES (?, ?)", (_name(reached.run), told)
            )
            self._file.commit()

    def close(self) -> None:
        with self._lock:
            self._file.close()


def _name(run: Replay) -> str:
    match run:
        case Tale():
            kind = f"of {run.customer} in {run.language}"
        case Later():
            before = " then ".join(choices.key for choices in run.before)
            kind = f"after {before} of {run.years}"
        case Run():
            kind = run.without
    return f"{run.seed} {kind} {run.choices.key}"
