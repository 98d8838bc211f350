"""`batch sites --cut-short`: the sites that were being written while the disk was critical, and are not whole."""

from commands.ops.host_settings import Ladder
from commands.ops.house import House
from commands.ops.sites import half_written
from commands.ops.sites.half_written import CutShort, HalfWritten
from commands.reply import Facts, Proposal, Reply, Table, Value, When
from commands.wording.figures import count, listed

SHOWN, OFFERED, DIAGNOSED = 40, 25, 3


def reply(house: House, batch: str | None) -> Reply:
    """The list, with what brings them back to work."""
    found = half_written.look(house)
    if found is None:
        return Reply(
            "fine", "The disk was never seen critical: no site was cut short by it.", facts={"sites": []}
        )
    cut = [one for one in found.cut if batch in (None, one.row.batch)]
    return Reply(
        "trouble" if cut else "fine",
        _headline(found, cut),
        "warning" if cut else "ok",
        facts={
            "sites": [_fact(one) for one in cut],
            "written": found.written,
            "since": found.span.begin.isoformat(),
            "until": found.span.end.isoformat() if found.span.end else None,
        },
        parts=(Facts(_figures(found)), *((_table(cut),) if cut else ())),
        proposals=_proposals(cut, house.settings.ladder),
        problems=found.problems,
    )


def _headline(found: HalfWritten, cut: list[CutShort]) -> str:
    while_ = "while the disk was critical" if found.span.end else "since the disk is critical"
    written = f"{count(found.written, 'site was', 'sites were')} written {while_}"
    if not cut:
        return f"No site was cut short: {written}, and {'each' if found.written else 'none'} is whole."
    names = listed([one.row.domain for one in cut], 5)
    return f"{written[0].upper()}{written[1:]}, {len(cut)} of them cut short: {names}. Build these again."


def _figures(found: HalfWritten) -> tuple[tuple[str, Value], ...]:
    end: Value = When(found.span.end) if found.span.end else "it is so still"
    return (("Critical since", When(found.span.begin)), ("Until", end), ("Sites written then", found.written))


def _fact(one: CutShort) -> dict[str, object]:
    row = one.row
    where = {"site": row.domain, "batch": row.batch, "wave": row.wave, "status": row.status}
    return {**where, "empty": list(one.empty), "page_whole": one.page, "busy": one.busy}


def _table(cut: list[CutShort]) -> Table:
    rows = tuple((one.row.domain, one.row.batch, one.row.status, _why(one)) for one in cut[:SHOWN])
    title = f"The first {SHOWN} of {len(cut)}" if len(cut) > SHOWN else ""
    return Table(("Site", "Batch", "Status", "What is wrong"), rows, title, evidence=False)


def _why(one: CutShort) -> str:
    said = [f"empty: {listed(one.empty, 3)}"] if one.empty else []
    said += ["its index page is not whole"] if one.page is False else []
    said += ["an agent is at work on it"] if one.busy else []
    return "; ".join(said)


def _proposals(cut: list[CutShort], ladder: Ladder) -> tuple[Proposal, ...]:
    """Those that count as built go back to designed first; those that nobody builds are built again."""
    idle = [one.row for one in cut if not one.busy]
    built = [row.domain for row in idle if row.status in (ladder.implemented, ladder.finalized)]
    batches = sorted({row.batch for row in idle if row.status in (ladder.designed, ladder.in_progress)})
    back = f'batch mark {" ".join(built[:OFFERED])} {ladder.designed} --reason "cut short by the full disk"'
    offered = (
        [Proposal(f"Mark {count(len(built[:OFFERED]), 'site')} {ladder.designed}", back)] if built else []
    )
    for batch in batches[:DIAGNOSED]:
        sites = [
            row.domain
            for row in idle
            if row.batch == batch and row.status in (ladder.designed, ladder.in_progress)
        ][:OFFERED]
        offered.append(Proposal(f"Redeploy {count(len(sites), 'site')}", f"redeploy site {' '.join(sites)}"))
    looks = (
        Proposal(f"Diagnose {one.row.domain}", f"batch site {one.row.domain}") for one in cut[:DIAGNOSED]
    )
    return (*offered, *looks, Proposal("Check the registry", "dedupe"))
