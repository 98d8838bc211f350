"""`python -m commands.ops.survey_process`: surveys a large registry and writes what it found, pickled, to its output."""

import json
import os
import pickle
import sys
from collections.abc import Mapping
from pathlib import Path

from commands.ops import batches, registry
from commands.ops.batches import Expected
from commands.ops.errors import NotReadable
from commands.ops.host_settings import Ladder, Limits, Tree
from commands.ops.machine.host import Machine
from commands.ops.settings import OpsSettings
from commands.ops.survey import Surveyed, survey

NICE = 5  # whoever acts on the host goes first


def main(order: str) -> Surveyed | NotReadable:
    """Survey a host. The order: the settings it needs, in JSON, as `large_registry` writes them."""
    told = json.loads(order)
    tree, ladder, limits = Tree(**told["tree"]), Ladder(**told["ladder"]), Limits(**told["limits"])
    settings = OpsSettings(root=Path(told["root"]), tree=tree, ladder=ladder, limits=limits)
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
    os.nice(NICE)
    pickle.dump(main(sys.argv[1]), sys.stdout.buffer)
