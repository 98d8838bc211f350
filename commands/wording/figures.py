"""Figures in plain words: sizes, spans, counts, lists."""

from collections.abc import Sequence

from commands.ops import sizes

size = sizes.size
MINUTE, HOUR, DAY = 60, 3600, 86_400
NAME = 253  # characters that a domain may have; a cell of the registry may have any number


def span(seconds: float) -> str:
    """Seconds in the two largest units that matter: `45 s`, `12 min`, `2 h 5 min`, `3 d 4 h`."""
    whole = int(max(seconds, 0))
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min"
    if whole < DAY:
        return _two(whole, HOUR, "h", MINUTE, "min")
    return _two(whole, DAY, "d", HOUR, "h")


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 agent`, `25 agents`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[str], most: int = 5) -> str:
    """`a, b and c`; beyond `most`, how many more; what is too long for a name is cut."""
    more = len(names) - most
    names = [name if len(name) <= NAME else f"{name[:NAME]}…" for name in names[:most]]
    if more > 0:
        return f"{', '.join(names)} and {more:,} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1] if names else ""]))


def _two(whole: int, large: int, large_name: str, small: int, small_name: str) -> str:
    rest = whole % large // small
    return f"{whole // large} {large_name}" + (f" {rest} {small_name}" if rest else "")
