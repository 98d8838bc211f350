"""The versions of the registry in words: what each is, whether it is whole, and what going back to it would lose."""

from collections.abc import Sequence

from commands.ops.integrity.integrity import Integrity
from commands.ops.versions.progress import Lost, Move
from commands.ops.versions.reapplying import Found
from commands.ops.versions.sources import Source
from commands.ops.versions.versions import Version
from commands.wording.figures import listed

NAMED = 5  # sites in a sentence
BETWEEN = " · "
PROOFS = {
    "files": "proved by their files",
    "watch": "seen by the watch",
    "plan": "set by a plan",
    "agent": "in work with an agent",
}


def choice(one: Version) -> str:
    """One version in a form's list; its name first."""
    return BETWEEN.join(
        (one.source.name, f"{one.source.at:%Y-%m-%d %H:%M} UTC", brief(one.found), _short(one.lost))
    )


def name_in(chosen: str) -> str:
    """The name out of a choice."""
    return chosen.partition(BETWEEN)[0]


def what(source: Source) -> str:
    """`commit 4f1c2a90be`, `copy 20261122T191540Z`, `REGISTRY.md.backup, made by hand`."""
    return f"{source.name}, made by hand" if source.kind == "by_hand" else f"{source.kind} {source.name}"


def brief(found: Integrity) -> str:
    """Whether a version is whole; if not, the first thing that is wrong with it."""
    if found.whole:
        return "whole"
    if not found.sites:
        return "no sites"
    wrong = (
        (len(found.missing), "missing"),
        (len(found.doubled), "doubled"),
        (len(found.malformed), "malformed"),
        (len(found.outside), "in no batch"),
    )
    return ", ".join(f"{number} {word}" for number, word in wrong if number)


def moves(some: Sequence[Move] | list[list[str]], most: int) -> str:
    """`lotus.dev and fern.dev I → D; moss.dev Q → I; 3 more`."""
    alike: dict[str, list[str]] = {}
    for site, now, then in some[:most]:
        alike.setdefault(f"{now or 'no status'} → {then or 'no status'}", []).append(site)
    said = [f"{listed(sites, most)} {move}" for move, sites in alike.items()]
    return "; ".join([*said, *([f"{len(some) - most:,} more"] if len(some) > most else [])])


def nothing_proved(plan: str, found: Found) -> str:
    """Why there is nothing to set again."""
    if not found.unproved:
        return f"No site stands as {plan} put it back: there is nothing to set again."
    return (
        f"Nothing proves the later progress of {listed([one.site for one in found.unproved])}: neither files, nor the"
        " watch, nor a plan, nor an agent. Set what you know with “batch mark”."
    )


def reason(plan: str, found: Found) -> str:
    """Why these statuses are set again, and which are not."""
    by_proof = [
        f"{listed([move.site for move, proof in found.proved if proof == kind], NAMED)} {words}"
        for kind, words in PROOFS.items()
        if any(proof == kind for _, proof in found.proved)
    ]
    left = f"; nothing proves {moves([list(one) for one in found.unproved], NAMED)}" if found.unproved else ""
    return f"progress that {plan} took back: {', '.join(by_proof)}{left}"


def _short(lost: Lost | None) -> str:
    if lost is None:
        return "loss unknown"
    return f"{len(lost.back)} back, {len(lost.gone)} gone"
