"""The announcer: asks a line anew and makes the drafts that show the answer, in its incident's thread if it has one."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.drafts import Drafts, files
from bot.outbox import Draft
from bot.render.message import Asker, render
from bot.store import Store
from bot.threads import Spot, Threads
from commands.aside import answer
from commands.ops.attachments.attachment import Attachment
from commands.ops.house import House
from commands.ops.roles import Caller
from commands.reply import Ask, Reply
from commands.words import words


@dataclass(slots=True)
class Announcer:
    """channel: `WAVEWARDEN_CHANNEL`, for what has no thread yet. on_call: `WAVEWARDEN_ON_CALL`."""

    house: House
    store: Store
    channel: str
    on_call: tuple[str, ...] = ()
    threads: Threads = field(init=False)

    def __post_init__(self) -> None:
        self.threads = Threads(self.store)

    def show(self, subject: str, caller: Caller, line: str = "", *, again: bool = True) -> list[Draft]:
        """The summary and its evidence, as this caller sees them.

        Args:
            subject: the line that is asked.
            caller: who asks it.
            line: what they typed, if that was something else.
            again: nobody looks anew: what is found goes onto no timeline.
        """
        now = self.house.clock.now()
        reply = answer(Ask("announcement", words(subject), caller, now, again=again), self.house)
        drafts = Drafts(render(reply, Asker(caller.name, line or subject, now)), reply.subject, caller)
        spot = self._spot(reply)
        return [drafts.summary(spot), *drafts.evidence(spot, 0), *files(reply.attachments, spot, 0)]

    def below(self, incident: str, text: str, attachments: Sequence[Attachment] = ()) -> list[Draft]:
        """A word in an incident's thread, with files below it; none where it has no thread."""
        known = self.threads.of(incident)
        if known is None:
            return []
        body = {"text": text, "unfurl_links": False, "unfurl_media": False}
        spot = Spot(known.channel, known.ts or None, known.head)
        word = spot.placed(Draft("chat.postMessage", known.channel, body))
        return [word, *files(attachments, spot)]

    def _spot(self, reply: Reply) -> Spot:
        return self.threads.spot(reply.incident, self.channel, None)
