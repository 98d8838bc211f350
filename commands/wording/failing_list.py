"""`batch sites --failing`: the sites that agents failed at, worst first."""

from commands.ops.house import House
from commands.ops.registry.registry import Registry
from commands.ops.sites import failing
from commands.ops.sites.failing import Failing
from commands.reply import Proposal, Reply, Table, When
from commands.wording.figures import count
from commands.wording.wave import KINDS

SHOWN, OFFERED = 40, 3


def reply(house: House, table: Registry, batch: str | None, status: str | None) -> Reply:
    """The list, with a look at each of the worst."""
    all_, problems = failing.read(house, table)
    found = [one for one in all_ if batch in (None, one.row.batch) and status in (None, one.row.status)]
    return Reply(
        "trouble" if found else "fine",
        _headline(found),
        "warning" if found else "ok",
        facts={"sites": [_fact(one) for one in found], "lines_per_log": failing.LINES},
        parts=(_table(found),) if found else (),
        proposals=tuple(
            Proposal(f"Diagnose {one.row.domain}", f"batch site {one.row.domain}") for one in found[:OFFERED]
        ),
        problems=(*table.problems, *problems),
    )


def _headline(found: list[Failing]) -> str:
    looked = f"in the last {failing.LINES:,} lines of each log"
    if not found:
        return f"No site that is not implemented has failed, {looked}."
    worst = found[0]
    times = count(worst.failed, "time")
    return f"{count(len(found), 'site')} failed {looked}; {worst.row.domain} the most, {times}: look at it."


def _fact(one: Failing) -> dict[str, object]:
    return {
        "site": one.row.domain,
        "batch": one.row.batch,
        "wave": one.row.wave,
        "status": one.row.status,
        "failed": one.failed,
        "last_error": one.last_error,
    }


def _table(found: list[Failing]) -> Table:
    rows = tuple(
        (
            one.row.domain,
            one.row.batch,
            "" if one.row.wave is None else str(one.row.wave),
            one.row.status,
            one.failed,
            KINDS[one.last_error],
            When(at) if (at := one.attempts[-1].at) else "",
        )
        for one in found[:SHOWN]
    )
    title = f"The worst {SHOWN} of {len(found)}" if len(found) > SHOWN else ""
    columns = ("Site", "Batch", "Wave", "Status", "Failed", "Last error", "Last tried")
    return Table(columns, rows, title, evidence=False)
