"""How much memory an agent takes, written down while agents live, for the time when none does."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from statistics import median

from commands.ops.agents.agents import Agent
from commands.ops.history import samples

NAME = "agent memory"


def remember(transaction: sqlite3.Connection, at: datetime, living: Sequence[Agent]) -> None:
    """Write the median down where it is another than the last, in an open transaction."""
    if not living:
        return
    figures = {"median_bytes": _two_digits(median_of(living))}
    last = samples.newest(transaction, NAME)
    if last is None or last.data != figures:
        samples.write(transaction, at, NAME, figures)


def remembered(connection: sqlite3.Connection) -> int | None:
    """The last median in bytes; None where no agent was ever seen."""
    last = samples.newest(connection, NAME)
    return None if last is None else int(last.data["median_bytes"])


def median_of(living: Sequence[Agent]) -> int:
    """The median of what these agents and their children hold in memory, in bytes."""
    return int(median(agent.rss_bytes for agent in living))


def _two_digits(number: int) -> int:
    """4,194,304 is 4,200,000: else each look would find another figure."""
    return int(float(f"{number:.1e}"))
