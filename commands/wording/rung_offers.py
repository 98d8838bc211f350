"""The cleanup ladder as buttons: each rung that frees something, in the ladder's order."""

from collections.abc import Iterator

from commands.ops.disk.ladder import Ladder, Rung
from commands.reply import Proposal

LAST = ("compress", "delete")
ARCHIVES = 3  # batches that are offered at once


def offers(ladder: Ladder, *, desperate: bool = False) -> tuple[Proposal, ...]:
    """What can be pressed; what one does only if desperate is offered only then."""
    rungs = (rung for rung in ladder.rungs if rung.gain_bytes and (desperate or rung.name not in LAST))
    return tuple(offer for rung in rungs for offer in _of(rung))


def archive_offers(ladder: Ladder) -> tuple[Proposal, ...]:
    """Only the batches that are finalized: before a new one, or to make room at leisure."""
    return tuple(offer for rung in ladder.rungs if rung.name == "archive" for offer in _of(rung))


def _of(rung: Rung) -> Iterator[Proposal]:
    if rung.name == "own":
        yield Proposal("Empty the trash", "batch clean trash", rung.tier)
    if rung.name in ("temp", "cache"):
        yield Proposal(f"Clean {rung.name}", f"batch clean {rung.name}", rung.tier)
    if rung.name == "archive":
        for batch in rung.batches[:ARCHIVES]:
            yield Proposal(f"Archive {batch}", f"batch archive {batch}", rung.tier)
    if rung.name in ("compress", "delete"):
        for batch in rung.batches[:1]:
            yield Proposal(f"{rung.name.capitalize()} {batch}", f"batch {rung.name} {batch}", rung.tier)
