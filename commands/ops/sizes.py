"""Bytes in words, in the unit that suits them."""

UNITS = ("B", "KiB", "MiB", "GiB", "TiB")
KIB = 1024
THREE_DIGITS = 100


def size(count: float) -> str:
    """Bytes as `df -h` counts them: `512 B`, `29.4 MiB`."""
    unit = 0
    while abs(count) >= KIB and unit < len(UNITS) - 1:
        count, unit = count / KIB, unit + 1
    return (
        f"{count:.0f} {UNITS[unit]}"
        if unit == 0 or abs(count) >= THREE_DIGITS
        else f"{count:.1f} {UNITS[unit]}"
    )
