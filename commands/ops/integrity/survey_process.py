"""`python -m commands.ops.integrity.survey_process`: surveys a large registry and says what it found."""

from array import array
from dataclasses import replace

from commands.ops import own_process
from commands.ops.batches import archive_index, batches
from commands.ops.errors import NotReadable
from commands.ops.integrity import large_registry
from commands.ops.integrity.survey import Surveyed, held_against, survey
from commands.ops.machine import own_limits
from commands.ops.machine.host import Machine
from commands.ops.registry import registry
from commands.ops.settings import OpsSettings

COMMITS = 3  # of which one is looked for that is whole: each takes ten seconds for a million rows
NOT_COMMITTED = "Which sites are missing is known only as far as batch files list them: none of the last commits is whole."
NOT_KNOWN = (
    "Which sites are missing is not known: no batch file lists them, and no whole registry was committed."
)


def main(settings: OpsSettings) -> Surveyed | NotReadable:
    """Survey a host; one after the other, a registry and a committed one take the room of one."""
    machine = Machine(settings.root)
    try:
        expected, problems = batches.expected_by_file(settings, machine)
        surveyed = survey(registry.content(settings, machine), expected, settings.ladder)
        archived = archive_index.sites(settings, machine)
    except NotReadable as error:
        return error
    committed = batches.newest_whole(settings, machine, COMMITS)
    if committed:
        found = held_against(surveyed, committed, expected, archived)
    else:
        found = replace(
            surveyed,
            sites=array("q"),
            problems=(NOT_COMMITTED if expected else NOT_KNOWN, *surveyed.problems),
        )
    return replace(found, problems=(*problems, *found.problems))


if __name__ == "__main__":
    own_limits.give_way(large_registry.NICE)
    order = own_process.order_read()
    assert isinstance(order, OpsSettings)  # noqa: S101 - `large_registry` gave it
    own_process.answered(main(order))
