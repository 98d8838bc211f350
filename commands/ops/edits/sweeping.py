"""At the start: what an edit of the registry that was killed left behind is cleared away, and nobody's row with it."""

import os
from pathlib import Path

from commands.ops.edits import editing, told
from commands.ops.errors import OpsError
from commands.ops.house import House
from commands.ops.machine.writing import strays


def sweep(house: House) -> tuple[str, ...]:
    """Takes the registry's lock only where something was left; says what was done, or why it could not be."""
    target = Path(os.path.realpath(house.machine.root / house.settings.tree.registry))
    left = strays.names(target)
    if not left:
        return ()
    try:
        edited = editing.recover(house.settings, house.machine, house.clock)
    except OpsError as error:
        return (f"An edit of the registry that was cut short could not be cleared up: {error.sentence}",)
    return (
        f"An edit of the registry that was cut short left {', '.join(left)}.",
        *told.sentences(edited),
    )
