"""`dedupe`, `dedupe fix`, `dedupe choose`: what is wrong with the registry, and mending it without losing a row."""

import click

from commands.evidence import dedupe as dedupe_evidence
from commands.line import Asked, line
from commands.ops.errors import WrongUsage
from commands.ops.integrity import corruption, integrity
from commands.ops.integrity.diagnosis import RegistryDiagnosis, look
from commands.ops.integrity.resolution import chosen_text
from commands.ops.operations.dedupe import DEDUPE
from commands.ops.plans import approvals, plans
from commands.ops.registry import registry
from commands.ops.roles import Role
from commands.planning import planned
from commands.previews.dedupe_form import chosen_in, form
from commands.reply import Proposal, Reply
from commands.wording import corruption as corruption_words, dedupe as dedupe_words


@line(
    "dedupe",
    summary="What is wrong with the registry: doubled, missing and malformed rows, how bad that is, what to do.",
    examples=("dedupe",),
)
def dedupe(asked: Asked) -> Reply:
    """The diagnosis; nothing is changed."""
    seen = look(asked.house)
    found = seen.found
    noticed = corruption.first(asked.house.journal.connection())
    return Reply(
        outcome="fine" if found and found.clean else "trouble",
        headline=dedupe_words.headline(seen),
        severity=dedupe_words.severity(seen),
        facts=_facts(seen),
        parts=(*dedupe_evidence.parts(seen), *(corruption_words.evidence(noticed) if noticed else ())),
        proposals=_proposals(seen),
        problems=seen.problems if found else seen.problems[1:],
        subject="dedupe",
    )


@line(
    "dedupe fix",
    role=Role.operator,
    summary="Plan to take surplus rows out of the registry: of a doubled site the row stays that the files prove.",
    examples=("dedupe fix", "dedupe fix --keep lotus.dev=57"),
)
@click.option(
    "--keep", "kept", multiple=True, metavar="D=LINE", help="Of this site the row in this line stays."
)
def dedupe_fix(asked: Asked, kept: tuple[str, ...]) -> Reply:
    """Rows that somebody chooses take the place of an earlier plan."""
    if not kept:
        return planned(asked, DEDUPE, {"keep": {}})
    table = registry.read(asked.house.settings, asked.house.machine)
    doubled = integrity.examine(table, {}).doubled
    keep = {domain: chosen_text(doubled, domain, number) for domain, number in map(_chosen, kept)}
    pending = plans.in_states(asked.house.journal.connection(), ["pending"])
    return planned(asked, DEDUPE, {"keep": keep}, [one.id for one in pending if one.operation == DEDUPE.name])


@line(
    "dedupe choose",
    role=Role.operator,
    summary="Choose in a form which rows stay: a new plan in place of one that mends the registry.",
    examples=("dedupe choose P-7K2Q",),
)
@click.argument("plan_id", metavar="ID")
@click.option("--page", metavar="N", type=click.IntRange(1), default=1, help="Which 40 of its sites.")
def dedupe_choose(asked: Asked, plan_id: str, page: int) -> Reply:
    """What was chosen before stays chosen."""
    plan = approvals.current(asked.house, plan_id)
    if plan.operation != DEDUPE.name:
        raise WrongUsage(f"{plan.id} does not mend the registry: there is nothing to choose in it.")
    approvals.must_be_pending(asked.house.journal.connection(), plan)
    if asked.ask.values:
        keep = {**plan.args["keep"], **chosen_in(plan.targets, asked.ask.values)}
        return planned(asked, DEDUPE, {"keep": keep}, (plan.id,))
    if asked.ask.caller.face != "slack":
        raise WrongUsage(
            f"Rows are chosen by their lines, which “batch plan {plan.id}” shows: dedupe fix --keep D=LINE."
        )
    return Reply("fine", "Choose rows", audience="caller", form=form(plan, page))


def _chosen(text: str) -> tuple[str, int]:
    domain, _, number = text.rpartition("=")
    if not (domain and number.isascii() and number.isdigit()):
        raise WrongUsage("A row is chosen by its line in the registry: --keep lotus.dev=57.")
    return domain, int(number)


def _facts(seen: RegistryDiagnosis) -> dict[str, object]:
    found = seen.found
    return {
        "identical": [one.domain for one in found.identical] if found else None,
        "conflicting": [one.domain for one in found.conflicting] if found else None,
        "surplus_rows": found.surplus_rows if found else None,
        "missing": list(found.missing) if found else None,
        "unexpected": list(found.unexpected) if found else None,
        "malformed_lines": list(found.malformed_lines) if found else None,
        "unknown_statuses": dict(found.unknown_statuses) if found else None,
        "duplicate_severity": seen.level,
        "recommended": seen.recommended,
        "git": seen.git,
        "detached": seen.detached,
        "sites": found.sites if found else None,
        "lines": {one.domain: list(one.lines) for one in found.doubled} if found else None,
        "undecided": list(seen.undecided),
        "outside": [row.line for row in found.outside] if found else None,
        "misplaced": [one.row.domain for one in found.misplaced] if found else None,
        "agents": seen.agents,
        "hold_first": dedupe_words.hold_first(seen),
    }


def _proposals(seen: RegistryDiagnosis) -> tuple[Proposal, ...]:
    """The recommended one first, after a hold where agents may write."""
    mendable = seen.found is not None and seen.found.doubled and not seen.found.beyond_mending
    fix = (Proposal("Plan the fix", "dedupe fix"),) if mendable else ()
    restore = (Proposal("Restore", "dedupe restore"),) if seen.recommended == "restore" or fix else ()
    hold = (Proposal("Hold launches", "batch hold"),) if dedupe_words.hold_first(seen) else ()
    mend = (*restore, *fix) if seen.recommended == "restore" else (*fix, *restore)
    return (*hold, *mend, Proposal("Look again", "dedupe"))
