"""Where the C library takes memory from: one arena for all threads, so that what one gives back serves the others."""

import ctypes

_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h


def share_one() -> None:
    """Before there are threads: each would else get an arena of its own, and keep its largest size for good.

    https://man7.org/linux/man-pages/man3/mallopt.3.html; a C library other than glibc has no such thing.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(_ARENA_MAX, 1)
