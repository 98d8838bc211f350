"""The herald: tells the channel what nobody there has asked for, and calls those who must act."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot import told
from bot.announcer import Announcer
from bot.incident_news import NEWS
from bot.mentions import mention
from bot.outbox import Draft
from bot.places import Place, Places
from bot.render.escape import code, escape
from bot.service import Postman
from bot.store import Store
from bot.together import put_together
from commands.aside import answer
from commands.ops import audit, events
from commands.ops.events import Event
from commands.ops.house import House
from commands.ops.integrity import corruption
from commands.ops.plans import plans
from commands.ops.plans.plans import Plan
from commands.ops.roles import OURSELVES
from commands.ops.texts import trying
from commands.reply import Ask
from commands.wording import corruption as corruption_words
from commands.words import words

SETTLED = timedelta(seconds=2)  # by then whoever asked in Slack has their own message
CURSOR = "herald"
ENDED = ("done", "failed", "aborted", "stale", "unknown")  # their messages tell an audit entry


@dataclass(slots=True)
class Herald:
    """One round is one call of `tick`, in the follower's thread.

    channel: `WAVEWARDEN_CHANNEL`. on_call: `WAVEWARDEN_ON_CALL`, whom an alert mentions.
    """

    house: House
    store: Store
    postman: Postman
    channel: str
    on_call: tuple[str, ...] = ()
    _places: Places = field(init=False)
    _announcer: Announcer = field(init=False)

    def __post_init__(self) -> None:
        self._places = Places(self.store)
        self._announcer = Announcer(self.house, self.store, self.channel, self.on_call)

    def start(self) -> None:
        """Begin with what comes from now on, unless an earlier process has left off somewhere."""
        self.store.start_cursor(CURSOR, events.last(self.house.journal.connection()))

    def tick(self) -> None:
        """Tell what is new and settled."""
        settled = self.house.clock.now() - SETTLED
        for event in events.since(self.house.journal.connection(), self.store.cursor(CURSOR) or 0):
            if event.at > settled:
                return
            self._tell(event)

    def _tell(self, event: Event) -> None:
        """The posts and the cursor are committed together: told once, whatever happens."""
        drafts = self._drafts(event)
        with self.store.write() as transaction:
            put_together(transaction, self.house.clock.now(), drafts)
            if event.kind in ENDED:
                entry = audit.newest(self.house.journal.connection(), event.subject.split()[-1])
                told.note(transaction, entry)
            self.store.move_cursor(transaction, CURSOR, event.seq)
        for draft in drafts:
            self.postman.wake(draft.channel)

    def _drafts(self, event: Event) -> list[Draft]:
        if news := NEWS.get(event.kind):
            return news(self._announcer, event)
        say = HERALDS.get(event.kind)
        return say(self, event) if say else []

    def new_plan(self, event: Event) -> list[Draft]:
        """A plan from the terminal, or one that needs others and was asked somewhere else."""
        needs_others = event.data.get("tier") != "confirm"
        if event.data.get("face") != "terminal" and not needs_others:
            return []
        if any(place.channel == self.channel for place in self._places.of_subject(event.subject)):
            return []
        plan = self._plan(event)
        return self._announcer.show(event.subject, plan.asked_by, plan.line)

    def alert(self, event: Event) -> list[Draft]:
        """New trouble: shown with its evidence, and whoever is on call is mentioned below it."""
        shown = self._announcer.show(event.subject, OURSELVES, again=False)
        said = self._noticed(event) or f" {shown[0].body['text']}"  # a phone shows this text alone
        body = {"text": f"{self._call()}{said}", "reply_broadcast": True}
        if thread_ts := shown[0].body.get("thread_ts"):
            body["thread_ts"] = thread_ts
        call = Draft("chat.postMessage", shown[0].channel, body, thread=shown[0].thread)
        return [*shown, call]

    def worse(self, event: Event) -> list[Draft]:
        """What an alert stands for has got worse: said where it was told, and in the channel."""
        drafts = self._below(event, f"It has got worse. {self._call()}{self._noticed(event)}")
        return [replace(draft, body={**draft.body, "reply_broadcast": True}) for draft in drafts]

    def by_itself(self, event: Event) -> list[Draft]:
        """What was done without anybody's asking, or waits for somebody: a quiet word."""
        return self._below(event, self._noticed(event).strip())

    def recovered(self, event: Event) -> list[Draft]:
        """The trouble is over: a quiet word where it was told, and a look for its incident's timeline."""
        answer(Ask("recovered", words(event.subject), OURSELVES, self.house.clock.now()), self.house)
        return self._below(event, f"Recovered: {escape(event.subject)} finds no trouble any more.")

    def call_approvers(self, event: Event) -> list[Draft]:
        """A mention is always a new reply: edits do not notify."""
        plan = self._plan(event)
        if plan.state != "pending":
            return []
        return self._below(event, f"{self._approvers()}: {plan.id} waits for an approver until it expires.")

    def call_asker(self, event: Event) -> list[Draft]:
        """What went wrong is for the one who asked."""
        plan = self._plan(event)
        who = mention(plan.asked_by.id) if plan.asked_by.face == "slack" else escape(plan.asked_by.name)
        return self._below(event, f"{who}: {plan.id} is {event.kind}; see above.")

    def break_glass(self, event: Event) -> list[Draft]:
        """Approved without its approvers: everybody shall know."""
        said = f"{event.data['by']} approved {event.subject.split()[-1]} alone: {event.data['reason']}"
        cleaned = escape(self.house.redactor.clean(said))
        text = f":rotating_light: Break-glass. {self._approvers()}: {cleaned}"
        body = {"text": text, "unfurl_links": False, "unfurl_media": False}
        return [Draft("chat.postMessage", self.channel, body)]

    def broken_template(self, event: Event) -> list[Draft]:
        """A team's own wording does not work: whoever looks after it should know before it is needed."""
        text = f":warning: {escape(self.house.redactor.clean(str(event.data['said'])))}"
        return [Draft("chat.postMessage", self.channel, {"text": text, "unfurl_links": False})]

    def _call(self) -> str:
        who = " ".join(mention(one) for one in self.on_call)
        return f"{who}: please look." if who else "Nobody is on call (WAVEWARDEN_ON_CALL is empty)."

    def _noticed(self, event: Event) -> str:
        """What the guard saw, with the lines that help; of the disk, what was done by itself."""
        found = corruption.of_event(event)
        if found is None:
            said, helps = (str(event.data.get(name) or "") for name in ("said", "helps"))
            words = [*([escape(said)] if said else []), *([f"What helps: {code(helps)}."] if helps else [])]
            return "".join(f" {word}" for word in words)
        lines = ", ".join(code(line) for line in corruption_words.helping(found))
        said = f"{corruption_words.headline(found)} {corruption_words.culprits(found)}"
        return f" {escape(self.house.redactor.clean(said))} What helps: {lines}."

    def _approvers(self) -> str:
        approvers = self.house.settings.approvers
        mentions = " ".join(mention(one) for one in approvers if not one.startswith("os:"))
        return mentions or "Nobody in Slack is an approver (WAVEWARDEN_APPROVERS)"

    def _below(self, event: Event, text: str) -> list[Draft]:
        shown = self._shown(event.subject)
        body = {"text": text, "unfurl_links": False}
        if shown is None:
            return [Draft("chat.postMessage", self.channel, body)]
        return [Draft("chat.postMessage", shown.channel, {**body, "thread_ts": shown.thread_ts or shown.ts})]

    def _shown(self, subject: str) -> Place | None:
        places = self._places.of_subject(subject)
        return next(
            (place for place in places if place.channel == self.channel), places[0] if places else None
        )

    def _plan(self, event: Event) -> Plan:
        return plans.get(self.house.journal.connection(), event.subject.split()[-1])


HERALDS: dict[str, Callable[[Herald, Event], list[Draft]]] = {
    "pending": Herald.new_plan,
    "reminded": Herald.call_approvers,
    "failed": Herald.call_asker,
    "unknown": Herald.call_asker,
    "stale": Herald.call_asker,
    "break-glass": Herald.break_glass,
    trying.KIND: Herald.broken_template,
    "alert": Herald.alert,
    "worse": Herald.worse,
    "recovered": Herald.recovered,
    "trash emptied": Herald.by_itself,
    "trash kept": Herald.by_itself,
}
