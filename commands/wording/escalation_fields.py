"""The fields of an escalation, in the runbook's order: what each is called, and why it should not be empty."""

from collections.abc import Mapping
from dataclasses import dataclass

from commands.reply import Severity


@dataclass(frozen=True, slots=True)
class EscalationField:
    """One field. name: in a form. title: in the runbook's words. asks: what belongs there. missed: if it is empty."""

    name: str
    title: str
    asks: str
    missed: str


FIELDS = (
    EscalationField("issue", "ISSUE", "What is wrong?", "Nobody can tell what they are called for."),
    EscalationField(
        "impact",
        "IMPACT",
        "Which batch, how many sites, how far from done?",
        "Without it nobody can tell whether this may wait until tomorrow.",
    ),
    EscalationField("severity", "SEVERITY", "How bad is it?", "It decides who gets up for it."),
    EscalationField(
        "since",
        "TIME SINCE OCCURRENCE",
        "For how long?",
        "Without it nobody knows which logs and which changes to look at.",
    ),
    EscalationField(
        "attempts",
        "ATTEMPTED FIXES",
        "What was tried, by whom, when, with what outcome?",
        "Nothing is on record: who takes over may try the same again. Write down what was done by hand.",
    ),
    EscalationField(
        "state",
        "CURRENT STATE",
        "How is it now?",
        "Without it the first thing they do is to ask you.",
    ),
    EscalationField(
        "health",
        "SYSTEM HEALTH",
        "Load, memory, disk, agents, pressure",
        "Without it nobody can tell whether the host itself is the trouble.",
    ),
    EscalationField(
        "attachment",
        "ATTACHMENT",
        "Files that go with it; take a line out, and the file stays here",
        "No log and no output goes with it: they have only your words.",
    ),
    EscalationField(
        "next",
        "RECOMMENDED NEXT STEPS",
        "What should be done next?",
        "You know the host best: a guess helps more than nothing.",
    ),
)
SEVERITIES = ("High", "Medium", "Low")
_BY_DIAGNOSIS: Mapping[Severity, str] = {
    "critical": "High", "warning": "Medium", "info": "Low", "ok": "Low",
}  # fmt: skip
_AS_LIGHT: Mapping[str, Severity] = {"High": "critical", "Medium": "warning", "Low": "info"}


def severity_of(found: Severity) -> str:
    """The runbook's word for what a diagnosis found."""
    return _BY_DIAGNOSIS[found]


def light_of(word: str) -> Severity:
    """How a message shows the runbook's word."""
    return _AS_LIGHT.get(word, "warning")
