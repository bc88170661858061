"""Asking the memory for a record before it is needed.

A million customers are far larger than the caches, and reaching one costs longer than living his
day. The compiled driver knows who is next, so it asks for the next ones while one lives. Nothing
is read or written: results cannot depend on it.
"""

from __future__ import annotations

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

LINE = 64  # bytes of a cache line


@intrinsic
def prefetch(typing_context, record, line):
    """Start to load cache line ``line`` (0 is the first) of a record."""

    def generate(context, builder, signature, arguments):
        start = builder.bitcast(arguments[0], cgutils.voidptr_t)
        offset = builder.mul(arguments[1], arguments[1].type(LINE))
        word = ir.IntType(32)
        hint = builder.module.declare_intrinsic(
            "llvm.prefetch",
            [cgutils.voidptr_t],
            ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, word, word, word]),
        )
        builder.call(hint, [builder.gep(start, [offset]), word(0), word(3), word(1)])
        return context.get_dummy_value()

    return types.void(record, types.int64), generate
