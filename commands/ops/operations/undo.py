"""`undo`: rows that a run edited go back to what they were, one by one. Args: `plan`, whose run it was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from commands.ops import (
    closure,
    finalized_since,
    foresight,
    plans,
    registry,
    registry_edit,
    row_records,
    way_back,
)
from commands.ops.closure import Line
from commands.ops.errors import Refusal, WrongUsage
from commands.ops.house import House
from commands.ops.operation import Args, Did, Operation, PartlyDone, Step, Target
from commands.ops.operations.finalize import FINALIZE
from commands.ops.operations.mark import LOCK, MARK, finalizes_by_hand, told
from commands.ops.plans import Plan
from commands.ops.registry import Registry
from commands.ops.registry_edit import Overwritten
from commands.ops.row_edits import Edits
from commands.ops.row_records import Record
from commands.ops.site_lines import names_of, text_of, texts_by_key
from commands.ops.targets_of_rows import row_about, site_of
from commands.ops.way_back import UNDO_ROWS, Standing, edits_back


def look(house: House, args: Args) -> tuple[Target, ...]:
    """Each site whose rows are as the run left them, bound to their text; the others are named with the first.

    Raises:
        WrongUsage: the run edited no rows, or all are back already.
        Refusal: all were changed since.
        NotReadable: the registry cannot be read.
    """
    table = registry.read(house.settings, house.machine)
    plan, records = _edited(house, args, table)
    lines = table.lines
    found = way_back.standing(records, lines)
    if not found.ready:
        raise _nothing(plan, found)
    now = texts_by_key(lines, [record.site for record in found.ready])
    left = {
        "changed": list(names_of(record.site for record in found.changed)),
        "back": list(names_of(record.site for record in found.back)),
    }
    return tuple(
        Target(
            f"row {_name(record)}",
            {"rows": [_decoded(text) for text in now[record.site]]},
            {**row_about(edits_back([record], lines)), **(left if place == 0 else {})},
        )
        for place, record in enumerate(found.ready)
    )


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """The rows; and a line in the closure report for sites that are no longer finalized by hand."""
    plan, records = _edited(house, args, registry.read(house.settings, house.machine))
    meant = {site_of(target) for target in targets}
    going = _Going(house, plan, [record for record in records if _name(record) in meant])
    yield Step(f"Take {len(targets)} back", going.take_back, foresees=going.foresee)
    if plan.operation == MARK.name and finalizes_by_hand(house, plan.args):
        yield Step("Write the closure report", going.tell, abortable=False)


@dataclass(slots=True)
class _Going:
    """One way back. records: what goes back, and after the edit what went."""

    house: House
    plan: Plan
    records: Sequence[Record]

    def foresee(self) -> tuple[Record, ...]:
        return foresight.of_edits(self.house, self._edits)

    def take_back(self) -> Did:
        house = self.house
        try:
            edited = registry_edit.edit(house.settings, house.machine, self._edits, house.clock)
        except Overwritten as error:
            raise PartlyDone(error.sentence, error.edited.records) from None
        gone = {record.site for record in edited.records}
        self.records = [record for record in self.records if record.site in gone]
        return Did(told(edited, "back as before"), edited.records)

    def tell(self) -> str:
        meant = {site_of(target): target for target in self.plan.targets}
        finalized = self.house.settings.ladder.finalized
        names = [_name(record) for record in self.records]
        text = f"is no longer finalized by hand: {self.plan.id} was taken back"
        return closure.tell(
            self.house,
            [
                Line(str(meant[name].about["batch"]), f"{name} {text}")
                for name in names
                if name in meant and meant[name].about["becomes"] == finalized
            ],
        )

    def _edits(self, found: Registry) -> Edits:
        """Under the lock: what changed in the last moment stays as it is."""
        ready = way_back.standing(self.records, found.lines).ready
        return edits_back(ready, found.lines)


def _edited(house: House, args: Args, table: Registry) -> tuple[Plan, tuple[Record, ...]]:
    connection = house.journal.connection()
    plan = plans.get(connection, str(args["plan"]))
    records = row_records.of_plan(connection, plan.id)
    if not records:
        raise WrongUsage(f"{plan.id} edited no rows: there is nothing to take back.")
    if plan.operation == FINALIZE.name and plan.state == "unknown":
        records = finalized_since.caught_up(house, str(plan.args["batch"]), records, table)
    return plan, records


def _nothing(plan: Plan, found: Standing) -> WrongUsage | Refusal:
    if not found.changed:
        return WrongUsage(f"All that {plan.id} edited is back as it was already.")
    names = ", ".join(names_of(record.site for record in found.changed))
    return Refusal(f"Nothing of {plan.id} can be taken back: changed since by others: {names}.")


def _name(record: Record) -> str:
    return _decoded(record.site)


def _decoded(text: bytes) -> str:
    return text_of(text).decode("utf-8", "backslashreplace")


UNDO = Operation(UNDO_ROWS, "confirm", look, lambda _args, _targets: (LOCK,), steps)
