"""Which waves a batch has, and which one is meant."""

from collections.abc import Sequence

from commands.ops.errors import WrongUsage
from commands.ops.names import wave_number
from commands.ops.registry.registry import Registry
from commands.ops.registry.sites import select

SHOWN = 20  # characters of a wrong one


def named(table: Registry, batch: str, typed: str) -> int:
    """The wave a caller typed.

    Raises:
        WrongUsage: it is no number from 1, or the batch has no such wave; the sentence names those there are.
    """
    known = existing(table, batch)
    these = f"batch {batch} has {_these(known)}."
    wave = wave_number(typed)
    if wave in known and wave is not None:
        return wave
    if wave:
        raise WrongUsage(f"There is no wave {wave}: {these}")
    shown = typed if len(typed) <= SHOWN and typed.isprintable() else f"{typed[:SHOWN]!a}…"
    raise WrongUsage(f"“{shown}” is not a wave, which is a number from 1: {these}")


def existing(table: Registry, batch: str) -> tuple[int, ...]:
    """The waves that a batch has, ascending."""
    return tuple(sorted({row.wave for row in select(table, batch=batch) if row.wave is not None}))


def _these(known: Sequence[int]) -> str:
    """`waves 1 to 21` where none is left out, else each."""
    if not known:
        return "no waves"
    if len(known) == 1:
        return f"wave {known[0]} alone"
    whole = known[-1] - known[0] == len(known) - 1
    return f"waves {known[0]} to {known[-1]}" if whole else f"waves {', '.join(map(str, known))}"


def subject_of(batch: str, wave: int) -> str:
    """What a wave's diagnosis is about, as the line that asks it anew."""
    return f"batch wave {wave} --batch {batch}"
