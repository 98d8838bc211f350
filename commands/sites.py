"""`batch sites`: the list of sites, paged for people, whole for scripts."""

from collections.abc import Sequence

import click

from commands.line import Asked, batch_option, line
from commands.ops.batches import batches
from commands.ops.errors import WrongUsage
from commands.ops.host_settings import Ladder
from commands.ops.registry import registry
from commands.ops.registry.rows import Row
from commands.ops.registry.sites import select
from commands.reply import Proposal, Reply, Table
from commands.wording import cut_short_list, failing_list
from commands.wording.figures import count
from commands.wording.values import moment_or_text

PAGE = 40
MOST = 50_000  # in the list for scripts


@line(
    "batch sites",
    summary="The sites of all batches or one, by status.",
    examples=("batch sites --status i", "batch sites --failing", "batch sites --cut-short"),
)
@click.option("--status", metavar="X", help="Only sites at this letter of the ladder; case matters.")
@batch_option
@click.option("--failing", is_flag=True, help="Only sites that agents failed at, worst first.")
@click.option("--cut-short", is_flag=True, help="Only sites that were cut short while the disk was critical.")
@click.option("--page", metavar="N", type=click.IntRange(1), default=1, help=f"Which {PAGE} of them to show.")
def sites(  # noqa: PLR0913 - one parameter an option
    asked: Asked, status: str | None, batch: str | None, page: int, *, failing: bool, cut_short: bool
) -> Reply:
    """Sites in registry order; those that fail, worst first."""
    house = asked.house
    table = registry.read(house.settings, house.machine)
    named = batches.named(batch, batches.existing(house.settings, house.machine, table)) if batch else None
    _known_status(status, house.settings.ladder, table.counts())
    if failing:
        return failing_list.reply(house, table, named, status)
    if cut_short:
        return cut_short_list.reply(house, named)
    rows = select(table, batch=named, status=status)
    pages = max(1, -(-len(rows) // PAGE))
    if page > pages:
        raise WrongUsage(f"There is no page {page}: {count(len(rows), 'site')} fill {count(pages, 'page')}.")
    shown = rows[(page - 1) * PAGE : page * PAGE]
    return Reply(
        "fine",
        _headline(len(rows), named, status, dict(house.settings.ladder.steps)),
        "info",
        facts={"sites": [_fact(row) for row in rows] if len(rows) <= MOST else None, "total": len(rows)},
        parts=(_table(shown, page, pages),) if rows else (),
        proposals=_turn(named, status, page, pages),
        problems=(*table.problems, *((_too_many(len(rows)),) if len(rows) > MOST else ())),
    )


def _too_many(number: int) -> str:
    return (
        f"{number:,} sites are too many for one list, which takes {MOST:,}: they are shown by the page;"
        " for a list of all, name a status or a batch with fewer."
    )


def _known_status(status: str | None, ladder: Ladder, present: dict[str, int]) -> None:
    if status is None or status in present:
        return
    letters = ", ".join(f"{letter} {word}" for letter, word in ladder.steps)
    raise WrongUsage(f"No site has the status “{status}”, and the ladder does not know it: {letters}.")


def _headline(number: int, batch: str | None, status: str | None, words: dict[str, str]) -> str:
    where = f" in batch {batch}" if batch else " in all batches"
    at = f" at {status} ({words.get(status, 'unknown status')})" if status is not None else ""
    return f"{count(number, 'site')}{at}{where}."


def _fact(row: Row) -> dict[str, object]:
    return {"site": row.domain, "batch": row.batch, "wave": row.wave, "status": row.status}


def _table(rows: Sequence[Row], page: int, pages: int) -> Table:
    shown = tuple(
        (
            row.domain,
            row.batch,
            "" if row.wave is None else str(row.wave),
            row.status,
            moment_or_text(row.updated),
        )
        for row in rows
    )
    title = f"Page {page} of {pages}" if pages > 1 else ""
    return Table(("Site", "Batch", "Wave", "Status", "Updated"), shown, title)


def _turn(batch: str | None, status: str | None, page: int, pages: int) -> tuple[Proposal, ...]:
    words = ["batch sites", *(["--batch", batch] if batch else []), *(["--status", status] if status else [])]
    line = " ".join(words)
    before = (Proposal("Show previous page", f"{line} --page {page - 1}"),) if page > 1 else ()
    after = (Proposal("Show next page", f"{line} --page {page + 1}"),) if page < pages else ()
    return (*before, *after)
