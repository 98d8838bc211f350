"""The escalator: posts escalations, calls the people on call, and tells both sides how it goes on."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from bot import outbox
from bot.announcer import Announcer
from bot.calls import Calls
from bot.drafts import Drafts, files
from bot.link import Identity
from bot.mentions import mention
from bot.outbox import Draft, Outbox
from bot.permalinks import permalink
from bot.places import Place, Places
from bot.render import blocks
from bot.render.buttons import buttons
from bot.render.escape import escape
from bot.render.message import Around, Asker, render
from bot.service import Postman
from bot.settings import SlackSettings
from bot.store import Store
from bot.threads import Spot
from bot.together import put_together
from commands.escalation_words import durations, escalation_reply, standing
from commands.ops import escalations, events, kept_files
from commands.ops.attachment import Attachment
from commands.ops.errors import NotReadable
from commands.ops.escalations import Escalation
from commands.ops.events import Event
from commands.ops.house import House
from commands.ops.roles import OURSELVES, Caller
from commands.reply import Proposal

log = logging.getLogger("wavewarden.escalator")

CURSOR = "escalator"
POSTED_BY = "escalated"  # the event that a post comes of
NOT_SET = "no channel is set: WAVEWARDEN_ESCALATION_CHANNEL"
NOT_IN = ("not_in_channel", "channel_not_found")  # of a private channel Slack says the latter
HERE_INSTEAD = "No channel is set for escalations (WAVEWARDEN_ESCALATION_CHANNEL): so it stands here."


@dataclass(slots=True)
class Escalator:
    """One round is one call of `tick`, in the follower's thread.

    slack: the channel for escalations, or where none is set the one for everything. calls: whom it calls.
    """

    house: House
    store: Store
    postman: Postman
    slack: SlackSettings
    calls: Calls
    identity: Identity
    _places: Places = field(init=False)
    _outbox: Outbox = field(init=False)
    _announcer: Announcer = field(init=False)

    def __post_init__(self) -> None:
        self._places = Places(self.store)
        self._outbox = Outbox(self.store)
        self._announcer = Announcer(self.house, self.store, self.slack.channel or "")

    def start(self) -> None:
        """Begin with the first event there is: what was escalated before the bot ever ran goes out, too."""
        self.store.start_cursor(CURSOR, 0)

    def tick(self) -> None:
        """Tell what is new, and look which posts have arrived."""
        for event in events.since(self.house.journal.connection(), self.store.cursor(CURSOR) or 0):
            self._tell(event)
        for known in escalations.all_open(self.house.journal.connection()):
            if known.posted_at is None and not known.problem:
                self._look_after(known)

    def _tell(self, event: Event) -> None:
        """The posts and the cursor are committed together: told once, whatever happens."""
        say = SAYS.get(event.kind)
        drafts = say(self, self._known(event), event) if say else []
        now = self.house.clock.now()
        with self.store.write() as transaction:
            if event.kind == POSTED_BY:
                put_together(transaction, now, drafts)
            else:  # in several places: each stands by itself
                for draft in drafts:
                    outbox.put(transaction, now, draft)
            self.store.move_cursor(transaction, CURSOR, event.seq)
        for draft in drafts:
            self.postman.wake(draft.channel)

    def _look_after(self, known: Escalation) -> None:
        """Write down that its post has arrived, or why it has not."""
        now, place = self.house.clock.now(), self._post(known)
        error = None if place else self._outbox.refused(_shown_as(known)) if self._where() else NOT_SET
        if place is None and error is None:
            return
        with self.house.journal.write() as transaction:
            if place:
                escalations.posted(transaction, known, now)
            else:
                escalations.not_posted(transaction, known, str(error), now)

    def escalated(self, known: Escalation, event: Event) -> list[Draft]:
        """The post and what belongs below it; where there is no channel for it, its sender is told by and by."""
        del event
        where = self._where()
        if where is None or known.resolved_at or self._post(known):
            return []
        spot, drafts = Spot(where), self._drafts(known)
        return [drafts.summary(spot), *drafts.evidence(spot, 0), *files(self._files(known), spot, 0)]

    def posted(self, known: Escalation, event: Event) -> list[Draft]:
        """The incident's thread is told where it is read, and the post gets what was not known then."""
        del event
        place = self._post(known)
        link = (
            f"<{permalink(self.identity.address, place.channel, place.ts)}|{known.id}>" if place else known.id
        )
        said = (
            f":rotating_light: {escape(known.asked_by.name)} has escalated this: {link}, {standing(known)}."
        )
        return [*self._edits(known), *self._in_thread(known, said)]

    def not_posted(self, known: Escalation, event: Event) -> list[Draft]:
        """Its sender is told in private how to let it out; the text is kept."""
        error = str(event.data.get("problem", ""))
        where = self._where()
        invite = f"Type `/invite @{escape(self.identity.name)}` in <#{where}>"
        remedy = invite if error in NOT_IN else "Tell whoever runs Wavewarden"
        text = f"{known.id} could not be posted: {escape(error)}. {remedy}, then press *Post again*. The text is kept."
        offers = (
            Proposal("Post again", f"batch escalation post {known.id}"),
            Proposal("Show escalation", known.line),
        )
        to = self._sender(known)
        body = {"text": text, "blocks": [blocks.section(text), *buttons(offers)], "unfurl_links": False}
        return [Draft("chat.postMessage", to, body)] if to else []

    def taken(self, known: Escalation, event: Event) -> list[Draft]:
        """Who escalated is told, where they are."""
        del event
        said = f"{_called(known.asked_by)}: {known.id}: {escape(standing(known))}."
        return [*self._edits(known), *(self._in_thread(known, said) or self._below(known, said))]

    def question(self, known: Escalation, event: Event) -> list[Draft]:
        """Asked where the incident is talked about; without one, below the post."""
        who, what = escape(str(event.data.get("by", ""))), escape(str(event.data.get("text", "")))
        said = f"{_called(known.asked_by)}: {who} needs to know more about {known.id}: {what}"
        return self._in_thread(known, said) or self._below(known, said)

    def resolved(self, known: Escalation, event: Event) -> list[Draft]:
        """How long it took, on both sides."""
        del event
        said = f":white_check_mark: {known.id} is {escape(standing(known))}: {durations(known)}."
        return [*self._edits(known), *self._below(known, said), *self._in_thread(known, said)]

    def called(self, known: Escalation, event: Event) -> list[Draft]:
        """A mention is always a new reply: edits do not notify."""
        if not known.waits:
            return []
        number = f"call {event.data['number']} of {event.data['of']}"
        said = f"{self.calls.words(widened=True)}: nobody has {known.id} yet ({number}). {_issue(known)}"
        return self._below(known, said, broadcast=True)

    def unanswered(self, known: Escalation, event: Event) -> list[Draft]:
        """Nobody is called any more: who escalated must know."""
        if not known.waits:
            return []
        said = (
            f"{_called(known.asked_by)}: nobody has taken {known.id} after {event.data['calls']} more calls."
        )
        said += " Nobody is called any more: reach somebody by another way."
        return [*self._edits(known), *(self._in_thread(known, said) or self._below(known, said))]

    def _drafts(self, known: Escalation) -> Drafts:
        around = Around(
            above=self.calls.words() if known.waits else "",
            below=" ".join(
                filter(None, (self._incident(known), "" if self.slack.escalation_channel else HERE_INSTEAD))
            ),
        )
        asker = Asker(known.asked_by.name, "escalate", known.asked_at)
        return Drafts(render(escalation_reply(known), asker, around), _shown_as(known), OURSELVES)

    def _files(self, known: Escalation) -> tuple[Attachment, ...]:
        """As they were kept; one that is gone since is missed in the thread, not waited for."""
        try:
            return kept_files.kept(self.house, known.directory, known.files)
        except NotReadable as error:
            log.warning("%s goes out without its files: %s", known.id, error.sentence)
            return ()

    def _edits(self, known: Escalation) -> list[Draft]:
        place = self._post(known)
        return self._drafts(known).edits(place, self._places.evidence(place)) if place else []

    def _below(self, known: Escalation, text: str, *, broadcast: bool = False) -> list[Draft]:
        """A word below the post."""
        place = self._post(known)
        if place is None:
            return []
        body = {"text": text, "thread_ts": place.ts, "unfurl_links": False, "unfurl_media": False}
        return [
            Draft("chat.postMessage", place.channel, body | ({"reply_broadcast": True} if broadcast else {}))
        ]

    def _in_thread(self, known: Escalation, text: str) -> list[Draft]:
        """A word in its incident's thread; none where there is no such thread."""
        return self._announcer.below(known.incident, text) if known.incident else []

    def _incident(self, known: Escalation) -> str:
        thread = self._announcer.threads.of(known.incident) if known.incident else None
        if thread is None or not thread.ts:
            return ""
        return f"<{permalink(self.identity.address, thread.channel, thread.ts)}|The thread of incident {known.incident}>"

    def _post(self, known: Escalation) -> Place | None:
        return next(iter(self._places.of_subject(_shown_as(known))), None)

    def _where(self) -> str | None:
        return self.slack.escalation_channel or self.slack.channel

    def _sender(self, known: Escalation) -> str | None:
        """Who escalated, as somebody to write to; the channel where that is nobody in Slack."""
        by = known.asked_by
        return by.id if by.face == "slack" else self.house.settings.people.get(by.id, self.slack.channel)

    def _known(self, event: Event) -> Escalation:
        return escalations.get(self.house.journal.connection(), event.subject.split()[-1])


SAYS: dict[str, Callable[[Escalator, Escalation, Event], list[Draft]]] = {
    POSTED_BY: Escalator.escalated,
    "escalation posted": Escalator.posted,
    "escalation not posted": Escalator.not_posted,
    "escalation taken": Escalator.taken,
    "escalation question": Escalator.question,
    "escalation resolved": Escalator.resolved,
    "escalation call": Escalator.called,
    "escalation unanswered": Escalator.unanswered,
}


def _shown_as(known: Escalation) -> str:
    """The post's place; not its line, for only we know how it is edited."""
    return f"escalation {known.id}"


def _called(caller: Caller) -> str:
    return mention(caller.id) if caller.face == "slack" else escape(caller.name)


def _issue(known: Escalation) -> str:
    return escape(known.fields.get("issue", "").split("\n")[0])
