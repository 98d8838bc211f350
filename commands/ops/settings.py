"""What the operator may set, as plain records: whoever only needs them loads nothing that reads them."""

import os
from collections.abc import Mapping
from dataclasses import Field, dataclass, field
from pathlib import Path
from typing import Any

from commands.ops.host_settings import (
    Agents,
    Approvals,
    Cleaning,
    Designs,
    DiskLevels,
    Ladder,
    Limits,
    Section,
    Templates,
    Tools,
    Tree,
    Watch,
    Waves,
)

PREFIX = "WAVEWARDEN_"

Names = tuple[str, ...]
Pairs = Mapping[str, str]


def default_state(environ: Mapping[str, str]) -> Path:
    """Where we keep our own files: systemd's state directory, else the user's."""
    if systemd := environ.get("STATE_DIRECTORY"):
        return Path(systemd.split(":")[0])
    home = environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(home) / "wavewarden"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpsSettings:
    """All that the ops core is told from outside.

    root: the batch host's tree. state: our own directory, outside the root.
    people: `os:NAME` → `U…`, who is the same person.
    """

    root: Path
    state: Path = field(default_factory=lambda: default_state(os.environ))
    config: Path | None = None
    viewers: Names = ()
    operators: Names = ()
    approvers: Names = ()
    people: Pairs = field(default_factory=dict)
    page: str | None = None
    solo: bool = False
    tree: Tree = field(default_factory=Tree)
    tools: Tools = field(default_factory=Tools)
    agents: Agents = field(default_factory=Agents)
    ladder: Ladder = field(default_factory=Ladder)
    designs: Designs = field(default_factory=Designs)
    disk: DiskLevels = field(default_factory=DiskLevels)
    cleaning: Cleaning = field(default_factory=Cleaning)
    limits: Limits = field(default_factory=Limits)
    approvals: Approvals = field(default_factory=Approvals)
    watch: Watch = field(default_factory=Watch)
    waves: Waves = field(default_factory=Waves)
    templates: Templates = field(default_factory=Templates)


def name_of(setting: "Field[Any]") -> str:
    """What the environment calls this field."""
    return str(setting.metadata.get("validation_alias", f"{PREFIX}{setting.name.upper()}"))


def is_table(setting: "Field[Any]") -> bool:
    """Whether this field is a table of the TOML file, with fields of its own."""
    return isinstance(setting.type, type) and issubclass(setting.type, Section)
