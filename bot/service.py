"""From a request to what is posted: asks the one door, renders, and writes the outbox. Runs in the desk's threads."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from bot import outbox
from bot.drafts import Drafts, files
from bot.forms import Forms
from bot.places import SUMMARY, Place, Places
from bot.render.escape import escape
from bot.render.message import Asker, Message, render, render_invited, render_private
from bot.request import Origin, Request
from bot.seen import Seen
from bot.store import Store
from bot.threads import Spot, Threads
from commands.answer import answer
from commands.ops.house import House
from commands.reply import Reply

APPROVE = ("batch", "approve")
MENTION = re.compile(r"@([UW][A-Z0-9]{3,20})\b")  # as `plain` leaves it


class Postman(Protocol):
    """What the service asks of the loop; each may be called from any thread."""

    forms: Forms

    def form(self, request: Request, reply: Reply) -> None:
        """Show the reply's form, or in the form that was opened why there is none."""
        ...

    def go_on(self, request: Request, line: str) -> None:
        """Ask another line after this one, by the same caller at the same place."""
        ...

    def private(self, origin: Origin, message: Message) -> None:
        """Say it to the caller alone, now."""
        ...

    def wake(self, channel: str) -> None:
        """Something waits in the outbox for this channel."""
        ...

    def name_of(self, user: str) -> str:
        """What a person is called."""
        ...


class Service:
    """Answers requests. `address` is the workspace's own, `https://example.slack.com/`."""

    def __init__(
        self, house: House, store: Store, postman: Postman, bot_name: Callable[[], str], address: str
    ) -> None:
        self._house = house
        self._store = store
        self._postman = postman
        self._bot_name = bot_name
        self._seen = Seen(store)
        self._places = Places(store)
        self._threads = Threads(store)
        self._address = address

    def handle(self, request: Request) -> None:
        """Answer one request, once, however often Slack delivers it."""
        if not self._seen.first_time(request.key, request.ask.at):
            return
        request = self._known(request)
        reply = answer(request.ask, self._house)
        if reply.form or self._postman.forms.wanted(request.key):
            self._postman.form(request, reply)
            if reply.audience == "caller":
                return
        if reply.audience == "caller":
            self._postman.private(request.origin, render_private(reply))
            return
        self._post(request, reply)
        if reply.told:
            self._postman.private(request.origin, Message(escape(reply.told), ()))
        if reply.facts.get("state") == "approved" and request.ask.words[:2] == APPROVE:
            self._postman.go_on(request, f"batch run {reply.facts['plan']}")

    def _post(self, request: Request, reply: Reply) -> None:
        rendered = render(reply, Asker(request.ask.caller.name, request.line, request.ask.at))
        drafts = Drafts(rendered, reply.subject, request.ask.caller)
        pressed = self._pressed_place(request.origin, reply.subject)
        if pressed:
            self._edit(request, drafts, pressed)
        else:
            self._put(request, drafts, reply)

    def _edit(self, request: Request, drafts: Drafts, pressed: Place) -> None:
        with self._store.write() as transaction:
            for draft in drafts.edits(pressed, self._places.evidence(pressed)):
                outbox.put(transaction, request.ask.at, draft)
        self._postman.wake(pressed.channel)

    def _put(self, request: Request, drafts: Drafts, reply: Reply) -> None:
        """New messages: where it was asked, or in the thread of the incident that they belong to."""
        origin = request.origin
        with self._store.write() as transaction:  # of two who begin an incident's thread at once, one does
            spot = self._threads.spot(reply.incident, origin.channel, origin.thread_ts)
            parent = outbox.put(
                transaction, request.ask.at, drafts.summary(spot, self._if_closed(origin, reply))
            )
            for draft in (*drafts.evidence(spot, parent), *files(reply.attachments, spot, parent)):
                outbox.put(transaction, request.ask.at, draft)
        self._postman.wake(spot.channel)
        if reply.incident and (spot.channel, spot.thread_ts) != (origin.channel, origin.thread_ts):
            self._postman.private(origin, self._pointer(reply.incident, spot))

    def _pointer(self, incident: str, spot: Spot) -> Message:
        """Where the answer went, for who asked somewhere else."""
        said = f"This belongs to incident {incident}: the answer is in its thread"
        if not spot.thread_ts:
            return Message(f"{said} in <#{spot.channel}>.", ())
        address = f"{self._address}archives/{spot.channel}/p{spot.thread_ts.replace('.', '')}"
        return Message(f"{said}, <{address}|here>.", ())

    def _known(self, request: Request) -> Request:
        """With what people are called, and the incident in whose thread it was asked."""
        ask, origin = request.ask, request.origin
        mentioned = {match[1] for word in ask.words for match in MENTION.finditer(word)}
        known = replace(
            ask,
            caller=replace(ask.caller, name=self._postman.name_of(ask.caller.id)),
            incident=self._threads.at(origin.channel, origin.thread_ts),
            names={user: self._postman.name_of(user) for user in mentioned},
        )
        return replace(request, ask=known)

    def _pressed_place(self, origin: Origin, subject: str | None) -> Place | None:
        """The message whose button was pressed, if the answer shows the same subject: it is edited, not repeated."""
        if not origin.message_ts or not subject:
            return None
        place = self._places.at(origin.channel, origin.message_ts)
        return place if place and place.part == SUMMARY and place.subject == subject else None

    def _if_closed(self, origin: Origin, reply: Reply) -> dict[str, Any] | None:
        """What to say by `response_url` if the channel turns out to be closed to us."""
        if not origin.response_url:
            return None
        message = render_invited(reply, self._bot_name())
        body = {"text": message.text, "blocks": list(message.blocks)}
        return {
            "response_url": origin.response_url,
            "body": {**body, "response_type": "in_channel", "replace_original": False},
        }
