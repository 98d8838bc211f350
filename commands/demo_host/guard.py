"""Which directories are ours: a demo host says so in its settings file, and nothing else is ever touched."""

import shutil
from pathlib import Path

from commands.demo_host.errors import HostError
from commands.demo_host.hosttools import settings


def is_demo_host(directory: Path) -> bool:
    """Whether the directory is a demo host, or one whose making was interrupted."""
    try:
        with (directory / settings.NAME).open(encoding="utf-8", errors="replace") as file:
            return file.readline().rstrip("\n") == settings.MARK
    except (FileNotFoundError, NotADirectoryError):
        return False


def the_host(directory: Path) -> Path:
    """The demo host's root, resolved. Raises HostError where the directory is none."""
    root = directory.resolve()
    if not is_demo_host(root):
        raise HostError(f"{directory} is not a demo host; make one with: wavewarden demo-host {directory}")
    return root


def cleared(directory: Path) -> Path:
    """An empty root to build in, resolved. Raises HostError where the directory holds anything that is not ours."""
    root = directory.resolve()
    if root.exists() and not root.is_dir():
        raise HostError(f"{directory} is not a directory.")
    root.mkdir(parents=True, exist_ok=True)
    entries = list(root.iterdir())
    if entries and not is_demo_host(root):
        raise HostError(f"{directory} is not empty and not a demo host; name an empty or a new directory.")
    # the settings go last: a clearing that is interrupted can be done again
    for entry in sorted(entries, key=lambda one: one.name == settings.NAME):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    return root
