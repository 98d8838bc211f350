"""What an edit of the registry that was cut short left behind: cleared away, and nobody's row with it."""

import os
from pathlib import Path

from commands.ops.edits import backups
from commands.ops.edits.lines import difference, named
from commands.ops.edits.rewriting import Rewriting
from commands.ops.errors import NotReadable
from commands.ops.machine.writing import strays
from commands.ops.machine.writing.own_files import remove
from commands.ops.machine.writing.strays import Leftover
from commands.ops.settings import OpsSettings


def take_in_leftovers(work: Rewriting) -> tuple[Leftover, ...]:
    """Sweep the strays of this registry; what may be somebody's only copy becomes part of what is wanted."""
    try:
        leftovers = strays.sweep(Path(os.path.realpath(work.path)))
    except OSError as error:
        work.say(f"Files left by an edit that was cut short could not be cleared up: {error.strerror}.")
        return ()
    for leftover in leftovers:
        base = _base_of(work.settings, leftover)
        if base is not None:
            work.wanted.take_in(base, leftover.data)
        else:
            _take_in_without_base(work, leftover)
    return leftovers


def _take_in_without_base(work: Rewriting, leftover: Leftover) -> None:
    """Sites that are nowhere else go in; whether other differences are newer or older cannot be told."""
    differences = difference(work.current, leftover.data)
    work.wanted.add(one for one in differences if not one.before)
    unclear = [one.key for one in differences if one.before and one.after]
    if unclear:
        copy = backups.save(work.settings, leftover.data, work.clock.now())
        work.say(
            f"An edit that was cut short left other rows of {named(unclear)}: compare them in {copy.path}."
        )


def _base_of(settings: OpsSettings, leftover: Leftover) -> bytes | None:
    try:
        copies = backups.listed(settings)
        return next((backups.read(settings, copy) for copy in copies if copy.digest == leftover.base), None)
    except NotReadable:
        return None


def forget(leftovers: tuple[Leftover, ...], work: Rewriting) -> None:
    """Remove them, now that all of theirs stands in the registry."""
    if not work.clean:
        return
    for leftover in leftovers:
        try:
            remove(leftover.path)
        except OSError as error:
            work.say(f"{leftover.path} could not be removed: {error.strerror}.")
