"""A registry put where there is none."""

from commands.ops.edits import told
from commands.ops.errors import OperationFailed, Refusal
from commands.ops.house import House
from commands.ops.machine.writing.placing import Placed, place_new


def place(house: House, data: bytes) -> str:
    """Make it; says what was done.

    Raises:
        Refusal: somebody made one meanwhile.
        OperationFailed: it was not made.
    """
    path = house.machine.root / house.settings.tree.registry
    try:
        placed = place_new(path, data)
    except OSError as error:
        raise OperationFailed(f"{path} was not made: {error.strerror}.") from None
    if placed is Placed.no:
        raise Refusal(f"Nothing was done: somebody made {path} meanwhile. Ask for a fresh plan.")
    uncertain = f" {told.UNCERTAIN}" if placed is Placed.uncertain else ""
    return f"There was no registry; it is there again. No Undo is offered: that would only take it away.{uncertain}"
