"""`python -m commands.ops.survey_process`: surveys a large registry and says what it found."""

from collections.abc import Mapping

from commands.ops import batches, large_registry, own_process, registry
from commands.ops.batches import Expected
from commands.ops.errors import NotReadable
from commands.ops.machine import own_limits
from commands.ops.machine.host import Machine
from commands.ops.settings import OpsSettings
from commands.ops.survey import Surveyed, survey


def main(settings: OpsSettings) -> Surveyed | NotReadable:
    """Survey a host."""
    machine = Machine(settings.root)
    try:
        expected, problems = _expected(settings, machine)
        surveyed = survey(registry.content(settings, machine), expected, settings.ladder)
    except NotReadable as error:
        return error
    return Surveyed(surveyed.found, (*problems, *surveyed.problems))


def _expected(settings: OpsSettings, machine: Machine) -> tuple[Mapping[str, Expected], list[str]]:
    """What batch files list; a committed registry is as large again, and is not looked at."""
    found, problems = batches.expected_by_file(settings, machine)
    if not found:
        return {}, ["Which sites are missing is not known: no batch file lists them."]
    return found, list(problems)


if __name__ == "__main__":
    own_limits.give_way(large_registry.NICE)
    order = own_process.order_read()
    assert isinstance(order, OpsSettings)  # noqa: S101 - `large_registry` gave it
    own_process.answered(main(order))
