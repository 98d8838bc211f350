"""`batch disk`: how much room is left and for how long, what took it, and the cleanup ladder."""

import click

from commands.line import Asked, line
from commands.ops.disk import diagnosis, ladder
from commands.ops.disk.diagnosis import DiskDiagnosis
from commands.ops.disk.disk import Filesystem
from commands.ops.disk.ladder import Rung
from commands.ops.launches import disk_need as need
from commands.ops.operations.relieve import RELIEVE
from commands.reply import Proposal, Reply, outcome_of
from commands.wording import disk as disk_words, disk_need
from commands.wording.rung_offers import offers


@line(
    "batch disk",
    summary="How much space is left and for how long, what took it, and what can be freed, the safest first.",
    examples=("batch disk", "batch disk --plan 008"),
)
@click.option(
    "--plan", "batch", metavar="NNN", help="What this batch will take, and whether twice that is free."
)
def disk(asked: Asked, batch: str | None) -> Reply:
    """The diagnosis of the disk; or the need of a batch before it is launched."""
    if batch is not None:
        wanted = need.estimate(asked.house, batch)
        return disk_need.reply(wanted, ladder.look(asked.house, wanted.use))
    found = diagnosis.look(asked.house)
    unkept = () if asked.ask.dry_run else diagnosis.remember(asked.house, found)
    severity = disk_words.severity(found)
    return Reply(
        outcome=outcome_of(severity),
        headline=disk_words.headline(found),
        severity=severity,
        facts=_facts(found),
        parts=disk_words.parts(found),
        proposals=_proposals(found),
        problems=(*found.problems, *unkept),
        subject="batch disk",
    )


def _facts(found: DiskDiagnosis) -> dict[str, object]:
    seen, growth = found.disk, found.growth
    return {
        "level": seen.level,
        "free_bytes": seen.free_bytes,
        "growth_bytes_per_minute": growth.per_minute,
        "seconds_to_full": growth.seconds_to_full,
        "seconds_to_full_soonest": growth.soonest,
        "seconds_to_full_latest": growth.latest,
        "directories": [{"path": path, "bytes": size} for path, size in found.use.directories.items()],
        "sites": [{"site": name, "bytes": size} for name, size in found.use.sites.items()],
        "ladder": [_rung(rung) for rung in found.ladder.rungs],
        "grown": [
            {"path": one.what, "bytes": one.by, "span_seconds": one.span_seconds} for one in found.grown
        ],
        "own_bytes": found.use.own_bytes,
        "filesystems": [_filesystem(one) for one in seen.filesystems],
        "own": _filesystem(seen.own) if seen.own else None,
    }


def _filesystem(one: Filesystem) -> dict[str, object]:
    return {
        "paths": list(one.paths),
        "level": one.level,
        "free_bytes": one.space.free_bytes,
        "total_bytes": one.space.total_bytes,
        "free_inodes": one.space.free_inodes,
        "total_inodes": one.space.total_inodes,
        "inodes_level": one.inodes,
    }


def _rung(rung: Rung) -> dict[str, object]:
    return {
        "name": rung.name,
        "gain_bytes": rung.gain_bytes,
        "tier": rung.tier,
        "batches": list(rung.batches),
    }


def _proposals(found: DiskDiagnosis) -> tuple[Proposal, ...]:
    """Where it is critical operations stop first, in one plan or one by one; then the rungs that free something."""
    stop = (
        Proposal("Relieve the disk", "batch relieve", RELIEVE.tier),
        Proposal("Hold launches", "batch hold"),
        Proposal("Stop agents", "batch stop"),
    )
    first = stop if found.disk.level == "critical" else ()
    return (*first, *offers(found.ladder, desperate=_desperate(found)), Proposal("Look again", "batch disk"))


def _desperate(found: DiskDiagnosis) -> bool:
    """Whether it is time for what is risky, or cannot be taken back."""
    return found.disk.level in ("alert", "critical")
