"""The form of an escalation: filled in already, with a word on what is empty."""

from collections.abc import Mapping, Sequence

from commands.ops.incidents.incidents import Incident
from commands.reply import Field, Form
from commands.wording.escalation_fields import FIELDS, SEVERITIES, EscalationField

NONE_OF_THEM = "none of them"
ON_THEIR_OWN = "No incident is open: nothing is known of what was tried. You can escalate all the same."
MOST = 3000  # characters of a field in Slack
EARLIER = "- {} earlier: see the attached timeline"
CHOICE = 75  # characters of an option in Slack


def form(incident: Incident | None, known: Mapping[str, str]) -> Form:
    """With all that is known, to be changed and sent."""
    missing = [field.title for field in FIELDS if not known.get(field.name, "").strip()]
    told = [f"Empty: {', '.join(missing)}. Why that matters stands below each."] if missing else []
    return Form(
        f"escalate {incident.id}" if incident else "escalate",
        tuple(_field(field, known.get(field.name, "").strip()) for field in FIELDS),
        submit="Escalate" if incident else "Escalate all the same",
        notes=(*([] if incident else [ON_THEIR_OWN]), *told),
    )


def which(known: Sequence[Incident], issue: str) -> Form:
    """Several are open: which one is meant."""
    choices = (*map(choice_of, known), NONE_OF_THEM)
    return Form(
        "escalate",
        (
            Field("which", "Which incident is it about?", "choice", choices=choices),
            Field("text", "What is wrong?", "long", issue, required=False),
        ),
        submit="Go on",
        goes_on=True,
    )


def choice_of(incident: Incident) -> str:
    """How an incident stands among others to choose from; it begins with its id."""
    return f"{incident.id} · {incident.resource} · {incident.what}"[:CHOICE]


def _field(field: EscalationField, value: str) -> Field:
    label = f"{field.title.capitalize()}: {field.asks}"
    hint = "" if value else f"Empty. {field.missed}"
    if field.name == "attempts":
        value = _latest(value)
    if field.name == "severity":
        return Field(field.name, label, "choice", value, choices=SEVERITIES)
    return Field(field.name, label, "long", value, required=field.name == "issue", hint=hint)


def _latest(attempts: str) -> str:
    """Its last lines, as many as a form takes: what was tried last counts most, and the timeline has the others."""
    lines, kept, room = attempts.splitlines(), list[str](), MOST - len(EARLIER)
    while lines and len(lines[-1]) < room:
        kept.insert(0, lines.pop())
        room -= len(kept[0]) + 1
    return "\n".join([EARLIER.format(len(lines)), *kept]) if lines else attempts
