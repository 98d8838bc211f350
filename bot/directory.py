"""People and user groups, as Slack tells them; cached, so that no ask waits for Slack."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.respond import said
from commands.ops.machine.clock import Clock
from commands.ops.roles import Caller, ListedRoles, Role, listed_role
from commands.ops.settings import OpsSettings

log = logging.getLogger("wavewarden.directory")

COUNTS_FOR = timedelta(hours=24)  # with Slack away; then a group's members are nobody


@dataclass(frozen=True, slots=True)
class Group:
    """A user group's members, as of when Slack told them."""

    members: frozenset[str]
    at: datetime


class Directory:
    """Who is in which group, and what people are called."""

    def __init__(self, client: AsyncWebClient, clock: Clock, groups: Iterable[str]) -> None:
        self._client = client
        self._clock = clock
        self._wanted = frozenset(groups)
        self._groups: Mapping[str, Group] = {}
        self._names: dict[str, str] = {}
        self.problems: tuple[str, ...] = ()

    async def refresh(self) -> None:
        """Ask Slack for every group that the settings name; what cannot be asked keeps its old members."""
        groups, problems = dict(self._groups), []
        for group in sorted(self._wanted):
            try:
                answer = await self._client.usergroups_users_list(usergroup=group)
            except (SlackApiError, ClientError, TimeoutError, OSError) as error:
                problems.append(f"The members of user group {group} could not be read: {said(error)}.")
                continue
            groups[group] = Group(frozenset(answer.get("users") or []), self._clock.now())
        self._groups, self.problems = groups, tuple(problems)
        for problem in problems:
            log.warning(problem)

    def groups_of(self, user: str) -> set[str]:
        """The groups this person is in, by what Slack said in the last 24 hours."""
        return {name for name in self._groups if user in self.counted(name)}

    def counted(self, group: str) -> frozenset[str]:
        """Who counts as in a group, by what Slack said in the last 24 hours; nobody in what is no group."""
        known = self._groups.get(group)
        return known.members if known and known.at >= self._clock.now() - COUNTS_FOR else frozenset()

    def members_of(self, group: str) -> frozenset[str] | None:
        """Who is in this group, as Slack said last; None where it has not."""
        known = self._groups.get(group)
        return known.members if known else None

    async def name_of(self, user: str) -> str:
        """What a person is called; the id where Slack does not tell."""
        if user not in self._names:
            try:
                answer = await self._client.users_info(user=user)
            except (SlackApiError, ClientError, TimeoutError, OSError):
                return user
            self._names[user] = str((answer.get("user") or {}).get("real_name") or user)
        return self._names[user]


class SlackRoles:
    """The port of roles, filled: a person's own id, and the user groups they are in."""

    def __init__(self, settings: OpsSettings, directory: Directory) -> None:
        self._settings = settings
        self._directory = directory

    def role_of(self, caller: Caller) -> Role:
        """The caller's highest role; memory only. A terminal user has the groups of the Slack user they are."""
        person = self._settings.people.get(caller.id, caller.id)
        role = listed_role(self._settings, {caller.id, person, *self._directory.groups_of(person)})
        return max(role, Role.viewer) if caller.face == "terminal" else role

    def as_listed(self) -> ListedRoles:
        """With the members that the groups have now named one by one."""
        settings = self._settings
        roles = (settings.viewers, settings.operators, settings.approvers)
        viewers, operators, approvers = ((*names, *self._members(names)) for names in roles)
        return ListedRoles(replace(settings, viewers=viewers, operators=operators, approvers=approvers))

    def _members(self, names: Iterable[str]) -> set[str]:
        return {member for name in names for member in self._directory.counted(name)}


def groups_in(settings: OpsSettings, on_call: Iterable[str] = ()) -> set[str]:
    """The user groups that the settings give a role, or that are called."""
    roles = (*settings.viewers, *settings.operators, *settings.approvers)
    return {name for name in (*roles, *settings.escalation.widen_to, *on_call) if name.startswith("S")}
