"""The machine's parts in one hand; a test may put another one in the place of any."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Machine:
    """The batch host's machine.

    root: the batch host's tree, absolute, as the settings name it.
    proc: where the kernel shows processes.
    """

    root: Path
    proc: Path = Path("/proc")
