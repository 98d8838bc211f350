"""Calling the host's own tools, as a person at its terminal would."""

import os
import subprocess
from pathlib import Path

from commands.demo_host.errors import HostError

TOOL_SECONDS = 120


def run_tool(
    root: Path, *command: str, variables: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one tool in the root, by its path under it, and wait for its end. Raises HostError where it hangs."""
    try:
        return subprocess.run(
            command,
            cwd=root,
            env=os.environ | (variables or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TOOL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise HostError(f"{' '.join(command)} did not end within {TOOL_SECONDS} s.") from None


def demand(done: subprocess.CompletedProcess[str]) -> str:
    """What a tool said. Raises HostError with its last line of error where it failed."""
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"The tool ended with exit code {done.returncode}."]
        raise HostError(lines[-1])
    return done.stdout.strip()
