"""Committing the registry as the host does at the end of a wave, a design round or a finalization."""

import os
import subprocess

from commands.demo_host.hosttools import registry
from commands.demo_host.hosttools.logs import line


def commit(root: str, message: str) -> None:
    """Commit the registry where it changed; a repository that refuses is logged, not fatal."""
    if not os.path.isdir(os.path.join(root, ".git")):
        return
    if _git(root, "diff", "--quiet", "--", registry.PATH).returncode == 0:
        return
    done = _git(root, "commit", "--quiet", "--no-verify", "--message", message, "--", registry.PATH)
    if done.returncode:
        os.write(2, line("WARN", "checkpoint", f"registry not committed: {done.stderr.strip()}").encode())


def _git(root: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "-C", root, *arguments],
        env=environment(),
        capture_output=True,
        text=True,
        errors="replace",
        timeout=60,
        check=False,
    )


def environment() -> dict[str, str]:
    """Our environment without whatever points git at another repository or a person's own settings."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return own | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
