"""What goes in (`Ask`) and what comes out (`Reply`): frozen, neutral of any face; `reply_json` has their JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from commands.ops.attachments.attachment import Attachment
from commands.ops.roles import Caller

Outcome = Literal["fine", "trouble", "usage", "refused", "failed"]
Severity = Literal["ok", "info", "warning", "critical"]
Audience = Literal["all", "caller"]
Tier = Literal["confirm", "second", "grave"]

EXIT_CODES: Mapping[Outcome, int] = {"fine": 0, "trouble": 1, "usage": 2, "refused": 3, "failed": 4}


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `words` are the line's words, `values` a form's fields by name.

    incident: the one in whose thread it was asked. again: nobody asks, a message is kept up to date.
    names: what the people are called whom it mentions by id.
    """

    id: str
    words: tuple[str, ...]
    caller: Caller
    at: datetime
    values: Mapping[str, str] = field(default_factory=dict)
    incident: str | None = None
    dry_run: bool = False
    again: bool = False
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class When:
    """A moment; Slack shows it in the reader's own time zone."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Size:
    """A size in bytes."""

    bytes: int


@dataclass(frozen=True, slots=True)
class Span:
    """A span of time in seconds."""

    seconds: float


Value = str | int | float | When | Size | Span | None


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of plain words; title: what it is about, at its beginning."""

    text: str
    evidence: bool = False
    kind: Literal["text"] = "text"
    title: str = ""

    @property
    def lead(self) -> str:
        """The title before the text: `IMPACT: `, on a line of its own where the text has several; empty without one."""
        gap = "\n" if "\n" in self.text else " "
        return f"{self.title}:{gap}" if self.title else ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A few labelled figures; a `None` was not measured and is shown as such."""

    items: tuple[tuple[str, Value], ...]
    title: str = ""
    evidence: bool = False
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; every row is as long as `columns`."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    title: str = ""
    evidence: bool = True
    kind: Literal["table"] = "table"


def without_empty_columns(table: Table) -> Table:
    """The table without the columns in which no row says anything."""
    kept = [
        place
        for place in range(len(table.columns))
        if any(row[place] not in ("", None) for row in table.rows)
    ]
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=rows)


@dataclass(frozen=True, slots=True)
class Lines:
    """Machine text, line by line, in a fixed pitch."""

    lines: tuple[str, ...]
    title: str = ""
    evidence: bool = True
    kind: Literal["lines"] = "lines"


@dataclass(frozen=True, slots=True)
class Diff:
    """A unified diff, line by line."""

    lines: tuple[str, ...]
    title: str = ""
    evidence: bool = True
    kind: Literal["diff"] = "diff"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in a local file; `alt` says in words what it shows."""

    path: str
    alt: str
    evidence: bool = True
    kind: Literal["image"] = "image"


Part = Text | Facts | Table | Lines | Diff | Image


@dataclass(frozen=True, slots=True)
class Confirm:
    """The question asked before a button's line is sent: verbs on both buttons."""

    title: str
    text: str
    yes: str
    no: str = "Back"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An offered line, shown as a button; `line` is what one would type next. `asks`: it answers with a form."""

    label: str
    line: str
    tier: Tier | None = None
    plan: str | None = None
    confirm: Confirm | None = None
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One input of a form. hint: a word below it."""

    name: str
    label: str
    kind: Literal["text", "long", "number", "choice"] = "text"
    value: str = ""
    required: bool = True
    choices: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form whose values go to `line` as `Ask.values`.

    submit: a verb, on its button; the form's own title where it is empty. notes: said above its fields. goes_on: what is sent is answered by another form.
    """

    line: str
    fields: tuple[Field, ...]
    submit: str = ""
    notes: tuple[str, ...] = ()
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one ask.

    outcome: alone decides the exit code.
    headline: the verdict, one line; what is wrong and what to do.
    facts: for scripts, under fixed names; sizes in bytes, spans in seconds, `None` where nobody could measure.
    parts: for people; those marked `evidence` go into the thread.
    problems: what could not be read, each a sentence.
    error: the sentence behind the exit codes 2 to 4.
    subject: the line that shows the same thing anew, for messages that are kept up to date.
    told: a word to the caller alone, beside what all see.
    incident: the open incident in whose thread it belongs.
    attachments: files that go below it, in its thread; a private word has none.
    onward: what is offered beside its own proposals, for the incident that it belongs to.
    """

    outcome: Outcome
    headline: str
    severity: Severity = "ok"
    facts: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    problems: tuple[str, ...] = ()
    error: str | None = None
    subject: str | None = None
    audience: Audience = "all"
    form: Form | None = None
    told: str | None = None
    incident: str | None = None
    attachments: tuple[Attachment, ...] = ()
    onward: tuple[Proposal, ...] = ()

    @property
    def offers(self) -> tuple[Proposal, ...]:
        """All that is offered, its own proposals first."""
        return (*self.proposals, *self.onward)


def outcome_of(severity: Severity) -> Outcome:
    """What a diagnosis comes to: trouble where somebody should act on what it found."""
    return "trouble" if severity in ("warning", "critical") else "fine"


def usage(sentence: str) -> Reply:
    """Something is not right about the line: a private word to the caller."""
    return Reply("usage", sentence, "info", error=sentence, audience="caller")


def refused(sentence: str) -> Reply:
    """It may not be done: a private word to the caller."""
    return Reply("refused", sentence, "info", error=sentence, audience="caller")


def failed(sentence: str) -> Reply:
    """It was begun and did not succeed."""
    return Reply("failed", sentence, "critical", error=sentence)
