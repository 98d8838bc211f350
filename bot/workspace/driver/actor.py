"""One person of the workspace, as a test makes them act."""

from dataclasses import dataclass

from bot.workspace.cast import Person
from bot.workspace.driver import visible
from bot.workspace.driver.filling_in import Value, filled, picked_in
from bot.workspace.driver.handles import Message, View
from bot.workspace.driver.watching import Watch
from bot.workspace.ids import BOT_USER
from bot.workspace.shapes import Json
from bot.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Actor:
    """Every act returns when the app has acknowledged it; what follows is waited for."""

    workspace: Workspace
    watch: Watch
    person: Person

    @property
    def id(self) -> str:
        """The user's id."""
        return self.person.id

    async def slash(self, line: str, channel: str = "#batch-ops") -> None:
        """Type a slash command."""
        self.watch.begin()
        await self.workspace.say(self.id, self._room(channel), line)

    async def says(self, channel: str, text: str) -> Message:
        """Say something in a channel, or to the app with ``"@app"``; returns the message."""
        self.watch.begin()
        room = self._room(channel)
        await self.workspace.say(self.id, room, text)
        return Message(self.workspace.core, room, self._latest(room))

    async def replies(self, message: Message, text: str) -> Message:
        """Say something in a message's thread; returns the reply."""
        self.watch.begin()
        await self.workspace.say(self.id, message.channel, text, message.ts)
        return Message(self.workspace.core, message.channel, self._latest(message.channel))

    async def edits(self, message: Message, text: str) -> None:
        """Change a message of one's own."""
        self.watch.begin()
        await self.workspace.edit(self.id, message.channel, message.ts, text)

    async def click(
        self,
        where: Message | View,
        text: str,
        *,
        near: str = "",
        accept: bool = True,
        values: Json | None = None,
    ) -> None:
        """Press the button of this visible text, and accept or deny its confirm dialog.

        Args:
            where: the message or the view.
            text: the button's visible text.
            near: what its block says, or the one above, where several buttons read alike.
            accept: what to answer if the button asks back.
            values: what stands in the rest of a view so far.
        """
        block, element = visible.button(where.blocks, text, near)
        if "confirm" in element and not accept:
            return
        self.watch.begin()
        ids = block["block_id"], element["action_id"]
        await self.workspace.act(self.id, where.container, *ids, {}, values)

    async def select(self, where: Message | View, name: str, value: Value) -> None:
        """Choose in a select, an overflow menu, a date picker….

        Args:
            where: the message or the view.
            name: its label, placeholder, ``action_id`` or ``block_id``.
            value: the visible text of an option, or an id, or a date; a list where several can be chosen.
        """
        block, element = visible.choice(where.blocks, name)
        ids = block["block_id"], element["action_id"]
        self.watch.begin()
        offered = None
        if "external" in element["type"]:
            found = await self.workspace.suggest(self.id, where.container, *ids, str(value))
            offered = [o for each in found for o in each.get("options", [each])]
        await self.workspace.act(self.id, where.container, *ids, picked_in(element, value, offered))

    async def submit(self, form: View, **values: Value) -> dict[str, str]:
        """Fill in and submit a form; returns the errors by ``block_id``, none when it was taken.

        Args:
            form: the form.
            **values: by a field's label, ``block_id`` or ``action_id``, in small letters, ``_`` for blanks.
        """
        filled_in = filled(form.blocks, values)
        self.watch.begin()
        answer = await self.workspace.submit(self.id, form.id, filled_in)
        return dict(answer.get("errors", {}))

    async def closes(self, form: View) -> None:
        """Close a form."""
        self.watch.begin()
        await self.workspace.close(self.id, form.id)

    async def uses(self, callback_id: str, message: Message | None = None) -> None:
        """Use a shortcut, on a message if it is a message's."""
        self.watch.begin()
        on = (message.channel, message.ts) if message else (None, None)
        await self.workspace.shortcut(self.id, callback_id, *on)

    async def form(self, title: str = "") -> View:
        """The form that opened, or changed, since the last act; wait for it if need be."""
        return await self.watch.until(lambda: self._form(title), lambda: f"No form “{title}” opened.")

    async def home(self) -> View:
        """Open the App Home and wait until the app has published it."""
        self.watch.begin()
        await self.workspace.open_home(self.id)
        return await self.watch.until(self._home, lambda: "The app published no home.")

    @property
    def private(self) -> list[Message]:
        """What only this person was shown, oldest first."""
        core = self.workspace.core
        return [Message(core, e.channel, ts, self.id) for ts, e in core.ephemerals.of(self.id).items()]

    async def told(self, text: str) -> Message:
        """Wait for a private message that says this, shown since the last act."""
        return await self.watch.until(
            lambda: next((m for m in self.private if self._fresh(m) and m.says(text)), None),
            lambda: f"{self.person.real_name} was not told “{text}” but {[m.text for m in self.private]}.",
        )

    async def notice(self, text: str) -> str:
        """Wait for words of Slack's own that hold this, shown since the last act."""
        heard = self.watch.notices
        return await self.watch.until(
            lambda: next(
                (
                    said
                    for seq, user, said in heard
                    if seq >= self.watch.mark and user == self.id and text in said
                ),
                None,
            ),
            lambda: f"Slack did not tell {self.person.real_name} “{text}” but {heard}.",
        )

    def _fresh(self, message: Message) -> bool:
        return self.watch.said.get((self.id, message.ts), 0) >= self.watch.mark

    def _form(self, title: str) -> View | None:
        for view in reversed(self.workspace.core.forms.stacks[self.id]):
            shown = View(self.workspace.core, self.id, view["id"])
            if self.watch.shown.get((self.id, view["id"]), 0) >= self.watch.mark and title in shown.title:
                return shown
        return None

    def _home(self) -> View | None:
        home = self.workspace.core.forms.homes.get(self.id)
        if home is None or self.watch.shown.get((self.id, home["id"]), 0) < self.watch.mark:
            return None
        return View(self.workspace.core, self.id, home["id"])

    def _room(self, channel: str) -> str:
        rooms = self.workspace.core.rooms
        if channel.startswith("@"):
            return rooms.direct(self.id, BOT_USER).id
        room = rooms.named(channel)
        if room is None:
            raise AssertionError(f"There is no channel {channel}.")
        return room.id

    def _latest(self, room: str) -> str:
        own = (m for m in reversed(self.workspace.core.rooms.for_anybody(room).messages.values()))
        return next(str(message["ts"]) for message in own if message["user"] == self.id)
