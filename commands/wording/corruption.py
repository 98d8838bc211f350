"""The registry's corruption in words: what was noticed, how bad that is, who may have done it, and what helps."""

from commands.ops.integrity.corruption import Corruption
from commands.ops.integrity.suspects import Suspect
from commands.reply import Facts, Part, Table, Value, When, without_empty_columns
from commands.wording.figures import count, listed

LINES = ("dedupe", "dedupe fix", "dedupe restore")
HOLD = "batch hold"
SHOWN_WRITERS = 3

_KINDS = {
    "identical": ("site has", "sites have", "several rows that say the same"),
    "conflicting": ("site has", "sites have", "rows that contradict each other"),
    "missing": ("site is", "sites are", "missing"),
    "torn": ("line is", "lines are", "torn"),
    "shrunk": ("site is", "sites are", "gone since it was last whole"),
}


def headline(found: Corruption) -> str:
    """What is wrong, and the tier: `The registry is damaged (low): 3 sites are missing and 2 lines are torn.`."""
    if found.problem:
        return f"The registry cannot be read ({found.tier}): {found.problem}"
    return f"The registry is damaged ({found.tier}): {listed([_kind(*one) for one in found.counts], 9)}."


def culprits(found: Corruption) -> str:
    """Who may have done it, in a sentence."""
    if found.writers:
        named = listed([f"process {one.pid} ({one.command})" for one in found.writers], SHOWN_WRITERS)
        return f"When this was noticed it was open for writing by {named}."
    if found.suspects:
        at_work = count(len(found.suspects), "agent or launcher", "agents and launchers")
        return f"Nobody had it open for writing when this was noticed; at work: {at_work}."
    return "Nobody had it open for writing when this was noticed, and no agent was at work."


def helping(found: Corruption) -> tuple[str, ...]:
    """The lines that help, in their order: who may write on is kept from it first."""
    return (HOLD, *LINES) if found.suspects else LINES


def evidence(found: Corruption) -> tuple[Part, ...]:
    """When it was first noticed, and every process that may have done it."""
    times: tuple[tuple[str, Value], ...] = (
        ("First noticed", When(found.at)),
        ("Last seen whole", When(found.since) if found.since else None),
    )
    rows = tuple(_row(one) for one in found.suspects)
    table = Table(("Process", "When it was noticed", "User", "Command"), rows, "Who may have done it")
    shown: tuple[Part, ...] = (Facts(times, "The corruption", evidence=True),)
    return (*shown, without_empty_columns(table)) if rows else shown


def _kind(kind: str, number: int) -> str:
    if kind == "no_table":
        return "its table cannot be told"
    one, many, what = _KINDS[kind]
    return f"{count(number, one, many)} {what}"


def _row(one: Suspect) -> tuple[Value, ...]:
    did = f"had {one.opened} open for writing" if one.opened else "was at work"
    return (str(one.pid), did, None if one.user is None else str(one.user), one.command)
