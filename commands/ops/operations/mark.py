"""`mark`: sites get another status. Args: `marks`, by site its letter; `reason` and `by`, both text; `by_hand`.

Sites that are finalized by hand get a line in their batch's closure report.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from commands.ops.batches import closure
from commands.ops.batches.closure import Line
from commands.ops.edits import editing, foresight, told as edit_told
from commands.ops.edits.editing import Edited, Overwritten
from commands.ops.edits.records import Record
from commands.ops.edits.statuses import Mark, row_text, status_edits
from commands.ops.errors import Refusal, WrongUsage
from commands.ops.house import House
from commands.ops.operation import Args, Did, Operation, PartlyDone, Step, Target
from commands.ops.operations.row_targets import row_about, site_of
from commands.ops.registry import registry, sites
from commands.ops.registry.findings import BEYOND_MENDING, sentences
from commands.ops.registry.registry import Registry
from commands.ops.waves.busy import busy

LOCK = "registry"


def look(house: House, args: Args) -> tuple[Target, ...]:
    """Each site that has another status, bound to its row's text; those that have this one already are left out.

    Raises:
        WrongUsage: the ladder does not know the letter, there is no such site, or all have the status.
        Refusal: a site has several rows, or the table itself is damaged.
        NotReadable: the registry cannot be read.
    """
    letters: dict[str, str] = dict(args["marks"])
    for letter in letters.values():
        _known(house, letter)
    table = registry.read(house.settings, house.machine)
    _must_be_a_table(table)
    rows = sites.existing(table, None, list(letters))
    sites.single(rows)
    changing = [row for row in rows if row.status != letters[row.domain]]
    if not changing:
        raise WrongUsage(_nothing([row.domain for row in rows], letters))
    marks = {row.domain: Mark(row_text(row), letters[row.domain]) for row in changing}
    edits = status_edits(table, marks, house.clock.now())
    at_work = busy(house, table, changing)
    return tuple(
        Target(
            f"row {row.domain}",
            {"row": row_text(row)},
            {
                **row_about([edit]),
                "now": row.status,
                "becomes": letters[row.domain],
                "batch": row.batch,
                "agent": row.domain in at_work,
            },
        )
        for row, edit in zip(changing, edits, strict=True)
    )


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """The rows, then the closure report where sites are finalized by hand."""
    marking = _Marking(house, args, targets, house.clock.now())
    number = f"{len(targets)} {'site' if len(targets) == 1 else 'sites'}"
    yield Step(f"Mark {number}", marking.mark, foresees=marking.foresee)
    if finalizes_by_hand(house, args):
        yield Step("Write the closure report", marking.tell, abortable=False)


def finalizes_by_hand(house: House, args: Args) -> bool:
    """Whether the closure report has to tell of it."""
    return bool(args["by_hand"]) and house.settings.ladder.finalized in args["marks"].values()


@dataclass(slots=True)
class _Marking:
    """One marking. at: the time that goes into the rows. marked: the sites whose rows it edited."""

    house: House
    args: Args
    targets: Sequence[Target]
    at: datetime
    marked: set[str] = field(default_factory=set)

    def foresee(self) -> tuple[Record, ...]:
        return foresight.of_edits(self.house, lambda table: status_edits(table, self._marks(), self.at))

    def mark(self) -> Did:
        house = self.house
        try:
            edited = editing.set_status(house.settings, house.machine, self._marks(), self.at, house.clock)
        except Overwritten as error:
            raise PartlyDone(error.sentence, error.edited.records) from None
        self.marked = {edit.domain for edit in edited.applied}
        letters = sorted({str(one.about["becomes"]) for one in self.targets})
        return Did(told(edited, f"at {' or '.join(letters)} now"), edited.records)

    def _marks(self) -> dict[str, Mark]:
        return {
            site_of(one): Mark(str(one.identity["row"]), str(one.about["becomes"])) for one in self.targets
        }

    def tell(self) -> str:
        reason, by, letter = self.args["reason"], self.args["by"], self.house.settings.ladder.finalized
        return closure.tell(
            self.house,
            [
                Line(
                    str(one.about["batch"]),
                    f"{site_of(one)} was marked {letter} by hand, it was at {one.about['now']}. Asked by {by}: {reason}",
                )
                for one in self.targets
                if site_of(one) in self.marked and one.about["becomes"] == letter
            ],
        )


def told(edited: Edited, became: str) -> str:
    """What became of an edit of rows, in words."""
    number = len({record.site for record in edited.records})
    parts = [f"{number} {'site is' if number == 1 else 'sites are'} {became}"]
    if edited.backup and not number:
        parts = ["Lines have other places now"]
    if edited.backup:
        parts.append(f"; the registry before it is copy {edited.backup.name}")
    return " ".join(["".join(parts) + ".", *edit_told.sentences(edited)])


def _nothing(names: Sequence[str], letters: Mapping[str, str]) -> str:
    at = " or ".join(sorted(set(letters.values())))
    return f"{sites.listed(names)}: at {at} already, there is nothing to mark."


def _must_be_a_table(table: Registry) -> None:
    """Which cell is a site's status is certain only in one table, with one header."""
    if damaged := [finding for finding in table.findings if finding.kind in BEYOND_MENDING]:
        said = sentences(damaged)[0].removesuffix(".")
        raise Refusal(f"{said}: no status is set in it. Go back to a whole one with “dedupe restore”.")


def _known(house: House, letter: str) -> None:
    ladder = house.settings.ladder
    if letter in ladder.letters:
        return
    near = [one for one in ladder.letters if one.lower() == letter.lower()]
    hint = f" Did you mean {' or '.join(near)}? Case matters." if near else ""
    steps_ = ", ".join(f"{one} {word}" for one, word in ladder.steps)
    raise WrongUsage(f"“{letter[:20]}” is no status of the ladder: {steps_}.{hint}")


MARK = Operation("mark", "confirm", look, lambda _args, _targets: (LOCK,), steps)
