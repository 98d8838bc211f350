"""`batch disk --plan NNN` in words: what a batch will take, and whether twice that is free."""

from commands.ops.disk.ladder import Ladder
from commands.ops.launches.disk_need import TIMES, Need
from commands.reply import Facts, Proposal, Reply, Size, Value
from commands.wording.figures import count, size
from commands.wording.rung_offers import archive_offers, offers


def reply(need: Need, ladder: Ladder) -> Reply:
    """The estimate; where there is not enough, what can be freed; batches that are finalized go to the archive anyhow."""
    short = need.enough is False
    return Reply(
        outcome="trouble" if short else "fine",
        headline=_headline(need),
        severity="warning" if short else "info" if need.enough is None else "ok",
        facts={
            "batch": need.batch,
            "sites": need.sites,
            "built": need.built,
            "measured_sites": need.measured,
            "per_site_bytes": need.per_site,
            "need_bytes": need.bytes,
            "free_bytes": need.free,
            "enough": need.enough,
            "start_bytes": need.start_bytes,
        },
        parts=(Facts(_figures(need)),),
        proposals=(
            *(offers(ladder) if short else archive_offers(ladder)),
            Proposal("Diagnose the disk", "batch disk"),
        ),
        problems=tuple(dict.fromkeys((*need.use.problems, *ladder.problems))),
        subject=f"batch disk --plan {need.batch}",
    )


def _headline(need: Need) -> str:
    to_build = count(need.sites - need.built, "site")
    if need.bytes is None:
        return f"What batch {need.batch} needs cannot be estimated: no site is built yet to measure by. {size(need.free)} are free."
    needs = f"Batch {need.batch} needs about {size(need.bytes)} for {to_build}"
    if need.enough:
        return f"{needs}; {TIMES} times that is free ({size(need.free)})."
    return f"{needs}; {size(need.free)} are free, less than {TIMES} times that. Free some first."


def _figures(need: Need) -> tuple[tuple[str, Value], ...]:
    measured = f"{size(need.per_site)}, from {count(need.measured, 'site')}" if need.per_site else None
    return (
        ("A site takes", measured),
        ("Sites to build", f"{need.sites - need.built} of {need.sites}"),
        ("Needs", None if need.bytes is None else Size(need.bytes)),
        ("Free", Size(need.free)),
        ("A first launch asks for", Size(need.start_bytes)),
    )
