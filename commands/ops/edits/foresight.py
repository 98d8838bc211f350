"""The rows that a step is about to edit, told before it does: what takes a run back that was killed in the middle."""

from collections.abc import Callable

from commands.ops.edits.lines import difference
from commands.ops.edits.records import Record, records_of
from commands.ops.edits.rows import Edits, changes_of
from commands.ops.errors import OpsError
from commands.ops.house import House
from commands.ops.registry import registry
from commands.ops.registry.line_list import split
from commands.ops.registry.registry import Registry


def of_edits(house: House, change: Callable[[Registry], Edits]) -> tuple[Record, ...]:
    """What this change would do to the registry as it stands; nothing where it would be refused."""
    try:
        table = registry.read(house.settings, house.machine)
        return records_of(changes_of(change(table), table.lines), table.lines)
    except OpsError:
        return ()


def of_content(house: House, content: Callable[[], bytes]) -> tuple[Record, ...]:
    """What putting this content in the registry's place would do to its lines; nothing where that cannot be done."""
    try:
        now, data = registry.read(house.settings, house.machine).data(), content()
    except OpsError:
        return ()
    return records_of(difference(now, data), split(now))
