"""Which lines would now be answered otherwise than at the last look: their shown messages must follow."""

from collections.abc import Iterator, Mapping

from commands.ops.samples import Figures
from commands.ops.transitions import Transition
from commands.ops.watch import batch_figures


def subjects(
    before: Mapping[str, Figures], now: Mapping[str, Figures], changes: tuple[Transition, ...]
) -> Iterator[str]:
    """`batch status --batch 001` where a batch's figures changed, `batch wave 5 --batch 001` for its waves.

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


def _waves_with_other_agents(before: Figures, now: Figures) -> set[int]:
    earlier, later = before["waves"] or {}, now["waves"] or {}
    return {int(wave) for wave in {*earlier, *later} if earlier.get(wave) != later.get(wave)}
