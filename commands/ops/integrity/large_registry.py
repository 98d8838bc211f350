"""A large registry: looked at by a process of its own, which holds up nobody and gives back all its memory."""

from commands.ops.errors import NotReadable, OperationFailed
from commands.ops.house import House
from commands.ops.integrity.survey import Surveyed
from commands.ops.machine import own_limits
from commands.ops.machine.files import glances
from commands.ops.own_process import Unfinished, asked

SECONDS = 300.0
NICE = 5  # whoever acts on the host goes first
BESIDE = 88 * 1024**2  # bytes that a look may ask for beside the registry's own; with what is mapped, 100 MiB


def bytes_of(house: House) -> int:
    """How large the registry is; 0 where there is none."""
    return glances.bytes_of(house.machine.root / house.settings.tree.registry)


def is_large(house: House) -> bool:
    """Whether the registry is too large to be analysed beside the bot's other work."""
    return bytes_of(house) > house.settings.limits.registry_here_bytes


def look(house: House) -> Surveyed:
    """What is wrong with the registry as it stands now.

    Takes ten seconds for a million rows, and as long for each commit that it is held against.

    Raises:
        NotReadable: it cannot be read.
        OperationFailed: the process did not get to its end.
    """
    try:
        found = asked(
            "commands.ops.integrity.survey_process", house.settings, cwd=house.machine.root, seconds=SECONDS
        )
    except Unfinished as error:
        raise OperationFailed(f"The registry could not be analysed: {error.why}.") from None
    if isinstance(found, Surveyed):
        return found
    raise NotReadable(str(found))


def begin_look(house: House, versions: int) -> None:
    """In a process of its own: go last, and take no more memory than so many registries and 100 MiB.

    What needs more fails with a MemoryError.
    """
    own_limits.give_way(NICE)
    own_limits.at_most(versions * bytes_of(house) + BESIDE)


def begin_run() -> None:
    """In a process of its own that changes something: it is not to be ended halfway."""
    own_limits.not_ended_halfway()
