"""The batch host's tree: what is there, and whether we may read it."""

import os
from pathlib import Path

from commands.ops.checks.finding import Check
from commands.ops.errors import NotReadable
from commands.ops.machine.host import Machine
from commands.ops.registry import registry
from commands.ops.settings import OpsSettings

AREA = "tree"


def check_tree(settings: OpsSettings, machine: Machine) -> list[Check]:
    """The root, the registry, and every directory of the contract."""
    root = machine.root
    if not root.is_dir():
        return [
            Check(
                AREA,
                "root",
                f"{root} is not a directory",
                "trouble",
                "set WAVEWARDEN_ROOT to the batch host's root",
            )
        ]
    tree = settings.tree
    needed = [
        ("batch files", tree.batches),
        ("designs", tree.designs),
        ("sites", tree.sites),
        ("logs", tree.logs),
    ]
    made_later = [("temp", tree.temp), ("design cache", tree.design_cache), ("archive", tree.archive)]
    return [
        Check(AREA, "root", str(root)),
        _registry(settings, machine),
        *(_directory(root / path, what, "note") for what, path in needed),
        *(_directory(root / path, what, "ok") for what, path in made_later),
        _repository(root),
    ]


def _registry(settings: OpsSettings, machine: Machine) -> Check:
    try:
        found = registry.read(settings, machine)
    except NotReadable as error:
        return Check(
            AREA,
            "registry",
            error.sentence,
            "trouble",
            "set tree.registry in the file WAVEWARDEN_CONFIG names",
        )
    sites, batches = len(found.sites()), len(found.batches)
    said = f"{sites:,} sites in {batches:,} batches"
    if found.problems:
        return Check(AREA, "registry", f"{said}. {' '.join(found.problems)}", "note", "ask “dedupe”")
    return Check(AREA, "registry", said)


def _directory(path: Path, what: str, if_missing: str) -> Check:
    if path.is_dir():
        if os.access(path, os.R_OK | os.X_OK):
            return Check(AREA, what, str(path))
        return Check(
            AREA, what, f"{path} cannot be read", "trouble", f"let this user read it: chmod or chown {path}"
        )
    if path.exists():
        return Check(AREA, what, f"{path} is not a directory", "trouble", "move it away or set its path")
    if if_missing == "ok":
        return Check(AREA, what, f"{path} is not there yet")
    return Check(AREA, what, f"{path} is not there", "note", "what depends on it is not known until it is")


def _repository(root: Path) -> Check:
    if (root / ".git").exists():
        return Check(AREA, "git", "the root is a repository")
    return Check(
        AREA, "git", "the root is not a repository", "note", "history and restore have only our own records"
    )
