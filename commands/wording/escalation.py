"""An escalation as a Reply: who has it, since when, and the text that was sent."""

from datetime import datetime

from commands.ops.incidents.escalations import Escalation
from commands.reply import Facts as Figures, Proposal, Reply, Severity, Text, Value, When
from commands.wording.escalation_fields import FIELDS, light_of
from commands.wording.figures import span

SHOWN = 120  # characters of the issue in a headline


def escalation_reply(known: Escalation) -> Reply:
    """How it stands, and all of its text, a paragraph a field."""
    return Reply(
        "fine" if known.resolved_at else "trouble",
        _headline(known),
        severity(known),
        facts=facts(known),
        parts=(*map(_paragraph, known.text.strip().split("\n\n")), Figures(_figures(known))),
        proposals=_proposals(known),
        subject=known.line,
        incident=known.incident,
    )


def _headline(known: Escalation) -> str:
    """`E-7K2Q, High, nobody has it yet: wave 5 lost its agents twice`; notifications show no more."""
    words = ", ".join(filter(None, (known.id, known.fields.get("severity", ""), standing(known))))
    issue = " ".join(known.fields.get("issue", "").split())
    shown = issue if len(issue) <= SHOWN else f"{issue[:SHOWN]}…"
    return f"{words}: {shown}" if shown else words


def _paragraph(text: str) -> Text:
    """With its title set apart, where it begins with one of the runbook's: who reads it on a phone looks for them."""
    title, colon, said = text.partition(":")
    known = colon and any(field.title == title for field in FIELDS)
    return Text(said.strip(), title=title) if known else Text(text)


def already(known: Escalation) -> Reply:
    """Somebody was faster: their escalation."""
    said = (
        f"{known.incident} was escalated already, by {known.asked_by.name}, as {known.id}: {standing(known)}."
    )
    show = Proposal("Show escalation", known.line)
    return Reply("refused", said, "info", error=said, proposals=(show,), audience="caller")


def standing(known: Escalation) -> str:
    """`nobody has it yet`, `Asha is on it, 3 min after it was escalated`, `resolved by Asha after 40 min`."""
    if known.resolved_at and known.resolved_by:
        return f"resolved by {known.resolved_by.name} after {_after(known, known.resolved_at)}"
    if known.taken_at and known.taken_by:
        return f"{known.taken_by.name} is on it, {_after(known, known.taken_at)} after it was escalated"
    called = f", after {known.calls} more calls" if known.calls > 1 else ""
    return f"nobody has it yet{called or (', after 1 more call' if known.calls else '')}"


def durations(known: Escalation) -> str:
    """How long it took, once it is resolved: `taken after 3 min, resolved 37 min later, 40 min in all`."""
    if known.resolved_at is None:
        return ""
    if known.taken_at is None:
        return f"never taken, {_after(known, known.resolved_at)} in all"
    later = span((known.resolved_at - known.taken_at).total_seconds())
    taken = _after(known, known.taken_at)
    return f"taken after {taken}, resolved {later} later, {_after(known, known.resolved_at)} in all"


def severity(known: Escalation) -> Severity:
    """As bad as its sender said, until somebody has it."""
    if known.resolved_at:
        return "ok"
    return "info" if known.taken_at else light_of(known.fields.get("severity", ""))


def facts(known: Escalation) -> dict[str, object]:
    """For scripts."""
    state = "resolved" if known.resolved_at else "taken" if known.taken_at else "open"
    return {
        "escalation": known.id,
        "incident": known.incident,
        "state": state,
        "fields": dict(known.fields),
        "files": list(known.files),
        "asked_by": known.asked_by.name,
        "asked_at": known.asked_at.isoformat(),
        "posted_at": _iso(known.posted_at),
        "taken_by": known.taken_by.name if known.taken_by else None,
        "taken_at": _iso(known.taken_at),
        "resolved_by": known.resolved_by.name if known.resolved_by else None,
        "resolved_at": _iso(known.resolved_at),
        "calls": known.calls,
    }


def _figures(known: Escalation) -> tuple[tuple[str, Value], ...]:
    figures: list[tuple[str, Value]] = [
        ("Escalated by", known.asked_by.name),
        ("Escalated", When(known.asked_at)),
    ]
    if known.taken_at and known.taken_by:
        figures += [("On it", known.taken_by.name), ("Since", When(known.taken_at))]
    if known.resolved_at and known.resolved_by:
        figures += [("Resolved by", known.resolved_by.name), ("Took", durations(known))]
    if known.problem:
        figures.append(("Not posted", known.problem))
    return tuple(figures)


def _proposals(known: Escalation) -> tuple[Proposal, ...]:
    show = (Proposal("Show incident", f"batch incident show {known.incident}"),) if known.incident else ()
    if known.resolved_at:
        return show
    on_it = () if known.taken_at else (Proposal("On it", f"batch escalation take {known.id}"),)
    more = Proposal("Need more", f"batch escalation more {known.id}", asks=True)
    return (*on_it, more, Proposal("Resolved", f"batch escalation resolve {known.id}"), *show)


def _after(known: Escalation, at: datetime) -> str:
    return span((at - known.asked_at).total_seconds())


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
