"""The verdict of `batch status`: the worst thing seen, in one line, and the others below it."""

from dataclasses import dataclass

from commands.ops.host_settings import Ladder
from commands.ops.overview import Overview
from commands.reply import Severity
from commands.wording.disk_left import left
from commands.wording.figures import count, listed

RANK: tuple[Severity, ...] = ("ok", "info", "warning", "critical")
Finding = tuple[Severity, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """headline: the worst finding, or where the batch stands. also: the other findings, worst first."""

    severity: Severity
    headline: str
    also: tuple[str, ...]


def judge(seen: Overview, ladder: Ladder) -> Verdict:
    """Look at everything that may be wrong, worst first."""
    findings = [
        found for look in (_disk, _registry, _agents, _statuses, _hold) for found in look(seen, ladder)
    ]
    findings.sort(key=lambda finding: -RANK.index(finding[0]))
    if not findings:
        return Verdict("ok", _standing(seen, ladder), ())
    (severity, worst), *rest = findings
    return Verdict(
        severity,
        f"Batch {seen.batch}: {worst}",
        (*(sentence for _, sentence in rest), _standing(seen, ladder)),
    )


def _standing(seen: Overview, ladder: Ladder) -> str:
    done = seen.counts[ladder.implemented] + seen.counts[ladder.finalized]
    busy = seen.counts[ladder.in_progress]
    if not seen.total:
        return f"Batch {seen.batch} has no sites in the registry."
    if done == seen.total:
        state = "is finalized" if seen.counts[ladder.finalized] == seen.total else "is implemented"
        return f"Batch {seen.batch} {state}: all {count(seen.total, 'site')}."
    if busy or seen.own_agents:
        run = (
            f"{count(len(seen.own_agents), 'agent')} on {count(busy, 'site')}"
            if seen.seen
            else f"{count(busy, 'site')}"
        )
        return f"Batch {seen.batch} is running: {run} in progress, {done:,} of {seen.total:,} implemented."
    return f"Batch {seen.batch} is at rest: {done:,} of {seen.total:,} implemented, no agent runs."


def _disk(seen: Overview, ladder: Ladder) -> list[Finding]:
    del ladder
    own = seen.disk.own
    ours: list[Finding] = (
        [("warning", f"Wavewarden's own disk is at {own.level}, {left(own)}: {own.paths[0]}.")]
        if own and own.level != "normal"
        else []
    )
    level = seen.disk.level
    if level in (None, "normal"):
        return ours
    advice = {"warning": "watch it", "alert": "clean up now", "critical": "stop operations and clean up"}[
        str(level)
    ]
    severity: Severity = "critical" if level == "critical" else "warning"
    return [(severity, f"the disk is at {level}, {left(seen.disk.filesystems[0])}: {advice}."), *ours]


def _registry(seen: Overview, ladder: Ladder) -> list[Finding]:
    del ladder
    found: list[Finding] = []
    if seen.missing:
        sites = f"{count(len(seen.missing), 'expected site')}"
        found.append(("critical", f"{sites} missing from the registry: {listed(seen.missing, 3)}."))
    if seen.doubled:
        found.append(
            (
                "warning",
                f"{count(len(seen.doubled), 'site')} more than once in the registry: {listed(seen.doubled, 3)}.",
            )
        )
    if seen.unexpected:
        found.append(
            (
                "warning",
                f"{count(len(seen.unexpected), 'site')} not in the batch file: {listed(sorted(seen.unexpected), 3)}.",
            )
        )
    return found


def _agents(seen: Overview, ladder: Ladder) -> list[Finding]:
    busy = seen.counts[ladder.in_progress]
    if seen.seen and busy and not seen.own_agents:
        return [
            ("warning", f"{count(busy, 'site')} in progress, but no agent runs: a wave has lost its agents.")
        ]
    if seen.seen and len(seen.own_agents) < busy:
        lost = busy - len(seen.own_agents)
        return [
            (
                "warning",
                f"{count(busy, 'site')} in progress with {count(len(seen.own_agents), 'agent')}: {lost} without one.",
            )
        ]
    return []


def _statuses(seen: Overview, ladder: Ladder) -> list[Finding]:
    unknown = {letter: number for letter, number in seen.counts.items() if letter not in ladder.letters}
    if not unknown:
        return []
    named = listed([f"{letter or 'none'} ({number})" for letter, number in unknown.items()])
    return [("warning", f"statuses that the ladder does not know: {named}.")]


def _hold(seen: Overview, ladder: Ladder) -> list[Finding]:
    del ladder
    return [("info", "launches are on hold.")] if seen.hold else []
