"""systemd, where it runs: a process that it starts lives in a unit of its own, whatever becomes of us."""

import os
import pwd
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from commands.ops.machine import tools

PROGRAM = "systemd-run"
SECONDS = 10.0  # systemd-run returns when the unit is started
MOST_BYTES = 4096

# process: when a tool returns, what it started in the background stays. continue: one agent that the kernel ends for
# want of memory does not end the others. See systemd.kill(5), systemd.service(5).
PROPERTIES = ("KillMode=process", "OOMPolicy=continue")


@dataclass(frozen=True, slots=True)
class Systemd:
    """Where it shows that it runs: sd_booted(3), and whose own manager stays when they log out: loginctl(1)."""

    booted: Path = Path("/run/systemd/system")
    lingering: Path = Path("/var/lib/systemd/linger")

    def usable(self) -> bool:
        """Whether it runs and we may start units that stay."""
        return shutil.which(PROGRAM) is not None and self.booted.is_dir() and (_is_root() or self._lingers())

    def start(self, unit: str, argv: Sequence[str]) -> bool:
        """Start a program in a new unit; false where systemd will not."""
        ours = () if _is_root() else ("--user",)
        properties = [f"--property={setting}" for setting in PROPERTIES]
        options = ("--quiet", "--no-ask-password", "--collect", f"--unit={unit}", *properties)
        try:
            ran = tools.run(
                (PROGRAM, *ours, *options, "--", *argv), cwd=Path("/"), timeout=SECONDS, max_bytes=MOST_BYTES
            )
        except OSError:
            return False
        return ran.code == 0

    def _lingers(self) -> bool:
        """Without it, a user's units end with the user's last login: worse than a session of one's own."""
        try:
            return (self.lingering / pwd.getpwuid(os.geteuid()).pw_name).exists()
        except (KeyError, OSError):
            return False


def _is_root() -> bool:
    return os.geteuid() == 0
