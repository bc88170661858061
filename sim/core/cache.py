"""Where compiled rules are kept on disk, and what is done where they cannot be.

One folder per state of the sources, named by a hash, below the user's cache folder or below
OMNIJOURNEY_CACHE_DIR. A folder of ours carries a mark; only marked ones are ever deleted. Where
no folder can be written, a passing one serves this process and its workers, who are told of it
by the same variable. A damaged file is compiled anew. What is wrong is said once, on stderr.
"""

import atexit
import contextlib
import hashlib
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba.core.caching import FunctionCache, IndexDataCacheFile

PACKAGE = Path(__file__).resolve().parents[1]
BASE = "OMNIJOURNEY_CACHE_DIR"
KEEP_DAYS = 14
ROOM_BYTES = 150_000_000
"""Free space that is asked for before rules are compiled into a folder; they take some 60 MB."""
MARK = "CACHEDIR.TAG"
SIGNATURE = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# Compiled rules of omnijourney. May be deleted; they are compiled again.\n"
)
RULE_ROOMS = frozenset({"core", "journey", "company", "encounter"})
"""Rooms whose edits make compiled code stale; elsewhere only files that import `compiled` do."""
FROZEN = ("settings/flows.py",)
"""Other files whose constants rules take in when they are compiled."""


def rule_sources(package: Path = PACKAGE) -> list[Path]:
    """Source files that compiled code may rest on, in a fixed order."""

    def matters(path: Path) -> bool:
        name = path.relative_to(package)
        if name.parts[0] in RULE_ROOMS or name.as_posix() in FROZEN:
            return True
        return b"sim.core.compiled" in path.read_bytes()

    return [path for path in sorted(package.rglob("*.py")) if matters(path)]


def source_key(package: Path = PACKAGE) -> str:
    """16 hex digits that change with any edit to a rule, with Python and with Numba."""
    digest = hashlib.blake2b(digest_size=8)
    here = (platform.python_implementation(), platform.python_version(), numba.__version__)
    for part in here:
        digest.update(part.encode() + b"\0")
    for path in rule_sources(package):
        text = path.read_bytes()
        name = path.relative_to(package).as_posix()
        digest.update(f"{name}\0{len(text)}\0".encode() + text)
    return digest.hexdigest()


def cache_base() -> Path:
    """Folder that holds one cache folder per state of the sources.

    Raises ``OSError`` or ``RuntimeError`` where there is no such place.
    """
    if chosen := os.environ.get(BASE):
        return Path(chosen).expanduser().resolve()
    user = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(user) if user else Path.home() / ".cache") / "omnijourney"


def is_ours(folder: Path) -> bool:
    """Whether ``folder`` carries our mark."""
    try:
        return (folder / MARK).read_text(encoding="utf-8") == SIGNATURE
    except (OSError, UnicodeError):
        return False


def forget_old(base: Path, keep: str) -> None:
    """Delete our folders beside `keep` that nobody has used for KEEP_DAYS days."""
    oldest = time.time() - KEEP_DAYS * 86_400
    for folder in base.iterdir():
        if folder.name == keep or folder.is_symlink() or not is_ours(folder):
            continue
        with contextlib.suppress(OSError):
            if folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)


def open_cache() -> Path | None:
    """This state's folder, made, marked and used; else a passing one; None where there is none."""
    key = source_key()
    try:
        folder = _opened(cache_base() / key)
        forget_old(folder.parent, keep=key)
        return folder
    except (OSError, RuntimeError, ValueError) as problem:
        say(
            f"compiled rules cannot be kept ({_reason(problem)}): compiled for this run alone, "
            f"about a minute; {BASE} names another folder"
        )
    try:
        base = tempfile.mkdtemp(prefix="omnijourney-")
        atexit.register(shutil.rmtree, base, ignore_errors=True)
        folder = _opened(Path(base) / key)
    except OSError:
        return None
    os.environ[BASE] = base
    return folder


def _opened(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    warm = any(folder.rglob("*.nbi"))
    if not warm and shutil.disk_usage(folder).free < ROOM_BYTES:
        raise OSError(f"less than {ROOM_BYTES // 1_000_000} MB free in {folder}")
    if not is_ours(folder):
        (folder / MARK).write_text(SIGNATURE, encoding="utf-8")
    os.utime(folder)
    tempfile.TemporaryFile(dir=folder).close()
    return folder


def _reason(problem: Exception) -> str:
    if isinstance(problem, OSError) and problem.strerror:
        return f"{problem.filename}: {problem.strerror}"
    return str(problem)


_said: set[str] = set()


def say(message: str) -> None:
    """One line on stderr, once a process."""
    if message not in _said:
        _said.add(message)
        with contextlib.suppress(OSError, ValueError, AttributeError):
            print(f"note: {message}", file=sys.stderr, flush=True)


class Kept(FunctionCache):
    """Numba's cache of one rule, which takes a damaged file or a full disk for an empty cache.

    Numba would keep each checkout's rules apart, and compile anew wherever a file was touched. The
    folder is named by what the sources say: the same sources elsewhere find the same rules.
    """

    def __init__(self, function: Callable, folder: Path):
        super().__init__(function)
        if Path(function.__code__.co_filename).is_relative_to(PACKAGE):
            self._cache_path = str(folder.joinpath(*function.__module__.split(".")))
            name = self._impl.filename_base
            self._cache_file = IndexDataCacheFile(self._cache_path, name, source_stamp="")

    def load_overload(self, *args: Any) -> Any:
        """The compiled code kept for a signature; None if there is none that can be read."""
        try:
            return super().load_overload(*args)
        except Exception as problem:  # a cut or zeroed file may raise anything
            say(f"a file of the cache is damaged ({type(problem).__name__}): compiled again")
            with contextlib.suppress(OSError):
                self.flush()
            return None

    def save_overload(self, *args: Any) -> None:
        """Keep compiled code, if it can be kept."""
        try:
            os.makedirs(self.cache_path, exist_ok=True)
            super().save_overload(*args)
        except Exception as problem:  # the code runs all the same
            say(f"compiled rules cannot be kept ({_reason(problem)})")
            self.disable()


def kept_in(folder: Path, function: Callable) -> Kept | None:
    """A cache for ``function`` in ``folder``; None where Numba would go elsewhere.

    Beside the sources it would look at one file alone, and run rules that were edited since.
    """
    try:
        kept = Kept(function, folder)
    except RuntimeError:
        return None
    return kept if Path(kept.cache_path).is_relative_to(folder) else None
