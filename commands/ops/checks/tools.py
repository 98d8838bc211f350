"""The host's tools, and the programs we lean on."""

import os
from dataclasses import fields

from commands.ops.checks.finding import Check
from commands.ops.host_settings import Tools
from commands.ops.machine.host import Machine
from commands.ops.machine.tools import where
from commands.ops.settings import OpsSettings

AREA = "tools"

PROGRAMS = {
    "git": "history, restore and expected sites depend on it",
    "rg": "searching logs is slower without ripgrep",
}


def check_tools(settings: OpsSettings, machine: Machine) -> list[Check]:
    """Every tool once, and each program."""
    tools: dict[str, list[str]] = {}
    for name in (setting.name for setting in fields(Tools)):
        template: tuple[str, ...] = getattr(settings.tools, name)
        tools.setdefault(template[0], []).append(name.replace("_", " "))
    found = [_tool(machine, path, ", ".join(names)) for path, names in tools.items()]
    return [*found, *(_program(name, lost) for name, lost in PROGRAMS.items())]


def _tool(machine: Machine, path: str, what: str) -> Check:
    file = machine.root / path
    if not file.is_file():
        return Check(AREA, what, f"{file} is not there", "trouble", "put it there, or set it in [tools]")
    if not os.access(file, os.X_OK):
        return Check(AREA, what, f"{file} may not be executed", "trouble", f"chmod +x {file}")
    return Check(AREA, what, str(file))


def _program(name: str, lost: str) -> Check:
    path = where(name)
    return Check(AREA, name, path) if path else Check(AREA, name, "not found", "note", f"install it: {lost}")
