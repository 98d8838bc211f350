"""What is said of an escalation: its post, those whom it calls, and a word on both sides for each step."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.announcer import Announcer
from bot.calls import Calls
from bot.drafts import Drafts, files
from bot.link import Identity
from bot.mentions import mention
from bot.outbox import Draft
from bot.permalinks import permalink
from bot.places import Place, Places
from bot.render import blocks
from bot.render.buttons import buttons
from bot.render.escape import escape
from bot.render.message import Around, Asker, render
from bot.settings import SlackSettings
from bot.store import Store
from bot.threads import Spot
from commands.ops.attachments import kept
from commands.ops.attachments.attachment import Attachment
from commands.ops.errors import NotReadable
from commands.ops.events import Event
from commands.ops.house import House
from commands.ops.incidents.escalations import Escalation
from commands.ops.roles import OURSELVES, Caller
from commands.reply import Proposal
from commands.wording.escalation import durations, escalation_reply, standing

log = logging.getLogger("wavewarden.escalations")

POSTED_BY = "escalated"  # the event that a post comes of
NOT_IN = ("not_in_channel", "channel_not_found")  # of a private channel Slack says the latter
HERE_INSTEAD = "No channel is set for escalations (WAVEWARDEN_ESCALATION_CHANNEL): so it stands here."


@dataclass(slots=True)
class EscalationNews:
    """The drafts that each event of an escalation calls for.

    slack: the channel for escalations, or where none is set the one for everything. calls: whom it calls.
    """

    house: House
    store: Store
    slack: SlackSettings
    calls: Calls
    identity: Identity
    _places: Places = field(init=False)
    _announcer: Announcer = field(init=False)

    def __post_init__(self) -> None:
        self._places = Places(self.store)
        self._announcer = Announcer(self.house, self.store, self.slack.channel or "")

    def escalated(self, known: Escalation, event: Event) -> list[Draft]:
        """The post and what belongs below it; where there is no channel for it, its sender is told by and by."""
        del event
        where = self.where
        if where is None or known.resolved_at or self.post(known):
            return []
        spot, drafts = Spot(where), self._drafts(known)
        return [drafts.summary(spot), *drafts.evidence(spot, 0), *files(self._files(known), spot, 0)]

    def posted(self, known: Escalation, event: Event) -> list[Draft]:
        """The incident's thread is told where it is read, and the post gets what was not known then."""
        del event
        place = self.post(known)
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
        where = self.where
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
        return Drafts(render(escalation_reply(known), asker, around), shown_as(known), OURSELVES)

    def _files(self, known: Escalation) -> tuple[Attachment, ...]:
        """As they were kept; one that is gone since is missed in the thread, not waited for."""
        try:
            return kept.kept(self.house, known.directory, known.files)
        except NotReadable as error:
            log.warning("%s goes out without its files: %s", known.id, error.sentence)
            return ()

    def _edits(self, known: Escalation) -> list[Draft]:
        place = self.post(known)
        return self._drafts(known).edits(place, self._places.evidence(place)) if place else []

    def _below(self, known: Escalation, text: str, *, broadcast: bool = False) -> list[Draft]:
        """A word below the post."""
        place = self.post(known)
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

    def post(self, known: Escalation) -> Place | None:
        """Where its post stands, once it does."""
        return next(iter(self._places.of_subject(shown_as(known))), None)

    @property
    def where(self) -> str | None:
        """The channel that a post goes to."""
        return self.slack.escalation_channel or self.slack.channel

    def _sender(self, known: Escalation) -> str | None:
        """Who escalated, as somebody to write to; the channel where that is nobody in Slack."""
        by = known.asked_by
        return by.id if by.face == "slack" else self.house.settings.people.get(by.id, self.slack.channel)


NEWS: dict[str, Callable[[EscalationNews, Escalation, Event], list[Draft]]] = {
    POSTED_BY: EscalationNews.escalated,
    "escalation posted": EscalationNews.posted,
    "escalation not posted": EscalationNews.not_posted,
    "escalation taken": EscalationNews.taken,
    "escalation question": EscalationNews.question,
    "escalation resolved": EscalationNews.resolved,
    "escalation call": EscalationNews.called,
    "escalation unanswered": EscalationNews.unanswered,
}


def shown_as(known: Escalation) -> str:
    """The post's place; not its line, for only we know how it is edited."""
    return f"escalation {known.id}"


def _called(caller: Caller) -> str:
    return mention(caller.id) if caller.face == "slack" else escape(caller.name)


def _issue(known: Escalation) -> str:
    return escape(known.fields.get("issue", "").split("\n")[0])
