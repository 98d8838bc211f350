"""The local workspace: a small Slack, for one app and a few people."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.workspace import posting, sight
from bot.workspace.acts import (
    membership,
    pressing,
    reading,
    saying,
    shortcuts,
    submitting,
    suggesting,
)
from bot.workspace.acts.pressing import Target
from bot.workspace.app_identity import DEFAULT_APP_TOKEN, DEFAULT_BOT_TOKEN, AppIdentity
from bot.workspace.cast import (
    DEFAULT_CHANNELS,
    DEFAULT_GROUPS,
    DEFAULT_PEOPLE,
    Cast,
    Channel,
    Group,
    Person,
)
from bot.workspace.clock import Clock, SystemClock
from bot.workspace.core import Core
from bot.workspace.errors import Refused
from bot.workspace.limits import Limits
from bot.workspace.manifest import Manifest
from bot.workspace.shapes import Json
from bot.workspace.subscriptions import Subscription


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A trouble that can be made to happen; ``start`` makes it and says in a sentence what it did."""

    name: str
    label: str
    description: str
    start: Callable[[], Awaitable[str]]


class Workspace:
    """What people do and see. Every act raises ``Refused`` with a sentence for the person who tried.

    Args:
        manifest: the app that is installed here.
        clock: what time it is; a test gives a ``HandClock``.
        people: who has an account.
        channels: the public channels at the start.
        groups: the user groups.
        rehearsals: troubles that can be started from the page.
        bot_token: the one ``xoxb-`` token that opens the Web API.
        app_token: the one ``xapp-`` token that opens Socket Mode.
        limited: False lets any number of calls pass, for measuring; Slack does not.
    """

    def __init__(  # noqa: PLR0913, PLR0917  what a test may want otherwise; the defaults are the demo's
        self,
        manifest: Manifest,
        clock: Clock | None = None,
        people: Sequence[Person] = DEFAULT_PEOPLE,
        channels: Sequence[Channel] = DEFAULT_CHANNELS,
        groups: Sequence[Group] = DEFAULT_GROUPS,
        rehearsals: Sequence[Rehearsal] = (),
        *,
        bot_token: str = DEFAULT_BOT_TOKEN,
        app_token: str = DEFAULT_APP_TOKEN,
        limited: bool = True,
    ) -> None:
        clock = clock or SystemClock()
        app = AppIdentity(manifest, bot_token, app_token)
        limits = Limits(clock, enforced=limited)
        self.core = Core(app, clock, Cast(people, channels, groups), limits)
        self.core.schedule.when_due(self._post_scheduled)
        self._rehearsals = {rehearsal.name: rehearsal for rehearsal in rehearsals}

    async def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> None:
        """Send what was typed: a message, a reply, or a slash command."""
        await saying.say(self.core, user, channel, text, thread_ts)

    async def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Change a message of one's own."""
        saying.edit(self.core, user, channel, ts, text)

    async def act(  # noqa: PLR0913, PLR0917  JSON arguments of the page
        self,
        user: str,
        container: Json,
        block_id: str,
        action_id: str,
        choice: Json,
        values: Json | None = None,
    ) -> None:
        """Press a button, pick an option; ``values`` is what stands in the rest of a view so far."""
        await pressing.act(self.core, user, Target(container, block_id, action_id), choice, values)

    async def submit(self, user: str, view_id: str, values: Json) -> Json:
        """Submit a form; returns ``{"errors": {block_id: sentence}}`` or ``{}``."""
        return await submitting.submit(self.core, user, view_id, values)

    async def close(self, user: str, view_id: str, clear: bool = False) -> None:  # noqa: FBT001, FBT002  JSON arguments of the page
        """Close a form and what lies above it, or with ``clear`` the whole stack."""
        await submitting.close(self.core, user, view_id, clear=clear)

    async def shortcut(
        self, user: str, callback_id: str, channel: str | None = None, message_ts: str | None = None
    ) -> None:
        """Use a shortcut, a message's on the message of ``message_ts``."""
        await shortcuts.shortcut(self.core, user, callback_id, channel, message_ts)

    async def suggest(
        self, user: str, container: Json, block_id: str, action_id: str, text: str
    ) -> list[Json]:
        """Options, or groups of options, that fit what was typed into a select."""
        return await suggesting.suggest(self.core, user, Target(container, block_id, action_id), text)

    async def open_home(self, user: str) -> None:
        """Look at the App Home."""
        reading.open_home(self.core, user)

    async def mark_read(self, user: str, channel: str, ts: str) -> None:
        """Everything up to this message was read."""
        reading.mark_read(self.core, user, channel, ts)

    async def history(
        self, user: str, channel: str, before_ts: str | None = None, limit: int = 50
    ) -> list[Json]:
        """The latest messages of a channel, before a moment if one is given, oldest first."""
        return reading.history(self.core, user, channel, before_ts, limit)

    async def thread(self, user: str, channel: str, thread_ts: str) -> list[Json]:
        """A thread: its parent, then the replies, oldest first."""
        return reading.thread(self.core, user, channel, thread_ts)

    async def open_direct(self, user: str, other: str) -> str:
        """The id of the direct conversation with somebody."""
        return membership.open_direct(self.core, user, other)

    async def join(self, user: str, channel: str) -> None:
        """Enter a public channel."""
        membership.join(self.core, user, channel)

    async def invite(self, user: str, other: str, channel: str) -> None:
        """Bring somebody, or the app, into a channel."""
        membership.invite(self.core, user, other, channel)

    async def reaction(self, user: str, channel: str, ts: str, name: str) -> None:
        """Put a reaction under a message, or take one's own away."""
        reading.react(self.core, user, channel, ts, name)

    async def set_fault(self, name: str, value: float) -> None:
        """Move a fault switch; see ``faults.FAULTS``."""
        self.core.faults.put(name, value)

    async def rehearse(self, name: str) -> str:
        """Start a trouble; returns a sentence that says what happened."""
        if name not in self._rehearsals:
            raise Refused(f"There is no rehearsal “{name}”.")
        return await self._rehearsals[name].start()

    def subscribe(self, user: str) -> Subscription:
        """Hear what this person sees from now on."""
        self._person(user)
        return self.core.feed.subscribe(user)

    def snapshot(self, user: str) -> Json:
        """All that this person sees now; the events of a subscription tell the rest."""
        self._person(user)
        rehearsals = [
            {"name": r.name, "label": r.label, "description": r.description}
            for r in self._rehearsals.values()
        ]
        return {**sight.snapshot(self.core, user), "rehearsals": rehearsals}

    async def stop(self) -> None:
        """Close the app's sockets, end every subscription, timer and task."""
        self.core.feed.close()
        self.core.schedule.close()
        self.core.faults.close()
        await self.core.hub.close()
        await self.core.tasks.close()

    def _post_scheduled(self, channel: str, message: Json) -> None:
        posting.post(self.core, self.core.rooms.for_anybody(channel), message)

    def _person(self, user: str) -> Person:
        person = self.core.people.get(user)
        if person is None or person.is_bot:
            raise Refused("There is nobody of that id here.")
        return person
