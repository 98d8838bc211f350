"""Who asks, and what they may."""

import os
import pwd
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, Protocol

from commands.ops.settings import OpsSettings

Face = Literal["slack", "terminal"]


class Role(IntEnum):
    """A caller's role; each includes the ones below it."""

    none = 0
    viewer = 1
    operator = 2
    approver = 3


@dataclass(frozen=True, slots=True)
class Caller:
    """A person who asks: `U…` from Slack, `os:NAME` from a terminal."""

    id: str
    name: str
    face: Face


OURSELVES = Caller("os:wavewarden", "Wavewarden", "terminal")  # what nobody asked for, and what was put off


class Roles(Protocol):
    """How a caller's role is found; the Slack face also looks into user groups."""

    def role_of(self, caller: Caller) -> Role:
        """The caller's highest role."""
        ...

    def as_listed(self) -> "ListedRoles":
        """The roles that everybody has at this moment, for a process of its own."""
        ...


class ListedRoles:
    """Roles as the settings list them, without Slack: user groups count for nobody here.

    A terminal user who is not listed is a viewer: what `ask` can read, that user's shell can read as well.
    """

    def __init__(self, settings: OpsSettings) -> None:
        self._settings = settings

    def role_of(self, caller: Caller) -> Role:
        """The highest role among the caller's own id and the Slack user it belongs to."""
        ids = {caller.id, self._settings.people.get(caller.id, caller.id)}
        listed = listed_role(self._settings, ids)
        return max(listed, Role.viewer) if caller.face == "terminal" else listed

    def as_listed(self) -> "ListedRoles":
        """These."""
        return self


def listed_role(settings: OpsSettings, ids: set[str]) -> Role:
    """The highest role that the settings give to any of these ids (`U…`, `S…`, `os:NAME`)."""
    if ids & set(settings.approvers):
        return Role.approver
    if ids & set(settings.operators):
        return Role.operator
    if "*" in settings.viewers or ids & set(settings.viewers):
        return Role.viewer
    return Role.none


def terminal_caller(environ: Mapping[str, str]) -> Caller:
    """The operating-system user who asks; behind `sudo`, the one who called it.

    `SUDO_USER` counts only for root: anyone else could set it to anything.
    """
    uid = os.getuid()
    name = environ.get("SUDO_USER") if uid == 0 else None
    name = name or _user_name(uid)
    return Caller(f"os:{name}", name, "terminal")


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:  # a container's user may have no entry
        return str(uid)
