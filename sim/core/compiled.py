"""How rules are compiled: one decorator, and a disk cache that notices every edit.

`rule` compiles a function with Numba, or leaves it plain Python when the process was started
with NUMBA_DISABLE_JIT=1; `COMPILED` says which. Numba's own disk cache looks only at the file a
function is written in: edit a callee in another file and it silently runs the old rule. So the
cache folder is named by a hash of the package's sources, of Python and of Numba: any edit starts
an empty one. Importing this module sets the folder; whoever compiles imports `rule` from here.

OMNIJOURNEY_CACHE_DIR overrides where these folders are kept (default: the user's cache folder).
"""

import atexit
import contextlib
import hashlib
import os
import platform
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numba
from numba import types

COMPILED: bool = not numba.config.DISABLE_JIT
"""Whether rules are compiled in this process."""

PACKAGE = Path(__file__).resolve().parents[1]
KEEP_DAYS = 14
RULE_ROOMS = frozenset({"core", "journey", "company", "encounter"})
"""Rooms whose edits make compiled code stale; elsewhere only files that import this module do."""


def rule_sources(package: Path = PACKAGE) -> list[Path]:
    """Source files that compiled code may rest on, in a fixed order."""

    def matters(path: Path) -> bool:
        room = path.relative_to(package).parts[0]
        return room in RULE_ROOMS or b"sim.core.compiled" in path.read_bytes()

    return [path for path in sorted(package.rglob("*.py")) if matters(path)]


def source_key(package: Path = PACKAGE) -> str:
    """16 hex digits that change with any edit to a rule, with Python and with Numba."""
    digest = hashlib.blake2b(digest_size=8)
    for part in (platform.python_implementation(), platform.python_version(), numba.__version__):
        digest.update(part.encode() + b"\0")
    for path in rule_sources(package):
        text = path.read_bytes()
        name = path.relative_to(package).as_posix()
        digest.update(f"{name}\0{len(text)}\0".encode() + text)
    return digest.hexdigest()


def cache_base() -> Path:
    """Folder that holds one cache folder per state of the sources."""
    if chosen := os.environ.get("OMNIJOURNEY_CACHE_DIR"):
        return Path(chosen).expanduser().resolve()
    user = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(user) if user else Path.home() / ".cache") / "omnijourney"


def forget_old(base: Path, keep: str) -> None:
    """Delete the cache folders beside `keep` that nobody has used for KEEP_DAYS days."""
    oldest = time.time() - KEEP_DAYS * 86_400
    for folder in base.iterdir():
        ours = re.fullmatch("[0-9a-f]{16}", folder.name) and folder.name != keep
        with contextlib.suppress(OSError):
            if ours and folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)


def open_cache() -> Path:
    """Make this state's cache folder and mark it as used; where forbidden, a passing one."""
    key = source_key()
    try:
        folder = cache_base() / key
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
        forget_old(folder.parent, keep=key)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="omnijourney-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


CACHE: Path | None = open_cache() if COMPILED else None
"""Where this process keeps compiled rules; None where nothing is compiled."""

if CACHE is not None:
    os.environ["NUMBA_CACHE_DIR"] = str(CACHE)
    numba.config.CACHE_DIR = str(CACHE)

_compile = numba.njit(cache=True, nogil=True, error_model="numpy")


def _widened(kind: types.Type) -> types.Type:
    """Any constant or whole number as int64, so that a rule called by rules compiles once."""
    kind = types.unliteral(kind)
    signed = isinstance(kind, types.Integer) and kind.signed
    return types.int64 if signed else kind


def rule(function: Callable) -> Callable:
    """Decorator of every compiled function.

    Results are bit-identical with plain Python as long as floats meet only + - * / ** and
    math.exp, log, sqrt, erf. Numba would compile a callee anew for each constant and each width of
    integer it is called with (400 versions of 150 rules): callers widen them instead.
    """
    dispatcher = _compile(function)
    if COMPILED:
        resolve = dispatcher.get_call_template
        dispatcher.get_call_template = lambda args, kws: resolve(
            tuple(map(_widened, args)), {name: _widened(kind) for name, kind in kws.items()}
        )
    return dispatcher


def is_warm(function: str = "*") -> bool:
    """Whether compiled code (of the rule of that name) already lies on disk for these sources.

    True where rules are plain Python: nothing is left to compile.
    """
    return CACHE is None or any(CACHE.rglob(f"*.{function}-*.nbi"))
