"""A large registry: analysed in a process of its own, which holds up nobody and gives back all its memory."""

import json
import pickle
import sys
from dataclasses import asdict

from commands.ops.errors import NotReadable, OperationFailed
from commands.ops.house import House
from commands.ops.machine import glances, tools
from commands.ops.settings import OpsSettings
from commands.ops.survey import Surveyed

SECONDS = 120.0
MOST_BYTES = 64 * 1024**2  # of what it says: 40,000 rows and findings


def is_large(house: House) -> bool:
    """Whether the registry is too large to be analysed beside the bot's other work."""
    size = glances.bytes_of(house.machine.root / house.settings.tree.registry)
    return size > house.settings.limits.registry_here_bytes


def look(house: House) -> Surveyed:
    """What is wrong with the registry as it stands now; takes ten seconds for a million rows.

    Raises:
        NotReadable: it cannot be read.
        OperationFailed: the process did not get to its end.
    """
    argv = (sys.executable, "-P", "-m", "commands.ops.survey_process", _order(house.settings))
    try:
        ran = tools.run(argv, cwd=house.machine.root, timeout=SECONDS, max_bytes=MOST_BYTES)
    except OSError as error:
        raise OperationFailed(f"The registry could not be analysed: {error.strerror}.") from None
    if ran.code or ran.timed_out or ran.truncated:
        why = f"it took more than {SECONDS:g} seconds" if ran.timed_out else f"exit code {ran.code}"
        raise OperationFailed(f"The registry could not be analysed: {why}.")
    found = pickle.loads(ran.stdout)  # noqa: S301 - our own process wrote it
    if isinstance(found, Surveyed):
        return found
    raise NotReadable(str(found))


def _order(settings: OpsSettings) -> str:
    needed = {
        "tree": asdict(settings.tree),
        "ladder": asdict(settings.ladder),
        "limits": asdict(settings.limits),
    }
    return json.dumps({"root": str(settings.root), **needed})
