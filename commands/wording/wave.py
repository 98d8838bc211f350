"""The diagnosis of a wave in words: the headline with what to do, and the likely cause."""

from datetime import datetime

from commands.ops.waves.changes import WaveChanges
from commands.ops.waves.diagnosis import WaveDiagnosis
from commands.reply import Severity
from commands.wording.figures import count, listed, span
from commands.wording.rates import rate

KINDS = {
    "out_of_memory": "out of memory",
    "timeout": "timeout",
    "network": "network or model API",
    "disk": "disk",
    "design": "design",
    "other": "other",
}
KILLED, TERMINATED, TIMED_OUT = 137, 143, 124
NAMED = 3  # sites in a headline
EXITS = {0: "well", KILLED: "killed", TERMINATED: "told to stop", TIMED_OUT: "timed out"}


def severity(found: WaveDiagnosis) -> Severity:
    """A wave that has stopped or is far slower than usual is a warning; the decision matrix calls it low."""
    if found.verdict in ("crashed", "degraded", "stuck") or found.slowed:
        return "warning"
    return "info" if found.verdict in ("unknown", "not_started") else "ok"


def headline(found: WaveDiagnosis) -> str:
    """The verdict, and what to do."""
    wave, agents = f"Wave {found.wave}", len(found.agents or ())
    busy, late = len(found.in_progress), sum(site.overdue for site in found.in_progress)
    if found.verdict == "crashed":
        left = f"{agents} of {found.expected} agents left" if agents else "no agent is left"
        return f"{wave} has crashed: {left}, {count(found.to_do, 'site')} to do. Redeploy it."
    if found.verdict == "degraded":
        lost = f", {count(found.lost, 'site')} in progress without one" if found.lost else ""
        return (
            f"{wave} is degraded: {agents} of {found.expected} agents at work{lost}. Redeploy what they left."
        )
    if found.verdict == "stuck" and late:
        usual = f"more than {span(found.overdue_seconds)}"
        return f"{wave} is stuck: {late} of {count(busy, 'site')} in progress for {usual}. Wait, or redeploy."
    if found.verdict == "stuck":
        return (
            f"{wave} is stuck: {count(found.lost, 'site')} in progress without an agent. Wait, or redeploy."
        )
    if found.verdict == "finished":
        return f"{wave} is finished: all {count(found.sites, 'site')} implemented."
    return _quiet(found, agents)


def _quiet(found: WaveDiagnosis, agents: int) -> str:
    """Verdicts of a wave in which nothing has stopped."""
    wave, done = f"Wave {found.wave}", found.done
    if found.verdict == "not_started":
        undesigned = found.sites - done - found.to_do
        if not found.to_do:
            return (
                f"{wave} has not started: {count(undesigned, 'site')} not designed yet, {done} implemented."
            )
        return f"{wave} has not started: {count(found.to_do, 'site')} ready, no agent at work. Launch it."
    if found.verdict == "unknown":
        return _unjudged(found, agents)
    if found.slowed:
        return (
            f"{wave} is slow: {rate(found.rates.now)} against the usual {rate(found.rates.usual)}, "
            f"all {count(agents, 'agent')} at work. Monitor it for 30 minutes."
        )
    return f"{wave} is running: all {count(agents, 'agent')} at work, {done} of {found.sites} implemented."


def _unjudged(found: WaveDiagnosis, agents: int) -> str:
    """Why nothing can be said of a wave."""
    wave = f"Wave {found.wave} cannot be judged"
    if found.agents is None:
        return f"{wave}: the agents cannot be read."
    if found.contradicted:
        of = listed(found.contradicted, NAMED)
        return f"{wave}: the rows of {of} contradict each other. Mend the registry first."
    return (
        f"{wave}: {agents} of {found.expected} agents are its own, "
        f"{len(found.unplaced)} more do not tell their wave."
    )


def causes(found: WaveDiagnosis) -> list[str]:
    """Why agents stopped, as far as logs and kernel tell; each a sentence."""
    said = []
    if found.oom_kills:
        said.append(
            f"The kernel killed {count(len(found.oom_kills), 'process', 'processes')} for want of memory."
        )
    if found.tool and found.tool[1].bad and not _launched_since(found, found.tool[0].started):
        said.append(f"The tool that was launched last {found.tool[1]}.")
    bad = [(code, number) for code, number in found.log.exit_codes if code]
    if bad:
        codes = ", ".join(f"{number} with {exit_in_words(code)}" for code, number in bad)
        said.append(f"Agents ended badly: {codes}.")
    if found.log.errors:
        kinds = ", ".join(f"{one.count} {KINDS[one.kind]}" for one in found.log.errors)
        said.append(f"Errors in the log: {kinds}.")
    return said


def _launched_since(found: WaveDiagnosis, at: datetime) -> bool:
    """Whether the wave's log tells of a later launch, by hand perhaps."""
    return found.log.launched_at is not None and found.log.launched_at > at


def changes_in_words(changed: WaveChanges, agents: int | None) -> str:
    """As `In the last 15 min: 12 sites implemented, 3 taken; 25 agents then, 3 now.`."""
    ago = f"In the last {span(changed.seconds)}"
    if changed.agents is None and not changed.watched:
        return f"{ago}: what changed is not known, there is no earlier sample."
    moved = [f"{count(changed.implemented, 'site')} implemented", f"{changed.taken} taken"]
    if changed.back:
        moved.append(f"{changed.back} set back")
    then = (
        ""
        if changed.agents is None or agents is None
        else f"; {count(changed.agents, 'agent')} then, {agents} now"
    )
    return f"{ago}: {', '.join(moved)}{then}."


def exit_in_words(code: int) -> str:
    """`exit code 137 (killed)`."""
    return f"exit code {code} ({EXITS[code]})" if code in EXITS else f"exit code {code}"
