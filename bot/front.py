"""The front: what listeners hand requests to, and what the lanes' threads hand their answers back to."""

import asyncio
import secrets
from collections.abc import Coroutine, Mapping
from concurrent.futures import TimeoutError as FutureTimeout
from types import MappingProxyType
from typing import Any

from bot import bugs
from bot.desk import Desk
from bot.directory import Directory
from bot.forms import TITLE, Forms
from bot.render.message import Message, render_private
from bot.request import Origin, Request
from bot.respond import Responder
from bot.sender import Sender
from bot.views.form import modal, sentence
from commands.answer import lane_of
from commands.ops.machine.clock import Clock
from commands.ops.roles import Caller
from commands.reply import Ask, Form, Proposal, Reply
from commands.words import words

NAME_SECONDS = 2.0
CARRIED = 900  # characters that fit into a button, however they are escaped


class Front:
    """Between the loop and the desk's threads. Make it on the loop."""

    def __init__(
        self, clock: Clock, directory: Directory, responder: Responder, sender: Sender, forms: Forms
    ) -> None:
        self.forms = forms
        self._clock = clock
        self._directory = directory
        self._responder = responder
        self._sender = sender
        self._loop = asyncio.get_running_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self.desk: Desk | None = None

    def hand_on(
        self,
        key: str,
        line: str,
        caller: Caller,
        origin: Origin,
        values: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Take a request to its lane; returns at once. Call it on the loop."""
        ask = Ask(secrets.token_hex(8), words(line), caller, self._clock.now(), dict(values))
        request = Request(key, line.strip() or "help", ask, origin)
        if self.desk:
            self.desk.take(request, lane_of(ask.words))

    def failed(self, request: Request, error: BaseException) -> None:
        """A bug of ours while answering: logged, and its reference told to the caller."""
        reference = bugs.report(error, f"answering “{request.line}”")
        self.spawn(self._responder.private(request.origin, render_private(bugs.apology(reference))))

    def private(self, origin: Origin, message: Message) -> None:
        """Say it to the caller alone, now. From any thread."""
        self._loop.call_soon_threadsafe(lambda: self.spawn(self._responder.private(origin, message)))

    def form(self, request: Request, reply: Reply) -> None:
        """Show a form to the caller, or in the form that was opened for them why there is none. From any thread."""
        self._loop.call_soon_threadsafe(lambda: self.spawn(self._form(request, reply)))

    def go_on(self, request: Request, line: str) -> None:
        """Ask another line after this one, by the same caller at the same place. From any thread."""
        key, caller, origin = f"{request.key} / {line}", request.ask.caller, request.origin
        self._loop.call_soon_threadsafe(self.hand_on, key, line, caller, origin)

    def wake(self, channel: str) -> None:
        """Something waits in the outbox for this channel. From any thread."""
        self._loop.call_soon_threadsafe(self._sender.wake, channel)

    def name_of(self, user: str) -> str:
        """What a person is called. From a lane's thread; Slack is asked once a person."""
        future = asyncio.run_coroutine_threadsafe(self._directory.name_of(user), self._loop)
        try:
            return future.result(NAME_SECONDS)
        except FutureTimeout:
            return user

    def spawn(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Run it on the loop, held until it ends; an error in it is a bug."""
        task = self._loop.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def close(self) -> None:
        """Wait for what is being said."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _form(self, request: Request, reply: Reply) -> None:
        origin = request.origin
        asked = self.forms.wanted(request.key)
        if reply.form is None:
            said = reply.error or reply.told or reply.headline
            if asked and await self.forms.fill(request.key, sentence(TITLE, said), None):
                return
            await self._responder.private(origin, render_private(reply))
            return
        view = modal(reply.headline, reply.form, origin)
        if not await self.forms.fill(request.key, view, origin.trigger_id):
            await self._responder.private(origin, render_private(_by_button(request, reply.form)))

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            bugs.report(error, "talking to Slack")


def _by_button(request: Request, form: Form) -> Reply:
    """A mention opens no form, and Slack may refuse one: a button does, with what was typed as far as it can carry it."""
    line = request.line if len(request.line) <= CARRIED else form.line
    said = "A form belongs to this, and only a click can open one."
    return Reply("fine", said, "info", proposals=(Proposal("Open the form", line, asks=True),))
