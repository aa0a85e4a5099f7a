"""Gives memory that is not used any more back to the system."""

import sys


def release_memory() -> None:
    """Give back what was freed, after something large was read, which the allocator would keep.

    Does nothing where the C library is not glibc. Takes some milliseconds, in which other threads
    run.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes  # noqa: PLC0415 - only after large texts

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
