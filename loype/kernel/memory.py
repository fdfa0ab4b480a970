"""What the C library does with memory, where it is the one of most Linux systems."""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress

_MOST_ARENAS = -8  # M_ARENA_MAX of glibc's malloc.h
_OTHERS = AttributeError, OSError, TypeError  # other C libraries know neither


def give_back_memory() -> None:
    """Give what was needed for a moment only back to the system, after loading something large.

    The C library keeps it else, for a process that may never ask for as much again.
    """
    with suppress(*_OTHERS):
        ctypes.CDLL(None).malloc_trim(0)


def keep_memory_together(*, arenas: int = 2) -> None:
    """Let threads share so many stocks of memory, instead of one each that runs half empty.

    Processes that are forked later do the same. Who chose otherwise for the machine is left alone.
    """
    if "MALLOC_ARENA_MAX" in os.environ:
        return
    with suppress(*_OTHERS):
        ctypes.CDLL(None).mallopt(_MOST_ARENAS, arenas)
