"""`undo`: rows that a run edited go back to what they were, one by one. Args: `plan`, whose run it was.

Of a run that replaced the whole registry all goes back by the byte, as long as it stands as that run left it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from commands.ops.batches import closure
from commands.ops.batches.closure import Line
from commands.ops.edits import editing, foresight, records as row_records
from commands.ops.edits.editing import Overwritten
from commands.ops.edits.lines import applied, names_of, text_of, texts_by_key
from commands.ops.edits.records import Record
from commands.ops.edits.rows import Edits, changes_of
from commands.ops.errors import Refusal, WrongUsage
from commands.ops.finalization import finalized_since
from commands.ops.house import House
from commands.ops.operation import Args, Did, Operation, PartlyDone, Step, Target
from commands.ops.operations.finalize import FINALIZE
from commands.ops.operations.mark import LOCK, MARK, finalizes_by_hand, told
from commands.ops.operations.row_targets import row_about, site_of
from commands.ops.plans import plans, way_back, whole_version
from commands.ops.plans.plans import Plan
from commands.ops.plans.way_back import UNDO_ROWS, Standing, edits_back
from commands.ops.plans.whole_version import BEFORE
from commands.ops.registry import registry
from commands.ops.registry.line_list import split
from commands.ops.registry.registry import Registry


def look(house: House, args: Args) -> tuple[Target, ...]:
    """Each site whose rows are as the run left them, bound to their text; the others are named with the first.

    Before them the whole registry, where it can go back by the byte.

    Raises:
        WrongUsage: the run edited no rows, or all are back already.
        Refusal: all were changed since.
        NotReadable: the registry cannot be read.
    """
    table = registry.read(house.settings, house.machine)
    plan, records = _edited(house, args, table)
    data, lines = table.data(), table.lines
    found = way_back.standing(records, lines)
    before = whole_version.before(house, plan, data)
    if not found.ready and before is None:
        raise _nothing(plan, found, data)
    whole = [] if before is None else [whole_version.target(BEFORE, before, data)]
    now = texts_by_key(lines, [record.site for record in found.ready])
    left = {
        "changed": list(names_of(record.site for record in found.changed)),
        "back": list(names_of(record.site for record in found.back)),
        "places": before is None and whole_version.replaced(plan) is not None,
    }
    rows = (
        Target(
            f"row {_name(record)}",
            {"rows": [_decoded(text) for text in now[record.site]]},
            row_about(edits_back([record], lines)),
        )
        for record in found.ready
    )
    first, *others = (*whole, *rows)
    return (replace(first, about={**first.about, **left}), *others)


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """The rows; and a line in the closure report for sites that are no longer finalized by hand."""
    plan, records = _edited(house, args, registry.read(house.settings, house.machine))
    meant = {site_of(target) for target in targets if target.key != BEFORE}
    whole = len(meant) < len(targets)
    going = _Going(house, plan, [record for record in records if _name(record) in meant], whole=whole)
    title = f"Take {len(meant)} back" if meant else "Put lines back in their places"
    yield Step(title, going.take_back, foresees=going.foresee)
    if plan.operation == MARK.name and finalizes_by_hand(house, plan.args):
        yield Step("Write the closure report", going.tell, abortable=False)


@dataclass(slots=True)
class _Going:
    """One way back. records: what goes back, and after the edit what went. whole: all of it, by the byte."""

    house: House
    plan: Plan
    records: Sequence[Record]
    whole: bool

    def foresee(self) -> tuple[Record, ...]:
        return foresight.of_edits(self.house, self._edits)

    def take_back(self) -> Did:
        house = self.house
        try:
            if self.whole:
                edited = editing.replace_all(house.settings, house.machine, self._content, house.clock)
            else:
                edited = editing.edit(house.settings, house.machine, self._edits, house.clock)
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
        return self._edits_of(found.lines)

    def _edits_of(self, lines: Sequence[bytes]) -> Edits:
        return edits_back(way_back.standing(self.records, lines).ready, lines)

    def _content(self, current: bytes) -> bytes:
        """The same; all of it where nothing changed."""
        before = whole_version.before(self.house, self.plan, current)
        if before is not None:
            return before
        lines = split(current)
        return applied(lines, changes_of(self._edits_of(lines), lines))


def _edited(house: House, args: Args, table: Registry) -> tuple[Plan, tuple[Record, ...]]:
    connection = house.journal.connection()
    plan = plans.get(connection, str(args["plan"]))
    records = row_records.of_plan(connection, plan.id)
    if not records and whole_version.replaced(plan) is None:
        raise WrongUsage(f"{plan.id} edited no rows: there is nothing to take back.")
    if plan.operation == FINALIZE.name and plan.state == "unknown":
        records = finalized_since.caught_up(house, str(plan.args["batch"]), records, table)
    return plan, records


def _nothing(plan: Plan, found: Standing, data: bytes) -> WrongUsage | Refusal:
    if not found.changed and not found.back and not whole_version.is_back(plan, data):
        return Refusal(
            f"{plan.id} only gave lines other places: they go back as long as the registry stands as it left it and"
            " the copy made before is there, which is not so any more."
        )
    if not found.changed:
        return WrongUsage(f"All that {plan.id} edited is back as it was already.")
    names = ", ".join(names_of(record.site for record in found.changed))
    return Refusal(f"Nothing of {plan.id} can be taken back: changed since by others: {names}.")


def _name(record: Record) -> str:
    return _decoded(record.site)


def _decoded(text: bytes) -> str:
    return text_of(text).decode("utf-8", "backslashreplace")


UNDO = Operation(UNDO_ROWS, "confirm", look, lambda _args, _targets: (LOCK,), steps)
