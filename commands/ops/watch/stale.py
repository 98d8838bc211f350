"""Which lines would now be answered otherwise than at the last look: their shown messages must follow."""

from collections.abc import Iterator, Mapping

from commands.ops.history import batch_figures
from commands.ops.history.samples import Figures
from commands.ops.history.transitions import Transition

MOST_SITES = 1000  # each is an event; of more nobody waits for a single one


def subjects(
    before: Mapping[str, Figures], now: Mapping[str, Figures], changes: tuple[Transition, ...]
) -> Iterator[str]:
    """`batch status --batch 001` where a batch's figures changed, `batch wave 5 --batch 001` for its waves.

    Where sites changed also `batch site lotus.dev` for each, and `batch finalize 001` for their batches.

    before, now: figures by the sample's name. A batch that is seen for the first time has not changed.
    """
    waves: set[tuple[str, int]] = {
        (change.batch, change.wave) for change in changes if change.batch and change.wave is not None
    }
    for name, figures in now.items():
        earlier = before.get(name)
        if earlier is not None and earlier != figures:
            batch = batch_figures.batch_of(name)
            yield f"batch status --batch {batch}"
            waves |= {(batch, wave) for wave in _waves_with_other_agents(earlier, figures)}
    for batch, wave in sorted(waves):
        yield f"batch wave {wave} --batch {batch}"
    yield from (f"batch finalize {batch}" for batch in sorted({one.batch for one in changes if one.batch}))
    yield from dict.fromkeys(f"batch site {one.site}" for one in changes[:MOST_SITES])


def _waves_with_other_agents(before: Figures, now: Figures) -> set[int]:
    earlier, later = before["waves"] or {}, now["waves"] or {}
    return {int(wave) for wave in {*earlier, *later} if earlier.get(wave) != later.get(wave)}
