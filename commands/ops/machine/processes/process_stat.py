"""One process's `/proc/PID/stat`, see proc(5)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stat:
    """Its state letter, parent, start in clock ticks since boot, CPU time in clock ticks, memory in pages."""

    state: str
    parent: int
    started_ticks: int
    cpu_ticks: int
    rss_pages: int

    @property
    def ended(self) -> bool:
        """A zombie, or about to vanish."""
        return self.state in "ZXx"


def parent_in(data: bytes) -> int:
    """The parent alone, which is all that is asked of most.

    Raises:
        ValueError: it is not a stat line.
    """
    return int(data[data.rindex(b")") + 4 :].split(b" ", 1)[0])


def parse_stat(data: bytes) -> Stat:
    """Read a stat line; the name in parentheses may hold anything, so count from the last parenthesis.

    Raises:
        ValueError: it is not a stat line.
    """
    fields = data[data.rindex(b")") + 2 :].split()
    try:
        return Stat(
            state=fields[0].decode("ascii"),
            parent=int(fields[1]),
            started_ticks=int(fields[19]),
            cpu_ticks=int(fields[11]) + int(fields[12]),
            rss_pages=int(fields[21]),
        )
    except IndexError:
        raise ValueError("a stat line is cut short") from None
