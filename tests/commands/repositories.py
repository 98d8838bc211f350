"""Real git repositories around a registry."""

import os
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

from tests.clocks import MovedClock

REGISTRY = ".smbatcher/REGISTRY.md"
HEAD = "| Domain | Batch | Wave | Status | Updated |\n|---|---|---|---|---|\n"
START = MovedClock().at - timedelta(hours=10)


def git(root: Path, *words: str, at: datetime = START) -> str:
    """Run git; commits are Ann's, of that time."""
    moment = {"GIT_AUTHOR_DATE": at.isoformat(), "GIT_COMMITTER_DATE": at.isoformat()}
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "init.defaultBranch=main")
    ran = subprocess.run(
        ["git", *who, *words],
        cwd=root,
        check=True,
        capture_output=True,
        timeout=30,
        env={**os.environ, **moment},
    )
    return ran.stdout.decode()


def table(**letters: str) -> str:
    """A registry of batch 001: `table(lotus="i")` has lotus.dev in progress."""
    rows = (
        f"| {name}.dev | 001 | 1 | {letter} | 2026-03-24T14:05:09Z |\n" for name, letter in letters.items()
    )
    return HEAD + "".join(rows)


def write(root: Path, text: str) -> None:
    """Put a registry there."""
    (root / REGISTRY).parent.mkdir(parents=True, exist_ok=True)
    (root / REGISTRY).write_text(text)


def commit(root: Path, text: str, hours: float, message: str = "Registry") -> str:
    """Commit a registry so many hours after the start; its id."""
    write(root, text)
    if not (root / ".git").exists():
        git(root, "init")
    at = START + timedelta(hours=hours)
    git(root, "add", REGISTRY)
    git(root, "commit", "-m", message, at=at)
    return git(root, "rev-parse", "HEAD").strip()


def text(root: Path) -> str:
    """The registry as it stands."""
    return (root / REGISTRY).read_text()


def git_state(root: Path) -> tuple[bytes, str, str]:
    """The index, the head and all commits: what must stay as it is."""
    index = (root / ".git/index").read_bytes()
    return index, git(root, "rev-parse", "HEAD"), git(root, "log", "--format=%H", "--all")
