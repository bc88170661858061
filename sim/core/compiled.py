"""How rules are compiled: one decorator, and a disk cache that notices every edit.

`rule` compiles a function with Numba, or leaves it plain Python when the process was started
with NUMBA_DISABLE_JIT=1; `COMPILED` says which. Numba's own disk cache looks only at the file a
function is written in: edit a callee in another file and it silently runs the old rule. So the
cache folder is named by a hash of the package's sources, of Python and of Numba: any edit starts
an empty one (:mod:`sim.core.cache`). Importing this module sets the folder; whoever compiles
imports `rule` from here.

OMNIJOURNEY_CACHE_DIR overrides where these folders are kept (default: the user's cache folder).
"""

import os
from collections.abc import Callable
from pathlib import Path

import numba
import numpy as np
from numba import types

from sim.core.cache import kept_in, open_cache

COMPILED: bool = not numba.config.DISABLE_JIT
"""Whether rules are compiled in this process."""

as_double = np.float64 if COMPILED else float
"""A field kept in single precision, for reckoning: Numba's own ``float`` leaves it single."""


def _rounded(value: float) -> float:
    return float(np.float32(value))


as_single = np.float32 if COMPILED else _rounded
"""A value as a field in single precision keeps it, so that both drivers round alike."""

CACHE: Path | None = open_cache() if COMPILED else None
"""Where this process keeps compiled rules; None where none are compiled, or none can be kept."""

if CACHE is not None:
    os.environ["NUMBA_CACHE_DIR"] = str(CACHE)
    numba.config.CACHE_DIR = str(CACHE)

# Without Numba's runtime a rule cannot allocate: one that tries does not compile. It also spares
# counting who refers to the arrays of a bundle at every call.
_OPTIONS = {"nogil": True, "error_model": "numpy", "_nrt": False}


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
    return _compiled(function, inline=False)


def passage(function: Callable) -> Callable:
    """A `rule` that hands bundles on and is called in a place or two: compiled into its callers.

    A bundle is forty words; handing it from call to call is a fifth of a customer's day.
    """
    return _compiled(function, inline=True)


def _compiled(function: Callable, inline: bool) -> Callable:
    # said in either case: a rule that Numba comes upon inside another would take after it
    dispatcher = numba.njit(**_OPTIONS, forceinline=inline)(function)
    if CACHE is not None and (kept := kept_in(CACHE, function)):
        dispatcher._cache = kept
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
    if CACHE is None:
        return not COMPILED
    return any(CACHE.rglob(f"*.{function}-*.nbi"))
